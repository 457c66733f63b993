#include "projections/report/summary.hpp"

#include <algorithm>

#include "projections/report/frame.hpp"
#include "projections/report/writing.hpp"
#include "projections/report/year_tables.hpp"

namespace vastine::projections::report {
namespace {

using domain::Area;

constexpr std::string_view kCases = "reminder+complaint.registered";
class Summary {
public:
    Summary(const AnnualFigures& figures, const AnnualFigures& before, const domain::Reference& reference,
            domain::Language language, AsOf as_of)
        : figures_(figures),
          before_(before),
          frame_(reference, language, figures.query.period, as_of),
          own_(frame_.own()) {}

    Report make() {
        const bool ombudsmens = figures_.area == Area::Ombudsman;
        auto report = frame_.begun(ombudsmens ? "legal_account.summary.title_contacts"
                                              : "legal_account.summary.title_cases");
        if (ombudsmens ? !figures_.ombudsman : !figures_.legal) {
            frame_.say_not_yours(report);
            return report;
        }
        report.sections = ombudsmens ? contacts() : cases();
        return report;
    }

private:
    [[nodiscard]] int year() const { return own_.year(); }

    // A whole of the period, beside that of the year before when there was anything then.
    [[nodiscard]] KeyFigure key(std::string id, std::string_view label, std::string_view what,
                                std::uint64_t now, std::uint64_t before) const {
        const auto figure = own_.figure(what, now);
        KeyFigure out{std::move(id), own_.say(label), *counted(figure).number, {}, figure.figure};
        if (before == 0) return out;
        out.note = own_.say("legal_account.key.before",
                            {{"year", own_.year_heading(year() - 1)}, {"count", own_.count(before)}});
        out.from = {own_.figure_in(year() - 1, what, before)};
        return out;
    }
    [[nodiscard]] Paragraph compared(std::string_view what, std::uint64_t now, std::uint64_t before) const {
        const auto* text = before == 0    ? "legal_account.summary.no_year_before"
                           : now > before ? "legal_account.summary.more"
                           : now < before ? "legal_account.summary.fewer"
                                          : "legal_account.summary.as_many";
        return {
            own_.say(text, {{"before", own_.count(before)},
                            {"during_before", during(own_.period().ending_in(year() - 1), own_.language())}}),
            {own_.figure(what, now), own_.figure_in(year() - 1, what, before)}};
    }
    void add_top_causes(std::vector<Block>& blocks, const Division& cause, std::string_view what) const {
        auto causes = top_causes(own_, cause, what);
        if (causes.items.empty()) return;
        blocks.emplace_back(Paragraph{own_.say("legal_account.summary.top_causes")});
        blocks.emplace_back(std::move(causes));
    }

    // The months of both years beside each other.
    struct MonthCount {
        std::string month;
        std::uint64_t count = 0;
    };
    [[nodiscard]] Table by_month(std::string id, std::string_view caption, std::string_view what,
                                 const std::vector<MonthCount>& now,
                                 const std::vector<MonthCount>& before) const {
        auto table = own_.table(std::move(id), caption, "report.column.month");
        const auto sum = [](const std::vector<MonthCount>& months) {
            std::uint64_t out = 0;
            for (const auto& month : months) out += month.count;
            return out;
        };
        const bool both = sum(before) > 0;
        Row total{"total", own_.say("report.column.total"), {}, true};
        if (both) {
            table.columns.push_back(own_.year_column(year() - 1));
            total.cells.push_back(counted(own_.figure_in(year() - 1, what, sum(before))));
        }
        table.columns.push_back(own_.year_column(year()));
        total.cells.push_back(counted(own_.figure(what, sum(now))));
        for (std::size_t i = 0; i < now.size(); ++i) {
            const auto& month = now[i].month;
            Row row{month.substr(5), own_.name("month", month), {}};
            if (both) {
                row.cells.push_back(
                    counted(own_.figure_of_month(before.at(i).month, what, before.at(i).count)));
            }
            row.cells.push_back(
                own_.has_come(month) ? counted(own_.figure_of_month(month, what, now[i].count)) : unknown());
            table.rows.push_back(std::move(row));
        }
        table.rows.push_back(std::move(total));
        table.definition =
            own_.say(figures_.area == Area::Ombudsman ? "report.definition.contacts_and_matters"
                                                      : "report.definition.kinds");
        return table;
    }
    [[nodiscard]] Section months(Table table) const {
        Section out{"volumes", own_.say("report.heading.months"), {}, {}};
        if (table.rows.size() > 2) {
            out.blocks.emplace_back(own_.chart(table, Shape::Trend, column_ids(table)));
        }
        out.blocks.emplace_back(std::move(table));
        return out;
    }
    template <class Year>
    [[nodiscard]] std::vector<YearDivision> two_years(const std::vector<Year>& years,
                                                      Division Year::*division) const {
        std::vector<YearDivision> out;
        for (const auto& each : years) {
            if (each.year >= year() - 1) out.push_back({each.year, &(each.*division)});
        }
        return out;
    }
    [[nodiscard]] Section divided(std::string id, std::string_view heading, const YearTexts& texts,
                                  const std::vector<YearDivision>& years) const {
        Section out{std::move(id), own_.say(heading), {}, {}};
        auto table = division_by_year(own_, texts, years);
        if (table.rows.size() > 2) out.blocks.emplace_back(own_.chart(table, Shape::Bars, column_ids(table)));
        out.blocks.emplace_back(std::move(table));
        return out;
    }
    [[nodiscard]] Section method(std::string_view what_it_is) const {
        Section out{"method", own_.say("legal_account.summary.what_heading"), {}, {}};
        out.blocks.emplace_back(Paragraph{own_.say(what_it_is)});
        out.blocks.emplace_back(Paragraph{own_.say("legal_account.summary.same_months")});
        return out;
    }

    // ---- contacts with the ombudsmen ----

    [[nodiscard]] std::vector<Section> contacts() const {
        const auto& counts = *figures_.ombudsman;
        const YearOfContacts none;
        const auto& earlier = counts.years.size() > 1 ? counts.years[counts.years.size() - 2] : none;
        Section summary{"summary", own_.say("report.section.summary"), {}, {}};
        summary.blocks.emplace_back(
            KeyFigures{"key-figures",
                       {key("contacts", "report.key.contacts", "contacts", counts.contacts, earlier.contacts),
                        key("matters", "report.key.matters", "matters", counts.matters, earlier.matters)}});
        summary.blocks.emplace_back(Paragraph{
            own_.say("legal_account.summary.contacts",
                     {{"contacts", own_.count(counts.contacts)}, {"matters", own_.count(counts.matters)}}),
            {own_.figure("contacts", counts.contacts), own_.figure("matters", counts.matters)}});
        summary.blocks.emplace_back(compared("contacts", counts.contacts, earlier.contacts));
        add_top_causes(summary.blocks, counts.cause, "matters");
        summary.blocks.emplace_back(
            Notice{own_.say("report.caveat.heading"), own_.say("report.caveat.text")});
        const auto months_of = [](const AnnualFigures& figures) {
            std::vector<MonthCount> out;
            if (!figures.ombudsman) return out;
            for (const auto& month : figures.ombudsman->months) out.push_back({month.month, month.contacts});
            return out;
        };
        return {std::move(summary),
                months(by_month("contacts-by-month-and-year", "legal_account.summary.table_months_contacts",
                                "contacts", months_of(figures_), months_of(before_))),
                divided("people", "report.heading.sectors",
                        {"sector-by-year", "legal_account.summary.table_sector", "report.column.sector",
                         "report.definition.contacts_and_matters", "contacts"},
                        two_years(counts.years, &YearOfContacts::sector)),
                divided("causes", "report.heading.causes_all",
                        {"cause-by-year", "legal_account.summary.table_cause", "report.column.cause",
                         "legal_account.summary.definition_causes", "matters"},
                        two_years(counts.years, &YearOfContacts::cause)),
                method("legal_account.summary.what_contacts")};
    }

    // ---- reminders, complaints and requests ----

    [[nodiscard]] std::vector<Section> cases() const {
        const auto& all = *figures_.legal;
        const auto& both = all.reminders_and_complaints;
        Section summary{"summary", own_.say("report.section.summary"), {}, {}};
        KeyFigures figures{"key-figures",
                           {key("reminders", "report.column.reminders", "reminder.registered",
                                all.reminders.registered, before(all.reminders).registered),
                            key("complaints", "report.column.complaints", "complaint.registered",
                                all.complaints.registered, before(all.complaints).registered),
                            key("requests", "report.column.requests", "authority-request.registered",
                                all.requests.registered, before(all.requests).registered)}};
        if (const auto& reminders = all.reminders; reminders.answered > 0) {
            const auto answered = own_.figure("reminder.answered", reminders.answered);
            const auto kept = own_.figure("reminder.kept", reminders.kept);
            figures.figures.push_back(
                {"reminders-kept-share",
                 own_.say("report.key.kept"),
                 *share(kept, answered).number,
                 own_.say("report.key.of_answers", {{"total", own_.count(reminders.answered)}}),
                 {},
                 {kept, answered}});
        }
        summary.blocks.emplace_back(std::move(figures));
        summary.blocks.emplace_back(Paragraph{
            own_.say("legal_account.sentence.arrived", {{"reminders", own_.count(all.reminders.registered)},
                                                        {"complaints", own_.count(all.complaints.registered)},
                                                        {"count", own_.count(both.registered)},
                                                        {"requests", own_.count(all.requests.registered)}}),
            {own_.figure("reminder.registered", all.reminders.registered),
             own_.figure("complaint.registered", all.complaints.registered),
             own_.figure(kCases, both.registered),
             own_.figure("authority-request.registered", all.requests.registered)}});
        summary.blocks.emplace_back(compared(kCases, both.registered, before(both).registered));
        add_top_causes(summary.blocks, both.cause, kCases);
        summary.blocks.emplace_back(
            Notice{own_.say("legal_account.caveat.heading"), own_.say("legal_account.caveat.text")});
        const auto months_of = [](const AnnualFigures& of) {
            std::vector<MonthCount> out;
            if (!of.legal) return out;
            for (const auto& [month, count] : of.legal->reminders_and_complaints.months)
                out.push_back({month, count});
            return out;
        };
        Section answers{"legal", own_.say("legal_account.heading.answers"), {}, {}};
        answers.blocks.emplace_back(answers_by_year());
        return {std::move(summary),
                months(by_month("legal-by-month-and-year", "legal_account.summary.table_months_cases", kCases,
                                months_of(figures_), months_of(before_))),
                divided("services", "report.heading.departments",
                        {"legal-by-department", "report.table.legal_by_department",
                         "report.column.department", "legal_account.definition.by_year", kCases},
                        two_years(both.years, &YearOfCases::department)),
                divided("causes", "report.heading.legal_causes",
                        {"legal-cause-by-year", "legal_account.table.cause_by_year", "report.column.cause",
                         "legal_account.definition.by_year", kCases},
                        two_years(both.years, &YearOfCases::cause)),
                std::move(answers),
                method("legal_account.summary.what_cases")};
    }
    static YearOfCases before(const CaseCounts& counts) {
        return counts.years.size() > 1 ? counts.years[counts.years.size() - 2] : YearOfCases{};
    }
    [[nodiscard]] Table answers_by_year() const {
        auto table = own_.table("reminder-answers-by-year", "legal_account.table.answers_by_year",
                                "report.column.year");
        table.columns = {own_.column("answered", "legal_account.column.answered"),
                         own_.column("kept", "legal_account.column.kept"),
                         own_.column("kept-share", "legal_account.column.kept_share"),
                         own_.column("answer-days-median", "legal_account.column.median")};
        for (const auto& each : figures_.legal->reminders.years) {
            if (each.year < year() - 1 || (each.year < year() && each.answered == 0)) continue;
            const auto answered = own_.figure_in(each.year, "reminder.answered", each.answered);
            const auto kept = own_.figure_in(each.year, "reminder.kept", each.kept);
            const bool any = each.answered > 0;
            table.rows.push_back({std::to_string(each.year),
                                  own_.year_heading(each.year),
                                  {counted(answered), any ? counted(kept) : unknown(), share(kept, answered),
                                   any ? days(each.answer_days_median, 0, answered) : unknown()}});
        }
        table.definition = own_.say("legal_account.definition.answers_by_year");
        return table;
    }

    const AnnualFigures& figures_;
    const AnnualFigures& before_;
    Frame frame_;
    const Composer& own_;
};

}  // namespace

Report summary_report(const AnnualFigures& figures, const AnnualFigures& before,
                      const domain::Reference& reference, domain::Language language, AsOf as_of) {
    return Summary(figures, before, reference, language, as_of).make();
}

}  // namespace vastine::projections::report
