#include "api/execution.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "domain/schema/casework.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"
#include "projections/case_index.hpp"
#include "tests/api/organisation.hpp"

using namespace vastine;
using api::CommandRequest;
using domain::Reason;

namespace {

using test::Organisation;
using test::registration;

CommandRequest opening(const domain::Viewer& viewer, RegisterReminder command = registration()) {
    CommandRequest request;
    request.viewer = viewer;
    request.kind = REMINDER;
    request.command = std::make_unique<RegisterReminder>(std::move(command));
    request.command_id = api::new_uuid();
    return request;
}

template <class C>
CommandRequest further(const domain::Viewer& viewer, const std::string& case_id, const std::string& path,
                       C command, std::uint64_t expected) {
    CommandRequest request;
    request.viewer = viewer;
    request.kind = REMINDER;
    request.case_id = case_id;
    request.path = path;
    request.command = std::make_unique<C>(std::move(command));
    request.expected = store::Version{expected};
    request.command_id = api::new_uuid();
    return request;
}

AcknowledgeReminder acknowledgement() {
    AcknowledgeReminder command;
    command.set_acknowledged_on("2026-03-02");
    command.set_channel("letter");
    return command;
}

CommandRequest copy(const CommandRequest& request) {
    CommandRequest same;
    same.viewer = request.viewer;
    same.kind = request.kind;
    same.case_id = request.case_id;
    same.path = request.path;
    same.command.reset(request.command->New());
    same.command->CopyFrom(*request.command);
    same.expected = request.expected;
    same.command_id = request.command_id;
    return same;
}

std::string diary_number(Organisation& organisation, const std::string& case_id) {
    std::string number;
    organisation.store->events().read_stream({"reminder-" + case_id}, {}, [&](const store::Record& record) {
        const auto opened = organisation.store->events().open(record, store::Depth::Everything);
        if (const auto* registered = dynamic_cast<const ReminderRegistered*>(opened.event.get())) {
            number = registered->given().opening().diary_number();
        }
        if (const auto* corrected = dynamic_cast<const OpeningCorrected*>(opened.event.get())) {
            number = corrected->given().opening().diary_number();
        }
        return true;
    });
    return number;
}

}  // namespace

TEST_CASE("a command becomes events that every reader sees at once", "[execution]") {
    Organisation organisation;
    const auto answer = organisation.execution.execute(opening(organisation.registrar));
    REQUIRE(answer);
    CHECK(answer->version == store::Version{1});
    CHECK(answer->position == organisation.store->events().head().position);
    CHECK(organisation.model.read(
        [&](const projections::Views& views) { return views.cases->scope(answer->case_id).has_value(); }));
    CHECK(organisation.execution.execute(
        further(organisation.registrar, answer->case_id, "acknowledge", acknowledgement(), 1)));
}

TEST_CASE("a retry is answered as the first time and writes nothing", "[execution]") {
    Organisation organisation;
    auto command = registration();
    command.mutable_opening()->set_external_id("case-1");
    const auto request = opening(organisation.registrar, command);
    const auto first = organisation.execution.execute(copy(request));
    REQUIRE(first);
    const auto head = organisation.store->events().head().position;
    const auto again = organisation.execution.execute(copy(request));
    REQUIRE(again);
    CHECK(again->repeated);
    CHECK(again->case_id == first->case_id);
    CHECK(again->version == first->version);
    CHECK(organisation.store->events().head().position == head);

    SECTION("also when the case has gone on since") {
        const auto step =
            further(organisation.registrar, first->case_id, "acknowledge", acknowledgement(), 1);
        REQUIRE(organisation.execution.execute(copy(step)));
        const auto step_again = organisation.execution.execute(copy(step));
        REQUIRE(step_again);
        CHECK(step_again->repeated);
        CHECK(step_again->version == store::Version{2});
    }
    SECTION("but the same id with other content is refused") {
        auto other = copy(request);
        static_cast<RegisterReminder&>(*other.command).mutable_opening()->set_subject("something else");
        const auto refused = organisation.execution.execute(std::move(other));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().reason == Reason::CommandReused);
    }
    SECTION("and so is it for a later step") {
        auto step = further(organisation.registrar, first->case_id, "acknowledge", acknowledgement(), 1);
        REQUIRE(organisation.execution.execute(copy(step)));
        static_cast<AcknowledgeReminder&>(*step.command).set_channel("phone");
        CHECK(organisation.execution.execute(std::move(step)).error().reason == Reason::CommandReused);
    }
}

TEST_CASE("who saved second is told so, and which version there is", "[execution]") {
    Organisation organisation;
    const auto id = organisation.execution.execute(opening(organisation.registrar))->case_id;
    REQUIRE(organisation.execution.execute(
        further(organisation.registrar, id, "acknowledge", acknowledgement(), 1)));
    const auto late = organisation.execution.execute(
        further(organisation.registrar, id, "acknowledge", acknowledgement(), 1));
    REQUIRE_FALSE(late);
    CHECK(late.error().reason == Reason::Stale);
    CHECK(late.error().args.at("version") == "2");
}

TEST_CASE("a command on a case must say which version it is based on", "[execution]") {
    Organisation organisation;
    const auto id = organisation.execution.execute(opening(organisation.registrar))->case_id;
    auto request = further(organisation.registrar, id, "acknowledge", acknowledgement(), 1);
    request.expected.reset();
    CHECK(organisation.execution.execute(std::move(request)).error().text == "execution.version_missing");
}

TEST_CASE("a command needs an id to be repeated by", "[execution]") {
    Organisation organisation;
    for (const char* id : {"", "1", "not-a-uuid-not-a-uuid-not-a-uuid-xx"}) {
        auto request = opening(organisation.registrar);
        request.command_id = id;
        CHECK(organisation.execution.execute(std::move(request)).error().text ==
              "execution.command_id_missing");
    }
}

TEST_CASE("a case that is not there and one behind the wall look the same", "[execution]") {
    Organisation organisation;
    const auto id = organisation.execution.execute(opening(organisation.registrar))->case_id;
    const auto unknown = organisation.execution.execute(
        further(organisation.registrar, api::new_uuid(), "acknowledge", acknowledgement(), 1));
    const auto walled = organisation.execution.execute(
        further(organisation.ombudsman, id, "acknowledge", acknowledgement(), 1));
    REQUIRE_FALSE(unknown);
    REQUIRE_FALSE(walled);
    CHECK(unknown.error() == walled.error());
    CHECK(walled.error().reason == Reason::NotFound);
}

TEST_CASE("an opening command of the other area is refused", "[execution]") {
    Organisation organisation;
    CHECK(organisation.execution.execute(opening(organisation.ombudsman)).error().reason ==
          Reason::Forbidden);
    CHECK(organisation.execution.execute(opening(organisation.administrator)).error().reason ==
          Reason::Forbidden);
}

TEST_CASE("a refused command leaves nothing behind", "[execution]") {
    Organisation organisation;
    const auto head = organisation.store->events().head().position;
    auto command = registration();
    command.mutable_opening()->set_cause("no such cause");
    CHECK(organisation.execution.execute(opening(organisation.registrar, command)).error().reason ==
          Reason::Invalid);
    CHECK(organisation.store->events().head().position == head);
}

TEST_CASE("diary numbers run through the year, each area's own", "[execution][diary]") {
    Organisation organisation;
    const auto first = organisation.execution.execute(opening(organisation.registrar))->case_id;
    const auto second = organisation.execution.execute(opening(organisation.registrar))->case_id;
    CHECK(diary_number(organisation, first) == "2026-000001");
    CHECK(diary_number(organisation, second) == "2026-000002");
}

TEST_CASE("a refused command leaves no hole in the diary numbers", "[execution][diary]") {
    Organisation organisation;
    REQUIRE(organisation.execution.execute(opening(organisation.registrar)));
    auto later = registration();
    later.mutable_opening()->set_arrived_on("2026-12-24");
    REQUIRE_FALSE(organisation.execution.execute(opening(organisation.registrar, later)));
    const auto next = organisation.execution.execute(opening(organisation.registrar));
    REQUIRE(next);
    CHECK(diary_number(organisation, next->case_id) == "2026-000002");
}

TEST_CASE("a number that somebody gave by hand is passed over", "[execution][diary]") {
    Organisation organisation;
    auto command = registration();
    command.mutable_opening()->set_diary_number("2026-000002");
    REQUIRE(organisation.execution.execute(opening(organisation.registrar, command)));
    std::set<std::string> numbers;
    for (int i = 0; i < 3; ++i) {
        numbers.insert(diary_number(
            organisation, organisation.execution.execute(opening(organisation.registrar))->case_id));
    }
    CHECK(numbers == std::set<std::string>{"2026-000003", "2026-000004", "2026-000005"});
}

TEST_CASE("the series goes on after a restart", "[execution][diary]") {
    Organisation organisation;
    for (int i = 0; i < 40; ++i) REQUIRE(organisation.execution.execute(opening(organisation.registrar)));
    projections::ReadModel model(organisation.store->events());
    model.catch_up(organisation.store->events().head().position);
    api::Execution restarted(*organisation.store, model, [&] { return organisation.at; });
    const auto id = restarted.execute(opening(organisation.registrar))->case_id;
    CHECK(diary_number(organisation, id) == "2026-000041");
}

TEST_CASE("two cases never share a diary number or an external id", "[execution][diary]") {
    Organisation organisation;
    auto command = registration();
    command.mutable_opening()->set_diary_number("HEL 2026-1");
    command.mutable_opening()->set_external_id("x1");
    REQUIRE(organisation.execution.execute(opening(organisation.registrar, command)));
    const auto same_number = organisation.execution.execute(opening(organisation.registrar, command));
    REQUIRE_FALSE(same_number);
    CHECK(same_number.error().reason == Reason::Conflict);
    CHECK(same_number.error().text == "execution.diary_number_taken");
    command.mutable_opening()->set_diary_number("HEL 2026-2");
    CHECK(organisation.execution.execute(opening(organisation.registrar, command)).error().text ==
          "execution.external_id_taken");
}

TEST_CASE("cases opened at the same time get different numbers", "[execution][diary]") {
    Organisation organisation;
    constexpr int threads = 4;
    constexpr int each = 10;
    std::vector<std::vector<std::string>> ids(threads);
    {
        std::vector<std::jthread> workers;
        for (int worker = 0; worker < threads; ++worker) {
            workers.emplace_back([&, worker] {
                for (int i = 0; i < each; ++i) {
                    auto answer = organisation.execution.execute(opening(organisation.registrar));
                    if (answer) ids[static_cast<std::size_t>(worker)].push_back(answer->case_id);
                }
            });
        }
    }
    std::set<std::string> numbers;
    for (const auto& list : ids) {
        CHECK(list.size() == each);
        for (const auto& id : list) numbers.insert(diary_number(organisation, id));
    }
    CHECK(numbers.size() == threads * each);
}

TEST_CASE("a correction keeps the number it does not name, and gives up the one it replaces",
          "[execution][diary]") {
    Organisation organisation;
    const auto id = organisation.execution.execute(opening(organisation.registrar))->case_id;
    CorrectOpening correction;
    *correction.mutable_opening() = registration().opening();
    correction.set_reason("a slip");
    REQUIRE(organisation.execution.execute(further(organisation.registrar, id, "correct", correction, 1)));
    CHECK(diary_number(organisation, id) == "2026-000001");

    correction.mutable_opening()->set_diary_number("HEL 7");
    REQUIRE(organisation.execution.execute(further(organisation.registrar, id, "correct", correction, 2)));
    CHECK(organisation.store->events().find("diary:legal", "HEL 7") == store::StreamId{"reminder-" + id});
    CHECK_FALSE(organisation.store->events().find("diary:legal", "2026-000001"));
}

TEST_CASE("a case is joined only to another that one sees", "[execution]") {
    Organisation organisation;
    const auto id = organisation.execution.execute(opening(organisation.registrar))->case_id;
    const auto other = organisation.execution.execute(opening(organisation.registrar))->case_id;
    Link link;
    link.set_relation("related");
    link.set_other(api::new_uuid());
    const auto unknown = organisation.execution.execute(further(organisation.registrar, id, "link", link, 1));
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().text == "execution.no_such_other_case");
    CHECK(unknown.error().field == "other");
    link.set_other(id);
    CHECK_FALSE(organisation.execution.execute(further(organisation.registrar, id, "link", link, 1)));
    link.set_other(other);
    CHECK(organisation.execution.execute(further(organisation.registrar, id, "link", link, 1)));
}

TEST_CASE("a case is not merged into one that has ended, where nobody would answer it", "[execution]") {
    Organisation organisation;
    const auto id = organisation.execution.execute(opening(organisation.registrar))->case_id;
    const auto other = organisation.execution.execute(opening(organisation.registrar))->case_id;
    Withdraw withdraw;
    withdraw.set_withdrawn_on("2026-03-02");
    REQUIRE(organisation.execution.execute(further(organisation.registrar, other, "withdraw", withdraw, 1)));
    Merge merge;
    merge.set_into(other);
    const auto lost = organisation.execution.execute(further(organisation.registrar, id, "merge", merge, 1));
    REQUIRE_FALSE(lost);
    CHECK(lost.error().text == "execution.merged_into_an_ended_case");
    CHECK(lost.error().field == "into");
}

TEST_CASE("a request is corrected to supplement only a request that one sees", "[execution]") {
    Organisation organisation;
    ReceiveRequest letter;
    *letter.mutable_opening() = registration().opening();
    letter.set_authority("eoa");
    letter.set_authority_diary_number("EOAK/1");
    letter.set_request_kind("clarification");
    letter.set_due_by("2026-04-01");
    CommandRequest receive;
    receive.viewer = organisation.registrar;
    receive.kind = AUTHORITY_REQUEST;
    receive.command = std::make_unique<ReceiveRequest>(letter);
    receive.command_id = api::new_uuid();
    const auto id = organisation.execution.execute(std::move(receive))->case_id;

    CorrectRequest correction;
    correction.set_authority("eoa");
    correction.set_authority_diary_number("EOAK/1");
    correction.set_request_kind("supplement");
    correction.set_reason("a slip");
    correction.set_supplements(api::new_uuid());
    auto request = further(organisation.registrar, id, "correct-particulars", correction, 1);
    request.kind = AUTHORITY_REQUEST;
    const auto refused = organisation.execution.execute(std::move(request));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().text == "execution.no_such_other_case");
    CHECK(refused.error().field == "supplements");
}

TEST_CASE("a contact follows up only a matter that the earlier contact has", "[execution]") {
    Organisation organisation;
    const auto log = [&](const std::string& earlier, const std::string& matter) {
        LogContact contact;
        contact.set_contacted_on("2026-03-02");
        contact.set_channel("phone");
        contact.set_who("client");
        if (earlier.empty()) {
            contact.add_matters()->add_sectors("health");
            contact.mutable_matters(0)->add_causes("patient-care");
        } else {
            contact.add_follows_up()->set_contact_id(earlier);
            contact.mutable_follows_up(0)->set_matter_id(matter);
        }
        CommandRequest request;
        request.viewer = organisation.ombudsman;
        request.kind = CONTACT;
        request.command = std::make_unique<LogContact>(std::move(contact));
        request.command_id = api::new_uuid();
        return organisation.execution.execute(std::move(request));
    };
    const auto earlier = log({}, {});
    REQUIRE(earlier);
    CHECK(log(earlier->case_id, "m1"));
    const auto refused = log(earlier->case_id, "m2");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().text == "contact.unknown_matter");
    CHECK(refused.error().field == "follows_up[0].matter_id");
}

TEST_CASE("a new user gets an id", "[execution][reference]") {
    Organisation organisation;
    SetUser user;
    user.set_login("new");
    user.set_name("New Person");
    user.set_active(true);
    user.add_roles(LAWYER);
    CommandRequest request;
    request.viewer = organisation.administrator;
    request.kind = REFERENCE;
    request.path = "users";
    request.command = std::make_unique<SetUser>(user);
    request.command_id = api::new_uuid();
    REQUIRE(organisation.execution.execute(copy(request)));
    const auto* made = organisation.execution.reference().user_with_login("new");
    REQUIRE(made != nullptr);
    CHECK(made->user_id().size() == 36);

    SECTION("and a retry makes no second one") {
        CHECK(organisation.execution.execute(std::move(request))->repeated);
        const auto reference = organisation.execution.reference();
        CHECK(std::ranges::count_if(reference.users(), [](const auto* u) { return u->login() == "new"; }) ==
              1);
    }
}

TEST_CASE("an area's totals are released by those who work in it", "[execution][reference]") {
    Organisation organisation;
    REQUIRE(organisation.execution.execute(opening(organisation.registrar)));
    ReleaseTotals release;
    release.set_area("legal");
    release.set_year(2026);
    const auto request = [&](const domain::Viewer& viewer) {
        CommandRequest made;
        made.viewer = viewer;
        made.kind = REFERENCE;
        made.case_id = "totals";
        made.path = "totals";
        made.command = std::make_unique<ReleaseTotals>(release);
        made.command_id = api::new_uuid();
        return made;
    };
    CHECK_FALSE(organisation.execution.execute(request(organisation.ombudsman)));
    const auto released = organisation.execution.execute(request(organisation.registrar));
    REQUIRE(released);
    bool counted = false;
    organisation.store->events().read_stream({"reference-totals"}, {}, [&](const store::Record& record) {
        const auto opened = organisation.store->events().open(record, store::Depth::Facts);
        const auto& totals = dynamic_cast<const TotalsReleased&>(*opened.event);
        for (const auto& total : totals.totals()) {
            counted = counted || (total.measure() == "reminder.registered" && total.dimension().empty() &&
                                  total.count() == 1);
        }
        return true;
    });
    CHECK(counted);
}

TEST_CASE("a batch takes what it can in one append", "[execution][batch]") {
    Organisation organisation;
    std::vector<CommandRequest> requests;
    requests.push_back(opening(organisation.registrar));
    auto wrong = registration();
    wrong.mutable_opening()->set_channel("smoke");
    requests.push_back(opening(organisation.registrar, wrong));
    auto named = registration();
    named.mutable_opening()->set_external_id("b1");
    requests.push_back(opening(organisation.registrar, named));
    requests.push_back(opening(organisation.registrar, named));
    const auto answers = organisation.execution.execute_batch(std::move(requests));
    REQUIRE(answers.size() == 4);
    CHECK(answers[0]);
    CHECK(answers[1].error().reason == Reason::Invalid);
    CHECK(answers[2]);
    CHECK(answers[3].error().reason == Reason::Conflict);
    CHECK(answers[0]->position < answers[2]->position);
    CHECK(diary_number(organisation, answers[0]->case_id) != diary_number(organisation, answers[2]->case_id));
}

TEST_CASE("a batch may go on with a case that it opens", "[execution][batch]") {
    Organisation organisation;
    const auto id = api::new_uuid();
    const auto make = [&] {
        std::vector<CommandRequest> requests;
        requests.push_back(opening(organisation.registrar));
        requests.back().case_id = id;
        requests.back().command_id = "11111111-1111-4111-8111-111111111111";
        requests.push_back(further(organisation.registrar, id, "acknowledge", acknowledgement(), 1));
        requests.back().command_id = "22222222-2222-4222-8222-222222222222";
        return requests;
    };
    const auto answers = organisation.execution.execute_batch(make());
    REQUIRE(answers[0]);
    REQUIRE(answers[1]);
    CHECK(answers[1]->version == store::Version{2});
    CHECK(organisation.store->events().version({"reminder-" + id}) == store::Version{2});
}

TEST_CASE("a case id of one's own choosing opens one case only", "[execution]") {
    Organisation organisation;
    auto request = opening(organisation.registrar);
    request.case_id = api::new_uuid();
    auto second = opening(organisation.registrar);
    second.case_id = request.case_id;
    REQUIRE(organisation.execution.execute(std::move(request)));
    CHECK(organisation.execution.execute(std::move(second)).error().text == "execution.opened_already");
}
