#include <utility>

#include "api/rendering/instant.hpp"
#include "api/rendering/print.hpp"
#include "api/rendering/rendering.hpp"
#include "projections/report/prose.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;

using Headings = std::vector<std::string>;
void add(const report::Prose& prose, Headings& headings) {
    for (auto& heading : report::headings_of(prose)) headings.push_back(std::move(heading));
}
void collect(const std::vector<report::Section>& sections, const std::string& above, Headings& headings) {
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const auto number = above + std::to_string(i + 1);
        const auto heading = number + " " + sections[i].heading;
        headings.push_back(heading);
        for (const auto& block : sections[i].blocks) {
            if (const auto* notice = std::get_if<report::Notice>(&block)) {
                headings.push_back(notice->heading);
            } else if (const auto* prose = std::get_if<report::Prose>(&block)) {
                add(*prose, headings);
            } else if (const auto* item = std::get_if<report::Item>(&block)) {
                headings.push_back(item->heading);
                add(item->text, headings);
            }
        }
        collect(sections[i].subsections, number + ".", headings);
    }
}
Headings headings_of(const report::Report& report) {
    Headings out;
    out.push_back(report.title);
    for (const auto& notice : report.notices) out.push_back(notice.heading);
    collect(report.sections, {}, out);
    return out;
}

}  // namespace

std::string to_pdf(const report::Report& report) {
    Printed page;
    page.html = report::to_html(report);
    page.title = report.title;
    page.subject = report.mark.empty() ? report.subtitle : report.mark + ". " + report.subtitle;
    page.language = report.language;
    page.on = day_of(report);
    page.headings = headings_of(report);
    return print(page);
}

}  // namespace vastine::api::rendering
