#include <pugixml.hpp>

#include "api/rendering/print.hpp"
#include "api/rendering/qr_code.hpp"
#include "api/rendering/rendering.hpp"
#include "api/rendering/sheet.hpp"
#include "projections/report/markup.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;
using report::element;
using report::with;

// One page: words above, the code large enough for a telephone's camera, the proof small below. Written
// without the characters < > &.
constexpr std::string_view kStyle = R"css(
@page { size: A4; margin: 16mm 20mm; }
body { margin: 0; color: #1b1f24; overflow-wrap: anywhere;
  font: 10.5pt/1.45 "Source Sans 3", Arial, "Liberation Sans", sans-serif; }
h1 { font-size: 15pt; margin: 0 0 4mm; }
h2 { font-size: 10.5pt; margin: 4mm 0 1mm; }
p { margin: 0 0 2.5mm; }
svg { display: block; width: 95mm; height: 95mm; margin: 3mm auto; }
pre { margin: 0; white-space: pre-wrap; font: 6.5pt/1.35 "Liberation Mono", monospace; }
)css";

std::string page_of(const ReceiptWords& words) {
    const Sheet sheet(words.title, words.language, kStyle);
    auto main = element(sheet.body(), "main");
    element(main, "h1", words.title);
    for (const auto& paragraph : words.paragraphs) element(main, "p", paragraph);
    add_qr_code(main, words.proof, words.code_name);
    element(main, "h2", words.key_heading);
    element(main, "pre", words.key);
    element(main, "h2", words.proof_heading);
    element(main, "pre", words.proof);
    return sheet.html();
}

}  // namespace

std::string to_pdf(const ReceiptWords& words) {
    Printed page;
    page.html = page_of(words);
    page.title = words.title;
    page.language = words.language;
    page.on = words.on;
    page.headings = {words.title, words.key_heading, words.proof_heading};
    return print(page);
}

}  // namespace vastine::api::rendering
