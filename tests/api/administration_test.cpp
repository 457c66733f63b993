// What the administrator sees before and after changing reference data, as the routes give it.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "api/health.hpp"
#include "api/import/import_records.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using test::json_of;
using test::Service;

namespace {

boost::json::object got(Service& service, const std::string& target) {
    const auto response = service.get(target, ADMINISTRATOR);
    INFO(response.body);
    REQUIRE(response.status == 200);
    return json_of(response);
}

api::Response set(Service& service, const std::string& stream, const std::string& path,
                  const std::string& body) {
    return service.post("/api/v1/reference/" + stream + "/" + path, body, ADMINISTRATOR,
                        service.version("reference-" + stream));
}

const boost::json::object* with(const boost::json::object& list, const char* of, const char* name,
                                const std::string& value) {
    const auto* rows = list.if_contains(of);
    if (rows == nullptr) return nullptr;
    for (const auto& row : rows->as_array())
        if (row.as_object().at(name).as_string() == value) return &row.as_object();
    return nullptr;
}

std::string unit(const std::string& id, const std::string& rest) {
    return R"({"unit_id":")" + id + R"(","name":{"fi":")" + id + R"("},)" + rest + "}";
}

}  // namespace

TEST_CASE("a unit is listed as it is today, and as it will be apart", "[administration]") {
    Service service;
    REQUIRE(set(service, "units", "units", unit("ward", R"("valid_from":"2020-01-01")")).status == 200);
    REQUIRE(set(service, "units", "units",
                R"({"unit_id":"ward","name":{"fi":"Uusi nimi"},"valid_from":"2027-01-01"})")
                .status == 200);
    const auto list = got(service, "/api/v1/reference/units");
    const auto* now = with(list, "units", "unit_id", "ward");
    const auto* later = with(list, "other_versions", "unit_id", "ward");
    REQUIRE(now != nullptr);
    REQUIRE(later != nullptr);
    CHECK(now->at("valid_from").as_string() == "2020-01-01");
    CHECK(later->at("valid_from").as_string() == "2027-01-01");
}

TEST_CASE("a reorganisation is taken as a whole or not at all", "[administration]") {
    Service service;
    REQUIRE(set(service, "units", "units", unit("old", R"("valid_from":"2020-01-01")")).status == 200);
    const auto before = service.version("reference-units");
    const auto begins = unit("new", R"("valid_from":"2027-01-01")");
    const auto refused =
        set(service, "units", "reorganisation",
            R"({"units":[)" + begins + "," +
                unit("old", R"("valid_from":"2020-01-01","valid_until":"2026-12-31","successors":["gone"])") +
                "]}");
    CHECK(refused.status == 422);
    CHECK(refused.body.find("units[1].successors[0]") != std::string::npos);
    CHECK(service.version("reference-units") == before);

    const auto taken =
        set(service, "units", "reorganisation",
            R"({"units":[)" + begins + "," +
                unit("old", R"("valid_from":"2020-01-01","valid_until":"2026-12-31","successors":["new"])") +
                "]}");
    INFO(taken.body);
    CHECK(taken.status == 200);
    CHECK(service.version("reference-units") == before + 2);
    const auto list = got(service, "/api/v1/reference/units");
    CHECK(with(list, "units", "unit_id", "old")->at("valid_until").as_string() == "2026-12-31");
    CHECK(with(list, "units", "unit_id", "new") != nullptr);
}

TEST_CASE("who plans a reorganisation sees how many open cases a unit has, and none of them",
          "[administration]") {
    Service service;
    const auto before = got(service, "/api/v1/reference/units/in-use");
    const auto opened = service.post("/api/v1/reminders", test::reminder_body, REGISTRAR);
    REQUIRE(opened.status == 201);
    const auto after = got(service, "/api/v1/reference/units/in-use");
    const auto sum = [](const boost::json::object& use) {
        std::uint64_t cases = 0;
        for (const auto& each : use.at("units").as_array())
            if (const auto* count = each.as_object().if_contains("open_cases"))
                cases += std::stoull(std::string(count->as_string()));
        return cases;
    };
    CHECK(sum(after) == sum(before) + 1);
    CHECK(boost::json::serialize(after).find(std::string(json_of(opened).at("case_id").as_string())) ==
          std::string::npos);
}

TEST_CASE("what a policy would move is counted before it is set, and nothing is written",
          "[administration]") {
    Service service;
    const auto policy = [](const std::string& count, const std::string& from) {
        return R"({"policy":"reminder.answer","target_count":)" + count +
               R"(,"target_unit":"day","ground":"Oma tavoite","valid_from":")" + from + R"("})";
    };
    const auto position = service.store->events().head().position;
    const auto preview = [&](const std::string& body) {
        return service.post("/api/v1/reference/policies/preview", body, ADMINISTRATOR);
    };
    const auto shorter = preview(policy("14", "2026-03-02"));
    INFO(shorter.body);
    REQUIRE(shorter.status == 200);
    CHECK(json_of(shorter).at("dates").as_string() == "1");
    CHECK(json_of(shorter).at("earlier").as_string() == "1");
    CHECK(json_of(shorter).at("later").as_string() == "0");
    CHECK(json_of(shorter).at("example_due_by").as_string() == "2026-03-16");
    // Of one that begins when the old date has passed: late at once.
    CHECK(json_of(preview(policy("14", "2026-12-01"))).at("overdue").as_string() == "1");
    CHECK(json_of(preview(policy("60", "2026-03-02"))).at("later").as_string() == "1");
    CHECK(preview(policy("0", "2026-03-02")).status == 422);
    CHECK(service.store->events().head().position == position);
}

TEST_CASE("policies and letters to come are listed beside those in force", "[administration]") {
    Service service;
    REQUIRE(set(service, "policies", "policies",
                R"({"policy":"reminder.answer","target_count":21,"target_unit":"day","ground":"Oma",)"
                R"("valid_from":"2027-01-01"})")
                .status == 200);
    const auto policies = got(service, "/api/v1/reference/policies");
    REQUIRE(policies.at("other_versions").as_array().size() == 1);
    const auto& coming = policies.at("other_versions").as_array().at(0).as_object();
    CHECK(coming.at("given").as_object().at("valid_from").as_string() == "2027-01-01");

    REQUIRE(set(service, "letters", "letters",
                R"({"template_id":"own","name":{"fi":"Oma"},"letter":"reply","for_kinds":["REMINDER"],)"
                R"("body":{"fi":"Hei {{client}}"},"valid_from":"2027-01-01"})")
                .status == 200);
    const auto letters = got(service, "/api/v1/reference/letters");
    CHECK(letters.at("other_versions").as_array().size() == 1);
    CHECK(letters.at("fields").as_array().size() > 10);
}

TEST_CASE("a template is looked at with values made up, and one with an unknown field is not taken",
          "[administration]") {
    Service service;
    const auto previewed =
        service.post("/api/v1/reference/letters/preview",
                     R"({"markdown":"**Hei** {{client}}, {{tuntematon}}","language":"fi"})", ADMINISTRATOR);
    INFO(previewed.body);
    REQUIRE(previewed.status == 200);
    CHECK(json_of(previewed).at("text").as_string() == "Hei Aino Esimerkki, {{tuntematon}}");
    CHECK(json_of(previewed).at("unknown").as_array().at(0).as_string() == "tuntematon");
    const auto refused =
        set(service, "letters", "letters",
            R"({"template_id":"own","name":{"fi":"Oma"},"letter":"reply","for_kinds":["REMINDER"],)"
            R"("body":{"fi":"Hei","sv":"Hej {{okand}}"},"valid_from":"2026-03-02"})");
    CHECK(refused.status == 422);
    CHECK(refused.body.find("body.sv") != std::string::npos);
    CHECK(refused.body.find("okand") != std::string::npos);
}

TEST_CASE("of a past import the rejected lines and reasons are told, never what stood there",
          "[administration]") {
    Service service;
    // As it stands within JSON.
    const std::string mapping =
        R"(source = \"old\"\n[fields]\nexternal_id = \"id\"\nregistered = \"arrived\"\nunit = \"unit\"\n)"
        R"(channel = {default = \"letter\"}\ncause = {default = \"care\"}\nwho = {default = \"client\"}\n)"
        R"(sector = {default = \"health\"}\n)";
    // id,arrived,unit / x1,2018-02-30,Salainen / x2,1.2.2018,Salainen
    const auto file = "aWQsYXJyaXZlZCx1bml0CngxLDIwMTgtMDItMzAsU2FsYWluZW4KeDIsMS4yLjIwMTgsU2FsYWluZW4K";
    const auto imported = service.post(
        "/api/v1/imports",
        R"({"kind":"reminder","mapping":")" + mapping + R"(","file":")" + std::string(file) + R"("})",
        REGISTRAR);
    INFO(imported.body);
    REQUIRE(imported.status == 200);
    const auto told = service.get("/api/v1/imports", ADMINISTRATOR);
    INFO(told.body);
    const auto answer = json_of(told);
    const auto& record = answer.at("imports").as_array().at(0).as_object();
    CHECK(record.at("rejected").as_string() == "2");
    const auto& rejects = record.at("rejects").as_array();
    REQUIRE(rejects.size() == 2);
    CHECK(rejects.at(0).as_object().at("line").as_string() == "2");
    CHECK(rejects.at(1).as_object().at("column").as_string() == "unit");
    CHECK_FALSE(rejects.at(1).as_object().at("reason").as_string().empty());
    CHECK(told.body.find("Salainen") == std::string::npos);
    CHECK(told.body.find("2018-02-30") == std::string::npos);
}

TEST_CASE("an import is told while it runs, and no longer", "[administration]") {
    api::import::RunningImports running;
    {
        RunningImport about;
        about.set_kind("reminder");
        about.set_size(100);
        api::import::RunningImports::One one(running, about);
        one.read(40);
        REQUIRE(running.now().size() == 1);
        CHECK(running.now().front().read() == 40);
    }
    CHECK(running.now().empty());
}

TEST_CASE("the service tells how it is", "[administration]") {
    Service service;
    const auto health = got(service, "/api/v1/health");
    CHECK(health.at("status").as_string() == "ready");
    CHECK_FALSE(health.at("mail").as_bool());
    CHECK(health.at("folders").as_array().empty());  // everything is in memory
}

TEST_CASE("a backup is known by the file that it leaves", "[administration]") {
    const auto folder = std::filesystem::temp_directory_path() / ("vastine-health-" + api::new_uuid());
    std::filesystem::create_directories(folder / "log");
    std::ofstream(folder / "log" / "1.sst") << "1234567";
    CHECK_FALSE(api::last_backup(folder));
    std::ofstream(folder / "last-backup") << "";
    const auto at = api::last_backup(folder);
    REQUIRE(at);
    CHECK(std::chrono::abs(std::chrono::system_clock::now() - *at) < std::chrono::minutes(5));
    const auto sizes = api::folder_sizes(folder);
    REQUIRE(sizes.size() == 1);
    CHECK(sizes.front().name == "log");
    CHECK(sizes.front().bytes == 7);
    std::filesystem::remove_all(folder);
}
