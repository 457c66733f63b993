#include "domain/publications/publication.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <variant>

#include "domain/cases/casework.hpp"
#include "domain/cases/dispatch.hpp"
#include "domain/cases/refusals.hpp"
#include "domain/identifiers/identifiers.hpp"
#include "domain/publications/path.hpp"

namespace vastine::domain::publication {

namespace {

constexpr std::uint32_t usual_threshold = 5;
constexpr std::uint32_t threshold_min = 2;  // a cell of one is one person
constexpr std::uint32_t threshold_max = 1000;
constexpr int months_max = 12;
constexpr std::array<std::string_view, 3> languages_there_are{"fi", "sv", "en"};

// ---- the stages, each with what it says to whatever it does not take ----

namespace at {
struct Unopened {
    static constexpr std::string_view refusal = "publication.not_opened";
};
struct Drafting {
    static constexpr std::string_view refusal = "publication.not_signed";
};
struct Signed {
    static constexpr std::string_view refusal = "publication.is_signed";
};
struct Published {
    static constexpr std::string_view refusal = "publication.is_published";
};
struct Abandoned {
    static constexpr std::string_view refusal = "publication.is_abandoned";
};
}  // namespace at

using AnyStage = std::variant<at::Unopened, at::Drafting, at::Signed, at::Published, at::Abandoned>;
AnyStage stage_of(const State& state) {
    switch (state.stage) {
        case Stage::None:
            return at::Unopened{};
        case Stage::Draft:
            return at::Drafting{};
        case Stage::Signed:
            return at::Signed{};
        case Stage::Published:
            return at::Published{};
        case Stage::Abandoned:
            return at::Abandoned{};
    }
    return at::Abandoned{};
}

template <class Stage>
concept OnItsWay = std::same_as<Stage, at::Signed> || std::same_as<Stage, at::Published>;
template <class Stage>
concept Living = OnItsWay<Stage> || std::same_as<Stage, at::Drafting>;

// ---- words ----

const std::string& words_in(const Words& words, std::string_view language) {
    return language == "sv" ? words.sv() : language == "en" ? words.en() : words.fi();
}

bool published_in(const State& state, std::string_view language) {
    const auto& languages = state.opened.languages();
    return std::ranges::find(languages, language) != languages.end();
}

std::string_view found_in_text(Identifier identifier) {
    switch (identifier) {
        case Identifier::IdentityCode:
            return "publication.holds_identity_code";
        case Identifier::Phone:
            return "publication.holds_phone";
        case Identifier::Email:
            return "publication.holds_email";
        case Identifier::Address:
            return "publication.holds_address";
    }
    return "publication.holds_identity_code";
}

// What is published names nobody: unlike in a contact's note, there is no meaning it.
void check_names_nobody(Refusals& refusals, const std::string& text, const std::string& field) {
    for (const auto identifier : identifiers_in(text))
        refusals.invalid(std::string(found_in_text(identifier)), field);
}

void check_words(Refusals& refusals, const State& state, const Words& words, const std::string& field) {
    for (const auto language : languages_there_are) {
        const auto& text = words_in(words, language);
        if (text.empty()) continue;
        const auto path = field + "." + std::string(language);
        if (!published_in(state, language)) refusals.invalid("publication.not_its_language", path);
        check_names_nobody(refusals, text, path);
    }
}

bool empty(const Words& words) {
    return words.fi().empty() && words.sv().empty() && words.en().empty();
}

Permitted words_fit(const State& state, const Words& words, const std::string& field) {
    if (empty(words)) return reject(Reason::Invalid, "publication.words_missing", {}, field);
    Refusals refusals;
    check_words(refusals, state, words, field);
    return refusals.result();
}

// ---- opening ----

std::optional<std::chrono::year_month> parse_month(const std::string& text) {
    const auto first = parse_date(text + "-01");
    if (!first) return std::nullopt;
    const std::chrono::year_month_day day(*first);
    return day.year() / day.month();
}

Permitted period_holds(const OpenPublication& command, const Path& path, Date today) {
    const auto first = parse_month(command.first_month());
    const auto last = parse_month(command.last_month());
    if (!first) return reject(Reason::Invalid, "publication.not_a_month", {}, "first_month");
    if (!last) return reject(Reason::Invalid, "publication.not_a_month", {}, "last_month");
    if (*last < *first) return reject(Reason::Invalid, "publication.period_backwards", {}, "last_month");
    if ((*last - *first).count() >= months_max)
        return reject(Reason::Invalid, "publication.period_too_long", {{"max", std::to_string(months_max)}},
                      "last_month");
    if (path.within_a_year && first->year() != last->year())
        return reject(Reason::Invalid, "publication.within_a_year", {}, "last_month");
    if (std::chrono::sys_days(*first / 1) > today)
        return reject(Reason::Invalid, "publication.period_not_begun", {}, "first_month");
    return permitted();
}

std::string_view code_of(Area area) {
    return area == Area::Ombudsman ? "ombudsman" : "legal";
}
Area area_named(std::string_view code) {
    return code == code_of(Area::Legal) ? Area::Legal : Area::Ombudsman;
}

// Whose figures: what the kind says, or the one who opens it.
Result<Area> area_given(const OpenPublication& command, const Path& path) {
    const auto& given = command.area();
    if (path.area) {
        if (!given.empty() && given != code_of(*path.area))
            return reject(Reason::Invalid, "publication.area_follows_from_kind", {}, "area");
        return *path.area;
    }
    if (given.empty()) return reject(Reason::Invalid, "publication.area_missing", {}, "area");
    return area_named(given);
}

// Somebody who works on the data folder itself is no user, and writes in both areas.
Permitted is_of(Area area, const Context& context) {
    const auto* user = context.reference.user(context.actor);
    if (user != nullptr && !writes_in(viewer_of(*user), area))
        return reject(Reason::Forbidden, "access.other_area");
    return permitted();
}

Result<Events> rule(const at::Unopened&, const OpenPublication& command, const State&,
                    const Context& context) {
    const auto* path = path_of(command.publication_kind());
    if (path == nullptr) return reject(Reason::Invalid, "publication.kind_unknown", {}, "publication_kind");
    const auto area = area_given(command, *path);
    if (!area) return tl::unexpected(area.error());
    if (auto of = is_of(*area, context); !of) return tl::unexpected(of.error());
    if (auto period = period_holds(command, *path, context.today); !period)
        return tl::unexpected(period.error());
    const auto threshold = command.threshold() == 0 ? usual_threshold : command.threshold();
    if (threshold < threshold_min || threshold > threshold_max)
        return reject(Reason::Invalid, "publication.threshold_out_of_range",
                      {{"min", std::to_string(threshold_min)}, {"max", std::to_string(threshold_max)}},
                      "threshold");
    auto opened = accepted<PublicationOpened>(command);
    auto& given = *opened.mutable_given();
    given.set_area(std::string(code_of(*area)));
    given.set_threshold(threshold);
    if (given.languages().empty()) {
        given.add_languages("fi");
        given.add_languages("sv");
    }
    return events(std::move(opened));
}
template <class Stage>
Result<Events> rule(const Stage&, const OpenPublication&, const State&, const Context&) {
    return reject(Reason::WrongState, "publication.opened_already");
}

// ---- texts ----

const std::vector<TextVersion>* versions_of(const State& state, std::string_view section,
                                            std::string_view language) {
    const auto found = state.texts.find({std::string(section), std::string(language)});
    return found == state.texts.end() || found->second.empty() ? nullptr : &found->second;
}

Result<Events> rule(const at::Drafting&, const WriteText& command, const State& state, const Context&) {
    if (!published_in(state, command.language()))
        return reject(Reason::Invalid, "publication.not_its_language", {}, "language");
    const auto* versions = versions_of(state, command.section(), command.language());
    const auto current = versions == nullptr ? 0 : versions->back().version;
    if (command.replaces() != current)
        return reject(Reason::Conflict, "publication.written_in_between",
                      {{"version", std::to_string(current)}}, "replaces");
    Refusals refusals;
    check_names_nobody(refusals, command.markdown(), "markdown");
    if (auto sound = refusals.result(); !sound) return tl::unexpected(sound.error());
    auto written = accepted<TextWritten>(command);
    written.set_version(current + 1);
    return events(std::move(written));
}

// ---- examples ----

// One of the things of a list that has an id and may be withdrawn; or why there is none to act on.
struct Missing {
    std::string_view none;       // nothing of the sort is there
    std::string_view unknown;    // no such id
    std::string_view withdrawn;  // it is out already
    std::string_view field;
};
constexpr Missing no_example{"publication.no_example", "publication.example_unknown",
                             "publication.example_withdrawn", "example_id"};
constexpr Missing no_proposal{"publication.no_proposal", "publication.proposal_unknown",
                              "publication.proposal_withdrawn", "proposal_id"};

template <class Thing>
Result<const Thing*> living(const std::vector<Thing>& things, const std::string& id, const Missing& says) {
    if (std::ranges::all_of(things, &Thing::withdrawn))
        return reject(Reason::WrongState, std::string(says.none));
    const auto found = std::ranges::find(things, id, &Thing::id);
    if (found == things.end())
        return reject(Reason::Invalid, std::string(says.unknown), {}, std::string(says.field));
    if (found->withdrawn)
        return reject(Reason::WrongState, std::string(says.withdrawn), {}, std::string(says.field));
    return &*found;
}

Result<Events> rule(const at::Drafting&, const ComposeExample& command, const State& state, const Context&) {
    if (auto fit = words_fit(state, command.text(), "text"); !fit) return tl::unexpected(fit.error());
    auto composed = accepted<ExampleComposed>(command);
    composed.set_example_id("e" + std::to_string(state.examples.size() + 1));
    return events(std::move(composed));
}

Result<Events> rule(const at::Drafting&, const ChangeExample& command, const State& state, const Context&) {
    const auto example = living(state.examples, command.example_id(), no_example);
    if (!example) return tl::unexpected(example.error());
    return accepted_when<ExampleChanged>(words_fit(state, command.text(), "text"), command);
}

Result<Events> rule(const at::Drafting&, const ConfirmExample& command, const State& state,
                    const Context& context) {
    const auto example = living(state.examples, command.example_id(), no_example);
    if (!example) return tl::unexpected(example.error());
    if (!(*example)->confirmed_by.empty())
        return reject(Reason::WrongState, "publication.example_confirmed_already", {}, "example_id");
    if ((*example)->authors.contains(context.actor))
        return reject(Reason::Forbidden, "publication.own_example", {}, "example_id");
    return events(accepted<ExampleConfirmed>(command));
}

Result<Events> rule(const at::Drafting&, const WithdrawExample& command, const State& state, const Context&) {
    const auto example = living(state.examples, command.example_id(), no_example);
    if (!example) return tl::unexpected(example.error());
    return events(accepted<ExampleWithdrawn>(command));
}

// ---- proposals ----

Permitted proposal_holds(const State& state, const AddProposal& proposal, const std::string& path) {
    if (auto fit = words_fit(state, proposal.text(), path + "text"); !fit) return fit;
    const bool unit = !proposal.addressee_unit().empty();
    const bool body = !proposal.addressee_body().empty();
    if (!unit && !body)
        return reject(Reason::Invalid, "publication.addressee_missing", {}, path + "addressee_unit");
    if (unit && body)
        return reject(Reason::Invalid, "publication.one_addressee", {}, path + "addressee_body");
    return permitted();
}

Result<Events> rule(const at::Drafting&, const AddProposal& command, const State& state, const Context&) {
    if (auto holds = proposal_holds(state, command, ""); !holds) return tl::unexpected(holds.error());
    auto added = accepted<ProposalAdded>(command);
    added.set_proposal_id("p" + std::to_string(state.proposals.size() + 1));
    return events(std::move(added));
}

// What was answered stays as it was answered: another proposal is a new one.
Result<Events> rule(const at::Drafting&, const ChangeProposal& command, const State& state, const Context&) {
    const auto proposal = living(state.proposals, command.proposal_id(), no_proposal);
    if (!proposal) return tl::unexpected(proposal.error());
    if (!(*proposal)->answer.empty())
        return reject(Reason::WrongState, "publication.proposal_answered", {}, "proposal_id");
    return accepted_when<ProposalChanged>(proposal_holds(state, command.proposal(), "proposal."), command);
}

Result<Events> rule(const at::Drafting&, const WithdrawProposal& command, const State& state,
                    const Context&) {
    const auto proposal = living(state.proposals, command.proposal_id(), no_proposal);
    if (!proposal) return tl::unexpected(proposal.error());
    return events(accepted<ProposalWithdrawn>(command));
}

// The addressee has it from the first signature on, also while a correction is written.
Permitted is_with_addressee(const State& state, const std::string& proposal_id) {
    if (signed_edition(state) == nullptr) return reject(Reason::WrongState, "publication.not_signed");
    if (std::ranges::none_of(state.proposals,
                             [&](const auto& each) { return addressed(state, each) != nullptr; }))
        return reject(Reason::WrongState, std::string(no_proposal.none));
    const auto* known = proposal(state, proposal_id);
    if (known == nullptr)
        return reject(Reason::Invalid, std::string(no_proposal.unknown), {}, std::string(no_proposal.field));
    if (addressed(state, *known) == nullptr)
        return reject(Reason::WrongState, "publication.proposal_not_sent", {},
                      std::string(no_proposal.field));
    return permitted();
}

template <Living Stage>
Result<Events> rule(const Stage&, const AnswerProposal& command, const State& state, const Context& context) {
    if (auto with = is_with_addressee(state, command.proposal_id()); !with)
        return tl::unexpected(with.error());
    Refusals refusals;
    check_words(refusals, state, command.measures(), "measures");
    if (auto sound = refusals.result(); !sound) return tl::unexpected(sound.error());
    auto answered = accepted<ProposalAnswered>(command);
    answered.set_answered_on(to_string(context.today));
    return events(std::move(answered));
}

template <Living Stage>
Result<Events> rule(const Stage&, const FollowUpProposal& command, const State& state,
                    const Context& context) {
    if (auto with = is_with_addressee(state, command.proposal_id()); !with)
        return tl::unexpected(with.error());
    Refusals refusals;
    check_words(refusals, state, command.what(), "what");
    if (auto sound = refusals.result(); !sound) return tl::unexpected(sound.error());
    auto followed_up = accepted<ProposalFollowedUp>(command);
    followed_up.set_followed_up_on(to_string(context.today));
    return events(std::move(followed_up));
}

// ---- signing ----

Permitted is_signer(const State& state, const Context& context) {
    const auto* user = context.reference.user(context.actor);
    const auto role = signer(area(state));
    if (user == nullptr || viewer_of(*user).roles.contains(role)) return permitted();
    return reject(Reason::Forbidden,
                  role == LAWYER ? "publication.a_lawyer_signs" : "publication.the_head_ombudsman_signs");
}

Result<Events> rule(const at::Drafting&, const SignPublication& command, const State& state,
                    const Context& context) {
    if (auto by = is_signer(state, context); !by) return tl::unexpected(by.error());
    auto lacking = missing(state, context.reference);
    if (!lacking.empty()) {
        Rejection first = lacking.front();
        first.more.assign(lacking.begin() + 1, lacking.end());
        return tl::unexpected(std::move(first));
    }
    auto event = accepted<PublicationSigned>(command);
    event.set_edition(current(state)->number);
    event.set_signed_on(to_string(context.today));
    return events(std::move(event));
}

Result<Events> rule(const at::Signed&, const WithdrawSignature& command, const State& state,
                    const Context& context) {
    return accepted_when<SignatureWithdrawn>(is_signer(state, context), command);
}

// ---- the steps of the boards ----

Permitted takes_step(const State& state, Need Path::*step) {
    const auto* path = path_of(state.opened.publication_kind());
    if (path == nullptr || path->*step == Need::None)
        return reject(Reason::WrongState, "publication.no_such_step");
    return permitted();
}

Permitted since_signature(const State& state, const Context& context, std::string_view field,
                          const std::string& day) {
    return Days(std::nullopt, context.today)
        .not_in_future(field, day)
        .not_before(field, day, parse_date(current(state)->signed_on), "publication.before_signature")
        .result();
}

template <OnItsWay Stage>
Result<Events> rule(const Stage&, const RecordStatement& command, const State& state,
                    const Context& context) {
    Refusals refusals;
    refusals.take(takes_step(state, &Path::statements));
    refusals.take(since_signature(state, context, "given_on", command.given_on()));
    check_names_nobody(refusals, command.text(), "text");
    return accepted_when<StatementRecorded>(refusals.result(), command);
}

template <OnItsWay Stage>
Result<Events> rule(const Stage&, const RecordNoting& command, const State& state, const Context& context) {
    Refusals refusals;
    refusals.take(takes_step(state, &Path::noting));
    refusals.take(since_signature(state, context, "noted_on", command.noted_on()));
    return accepted_when<NotingRecorded>(refusals.result(), command);
}

template <OnItsWay Stage>
Result<Events> rule(const Stage&, const RecordSending& command, const State& state, const Context& context) {
    Refusals refusals;
    refusals.take(takes_step(state, &Path::sending));
    refusals.take(since_signature(state, context, "sent_on", command.sent_on()));
    return accepted_when<SendingRecorded>(refusals.result(), command);
}

// Taken with the paper that is signed now: what was done with one whose signature was withdrawn does not
// count for another.
bool step_taken(const State& state, std::string_view what, std::uint32_t edition) {
    for (auto step = state.steps.rbegin(); step != state.steps.rend(); ++step) {
        if (step->edition != edition) continue;
        if (step->what == SignatureWithdrawn::descriptor()->name()) return false;
        if (step->what == what) return true;
    }
    return false;
}

Result<Events> rule(const at::Signed&, const Publish& command, const State& state, const Context& context) {
    const auto* path = path_of(state.opened.publication_kind());
    const auto edition = current(state)->number;
    Refusals refusals;
    if (path != nullptr && edition == 1) {
        const auto require = [&](Need need, const google::protobuf::Descriptor* step, const char* text) {
            if (need == Need::Required && !step_taken(state, step->name(), edition))
                refusals.add(Reason::WrongState, text, "");
        };
        require(path->noting, NotingRecorded::descriptor(), "publication.noting_required");
        require(path->sending, SendingRecorded::descriptor(), "publication.sending_required");
    }
    if (auto ready = refusals.result(); !ready) return tl::unexpected(ready.error());
    auto event = accepted<Published>(command);
    event.set_edition(edition);
    event.set_published_on(to_string(context.today));
    return events(std::move(event));
}

Result<Events> rule(const at::Signed&, const Announce&, const State&, const Context&) {
    return reject(Reason::WrongState, "publication.not_published");
}
Result<Events> rule(const at::Published&, const Announce& command, const State& state,
                    const Context& context) {
    return accepted_when<Announced>(
        Days(std::nullopt, context.today)
            .not_in_future("announced_on", command.announced_on())
            .not_before("announced_on", command.announced_on(), parse_date(current(state)->published_on),
                        "publication.before_publishing")
            .result(),
        command);
}

// ---- a correction, and the end of a draft ----

Result<Events> rule(const at::Signed&, const CorrectPublication&, const State&, const Context&) {
    return reject(Reason::WrongState, "publication.not_published");
}
Result<Events> rule(const at::Published&, const CorrectPublication& command, const State& state,
                    const Context&) {
    Refusals refusals;
    refusals.take(words_fit(state, command.what_changed(), "what_changed"));
    for (const auto& language : state.opened.languages()) {
        if (!empty(command.what_changed()) && words_in(command.what_changed(), language).empty())
            refusals.invalid("publication.words_in_every_language", "what_changed." + language);
    }
    if (auto sound = refusals.result(); !sound) return tl::unexpected(sound.error());
    auto opened = accepted<CorrectionOpened>(command);
    opened.set_edition(current(state)->number + 1);
    return events(std::move(opened));
}

Result<Events> rule(const at::Drafting&, const AbandonPublication& command, const State&, const Context&) {
    return events(accepted<PublicationAbandoned>(command));
}

// Every other pair is refused for the stage.
template <class Stage, class Command>
Result<Events> rule(const Stage&, const Command&, const State&, const Context&) {
    return reject(Reason::WrongState, std::string(Stage::refusal));
}

using Commands =
    MessageList<OpenPublication, WriteText, ComposeExample, ChangeExample, ConfirmExample, WithdrawExample,
                AddProposal, ChangeProposal, WithdrawProposal, AnswerProposal, FollowUpProposal,
                SignPublication, WithdrawSignature, RecordStatement, RecordNoting, RecordSending, Publish,
                Announce, CorrectPublication, AbandonPublication>;

// ---- evolving: no fallback, on purpose: a new event does not compile until its effect is said ----

template <class Thing, class Change>
void change(std::vector<Thing>& things, const std::string& id, Change&& apply) {
    const auto found = std::ranges::find(things, id, &Thing::id);
    if (found != things.end()) apply(*found);
}

// The edition that is written, signed or published; an event that comes before any leaves no trace.
Edition* written(State& state) {
    return state.editions.empty() ? nullptr : &state.editions.back();
}

std::string day_of(const Recorded& recorded) {
    return recorded.at == Instant{} ? std::string() : to_string(helsinki_date(recorded.at));
}

template <class Event>
Step& add_step(State& state, const Event& event, const Recorded& recorded) {
    Step step;
    step.what = event.GetDescriptor()->name();
    step.actor = recorded.actor;
    if (const auto* edition = current(state)) step.edition = edition->number;
    return state.steps.emplace_back(std::move(step));
}

void after(State& state, const PublicationOpened& event, const Recorded&) {
    state.stage = Stage::Draft;
    state.opened = event.given();
    Edition first;
    first.number = 1;
    state.editions.assign(1, first);
}
void after(State& state, const TextWritten& event, const Recorded& recorded) {
    const auto& given = event.given();
    state.texts[{given.section(), given.language()}].push_back(
        {event.version(), given.markdown(), recorded.actor, recorded.at});
}
void after(State& state, const ExampleComposed& event, const Recorded& recorded) {
    state.examples.push_back(
        {event.example_id(), event.given().section(), event.given().text(), {recorded.actor}, {}, false});
}
void after(State& state, const ExampleChanged& event, const Recorded& recorded) {
    change(state.examples, event.given().example_id(), [&](Example& example) {
        example.text = event.given().text();
        example.authors.insert(recorded.actor);
        example.confirmed_by.clear();
    });
}
void after(State& state, const ExampleConfirmed& event, const Recorded& recorded) {
    change(state.examples, event.given().example_id(),
           [&](Example& example) { example.confirmed_by = recorded.actor; });
}
void after(State& state, const ExampleWithdrawn& event, const Recorded&) {
    change(state.examples, event.given().example_id(), [](Example& example) { example.withdrawn = true; });
}
void after(State& state, const ProposalAdded& event, const Recorded&) {
    Proposal added;
    added.id = event.proposal_id();
    added.given = event.given();
    state.proposals.push_back(std::move(added));
}
void after(State& state, const ProposalChanged& event, const Recorded&) {
    change(state.proposals, event.given().proposal_id(),
           [&](Proposal& changed) { changed.given = event.given().proposal(); });
}
void after(State& state, const ProposalWithdrawn& event, const Recorded&) {
    change(state.proposals, event.given().proposal_id(), [](Proposal& out) { out.withdrawn = true; });
}
void after(State& state, const ProposalAnswered& event, const Recorded&) {
    change(state.proposals, event.given().proposal_id(), [&](Proposal& answered) {
        answered.answer = event.given().answer();
        answered.measures = event.given().measures();
        answered.done_by = event.given().done_by();
        answered.answered_on = event.answered_on();
    });
}
void after(State& state, const ProposalFollowedUp& event, const Recorded&) {
    change(state.proposals, event.given().proposal_id(), [&](Proposal& followed) {
        followed.follow_ups.push_back(
            {event.given().progress(), event.given().what(), event.followed_up_on()});
    });
}
void after(State& state, const PublicationSigned& event, const Recorded& recorded) {
    auto* edition = written(state);
    if (edition == nullptr) return;
    state.stage = Stage::Signed;
    edition->signed_on = event.signed_on();
    edition->signed_position = recorded.position;
    edition->signed_by = recorded.actor;
    for (auto& each : state.proposals) {
        if (!each.withdrawn) each.signed_as[edition->number] = each.given;
    }
}
// The files of a withdrawn signature are nobody's any more.
void after(State& state, const SignatureWithdrawn& event, const Recorded& recorded) {
    auto* edition = written(state);
    if (edition == nullptr) return;
    auto& step = add_step(state, event, recorded);
    step.on = day_of(recorded);
    step.text = event.given().reason();
    state.stage = Stage::Draft;
    edition->signed_on.clear();
    edition->signed_position = 0;
    edition->signed_by.clear();
    edition->files.clear();
    for (auto& each : state.proposals) each.signed_as.erase(edition->number);
}
void after(State& state, const StatementRecorded& event, const Recorded& recorded) {
    auto& step = add_step(state, event, recorded);
    step.on = event.given().given_on();
    step.body = event.given().body();
    step.minutes_section = event.given().minutes_section();
    step.text = event.given().text();
}
void after(State& state, const NotingRecorded& event, const Recorded& recorded) {
    auto& step = add_step(state, event, recorded);
    step.on = event.given().noted_on();
    step.body = event.given().body();
    step.minutes_section = event.given().minutes_section();
}
void after(State& state, const SendingRecorded& event, const Recorded& recorded) {
    auto& step = add_step(state, event, recorded);
    step.on = event.given().sent_on();
    step.body = event.given().receiver();
    step.text = event.given().receiver_kind();
}
void after(State& state, const Published& event, const Recorded& recorded) {
    auto* edition = written(state);
    if (edition == nullptr) return;
    state.stage = Stage::Published;
    edition->published_on = event.published_on();
    edition->published_position = recorded.position;
}
void after(State& state, const Announced& event, const Recorded& recorded) {
    auto& step = add_step(state, event, recorded);
    step.on = event.given().announced_on();
    step.body = event.given().where();
}
void after(State& state, const CorrectionOpened& event, const Recorded&) {
    state.stage = Stage::Draft;
    Edition next;
    next.number = event.edition();
    next.what_changed = event.given().what_changed();
    state.editions.push_back(std::move(next));
}
// Of a correction only the correction is given up: what is published stays.
void after(State& state, const PublicationAbandoned& event, const Recorded& recorded) {
    auto& step = add_step(state, event, recorded);
    step.on = day_of(recorded);
    step.text = event.given().reason();
    if (state.editions.size() > 1) {
        state.editions.pop_back();
        state.stage = Stage::Published;
    } else {
        state.stage = Stage::Abandoned;
    }
}
// What is made once is frozen: a second making, after a crash, changes nothing; nor do files of a signature
// that was withdrawn while they were made.
void after(State& state, const ArtefactsStored& event, const Recorded&) {
    const auto edition = std::ranges::find(state.editions, event.edition(), &Edition::number);
    if (edition == state.editions.end() || edition->signed_on.empty()) return;
    if (edition->signed_position != 0 && event.position() != edition->signed_position) return;
    if (std::ranges::find(edition->files, event.level(), &ArtefactsStored::level) != edition->files.end())
        return;
    edition->files.push_back(event);
}

using OwnEvents = MessageList<PublicationOpened, TextWritten, ExampleComposed, ExampleChanged,
                              ExampleConfirmed, ExampleWithdrawn, ProposalAdded, ProposalChanged,
                              ProposalWithdrawn, ProposalAnswered, ProposalFollowedUp, PublicationSigned,
                              SignatureWithdrawn, StatementRecorded, NotingRecorded, SendingRecorded,
                              Published, Announced, CorrectionOpened, PublicationAbandoned, ArtefactsStored>;

// ---- what is missing ----

// A rejection whose codes are said by name when there is reference data to say them with.
class Lacking {
public:
    explicit Lacking(const Reference* reference) : reference_(reference) {}

    void add(std::string text, std::string field, std::map<std::string, std::string> args,
             const std::map<std::string, std::pair<std::string, std::string>>& codes = {}) {
        Labels labels;
        for (const auto& [name, code] : codes) {
            if (reference_ != nullptr) {
                labels.emplace(name, casework::code_label(code.first, code.second, *reference_));
            } else {
                args.emplace(name, code.second);
            }
        }
        all_.push_back({Reason::Invalid, std::move(text), std::move(args), std::move(field), {}, labels});
    }
    [[nodiscard]] std::vector<Rejection> take() { return std::move(all_); }

private:
    const Reference* reference_;
    std::vector<Rejection> all_;
};

void text_lacks(Lacking& lacking, const State& state, const std::string& section) {
    const auto written_in = [&](const std::string& language) {
        return text(state, section, language) != nullptr;
    };
    const auto& languages = state.opened.languages();
    if (std::ranges::none_of(languages, written_in)) return;
    for (const auto& language : languages) {
        if (!written_in(language))
            lacking.add("publication.text_missing", "texts", {},
                        {{"section", {"report_section", section}}, {"language", {"ui_language", language}}});
    }
}

template <class Thing>
void words_lack(Lacking& lacking, const State& state, const Thing& thing, const Words& words,
                const char* text, const char* field) {
    for (const auto& language : state.opened.languages()) {
        if (words_in(words, language).empty())
            lacking.add(text, field, {{"id", thing.id}}, {{"language", {"ui_language", language}}});
    }
}

void section_lacks(Lacking& lacking, const State& state, const std::string& section) {
    if (!section.empty()) text_lacks(lacking, state, section);
    for (const auto& example : state.examples) {
        if (example.withdrawn || example.section != section) continue;
        words_lack(lacking, state, example, example.text, "publication.example_untranslated", "examples");
        if (example.confirmed_by.empty())
            lacking.add("publication.example_unconfirmed", "examples", {{"id", example.id}});
    }
    for (const auto& each : state.proposals) {
        if (each.withdrawn || each.given.section() != section) continue;
        words_lack(lacking, state, each, each.given.text(), "publication.proposal_untranslated", "proposals");
    }
}

// The sections that anything is written for, in the order of the report; what belongs to no section last.
std::vector<std::string> sections_of(const State& state, const Reference* reference) {
    std::set<std::string> met;
    for (const auto& [place, versions] : state.texts) met.insert(place.first);
    for (const auto& example : state.examples) met.insert(example.section);
    for (const auto& each : state.proposals) met.insert(each.given.section());
    std::vector<std::string> ordered;
    const auto versions = reference == nullptr ? std::vector<const CodeSetVersion*>{}
                                               : reference->code_set_versions("report_section");
    if (!versions.empty()) {
        for (const auto& code : versions.back()->given.codes()) {
            if (met.erase(code.code()) > 0) ordered.push_back(code.code());
        }
    }
    const bool any_of_the_whole = met.erase("") > 0;
    ordered.insert(ordered.end(), met.begin(), met.end());
    if (any_of_the_whole) ordered.emplace_back();
    return ordered;
}

std::vector<Rejection> missing_with(const State& state, const Reference* reference) {
    Lacking lacking(reference);
    for (const auto& section : sections_of(state, reference)) section_lacks(lacking, state, section);
    return lacking.take();
}

}  // namespace

// ---- the decider ----

Result<Events> decide(const State& state, const google::protobuf::Message& command, const Context& context) {
    static const Dispatch<Result<Events>(const State&, const Context&)> rules(
        Commands{}, [](const State& now, const auto& own, const Context& with) {
            return std::visit([&](const auto& stage) { return rule(stage, own, now, with); }, stage_of(now));
        });
    if (!rules.knows(command)) return reject(Reason::Invalid, "casework.of_another_kind");
    return rules(state, command, context);
}

void evolve(State& state, const google::protobuf::Message& event) {
    evolve(state, event, Recorded{});
}

void evolve(State& state, const google::protobuf::Message& event, const Recorded& recorded) {
    static const Dispatch<void(State&, const Recorded&)> effects(
        OwnEvents{}, [](State& now, const auto& own, const Recorded& with) { after(now, own, with); });
    if (effects.knows(event)) effects(state, event, recorded);
}

std::vector<Rejection> missing(const State& state, const Reference& reference) {
    return missing_with(state, &reference);
}
std::vector<Rejection> missing(const State& state) {
    return missing_with(state, nullptr);
}

// ---- what is asked of a state ----

const TextVersion* text(const State& state, std::string_view section, std::string_view language) {
    const auto* versions = versions_of(state, section, language);
    return versions == nullptr || versions->back().markdown.empty() ? nullptr : &versions->back();
}

Area area(const State& state) {
    return area_named(state.opened.area());
}

const Edition* current(const State& state) {
    return state.editions.empty() ? nullptr : &state.editions.back();
}

namespace {

const Edition* newest_with(const State& state, std::string Edition::*day) {
    for (auto edition = state.editions.rbegin(); edition != state.editions.rend(); ++edition) {
        if (!((*edition).*day).empty()) return &*edition;
    }
    return nullptr;
}

}  // namespace

const Edition* published(const State& state) {
    return newest_with(state, &Edition::published_on);
}
const Edition* signed_edition(const State& state) {
    return newest_with(state, &Edition::signed_on);
}

const AddProposal* addressed(const State& state, const Proposal& proposal) {
    const auto* edition = signed_edition(state);
    if (edition == nullptr) return nullptr;
    const auto found = proposal.signed_as.find(edition->number);
    return found == proposal.signed_as.end() ? nullptr : &found->second;
}

const Proposal* proposal(const State& state, std::string_view id) {
    const auto found = std::ranges::find(state.proposals, id, &Proposal::id);
    return found == state.proposals.end() ? nullptr : &*found;
}

std::string_view name_of(Level level) {
    return level == Level::Internal ? "internal" : "public";
}

const ArtefactsStored* files(const Edition& edition, Level level) {
    const auto found = std::ranges::find(edition.files, name_of(level), &ArtefactsStored::level);
    return found == edition.files.end() ? nullptr : &*found;
}

namespace {

// The body's name is sealed, so what is to no unit is to a body.
void add_addressee(PublicationScope& scope, const State& state, const Proposal& proposal) {
    const auto* given = addressed(state, proposal);
    if (given == nullptr) return;
    if (given->addressee_unit().empty()) {
        scope.addressed_to_body = true;
    } else {
        scope.addressed_units.push_back(given->addressee_unit());
    }
}

PublicationScope scope_without_proposals(const State& state) {
    PublicationScope scope;
    scope.area = area(state);
    scope.is_signed = signed_edition(state) != nullptr;
    scope.is_published = published(state) != nullptr;
    return scope;
}

}  // namespace

PublicationScope scope(const State& state) {
    auto whole = scope_without_proposals(state);
    for (const auto& each : state.proposals) add_addressee(whole, state, each);
    return whole;
}
PublicationScope scope(const State& state, std::string_view proposal_id) {
    auto about = scope_without_proposals(state);
    if (const auto* one = proposal(state, proposal_id)) add_addressee(about, state, *one);
    return about;
}

std::vector<WayStep> way(const State& state, const Edition& edition) {
    std::vector<WayStep> steps;
    const auto* path = path_of(state.opened.publication_kind());
    if (path == nullptr) return steps;
    const auto taken = [&](const google::protobuf::Descriptor* step) {
        return step_taken(state, step->name(), edition.number);
    };
    const auto of_boards = [&](std::string_view name, Need need, const google::protobuf::Descriptor* step) {
        if (edition.number > 1) need = Need::None;
        if (need != Need::None || taken(step)) steps.push_back({name, need, taken(step)});
    };
    steps.push_back({"sign", Need::Required, !edition.signed_on.empty()});
    of_boards("statements", path->statements, StatementRecorded::descriptor());
    of_boards("noting", path->noting, NotingRecorded::descriptor());
    of_boards("sendings", path->sending, SendingRecorded::descriptor());
    steps.push_back({"publish", Need::Required, !edition.published_on.empty()});
    steps.push_back({"announcements", Need::Required, taken(Announced::descriptor())});
    return steps;
}

std::string_view stage_text(const State& state) {
    switch (state.stage) {
        case Stage::None:
        case Stage::Draft:
            return state.editions.size() > 1 ? "publication.stage.correcting" : "publication.stage.draft";
        case Stage::Signed:
            return "publication.stage.signed";
        case Stage::Published:
            return "publication.stage.published";
        case Stage::Abandoned:
            return "publication.stage.abandoned";
    }
    return "publication.stage.draft";
}

}  // namespace vastine::domain::publication
