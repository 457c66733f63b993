// A person's own extract of the access log: reviewed, withheld only with reasons, two years back.
#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

using reminder::State;

const auto registration = make<RegisterReminder>(R"(
    opening { arrived_on: "2026-03-02" channel: "letter" language: "fi" units: "osasto-3" sectors: "health"
              cause: "care" maker: "client" })");
auto open_case() {
    return given<State>().done(registration);
}
// Today is 31 March 2026.
ReleaseLogExtract release(const std::string& more = "", const std::string& from = "2024-03-31") {
    return make<ReleaseLogExtract>("from: \"" + from + R"(" until: "2026-03-31" reviewed_to: 40 language: "sv"
        recipient: "Aino Asiakas" recipient_role: "client" )" +
                                   more);
}
const std::string endangers = R"(withheld { position: 12 reason: "Vaarantaisi lapsen" } )";

}  // namespace

TEST_CASE("an extract is released of an open case and of one that has ended, and each has its id",
          "[log-extract]") {
    const auto first = open_case().when(release()).then_one<LogExtractReleased>();
    CHECK(first.extract_id() == "e1");
    CHECK(first.released_on() == "2026-03-31");
    CHECK(open_case().done(release()).when(release()).then_one<LogExtractReleased>().extract_id() == "e2");
    open_case().done(make<Withdraw>(R"(withdrawn_on: "2026-03-20")")).when(release()).then_accepted();
    given<State>().when(release()).then_refused(Reason::NotFound, "casework.not_opened");
}

TEST_CASE("what is older than two years is given for a special reason alone", "[log-extract]") {
    open_case()
        .when(release("", "2024-03-30"))
        .then_refused(Reason::Invalid, "casework.extract_older_than_two_years", "special_reason");
    open_case().when(release(R"(special_reason: "Rikostutkinta")", "2024-03-30")).then_accepted();
    open_case()
        .when(release("", "2026-04-01"))
        .then_refused(Reason::Invalid, "casework.extract_ends_before_it_begins", "until");
    CHECK(casework::two_years_before(*parse_date("2028-02-29")) == *parse_date("2026-02-28"));
}

TEST_CASE("an entry is withheld with its reason, and the decision has its ground", "[log-extract]") {
    open_case()
        .when(release(endangers))
        .then_refused(Reason::Invalid, "casework.withholding_needs_a_ground", "ground");
    open_case().when(release(endangers + R"(ground: "703/2023 11 §")")).then_accepted();
    open_case()
        .when(release(R"(withheld { position: 12 } ground: "x")"))
        .then_refused(Reason::Invalid, "field.required", "withheld[0].reason");
    open_case()
        .when(release(endangers + endangers + R"(ground: "x")"))
        .then_refused(Reason::Invalid, "casework.withheld_entry_unknown", "withheld[1].position");
    open_case()
        .when(release(R"(withheld { position: 41 reason: "x" } ground: "x")"))
        .then_refused(Reason::Invalid, "casework.withheld_entry_unknown", "withheld[0].position");
}

TEST_CASE("an extract to the guardian of a minor who banned it leaves the banned parts out, and says so",
          "[log-extract]") {
    auto of_a_minor = registration;
    of_a_minor.mutable_opening()->mutable_client()->set_disclosure_banned(true);
    auto to_guardian = release();
    to_guardian.set_recipient_role("guardian");
    given<State>()
        .done(of_a_minor)
        .when(to_guardian)
        .then_refused(Reason::NeedsConfirmation, "casework.minor_has_banned_disclosure",
                      "banned_parts_left_out");
    open_case().when(to_guardian).then_accepted();
    to_guardian.set_banned_parts_left_out(true);
    given<State>().done(of_a_minor).when(to_guardian).then_accepted();
}

}  // namespace vastine::domain::testing
