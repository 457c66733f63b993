// What is read is on record before it is shown, in the log of its area, and only what was shown.

#include "api/reading.hpp"

#include <catch2/catch.hpp>

#include "tests/api/service.hpp"

using namespace vastine;
using store::AccessArea;
using test::json_of;
using test::Service;

namespace {

std::vector<PersonalDataRead> reads(const Service& service, AccessArea area) {
    std::vector<PersonalDataRead> all;
    service.store->access().read(area, {}, [&](const store::Record&, const PersonalDataRead& read) {
        all.push_back(read);
        return true;
    });
    return all;
}

}  // namespace

TEST_CASE("a page, a list and a drill-down are recorded with every case they show", "[reading]") {
    Service service;
    const auto before = reads(service, AccessArea::Legal).size();
    REQUIRE(service.get("/api/v1/reminders/" + service.reminder, REGISTRAR).status == 200);
    REQUIRE(service.get("/api/v1/work-list?scope=everything", LAWYER).status == 200);
    REQUIRE(service.get("/api/v1/cause-breakdown?drill_down=true", REGISTRAR).status == 200);
    const auto all = reads(service, AccessArea::Legal);
    REQUIRE(all.size() == before + 3);
    for (std::size_t i = before; i < all.size(); ++i) {
        CHECK((all[i].case_ids_size() == 1 && all[i].case_ids(0) == service.reminder));
        CHECK(all[i].read_on() == "2026-03-02");
    }
    CHECK(all[before + 1].user_id() == service.people.at(LAWYER).user_id);
    CHECK(all[before + 1].roles(0) == "LAWYER");
    CHECK(all[before + 1].route() == "GET /api/v1/work-list");
    CHECK(reads(service, AccessArea::Ombudsman).empty());
}

TEST_CASE("what was refused shows nothing and is no read", "[reading]") {
    Service service;
    const auto before = reads(service, AccessArea::Ombudsman).size();
    CHECK(service.get("/api/v1/contacts/" + service.contact, REGISTRAR).status == 404);
    CHECK(service.get("/api/v1/work-list?scope=everything", REGISTRAR).status == 200);
    CHECK(reads(service, AccessArea::Ombudsman).size() == before);
}

TEST_CASE("the reader's purpose goes on record", "[reading]") {
    Service service;
    REQUIRE(service
                .send({.target = "/api/v1/contacts/" + service.contact,
                       .token = service.people.at(OMBUDSMAN).token,
                       .headers = {{"X-Purpose", "call back"}}})
                .status == 200);
    CHECK(reads(service, AccessArea::Ombudsman).back().purpose() == "call back");
}

TEST_CASE("a purpose in Finnish goes on record as it was meant, sealed", "[reading]") {
    Service service;
    const auto ask = [&](const std::string& purpose) {
        return service.send({.target = "/api/v1/contacts/" + service.contact,
                             .token = service.people.at(OMBUDSMAN).token,
                             .headers = {{"X-Purpose", purpose}}});
    };
    REQUIRE(ask("UTF-8''selvityspyynt%C3%B6%20eil%C3%A4").status == 200);
    CHECK(reads(service, AccessArea::Ombudsman).back().purpose() == "selvityspyyntö eilä");
    REQUIRE(ask("selvityspyynt%C3%B6").status == 200);
    CHECK(reads(service, AccessArea::Ombudsman).back().purpose() == "selvityspyyntö");
    service.store->access().read(AccessArea::Ombudsman, {}, [&](const store::Record& record, const auto&) {
        CHECK(record.facts.find("selvitys") == std::string::npos);
        CHECK(record.sealed.find("selvitys") == std::string::npos);
        return true;
    });
}

TEST_CASE("a purpose that cannot be read is refused, and nothing is shown", "[reading]") {
    Service service;
    const auto before = reads(service, AccessArea::Ombudsman).size();
    for (const std::string purpose : {"raw \xc3\xa4", "%FF", "100 %", "two%0Alines"}) {
        INFO(purpose);
        const auto response = service.send({.target = "/api/v1/contacts/" + service.contact,
                                            .token = service.people.at(OMBUDSMAN).token,
                                            .headers = {{"X-Purpose", purpose}}});
        CHECK(response.status == 400);
        CHECK(test::type_of(response) == "bad-purpose");
    }
    CHECK(reads(service, AccessArea::Ombudsman).size() == before);
}

TEST_CASE("a kind's own list shows what the work list shows of it, ended cases too", "[reading]") {
    Service service;
    const auto rows = [&](const std::string& target, Role role) {
        const auto response = service.get(target, role);
        INFO(target << " " << response.body.substr(0, 300));
        REQUIRE(response.status == 200);
        return json_of(response).at("rows").as_array();
    };
    // General advice ends when it is saved: the work list does not show it unasked.
    CHECK(rows("/api/v1/work-list", OMBUDSMAN).empty());
    const auto contacts = rows("/api/v1/contacts", OMBUDSMAN);
    REQUIRE(contacts.size() == 1);
    CHECK(contacts.at(0).at("case_id").as_string() == service.contact);
    CHECK((contacts == rows("/api/v1/work-list?kind=contact&scope=everything&state=all", OMBUDSMAN)));
    CHECK(rows("/api/v1/contacts?state=open", OMBUDSMAN).empty());
    CHECK(rows("/api/v1/reminders?cause=care", REGISTRAR).size() == 1);
    CHECK(rows("/api/v1/reminders?cause=decision", REGISTRAR).empty());
    CHECK(rows("/api/v1/complaints", REGISTRAR).empty());
    CHECK(service.get("/api/v1/reminders?kind=contact", REGISTRAR).status == 400);
    CHECK(reads(service, AccessArea::Legal).back().route() == "GET /api/v1/reminders");
}

TEST_CASE("the auditor sees who read what, page by page, and is on record too", "[reading]") {
    Service service;
    for (int i = 0; i < 3; ++i)
        REQUIRE(service.get("/api/v1/reminders/" + service.reminder, REGISTRAR).status == 200);
    const std::string target = "/api/v1/access-log?area=legal&limit=2";
    const auto first = json_of(service.get(target, AUDITOR));
    CHECK(first.at("entries").as_array().size() == 2);
    const auto& entry = first.at("entries").as_array().at(0).as_object();
    CHECK(entry.at("actor").as_string() == service.people.at(REGISTRAR).user_id);
    const std::string cursor(first.at("next_cursor").as_string());
    const auto second = json_of(service.get(target + "&cursor=" + cursor, AUDITOR));
    CHECK(second.at("entries").as_array().size() == 2);  // the third page read, and the auditor's own
    CHECK(reads(service, AccessArea::Legal).back().what() == "access-log");
    const auto none =
        service.get("/api/v1/access-log?area=legal&case_id=d0000000-0000-4000-8000-000000000000", AUDITOR);
    CHECK(json_of(none).at("entries").as_array().empty());
}

TEST_CASE("a list as of an older position knows nothing of what came later", "[reading]") {
    Service service;
    const auto position = service.store->events().head().position.value;
    REQUIRE(service.post("/api/v1/reminders", test::reminder_body, REGISTRAR).status == 201);
    const auto total = [&](const std::string& more) {
        const auto list = json_of(service.get("/api/v1/work-list?scope=everything" + more, REGISTRAR));
        return std::string(list.at("total").as_string());
    };
    CHECK(total("") == "2");
    CHECK(total("&as_of=" + std::to_string(position)) == "1");
}

TEST_CASE("reference data carries the version that its change must name", "[reading]") {
    Service service;
    const auto units = service.get("/api/v1/reference/units", REGISTRAR);
    CHECK(units.status == 200);
    CHECK(json_of(units).at("units").as_array().size() == 3);
    const auto unit = R"({"unit_id":"uusi","name":{"fi":"a","sv":"b","en":"c"},"valid_from":"2026-01-01"})";
    const auto change = [&](const std::string& etag) {
        return service
            .send({.method = "POST",
                   .target = "/api/v1/reference/units/units",
                   .body = unit,
                   .token = service.people.at(ADMINISTRATOR).token,
                   .key = api::new_uuid(),
                   .headers = {{"If-Match", etag}}})
            .status;
    };
    const std::string etag(units.headers.get("ETag"));
    CHECK(change(etag) == 200);
    CHECK(change(etag) == 412);
}

TEST_CASE("totals are released by the area and seen from the other side", "[reading]") {
    Service service;
    const auto released = service.post("/api/v1/reference/totals/totals", R"({"area":"legal","year":2026})",
                                       LAWYER, service.version("reference-totals"));
    INFO(released.body);
    CHECK(released.status == 200);
    const auto seen = json_of(service.get("/api/v1/reference/totals", OMBUDSMAN));
    REQUIRE(seen.at("releases").as_array().size() == 1);
    CHECK(service.get("/api/v1/reference/totals", OMBUDSMAN).body.find(service.reminder) ==
          std::string::npos);
}

TEST_CASE("an import over the API takes rows of the own area only", "[reading]") {
    Service service;
    const auto body = [](const std::string& kind) {
        return R"({"kind":")" + kind + R"(","mapping":"x","file":"YQo="})";
    };
    CHECK(service.post("/api/v1/imports", body("contact"), REGISTRAR).status == 403);
    CHECK(service.post("/api/v1/imports", body("elephant"), REGISTRAR).status == 422);
    const auto wrong = service.post("/api/v1/imports", body("reminder"), REGISTRAR);
    CHECK(wrong.status == 422);
    CHECK(json_of(wrong).at("errors").as_array().at(0).as_object().at("field").as_string() == "mapping");
}

TEST_CASE("an import that is asked to learn codes says so when that is not the importer's right",
          "[reading]") {
    Service service;
    const auto before = service.store->events().head().position;
    const auto bring_in = [&](const std::string& learn) {
        return service.send(
            {.method = "POST",
             .target = "/api/v1/imports",
             .body = R"({"kind":"reminder","mapping":"","file":"","learn_codes":)" + learn + "}",
             .token = service.people.at(REGISTRAR).token});
    };
    const auto refused = bring_in("true");
    CHECK(refused.status == 403);
    const auto problem = json_of(refused);
    CHECK(problem.at("errors").as_array().at(0).as_object().at("field").as_string() == "learn_codes");
    CHECK(problem.at("detail").as_string().find("administrator") != std::string::npos);
    CHECK(bring_in("false").status == 422);  // the empty mapping
    CHECK(service.store->events().head().position == before);
}

TEST_CASE("an import's comparison with a case is a read of that case", "[reading]") {
    Service service;
    const auto bring_in = [&](const std::string& file) {
        const std::string mapping =
            "source = 'old'\n[fields]\nexternal_id = 'id'\nregistered = 'arrived'\n"
            "channel = {default = 'letter'}\ncause = {default = 'care'}\nwho = {default = 'client'}\n"
            "sector = {default = 'health'}\n";
        const auto body = boost::json::serialize(
            boost::json::object{{"kind", "reminder"}, {"mapping", mapping}, {"file", file}});
        const auto response = service.send({.method = "POST",
                                            .target = "/api/v1/imports",
                                            .body = body,
                                            .token = service.people.at(REGISTRAR).token});
        INFO(response.body);
        REQUIRE(response.status == 200);
        return json_of(response);
    };
    const std::string january_5 = "aWQsYXJyaXZlZApvbGQtMSwyMDI2LTAxLTA1Cg==";  // id,arrived old-1,2026-01-05
    const std::string january_6 = "aWQsYXJyaXZlZApvbGQtMSwyMDI2LTAxLTA2Cg==";
    CHECK(bring_in(january_5).at("taken").as_string() == "1");
    CHECK(bring_in(january_5).at("unchanged").as_string() == "1");
    const auto before = reads(service, AccessArea::Legal).size();
    CHECK(bring_in(january_6).at("changed").as_string() == "1");
    const auto all = reads(service, AccessArea::Legal);
    REQUIRE(all.size() == before + 1);
    CHECK(all.back().what() == "import");
    CHECK(all.back().case_ids_size() == 1);
    CHECK(all.back().user_id() == service.people.at(REGISTRAR).user_id);
}

TEST_CASE("an export that holds users' names is on record as a read of reference data", "[reading]") {
    Service service;
    auto& reading = service.application->services().reading;
    api::Reader reader;
    reader.viewer.user_id = "c0000000-0000-4000-8000-000000000000";
    reader.viewer.operating_system_user = true;
    reader.route = "vastine export";
    const auto before = reads(service, AccessArea::Reference).size();
    auto events = reading.export_events(reader, {});
    REQUIRE(events);
    std::string all;
    for (auto piece = (*events)->next(); !piece.empty(); piece = (*events)->next()) all += piece;
    REQUIRE(all.find("Person 3") != std::string::npos);
    const auto now = reads(service, AccessArea::Reference);
    REQUIRE(now.size() > before);
    CHECK(now.back().user_id() == reader.viewer.user_id);
    CHECK(now.back().route() == "vastine export");
    CHECK(now.back().what() == "export");
}

TEST_CASE("an exported event names the organisation whose log it is in", "[reading]") {
    Service service;
    Service other;
    const auto source = [](Service& of) {
        api::Reader reader;
        reader.viewer.operating_system_user = true;
        auto events = of.application->services().reading.export_events(reader, {});
        REQUIRE(events);
        const auto piece = (*events)->next();
        return std::string(boost::json::parse(piece.substr(0, piece.find('\n'))).at("source").as_string());
    };
    CHECK(source(service) == "urn:uuid:" + service.store->organisation());
    CHECK(source(service).size() == 9 + 36);
    CHECK(source(service) != source(other));
}

TEST_CASE("colleagues are those of the own side of the wall", "[reading]") {
    Service service;
    const auto body = service.get("/api/v1/colleagues", OMBUDSMAN).body;
    CHECK(body.find(service.people.at(HEAD_OMBUDSMAN).user_id) != std::string::npos);
    CHECK(body.find(service.people.at(LAWYER).user_id) == std::string::npos);
}
