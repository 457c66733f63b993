// Every route × every role × nobody. What is expected stands in one table for the routes that are
// written out; for commands and case pages it follows from the schema and the wall, told here once more
// in other words than the code's.

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "api/routes/route.hpp"
#include "tests/api/every_route.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using test::Service;

namespace {

// One letter a role, in the order of the enumeration, nobody first:
// nobody, ombudsman, head ombudsman, registrar, lawyer, unit head, board, auditor, administrator, secretary
// of the boards.
// + let in (the answer is no 401 and no 403), - refused (401 for nobody, 403 for others).
const std::map<std::string, std::string> expected{
    {"GET /", "++++++++++"},
    {"GET /assets/{file}", "++++++++++"},
    {"GET /openapi.json", "++++++++++"},
    {"GET /health/live", "++++++++++"},
    {"GET /health/ready", "++++++++++"},
    {"GET /metrics", "--------+-"},
    {"GET /api/v1/stats", "--------+-"},
    {"GET /api/v1/health", "--------+-"},
    {"GET /api/v1/keys", "--------+-"},
    {"POST /api/v1/keys/rotation", "--------+-"},
    {"GET /api/v1/checkpoints", "-+++++++++"},
    {"POST /api/v1/checkpoints", "-+++++++++"},
    {"GET /api/v1/checkpoints/witness", "-+++++++++"},
    {"POST /api/v1/session", "++++++++++"},
    // of a person's session: a token is refused, whoever's it is
    {"GET /api/v1/session", "----------"},
    {"DELETE /api/v1/session", "----------"},
    {"PUT /api/v1/session/password", "----------"},
    {"GET /api/v1/sign-in", "++++++++++"},
    {"GET /api/v1/openid/start", "++++++++++"},
    {"GET /api/v1/openid/callback", "++++++++++"},
    {"POST /api/v1/openid/logout", "++++++++++"},
    {"GET /api/v1/session/second-factor", "----------"},
    {"POST /api/v1/session/second-factor", "----------"},
    {"PUT /api/v1/session/second-factor", "----------"},
    {"POST /api/v1/session/second-factor/recovery-codes", "----------"},
    {"POST /api/v1/session/second-factor/off", "----------"},
    {"DELETE /api/v1/users/{id}/second-factor", "--------+-"},
    {"GET /api/v1/sessions", "----------"},
    {"DELETE /api/v1/sessions", "----------"},
    {"DELETE /api/v1/sessions/{session_id}", "----------"},
    {"DELETE /api/v1/users/{id}/sessions", "--------+-"},
    {"POST /api/v1/tokens", "----------"},
    {"GET /api/v1/tokens", "----------"},
    {"DELETE /api/v1/tokens/{token_id}", "----------"},
    {"PUT /api/v1/users/{id}/password", "--------+-"},
    {"POST /api/v1/calendar-feeds", "----------"},
    {"GET /api/v1/calendar-feeds", "----------"},
    {"DELETE /api/v1/calendar-feeds/{id}", "----------"},
    {"GET /calendar/{secret}.ics", "++++++++++"},  // whoever has the address
    {"GET /api/v1/webhooks", "--------+-"},
    {"GET /api/v1/alerts", "--------+-"},
    {"POST /api/v1/alerts/{message_id}/retry", "--------+-"},
    {"POST /api/v1/webhooks/{webhook_id}/secret", "--------+-"},
    {"GET /api/v1/work-list", "-+++++----"},
    {"GET /api/v1/reminders", "---+++----"},
    {"GET /api/v1/complaints", "---+++----"},
    {"GET /api/v1/authority-requests", "---+++----"},
    {"GET /api/v1/contacts", "-++-------"},
    {"POST /api/v1/search", "-+++++----"},
    {"GET /api/v1/reminders/{id}/documents/{document_id}/file", "---+++----"},
    {"GET /api/v1/complaints/{id}/documents/{document_id}/file", "---+++----"},
    {"GET /api/v1/authority-requests/{id}/documents/{document_id}/file", "---+++----"},
    {"GET /api/v1/contacts/{id}/documents/{document_id}/file", "-++-------"},
    {"GET /api/v1/reminders/{id}/receipt", "---+++----"},
    {"GET /api/v1/complaints/{id}/receipt", "---+++----"},
    {"GET /api/v1/authority-requests/{id}/receipt", "---+++----"},
    {"GET /api/v1/contacts/{id}/receipt", "-++-------"},
    {"GET /api/v1/deadlines", "-+++++----"},
    {"GET /api/v1/deadlines/recompute", "----+-----"},
    {"POST /api/v1/deadlines/recompute", "----+-----"},
    {"POST /api/v1/assignments/preview", "-+++++----"},
    {"POST /api/v1/assignments", "-+++++----"},
    {"GET /api/v1/request-tracker", "-+++++----"},
    {"GET /api/v1/cause-breakdown", "-+++++----"},
    {"GET /api/v1/own-figures", "-+++++----"},
    {"GET /api/v1/reports/{kind}", "-++-------"},  // the annual report, which is the ombudsmen's
    {"GET /api/v1/reports/{kind}/reconciliation", "-++-------"},
    {"POST /api/v1/renderings", "-+++++----"},
    {"GET /api/v1/renderings/{id}", "-+++++----"},
    {"DELETE /api/v1/renderings/{id}", "-+++++----"},
    {"GET /api/v1/renderings/{id}/progress", "-+++++----"},
    {"GET /api/v1/renderings/{id}/file", "-+++++----"},
    // Of publications everybody has those that are theirs to see: of others there are none.
    {"GET /api/v1/publications", "-+++++++++"},
    {"GET /api/v1/publications/{id}", "-+++++++++"},
    {"GET /api/v1/publications/{id}/texts/{section}/{language}", "-+++++++++"},
    {"GET /api/v1/publications/{id}/files/{sha256}", "-+++++++++"},
    {"GET /api/v1/proposals", "-+++++++++"},
    {"GET /api/v1/published", "-+++++++++"},
    {"GET /api/v1/published/{id}/tables", "-+++++++++"},
    {"GET /api/v1/published/{id}/tables/{table}", "-+++++++++"},
    // Of destruction lists the makers and the auditors have those of their own area.
    {"GET /api/v1/destructions", "-++++--+--"},
    {"GET /api/v1/destructions/preview", "---++-----"},  // of the legal area
    {"GET /api/v1/destructions/{id}", "-++++--+--"},
    {"GET /api/v1/destructions/{id}/certificate", "-++++--+--"},
    {"GET /api/v1/destructions/{id}/archive-transfer", "-++++--+--"},
    {"GET /api/v1/holds", "-++++-----"},
    {"GET /published", "++++++++++"},
    {"GET /published/feed.atom", "++++++++++"},
    {"GET /published/{id}/{edition}/{file}", "++++++++++"},
    {"GET /api/v1/export", "--+++-----"},
    {"GET /api/v1/feed", "-+++++----"},
    {"GET /api/v1/access-log", "-------+--"},
    {"GET /api/v1/access-log/search", "-------+--"},
    {"GET /api/v1/access-log/search/csv", "-------+--"},
    {"GET /api/v1/break-glass", "----------"},
    {"GET /api/v1/emergencies", "---++--+--"},
    {"POST /api/v1/reminders/{id}/break-glass", "----------"},  // of a session
    {"GET /api/v1/reminders/{id}/log-extract", "---++-----"},
    {"GET /api/v1/reminders/{id}/log-extracts/{extract_id}", "---++-----"},
    {"POST /api/v1/complaints/{id}/break-glass", "----------"},  // of a session
    {"GET /api/v1/complaints/{id}/log-extract", "---++-----"},
    {"GET /api/v1/complaints/{id}/log-extracts/{extract_id}", "---++-----"},
    {"POST /api/v1/authority-requests/{id}/break-glass", "----------"},  // of a session
    {"GET /api/v1/authority-requests/{id}/log-extract", "---++-----"},
    {"GET /api/v1/authority-requests/{id}/log-extracts/{extract_id}", "---++-----"},
    {"POST /api/v1/contacts/{id}/break-glass", "----------"},  // of a session
    {"GET /api/v1/contacts/{id}/log-extract", "--+-------"},
    {"GET /api/v1/contacts/{id}/log-extracts/{extract_id}", "--+-------"},
    {"GET /api/v1/imports", "-++++---+-"},
    {"POST /api/v1/imports", "-++++-----"},
    {"GET /api/v1/reference/organisation", "-+++++++++"},
    {"GET /api/v1/reference/letters", "-+++++++++"},
    {"GET /api/v1/reference/units", "-+++++++++"},
    {"GET /api/v1/reference/units/in-use", "--------+-"},
    {"POST /api/v1/reference/policies/preview", "--------+-"},
    {"POST /api/v1/reference/letters/preview", "--------+-"},
    {"GET /api/v1/reference/codes", "-+++++++++"},
    {"GET /api/v1/reference/authorities", "-+++++++++"},
    {"GET /api/v1/reference/policies", "-+++++++++"},
    {"GET /api/v1/reference/closing-days", "-+++++++++"},
    {"GET /api/v1/reference/retention", "-+++++++++"},
    {"GET /api/v1/reference/absences", "-+++++--+-"},
    {"GET /api/v1/reference/users", "--------+-"},
    {"GET /api/v1/reference/totals", "-+++++----"},
    {"GET /api/v1/colleagues", "-+++++----"},
};

const std::set<Role> ombudsmen{OMBUDSMAN, HEAD_OMBUDSMAN};
const std::set<Role> legal_side{REGISTRAR, LAWYER, UNIT_HEAD};

// The wall, told again: whose side of it a path is on.
bool own_side(const std::string& pattern, Role role) {
    if (pattern.starts_with("/api/v1/contacts")) return ombudsmen.contains(role);
    for (const auto* legal : {"/api/v1/reminders", "/api/v1/complaints", "/api/v1/authority-requests"}) {
        if (pattern.starts_with(legal)) return legal_side.contains(role);
    }
    return true;
}

bool in_schema(const CommandRule& rule, Role role) {
    for (const int by : rule.by()) {
        if (by == role) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("every route lets in whom the table names, and nobody else", "[roles][wall]") {
    Service service;
    const auto before = service.store->events().head();
    std::set<std::string> met;
    for (const auto& route : api::routes()) {
        const auto name = route.method + " " + route.pattern;
        INFO(name);
        const auto row = expected.find(name);
        const auto* giver = row == expected.end() ? std::get_if<api::Giver>(&route.admission) : nullptr;
        const bool page = route.gives == CasePage::descriptor();
        met.insert(name);
        REQUIRE((giver != nullptr || page || row != expected.end()));

        const auto nobody = service.send(test::asked_of(route, service, ""));
        const bool open = row != expected.end() && row->second[0] == '+';
        CHECK((nobody.status == 401) == (!open || name == "POST /api/v1/session"));

        for (const auto& [role, person] : service.people) {
            INFO(Role_Name(role));
            const auto response = service.send(test::asked_of(route, service, person.token));
            INFO(response.status << " " << response.body.substr(0, 300));
            CHECK(response.status < 500);
            if (giver != nullptr) {
                const bool lets_in = in_schema(*giver->rule, role) && own_side(route.pattern, role);
                CHECK((response.status == 403) == !lets_in);
                // Empty content, an old version: whoever is let in is refused for that, and writes nothing.
                if (lets_in)
                    CHECK((response.status == 412 || response.status == 422 || response.status == 404 ||
                           response.status == 409));
            } else if (page) {
                const bool there =
                    own_side(route.pattern, role) &&
                    (route.pattern == "/api/v1/reminders/{id}" || route.pattern == "/api/v1/contacts/{id}");
                const bool area_worker = ombudsmen.contains(role) || legal_side.contains(role);
                CHECK(response.status == (there && area_worker ? 200 : 404));
            } else if (name != "POST /api/v1/session") {
                const bool lets_in = row->second[static_cast<std::size_t>(role)] == '+';
                CHECK((response.status == 403) == !lets_in);
            }
            if (response.source) response.source->close();
        }
    }
    for (const auto& [name, row] : expected) {
        INFO(name);
        CHECK(met.contains(name));
    }
    CHECK(service.store->events().head().position == before.position);
}

TEST_CASE("lists, counts, exports and feeds stop at the wall", "[roles][wall]") {
    Service service;
    const auto sees = [&](const std::string& target, Role role, const std::string& case_id) {
        const auto response = service.get(target, role);
        INFO(target << " " << Role_Name(role) << " " << response.body.substr(0, 300));
        REQUIRE(response.status == 200);
        std::string body = response.body;
        if (response.source) {
            bool ended = false;
            for (int pieces = 0; pieces < 100 && !ended; ++pieces) {
                bool answered = false;
                response.source->next([&](std::string piece) {
                    answered = true;
                    ended = piece.empty();
                    body += piece;
                });
                if (!answered) break;  // a feed that waits
            }
            response.source->close();
        }
        return body.find(case_id) != std::string::npos;
    };
    for (const auto* list : {"/api/v1/work-list?scope=everything&state=all", "/api/v1/export"}) {
        CHECK(sees(list, REGISTRAR, service.reminder));
        CHECK_FALSE(sees(list, REGISTRAR, service.contact));
        CHECK(sees(list, HEAD_OMBUDSMAN, service.contact));
        CHECK_FALSE(sees(list, HEAD_OMBUDSMAN, service.reminder));
    }
    const auto count = [&](Role role) {
        const auto body = test::json_of(service.get("/api/v1/cause-breakdown?period=year", role));
        std::map<std::string, std::string> counts;
        for (const auto& cell : body.at("cells").as_array()) {
            const auto& object = cell.as_object();
            counts[std::string(object.at("kind").as_string())] = std::string(object.at("count").as_string());
        }
        return counts;
    };
    CHECK(count(REGISTRAR) == std::map<std::string, std::string>{{"reminder", "1"}});
    CHECK(count(OMBUDSMAN) == std::map<std::string, std::string>{{"contact", "1"}, {"matter", "1"}});
    const auto feed = [&](Role role, const std::string& case_id) {
        const auto response = service.send({.target = "/api/v1/feed",
                                            .token = service.people.at(role).token,
                                            .headers = {{"Last-Event-ID", "0"}}});
        REQUIRE(response.source);
        std::string pieces;
        bool more = true;
        while (more) {
            more = false;
            response.source->next([&](std::string piece) {
                more = !piece.empty();
                pieces += piece;
            });
        }
        response.source->close();
        return pieces.find(case_id) != std::string::npos;
    };
    CHECK(feed(REGISTRAR, service.reminder));
    CHECK_FALSE(feed(REGISTRAR, service.contact));
    CHECK(feed(OMBUDSMAN, service.contact));
    CHECK_FALSE(feed(OMBUDSMAN, service.reminder));
}

TEST_CASE("the auditor reads the log of the own area only", "[roles][wall]") {
    Service service;
    CHECK(service.get("/api/v1/access-log?area=legal", AUDITOR).status == 200);
    CHECK(service.get("/api/v1/access-log?area=ombudsman", AUDITOR).status == 403);
}

TEST_CASE("each side reads its own report, and the board and its secretary neither", "[roles][wall]") {
    Service service;
    const std::string annual = "/api/v1/reports/annual?year=2026&format=json";
    const std::string legal = "/api/v1/reports/legal?year=2026&format=json";
    CHECK(service.get(annual, OMBUDSMAN).status == 200);
    CHECK(service.get(annual, LAWYER).status == 403);
    CHECK(service.get(legal, LAWYER).status == 200);
    CHECK(service.get(legal, OMBUDSMAN).status == 403);
    for (const auto role : {BOARD, BOARD_SECRETARY, ADMINISTRATOR}) {
        CHECK(service.get(annual, role).status == 403);
        CHECK(service.get(legal, role).status == 403);
    }
}

// What a board and its secretary may ask stands here whole; whatever else there is, or will be, counts cases
// or shows them, and is refused before it is looked at.
TEST_CASE("a board and its secretary ask of what is published, and count nothing", "[roles][wall]") {
    const std::set<std::string> open_to_them{
        "/",
        "/assets/{file}",
        "/openapi.json",
        "/health/live",
        "/health/ready",
        "/calendar/{secret}.ics",
        "/api/v1/session",
        "/api/v1/sign-in",
        "/api/v1/openid/start",
        "/api/v1/openid/callback",
        "/api/v1/openid/logout",
        "/published",
        "/published/feed.atom",
        "/published/{id}/{edition}/{file}",
        "/api/v1/published",
        "/api/v1/published/{id}/tables",
        "/api/v1/published/{id}/tables/{table}",
        // theirs as far as they are their signed files and proposals
        "/api/v1/publications",
        "/api/v1/publications/{id}",
        "/api/v1/publications/{id}/texts/{section}/{language}",
        "/api/v1/publications/{id}/files/{sha256}",
        "/api/v1/proposals",
        // what codes and units are called
        "/api/v1/reference/organisation",
        "/api/v1/reference/letters",
        "/api/v1/reference/units",
        "/api/v1/reference/codes",
        "/api/v1/reference/authorities",
        "/api/v1/reference/policies",
        "/api/v1/reference/closing-days",
        "/api/v1/reference/retention",
        // how many records there are, and that they are what they were
        "/api/v1/checkpoints",
        "/api/v1/checkpoints/witness",
    };
    Service service;
    for (const auto& route : api::routes()) {
        // Whatever case it is asked of, there is none.
        if (open_to_them.contains(route.pattern) || route.gives == CasePage::descriptor()) continue;
        const auto* giver = std::get_if<api::Giver>(&route.admission);
        for (const auto role : {BOARD, BOARD_SECRETARY}) {
            if (giver != nullptr && in_schema(*giver->rule, role)) continue;  // its steps and answers
            INFO(route.method << " " << route.pattern << " " << Role_Name(role));
            CHECK(service.send(test::asked_of(route, service, service.people.at(role).token)).status == 403);
        }
    }
}
