// What the administrator looks at before changing something, and how the service is. Counts, never a case.

#include "api/health.hpp"
#include "api/json.hpp"
#include "api/routes/handlers.hpp"
#include "api/tls/certificate_end.hpp"
#include "domain/letters/letter.hpp"
#include "domain/schema/session.pb.h"
#include "projections/report/prose.hpp"

namespace vastine::api::handlers {

namespace {

constexpr std::chrono::days refusals_told{7};
constexpr std::size_t longest_template = 20'000;

void tell_of_disk(const ServiceHealthBasis& basis, ServiceHealth& health) {
    if (basis.directory.empty()) return;
    for (const auto& [name, bytes] : folder_sizes(basis.directory)) {
        auto& folder = *health.add_folders();
        folder.set_name(name);
        folder.set_size(bytes);
    }
    std::error_code unknown;
    const auto space = std::filesystem::space(basis.directory, unknown);
    if (!unknown) {
        health.set_disk_size(space.capacity);
        health.set_disk_free(space.available);
    }
    if (const auto at = last_backup(basis.directory)) *health.mutable_backed_up_at() = timestamp(*at);
}

void tell_of_mails(const domain::Alerts& alerts, domain::Instant now, ServiceHealth& health) {
    health.set_mails_waiting(alerts.waiting());
    for (const auto& mail : alerts.mails())
        if (mail.state == domain::AlertMail::State::Refused && now - mail.composed_at <= refusals_told)
            health.set_mails_refused(health.mails_refused() + 1);
}

void tell_of_webhooks(const Webhooks& webhooks, ServiceHealth& health) {
    for (const auto& [given, progress] : webhooks.states()) {
        if (!given.active()) continue;
        health.set_webhooks(health.webhooks() + 1);
        if (!progress) health.set_webhooks_silent(health.webhooks_silent() + 1);
        if (progress && progress->attempts > 0) health.set_webhooks_failing(health.webhooks_failing() + 1);
    }
}

}  // namespace

Result<Answer> service_health(Services& services, Call&) {
    ServiceHealth health;
    const Readiness readiness = services.readiness;
    const auto now = services.now();
    health.set_status(readiness == Readiness::WarmingUp                             ? "warming-up"
                      : readiness == Readiness::Faulty || !services.store.healthy() ? "faulty"
                                                                                    : "ready");
    *health.mutable_started_at() = timestamp(services.health.started_at);
    *health.mutable_now() = timestamp(now);
    health.set_position(services.store.events().head().position.value);
    tell_of_disk(services.health, health);
    health.set_search_percent(services.search.warm() ? 100 : services.search.percent());
    health.set_searchable_cases(services.search.cases());
    health.set_mail(services.health.mail);
    services.alerts.read([&](const domain::Alerts& alerts) {
        tell_of_mails(alerts, now, health);
        return 0;
    });
    if (const auto end = certificate_end(services.health.certificate))
        *health.mutable_certificate_until() = timestamp(*end);
    tell_of_webhooks(services.webhooks, health);
    if (readiness == Readiness::Ready) health.set_files_waiting(services.publication_desk.waiting());
    health.set_files_failed(services.publication_desk.failures());
    health.set_sessions(services.accounts.open_sessions());
    return Answer::of(std::move(health));
}

Result<Answer> units_in_use(Services& services, Call& call) {
    auto use = services.reading.units_in_use(call.reader());
    if (!use) return tl::unexpected(std::move(use.error()));
    return Answer::of(std::move(*use));
}

Result<Answer> policy_effect(Services& services, Call& call) {
    auto effect = services.reading.policy_effect(call.reader(), call.body_as<SetPolicy>());
    if (!effect) return tl::unexpected(std::move(effect.error()));
    return Answer::of(std::move(*effect));
}

Result<Answer> preview_letter(Services& services, Call& call) {
    const auto& asked = call.body_as<PreviewLetter>();
    if (asked.markdown().size() > longest_template)
        return domain::reject(domain::Reason::Invalid, "field.too_long", {}, "markdown");
    const auto language = domain::parse_language(asked.language()).value_or(call.language);
    const auto letter = services.model.read([&](const projections::Views& views) {
        return domain::fill_with_samples(asked.markdown(), views.reference, language);
    });
    LetterPreview preview;
    preview.set_text(projections::report::plain(
        projections::report::prose_of(letter.markdown, language, projections::report::FigureLookup())));
    for (const auto& name : letter.missing) preview.add_unknown(name);
    return Answer::of(std::move(preview));
}

}  // namespace vastine::api::handlers
