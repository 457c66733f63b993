#include "projections/letter_case.hpp"

#include <algorithm>

#include "domain/cases/kinds.hpp"
#include "projections/case_contents.hpp"
#include "projections/event_as.hpp"

namespace vastine::projections {

namespace {

using google::protobuf::Message;

// A contact as a letter is told of it: it goes to the client, or to whoever acts for them.
Opening opening_of(const LogContact& contact) {
    Opening opening;
    opening.set_arrived_on(contact.contacted_on());
    opening.set_diary_number(contact.diary_number());
    for (const auto& matter : contact.matters()) {
        if (!matter.unit().empty() &&
            std::ranges::find(opening.units(), matter.unit()) == opening.units().end())
            opening.add_units(matter.unit());
    }
    const auto& record = contact.client_record();
    opening.set_subject(record.asked().empty() ? contact.note() : record.asked());
    *opening.mutable_client() = record.client();
    *opening.mutable_maker_person() = record.representative();
    return opening;
}

// What became of the matters and who signed for it; after a reopening it is answered anew.
void take_answer(const Message& event, const std::string& actor, const domain::Reference& reference,
                 domain::LetterCase& of) {
    if (const auto* is_signed = as<ReplySigned>(event)) {
        const auto& given = is_signed->given();
        of.outcomes.assign(given.outcomes().begin(), given.outcomes().end());
        const auto* user = reference.user(actor);
        of.signer = user == nullptr ? std::string() : user->name();
        if (!given.signer_title().empty())
            of.signer += (of.signer.empty() ? "" : ", ") + given.signer_title();
    } else if (const auto* transferred = as<Transferred>(event)) {
        of.transfer = transferred->given();
    } else if (as<Reopened>(event) != nullptr) {
        of.outcomes.clear();
        of.signer.clear();
        of.transfer.reset();
    }
}

void take_work(const domain::casework::Casework& work, const CaseContents& contents, domain::LetterCase& of) {
    of.handler = work.handler;
    if (work.due) of.due_by = work.due->due_by();
    // Both in the order in which they were asked.
    for (auto i = std::min(work.statements.size(), contents.statements().size()); i-- > 0;) {
        if (!work.statements[i].open()) continue;
        of.statement = contents.statements()[i];
        of.statement_due_by = work.statements[i].due.due_by();
        return;
    }
}

}  // namespace

std::optional<domain::LetterCase> letter_case(const store::EventStore& events,
                                              const domain::Reference& reference, Kind kind,
                                              const std::string& case_id) {
    const store::StreamId stream{std::string(domain::entry(kind).stream_prefix) + '-' + case_id};
    auto state = domain::initial(kind);
    CaseContents contents(kind, case_id);
    domain::LetterCase of;
    bool opened_any = false;
    events.read_stream(stream, {}, [&](const store::Record& record) {
        const auto opened = events.open(record, store::Depth::Everything);
        if (!opened.key_gone) {
            opened_any = true;
            contents.take(*opened.event, record.version.value);
            take_answer(*opened.event, record.actor, reference, of);
        }
        domain::evolve(state, *opened.event);
        return true;
    });
    if (!opened_any) return std::nullopt;
    if (const auto* work = domain::work(state)) take_work(*work, contents, of);
    if (contents.opening()) of.opening = *contents.opening();
    if (contents.contact()) of.opening = opening_of(*contents.contact());
    of.authority = contents.particulars().authority();
    of.authority_diary_number = contents.particulars().authority_diary_number();
    of.reply = contents.reply();
    return of;
}

}  // namespace vastine::projections
