#include "projections/bulk_assignment.hpp"

#include <catch2/catch.hpp>

#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

const std::string lawyer = uuid(0xcc);

void write(WrittenLog& log) {
    write_units(log);
    log.add("reference-users", user(lawyer))
        .add("reminder-" + uuid(1), reminder())
        .add("reminder-" + uuid(1), assigned(me))
        .add("complaint-" + uuid(2), complaint({.diary_number = "VAS 2/2018"}))
        .add("contact-" + uuid(5), contact());
}

TEST_CASE("a preview says of each case who has it, its version, and why it would stay", "[bulk_assignment]") {
    WrittenLog log;
    write(log);
    Live live(log);
    const BulkAssignmentQuery query{
        lawyer, "", {{REMINDER, uuid(1)}, {COMPLAINT, uuid(2)}, {CONTACT, uuid(5)}, {REMINDER, uuid(77)}}};
    const auto shown = live.ask(assignment_preview, viewer(REGISTRAR), "2018-03-05", query);
    const auto& cases = shown.message.cases();
    REQUIRE(cases.size() == 4);
    CHECK_FALSE(shown.message.done());
    CHECK(cases[0].from() == me);
    CHECK(cases[0].version() == 2);
    CHECK(cases[0].diary_number() == "VAS 1/2018");
    CHECK(cases[0].refusal().empty());
    CHECK(cases[1].refusal().empty());
    // Beyond the wall is as if it were not there.
    CHECK(cases[2].refusal() == cases[3].refusal());
    CHECK_FALSE(cases[2].refusal().empty());
    CHECK(cases[2].diary_number().empty());
    CHECK(shown.case_ids == std::vector{uuid(1), uuid(2)});
}

TEST_CASE("a case that takes no handler says so in the preview", "[bulk_assignment]") {
    WrittenLog log;
    write(log);
    log.add("reminder-" + uuid(1), reply_sent("2018-03-06", 5, true))
        .add("reminder-" + uuid(1), closed("2018-03-07"));
    Live live(log);
    const BulkAssignmentQuery query{lawyer, "", {{REMINDER, uuid(1)}, {COMPLAINT, uuid(2)}}};
    const auto shown = live.ask(assignment_preview, viewer(REGISTRAR), "2018-03-08", query);
    CHECK_FALSE(shown.message.cases(0).refusal().empty());
    CHECK(shown.message.cases(1).refusal().empty());
}

}  // namespace
}  // namespace vastine::projections::tests
