// A store that fails: 503 and a retry for a fault, 503 and no more writing after corruption, and never an
// end of the server.

#include <catch2/catch.hpp>

#include "tests/api/failing_store.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using test::Failing;
using test::FailingStore;
using test::Service;
using test::type_of;

namespace {

struct Fragile {
    Service service;
    std::atomic<Failing> failing = Failing::No;
    FailingStore store{*service.store, failing};
    std::unique_ptr<api::Application> application;

    Fragile() {
        api::ServerOptions options;
        options.limits = Service::generous();
        options.cheap_passwords = true;
        application = std::make_unique<api::Application>(store, options, [this] { return service.at; });
        application->warm_up();
    }
    api::Response ask(const test::Sent& sent) { return application->handle(Service::request(sent)); }
    test::Sent opening() {
        return {.method = "POST",
                .target = "/api/v1/reminders",
                .body = test::reminder_body,
                .token = service.people.at(REGISTRAR).token,
                .key = "b0000000-0000-4000-8000-000000000009"};
    }
};

}  // namespace

TEST_CASE("a fault is 503, and the same command goes through when the disk is well again", "[faults]") {
    Fragile fragile;
    (void)fragile.ask({.target = "/api/v1/work-list", .token = fragile.service.people.at(REGISTRAR).token});
    fragile.failing = Failing::Fault;
    const auto refused = fragile.ask(fragile.opening());
    CHECK(refused.status == 503);
    CHECK(refused.headers.get("Content-Type") == "application/problem+json");
    CHECK(type_of(refused) == "faulty");
    CHECK(refused.body.find("disk is full") == std::string::npos);
    fragile.failing = Failing::No;
    CHECK(fragile.ask(fragile.opening()).status == 201);
    CHECK(fragile.ask({.target = "/health/ready"}).status == 200);
}

TEST_CASE("after corruption the server says so, takes no writes, and still shows what it has", "[faults]") {
    Fragile fragile;
    const auto& registrar = fragile.service.people.at(REGISTRAR);
    (void)fragile.ask({.target = "/api/v1/work-list", .token = registrar.token});
    fragile.failing = Failing::Corruption;
    CHECK(fragile.ask(fragile.opening()).status == 503);
    fragile.failing = Failing::No;
    CHECK(fragile.ask({.target = "/health/ready"}).status == 503);
    CHECK(fragile.ask({.target = "/health/live"}).status == 200);
    CHECK(fragile.ask(fragile.opening()).status == 503);
    CHECK(fragile.ask({.target = "/api/v1/work-list", .token = registrar.token}).status == 200);
}
