#include <algorithm>
#include <array>

#include "projections/report/sections.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

constexpr std::string_view kBoth = "reminder+complaint";

struct Kind {
    std::string_view prefix;
    std::string_view id;
    std::string_view heading;
};
constexpr std::array<Kind, 4> kKinds{
    {{"reminder", "reminders", "report.column.reminders"},
     {"complaint", "complaints", "report.column.complaints"},
     {kBoth, "reminders-and-complaints", "report.column.reminders_and_complaints"},
     {"authority-request", "requests", "report.column.requests"}}};

std::string measure(std::string_view prefix, std::string_view what) {
    return std::string(prefix) + "." + std::string(what);
}

constexpr std::string_view kCases = "reminder+complaint.registered";
constexpr std::string_view kRequests = "authority-request.registered";

Table by_department(const Composer& composer, const LegalYears& years) {
    auto table =
        composer.table("legal-by-department", "report.table.legal_by_department", "report.column.department");
    const auto registered = measure(kBoth, "registered");
    std::map<std::string, std::uint64_t> sizes;
    for (const auto& [year, totals] : years.years) {
        table.columns.push_back(composer.year_column(year));
        for (const auto& [code, count] : totals.division(registered, "department")) sizes[code] += count;
    }
    // In the organisation's own order, which is the same from year to year; what is unknown to it last.
    std::vector<std::string> order;
    for (const auto* unit : composer.reference().units()) {
        if (sizes.contains(unit->given.unit_id())) order.push_back(unit->given.unit_id());
    }
    for (const auto& [code, size] : sizes) {
        if (std::find(order.begin(), order.end(), code) == order.end() && !code.empty())
            order.push_back(code);
    }
    if (sizes.contains("")) order.emplace_back("");
    for (const auto& code : order) {
        Row row{code.empty() ? "not-stated" : code, composer.name("unit", code), {}};
        for (const auto& [year, totals] : years.years) {
            const auto count = totals.count(registered, "department", code);
            // As in the county's own tables: a department without cases in a year is a dash.
            row.cells.push_back(count > 0
                                    ? counted(composer.figure_in(year, registered, count, {{"unit", row.id}}))
                                    : unknown());
        }
        table.rows.push_back(std::move(row));
    }
    Row total{"total", composer.say("report.column.total"), {}, true};
    for (const auto& [year, totals] : years.years) {
        total.cells.push_back(counted(composer.figure_in(year, registered, totals.count(registered))));
    }
    table.rows.push_back(std::move(total));
    table.definition = composer.say("report.definition.cases_by_year");
    return table;
}

Table by_kind(const Composer& composer, const LegalYears& years) {
    auto table = composer.table("legal-by-kind", "report.table.legal_by_kind", "report.column.kind");
    for (const auto& [year, totals] : years.years) {
        table.columns.push_back(composer.year_column(year));
    }
    for (const auto& kind : kKinds) {
        Row row{std::string(kind.id), composer.say(kind.heading), {}};
        for (const auto& [year, totals] : years.years) {
            const auto registered = measure(kind.prefix, "registered");
            row.cells.push_back(counted(composer.figure_in(year, registered, totals.count(registered))));
        }
        table.rows.push_back(std::move(row));
    }
    table.definition = composer.say("report.definition.kinds");
    return table;
}

Table by_month(const Composer& composer, const ReleasedTotals& totals) {
    auto table = composer.table("legal-by-month", "report.table.legal_by_month", "report.column.month");
    for (const auto& kind : kKinds) {
        if (kind.prefix == kBoth) continue;
        table.columns.push_back(composer.column(std::string(kind.id), kind.heading));
    }
    for (auto month = composer.period().first; month <= composer.period().last;
         month += std::chrono::months(1)) {
        const auto code = domain::to_string(domain::Date(month / 1)).substr(0, 7);
        Row row{code, composer.name("month", code), {}};
        for (const auto& kind : kKinds) {
            if (kind.prefix == kBoth) continue;
            const auto registered = measure(kind.prefix, "registered");
            const auto count =
                composer.figure_of_month(code, registered, totals.count(registered, "month", code));
            row.cells.push_back(composer.has_come(code) ? counted(count) : unknown());
        }
        table.rows.push_back(std::move(row));
    }
    Row total{"total", composer.say("report.column.total"), {}, true};
    for (const auto& kind : kKinds) {
        if (kind.prefix == kBoth) continue;
        const auto registered = measure(kind.prefix, "registered");
        total.cells.push_back(counted(composer.figure(registered, totals.count(registered))));
    }
    table.rows.push_back(std::move(total));
    table.definition = composer.say("report.definition.kinds");
    return table;
}

Table answers(const Composer& composer, const ReleasedTotals& totals) {
    auto table = composer.table("legal-answers", "report.table.legal_answers", "report.column.figure");
    std::vector<Kind> kinds;
    for (const auto& kind : kKinds) {
        if (kind.prefix != kBoth) kinds.push_back(kind);
    }
    for (const auto& kind : kinds)
        table.columns.push_back(composer.column(std::string(kind.id), kind.heading));
    const auto of = [&](const Kind& kind, std::string_view what) {
        return totals.count(measure(kind.prefix, what));
    };
    const auto figure = [&](const Kind& kind, std::string_view what) {
        return composer.figure(measure(kind.prefix, what), of(kind, what));
    };
    const auto row = [&](std::string id, std::string_view heading, auto cell) {
        Row out{std::move(id), composer.say(heading), {}};
        for (const auto& kind : kinds) out.cells.push_back(cell(kind));
        table.rows.push_back(std::move(out));
    };
    // A complaint's ruling is the authority's: it keeps no due date of ours.
    const auto has_due = [](const Kind& kind) { return kind.prefix != "complaint"; };
    const auto any = [&](const Kind& kind) { return of(kind, "answered") > 0; };
    row("opening-balance", "report.row.opening_balance", [&](const Kind& kind) {
        return counted(open_at(kind.prefix, composer.period().first, of(kind, "opening_balance")));
    });
    row("registered", "report.row.registered",
        [&](const Kind& kind) { return counted(figure(kind, "registered")); });
    row("answered", "report.row.answered",
        [&](const Kind& kind) { return counted(figure(kind, "answered")); });
    row("closing-balance", "report.row.closing_balance", [&](const Kind& kind) {
        return counted(open_at(kind.prefix, composer.period().last + std::chrono::months(1),
                               of(kind, "closing_balance")));
    });
    row("kept", "report.row.kept", [&](const Kind& kind) {
        return has_due(kind) && any(kind) ? counted(figure(kind, "kept")) : unknown();
    });
    row("kept-share", "report.row.kept_share", [&](const Kind& kind) {
        return has_due(kind) ? share(figure(kind, "kept"), figure(kind, "answered")) : unknown();
    });
    // Only the own target of a reminder knows pauses and extensions; a release from before they were counted
    // had none.
    const auto has_own_target = [&](const Kind& kind) { return kind.prefix == "reminder" && any(kind); };
    const auto credited = [&](const Kind& kind) {
        const bool known = totals.has(measure(kind.prefix, "kept_credited"));
        return composer.figure(measure(kind.prefix, "kept_credited"),
                               of(kind, known ? "kept_credited" : "kept"));
    };
    row("kept-credited", "report.row.kept_credited",
        [&](const Kind& kind) { return has_own_target(kind) ? counted(credited(kind)) : unknown(); });
    row("kept-credited-share", "report.row.kept_credited_share", [&](const Kind& kind) {
        return has_own_target(kind) ? share(credited(kind), figure(kind, "answered")) : unknown();
    });
    row("answer-days-median", "report.row.median", [&](const Kind& kind) {
        return any(kind)
                   ? days(static_cast<double>(of(kind, "answer_days_median")), 0, figure(kind, "answered"))
                   : unknown();
    });
    row("answer-days-mean", "report.row.mean", [&](const Kind& kind) {
        return any(kind) ? days(static_cast<double>(of(kind, "answer_days_mean_tenths")) / 10, 1,
                                figure(kind, "answered"))
                         : unknown();
    });
    row("answer-days-longest", "report.row.longest", [&](const Kind& kind) {
        return any(kind)
                   ? days(static_cast<double>(of(kind, "answer_days_longest")), 0, figure(kind, "answered"))
                   : unknown();
    });
    table.definition = composer.say("report.definition.answers");
    return table;
}

}  // namespace

Named open_at(std::string_view prefix, std::chrono::year_month start, std::uint64_t count) {
    auto id = period_text({start, start});
    id.resize(start.month() == std::chrono::January ? 4 : 7);
    return named(figure_id(measure(prefix, "open"), id), count);
}

const ReleasedTotals* LegalYears::year(int year) const {
    const auto found = years.find(year);
    return found == years.end() ? nullptr : &found->second;
}

LegalYears released_years(const AnnualFigures& figures) {
    LegalYears out;
    for (const auto& totals : figures.released_before) out.years.insert_or_assign(totals.year, totals);
    if (figures.released) out.years.insert_or_assign(figures.released->year, *figures.released);
    return out;
}

Division division_of(const ReleasedTotals& totals, std::string_view name, std::string_view dimension,
                     std::string code_set, Whole of) {
    Division out;
    out.code_set = std::move(code_set);
    out.of = of;
    std::uint64_t sum = 0;
    for (const auto& [code, count] : totals.division(name, dimension)) {
        if (count == 0) continue;
        out.counts.push_back({code, count});
        sum += count;
    }
    std::stable_sort(out.counts.begin(), out.counts.end(), [](const Count& a, const Count& b) {
        return a.count != b.count ? a.count > b.count : a.code < b.code;
    });
    // A dimension may be stated for some only: the whole is what the measure counts in all.
    const auto whole = totals.count(name);
    if (whole > sum) out.counts.push_back({"", whole - sum});
    out.denominator = std::max(whole, sum);
    return out;
}

Section legal_section(const Composer& composer, const LegalYears& years) {
    Section out{"legal", composer.say("report.section.legal"), {}, {}};
    const auto* totals = years.year(composer.year());
    if (totals == nullptr) {
        out.blocks.emplace_back(Notice{composer.say("report.nothing.not_released_heading"),
                                       composer.say("report.nothing.legal_not_released")});
        return out;
    }
    out.blocks.emplace_back(
        Paragraph{composer.say("report.sentence.legal",
                               {{"count", composer.count(totals->count("reminder+complaint.registered"))},
                                {"requests", composer.count(totals->count("authority-request.registered"))}}),
                  {composer.figure(kCases, totals->count(kCases)),
                   composer.figure(kRequests, totals->count(kRequests))}});

    Section departments{"departments", composer.say("report.heading.departments"), {}, {}};
    auto by_year = by_department(composer, years);
    std::vector<std::string> drawn;
    for (const auto& column : by_year.columns) drawn.push_back(column.id);
    if (drawn.size() > 3) drawn.erase(drawn.begin(), drawn.end() - 3);
    departments.blocks.emplace_back(composer.chart(by_year, Shape::Bars, drawn));
    departments.blocks.emplace_back(std::move(by_year));
    departments.blocks.emplace_back(by_kind(composer, years));
    out.subsections.push_back(std::move(departments));

    out.subsections.push_back(composer.divided(
        "legal-causes", "report.heading.legal_causes",
        {"legal-cause", "report.table.legal_cause", "report.column.cause", "report.column.number",
         "report.definition.cases", kCases},
        division_of(*totals, "reminder+complaint.registered", "cause", "cause", Whole::Cases)));
    out.subsections.push_back(composer.divided(
        "legal-makers", "report.heading.makers",
        {"legal-maker", "report.table.legal_maker", "report.column.maker", "report.column.number",
         "report.definition.cases", kCases},
        division_of(*totals, "reminder+complaint.registered", "maker", "maker", Whole::Cases)));
    out.subsections.push_back(composer.divided(
        "legal-authorities", "report.heading.authorities",
        {"legal-authority", "report.table.legal_authority", "report.column.authority", "report.column.number",
         "report.definition.requests", kRequests},
        division_of(*totals, "authority-request.registered", "authority", "authority", Whole::Cases)));

    Section answered{"legal-answering", composer.say("report.heading.answers"), {}, {}};
    if (const auto count = totals->count("reminder.answered"); count > 0) {
        answered.blocks.emplace_back(Paragraph{
            composer.say("report.sentence.kept",
                         {{"answered", composer.count(count)},
                          {"share", composer.percent(totals->count("reminder.kept"), count)},
                          {"median", composer.count(totals->count("reminder.answer_days_median"))}}),
            {composer.figure("reminder.answered", count),
             composer.figure("reminder.kept", totals->count("reminder.kept"))}});
    }
    answered.blocks.emplace_back(answers(composer, *totals));
    out.subsections.push_back(std::move(answered));

    Section outcomes{"legal-outcomes", composer.say("report.heading.outcomes"), {}, {}};
    outcomes.blocks.emplace_back(composer.division(
        {"reminder-outcome", "report.table.reminder_outcome", "report.column.outcome", "report.column.number",
         "report.definition.outcomes", "reminder.outcome"},
        division_of(*totals, "reminder.outcome", "outcome", "reminder_outcome", Whole::Answers)));
    outcomes.blocks.emplace_back(composer.division(
        {"complaint-outcome", "report.table.complaint_outcome", "report.column.outcome",
         "report.column.number", "report.definition.rulings", "complaint.outcome"},
        division_of(*totals, "complaint.outcome", "outcome", "complaint_outcome", Whole::Rulings)));
    out.subsections.push_back(std::move(outcomes));
    return out;
}

std::vector<Block> legal_appendix(const Composer& composer, const LegalYears& years) {
    std::vector<Block> out;
    const auto* totals = years.year(composer.year());
    if (totals == nullptr) return out;
    out.emplace_back(by_month(composer, *totals));
    out.emplace_back(composer.division(
        {"legal-service", "report.table.legal_by_service", "report.column.service_task",
         "report.column.number", "report.definition.cases", kCases},
        division_of(*totals, "reminder+complaint.registered", "service_task", "service_task", Whole::Cases)));
    return out;
}

Section released_contacts_section(const Composer& composer, const ReleasedTotals& totals) {
    Section out{"contacts", composer.say("report.section.contacts"), {}, {}};
    out.blocks.emplace_back(
        Paragraph{composer.say("report.sentence.contacts",
                               {{"contacts", composer.count(totals.count("contact.contacts"))},
                                {"matters", composer.count(totals.count("contact.matters"))}}),
                  {composer.figure("contacts", totals.count("contact.contacts")),
                   composer.figure("matters", totals.count("contact.matters"))}});
    out.blocks.emplace_back(
        composer.division({"sector", "report.table.sector", "report.column.sector", "report.column.contacts",
                           "report.definition.contacts"},
                          division_of(totals, "contact.contacts", "sector", "sector", Whole::Contacts)));
    out.blocks.emplace_back(composer.division(
        {"cause", "report.table.cause", "report.column.cause", "report.column.matters",
         "report.definition.matters"},
        division_of(totals, "contact.matters", "cause_contact", "cause_contact", Whole::Matters)));
    return out;
}

}  // namespace vastine::projections::report
