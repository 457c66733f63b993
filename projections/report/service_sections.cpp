// Observations by service: what each service's matters were about, for the ombudsmen's own words to stand
// beside.
#include <algorithm>
#include <functional>

#include "projections/report/sections.hpp"
#include "projections/report/year_tables.hpp"

namespace vastine::projections::report {
namespace {

constexpr std::string_view kServices = "service_task";
constexpr std::size_t kCausesNamed = 3;

// Services stand in the order of their code set, the same from year to year; unknown ones after them.
std::vector<Count> in_order_of_codes(const Composer& composer, const Division& services) {
    std::vector<std::string> order;
    for (const auto* version : composer.reference().code_set_versions(kServices)) {
        for (const auto& code : version->given.codes()) {
            if (std::ranges::find(order, code.code()) == order.end()) order.push_back(code.code());
        }
    }
    auto out = services.counts;
    std::erase_if(out, [](const Count& count) { return count.code.empty() || count.count == 0; });
    std::ranges::stable_sort(
        out, {}, [&](const Count& count) { return std::ranges::find(order, count.code) - order.begin(); });
    return out;
}

Section service(const Composer& composer, const OmbudsmanFigures& figures, const Count& count) {
    Section out{"services-" + count.code, composer.name(kServices, count.code), {}, {}};
    const std::pair<std::string, std::string> here{std::string(kServices), count.code};
    const auto all = composer.figure("matters", figures.matters);
    const auto own = composer.figure("matters", count.count, {here});
    out.blocks.emplace_back(Paragraph{
        composer.say("report.sentence.service", {{"count", composer.count(count.count)},
                                                 {"share", composer.percent(count.count, figures.matters)}}),
        {own, all}});
    std::vector<Count> causes;
    for (const auto& cell : figures.cause_by_service.cells) {
        if (cell.row == count.code && !cell.column.empty()) causes.push_back({cell.column, cell.count});
    }
    std::ranges::stable_sort(causes, std::greater{}, &Count::count);
    if (causes.size() > kCausesNamed) causes.resize(kCausesNamed);
    BulletList list;
    for (const auto& cause : causes) {
        list.items.push_back(composer.say("report.sentence.top_cause",
                                          {{"cause", composer.name("cause_contact", cause.code)},
                                           {"count", composer.count(cause.count)},
                                           {"share", composer.percent(cause.count, count.count)}}));
        list.named.push_back(
            {composer.figure("matters", cause.count, {here, {"cause_contact", cause.code}}), own});
    }
    if (!list.items.empty()) out.blocks.emplace_back(std::move(list));
    return out;
}

}  // namespace

Section services_section(const Composer& composer, const OmbudsmanFigures& figures) {
    Section out{"services", composer.say("report.section.services"), {}, {}};
    out.blocks.emplace_back(Paragraph{composer.say("report.sentence.services")});
    composer.add_division(
        out.blocks,
        composer.division({"service-task", "report.table.service_task", "report.column.service_task",
                           "report.column.matters", "report.definition.matters"},
                          figures.service_task));
    if (auto years =
            contacts_by_year(composer,
                             {"service-task-by-year", "report.table.service_by_year",
                              "report.column.service_task", "report.definition.matters_by_years", "matters"},
                             figures, &YearOfContacts::service_task))
        out.blocks.emplace_back(std::move(*years));
    for (const auto& count : in_order_of_codes(composer, figures.service_task)) {
        out.subsections.push_back(service(composer, figures, count));
    }
    return out;
}

}  // namespace vastine::projections::report
