#include "domain/text/catalogue.hpp"

#include <toml++/toml.h>

#include <stdexcept>
#include <tuple>
#include <utility>

#include "domain/data/embedded.hpp"
#include "domain/text/message.hpp"

namespace vastine::domain {

namespace {

[[noreturn]] void fail(std::string_view file, const std::string& id, std::string_view what) {
    throw std::runtime_error(std::string(file) + ": " + id + " " + std::string(what));
}

bool is_language(std::string_view key) {
    return key == "fi" || key == "sv" || key == "en";
}

// The start and length of the next {name} at or after `from`, braces included; npos when there is none.
std::pair<std::size_t, std::size_t> next_placeholder(std::string_view text, std::size_t from) {
    for (std::size_t open = text.find('{', from); open != text.npos; open = text.find('{', open + 1)) {
        const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", open + 1);
        if (end != text.npos && text[end] == '}' && end > open + 1) return {open, end - open + 1};
    }
    return {text.npos, 0};
}

}  // namespace

void Catalogue::add(std::string_view file, std::string_view toml) {
    toml::table root;
    try {
        root = toml::parse(toml, file);
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(std::string(file) + ", line " + std::to_string(error.source().begin.line) +
                                 ": " + std::string(error.description()));
    }
    const auto read = [&](const auto& self, const toml::table& table, const std::string& path) -> void {
        Text text;
        std::size_t languages = 0;
        for (const auto& [key, node] : table) {
            const std::string id =
                path.empty() ? std::string(key.str()) : path + "." + std::string(key.str());
            if (const toml::table* const inner = node.as_table()) {
                self(self, *inner, id);
            } else if (const auto* const value = node.as_string(); value && is_language(key.str())) {
                if (value->get().empty()) fail(file, id, "is empty");
                const auto* const field = Text::descriptor()->FindFieldByName(std::string(key.str()));
                Text::GetReflection()->SetString(&text, field, value->get());
                ++languages;
            } else {
                fail(file, id, "is neither a table nor a text in fi, sv or en");
            }
        }
        if (languages == 0) return;
        if (languages != 3) fail(file, path, "lacks a language");
        if (!texts_.emplace(path, text).second) fail(file, path, "stands twice");
    };
    read(read, root, "");
}

const Text* Catalogue::find(std::string_view id) const {
    const auto found = texts_.find(id);
    return found == texts_.end() ? nullptr : &found->second;
}

const Catalogue& catalogue() {
    static const Catalogue all = [] {
        Catalogue read;
        for (const auto& [path, content] : embedded_files())
            if (path.starts_with("texts/") && path.ends_with(".toml")) read.add(path, content);
        return read;
    }();
    return all;
}

std::string fill(std::string_view text, const std::map<std::string, std::string>& args, Language language) {
    if (depends_on_number(text)) return fill_message(text, args, language);
    std::string filled;
    std::size_t done = 0;
    for (auto [at, length] = next_placeholder(text, 0); at != text.npos;
         std::tie(at, length) = next_placeholder(text, done)) {
        const auto found = args.find(std::string(text.substr(at + 1, length - 2)));
        filled += text.substr(done, at - done);
        filled += found == args.end() ? text.substr(at, length) : std::string_view(found->second);
        done = at + length;
    }
    filled += text.substr(done);
    return filled;
}

std::set<std::string> placeholders(std::string_view text) {
    if (depends_on_number(text)) return message_arguments(text);
    std::set<std::string> names;
    std::size_t done = 0;
    for (auto [at, length] = next_placeholder(text, 0); at != text.npos;
         std::tie(at, length) = next_placeholder(text, done)) {
        names.emplace(text.substr(at + 1, length - 2));
        done = at + length;
    }
    return names;
}

}  // namespace vastine::domain
