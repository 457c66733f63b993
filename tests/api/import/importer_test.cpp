#include "api/import/importer.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "domain/schema/casework.pb.h"
#include "domain/text/text.hpp"
#include "tests/api/organisation.hpp"

using namespace vastine;
using api::import::ImportOptions;
using api::import::ImportSummary;
using api::import::Reject;

namespace {

const std::string mapping = R"(
source = "old register"
[fields]
external_id = "id"
registered = "arrived"
asked = "asked"
due = "due"
closed = "closed"
cause = {column = "cause", values = {Hoito = "care"}}
unit = "unit"
channel = {column = "channel", values = {Kirje = "letter"}, default = "other"}
who = {default = "client"}
sector = {default = "health"}
)";
const std::string header = "id,arrived,asked,due,closed,cause,unit,channel\n";

struct Outcome {
    ImportSummary summary;
    std::vector<Reject> rejects;
};

struct Fixture {
    test::Organisation organisation;

    Outcome run(const std::string& rows, ImportOptions options = {}, const std::string& with = mapping) {
        options.kind = REMINDER;
        if (options.viewer.roles.empty()) {
            options.viewer = organisation.registrar;
            options.viewer.roles.insert(ADMINISTRATOR);
        }
        Outcome outcome;
        api::import::Importer importer(organisation.execution, *organisation.store,
                                       api::import::parse_mapping(with), options);
        std::istringstream input(header + rows);
        auto summary = importer.run(input, [&](const Reject& reject) { outcome.rejects.push_back(reject); });
        REQUIRE(summary);
        outcome.summary = std::move(*summary);
        for (const auto& reject : outcome.rejects) {
            INFO(reject.line << " " << reject.column << ": "
                             << domain::explain(reject.reason, domain::Language::English));
            CHECK(reject.line > 1);
        }
        return outcome;
    }
    ImportCase stored(const std::string& external_id) {
        const auto stream = organisation.store->events().find("external:reminder", external_id);
        REQUIRE(stream);
        ImportCase last;
        organisation.store->events().read_stream(*stream, {}, [&](const store::Record& record) {
            const auto opened = organisation.store->events().open(record, store::Depth::Everything);
            if (const auto* imported = dynamic_cast<const CaseImported*>(opened.event.get()))
                last = imported->given();
            if (const auto* corrected = dynamic_cast<const ImportCorrected*>(opened.event.get())) {
                last = corrected->given();
            }
            return true;
        });
        return last;
    }
    std::uint64_t head() { return organisation.store->events().head().position.value; }
};

const std::string two_cases =
    "a1,2018-01-10,2018-01-11,2018-02-07,2018-02-01,Hoito,osasto-1,Kirje\n"
    "a2,2018-01-20,,2018-02-17,,conduct,osasto-1,phone\n";

}  // namespace

TEST_CASE("every row becomes a case with what the mapping names", "[import]") {
    Fixture fixture;
    const auto outcome = fixture.run(two_cases);
    CHECK(outcome.rejects.empty());
    CHECK(outcome.summary.rows == 2);
    CHECK(outcome.summary.taken == 2);
    const auto first = fixture.stored("a1");
    CHECK(first.source() == "old register");
    CHECK(first.opening().arrived_on() == "2018-01-10");
    CHECK(first.opening().cause() == "care");
    CHECK(first.opening().channel() == "letter");
    CHECK(first.opening().maker() == "client");
    CHECK(first.opening().units(0) == "osasto-1");
    CHECK(first.asked_on() == "2018-01-11");
    CHECK(first.due_by() == "2018-02-07");
    CHECK(first.closed_on() == "2018-02-01");
    CHECK(first.opening().diary_number() == "2018-000001");
    CHECK(fixture.stored("a2").closed_on().empty());
}

TEST_CASE("the summary's figures can be checked against the source's own", "[import]") {
    Fixture fixture;
    const auto outcome = fixture.run(
        "a1,2018-01-01,,2018-01-10,2018-01-05,care,osasto-1,phone\n"
        "a2,2018-01-01,,2018-01-10,2018-01-12,care,osasto-1,phone\n"
        "a3,2018-01-01 12:00,,2018-01-10 12:00,2018-01-04 18:00,care,osasto-1,letter\n"
        "a4,2018-01-01,,,,care,osasto-1,letter\n");
    const auto& figures = outcome.summary.figures;
    CHECK(figures.by_channel == std::map<std::string, std::uint64_t>{{"phone", 2}, {"letter", 2}});
    CHECK(figures.ended == 3);
    CHECK(figures.open == 1);
    CHECK(figures.ended_after_due == 1);
    CHECK(figures.share_in_time() == Approx(2.0 / 3.0));
    CHECK(*figures.start_to_end.rank_days(0.5) == Approx(4.0));
    CHECK(*figures.start_to_end.rank_days(0.0) == Approx(3.25));
    CHECK(*figures.start_to_end.rank_days(1.0) == Approx(11.0));
}

TEST_CASE("importing the same file again changes nothing", "[import]") {
    Fixture fixture;
    (void)fixture.run(two_cases);
    const auto head = fixture.head();
    const auto again = fixture.run(two_cases);
    CHECK(again.summary.taken == 0);
    CHECK(again.summary.unchanged == 2);
    CHECK(again.summary.figures.ended == 1);
    CHECK(again.rejects.empty());
    CHECK(fixture.head() == head);
}

TEST_CASE("a changed row is reported, and applied as a correction only with update", "[import]") {
    Fixture fixture;
    (void)fixture.run(two_cases);
    const auto head = fixture.head();
    const std::string changed =
        "a1,2018-01-10,2018-01-11,2018-02-07,2018-02-01,Hoito,osasto-1,Kirje\n"
        "a2,2018-01-20,,2018-02-17,2018-02-20,conduct,osasto-1,phone\n";
    const auto reported = fixture.run(changed);
    CHECK(reported.summary.changed == 1);
    CHECK(reported.summary.corrected == 0);
    REQUIRE(reported.summary.changes.size() == 1);
    CHECK(reported.summary.changes[0].line == 3);
    CHECK(fixture.head() == head);

    ImportOptions options;
    options.update = true;
    const auto applied = fixture.run(changed, options);
    CHECK(applied.summary.unchanged == 1);
    CHECK(applied.summary.corrected == 1);
    CHECK(applied.rejects.empty());
    CHECK(fixture.stored("a2").closed_on() == "2018-02-20");
    CHECK(fixture.stored("a2").opening().diary_number() == "2018-000002");
    CHECK(fixture.head() == head + 1);
    CHECK(fixture.run(changed, options).summary.unchanged == 2);
}

TEST_CASE("rows of one file that contradict each other never correct each other back and forth", "[import]") {
    Fixture fixture;
    const std::string contradiction =
        "a1,2018-01-10,,,2018-02-01,care,osasto-1,phone\n"
        "a1,2018-01-10,,,2018-02-03,care,osasto-1,phone\n";
    ImportOptions update;
    update.update = true;
    // One: the first row is being appended while the second one is read.
    update.batch_rows = GENERATE(std::size_t{1}, std::size_t{500});
    const auto first = fixture.run(contradiction, update);
    CHECK(first.summary.taken == 1);
    CHECK(first.summary.changed == 1);
    CHECK(first.summary.corrected == 0);
    CHECK(fixture.stored("a1").closed_on() == "2018-02-01");

    const auto head = fixture.head();
    const auto again = fixture.run(contradiction, update);
    CHECK(again.summary.unchanged == 1);
    CHECK(again.summary.corrected == 0);
    CHECK(again.summary.figures.ended == 1);
    CHECK(fixture.head() == head);
}

TEST_CASE("rows of an event log that say the same of a case count once", "[import]") {
    Fixture fixture;
    const std::string row = "a1,2018-01-10,,,2018-02-01,care,osasto-1,phone\n";
    std::string rows;
    for (int i = 0; i < 5; ++i) rows += row + "b" + std::to_string(i) + row.substr(2);
    ImportOptions options;
    options.batch_rows = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{500});
    SECTION("in earnest") {
        const auto outcome = fixture.run(rows, options);
        CHECK(outcome.summary.taken == 6);
        CHECK(outcome.summary.repeated == 4);
        CHECK(outcome.summary.figures.ended == 6);
    }
    SECTION("and in a dry run") {
        options.dry_run = true;
        const auto outcome = fixture.run(rows, options);
        CHECK(outcome.summary.taken == 6);
        CHECK(outcome.summary.repeated == 4);
    }
}

TEST_CASE("a row that cannot be taken is named and the others go in", "[import]") {
    Fixture fixture;
    const auto [row, column, reason] = GENERATE(table<std::string, std::string, std::string>({
        {"x,2018-02-30,,,,care,osasto-1,phone\n", "arrived", "import.not_a_date"},
        {"x,,,,,care,osasto-1,phone\n", "arrived", "import.value_missing"},
        {",2018-01-01,,,,care,osasto-1,phone\n", "id", "import.value_missing"},
        {"x,2018-01-10,,,2018-01-09,care,osasto-1,phone\n", "closed", "import.ended_before_start"},
        {"x,2018-01-10 10:00,,,2018-01-10 09:59,care,osasto-1,phone\n", "closed",
         "import.ended_before_start"},
        {"x,2018-01-10,,,,no such cause,osasto-1,phone\n", "cause", "import.unknown_code"},
        {"x,2018-01-10,,,,care,ward 9,phone\n", "unit", "import.unknown_unit"},
        {"x,2018-01-10,,,,,osasto-1,phone\n", "cause", "field.required"},
        {"x,2018-01-10,,\n", "", "import.columns"},
        {"x,2018-01-10,,,,care,osasto-1,phone,extra\n", "", "import.columns"},
        {std::string("x,2018-01-10,,,,care,\xC3\x28,phone\n"), "", "import.not_utf8"},
    }));
    INFO(row);
    const auto outcome = fixture.run("ä1,2018-01-10,,,,care,osasto-1,phone\n" + row +
                                     "a2,2018-01-10,,,,care,osasto-1,phone\n");
    CHECK(outcome.summary.taken == 2);
    CHECK(outcome.summary.rejected == 1);
    REQUIRE(outcome.rejects.size() == 1);
    CHECK(outcome.rejects[0].line == 3);
    CHECK(outcome.rejects[0].column == column);
    CHECK(outcome.rejects[0].reason.text == reason);
    CHECK(outcome.rejects[0].row.empty());
}

TEST_CASE("a file cut off inside a quoted value loses only that record", "[import]") {
    Fixture fixture;
    const auto outcome = fixture.run(two_cases + "a3,2018-01-10,,,,care,\"osas");
    CHECK(outcome.summary.taken == 2);
    REQUIRE(outcome.rejects.size() == 1);
    CHECK(outcome.rejects[0].reason.text == "import.not_closed");
}

TEST_CASE("rejects hold the row itself only when that is asked for", "[import]") {
    Fixture fixture;
    ImportOptions options;
    options.with_rows = true;
    const auto outcome = fixture.run("x,never,,,,care,osasto-1,phone\n", options);
    REQUIRE(outcome.rejects.size() == 1);
    CHECK(outcome.rejects[0].row == "x,never,,,,care,osasto-1,phone\n");
}

TEST_CASE("a dry run says what would happen and changes nothing", "[import]") {
    Fixture fixture;
    const auto head = fixture.head();
    ImportOptions options;
    options.dry_run = true;
    options.learn_codes = true;
    const auto outcome = fixture.run(
        two_cases + "a3,2018-01-10,,,,New Cause,Ward 9,phone\nx,never,,,,care,osasto-1,phone\n", options);
    CHECK(outcome.summary.taken == 3);
    CHECK(outcome.summary.rejected == 1);
    CHECK(outcome.summary.learned == std::vector<std::string>{"cause new-cause", "unit ward-9"});
    CHECK(fixture.head() == head);
}

TEST_CASE("unknown codes and units are learned when that is asked for", "[import]") {
    Fixture fixture;
    ImportOptions options;
    options.learn_codes = true;
    const auto outcome = fixture.run(
        "a1,2018-01-10,,,,Pitkä jono,Osasto Ö 2,phone\n"
        "a2,2018-01-11,,,,Pitkä jono,Osasto Ö 2,phone\n",
        options);
    CHECK(outcome.rejects.empty());
    CHECK(outcome.summary.learned == std::vector<std::string>{"cause pitka-jono", "unit osasto-o-2"});
    CHECK(fixture.stored("a1").opening().cause() == "pitka-jono");
    const auto reference = fixture.organisation.execution.reference();
    REQUIRE(reference.code("cause", "pitka-jono") != nullptr);
    CHECK(reference.code("cause", "pitka-jono")->name().fi() == "Pitkä jono");
    CHECK(reference.unit("osasto-o-2")->given.name().fi() == "Osasto Ö 2");

    SECTION("by those who may manage reference data") {
        ImportOptions registrar = options;
        registrar.viewer = fixture.organisation.registrar;
        const auto refused = fixture.run("a3,2018-01-10,,,,Another,osasto-1,phone\n", registrar);
        REQUIRE(refused.rejects.size() == 1);
        CHECK(refused.rejects[0].reason.reason == domain::Reason::Forbidden);
    }
}

TEST_CASE("Latin-1 and Windows line ends come in as they were meant", "[import]") {
    Fixture fixture;
    std::string rows = two_cases + "a3,2018-01-10,,,,H\xF6yry,osasto-1,Kirje\n";
    std::string with_crlf;
    for (const char c : rows) with_crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    ImportOptions options;
    options.learn_codes = true;
    const auto outcome = fixture.run(with_crlf, options);
    CHECK(outcome.summary.taken == 3);
    CHECK(fixture.organisation.execution.reference().code("cause", "hoyry")->name().fi() == "Höyry");
}

TEST_CASE("a case registered by hand under the same external id is left alone", "[import]") {
    Fixture fixture;
    auto command = test::registration();
    command.mutable_opening()->set_external_id("a1");
    api::CommandRequest request;
    request.viewer = fixture.organisation.registrar;
    request.kind = REMINDER;
    request.command = std::make_unique<RegisterReminder>(command);
    request.command_id = api::new_uuid();
    REQUIRE(fixture.organisation.execution.execute(std::move(request)));
    ImportOptions options;
    options.update = true;
    const auto outcome = fixture.run(two_cases, options);
    CHECK(outcome.summary.taken == 1);
    REQUIRE(outcome.rejects.size() == 1);
    CHECK(outcome.rejects[0].column == "id");
    CHECK(outcome.rejects[0].reason.text == "import.not_imported");
}

TEST_CASE("a column that the file does not have is told before any row is taken", "[import]") {
    Fixture fixture;
    std::string other = mapping;
    other.replace(other.find("\"arrived\""), 9, "\"saapunut\"");
    CHECK_THROWS_WITH(fixture.run(two_cases, {}, other), Catch::Contains("no column 'saapunut'"));
    CHECK_FALSE(fixture.organisation.store->events().find("external:reminder", "a1"));
}

TEST_CASE("only an area's own people import into it", "[import]") {
    Fixture fixture;
    for (const auto& viewer : {fixture.organisation.ombudsman, fixture.organisation.administrator}) {
        ImportOptions options;
        options.kind = REMINDER;
        options.viewer = viewer;
        api::import::Importer importer(fixture.organisation.execution, *fixture.organisation.store,
                                       api::import::parse_mapping(mapping), options);
        std::istringstream input(header + two_cases);
        const auto refused = importer.run(input, [](const Reject&) {});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().reason == domain::Reason::Forbidden);
    }
}

TEST_CASE("nearest rank counts what is there, in days with their fraction", "[import]") {
    api::import::Durations durations;
    CHECK_FALSE(durations.rank_days(0.5));
    for (int hours = 1; hours <= 10; ++hours) durations.add(std::chrono::hours(hours * 24 + 12));
    CHECK(*durations.rank_days(0.5) == Approx(5.5));
    CHECK(*durations.rank_days(0.9) == Approx(9.5));
    CHECK(*durations.rank_days(1.0) == Approx(10.5));
}
