// Destruction lists and legal holds as people see them over the API.

#include <set>

#include "domain/schema/access.pb.h"
#include "tests/api/destruction/destroying.hpp"

using namespace vastine;
using test::Destroying;
using test::json_of;

namespace {

std::string joined(const boost::json::value& lines) {
    std::string all;
    for (const auto& line : lines.as_array()) all += std::string(line.as_string()) + "\n";
    return all;
}

std::set<std::string> paths(const boost::json::object& page) {
    std::set<std::string> all;
    for (const auto& path : page.at("possible").as_array()) all.emplace(path.as_string());
    return all;
}

std::string reason(const boost::json::object& page, const std::string& path) {
    for (const auto& each : page.at("not_possible").as_array()) {
        if (each.at("path").as_string() == path) return std::string(each.at("reason").as_string());
    }
    return {};
}

// What was put on record of the legal area as this.
std::set<std::string> shown_as(Destroying& house, const std::string& what) {
    std::set<std::string> ids;
    house.service.store->access().read(store::AccessArea::Legal, {},
                                       [&](const store::Record&, const PersonalDataRead& entry) {
                                           if (entry.what() == what)
                                               ids.insert(entry.case_ids().begin(), entry.case_ids().end());
                                           return true;
                                       });
    return ids;
}

}  // namespace

TEST_CASE("before a list is opened one sees what it would say, and nothing is written", "[destruction]") {
    Destroying house;
    const auto due = house.reminder("2013-06-05");
    house.reminder("2015-06-05");
    const auto head = house.service.store->events().head().position;
    const auto preview =
        json_of(house.service.get("/api/v1/destructions/preview?area=legal&year=2026", LAWYER));
    REQUIRE(preview.at("items").as_array().size() == 1);
    const auto& item = preview.at("items").at(0);
    CHECK(item.at("item_id").as_string() == due);
    CHECK(item.at("may_open").as_bool());
    CHECK_THAT(joined(item.at("why")), Catch::Contains("Handling ended on Wed 2013-06-05.") &&
                                           Catch::Contains("Kept for 12 years") &&
                                           Catch::Contains("To be destroyed at once."));
    CHECK(preview.at("fates").at("waiting").to_number<int>() == 1);
    CHECK(preview.at("list_id").as_string().empty());
    CHECK(house.service.store->events().head().position == head);
    CHECK(shown_as(house, "destruction-preview") == std::set{due});
    house.open();
    CHECK(json_of(house.service.get("/api/v1/destructions/preview?area=legal&year=2026", LAWYER))
              .at("list_id")
              .as_string() == house.list);
    CHECK(house.service.get("/api/v1/destructions/preview?area=ombudsman&year=2026", LAWYER).status == 403);
    CHECK(house.service.get("/api/v1/destructions/preview?area=legal&year=2026", OMBUDSMAN).status == 403);
    CHECK(house.service.get("/api/v1/destructions/preview?area=legal", LAWYER).status == 400);
}

TEST_CASE("a list says what each may do with it, and why not", "[destruction]") {
    Destroying house;
    house.reminder("2013-06-05");
    house.open();
    house.work();
    CHECK(paths(house.page(REGISTRAR)) == std::set<std::string>{"approve", "withhold-item", "abandon"});
    REQUIRE(house.command("approve", "{}", REGISTRAR) == 200);
    const auto again = house.page(REGISTRAR);
    CHECK(paths(again) == std::set<std::string>{"withdraw-approval", "withhold-item", "abandon"});
    CHECK_THAT(reason(again, "approve"), Catch::Contains("You have approved the list already"));
    CHECK(paths(house.page(LAWYER)) == std::set<std::string>{"approve", "withhold-item", "abandon"});
    const auto& approval = again.at("row").at("approvals").at(0);
    CHECK(approval.at("name").as_string() == "Person 3");
    CHECK(approval.at("on").as_string() == "2026-03-02");
}

TEST_CASE("the auditor sees the list without what people wrote, the other area nothing", "[destruction]") {
    Destroying house;
    const auto due = house.reminder("2013-06-05");
    house.open();
    house.work();
    REQUIRE(house.command("withhold-item", R"({"item_id":")" + due + R"(","reason":"Kanne vireillä"})",
                          LAWYER) == 200);
    CHECK(house.page(LAWYER).at("items").at(0).at("reason").as_string() == "Kanne vireillä");
    const auto seen = house.page(AUDITOR);
    CHECK(seen.at("items").at(0).at("reason").as_string().empty());
    CHECK_FALSE(seen.at("items").at(0).at("may_open").as_bool());
    CHECK(seen.at("items").at(0).at("fate").as_string() == "withheld");
    CHECK(paths(seen).empty());
    CHECK(house.service.get("/api/v1/destructions/" + house.list, OMBUDSMAN).status == 404);
    CHECK(house.service.get("/api/v1/destructions/" + house.list, BOARD).status == 403);
    CHECK(json_of(house.service.get("/api/v1/destructions", OMBUDSMAN)).at("lists").as_array().empty());
    const auto lists = json_of(house.service.get("/api/v1/destructions", AUDITOR));
    CHECK(lists.at("lists").as_array().size() == 1);
    CHECK(lists.at("opens").as_array().empty());
    CHECK(shown_as(house, "destruction-list") == std::set{due});
}

TEST_CASE("what is kept for ever stands in the transfer list, which is said to be transferred once",
          "[destruction]") {
    Destroying house;
    auto schedule = std::make_unique<SetRetention>();
    schedule->set_subject("reminder");
    schedule->set_valid_from("2000-01-01");
    schedule->set_permanent(true);
    schedule->set_archive_order("KA/123, \"muistutukset\"");
    schedule->set_ground("Kansallisarkiston päätös");
    house.service.take(REFERENCE, "retention", std::move(schedule));
    const auto kept = house.reminder("2013-06-05");
    house.open();
    house.work();
    CHECK(house.fate(kept) == "to-archive");
    const auto csv = house.service.get("/api/v1/destructions/" + house.list + "/archive-transfer", REGISTRAR);
    CHECK(csv.headers.get("Content-Type") == "text/csv; charset=utf-8");
    CHECK_THAT(csv.body, Catch::Contains("list_id,item_id,subject") &&
                             Catch::Contains(house.list + "," + kept + ",reminder,2013-06,0,") &&
                             Catch::Contains(R"("KA/123, ""muistutukset""")"));
    CHECK(shown_as(house, "archive-transfer") == std::set{kept});
    CHECK(house.command("record-transfer", R"({"transferred_on":"2026-03-03"})", LAWYER) == 422);
    const auto before = house.page().at("row").at("approvals").as_array().size();
    CHECK(before == 0);
    REQUIRE(house.command("record-transfer", R"({"transferred_on":"2026-03-02","note":"Vastaanottaja"})",
                          LAWYER) == 200);
    CHECK(house.command("record-transfer", R"({"transferred_on":"2026-03-02"})", LAWYER) == 409);
    CHECK(house.page().at("row").at("transferred_on").as_string() == "2026-03-02");
    CHECK(house.page(LAWYER).at("transfer_note").as_string() == "Vastaanottaja");
    CHECK(house.page(AUDITOR).at("transfer_note").as_string().empty());
    house.open(2025);
    house.work();
    CHECK(house.fate(kept) == "not listed");  // it is done with
    CHECK_FALSE(house.key_gone(kept));
}

TEST_CASE("the certificate is given when the list is completed, as text and with its signature",
          "[destruction]") {
    Destroying house;
    house.reminder("2013-06-05");
    house.open();
    house.work();
    const auto target = "/api/v1/destructions/" + house.list + "/certificate";
    CHECK(house.service.get(target, LAWYER).status == 404);
    house.approve();
    house.work();
    const auto text = house.service.get(target + "?lang=fi", AUDITOR);
    REQUIRE(text.status == 200);
    CHECK_THAT(text.body, Catch::Contains("Hävittämistodistus") && Catch::Contains(house.list) &&
                              Catch::Contains("Hävittämisen hyväksyi Person 3 2.3.2026") &&
                              Catch::Contains("lopullinen 6.4.2026") && Catch::Contains("Muistutukset") &&
                              Catch::Contains("vastine destruction certificate 1") &&
                              Catch::Contains("\u2014 vastine/"));
    CHECK(house.service.get(target, OMBUDSMAN).status == 404);
    CHECK(house.service.get(target + "?format=docx", LAWYER).status == 400);
}

TEST_CASE("the holds of one's own area stand in one list with their reasons", "[destruction]") {
    Destroying house;
    const auto held = house.reminder("2013-06-05");
    const auto lifted = house.reminder("2013-06-06");
    const auto place = [&](const std::string& id, const std::string& body) {
        const auto answer = house.service.post("/api/v1/reminders/" + id + "/place-hold", body, LAWYER,
                                               house.service.version("reminder-" + id));
        if (answer.status != 200) FAIL(answer.status << " " << answer.body);
    };
    place(held, R"({"reason":"Oikeudenkäynti","until":"2026-12-31"})");
    place(lifted, R"({"reason":"Turhaan"})");
    REQUIRE(house.service
                .post("/api/v1/reminders/" + lifted + "/lift-hold",
                      R"({"hold_id":"h1","reason":"Asia on ratkaistu"})", LAWYER,
                      house.service.version("reminder-" + lifted))
                .status == 200);
    const auto holds = json_of(house.service.get("/api/v1/holds", REGISTRAR)).at("holds").as_array();
    REQUIRE(holds.size() == 1);
    CHECK(holds[0].at("case_id").as_string() == held);
    CHECK(holds[0].at("kind").as_string() == "reminder");
    CHECK(holds[0].at("reason").as_string() == "Oikeudenkäynti");
    CHECK(holds[0].at("until").as_string() == "2026-12-31");
    CHECK(holds[0].at("placed_by_name").as_string() == "Person 4");
    CHECK(shown_as(house, "holds") == std::set{held});
    CHECK(json_of(house.service.get("/api/v1/holds", OMBUDSMAN)).at("holds").as_array().empty());
    CHECK(house.service.get("/api/v1/holds", AUDITOR).status == 403);
    // After the last day of the hold it stands there no longer.
    house.later(std::chrono::days(306));
    CHECK(json_of(house.service.get("/api/v1/holds", REGISTRAR)).at("holds").as_array().empty());
}

TEST_CASE("the times of keeping are there for everybody who is signed in", "[destruction]") {
    Destroying house;
    const auto list = json_of(house.service.get("/api/v1/reference/retention", REGISTRAR));
    CHECK(list.at("schedules").as_array().size() == 6);
    CHECK(list.at("other_versions").as_array().empty());
}
