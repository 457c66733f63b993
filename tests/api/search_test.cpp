// Search over the API: asked in a body, on record before it is shown, and written down nowhere.

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

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

void wait_until_built(Service& service) {
    while (!service.application->services().search.warm()) std::this_thread::yield();
}

}  // namespace

TEST_CASE("whoever registered a case finds it at once, by a form of a word and by its number", "[search]") {
    Service service;
    wait_until_built(service);
    auto body = boost::json::parse(test::reminder_body).as_object();
    body.at("opening").as_object()["subject"] = "Hoitovirheestä hammashoitolassa";
    const auto made = service.post("/api/v1/reminders", boost::json::serialize(body), REGISTRAR);
    REQUIRE(made.status == 201);
    const auto id = json_of(made).at("case_id").as_string();
    const auto answer = service.post("/api/v1/search", R"({"text":"hoitovirhe","limit":10})", REGISTRAR);
    INFO(answer.body.substr(0, 400));
    REQUIRE(answer.status == 200);
    const auto hits = json_of(answer).at("hits").as_array();
    REQUIRE(hits.size() == 1);
    const auto& hit = hits.at(0).as_object();
    CHECK(hit.at("row").as_object().at("case_id").as_string() == id);
    CHECK(hit.at("snippet").as_string() == "Hoitovirheestä hammashoitolassa");
    CHECK(answer.headers.get("Cache-Control") == "no-store");
    const std::string number(hit.at("row").as_object().at("diary_number").as_string());
    const auto by_number =
        service.post("/api/v1/search", boost::json::serialize(boost::json::object{{"text", number}}), LAWYER);
    REQUIRE(by_number.status == 200);
    CHECK(json_of(by_number).at("hits").as_array().size() == 1);
}

TEST_CASE("a search is on record with the cases it showed, and not with what was asked", "[search]") {
    Service service;
    wait_until_built(service);
    auto body = boost::json::parse(test::reminder_body).as_object();
    body.at("opening").as_object()["subject"] = "kukkamaanpolku";
    const auto made = service.post("/api/v1/reminders", boost::json::serialize(body), REGISTRAR);
    REQUIRE(made.status == 201);
    const auto before = reads(service, AccessArea::Legal).size();
    REQUIRE(service.post("/api/v1/search", R"({"text":"kukkamaanpolku"})", REGISTRAR).status == 200);
    REQUIRE(service.post("/api/v1/search", R"({"text":"kukkamaanpolku"})", OMBUDSMAN).status == 200);
    const auto all = reads(service, AccessArea::Legal);
    REQUIRE(all.size() == before + 1);
    CHECK(all.back().what() == "search");
    CHECK(all.back().route() == "POST /api/v1/search");
    REQUIRE(all.back().case_ids_size() == 1);
    CHECK(all.back().case_ids(0) == json_of(made).at("case_id").as_string());
    CHECK(all.back().SerializeAsString().find("kukkamaan") == std::string::npos);
    CHECK(reads(service, AccessArea::Ombudsman).empty());
}

TEST_CASE("a search without a word, too long, or over no kind of case is refused with its field",
          "[search]") {
    Service service;
    for (const auto& [body, field] : std::vector<std::pair<std::string, std::string>>{
             {R"({"text":""})", "text"},
             {R"({"text":" -- . "})", "text"},
             {R"({"text":")" + std::string(401, 'a') + R"("})", "text"},
             {R"({"text":"jono","kinds":["reference"]})", "kinds"}}) {
        INFO(body.substr(0, 60));
        const auto answer = service.post("/api/v1/search", body, REGISTRAR);
        CHECK(answer.status == 422);
        CHECK(answer.body.find(field) != std::string::npos);
    }
    CHECK(service.get("/api/v1/search?text=jono", REGISTRAR).status == 405);
    CHECK(service.post("/api/v1/search?text=jono", R"({"text":"jono"})", REGISTRAR).status == 400);
}
