#include "domain/cases/kinds.hpp"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <stdexcept>

#include "domain/schema/access.pb.h"
#include "domain/schema/check.hpp"
#include "domain/schema/contact.pb.h"
#include "domain/schema/log_extract.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reorganisation.pb.h"

namespace vastine::domain {

namespace {

constexpr std::array all_kinds{
    KindEntry{REMINDER, "reminder", "reminders"},
    KindEntry{COMPLAINT, "complaint", "complaints"},
    KindEntry{AUTHORITY_REQUEST, "authority-request", "authority-requests"},
    KindEntry{CONTACT, "contact", "contacts"},
    KindEntry{REFERENCE, "reference", "reference"},
    KindEntry{PUBLICATION, "publication", "publications"},
    KindEntry{DESTRUCTION, "destruction", "destructions"},
};

// Every message that the schema's files declare as a command.
std::vector<CommandEntry> declared_commands() {
    std::vector<CommandEntry> found;
    for (const auto* file :
         {RegisterReminder::descriptor()->file(), RegisterComplaint::descriptor()->file(),
          ReceiveRequest::descriptor()->file(), LogContact::descriptor()->file(),
          EnterDocument::descriptor()->file(), ReleaseLogExtract::descriptor()->file(),
          SetUnit::descriptor()->file(), ReorganiseUnits::descriptor()->file(),
          OpenPublication::descriptor()->file(), OpenDestructionList::descriptor()->file()}) {
        for (int i = 0; i < file->message_type_count(); ++i) {
            const auto* message = file->message_type(i);
            if (!message->options().HasExtension(vastine::command)) continue;
            found.push_back({message, message->options().GetExtension(vastine::command)});
        }
    }
    return found;
}

bool takes(const CommandEntry& entry, Kind kind) {
    return std::ranges::find(entry.rule.kinds(), static_cast<int>(kind)) != entry.rule.kinds().end();
}

// The day whose codes a command uses: an opening's are those of its arrival, so that what is entered late
// or imported is said in the words of its own time; all others are today's.
using DatedByArrival = MessageList<RegisterReminder, RegisterComplaint, ReceiveRequest, CorrectOpening,
                                   ImportCase, LogContact, CorrectContact>;
const std::string& arrival(const LogContact& command) {
    return command.contacted_on();
}
const std::string& arrival(const CorrectContact& command) {
    return command.contact().contacted_on();
}
const std::string& arrival(const auto& command) {
    return command.opening().arrived_on();
}

Date day_of_codes(const google::protobuf::Message& command, const Context& context) {
    static const Dispatch<std::optional<Date>(const Context&)> days(
        DatedByArrival{}, [](const Context&, const auto& own) { return parse_date(arrival(own)); });
    if (!days.knows(command)) return context.today;
    return std::min(days(context, command).value_or(context.today), context.today);
}

Result<Events> decide_by_kind(const CaseState& state, const google::protobuf::Message& command,
                              const Context& context) {
    return std::visit([&](const auto& own) { return decide(own, command, context); }, state);
}

template <class State>
concept CaseOfKind = requires(const State& state) { state.work; };

// Whether there is a case, a publication or a list yet; reference data always is.
bool opened(const CaseState& state) {
    if (const auto* list = std::get_if<destruction::State>(&state))
        return list->stage != destruction::Stage::None;
    if (const auto* publication = std::get_if<publication::State>(&state))
        return publication->stage != publication::Stage::None;
    const auto* shared = work(state);
    return shared == nullptr || casework::opened(*shared);
}

Kind kind_of(const CaseState& state) {
    if (std::holds_alternative<publication::State>(state)) return PUBLICATION;
    if (std::holds_alternative<destruction::State>(state)) return DESTRUCTION;
    const auto* shared = work(state);
    return shared == nullptr ? REFERENCE : shared->kind;
}

}  // namespace

// ---- the tables ----

std::span<const KindEntry> kinds() {
    return all_kinds;
}

const KindEntry& entry(Kind kind) {
    const auto at = std::ranges::find(all_kinds, kind, &KindEntry::kind);
    if (at == all_kinds.end()) throw std::out_of_range("no such kind of stream");
    return *at;
}

std::optional<Kind> kind_of_stream(std::string_view stream_id) {
    for (const auto& candidate : all_kinds) {
        const auto prefix = candidate.stream_prefix;
        if (stream_id.size() > prefix.size() + 1 && stream_id.starts_with(prefix) &&
            stream_id[prefix.size()] == '-')
            return candidate.kind;
    }
    return std::nullopt;
}

std::span<const CommandEntry> commands() {
    static const auto all = declared_commands();
    return all;
}

const CommandEntry* command(Kind kind, std::string_view path) {
    const auto at = std::ranges::find_if(commands(), [&](const CommandEntry& candidate) {
        return candidate.rule.path() == path && takes(candidate, kind);
    });
    return at == commands().end() ? nullptr : &*at;
}

// ---- the deciders behind one door ----

CaseState initial(Kind kind) {
    switch (kind) {
        case REMINDER:
            return reminder::State{};
        case COMPLAINT:
            return complaint::State{};
        case AUTHORITY_REQUEST:
            return request::State{};
        case CONTACT:
            return contact::State{};
        case REFERENCE:
            return reference_data::State{};
        case PUBLICATION:
            return publication::State{};
        case DESTRUCTION:
            return destruction::State{};
        default:
            throw std::out_of_range("no such kind of stream");
    }
}

Result<Events> decide(const CaseState& state, const google::protobuf::Message& command,
                      const Context& context) {
    auto checked = check_fields(command, context.reference, day_of_codes(command, context));
    if (!checked) return tl::unexpected(checked.error());
    auto decided = decide_by_kind(state, command, context);
    assert(!decided || !decided->list().empty());
    return decided;
}

void evolve(CaseState& state, const google::protobuf::Message& event) {
    std::visit([&](auto& own) { evolve(own, event); }, state);
}
void evolve(CaseState& state, const google::protobuf::Message& event, const publication::Recorded& recorded) {
    if (auto* publication = std::get_if<publication::State>(&state))
        return evolve(*publication, event, recorded);
    evolve(state, event);
}

// Each command is tried without content: what is refused for the stage of the case is not possible now,
// and whatever else an empty command lacks, a clerk can still fill in.
std::vector<PathNow> paths_now(const CaseState& state) {
    static const Reference nothing_known;
    const Context context{"", "", Instant{}, Date{}, nothing_known, ""};
    const bool to_open = !opened(state);
    std::vector<PathNow> paths;
    for (const auto& candidate : commands()) {
        if (!takes(candidate, kind_of(state)) || candidate.rule.opens() != to_open) continue;
        auto* factory = google::protobuf::MessageFactory::generated_factory();
        const std::unique_ptr<google::protobuf::Message> empty(
            factory->GetPrototype(candidate.message)->New());
        const auto decided = decide_by_kind(state, *empty, context);
        PathNow path{candidate.rule.path(), std::nullopt};
        if (!decided && decided.error().reason == Reason::WrongState) path.refused = decided.error();
        paths.push_back(std::move(path));
    }
    return paths;
}

std::vector<std::string> possible_paths(const CaseState& state) {
    std::vector<std::string> possible;
    for (auto& path : paths_now(state))
        if (!path.refused) possible.push_back(std::move(path.path));
    return possible;
}

// ---- what is known of any case ----

const casework::Casework* work(const CaseState& state) {
    return std::visit(
        [](const auto& own) -> const casework::Casework* {
            if constexpr (CaseOfKind<std::remove_cvref_t<decltype(own)>>) return &own.work;
            return nullptr;
        },
        state);
}

bool disclosure_banned(const CaseState& state) {
    if (const auto* contact = std::get_if<contact::State>(&state)) return contact->disclosure_banned;
    const auto* shared = work(state);
    return shared != nullptr && shared->disclosure_banned;
}

CaseScope scope(const CaseState& state) {
    const auto* shared = work(state);
    if (shared != nullptr) return casework::scope(*shared);
    CaseScope none;
    none.kind = kind_of(state);
    return none;
}

std::string_view stage(const CaseState& state) {
    return std::visit(
        [](const auto& own) -> std::string_view {
            using Own = std::remove_cvref_t<decltype(own)>;
            if constexpr (CaseOfKind<Own>) return stage(own);
            if constexpr (std::same_as<Own, publication::State>) return publication::stage_text(own);
            if constexpr (std::same_as<Own, destruction::State>) return destruction::stage_text(own);
            return "stage.reference";
        },
        state);
}

std::string_view next_step(const CaseState& state) {
    return std::visit(
        [](const auto& own) -> std::string_view {
            if constexpr (CaseOfKind<std::remove_cvref_t<decltype(own)>>) return next_step(own);
            return "next.nothing";
        },
        state);
}

std::vector<DueItem> due_dates(const CaseState& state) {
    return std::visit(
        [](const auto& own) -> std::vector<DueItem> {
            if constexpr (CaseOfKind<std::remove_cvref_t<decltype(own)>>) return due_dates(own);
            return {};
        },
        state);
}

}  // namespace vastine::domain
