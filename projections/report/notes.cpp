#include "projections/report/notes.hpp"

#include <algorithm>

namespace vastine::projections::report {

const Mark* mark_of(const Table& table, std::string_view row, std::string_view column) {
    const auto found = std::find_if(table.marks.begin(), table.marks.end(), [&](const Mark& mark) {
        return mark.row == row && mark.column == column;
    });
    return found == table.marks.end() ? nullptr : &*found;
}

std::vector<std::pair<std::string, std::string>> signs_of(const Table& table) {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& mark : table.marks) {
        std::pair each{mark.sign, mark.text};
        if (std::find(out.begin(), out.end(), each) == out.end()) out.push_back(std::move(each));
    }
    return out;
}

std::size_t break_before(const Table& table, std::string_view id) {
    if (id.empty()) return 0;
    for (std::size_t i = 0; i < table.breaks.size(); ++i) {
        if (table.breaks[i].at == id) return i + 1;
    }
    return 0;
}

std::string break_sign(std::size_t number) {
    return std::to_string(number) + ")";
}

std::vector<Note> notes_under(const Table& table) {
    std::vector<Note> out;
    const auto add = [&](Note::Kind kind, const std::string& text) {
        if (!text.empty()) out.push_back({kind, text});
    };
    add(Note::Kind::Definition, table.definition);
    for (const auto& [sign, text] : signs_of(table)) add(Note::Kind::Sign, sign + " " + text);
    for (std::size_t i = 0; i < table.breaks.size(); ++i) {
        // Of the whole table: no place in it to refer to.
        const auto sign = table.breaks[i].at.empty() ? std::string() : break_sign(i + 1) + " ";
        add(Note::Kind::Break, sign + table.breaks[i].text);
    }
    add(Note::Kind::Source, table.source);
    add(Note::Kind::Suppression, table.note);
    return out;
}

}  // namespace vastine::projections::report
