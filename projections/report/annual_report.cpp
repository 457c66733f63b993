#include "projections/report/annual_report.hpp"

#include <algorithm>
#include <cmath>

#include "projections/report/sections.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

constexpr std::size_t kTopCauses = 3;
// Notes that the organisation wants printed on its reports are codes of this set, each name a note.
constexpr std::string_view kNotes = "report-note";

domain::Date first_day(const Period& period) {
    return period.first / 1;
}
domain::Date last_day(const Period& period, AsOf as_of) {
    return std::min<domain::Date>(period.last / std::chrono::last, std::max(as_of.on, first_day(period)));
}

class Making {
public:
    Making(const AnnualFigures& figures, const domain::Reference& reference, domain::Language language,
           AsOf as_of, bool written_too)
        : figures_(figures),
          reference_(reference),
          language_(language),
          as_of_(as_of),
          period_(figures.query.period),
          year_(period_.year()),
          written_too_(written_too) {}

    Report make() {
        const auto from = first_day(period_);
        const auto until = last_day(period_, as_of_);
        const auto own = composer(own_source());
        Report report;
        report.title = own.say("report.title.ombudsman");
        report.subtitle = own.say("report.subtitle",
                                  {{"from", written(from, language_)}, {"until", written(until, language_)}});
        report.year = year_;
        report.period = period_text(period_);
        report.language = language_;
        report.provenance = {as_of_.position.value, domain::to_string(as_of_.on), code_version()};
        report.mark = own.say("report.internal.heading");
        report.notices.push_back({report.mark, own.say("report.internal.text"), "internal"});
        add_notes(report, until);
        add_sections(report, own);
        return report;
    }

private:
    [[nodiscard]] Composer composer(std::string source) const {
        return {reference_, language_, period_, last_day(period_, as_of_), std::move(source)};
    }
    [[nodiscard]] std::string code_version() const {
        return reference_.code_version(last_day(period_, as_of_));
    }
    [[nodiscard]] std::string source(std::string_view text_id, domain::Date on, std::uint64_t position,
                                     const std::string& codes) const {
        return domain::text(
            text_id, language_,
            {{"date", written(on, language_)}, {"position", written(position, language_)}, {"codes", codes}});
    }
    [[nodiscard]] std::string own_source() const {
        return source("report.source.own", as_of_.on, as_of_.position.value, code_version());
    }
    [[nodiscard]] std::string released_source(std::string_view text_id) const {
        if (!figures_.released) return own_source();
        const auto& released = *figures_.released;
        const auto on = domain::parse_date(released.as_of_on);
        return source(text_id, on ? *on : as_of_.on, released.position.value, released.code_version);
    }

    void add_notes(Report& report, domain::Date on) const {
        const auto* notes = reference_.code_set(kNotes, on);
        if (notes == nullptr) return;
        for (const auto& note : notes->given.codes()) {
            report.notices.push_back({domain::text("report.note.heading", language_),
                                      domain::in_language(note.name(), language_)});
        }
    }

    void add_sections(Report& report, const Composer& own) const {
        const auto legal = composer(released_source("report.source.released_legal"));
        const auto years = released_years(figures_);
        const bool counted_at_all = figures_.ombudsman && figures_.ombudsman->contacts > 0;
        report.sections.push_back(summary(own, years));
        report.sections.push_back(basis(own));
        report.sections.push_back(method_section(own, compared()));
        if (!figures_.ombudsman) {
            report.notices.push_back(
                {own.say("report.nothing.heading"), own.say("report.nothing.not_yours")});
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
            said += " " + own.say(trend, {{"during_before", during(period_.ending_in(year_ - 1), language_)},
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
            key.figures.push_back({"matters",
                                   own.say("report.key.matters"),
                                   *counted(matters).number,
                                   own.say("report.key.per_contact", {{"ratio", written(ratio, language_)}}),
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
            BulletList causes;
            for (const auto& [code, count] : counts.cause.counts) {
                if (code.empty() || causes.items.size() == kTopCauses) continue;
                causes.items.push_back(own.say("report.sentence.top_cause",
                                               {{"cause", own.name(counts.cause.code_set, code)},
                                                {"count", own.count(count)},
                                                {"share", own.percent(count, counts.cause.denominator)}}));
                causes.named.push_back(
                    {own.figure("matters", count, {{counts.cause.code_set, code}}), matters});
            }
            words.emplace_back(std::move(causes));
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
        const auto users = reference_.users();
        const auto ombudsmen = std::ranges::count_if(users, [](const SetUser* user) {
            return user->active() && std::ranges::any_of(user->roles(), [](int role) {
                       return role == OMBUDSMAN || role == HEAD_OMBUDSMAN;
                   });
        });
        if (ombudsmen > 0) {
            resources.blocks.emplace_back(Paragraph{own.say(
                "report.sentence.ombudsmen", {{"count", own.count(static_cast<std::uint64_t>(ombudsmen))},
                                              {"date", written(as_of_.on, language_)}})});
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
        return {first_day(period_.ending_in(first)), last_day(period_, as_of_)};
    }

    const AnnualFigures& figures_;
    const domain::Reference& reference_;
    domain::Language language_;
    AsOf as_of_;
    Period period_;
    int year_;
    bool written_too_;
};

}  // namespace

Report report_of(const AnnualFigures& figures, const domain::Reference& reference, domain::Language language,
                 AsOf as_of, const Content& content) {
    return Making(figures, reference, language, as_of, content.of_publication).make();
}

}  // namespace vastine::projections::report
