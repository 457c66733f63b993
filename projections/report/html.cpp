#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>
#include <stdexcept>

#include "projections/report/chart.hpp"
#include "projections/report/markup.hpp"
#include "projections/report/notes.hpp"
#include "projections/report/passages.hpp"
#include "projections/report/style.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

using domain::text;

const Table& table_named(const Section& section, const std::string& id) {
    for (const auto& block : section.blocks) {
        if (const auto* table = std::get_if<Table>(&block); table != nullptr && table->id == id)
            return *table;
    }
    throw std::out_of_range("section " + section.id + " has a chart of no table " + id);
}

// A string of a style sheet, none of whose characters means anything to CSS or to the page around it.
std::string css_string(std::string_view words) {
    std::string out = "\"";
    for (const char letter : words) {
        if (std::string_view("\"\\<>&\r\n").find(letter) == std::string_view::npos) {
            out += letter;
        } else {
            out += fmt::format("\\{:x} ", static_cast<unsigned>(letter));
        }
    }
    return out + '"';
}

// Tables with many columns are set in smaller type, so that they fit a printed page.
constexpr std::size_t kManyColumns = 6;

class Page {
public:
    explicit Page(const Report& report) : report_(report) {}

    std::string write() {
        auto html =
            with(document_.append_child("html"), "lang", std::string(domain::code_of(report_.language)));
        write_head(html);
        auto body = element(html, "body");
        with(with(element(body, "a", say("report.page.skip")), "class", "skip"), "href", "#content");
        write_header(body);
        write_contents(body);
        auto main = with(with(element(body, "main"), "id", "content"), "tabindex", "-1");
        for (std::size_t i = 0; i < report_.notices.size(); ++i) {
            write_notice(main, report_.notices[i], "notice-" + std::to_string(i + 1), "h2");
        }
        for (std::size_t i = 0; i < report_.sections.size(); ++i) {
            write_section(main, report_.sections[i], std::to_string(i + 1), 2);
        }
        element(element(body, "footer"), "p", provenance_line());
        std::ostringstream out;
        out << "<!DOCTYPE html>\n";
        document_.save(out, " ", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
        return out.str();
    }

private:
    [[nodiscard]] std::string say(std::string_view id,
                                  const std::map<std::string, std::string>& args = {}) const {
        return text(id, report_.language, args);
    }
    [[nodiscard]] std::string as_of_written() const {
        const auto date = domain::parse_date(report_.provenance.as_of_on);
        return date ? written(*date, report_.language) : report_.provenance.as_of_on;
    }
    [[nodiscard]] std::string provenance_line() const {
        return say("report.page.provenance",
                   {{"title", report_.title},
                    {"date", as_of_written()},
                    {"position", written(report_.provenance.position, report_.language)},
                    {"codes", report_.provenance.code_version}});
    }

    void write_head(pugi::xml_node html) {
        auto head = element(html, "head");
        with(element(head, "meta"), "charset", "utf-8");
        // Whatever opens the page, a browser or a renderer of pages, loads nothing and runs nothing.
        with(with(element(head, "meta"), "http-equiv", "Content-Security-Policy"), "content",
             "default-src 'none'; style-src 'unsafe-inline'; img-src data:");
        with(with(element(head, "meta"), "name", "viewport"), "content",
             "width=device-width, initial-scale=1");
        element(head, "title", report_.title);
        element(head, "style", std::string(kStyle) + std::string(kDrawingStyle) + running_heads());
    }

    // On every printed page: what the report is, that it is internal, and which page of how many.
    [[nodiscard]] std::string running_heads() const {
        constexpr std::string_view set_as = "font: 8pt Arial, 'Liberation Sans', sans-serif; color: #4d5763;";
        std::string out = fmt::format(
            "@page {{ @bottom-left {{ content: {}; {} }}\n"
            "  @bottom-right {{ content: counter(page) \" / \" counter(pages); {} }} }}\n",
            css_string(report_.title), set_as, set_as);
        if (!report_.mark.empty()) {
            out += fmt::format("@page {{ @top-right {{ content: {}; {} font-weight: 700; }} }}\n",
                               css_string(report_.mark), set_as);
        }
        return out;
    }

    void write_header(pugi::xml_node body) {
        auto header = element(body, "header");
        element(header, "h1", report_.title);
        if (!report_.subtitle.empty()) with(element(header, "p", report_.subtitle), "class", "subtitle");
        auto list = with(element(header, "dl"), "class", "provenance");
        const auto entry = [&](std::string_view term, const std::string& value) {
            auto pair = element(list, "div");
            element(pair, "dt", say(term));
            element(pair, "dd", value);
        };
        entry("report.page.as_of", as_of_written());
        entry("report.page.position", written(report_.provenance.position, report_.language));
        entry("report.page.codes", report_.provenance.code_version);
    }

    void write_contents(pugi::xml_node body) {
        auto nav = with(element(body, "nav"), "aria-labelledby", "contents-heading");
        with(element(nav, "h2", say("report.page.contents")), "id", "contents-heading");
        auto list = element(nav, "ol");
        for (const auto& section : report_.sections) {
            with(element(element(list, "li"), "a", section.heading), "href", "#" + section.id);
        }
    }

    void write_section(pugi::xml_node parent, const Section& section, const std::string& number, int level) {
        auto node = with(with(element(parent, "section"), "id", section.id), "aria-labelledby",
                         section.id + "-heading");
        const auto heading = "h" + std::to_string(std::min(level, 6));
        with(element(node, heading.c_str(), number + " " + section.heading), "id", section.id + "-heading");
        for (const auto& block : section.blocks) write_block(node, section, block, level);
        for (std::size_t i = 0; i < section.subsections.size(); ++i) {
            write_section(node, section.subsections[i], number + "." + std::to_string(i + 1), level + 1);
        }
    }

    void write_block(pugi::xml_node node, const Section& section, const Block& block, int level) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
            element(node, "p", paragraph->text);
        } else if (const auto* list = std::get_if<BulletList>(&block)) {
            auto items = element(node, "ul");
            for (const auto& item : list->items) element(items, "li", item);
        } else if (const auto* notice = std::get_if<Notice>(&block)) {
            ++notices_;
            write_notice(node, *notice, section.id + "-notice-" + std::to_string(notices_),
                         ("h" + std::to_string(std::min(level + 1, 6))).c_str());
        } else if (const auto* key = std::get_if<KeyFigures>(&block)) {
            write_key_figures(node, *key);
        } else if (const auto* table = std::get_if<Table>(&block)) {
            write_table(node, *table);
        } else if (const auto* chart = std::get_if<Chart>(&block)) {
            const auto caption =
                say("report.page.figure", {{"number", std::to_string(++charts_)}, {"caption", chart->title}});
            draw(node, *chart, caption, table_named(section, chart->table), report_.language);
        } else if (const auto* prose = std::get_if<Prose>(&block)) {
            write_prose(node, *prose, level);
        } else if (const auto* item = std::get_if<Item>(&block)) {
            write_item(node, *item, level + 1);
        }
    }

    // Words in another language than the page's say so.
    void write_prose(pugi::xml_node parent, const Prose& prose, int level) const {
        if (prose.passages.empty()) return;
        auto node = with(element(parent, "div"), "class", "prose");
        write_passages(node, prose.passages, level, [&](pugi::xml_node words, const Run& run) {
            if (run.figure) {
                write_number(words, written(run, prose.language), run.figure->suppressed);
            } else if (!run.names.empty()) {
                element(words, "mark", written(run, prose.language));
            } else {
                write_lines(words, run.text);
            }
        });
        // Not of the frame around them: a printer makes no tag of it, and the language would be lost.
        for (const auto passage : node.children()) in_language(passage, prose.language);
    }
    void in_language(pugi::xml_node node, domain::Language language) const {
        if (language != report_.language) with(node, "lang", domain::code_of(language));
    }

    void write_item(pugi::xml_node parent, const Item& item, int level) const {
        auto node = with(with(element(parent, "section"), "class", "item"), "id", item.id);
        with(node, "aria-labelledby", item.id + "-heading");
        const auto heading = "h" + std::to_string(std::min(level, 6));
        with(element(node, heading.c_str(), item.heading), "id", item.id + "-heading");
        write_prose(node, item.text, level);
        if (item.facts.empty()) return;
        auto list = with(element(node, "dl"), "class", "facts");
        for (const auto& fact : item.facts) {
            auto pair = element(list, "div");
            element(pair, "dt", fact.term);
            for (const auto& said : fact.said) {
                auto words = element(pair, "dd");
                if (said.language) in_language(words, *said.language);
                write_lines(words, said.text);
            }
        }
    }

    void write_notice(pugi::xml_node parent, const Notice& notice, const std::string& id,
                      const char* heading) {
        const bool strong = notice.id == "draft" || notice.id == "unresolved";
        auto node =
            with(with(element(parent, "div"), "class", strong ? "notice strong" : "notice"), "role", "note");
        with(node, "aria-labelledby", id);
        with(element(node, heading, notice.heading), "id", id);
        if (!notice.text.empty()) {
            auto words = element(node, "p", notice.text);
            if (notice.language) in_language(words, *notice.language);
        }
        if (notice.items.empty()) return;
        auto list = element(node, "ul");
        for (const auto& item : notice.items) element(list, "li", item);
    }

    void write_key_figures(pugi::xml_node parent, const KeyFigures& key) {
        auto list = with(with(element(parent, "dl"), "class", "key-figures"), "id", key.id);
        for (const auto& figure : key.figures) {
            auto pair = element(list, "div");
            element(pair, "dt", figure.label);
            auto number = with(element(pair, "dd"), "class", "number");
            write_number(number, written(figure, report_.language), figure.suppressed);
            if (!figure.note.empty()) with(element(pair, "dd", figure.note), "class", "note");
        }
    }

    void write_table(pugi::xml_node parent, const Table& table) {
        auto frame = with(element(parent, "div"), "class",
                          table.columns.size() > kManyColumns ? "table wide" : "table");
        // A table wider than the screen is scrolled by keyboard too.
        auto scroll = with(with(element(frame, "div"), "class", "scroll"), "role", "region");
        with(with(scroll, "tabindex", "0"), "aria-labelledby", table.id + "-caption");
        auto node = with(element(scroll, "table"), "id", table.id);
        if (!table.definition.empty()) with(node, "aria-describedby", table.id + "-definition");
        const auto caption =
            say("report.page.table", {{"number", std::to_string(++tables_)}, {"caption", table.caption}});
        with(element(node, "caption", caption), "id", table.id + "-caption");
        auto head = element(element(node, "thead"), "tr");
        with(element(head, "th", table.row_heading), "scope", "col");
        for (const auto& column : table.columns) {
            auto heading = with(with(element(head, "th", column.heading), "scope", "col"), "class", "number");
            write_break(heading, table, column.id);
        }
        auto body = element(node, "tbody");
        for (const auto& row : table.rows) {
            auto line = element(body, "tr");
            if (row.total) with(line, "class", "total");
            write_break(with(element(line, "th", row.heading), "scope", "row"), table, row.id);
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                auto number = with(element(line, "td"), "class", "number");
                write_number(number, written(row.cells[i], report_.language), row.cells[i].suppressed);
                write_mark(number, mark_of(table, row.id, table.columns[i].id));
            }
        }
        for (const auto& note : notes_under(table)) {
            const bool source = note.kind == Note::Kind::Source;
            auto words = with(element(frame, "p", note.text), "class", source ? "source" : "definition");
            if (note.kind == Note::Kind::Definition) with(words, "id", table.id + "-definition");
        }
    }
    static void write_break(pugi::xml_node heading, const Table& table, const std::string& id) {
        if (const auto number = break_before(table, id); number > 0) {
            element(heading, "sup", "\u00A0" + break_sign(number));
        }
    }
    // The sign is for the eye; a screen reader says what it means.
    static void write_mark(pugi::xml_node cell, const Mark* mark) {
        if (mark == nullptr) return;
        with(with(element(cell, "span", "\u00A0" + mark->sign), "class", "sign"), "aria-hidden", "true");
        with(element(cell, "span", ", " + mark->text), "class", "spoken");
    }

    // The mark of a suppressed figure is for the eye; a screen reader says the word.
    void write_number(pugi::xml_node node, const std::string& number, bool suppressed) const {
        if (!suppressed) {
            node.append_child(pugi::node_pcdata).set_value(number.c_str());
            return;
        }
        with(element(node, "span", number), "aria-hidden", "true");
        with(element(node, "span", say("report.suppressed.spoken")), "class", "spoken");
    }

    const Report& report_;
    pugi::xml_document document_;
    int notices_ = 0;
    int tables_ = 0;
    int charts_ = 0;
};

}  // namespace

std::string to_html(const Report& report) {
    return Page(report).write();
}

}  // namespace vastine::projections::report
