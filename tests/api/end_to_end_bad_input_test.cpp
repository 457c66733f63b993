// Bad input over real TLS: each gets a problem document, nothing is half written, and the server goes on.
// What is bad on the wire itself is in the stranger's story.

#include <catch2/catch.hpp>

#include "tests/api/failing_store.hpp"
#include "tests/api/wire.hpp"

using namespace vastine;
using test::Failing;
using test::Heard;
using test::Served;
using test::Wire;

namespace {

const test::Sent alive{.target = "/health/live"};

void check_problem(const Heard& heard, unsigned status) {
    INFO(heard.body);
    CHECK(heard.status == status);
    CHECK(heard.header("content-type") == "application/problem+json");
    const auto problem = boost::json::parse(heard.body).as_object();
    CHECK(problem.at("status").to_number<unsigned>() == status);
    CHECK_FALSE(problem.at("title").as_string().empty());
}

}  // namespace

TEST_CASE("a body that is wrong in any way is refused whole, and the server goes on", "[end to end]") {
    Served served;
    const auto& token = served.service.people.at(REGISTRAR).token;
    const auto before = served.service.store->events().head();
    const auto send = [&](std::string body) {
        return Wire(served).ask({.method = "POST",
                                 .target = "/api/v1/reminders",
                                 .body = std::move(body),
                                 .token = token,
                                 .key = api::new_uuid()});
    };
    const auto with = [](const std::string& what) {
        auto body = test::reminder_body;
        return body.replace(body.find("\"channel\""), 0, what + ",");
    };
    for (const std::string& unreadable :
         {std::string(R"({"opening":{"arrived_on")"), std::string("[]"), std::string("null"),
          std::string("\0", 1), std::string("{\"opening\":{\"subject\":\"\xff\"}}"),
          std::string(100'000, '['), with(R"("no_such_field":1)"), with(R"("language":7)"),
          with(R"("language":["fi"])"), with(R"("channel":"visit")")}) {
        INFO(unreadable.substr(0, 80));
        check_problem(send(unreadable), 400);
    }
    for (const std::string& refused : {std::string("{}"), with(R"("language":"klingon")")}) {
        INFO(refused.substr(0, 80));
        check_problem(send(refused), 422);
    }
    CHECK(served.service.store->events().head().position == before.position);
    CHECK(served.service.store->events().head().root == before.root);
    CHECK(send(test::reminder_body).status == 201);
}

TEST_CASE("a stale version, an unknown id and a wrong role write nothing", "[end to end]") {
    Served served;
    auto& service = served.service;
    const auto before = service.store->events().head();
    const auto acknowledge = [&](const std::string& id, Role role, std::uint64_t version) {
        return Wire(served).ask({.method = "POST",
                                 .target = "/api/v1/reminders/" + id + "/acknowledge",
                                 .body = R"({"acknowledged_on":"2026-03-02","channel":"letter"})",
                                 .token = service.people.at(role).token,
                                 .if_match = version,
                                 .key = api::new_uuid()});
    };
    check_problem(acknowledge(service.reminder, REGISTRAR, 7), 412);
    check_problem(acknowledge("d0000000-0000-4000-8000-000000000000", REGISTRAR, 1), 404);
    check_problem(acknowledge("no-uuid", REGISTRAR, 1), 404);
    check_problem(acknowledge(service.reminder, OMBUDSMAN, 1), 403);
    check_problem(acknowledge(service.reminder, ADMINISTRATOR, 1), 403);
    check_problem(Wire(served).ask({.target = "/api/v1/reminders/" + service.reminder}), 401);
    CHECK(service.store->events().head().position == before.position);
    CHECK(acknowledge(service.reminder, REGISTRAR, 1).status == 200);
}

TEST_CASE("a server whose store fails stays alive, says it is not ready, and writes nothing more",
          "[end to end][faults]") {
    std::atomic<Failing> failing = Failing::No;
    std::unique_ptr<test::FailingStore> fragile;
    Served served(test::Service::generous(), [&](store::Store& real) -> store::Store& {
        fragile = std::make_unique<test::FailingStore>(real, failing);
        return *fragile;
    });
    const auto before = served.service.store->events().head();
    const auto open = [&] {
        return Wire(served).ask({.method = "POST",
                                 .target = "/api/v1/reminders",
                                 .body = test::reminder_body,
                                 .token = served.service.people.at(REGISTRAR).token,
                                 .key = api::new_uuid()});
    };
    failing = Failing::Fault;
    check_problem(open(), 503);
    failing = Failing::No;
    CHECK(open().status == 201);

    failing = Failing::Corruption;
    check_problem(open(), 503);
    failing = Failing::No;
    check_problem(open(), 503);
    CHECK(Wire(served).ask(alive).status == 200);
    CHECK(Wire(served).ask({.target = "/health/ready"}).status == 503);
    const auto list =
        Wire(served).ask({.target = "/api/v1/reminders", .token = served.service.people.at(REGISTRAR).token});
    CHECK(list.status == 200);
    CHECK(served.service.store->events().head().position.value == before.position.value + 1);
}
