// Reports as readers ask for them: what goes together, who may, and the same by every door.

#include "api/reports/reports.hpp"

#include <catch2/catch.hpp>
#include <future>

#include "tests/api/service.hpp"

using namespace vastine;
using test::Service;
namespace json = boost::json;

namespace {

// The field that a refusal names.
std::string field_of(const api::Response& response) {
    INFO(response.status << " " << response.body);
    REQUIRE(response.status == 422);
    return std::string(test::json_of(response).at("errors").as_array().at(0).at("field").as_string());
}

std::string report(const std::string& kind, const std::string& query) {
    return "/api/v1/reports/" + kind + "?format=json&" + query;
}

}  // namespace

TEST_CASE("a report is asked for by a year or by months, and what does not go together names its field",
          "[reports]") {
    Service service;
    const auto refused = [&](const std::string& kind, const std::string& query) {
        INFO(kind << " " << query);
        return field_of(service.get(report(kind, query), HEAD_OMBUDSMAN));
    };
    CHECK(refused("annual", "lang=fi") == "year");
    CHECK(refused("annual", "year=2025&from=2025-01&to=2025-04") == "year");
    CHECK(refused("annual", "year=1850") == "year");
    CHECK(refused("annual", "from=2025-01") == "to");
    CHECK(refused("annual", "from=2025-05&to=2025-04") == "to");
    CHECK(refused("annual", "from=2024-01&to=2025-04") == "to");
    CHECK(refused("annual", "year=2025&area=legal") == "area");
    CHECK(refused("summary", "year=2025") == "area");
    CHECK(refused("annual", "year=2025&level=public&threshold=1") == "threshold");
    CHECK(refused("annual", "year=2025&as_of=99999") == "as_of");
    CHECK(service.get(report("quarterly", "year=2025"), HEAD_OMBUDSMAN).status == 404);

    const auto part = service.get(report("annual", "from=2026-01&to=2026-03"), HEAD_OMBUDSMAN);
    CHECK(part.status == 200);
    CHECK(test::json_of(part).at("period").as_string() == "2026-01/2026-03");
    CHECK(part.headers.get("Content-Disposition") ==
          "attachment; filename=\"report-annual-2026-01_2026-03-en-internal.json\"");
}

TEST_CASE("a summary is of the area that is asked for, for those who work in it", "[reports][wall]") {
    Service service;
    const auto asked = [&](const std::string& area, Role role) {
        return service.get(report("summary", "from=2026-01&to=2026-03&area=" + area), role).status;
    };
    CHECK(asked("ombudsman", OMBUDSMAN) == 200);
    CHECK(asked("ombudsman", LAWYER) == 403);
    CHECK(asked("legal", REGISTRAR) == 200);
    CHECK(asked("legal", HEAD_OMBUDSMAN) == 403);
    CHECK(asked("legal", BOARD) == 403);
}

TEST_CASE("a reconciliation is of the same report, and has no public form", "[reports]") {
    Service service;
    const std::string target = "/api/v1/reports/legal/reconciliation?year=2026&format=json";
    const auto page = service.get(target, LAWYER);
    CHECK(page.status == 200);
    CHECK(page.headers.get("Content-Disposition").find("report-legal-2026-en-reconciliation.json") !=
          std::string_view::npos);
    CHECK(field_of(service.get(target + "&level=public", LAWYER)) == "level");
    CHECK(service.get(target, OMBUDSMAN).status == 403);
}

TEST_CASE("a reconciliation of every kind is made while one waits, the same as it is read at once",
          "[reports][renderings]") {
    Service service;
    struct Wanted {
        std::string kind;
        std::string area;  // of a summary
        Role by;
    };
    for (const auto& wanted :
         {Wanted{"annual", "", OMBUDSMAN}, Wanted{"legal", "", LAWYER},
          Wanted{"summary", "ombudsman", HEAD_OMBUDSMAN}, Wanted{"summary", "legal", REGISTRAR}}) {
        INFO(wanted.kind << " " << wanted.area);
        const std::string area = wanted.area.empty() ? "" : R"("area":")" + wanted.area + R"(",)";
        const auto begun =
            service.post("/api/v1/renderings",
                         R"({"kind":")" + wanted.kind + R"(",)" + area +
                             R"("from":"2026-01","to":"2026-03","format":"json",)" + R"("reconcile":true})",
                         wanted.by);
        INFO(begun.body);
        REQUIRE(begun.status == 202);
        const std::string location(begun.headers.get("Location"));
        const auto progress = service.get(location + "/progress", wanted.by);
        REQUIRE(progress.source);
        for (bool more = true; more;) {
            std::promise<bool> next;
            progress.source->next([&](const std::string& piece) { next.set_value(!piece.empty()); });
            more = next.get_future().get();
        }
        const auto made = service.get(location + "/file", wanted.by);
        const auto at_once = service.get("/api/v1/reports/" + wanted.kind +
                                             "/reconciliation?from=2026-01&to=2026-03&format=json" +
                                             (wanted.area.empty() ? "" : "&area=" + wanted.area),
                                         wanted.by);
        REQUIRE(at_once.status == 200);
        REQUIRE(made.status == 200);
        CHECK(made.body == at_once.body);
        CHECK(made.headers.get("Content-Disposition").find("-reconciliation.json") != std::string::npos);
    }
    const auto refused = service.post(
        "/api/v1/renderings",
        R"({"kind":"summary","from":"2026-01","to":"2026-03","format":"json","reconcile":true})", LAWYER);
    CHECK(field_of(refused) == "area");
}

TEST_CASE("a report begun by one person is watched, fetched and thrown away by that person only",
          "[reports][renderings]") {
    Service service;
    const auto begun = service.post(
        "/api/v1/renderings",
        R"({"kind":"legal","from":"2026-01","to":"2026-12","format":"csv","language":"sv"})", LAWYER);
    INFO(begun.body);
    REQUIRE(begun.status == 202);
    const std::string location(begun.headers.get("Location"));
    CHECK(location ==
          "/api/v1/renderings/" + std::string(test::json_of(begun).at("rendering_id").as_string()));

    for (const auto role : {REGISTRAR, OMBUDSMAN}) {
        for (const auto* part : {"", "/progress", "/file"})
            CHECK(service.get(location + part, role).status == 404);
        CHECK(service.send({.method = "DELETE", .target = location, .token = service.people.at(role).token})
                  .status == 404);
    }
    const auto progress = service.get(location + "/progress", LAWYER);
    REQUIRE(progress.source);
    CHECK(progress.headers.get("Content-Type") == "text/event-stream");
    std::string told;
    for (bool more = true; more;) {
        std::promise<std::string> next;
        progress.source->next([&](std::string piece) { next.set_value(std::move(piece)); });
        auto heard = next.get_future();
        REQUIRE(heard.wait_for(std::chrono::seconds(60)) == std::future_status::ready);
        const auto piece = heard.get();
        more = !piece.empty();
        told += piece;
    }
    CHECK(told.starts_with("id: 1\nevent: progress\ndata: {"));
    const auto at = [&](const std::string& state) { return told.find("\"state\":\"" + state + "\""); };
    CHECK(at("waiting") < at("counting"));
    CHECK(at("counting") < at("rendering"));
    CHECK(at("rendering") < at("done"));
    CHECK(at("done") != std::string::npos);

    const auto view = test::json_of(service.get(location, LAWYER));
    CHECK(view.at("state").as_string() == "done");
    CHECK(view.at("file_name").as_string() == "report-legal-2026-sv-internal.csv");
    const auto file = service.get(std::string(view.at("url").as_string()), LAWYER);
    CHECK(file.status == 200);
    // The same as by the other door.
    CHECK(file.body == service.get("/api/v1/reports/legal?year=2026&lang=sv&format=csv", LAWYER).body);
    CHECK(service.send({.method = "DELETE", .target = location, .token = service.people.at(LAWYER).token})
              .status == 204);
    CHECK(service.get(location, LAWYER).status == 404);
}

TEST_CASE("a report that nobody may have, or that there is none of, is not begun", "[reports][renderings]") {
    Service service;
    const auto begun = [&](const std::string& body, Role role) {
        return service.post("/api/v1/renderings", body, role);
    };
    const std::string year = R"("from":"2026-01","to":"2026-12",)";
    CHECK(begun("{" + year + R"("kind":"annual","format":"pdf"})", LAWYER).status == 403);
    CHECK(begun("{" + year + R"("kind":"annual","format":"pdf"})", BOARD).status == 403);
    CHECK(field_of(begun("{" + year + R"("kind":"annual","format":"odt"})", OMBUDSMAN)) == "format");
    CHECK(field_of(begun("{" + year + R"("kind":"annual","format":"csv","level":"secret"})", OMBUDSMAN)) ==
          "level");
    CHECK(field_of(begun("{" + year + R"("kind":"annual","format":"csv","language":"de"})", OMBUDSMAN)) ==
          "language");
    CHECK(field_of(begun("{" + year + R"("kind":"weekly","format":"csv"})", OMBUDSMAN)) == "kind");
    CHECK(begun(R"({"publication_id":"a0000000-0000-4000-8000-00000000000f","format":"csv"})", OMBUDSMAN)
              .status == 404);
}
