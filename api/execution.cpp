#include "api/execution.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>
#include <utility>

#include "api/diary_numbers.hpp"
#include "api/publications/editions.hpp"
#include "api/publications/unknown_figures.hpp"
#include "domain/identifiers/uuid.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/check.hpp"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/destruction.pb.h"
#include "domain/schema/publication.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/request.pb.h"
#include "projections/case_index.hpp"
#include "projections/totals.hpp"

namespace vastine::api {

namespace {

using domain::Reason;
using domain::reject;
using domain::Result;
using google::protobuf::Message;

// What tells a retry from a reuse of the command id: everything the caller asked for, in one form.
std::string canonical(const CommandRequest& request) {
    std::string bytes = Kind_Name(request.kind) + '\n' + request.case_id + '\n' + request.path + '\n' +
                        request.command->GetTypeName() + '\n';
    google::protobuf::io::StringOutputStream target(&bytes);
    {
        google::protobuf::io::CodedOutputStream coded(&target);
        coded.SetSerializationDeterministic(true);
        request.command->SerializeToCodedStream(&coded);
    }
    return bytes;
}

const Message* sub_message(const Message& message, const std::string& name) {
    const auto* field = message.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated() || field->message_type() == nullptr) return nullptr;
    if (!message.GetReflection()->HasField(message, field)) return nullptr;
    return &message.GetReflection()->GetMessage(message, field);
}

std::string string_field(const Message& message, const std::string& name) {
    const auto* field = message.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated() ||
        field->type() != google::protobuf::FieldDescriptor::TYPE_STRING) {
        return {};
    }
    return message.GetReflection()->GetString(message, field);
}

// The part of a command, or of an event's `given`, that names the case: its opening, or the contact.
const Message* naming_part(const Message& command) {
    if (command.GetDescriptor() == LogContact::descriptor()) return &command;
    if (const Message* opening = sub_message(command, "opening")) return opening;
    return sub_message(command, "contact");
}

struct Names {
    std::string diary_number;
    std::string external_id;
};
// The names an event gives its case, or nothing when it gives none.
std::optional<Names> names_in(const Message& event) {
    const Message* given = sub_message(event, "given");
    const Message* part = given == nullptr ? nullptr : naming_part(*given);
    if (part == nullptr) return std::nullopt;
    return Names{string_field(*part, "diary_number"), string_field(*part, "external_id")};
}

// A correction replaces the opening as a whole; names it leaves out are kept, not given up.
void keep_names(Message& command, const Names& names) {
    const Message* part = naming_part(command);
    if (part == nullptr) return;
    // naming_part returns a part of `command`, which this function may change.
    auto& mutable_part = const_cast<Message&>(*part);
    const auto keep = [&](const char* name, const std::string& value) {
        const auto* field = part->GetDescriptor()->FindFieldByName(name);
        if (!value.empty() && part->GetReflection()->GetString(*part, field).empty()) {
            part->GetReflection()->SetString(&mutable_part, field, value);
        }
    };
    keep("diary_number", names.diary_number);
    keep("external_id", names.external_id);
}

// Fields that point at another case: which command, which field, and what kinds may stand there.
struct CaseReference {
    std::string field;
    std::string case_id;
    std::vector<Kind> kinds;
    std::string matter_id;  // where one of its matters is meant
};
std::vector<CaseReference> case_references(const Message& command, Kind kind) {
    std::vector<CaseReference> all;
    const auto add = [&](std::string field, const std::string& id, std::vector<Kind> kinds,
                         std::string matter_id = {}) {
        if (!id.empty()) all.push_back({std::move(field), id, std::move(kinds), std::move(matter_id)});
    };
    const auto* type = command.GetDescriptor();
    if (type == Merge::descriptor()) {
        add("into", static_cast<const Merge&>(command).into(), {kind});
    } else if (type == Link::descriptor()) {
        add("other", static_cast<const Link&>(command).other(), {REMINDER, COMPLAINT, AUTHORITY_REQUEST});
    } else if (type == ReceiveRequest::descriptor() || type == CorrectRequest::descriptor()) {
        add("complaint_id", string_field(command, "complaint_id"), {COMPLAINT});
        add("supplements", string_field(command, "supplements"), {AUTHORITY_REQUEST});
    } else if (type == LogContact::descriptor() || type == CorrectContact::descriptor()) {
        const bool correction = type == CorrectContact::descriptor();
        const auto& contact = correction ? static_cast<const CorrectContact&>(command).contact()
                                         : static_cast<const LogContact&>(command);
        for (int i = 0; i < contact.follows_up_size(); ++i) {
            add((correction ? "contact.follows_up[" : "follows_up[") + std::to_string(i) + "].contact_id",
                contact.follows_up(i).contact_id(), {CONTACT}, contact.follows_up(i).matter_id());
        }
    } else if (type == ReleaseLogExtract::descriptor()) {
        const auto& release = static_cast<const ReleaseLogExtract&>(command);
        const auto legal = {REMINDER, COMPLAINT, AUTHORITY_REQUEST};
        for (int i = 0; i < release.other_cases_size(); ++i)
            add("other_cases[" + std::to_string(i) + "]", release.other_cases(i),
                kind == CONTACT ? std::vector<Kind>{CONTACT} : std::vector<Kind>(legal));
    }
    return all;
}

// Whose key seals the stream: of a case it follows from its kind, of a publication or a destruction list from
// what it is of.
store::KeyArea key_area_of(Kind kind, const domain::CaseState& state) {
    auto area = domain::area_of(kind);
    if (const auto* publication = std::get_if<domain::publication::State>(&state))
        area = domain::publication::area(*publication);
    if (const auto* list = std::get_if<domain::destruction::State>(&state)) area = list->area;
    return area ? key_area(*area) : store::KeyArea::Reference;
}

std::string area_name(Kind kind) {
    return domain::area_of(kind) == domain::Area::Ombudsman ? "ombudsman" : "legal";
}

// Of a command about one proposal its addressee is asked about that one.
Result<std::monostate> may_command(const CommandRequest& request, const CommandRule& rule,
                                   const domain::publication::State& publication,
                                   const domain::Reference& reference) {
    if (publication.stage == domain::publication::Stage::None) {
        return reject(Reason::NotFound, "access.no_such_publication");
    }
    const auto proposal = string_field(*request.command, "proposal_id");
    const auto scope = proposal.empty() ? domain::publication::scope(publication)
                                        : domain::publication::scope(publication, proposal);
    return domain::may_command(request.viewer, rule, scope, reference);
}

std::string claim_key(const store::Claim& claim) {
    return claim.scope + '\n' + claim.value;
}

// One list for an area and a year, unless it was given up.
const std::string list_scope = "destruction";
std::string list_name(const domain::destruction::State& list) {
    return (list.area == domain::Area::Ombudsman ? "ombudsman:" : "legal:") + std::to_string(list.year);
}

domain::Rejection name_taken(const store::Claim& claim) {
    if (claim.scope == list_scope) return {Reason::Conflict, "destruction.year_has_a_list", {}, "year"};
    const bool diary = claim.scope.starts_with("diary:");
    return {Reason::Conflict, diary ? "execution.diary_number_taken" : "execution.external_id_taken", {}, {}};
}

// A command that has been decided and waits for its append.
struct Prepared {
    store::StreamId stream;
    store::Version expected;
    store::KeyArea area;
    std::vector<std::unique_ptr<Message>> events;
    std::vector<store::Claim> claims;
    std::vector<store::Claim> releases;
    std::string case_id;
    std::string request;
    bool fresh_id = false;
    bool number_allocated = false;
    bool retry = false;  // its command id stands in the stream already: the store answers for it
};

}  // namespace

std::string new_uuid() {
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return domain::uuid_of(bytes, domain::UuidVersion::Random);
}

struct Execution::Inside {
    store::Store& store;
    projections::ReadModel& model;
    std::function<store::Instant()> now;
    DiaryNumbers numbers;

    // A stream folded in memory. In a batch, what the batch itself adds is folded on top.
    struct Loaded {
        explicit Loaded(Kind kind) : state(domain::initial(kind)) {}
        domain::CaseState state;
        store::Version stored;   // as the store has it
        store::Version version;  // with what the batch has added
        store::Position last;
        bool key_gone = false;
        Names names;
        std::unique_ptr<Message> first_of_retry;
        store::Version before_retry;
    };
    // What one append needs to know beyond a single command.
    struct Batch {
        // Of several commands in one append, one that is refused must be found before: the store takes
        // all or none. A single one is left to the store, which knows a retry before it looks at names.
        bool several = false;
        std::unordered_map<std::string, Loaded> streams;
        std::set<std::string> claimed;
        domain::Reference reference;  // with what the batch itself has changed
    };

    Inside(store::Store& store_, projections::ReadModel& model_, std::function<store::Instant()> now_)
        : store(store_), model(model_), now(std::move(now_)), numbers(store_.events()) {}

    [[nodiscard]] Loaded load(Kind kind, const store::StreamId& stream, const CommandRequest& request) const {
        Loaded loaded(kind);
        store.events().read_stream(stream, {}, [&](const store::Record& record) {
            auto opened = store.events().open(record, store::Depth::Everything);
            if (record.command_id == request.command_id && record.actor == request.viewer.user_id) {
                loaded.before_retry = loaded.stored;
                loaded.first_of_retry = std::move(opened.event);
                return false;
            }
            loaded.key_gone = loaded.key_gone || opened.key_gone;
            domain::evolve(loaded.state, *opened.event,
                           {record.position.value, record.actor, record.recorded_at});
            if (auto names = names_in(*opened.event)) loaded.names = std::move(*names);
            loaded.stored = record.version;
            loaded.last = record.position;
            return true;
        });
        loaded.version = loaded.stored;
        return loaded;
    }

    [[nodiscard]] Result<std::monostate> authorise(const CommandRequest& request, const CommandRule& rule,
                                                   bool opening, const domain::CaseState& state,
                                                   const domain::Reference& reference) const;
    [[nodiscard]] Result<std::monostate> check_references(const CommandRequest& request,
                                                          const domain::Reference& reference) const;
    // The decider of a case sees no other; whether the other has such a matter is in its own stream.
    [[nodiscard]] bool has_matter(Kind kind, const CaseReference& of) const {
        const store::StreamId stream{std::string(domain::entry(kind).stream_prefix) + "-" + of.case_id};
        const auto other = load(kind, stream, {});
        const auto* work = domain::work(other.state);
        return work != nullptr && domain::casework::has_matter(*work, of.matter_id);
    }
    [[nodiscard]] Result<Prepared> prepare(CommandRequest& request, Batch& batch);
    [[nodiscard]] Result<domain::Events> decide(const CommandRequest& request, const Loaded& loaded,
                                                const domain::Context& context) const;
    [[nodiscard]] Result<std::monostate> take_claims(const CommandRequest& request, Prepared& prepared,
                                                     Loaded& loaded, Batch& batch) const;
    [[nodiscard]] bool held_by_another(const store::Claim& claim) const {
        const auto holder = store.events().find(claim.scope, claim.value);
        return holder && *holder != claim.stream;
    }
    [[nodiscard]] CommandAnswer rebuilt(const store::Appended& appended) const;
    [[nodiscard]] std::vector<std::pair<store::StreamId, store::Position>> streams_written(
        const store::Appended& appended) const;
};

Result<std::monostate> Execution::Inside::authorise(const CommandRequest& request, const CommandRule& rule,
                                                    bool opening, const domain::CaseState& state,
                                                    const domain::Reference& reference) const {
    if (opening) return domain::may_open(request.viewer, rule, request.kind);
    if (const auto* publication = std::get_if<domain::publication::State>(&state)) {
        return may_command(request, rule, *publication, reference);
    }
    if (const auto* list = std::get_if<domain::destruction::State>(&state)) {
        if (list->stage == domain::destruction::Stage::None)
            return reject(Reason::NotFound, "access.no_such_destruction_list");
        return domain::may_command(request.viewer, rule, domain::destruction::scope(*list));
    }
    if (request.kind == REFERENCE) {
        return domain::may_command(request.viewer, rule, request.kind, {}, reference);
    }
    const auto scope =
        model.read([&](const projections::Views& views) { return views.cases->scope(request.case_id); });
    if (!scope || scope->kind != request.kind) return reject(Reason::NotFound, "access.no_such_case");
    if (domain::sight(request.viewer, *scope, reference) != domain::Sight::Content &&
        !scope->disqualified.contains(request.viewer.user_id)) {
        return reject(Reason::NotFound, "access.no_such_case");
    }
    return domain::may_command(request.viewer, rule, request.kind, *scope, reference);
}

Result<std::monostate> Execution::Inside::check_references(const CommandRequest& request,
                                                           const domain::Reference& reference) const {
    for (const auto& other : case_references(*request.command, request.kind)) {
        const auto scope =
            model.read([&](const projections::Views& views) { return views.cases->scope(other.case_id); });
        const bool fits = scope && std::ranges::find(other.kinds, scope->kind) != other.kinds.end() &&
                          domain::sight(request.viewer, *scope, reference) == domain::Sight::Content;
        if (!fits) return reject(Reason::Invalid, "execution.no_such_other_case", {}, other.field);
        if (other.case_id == request.case_id) {
            return reject(Reason::Invalid, "execution.other_is_itself", {}, other.field);
        }
        // What is merged is answered with the other case: into one that has ended, it would be lost.
        const bool lost = request.command->GetDescriptor() == Merge::descriptor() &&
                          model.read([&](const projections::Views& views) {
                              return views.cases->entry(*views.cases->row_of(other.case_id)).ended;
                          });
        if (lost) return reject(Reason::Invalid, "execution.merged_into_an_ended_case", {}, other.field);
        if (!other.matter_id.empty() && !has_matter(scope->kind, other)) {
            auto field = other.field.substr(0, other.field.rfind('.')) + ".matter_id";
            return reject(Reason::Invalid, "contact.unknown_matter", {}, std::move(field));
        }
    }
    return std::monostate{};
}

Result<domain::Events> Execution::Inside::decide(const CommandRequest& request, const Loaded& loaded,
                                                 const domain::Context& context) const {
    // What comes from the figures is not for a decider to know: it sees no projection.
    if (request.command->GetDescriptor() == SignPublication::descriptor()) {
        auto decided = domain::decide(loaded.state, *request.command, context);
        if (!decided) return decided;
        auto unknown = unknown_figures(Editions(store, model), model, request.case_id, context.today);
        if (!unknown.empty()) return tl::unexpected(together(std::move(unknown)));
        return decided;
    }
    if (request.command->GetDescriptor() != ReleaseTotals::descriptor()) {
        return domain::decide(loaded.state, *request.command, context);
    }
    const auto& release = static_cast<const ReleaseTotals&>(*request.command);
    if (auto checked = domain::check_fields(release, context.reference, context.today); !checked) {
        return tl::unexpected(checked.error());
    }
    const auto area = release.area() == "ombudsman" ? domain::Area::Ombudsman : domain::Area::Legal;
    if (!domain::works_in(request.viewer, area)) return reject(Reason::Forbidden, "execution.other_area");
    auto counted = model.read(
        [&](const projections::Views& views) { return projections::totals(views, release, context.today); });
    return domain::reference_data::totals_released(
        release,
        {std::make_move_iterator(counted.mutable_totals()->begin()),
         std::make_move_iterator(counted.mutable_totals()->end())},
        {counted.position(), context.today, counted.code_version()});
}

Result<std::monostate> Execution::Inside::take_claims(const CommandRequest& request, Prepared& prepared,
                                                      Loaded& loaded, Batch& batch) const {
    const std::string diary_scope = "diary:" + area_name(request.kind);
    const std::string external_scope = "external:" + std::string(domain::entry(request.kind).stream_prefix);
    if (const auto* list = std::get_if<domain::destruction::State>(&loaded.state)) {
        for (const auto& event : prepared.events) {
            domain::destruction::State after = *list;
            domain::destruction::evolve(after, *event);
            const store::Claim claim{list_scope, list_name(after), prepared.stream};
            if (event->GetDescriptor() == DestructionListOpened::descriptor())
                prepared.claims.push_back(claim);
            if (event->GetDescriptor() == DestructionListAbandoned::descriptor())
                prepared.releases.push_back(claim);
        }
    }
    for (const auto& event : prepared.events) {
        auto names = names_in(*event);
        if (!names) continue;
        const auto change = [&](const std::string& scope, const std::string& was, const std::string& is) {
            if (was == is) return;
            if (!was.empty()) prepared.releases.push_back({scope, was, prepared.stream});
            if (!is.empty()) prepared.claims.push_back({scope, is, prepared.stream});
        };
        change(diary_scope, loaded.names.diary_number, names->diary_number);
        change(external_scope, loaded.names.external_id, names->external_id);
        loaded.names = std::move(*names);
    }
    if (!batch.several) return std::monostate{};
    for (const auto& claim : prepared.claims) {
        // An allocated number was looked up when it was given.
        const bool free = prepared.number_allocated && claim.scope == diary_scope;
        if (batch.claimed.contains(claim_key(claim)) || (!free && held_by_another(claim))) {
            return tl::unexpected(name_taken(claim));
        }
    }
    return std::monostate{};
}

Result<Prepared> Execution::Inside::prepare(CommandRequest& request, Batch& batch) {
    const auto* entry = domain::command(request.kind, request.path);
    if (entry == nullptr || request.command == nullptr ||
        request.command->GetDescriptor() != entry->message) {
        return reject(Reason::NotFound, "execution.unknown_command");
    }
    if (!domain::is_uuid(request.command_id)) return reject(Reason::Invalid, "execution.command_id_missing");

    Prepared prepared;
    prepared.request = canonical(request);

    if (request.kind == REFERENCE) {
        const auto stream = domain::reference_data::stream_of(*entry->message);
        if (!request.case_id.empty() && request.case_id != stream && request.case_id != request.path) {
            return reject(Reason::NotFound, "execution.unknown_command");
        }
        request.case_id = stream;
    }
    const bool opening = entry->rule.opens() &&
                         (request.case_id.empty() || request.expected.value_or(store::Version{}).value == 0);
    if (entry->rule.opens() && !opening && request.path.empty()) {
        return reject(Reason::Conflict, "execution.opened_already");
    }
    if (!opening && request.kind != REFERENCE && !request.expected) {
        return reject(Reason::Invalid, "execution.version_missing");
    }
    prepared.fresh_id = request.case_id.empty();
    if (prepared.fresh_id) request.case_id = new_uuid();
    prepared.case_id = request.case_id;
    prepared.stream = {std::string(domain::entry(request.kind).stream_prefix) + "-" + request.case_id};

    // Nobody can name a case again that gets its id only now: it need not be kept.
    std::optional<Loaded> fresh;
    if (prepared.fresh_id) {
        fresh.emplace(request.kind);
    } else if (!batch.streams.contains(prepared.stream.value)) {
        batch.streams.emplace(prepared.stream.value, load(request.kind, prepared.stream, request));
    }
    auto& loaded = fresh ? *fresh : batch.streams.at(prepared.stream.value);
    const auto& reference = batch.reference;

    // The file comes first and is named after: a name of nothing would be a promise nobody can keep.
    if (const auto* document = dynamic_cast<const EnterDocument*>(request.command.get());
        document != nullptr && document->has_attachment() &&
        !store.blobs().has(prepared.stream, document->attachment().sealed_sha256())) {
        return reject(Reason::Invalid, "attachments.not_stored", {}, "attachment");
    }

    // A case that this batch opens is in no projection yet; who may open it may go on with it.
    const bool opened_here = !opening && loaded.stored.value == 0 && loaded.version.value > 0;
    if (!opening && !opened_here) model.catch_up(loaded.last);
    if (auto may = authorise(request, entry->rule, opening || opened_here, loaded.state, reference); !may) {
        return tl::unexpected(may.error());
    }
    if (loaded.first_of_retry != nullptr) {
        prepared.retry = true;
        prepared.expected = loaded.before_retry;
        prepared.events.push_back(std::move(loaded.first_of_retry));
        prepared.area = key_area_of(request.kind, loaded.state);
        batch.streams.erase(prepared.stream.value);
        return prepared;
    }
    if (loaded.key_gone) return reject(Reason::WrongState, "execution.key_destroyed");
    if (opening && loaded.version.value != 0) return reject(Reason::Conflict, "execution.opened_already");
    if (request.expected && *request.expected != loaded.version) {
        return reject(Reason::Stale, "execution.stale", {{"version", std::to_string(loaded.version.value)}});
    }
    if (auto known = check_references(request, reference); !known) return tl::unexpected(known.error());

    if (!opening) keep_names(*request.command, loaded.names);
    if (auto* user = dynamic_cast<SetUser*>(request.command.get());
        user != nullptr && user->user_id().empty()) {
        user->set_user_id(new_uuid());
    }
    const auto at = now();
    domain::Context context{request.viewer.user_id,    request.case_id, at,
                            domain::helsinki_date(at), reference,       {}};
    const Message* part = naming_part(*request.command);
    if (opening && part != nullptr && string_field(*part, "diary_number").empty()) {
        const auto* import = dynamic_cast<const ImportCase*>(request.command.get());
        const auto arrived =
            import == nullptr ? std::nullopt : domain::parse_date(import->opening().arrived_on());
        context.next_diary_number =
            numbers.next(area_name(request.kind), domain::year_of(arrived.value_or(context.today)));
        prepared.number_allocated = true;
    }
    auto decided = decide(request, loaded, context);
    if (!decided) {
        if (prepared.number_allocated) {
            numbers.give_back(area_name(request.kind), context.next_diary_number);
        }
        return tl::unexpected(decided.error());
    }
    prepared.expected = loaded.version;
    prepared.events = decided->release();
    if (auto taken = take_claims(request, prepared, loaded, batch); !taken) {
        batch.streams.erase(prepared.stream.value);
        return tl::unexpected(taken.error());
    }
    if (!fresh || request.kind == PUBLICATION || request.kind == DESTRUCTION) {
        for (const auto& event : prepared.events) {
            domain::evolve(loaded.state, *event, {0, request.viewer.user_id, at});
            if (request.kind == REFERENCE) batch.reference.apply(*event);
        }
        loaded.version.value += prepared.events.size();
    }
    prepared.area = key_area_of(request.kind, loaded.state);
    for (const auto& claim : prepared.claims) batch.claimed.insert(claim_key(claim));
    return prepared;
}

CommandAnswer Execution::Inside::rebuilt(const store::Appended& appended) const {
    CommandAnswer answer;
    store.events().read_log({appended.first.value - 1}, appended.last, [&](const store::Record& record) {
        answer.case_id = record.stream.value.substr(record.stream.category().size() + 1);
        answer.version = record.version;
        answer.position = record.position;
        return true;
    });
    answer.repeated = appended.repeated;
    return answer;
}

// Each stream of an append, with the position of its last event.
std::vector<std::pair<store::StreamId, store::Position>> Execution::Inside::streams_written(
    const store::Appended& appended) const {
    std::vector<std::pair<store::StreamId, store::Position>> written;
    std::unordered_map<std::string, std::size_t> places;
    store.events().read_log({appended.first.value - 1}, appended.last, [&](const store::Record& record) {
        const auto [place, fresh] = places.emplace(record.stream.value, written.size());
        if (fresh) written.emplace_back(record.stream, record.position);
        written[place->second].second = record.position;
        return true;
    });
    return written;
}

namespace {

domain::Rejection rejection_of(const store::Refused& refused) {
    switch (refused.refusal) {
        case store::Refusal::StaleVersion:
            return {
                Reason::Stale, "execution.stale", {{"version", std::to_string(refused.actual.value)}}, {}};
        case store::Refusal::CommandReused:
            return {Reason::CommandReused, "execution.command_reused", {}, {}};
        case store::Refusal::ClaimTaken:
            return {Reason::Conflict, "execution.external_id_taken", {}, {}};
        case store::Refusal::KeyDestroyed:
            return {Reason::WrongState, "execution.key_destroyed", {}, {}};
    }
    assert(false);
    return {};
}

// Copies, since a refused append may have to be made once more.
std::unique_ptr<Message> copy_of(const Message& message) {
    std::unique_ptr<Message> copy(message.New());
    copy->CopyFrom(message);
    return copy;
}

}  // namespace

Execution::Execution(store::Store& store, projections::ReadModel& model, std::function<store::Instant()> now)
    : inside_(std::make_unique<Inside>(store, model, std::move(now))) {}
Execution::~Execution() = default;

domain::Reference Execution::reference() const {
    return inside_->model.read([](const projections::Views& views) { return views.reference; });
}
store::Instant Execution::now() const {
    return inside_->now();
}

Result<CommandAnswer> Execution::execute(CommandRequest request) {
    // Another's allocated number or another's change to reference data may come between: then the
    // decision is made again on what is there now. Every round means that somebody else went ahead.
    constexpr int rounds_max = 20;
    for (int round = 1;; ++round) {
        CommandRequest attempt;
        attempt.viewer = request.viewer;
        attempt.kind = request.kind;
        attempt.case_id = request.case_id;
        attempt.path = request.path;
        attempt.command = request.command == nullptr ? nullptr : copy_of(*request.command);
        attempt.expected = request.expected;
        attempt.command_id = request.command_id;
        Inside::Batch alone;
        alone.reference = reference();
        auto prepared = inside_->prepare(attempt, alone);
        if (!prepared) return tl::unexpected(prepared.error());

        store::Append append{
            request.viewer.user_id, request.command_id,           std::move(prepared->request), {},
            prepared->claims,       std::move(prepared->releases)};
        append.streams.push_back(
            {prepared->stream, prepared->expected, prepared->area, std::move(prepared->events)});
        auto appended = inside_->store.events().append(std::move(append));
        if (appended) {
            inside_->model.catch_up(appended->last);
            return inside_->rebuilt(*appended);
        }
        const auto refusal = appended.error().refusal;
        if (refusal == store::Refusal::StaleVersion && !request.expected && round < rounds_max) continue;
        if (refusal == store::Refusal::ClaimTaken) {
            const auto taken = std::ranges::find_if(
                prepared->claims, [&](const store::Claim& claim) { return inside_->held_by_another(claim); });
            const bool ours = prepared->number_allocated && taken != prepared->claims.end() &&
                              taken->scope.starts_with("diary:");
            if (ours && round < rounds_max) continue;
            if (taken != prepared->claims.end()) return tl::unexpected(name_taken(*taken));
        }
        return tl::unexpected(rejection_of(appended.error()));
    }
}

std::vector<Result<CommandAnswer>> Execution::execute_batch(std::vector<CommandRequest> requests) {
    std::vector<Result<CommandAnswer>> answers;
    answers.reserve(requests.size());
    Inside::Batch batch;
    batch.several = true;
    batch.reference = reference();
    std::vector<std::pair<std::size_t, Prepared>> accepted;
    std::string batch_request;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        auto prepared = inside_->prepare(requests[i], batch);
        if (!prepared) {
            answers.emplace_back(tl::unexpected(prepared.error()));
            continue;
        }
        batch_request += requests[i].command_id + '\n' + prepared->request + '\n';
        answers.emplace_back(CommandAnswer{prepared->case_id, {}, {}, false});
        accepted.emplace_back(i, std::move(*prepared));
    }
    if (accepted.empty()) return answers;

    // One append has one command id: the first one's. What it stands for is the whole batch.
    store::Append append{requests[accepted.front().first].viewer.user_id,
                         requests[accepted.front().first].command_id,
                         std::move(batch_request),
                         {},
                         {},
                         {}};
    std::unordered_map<std::string, std::size_t> stream_places;
    for (auto& [index, prepared] : accepted) {
        const auto [place, fresh] = stream_places.emplace(prepared.stream.value, append.streams.size());
        if (fresh) append.streams.push_back({prepared.stream, prepared.expected, prepared.area, {}});
        auto& events = append.streams[place->second].events;
        answers[index]->version = {prepared.expected.value + prepared.events.size()};
        std::ranges::move(prepared.events, std::back_inserter(events));
        std::ranges::move(prepared.claims, std::back_inserter(append.claims));
        std::ranges::move(prepared.releases, std::back_inserter(append.releases));
    }
    std::vector<store::StreamId> streams;
    std::vector<std::size_t> event_counts;
    for (const auto& added : append.streams) {
        streams.push_back(added.stream);
        event_counts.push_back(added.events.size());
    }
    auto appended = inside_->store.events().append(std::move(append));
    if (!appended) {
        // Somebody else went ahead of one of them, and one append is all or nothing: singly, then.
        for (const auto& [index, prepared] : accepted) {
            if (prepared.fresh_id) requests[index].case_id.clear();
            answers[index] = execute(std::move(requests[index]));
        }
        return answers;
    }
    inside_->model.catch_up(appended->last);
    std::vector<std::pair<store::StreamId, store::Position>> written;
    if (appended->repeated) {
        // It was given new case ids above; the true ones stand in the log, in the same order.
        written = inside_->streams_written(*appended);
    } else {
        store::Position last{appended->first.value - 1};
        for (std::size_t place = 0; place < streams.size(); ++place) {
            last.value += event_counts[place];
            written.emplace_back(std::move(streams[place]), last);
        }
    }
    for (const auto& [index, prepared] : accepted) {
        const auto& [stream, position] = written.at(stream_places.at(prepared.stream.value));
        answers[index]->case_id = stream.value.substr(stream.category().size() + 1);
        answers[index]->position = position;
        answers[index]->repeated = appended->repeated;
    }
    return answers;
}

}  // namespace vastine::api
