#include "projections/report/annual_report.hpp"

#include <algorithm>
#include <cmath>

#include "projections/report/frame.hpp"
#include "projections/report/sections.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

class Making {
public:
    Making(const AnnualFigures& figures, const domain::Reference& reference, domain::Language language,
           AsOf as_of, bool written_too)
        : figures_(figures),
          frame_(reference, language, figures.query.period, as_of),
          year_(frame_.period().year()),
          written_too_(written_too) {}

    Report make() {
        auto report = frame_.begun("report.title.ombudsman");
        add_sections(report, frame_.own());
        return report;
    }

private:
    void add_sections(Report& report, const Composer& own) const {
        const auto legal =
            figures_.released ? frame_.released("report.source.released_legal", *figures_.released) : own;
        const auto years = released_years(figures_);
        const bool counted_at_all = figures_.ombudsman && figures_.ombudsman->contacts > 0;
        report.sections.push_back(summary(own, years));
        report.sections.push_back(basis(own));
        report.sections.push_back(method_section(own, compared()));
        if (!figures_.ombudsman) {
            frame_.say_not_yours(report);
        } else if (!counted_at_all) {
            Section none{"volumes", own.say("report.section.volumes"), {}, {}};
            none.blocks.emplace_back(
                Notice{own.say("report.nothing.heading"), own.say("report.nothing.no_contacts")});
            report.sections.push_back(std::move(none));
        } else {
            report.sections.push_back(volumes_section(own, *figures_.ombudsman));
            report.sections.push_back(people_section(own, *figures_.ombudsman));
            report.sections.push_back(causes_section(own, *figures_.ombudsman));
            report.sections.push_back(services_section(own, *figures_.ombudsman));
            report.sections.push_back(measures_section(own, *figures_.ombudsman));
        }
        report.sections.push_back(legal_section(legal, years));
        auto tables = counted_at_all ? contact_appendix(own, *figures_.ombudsman) : std::vector<Block>{};
        auto more = legal_appendix(legal, years);
        std::move(more.begin(), more.end(), std::back_inserter(tables));
        add_appendix(report, own, std::move(tables));
    }

    static void add_appendix(Report& report, const Composer& own, std::vector<Block> tables) {
        if (tables.empty()) return;
        Section out{"appendix", own.say("report.section.appendix"), {}, {}};
        out.blocks.emplace_back(Paragraph{own.say("report.sentence.appendix")});
        std::move(tables.begin(), tables.end(), std::back_inserter(out.blocks));
        report.sections.push_back(std::move(out));
    }

    static std::vector<KeyFigure> legal_key_figures(const Composer& own, const ReleasedTotals& totals) {
        std::vector<KeyFigure> out;
        const auto whole = [&](std::string id, std::string_view label, const std::string& what) {
            const auto figure = own.figure(what, totals.count(what));
            out.push_back({std::move(id), own.say(label), *counted(figure).number, {}, figure.figure});
        };
        whole("reminders-and-complaints", "report.key.reminders_and_complaints",
              "reminder+complaint.registered");
        whole("requests", "report.key.requests", "authority-request.registered");
        if (const auto answered = totals.count("reminder.answered"); answered > 0) {
            const auto of = own.figure("reminder.answered", answered);
            out.push_back({"reminders-kept-share",
                           own.say("report.key.kept"),
                           *share(totals.count("reminder.kept"), answered).number,
                           own.say("report.key.of_answers", {{"total", own.count(answered)}}),
                           {},
                           {own.figure("reminder.kept", totals.count("reminder.kept")), of}});
            out.push_back(
                {"reminders-answer-days-median",
                 own.say("report.key.median"),
                 *days(static_cast<double>(totals.count("reminder.answer_days_median")), 0, of).number,
                 own.say("report.key.in_days"),
                 {},
                 {of}});
        }
        return out;
    }

    void add_trend(const Composer& own, const LegalYears& years, std::vector<Block>& blocks) const {
        const auto* now = years.year(own.year());
        const auto* before = years.year(own.year() - 1);
        if (now == nullptr) return;
        const auto count = now->count("reminder+complaint.registered");
        auto said = own.say("report.sentence.legal",
                            {{"count", own.count(count)},
                             {"requests", own.count(now->count("authority-request.registered"))}});
        std::vector<Named> named_here{
            own.figure("reminder+complaint.registered", count),
            own.figure("authority-request.registered", now->count("authority-request.registered"))};
        if (before != nullptr) {
            const auto earlier = before->count("reminder+complaint.registered");
            const auto* trend = count > earlier   ? "report.sentence.trend_up"
                                : count < earlier ? "report.sentence.trend_down"
                                                  : "report.sentence.trend_same";
            said +=
                " " +
                own.say(trend, {{"during_before", during(own.period().ending_in(year_ - 1), own.language())},
                                {"count", own.count(earlier)}});
            named_here.push_back(own.figure_in(own.year() - 1, "reminder+complaint.registered", earlier));
        }
        blocks.emplace_back(Paragraph{said, std::move(named_here)});
    }

    // Against the same months of the year before, where there were any.
    void add_trend_of_contacts(const Composer& own, std::vector<Block>& blocks) const {
        const auto& years = figures_.ombudsman->years;
        const auto before = std::ranges::find(years, year_ - 1, &YearOfContacts::year);
        if (before == years.end() || before->contacts == 0) return;
        const auto now = figures_.ombudsman->contacts;
        const auto* trend = now > before->contacts   ? "report.sentence.contacts_up"
                            : now < before->contacts ? "report.sentence.contacts_down"
                                                     : "report.sentence.contacts_same";
        blocks.emplace_back(Paragraph{
            own.say(trend, {{"before", own.year_heading(year_ - 1)}, {"count", own.count(before->contacts)}}),
            {own.figure("contacts", now), own.figure_in(year_ - 1, "contacts", before->contacts)}});
    }

    [[nodiscard]] Section summary(const Composer& own, const LegalYears& years) const {
        Section out{"summary", own.say("report.section.summary"), {}, {}};
        KeyFigures key{"key-figures", {}};
        std::vector<Block> words;
        if (figures_.ombudsman && figures_.ombudsman->contacts > 0) {
            const auto& counts = *figures_.ombudsman;
            const auto contacts = own.figure("contacts", counts.contacts);
            const auto matters = own.figure("matters", counts.matters);
            const Number ratio{static_cast<double>(counts.matters) / static_cast<double>(counts.contacts),
                               Measure::Count, 1};
            key.figures.push_back(
                {"contacts", own.say("report.key.contacts"), *counted(contacts).number, {}, contacts.figure});
            key.figures.push_back(
                {"matters",
                 own.say("report.key.matters"),
                 *counted(matters).number,
                 own.say("report.key.per_contact", {{"ratio", written(ratio, own.language())}}),
                 matters.figure,
                 {contacts}});
            key.figures.push_back({"first-share",
                                   own.say("report.key.first_share"),
                                   *share(counts.first, counts.contacts).number,
                                   own.say("report.key.of_contacts", {{"total", own.count(counts.contacts)}}),
                                   {},
                                   {own.figure("contacts", counts.first, {{"order", "first"}}), contacts}});
            std::vector<Named> said{contacts, matters};
            for (const auto* code : {"health", "social", "both"}) {
                said.push_back(own.figure("contacts", counts.sector.of_code(code), {{"sector", code}}));
            }
            words.emplace_back(Paragraph{
                own.say("report.sentence.contacts",
                        {{"contacts", own.count(counts.contacts)}, {"matters", own.count(counts.matters)}}) +
                    " " +
                    own.say("report.sentence.sectors",
                            {{"health", own.count(counts.sector.of_code("health"))},
                             {"social", own.count(counts.sector.of_code("social"))},
                             {"both", own.count(counts.sector.of_code("both"))}}),
                std::move(said)});
            add_trend_of_contacts(own, words);
            words.emplace_back(Paragraph{own.say("report.sentence.top_causes")});
            words.emplace_back(top_causes(own, counts.cause, "matters"));
        }
        if (const auto* totals = years.year(year_)) {
            auto more = legal_key_figures(own, *totals);
            std::move(more.begin(), more.end(), std::back_inserter(key.figures));
        }
        if (!key.figures.empty()) out.blocks.emplace_back(std::move(key));
        std::move(words.begin(), words.end(), std::back_inserter(out.blocks));
        add_trend(own, years, out.blocks);
        out.blocks.emplace_back(Notice{own.say("report.caveat.heading"), own.say("report.caveat.text")});
        return out;
    }

    [[nodiscard]] Section basis(const Composer& own) const {
        Section out{"basis", own.say("report.section.basis"), {}, {}};
        out.blocks.emplace_back(Paragraph{own.say("report.basis.law")});
        out.blocks.emplace_back(Paragraph{own.say("report.basis.wall")});
        if (!written_too_) out.blocks.emplace_back(Paragraph{own.say("report.basis.figures_only")});
        Section resources{"resources", own.say("report.heading.resources"), {}, {}};
        const auto users = own.reference().users();
        const auto ombudsmen = std::ranges::count_if(users, [](const SetUser* user) {
            return user->active() && std::ranges::any_of(user->roles(), [](int role) {
                       return role == OMBUDSMAN || role == HEAD_OMBUDSMAN;
                   });
        });
        if (ombudsmen > 0) {
            resources.blocks.emplace_back(Paragraph{own.say(
                "report.sentence.ombudsmen", {{"count", own.count(static_cast<std::uint64_t>(ombudsmen))},
                                              {"date", written(frame_.as_of().on, own.language())}})});
        }
        if (figures_.ombudsman && figures_.ombudsman->minutes > 0 && figures_.ombudsman->contacts > 0) {
            const auto& counts = *figures_.ombudsman;
            resources.blocks.emplace_back(Paragraph{
                own.say("report.sentence.minutes",
                        {{"hours", own.count((counts.minutes + 30) / 60)},
                         {"average", own.count((counts.minutes + counts.contacts / 2) / counts.contacts)}}),
                {own.figure("contacts", counts.contacts)}});
        }
        if (!resources.blocks.empty()) out.subsections.push_back(std::move(resources));
        return out;
    }

    // From the first of the years that the tables show.
    [[nodiscard]] Compared compared() const {
        int first = year_;
        if (figures_.ombudsman) {
            const auto known = std::ranges::find_if(
                figures_.ombudsman->years, [](const YearOfContacts& year) { return year.contacts > 0; });
            if (known != figures_.ombudsman->years.end()) first = std::min(first, known->year);
        }
        for (const auto& released : figures_.released_before) first = std::min(first, released.year);
        return {frame_.period().ending_in(first).first / 1, frame_.until()};
    }

    const AnnualFigures& figures_;
    Frame frame_;
    int year_;
    bool written_too_;
};

}  // namespace

Report report_of(const AnnualFigures& figures, const domain::Reference& reference, domain::Language language,
                 AsOf as_of, const Content& content) {
    return Making(figures, reference, language, as_of, content.of_publication).make();
}

}  // namespace vastine::projections::report
