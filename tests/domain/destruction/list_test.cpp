#include "domain/destruction/list.hpp"

#include "tests/domain/destruction/lists.hpp"

namespace vastine::domain::testing {

namespace {

using destruction::Fate;
using destruction::Stage;

Fate fate(const ListStory& story, const char* item) {
    return destruction::item(story.state(), item)->fate;
}

// A list of the legal area with one reminder on it.
ListStory legal_list() {
    auto of = due_contact();
    of.subject = "reminder";
    return listed_with({listed_item("c1", of)}, "legal");
}

}  // namespace

// ---- opening ----

TEST_CASE("a list is opened for an area and a year, from December before it, by those who work in the area",
          "[destruction]") {
    const auto story = opened_list();
    CHECK(story.state().stage == Stage::Listing);
    CHECK(story.state().area == Area::Ombudsman);
    CHECK(story.state().year == 2026);
    const auto by = [](const char* user) {
        return given<destruction::State>().with(archive_people()).by(user);
    };
    by(ombudsman).when(open_list("ombudsman", 2025)).then_accepted();
    by(registrar).when(open_list("legal")).then_accepted();
    by("os-user").when(open_list("legal")).then_accepted();
    by(head)
        .when(open_list("ombudsman", 2027))
        .then_refused(Reason::Invalid, "destruction.year_not_begun", "year");
    by(head)
        .on("2026-11-30")
        .when(open_list("ombudsman", 2027))
        .then_refused(Reason::Invalid, "destruction.year_not_begun", "year");
    by(head).on("2026-12-01").when(open_list("ombudsman", 2027)).then_accepted();
    by(head)
        .when(open_list("ombudsman", 26))
        .then_refused(Reason::Invalid, "destruction.year_not_begun", "year");
    by(head).when(open_list("legal")).then_refused(Reason::Forbidden, "access.other_area");
    by(lawyer).when(open_list("ombudsman")).then_refused(Reason::Forbidden, "access.other_area");
    by(unit_head).when(open_list("legal")).then_refused(Reason::Forbidden, "access.other_area");
}

TEST_CASE("a list is opened once, and nothing is done with it before", "[destruction]") {
    opened_list().when(open_list()).then_refused(Reason::WrongState, "destruction.opened_already");
    for (const google::protobuf::Message* command :
         {static_cast<const google::protobuf::Message*>(&withhold_c1),
          static_cast<const google::protobuf::Message*>(&release_c1),
          static_cast<const google::protobuf::Message*>(&approve),
          static_cast<const google::protobuf::Message*>(&abandon_list)})
        given<destruction::State>()
            .with(archive_people())
            .by(head)
            .when(*command)
            .then_refused(Reason::WrongState, "destruction.not_opened");
}

TEST_CASE("nothing is approved before all items are listed", "[destruction]") {
    opened_list().when(approve).then_refused(Reason::WrongState, "destruction.not_listed");
    opened_list().when(withhold_c1).then_refused(Reason::WrongState, "destruction.not_listed");
    opened_list().when(withdraw_approval).then_refused(Reason::WrongState, "destruction.not_listed");
}

// ---- items ----

TEST_CASE("an item waits for its day, is held back from the beginning, or goes to the archive",
          "[destruction]") {
    auto kept = listed_item("c3", due_contact());
    kept.set_held_back("hold");
    auto archived = listed_item("c4", due_contact());
    archived.set_permanent(true);
    const auto story = listed_with({listed_item("c1", due_contact()), kept, archived});
    CHECK(fate(story, "c1") == Fate::Waiting);
    CHECK(fate(story, "c3") == Fate::HeldBack);
    CHECK(fate(story, "c4") == Fate::ToArchive);
    CHECK(destruction::count(story.state(), Fate::Waiting) == 1);
    CHECK(destruction::item(story.state(), "c9") == nullptr);
}

TEST_CASE("an item is withheld with a reason, and put back", "[destruction]") {
    const auto withheld = listed().done(withhold_c1);
    CHECK(fate(withheld, "c1") == Fate::Withheld);
    CHECK(destruction::item(withheld.state(), "c1")->reason == "Vaatimus vireillä");
    CHECK(fate(listed().done(withhold_c1, release_c1), "c1") == Fate::Waiting);
    listed()
        .when(make<WithholdItem>(R"(item_id: "c1")"))
        .then_refused(Reason::Invalid, "field.required", "reason");
}

TEST_CASE("only what is on the list and waits is withheld, and only what is withheld is put back",
          "[destruction]") {
    listed()
        .when(make<WithholdItem>(R"(item_id: "c9" reason: "x")"))
        .then_refused(Reason::NotFound, "destruction.no_such_item", "item_id");
    listed()
        .done(withhold_c1)
        .when(withhold_c1)
        .then_refused(Reason::WrongState, "destruction.item_does_not_wait", "item_id");
    listed().when(release_c1).then_refused(Reason::WrongState, "destruction.nothing_withheld");
    listed()
        .done(withhold_c1)
        .when(make<ReleaseItem>(R"(item_id: "c2" reason: "x")"))
        .then_refused(Reason::WrongState, "destruction.item_not_withheld", "item_id");
    listed()
        .done(withhold_c1)
        .when(make<ReleaseItem>(R"(item_id: "c9" reason: "x")"))
        .then_refused(Reason::NotFound, "destruction.no_such_item", "item_id");
    listed_with({}).when(withhold_c1).then_refused(Reason::WrongState, "destruction.nothing_waits");
}

// ---- approving ----

TEST_CASE("two different persons approve", "[destruction]") {
    const auto one = listed().by(head).done(approve);
    CHECK(one.state().stage == Stage::Listed);
    one.when(approve).then_refused(Reason::WrongState, "destruction.approved_by_you_already");
    CHECK(approved_list().state().stage == Stage::Approved);
    CHECK(listed().by(ombudsman).done(approve).by(other_head).done(approve).state().stage == Stage::Approved);
    approved_list().by(other_head).when(approve).then_refused(Reason::WrongState, "destruction.is_approved");
}

TEST_CASE("an approval keeps who gave it, in which roles and when", "[destruction]") {
    const auto event = listed().by(ombudsman).when(approve).then_one<DestructionApproved>();
    CHECK(event.approved_by() == ombudsman);
    REQUIRE(event.roles_size() == 1);
    CHECK(event.roles(0) == OMBUDSMAN);
    CHECK(event.approved_on() == "2026-03-31");
}

TEST_CASE("two ombudsmen are not enough: one of the two is the head", "[destruction]") {
    listed()
        .by(ombudsman)
        .done(approve)
        .by(other_ombudsman)
        .when(approve)
        .then_refused(Reason::Forbidden, "destruction.the_head_approves_too");
}

TEST_CASE("the legal area's list takes a registrar and a lawyer", "[destruction]") {
    legal_list().by(lawyer).done(approve).by(registrar).when(approve).then_accepted();
    legal_list().by(both_roles).done(approve).by(lawyer).when(approve).then_accepted();
    auto second_lawyer = archive_people();
    add_user(second_lawyer, other_ombudsman, LAWYER, true);
    legal_list()
        .by(lawyer)
        .done(approve)
        .with(second_lawyer)
        .by(other_ombudsman)
        .when(approve)
        .then_refused(Reason::Forbidden, "destruction.registrar_and_lawyer");
}

TEST_CASE("nobody else approves, and nobody whom the list does not name", "[destruction]") {
    for (const auto* user : {lawyer, unit_head, auditor, retired})
        listed().by(user).when(approve).then_refused(Reason::Forbidden, "destruction.approved_by_others");
    listed().by("os-user").when(approve).then_refused(Reason::Forbidden,
                                                      "destruction.a_named_person_approves");
}

TEST_CASE("whoever opened the list is at most one of the two", "[destruction]") {
    const auto story = listed().by(head).done(approve);  // who opened it
    story.when(approve).then_refused(Reason::WrongState, "destruction.approved_by_you_already");
    auto by_two_others = listed().by(ombudsman).done(approve).by(other_head);
    by_two_others.when(approve).then_accepted();
}

TEST_CASE("an approval is taken back by whoever gave it, until the list is carried out", "[destruction]") {
    const auto back = approved_list().by(head).done(withdraw_approval);
    CHECK(back.state().stage == Stage::Listed);
    REQUIRE(back.state().approvals.size() == 1);
    CHECK(back.state().approvals.front().by == ombudsman);
    approved_list()
        .by(other_head)
        .when(withdraw_approval)
        .then_refused(Reason::Forbidden, "destruction.not_your_approval");
    listed().when(withdraw_approval).then_refused(Reason::WrongState, "destruction.not_approved");
}

TEST_CASE("a change of the list makes the approvals void", "[destruction]") {
    for (const auto& story :
         {listed().by(head).done(approve, withhold_c1), approved_list().done(withhold_c1),
          listed().done(withhold_c1).by(head).done(approve).by(ombudsman).done(approve, release_c1)}) {
        CHECK(story.state().stage == Stage::Listed);
        CHECK(story.state().approvals.empty());
    }
}

TEST_CASE("a list that nothing comes of is given up, and nothing more is done with it", "[destruction]") {
    for (const auto& story : {opened_list(), listed(), approved_list().by(head)})
        story.when(abandon_list).then_accepted();
    const auto gone = listed().done(abandon_list);
    CHECK(gone.state().stage == Stage::Abandoned);
    gone.when(approve).then_refused(Reason::WrongState, "destruction.is_abandoned");
    gone.when(withhold_c1).then_refused(Reason::WrongState, "destruction.is_abandoned");
}

// ---- what goes to the archive ----

TEST_CASE("what is kept for ever is said once to have gone to the archive, and no later than today",
          "[destruction]") {
    auto kept = listed_item("c1", due_contact());
    kept.set_permanent(true);
    const auto transfer = make<RecordArchiveTransfer>(R"(transferred_on: "2026-03-20")");
    const auto list = listed_with({kept, listed_item("c2", later_contact())});
    CHECK(fate(list, "c1") == Fate::ToArchive);
    list.when(make<RecordArchiveTransfer>(R"(transferred_on: "2026-12-31")"))
        .then_refused(Reason::Invalid, "destruction.transferred_in_future", "transferred_on");
    const auto approved = ListStory(list).by(head).done(approve);
    const auto transferred = ListStory(approved).by(head).done(transfer);
    CHECK(transferred.state().transferred->by == head);
    CHECK(transferred.state().transferred->on == "2026-03-20");
    // Nobody's approval was of it.
    CHECK(transferred.state().approvals.size() == 1);
    transferred.when(transfer).then_refused(Reason::WrongState, "destruction.transferred_already");
    listed().when(transfer).then_refused(Reason::WrongState, "destruction.nothing_to_archive");
}

// ---- what is asked of it ----

TEST_CASE("a list is no case: it has a stage of its own and no scope of a case", "[destruction]") {
    CHECK(kind_of_stream(std::string("destruction-") + this_case) == DESTRUCTION);
    CHECK(stage(listed().any()) == "destruction.stage.listed");
    CHECK(work(listed().any()) == nullptr);
    CHECK(due_dates(listed().any()).empty());
    CHECK(scope(listed().any()).kind == DESTRUCTION);
    CHECK(destruction::scope(legal_list().state()).area == Area::Legal);
    CHECK(possible_paths(listed().any()) == std::vector<std::string>{"withhold-item", "approve", "abandon"});
}

TEST_CASE("every stage and every fate has its words", "[destruction]") {
    destruction::State state;
    for (const auto at : {Stage::None, Stage::Listing, Stage::Listed, Stage::Approved, Stage::Executing,
                          Stage::Completed, Stage::Abandoned}) {
        state.stage = at;
        CHECK(has_text(destruction::stage_text(state)));
    }
    for (const auto one :
         {Fate::Waiting, Fate::ToArchive, Fate::Withheld, Fate::HeldBack, Fate::Cleared, Fate::Destroyed})
        CHECK(has_text(destruction::fate_text(one)));
}

TEST_CASE("a command of another kind is none of a list's", "[destruction]") {
    listed()
        .when(make<Close>(R"(closed_on: "2026-03-20")"))
        .then_refused(Reason::Invalid, "casework.of_another_kind");
}

}  // namespace vastine::domain::testing
