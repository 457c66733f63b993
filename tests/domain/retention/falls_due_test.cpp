#include "domain/retention/falls_due.hpp"

#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

using retention::Handling;
using retention::Standing;
using retention::Step;

Date day(const std::string& text) {
    return parse_date(text).value();
}

Handling ended(const std::string& subject, const std::string& on) {
    Handling of;
    of.subject = subject;
    of.version = 7;
    of.begun_on = day("2014-01-02");
    of.ended = true;
    of.ended_on = day(on);
    of.documents = 2;
    return of;
}
const auto contact_ended = ended("contact", "2014-02-03");

Handling held(Handling of, const std::string& until, bool lifted = false) {
    of.holds.push_back({"h1", parse_date(until), lifted});
    return of;
}

Reference with(const std::string& retention, std::uint32_t version) {
    Reference reference = organisation();
    RetentionSet event;
    *event.mutable_given() = make<SetRetention>(retention);
    event.set_version(version);
    reference.apply(event);
    return reference;
}
const Reference& archived() {
    static const Reference reference = with(
        R"(subject: "complaint" valid_from: "2020-01-01" permanent: true archive_order: "KA/1234/2020"
           ground: "Määräys")",
        2);
    return reference;
}

Standing standing(const Handling& of, const std::string& today, const Reference& with = organisation()) {
    return assess(of, with, day(today)).standing;
}

// On the list of 2026 as it is made on its second day.
std::optional<DestructionItem> listed(const Handling& of, const Reference& with = organisation()) {
    return retention::item_of(this_case, of, with, 2026, day("2026-01-02"));
}
retention::Recheck checked(const Handling& now, const std::string& today,
                           const Reference& with = organisation()) {
    return retention::recheck(*listed(contact_ended), now, with, day(today));
}

const auto registration = make<RegisterReminder>(R"(
    opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3" sectors: "health" cause: "care"
              maker: "client" })");

}  // namespace

// ---- what is kept ----

TEST_CASE("a case is kept from the day it was closed", "[retention]") {
    const auto now =
        given<reminder::State>().done(registration, make<Withdraw>(R"(withdrawn_on: "2026-03-20")"));
    const auto of = retention::handling(now.state().work, 2);
    CHECK(of.subject == "reminder");
    CHECK(of.version == 2);
    CHECK(of.ended);
    CHECK(of.ended_on == day("2026-03-20"));
    const auto open = retention::handling(given<reminder::State>().done(registration).state().work, 1);
    CHECK_FALSE(open.ended);
    CHECK_FALSE(open.ended_on);
}

TEST_CASE("a merged case ends on the day it was merged, and is handled with the other", "[retention]") {
    const auto merged =
        given<reminder::State>().done(registration, make<Merge>(std::string("into: \"") + other_case + "\""));
    const auto own = retention::handling(merged.state().work, 2);
    CHECK(own.ended_on == day("2026-03-31"));
    CHECK(own.merged_into == other_case);

    const auto both = retention::with_other(own, ended("reminder", "2026-06-30"));
    CHECK(both.ended_on == day("2026-06-30"));
    CHECK(retention::with_other(own, ended("reminder", "2020-01-01")).ended_on == day("2026-03-31"));
    auto open = ended("reminder", "2026-06-30");
    open.ended = false;
    open.ended_on.reset();
    CHECK_FALSE(retention::with_other(own, open).ended);
    auto unknown = open;
    unknown.ended = true;
    CHECK(standing(retention::with_other(own, unknown), "2050-01-01") == Standing::EndUnknown);
    CHECK(standing(retention::with_other(own, held(ended("reminder", "2026-01-01"), "")), "2050-01-01") ==
          Standing::Held);
}

TEST_CASE("every kind of case and each area's log is something that is kept", "[retention]") {
    for (const auto kind : {REMINDER, COMPLAINT, AUTHORITY_REQUEST, CONTACT})
        CHECK(organisation().code_valid("retention_subject", retention::subject_of(kind), day("2026-01-01")));
    for (const auto area : {Area::Ombudsman, Area::Legal})
        CHECK(
            organisation().code_valid("retention_subject", retention::log_subject(area), day("2026-01-01")));
    CHECK(retention::subject_of(PUBLICATION).empty());
    CHECK(retention::subject_of(REFERENCE).empty());
}

// ---- when it falls due ----

TEST_CASE("a contact is kept for twelve years from the end of handling and destroyed from the next day on",
          "[retention]") {
    const auto assessment = retention::assess(contact_ended, organisation(), day("2026-02-03"));
    CHECK(assessment.last_day == day("2026-02-03"));
    CHECK(assessment.standing == Standing::Kept);
    CHECK(standing(contact_ended, "2026-02-04") == Standing::Due);
}

TEST_CASE("the last day of keeping is not moved off a Sunday, and a leap day's is the last of February",
          "[retention]") {
    // 1 February 2026 is a Sunday.
    CHECK(retention::assess(ended("contact", "2014-02-01"), organisation(), day("2026-01-01")).last_day ==
          day("2026-02-01"));
    const auto ten = with(R"(subject: "reminder" valid_from: "2020-01-01" years: 10 ground: "Päätös")", 2);
    CHECK(retention::assess(ended("reminder", "2016-02-29"), ten, day("2026-01-01")).last_day ==
          day("2026-02-28"));
}

TEST_CASE("what goes on is not due, and what has gone on for the whole time is not forgotten",
          "[retention]") {
    auto open = contact_ended;
    open.ended = false;
    open.ended_on.reset();
    CHECK(standing(open, "2026-01-02") == Standing::GoesOn);
    CHECK(standing(open, "2026-01-03") == Standing::NeverEnded);
    CHECK_FALSE(listed(open));  // it began on 2 January 2014
    const auto later = retention::item_of(this_case, open, organisation(), 2026, day("2026-01-03"));
    REQUIRE(later);
    CHECK(later->held_back() == "never-ended");
    open.begun_on.reset();
    CHECK(standing(open, "2050-01-01") == Standing::GoesOn);
}

TEST_CASE("an end on a day that nobody knows is listed, and never falls due", "[retention]") {
    auto unknown = contact_ended;
    unknown.ended_on.reset();
    CHECK(standing(unknown, "2099-01-01") == Standing::EndUnknown);
    REQUIRE(listed(unknown));
    CHECK(listed(unknown)->held_back() == "end-unknown");
    CHECK(listed(unknown)->ended_month().empty());
}

TEST_CASE("what nobody has decided on is kept and listed", "[retention]") {
    const Reference nothing_set;
    CHECK(standing(contact_ended, "2099-01-01", nothing_set) == Standing::NoSchedule);
    REQUIRE(listed(contact_ended, nothing_set));
    CHECK(listed(contact_ended, nothing_set)->held_back() == "no-schedule");
}

TEST_CASE("a hold keeps what is due until it ends or is lifted", "[retention]") {
    CHECK(standing(held(contact_ended, ""), "2026-02-04") == Standing::Held);
    CHECK(standing(held(contact_ended, "", true), "2026-02-04") == Standing::Due);
    const auto until_june = held(contact_ended, "2026-06-30");
    CHECK(standing(until_june, "2026-06-30") == Standing::Held);
    CHECK(standing(until_june, "2026-07-01") == Standing::Due);
    CHECK(retention::assess(held(until_june, "2027-01-31"), organisation(), day("2026-03-01")).held_until ==
          day("2027-01-31"));
    CHECK_FALSE(retention::assess(held(until_june, ""), organisation(), day("2026-03-01")).held_until);
}

TEST_CASE("what somebody waits for an answer from is not destroyed", "[retention]") {
    auto asked = contact_ended;
    asked.inquiry_open = true;
    CHECK(standing(asked, "2026-02-04") == Standing::Asked);
    CHECK(standing(asked, "2026-02-03") == Standing::Kept);
    CHECK(listed(asked)->held_back() == "inquiry");
}

TEST_CASE("what the National Archives have ordered to be kept goes to the archive", "[retention]") {
    const auto complaint = ended("complaint", "2014-02-03");
    CHECK(standing(complaint, "2026-02-04", archived()) == Standing::ToArchive);
    // Without a number of years it is transferred as soon as its handling has ended.
    CHECK(retention::assess(complaint, archived(), day("2026-02-04")).last_day == day("2014-02-03"));
    CHECK(listed(complaint, archived())->permanent());
    CHECK(listed(complaint, archived())->held_back().empty());
    CHECK(standing(held(complaint, ""), "2026-02-04", archived()) == Standing::Held);
}

// ---- logs ----

TEST_CASE("the ombudsmen's log is kept as long as the documents that it tells of", "[retention]") {
    retention::LogMonth month{Area::Ombudsman, day("2014-02-28"), {}};
    CHECK(retention::handling(month).subject == "access-log-ombudsman");
    CHECK(standing(retention::handling(month), "2026-02-28") == Standing::Kept);
    CHECK(standing(retention::handling(month), "2026-03-01") == Standing::Due);
    month.tells_of = {ended("contact", "2013-12-01"), ended("contact", "2015-05-05")};
    CHECK(retention::handling(month).ended_on == day("2015-05-05"));
    month.tells_of.front().ended = false;
    month.tells_of.front().ended_on.reset();
    CHECK_FALSE(retention::handling(month).ended);
}

TEST_CASE("the legal area's log is kept for twelve years from its own events, and under a hold longer",
          "[retention]") {
    retention::LogMonth month{Area::Legal, day("2014-02-28"), {ended("reminder", "2020-05-05")}};
    CHECK(retention::handling(month).ended_on == day("2014-02-28"));
    CHECK(standing(retention::handling(month), "2026-03-01") == Standing::Due);
    month.tells_of.push_back(held(ended("reminder", "2014-01-05"), ""));
    CHECK(standing(retention::handling(month), "2026-03-01") == Standing::Held);
}

// ---- the year's list ----

TEST_CASE("a year's list holds what falls due within the year, with the version and time it was found by",
          "[retention]") {
    const auto item = listed(contact_ended);
    REQUIRE(item);
    CHECK(item->item_id() == this_case);
    CHECK(item->subject() == "contact");
    CHECK(item->ended_month() == "2014-02");
    CHECK(item->ended_on() == "2014-02-03");
    CHECK(item->last_day() == "2026-02-03");
    CHECK(item->schedule_version() == 1);
    CHECK(item->years() == 12);
    CHECK_FALSE(item->permanent());
    CHECK(item->case_version() == 7);
    CHECK(item->documents() == 2);
    CHECK(item->held_back().empty());

    CHECK(listed(ended("contact", "2014-12-30")));
    // Its last day is the year's last: it goes on the first of January, with the next list.
    CHECK_FALSE(listed(ended("contact", "2014-12-31")));
    CHECK(listed(ended("contact", "2009-05-05")));
}

TEST_CASE("a hold that is over before the item's day does not keep it off the list", "[retention]") {
    CHECK(listed(held(contact_ended, "2026-02-03"))->held_back().empty());
    CHECK(listed(held(contact_ended, "2026-02-04"))->held_back() == "hold");
    CHECK(listed(held(contact_ended, ""))->held_back() == "hold");
}

// ---- the second look ----

TEST_CASE("an item that stands as it was listed waits for its day and is then destroyed", "[retention]") {
    CHECK(checked(contact_ended, "2026-02-03").step == Step::Wait);
    CHECK(checked(contact_ended, "2026-02-04").step == Step::Destroy);
    CHECK(checked(contact_ended, "2026-02-04").why.empty());
}

TEST_CASE("an item is held back for what came after the list, and says for what", "[retention]") {
    const auto held_back = [](const Handling& now, const Reference& with = organisation()) {
        const auto found = checked(now, "2026-02-04", with);
        CHECK(found.step == Step::HoldBack);
        CHECK(organisation().code_valid("held_back", found.why, day("2026-02-04")));
        return std::string(found.why);
    };
    auto now = contact_ended;
    now.version = 8;
    CHECK(held_back(now) == "changed");
    now.documents = 3;
    CHECK(held_back(now) == "late-document");
    now.inquiry_open = true;
    CHECK(held_back(now) == "inquiry");
    now = held(now, "");
    CHECK(held_back(now) == "hold");
    now.ended = false;
    now.ended_on.reset();
    CHECK(held_back(now) == "reopened");
    now = contact_ended;
    now.ended_on = day("2014-02-05");
    CHECK(held_back(now) == "reopened");
    now.ended_on = day("2014-02-01");
    CHECK(held_back(now) == "changed");
    now.ended_on.reset();
    CHECK(held_back(now) == "changed");
}

TEST_CASE("an item is held back when its time of keeping has changed since", "[retention]") {
    const auto longer =
        with(R"(subject: "contact" valid_from: "2026-02-01" years: 15 ground: "Uusi laki")", 2);
    const auto kept = with(
        R"(subject: "contact" valid_from: "2026-02-01" permanent: true archive_order: "KA 1"
           ground: "Määräys")",
        2);
    for (const auto* with : {&longer, &kept}) {
        CHECK(checked(contact_ended, "2026-02-04", *with).step == Step::HoldBack);
        CHECK(checked(contact_ended, "2026-02-04", *with).why == "changed");
    }
    // Decided, and not in force yet.
    CHECK(checked(contact_ended, "2026-01-31", longer).step == Step::Wait);
}

TEST_CASE("a hold that ends before the item's day lets it wait", "[retention]") {
    const auto brief = held(contact_ended, "2026-02-03");
    CHECK(checked(brief, "2026-01-15").step == Step::Wait);
    CHECK(checked(brief, "2026-02-04").step == Step::Destroy);
}

TEST_CASE("an item whose own days are no longer known is held back, never destroyed", "[retention]") {
    auto item = *listed(contact_ended);
    item.clear_ended_on();
    item.clear_last_day();
    const auto found = retention::recheck(item, contact_ended, organisation(), day("2050-01-01"));
    CHECK(found.step == Step::HoldBack);
    CHECK(found.why == "changed");
}

// ---- in words ----

TEST_CASE("the end, the time with its ground and what follows are said in every language", "[retention]") {
    const auto assessment = retention::assess(contact_ended, organisation(), day("2026-01-02"));
    const auto finnish = why(assessment, Language::Finnish);
    REQUIRE(finnish.size() == 3);
    CHECK(finnish[0] == "Käsittely päättyi ma 3.2.2014.");
    CHECK(finnish[1] ==
          "Säilytetään 12 vuotta käsittelyn päättymisestä. Peruste: 739/2023 12 §: 12 vuotta käsittelyn "
          "päättymisestä, minkä jälkeen hävitetään heti.");
    CHECK(finnish[2] ==
          "Viimeinen säilytyspäivä on ti 3.2.2026. Hävitetään heti sen jälkeen, ke 4.2.2026 alkaen.");
    CHECK(why(assessment, Language::English)[2] ==
          "The last day of keeping is Tue 2026-02-03. Destroyed at once after it, from Wed 2026-02-04 on.");
    CHECK(why(assessment, Language::Swedish)[0] == "Handläggningen avslutades mån 3.2.2014.");
}

TEST_CASE("every standing has its words, and none is left with a gap", "[retention]") {
    auto open = contact_ended;
    open.ended = false;
    open.ended_on.reset();
    auto unknown = contact_ended;
    unknown.ended_on.reset();
    auto asked = contact_ended;
    asked.inquiry_open = true;
    const auto complaint = ended("complaint", "2014-02-03");
    const Reference nothing_set;
    const auto later = with(
        R"(subject: "complaint" valid_from: "2020-01-01" years: 20 permanent: true archive_order: "KA 1"
           ground: "x")",
        2);
    std::vector<retention::Assessment> all;
    for (const auto* today : {"2026-01-02", "2026-02-04"}) {
        for (const auto& of : {contact_ended, open, unknown, asked, held(contact_ended, ""),
                               held(contact_ended, "2026-12-31"), complaint}) {
            for (const auto* with : {&organisation(), &nothing_set, &archived(), &later})
                all.push_back(assess(of, *with, day(today)));
        }
    }
    std::set<Standing> met;
    for (const auto& assessment : all) {
        met.insert(assessment.standing);
        for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
            const auto lines = why(assessment, language);
            REQUIRE_FALSE(lines.empty());
            for (const auto& line : lines) {
                INFO(line);
                CHECK(line.find('{') == std::string::npos);
                CHECK(line.find("  ") == std::string::npos);
                CHECK(line.find(" .") == std::string::npos);
                CHECK(line.find(" ,") == std::string::npos);
            }
        }
    }
    CHECK(met.size() == 9);
}

}  // namespace vastine::domain::testing
