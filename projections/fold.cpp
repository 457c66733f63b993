#include "projections/fold.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "domain/schema/alerts.pb.h"
#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/destruction.pb.h"
#include "domain/schema/log_extract.pb.h"
#include "domain/schema/publication.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"
#include "projections/case_figures.hpp"
#include "projections/case_index.hpp"
#include "projections/contact_figures.hpp"
#include "projections/relations.hpp"
#include "projections/totals.hpp"

namespace vastine::projections {

namespace {

using google::protobuf::Message;
using Strings = google::protobuf::RepeatedPtrField<std::string>;

Codes& codes(Folding& fold) {
    return fold.views.dictionary->codes;
}
Codes& units(Folding& fold) {
    return fold.views.dictionary->units;
}
CaseEntry& entry(Folding& fold) {
    return fold.views.cases->change(fold.row);
}
CountedCase& counted(Folding& fold) {
    return fold.views.figures->change(entry(fold).figures);
}
void relate(Folding& fold, const std::string& other, const std::string& relation) {
    if (!other.empty()) fold.views.relations->relate(fold.views.cases->case_id(fold.row), other, relation);
}

// The union of sectors as one code: health and social together is a value of its own.
CodeId sector_class(Codes& of, const Strings& sectors) {
    if (sectors.empty()) return 0;
    if (sectors.size() == 1) return of.id(sectors.Get(0));
    constexpr std::array<std::string_view, 3> usual = {"health", "social", "early-education"};
    std::vector<std::string_view> all(sectors.begin(), sectors.end());
    std::ranges::sort(all, [&](auto left, auto right) {
        const auto place = [&](auto sector) { return std::ranges::find(usual, sector) - usual.begin(); };
        return std::pair(place(left), left) < std::pair(place(right), right);
    });
    all.erase(std::ranges::unique(all).begin(), all.end());
    if (all.size() == 2 && all[0] == usual[0] && all[1] == usual[1]) return of.id("both");
    std::string joined;
    for (const auto sector : all) joined.append(joined.empty() ? "" : "+").append(sector);
    return of.id(joined);
}

Month month_or(const Coarse& coarse, Day day) {
    const auto month = month_of_text(coarse.month());
    return month == no_month ? month_of_day(day) : month;
}

// ---- reminders, complaints, requests ----

void index_opening(Folding& fold, const Coarse& coarse, const std::string& arrived_on,
                   const std::string& cause) {
    auto& row = entry(fold);
    row.arrived_on = day_of(arrived_on);
    row.month = month_or(coarse, row.arrived_on == no_day ? fold.recorded_on : row.arrived_on);
    row.department = units(fold).id(coarse.department());
    row.cause = codes(fold).id(cause);
    row.opening_version = static_cast<std::uint32_t>(fold.record.version.value);
    row.key_gone = fold.key_gone;
}

void count_opening(Folding& fold, CountedCase& counts, const Opening& opening, const Coarse& coarse) {
    const auto& row = entry(fold);
    counts.row = fold.row;
    counts.kind = row.kind;
    counts.month = row.month;
    counts.department = row.department;
    counts.service_task = codes(fold).id(opening.service_task());
    counts.sector = sector_class(codes(fold), opening.sectors());
    counts.cause = row.cause;
    counts.maker = codes(fold).id(opening.maker());
    counts.channel = codes(fold).id(opening.channel());
    counts.language = codes(fold).id(coarse.language_group());
}

// The first event of a case: a new row of figures.
CountedCase& open_case(Folding& fold, const Opening& opening, const Coarse& coarse) {
    index_opening(fold, coarse, opening.arrived_on(), opening.cause());
    entry(fold).figures = fold.views.figures->add({});
    auto& counts = counted(fold);
    count_opening(fold, counts, opening, coarse);
    return counts;
}

void set_authority(Folding& fold, const std::string& authority) {
    const auto id = codes(fold).id(authority);
    entry(fold).authority = id;
    counted(fold).authority = id;
}

void answer(Folding& fold, const AnswerFacts& facts) {
    auto& counts = counted(fold);
    const auto month = month_of_text(facts.month());
    const auto when = month == no_month ? month_of_day(fold.recorded_on) : month;
    // Facts from before pauses were counted say only `kept`; what that kept, the credited target keeps too.
    counts.answers.push_back({when, facts.days(), facts.kept(), facts.kept() || facts.kept_credited()});
    counts.settle(when);
}

void step(Folding& fold, const ReminderRegistered& event) {
    open_case(fold, event.given().opening(), event.coarse());
    set_authority(fold, event.given().transferred_from());
}
void step(Folding& fold, const ComplaintRegistered& event) {
    open_case(fold, event.given().opening(), event.coarse());
    set_authority(fold, event.given().authority());
}
// What a request belongs to: the complaint it is about, the request it adds to.
template <class Given>
void relate_request(Folding& fold, const Given& given) {
    relate(fold, given.complaint_id(), "complaint");
    relate(fold, given.supplements(), "supplemented");
}
void step(Folding& fold, const RequestReceived& event) {
    auto& counts = open_case(fold, event.given().opening(), event.coarse());
    counts.request_kind = codes(fold).id(event.given().request_kind());
    set_authority(fold, event.given().authority());
    relate_request(fold, event.given());
}
void step(Folding& fold, const OpeningCorrected& event) {
    const auto& opening = event.given().opening();
    index_opening(fold, event.coarse(), opening.arrived_on(), opening.cause());
    count_opening(fold, counted(fold), opening, event.coarse());
}
void step(Folding& fold, const ComplaintMoved& event) {
    set_authority(fold, event.given().authority());
}

void step(Folding& fold, const ReminderCorrected& event) {
    set_authority(fold, event.given().transferred_from());
}
void step(Folding& fold, const ComplaintCorrected& event) {
    set_authority(fold, event.authority_now());
}
void step(Folding& fold, const RequestCorrected& event) {
    counted(fold).request_kind = codes(fold).id(event.given().request_kind());
    set_authority(fold, event.authority_now());
    const auto own = fold.views.cases->case_id(fold.row);
    for (const auto* relation : {"complaint", "supplemented"}) fold.views.relations->forget(own, relation);
    relate_request(fold, event.given());
}

void step(Folding& fold, const ReplySent& event) {
    answer(fold, event.facts());
    auto& outcomes = counted(fold).outcomes;
    outcomes.clear();
    for (const auto& part : event.outcomes()) outcomes.push_back(codes(fold).id(part.outcome()));
}
void step(Folding& fold, const RequestReplySent& event) {
    answer(fold, event.facts());
}
void step(Folding& fold, const RulingRecorded& event) {
    answer(fold, event.facts());
    auto& outcomes = counted(fold).outcomes;
    outcomes.clear();
    for (const auto& part : event.given().parts()) outcomes.push_back(codes(fold).id(part.outcome()));
}

// An end without an answer settles the case too. The day typed is a detail, so the month in which it was
// recorded counts: it is the same when the key is gone.
void settle_unanswered(Folding& fold) {
    counted(fold).settle(month_of_day(fold.recorded_on));
}
void step(Folding& fold, const Withdrawn&) {
    settle_unanswered(fold);
}
void step(Folding& fold, const Transferred&) {
    settle_unanswered(fold);
}
void step(Folding& fold, const Merged& event) {
    settle_unanswered(fold);
    relate(fold, event.given().into(), "merged");
}
void step(Folding& fold, const Linked& event) {
    relate(fold, event.given().other(), event.given().relation());
}
void step(Folding& fold, const Closed& event) {
    const auto month = month_of_text(event.month());
    counted(fold).settle(month == no_month ? month_of_day(fold.recorded_on) : month);
}
void step(Folding& fold, const Reopened& event) {
    const auto month = month_of_text(event.month());
    counted(fold).take_up(month == no_month ? month_of_day(fold.recorded_on) : month);
}

// ---- contacts ----

MatterFacts matter_facts(Folding& fold, const ContactMatter& matter) {
    auto& of = codes(fold);
    MatterFacts facts;
    facts.sector = sector_class(of, matter.sectors());
    facts.service_task = of.id(matter.service_task());
    facts.provider = of.id(matter.provider());
    facts.unit = units(fold).id(matter.unit());
    for (const auto& cause : matter.causes()) facts.causes.push_back(of.id(cause));
    for (const auto& measure : matter.measures()) facts.measures.push_back(of.id(measure));
    if (!facts.causes.empty()) facts.cause = facts.causes.front();
    return facts;
}

// The number behind the letter of an id inside a case, from 0: m1 is 0.
std::uint8_t matter_number(std::string_view id) {
    std::uint8_t number = 0;
    if (id.size() < 2) return 0;
    std::from_chars(id.data() + 1, id.data() + id.size(), number);
    return number == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(number - 1);
}

// Opened or corrected: what was logged, as it counts from now on.
template <class Event>
void log_contact(Folding& fold, const Event& event, const LogContact& given, bool opens) {
    auto& of = codes(fold);
    const auto primary = given.matters().empty() || given.matters(0).causes().empty()
                             ? std::string()
                             : given.matters(0).causes(0);
    index_opening(fold, event.coarse(), given.contacted_on(), primary);
    auto& row = entry(fold);
    if (opens) row.opened_by = fold.views.dictionary->users.id(fold.record.actor);
    row.recorded = event.recorded();
    if (event.recorded() && row.record_version == 0) row.record_version = row.opening_version;

    ContactFacts facts;
    facts.row = fold.row;
    facts.month = row.month;
    facts.first = event.first();
    facts.recorded = event.recorded();
    facts.sector = sector_class(of, event.sectors());
    facts.who = of.id(given.who());
    facts.channel = of.id(given.channel());
    facts.nature = of.id(given.nature());
    facts.language = of.id(event.coarse().language_group());
    facts.ownership = of.id(given.ownership());
    facts.department = row.department;
    facts.municipality = fold.views.dictionary->places.id(given.municipality());
    facts.key_gone = fold.key_gone;
    facts.minutes = given.minutes();
    if (!given.follows_up().empty()) {
        const auto& follows = given.follows_up(0);
        if (const auto followed = fold.views.cases->row_of(follows.contact_id());
            followed && *followed != fold.row) {
            facts.follows = fold.views.cases->entry(*followed).figures + 1;
            facts.follows_matter = matter_number(follows.matter_id());
        }
    }
    std::vector<MatterFacts> matters;
    matters.reserve(static_cast<std::size_t>(given.matters_size()));
    for (const auto& matter : given.matters()) matters.push_back(matter_facts(fold, matter));
    auto& contacts = *fold.views.contacts;
    if (opens) {
        row.figures = contacts.add(facts, matters);
    } else {
        contacts.replace(row.figures, facts, matters);
    }
}

void step(Folding& fold, const ContactLogged& event) {
    log_contact(fold, event, event.given(), true);
}
void step(Folding& fold, const ContactCorrected& event) {
    log_contact(fold, event, event.given().contact(), false);
}
void record(Folding& fold) {
    entry(fold).recorded = true;
    entry(fold).record_version = static_cast<std::uint32_t>(fold.record.version.value);
    fold.views.contacts->flags[entry(fold).figures] |= ContactFigures::recorded_flag;
}
void step(Folding& fold, const ClientMatterRecorded&) {
    record(fold);
}
void step(Folding& fold, const MatterAdded& event) {
    auto& contacts = *fold.views.contacts;
    const auto at = entry(fold).figures;
    contacts.add_matter(at, matter_facts(fold, event.given().matter()));
    contacts.sector[at] = sector_class(codes(fold), event.sectors());
    if (entry(fold).cause == 0) entry(fold).cause = contacts.matter_cause[contacts.first_matter[at]];
}
// A measure belongs to a matter: the one named, else the first; of a follow-up without matters of its
// own, the one followed.
void step(Folding& fold, const AdviceAdded& event) {
    auto& contacts = *fold.views.contacts;
    const auto& given = event.given();
    auto at = entry(fold).figures;
    contacts.minutes[at] += given.minutes();
    auto matter = matter_number(given.matter_id());
    if (contacts.matters[at] == 0 && contacts.follows[at] != 0) {
        matter = contacts.follows_matter[at];
        at = contacts.follows[at] - 1;
    }
    for (const auto& measure : given.measures()) contacts.add_measure(at, matter, codes(fold).id(measure));
}

// ---- imports: a row counts exactly like a case that was registered here ----

template <class Event>
void import_contact(Folding& fold, const Event& event, bool opens) {
    const auto& opening = event.given().opening();
    auto& of = codes(fold);
    index_opening(fold, event.coarse(), opening.arrived_on(), opening.cause());
    auto& row = entry(fold);
    ContactFacts facts;
    facts.row = fold.row;
    facts.month = row.month;
    facts.sector = sector_class(of, opening.sectors());
    facts.who = of.id(opening.maker());
    facts.channel = of.id(opening.channel());
    facts.language = of.id(event.coarse().language_group());
    facts.department = row.department;
    facts.municipality = fold.views.dictionary->places.id(opening.municipality());
    facts.key_gone = fold.key_gone;
    // What the opening says of the whole stands for each of its matters that says nothing itself; one
    // without matters is about one thing.
    std::vector<MatterFacts> matters;
    const auto add = [&](const std::string& cause, const std::string& service_task, const std::string& unit) {
        MatterFacts matter;
        matter.sector = facts.sector;
        matter.service_task = of.id(service_task.empty() ? opening.service_task() : service_task);
        matter.provider = of.id(opening.provider());
        matter.unit = units(fold).id(unit.empty() && !opening.units().empty() ? opening.units(0) : unit);
        matter.cause = of.id(cause.empty() ? opening.cause() : cause);
        matter.causes.push_back(matter.cause);
        matters.push_back(std::move(matter));
    };
    for (const auto& matter : opening.matters()) add(matter.cause(), matter.service_task(), matter.unit());
    if (matters.empty()) {
        add({}, {}, {});
        for (const auto& other : opening.other_causes()) matters.front().causes.push_back(of.id(other));
    }
    auto& contacts = *fold.views.contacts;
    if (opens) {
        row.figures = contacts.add(facts, matters);
    } else {
        contacts.replace(row.figures, facts, matters);
    }
}

template <class Event>
void import_facts(Folding& fold, const Event& event) {
    auto& counts = counted(fold);
    counts.request_kind = codes(fold).id(event.given().request_kind());
    set_authority(fold, event.given().authority());
    counts.answers.clear();
    counts.outcomes.clear();
    counts.turns.clear();
    if (event.has_facts()) {
        answer(fold, event.facts());
        if (!event.given().outcome().empty())
            counts.outcomes.push_back(codes(fold).id(event.given().outcome()));
    }
}
void step(Folding& fold, const CaseImported& event) {
    if (entry(fold).kind == CONTACT) return import_contact(fold, event, true);
    open_case(fold, event.given().opening(), event.coarse());
    import_facts(fold, event);
}
void step(Folding& fold, const ImportCorrected& event) {
    if (entry(fold).kind == CONTACT) return import_contact(fold, event, false);
    const auto& opening = event.given().opening();
    index_opening(fold, event.coarse(), opening.arrived_on(), opening.cause());
    count_opening(fold, counted(fold), opening, event.coarse());
    import_facts(fold, event);
}

// What is held now is read from the case's own stream, by whoever may see why.
void step(Folding& fold, const HoldPlaced&) {
    fold.views.held.insert(fold.row);
}

// ---- reference data ----

void refer(Folding& fold, const Message& event) {
    fold.views.reference.apply(event);
}
void step(Folding& fold, const TotalsReleased& event) {
    fold.views.totals->apply(event);
}

// ---- the table ----

using Table = std::unordered_map<std::string_view, FoldStep>;

// How deep an event is opened: only as deep as its row shows. Opening is what a rebuild spends most of
// its time on, and most events change a stage by their name alone.
template <class... Events>
void changes(Table& table, store::Depth depth) {
    (table.emplace(Events::descriptor()->full_name(), FoldStep{depth,
                                                               [](Folding& fold, const Message& event) {
                                                                   step(fold,
                                                                        static_cast<const Events&>(event));
                                                               }}),
     ...);
}
// Nothing to count: the state says what they mean for stage, scope and due dates.
template <class... Events>
void changes_state_only(Table& table, store::Depth depth) {
    (table.emplace(Events::descriptor()->full_name(), FoldStep{depth}), ...);
}
template <class... Events>
void refers(Table& table, store::Depth depth) {
    (table.emplace(Events::descriptor()->full_name(), FoldStep{depth, &refer, true}), ...);
}

// Kept by a fold of their own (domain/alerts): nothing that is read here changes.
template <class... Events>
void passes_over(Table& table) {
    (table.emplace(Events::descriptor()->full_name(),
                   FoldStep{store::Depth::Facts, [](Folding&, const Message&) {}, true}),
     ...);
}

Table make_table() {
    Table table;
    using store::Depth;
    changes<ReminderRegistered, ReplySent, ComplaintRegistered, RulingRecorded, RequestReceived,
            RequestReplySent, OpeningCorrected, Reopened, CaseImported, ImportCorrected, ContactLogged,
            ContactCorrected, MatterAdded, AdviceAdded, HoldPlaced>(table, Depth::Details);
    changes<ComplaintMoved, ReminderCorrected, ComplaintCorrected, RequestCorrected, Withdrawn, Transferred,
            Merged, Linked, Closed, ClientMatterRecorded>(table, Depth::Facts);
    // With due dates, the days they were met, or units of the case.
    changes_state_only<StatementRequested, StatementReceived, StatementWaived, InquiryReceived,
                       InquiryAnswered, MeasureAgreed, MeasureCompleted, CompletionAsked, CompletionReceived,
                       ReminderExtended, ReportedBack, ExtensionRecorded, MeasureVerified, DuesRecomputed,
                       HoldLifted>(table, Depth::Details);
    changes_state_only<DocumentEntered, DocumentRetracted, ReminderDrafted, Assigned, HandOverOffered,
                       HandOverAccepted, HandOverDeclined, Disqualified, StatementChased, Notified,
                       ReminderAcknowledged, ReminderChecked, ReferralAdviceGiven, ReplyDrafted,
                       ReplyReviewed, ReplySigned, CopiedToAuthority, LogExtractReleased, ReceiptConfirmed,
                       ExtensionAsked, HandlingEnded, HandlingResumed, ReminderLinked, ReminderUnlinked>(
        table, Depth::Facts);
    // Of publications: the shelf folds their own states, from facts alone.
    changes_state_only<PublicationOpened, TextWritten, ExampleComposed, ExampleChanged, ExampleConfirmed,
                       ExampleWithdrawn, ProposalAdded, ProposalChanged, ProposalWithdrawn, ProposalAnswered,
                       ProposalFollowedUp, PublicationSigned, SignatureWithdrawn, StatementRecorded,
                       NotingRecorded, SendingRecorded, Published, Announced, CorrectionOpened,
                       PublicationAbandoned, ArtefactsStored>(table, Depth::Facts);
    refers<UnitSet, CodeSetPublished, AuthoritySet, PolicySet, ClosingDaySet, AbsenceSet, WebhookSet,
           OrganisationSet, LetterTemplateSet, RetentionSet>(table, store::Depth::Facts);
    refers<UserSet>(table, store::Depth::Everything);
    passes_over<AlertsComposed, AlertAttempted, EmergencyAlerted>(table);
    // Of destruction lists: their shelf folds their own states, from facts alone.
    changes_state_only<DestructionListOpened, ItemsListed, ItemWithheld, ItemReleased, DestructionApproved,
                       DestructionApprovalWithdrawn, DestructionListAbandoned, ArchiveTransferred,
                       ItemCleared, ItemDestroyed, ItemHeldBack, DestructionCompleted>(table, Depth::Facts);
    table.emplace(TotalsReleased::descriptor()->full_name(),
                  FoldStep{store::Depth::Facts,
                           [](Folding& fold, const Message& event) {
                               step(fold, static_cast<const TotalsReleased&>(event));
                           },
                           true});
    return table;
}

const Table& table() {
    static const Table made = make_table();
    return made;
}

}  // namespace

const FoldStep* fold_step(std::string_view event_type) {
    const auto found = table().find(event_type);
    return found == table().end() ? nullptr : &found->second;
}

std::vector<std::string_view> folded_types() {
    std::vector<std::string_view> types;
    for (const auto& [type, step] : table()) types.push_back(type);
    return types;
}

}  // namespace vastine::projections
