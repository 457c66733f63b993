#include "api/alerts/alert_desk.hpp"

#include <spdlog/spdlog.h>

#include <typeinfo>
#include <utility>

#include "api/application.hpp"
#include "projections/occasions.hpp"

namespace vastine::api {

namespace {

// How soon a changed clock, a set time that has come or a wish from the command line is noticed.
constexpr std::chrono::seconds look_every{10};

std::vector<domain::Hearer> hearers(Services& services, domain::Date on) {
    services.model.catch_up(services.store.events().head().position);
    auto told = services.model.read(
        [&](const projections::Views& views) { return projections::occasions(views, on); });
    std::vector<domain::Hearer> hearers;
    hearers.reserve(told.size());
    for (auto& one : told) hearers.push_back({std::move(one.user_id), std::move(one.occasions)});
    return hearers;
}

const std::string& checked(const std::string& from) {
    SetUser sender;
    sender.set_active(true);
    sender.set_email(from);
    if (!domain::why_silent(&sender).empty()) {
        throw CannotSend("the sender is given as a plain address: vastine@example.fi");
    }
    return from;
}
const std::string& needed(const std::string& public_url) {
    if (public_url.empty()) {
        throw CannotSend("alerts carry a link: give the address that people use, --public-url https://host");
    }
    return public_url;
}

}  // namespace

AlertDesk::AlertDesk(Services& services, const AlertSettings& settings)
    : ledger_(services.alerts),
      smtp_(settings.smtp),
      rounds_({services.alerts, services.directory,
               [&services](domain::Date on) { return hearers(services, on); },
               [this](const Envelope& envelope) {
                   return smtp_.deliver(envelope, [this] { return stopping_.load(); });
               },
               services.now, [this] { return stopping_.load(); },
               [&services](Delivery::Outcome outcome) {
                   if (outcome == Delivery::Outcome::Sent) return services.metrics.alert_sent();
                   services.metrics.alert_failed();
               }},
              {checked(settings.from), needed(services.public_url)}, settings.set_time) {}

AlertDesk::~AlertDesk() {
    stop_soon();
    if (thread_.joinable()) thread_.join();
}

void AlertDesk::start() {
    thread_ = std::thread([this] { run(); });
}

void AlertDesk::stop_soon() {
    stopping_ = true;
    ledger_.wake();
}

void AlertDesk::run() {
    while (!stopping_) {
        try {
            rounds_.turn();
        } catch (const store::Fault& fault) {
            spdlog::error("alerts: fault: {}", fault.what());
        } catch (const std::exception& error) {
            // Its text may hold anything: what threw is named by type only.
            spdlog::error("alerts: unexpected {}", typeid(error).name());
        }
        if (!stopping_) ledger_.wait(look_every);
    }
}

}  // namespace vastine::api
