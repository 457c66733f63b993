#include "domain/cases/contact.hpp"

#include <algorithm>
#include <set>

#include "domain/cases/anonymity.hpp"
#include "domain/cases/client_record.hpp"
#include "domain/cases/refusals.hpp"
#include "domain/deadlines/due_date.hpp"

namespace vastine::domain::contact {

namespace {

// A day has no more; a longer contact is a slip of the finger.
constexpr std::uint32_t minutes_max = 24 * 60;
// The other ids of the schema are shorter, and are given inside a case.
constexpr std::size_t uuid_characters = 36;

// ---- what stays anonymous ----

// For the commands that a contact without a record takes with free text.
template <class Command>
Permitted stays_anonymous(const State& state, const Command& command, const std::vector<Typed>& texts) {
    if (state.recorded || command.identifiers_intended()) return permitted();
    return domain::stays_anonymous(texts);
}

std::vector<Typed> texts_of(const LogContact& contact, const std::string& path) {
    std::vector<Typed> texts{{path + "note", &contact.note()},
                             {path + "municipality", &contact.municipality()},
                             {path + "external_id", &contact.external_id()}};
    for (int i = 0; i < contact.matters_size(); ++i) {
        texts.push_back({path + "matters[" + std::to_string(i) + "].note", &contact.matters(i).note()});
    }
    return texts;
}

// ---- what a contact is logged and corrected with ----

bool is_matter_id(std::string_view id) {
    return id.starts_with('m');
}

void check_follow_ups(Refusals& refusals, const LogContact& contact, const std::string& path,
                      const Context& context) {
    std::set<std::pair<std::string, std::string>> seen;
    for (int i = 0; i < contact.follows_up_size(); ++i) {
        const auto& matter = contact.follows_up(i);
        const auto field = path + "follows_up[" + std::to_string(i) + "]";
        if (matter.contact_id().size() != uuid_characters) {
            refusals.invalid("contact.not_a_contact", field + ".contact_id");
        }
        if (!is_matter_id(matter.matter_id())) refusals.invalid("contact.not_a_matter", field + ".matter_id");
        if (matter.contact_id() == context.case_id)
            refusals.invalid("contact.follows_itself", field + ".contact_id");
        if (!seen.emplace(matter.contact_id(), matter.matter_id()).second) {
            refusals.invalid("contact.followed_twice", field);
        }
    }
}

Labels measure_label(const std::string& measure, const Context& context) {
    return {{"measure", casework::code_label("measure", measure, context.reference)}};
}

void check_anonymous_measures(Refusals& refusals, const LogContact& contact, const std::string& path,
                              const Context& context) {
    for (const auto& matter : contact.matters()) {
        if (const auto* measure = first_needing_record(matter.measures())) {
            refusals.invalid("contact.record_required", path + "client_record", {},
                             measure_label(*measure, context));
            return;
        }
    }
}

// An empty list of causes or sectors is the schema's to refuse.
Permitted contact_sound(const LogContact& contact, const std::string& path, const Context& context) {
    Refusals refusals;
    Days days(parse_date(contact.contacted_on()), context.today);
    days.not_in_future(path + "contacted_on", contact.contacted_on());
    if (!contact.call_back_on().empty()) {
        days.not_before(path + "call_back_on", contact.call_back_on(), parse_date(contact.contacted_on()),
                        "contact.call_back_before_contact");
    }
    refusals.take(days.result());
    if (contact.matters().empty() && contact.follows_up().empty()) {
        refusals.invalid("contact.no_matter", path + "matters");
    }
    if (contact.minutes() > minutes_max) {
        refusals.invalid("contact.too_many_minutes", path + "minutes",
                         {{"max", std::to_string(minutes_max)}});
    }
    check_follow_ups(refusals, contact, path, context);
    if (contact.has_client_record()) {
        refusals.take(record_complete(contact.client_record(), path + "client_record.",
                                      {contact.language(), parse_date(contact.contacted_on())}, context));
    } else {
        check_anonymous_measures(refusals, contact, path, context);
    }
    return refusals.result();
}

void add_sectors(std::set<std::string>& sectors,
                 const google::protobuf::RepeatedPtrField<std::string>& more) {
    sectors.insert(more.begin(), more.end());
}

std::set<std::string> sectors_of(const LogContact& contact) {
    std::set<std::string> sectors;
    for (const auto& matter : contact.matters()) add_sectors(sectors, matter.sectors());
    for (const auto& matter : contact.follows_up()) add_sectors(sectors, matter.sectors());
    return sectors;
}

template <class Event>
void set_sectors(Event& event, const std::set<std::string>& sectors) {
    event.mutable_sectors()->Assign(sectors.begin(), sectors.end());
}

const std::string& language_of(const LogContact& contact) {
    return contact.language().empty() ? contact.client_record().language() : contact.language();
}

// The contact as what every case is opened with, for what is shared.
Opening opening_of(const LogContact& contact) {
    Opening opening;
    opening.set_arrived_on(contact.contacted_on());
    opening.set_channel(contact.channel());
    opening.set_language(language_of(contact));
    opening.set_municipality(contact.municipality());
    opening.set_maker(contact.who());
    opening.set_diary_number(contact.diary_number());
    opening.set_external_id(contact.external_id());
    for (const auto& matter : contact.matters()) {
        const bool known = std::ranges::find(opening.units(), matter.unit()) != opening.units().end();
        if (!matter.unit().empty() && !known) opening.add_units(matter.unit());
    }
    for (const auto& sector : sectors_of(contact)) opening.add_sectors(sector);
    return opening;
}

// ---- the end of handling, and its turns ----

bool has_ended(const State& state) {
    return casework::ended(state.work) != nullptr;
}

void add_end(Events& events, EndHandling given) {
    HandlingEnded ended;
    ended.set_month(month_of(parse_date(given.ended_on()).value()));
    *ended.mutable_given() = std::move(given);
    events.add(std::move(ended));
}

EndHandling end_on(const std::string& day) {
    EndHandling given;
    given.set_ended_on(day);
    return given;
}

void add_resumption(Events& events, const Context& context) {
    HandlingResumed resumed;
    resumed.mutable_given()->set_resumed_on(to_string(context.today));
    events.add(std::move(resumed));
}

const CallBack* waiting_call_back(const State& state) {
    if (state.call_backs.empty() || !state.call_backs.back().met_on.empty() || has_ended(state))
        return nullptr;
    return &state.call_backs.back();
}

Permitted takes_additions(const State& state) {
    if (state.recorded && has_ended(state)) return reject(Reason::WrongState, "contact.handling_has_ended");
    return permitted();
}

// ---- the rules: what it takes, and what follows ----

Result<Events> rule(const State&, const LogContact& command, const Context& context) {
    if (const auto sound = contact_sound(command, "", context); !sound) return tl::unexpected(sound.error());
    if (!command.has_client_record() && !command.identifiers_intended()) {
        if (const auto anonymous = stays_anonymous(texts_of(command, "")); !anonymous) {
            return tl::unexpected(anonymous.error());
        }
    }
    ContactLogged logged;
    auto& given = *logged.mutable_given();
    given = command;
    if (given.diary_number().empty()) given.set_diary_number(context.next_diary_number);
    if (given.has_client_record()) complete(*given.mutable_client_record(), given.language(), context);
    *logged.mutable_coarse() = casework::coarse(opening_of(given), context.reference);
    logged.set_first(given.follows_up().empty());
    set_sectors(logged, sectors_of(given));
    logged.set_recorded(given.has_client_record());

    Events events;
    events.add(std::move(logged));
    // Over when it is saved: nobody has to remember to end a two-minute call.
    if (!command.has_client_record() && command.call_back_on().empty())
        add_end(events, end_on(command.contacted_on()));
    return events;
}

Permitted may_record(const State& state, const ClientRecord& record, const std::string& path,
                     const Context& context) {
    if (state.recorded) return reject(Reason::WrongState, "contact.already_recorded");
    return record_complete(record, path, {state.language, state.work.arrived_on}, context);
}

void add_record(Events& events, const State& state, const ClientRecord& record, const Context& context) {
    if (has_ended(state)) add_resumption(events, context);
    ClientMatterRecorded recorded;
    auto& given = *recorded.mutable_given()->mutable_client_record();
    given = record;
    complete(given, state.language, context);
    events.add(std::move(recorded));
}

Result<Events> rule(const State& state, const RecordClientMatter& command, const Context& context) {
    if (const auto may = may_record(state, command.client_record(), "client_record.", context); !may) {
        return tl::unexpected(may.error());
    }
    Events events;
    add_record(events, state, command.client_record(), context);
    return events;
}

Permitted may_add(const State& state, const AddMatter& command, const Context& context) {
    if (auto takes = takes_additions(state); !takes) return takes;
    if (command.has_client_record())
        return may_record(state, command.client_record(), "client_record.", context);
    if (state.recorded) return permitted();
    if (const auto* measure = first_needing_record(command.matter().measures())) {
        return reject(Reason::Invalid, "contact.record_required", {}, "client_record",
                      measure_label(*measure, context));
    }
    return stays_anonymous(state, command, {{"matter.note", &command.matter().note()}});
}

Result<Events> rule(const State& state, const AddMatter& command, const Context& context) {
    if (const auto may = may_add(state, command, context); !may) return tl::unexpected(may.error());
    Events events;
    const bool anonymous = !state.recorded && !command.has_client_record();
    const bool ended = has_ended(state);
    if (command.has_client_record()) {
        add_record(events, state, command.client_record(), context);
    } else if (ended) {
        add_resumption(events, context);
    }
    MatterAdded added;
    *added.mutable_given() = command;
    added.mutable_given()->clear_client_record();  // it stands in the event before
    added.set_matter_id("m" + std::to_string(state.work.matters + 1));
    auto sectors = state.work.sectors;
    add_sectors(sectors, command.matter().sectors());
    set_sectors(added, sectors);
    events.add(std::move(added));
    if (anonymous && ended) add_end(events, end_on(to_string(context.today)));
    return events;
}

Permitted may_add(const State& state, const AddAdvice& command, const Context& context) {
    if (auto takes = takes_additions(state); !takes) return takes;
    Refusals refusals;
    auto days = casework::days(state.work, context);
    days.happened("advised_on", command.advised_on());
    if (!command.call_back_on().empty()) {
        days.not_before("call_back_on", command.call_back_on(), parse_date(command.advised_on()),
                        "contact.call_back_before_contact");
    }
    refusals.take(days.result());
    if (!command.matter_id().empty() && !casework::has_matter(state.work, command.matter_id())) {
        refusals.invalid("contact.unknown_matter", "matter_id");
    }
    if (command.minutes() > minutes_max) {
        refusals.invalid("contact.too_many_minutes", "minutes", {{"max", std::to_string(minutes_max)}});
    }
    const auto* measure = first_needing_record(command.measures());
    if (measure != nullptr && !state.recorded) {
        refusals.invalid("contact.record_required", "measures", {}, measure_label(*measure, context));
    }
    return refusals.result();
}

Result<Events> rule(const State& state, const AddAdvice& command, const Context& context) {
    if (const auto may = may_add(state, command, context); !may) return tl::unexpected(may.error());
    const auto anonymous =
        stays_anonymous(state, command, {{"asked", &command.asked()}, {"advised", &command.advised()}});
    if (!anonymous) return tl::unexpected(anonymous.error());
    Events events;
    if (has_ended(state)) add_resumption(events, context);
    AdviceAdded added;
    *added.mutable_given() = command;
    events.add(std::move(added));
    if (!state.recorded && command.call_back_on().empty()) add_end(events, end_on(command.advised_on()));
    return events;
}

Permitted may_correct(const State& state, const CorrectContact& command, const Context& context) {
    const auto& contact = command.contact();
    Refusals refusals;
    refusals.take(contact_sound(contact, "contact.", context));
    // What the law asks to be kept is corrected, never dropped.
    if (state.recorded && !contact.has_client_record()) {
        refusals.invalid("contact.correction_drops_record", "contact.client_record");
    }
    const auto contacted_on = parse_date(contact.contacted_on());
    const auto step = state.work.earliest_step_on;
    if (contacted_on && step && *contacted_on > *step) {
        refusals.invalid("contact.after_a_step", "contact.contacted_on", {{"step_on", to_string(*step)}});
    }
    return refusals.result();
}

Permitted correction_stays_anonymous(const CorrectContact& command) {
    const auto& contact = command.contact();
    if (contact.has_client_record() || contact.identifiers_intended()) return permitted();
    auto texts = texts_of(contact, "contact.");
    texts.push_back({"reason", &command.reason()});
    return stays_anonymous(texts);
}

// A correction that makes it a client matter, or promises a call back, opens general advice again.
bool correction_resumes(const State& state, const LogContact& contact) {
    const bool promised = !contact.call_back_on().empty() && contact.call_back_on() != state.call_back_logged;
    return has_ended(state) && !state.recorded && (contact.has_client_record() || promised);
}

// One that takes the promise away ends it, and general advice does not end before it was given.
std::optional<std::string> correction_ends(const State& state, const LogContact& contact,
                                           const Context& context) {
    if (contact.has_client_record() || correction_resumes(state, contact)) return std::nullopt;
    const auto* end = casework::ended(state.work);
    if (end == nullptr) {
        const bool unpromised = contact.call_back_on().empty() && !state.call_back_logged.empty();
        return unpromised ? std::optional(to_string(context.today)) : std::nullopt;
    }
    const auto contacted_on = parse_date(contact.contacted_on());
    return end->on && contacted_on > end->on ? std::optional(contact.contacted_on()) : std::nullopt;
}

Result<Events> rule(const State& state, const CorrectContact& command, const Context& context) {
    if (const auto may = may_correct(state, command, context); !may) return tl::unexpected(may.error());
    if (const auto anonymous = correction_stays_anonymous(command); !anonymous) {
        return tl::unexpected(anonymous.error());
    }
    ContactCorrected corrected;
    auto& given = *corrected.mutable_given();
    given = command;
    auto& contact = *given.mutable_contact();
    if (contact.diary_number().empty()) contact.set_diary_number(state.work.diary_number);
    if (contact.has_client_record()) complete(*contact.mutable_client_record(), contact.language(), context);
    *corrected.mutable_coarse() = casework::coarse(opening_of(contact), context.reference);
    corrected.set_first(contact.follows_up().empty());
    set_sectors(corrected, sectors_of(contact));
    corrected.set_recorded(contact.has_client_record());

    Events events;
    if (correction_resumes(state, contact)) add_resumption(events, context);
    const auto end = correction_ends(state, contact, context);
    events.add(std::move(corrected));
    if (end) add_end(events, end_on(*end));
    return events;
}

Result<Events> rule(const State& state, const EndHandling& command, const Context& context) {
    if (has_ended(state)) return reject(Reason::WrongState, "contact.handling_has_ended");
    const auto days =
        casework::days(state.work, context)
            .happened("ended_on", command.ended_on())
            .not_before("ended_on", command.ended_on(), state.last_step_on, "contact.ends_before_step")
            .result();
    if (!days) return tl::unexpected(days.error());
    if (const auto* inquiry = casework::open_inquiry(state.work)) {
        return reject(Reason::WrongState, "contact.inquiry_open", {{"inquiry", inquiry->id}});
    }
    const auto anonymous = stays_anonymous(state, command, {{"note", &command.note()}});
    if (!anonymous) return tl::unexpected(anonymous.error());
    Events events;
    add_end(events, command);
    return events;
}

Result<Events> rule(const State& state, const ResumeHandling& command, const Context& context) {
    const auto* ended = casework::ended(state.work);
    if (ended == nullptr) return reject(Reason::WrongState, "contact.handling_goes_on");
    const auto days =
        casework::days(state.work, context)
            .happened("resumed_on", command.resumed_on())
            .not_before("resumed_on", command.resumed_on(), ended->on, "contact.resumed_before_end")
            .result();
    if (!days) return tl::unexpected(days.error());
    const auto anonymous = stays_anonymous(state, command, {{"reason", &command.reason()}});
    if (!anonymous) return tl::unexpected(anonymous.error());
    HandlingResumed resumed;
    *resumed.mutable_given() = command;
    return events(std::move(resumed));
}

Permitted needs_record_first(const State& state) {
    if (!state.recorded) return reject(Reason::WrongState, "contact.record_first");
    return permitted();
}

Result<Events> rule(const State& state, const LinkReminder& command, const Context& context) {
    if (const auto record = needs_record_first(state); !record) return tl::unexpected(record.error());
    if (const auto takes = takes_additions(state); !takes) return tl::unexpected(takes.error());
    // A mandate is often older than the contact.
    const auto days =
        casework::days(state.work, context).not_in_future("given_on", command.given_on()).result();
    if (!days) return tl::unexpected(days.error());
    ReminderLinked linked;
    *linked.mutable_given() = command;
    linked.set_link_id("l" + std::to_string(state.links.size() + 1));
    return events(std::move(linked));
}

Result<Events> rule(const State& state, const DraftReminder& command, const Context&) {
    if (const auto record = needs_record_first(state); !record) return tl::unexpected(record.error());
    if (const auto takes = takes_additions(state); !takes) return tl::unexpected(takes.error());
    if (command.addressee_unit().empty() && command.addressee().empty())
        return reject(Reason::Invalid, "contact.draft_needs_addressee", {}, "addressee");
    if (!command.draft_id().empty() &&
        std::ranges::find(state.reminder_drafts, command.draft_id()) == state.reminder_drafts.end())
        return reject(Reason::Invalid, "contact.unknown_draft", {}, "draft_id");
    ReminderDrafted drafted;
    *drafted.mutable_given() = command;
    drafted.set_draft_id(command.draft_id().empty() ? "r" + std::to_string(state.reminder_drafts.size() + 1)
                                                    : command.draft_id());
    return events(std::move(drafted));
}

Result<Events> rule(const State& state, const UnlinkReminder& command, const Context& context) {
    const auto link = std::ranges::find(state.links, command.link_id(), &Link::id);
    if (link == state.links.end()) return reject(Reason::Invalid, "contact.unknown_link", {}, "link_id");
    if (link->ended) return reject(Reason::WrongState, "contact.link_has_ended", {}, "link_id");
    const auto days =
        casework::days(state.work, context)
            .not_in_future("ended_on", command.ended_on())
            .not_before("ended_on", command.ended_on(), link->given_on, "contact.link_ends_before_given")
            .result();
    if (!days) return tl::unexpected(days.error());
    ReminderUnlinked unlinked;
    *unlinked.mutable_given() = command;
    return events(std::move(unlinked));
}

// ---- the shared steps, with what contacts ask besides ----

// Papers, notices and inquiries have a sender or receiver with a name: they make it a client matter.
Permitted contact_takes(const State& state, const EnterDocument&, const Context&) {
    return needs_record_first(state);
}
Permitted contact_takes(const State& state, const Notify& command, const Context&) {
    if (auto record = needs_record_first(state); !record) return record;
    if (command.recipient_role() == "guardian" && state.disclosure_banned &&
        !command.banned_parts_left_out()) {
        return reject(Reason::NeedsConfirmation, "contact.minor_has_banned_disclosure", {},
                      "banned_parts_left_out");
    }
    return permitted();
}
Permitted contact_takes(const State& state, const ReceiveInquiry&, const Context&) {
    return needs_record_first(state);
}
Permitted contact_takes(const State& state, const Assign& command, const Context&) {
    return stays_anonymous(state, command, {{"note", &command.note()}});
}
// A word between colleagues never needs to name anybody, so there is nothing to confirm.
Permitted word_stays_anonymous(const State& state, const Typed& word) {
    if (state.recorded) return permitted();
    auto anonymous = domain::stays_anonymous({word});
    if (!anonymous) anonymous.error().reason = Reason::Invalid;
    return anonymous;
}
Permitted contact_takes(const State& state, const OfferHandOver& command, const Context&) {
    return word_stays_anonymous(state, {"note", &command.note()});
}
Permitted contact_takes(const State& state, const DeclineHandOver& command, const Context&) {
    return word_stays_anonymous(state, {"reason", &command.reason()});
}
Permitted contact_takes(const State& state, const PlaceHold& command, const Context&) {
    return word_stays_anonymous(state, {"reason", &command.reason()});
}
Permitted contact_takes(const State& state, const LiftHold& command, const Context&) {
    return word_stays_anonymous(state, {"reason", &command.reason()});
}
Permitted contact_takes(const State& state, const ReleaseLogExtract& command, const Context&) {
    if (auto record = needs_record_first(state); !record) return record;
    if (command.recipient_role() == "guardian" && state.disclosure_banned &&
        !command.banned_parts_left_out()) {
        return reject(Reason::NeedsConfirmation, "contact.minor_has_banned_disclosure", {},
                      "banned_parts_left_out");
    }
    return permitted();
}
// The causes of contacts are a finer set than the cases'; one of the cases' would be counted apart.
Permitted contact_takes(const State& state, const ImportCase& command, const Context& context) {
    const auto known = [&](const std::string& cause) {
        return context.reference.code("cause_contact", cause) != nullptr;
    };
    if (state.worked_on) return reject(Reason::WrongState, "casework.import_after_work");
    const auto& opening = command.opening();
    if (!opening.cause().empty() && !known(opening.cause())) {
        return reject(Reason::Invalid, "contact.cause_of_another_kind", {}, "opening.cause");
    }
    if (!std::ranges::all_of(opening.other_causes(), known)) {
        return reject(Reason::Invalid, "contact.cause_of_another_kind", {}, "opening.other_causes");
    }
    return permitted();
}
Permitted contact_takes(const State&, const auto&, const Context&) {
    return permitted();
}

template <casework::SharedCommand Command>
Result<Events> rule(const State& state, const Command& command, const Context& context) {
    if (const auto takes = contact_takes(state, command, context); !takes)
        return tl::unexpected(takes.error());
    return casework::decide(state.work, command, context);
}

using OwnCommands = MessageList<LogContact, RecordClientMatter, AddMatter, AddAdvice, CorrectContact,
                                EndHandling, ResumeHandling, LinkReminder, UnlinkReminder, DraftReminder>;
using SharedCommands =
    MessageList<EnterDocument, RetractDocument, Assign, OfferHandOver, AcceptHandOver, DeclineHandOver,
                Notify, ReceiveInquiry, AnswerInquiry, PlaceHold, LiftHold, ReleaseLogExtract, ImportCase>;

// ---- the events ----

void follow(State& state, const LogContact& contact) {
    state.language = language_of(contact);
    state.first = contact.follows_up().empty();
    if (contact.call_back_on() != state.call_back_logged) {
        if (!state.call_backs.empty() && state.call_backs.back().met_on.empty()) state.call_backs.pop_back();
        if (!contact.call_back_on().empty()) state.call_backs.push_back({contact.call_back_on(), ""});
    }
    state.call_back_logged = contact.call_back_on();
}

// The counts and sectors are facts, and stay when the sealed parts are gone.
void take(State& state, const LogContact& contact,
          const google::protobuf::RepeatedPtrField<std::string>& sectors) {
    state.work.sectors = {sectors.begin(), sectors.end()};
    state.work.matters = static_cast<std::uint32_t>(contact.matters_size());
    follow(state, contact);
}

void on(State& state, const ContactLogged& event) {
    casework::open(state.work, opening_of(event.given()), nullptr);
    take(state, event.given(), event.sectors());
    state.first = event.first();
    state.recorded = event.recorded();
    state.disclosure_banned = event.given().client_record().client().disclosure_banned();
}
void on(State& state, const ContactCorrected& event) {
    const auto opening = opening_of(event.given().contact());
    const auto phase = state.work.phase;
    const auto number = state.work.diary_number;
    casework::open(state.work, opening, nullptr);
    if (!std::holds_alternative<casework::Unopened>(phase)) state.work.phase = phase;
    if (state.work.diary_number.empty()) state.work.diary_number = number;
    state.worked_on = true;
    state.disclosure_banned = event.given().contact().client_record().client().disclosure_banned();
    take(state, event.given().contact(), event.sectors());
    state.first = event.first();
    state.recorded = event.recorded();
}
void on(State& state, const ClientMatterRecorded& event) {
    state.recorded = true;
    state.disclosure_banned = event.given().client_record().client().disclosure_banned();
    state.worked_on = true;
}
void on(State& state, const MatterAdded& event) {
    ++state.work.matters;
    state.worked_on = true;
    add_sectors(state.work.sectors, event.sectors());
    const auto& unit = event.given().matter().unit();
    if (!unit.empty() && std::ranges::find(state.work.units, unit) == state.work.units.end()) {
        state.work.units.push_back(unit);
    }
}
void stepped(State& state, const std::string& day) {
    casework::note_day(state.work, day);
    const auto date = parse_date(day);
    if (date && (!state.last_step_on || *state.last_step_on < *date)) state.last_step_on = date;
}
void on(State& state, const AdviceAdded& event) {
    const auto& given = event.given();
    state.worked_on = true;
    if (!state.call_backs.empty() && state.call_backs.back().met_on.empty()) {
        state.call_backs.back().met_on = given.advised_on();
        // Its day sealed and gone, it is still met.
        if (given.advised_on().empty()) state.call_backs.pop_back();
    }
    if (!given.call_back_on().empty()) state.call_backs.push_back({given.call_back_on(), ""});
    stepped(state, given.advised_on());
}
void on(State& state, const HandlingEnded& event) {
    state.work.phase = casework::Ended{casework::End::Closed, parse_date(event.given().ended_on())};
    state.work.hand_over_to.clear();
    // Nobody calls back any more, and nobody is reminded to.
    if (!state.call_backs.empty() && state.call_backs.back().met_on.empty()) state.call_backs.pop_back();
}
void on(State& state, const HandlingResumed& event) {
    state.work.phase = casework::Running{};
    stepped(state, event.given().resumed_on());
}
void on(State& state, const ReminderLinked& event) {
    state.links.push_back({event.link_id(), parse_date(event.given().given_on())});
}
void on(State& state, const ReminderUnlinked& event) {
    const auto link = std::ranges::find(state.links, event.given().link_id(), &Link::id);
    if (link != state.links.end()) link->ended = true;
}
void on(State& state, const ReminderDrafted& event) {
    state.worked_on = true;
    if (std::ranges::find(state.reminder_drafts, event.draft_id()) == state.reminder_drafts.end())
        state.reminder_drafts.push_back(event.draft_id());
}
// History names its client, or it was general advice.
void imported(State& state, const ImportCase& given) {
    state.recorded = given.opening().has_client();
    state.language = given.opening().language();
    state.disclosure_banned = given.opening().client().disclosure_banned();
}
void on(State& state, const CaseImported& event) {
    imported(state, event.given());
}
void on(State& state, const ImportCorrected& event) {
    imported(state, event.given());
}

using OwnEvents = MessageList<ContactLogged, ContactCorrected, ClientMatterRecorded, MatterAdded, AdviceAdded,
                              HandlingEnded, HandlingResumed, ReminderLinked, ReminderUnlinked,
                              ReminderDrafted, CaseImported, ImportCorrected>;

}  // namespace

Result<Events> decide(const State& state, const google::protobuf::Message& command, const Context& context) {
    static const Dispatch<Result<Events>(const State&, const Context&)> rules(
        OwnCommands{} + SharedCommands{},
        [](const State& s, const auto& c, const Context& with) { return rule(s, c, with); });
    if (!rules.knows(command)) return reject(Reason::WrongState, "contact.not_for_contacts");
    const bool opens = command.GetDescriptor() == LogContact::descriptor();
    const bool opened = casework::opened(state.work);
    if (opens && opened) return reject(Reason::WrongState, "contact.already_logged");
    if (!opens && !opened && command.GetDescriptor() != ImportCase::descriptor()) {
        return reject(Reason::NotFound, "casework.not_opened");
    }
    return rules(state, command, context);
}

void evolve(State& state, const google::protobuf::Message& event) {
    static const Dispatch<void(State&)> events(OwnEvents{}, [](State& s, const auto& e) { on(s, e); });
    casework::evolve(state.work, event);
    if (events.knows(event)) events(state, event);
}

std::string_view stage(const State& state) {
    if (state.recorded) return has_ended(state) ? "stage.handling-ended" : "stage.client-matter";
    return waiting_call_back(state) != nullptr ? "stage.call-back" : "stage.general-advice";
}

std::string_view next_step(const State& state) {
    if (waiting_call_back(state) != nullptr) return "next.call-back";
    if (casework::open_inquiry(state.work) != nullptr || has_ended(state))
        return casework::leftover_step(state.work);
    return "next.end-handling";
}

std::vector<casework::DueItem> due_dates(const State& state) {
    std::vector<casework::DueItem> items;
    for (const auto& call_back : state.call_backs) {
        casework::DueItem item{"call-back", "", {}, call_back.met_on, !call_back.met_on.empty()};
        item.due = due_as_said("agreement", call_back.due_by);
        items.push_back(std::move(item));
    }
    for (auto& item : casework::due_dates(state.work)) items.push_back(std::move(item));
    return items;
}

}  // namespace vastine::domain::contact
