#include "api/http/message.hpp"

#include <algorithm>

namespace vastine::api {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

void Headers::set(std::string name, std::string value) {
    std::erase_if(list_, [&](const auto& header) { return same(header.first, name); });
    add(std::move(name), std::move(value));
}

void Headers::add(std::string name, std::string value) {
    list_.emplace_back(std::move(name), std::move(value));
}

std::string_view Headers::get(std::string_view name) const {
    const auto found =
        std::find_if(list_.begin(), list_.end(), [&](const auto& h) { return same(h.first, name); });
    return found == list_.end() ? std::string_view() : std::string_view(found->second);
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::count_if(list_.begin(), list_.end(), [&](const auto& h) { return same(h.first, name); }));
}

}  // namespace vastine::api
