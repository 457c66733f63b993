// Reports over the wire: one that is made while a lawyer waits and watches, and one that is signed, gets its
// files from the service itself, and is published.

#include <catch2/catch.hpp>
#include <thread>

#include "tests/api/wire.hpp"

using namespace vastine;
namespace json = boost::json;

namespace {

struct Desk {
    test::Served& served;
    test::Wire wire{served};

    test::Heard get(const std::string& target, Role role) {
        return wire.ask({.target = target, .token = served.service.people.at(role).token});
    }
    test::Heard post(const std::string& target, const std::string& body, Role role,
                     std::optional<std::uint64_t> if_match = std::nullopt) {
        return wire.ask({.method = "POST",
                         .target = target,
                         .body = body,
                         .token = served.service.people.at(role).token,
                         .if_match = if_match,
                         .key = api::new_uuid()});
    }
    // The page of a publication, once it says that its files are there.
    json::object page_with_files(const std::string& target, Role role, const std::string& level) {
        for (const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(3);
             std::chrono::steady_clock::now() < until;) {
            const auto page = get(target, role);
            REQUIRE(page.status == 200);
            auto read = json::parse(page.body).as_object();
            for (const auto& artefact : read.at("artefacts").as_array()) {
                if (artefact.at("level").as_string() == level) return read;
            }
            // Nothing tells a client of it but the page.
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        FAIL("no files of the level " << level);
        return {};
    }
};

std::string url_of(const json::object& page, const std::string& level, const std::string& form) {
    for (const auto& artefact : page.at("artefacts").as_array()) {
        if (artefact.at("level").as_string() == level && artefact.at("form").as_string() == form)
            return std::string(artefact.at("url").as_string());
    }
    FAIL("no " << level << " " << form);
    return {};
}

}  // namespace

TEST_CASE("a report is begun, watched step by step, and fetched when it is done", "[end to end]") {
    test::Served served;
    Desk desk{served};
    const auto begun = desk.post(
        "/api/v1/renderings",
        R"({"kind":"legal","from":"2026-01","to":"2026-12","format":"pdf","language":"sv"})", LAWYER);
    INFO(begun.body);
    REQUIRE(begun.status == 202);
    const auto location = begun.header("location");

    test::Wire watching(served);
    watching.say(
        test::bytes_of({.target = location + "/progress", .token = served.service.people.at(LAWYER).token}));
    // The stream ends with the work: chunked, and so with an empty chunk.
    std::string told;
    while (told.find("\r\n0\r\n\r\n") == std::string::npos) {
        const auto more = watching.hear_some();
        REQUIRE_FALSE(more.empty());
        told += more;
    }
    std::size_t at = 0;
    for (const auto* state : {"waiting", "counting", "rendering", "done"}) {
        INFO(state << " in " << told);
        const auto found = told.find("\"state\":\"" + std::string(state) + "\"", at);
        REQUIRE(found != std::string::npos);
        at = found;
    }
    CHECK(told.find("\"text\":\"") != std::string::npos);

    const auto file = desk.get(location + "/file", LAWYER);
    CHECK(file.status == 200);
    CHECK(file.header("content-type") == "application/pdf");
    CHECK(file.header("content-disposition") == "attachment; filename=\"report-legal-2026-sv-internal.pdf\"");
    CHECK(file.body.starts_with("%PDF"));
    CHECK(desk.get(location + "/file", REGISTRAR).status == 404);
    CHECK(desk.get(location + "/file", BOARD).status == 403);
}

TEST_CASE("what the head ombudsman signs and publishes gets its files from the service, and stays as it was",
          "[end to end]") {
    test::Served served;
    Desk desk{served};
    const auto opened =
        desk.post("/api/v1/publications",
                  R"({"publication_kind":"summary","area":"ombudsman","first_month":"2025-09",)"
                  R"("last_month":"2025-12","languages":["fi"]})",
                  HEAD_OMBUDSMAN);
    INFO(opened.body);
    REQUIRE(opened.status == 201);
    const auto target = opened.header("location");
    const auto version = [&] {
        return static_cast<std::uint64_t>(std::stoull(
            std::string(json::parse(desk.get(target, HEAD_OMBUDSMAN).body).at("version").as_string())));
    };
    const auto take = [&](const std::string& path) {
        const auto taken = desk.post(target + "/" + path, "{}", HEAD_OMBUDSMAN, version());
        INFO(path << " " << taken.body);
        REQUIRE(taken.status == 200);
    };
    CHECK(desk.get(target, BOARD_SECRETARY).status == 404);
    take("sign");
    const auto signed_page = desk.page_with_files(target, BOARD_SECRETARY, "internal");
    const auto pdf = url_of(signed_page, "internal", "pdf");
    const auto before = desk.get(pdf, BOARD_SECRETARY);
    CHECK(before.status == 200);
    CHECK(before.body.starts_with("%PDF"));
    CHECK(desk.get(pdf, LAWYER).status == 404);
    CHECK(desk.get(pdf, BOARD).status == 404);

    take("publish");
    const auto published = desk.page_with_files(target, HEAD_OMBUDSMAN, "public");
    CHECK(json::value(published).at("row").at("files_waiting").as_bool() == false);
    // Anybody, without a login.
    const auto page = desk.wire.ask({.target = url_of(published, "public", "html")});
    INFO(url_of(published, "public", "html"));
    CHECK(page.status == 200);
    CHECK(page.body.find("<html lang=\"fi\"") != std::string::npos);
    CHECK(desk.get(pdf, BOARD_SECRETARY).body == before.body);
}
