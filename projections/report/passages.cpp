#include "projections/report/passages.hpp"

#include <algorithm>

#include "projections/report/markup.hpp"

namespace vastine::projections::report {
namespace {

// The page's writer breaks lines between elements, not beside words: empty words keep elements of a
// sentence together.
void nothing(pugi::xml_node parent) {
    parent.append_child(pugi::node_pcdata).set_value("");
}

void write_runs(pugi::xml_node parent, const std::vector<Run>& runs, const WriteWords& words) {
    nothing(parent);
    for (const auto& run : runs) {
        auto node = parent;
        const auto around = [&](const char* name) {
            node = node.append_child(name);
            return node;
        };
        if (!run.link.empty()) with(with(around("a"), "href", run.link), "rel", "noreferrer");
        if (run.strong) around("strong");
        if (run.emphasis) around("em");
        nothing(node);
        words(node, run);
        for (; node != parent; node = node.parent()) nothing(node.parent());
    }
}

void write(pugi::xml_node parent, const Passage& passage, int level, const WriteWords& words) {
    const auto nested = [&](pugi::xml_node node) {
        write_passages(node, passage.parts, level, words);
        return node;
    };
    switch (passage.kind) {
        case Passage::Kind::Paragraph:
            write_runs(parent.append_child("p"), passage.runs, words);
            break;
        case Passage::Kind::Heading: {
            const auto name = "h" + std::to_string(std::min(6, level + passage.level));
            write_runs(parent.append_child(name.c_str()), passage.runs, words);
            break;
        }
        case Passage::Kind::Bullets:
            nested(parent.append_child("ul"));
            break;
        case Passage::Kind::Numbered: {
            auto list = nested(parent.append_child("ol"));
            if (passage.level != 1) with(list, "start", std::to_string(passage.level));
            break;
        }
        case Passage::Kind::Item:
            nested(parent.append_child("li"));
            break;
        case Passage::Kind::Quote:
            nested(parent.append_child("blockquote"));
            break;
    }
}

}  // namespace

void write_lines(pugi::xml_node parent, std::string_view words) {
    while (true) {
        const auto end = words.find('\n');
        parent.append_child(pugi::node_pcdata).set_value(printable(words.substr(0, end)).c_str());
        if (end == std::string_view::npos) return;
        parent.append_child("br");
        words.remove_prefix(end + 1);
    }
}

void write_passages(pugi::xml_node parent, const std::vector<Passage>& passages, int level,
                    const WriteWords& words) {
    for (const auto& passage : passages) write(parent, passage, level, words);
}

}  // namespace vastine::projections::report
