#include <pugixml.hpp>

#include "api/rendering/print.hpp"
#include "api/rendering/rendering.hpp"
#include "api/rendering/sheet.hpp"
#include "projections/report/markup.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;
using report::element;
using report::with;

// Written without the characters < > &.
constexpr std::string_view kStyle = R"css(
@page { size: A4; margin: 20mm; }
body { margin: 0; color: #1b1f24; overflow-wrap: anywhere;
  font: 11pt/1.5 "Source Sans 3", Arial, "Liberation Sans", sans-serif; }
h1 { font-size: 17pt; margin: 0 0 6mm; }
h2 { font-size: 12pt; margin: 7mm 0 2mm; }
p { margin: 0 0 3mm; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 0.3mm solid #c8cdd3; padding: 1.5mm 2mm; text-align: right; vertical-align: bottom; }
th:first-child, td:first-child, tbody th { text-align: left; font-weight: normal; }
thead th { font-size: 9.5pt; font-weight: 600; }
pre { margin: 0; white-space: pre-wrap; font: 8pt/1.4 "Liberation Mono", monospace; }
)css";

void add_table(pugi::xml_node parent, const CertificateWords& words) {
    auto table = element(parent, "table");
    auto head = element(element(table, "thead"), "tr");
    for (const auto& column : words.columns) with(element(head, "th", column), "scope", "col");
    auto body = element(table, "tbody");
    for (const auto& cells : words.rows) {
        auto row = element(body, "tr");
        with(element(row, "th", cells.front()), "scope", "row");
        for (std::size_t i = 1; i < cells.size(); ++i) element(row, "td", cells[i]);
    }
}

std::string page_of(const CertificateWords& words) {
    const Sheet sheet(words.title, words.language, kStyle);
    auto main = element(sheet.body(), "main");
    element(main, "h1", words.title);
    for (const auto& paragraph : words.paragraphs) element(main, "p", paragraph);
    element(main, "h2", words.table_heading);
    add_table(main, words);
    element(main, "h2", words.proof_heading);
    element(main, "pre", words.proof);
    return sheet.html();
}

}  // namespace

std::string to_pdf(const CertificateWords& words) {
    Printed page;
    page.html = page_of(words);
    page.title = words.title;
    page.language = words.language;
    page.on = words.on;
    page.headings = {words.title, words.table_heading, words.proof_heading};
    return print(page);
}

}  // namespace vastine::api::rendering
