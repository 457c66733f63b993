#include "domain/destruction/execution.hpp"

#include "tests/domain/destruction/lists.hpp"

namespace vastine::domain::testing {

namespace {

using destruction::Fate;
using destruction::Stage;
using destruction::State;
using retention::Handling;

Context on(const std::string& today, const Reference& reference = archive_people()) {
    return {"service", this_case, Instant(*parse_date(today)), *parse_date(today), reference, ""};
}
Outcome check(const ListStory& story, const std::string& item, const Handling& now,
              const std::string& today = "2026-03-31") {
    return Outcome(destruction::check_item(story.state(), item, now, on(today)));
}
ListStory cleared(ListStory story, const std::string& item, const Handling& now,
                  const std::string& today = "2026-03-31") {
    auto decided = destruction::check_item(story.state(), item, now, on(today));
    return serviced(std::move(story), std::move(decided));
}
// At half past ten in the evening, which in Finland is the next day.
destruction::KeysDestroyed keys_of(const std::string& item, const std::string& day = "2026-03-31") {
    return {item, {"k-7", "k-8"}, Instant(*parse_date(day)) + std::chrono::minutes(22 * 60 + 30)};
}
Outcome destroy(const ListStory& story, const std::string& item,
                const Reference& reference = archive_people()) {
    return Outcome(destruction::item_destroyed(story.state(), keys_of(item), reference));
}
ListStory destroyed(ListStory story, const std::string& item, const std::string& day = "2026-03-31") {
    auto decided = destruction::item_destroyed(story.state(), keys_of(item, day), archive_people());
    return serviced(std::move(story), std::move(decided));
}
// c1 destroyed in March and c2 in September.
ListStory carried_out() {
    auto story = destroyed(cleared(approved_list(), "c1", due_contact()), "c1");
    return destroyed(cleared(std::move(story), "c2", later_contact(), "2026-09-16"), "c2", "2026-09-16");
}
DestructionCertificate certificate_of(const ListStory& story) {
    return destruction::certificate(story.state(), {this_case, "5a5a"}, *parse_date("2026-09-16"));
}
const destruction::Signature signature{"c2lnbmF0dXJl", "office+1a2b3c4d"};

Fate fate(const ListStory& story, const char* item) {
    return destruction::item(story.state(), item)->fate;
}

}  // namespace

// ---- listing ----

TEST_CASE("items are listed once, in as many events as it takes", "[destruction]") {
    std::vector<DestructionItem> items;
    for (int i = 0; i < 1001; ++i) items.push_back(listed_item("c" + std::to_string(i), due_contact()));
    const auto decided =
        destruction::items_listed(opened_list().state(), items, {41, *parse_date("2026-01-02")});
    REQUIRE(decided);
    REQUIRE(decided->list().size() == 3);
    const auto& last = dynamic_cast<const ItemsListed&>(*decided->list().back());
    CHECK(last.last());
    CHECK(last.items_size() == 1);
    CHECK(last.position() == 41);
    CHECK(last.as_of_on() == "2026-01-02");
    CHECK_FALSE(dynamic_cast<const ItemsListed&>(*decided->list().front()).last());
    const auto story = listed_with(items);
    CHECK(story.state().stage == Stage::Listed);
    CHECK(story.state().items.size() == 1001);
    Outcome(destruction::items_listed(story.state(), items, {}))
        .then_refused(Reason::WrongState, "destruction.listed_already");
}

TEST_CASE("an empty list is one that nothing is due on", "[destruction]") {
    CHECK(listed_with({}).state().stage == Stage::Listed);
}

TEST_CASE("a list holds each item once, and none of another area", "[destruction]") {
    const auto state = opened_list().state();
    const auto refused = [&](const std::vector<DestructionItem>& items, const char* text) {
        Outcome(destruction::items_listed(state, items, {})).then_refused(Reason::Invalid, text, "items");
    };
    const auto one = listed_item("c1", due_contact());
    refused({one, one}, "destruction.item_twice");
    refused({listed_item("", due_contact())}, "destruction.item_twice");
    for (const auto* subject : {"reminder", "complaint", "authority-request", "access-log-legal", ""}) {
        auto other = one;
        other.set_subject(subject);
        refused({other}, "destruction.item_of_another_area");
    }
    auto log = one;
    log.set_subject("access-log-ombudsman");
    Outcome(destruction::items_listed(state, {log}, {})).then_accepted();
}

// ---- carrying out ----

TEST_CASE("nothing is checked, and nothing destroyed, before two persons have approved", "[destruction]") {
    for (const auto& story : {opened_list(), listed(), listed().by(head).done(approve),
                              approved_list().by(head).done(withdraw_approval),
                              approved_list().done(withhold_c1), listed().done(abandon_list)}) {
        check(story, "c2", later_contact(), "2026-10-01")
            .then_refused(Reason::WrongState, "destruction.not_approved");
        destroy(story, "c2").then_refused(Reason::WrongState, "destruction.not_approved");
    }
}

TEST_CASE(
    "an item whose day has come is cleared with the version it was checked at, then destroyed with its "
    "keys",
    "[destruction]") {
    const auto clearing = check(approved_list(), "c1", due_contact()).then_one<ItemCleared>();
    CHECK(clearing.item_id() == "c1");
    CHECK(clearing.case_version() == 4);
    const auto ready = cleared(approved_list(), "c1", due_contact());
    CHECK(ready.state().stage == Stage::Executing);
    const auto event = [&] {
        const auto decided = destruction::item_destroyed(ready.state(), keys_of("c1"), archive_people());
        REQUIRE(decided);
        return dynamic_cast<const ItemDestroyed&>(*decided->list().front());
    }();
    REQUIRE(event.key_ids_size() == 2);
    CHECK(event.key_ids(0) == "k-7");
    // The first of April in Finland, and the thirty-five days of the last backup.
    CHECK(event.final_on() == "2026-05-06");
    CHECK(fate(destroyed(ready, "c1"), "c1") == Fate::Destroyed);
    CHECK(destruction::item(destroyed(ready, "c1").state(), "c1")->destroyed_at == keys_of("c1").at);
}

TEST_CASE(
    "destruction is final when the last backup of the keys has expired, by the organisation's own life of "
    "backups",
    "[destruction]") {
    auto brief = archive_people();
    OrganisationSet event;
    event.mutable_given()->set_key_backup_days(14);
    brief.apply(event);
    CHECK(destruction::key_backup_life(archive_people()) == std::chrono::days(35));
    CHECK(destruction::key_backup_life(brief) == std::chrono::days(14));
    CHECK(destroy(cleared(approved_list(), "c1", due_contact()), "c1", brief)
              .then_one<ItemDestroyed>()
              .final_on() == "2026-04-15");
}

TEST_CASE("an item whose last day is not over waits", "[destruction]") {
    check(approved_list(), "c2", later_contact(), "2026-09-15")
        .then_refused(Reason::WrongState, "destruction.not_its_day");
    check(approved_list(), "c2", later_contact(), "2026-09-16").then_one<ItemCleared>();
}

TEST_CASE("an item that has changed since the list was made is held back, and says why", "[destruction]") {
    auto held = due_contact();
    held.holds.push_back({"h1", std::nullopt, false});
    auto late = due_contact();
    late.documents = 2;
    late.version = 5;
    auto reopened = due_contact();
    reopened.ended = false;
    reopened.ended_on.reset();
    auto changed = due_contact();
    changed.version = 5;
    for (const auto& [now, why] : std::vector<std::pair<Handling, std::string>>{
             {held, "hold"}, {late, "late-document"}, {reopened, "reopened"}, {changed, "changed"}}) {
        CHECK(check(approved_list(), "c1", now).then_one<ItemHeldBack>().why() == why);
        const auto story = cleared(approved_list(), "c1", now);
        CHECK(fate(story, "c1") == Fate::HeldBack);
        CHECK(destruction::item(story.state(), "c1")->held_back == why);
        destroy(story, "c1").then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
    }
}

TEST_CASE("each item is settled once, so that a restart goes on where it stopped", "[destruction]") {
    const auto ready = cleared(approved_list(), "c1", due_contact());
    check(ready, "c1", due_contact()).then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
    destroy(approved_list(), "c1").then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
    const auto done = destroyed(ready, "c1");
    check(done, "c1", due_contact()).then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
    destroy(done, "c1").then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
    check(done, "c9", due_contact()).then_refused(Reason::NotFound, "destruction.no_such_item", "item_id");
    // After a restart the state is folded from the events alone: the cleared item is still there to be done.
    CHECK(fate(ready, "c1") == Fate::Cleared);
    destroy(ready, "c1").then_accepted();
}

TEST_CASE("what goes to the archive, is withheld or was held back is not destroyed", "[destruction]") {
    auto archived = listed_item("c4", due_contact());
    archived.set_permanent(true);
    auto kept = listed_item("c3", due_contact());
    kept.set_held_back("hold");
    const auto story = listed_with({listed_item("c1", due_contact()), kept, archived})
                           .done(withhold_c1)
                           .by(head)
                           .done(approve)
                           .by(ombudsman)
                           .done(approve);
    for (const auto* item : {"c1", "c3", "c4"})
        check(story, item, due_contact())
            .then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
}

TEST_CASE("an item that was cleared is held back after all when its case moved on before its key went",
          "[destruction]") {
    const auto ready = cleared(approved_list(), "c1", due_contact());
    auto late = due_contact();
    late.version = 5;
    late.documents = 2;
    auto decided = destruction::held_back_after_all(ready.state(), "c1", late, on("2026-03-31"));
    CHECK(Outcome(destruction::held_back_after_all(ready.state(), "c1", late, on("2026-03-31")))
              .then_one<ItemHeldBack>()
              .why() == "late-document");
    const auto back = serviced(ready, std::move(decided));
    destroy(back, "c1").then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
    Outcome(destruction::held_back_after_all(ready.state(), "c1", due_contact(), on("2026-03-31")))
        .then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
    Outcome(destruction::held_back_after_all(approved_list().state(), "c1", late, on("2026-03-31")))
        .then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
}

TEST_CASE("while the list is carried out an item may still be withheld, and nothing else is changed",
          "[destruction]") {
    const auto begun = destroyed(cleared(approved_list(), "c1", due_contact()), "c1").by(head);
    begun.when(approve).then_refused(Reason::WrongState, "destruction.is_executing");
    begun.when(release_c1).then_refused(Reason::WrongState, "destruction.is_executing");
    begun.when(withdraw_approval).then_refused(Reason::WrongState, "destruction.is_executing");
    begun.when(abandon_list).then_refused(Reason::WrongState, "destruction.is_executing");
    begun.when(withhold_c1).then_refused(Reason::WrongState, "destruction.item_does_not_wait", "item_id");
    auto stopped = destroyed(cleared(approved_list(), "c1", due_contact()), "c1")
                       .done(make<WithholdItem>(R"(item_id: "c2" reason: "Kantelu tuli")"));
    CHECK(stopped.state().stage == Stage::Executing);
    CHECK(stopped.state().approvals.size() == 2);
    check(stopped, "c2", later_contact(), "2026-10-01")
        .then_refused(Reason::WrongState, "destruction.item_settled", "item_id");
}

// ---- the certificate ----

TEST_CASE("a certificate counts what became of each subject, names who approved, and says when it is final",
          "[destruction]") {
    const auto certificate = certificate_of(carried_out());
    CHECK(certificate.area() == "ombudsman");
    CHECK(certificate.year() == 2026);
    REQUIRE(certificate.counts_size() == 1);
    CHECK(certificate.counts(0).subject() == "contact");
    CHECK(certificate.counts(0).destroyed() == 2);
    REQUIRE(certificate.approved_by_size() == 2);
    CHECK(certificate.approved_by(0) == head);
    CHECK(certificate.approved_by(1) == ombudsman);
    // The later of the two: 17 September in Finland, and thirty-five days.
    CHECK(certificate.final_on() == "2026-10-22");
}

TEST_CASE("what is hashed and what is signed are these texts, for ever", "[destruction]") {
    auto log = due_contact();
    log.subject = "access-log-ombudsman";
    log.version = 0;
    auto unended = listed_item("c5", due_contact());
    unended.clear_ended_month();
    unended.set_held_back("never-ended");
    auto archived = listed_item("c4", due_contact());
    archived.set_permanent(true);
    auto story = listed_with({listed_item("c1", due_contact()), listed_item("ombudsman-2014-02", log),
                              archived, unended})
                     .done(withhold_c1)
                     .by(head)
                     .done(approve)
                     .by(ombudsman)
                     .done(approve);
    CHECK(destruction::list_text(story.state(), "l")
              .find("item ombudsman-2014-02 access-log-ombudsman 2014-02 1 12 waiting\n") !=
          std::string::npos);
    story = destroyed(cleared(std::move(story), "ombudsman-2014-02", log), "ombudsman-2014-02");
    CHECK(destruction::list_text(story.state(), "l") ==
          "vastine destruction list 1\n"
          "list l\n"
          "area ombudsman\n"
          "year 2026\n"
          "item c1 contact 2014-02 1 12 withheld\n"
          "item ombudsman-2014-02 access-log-ombudsman 2014-02 1 12 destroyed\n"
          "item c4 contact 2014-02 1 12 to-archive\n"
          "item c5 contact - 1 12 held-back:never-ended\n");
    CHECK(destruction::certificate_text(
              destruction::certificate(story.state(), {"l", "5a5a"}, *parse_date("2026-04-01"))) ==
          "vastine destruction certificate 1\n"
          "list l\n"
          "area ombudsman\n"
          "year 2026\n"
          "list-sha256 5a5a\n"
          "access-log-ombudsman destroyed 1 held-back 0 withheld 0 to-archive 0\n"
          "contact destroyed 0 held-back 1 withheld 1 to-archive 1\n"
          "approved-by 88888888-8888-4888-8888-888888888888\n"
          "approved-by 11111111-1111-4111-8111-111111111111\n"
          "completed-on 2026-04-01\n"
          "final-on 2026-05-06\n");
}

TEST_CASE("a list is completed when every item is settled", "[destruction]") {
    const auto half = destroyed(cleared(approved_list(), "c1", due_contact()), "c1");
    const auto ready = cleared(half, "c2", later_contact(), "2026-09-16");
    for (const auto& story : {half, ready})
        Outcome(destruction::completed(story.state(), certificate_of(story), signature))
            .then_refused(Reason::WrongState, "destruction.items_wait");
    auto story = carried_out();
    auto decided = destruction::completed(story.state(), certificate_of(story), signature);
    story = serviced(std::move(story), std::move(decided));
    CHECK(story.state().stage == Stage::Completed);
    REQUIRE(story.state().completed);
    CHECK(story.state().completed->signature() == signature.base64);
    CHECK(story.state().completed->signed_with() == signature.signed_with);
    story.when(withhold_c1).then_refused(Reason::WrongState, "destruction.is_completed");
    Outcome(destruction::completed(story.state(), certificate_of(story), signature))
        .then_refused(Reason::WrongState, "destruction.not_approved");
}

TEST_CASE("an empty list too is approved before it is completed, and nothing of it is ever final",
          "[destruction]") {
    Outcome(destruction::completed(listed_with({}).state(), certificate_of(listed_with({})), signature))
        .then_refused(Reason::WrongState, "destruction.not_approved");
    const auto story = listed_with({}).by(head).done(approve).by(ombudsman).done(approve);
    const auto certificate = certificate_of(story);
    CHECK(certificate.final_on().empty());
    CHECK(destruction::certificate_text(certificate).ends_with("final-on -\n"));
    Outcome(destruction::completed(story.state(), certificate, signature)).then_accepted();
}

TEST_CASE("a certificate that says something else than the list, or is not signed, is refused",
          "[destruction]") {
    const auto story = carried_out();
    const auto refused = [&](const DestructionCertificate& given, const destruction::Signature& with) {
        Outcome(destruction::completed(story.state(), given, with))
            .then_refused(Reason::Invalid, "destruction.another_certificate");
    };
    auto fewer = certificate_of(story);
    fewer.mutable_counts(0)->set_destroyed(1);
    refused(fewer, signature);
    auto earlier = certificate_of(story);
    earlier.set_final_on("2026-01-01");
    refused(earlier, signature);
    auto unhashed = certificate_of(story);
    unhashed.clear_list_sha256();
    refused(unhashed, signature);
    auto undated = certificate_of(story);
    undated.clear_completed_on();
    refused(undated, signature);
    refused(certificate_of(story), {"", "office"});
}

TEST_CASE("an event about an item that is not on the list is passed over", "[destruction]") {
    auto story = approved_list();
    ItemDestroyed event;
    event.set_item_id("c9");
    story = std::move(story).happened(event);
    CHECK(destruction::count(story.state(), Fate::Destroyed) == 0);
}

}  // namespace vastine::domain::testing
