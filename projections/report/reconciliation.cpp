#include "projections/report/reconciliation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "domain/calendar/date.hpp"
#include "projections/case_figures.hpp"
#include "projections/contact_figures.hpp"
#include "projections/report/prose.hpp"
#include "projections/report/reports.hpp"
#include "projections/report/writing.hpp"
#include "projections/sight.hpp"

namespace vastine::projections::report {
namespace {

// One sum that is held against the whole it is of.
struct Check {
    std::string id;
    std::string heading;
    double parts = 0;
    double whole = 0;
    std::optional<double> not_stated = {};
    std::string why = {};  // of a difference that is meant; empty: there must be none
    [[nodiscard]] double difference() const { return parts - whole; }
    [[nodiscard]] bool fails() const { return why.empty() && std::abs(difference()) >= 0.5; }
};

// "matters|year=2018|cause=care" is what is counted and then its dimensions.
std::vector<std::string> dimensions_of(const std::string& figure) {
    std::vector<std::string> out;
    for (auto at = figure.find('|'); at != std::string::npos;) {
        const auto next = figure.find('|', at + 1);
        out.push_back(figure.substr(at + 1, next == std::string::npos ? next : next - at - 1));
        at = next;
    }
    return out;
}
std::string what_of(const std::string& figure) {
    return figure.substr(0, figure.find('|'));
}
std::string name_of_dimension(const std::string& dimension) {
    return dimension.substr(0, dimension.find('='));
}

bool is_count(const Cell& cell) {
    return cell.number && cell.number->unit == Measure::Count;
}

// Numbers by the ids of their figures, wherever they stand.
using Values = std::map<std::string, std::set<double>>;

class Figures {
public:
    explicit Figures(const Report& report) {
        for (const auto& section : report.sections) take(section);
    }
    [[nodiscard]] const Values& values() const { return values_; }
    [[nodiscard]] std::size_t places() const { return places_; }
    [[nodiscard]] const double* value(const std::string& figure) const {
        const auto found = values_.find(figure);
        return found == values_.end() ? nullptr : &*found->second.begin();
    }

private:
    void take(const std::string& figure, double value) {
        if (figure.empty()) return;
        values_[figure].insert(value);
        ++places_;
    }
    void take(const std::vector<Named>& named) {
        for (const auto& each : named) take(each.figure, each.value);
    }
    void take(const Section& section) {
        for (const auto& block : section.blocks) {
            if (const auto* paragraph = std::get_if<Paragraph>(&block)) take(paragraph->named);
            if (const auto* list = std::get_if<BulletList>(&block)) {
                for (const auto& item : list->named) take(item);
            }
            if (const auto* key = std::get_if<KeyFigures>(&block)) {
                for (const auto& figure : key->figures) {
                    take(figure.from);
                    take(figure.figure, figure.number.value);
                }
            }
            const auto* table = std::get_if<Table>(&block);
            if (table == nullptr) continue;
            take(table->named);
            for (const auto& row : table->rows) {
                for (const auto& cell : row.cells) {
                    take(cell.from);
                    if (is_count(cell)) take(cell.figure, cell.number->value);
                }
            }
        }
        for (const auto& below : section.subsections) take(below);
    }

    Values values_;
    std::size_t places_ = 0;
};

class Reconciling {
public:
    Reconciling(const Report& counted, const LeftOut& left_out)
        : counted_(counted), left_out_(left_out), figures_(counted), lookup_(counted) {}

    Report make() {
        Report out;
        out.title = say("report.reconciliation.title", {{"report", counted_.title}});
        out.subtitle = counted_.subtitle;
        out.year = counted_.year;
        out.language = counted_.language;
        out.provenance = counted_.provenance;
        out.mark = counted_.mark;
        out.kind = counted_.kind.empty() ? std::string() : counted_.kind + "-reconciliation";
        out.period = counted_.period;
        for (const auto& section : counted_.sections) tables_of(section, section);
        auto tables = tables_section();
        auto rules = rules_section();
        // Last made and first read.
        out.sections.push_back(verdict());
        out.sections.push_back(std::move(tables));
        out.sections.push_back(std::move(rules));
        out.sections.push_back(left_out_section());
        return out;
    }

private:
    using Args = std::map<std::string, std::string>;
    [[nodiscard]] std::string say(std::string_view id, const Args& args = {}) const {
        return domain::text(id, counted_.language, args);
    }
    [[nodiscard]] std::string number(double value) const {
        return written(Number{value, Measure::Count, 0}, counted_.language);
    }
    [[nodiscard]] std::string number(std::size_t value) const { return written(value, counted_.language); }

    // ---- each table ----

    void tables_of(const Section& top, const Section& section) {
        for (const auto& block : section.blocks) {
            if (const auto* table = std::get_if<Table>(&block)) add_table(top, *table);
        }
        for (const auto& below : section.subsections) tables_of(top, below);
    }
    void add_table(const Section& top, const Table& table) {
        ++tables_;
        auto& checks = by_section(top);
        const auto before = checks.size();
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            add_column(table, column, checks);
        }
        add_rows(table, checks);
        if (checks.size() == before) unsummed_.push_back(table.caption);
    }
    [[nodiscard]] std::vector<Check>& by_section(const Section& section) {
        if (sections_.empty() || sections_.back().first != &section) sections_.push_back({&section, {}});
        return sections_.back().second;
    }

    // What stands above a sum adds up to it, and so does what stands below it when no further sum follows:
    // what there was to handle is what came, and is what was settled and what is left.
    void add_column(const Table& table, std::size_t column, std::vector<Check>& checks) const {
        std::size_t counts = 0;
        for (const auto& each : table.columns) counts += each.id == "share" ? 0 : 1;
        const Check empty{table.id + "." + table.columns[column].id,
                          counts > 1 ? table.caption + ": " + table.columns[column].heading : table.caption};
        auto check = empty;
        std::optional<double> sum;
        bool any = false;
        bool several = false;
        for (const auto& row : table.rows) {
            if (column >= row.cells.size() || !is_count(row.cells[column])) continue;
            const auto& cell = row.cells[column];
            if (row.total) {
                sum = cell.number->value;
                check.whole = *sum;
                if (any) checks.push_back(std::move(check));
                check = empty;
                any = false;
                continue;
            }
            any = true;
            check.parts += cell.number->value;
            if (row.id == "not-stated") check.not_stated = cell.number->value;
            several = several || overlaps(cell.figure);
        }
        if (!any) return;
        if (sum) {
            check.id += ".below";
        } else if (counts == 1 && table.columns.size() == 2 && !table.named.empty()) {
            // A table of numbers and shares is of the whole that its definition names.
            sum = table.named.front().value;
            if (several) check.why = say("report.reconciliation.why_several");
        }
        if (!sum) return;
        check.whole = *sum;
        checks.push_back(std::move(check));
    }
    // One may stand under several codes of a dimension whose name ends in '*'.
    [[nodiscard]] static bool overlaps(const std::string& figure) {
        const auto all = dimensions_of(figure);
        return std::ranges::any_of(
            all, [](const std::string& each) { return name_of_dimension(each).ends_with('*'); });
    }
    // A column of sums: every row is held against it, and those that do not come out are named.
    void add_rows(const Table& table, std::vector<Check>& checks) const {
        const auto column = std::ranges::find(table.columns, "total", &Column::id);
        if (column == table.columns.end()) return;
        const auto at = static_cast<std::size_t>(column - table.columns.begin());
        Check all{table.id + ".rows", table.caption + ": " + say("report.reconciliation.rows")};
        for (const auto& row : table.rows) {
            if (at >= row.cells.size() || !is_count(row.cells[at])) continue;
            Check one{table.id + "." + row.id, table.caption + ": " + row.heading};
            one.whole = row.cells[at].number->value;
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                if (i != at && is_count(row.cells[i])) one.parts += row.cells[i].number->value;
            }
            if (one.fails()) checks.push_back(one);
            if (row.total) continue;
            all.parts += one.parts;
            all.whole += one.whole;
        }
        checks.push_back(std::move(all));
    }

    [[nodiscard]] Section tables_section() {
        Section out{"tables", say("report.reconciliation.tables"), {}, {}};
        out.blocks.emplace_back(Paragraph{say("report.reconciliation.tables_text")});
        for (const auto& [section, checks] : sections_) {
            if (checks.empty()) continue;
            out.blocks.emplace_back(table_of("of-" + section->id, section->heading, checks));
        }
        if (!unsummed_.empty()) {
            out.blocks.emplace_back(Paragraph{say("report.reconciliation.unsummed")});
            out.blocks.emplace_back(BulletList{unsummed_});
        }
        return out;
    }
    [[nodiscard]] Table table_of(std::string id, std::string caption, const std::vector<Check>& checks) {
        Table out{std::move(id), std::move(caption), say("report.reconciliation.sum"), {}, {}, {}, {}};
        const bool stated =
            std::ranges::any_of(checks, [](const Check& each) { return each.not_stated.has_value(); });
        out.columns = {{"parts", say("report.reconciliation.parts")},
                       {"whole", say("report.reconciliation.whole")},
                       {"difference", say("report.reconciliation.difference")}};
        if (stated) out.columns.push_back({"not-stated", say("report.reconciliation.not_stated")});
        const auto cell = [](double value) { return Cell{Number{value, Measure::Count, 0}}; };
        for (const auto& check : checks) {
            ++sums_;
            Row row{
                check.id, check.heading, {cell(check.parts), cell(check.whole), cell(check.difference())}};
            if (stated) row.cells.push_back(check.not_stated ? cell(*check.not_stated) : Cell{});
            out.rows.push_back(std::move(row));
            if (check.fails()) {
                failures_.push_back(failure(check));
                out.marks.push_back({check.id, "difference", "✗", say("report.reconciliation.unexplained")});
            } else if (std::abs(check.difference()) >= 0.5) {
                out.marks.push_back({check.id, "difference", "*", check.why});
            }
        }
        return out;
    }
    [[nodiscard]] std::string failure(const Check& check) const {
        return say("report.reconciliation.failure", {{"sum", check.heading},
                                                     {"parts", number(check.parts)},
                                                     {"whole", number(check.whole)},
                                                     {"difference", number(check.difference())}});
    }

    // ---- what must hold over the whole model ----

    [[nodiscard]] Section rules_section() {
        Section out{"rules", say("report.reconciliation.rules"), {}, {}};
        std::vector<Check> checks;
        add_one_value(checks);
        add_sums_of_kinds(checks);
        add_balances(checks);
        add_margins(checks);
        out.blocks.emplace_back(Paragraph{say("report.reconciliation.rules_text")});
        out.blocks.emplace_back(table_of("rules", say("report.reconciliation.rules"), checks));
        return out;
    }
    // The same figure has one value wherever it stands.
    void add_one_value(std::vector<Check>& checks) const {
        Check all{"one-value",
                  say("report.reconciliation.one_value", {{"places", number(figures_.places())},
                                                          {"figures", number(figures_.values().size())}})};
        all.whole = static_cast<double>(figures_.values().size());
        for (const auto& [figure, values] : figures_.values()) {
            if (values.size() == 1) {
                all.parts += 1;
                continue;
            }
            checks.push_back({figure, say("report.reconciliation.two_values", {{"figure", figure}}),
                              *values.begin(), *values.rbegin()});
        }
        checks.push_back(std::move(all));
    }
    // "reminder+complaint.registered" is the sum of its two.
    void add_sums_of_kinds(std::vector<Check>& checks) const {
        Check all{"kinds", say("report.reconciliation.kinds")};
        bool any = false;
        for (const auto& [figure, values] : figures_.values()) {
            const auto what = what_of(figure);
            const auto plus = what.find('+');
            const auto dot = what.find('.');
            if (plus == std::string::npos || dot == std::string::npos || dot < plus) continue;
            const auto rest = figure.substr(what.size());
            const auto* one = figures_.value(what.substr(0, plus) + what.substr(dot) + rest);
            const auto* other = figures_.value(what.substr(plus + 1) + rest);
            if (one == nullptr || other == nullptr) continue;
            any = true;
            const Check each{figure, figure, *one + *other, *values.begin()};
            if (each.fails()) checks.push_back(each);
            all.parts += each.parts;
            all.whole += each.whole;
        }
        if (any) checks.push_back(std::move(all));
    }
    // What was open, and what came, less what was settled, is open at the end.
    void add_balances(std::vector<Check>& checks) const {
        static constexpr std::array<std::array<std::string_view, 2>, 3> kinds{
            {{"reminder", "reminders"}, {"complaint", "complaints"}, {"authority-request", "requests"}}};
        for (const auto& [kind, column] : kinds) {
            const auto at = [&](std::string_view row) -> std::optional<double> {
                for (const auto* table : {"legal-answers/", "legal-flow/"}) {
                    const auto* cell = lookup_.find(table + std::string(row) + "/" + std::string(column));
                    if (cell != nullptr && cell->number) return cell->number->value;
                }
                return std::nullopt;
            };
            const auto opening = at("opening-balance");
            const auto registered = at("registered");
            const auto answered = at("answered");
            const auto closing = at("closing-balance");
            if (!opening || !registered || !closing) continue;
            const auto own = std::ranges::find(left_out_.kinds, kind, &LeftOut::Kind::id);
            const bool known = own != left_out_.kinds.end();
            const auto name = say("report.reconciliation.kind", {{"kind", kind_name(kind)}});
            Check check{"balance." + std::string(kind), name};
            check.whole = *closing;
            check.parts = *opening + *registered;
            if (known) {
                check.parts += static_cast<double>(own->taken_up) - static_cast<double>(own->settled);
            } else {
                check.parts -= answered.value_or(0);
                if (std::abs(check.difference()) >= 0.5) check.why = say("report.reconciliation.why_balance");
            }
            checks.push_back(std::move(check));
        }
    }
    [[nodiscard]] std::string kind_name(std::string_view kind) const {
        if (kind == "contacts") return say("report.column.contacts");
        if (kind == "reminder") return say("report.column.reminders");
        if (kind == "complaint") return say("report.column.complaints");
        return say("report.column.requests");
    }

    // Months to the year, sectors to the contacts, departments to what was registered: counts by one
    // dimension sum to the count without it, in every table that shows them all.
    void add_margins(std::vector<Check>& checks) const {
        std::map<std::string, std::map<std::string, double>> parts;  // whole, dimension
        for (const auto& section : counted_.sections) margins_of(section, parts);
        for (const auto& [whole, by] : parts) {
            const auto* value = figures_.value(whole);
            if (value == nullptr) continue;
            for (const auto& [dimension, sum] : by) {
                checks.push_back({whole + "|" + dimension,
                                  say("report.reconciliation.margin",
                                      {{"whole", whole_in_words(whole)}, {"dimension", dimension}}),
                                  sum, *value});
            }
        }
    }
    void margins_of(const Section& section,
                    std::map<std::string, std::map<std::string, double>>& parts) const {
        for (const auto& block : section.blocks) {
            const auto* table = std::get_if<Table>(&block);
            if (table == nullptr || !std::ranges::any_of(table->rows, &Row::total)) continue;
            std::map<std::string, std::map<std::string, double>> here;
            for (const auto& row : table->rows) {
                if (row.total) continue;
                for (const auto& cell : row.cells) {
                    if (!is_count(cell) || cell.figure.empty()) continue;
                    const auto all = dimensions_of(cell.figure);
                    if (all.size() != 2 || name_of_dimension(all[1]).ends_with('*')) continue;
                    here[what_of(cell.figure) + "|" + all[0]][name_of_dimension(all[1])] +=
                        cell.number->value;
                }
            }
            for (auto& [whole, by] : here) {
                for (const auto& [dimension, sum] : by) parts[whole].try_emplace(dimension, sum);
            }
        }
        for (const auto& below : section.subsections) margins_of(below, parts);
    }
    [[nodiscard]] std::string whole_in_words(const std::string& whole) const {
        const auto all = dimensions_of(whole);
        const auto period = all.empty() ? std::string() : all[0].substr(all[0].find('=') + 1);
        const auto what = what_of(whole);
        auto name = what;
        if (what == "contacts") name = say("report.column.contacts");
        if (what == "matters") name = say("report.column.matters");
        if (what == "reminder.registered") name = say("report.column.reminders");
        if (what == "complaint.registered") name = say("report.column.complaints");
        if (what == "authority-request.registered") name = say("report.column.requests");
        if (what == "reminder+complaint.registered") name = say("report.column.reminders_and_complaints");
        return name + " " + period;
    }

    // ---- what is left out, and why ----

    [[nodiscard]] Section left_out_section() const {
        Section out{"left-out", say("report.reconciliation.left_out"), {}, {}};
        if (!left_out_.kinds.empty()) {
            Table table{"left-out",
                        say("report.reconciliation.left_out_caption"),
                        say("report.column.kind"),
                        {},
                        {},
                        {},
                        {}};
            table.columns = {{"before", say("report.reconciliation.before")},
                             {"within", say("report.reconciliation.within")},
                             {"after", say("report.reconciliation.after")},
                             {"key-gone", say("report.reconciliation.key_gone")}};
            const auto cell = [](std::uint64_t count) {
                return Cell{Number{static_cast<double>(count), Measure::Count, 0}};
            };
            for (const auto& kind : left_out_.kinds) {
                table.rows.push_back(
                    {kind.id,
                     kind_name(kind.id),
                     {cell(kind.before), cell(kind.within), cell(kind.after), cell(kind.key_gone)}});
            }
            table.definition = say("report.reconciliation.left_out_definition");
            out.blocks.emplace_back(std::move(table));
        }
        BulletList reasons;
        if (left_out_.follow_ups > 0) {
            reasons.items.push_back(
                say("report.reconciliation.follow_ups", {{"count", number(left_out_.follow_ups)}}));
        }
        reasons.items.push_back(say("report.reconciliation.not_seen"));
        reasons.items.push_back(say("report.reconciliation.import"));
        for (const auto& each : left_out_.released) reasons.items.push_back(each);
        if (left_out_.not_released) reasons.items.push_back(say("report.reconciliation.not_released"));
        out.blocks.emplace_back(std::move(reasons));
        return out;
    }

    // ---- the answer ----

    [[nodiscard]] Section verdict() const {
        Section out{"verdict", say("report.reconciliation.verdict"), {}, {}};
        const Args args{
            {"tables", number(tables_)}, {"sums", number(sums_)}, {"count", number(failures_.size())}};
        if (failures_.empty()) {
            out.blocks.emplace_back(Notice{say("report.reconciliation.holds"),
                                           say("report.reconciliation.holds_text", args), "reconciles"});
        } else {
            out.blocks.emplace_back(Notice{say("report.reconciliation.fails"),
                                           say("report.reconciliation.fails_text", args), "unresolved",
                                           failures_});
        }
        return out;
    }

    const Report& counted_;
    const LeftOut& left_out_;
    Figures figures_;
    FigureLookup lookup_;
    std::vector<std::pair<const Section*, std::vector<Check>>> sections_;
    std::vector<std::string> unsummed_;
    std::vector<std::string> failures_;
    std::size_t tables_ = 0;
    std::size_t sums_ = 0;
};

// ---- what the log holds besides ----

class LogCount {
public:
    LogCount(const Views& views, const domain::Viewer& viewer, const Period& period)
        : views_(views),
          sight_(views, viewer),
          first_(month_of_year(static_cast<int>(period.first.year()),
                               static_cast<unsigned>(period.first.month()))),
          last_(month_of_year(static_cast<int>(period.last.year()),
                              static_cast<unsigned>(period.last.month()))) {}

    void contacts(LeftOut& out) {
        const auto& all = *views_.contacts;
        LeftOut::Kind kind{"contacts"};
        for (std::size_t at = 0; at < all.size(); ++at) {
            if (sight_.of(all.row[at]) == domain::Sight::Nothing) continue;
            place(all.month[at], kind);
            if (!within(all.month[at])) continue;
            kind.key_gone += (all.flags[at] & ContactFigures::gone_flag) != 0 ? 1 : 0;
            out.follow_ups += all.matters[at] == 0 ? 1 : 0;
        }
        out.kinds.push_back(kind);
    }
    void cases(LeftOut& out, Month today) {
        const Month until = std::min(last_, today);
        std::map<Kind, LeftOut::Kind> kinds{
            {REMINDER, {"reminder"}}, {COMPLAINT, {"complaint"}}, {AUTHORITY_REQUEST, {"authority-request"}}};
        for (const auto& counted : views_.figures->all()) {
            if (sight_.of(counted.row) == domain::Sight::Nothing) continue;
            auto& kind = kinds[counted.kind];
            place(counted.month, kind);
            if (within(counted.month) && views_.cases->entry(counted.row).key_gone) ++kind.key_gone;
            // Settled, taken up again, settled ...
            for (std::size_t turn = 0; turn < counted.turns.size(); ++turn) {
                if (counted.turns[turn] < first_ || counted.turns[turn] > until) continue;
                ++(turn % 2 == 0 ? kind.settled : kind.taken_up);
            }
        }
        for (const auto& [code, kind] : kinds) out.kinds.push_back(kind);
    }

private:
    using Kind = vastine::Kind;
    [[nodiscard]] bool within(Month month) const { return month >= first_ && month <= last_; }
    void place(Month month, LeftOut::Kind& kind) const {
        ++(month < first_ ? kind.before : month > last_ ? kind.after : kind.within);
    }

    const Views& views_;
    SightOfCases sight_;
    Month first_;
    Month last_;
};

}  // namespace

Report reconciliation_of(const Report& counted, const LeftOut& left_out) {
    return Reconciling(counted, left_out).make();
}

Report reconciliation(const Views& views, const domain::Viewer& viewer, const ReportQuery& query,
                      domain::Language language, AsOf as_of) {
    const auto counted = report(views, viewer, query, language, as_of);
    const auto area = query.kind == Kind::Annual  ? domain::Area::Ombudsman
                      : query.kind == Kind::Legal ? domain::Area::Legal
                                                  : query.area;
    LeftOut left_out;
    if (domain::works_in(viewer, area)) {
        LogCount log(views, viewer, query.period);
        if (area == domain::Area::Ombudsman) {
            log.contacts(left_out);
        } else {
            log.cases(left_out, month_of_day(day_of(as_of.on)));
        }
        const auto other = area == domain::Area::Ombudsman ? domain::Area::Legal : domain::Area::Ombudsman;
        if (const auto released = released_totals(views, other, query.period.year())) {
            const auto on = domain::parse_date(released->as_of_on);
            left_out.released.push_back(
                domain::text("report.reconciliation.released", language,
                             {{"date", on ? written(*on, language) : released->as_of_on},
                              {"position", written(released->position.value, language)}}));
        } else {
            left_out.not_released = true;
        }
    }
    return reconciliation_of(counted, left_out);
}

}  // namespace vastine::projections::report
