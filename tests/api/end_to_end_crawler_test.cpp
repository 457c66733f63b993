// Crawlers over every route and whatever address an answer names: one without a login, and each role that has
// no case in its task. Nothing that a case holds comes back to them, and not that there is one.

#include <catch2/catch.hpp>
#include <deque>
#include <regex>
#include <set>

#include "api/routes/route.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using test::Service;

namespace {

// What stands in the service's cases and people, in words that no text of the application has.
const std::vector<std::string> of_cases{"Aino Esimerkki", "Liian pitkä odotus"};

// A route with each of the things that its braces may name, the real cases among them.
std::vector<std::string> targets(const api::Route& route, const std::vector<std::string>& ids) {
    std::vector<std::string> all{route.pattern};
    static const std::regex brace(R"(\{\w+\})");
    while (std::regex_search(all.front(), brace)) {
        std::vector<std::string> next;
        for (const auto& one : all) {
            for (const auto& id : ids) {
                next.push_back(std::regex_replace(one, brace, id, std::regex_constants::format_first_only));
            }
        }
        all = std::move(next);
        // Two braces and more: enough that each id stands in each place once.
        if (all.size() > 200) all.resize(200);
    }
    return all;
}

std::string whole(const api::Response& response) {
    std::string text = response.body;
    for (const auto& [name, value] : response.headers.all()) text += "\n" + name + ": " + value;
    if (!response.source) return text;
    // What comes in pieces: all of it that is there at once.
    for (bool more = true; more;) {
        more = false;
        response.source->next([&](const std::string& piece) {
            more = !piece.empty();
            text += piece;
        });
    }
    response.source->close();
    return text;
}

std::set<std::string> addresses_in(const std::string& text) {
    static const std::regex address(R"re(["'(=\s](/[A-Za-z0-9._~%/-]+(\?[A-Za-z0-9._~%=&-]+)?))re");
    std::set<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), address), end; at != end; ++at) {
        found.insert((*at)[1]);
    }
    return found;
}

struct Crawl {
    std::size_t asked = 0;
    std::size_t answered = 0;  // with 200
};

Crawl crawl(Service& service, const std::string& token) {
    const std::vector<std::string> ids{service.reminder, service.contact, "annual", "1", "x"};
    std::deque<test::Sent> waiting;
    std::set<std::string> seen;
    const auto add = [&](const std::string& method, const std::string& target, bool takes) {
        if (!seen.insert(method + target).second || seen.size() > 20'000) return;
        waiting.push_back({.method = method,
                           .target = target,
                           .body = takes ? "{}" : "",
                           .token = token,
                           .if_match = 1,
                           .key = api::new_uuid()});
    };
    for (const auto& route : api::routes()) {
        // It would end what the crawler is.
        if (route.pattern.find("/tokens") != std::string::npos && route.method == "DELETE") continue;
        for (const auto& target : targets(route, ids)) add(route.method, target, route.takes != nullptr);
    }
    Crawl done;
    while (!waiting.empty()) {
        const auto sent = std::move(waiting.front());
        waiting.pop_front();
        const auto response = service.send(sent);
        const auto text = whole(response);
        ++done.asked;
        if (response.status == 200) ++done.answered;
        for (const auto& word : of_cases) {
            INFO(sent.method << " " << sent.target << " " << response.status << ": " << word);
            REQUIRE(text.find(word) == std::string::npos);
        }
        for (const auto& id : {service.reminder, service.contact}) {
            // An address that was asked may be named again, in `instance` or a link.
            if (sent.target.find(id) != std::string::npos) continue;
            INFO(sent.method << " " << sent.target << " " << response.status << " names a case");
            REQUIRE(text.find(id) == std::string::npos);
        }
        for (const auto& address : addresses_in(text)) add("GET", address, false);
    }
    return done;
}

}  // namespace

TEST_CASE("a crawler without a login gets nothing of a case", "[crawler]") {
    Service service;
    const auto before = service.store->events().head().position;
    const auto done = crawl(service, "");
    CHECK(done.asked > api::routes().size());
    CHECK(done.answered > 0);  // the pages that are anybody's
    CHECK(service.store->events().head().position == before);
}

TEST_CASE("a crawler with a login that has no case in its task gets nothing of a case", "[crawler]") {
    for (const auto role : {BOARD, BOARD_SECRETARY, ADMINISTRATOR}) {
        INFO(Role_Name(role));
        Service service;
        const auto done = crawl(service, service.people.at(role).token);
        CHECK(done.answered > 0);
    }
}

TEST_CASE("the crawler finds what is there for whoever may see it", "[crawler]") {
    Service service;
    const auto text = whole(service.get("/api/v1/reminders/" + service.reminder, REGISTRAR));
    for (const auto& word : of_cases) CHECK(text.find(word) != std::string::npos);
    CHECK(addresses_in("a \"/api/v1/reminders/7\" b").contains("/api/v1/reminders/7"));
}
