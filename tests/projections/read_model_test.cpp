#include "projections/read_model.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "projections/case_figures.hpp"
#include "projections/case_index.hpp"
#include "projections/contact_figures.hpp"
#include "projections/fold.hpp"
#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

const std::string first = "reminder-" + uuid(1);
const std::string second = "contact-" + uuid(2);
const std::string third = "authority-request-" + uuid(3);
const std::string report = "publication-" + uuid(7);

// A little of everything that ends, goes on and is taken up again.
void write_story(WrittenLog& log) {
    write_units(log);
    UserSet user;
    user.set_user_id(uuid(0xaa));
    user.mutable_given()->set_user_id(uuid(0xaa));
    user.mutable_given()->set_login("kirjaaja");
    user.mutable_given()->set_name("Kirsi Kirjaaja");
    log.add("reference-users", user)
        .on("2018-03-01")
        .add(first, reminder())
        .add(second, contact({.recorded = true}))
        .on("2018-03-05")
        .add(first, assigned(me))
        .add(third, request("avi-esavi", "clarification", "2018-04-05", {.arrived_on = "2018-03-04"}))
        .on("2018-03-20")
        .add(first, reply_sent("2018-03-20", 19, true))
        .add(first, closed("2018-03-20"))
        .on("2018-04-10")
        .add(third, request_reply_sent("2018-04-10", 37, false))
        .add(third, closed("2018-04-10"))
        .on("2018-05-02")
        .add(first, reopened("2018-05-02", "2018-05-30"))
        .add("reminder-" + uuid(4), imported({.arrived_on = "2017-02-01"}, "2017-03-01", 28, true))
        .add("contact-" + uuid(5), contact({.contacted_on = "2018-05-02",
                                            .first = false,
                                            .matters = {},
                                            .follows_up = {{uuid(2), "m1"}}}))
        .add(report, publication_opened())
        .add(report, text_written("services", "fi", "Palvelut toimivat."))
        .add(report, proposal_added("p1", "Lisätään voimavaroja.", ""))
        .add(report, publication_signed("2018-05-02"))
        .add(report, artefacts_stored("internal", log.head()))
        .add(report, publication_published("2018-05-02"));
}

std::map<std::string, std::uint64_t> digests(ReadModel& model) {
    return model.read([](const Views& views) { return views.digests(); });
}

TEST_CASE("every event of the schema has a step in the fold", "[read_model]") {
    std::set<std::string> known;
    for (const auto type : folded_types()) known.emplace(type);
    const auto* pool = google::protobuf::DescriptorPool::generated_pool();
    std::size_t events = 0;
    for (const char* file : {"casework", "reminder", "complaint", "request", "contact", "reference",
                             "publication", "destruction", "log_extract"}) {
        const auto* schema = pool->FindFileByName("domain/schema/" + std::string(file) + ".proto");
        REQUIRE(schema != nullptr);
        for (int i = 0; i < schema->message_type_count(); ++i) {
            const auto* message = schema->message_type(i);
            if (message->FindFieldByName("given") == nullptr) continue;
            CAPTURE(message->full_name());
            CHECK(known.contains(message->full_name()));
            ++events;
        }
    }
    // Written by the morning run and the alerts of emergencies, the making of files and the carrying out of a
    // destruction list, which nobody gives as a command.
    for (const auto* type :
         {"vastine.AlertsComposed", "vastine.AlertAttempted", "vastine.EmergencyAlerted",
          "vastine.ArtefactsStored", "vastine.ItemsListed", "vastine.ItemCleared", "vastine.ItemDestroyed",
          "vastine.ItemHeldBack", "vastine.DestructionCompleted"}) {
        CHECK(known.contains(type));
        ++events;
    }
    CHECK(events == known.size());
}

TEST_CASE("a record applied twice is applied once", "[read_model]") {
    WrittenLog log;
    write_story(log);
    Views once({}), twice({});
    log.events().read_log({0}, log.head(), [&](const store::Record& record) {
        const auto opened = log.events().open(record, Views::depth_of(record));
        if (record.version.value > 1 && record.stream.value == first) return true;
        once.apply(record, *opened.event, opened.key_gone);
        twice.apply(record, *opened.event, opened.key_gone);
        twice.apply(record, *opened.event, opened.key_gone);
        return true;
    });
    once.settle();
    twice.settle();
    CHECK(once.contacts->size() == 2);
    CHECK(once.digests() == twice.digests());
}

TEST_CASE("what the fold does not ask to see would change nothing", "[read_model]") {
    WrittenLog log;
    write_story(log);
    ReminderAcknowledged acknowledged;
    acknowledged.mutable_given()->set_acknowledged_on("2018-06-02");
    HandlingEnded ended;
    ended.mutable_given()->set_ended_on("2018-06-01");
    ended.set_month("2018-06");
    log.on("2018-06-02")
        .add("reminder-" + uuid(6), reminder({.arrived_on = "2018-06-01"}))
        .add("reminder-" + uuid(6), acknowledged)
        .add("reminder-" + uuid(6), disqualified(uuid(0xee), uuid(0xcc)))
        .add(second, ended);
    const auto folded = [&](const auto& depth_of) {
        Views views([&](const store::StreamId& stream, store::Version until, const auto& visit) {
            log.events().read_stream(stream, store::Version{0}, [&](const store::Record& record) {
                if (record.version > until) return false;
                visit(*log.events().open(record, depth_of(record)).event);
                return true;
            });
        });
        log.events().read_log({0}, log.head(), [&](const store::Record& record) {
            const auto opened = log.events().open(record, depth_of(record));
            views.apply(record, *opened.event, opened.key_gone);
            return true;
        });
        views.settle();
        return views.digests();
    };
    const auto as_asked = folded(&Views::depth_of);
    for (const auto& [table, digest] :
         folded([](const store::Record&) { return store::Depth::Everything; })) {
        CAPTURE(table);
        CHECK(as_asked.at(table) == digest);
    }
}

TEST_CASE("rebuilt equals live, however the live one caught up", "[read_model]") {
    WrittenLog log;
    write_story(log);
    ReadModel step_by_step(log.events());
    for (std::uint64_t position = 1; position <= log.head().value; ++position) {
        step_by_step.catch_up(store::Position{position});
    }
    ReadModel at_once(log.events());
    at_once.catch_up(log.head());
    CHECK(digests(step_by_step) == digests(at_once));
    CHECK(step_by_step.rebuild());
    CHECK(digests(step_by_step) == digests(at_once));
}

TEST_CASE("a rebuild after a key was destroyed differs from what was live, and forgets its details",
          "[read_model]") {
    WrittenLog log;
    write_story(log);
    ReadModel model(log.events());
    model.catch_up(log.head());
    log.destroy_key(first);
    CHECK_FALSE(model.rebuild());
    CHECK(model.rebuild());
    const auto arrived_on = model.read([](const Views& views) {
        return views.cases->entry(views.cases->row_of(uuid(1)).value()).arrived_on;
    });
    CHECK(arrived_on == no_day);
}

TEST_CASE("an older position is what a log that ended there gives", "[read_model]") {
    WrittenLog whole;
    write_story(whole);
    ReadModel model(whole.events());
    model.catch_up(whole.head());
    for (std::uint64_t position = 0; position <= whole.head().value; ++position) {
        ReadModel ended_there(whole.events());
        ended_there.catch_up(store::Position{position});
        const auto as_of = model.as_of(store::Position{position});
        CAPTURE(position);
        REQUIRE(as_of);
        CHECK(as_of->position.value == position);
        CHECK(as_of->digests() == digests(ended_there));
    }
}

TEST_CASE("one fold that stops at several positions shows each as a fold of its own does", "[read_model]") {
    WrittenLog whole;
    write_story(whole);
    ReadModel model(whole.events());
    model.catch_up(whole.head());
    std::vector<store::Position> positions{store::Position{0}};
    for (std::uint64_t position = 0; position <= whole.head().value; ++position)
        positions.push_back(store::Position{position});
    positions.push_back(whole.head());
    std::size_t visited = 0;
    CHECK(model.as_of(positions, [&](std::size_t index, const Views& views) {
        CAPTURE(index);
        CHECK(index == visited++);
        CHECK(views.position == positions[index]);
        CHECK(views.digests() == model.as_of(positions[index])->digests());
    }));
    CHECK(visited == positions.size());
    CHECK(model.as_of(std::vector<store::Position>{}, [](std::size_t, const Views&) { FAIL(); }));
}

TEST_CASE("a fold that stops at several positions visits none after it is cancelled", "[read_model]") {
    WrittenLog log;
    write_story(log);
    ReadModel model(log.events());
    std::size_t visited = 0;
    const std::vector<store::Position> positions{store::Position{1}, store::Position{2}, log.head()};
    CHECK_FALSE(model.as_of(
        positions, [&](std::size_t, const Views&) { ++visited; }, [&] { return visited == 2; }));
    CHECK(visited == 2);
}

TEST_CASE("a fold to an older position stops when it is cancelled", "[read_model]") {
    WrittenLog log;
    write_units(log);
    for (unsigned i = 0; i < 5000; ++i) log.add("contact-" + uuid(100 + i), contact());
    ReadModel model(log.events());
    std::size_t told = 0;
    CHECK_FALSE(model.as_of(
        log.head(), [] { return true; }, [&](store::Position) { ++told; }));
    CHECK(told == 1);
}

TEST_CASE("when a key is destroyed the facts remain and the details are gone", "[read_model]") {
    WrittenLog log;
    write_story(log);
    log.destroy_key(first).destroy_key(second);
    ReadModel model(log.events());
    model.catch_up(log.head());
    model.read([](const Views& views) {
        const auto row = views.cases->row_of(uuid(1)).value();
        const auto& entry = views.cases->entry(row);
        CHECK(entry.key_gone);
        CHECK(entry.arrived_on == no_day);
        CHECK(month_text(entry.month) == "2018-03");
        CHECK(views.dictionary->codes.name(entry.cause) == "care");
        // The exact unit was a detail; the department stays.
        CHECK(views.cases->scope(uuid(1))->units == std::vector<std::string>{"sairaala"});
        const auto& counted = views.figures->at(entry.figures);
        CHECK(counted.answers == std::vector<Answer>{{month_of_year(2018, 3), 19, true, true}});
        const auto contact = views.cases->entry(views.cases->row_of(uuid(2)).value()).figures;
        CHECK(views.contacts->municipality[contact] == 0);
        CHECK(views.dictionary->codes.name(views.contacts->channel[contact]) == "phone");
        return 0;
    });
}

TEST_CASE("an ended case that goes on takes up the state it had", "[read_model]") {
    WrittenLog log;
    write_story(log);
    ReadModel model(log.events());
    model.catch_up(log.head());
    model.read([](const Views& views) {
        const auto row = views.cases->row_of(uuid(1)).value();
        CHECK_FALSE(views.cases->entry(row).ended);
        CHECK(views.dictionary->codes.name(views.cases->entry(row).stage) == "stage.reopened");
        CHECK(views.cases->scope(uuid(1))->handler == me);
        const auto done = views.cases->row_of(uuid(3)).value();
        CHECK(views.cases->entry(done).ended);
        return 0;
    });
}

TEST_CASE("the names of users are known to the reference data", "[read_model]") {
    WrittenLog log;
    write_story(log);
    ReadModel model(log.events());
    model.catch_up(log.head());
    CHECK(model.read([](const Views& views) { return views.reference.user(uuid(0xaa))->name(); }) ==
          "Kirsi Kirjaaja");
}

TEST_CASE("callers who catch up at once do not count anything twice", "[read_model]") {
    WrittenLog log;
    write_units(log);
    log.add(first, reminder());
    ReadModel model(log.events());
    model.catch_up(log.head());
    for (unsigned i = 0; i < 300; ++i) log.add("contact-" + uuid(100 + i), contact());
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i) callers.emplace_back([&] { model.catch_up(log.head()); });
    for (auto& caller : callers) caller.join();
    CHECK(model.read([](const Views& views) { return views.contacts->size(); }) == 300);
    CHECK(model.rebuild());
}

TEST_CASE("clocks that wait and hand-overs are the same read event by event and all at once",
          "[read_model]") {
    WrittenLog log;
    write_units(log);
    const auto stream = "reminder-" + uuid(1);
    ReadModel model(log.events());
    const auto add = [&](const std::string& on, const auto& event) {
        log.on(on).add(stream, event);
        model.catch_up(log.head());
    };
    add("2018-03-01", reminder());
    add("2018-03-02", assigned(me));
    add("2018-03-05", completion_asked("2018-03-05"));
    add("2018-03-06", offered(uuid(0xcc), me));
    HandOverDeclined declined;
    declined.mutable_given()->set_reason("Loma");
    add("2018-03-07", declined);
    add("2018-03-08", offered(uuid(0xdd), me));
    add("2018-03-10", completion_received("2018-03-10", 5, due("2018-04-03", "2018-03-06")));
    const auto offered_on = [&] {
        return model.read([](const Views& views) { return iso(views.cases->entry(0).hand_over_on); });
    };
    CHECK(offered_on() == "2018-03-08");
    CHECK(model.rebuild());
    CHECK(offered_on() == "2018-03-08");
}

}  // namespace
}  // namespace vastine::projections::tests
