#include "projections/report/prose.hpp"

#include <cmark.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "projections/report/markup.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

// Lists in lists in quotes: what is nested deeper stands at this depth.
constexpr int kDeepest = 8;
constexpr std::size_t kLongestName = 200;

struct Free {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Tree = std::unique_ptr<cmark_node, Free>;
using Walk = std::unique_ptr<cmark_iter, Free>;

std::string_view literal(cmark_node* node) {
    const char* text = cmark_node_get_literal(node);
    return text == nullptr ? std::string_view() : std::string_view(text);
}

bool same_look(const Run& a, const Run& b) {
    return a.strong == b.strong && a.emphasis == b.emphasis && a.link == b.link;
}

std::string_view trimmed(std::string_view words) {
    constexpr std::string_view blank = " \t\n";
    const auto first = words.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return words.substr(first, words.find_last_not_of(blank) - first + 1);
}

// "departments / sairaala / 2018" as "departments/sairaala/2018".
std::string name_of_figure(std::string_view words) {
    std::string out;
    while (true) {
        const auto slash = words.find('/');
        out += trimmed(words.substr(0, slash));
        if (slash == std::string_view::npos) return out;
        out += '/';
        words.remove_prefix(slash + 1);
    }
}

// The address as it may stand in a document, empty when it may not: only what opens a page or a letter, and
// says openly whose.
std::string safe_address(std::string_view address) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char letter : address) {
        const auto code = static_cast<unsigned char>(letter);
        if (code <= 0x20 || code == 0x7F) return {};
        if (code < 0x7F && std::string_view("\"<>\\^`{|}").find(letter) == std::string_view::npos) {
            out += letter;
        } else {
            out += {'%', digits[code >> 4U], digits[code & 15U]};
        }
    }
    const auto colon = out.find(':');
    if (colon == std::string::npos) return {};
    std::transform(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(colon), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (out.starts_with("mailto:")) return out.find('@') == std::string::npos ? std::string() : out;
    constexpr std::string_view https = "https://";
    if (!out.starts_with(https)) return {};
    const auto host = out.substr(https.size(), out.find_first_of("/?#", https.size()) - https.size());
    // What stands before an @ looks like the site and is not.
    return host.empty() || host.find('@') != std::string::npos ? std::string() : out;
}

class Reading {
public:
    Reading(domain::Language language, const FigureLookup& figures) : figures_(figures) {
        prose_.language = language;
    }

    Prose read(std::string_view markdown) {
        const Tree root(cmark_parse_document(markdown.data(), markdown.size(),
                                             CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8));
        cmark_consolidate_text_nodes(root.get());
        prose_.passages = passages_in(root.get(), 0);
        return std::move(prose_);
    }

private:
    std::vector<Passage> passages_in(cmark_node* parent, int depth) {
        std::vector<Passage> out;
        for (auto* node = cmark_node_first_child(parent); node != nullptr; node = cmark_node_next(node)) {
            add(out, node, depth);
        }
        return out;
    }
    void add(std::vector<Passage>& to, cmark_node* node, int depth) {
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_PARAGRAPH:
                add_words(to, {Passage::Kind::Paragraph, 1, runs_of(node)});
                break;
            case CMARK_NODE_HEADING:
                // Inside a list or a quote it heads nothing of the report.
                if (depth == 0) {
                    add_words(to, {Passage::Kind::Heading, level_of(node), runs_of(node)});
                } else {
                    add_words(to, {Passage::Kind::Paragraph, 1, runs_of(node, true)});
                }
                break;
            case CMARK_NODE_CODE_BLOCK:
                add_words(to, {Passage::Kind::Paragraph, 1, lines_of(literal(node))});
                break;
            case CMARK_NODE_BLOCK_QUOTE:
                add_nested(to, node, {Passage::Kind::Quote}, depth);
                break;
            case CMARK_NODE_LIST:
                if (cmark_node_get_list_type(node) == CMARK_ORDERED_LIST) {
                    add_nested(to, node, {Passage::Kind::Numbered, cmark_node_get_list_start(node)}, depth);
                } else {
                    add_nested(to, node, {Passage::Kind::Bullets}, depth);
                }
                break;
            case CMARK_NODE_ITEM:
                add_nested(to, node, {Passage::Kind::Item}, depth);
                break;
            default:  // HTML and rulers
                break;
        }
    }
    // An item is no deeper than its list, so that no list is left without items.
    void add_nested(std::vector<Passage>& to, cmark_node* node, Passage passage, int depth) {
        const bool item = passage.kind == Passage::Kind::Item;
        if (!item && depth >= kDeepest) {
            add_flat(to, node);
            return;
        }
        passage.parts = passages_in(node, item ? depth : depth + 1);
        if (!passage.parts.empty()) to.push_back(std::move(passage));
    }
    // All that is left below as paragraphs, however deep it is.
    void add_flat(std::vector<Passage>& to, cmark_node* node) {
        const Walk walk(cmark_iter_new(node));
        for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
             event = cmark_iter_next(walk.get())) {
            auto* each = cmark_iter_get_node(walk.get());
            const auto type = cmark_node_get_type(each);
            if (event != CMARK_EVENT_ENTER) continue;
            if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) {
                add_words(to, {Passage::Kind::Paragraph, 1, runs_of(each)});
            } else if (type == CMARK_NODE_CODE_BLOCK) {
                add_words(to, {Passage::Kind::Paragraph, 1, lines_of(literal(each))});
            }
        }
    }
    static void add_words(std::vector<Passage>& to, Passage passage) {
        auto& runs = passage.runs;
        // Breaks at the edges separate nothing.
        const auto nothing = [](const Run& run) { return run.names.empty() && trimmed(run.text).empty(); };
        while (!runs.empty() && nothing(runs.back())) runs.pop_back();
        while (!runs.empty() && nothing(runs.front())) runs.erase(runs.begin());
        if (!runs.empty()) to.push_back(std::move(passage));
    }

    // One deeper than the heading it stands under, whatever its own number of #.
    int level_of(cmark_node* heading) {
        const int level = cmark_node_get_heading_level(heading);
        while (!open_headings_.empty() && open_headings_.back() >= level) open_headings_.pop_back();
        open_headings_.push_back(level);
        return static_cast<int>(open_headings_.size());
    }

    // Emphasis can be nested thousands deep: walked, not descended.
    std::vector<Run> runs_of(cmark_node* block, bool all_strong = false) {
        std::vector<Run> out;
        int strong = all_strong ? 1 : 0;
        int emphasis = 0;
        std::vector<std::string> links;
        const auto look = [&] {
            Run run;
            run.strong = strong > 0;
            run.emphasis = emphasis > 0;
            if (!links.empty()) run.link = links.back();
            return run;
        };
        const Walk walk(cmark_iter_new(block));
        for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
             event = cmark_iter_next(walk.get())) {
            auto* node = cmark_iter_get_node(walk.get());
            const int step = event == CMARK_EVENT_ENTER ? 1 : -1;
            switch (cmark_node_get_type(node)) {
                case CMARK_NODE_STRONG:
                    strong += step;
                    break;
                case CMARK_NODE_EMPH:
                    emphasis += step;
                    break;
                case CMARK_NODE_LINK:
                    if (step > 0) {
                        const char* url = cmark_node_get_url(node);
                        links.push_back(safe_address(url == nullptr ? "" : url));
                    } else {
                        links.pop_back();
                    }
                    break;
                case CMARK_NODE_TEXT:
                    add_text(out, literal(node), look());
                    break;
                case CMARK_NODE_CODE:
                    add_plain(out, literal(node), look());
                    break;
                case CMARK_NODE_SOFTBREAK:
                    add_plain(out, " ", look());
                    break;
                case CMARK_NODE_LINEBREAK:
                    add_plain(out, "\n", look());
                    break;
                default:  // HTML; a picture, whose words are texts below it
                    break;
            }
        }
        return out;
    }
    static std::vector<Run> lines_of(std::string_view code) {
        std::vector<Run> out;
        while (!code.empty() && code.back() == '\n') code.remove_suffix(1);
        if (!code.empty()) add_plain(out, code, {});
        return out;
    }
    static void add_plain(std::vector<Run>& to, std::string_view words, Run look) {
        look.text = printable(words);
        if (look.text.empty()) return;
        if (!to.empty() && to.back().names.empty() && same_look(to.back(), look)) {
            to.back().text += look.text;
        } else {
            to.push_back(std::move(look));
        }
    }
    void add_text(std::vector<Run>& to, std::string_view words, const Run& look) {
        while (true) {
            const auto open = words.find("{{");
            const auto close = open == std::string_view::npos ? open : words.find("}}", open + 2);
            if (close == std::string_view::npos || close - open > kLongestName) break;
            const auto name = name_of_figure(words.substr(open + 2, close - open - 2));
            if (open > 0) add_plain(to, words.substr(0, open), look);
            add_figure(to, name, look);
            words.remove_prefix(close + 2);
        }
        add_plain(to, words, look);
    }
    void add_figure(std::vector<Run>& to, const std::string& name, Run look) {
        look.names = printable(name);
        if (const auto* found = figures_.find(name)) {
            look.figure = *found;
        } else if (std::find(prose_.faults.begin(), prose_.faults.end(), look.names) == prose_.faults.end()) {
            prose_.faults.push_back(look.names);
        }
        to.push_back(std::move(look));
    }

    const FigureLookup& figures_;
    Prose prose_;
    std::vector<int> open_headings_;
};

// How many letters must change to make one name the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        auto diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row.back();
}

void add(std::map<std::string, Cell, std::less<>>& figures, const Section& section) {
    for (const auto& block : section.blocks) {
        if (const auto* table = std::get_if<Table>(&block)) {
            for (const auto& row : table->rows) {
                for (std::size_t i = 0; i < row.cells.size(); ++i) {
                    figures.try_emplace(table->id + "/" + row.id + "/" + table->columns[i].id, row.cells[i]);
                }
            }
        } else if (const auto* key = std::get_if<KeyFigures>(&block)) {
            for (const auto& figure : key->figures) {
                Cell cell{figure.number, figure.figure, figure.from, figure.suppressed};
                if (figure.suppressed) cell.number.reset();
                figures.try_emplace(key->id + "/" + figure.id, std::move(cell));
            }
        }
    }
    for (const auto& below : section.subsections) add(figures, below);
}

void collect(const Section& section, std::vector<std::string>& faults) {
    const auto take = [&](const Prose& prose) {
        for (const auto& fault : prose.faults) {
            if (std::find(faults.begin(), faults.end(), fault) == faults.end()) faults.push_back(fault);
        }
    };
    for (const auto& block : section.blocks) {
        if (const auto* prose = std::get_if<Prose>(&block)) take(*prose);
        if (const auto* item = std::get_if<Item>(&block)) take(item->text);
    }
    for (const auto& below : section.subsections) collect(below, faults);
}

void write(const std::vector<Passage>& passages, domain::Language language, const std::string& indent,
           std::string& out) {
    for (const auto& passage : passages) {
        if (!passage.runs.empty()) {
            if (!out.empty() && out.back() != ' ') out += "\n" + indent;
            for (const auto& run : passage.runs) out += written(run, language);
        }
        int number = passage.level;
        for (const auto& part : passage.parts) {
            if (part.kind == Passage::Kind::Item) {
                if (!out.empty()) out += "\n" + indent;
                out += passage.kind == Passage::Kind::Numbered ? std::to_string(number++) + ". " : "– ";
                write(part.parts, language, indent + "  ", out);
            } else {
                write({part}, language, indent, out);
            }
        }
    }
}

}  // namespace

FigureLookup::FigureLookup(const Report& report) {
    for (const auto& section : report.sections) add(figures_, section);
}

const Cell* FigureLookup::find(std::string_view name) const {
    const auto found = figures_.find(name);
    return found == figures_.end() ? nullptr : &found->second;
}

std::vector<std::string> FigureLookup::near(std::string_view name) const {
    name = name.substr(0, kLongestName);
    std::vector<std::pair<std::size_t, std::string_view>> ranked;
    for (const auto& [each, cell] : figures_) ranked.emplace_back(distance(name, each), each);
    const auto count = std::min<std::size_t>(ranked.size(), 3);
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count), ranked.end());
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) out.emplace_back(ranked[i].second);
    return out;
}

Prose prose_of(std::string_view markdown, domain::Language language, const FigureLookup& figures) {
    return Reading(language, figures).read(markdown.substr(0, kLongestMarkdown));
}

std::vector<std::string> faults_of(const Report& report) {
    std::vector<std::string> out;
    for (const auto& section : report.sections) collect(section, out);
    return out;
}

std::vector<std::string> headings_of(const Prose& prose) {
    std::vector<std::string> all;
    for (const auto& passage : prose.passages) {
        if (passage.kind != Passage::Kind::Heading) continue;
        auto& words = all.emplace_back();
        for (const auto& run : passage.runs) words += written(run, prose.language);
    }
    return all;
}

std::string plain(const Prose& prose) {
    std::string out;
    write(prose.passages, prose.language, "", out);
    return out;
}

}  // namespace vastine::projections::report
