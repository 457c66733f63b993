// Every showing of a case is on record (703/2023 §10): whatever an answer holds of a case, by whichever
// route, to whomever, at whichever state of the case, stands in the access log before the answer left. And
// when the log cannot be written, nothing is shown.

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>

#include "domain/text/text.hpp"
#include "tests/api/every_route.hpp"
#include "tests/api/failing_store.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using test::Service;

namespace {

// What would give a case away in an answer, beside its id.
const std::vector<std::string> personal{"Aino Esimerkki", "Liian pitk", "Salainen lausunto", "Huolestunut"};

// Bodies for what is read by POST; other routes that take one are commands, which show nothing.
std::string body_of(const api::Route& route, const Service& service) {
    const auto one_case =
        R"("cases":[{"kind":"reminder","case_id":")" + service.reminder + R"(","version":"1"}])";
    const std::map<std::string, std::string> bodies{
        {"/api/v1/search", R"({"text":"aino"})"},
        {"/api/v1/assignments/preview",
         R"({"handler":")" + service.people.at(LAWYER).user_id + R"(",)" + one_case + "}"},
        {"/api/v1/reminders/{id}/letters", R"({"template":"reminder-acknowledgement","language":"fi"})"},
        {"/api/v1/contacts/{id}/letters", R"({"template":"contact-summary","language":"fi"})"},
        {"/api/v1/renderings", R"({"kind":"annual","year":2026,"format":"html","lang":"fi"})"},
    };
    const auto found = bodies.find(route.pattern);
    return found == bodies.end() ? "{}" : found->second;
}

// Ids of cases and no word of them, to who may open those cases: opening one is on record.
const std::set<std::string> ids_only{"GET /api/v1/feed"};

std::string target_in(const api::Route& route, const Service& service) {
    auto target = test::target_of(route, service);
    const auto put = [&](const std::string& what, const std::string& instead) {
        if (const auto at = target.find(what); at != std::string::npos)
            target.replace(at, what.size(), instead);
    };
    put("/documents/x/", "/documents/d1/");
    put("/log-extracts/x", "/log-extracts/e1?format=text");
    if (route.pattern == "/api/v1/work-list") target += "?scope=everything&state=all";
    if (route.pattern == "/api/v1/cause-breakdown") target += "?drill_down=true";
    return target;
}

struct Showing {
    std::uint64_t answers = 0;  // that showed a case
    std::set<std::string> routes;
};

// Walks every route as every role, and holds each answer against what the log got.
void walk(Service& service, Showing& showing) {
    std::map<store::AccessArea, store::Position> read_to;
    const auto new_entries = [&] {
        std::vector<PersonalDataRead> entries;
        for (const auto area : {store::AccessArea::Ombudsman, store::AccessArea::Legal})
            service.store->access().read(area, read_to[area],
                                         [&](const store::Record& record, const PersonalDataRead& read) {
                                             entries.push_back(read);
                                             read_to[area] = record.position;
                                             return true;
                                         });
        return entries;
    };
    (void)new_entries();
    for (const auto& route : api::routes()) {
        const bool command = route.method != "GET" && body_of(route, service) == "{}";
        if (command) continue;
        for (const auto& [role, person] : service.people) {
            auto sent = test::asked_of(route, service, person.token);
            sent.target = target_in(route, service);
            if (route.takes != nullptr) sent.body = body_of(route, service);
            const auto response = service.send(sent);
            const auto body = test::whole(response);
            const auto entries = new_entries();
            INFO(route.method << " " << sent.target << " " << Role_Name(role) << " " << response.status);
            // Whoever reads the log later reads words.
            for (const auto& entry : entries) {
                INFO(entry.what());
                CHECK(domain::has_text("looked.what." + entry.what()));
            }
            for (const auto& id : {service.reminder, service.contact}) {
                const auto in_log = std::ranges::any_of(entries, [&](const PersonalDataRead& entry) {
                    return entry.user_id() == person.user_id &&
                           entry.route() == route.method + " " + route.pattern &&
                           std::ranges::find(entry.case_ids(), id) != entry.case_ids().end();
                });
                // What somebody named themselves, and is told that there is none, shows nothing.
                const bool echoed = sent.body.find(id) != std::string::npos &&
                                    body.find("There is no such case") != std::string::npos;
                const bool names_it = response.status == 200 && body.find(id) != std::string::npos && !echoed;
                if (names_it && !ids_only.contains(route.method + " " + route.pattern)) {
                    INFO(id << " " << body.substr(0, 500));
                    CHECK(in_log);
                    ++showing.answers;
                    showing.routes.insert(route.method + " " + route.pattern);
                }
                // Nothing is put on record that was refused.
                if (response.status != 200) CHECK_FALSE(in_log);
            }
            for (const auto& word : personal) {
                if (body.find(word) == std::string::npos) continue;
                INFO(word << " in " << body.substr(0, 500));
                CHECK(response.status == 200);
                CHECK_FALSE(entries.empty());
            }
        }
    }
}

void done(Service& service, const std::string& path, const std::string& body, Role role = REGISTRAR) {
    const auto response = service.post("/api/v1/reminders/" + service.reminder + "/" + path, body, role,
                                       service.version("reminder-" + service.reminder));
    INFO(path << " " << response.body);
    REQUIRE(response.status == 200);
}

}  // namespace

TEST_CASE("whatever shows a case, to whomever and at whichever state, is on record first",
          "[looked][complete]") {
    Service service;
    Showing showing;
    const std::vector<std::function<void()>> states{
        [] {},
        [&] { done(service, "acknowledge", R"({"acknowledged_on":"2026-03-02","channel":"letter"})"); },
        [&] {
            done(service, "documents",
                 R"({"direction":"incoming","dated_on":"2026-03-02","channel":"letter",)"
                 R"("title":"Salainen lausunto","party":"Osasto 1"})");
        },
        [&] {
            done(service, "release-log-extract",
                 R"({"from":"2024-03-02","until":"2026-03-02","language":"fi","recipient":"Aino Esimerkki",)"
                 R"("recipient_role":"client","reviewed_to":"1"})");
        },
        [&] { done(service, "withdraw", R"({"withdrawn_on":"2026-03-02"})"); },
    };
    for (const auto& next : states) {
        next();
        walk(service, showing);
    }
    for (const std::string route :
         {"GET /api/v1/reminders/{id}", "GET /api/v1/contacts/{id}", "GET /api/v1/work-list",
          "GET /api/v1/reminders", "GET /api/v1/contacts", "GET /api/v1/export", "GET /api/v1/deadlines",
          "GET /api/v1/cause-breakdown", "POST /api/v1/search", "POST /api/v1/assignments/preview",
          "GET /api/v1/access-log", "GET /api/v1/access-log/search", "GET /api/v1/access-log/search/csv",
          "GET /api/v1/reminders/{id}/log-extract", "GET /api/v1/contacts/{id}/log-extract"}) {
        INFO(route);
        CHECK(showing.routes.contains(route));
    }
    CHECK(showing.answers > 150);
}

// ---- a log that cannot be written ----

namespace {

class MuteLog : public store::AccessLog {
public:
    explicit MuteLog(store::AccessLog& real) : real_(real) {}
    void record(store::AccessArea, store::Instant, const PersonalDataRead&) override {
        throw store::Fault("the disk is full");
    }
    void read(
        store::AccessArea area, store::Position after,
        const std::function<bool(const store::Record&, const PersonalDataRead&)>& visitor) const override {
        real_.read(area, after, visitor);
    }
    store::Head head() const override { return real_.head(); }
    store::Head verify(const std::function<void(store::Position)>& progress) const override {
        return real_.verify(progress);
    }
    void check_extends(const store::Head& known) const override { real_.check_extends(known); }
    std::vector<std::string> inclusion_proof(store::Position position, store::Position size) const override {
        return real_.inclusion_proof(position, size);
    }
    std::vector<std::string> consistency_proof(store::Position old, store::Position size) const override {
        return real_.consistency_proof(old, size);
    }
    std::string leaf(store::Position position) const override { return real_.leaf(position); }
    std::vector<std::chrono::year_month> months(store::AccessArea area) const override {
        return real_.months(area);
    }
    std::optional<store::KeyId> destroy(store::AccessArea area, std::chrono::year_month month) override {
        return real_.destroy(area, month);
    }

private:
    store::AccessLog& real_;
};

class MuteStore : public store::Store {
public:
    explicit MuteStore(store::Store& real) : real_(real), log_(real.access()) {}
    store::EventStore& events() override { return real_.events(); }
    store::AccessLog& access() override { return log_; }
    store::Blobs& blobs() override { return real_.blobs(); }
    store::Secrets& secrets() override { return real_.secrets(); }
    store::Keys& keys() override { return real_.keys(); }
    void reclaim() override { real_.reclaim(); }
    std::string organisation() const override { return real_.organisation(); }
    bool healthy() const override { return real_.healthy(); }

private:
    store::Store& real_;
    MuteLog log_;
};

}  // namespace

TEST_CASE("when the log cannot be written, no route shows anything of a case", "[looked][complete][faults]") {
    Service service;
    MuteStore mute(*service.store);
    api::ServerOptions options;
    options.limits = Service::generous();
    options.cheap_passwords = true;
    api::Application application(mute, options, [&] { return service.at; });
    application.warm_up();
    std::set<std::string> silent;
    for (const auto& route : api::routes()) {
        const auto name = route.method + " " + route.pattern;
        if (route.method != "GET" && body_of(route, service) == "{}") continue;
        if (ids_only.contains(name)) continue;
        for (const auto& [role, person] : service.people) {
            auto sent = test::asked_of(route, service, person.token);
            sent.target = target_in(route, service);
            if (route.takes != nullptr) sent.body = body_of(route, service);
            const auto response = application.handle(Service::request(sent));
            INFO(name << " " << Role_Name(role) << " " << response.status);
            std::string body;
            try {
                body = test::whole(response);
            } catch (const store::Fault&) {
                silent.insert(name);  // an export that ends before its first piece
            }
            if (response.status == 503) silent.insert(name);
            for (const auto& word : personal) CHECK(body.find(word) == std::string::npos);
            for (const auto& id : {service.reminder, service.contact})
                if (sent.body.find(id) == std::string::npos) CHECK(body.find(id) == std::string::npos);
        }
    }
    for (const std::string route : {"GET /api/v1/reminders/{id}", "GET /api/v1/work-list",
                                    "GET /api/v1/access-log/search", "GET /api/v1/reference/users"}) {
        INFO(route);
        CHECK(silent.contains(route));
    }
}
