// A publication is no case: whatever lists, exports or tells of cases passes it over, for everybody.

#include <catch2/catch.hpp>

#include "tests/api/service.hpp"

using namespace vastine;
using test::Service;

namespace {

// Everything that a source gives until it waits or ends.
std::string whole(const api::Response& response) {
    std::string all = response.body;
    if (!response.source) return all;
    for (bool more = true; more;) {
        more = false;
        response.source->next([&](std::string piece) {
            more = !piece.empty();
            all += piece;
        });
    }
    response.source->close();
    return all;
}

// The id of a new draft.
std::string opened(Service& service) {
    const auto made = service.post("/api/v1/publications",
                                   R"({"publication_kind":"annual","first_month":"2025-01",)"
                                   R"("last_month":"2025-12"})",
                                   HEAD_OMBUDSMAN);
    INFO(made.body);
    REQUIRE(made.status == 201);
    return std::string(test::json_of(made).at("case_id").as_string());
}

}  // namespace

TEST_CASE("no publication goes out with the cases: not in the feed, not in the export, not in a list",
          "[publications][wall]") {
    Service service;
    const auto draft = opened(service);
    std::size_t answered = 0;
    for (const auto& [role, person] : service.people) {
        for (const auto* target : {"/api/v1/feed", "/api/v1/export", "/api/v1/export?kind=publication",
                                   "/api/v1/work-list?scope=everything&state=all", "/api/v1/deadlines"}) {
            INFO(Role_Name(role) << " " << target);
            const auto response =
                service.send({.target = target, .token = person.token, .headers = {{"Last-Event-ID", "0"}}});
            const auto body = whole(response);
            if (response.status == 200 && body.size() > 100) ++answered;
            CHECK(body.find(draft) == std::string::npos);
        }
    }
    CHECK(answered > 5);
}

TEST_CASE("whoever works on the data folder itself exports cases, and no draft", "[publications]") {
    Service service;
    const auto draft = opened(service);
    api::Reader reader;
    reader.viewer.operating_system_user = true;
    auto events = service.application->services().reading.export_events(reader, {});
    REQUIRE(events);
    std::string all;
    for (auto piece = (*events)->next(); !piece.empty(); piece = (*events)->next()) all += piece;
    CHECK(all.find(service.contact) != std::string::npos);
    CHECK(all.find(draft) == std::string::npos);
}
