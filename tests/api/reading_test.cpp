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

TEST_CASE("colleagues are those of the own side of the wall", "[reading]") {
    Service service;
    const auto body = service.get("/api/v1/colleagues", OMBUDSMAN).body;
    CHECK(body.find(service.people.at(HEAD_OMBUDSMAN).user_id) != std::string::npos);
    CHECK(body.find(service.people.at(LAWYER).user_id) == std::string::npos);
}
