// That a camera reads it is shown by zbarimg in end_to_end/commands_test.

#include "api/rendering/qr_code.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

namespace vastine::api::rendering {

TEST_CASE("a QR code is an image with a name and a quiet zone", "[qr]") {
    pugi::xml_document document;
    const auto svg = add_qr_code(document, "vastine", "a code");
    CHECK(std::string(svg.attribute("role").value()) == "img");
    CHECK(std::string(svg.attribute("aria-label").value()) == "a code");
    // Seven letters fit the smallest code: 21 modules, and four of rest on each side.
    CHECK(std::string(svg.attribute("viewBox").value()) == "0 0 29 29");
    const std::string path = svg.child("path").attribute("d").value();
    // The upper edges of the two finder patterns above, and of the one below.
    CHECK(path.starts_with("M4 4h7v1h-7z"));
    CHECK(path.find("M18 4h7v1h-7z") != std::string::npos);
    CHECK(path.find("M4 18h7v1h-7z") != std::string::npos);
    CHECK(qr_code_svg("vastine", "a code").starts_with("<?xml version=\"1.0\"?><svg xmlns="));
}

TEST_CASE("a receipt from a log of any size fits one QR code; what does not is refused", "[qr]") {
    // Header and hashes, a path of 40 hashes (a million million records), a checkpoint: 2.5 kB.
    CHECK_NOTHROW(qr_code_svg(std::string(2953, 'x'), "a code"));
    CHECK_THROWS_AS(qr_code_svg(std::string(2954, 'x'), "a code"), std::length_error);
}

}  // namespace vastine::api::rendering
