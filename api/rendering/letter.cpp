#include <pugixml.hpp>

#include "api/rendering/print.hpp"
#include "api/rendering/rendering.hpp"
#include "api/rendering/sheet.hpp"
#include "projections/report/markup.hpp"
#include "projections/report/passages.hpp"
#include "projections/report/prose.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;
using report::element;
using report::with;

// As Finnish letters are laid out: the sender on the left, what the letter is and its day on the right, the
// text in a column that is read with ease. Written without the characters < > &.
constexpr std::string_view kStyle = R"css(
@page { size: A4; margin: 18mm 20mm 22mm 25mm;
  @bottom-right { content: counter(page) " (" counter(pages) ")";
    font: 9pt Arial, "Liberation Sans", sans-serif; color: #4d5763; } }
* { box-sizing: border-box; }
body { margin: 0; color: #1b1f24; overflow-wrap: break-word;
  font: 11pt/1.5 "Source Sans 3", Arial, "Liberation Sans", sans-serif; }
header { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm; margin-bottom: 16mm; }
header p { margin: 0; }
.strong { font-weight: 650; }
.about { grid-column: 2; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; break-after: avoid; margin: 7mm 0 2.5mm; }
h1 { font-size: 15pt; }
h2 { font-size: 13pt; }
h3, h4, h5, h6 { font-size: 11pt; }
main h1:first-child { margin-top: 0; }
p, ul, ol { margin: 0 0 4mm; orphans: 2; widows: 2; }
li p { margin-bottom: 1.5mm; }
blockquote { margin: 0 0 4mm; padding-left: 5mm; border-left: 2px solid #c3cad2; }
a { color: inherit; }
mark { background: #fff3bf; color: inherit; outline: 1px solid #8a5a00; padding: 0 0.15em; }
)css";

class Page {
public:
    Page(const LetterPage& letter, const report::Prose& prose, bool has_heading)
        : letter_(letter), prose_(prose), has_heading_(has_heading) {}

    [[nodiscard]] std::string write() const {
        const Sheet sheet(letter_.title, letter_.language, kStyle);
        write_head(element(sheet.body(), "header"));
        write_text(element(sheet.body(), "main"));
        return sheet.html();
    }

private:
    void write_head(pugi::xml_node head) const {
        if (!letter_.organisation.empty() || !letter_.letterhead.empty()) {
            auto sender = element(head, "div");
            if (!letter_.organisation.empty())
                with(element(sender, "p", letter_.organisation), "class", "strong");
            if (!letter_.letterhead.empty()) report::write_lines(element(sender, "p"), letter_.letterhead);
        }
        auto about = with(element(head, "div"), "class", "about");
        // A letter whose text has a heading of its own is headed by that.
        if (has_heading_) with(element(about, "p", letter_.title), "class", "strong");
        element(about, "p", report::written(letter_.on, letter_.language));
    }
    void write_text(pugi::xml_node main) const {
        if (!has_heading_) element(main, "h1", letter_.title);
        report::write_passages(main, prose_.passages, 0, [&](pugi::xml_node words, const report::Run& run) {
            if (run.names.empty()) {
                report::write_lines(words, run.text);
            } else {
                element(words, "mark", report::written(run, prose_.language));
            }
        });
    }

    const LetterPage& letter_;
    const report::Prose& prose_;
    bool has_heading_;
};

}  // namespace

std::string to_pdf(const LetterPage& letter) {
    const auto prose = report::prose_of(letter.markdown, letter.language, {});
    Printed page;
    page.headings = report::headings_of(prose);
    const bool has_heading = !page.headings.empty();
    if (!has_heading) page.headings.push_back(letter.title);
    page.html = Page(letter, prose, has_heading).write();
    page.title = letter.title;
    page.language = letter.language;
    page.on = letter.on;
    return print(page);
}

}  // namespace vastine::api::rendering
