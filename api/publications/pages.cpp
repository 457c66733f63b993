#include "api/publications/pages.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "api/json.hpp"
#include "api/publications/titles.hpp"
#include "api/publications/unknown_figures.hpp"
#include "api/rendering/rendering.hpp"
#include "domain/cases/kinds.hpp"

namespace vastine::api {

namespace publication = domain::publication;
using domain::PublicationSight;
using domain::Reason;
using domain::reject;
using domain::Result;
using projections::ShelvedPublication;
using projections::Views;

namespace {

constexpr std::string_view confirm_path = "confirm-example";
constexpr std::string_view answer_path = "answer-proposal";
constexpr std::string_view follow_up_path = "follow-up-proposal";

// A publication with all that was written in it, and who did what when.
struct Written {
    std::string id;
    publication::State state;
    std::map<std::string, std::string> composers;  // of examples, by their ids
    struct Step {
        std::string type;  // of its event
        publication::Step step;
    };
    std::vector<Step> steps;
};

const std::string& words_in(const Words& words, domain::Language language) {
    const auto& own = language == domain::Language::Swedish   ? words.sv()
                      : language == domain::Language::English ? words.en()
                                                              : words.fi();
    if (!own.empty()) return own;
    return !words.fi().empty() ? words.fi() : !words.sv().empty() ? words.sv() : words.en();
}

// Beside those that the state keeps as steps: what the boards and the public can see happen.
void note_step(Written& written, const google::protobuf::Message& event, const store::Record& record,
               domain::Language language) {
    publication::Step step;
    step.actor = record.actor;
    if (const auto* was_signed = dynamic_cast<const PublicationSigned*>(&event)) {
        step.on = was_signed->signed_on();
        step.edition = was_signed->edition();
    } else if (const auto* published = dynamic_cast<const Published*>(&event)) {
        step.on = published->published_on();
        step.edition = published->edition();
    } else if (const auto* correction = dynamic_cast<const CorrectionOpened*>(&event)) {
        step.edition = correction->edition();
        step.text = words_in(correction->given().what_changed(), language);
        step.on = domain::to_string(domain::helsinki_date(record.recorded_at));
    } else {
        return;
    }
    step.what = event.GetDescriptor()->name();
    written.steps.push_back({step.what, std::move(step)});
}

Written written(const store::EventStore& events, const std::string& id, store::Version until,
                domain::Language language) {
    Written all;
    all.id = id;
    events.read_stream(publication_stream(id), store::Version{0}, [&](const store::Record& record) {
        if (record.version > until) return false;
        const auto opened = events.open(record, store::Depth::Everything);
        const auto steps = all.state.steps.size();
        publication::evolve(all.state, *opened.event,
                            {record.position.value, record.actor, record.recorded_at});
        if (const auto* composed = dynamic_cast<const ExampleComposed*>(opened.event.get())) {
            all.composers.emplace(composed->example_id(), record.actor);
        }
        if (all.state.steps.size() > steps) {
            const auto& step = all.state.steps.back();
            all.steps.push_back({step.what, step});
        } else {
            note_step(all, *opened.event, record, language);
        }
        return true;
    });
    return all;
}

// ---- rows ----

// Who does not see what is being written sees the publication as it was last signed or published.
std::string_view stage_seen(const publication::State& state, PublicationSight sight) {
    const bool correcting = state.stage == publication::Stage::Draft && state.editions.size() > 1;
    if (sight == PublicationSight::Everything || !correcting) return publication::stage_text(state);
    return "publication.stage.published";
}

const publication::Edition* edition_seen(const publication::State& state, PublicationSight sight) {
    if (sight == PublicationSight::Everything) return publication::current(state);
    if (sight == PublicationSight::Signed) return publication::signed_edition(state);
    return publication::published(state);
}

PublicationRow row_of(const std::string& id, const publication::State& state, PublicationSight sight,
                      const PublicationDesk* desk, domain::Language language) {
    PublicationRow row;
    const auto& opened = state.opened;
    row.set_publication_id(id);
    row.set_publication_kind(opened.publication_kind());
    row.set_area(opened.area());
    row.set_first_month(opened.first_month());
    row.set_last_month(opened.last_month());
    *row.mutable_languages() = opened.languages();
    row.set_threshold(opened.threshold());
    row.set_stage(std::string(stage_seen(state, sight)));
    row.set_title(title_of(opened, language));
    if (const auto* edition = edition_seen(state, sight)) {
        row.set_edition(edition->number);
        row.set_signed_on(edition->signed_on);
        row.set_published_on(edition->published_on);
        const bool waits_for_internal = !edition->signed_on.empty() &&
                                        publication::files(*edition, publication::Level::Internal) == nullptr;
        const bool waits_for_public = !edition->published_on.empty() &&
                                      publication::files(*edition, publication::Level::Public) == nullptr;
        row.set_files_waiting(waits_for_internal || waits_for_public);
        if (row.files_waiting() && desk != nullptr) row.set_files_percent(desk->percent(id));
    }
    return row;
}

// ---- parts of a page ----

WordsView words_view(const Words& words) {
    WordsView view;
    view.set_fi(words.fi());
    view.set_sv(words.sv());
    view.set_en(words.en());
    return view;
}

// With whose eyes, and when.
struct Eyes {
    const Reader& reader;
    const Views& views;
    domain::Instant at;
    domain::Date today;

    [[nodiscard]] bool may_give(const Written& of, std::string_view path,
                                const domain::PublicationScope& scope) const {
        const auto* entry = domain::command(PUBLICATION, path);
        return entry != nullptr &&
               domain::may_command(reader.viewer, entry->rule, scope, views.reference).has_value() &&
               !of.id.empty();
    }
    // What the rules say to the command itself, beside whose work it is.
    [[nodiscard]] bool taken(const Written& of, const google::protobuf::Message& command) const {
        const domain::Context context{reader.viewer.user_id, of.id, at, today, views.reference, {}};
        return publication::decide(of.state, command, context).has_value();
    }
    [[nodiscard]] std::string label(std::string_view set, const std::string& code) const {
        return domain::in_language(domain::casework::code_label(set, code, views.reference), reader.language);
    }
    [[nodiscard]] std::string name(const std::string& user_id) const {
        const auto* user = views.reference.user(user_id);
        return user == nullptr ? std::string() : user->name();
    }
};

void add_texts(const Written& of, PublicationPage& page) {
    for (const auto& [place, versions] : of.state.texts) {
        if (versions.empty() || versions.back().markdown.empty()) continue;
        auto& text = *page.add_texts();
        text.set_section(place.first);
        text.set_language(place.second);
        text.set_version(versions.back().version);
        text.set_markdown(versions.back().markdown);
        text.set_written_by(versions.back().written_by);
        *text.mutable_written_at() = timestamp(versions.back().written_at);
    }
}

void add_examples(const Written& of, const Eyes& eyes, PublicationPage& page) {
    const bool may_confirm = eyes.may_give(of, confirm_path, publication::scope(of.state));
    for (const auto& example : of.state.examples) {
        if (example.withdrawn) continue;
        auto& view = *page.add_examples();
        view.set_example_id(example.id);
        view.set_section(example.section);
        *view.mutable_text() = words_view(example.text);
        if (const auto composer = of.composers.find(example.id); composer != of.composers.end()) {
            view.set_composed_by(composer->second);
        }
        view.set_confirmed_by(example.confirmed_by);
        ConfirmExample confirm;
        confirm.set_example_id(example.id);
        view.set_may_confirm(may_confirm && eyes.taken(of, confirm));
    }
}

bool may_answer(const Written& of, const publication::Proposal& proposal, const Eyes& eyes) {
    AnswerProposal answer;
    answer.set_proposal_id(proposal.id);
    answer.set_answer("accepted");
    return eyes.may_give(of, answer_path, publication::scope(of.state, proposal.id)) &&
           eyes.taken(of, answer);
}

bool may_follow_up(const Written& of, const publication::Proposal& proposal, const Eyes& eyes) {
    FollowUpProposal followed;
    followed.set_proposal_id(proposal.id);
    followed.set_progress("done");
    return eyes.may_give(of, follow_up_path, publication::scope(of.state, proposal.id)) &&
           eyes.taken(of, followed);
}

// `given`: as it is written now, or as it was signed.
ProposalView proposal_view(const Written& of, const publication::Proposal& proposal, const AddProposal& given,
                           const Eyes& eyes) {
    ProposalView view;
    view.set_publication_id(of.id);
    view.set_proposal_id(proposal.id);
    view.set_section(given.section());
    *view.mutable_text() = words_view(given.text());
    view.set_addressee_unit(given.addressee_unit());
    view.set_addressee_body(given.addressee_body());
    view.set_wanted_by(given.wanted_by());
    view.set_answer(proposal.answer);
    *view.mutable_measures() = words_view(proposal.measures);
    view.set_done_by(proposal.done_by);
    view.set_answered_on(proposal.answered_on);
    for (const auto& followed : proposal.follow_ups) {
        auto& one = *view.add_follow_ups();
        one.set_progress(followed.progress);
        *one.mutable_what() = words_view(followed.what);
        one.set_on(followed.on);
    }
    view.set_may_answer(may_answer(of, proposal, eyes));
    view.set_may_follow_up(may_follow_up(of, proposal, eyes));
    view.set_publication_title(title_of(of.state.opened, eyes.reader.language));
    *view.mutable_languages() = of.state.opened.languages();
    const auto* shelved = eyes.views.publications->find(of.id);
    if (shelved != nullptr) view.set_version(shelved->version.value);
    return view;
}

template <class Add>
void add_proposals(const Written& of, PublicationSight sight, const Eyes& eyes, Add&& add) {
    for (const auto& proposal : of.state.proposals) {
        if (proposal.withdrawn && sight == PublicationSight::Everything) continue;
        const auto* given = sight == PublicationSight::Everything
                                ? &proposal.given
                                : publication::addressed(of.state, proposal);
        if (given != nullptr) *add() = proposal_view(of, proposal, *given, eyes);
    }
}

// Of a step, its body, paragraph of the minutes, words: as one line.
std::string step_words(const publication::Step& step, const Eyes& eyes) {
    std::string line = step.body;
    const auto go_on = [&](std::string_view with, const std::string& words) {
        if (words.empty()) return;
        if (!line.empty()) line += with;
        line += words;
    };
    if (!step.minutes_section.empty()) go_on(", ", "§ " + step.minutes_section);
    if (step.what == SendingRecorded::descriptor()->name()) {
        go_on(" · ", eyes.label("publication_receiver", step.text));
    } else {
        go_on(": ", step.text);
    }
    return line;
}

void add_steps(const Written& of, PublicationSight sight, const Eyes& eyes, PublicationPage& page) {
    const auto* last_signed = publication::signed_edition(of.state);
    for (const auto& [type, step] : of.steps) {
        // What is being written, and what came of a draft, is for those who write.
        const bool of_draft = last_signed == nullptr || step.edition > last_signed->number ||
                              type == PublicationAbandoned::descriptor()->name();
        if (of_draft && sight != PublicationSight::Everything) continue;
        auto& view = *page.add_steps();
        view.set_what(type);
        view.set_title(domain::text("event." + type, eyes.reader.language));
        view.set_on(step.on);
        view.set_actor(step.actor);
        view.set_actor_name(eyes.name(step.actor));
        view.set_text(step_words(step, eyes));
        view.set_edition(step.edition);
    }
}

void add_artefacts(const Written& of, PublicationPage& page) {
    const auto add = [&](const publication::Edition& edition, publication::Level level) {
        const auto* stored = publication::files(edition, level);
        if (stored == nullptr) return;
        for (const auto& artefact : stored->artefacts()) {
            auto& view = *page.add_artefacts();
            view.set_form(artefact.form());
            view.set_language(artefact.language());
            view.set_level(std::string(publication::name_of(level)));
            view.set_edition(edition.number);
            view.set_file_name(artefact.file_name());
            if (const auto* form = rendering::form(artefact.form())) {
                view.set_media_type(std::string(form->media_type));
            }
            view.set_sha256(artefact.sha256());
            view.set_size(artefact.size());
            view.set_url(level == publication::Level::Public
                             ? "/published/" + of.id + "/" + std::to_string(edition.number) + "/" +
                                   artefact.file_name()
                             : "/api/v1/publications/" + of.id + "/files/" + artefact.sha256());
        }
    };
    for (const auto& edition : of.state.editions) {
        if (!edition.signed_on.empty()) add(edition, publication::Level::Internal);
        if (!edition.published_on.empty()) add(edition, publication::Level::Public);
    }
}

// Whose work a step is: of those who may give its command, those of the area, and the boards' own.
bool takes_step(Role role, std::string_view path, domain::Area area) {
    if (role == BOARD_SECRETARY) return true;
    const auto head = publication::signer(area);
    return path == "sign" ? role == head : role == head || (role != HEAD_OMBUDSMAN && role != LAWYER);
}

void add_way(const Written& of, PublicationSight sight, PublicationPage& page) {
    const auto* edition = edition_seen(of.state, sight);
    if (edition == nullptr) return;
    for (const auto& step : publication::way(of.state, *edition)) {
        auto& view = *page.add_way();
        view.set_path(std::string(step.path));
        view.set_required(step.need == publication::Need::Required);
        view.set_taken(step.taken);
        const auto* command = domain::command(PUBLICATION, step.path);
        for (const auto role : command->rule.by()) {
            const auto own = static_cast<Role>(role);
            if (takes_step(own, step.path, publication::area(of.state))) view.add_by(own);
        }
    }
}

// A command about one proposal is possible when it is for one of them.
bool possible_for_viewer(const Written& of, const std::string& path, const Eyes& eyes) {
    if (path != answer_path && path != follow_up_path) {
        return eyes.may_give(of, path, publication::scope(of.state));
    }
    return std::ranges::any_of(of.state.proposals, [&](const auto& proposal) {
        return publication::addressed(of.state, proposal) != nullptr &&
               eyes.may_give(of, path, publication::scope(of.state, proposal.id));
    });
}

}  // namespace

PublicationList PublicationPages::list(const Reader& reader) const {
    return model_.read([&](const Views& views) {
        PublicationList list;
        auto all = views.publications->all();
        std::ranges::reverse(all);
        for (const auto* shelved : all) {
            const auto sight =
                domain::sight(reader.viewer, publication::scope(shelved->facts), views.reference);
            if (sight < PublicationSight::Signed) continue;
            *list.add_rows() = row_of(shelved->id, shelved->facts, sight, desk_, reader.language);
            list.mutable_rows()->rbegin()->set_version(shelved->version.value);
        }
        return list;
    });
}

Result<PublicationPage> PublicationPages::page(const Reader& reader, const std::string& id) const {
    const auto at = now_();
    const auto today = domain::helsinki_date(at);
    bool drafting = false;
    auto found = model_.read([&](const Views& views) -> Result<PublicationPage> {
        const auto* shelved = views.publications->find(id);
        const auto sight =
            shelved == nullptr
                ? PublicationSight::Nothing
                : domain::sight(reader.viewer, publication::scope(shelved->facts), views.reference);
        if (sight < PublicationSight::Signed) return reject(Reason::NotFound, "access.no_such_publication");
        const Eyes eyes{reader, views, at, today};
        const auto of = written(store_.events(), id, shelved->version, reader.language);

        PublicationPage page;
        *page.mutable_row() = row_of(id, of.state, sight, desk_, reader.language);
        page.mutable_row()->set_version(shelved->version.value);
        page.set_version(shelved->version.value);
        if (const auto* sections = views.reference.code_set("report_section", today)) {
            for (const auto& code : sections->given.codes()) page.add_sections(code.code());
        }
        if (sight == PublicationSight::Everything) {
            add_texts(of, page);
            add_examples(of, eyes, page);
        }
        add_proposals(of, sight, eyes, [&] { return page.add_proposals(); });
        if (const auto* before = views.publications->last_published_before(
                shelved->opened().publication_kind(), shelved->area(), shelved->opened().first_month())) {
            add_proposals(written(store_.events(), before->id, before->version, reader.language),
                          PublicationSight::Signed, eyes, [&] { return page.add_earlier_proposals(); });
        }
        add_steps(of, sight, eyes, page);
        add_artefacts(of, page);
        add_way(of, sight, page);
        for (const auto& path : domain::possible_paths(domain::CaseState(of.state))) {
            if (possible_for_viewer(of, path, eyes)) page.add_possible(path);
        }
        drafting = sight == PublicationSight::Everything && of.state.stage == publication::Stage::Draft;
        if (drafting) {
            // A sentence for people: which field of a command it would be says nothing here.
            for (auto& lacking : publication::missing(of.state, views.reference)) {
                lacking.field.clear();
                page.add_missing(domain::explain(lacking, reader.language));
            }
        }
        return page;
    });
    if (!found || !drafting) return found;
    // Where figures are named in vain is known when the report is made: not under the lock of a page.
    for (const auto& unknown : unknown_figures(editions_, model_, id, today)) {
        found->add_missing(domain::explain(unknown, reader.language));
    }
    return found;
}

Result<SectionTextVersions> PublicationPages::texts(const Reader& reader, const std::string& id,
                                                    const std::string& section,
                                                    const std::string& language) const {
    return model_.read([&](const Views& views) -> Result<SectionTextVersions> {
        const auto* shelved = views.publications->find(id);
        if (shelved == nullptr || domain::sight(reader.viewer, publication::scope(shelved->facts),
                                                views.reference) != PublicationSight::Everything) {
            return reject(Reason::NotFound, "access.no_such_publication");
        }
        if (views.reference.code("report_section", section) == nullptr) {
            return reject(Reason::NotFound, "publishing.no_such_section");
        }
        if (!domain::parse_language(language)) {
            return reject(Reason::NotFound, "publishing.no_such_language");
        }
        SectionTextVersions list;
        const auto of = written(store_.events(), id, shelved->version, reader.language);
        const auto versions = of.state.texts.find({section, language});
        if (versions == of.state.texts.end()) return list;
        for (auto version = versions->second.rbegin(); version != versions->second.rend(); ++version) {
            auto& view = *list.add_versions();
            view.set_section(section);
            view.set_language(language);
            view.set_version(version->version);
            view.set_markdown(version->markdown);
            view.set_written_by(version->written_by);
            *view.mutable_written_at() = timestamp(version->written_at);
        }
        return list;
    });
}

ProposalList PublicationPages::proposals(const Reader& reader) const {
    const auto at = now_();
    return model_.read([&](const Views& views) {
        const Eyes eyes{reader, views, at, domain::helsinki_date(at)};
        std::vector<ProposalView> mine;
        auto all = views.publications->all();
        std::ranges::reverse(all);
        for (const auto* shelved : all) {
            const auto& facts = shelved->facts;
            const bool any = std::ranges::any_of(facts.proposals, [&](const auto& proposal) {
                const auto* entry = domain::command(PUBLICATION, answer_path);
                return domain::may_command(reader.viewer, entry->rule, publication::scope(facts, proposal.id),
                                           views.reference)
                    .has_value();
            });
            if (!any) continue;
            const auto of = written(store_.events(), shelved->id, shelved->version, reader.language);
            for (const auto& proposal : of.state.proposals) {
                const auto* given = publication::addressed(of.state, proposal);
                if (given == nullptr || !may_answer(of, proposal, eyes)) continue;
                mine.push_back(proposal_view(of, proposal, *given, eyes));
            }
        }
        std::ranges::stable_partition(mine, [](const auto& view) { return view.answer().empty(); });
        ProposalList list;
        for (auto& view : mine) *list.add_proposals() = std::move(view);
        return list;
    });
}

}  // namespace vastine::api
