// Files of documents: what is taken, what is refused, and to whom they are given back.

#include <catch2/catch.hpp>
#include <set>

#include "api/attachments/attachment_receiver.hpp"
#include "api/attachments/file_type.hpp"
#include "api/named_files.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using test::json_of;
using test::Service;

namespace {

const std::string pdf =
    "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

std::string text(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

api::Response sent(Service& service, const std::string& bytes, const std::string& name, Role role = REGISTRAR,
                   const std::string& language = "en") {
    return service.send({.method = "POST",
                         .target = "/api/v1/reminders/" + service.reminder + "/attachments",
                         .body = bytes,
                         .token = service.people.at(role).token,
                         .headers = {{"Content-Type", "application/octet-stream"},
                                     {"X-File-Name", name},
                                     {"Accept-Language", language}}});
}

std::string named(const boost::json::object& stored) {
    return R"({"direction":"incoming","dated_on":"2026-03-01","title":"Liite",)"
           R"("party":"Asiakas","attachment":)" +
           boost::json::serialize(boost::json::object{{"sealed_sha256", stored.at("sealed_sha256")},
                                                      {"sha256", stored.at("sha256")},
                                                      {"file_name", stored.at("file_name")},
                                                      {"media_type", stored.at("media_type")},
                                                      {"size", stored.at("size")}}) +
           "}";
}

std::string whole(const api::Response& response) {
    std::string bytes;
    bool more = response.source != nullptr;
    while (more) {
        response.source->next([&](std::string piece) {
            more = !piece.empty();
            bytes += piece;
        });
    }
    return bytes;
}

std::uint64_t reads(const Service& service) {
    return service.accesses(store::AccessArea::Legal);
}

}  // namespace

TEST_CASE("a file is stored, named by a document, listed and given back as it was", "[attachments]") {
    Service service;
    const auto stored = sent(service, pdf, "p%C3%A4%C3%A4t%C3%B6s.pdf");
    INFO(stored.body);
    REQUIRE(stored.status == 201);
    CHECK(text(json_of(stored), "media_type") == "application/pdf");
    CHECK(text(json_of(stored), "file_name") == "päätös.pdf");
    CHECK(text(json_of(stored), "size") == std::to_string(pdf.size()));

    const auto entered = service.post("/api/v1/reminders/" + service.reminder + "/documents",
                                      named(json_of(stored)), REGISTRAR, 1);
    INFO(entered.body);
    REQUIRE(entered.status == 200);
    const auto page = json_of(service.get("/api/v1/reminders/" + service.reminder, LAWYER));
    const auto& document = page.at("documents").as_array().at(0).as_object();
    CHECK(text(document, "file_name") == "päätös.pdf");

    const auto before = reads(service);
    const auto file = service.get(text(document, "url"), LAWYER);
    REQUIRE(file.status == 200);
    CHECK(reads(service) == before + 1);  // before the first byte
    CHECK(whole(file) == pdf);
    CHECK(file.headers.get("Content-Type") == "application/pdf");
    CHECK(file.headers.get("Content-Disposition") ==
          "attachment; filename*=UTF-8''p%C3%A4%C3%A4t%C3%B6s.pdf");
    CHECK(file.headers.get("X-Content-Type-Options") == "nosniff");
    CHECK(file.headers.get("Content-Security-Policy").find("sandbox") != std::string_view::npos);
    const auto shown = service.get(text(document, "url") + "?inline=true", LAWYER);
    CHECK(shown.headers.get("Content-Disposition").starts_with("inline"));
}

TEST_CASE("a retracted document's file is given to nobody any more", "[attachments]") {
    Service service;
    const auto base = "/api/v1/reminders/" + service.reminder;
    REQUIRE(
        service.post(base + "/documents", named(json_of(sent(service, pdf, "a.pdf"))), REGISTRAR, 1).status ==
        200);
    CHECK(service.get(base + "/documents/d1/file", LAWYER).status == 200);
    REQUIRE(
        service
            .post(base + "/retract-document", R"({"document_id":"d1","reason":"Väärä asia"})", REGISTRAR, 2)
            .status == 200);
    CHECK(service.get(base + "/documents/d1/file", LAWYER).status == 404);
}

TEST_CASE("a program, a page and a file that is not what its name says are refused in three languages",
          "[attachments]") {
    Service service;
    const std::string elf = std::string(
                                "\x7f"
                                "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0\x01\0\0\0",
                                24) +
                            std::string(100, '\0');
    for (const auto& [bytes, name] : std::vector<std::pair<std::string, std::string>>{
             {elf, "lausunto.pdf"},
             {"<!DOCTYPE html><html><script>alert(1)</script></html>", "lausunto.html"},
             {"#!/bin/sh\nrm -rf /\n", "lausunto.txt"},
             {pdf, "lausunto.png"},
             {pdf, "lausunto"},
             {"", "lausunto.pdf"},
             {pdf, ""}}) {
        INFO(name);
        std::set<std::string> said;
        for (const auto* language : {"fi", "sv", "en"}) {
            const auto refused = sent(service, bytes, name, REGISTRAR, language);
            INFO(refused.body);
            REQUIRE(refused.status == 422);
            said.insert(text(json_of(refused).at("errors").as_array().at(0).as_object(), "message"));
        }
        CHECK(said.size() == 3);
    }
    CHECK(service.store->blobs().count() == 0);
}

TEST_CASE("a file larger than the organisation allows is refused, and leaves nothing", "[attachments]") {
    Service service;
    REQUIRE(service
                .post("/api/v1/reference/organisation/organisation",
                      R"({"name":{"fi":"a","sv":"b","en":"c"},"attachment_bytes_max":"1000"})", ADMINISTRATOR,
                      0)
                .status == 200);
    CHECK(sent(service, std::string(1000, 'a'), "a.txt").status == 201);
    CHECK(sent(service, std::string(1001, 'a'), "b.txt").status == 422);
    CHECK(service.store->blobs().count() == 1);
}

TEST_CASE("a case that one may not see takes no file, as if it were not there", "[attachments][wall]") {
    Service service;
    const auto asked = [&](const std::string& id) {
        return service.send(
            {.method = "POST",
             .target = "/api/v1/reminders/" + id + "/attachments",
             .body = pdf,
             .token = service.people.at(REGISTRAR).token,
             .headers = {{"Content-Type", "application/octet-stream"}, {"X-File-Name", "a.pdf"}}});
    };
    CHECK(asked(service.contact).status == 404);
    CHECK(asked("00000000-0000-4000-8000-000000000077").status == 404);
    CHECK(sent(service, pdf, "a.pdf", OMBUDSMAN).status == 403);
}

TEST_CASE("a document names no file that is not stored with its case", "[attachments]") {
    Service service;
    auto stored = json_of(sent(service, pdf, "a.pdf"));
    stored["sealed_sha256"] = std::string(64, 'a');
    const auto refused =
        service.post("/api/v1/reminders/" + service.reminder + "/documents", named(stored), REGISTRAR, 1);
    CHECK(refused.status == 422);
}

TEST_CASE("a body that comes in pieces is the same file, and only whoever may give it is listened to",
          "[attachments]") {
    Service service;
    test::Sent head{.method = "POST",
                    .target = "/api/v1/reminders/" + service.reminder + "/attachments",
                    .token = service.people.at(REGISTRAR).token,
                    .headers = {{"X-File-Name", "a.txt"}}};
    auto request = Service::request(head);
    request.receiver = service.application->receiver(request);
    REQUIRE(request.receiver);
    CHECK(service.application->body_bytes_max(request) == std::size_t{20} << 20U);
    std::string bytes;
    for (int i = 0; i < 5000; ++i) {
        const auto piece = "rivi " + std::to_string(i) + " ja lisää tekstiä\n";
        bytes += piece;
        request.receiver->take(piece);
    }
    const auto stored = service.application->handle(request);
    INFO(stored.body);
    REQUIRE(stored.status == 201);
    const auto sealed = text(json_of(stored), "sealed_sha256");
    CHECK(*service.store->blobs().get({"reminder-" + service.reminder}, sealed) == bytes);

    head.token = service.people.at(OMBUDSMAN).token;
    CHECK_FALSE(service.application->receiver(Service::request(head)));
    head.token.clear();
    CHECK_FALSE(service.application->receiver(Service::request(head)));
}

TEST_CASE("a file that no document names is gone a day later, one that is named or retracted is not",
          "[attachments]") {
    Service service;
    const auto base = "/api/v1/reminders/" + service.reminder;
    const auto enter = [&](const std::string& name, std::uint64_t version) {
        const auto entered =
            service.post(base + "/documents", named(json_of(sent(service, pdf, name))), REGISTRAR, version);
        REQUIRE(entered.status == 200);
    };
    enter("liite.pdf", 1);
    enter("erehdys.pdf", 2);
    REQUIRE(
        service
            .post(base + "/retract-document", R"({"document_id":"d2","reason":"Väärä asia"})", REGISTRAR, 3)
            .status == 200);
    const auto orphan = json_of(sent(service, pdf, "unohtunut.pdf"));
    REQUIRE(service.store->blobs().count() == 3);

    service.at += api::orphan_after;
    const auto late = json_of(sent(service, pdf, "juuri.pdf"));  // its document may still come
    service.at += std::chrono::hours(1);
    CHECK(api::reap_orphan_files(*service.store, service.at).orphans == 1);
    CHECK(service.store->blobs().count() == 3);
    CHECK(api::count_named_files(*service.store) == 2);
    const store::StreamId stream{"reminder-" + service.reminder};
    CHECK_FALSE(service.store->blobs().has(stream, text(orphan, "sealed_sha256")));
    CHECK(service.store->blobs().has(stream, text(late, "sealed_sha256")));
    CHECK(service.get(base + "/documents/d1/file", LAWYER).status == 200);
    // Whoever comes too late with the document is told, and sends the file again.
    CHECK(service.post(base + "/documents", named(orphan), REGISTRAR, 4).status == 422);
}

TEST_CASE("a PDF, a picture and plain words are looked at in a sandbox, everything else is only saved",
          "[attachments]") {
    Service service;
    const auto base = "/api/v1/reminders/" + service.reminder;
    const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33);
    const std::string mail =
        "From: a@x.fi\r\nTo: b@x.fi\r\nSubject: hei\r\nDate: Sun, 1 Mar 2026 10:00:00 "
        "+0200\r\nMessage-ID: <1@x.fi>\r\nMIME-Version: 1.0\r\n\r\nHei\r\n";
    std::uint64_t version = 1;
    for (const auto& [bytes, name, inline_too] :
         std::vector<std::tuple<std::string, std::string, bool>>{{pdf, "a.pdf", true},
                                                                 {png, "a.png", true},
                                                                 {"Rivi\nToinen rivi\n", "a.txt", true},
                                                                 {"{\\rtf1\\ansi Hei}", "a.rtf", false},
                                                                 {mail, "a.eml", false}}) {
        INFO(name);
        const auto stored = sent(service, bytes, name);
        INFO(stored.body);
        REQUIRE(stored.status == 201);
        REQUIRE(service.post(base + "/documents", named(json_of(stored)), REGISTRAR, version).status == 200);
        const auto file =
            service.get(base + "/documents/d" + std::to_string(version) + "/file?inline=true", LAWYER);
        ++version;
        REQUIRE(file.status == 200);
        CHECK(file.headers.get("Content-Disposition").starts_with(inline_too ? "inline" : "attachment"));
        CHECK(file.headers.get("X-Content-Type-Options") == "nosniff");
        const auto policy = std::string(file.headers.get("Content-Security-Policy"));
        CHECK(policy.find("sandbox;") != std::string::npos);
        CHECK(policy.find("default-src 'none'") != std::string::npos);
        CHECK(policy.find("allow-") == std::string::npos);
        CHECK(whole(file) == bytes);
    }
}

TEST_CASE("who sends too large a file is told how large one may be, beside the file", "[attachments]") {
    Service service;
    REQUIRE(service
                .post("/api/v1/reference/organisation/organisation",
                      R"({"name":{"fi":"a","sv":"b","en":"c"},"attachment_bytes_max":"3145728"})",
                      ADMINISTRATOR, 0)
                .status == 200);
    for (const auto* language : {"fi", "sv", "en"}) {
        const auto refused =
            sent(service, std::string((std::size_t{3} << 20U) + 1, 'a'), "b.txt", REGISTRAR, language);
        REQUIRE(refused.status == 422);
        const auto answer = json_of(refused);
        const auto& error = answer.at("errors").as_array().at(0).as_object();
        CHECK(text(error, "field") == "file");
        CHECK(text(error, "message").find("3 M") != std::string::npos);
    }
}
