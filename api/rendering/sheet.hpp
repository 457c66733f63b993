#pragma once
// What every page that goes on paper by itself begins and ends with: letters, receipts, certificates,
// extracts. No program and no network belongs in it, and it says so.

#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "domain/text/text.hpp"

namespace vastine::api::rendering {

class Sheet {
public:
    // The style is written without the characters < > &.
    Sheet(const std::string& title, domain::Language language, std::string_view style);

    [[nodiscard]] pugi::xml_node body() const { return body_; }
    [[nodiscard]] std::string html() const;

private:
    pugi::xml_document document_;
    pugi::xml_node body_;
};

}  // namespace vastine::api::rendering
