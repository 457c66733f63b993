// What strangers do to a server on the wire: too slow, too much, too many, not HTTP at all.

#include <openssl/ssl.h>

#include <catch2/catch.hpp>
#include <vector>

#include "tests/api/wire.hpp"

using namespace vastine;
using test::Served;
using test::Wire;

namespace {

const test::Sent alive{.target = "/health/live"};

}  // namespace

TEST_CASE("who sends a header too slowly is told so and shut out", "[end to end]") {
    auto limits = test::Service::generous();
    limits.header = std::chrono::milliseconds(150);
    Served served(limits);
    Wire wire(served);
    wire.say("GET /health/live HTTP/1.1\r\nHost: local");
    const auto heard = wire.hear();
    CHECK(heard.status == 408);
    CHECK(heard.header("content-type") == "application/problem+json");
    CHECK(wire.hear_some().empty());
    CHECK(Wire(served).ask(alive).status == 200);
}

TEST_CASE("who sends a body too slowly is told so and shut out", "[end to end]") {
    auto limits = test::Service::generous();
    limits.body = std::chrono::milliseconds(150);
    Served served(limits);
    Wire wire(served);
    wire.say("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"login\"");
    CHECK(wire.hear().status == 408);
    CHECK(wire.hear_some().empty());
}

TEST_CASE("who says nothing is shut out without a word", "[end to end]") {
    auto limits = test::Service::generous();
    limits.header = limits.keep_alive = std::chrono::milliseconds(150);
    Served served(limits);
    Wire silent(served);
    CHECK(silent.hear_some().empty());
    Wire idle(served);
    CHECK(idle.ask(alive).status == 200);
    CHECK(idle.hear_some().empty());
}

TEST_CASE("a body larger than allowed is 413, announced or not", "[end to end]") {
    auto limits = test::Service::generous();
    limits.body_bytes_max = 1000;
    Served served(limits);
    Wire announced(served);
    const auto heard =
        announced.ask({.method = "POST", .target = "/api/v1/session", .body = std::string(5000, ' ')});
    CHECK(heard.status == 413);
    Wire chunked(served);
    chunked.say(
        "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n" +
        std::string(5000, ' ') + "\r\n0\r\n\r\n");
    CHECK(chunked.hear().status == 413);
    Wire stranger(served);
    CHECK(stranger.ask({.method = "POST", .target = "/api/v1/imports", .body = std::string(5000, ' ')})
              .status == 413);
    Wire colleague(served);
    CHECK(colleague
              .ask({.method = "POST",
                    .target = "/api/v1/imports",
                    .body = std::string(5000, ' '),
                    .token = served.service.people.at(REGISTRAR).token})
              .status == 400);
}

TEST_CASE("a file larger than allowed is refused by its header, and says how large one may be",
          "[end to end]") {
    Served served;
    const auto token = served.service.people.at(REGISTRAR).token;
    Wire administrator(served);
    REQUIRE(administrator
                .ask({.method = "POST",
                      .target = "/api/v1/reference/organisation/organisation",
                      .body = R"({"name":{"fi":"a","sv":"b","en":"c"},"attachment_bytes_max":"2097152"})",
                      .token = served.service.people.at(ADMINISTRATOR).token,
                      .if_match = 0,
                      .key = api::new_uuid()})
                .status == 200);
    // By its header alone: a file that is announced is not waited for.
    Wire sender(served);
    auto bytes = test::bytes_of({.method = "POST",
                                 .target = "/api/v1/reminders/" + served.service.reminder + "/attachments",
                                 .token = token,
                                 .headers = {{"X-File-Name", "a.txt"}, {"Accept-Language", "sv"}}});
    bytes.insert(bytes.size() - 2, "Content-Length: 2097153\r\n");
    sender.say(bytes);
    const auto heard = sender.hear();
    INFO(heard.body);
    CHECK(heard.status == 413);
    CHECK(heard.body.find("2 MB") != std::string::npos);
    CHECK(heard.body.find(R"("field":"file")") != std::string::npos);
}

TEST_CASE("a header larger than allowed is 431", "[end to end]") {
    Served served;
    Wire wire(served);
    CHECK(wire.ask({.target = "/", .headers = {{"X-Much", std::string(20'000, 'x')}}}).status == 431);
}

TEST_CASE("what is not HTTP is 400 and the server goes on", "[end to end]") {
    Served served;
    for (const std::string bytes :
         {"HELLO\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
          "GET / HTTP/9.9\r\nHost: a\r\n\r\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
        INFO(bytes);
        Wire wire(served);
        wire.say(bytes);
        CHECK(wire.hear().status == 400);
    }
    CHECK(Wire(served).ask(alive).status == 200);
}

TEST_CASE("one connection carries many requests, pipelined ones too", "[end to end]") {
    Served served;
    Wire wire(served);
    for (int i = 0; i < 5; ++i) CHECK(wire.ask(alive).status == 200);
    const auto bytes = test::bytes_of(alive);
    wire.say(bytes + bytes + bytes);
    for (int i = 0; i < 3; ++i) CHECK(wire.hear().status == 200);
}

TEST_CASE("HEAD answers with the header of GET and no body", "[end to end]") {
    Served served;
    Wire wire(served);
    const auto got = wire.ask({.target = "/openapi.json"});
    const auto head = wire.ask({.method = "HEAD", .target = "/openapi.json"});
    CHECK(head.status == 200);
    CHECK(head.header("content-length") == std::to_string(got.body.size()));
    CHECK(wire.ask(alive).status == 200);
}

TEST_CASE("who expects 100-continue gets it before sending a body", "[end to end]") {
    Served served;
    Wire wire(served);
    const std::string body = R"({"login":"user3","password":"correct horse battery"})";
    wire.say(
        "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        "Expect: 100-continue\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n");
    CHECK(wire.hear().status == 100);
    wire.say(body);
    CHECK(wire.hear().status == 201);
    wire.say("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: a miracle\r\nContent-Length: 1\r\n\r\n");
    CHECK(wire.hear().status == 417);
}

TEST_CASE("an address holds so many connections and no more", "[end to end]") {
    auto limits = test::Service::generous();
    limits.connections_per_address_max = 3;
    Served served(limits);
    std::vector<std::unique_ptr<Wire>> wires;
    for (int i = 0; i < 3; ++i) {
        wires.push_back(std::make_unique<Wire>(served));
        REQUIRE(wires.back()->connected());
    }
    CHECK_FALSE(Wire(served).connected());
    for (const auto& wire : wires) CHECK(wire->ask(alive).status == 200);
}

TEST_CASE("TLS older than 1.2 is not spoken", "[end to end]") {
    Served served;
    CHECK_FALSE(Wire(served, TLS1_1_VERSION).connected());
    CHECK(Wire(served, TLS1_2_VERSION).ask(alive).status == 200);
}

TEST_CASE("an export comes in chunks and is whole", "[end to end]") {
    Served served;
    Wire wire(served);
    const auto heard =
        wire.ask({.target = "/api/v1/export", .token = served.service.people.at(REGISTRAR).token});
    CHECK(heard.status == 200);
    CHECK(heard.header("transfer-encoding") == "chunked");
    std::size_t lines = 0;
    std::size_t from = 0;
    while (from < heard.body.size()) {
        const auto end = heard.body.find('\n', from);
        const auto event = boost::json::parse(heard.body.substr(from, end - from)).as_object();
        CHECK(event.at("specversion").as_string() == "1.0");
        CHECK(event.at("type").as_string() != "vastine.ContactLogged");
        ++lines;
        from = end + 1;
    }
    CHECK(lines > 10);
    CHECK(heard.body.find(served.service.reminder) != std::string::npos);
    CHECK(served.service.accesses(store::AccessArea::Legal) == 1);
    CHECK(wire.ask(alive).status == 200);
}

TEST_CASE("a stopping server ends feeds and idle connections and comes home", "[end to end]") {
    Served served;
    Wire idle(served);
    CHECK(idle.ask(alive).status == 200);
    Wire feed(served);
    feed.say(test::bytes_of({.target = "/api/v1/feed", .token = served.service.people.at(REGISTRAR).token}));
    CHECK(!feed.hear_some().empty());
    served.stop();
    CHECK(idle.hear_some().empty());
    CHECK_FALSE(Wire(served).connected());
}

TEST_CASE("a server that cannot serve says why", "[end to end]") {
    Served served;
    api::ServerOptions options;
    options.certificate = served.certificate().authority;
    options.key = "/nowhere/key.pem";
    CHECK_THROWS_AS(api::Server(*served.service.store, options), api::CannotServe);
    options.key = served.certificate().key;
    CHECK_THROWS_WITH(api::Server(*served.service.store, options), Catch::Contains("cannot be used"));
    options.certificate = served.certificate().certificate;
    options.port = served.port();
    CHECK_THROWS_WITH(api::Server(*served.service.store, options), Catch::Contains("cannot listen"));
    std::filesystem::permissions(options.key, std::filesystem::perms(0644));
    CHECK_THROWS_WITH(api::Server(*served.service.store, options), Catch::Contains("chmod 600"));
}
