// What a case page says beside its timeline: why a step is not possible, the documents that are still there,
// what forms begin with, and cases that may be the same matter.

#include <catch2/catch.hpp>

#include "projections/case_page.hpp"
#include "tests/projections/written_log.hpp"

namespace vastine::projections::tests {
namespace {

const std::string today = "2018-03-25";

std::string stream(unsigned number) {
    return "reminder-" + uuid(number);
}
CasePage shown(WrittenLog& log, const domain::Viewer& who = viewer(LAWYER),
               const CasePageQuery& query = {REMINDER, uuid(1)}) {
    Live live(log);
    const auto page = live.ask(case_page, who, today, query);
    REQUIRE(page);
    return page->message;
}
DocumentEntered document(const std::string& id, const std::string& title) {
    DocumentEntered event;
    event.mutable_given()->set_direction("incoming");
    event.mutable_given()->set_dated_on("2018-03-02");
    event.mutable_given()->set_title(title);
    event.mutable_given()->set_party("Asiakas");
    event.set_document_id(id);
    return event;
}
ReminderRegistered of_client(const std::string& identity_code, CaseGiven given = {}) {
    auto event = reminder(given);
    event.mutable_given()->mutable_opening()->mutable_client()->set_identity_code(identity_code);
    return event;
}
// Far from the first one in place and cause.
CaseGiven elsewhere(const std::string& number) {
    return {.arrived_on = "2018-02-01",
            .unit = "perhe-neuvola",
            .department = "perhe-sosiaali",
            .cause = "conduct",
            .sector = "social",
            .diary_number = number};
}

TEST_CASE("a page says why a step is not possible, of those its viewer could take", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    log.add(stream(1), reminder());
    const auto reasons = [&](const domain::Viewer& who) {
        std::map<std::string, std::string> why;
        const auto page = shown(log, who);
        for (const auto& path : page.not_possible()) why[path.path()] = path.reason();
        for (const auto& path : page.possible()) CHECK_FALSE(why.contains(path));
        return why;
    };
    const auto head = reasons(viewer(UNIT_HEAD, {"sairaala"}));
    REQUIRE(head.contains("sign"));
    CHECK_FALSE(head.at("sign").empty());
    CHECK_FALSE(reasons(viewer(REGISTRAR)).contains("sign"));
}

TEST_CASE("a document that was retracted is not on the page", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    DocumentRetracted retracted;
    retracted.mutable_given()->set_document_id("d1");
    retracted.mutable_given()->set_reason("Väärä asia");
    auto with_file = document("d2", "Selvitys");
    auto& attachment = *with_file.mutable_given()->mutable_attachment();
    attachment.set_sealed_sha256("ab");
    attachment.set_file_name("selvitys.pdf");
    attachment.set_media_type("application/pdf");
    attachment.set_size(7);
    log.add(stream(1), reminder())
        .add(stream(1), document("d1", "Väärä"))
        .add(stream(1), with_file)
        .add(stream(1), retracted);
    const auto page = shown(log);
    REQUIRE(page.documents_size() == 1);
    const auto& left = page.documents(0);
    CHECK(left.document_id() == "d2");
    CHECK(left.title() == "Selvitys");
    CHECK(left.file_name() == "selvitys.pdf");
    CHECK(left.size() == 7);
    CHECK(left.version() == 3);
    CHECK(left.url() == "/api/v1/reminders/" + uuid(1) + "/documents/d2/file");
}

TEST_CASE("a form begins with the opening as it was last corrected", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    OpeningCorrected corrected;
    *corrected.mutable_given()->mutable_opening() = opening({.subject = "Korjattu aihe"});
    corrected.mutable_given()->set_reason("Kirjoitusvirhe");
    ReplyDrafted draft;
    draft.mutable_given()->set_text("Vastaamme");
    log.add(stream(1), reminder()).add(stream(1), corrected).add(stream(1), draft);
    const auto contents = shown(log).contents();
    CHECK(contents.opening_json().find("Korjattu aihe") != std::string::npos);
    CHECK(contents.opening_json().find("\"arrived_on\"") != std::string::npos);
    CHECK(contents.opening_json().find("Odotin") == std::string::npos);
    CHECK(contents.reply_json().find("Vastaamme") != std::string::npos);
}

TEST_CASE("a contact's form has its added matters, and a drafted reminder stands once", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    MatterAdded added;
    *added.mutable_given()->mutable_matter() = matter({.causes = {"patient-records"}});
    added.set_matter_id("m2");
    const auto drafted = [](const std::string& happened) {
        ReminderDrafted event;
        event.mutable_given()->set_language("fi");
        event.mutable_given()->set_happened(happened);
        event.set_draft_id("r1");
        return event;
    };
    const auto contact_stream = "contact-" + uuid(5);
    log.add(contact_stream, contact())
        .add(contact_stream, added)
        .add(contact_stream, drafted("Ensin näin"))
        .add(contact_stream, drafted("Sitten näin"));
    const auto contents = shown(log, viewer(OMBUDSMAN), {CONTACT, uuid(5)}).contents();
    CHECK(contents.opening_json().find("patient-records") != std::string::npos);
    REQUIRE(contents.reminder_drafts_json_size() == 1);
    CHECK(contents.reminder_drafts_json(0).find("Sitten näin") != std::string::npos);
    CHECK(contents.reminder_drafts_json(0).find("\"r1\"") != std::string::npos);
}

TEST_CASE("what was asked and agreed stands with what became of it", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    StatementRequested asked;
    asked.mutable_given()->set_unit("sairaala");
    asked.mutable_given()->set_asked_on("2018-03-02");
    asked.mutable_due()->set_due_by("2018-03-12");
    asked.set_statement_id("s1");
    auto another = asked;
    another.set_statement_id("s2");
    StatementChased chased;
    chased.mutable_given()->set_statement_id("s1");
    chased.mutable_given()->set_chased_on("2018-03-13");
    StatementReceived received;
    received.mutable_given()->set_statement_id("s1");
    received.mutable_given()->set_received_on("2018-03-14");
    received.mutable_given()->set_content("Näin se oli");
    MeasureAgreed agreed;
    agreed.mutable_given()->set_what("Ohje uusitaan");
    agreed.set_measure_id("a1");
    MeasureCompleted completed;
    completed.mutable_given()->set_measure_id("a1");
    completed.mutable_given()->set_done_on("2018-03-20");
    InquiryReceived inquiry;
    inquiry.mutable_given()->set_sender("Asiakas");
    inquiry.set_inquiry_id("i1");
    log.add(stream(1), reminder())
        .add(stream(1), asked)
        .add(stream(1), another)
        .add(stream(1), chased)
        .add(stream(1), received)
        .add(stream(1), agreed)
        .add(stream(1), completed)
        .add(stream(1), inquiry);
    const auto contents = shown(log).contents();
    REQUIRE(contents.statements_size() == 2);
    CHECK(contents.statements(0).statement_id() == "s1");
    CHECK(contents.statements(0).due_by() == "2018-03-12");
    CHECK(contents.statements(0).chased_on(0) == "2018-03-13");
    CHECK(contents.statements(0).received_on() == "2018-03-14");
    CHECK(contents.statements(0).content() == "Näin se oli");
    CHECK(contents.statements(1).received_on().empty());
    REQUIRE(contents.measures_size() == 1);
    CHECK(contents.measures(0).done_on() == "2018-03-20");
    REQUIRE(contents.inquiries_size() == 1);
    CHECK(contents.inquiries(0).answered_on().empty());
}

TEST_CASE("the particulars are of the authority where the case is now", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    ComplaintRegistered registered;
    *registered.mutable_given()->mutable_opening() = opening({});
    registered.mutable_given()->set_authority("valvira");
    registered.mutable_given()->set_authority_diary_number("V/1");
    registered.mutable_given()->set_events_on("2017-12-01");
    ComplaintMoved moved;
    moved.mutable_given()->set_authority("lvv");
    moved.mutable_given()->set_authority_diary_number("L/2");
    moved.mutable_given()->set_moved_on("2018-03-10");
    ComplaintCorrected earlier;
    earlier.mutable_given()->set_authority("valvira");
    earlier.mutable_given()->set_authority_diary_number("V/10");
    earlier.mutable_given()->set_events_on("2017-11-01");
    earlier.mutable_given()->set_reason("Luettu väärin");
    const auto complaint = "complaint-" + uuid(7);
    log.add(complaint, registered).add(complaint, moved).add(complaint, earlier);
    const auto particulars = shown(log, viewer(LAWYER), {COMPLAINT, uuid(7)}).contents().particulars_json();
    CHECK(particulars.find("\"lvv\"") != std::string::npos);
    CHECK(particulars.find("L/2") != std::string::npos);
    CHECK(particulars.find("V/10") == std::string::npos);
    CHECK(particulars.find("2017-11-01") != std::string::npos);
    CHECK(particulars.find("\"after_moves\":1") != std::string::npos);
    CHECK(particulars.find("Luettu") == std::string::npos);
}

TEST_CASE("a case whose key is gone has nothing for a form to begin with", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    log.add(stream(1), reminder()).add(stream(1), document("d1", "Selvitys")).destroy_key(stream(1));
    const auto page = shown(log);
    CHECK(page.contents().opening_json().empty());
    CHECK(page.documents().empty());
}

TEST_CASE("another case of the same client is similar, and says why", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    log.add(stream(1), of_client("010190-999X"))
        .add(stream(2), of_client("010190-999x", elsewhere("VAS 2/2018")))
        .add(stream(3), of_client("020290-998Y", elsewhere("VAS 3/2018")));
    Live live(log);
    const auto page = live.ask(case_page, viewer(LAWYER), today, CasePageQuery{REMINDER, uuid(1)});
    REQUIRE(page);
    REQUIRE(page->message.similar_size() == 1);
    const auto& similar = page->message.similar(0);
    CHECK(similar.row().case_id() == uuid(2));
    CHECK(similar.why() == domain::text("similar.client", Language::English));
    // What was shown of it goes on record.
    CHECK(std::ranges::find(page->case_ids, uuid(2)) != page->case_ids.end());
    CHECK(std::ranges::find(page->case_ids, uuid(3)) == page->case_ids.end());
}

TEST_CASE("the same unit and cause are similar within some days, and not later", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    log.add(stream(1), reminder())
        .add(stream(2), reminder({.arrived_on = "2018-03-09", .diary_number = "VAS 2/2018"}))
        .add(stream(3), reminder({.arrived_on = "2018-03-22", .diary_number = "VAS 3/2018"}));
    const auto page = shown(log);
    REQUIRE(page.similar_size() == 1);
    CHECK(page.similar(0).row().case_id() == uuid(2));
}

TEST_CASE("what is linked is no longer suggested, seen from either side", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    log.add(stream(1), of_client("010190-999X")).add(stream(2), of_client("010190-999X"));
    REQUIRE(shown(log).similar_size() == 1);
    Linked linked;
    linked.mutable_given()->set_other(uuid(2));
    linked.mutable_given()->set_relation("related");
    log.add(stream(1), linked);
    CHECK(shown(log).similar().empty());
    CHECK(shown(log, viewer(LAWYER), {REMINDER, uuid(2)}).similar().empty());
}

TEST_CASE("nothing is similar across the wall or beyond what the viewer may open", "[case_contents]") {
    WrittenLog log;
    write_units(log);
    auto same_person = contact({.recorded = true});
    same_person.mutable_given()->mutable_client_record()->mutable_client()->set_identity_code("010190-999X");
    log.add(stream(1), of_client("010190-999X"))
        .add(stream(2), of_client("010190-999X", elsewhere("VAS 2/2018")))
        .add("contact-" + uuid(5), same_person);
    const auto seen = shown(log);
    REQUIRE(seen.similar_size() == 1);
    CHECK(seen.similar(0).row().case_id() == uuid(2));
    CHECK(shown(log, viewer(UNIT_HEAD, {"sairaala"})).similar().empty());
    CHECK(shown(log, viewer(OMBUDSMAN), {CONTACT, uuid(5)}).similar().empty());
}

}  // namespace
}  // namespace vastine::projections::tests
