#include "projections/case_progress.hpp"

#include <algorithm>

#include "domain/schema/casework.pb.h"
#include "domain/schema/contact.pb.h"
#include "projections/event_as.hpp"

namespace vastine::projections {

namespace {

using google::protobuf::Message;

// The one with that id, or null: an event may name what is not known.
template <class All, class Id>
auto* named(All& all, Id of, const std::string& id) {
    const auto found = std::ranges::find_if(all, [&](const auto& one) { return (one.*of)() == id; });
    return found == all.end() ? nullptr : &*found;
}

auto* statement_of(Contents& known, const std::string& id) {
    return named(*known.mutable_statements(), &Contents::Statement::statement_id, id);
}
auto* inquiry_of(Contents& known, const std::string& id) {
    return named(*known.mutable_inquiries(), &Contents::Inquiry::inquiry_id, id);
}

}  // namespace

bool CaseProgress::take_statement(const Message& event) {
    if (const auto* asked = as<StatementRequested>(event)) {
        const auto& given = asked->given();
        auto& statement = *known_.add_statements();
        statement.set_statement_id(asked->statement_id());
        statement.set_unit(given.unit());
        statement.set_asked_of(given.asked_of());
        statement.set_asked_on(given.asked_on());
        statement.set_due_by(given.due_by().empty() ? asked->due().due_by() : given.due_by());
        statement.set_question(given.question());
    } else if (const auto* chased = as<StatementChased>(event)) {
        if (auto* statement = statement_of(known_, chased->given().statement_id()))
            statement->add_chased_on(chased->given().chased_on());
    } else if (const auto* received = as<StatementReceived>(event)) {
        if (auto* statement = statement_of(known_, received->given().statement_id())) {
            statement->set_received_on(received->given().received_on());
            statement->set_author(received->given().author());
            statement->set_content(received->given().content());
            statement->set_document_id(received->given().document_id());
        }
    } else if (const auto* waived = as<StatementWaived>(event)) {
        if (auto* statement = statement_of(known_, waived->given().statement_id()))
            statement->set_waived_on(waived->given().waived_on());
    } else {
        return false;
    }
    return true;
}

bool CaseProgress::take_inquiry(const Message& event) {
    if (const auto* received = as<InquiryReceived>(event)) {
        const auto& given = received->given();
        auto& inquiry = *known_.add_inquiries();
        inquiry.set_inquiry_id(received->inquiry_id());
        inquiry.set_inquiry_kind(given.inquiry_kind());
        inquiry.set_sender(given.sender());
        inquiry.set_received_on(given.received_on());
        inquiry.set_due_by(received->due().due_by());
        inquiry.set_question(given.question());
    } else if (const auto* answered = as<InquiryAnswered>(event)) {
        if (auto* inquiry = inquiry_of(known_, answered->given().inquiry_id()))
            inquiry->set_answered_on(answered->given().answered_on());
    } else if (const auto* recomputed = as<DuesRecomputed>(event)) {
        for (const auto& moved : recomputed->moved()) {
            if (auto* inquiry = inquiry_of(known_, moved.id())) inquiry->set_due_by(moved.due().due_by());
            if (auto* statement = statement_of(known_, moved.id()))
                statement->set_due_by(moved.due().due_by());
        }
    } else {
        return false;
    }
    return true;
}

bool CaseProgress::take_measure(const Message& event) {
    const auto of = [&](const std::string& id) {
        return named(*known_.mutable_measures(), &Contents::Measure::measure_id, id);
    };
    if (const auto* agreed = as<MeasureAgreed>(event)) {
        const auto& given = agreed->given();
        auto& measure = *known_.add_measures();
        measure.set_measure_id(agreed->measure_id());
        measure.set_what(given.what());
        measure.set_owner(given.owner());
        measure.set_due_by(given.due_by());
    } else if (const auto* completed = as<MeasureCompleted>(event)) {
        if (auto* measure = of(completed->given().measure_id()))
            measure->set_done_on(completed->given().done_on());
    } else if (const auto* verified = as<MeasureVerified>(event)) {
        if (auto* measure = of(verified->given().measure_id()))
            measure->set_verified_on(verified->given().verified_on());
    } else {
        return false;
    }
    return true;
}

bool CaseProgress::take_link(const Message& event) {
    if (const auto* linked = as<ReminderLinked>(event)) {
        const auto& given = linked->given();
        auto& link = *known_.add_links();
        link.set_link_id(linked->link_id());
        link.set_ground(given.ground());
        link.set_reminder(given.reminder());
        link.set_document(given.document());
        link.set_given_on(given.given_on());
        link.set_scope(given.scope());
    } else if (const auto* unlinked = as<ReminderUnlinked>(event)) {
        auto* link = named(*known_.mutable_links(), &Contents::Link::link_id, unlinked->given().link_id());
        if (link != nullptr) link->set_ended_on(unlinked->given().ended_on());
    } else {
        return false;
    }
    return true;
}

bool CaseProgress::take(const Message& event) {
    return take_statement(event) || take_inquiry(event) || take_measure(event) || take_link(event);
}

}  // namespace vastine::projections
