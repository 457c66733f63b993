#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "api/rendering/instant.hpp"
#include "api/rendering/private_folder.hpp"
#include "api/rendering/rendering.hpp"
#include "projections/report/notes.hpp"
#include "projections/report/prose.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;
using report::Measure;

constexpr std::size_t kSheetNameLetters = 31;
constexpr double kWidestHeading = 46;
constexpr double kNarrowest = 9;

void require(lxw_error error) {
    if (error != LXW_NO_ERROR) throw Failed(std::string("the workbook: ") + lxw_strerror(error));
}

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// "12 Yhteydenotot sektoreittain": the number makes it the only one; what a sheet's name may not hold
// becomes a blank, and words that find no room are left out.
std::string sheet_name(std::size_t number, std::string_view caption) {
    std::string out = std::to_string(number);
    std::string word;
    const auto take = [&] {
        if (word.empty()) return true;
        if (letters(out) + 1 + letters(word) > kSheetNameLetters) return false;
        out += ' ' + word;
        word.clear();
        return true;
    };
    for (const char letter : caption) {
        if (std::string_view(" []:*?/\\'").find(letter) == std::string_view::npos) {
            word += letter;
        } else if (!take()) {
            return out;
        }
    }
    take();
    return out;
}

struct Place {
    const report::Section* section;
    const report::Table* table;
    std::string sheet;
};
void collect(const report::Section& section, std::vector<Place>& places) {
    for (const auto& block : section.blocks) {
        if (const auto* table = std::get_if<report::Table>(&block)) {
            places.push_back({&section, table, sheet_name(places.size() + 1, table->caption)});
        }
    }
    for (const auto& below : section.subsections) collect(below, places);
}
void collect(const report::Section& section, std::vector<const report::KeyFigure*>& figures) {
    for (const auto& block : section.blocks) {
        if (const auto* key = std::get_if<report::KeyFigures>(&block)) {
            for (const auto& figure : key->figures) figures.push_back(&figure);
        }
    }
    for (const auto& below : section.subsections) collect(below, figures);
}

struct Words {
    std::string section;  // "3.1 Heading"
    std::string text;
};
// In the order of the report; what a figure's table says is on the table's own sheet.
class Texts {
public:
    explicit Texts(const report::Report& report) : report_(report) {
        for (std::size_t i = 0; i < report.sections.size(); ++i) {
            add(report.sections[i], std::to_string(i + 1));
        }
    }
    [[nodiscard]] const std::vector<Words>& all() const { return all_; }

private:
    void add(const report::Section& section, const std::string& number) {
        section_ = number + " " + section.heading;
        for (const auto& block : section.blocks) {
            if (const auto* paragraph = std::get_if<report::Paragraph>(&block)) {
                say(paragraph->text);
            } else if (const auto* list = std::get_if<report::BulletList>(&block)) {
                for (const auto& item : list->items) say("– " + item);
            } else if (const auto* notice = std::get_if<report::Notice>(&block)) {
                say(notice->heading + ": " + notice->text);
                for (const auto& item : notice->items) say("– " + item);
            } else if (const auto* prose = std::get_if<report::Prose>(&block)) {
                say_lines(report::plain(*prose));
            } else if (const auto* item = std::get_if<report::Item>(&block)) {
                say(item->heading);
                say_lines(report::plain(item->text));
                for (const auto& fact : item->facts) {
                    for (const auto& said : fact.said) say(fact.term + ": " + said.text);
                }
            }
        }
        for (std::size_t i = 0; i < section.subsections.size(); ++i) {
            add(section.subsections[i], number + "." + std::to_string(i + 1));
        }
    }
    void say_lines(const std::string& text) {
        for (std::size_t start = 0; start <= text.size();) {
            const auto end = std::min(text.find('\n', start), text.size());
            say(text.substr(start, end - start));
            start = end + 1;
        }
    }
    void say(const std::string& text) {
        if (!text.empty()) all_.push_back({section_, text});
    }

    const report::Report& report_;
    std::string section_;
    std::vector<Words> all_;
};

class Book {
public:
    Book(const report::Report& report, const PrivateFolder& folder)
        : report_(report), folder_(folder.path().string()) {
        lxw_workbook_options options{};
        options.tmpdir = folder_.data();
        book_ = workbook_new_opt((folder_ + "/publication.xlsx").c_str(), &options);
        if (book_ == nullptr) throw Failed("no workbook can be made");
    }
    ~Book() {
        if (book_ != nullptr) workbook_close(book_);
    }
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    void write() {
        make_formats();
        set_properties();
        std::vector<Place> places;
        for (const auto& section : report_.sections) collect(section, places);
        const Texts texts(report_);
        write_first(places, texts.all().empty() ? std::string() : say("document.sheet.texts"));
        if (!texts.all().empty()) write_texts(texts.all());
        for (const auto& place : places) write_table(place);
        auto* book = std::exchange(book_, nullptr);
        require(workbook_close(book));
    }

private:
    [[nodiscard]] std::string say(std::string_view id,
                                  const std::map<std::string, std::string>& args = {}) const {
        return domain::text(id, report_.language, args);
    }
    lxw_format* format() {
        auto* made = workbook_add_format(book_);
        format_set_align(made, LXW_ALIGN_VERTICAL_TOP);
        return made;
    }
    void make_formats() {
        title_ = format();
        format_set_bold(title_);
        format_set_font_size(title_, 16);
        caption_ = format();
        format_set_bold(caption_);
        format_set_font_size(caption_, 12);
        bold_ = format();
        format_set_bold(bold_);
        wrapped_ = format();
        format_set_text_wrap(wrapped_);
        link_ = format();
        format_set_font_color(link_, 0x0D3B66);
        format_set_underline(link_, LXW_UNDERLINE_SINGLE);
        for (auto* heading : {&row_heading_, &heading_}) {
            *heading = format();
            format_set_bold(*heading);
            format_set_text_wrap(*heading);
            format_set_bottom(*heading, LXW_BORDER_MEDIUM);
        }
        format_set_align(heading_, LXW_ALIGN_RIGHT);
        for (auto* name : {&name_, &total_name_}) {
            *name = format();
            format_set_text_wrap(*name);
        }
        format_set_bold(total_name_);
        format_set_top(total_name_, LXW_BORDER_THIN);
    }
    // Numbers stay numbers: a share is a fraction that is shown as a percentage.
    lxw_format* number_format(const std::optional<report::Number>& number, bool total,
                              const std::string& sign) {
        std::string picture = "General";
        if (number) {
            picture = number->unit == Measure::Count ? "#,##0" : "0";
            if (number->decimals > 0)
                picture += "." + std::string(static_cast<std::size_t>(number->decimals), '0');
            if (number->unit == Measure::Percent) {
                picture += report_.language == domain::Language::English ? "%" : "\\ %";
            }
        }
        // A verdict stands behind the number, which stays one.
        if (number && !sign.empty()) picture += "\"\u00A0" + sign + "\"";
        auto& made = numbers_[{picture, total}];
        if (made == nullptr) {
            made = format();
            format_set_num_format(made, picture.c_str());
            format_set_align(made, LXW_ALIGN_RIGHT);
            if (total) {
                format_set_bold(made);
                format_set_top(made, LXW_BORDER_THIN);
            }
        }
        return made;
    }

    void set_properties() {
        auto title = report_.title;
        auto subject = report_.subtitle;
        auto status = report_.mark;
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.subject = subject.data();
        properties.status = status.data();
        properties.created = static_cast<time_t>(seconds_of(report_));
        require(workbook_set_properties(book_, &properties));
        require(workbook_set_custom_property_string(book_, "Language",
                                                    std::string(domain::code_of(report_.language)).c_str()));
        require(workbook_set_custom_property_number(book_, "Position",
                                                    static_cast<double>(report_.provenance.position)));
        require(workbook_set_custom_property_string(book_, "AsOf", report_.provenance.as_of_on.c_str()));
    }

    lxw_worksheet* sheet(const std::string& name) {
        auto* made = workbook_add_worksheet(book_, name.c_str());
        if (made == nullptr) throw Failed("the workbook takes no sheet");
        worksheet_set_paper(made, 9);  // A4
        worksheet_fit_to_pages(made, 1, 0);
        std::string head = "&L" + print_text(report_.title);
        if (!report_.mark.empty()) head += "&R&\"-,Bold\"" + print_text(report_.mark);
        // Longer than a page's head may be: the mark matters more.
        if (letters(head) > 250) head = "&R" + print_text(report_.mark);
        require(worksheet_set_header(made, head.c_str()));
        require(worksheet_set_footer(made, "&L&A&R&P / &N"));
        return made;
    }
    static std::string print_text(const std::string& text) {
        std::string out;
        for (const char letter : text) out += letter == '&' ? "&&" : std::string(1, letter);
        return out;
    }
    static void text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& words,
                     lxw_format* format) {
        // A cell holds no more; what people write is limited to less where it is written.
        constexpr std::size_t most = 32767;
        if (words.size() <= most) {
            require(worksheet_write_string(sheet, row, column, words.c_str(), format));
            return;
        }
        auto end = most;
        while ((static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) --end;
        require(worksheet_write_string(sheet, row, column, words.substr(0, end).c_str(), format));
    }
    // `without` stands where there is no number: nothing is known, or the figure is suppressed.
    void number(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column,
                const std::optional<report::Number>& number, const std::string& without, bool total = false,
                const std::string& sign = {}) {
        auto* shown = number_format(number, total, sign);
        if (!number) {
            text(sheet, row, column, without, shown);
            return;
        }
        const double value = number->unit == Measure::Percent ? number->value / 100 : number->value;
        require(worksheet_write_number(sheet, row, column, value, shown));
    }

    // What the figures are, what they rest on and which sheet holds which table, with its definition.
    void write_first(const std::vector<Place>& places, const std::string& texts) {
        auto* first = sheet(say("report.book.basis"));
        worksheet_set_column(first, 0, 0, 44, nullptr);
        worksheet_set_column(first, 1, 1, 14, nullptr);
        worksheet_set_column(first, 2, 2, 80, nullptr);
        lxw_row_t row = 0;
        text(first, row++, 0, report_.title, title_);
        text(first, row++, 0, report_.subtitle, nullptr);
        if (!report_.mark.empty()) text(first, row++, 0, report_.mark, bold_);
        ++row;
        const auto entry = [&](const std::string& name, const std::string& value) {
            text(first, row, 0, name, wrapped_);
            text(first, row++, 2, value, wrapped_);
        };
        const auto on = domain::parse_date(report_.provenance.as_of_on);
        entry(say("report.page.as_of"),
              on ? report::written(*on, report_.language) : report_.provenance.as_of_on);
        entry(say("report.page.position"), report::written(report_.provenance.position, report_.language));
        entry(say("report.page.codes"), report_.provenance.code_version);
        for (const auto& notice : report_.notices) {
            auto words = notice.text;
            for (const auto& item : notice.items) words += "\n– " + item;
            entry(notice.heading, words);
        }
        std::vector<const report::KeyFigure*> figures;
        for (const auto& section : report_.sections) collect(section, figures);
        if (!figures.empty()) {
            text(first, ++row, 0, say("report.book.key_figures"), caption_);
            ++row;
            for (const auto* figure : figures) {
                text(first, row, 0, figure->label, wrapped_);
                number(first, row, 1,
                       figure->suppressed ? std::nullopt : std::optional<report::Number>(figure->number),
                       report::written(*figure, report_.language));
                text(first, row++, 2, figure->note, wrapped_);
            }
        }
        text(first, ++row, 0, say("report.book.tables"), caption_);
        ++row;
        if (!texts.empty()) link(first, row++, texts);
        for (const auto& place : places) {
            link(first, row, place.sheet);
            auto words = place.table->caption + ".";
            if (!place.table->definition.empty()) words += " " + place.table->definition;
            text(first, row++, 2, words, wrapped_);
        }
    }

    void link(lxw_worksheet* from, lxw_row_t row, const std::string& sheet) {
        const auto target = "internal:'" + sheet + "'!A1";
        require(worksheet_write_url_opt(from, row, 0, target.c_str(), link_, sheet.c_str(), nullptr));
    }

    void write_texts(const std::vector<Words>& texts) {
        const auto name = say("document.sheet.texts");
        auto* page = sheet(name);
        worksheet_set_column(page, 0, 0, 40, nullptr);
        worksheet_set_column(page, 1, 1, 110, nullptr);
        constexpr lxw_row_t head = 2;
        text(page, 0, 0, name, caption_);
        if (!report_.mark.empty()) text(page, 1, 0, report_.mark, bold_);
        text(page, head, 0, say("document.sheet.section"), row_heading_);
        text(page, head, 1, say("document.sheet.text"), row_heading_);
        lxw_row_t row = head + 1;
        for (const auto& each : texts) {
            text(page, row, 0, each.section, wrapped_);
            text(page, row++, 1, each.text, wrapped_);
        }
        worksheet_freeze_panes(page, head + 1, 0);
        require(worksheet_repeat_rows(page, head, head));
        worksheet_set_landscape(page);
    }

    static std::string heading_of(const report::Table& table, const std::string& id,
                                  const std::string& words) {
        const auto number = report::break_before(table, id);
        return number == 0 ? words : words + "\u00A0" + report::break_sign(number);
    }

    void write_table(const Place& place) {
        const auto& table = *place.table;
        auto* page = sheet(place.sheet);
        constexpr lxw_row_t head = 2;
        text(page, 0, 0, table.caption, caption_);
        if (!report_.mark.empty()) text(page, 1, 0, report_.mark, bold_);
        const auto last = static_cast<lxw_col_t>(table.columns.size());
        double widest = static_cast<double>(letters(table.row_heading)) + 2;
        text(page, head, 0, table.row_heading, row_heading_);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i + 1);
            text(page, head, column, heading_of(table, table.columns[i].id, table.columns[i].heading),
                 heading_);
            worksheet_set_column(page, column, column, width_of(table.columns[i].heading), nullptr);
        }
        lxw_row_t row = head + 1;
        for (const auto& each : table.rows) {
            text(page, row, 0, heading_of(table, each.id, each.heading), each.total ? total_name_ : name_);
            widest = std::max(widest, static_cast<double>(letters(each.heading)) + 2);
            for (std::size_t i = 0; i < each.cells.size(); ++i) {
                const auto* mark = report::mark_of(table, each.id, table.columns[i].id);
                number(page, row, static_cast<lxw_col_t>(i + 1), each.cells[i].number,
                       report::written(each.cells[i], report_.language), each.total,
                       mark == nullptr ? std::string() : mark->sign);
            }
            ++row;
        }
        worksheet_set_column(page, 0, 0, std::min(widest, kWidestHeading), nullptr);
        worksheet_freeze_panes(page, head + 1, 1);
        require(worksheet_repeat_rows(page, head, head));
        if (last > 5) worksheet_set_landscape(page);
        ++row;
        for (const auto& note : report::notes_under(table)) text(page, row++, 0, note.text, nullptr);
    }
    // The longest word of a heading stands on one line; several words go below each other.
    static double width_of(const std::string& heading) {
        std::size_t longest = 0;
        for (std::size_t start = 0; start <= heading.size();) {
            const auto end = std::min(heading.find(' ', start), heading.size());
            longest = std::max(longest, letters(std::string_view(heading).substr(start, end - start)));
            start = end + 1;
        }
        return std::max(kNarrowest, static_cast<double>(longest) + 2);
    }

    const report::Report& report_;
    std::string folder_;  // the library points at it until the end
    lxw_workbook* book_ = nullptr;
    lxw_format* title_ = nullptr;
    lxw_format* caption_ = nullptr;
    lxw_format* bold_ = nullptr;
    lxw_format* wrapped_ = nullptr;
    lxw_format* link_ = nullptr;
    lxw_format* heading_ = nullptr;
    lxw_format* row_heading_ = nullptr;
    lxw_format* name_ = nullptr;
    lxw_format* total_name_ = nullptr;
    std::map<std::pair<std::string, bool>, lxw_format*> numbers_;
};

}  // namespace

std::string to_xlsx(const report::Report& report) {
    const PrivateFolder folder;
    Book(report, folder).write();
    return folder.read("publication.xlsx");
}

}  // namespace vastine::api::rendering
