// What is written with libical is read with ical.js, which Thunderbird reads with, and with libical itself.
#include "api/calendar_feed/calendar.hpp"

#include <libical/ical.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "api/execution.hpp"
#include "tests/api/node_program.hpp"

using namespace vastine;
using api::OwnDate;
using domain::Language;

namespace {

constexpr std::string_view base = "https://vastine.example";

domain::Date day(std::string_view text) {
    return domain::parse_date(text).value();
}

OwnDate answer_by(std::string_view due_by) {
    OwnDate date;
    date.kind = REMINDER;
    date.case_id = "6f1c0a2b-0000-4000-8000-000000000001";
    date.what = "answer";
    date.due_by = day(due_by);
    date.version = {7};
    date.changed_at = day("2026-03-02") + std::chrono::hours(10);
    return date;
}

boost::json::object read_elsewhere(const std::string& calendar) {
    const auto file = std::filesystem::temp_directory_path() / ("vastine-" + api::new_uuid() + ".ics");
    std::ofstream(file, std::ios::binary) << calendar;
    test::NodeProgram reader("read_calendar.mjs", {file.string()});
    auto read = reader.hear();
    std::filesystem::remove(file);
    return read;
}

std::string text_of(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

}  // namespace

TEST_CASE("a calendar says what it is, and how often to ask for it again", "[calendar]") {
    const auto read = read_elsewhere(api::calendar_text({}, Language::Finnish, base));
    CHECK(text_of(read, "version") == "2.0");
    CHECK(text_of(read, "method") == "PUBLISH");
    CHECK(text_of(read, "name") == "Vastine: määräpäivät");
    CHECK(text_of(read, "calname") == "Vastine: määräpäivät");
    CHECK(text_of(read, "refresh") == "PT1H");
    CHECK(text_of(read, "refresh_type") == "duration");
    CHECK(text_of(read, "ttl") == "PT1H");
    CHECK(read.at("events").as_array().empty());
}

TEST_CASE("a due date is an all-day event that leaves the day free and says no more than kind and date",
          "[calendar]") {
    auto date = answer_by("2026-03-31");
    date.warn_on = day("2026-03-22");
    const auto read = read_elsewhere(api::calendar_text({date}, Language::Swedish, base));
    REQUIRE(read.at("events").as_array().size() == 1);
    const auto& event = read.at("events").at(0).as_object();
    CHECK(event.at("all_day").as_bool());
    CHECK(text_of(event, "start") == "2026-03-31");
    CHECK(text_of(event, "end") == "2026-04-01");  // exclusive: one day
    CHECK(event.at("days").to_number<int>() == 1);
    CHECK(text_of(event, "transp") == "TRANSPARENT");
    CHECK(text_of(event, "class") == "PRIVATE");
    CHECK(text_of(event, "summary") == "Svar (anmärkning)");
    CHECK(event.at("categories").as_array() == boost::json::array{"anmärkning"});
    const auto link = "https://vastine.example/api/v1/reminders/" + date.case_id;
    CHECK(text_of(event, "url") == link);
    CHECK(text_of(event, "description").find(link) != std::string::npos);
    CHECK(event.at("sequence").to_number<int>() == 7);
    CHECK(text_of(event, "stamp") == "2026-03-02T10:00:00Z");
    CHECK(text_of(event, "last_modified") == "2026-03-02T10:00:00Z");
    REQUIRE(event.at("alarms").as_array().size() == 1);
    const auto& alarm = event.at("alarms").at(0).as_object();
    CHECK(text_of(alarm, "action") == "DISPLAY");
    CHECK(text_of(alarm, "at") == "2026-03-22T09:00:00");
    CHECK(text_of(alarm, "description") == "Svar (anmärkning)");
}

TEST_CASE("an alarm rings at nine on the warning mark, across the change to summer time too", "[calendar]") {
    struct Expected {
        std::string due_by;
        std::optional<domain::Date> warn_on;
        std::string at;
    };
    const auto [due_by, warn_on, at] = GENERATE(values<Expected>({
        {"2026-03-31", day("2026-03-31"), "2026-03-31T09:00:00"},  // on the day itself
        {"2026-03-31", day("2026-03-30"), "2026-03-30T09:00:00"},
        {"2026-03-30", day("2026-03-28"), "2026-03-28T09:00:00"},  // clocks change on the 29th
        {"2028-03-01", day("2028-02-29"), "2028-02-29T09:00:00"},
        {"2027-01-04", std::nullopt, "2026-12-28T09:00:00"},  // no mark: the last seven days
    }));
    auto date = answer_by(due_by);
    date.warn_on = warn_on;
    const auto read = read_elsewhere(api::calendar_text({date}, Language::English, base));
    CHECK(text_of(read.at("events").at(0).at("alarms").at(0).as_object(), "at") == at);
}

TEST_CASE("a paused date says so and rings no alarm, since it will move", "[calendar]") {
    auto date = answer_by("2026-03-31");
    date.paused = true;
    const auto read = read_elsewhere(api::calendar_text({date}, Language::Finnish, base));
    const auto& event = read.at("events").at(0).as_object();
    CHECK(text_of(event, "summary") == "Keskeytetty: Vastaus (muistutus)");
    CHECK(event.at("alarms").as_array().empty());
}

TEST_CASE("a date keeps its UID when it moves, and no two dates share one", "[calendar]") {
    auto statement = answer_by("2026-03-12");
    statement.what = "statement";
    statement.id = "s1";
    auto second = statement;
    second.id = "s2";
    auto other = answer_by("2026-03-31");
    other.case_id.back() = '2';
    auto order = answer_by("2026-06-01");
    order.what = "order";
    const auto uids = [&](const std::vector<OwnDate>& dates) {
        std::vector<std::string> all;
        const auto read = read_elsewhere(api::calendar_text(dates, Language::English, base));
        for (const auto& event : read.at("events").as_array())
            all.push_back(text_of(event.as_object(), "uid"));
        return all;
    };
    const auto before = uids({answer_by("2026-03-31"), statement, second, other, order, order});
    CHECK(std::set<std::string>(before.begin(), before.end()).size() == 6);
    const auto after = uids({answer_by("2026-04-28"), statement, second, other, order, order});
    CHECK(after == before);
}

TEST_CASE("long lines are folded between characters, wherever the fold falls", "[calendar]") {
    // The link grows by one octet at a time, so that the fold passes through every ä behind it.
    auto date = answer_by("2026-03-31");
    date.what = "order";  // Määräys
    date.standing_in = true;
    for (int length = 0; length < 80; ++length) {
        INFO(length);
        const auto longer = std::string(base) + "/" + std::string(static_cast<std::size_t>(length), 'a');
        const auto calendar = api::calendar_text({date}, Language::Finnish, longer);
        if (length % 10 != 0) {
            // Every line of its own is whole UTF-8 and no longer than it may be.
            std::size_t at = 0;
            while (at < calendar.size()) {
                const auto end = calendar.find("\r\n", at);
                REQUIRE(end != std::string::npos);
                CHECK(end - at <= 75);
                if (end < calendar.size() - 2)
                    CHECK((static_cast<unsigned char>(calendar[end + 2]) & 0xc0U) != 0x80U);
                if (calendar.compare(end, 3, "\r\n ") == 0)
                    CHECK((static_cast<unsigned char>(calendar[end + 3]) & 0xc0U) != 0x80U);
                at = end + 2;
            }
            continue;
        }
        const auto read = read_elsewhere(calendar);
        const auto& event = read.at("events").at(0).as_object();
        CHECK(read.at("longest_line").to_number<int>() <= 75);
        CHECK_FALSE(read.at("cut_characters").as_bool());
        CHECK_FALSE(read.at("bare_line_feeds").as_bool());
        CHECK(text_of(event, "summary") == "Määräys (muistutus)");
        CHECK(text_of(event, "description") ==
              "Asia avautuu kirjautuneelle: " + text_of(event, "url") + "\nHoidat tätä sijaisena.");
    }
}

TEST_CASE("commas, semicolons, backslashes and new lines come back as they were", "[calendar]") {
    auto date = answer_by("2026-03-31");
    date.standing_in = true;
    const auto read =
        read_elsewhere(api::calendar_text({date}, Language::English, R"(https://vastine.example/a,b;c\d)"));
    const auto& event = read.at("events").at(0).as_object();
    CHECK(text_of(event, "description") ==
          R"(The case opens for whoever is signed in: https://vastine.example/a,b;c\d/api/v1/reminders/)" +
              date.case_id + "\nYou handle this as a substitute.");
}

TEST_CASE("libical reads every event without an error and finds what the standard asks for", "[calendar]") {
    std::vector<OwnDate> dates;
    for (int i = 0; i < 200; ++i) {
        auto date = answer_by("2026-03-31");
        date.kind = static_cast<Kind>(REMINDER + i % 4);
        date.due_by += std::chrono::days(i * 37 % 400);
        date.what = i % 2 == 0 ? "answer" : "statement";
        date.id = i % 2 == 0 ? "" : "s" + std::to_string(i);
        date.case_id = api::new_uuid();
        date.paused = i % 3 == 0;
        dates.push_back(date);
    }
    for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
        const auto calendar = api::calendar_text(dates, language, base);
        auto* parsed = icalparser_parse_string(calendar.c_str());
        REQUIRE(parsed != nullptr);
        CHECK(icalcomponent_count_errors(parsed) == 0);
        // As a calendar: as an invitation it would need somebody who invites.
        icalcomponent_remove_property(parsed, icalcomponent_get_first_property(parsed, ICAL_METHOD_PROPERTY));
        CHECK(icalrestriction_check(parsed) == 1);
        CHECK(icalcomponent_count_components(parsed, ICAL_VEVENT_COMPONENT) == 200);
        icalcomponent_free(parsed);
    }
}

TEST_CASE("the same dates give the same bytes", "[calendar]") {
    const auto date = answer_by("2026-03-31");
    CHECK(api::calendar_text({date}, Language::English, base) ==
          api::calendar_text({date}, Language::English, base));
}
