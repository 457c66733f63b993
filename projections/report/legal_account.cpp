#include "projections/report/legal_account.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "projections/report/frame.hpp"
#include "projections/report/sections.hpp"
#include "projections/report/writing.hpp"
#include "projections/report/year_tables.hpp"

namespace vastine::projections::report {
namespace {

using Dimension = std::pair<std::string, std::string>;

constexpr std::string_view kBoth = "reminder+complaint";
constexpr std::string_view kCases = "reminder+complaint.registered";

// A kind of case, or reminders and complaints together.
struct KindOf {
    std::string_view prefix;
    std::string_view id;
    std::string_view heading;
};
constexpr KindOf kReminders{"reminder", "reminders", "report.column.reminders"};
constexpr KindOf kComplaints{"complaint", "complaints", "report.column.complaints"};
constexpr KindOf kTogether{kBoth, "total", "legal_account.column.together"};
constexpr KindOf kRequests{"authority-request", "requests", "report.column.requests"};

std::string of(std::string_view prefix, std::string_view what) {
    return std::string(prefix) + "." + std::string(what);
}
std::vector<std::string> codes_of(const std::vector<Count>& counts) {
    std::vector<std::string> out;
    for (const auto& count : counts) out.push_back(count.code);
    return out;
}

class Account {
public:
    Account(const AnnualFigures& figures, const Concentration& concentration,
            const domain::Reference& reference, domain::Language language, AsOf as_of)
        : figures_(figures),
          concentration_(concentration),
          frame_(reference, language, figures.query.period, as_of),
          own_(frame_.own()) {}

    Report make() {
        auto report = frame_.begun("legal_account.title");
        if (!figures_.legal) {
            frame_.say_not_yours(report);
            return report;
        }
        report.sections = {summary(),
                           basis(),
                           method(),
                           volumes(),
                           makers(),
                           causes(),
                           services(),
                           contacts(),
                           legal(),
                           requests(),
                           concentration_section(own_, concentration_),
                           appendix()};
        return report;
    }

private:
    [[nodiscard]] const LegalFigures& legal_figures() const { return *figures_.legal; }
    [[nodiscard]] const CaseCounts& counts(const KindOf& kind) const {
        const auto& all = legal_figures();
        return kind.prefix == kReminders.prefix    ? all.reminders
               : kind.prefix == kComplaints.prefix ? all.complaints
               : kind.prefix == kRequests.prefix   ? all.requests
                                                   : all.reminders_and_complaints;
    }
    [[nodiscard]] Named figure(const KindOf& kind, std::string_view what, std::uint64_t count,
                               const Dimensions& by = {}) const {
        return own_.figure(of(kind.prefix, what), count, by);
    }
    [[nodiscard]] Named registered(const KindOf& kind) const {
        return figure(kind, "registered", counts(kind).registered);
    }

    // ---- what it says first ----

    [[nodiscard]] Section summary() const {
        Section out{"summary", own_.say("report.section.summary"), {}, {}};
        KeyFigures key{"key-figures", {}};
        for (const auto& kind : {kReminders, kComplaints, kRequests}) {
            const auto arrived = registered(kind);
            KeyFigure shown{
                std::string(kind.id), own_.say(kind.heading), *counted(arrived).number, {}, arrived.figure};
            if (const auto before = year_before(kind); before) {
                shown.note =
                    own_.say("legal_account.key.before", {{"year", own_.year_heading(own_.year() - 1)},
                                                          {"count", own_.count(before->registered)}});
                shown.from = {
                    own_.figure_in(before->year, of(kind.prefix, "registered"), before->registered)};
            }
            key.figures.push_back(std::move(shown));
        }
        const auto& reminders = counts(kReminders);
        if (reminders.answered > 0) {
            const auto answered = figure(kReminders, "answered", reminders.answered);
            const auto kept = figure(kReminders, "kept", reminders.kept);
            key.figures.push_back(
                {"reminders-kept-share",
                 own_.say("report.key.kept"),
                 *share(kept, answered).number,
                 own_.say("report.key.of_answers", {{"total", own_.count(reminders.answered)}}),
                 {},
                 {kept, answered}});
            key.figures.push_back({"reminders-answer-days-median",
                                   own_.say("report.key.median"),
                                   *days(reminders.answer_days_median, 0, answered).number,
                                   own_.say("report.key.in_days"),
                                   {},
                                   {answered}});
        }
        const auto open = open_at(kReminders.prefix, after(), reminders.closing_balance);
        key.figures.push_back(
            {"reminders-open", own_.say("legal_account.key.open"), *counted(open).number,
             own_.say("legal_account.key.open_on", {{"date", written(frame_.until(), own_.language())}}),
             open.figure});
        out.blocks.emplace_back(std::move(key));
        const auto both = counts(kTogether).registered;
        out.blocks.emplace_back(Paragraph{
            own_.say("legal_account.sentence.arrived",
                     {{"reminders", own_.count(reminders.registered)},
                      {"complaints", own_.count(counts(kComplaints).registered)},
                      {"count", own_.count(both)},
                      {"requests", own_.count(counts(kRequests).registered)}}),
            {registered(kReminders), registered(kComplaints), registered(kTogether), registered(kRequests)}});
        if (auto causes = top_causes(own_, counts(kTogether).cause, kCases); !causes.items.empty()) {
            out.blocks.emplace_back(Paragraph{own_.say("legal_account.sentence.top_causes")});
            out.blocks.emplace_back(std::move(causes));
        }
        out.blocks.emplace_back(
            Notice{own_.say("legal_account.caveat.heading"), own_.say("legal_account.caveat.text")});
        return out;
    }
    [[nodiscard]] const YearOfCases* year_before(const KindOf& kind) const {
        const auto& years = counts(kind).years;
        if (years.size() < 2) return nullptr;
        // A year in which nothing was in the register yet says nothing.
        const auto& before = counts(kTogether).years[years.size() - 2];
        const auto& requests = counts(kRequests).years[years.size() - 2];
        return before.registered + requests.registered == 0 ? nullptr : &years[years.size() - 2];
    }
    [[nodiscard]] Section basis() const {
        Section out{"basis", own_.say("report.section.basis"), {}, {}};
        out.blocks.emplace_back(Paragraph{own_.say("report.basis.legal_law")});
        out.blocks.emplace_back(Paragraph{own_.say("legal_account.basis.terms")});
        return out;
    }
    [[nodiscard]] Section method() const {
        Section out{"method", own_.say("report.section.method"), {}, {}};
        BulletList rules;
        for (const auto* rule :
             {"report.method.legal", "legal_account.method.apart", "legal_account.method.kept",
              "legal_account.method.years", "report.method.percent"}) {
            rules.items.push_back(own_.say(rule));
        }
        const auto& now = frame_.code_version();
        rules.items.push_back(own_.say("report.method.codes", {{"codes", now}}));
        if (const auto before = own_.reference().code_version(frame_.from()); before != now)
            rules.items.push_back(own_.say("report.method.codes_changed", {{"codes", before}}));
        out.blocks.emplace_back(std::move(rules));
        return out;
    }

    // ---- how many ----

    [[nodiscard]] Section volumes() const {
        Section out{"volumes", own_.say("legal_account.section.volumes"), {}, {}};
        Section years{"years", own_.say("report.heading.years"), {}, {}};
        auto yearly = by_kind_and_year();
        if (yearly.columns.size() > 1) {
            auto chart = own_.chart(yearly, Shape::Trend, column_ids(yearly));
            chart.rows_are_series = true;
            chart.description = described(chart, yearly, own_.language());
            years.blocks.emplace_back(std::move(chart));
        }
        years.blocks.emplace_back(std::move(yearly));
        out.subsections.push_back(std::move(years));
        Section months{"months", own_.say("report.heading.months"), {}, {}};
        auto monthly = by_month();
        if (monthly.rows.size() > 2)
            months.blocks.emplace_back(own_.chart(monthly, Shape::Columns, column_ids(monthly)));
        months.blocks.emplace_back(std::move(monthly));
        out.subsections.push_back(std::move(months));
        Section flow{"flow", own_.say("legal_account.heading.flow"), {}, {}};
        flow.blocks.emplace_back(Paragraph{own_.say("legal_account.sentence.flow")});
        flow.blocks.emplace_back(this->flow());
        out.subsections.push_back(std::move(flow));
        return out;
    }
    [[nodiscard]] std::vector<int> years_shown() const {
        std::vector<int> out;
        for (const auto& year : counts(kTogether).years) {
            const auto at = static_cast<std::size_t>(&year - counts(kTogether).years.data());
            if (!out.empty() || year.registered + counts(kRequests).years[at].registered > 0 ||
                year.year == own_.year()) {
                out.push_back(year.year);
            }
        }
        return out;
    }
    [[nodiscard]] const YearOfCases& year(const KindOf& kind, int year) const {
        const auto& years = counts(kind).years;
        return *std::ranges::find(years, year, &YearOfCases::year);
    }
    [[nodiscard]] Table by_kind_and_year() const {
        auto table = own_.table("legal-by-kind", "report.table.legal_by_kind", "report.column.kind");
        const auto years = years_shown();
        for (const auto each : years) table.columns.push_back(own_.year_column(each));
        for (const auto& kind : {kReminders, kComplaints, kRequests}) {
            Row row{std::string(kind.id), own_.say(kind.heading), {}};
            for (const auto each : years) {
                row.cells.push_back(counted(
                    own_.figure_in(each, of(kind.prefix, "registered"), year(kind, each).registered)));
            }
            table.rows.push_back(std::move(row));
        }
        table.definition = own_.say("report.definition.kinds");
        return table;
    }
    [[nodiscard]] Table by_month() const {
        auto table = own_.table("legal-by-month", "report.table.legal_by_month", "report.column.month");
        Row total{"total", own_.say("report.column.total"), {}, true};
        for (const auto& kind : {kReminders, kComplaints, kRequests}) {
            table.columns.push_back(own_.column(std::string(kind.id), kind.heading));
            total.cells.push_back(counted(registered(kind)));
        }
        const auto& months = counts(kReminders).months;
        for (std::size_t i = 0; i < months.size(); ++i) {
            const auto& month = months[i].code;
            Row row{month, own_.name("month", month), {}};
            for (const auto& kind : {kReminders, kComplaints, kRequests}) {
                row.cells.push_back(own_.has_come(month)
                                        ? counted(own_.figure_of_month(month, of(kind.prefix, "registered"),
                                                                       counts(kind).months[i].count))
                                        : unknown());
            }
            table.rows.push_back(std::move(row));
        }
        table.rows.push_back(std::move(total));
        table.definition = own_.say("report.definition.kinds");
        return table;
    }
    [[nodiscard]] std::chrono::year_month after() const {
        return own_.period().last + std::chrono::months(1);
    }
    // What there was to handle is what came, and is what was settled and what is left.
    [[nodiscard]] Table flow() const {
        auto table = own_.table("legal-flow", "legal_account.table.flow", "report.column.figure");
        Row opening{"opening-balance", own_.say("legal_account.row.opening"), {}};
        Row arrived{"registered", own_.say("legal_account.row.registered"), {}};
        Row reopened{"reopened", own_.say("legal_account.row.reopened"), {}};
        Row to_handle{"to-handle", own_.say("legal_account.row.to_handle"), {}, true};
        Row closed{"closed", own_.say("legal_account.row.closed"), {}};
        Row closing{"closing-balance", own_.say("legal_account.row.closing"), {}};
        for (const auto& kind : {kReminders, kComplaints, kRequests}) {
            table.columns.push_back(own_.column(std::string(kind.id), kind.heading));
            const auto& of_kind = counts(kind);
            opening.cells.push_back(
                counted(open_at(kind.prefix, own_.period().first, of_kind.opening_balance)));
            arrived.cells.push_back(counted(registered(kind)));
            reopened.cells.push_back(counted(figure(kind, "reopened", of_kind.reopened)));
            to_handle.cells.push_back(counted(
                figure(kind, "to-handle", of_kind.opening_balance + of_kind.registered + of_kind.reopened)));
            closed.cells.push_back(counted(figure(kind, "closed", of_kind.closed)));
            closing.cells.push_back(counted(open_at(kind.prefix, after(), of_kind.closing_balance)));
        }
        table.rows = {opening, arrived, reopened, to_handle, closed, closing};
        table.definition =
            own_.say("legal_account.definition.flow", {{"date", written(frame_.until(), own_.language())}});
        return table;
    }

    // ---- by what ----

    // Reminders and complaints beside each other, and their sum.
    [[nodiscard]] Table told_apart(std::string id, std::string_view caption, std::string_view heading,
                                   Division CaseCounts::*division) const {
        auto table = own_.table(std::move(id), caption, heading);
        const auto& both = counts(kTogether).*division;
        Row total{"total", own_.say("report.column.total"), {}, true};
        for (const auto& kind : {kReminders, kComplaints, kTogether}) {
            table.columns.push_back(own_.column(std::string(kind.id), kind.heading));
            total.cells.push_back(counted(registered(kind)));
        }
        for (const auto& code : in_usual_order(own_, both.code_set, codes_of(both.counts))) {
            Row row{id_of(code), own_.name(both.code_set, code), {}};
            for (const auto& kind : {kReminders, kComplaints, kTogether}) {
                row.cells.push_back(counted(figure(kind, "registered", (counts(kind).*division).of_code(code),
                                                   {{both.code_set, row.id}})));
            }
            table.rows.push_back(std::move(row));
        }
        table.rows.push_back(std::move(total));
        define_cases(table, both.denominator);
        table.breaks = breaks(own_, both.code_set, {own_.year()}, {}, both.carried);
        return table;
    }
    void define_cases(Table& table, std::uint64_t total) const {
        table.named = {own_.figure(kCases, total)};
        table.definition = own_.say("report.definition.counted_cases", {{"total", own_.count(total)}});
        table.definition_without =
            own_.say("report.definition.counted_cases", {{"total", std::string(kSuppressedMark)}});
    }
    [[nodiscard]] Table over_years(std::string id, std::string_view caption, std::string_view heading,
                                   Division YearOfCases::*division) const {
        std::vector<YearDivision> years;
        for (const auto& each : counts(kTogether).years) years.push_back({each.year, &(each.*division)});
        return division_by_year(
            own_, {std::move(id), caption, heading, "legal_account.definition.by_year", kCases}, years);
    }
    void add_divided(Section& out, Table apart, Table years) const {
        out.blocks.emplace_back(own_.chart(apart, Shape::Stacked, {"reminders", "complaints"}));
        out.blocks.emplace_back(std::move(apart));
        if (years.columns.size() > 1) out.blocks.emplace_back(std::move(years));
    }
    [[nodiscard]] Section makers() const {
        Section out{"people", own_.say("report.heading.makers"), {}, {}};
        add_divided(
            out,
            told_apart("legal-maker", "report.table.legal_maker", "report.column.maker", &CaseCounts::maker),
            over_years("legal-maker-by-year", "legal_account.table.maker_by_year", "report.column.maker",
                       &YearOfCases::maker));
        return out;
    }
    [[nodiscard]] Section causes() const {
        Section out{"causes", own_.say("report.heading.legal_causes"), {}, {}};
        add_divided(
            out,
            told_apart("legal-cause", "report.table.legal_cause", "report.column.cause", &CaseCounts::cause),
            over_years("legal-cause-by-year", "legal_account.table.cause_by_year", "report.column.cause",
                       &YearOfCases::cause));
        return out;
    }
    [[nodiscard]] Section services() const {
        Section out{"services", own_.say("legal_account.section.services"), {}, {}};
        Section departments{"departments", own_.say("report.heading.departments"), {}, {}};
        auto by_year = over_years("legal-by-department", "report.table.legal_by_department",
                                  "report.column.department", &YearOfCases::department);
        by_year.definition = own_.say("report.definition.cases_by_year");
        auto apart = told_apart("legal-department", "legal_account.table.department",
                                "report.column.department", &CaseCounts::department);
        departments.blocks.emplace_back(own_.chart(apart, Shape::Stacked, {"reminders", "complaints"}));
        departments.blocks.emplace_back(std::move(apart));
        if (by_year.columns.size() > 1) {
            auto chart = own_.chart(by_year, Shape::Trend, column_ids(by_year));
            chart.rows_are_series = true;
            chart.description = described(chart, by_year, own_.language());
            departments.blocks.emplace_back(std::move(chart));
        }
        departments.blocks.emplace_back(std::move(by_year));
        out.subsections.push_back(std::move(departments));
        Section tasks{"service-tasks", own_.say("legal_account.heading.services"), {}, {}};
        add_divided(tasks,
                    told_apart("legal-service", "report.table.legal_by_service", "report.column.service_task",
                               &CaseCounts::service_task),
                    over_years("legal-service-by-year", "legal_account.table.service_by_year",
                               "report.column.service_task", &YearOfCases::service_task));
        out.subsections.push_back(std::move(tasks));
        return out;
    }

    // ---- how fast, and how it ended ----

    [[nodiscard]] Section legal() const {
        Section out{"legal", own_.say("legal_account.section.legal"), {}, {}};
        Section answered{"legal-answering", own_.say("legal_account.heading.answers"), {}, {}};
        const auto& reminders = counts(kReminders);
        if (reminders.answered > 0) {
            answered.blocks.emplace_back(Paragraph{
                own_.say("report.sentence.kept", {{"answered", own_.count(reminders.answered)},
                                                  {"share", own_.percent(reminders.kept, reminders.answered)},
                                                  {"median", own_.count(reminders.answer_days_median)}}),
                {figure(kReminders, "answered", reminders.answered),
                 figure(kReminders, "kept", reminders.kept)}});
        }
        answered.blocks.emplace_back(answers());
        auto bands = answer_bands_table();
        answered.blocks.emplace_back(own_.chart(bands, Shape::Columns, {"reminders"}));
        answered.blocks.emplace_back(std::move(bands));
        answered.blocks.emplace_back(
            grouped("reminder-answers-by-department", "legal_account.table.answers_by_department",
                    "report.column.department", "unit", reminders.answers_by_department));
        answered.blocks.emplace_back(
            grouped("reminder-answers-by-service", "legal_account.table.answers_by_service",
                    "report.column.service_task", "service_task", reminders.answers_by_service));
        auto yearly = answers_by_year();
        if (yearly.rows.size() > 1) {
            answered.blocks.emplace_back(own_.chart(yearly, Shape::Trend, {"kept-share"}));
            answered.blocks.emplace_back(std::move(yearly));
        }
        out.subsections.push_back(std::move(answered));
        Section outcomes{"legal-outcomes", own_.say("report.heading.outcomes"), {}, {}};
        outcomes.blocks.emplace_back(
            own_.division({"reminder-outcome", "report.table.reminder_outcome", "report.column.outcome",
                           "report.column.number", "report.definition.outcomes", "reminder.outcome"},
                          named_set(reminders.outcome, "reminder_outcome")));
        outcomes.blocks.emplace_back(
            own_.division({"complaint-outcome", "report.table.complaint_outcome", "report.column.outcome",
                           "report.column.number", "report.definition.rulings", "complaint.outcome"},
                          named_set(counts(kComplaints).outcome, "complaint_outcome")));
        if (counts(kComplaints).outcome.denominator > 0) {
            auto cross = rulings_by_authority();
            outcomes.blocks.emplace_back(own_.chart(cross, Shape::Stacked, without_total(cross)));
            outcomes.blocks.emplace_back(std::move(cross));
        }
        out.subsections.push_back(std::move(outcomes));
        return out;
    }
    static Division named_set(Division division, std::string set) {
        division.code_set = std::move(set);
        return division;
    }
    [[nodiscard]] Table answers() const {
        auto table = own_.table("legal-answers", "legal_account.table.answers", "report.column.figure");
        const auto row = [&](std::string id, std::string_view heading, auto cell) {
            Row out{std::move(id), own_.say(heading), {}};
            for (const auto& kind : {kReminders, kComplaints, kRequests}) out.cells.push_back(cell(kind));
            table.rows.push_back(std::move(out));
        };
        for (const auto& kind : {kReminders, kComplaints, kRequests})
            table.columns.push_back(own_.column(std::string(kind.id), kind.heading));
        const auto answered = [&](const KindOf& kind) {
            return figure(kind, "answered", counts(kind).answered);
        };
        const auto any = [&](const KindOf& kind) { return counts(kind).answered > 0; };
        // A complaint's ruling is the authority's: it keeps no due date of ours. Only a reminder has an own
        // target that knows pauses and extensions.
        const auto has_due = [&](const KindOf& kind) { return any(kind) && kind.prefix != "complaint"; };
        const auto has_target = [&](const KindOf& kind) { return any(kind) && kind.prefix == "reminder"; };
        row("answered", "report.row.answered", [&](const KindOf& kind) { return counted(answered(kind)); });
        row("kept", "report.row.kept", [&](const KindOf& kind) {
            return has_due(kind) ? counted(figure(kind, "kept", counts(kind).kept)) : unknown();
        });
        row("kept-share", "report.row.kept_share", [&](const KindOf& kind) {
            return has_due(kind) ? share(figure(kind, "kept", counts(kind).kept), answered(kind)) : unknown();
        });
        row("kept-credited", "report.row.kept_credited", [&](const KindOf& kind) {
            return has_target(kind) ? counted(figure(kind, "kept_credited", counts(kind).kept_credited))
                                    : unknown();
        });
        row("kept-credited-share", "report.row.kept_credited_share", [&](const KindOf& kind) {
            return has_target(kind)
                       ? share(figure(kind, "kept_credited", counts(kind).kept_credited), answered(kind))
                       : unknown();
        });
        row("answer-days-median", "report.row.median", [&](const KindOf& kind) {
            return any(kind) ? days(counts(kind).answer_days_median, 0, answered(kind)) : unknown();
        });
        row("answer-days-mean", "report.row.mean", [&](const KindOf& kind) {
            return any(kind) ? days(std::round(counts(kind).answer_days_mean * 10) / 10, 1, answered(kind))
                             : unknown();
        });
        row("answer-days-longest", "report.row.longest", [&](const KindOf& kind) {
            return any(kind) ? days(counts(kind).answer_days_longest, 0, answered(kind)) : unknown();
        });
        table.definition = own_.say("report.definition.answers");
        return table;
    }
    [[nodiscard]] Table answer_bands_table() const {
        auto table =
            own_.table("legal-answer-bands", "legal_account.table.bands", "legal_account.column.band");
        Row total{"total", own_.say("report.column.total"), {}, true};
        for (const auto& kind : {kReminders, kComplaints, kRequests}) {
            table.columns.push_back(own_.column(std::string(kind.id), kind.heading));
            total.cells.push_back(counted(figure(kind, "answered", counts(kind).answered)));
        }
        for (std::size_t band = 0; band < answer_bands.size(); ++band) {
            const auto& [id, least, most] = answer_bands[band];
            Row row{std::string(id),
                    most == answer_bands.back().most
                        ? own_.say("legal_account.row.band_over", {{"days", own_.count(least - 1)}})
                        : own_.say("legal_account.row.band",
                                   {{"least", own_.count(least)}, {"most", own_.count(most)}}),
                    {}};
            for (const auto& kind : {kReminders, kComplaints, kRequests}) {
                row.cells.push_back(counted(
                    figure(kind, "answered", counts(kind).answered_within[band], {{"band", row.id}})));
            }
            table.rows.push_back(std::move(row));
        }
        table.rows.push_back(std::move(total));
        table.definition = own_.say("legal_account.definition.bands");
        return table;
    }
    void add_answer_columns(Table& table) const {
        table.columns.push_back(own_.column("registered", "legal_account.column.registered"));
        table.columns.push_back(own_.column("answered", "legal_account.column.answered"));
        table.columns.push_back(own_.column("kept", "legal_account.column.kept"));
        table.columns.push_back(own_.column("kept-share", "legal_account.column.kept_share"));
        table.columns.push_back(own_.column("answer-days-median", "legal_account.column.median"));
    }
    [[nodiscard]] std::vector<Cell> answer_cells(const KindOf& kind, const AnswersOf& group,
                                                 const Dimensions& by) const {
        const auto answered = figure(kind, "answered", group.answered, by);
        const auto kept = figure(kind, "kept", group.kept, by);
        return {counted(figure(kind, "registered", group.registered, by)), counted(answered),
                group.answered > 0 ? counted(kept) : unknown(), share(kept, answered),
                group.answered > 0 ? days(group.days_median, 0, answered) : unknown()};
    }
    [[nodiscard]] AnswersOf all_answers(const KindOf& kind) const {
        const auto& all = counts(kind);
        return {{}, {}, all.registered, all.answered, all.kept, all.kept_credited, all.answer_days_median};
    }
    [[nodiscard]] Table grouped(std::string id, std::string_view caption, std::string_view heading,
                                const std::string& set, const std::vector<AnswersOf>& groups) const {
        auto table = own_.table(std::move(id), caption, heading);
        add_answer_columns(table);
        std::vector<std::string> codes;
        for (const auto& group : groups) codes.push_back(group.code);
        for (const auto& code : in_usual_order(own_, set, std::move(codes))) {
            const auto& group = *std::ranges::find(groups, code, &AnswersOf::code);
            table.rows.push_back(
                {id_of(code), own_.name(set, code), answer_cells(kReminders, group, {{set, id_of(code)}})});
        }
        table.rows.push_back({"total", own_.say("report.column.total"),
                              answer_cells(kReminders, all_answers(kReminders), {}), true});
        table.definition = own_.say("legal_account.definition.grouped");
        return table;
    }
    [[nodiscard]] Table answers_by_year() const {
        auto table = own_.table("reminder-answers-by-year", "legal_account.table.answers_by_year",
                                "report.column.year");
        table.columns.push_back(own_.column("answered", "legal_account.column.answered"));
        table.columns.push_back(own_.column("kept", "legal_account.column.kept"));
        table.columns.push_back(own_.column("kept-share", "legal_account.column.kept_share"));
        table.columns.push_back(own_.column("answer-days-median", "legal_account.column.median"));
        for (const auto each : years_shown()) {
            const auto& counts_of = year(kReminders, each);
            const auto answered = own_.figure_in(each, "reminder.answered", counts_of.answered);
            const auto kept = own_.figure_in(each, "reminder.kept", counts_of.kept);
            const bool any = counts_of.answered > 0;
            table.rows.push_back({std::to_string(each),
                                  own_.year_heading(each),
                                  {counted(answered), any ? counted(kept) : unknown(), share(kept, answered),
                                   any ? days(counts_of.answer_days_median, 0, answered) : unknown()}});
        }
        table.definition = own_.say("legal_account.definition.answers_by_year");
        return table;
    }
    [[nodiscard]] Table rulings_by_authority() const {
        const auto& cross = counts(kComplaints).outcome_by_authority;
        auto table = own_.table("complaint-outcome-by-authority", "legal_account.table.rulings_by_authority",
                                "report.column.authority");
        const auto what = of("complaint", "outcome");
        const auto authorities = in_usual_order(own_, "authority", codes_of(sums(cross, Side::Row)));
        const auto outcomes = in_usual_order(own_, "complaint_outcome", codes_of(sums(cross, Side::Column)));
        const auto outcome = [](const std::string& code) {
            return Dimension("complaint_outcome", id_of(code));
        };
        Row total{"total", own_.say("report.column.total"), {}, true};
        for (const auto& code : outcomes) {
            table.columns.push_back({id_of(code), own_.name("complaint_outcome", code)});
            std::uint64_t sum = 0;
            for (const auto& authority : authorities) sum += at(cross, authority, code);
            total.cells.push_back(counted(own_.figure(what, sum, {outcome(code)})));
        }
        table.columns.push_back(own_.column("total", "report.column.total"));
        total.cells.push_back(counted(own_.figure(what, cross.denominator)));
        for (const auto& authority : authorities) {
            Row row{id_of(authority), own_.name("authority", authority), {}};
            const Dimension by("authority", row.id);
            std::uint64_t sum = 0;
            for (const auto& code : outcomes) {
                const auto count = at(cross, authority, code);
                row.cells.push_back(counted(own_.figure(what, count, {by, outcome(code)})));
                sum += count;
            }
            row.cells.push_back(counted(own_.figure(what, sum, {by})));
            table.rows.push_back(std::move(row));
        }
        table.rows.push_back(std::move(total));
        table.definition = own_.say("report.definition.rulings", {{"total", own_.count(cross.denominator)}});
        table.definition_without =
            own_.say("report.definition.rulings", {{"total", std::string(kSuppressedMark)}});
        table.named = {own_.figure(what, cross.denominator)};
        return table;
    }

    // ---- what authorities asked ----

    [[nodiscard]] Section requests() const {
        Section out{"requests", own_.say("legal_account.section.requests"), {}, {}};
        const auto& all = counts(kRequests);
        auto by_authority = own_.division(
            {"legal-authority", "report.table.legal_authority", "report.column.authority",
             "report.column.number", "report.definition.requests", "authority-request.registered"},
            all.authority);
        by_authority.breaks = breaks(own_, "authority", {own_.year()}, {}, all.authority.carried);
        own_.add_division(out.blocks, std::move(by_authority));
        out.blocks.emplace_back(requests_by_kind());
        return out;
    }
    [[nodiscard]] Table requests_by_kind() const {
        auto table = own_.table("requests-by-authority-and-kind", "legal_account.table.requests_by_kind",
                                "legal_account.column.authority_and_kind");
        add_answer_columns(table);
        auto groups = counts(kRequests).answers_by_authority;
        std::vector<std::string> authorities;
        std::vector<std::string> kinds;
        for (const auto& group : groups) {
            authorities.push_back(group.code);
            kinds.push_back(group.second);
        }
        authorities = in_usual_order(own_, "authority", std::move(authorities));
        kinds = in_usual_order(own_, "request_kind", std::move(kinds));
        std::ranges::sort(groups, {}, [&](const AnswersOf& group) {
            return std::pair(std::ranges::find(authorities, group.code) - authorities.begin(),
                             std::ranges::find(kinds, group.second) - kinds.begin());
        });
        for (const auto& group : groups) {
            const auto authority = id_of(group.code);
            const auto kind = id_of(group.second);
            table.rows.push_back(
                {authority + "." + kind,
                 own_.name("authority", group.code) + ": " + own_.name("request_kind", group.second),
                 answer_cells(kRequests, group, {{"authority", authority}, {"request_kind", kind}})});
        }
        table.rows.push_back({"total", own_.say("report.column.total"),
                              answer_cells(kRequests, all_answers(kRequests), {}), true});
        table.definition = own_.say("legal_account.definition.requests_by_kind");
        return table;
    }

    // ---- the rest ----

    [[nodiscard]] Section contacts() const {
        if (!figures_.released) {
            Section none{"contacts", own_.say("report.section.contacts"), {}, {}};
            none.blocks.emplace_back(Notice{own_.say("report.nothing.not_released_heading"),
                                            own_.say("report.nothing.ombudsman_not_released")});
            return none;
        }
        const auto& released = *figures_.released;
        return released_contacts_section(frame_.released("report.source.released_ombudsman", released),
                                         released);
    }
    [[nodiscard]] Section appendix() const {
        Section out{"appendix", own_.say("report.section.appendix"), {}, {}};
        out.blocks.emplace_back(Paragraph{own_.say("report.sentence.appendix")});
        out.blocks.emplace_back(cause_by("legal-cause-by-department",
                                         "report.table.legal_cause_by_department",
                                         counts(kTogether).cause_by_department));
        return out;
    }
    [[nodiscard]] Table cause_by(std::string id, std::string_view caption, const Cross& cross) const {
        auto table = own_.table(std::move(id), caption, "report.column.department");
        const auto causes = in_usual_order(own_, "cause", codes_of(sums(cross, Side::Column)));
        Row total{"total", own_.say("report.column.total"), {}, true};
        for (const auto& cause : causes) {
            table.columns.push_back({id_of(cause), own_.name("cause", cause)});
            total.cells.push_back(counted(figure(
                kTogether, "registered", counts(kTogether).cause.of_code(cause), {{"cause", id_of(cause)}})));
        }
        table.columns.push_back(own_.column("total", "report.column.total"));
        total.cells.push_back(counted(registered(kTogether)));
        for (const auto& code : in_usual_order(own_, cross.row_set, codes_of(sums(cross, Side::Row)))) {
            Row row{id_of(code), own_.name(cross.row_set, code), {}};
            const Dimension by(cross.row_set, row.id);
            std::uint64_t sum = 0;
            for (const auto& cause : causes) {
                const auto count = at(cross, code, cause);
                row.cells.push_back(
                    counted(figure(kTogether, "registered", count, {by, {"cause", id_of(cause)}})));
                sum += count;
            }
            row.cells.push_back(counted(figure(kTogether, "registered", sum, {by})));
            table.rows.push_back(std::move(row));
        }
        table.rows.push_back(std::move(total));
        define_cases(table, cross.denominator);
        return table;
    }

    const AnnualFigures& figures_;
    const Concentration& concentration_;
    Frame frame_;
    const Composer& own_;
};

// ---- systematic or single cases ----

std::string_view sign_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::Systematic:
            return "▲▲";
        case Verdict::MoreThanElsewhere:
            return "▲";
        case Verdict::MoreThanBefore:
            return "△";
        case Verdict::SingleCases:
        case Verdict::TooFew:
            return "";
    }
    return "";
}
std::string_view text_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::Systematic:
            return "legal_account.verdict.systematic";
        case Verdict::MoreThanElsewhere:
            return "legal_account.verdict.elsewhere";
        case Verdict::MoreThanBefore:
            return "legal_account.verdict.before";
        case Verdict::SingleCases:
        case Verdict::TooFew:
            return "";
    }
    return "";
}

std::string row_id(const ConcentrationRow& row) {
    return row.unit.empty() ? id_of(row.department) : id_of(row.department) + "/" + row.unit;
}
Dimensions place_of(const ConcentrationRow& row) {
    return {{"unit", id_of(row.department)}, {"exact_unit", row.unit.empty() ? "not-known" : row.unit}};
}
std::string heading_of(const Composer& composer, const ConcentrationRow& row,
                       const std::vector<ConcentrationRow>& all) {
    const auto department = composer.name("unit", row.department);
    if (row.unit.empty()) {
        const bool has_units = std::ranges::any_of(all, [&](const ConcentrationRow& other) {
            return other.department == row.department && !other.unit.empty();
        });
        return has_units ? composer.say("legal_account.row.unit_not_known", {{"department", department}})
                         : department;
    }
    return composer.name("unit", row.unit) + " (" + department + ")";
}

Table units_and_causes(const Composer& composer, const Concentration& found) {
    auto table =
        composer.table("concentration", "legal_account.table.concentration", "legal_account.column.unit");
    const auto whole = composer.figure(kCases, found.whole);
    std::vector<std::uint64_t> columns(found.causes.size());
    for (const auto& cause : found.causes)
        table.columns.push_back({id_of(cause), composer.name("cause", cause)});
    table.columns.push_back(composer.column("total", "report.column.total"));
    for (const auto& row : found.rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) columns[i] += row.cells[i].now;
    }
    const auto of_cause = [&](std::size_t i) {
        return composer.figure(kCases, columns[i], {{"cause", id_of(found.causes[i])}});
    };
    for (const auto& row : found.rows) {
        Row out{row_id(row), heading_of(composer, row, found.rows), {}};
        const auto sum = composer.figure(kCases, row.count, place_of(row));
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            auto by = place_of(row);
            by.emplace_back("cause", id_of(found.causes[i]));
            const auto cell = composer.figure(kCases, row.cells[i].now, by);
            out.cells.push_back(counted(cell));
            const auto sign = sign_of(row.judged[i].verdict);
            if (sign.empty()) continue;
            // A verdict on the past tells that there were clearly fewer, and no count.
            table.marks.push_back({out.id,
                                   id_of(found.causes[i]),
                                   std::string(sign),
                                   composer.say(text_of(row.judged[i].verdict)),
                                   {cell, sum, of_cause(i), whole}});
        }
        out.cells.push_back(counted(sum));
        table.rows.push_back(std::move(out));
    }
    Row total{"total", composer.say("report.column.total"), {}, true};
    for (std::size_t i = 0; i < columns.size(); ++i) total.cells.push_back(counted(of_cause(i)));
    total.cells.push_back(counted(whole));
    table.rows.push_back(std::move(total));
    table.named = {whole};
    const auto definition = [&](const std::string& count) {
        auto out = composer.say("legal_account.definition.concentration",
                                {{"total", count}, {"least", composer.count(least_judged)}});
        if (found.key_gone > 0) out += " " + composer.say("legal_account.definition.key_gone");
        return out;
    };
    table.definition = definition(composer.count(found.whole));
    table.definition_without = definition(std::string(kSuppressedMark));
    return table;
}

BulletList findings(const Composer& composer, const Concentration& found) {
    BulletList out;
    for (const auto& row : found.rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const auto text = text_of(row.judged[i].verdict);
            if (text.empty()) continue;
            auto by = place_of(row);
            by.emplace_back("cause", id_of(found.causes[i]));
            out.items.push_back(composer.say(
                "legal_account.sentence.finding",
                {{"unit", heading_of(composer, row, found.rows)},
                 {"cause", composer.name("cause", found.causes[i])},
                 {"count", composer.count(row.cells[i].now)},
                 {"expected",
                  written(Number{row.judged[i].expected, Measure::Ratio, 1}, composer.language())},
                 {"verdict", composer.say(text)}}));
            out.named.push_back({composer.figure(kCases, row.cells[i].now, by),
                                 composer.figure(kCases, row.count, place_of(row)),
                                 composer.figure(kCases, found.whole)});
        }
    }
    return out;
}

}  // namespace

Section concentration_section(const Composer& composer, const Concentration& found) {
    Section out{"systematic", composer.say("legal_account.section.systematic"), {}, {}};
    out.blocks.emplace_back(Paragraph{composer.say("legal_account.sentence.question")});
    if (found.whole == 0) {
        out.blocks.emplace_back(
            Notice{composer.say("report.nothing.heading"), composer.say("legal_account.nothing.cases")});
        return out;
    }
    auto list = findings(composer, found);
    if (list.items.empty()) {
        out.blocks.emplace_back(Paragraph{composer.say("legal_account.sentence.nothing_found")});
    } else {
        out.blocks.emplace_back(Paragraph{composer.say("legal_account.sentence.found")});
        out.blocks.emplace_back(std::move(list));
    }
    auto table = units_and_causes(composer, found);
    out.blocks.emplace_back(composer.chart(table, Shape::HeatMap, without_total(table)));
    out.blocks.emplace_back(std::move(table));

    Section test{"systematic-test", composer.say("legal_account.heading.test"), {}, {}};
    BulletList words;
    const std::map<std::string, std::string> args{{"least", composer.count(least_judged)},
                                                  {"periods", composer.count(found.periods)}};
    words.items.push_back(composer.say("legal_account.test.elsewhere"));
    words.items.push_back(
        composer.say(found.periods > 0 ? "legal_account.test.before" : "legal_account.test.no_past", args));
    words.items.push_back(composer.say("legal_account.test.correction"));
    words.items.push_back(composer.say("legal_account.test.verdicts"));
    words.items.push_back(composer.say("legal_account.test.too_few", args));
    words.items.push_back(composer.say("legal_account.test.assumptions"));
    if (found.key_gone_before > 0) words.items.push_back(composer.say("legal_account.test.key_gone_before"));
    for (const auto& carried : found.carried) {
        if (carried.to.empty() && carried.successors.size() > 1) {
            words.items.push_back(composer.say("legal_account.test.split"));
            break;
        }
    }
    test.blocks.emplace_back(std::move(words));
    out.subsections.push_back(std::move(test));
    return out;
}

Report legal_account(const AnnualFigures& figures, const Concentration& concentration,
                     const domain::Reference& reference, domain::Language language, AsOf as_of) {
    return Account(figures, concentration, reference, language, as_of).make();
}

}  // namespace vastine::projections::report
