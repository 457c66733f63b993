#include <pugixml.hpp>

#include "api/rendering/print.hpp"
#include "api/rendering/rendering.hpp"
#include "api/rendering/sheet.hpp"
#include "projections/report/markup.hpp"
#include "projections/report/passages.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;
using report::element;
using report::with;

// A letter whose text is a table: its head is said again on every page. Written without the characters < > &.
constexpr std::string_view kStyle = R"css(
@page { size: A4; margin: 18mm 18mm 20mm;
  @bottom-right { content: counter(page) " (" counter(pages) ")";
    font: 9pt Arial, "Liberation Sans", sans-serif; color: #4d5763; } }
* { box-sizing: border-box; }
body { margin: 0; color: #1b1f24; overflow-wrap: break-word;
  font: 10.5pt/1.45 "Source Sans 3", Arial, "Liberation Sans", sans-serif; }
header { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm; margin-bottom: 10mm; }
header p, dl { margin: 0; }
.strong { font-weight: 650; }
h1 { font-size: 15pt; margin: 0 0 4mm; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid; }
p { margin: 0 0 3mm; orphans: 2; widows: 2; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 6mm; }
dt { color: #4d5763; }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; margin-bottom: 6mm; font-size: 9.5pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 1.5mm 3mm 1.5mm 0;
  border-bottom: 1px solid #c3cad2; }
th:first-child { white-space: nowrap; }
tbody th { font-weight: 400; }
)css";

void write_table(pugi::xml_node main, const ExtractWords& words) {
    if (words.rows.empty()) return;
    auto table = element(main, "table");
    auto head = element(element(table, "thead"), "tr");
    for (const auto& name : words.head) with(element(head, "th", name), "scope", "col");
    auto body = element(table, "tbody");
    for (const auto& row : words.rows) {
        auto line = element(body, "tr");
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i == 0) {
                with(element(line, "th", row[i]), "scope", "row");
            } else {
                element(line, "td", row[i]);
            }
        }
    }
}

std::string page_of(const ExtractWords& words) {
    const Sheet sheet(words.title, words.language, kStyle);
    auto body = sheet.body();
    auto top = element(body, "header");
    auto sender = element(top, "div");
    if (!words.organisation.empty()) with(element(sender, "p", words.organisation), "class", "strong");
    if (!words.letterhead.empty()) report::write_lines(element(sender, "p"), words.letterhead);
    element(element(top, "div"), "p", report::written(words.on, words.language));
    auto main = element(body, "main");
    element(main, "h1", words.title);
    for (const auto& paragraph : words.opening) element(main, "p", paragraph);
    auto facts = element(main, "dl");
    for (const auto& [name, value] : words.facts) {
        element(facts, "dt", name);
        element(facts, "dd", value);
    }
    element(main, "h2", words.table_name);
    write_table(main, words);
    for (const auto& paragraph : words.closing) element(main, "p", paragraph);
    return sheet.html();
}

}  // namespace

std::string to_pdf(const ExtractWords& words) {
    Printed page;
    page.html = page_of(words);
    page.title = words.title;
    page.language = words.language;
    page.on = words.on;
    page.headings = {words.title, words.table_name};
    return print(page);
}

}  // namespace vastine::api::rendering
