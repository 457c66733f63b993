// A store that fails: 503 and a retry for a fault, 503 and no more writing after corruption, and never an
// end of the server.

#include <catch2/catch.hpp>

#include "tests/api/service.hpp"

using namespace vastine;
using test::Service;
using test::type_of;

namespace {

enum class Failing { No, Fault, Corruption };

class FailingEvents : public store::EventStore {
public:
    FailingEvents(store::EventStore& real, const Failing& failing) : real_(real), failing_(failing) {}

    tl::expected<store::Appended, store::Refused> append(store::Append append) override {
        fail();
        return real_.append(std::move(append));
    }
    std::vector<tl::expected<store::Appended, store::Refused>> append_all(
        std::vector<store::Append> appends) override {
        fail();
        return real_.append_all(std::move(appends));
    }
    void check_extends(const store::Head& known) const override { real_.check_extends(known); }
    std::vector<std::string> inclusion_proof(store::Position position, store::Position size) const override {
        return real_.inclusion_proof(position, size);
    }
    std::vector<std::string> consistency_proof(store::Position old_size,
                                               store::Position size) const override {
        return real_.consistency_proof(old_size, size);
    }
    store::Version version(const store::StreamId& stream) const override { return real_.version(stream); }
    void read_stream(const store::StreamId& stream, store::Version after,
                     const store::Visitor& visitor) const override {
        fail();
        real_.read_stream(stream, after, visitor);
    }
    void read_log(store::Position after, store::Position until,
                  const store::Visitor& visitor) const override {
        real_.read_log(after, until, visitor);
    }
    store::Head head() const override { return real_.head(); }
    std::optional<store::StreamId> find(const std::string& scope, const std::string& value) const override {
        return real_.find(scope, value);
    }
    store::Opened open(const store::Record& record, store::Depth depth) const override {
        return real_.open(record, depth);
    }
    store::Head verify(const std::function<void(store::Position)>& progress) const override {
        return real_.verify(progress);
    }

private:
    void fail() const {
        if (failing_ == Failing::Fault) throw store::Fault("the disk is full");
        if (failing_ == Failing::Corruption) throw store::Corruption("position 7 does not decode");
    }
    store::EventStore& real_;
    const Failing& failing_;
};

class FailingStore : public store::Store {
public:
    FailingStore(store::Store& real, const Failing& failing) : real_(real), events_(real.events(), failing) {}
    store::EventStore& events() override { return events_; }
    store::AccessLog& access() override { return real_.access(); }
    store::Secrets& secrets() override { return real_.secrets(); }
    bool healthy() const override { return real_.healthy(); }

private:
    store::Store& real_;
    FailingEvents events_;
};

struct Fragile {
    Service service;
    Failing failing = Failing::No;
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
