#include "api/rendering/qr_code.hpp"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>
#include <sstream>
#include <stdexcept>

#include "projections/report/markup.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;

constexpr int quiet_zone = 4;  // modules, as ISO 18004 asks for

// The lowest level of error correction: what is printed whole needs the larger modules more.
std::unique_ptr<QRcode, decltype(&QRcode_free)> encode(std::string_view content) {
    std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(content.size()),
                          reinterpret_cast<const unsigned char*>(content.data()), 0, QR_ECLEVEL_L),
        &QRcode_free);
    if (code == nullptr) throw std::length_error("too long for a QR code");
    return code;
}

// Dark modules, a rectangle for each run in a row.
std::string path_of(const QRcode& code) {
    std::string path;
    const auto dark = [&](int x, int y) { return (code.data[y * code.width + x] & 1) != 0; };
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width; ++x) {
            if (!dark(x, y)) continue;
            const int from = x;
            while (x + 1 < code.width && dark(x + 1, y)) ++x;
            const int size = x - from + 1;
            path += fmt::format("M{} {}h{}v1h-{}z", from + quiet_zone, y + quiet_zone, size, size);
        }
    }
    return path;
}

}  // namespace

pugi::xml_node add_qr_code(pugi::xml_node parent, std::string_view content, std::string_view name) {
    const auto code = encode(content);
    const auto width = fmt::to_string(code->width + 2 * quiet_zone);
    auto svg = report::element(parent, "svg");
    report::with(svg, "xmlns", "http://www.w3.org/2000/svg");
    report::with(svg, "viewBox", fmt::format("0 0 {} {}", width, width));
    report::with(svg, "role", "img");
    report::with(svg, "aria-label", name);
    report::with(svg, "shape-rendering", "crispEdges");
    auto ground = report::element(svg, "rect");
    report::with(report::with(report::with(ground, "width", width), "height", width), "fill", "#fff");
    report::with(report::with(report::element(svg, "path"), "fill", "#000"), "d", path_of(*code));
    return svg;
}

std::string qr_code_svg(std::string_view content, std::string_view name) {
    pugi::xml_document document;
    add_qr_code(document, content, name);
    std::ostringstream out;
    document.save(out, "", pugi::format_raw);
    return out.str();
}

}  // namespace vastine::api::rendering
