#include <algorithm>
#include <map>

#include "projections/report/sections.hpp"
#include "projections/report/writing.hpp"
#include "projections/report/year_tables.hpp"

namespace vastine::projections::report {
namespace {

constexpr std::size_t kMunicipalitiesShown = 20;
constexpr std::size_t kCausesBesideServices = 5;
constexpr std::size_t kServicesInOneTable = 6;
const std::pair<std::string, std::string> kFirst{"order", "first"};
const std::pair<std::string, std::string> kFollowUp{"order", "follow-up"};

void define(const Composer& composer, Table& table, std::string_view text, const Named& total) {
    table.named = {total};
    table.definition =
        composer.say(text, {{"total", composer.count(static_cast<std::uint64_t>(total.value))}});
    table.definition_without = composer.say(text, {{"total", std::string(kSuppressedMark)}});
}

Table by_month(const Composer& composer, const OmbudsmanFigures& figures) {
    auto table = composer.table("contacts-by-month", "report.table.contacts_by_month", "report.column.month");
    table.columns = {composer.column("contacts", "report.column.contacts"),
                     composer.column("matters", "report.column.matters")};
    for (const auto& month : figures.months) {
        Row row{month.month, composer.name("month", month.month), {unknown(), unknown()}};
        if (composer.has_come(month.month)) {
            row.cells = {counted(composer.figure_of_month(month.month, "contacts", month.contacts)),
                         counted(composer.figure_of_month(month.month, "matters", month.matters))};
        }
        table.rows.push_back(std::move(row));
    }
    table.rows.push_back({"total",
                          composer.say("report.column.total"),
                          {counted(composer.figure("contacts", figures.contacts)),
                           counted(composer.figure("matters", figures.matters))},
                          true});
    table.definition = composer.say("report.definition.contacts_and_matters");
    return table;
}

// Years before the first contact are left out; a year without any in between is a dash.
std::vector<YearOfContacts> years_known(const OmbudsmanFigures& figures) {
    auto first = std::find_if(figures.years.begin(), figures.years.end(), [&](const YearOfContacts& year) {
        return year.contacts > 0 || year.year == figures.year;
    });
    return {first, figures.years.end()};
}

Table by_year(const Composer& composer, const OmbudsmanFigures& figures) {
    auto table = composer.table("contacts-by-year", "report.table.contacts_by_year", "report.column.year");
    table.columns = {composer.column("contacts", "report.column.contacts"),
                     composer.column("first", "report.column.first"),
                     composer.column("follow-ups", "report.column.follow_ups"),
                     composer.column("matters", "report.column.matters")};
    for (const auto& year : years_known(figures)) {
        Row row{std::to_string(year.year), composer.year_heading(year.year), {}};
        if (year.contacts > 0) {
            const auto figure = [&](std::string_view what, std::uint64_t count, const Dimensions& by = {}) {
                return counted(composer.figure_in(year.year, what, count, by));
            };
            row.cells = {figure("contacts", year.contacts), figure("contacts", year.first, {kFirst}),
                         figure("contacts", year.follow_ups, {kFollowUp}), figure("matters", year.matters)};
        } else {
            row.cells.resize(table.columns.size());
        }
        table.rows.push_back(std::move(row));
    }
    table.definition = composer.say("report.definition.contacts_and_matters");
    return table;
}

// Years below each other, so that each is one bar divided by sectors.
Table sector_by_year(const Composer& composer, const OmbudsmanFigures& figures) {
    auto table = composer.table("sector-by-year", "report.table.sector_by_year", "report.column.year");
    const auto years = years_known(figures);
    std::vector<Count> codes = figures.sector.counts;
    for (const auto& year : years) {
        for (const auto& [code, count] : year.sector.counts) {
            if (std::none_of(codes.begin(), codes.end(),
                             [&](const Count& known) { return known.code == code; })) {
                codes.push_back({code, count});
            }
        }
    }
    for (const auto& known : codes)
        table.columns.push_back({id_of(known.code), composer.name("sector", known.code)});
    table.columns.push_back(composer.column("total", "report.column.total"));
    for (const auto& year : years) {
        Row row{std::to_string(year.year), composer.year_heading(year.year), {}};
        if (year.contacts > 0) {
            for (const auto& known : codes) {
                row.cells.push_back(
                    counted(composer.figure_in(year.year, "contacts", year.sector.of_code(known.code),
                                               {{"sector", id_of(known.code)}})));
            }
            row.cells.push_back(counted(composer.figure_in(year.year, "contacts", year.contacts)));
        } else {
            row.cells.resize(table.columns.size());
        }
        table.rows.push_back(std::move(row));
    }
    table.by_size = true;
    table.definition = composer.say("report.definition.contacts_by_years");
    return table;
}

// Only the municipalities most contacts came from, and the others together.
Table municipalities(const Composer& composer, const Division& division) {
    Division shown = division;
    std::uint64_t others = 0;
    if (shown.counts.size() > kMunicipalitiesShown) {
        const auto rest = shown.counts.begin() + static_cast<std::ptrdiff_t>(kMunicipalitiesShown);
        std::vector<Count> kept(shown.counts.begin(), rest);
        for (auto count = rest; count != shown.counts.end(); ++count) {
            if (count->code.empty()) {
                kept.push_back(*count);
            } else {
                others += count->count;
            }
        }
        shown.counts = std::move(kept);
    }
    auto table = composer.division({"municipality", "report.table.municipality", "report.column.municipality",
                                    "report.column.contacts", "report.definition.contacts"},
                                   shown);
    if (others > 0) {
        const std::string id = "other-municipalities";
        const auto part = composer.figure("contacts", others, {{division.code_set, id}});
        const auto whole = composer.figure("contacts", division.denominator);
        table.rows.insert(
            table.rows.end() - 1,
            {id, composer.say("report.row.other_municipalities"), {counted(part), share(part, whole)}});
        const auto shown_are = " " + composer.say("report.definition.top_municipalities",
                                                  {{"count", composer.count(kMunicipalitiesShown)}});
        table.definition += shown_are;
        table.definition_without += shown_are;
    }
    return table;
}

// The causes of patients and those of social care's clients are lists of their own: a table for each,
// by the sector that the cause applies to.
struct SectorCross {
    std::string sector;
    Cross cross;
};
std::vector<SectorCross> by_sector_of_cause(const Composer& composer, const Cross& cross) {
    std::map<std::string, Cross> parts;
    for (const auto& cell : cross.cells) {
        const auto* cause = composer.reference().code(cross.column_set, cell.column);
        const auto sector =
            cause != nullptr && cause->applies_to_size() > 0 ? cause->applies_to(0) : std::string();
        auto& part =
            parts.try_emplace(sector, Cross{cross.row_set, cross.column_set, cross.of, 0, {}}).first->second;
        part.cells.push_back(cell);
        part.denominator += cell.count;
    }
    std::vector<SectorCross> out;
    for (auto& [sector, part] : parts) out.push_back({sector, std::move(part)});
    std::stable_sort(out.begin(), out.end(), [](const SectorCross& a, const SectorCross& b) {
        return a.cross.denominator > b.cross.denominator;
    });
    return out;
}

Table cause_by_service(const Composer& composer, const std::string& sector, const Cross& cross) {
    auto table = composer.table("cause-by-service-" + id_of(sector), "report.table.cause_by_service",
                                "report.column.service_task");
    table.caption =
        composer.say("report.table.cause_by_service", {{"sector", composer.name("sector", sector)}});
    auto causes = sums(cross, Side::Column);
    if (causes.size() > kCausesBesideServices) causes.resize(kCausesBesideServices);
    for (const auto& cause : causes) {
        table.columns.push_back(
            {cause.code.empty() ? "not-stated" : cause.code, composer.name(cross.column_set, cause.code)});
    }
    table.columns.push_back(composer.column("other-causes", "report.column.other_causes"));
    table.columns.push_back(composer.column("total", "report.column.total"));
    // The causes of one sector only: a matter counts under one of them, and so under one sector of causes.
    const std::pair<std::string, std::string> within{"cause_sector", id_of(sector)};
    const std::string others = "other-causes";
    Row total{"total", composer.say("report.column.total"), {}, true};
    std::uint64_t in_columns = 0;
    for (const auto& cause : causes) {
        total.cells.push_back(
            counted(composer.figure("matters", cause.count, {{cross.column_set, id_of(cause.code)}})));
        in_columns += cause.count;
    }
    total.cells.push_back(counted(composer.figure("matters", cross.denominator - in_columns,
                                                  {within, {cross.column_set + "*", others}})));
    total.cells.push_back(counted(composer.figure("matters", cross.denominator, {within})));
    for (const auto& service : sums(cross, Side::Row)) {
        Row row{service.code.empty() ? "not-stated" : service.code,
                composer.name(cross.row_set, service.code),
                {}};
        std::uint64_t rest = service.count;
        for (const auto& cause : causes) {
            const auto count = at(cross, service.code, cause.code);
            row.cells.push_back(counted(composer.figure(
                "matters", count, {{cross.row_set, row.id}, {cross.column_set, id_of(cause.code)}})));
            rest -= count;
        }
        const std::pair<std::string, std::string> here{cross.row_set, row.id};
        row.cells.push_back(
            counted(composer.figure("matters", rest, {here, within, {cross.column_set + "*", others}})));
        row.cells.push_back(counted(composer.figure("matters", service.count, {here, within})));
        table.rows.push_back(std::move(row));
    }
    table.rows.push_back(std::move(total));
    table.by_size = true;
    define(composer, table, "report.definition.counted_matters",
           composer.figure("matters", cross.denominator, {within}));
    return table;
}

// The whole cross in tables of a few columns each: rows are the columns of the cross.
Table turned(const Composer& composer, Table table, const Cross& cross, const std::vector<Count>& columns,
             const Dimensions& within) {
    for (const auto& column : columns) {
        table.columns.push_back(
            {column.code.empty() ? "not-stated" : column.code, composer.name(cross.row_set, column.code)});
    }
    for (const auto& cause : sums(cross, Side::Column)) {
        Row row{
            cause.code.empty() ? "not-stated" : cause.code, composer.name(cross.column_set, cause.code), {}};
        for (const auto& column : columns) {
            row.cells.push_back(
                counted(composer.figure("matters", at(cross, column.code, cause.code),
                                        {{cross.row_set, id_of(column.code)}, {cross.column_set, row.id}})));
        }
        table.rows.push_back(std::move(row));
    }
    Row total{"total", composer.say("report.column.total"), {}, true};
    for (const auto& column : columns) {
        Dimensions by{{cross.row_set, id_of(column.code)}};
        by.insert(by.end(), within.begin(), within.end());
        total.cells.push_back(counted(composer.figure("matters", column.count, by)));
    }
    table.rows.push_back(std::move(total));
    table.by_size = true;
    define(composer, table, "report.definition.counted_matters",
           composer.figure("matters", cross.denominator, within));
    return table;
}

}  // namespace

Section volumes_section(const Composer& composer, const OmbudsmanFigures& figures) {
    Section out{"volumes", composer.say("report.section.volumes"), {}, {}};
    out.blocks.emplace_back(Paragraph{
        composer.say("report.sentence.contacts", {{"contacts", composer.count(figures.contacts)},
                                                  {"matters", composer.count(figures.matters)}}),
        {composer.figure("contacts", figures.contacts), composer.figure("matters", figures.matters)}});
    out.blocks.emplace_back(
        Paragraph{composer.say("report.sentence.first", {{"first", composer.count(figures.first)},
                                                         {"follow_ups", composer.count(figures.follow_ups)},
                                                         {"recorded", composer.count(figures.recorded)}}),
                  {composer.figure("contacts", figures.first, {kFirst}),
                   composer.figure("contacts", figures.follow_ups, {kFollowUp}),
                   composer.figure("contacts", figures.recorded, {{"recorded*", "yes"}})}});

    Section months{"months", composer.say("report.heading.months"), {}, {}};
    auto monthly = by_month(composer, figures);
    months.blocks.emplace_back(composer.chart(monthly, Shape::Trend, {"contacts", "matters"}));
    months.blocks.emplace_back(std::move(monthly));
    out.subsections.push_back(std::move(months));

    Section years{"years", composer.say("report.heading.years"), {}, {}};
    auto yearly = by_year(composer, figures);
    if (yearly.rows.size() > 1) {
        years.blocks.emplace_back(composer.chart(yearly, Shape::Trend, {"contacts", "matters"}));
    }
    years.blocks.emplace_back(std::move(yearly));
    auto sectors = sector_by_year(composer, figures);
    if (sectors.rows.size() > 1) {
        years.blocks.emplace_back(composer.chart(sectors, Shape::Stacked, without_total(sectors)));
    }
    years.blocks.emplace_back(std::move(sectors));
    out.subsections.push_back(std::move(years));

    out.subsections.push_back(composer.divided("sectors", "report.heading.sectors",
                                               {"sector", "report.table.sector", "report.column.sector",
                                                "report.column.contacts", "report.definition.contacts"},
                                               figures.sector));
    out.subsections.push_back(composer.divided("natures", "report.heading.nature",
                                               {"nature", "report.table.nature", "report.column.nature",
                                                "report.column.contacts", "report.definition.contacts"},
                                               figures.nature));
    return out;
}

Section people_section(const Composer& composer, const OmbudsmanFigures& figures) {
    Section out{"people", composer.say("report.section.people"), {}, {}};
    out.subsections.push_back(composer.divided("makers", "report.heading.who",
                                               {"who", "report.table.who", "report.column.who",
                                                "report.column.contacts", "report.definition.contacts"},
                                               figures.who));
    out.subsections.push_back(composer.divided("channels", "report.heading.channel",
                                               {"channel", "report.table.channel", "report.column.channel",
                                                "report.column.contacts", "report.definition.contacts"},
                                               figures.channel));
    out.subsections.push_back(composer.divided("languages", "report.heading.language",
                                               {"language", "report.table.language", "report.column.language",
                                                "report.column.contacts", "report.definition.contacts"},
                                               figures.language));
    Section municipality{"municipalities", composer.say("report.heading.municipality"), {}, {}};
    municipality.blocks.emplace_back(municipalities(composer, figures.municipality));
    out.subsections.push_back(std::move(municipality));
    out.subsections.push_back(
        composer.divided("ownerships", "report.heading.ownership",
                         {"ownership", "report.table.ownership", "report.column.ownership",
                          "report.column.contacts", "report.definition.contacts"},
                         figures.ownership));
    return out;
}

Section causes_section(const Composer& composer, const OmbudsmanFigures& figures) {
    Section out{"causes", composer.say("report.section.causes"), {}, {}};
    out.subsections.push_back(composer.divided("primary-causes", "report.heading.causes_all",
                                               {"cause", "report.table.cause", "report.column.cause",
                                                "report.column.matters", "report.definition.matters"},
                                               figures.cause));
    if (auto years = contacts_by_year(composer,
                                      {"cause-by-year", "report.table.cause_by_year", "report.column.cause",
                                       "report.definition.matters_by_years", "matters"},
                                      figures, &YearOfContacts::cause))
        out.subsections.back().blocks.emplace_back(std::move(*years));
    Section by_service{"causes-by-service", composer.say("report.heading.causes_by_service"), {}, {}};
    for (const auto& [sector, cross] : by_sector_of_cause(composer, figures.cause_by_service)) {
        auto table = cause_by_service(composer, sector, cross);
        if (table.rows.size() > 2) {
            by_service.blocks.emplace_back(composer.chart(table, Shape::HeatMap, without_total(table)));
        }
        by_service.blocks.emplace_back(std::move(table));
    }
    out.subsections.push_back(std::move(by_service));
    return out;
}

Section measures_section(const Composer& composer, const OmbudsmanFigures& figures) {
    Section out{"measures", composer.say("report.section.measures"), {}, {}};
    out.blocks.emplace_back(Paragraph{composer.say("report.sentence.measures")});
    composer.add_division(out.blocks,
                          composer.division({"measure", "report.table.measure", "report.column.measure",
                                             "report.column.matters", "report.definition.matters"},
                                            figures.measure));
    return out;
}

std::vector<Block> contact_appendix(const Composer& composer, const OmbudsmanFigures& figures) {
    std::vector<Block> out;
    out.emplace_back(composer.division(
        {"contact-department", "report.table.contact_department", "report.column.department",
         "report.column.contacts", "report.definition.contacts"},
        figures.department));
    if (auto years =
            contacts_by_year(composer,
                             {"contact-department-by-year", "report.table.contact_department_by_year",
                              "report.column.department", "report.definition.contacts_by_years", "contacts"},
                             figures, &YearOfContacts::department))
        out.emplace_back(std::move(*years));
    out.emplace_back(composer.division({"matter-sector", "report.table.matter_sector", "report.column.sector",
                                        "report.column.matters", "report.definition.matters"},
                                       figures.matter_sector));
    out.emplace_back(composer.division({"provider", "report.table.provider", "report.column.provider",
                                        "report.column.matters", "report.definition.matters"},
                                       figures.provider));
    out.emplace_back(
        composer.division({"cause-mentions", "report.table.cause_mentions", "report.column.cause",
                           "report.column.mentions", "report.definition.matters"},
                          figures.cause_mentions));
    out.emplace_back(turned(
        composer, composer.table("cause-by-sector", "report.table.cause_by_sector", "report.column.cause"),
        figures.cause_by_sector, sums(figures.cause_by_sector, Side::Row), {}));
    for (const auto& [sector, cross] : by_sector_of_cause(composer, figures.cause_by_service)) {
        const auto services = sums(cross, Side::Row);
        const auto parts = (services.size() + kServicesInOneTable - 1) / kServicesInOneTable;
        for (std::size_t part = 0; part < parts; ++part) {
            const auto from = services.begin() + static_cast<std::ptrdiff_t>(part * kServicesInOneTable);
            const auto until = services.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                      services.size(), (part + 1) * kServicesInOneTable));
            auto table =
                composer.table("all-causes-by-service-" + id_of(sector) + "-" + std::to_string(part + 1),
                               "report.table.cause_by_service_part", "report.column.cause");
            table.caption = composer.say("report.table.cause_by_service_part",
                                         {{"sector", composer.name("sector", sector)},
                                          {"part", std::to_string(part + 1)},
                                          {"parts", std::to_string(parts)}});
            out.emplace_back(
                turned(composer, std::move(table), cross, {from, until}, {{"cause_sector", id_of(sector)}}));
        }
    }
    return out;
}

}  // namespace vastine::projections::report
