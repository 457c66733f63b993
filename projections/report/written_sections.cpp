#include "projections/report/written_sections.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "domain/calendar/date.hpp"
#include "projections/report/prose.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

using domain::publication::Step;

constexpr std::string_view kSections = "report_section";
constexpr std::string_view kProposals = "proposals";
// The usual order of a report's sections. Others stand where their report puts them.
constexpr std::array<std::string_view, 16> kOrder{
    "summary",  "basis", "method",   "volumes",    "people",      "causes",    "services", "measures",
    "contacts", "legal", "requests", "systematic", "development", "proposals", "handling", "appendix"};

std::size_t rank(std::string_view id) {
    return static_cast<std::size_t>(std::ranges::find(kOrder, id) - kOrder.begin());
}

Section* find(std::vector<Section>& sections, std::string_view id) {
    for (auto& section : sections) {
        if (section.id == id) return &section;
        if (auto* below = find(section.subsections, id)) return below;
    }
    return nullptr;
}

// "services-dental" is a part of "services".
std::string_view parent_of(std::string_view section) {
    for (const auto above : kOrder) {
        if (section.size() > above.size() && section.starts_with(above) && section[above.size()] == '-')
            return above;
    }
    return {};
}

class Writing {
public:
    Writing(Report& report, const Content& content, const domain::Reference& reference)
        : report_(report), content_(content), reference_(reference), figures_(report) {}

    void write() {
        for (const auto& text : content_.texts) {
            insert(section(text.section), prose_of(text.markdown, text.language, figures_));
        }
        add_examples();
        add_proposals();
        add_earlier_proposals();
        add_handling();
        mark_edition();
    }

private:
    using Args = std::map<std::string, std::string>;
    [[nodiscard]] std::string say(std::string_view id, const Args& args = {}) const {
        return domain::text(id, report_.language, args);
    }
    [[nodiscard]] std::string count(std::size_t number) const { return written(number, report_.language); }
    // A date that is none is printed as it was given.
    [[nodiscard]] std::string day(const std::string& iso) const {
        const auto date = domain::parse_date(iso);
        return date ? written(*date, report_.language) : iso;
    }
    [[nodiscard]] std::string name(std::string_view set, std::string_view code) const {
        const auto* entry = reference_.code(set, code);
        return entry == nullptr ? std::string(code) : domain::in_language(entry->name(), report_.language);
    }

    // ---- where words stand ----

    Section& section(std::string_view id) {
        if (auto* known = find(report_.sections, id)) return *known;
        const auto above = parent_of(id);
        if (!above.empty()) {
            return section(above).subsections.emplace_back(
                Section{std::string(id), name(kSections, id), {}, {}});
        }
        return *report_.sections.insert(place_of(id), Section{std::string(id), heading(id), {}, {}});
    }
    [[nodiscard]] std::string heading(std::string_view id) const {
        return id == "handling" ? say("report.section.handling") : name(kSections, id);
    }
    // Before the first section that usually follows; what the order does not know stands before the appendix.
    [[nodiscard]] std::vector<Section>::iterator place_of(std::string_view id) {
        const auto own = std::min(rank(id), rank("appendix") - 1);
        return std::ranges::find_if(report_.sections, [&](const Section& other) {
            return rank(other.id) < kOrder.size() && rank(other.id) > own;
        });
    }
    static void insert(Section& into, Block words) {
        const auto evidence = std::ranges::find_if(into.blocks, [](const Block& block) {
            return std::holds_alternative<Table>(block) || std::holds_alternative<Chart>(block) ||
                   std::holds_alternative<Notice>(block);
        });
        into.blocks.insert(evidence, std::move(words));
    }

    // ---- examples ----

    void add_examples() {
        std::map<std::string_view, std::size_t> in_section;
        for (const auto& example : content_.examples) ++in_section[example.section];
        std::map<std::string_view, std::size_t> told;
        for (const auto& example : content_.examples) {
            auto& into = section(example.section);
            const auto number = ++told[example.section];
            if (number == 1) {
                insert(into, Paragraph{say("report.written.examples",
                                           {{"count", count(in_section[example.section])}})});
            }
            Item item;
            item.id = "example-" + example.section + "-" + std::to_string(number);
            item.heading = in_section[example.section] == 1
                               ? say("report.written.example")
                               : say("report.written.example_number", {{"number", count(number)}});
            item.text = prose_of(example.markdown, example.language, figures_);
            insert(into, std::move(item));
        }
    }

    // ---- proposals ----

    [[nodiscard]] Item proposal(const ProposalItem& given, const std::string& period, std::size_t number) {
        Item out;
        out.id = "proposal-" + period + "-" + given.id;
        out.heading =
            say("report.written.proposal", {{"period", period}, {"number", std::to_string(number)}});
        out.text = prose_of(given.markdown, given.language, figures_);
        fact(out, "report.written.addressee", given.addressee);
        if (given.section != kProposals && !given.section.empty())
            fact(out, "report.written.about", subject(given.section));
        if (!given.wanted_by.empty()) fact(out, "report.written.wanted_by", day(given.wanted_by));
        return out;
    }
    // As the reader finds the section in this report.
    [[nodiscard]] std::string subject(std::string_view id) const {
        const auto* known = find(report_.sections, id);
        return known == nullptr ? name(kSections, id) : known->heading;
    }
    void fact(Item& item, std::string_view term, std::string said) const {
        if (!said.empty()) item.facts.push_back({say(term), {{std::move(said)}}});
    }
    // Nothing: it is the report's own.
    [[nodiscard]] std::optional<domain::Language> other(domain::Language language) const {
        if (language == report_.language) return std::nullopt;
        return language;
    }
    void add_answer(Item& item, const ProposalItem& given) const {
        fact(item, "report.written.answer",
             given.answer.empty() ? say("report.written.not_answered")
                                  : name("proposal_answer", given.answer));
        if (!given.measures.empty()) {
            item.facts.push_back(
                {say("report.written.measures"), {{given.measures, other(given.measures_language)}}});
        }
        if (!given.done_by.empty()) fact(item, "report.written.done_by", day(given.done_by));
        Item::Fact since{say("report.written.since"), {}};
        for (const auto& each : given.follow_ups) {
            // A sentence is of one language: words of another one stand after it by themselves.
            const auto foreign = each.what.empty() ? std::nullopt : other(each.language);
            const bool alone = each.what.empty() || foreign;
            since.said.push_back(
                {say(alone ? "report.written.followed_up" : "report.written.followed_up_with",
                     {{"date", day(each.on)},
                      {"progress", name("proposal_progress", each.progress)},
                      {"what", each.what}})});
            if (foreign) since.said.push_back({each.what, foreign});
        }
        if (since.said.empty()) since.said.push_back({say("report.written.nothing_since")});
        item.facts.push_back(std::move(since));
    }

    void add_proposals() {
        if (content_.proposals.empty()) return;
        auto& into = section(kProposals);
        into.blocks.emplace_back(
            Paragraph{say("report.written.proposals", {{"count", count(content_.proposals.size())}})});
        std::size_t number = 0;
        for (const auto& each : content_.proposals) {
            auto item = proposal(each, report_.period, ++number);
            if (!each.answer.empty() || !each.follow_ups.empty()) add_answer(item, each);
            into.blocks.emplace_back(std::move(item));
        }
    }

    // What became of them comes back whether or not anything did.
    void add_earlier_proposals() {
        if (content_.earlier_period.empty()) return;
        auto& into = section(kProposals);
        Section out{"earlier-proposals",
                    say("report.written.earlier_heading", {{"period", content_.earlier_period}}),
                    {},
                    {}};
        const auto& all = content_.earlier_proposals;
        if (all.empty()) {
            out.blocks.emplace_back(
                Paragraph{say("report.written.earlier_none", {{"period", content_.earlier_period}})});
        } else {
            out.blocks.emplace_back(Paragraph{what_became_of(all)});
            if (auto* summary = find(report_.sections, "summary"))
                insert(*summary, Paragraph{what_became_of(all)});
        }
        std::size_t number = 0;
        for (const auto& each : all) {
            auto item = proposal(each, content_.earlier_period, ++number);
            add_answer(item, each);
            out.blocks.emplace_back(std::move(item));
        }
        into.subsections.push_back(std::move(out));
    }
    [[nodiscard]] std::string what_became_of(const std::vector<ProposalItem>& all) const {
        const auto answered = [&](std::string_view answer) {
            return count(static_cast<std::size_t>(std::ranges::count(all, answer, &ProposalItem::answer)));
        };
        const auto done = std::ranges::count_if(all, [](const ProposalItem& each) {
            return !each.follow_ups.empty() && each.follow_ups.back().progress == "done";
        });
        const auto under_way = std::ranges::count_if(all, [](const ProposalItem& each) {
            return !each.follow_ups.empty() && each.follow_ups.back().progress == "under-way";
        });
        return say("report.written.earlier",
                   {{"count", count(all.size())}, {"period", content_.earlier_period}}) +
               " " +
               say("report.written.earlier_answers", {{"accepted", answered("accepted")},
                                                      {"partly", answered("partly")},
                                                      {"no", answered("no")},
                                                      {"unanswered", answered("")}}) +
               " " +
               say("report.written.earlier_progress",
                   {{"done", count(static_cast<std::size_t>(done))},
                    {"under_way", count(static_cast<std::size_t>(under_way))}});
    }

    // ---- its way, and which edition it is ----

    void add_handling() {
        std::vector<std::string> steps;
        if (content_.edition > 0) steps.push_back(edition());
        std::vector<Item> statements;
        for (const auto& step : content_.steps) {
            const auto said = step_in_words(step);
            if (said.empty()) continue;
            if (step.what == "StatementRecorded" && !step.text.empty()) {
                Item item;
                item.id = "statement-" + std::to_string(statements.size() + 1);
                item.heading = said;
                item.text = prose_of(step.text, report_.language, figures_);
                statements.push_back(std::move(item));
            } else {
                steps.push_back(said);
            }
        }
        if (content_.steps.empty()) return;
        auto& into = section("handling");
        into.blocks.emplace_back(BulletList{std::move(steps)});
        for (auto& each : statements) into.blocks.emplace_back(std::move(each));
    }
    [[nodiscard]] std::string step_in_words(const Step& step) const {
        const Args args{{"body", step.body},
                        {"date", day(step.on)},
                        {"section", step.minutes_section},
                        {"receiver_kind", name("publication_receiver", step.text)}};
        if (step.what == "StatementRecorded") {
            return say(step.minutes_section.empty() ? "report.handling.statement"
                                                    : "report.handling.statement_section",
                       args);
        }
        if (step.what == "NotingRecorded") return say("report.handling.noted", args);
        if (step.what == "SendingRecorded") return say("report.handling.sent", args);
        if (step.what == "Announced") return say("report.handling.announced", args);
        return {};
    }
    [[nodiscard]] std::string edition() const {
        return say("report.handling.signed",
                   {{"edition", std::to_string(content_.edition)}, {"date", day(content_.signed_on)}});
    }

    void mark_edition() {
        if (!content_.what_changed.empty()) {
            // Of a correction that is not signed yet the number is not known here.
            report_.notices.insert(
                report_.notices.begin(),
                {content_.edition == 0
                     ? say("report.handling.correction")
                     : say("report.handling.corrected", {{"edition", std::to_string(content_.edition)}}),
                 content_.what_changed,
                 "corrected",
                 {},
                 other(content_.what_changed_language)});
        }
        if (content_.edition == 0) {
            mark_draft();
        } else {
            report_.subtitle += ". " + edition();
        }
    }
    void mark_draft() {
        report_.mark = say("report.draft.mark");
        std::vector<Notice> notices{{say("report.draft.heading"), say("report.draft.text"), "draft"}};
        if (const auto faults = faults_of(report_); !faults.empty()) {
            Notice unresolved{say("report.draft.unresolved_heading"),
                              say("report.draft.unresolved", {{"count", count(faults.size())}}),
                              "unresolved"};
            for (const auto& fault : faults) unresolved.items.push_back(in_vain(fault));
            notices.push_back(std::move(unresolved));
        }
        report_.notices.insert(report_.notices.begin(), notices.begin(), notices.end());
    }
    [[nodiscard]] std::string in_vain(const std::string& fault) const {
        const auto near = figures_.near(fault);
        if (near.empty()) return fault;
        return say("report.draft.perhaps", {{"named", fault}, {"near", near.front()}});
    }

    Report& report_;
    const Content& content_;
    const domain::Reference& reference_;
    FigureLookup figures_;
};

}  // namespace

void add_written(Report& report, const Content& content, const domain::Reference& reference) {
    if (content.of_publication) Writing(report, content, reference).write();
}

}  // namespace vastine::projections::report
