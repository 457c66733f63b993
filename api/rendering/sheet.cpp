#include "api/rendering/sheet.hpp"

#include <sstream>

#include "projections/report/markup.hpp"

namespace vastine::api::rendering {

using projections::report::element;
using projections::report::with;

Sheet::Sheet(const std::string& title, domain::Language language, std::string_view style) {
    auto html = with(document_.append_child("html"), "lang", domain::code_of(language));
    auto head = element(html, "head");
    with(element(head, "meta"), "charset", "utf-8");
    with(with(element(head, "meta"), "http-equiv", "Content-Security-Policy"), "content",
         "default-src 'none'; style-src 'unsafe-inline'");
    element(head, "title", title);
    element(head, "style", style);
    body_ = element(html, "body");
}

std::string Sheet::html() const {
    std::ostringstream out;
    out << "<!DOCTYPE html>\n";
    document_.save(out, "", pugi::format_raw | pugi::format_no_declaration);
    return out.str();
}

}  // namespace vastine::api::rendering
