// Destruction lists carried out by the service itself: each item checked on its day, killed at any step and
// gone on with, and nothing destroyed that something keeps.

#include <thread>

#include "store/checkpoints.hpp"
#include "store/proof/note.hpp"
#include "tests/api/destruction/destroying.hpp"

using namespace vastine;
using api::DestructionDesk;
using test::Destroying;
using test::json_of;

namespace {

using Step = DestructionDesk::Step;
struct Killed {};

// A service that is killed when it has come so far, the n-th time.
void run_until(Destroying& house, Step last, int times) {
    int met = 0;
    DestructionDesk desk({*house.service.store, house.services().model, [&] { return house.service.at; },
                          [] {}, [](const auto&) {},
                          [&](Step step) {
                              if (step == last && ++met == times) throw Killed();
                          }});
    try {
        while (desk.turn() > 0) {
        }
    } catch (const Killed&) {
    }
}

}  // namespace

TEST_CASE("a list is made, approved by two, carried out and certified", "[destruction]") {
    Destroying house;
    const auto due = house.reminder("2013-06-05");
    const auto later = house.reminder("2014-09-15");
    const auto kept = house.reminder("2015-06-05");
    house.open();
    CHECK(json_of(house.service.get("/api/v1/destructions/" + house.list, LAWYER))
              .at("row")
              .at("stage")
              .as_string() == "destruction.stage.listing");
    house.work();
    CHECK(house.fate(due) == "waiting");
    CHECK(house.fate(later) == "waiting");
    CHECK(house.fate(kept) == "not listed");
    CHECK(house.page().at("row").at("stage").as_string() == "destruction.stage.listed");

    REQUIRE(house.command("approve", "{}", REGISTRAR) == 200);
    house.work();
    CHECK_FALSE(house.key_gone(due));
    REQUIRE(house.command("approve", "{}", LAWYER) == 200);
    house.work();
    CHECK(house.fate(due) == "destroyed");
    CHECK(house.key_gone(due));
    CHECK(house.fate(later) == "waiting");
    CHECK_FALSE(house.key_gone(later));
    CHECK(house.page().at("row").at("stage").as_string() == "destruction.stage.executing");
    CHECK(house.page().at("row").at("next_day").as_string() == "2026-09-16");

    house.later(std::chrono::days(198));  // 16 September
    house.work();
    CHECK(house.key_gone(later));
    CHECK_FALSE(house.key_gone(kept));
    const auto page = house.page(LAWYER);
    CHECK(page.at("row").at("stage").as_string() == "destruction.stage.completed");
    CHECK(page.at("row").at("final_on").as_string() == "2026-10-21");  // 35 days on
    // The certificate is a note that anybody with the log's public key opens.
    const std::string note(page.at("signed_certificate").as_string());
    CHECK(note.starts_with("vastine destruction certificate 1\nlist " + house.list + "\n"));
    const auto parsed = store::proof::parse_note(note);
    REQUIRE(parsed);
    CHECK(store::sign_note(*house.service.store, parsed->text) == note);
}

TEST_CASE("nobody opens a second list for a year before the first one is given up", "[destruction]") {
    Destroying house;
    house.open();
    const auto first = house.list;
    const auto second = house.service.post("/api/v1/destructions", R"({"area":"legal","year":2026})", LAWYER);
    CHECK(second.status == 409);
    CHECK(second.body.find("There is a destruction list for this year already") != std::string::npos);
    house.open(2025);  // of another year there is none
    house.list = first;
    house.work();
    REQUIRE(house.command("abandon", R"({"reason":"Aloitetaan alusta"})", LAWYER) == 200);
    house.open();
    CHECK(house.list != first);
}

TEST_CASE("what happens to a case after the approval keeps it", "[destruction]") {
    Destroying house;
    const auto held = house.reminder("2013-06-05");
    const auto reopened = house.reminder("2013-06-06");
    const auto late = house.reminder("2013-06-07");
    const auto withheld = house.reminder("2013-06-08");
    const auto gone = house.reminder("2013-06-09");
    house.open();
    house.work();
    REQUIRE(house.command("withhold-item", R"({"item_id":")" + withheld + R"(","reason":"Kanne vireillä"})",
                          LAWYER) == 200);
    house.approve();
    const auto on_case = [&](const std::string& id, const std::string& path, const std::string& body,
                             Role role) {
        const auto version = house.service.version("reminder-" + id);
        const auto answer = house.service.post("/api/v1/reminders/" + id + "/" + path, body, role, version);
        if (answer.status != 200) FAIL(path << ": " << answer.status << " " << answer.body);
    };
    on_case(held, "place-hold", R"({"reason":"Oikeudenkäynti"})", LAWYER);
    on_case(reopened, "reopen", R"({"reopened_on":"2026-03-01","new_facts":"Uusia tietoja"})", REGISTRAR);
    on_case(late, "documents",
            R"({"direction":"incoming","title":"Lisäselvitys","dated_on":"2026-03-01","party":"Asiakas"})",
            REGISTRAR);
    house.work();
    CHECK(house.fate(held) == "held-back:hold");
    CHECK(house.fate(reopened) == "held-back:reopened");
    CHECK(house.fate(late) == "held-back:late-document");
    CHECK(house.fate(withheld) == "withheld");
    CHECK(house.fate(gone) == "destroyed");
    for (const auto& id : {held, reopened, late, withheld}) CHECK_FALSE(house.key_gone(id));
    CHECK(house.page().at("row").at("stage").as_string() == "destruction.stage.completed");
}

TEST_CASE("killed at any step the service goes on, and destroys what was approved and no more",
          "[destruction]") {
    const auto last = GENERATE(Step::ItemsListed, Step::ItemsChecked, Step::KeysDestroyed, Step::Forgotten,
                               Step::FilesReaped, Step::Reclaimed, Step::ItemsDestroyed, Step::Completed);
    INFO("killed after step " << static_cast<int>(last));
    Destroying house;
    const auto due = house.reminder("2013-06-05");
    const auto other = house.reminder("2013-06-06");
    const auto kept = house.reminder("2015-06-05");
    house.open();
    run_until(house, last, 1);
    house.work();
    REQUIRE(house.page().at("row").at("stage").as_string() == "destruction.stage.listed");
    CHECK(house.page().at("items").as_array().size() == 2);
    house.approve();
    run_until(house, last, 1);
    // What stands there as destroyed is, and what was checked may still be kept by what comes now.
    for (const auto& id : {due, other}) {
        if (house.fate(id) == "destroyed") CHECK(house.key_gone(id));
    }
    house.services().model.rebuild();
    house.work();
    CHECK(house.page().at("row").at("stage").as_string() == "destruction.stage.completed");
    CHECK(house.fate(due) == "destroyed");
    CHECK(house.fate(other) == "destroyed");
    CHECK(house.key_gone(due));
    CHECK(house.key_gone(other));
    CHECK_FALSE(house.key_gone(kept));
    CHECK(house.services().destruction_desk.turn() == 0);
}

TEST_CASE("what comes between the check and the destruction of the key holds the item back",
          "[destruction]") {
    Destroying house;
    const auto due = house.reminder("2013-06-05");
    const auto other = house.reminder("2013-06-06");
    house.open();
    house.work();
    house.approve();
    run_until(house, Step::ItemsChecked, 1);
    CHECK(house.fate(due) == "cleared");
    const auto held =
        house.service.post("/api/v1/reminders/" + due + "/place-hold", R"({"reason":"Viime hetkellä"})",
                           LAWYER, house.service.version("reminder-" + due));
    REQUIRE(held.status == 200);
    house.work();
    CHECK(house.fate(due) == "held-back:hold");
    CHECK_FALSE(house.key_gone(due));
    CHECK(house.fate(other) == "destroyed");
    CHECK(house.page().at("row").at("stage").as_string() == "destruction.stage.completed");
}

TEST_CASE("a month of the access log goes when its own time is over, with nothing that it tells of held",
          "[destruction]") {
    Destroying house;
    const auto reminder = house.reminder("2025-06-05");
    REQUIRE(house.service.get("/api/v1/reminders/" + reminder, REGISTRAR).status == 200);
    const auto before = house.service.accesses(store::AccessArea::Legal);
    REQUIRE(before > 0);
    house.later(std::chrono::days(4383 + 40));  // twelve years and some weeks
    const int year = 2038;
    house.open(year);
    house.work();
    CHECK(house.fate("access-legal-2026-03") == "waiting");
    CHECK(house.fate(reminder) == "waiting");
    house.approve();
    house.work();
    CHECK(house.fate("access-legal-2026-03") == "destroyed");
    bool march = false;
    for (const auto month : house.service.store->access().months(store::AccessArea::Legal))
        march = march || month == std::chrono::year(2026) / std::chrono::March;
    CHECK_FALSE(march);
}

TEST_CASE("a destroyed case is in no list with its details, in no search and in no memory", "[destruction]") {
    Destroying house;
    const auto due = house.reminder("2013-06-05", "Hilkka Harvinainen");
    house.services().search.start();
    const auto found = [&] {
        house.services().search.catch_up();
        return house.service.post("/api/v1/search", R"({"text":"harvinainen"})", REGISTRAR);
    };
    while (!house.services().search.warm()) std::this_thread::yield();
    REQUIRE(json_of(found()).at("total").as_string() == "1");
    house.open();
    house.work();
    house.approve();
    house.work();
    CHECK_FALSE(house.services().search.knows("harvinainen"));
    CHECK(json_of(found()).at("total").as_string() == "0");
    const auto page = house.service.get("/api/v1/reminders/" + due, REGISTRAR);
    CHECK(page.body.find("Harvinainen") == std::string::npos);
    const auto same = house.services().model.rebuild();
    CHECK(same);  // it had been folded again already
}

TEST_CASE("what was merged is kept as long as the case that it was merged into", "[destruction]") {
    Destroying house;
    const auto other = house.service.post("/api/v1/reminders", test::reminder_body, REGISTRAR);
    REQUIRE(other.status == 201);
    const std::string merged(json_of(other).at("case_id").as_string());
    const auto into = house.service.reminder;
    REQUIRE(house.service
                .post("/api/v1/reminders/" + merged + "/merge", R"({"into":")" + into + R"("})", REGISTRAR,
                      house.service.version("reminder-" + merged))
                .status == 200);
    house.later(std::chrono::days(4383 + 400));
    house.open(2039);
    house.work();
    // Its own handling ended thirteen years ago; the other's has not.
    CHECK(house.fate(merged) == "held-back:never-ended");
    CHECK(house.fate(into) == "held-back:never-ended");
}

TEST_CASE("the ombudsmen's list is theirs: the head and another ombudsman approve it", "[destruction]") {
    Destroying house;
    house.later(std::chrono::days(4383 + 400));
    house.open(2039, OMBUDSMAN, "ombudsman");
    house.work();
    const auto page = house.page(HEAD_OMBUDSMAN);
    REQUIRE(page.at("items").as_array().size() == 1);
    CHECK(page.at("items").at(0).at("item_id").as_string() == house.service.contact);
    REQUIRE(house.command("approve", "{}", OMBUDSMAN) == 200);
    REQUIRE(house.command("approve", "{}", HEAD_OMBUDSMAN) == 200);
    house.work();
    const auto done = house.page(OMBUDSMAN);
    CHECK(done.at("items").at(0).at("fate").as_string() == "destroyed");
    CHECK(house.service.get("/api/v1/destructions/" + house.list, REGISTRAR).status == 404);
    CHECK(house.service.get("/api/v1/contacts/" + house.service.contact, OMBUDSMAN)
              .body.find("\"key_gone\":true") != std::string::npos);
}
