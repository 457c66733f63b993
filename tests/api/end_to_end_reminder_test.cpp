// The life of a reminder over real TLS: signed in, registered, handled by three people, answered in time,
// and counted in the deadlines and the report.

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/api/wire.hpp"

using namespace vastine;
using test::Sent;

namespace {

boost::json::object json_of(const test::Heard& heard) {
    return boost::json::parse(heard.body).as_object();
}

}  // namespace

TEST_CASE("a reminder is registered, handled, answered in time and reported", "[end to end]") {
    test::Served served;
    test::Wire wire(served);
    REQUIRE(wire.connected());

    const auto signed_in = wire.ask({.method = "POST",
                                     .target = "/api/v1/session",
                                     .body = R"({"login":"user3","password":"correct horse battery"})"});
    REQUIRE(signed_in.status == 201);
    const auto cookie = signed_in.header("set-cookie");
    const std::string csrf_token(json_of(signed_in).at("csrf_token").as_string());
    const std::vector<std::pair<std::string, std::string>> session{
        {"Cookie", cookie.substr(0, cookie.find(';'))}, {"X-CSRF-Token", csrf_token}};

    auto body = test::reminder_body;
    body.insert(body.size() - 2, R"(,"matters":[{"unit":"osasto-1","cause":"care","description":"Odotus"}])");
    auto wrong = session;
    wrong[1].second = std::string(csrf_token.size(), '0');
    const auto without = wire.ask({.method = "POST",
                                   .target = "/api/v1/reminders",
                                   .body = body,
                                   .key = api::new_uuid(),
                                   .headers = wrong});
    CHECK(without.status == 403);
    const auto registered = wire.ask({.method = "POST",
                                      .target = "/api/v1/reminders",
                                      .body = body,
                                      .key = api::new_uuid(),
                                      .headers = session});
    INFO(registered.body);
    REQUIRE(registered.status == 201);
    const std::string id(json_of(registered).at("case_id").as_string());
    const auto page = "/api/v1/reminders/" + id;
    CHECK(registered.header("location") == page);

    std::string version = registered.header("etag");
    const auto give = [&](Role role, const std::string& path, const std::string& command) {
        Sent sent{.method = "POST", .target = page + "/" + path, .body = command, .key = api::new_uuid()};
        if (role == REGISTRAR) {
            sent.headers = session;
        } else {
            sent.token = served.service.people.at(role).token;
        }
        sent.headers.emplace_back("If-Match", version);
        const auto heard = wire.ask(sent);
        INFO(path << " " << heard.body);
        REQUIRE(heard.status == 200);
        version = heard.header("etag");
    };
    const auto& head = served.service.people.at(UNIT_HEAD);
    give(REGISTRAR, "acknowledge", R"({"acknowledged_on":"2026-03-02","channel":"letter"})");
    give(REGISTRAR, "check",
         R"({"checked_on":"2026-03-02","standing":{"ground":"client"},"nature":"reminder",)"
         R"("right_addressee":true,"complete":true})");
    give(REGISTRAR, "assign", R"({"handler":")" + head.user_id + R"("})");
    give(REGISTRAR, "statements", R"({"unit":"osasto-1","asked_on":"2026-03-02"})");
    served.service.at += std::chrono::days(5);
    give(UNIT_HEAD, "receive-statement",
         R"({"statement_id":"s1","received_on":"2026-03-06",)"
         R"("content":"Ruuhka."})");
    give(UNIT_HEAD, "draft", R"({"text":"Pahoittelemme odotusta."})");
    give(UNIT_HEAD, "sign",
         R"({"signed_on":"2026-03-07","outcomes":[{"matter_id":"m1","outcome":"partly","reasons":"x"}]})");

    // The session has been idle too long meanwhile; the token goes on.
    CHECK(wire.ask({.target = page, .headers = session}).status == 401);
    const auto& registrar = served.service.people.at(REGISTRAR);
    const auto sent =
        wire.ask({.method = "POST",
                  .target = page + "/send",
                  .body = R"({"sent_on":"2026-03-07","channel":"letter","recipient":"Aino Esimerkki",)"
                          R"("recipient_role":"client"})",
                  .token = registrar.token,
                  .key = api::new_uuid(),
                  .headers = {{"If-Match", version}}});
    INFO(sent.body);
    REQUIRE(sent.status == 200);

    const auto seen = wire.ask({.target = page, .token = registrar.token});
    CHECK(seen.header("etag") == sent.header("etag"));
    CHECK(json_of(seen).at("timeline").as_array().size() == 9);
    CHECK(json_of(seen).at("row").as_object().at("stage").as_string() == "stage.answered");
    const auto deadlines = json_of(wire.ask({.target = "/api/v1/deadlines", .token = registrar.token}));
    CHECK(deadlines.at("answered").as_string() == "1");
    CHECK(deadlines.at("kept").as_string() == "1");
    const auto report =
        wire.ask({.target = "/api/v1/reports/legal?year=2026&lang=sv&format=html", .token = registrar.token});
    CHECK(report.status == 200);
    CHECK(report.body.find("<html lang=\"sv\"") != std::string::npos);

    // Who looked is on record: the page once, by the registrar, with the case it showed.
    std::size_t pages = 0;
    served.service.store->access().read(store::AccessArea::Legal, {},
                                        [&](const store::Record&, const PersonalDataRead& read) {
                                            if (read.what() != "page") return true;
                                            ++pages;
                                            CHECK(read.user_id() == registrar.user_id);
                                            CHECK(read.route() == "GET /api/v1/reminders/{id}");
                                            // With what is like it, which stands beside it on the page.
                                            CHECK(std::ranges::count(read.case_ids(), id) == 1);
                                            CHECK(read.case_ids_size() == 2);
                                            return true;
                                        });
    CHECK(pages == 1);
}

TEST_CASE("a feed tells of a new case while it listens, and ends with its token", "[end to end]") {
    test::Served served;
    const auto& registrar = served.service.people.at(REGISTRAR);
    test::Wire listening(served);
    listening.say(test::bytes_of({.target = "/api/v1/feed", .token = registrar.token}));
    std::string heard;
    const auto hear_until = [&](const std::string& text) {
        while (heard.find(text) == std::string::npos) {
            const auto more = listening.hear_some();
            if (more.empty()) return false;
            heard += more;
        }
        return true;
    };
    REQUIRE(hear_until(": listening"));
    CHECK(heard.find("text/event-stream") != std::string::npos);
    test::Wire writing(served);
    CHECK(writing
              .ask({.method = "POST",
                    .target = "/api/v1/contacts",
                    .body = test::contact_body,
                    .token = served.service.people.at(OMBUDSMAN).token,
                    .key = api::new_uuid()})
              .status == 201);
    CHECK(writing
              .ask({.method = "POST",
                    .target = "/api/v1/reminders",
                    .body = test::reminder_body,
                    .token = registrar.token,
                    .key = api::new_uuid()})
              .status == 201);
    REQUIRE(hear_until("vastine.ReminderRegistered"));
    CHECK(heard.find("ContactLogged") == std::string::npos);
}
