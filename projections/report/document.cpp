#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>
#include <stdexcept>

#include "projections/report/chart.hpp"
#include "projections/report/markup.hpp"
#include "projections/report/notes.hpp"
#include "projections/report/passages.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

// Programs that read it know the style of a cell, and no style sheet.
pugi::xml_node to_the_right(pugi::xml_node cell) {
    return with(cell, "style", "text-align: right");
}

const Table& table_named(const Section& section, const std::string& id) {
    for (const auto& block : section.blocks) {
        if (const auto* table = std::get_if<Table>(&block); table != nullptr && table->id == id)
            return *table;
    }
    throw std::out_of_range("section " + section.id + " has a chart of no table " + id);
}

class Writing {
public:
    explicit Writing(const Report& report) : report_(report) {}

    Document write() {
        auto html = with(page_.append_child("html"), "lang", std::string(domain::code_of(report_.language)));
        auto head = element(html, "head");
        with(element(head, "meta"), "charset", "utf-8");
        element(head, "title", report_.title);
        body_ = element(html, "body");
        if (!report_.subtitle.empty()) said(report_.subtitle, "Subtitle");
        const auto on = domain::parse_date(report_.provenance.as_of_on);
        said(domain::text("report.page.provenance", report_.language,
                          {{"title", report_.title},
                           {"date", on ? written(*on, report_.language) : report_.provenance.as_of_on},
                           {"position", written(report_.provenance.position, report_.language)},
                           {"codes", report_.provenance.code_version}}),
             "Report Source");
        for (const auto& notice : report_.notices) write(notice);
        for (std::size_t i = 0; i < report_.sections.size(); ++i) {
            write(report_.sections[i], std::to_string(i + 1), 1);
        }
        std::ostringstream out;
        out << "<!DOCTYPE html>\n";
        page_.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
        return {out.str(), std::move(pictures_)};
    }

private:
    // A style of the text document: the reader of the page takes it from the frame around the words.
    void said(const std::string& words, const std::string& style,
              std::optional<domain::Language> language = std::nullopt) {
        auto node = element(with(element(body_, "div"), "data-custom-style", style), "p");
        write_lines(in_language(node, language.value_or(report_.language)), words);
    }
    void write(const Notice& notice) {
        said(notice.heading, "Report Notice Heading");
        if (!notice.text.empty()) said(notice.text, "Report Notice", notice.language);
        for (const auto& item : notice.items) said("– " + item, "Report Notice");
    }
    void write(const Section& section, const std::string& number, int level) {
        element(body_, ("h" + std::to_string(std::min(level, 6))).c_str(), number + " " + section.heading);
        for (const auto& block : section.blocks) write(section, block, level);
        for (std::size_t i = 0; i < section.subsections.size(); ++i) {
            write(section.subsections[i], number + "." + std::to_string(i + 1), level + 1);
        }
    }
    void write(const Section& section, const Block& block, int level) {
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
            element(body_, "p", paragraph->text);
        } else if (const auto* list = std::get_if<BulletList>(&block)) {
            auto items = element(body_, "ul");
            for (const auto& item : list->items) element(items, "li", item);
        } else if (const auto* notice = std::get_if<Notice>(&block)) {
            write(*notice);
        } else if (const auto* key = std::get_if<KeyFigures>(&block)) {
            auto items = element(body_, "ul");
            for (const auto& figure : key->figures) {
                auto words = figure.label + ": " + written(figure, report_.language);
                if (!figure.note.empty()) words += " (" + figure.note + ")";
                element(items, "li", words);
            }
        } else if (const auto* table = std::get_if<Table>(&block)) {
            write(*table);
        } else if (const auto* chart = std::get_if<Chart>(&block)) {
            write(*chart, table_named(section, chart->table));
        } else if (const auto* prose = std::get_if<Prose>(&block)) {
            write(*prose, level);
        } else if (const auto* item = std::get_if<Item>(&block)) {
            write(*item, level + 1);
        }
    }
    void write(const Prose& prose, int level) {
        write_passages(body_, prose.passages, level, [&](pugi::xml_node node, const Run& run) {
            const bool fault = !run.names.empty() && !run.figure;
            write_lines(in_language(fault ? element(node, "strong") : node, prose.language),
                        written(run, prose.language));
        });
    }
    // A style of letters for words in another language than the document's.
    pugi::xml_node in_language(pugi::xml_node node, domain::Language language) const {
        if (language == report_.language) return node;
        return with(element(node, "span"), "data-custom-style",
                    "Language " + std::string(domain::code_of(language)));
    }
    void write(const Item& item, int level) {
        element(body_, ("h" + std::to_string(std::min(level, 6))).c_str(), item.heading);
        write(item.text, level);
        if (item.facts.empty()) return;
        auto list = element(body_, "dl");
        for (const auto& fact : item.facts) {
            element(list, "dt", fact.term);
            for (const auto& words : fact.said) {
                auto node = element(list, "dd");
                write_lines(in_language(node, words.language.value_or(report_.language)), words.text);
            }
        }
    }
    void write(const Chart& chart, const Table& table) {
        const auto number = std::to_string(pictures_.size() + 1);
        said(domain::text("report.page.figure", report_.language,
                          {{"number", number}, {"caption", chart.title}}),
             "Report Figure Caption");
        auto picture = element(element(body_, "p"), "img");
        with(with(picture, "src", "chart-" + number + ".png"), "alt", chart.description);
        // As wide as the text of an A4 page.
        with(picture, "width", "642");
        pictures_.push_back({"chart-" + number, drawn_alone(chart, table, report_.language)});
    }
    void write(const Table& table) {
        auto node = element(body_, "table");
        element(node, "caption",
                domain::text("report.page.table", report_.language,
                             {{"number", std::to_string(++tables_)}, {"caption", table.caption}}));
        auto head = element(element(node, "thead"), "tr");
        element(head, "th", table.row_heading);
        for (const auto& column : table.columns) {
            to_the_right(element(head, "th", column.heading + break_words(table, column.id)));
        }
        auto body = element(node, "tbody");
        for (const auto& row : table.rows) {
            auto line = element(body, "tr");
            element(row.total ? element(line, "th") : line, row.total ? "strong" : "th",
                    row.heading + break_words(table, row.id));
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                auto words = written(row.cells[i], report_.language);
                if (const auto* mark = mark_of(table, row.id, table.columns[i].id)) {
                    words += "\u00A0" + mark->sign;
                }
                auto data = to_the_right(element(line, "td"));
                if (row.total) {
                    element(data, "strong", words);
                } else {
                    data.text().set(words.c_str());
                }
            }
        }
        for (const auto& note : notes_under(table)) {
            said(note.text, note.kind == Note::Kind::Source ? "Report Source" : "Report Definition");
        }
    }
    static std::string break_words(const Table& table, const std::string& id) {
        const auto number = break_before(table, id);
        return number == 0 ? std::string() : "\u00A0" + break_sign(number);
    }

    const Report& report_;
    pugi::xml_document page_;
    pugi::xml_node body_;
    std::vector<Picture> pictures_;
    int tables_ = 0;
};

}  // namespace

Document to_document(const Report& report) {
    return Writing(report).write();
}

}  // namespace vastine::projections::report
