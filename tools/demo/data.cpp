#include "tools/demo/data.hpp"

#include <stdexcept>

#include "domain/data/embedded.hpp"

namespace vastine::tools::demo {
namespace {

[[noreturn]] void missing(std::string_view path) {
    throw std::runtime_error("demo data: nothing fitting at " + std::string(path));
}

}  // namespace

toml::table read_data(std::string_view file) {
    const auto& files = domain::embedded_files();
    const auto found = files.find("demo/" + std::string(file));
    if (found == files.end()) missing(file);
    return toml::parse(found->second, "demo/" + std::string(file));
}

const toml::table& table_at(const toml::table& data, std::string_view path) {
    const auto* table = data.at_path(path).as_table();
    if (table == nullptr) missing(path);
    return *table;
}

std::uint64_t number_at(const toml::table& data, std::string_view path) {
    const auto number = data.at_path(path).value<std::int64_t>();
    if (!number || *number < 0) missing(path);
    return static_cast<std::uint64_t>(*number);
}

std::string text_at(const toml::table& data, std::string_view path) {
    const auto text = data.at_path(path).value<std::string>();
    if (!text) missing(path);
    return *text;
}

Shares shares_at(const toml::table& data, std::string_view path) {
    Shares out;
    for (const auto& [code, weight] : table_at(data, path)) {
        const auto number = weight.value<std::int64_t>();
        if (!number || *number <= 0) missing(path);
        out.emplace_back(std::string(code.str()), static_cast<std::uint64_t>(*number));
    }
    return out;
}

std::vector<std::string> texts_at(const toml::table& data, std::string_view path) {
    std::vector<std::string> out;
    if (const auto* list = data.at_path(path).as_array()) {
        for (const auto& entry : *list) out.push_back(entry.value<std::string>().value_or(""));
    }
    return out;
}

}  // namespace vastine::tools::demo
