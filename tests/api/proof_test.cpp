#include <catch2/catch.hpp>
#include <fstream>

#include "store/proof/receipt.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using store::proof::VerifierKey;
using test::json_of;
using test::Service;

namespace {

VerifierKey key_in(const boost::json::object& list, const char* name) {
    return VerifierKey::parse(list.at(name).as_string()).value();
}

api::Response take(Service& service) {
    return service.send(
        {.method = "POST", .target = "/api/v1/checkpoints", .token = service.people.at(AUDITOR).token});
}

}  // namespace

TEST_CASE("a checkpoint taken at once stands in the list, in the witness file and holds", "[proof]") {
    Service service;
    CHECK(json_of(service.get("/api/v1/checkpoints", BOARD)).at("checkpoints").as_array().empty());
    const auto taken = take(service);
    REQUIRE(taken.status == 200);
    CHECK(json_of(taken).at("fresh").as_int64() == 2);
    CHECK(json_of(take(service)).at("fresh").as_int64() == 0);

    const auto list = json_of(service.get("/api/v1/checkpoints", REGISTRAR));
    const auto& checkpoints = list.at("checkpoints").as_array();
    REQUIRE(checkpoints.size() == 2);
    CHECK(list.at("kept").as_string() == "2");
    for (const auto& one : checkpoints) {
        const auto& view = one.as_object();
        const bool events = view.at("log").as_string() == "events";
        const auto key = key_in(list, events ? "events_key" : "access_key");
        const auto opened = store::proof::open_checkpoint(view.at("note").as_string(), key);
        REQUIRE(opened);
        CHECK(std::to_string(opened->head.position.value) == view.at("size").as_string());
    }
    const auto file = service.get("/api/v1/checkpoints/witness", LAWYER);
    CHECK(file.headers.get("Content-Type").starts_with("text/plain"));
    CHECK(store::proof::parse_witness(file.body).notes.size() == 2);
    CHECK(json_of(service.get("/api/v1/checkpoints?limit=1", BOARD)).at("checkpoints").as_array().size() ==
          1);
}

TEST_CASE("a receipt proves that the case was registered, with the public key alone, and is on record",
          "[proof]") {
    Service service;
    const auto before = service.accesses(store::AccessArea::Legal);
    const auto given = service.get("/api/v1/reminders/" + service.reminder + "/receipt?lang=sv", REGISTRAR);
    REQUIRE(given.status == 200);
    CHECK(service.accesses(store::AccessArea::Legal) == before + 1);
    CHECK(given.headers.get("Content-Language") == "sv");
    CHECK(given.body.find("Aino Esimerkki") == std::string::npos);
    const auto key = key_in(json_of(service.get("/api/v1/checkpoints", BOARD)), "events_key");
    const auto receipt = store::proof::parse_receipt(given.body);
    REQUIRE(receipt);
    const auto proven = store::proof::check_receipt(*receipt, {&key, 1});
    REQUIRE(proven);
    CHECK(proven->stream.value == "reminder-" + service.reminder);
    CHECK(proven->recorded_at == service.at);
    CHECK(service.get("/api/v1/reminders/" + service.reminder + "/receipt?format=pdf", REGISTRAR)
              .body.starts_with("%PDF-"));
}

TEST_CASE("a receipt is given by whoever may open the case", "[proof][wall]") {
    Service service;
    const auto before = service.accesses(store::AccessArea::Legal);
    CHECK(service.get("/api/v1/reminders/" + service.reminder + "/receipt", HEAD_OMBUDSMAN).status == 403);
    CHECK(service.get("/api/v1/contacts/" + service.contact + "/receipt", OMBUDSMAN).status == 200);
    CHECK(service.get("/api/v1/complaints/" + service.reminder + "/receipt", REGISTRAR).status == 404);
    CHECK(service.accesses(store::AccessArea::Legal) == before);
}

TEST_CASE("a log whose beginning is another than was signed gets no further checkpoint", "[proof]") {
    Service service;
    REQUIRE(take(service).status == 200);
    // What another log signed stands last in the file, as after an older disk was put back.
    std::string kept;
    {
        const auto list = json_of(service.get("/api/v1/checkpoints", BOARD));
        for (const auto& one : list.at("checkpoints").as_array()) {
            if (one.as_object().at("log").as_string() == "events")
                kept = one.as_object().at("note").as_string();
        }
    }
    const auto digit = kept.find('\n') + 1;
    kept[digit] = kept[digit] == '9' ? '8' : '9';
    std::ofstream(service.folder.path() / "witness", std::ios::app) << "taken 2026-03-02T10:00:00Z\n"
                                                                    << kept << "\n";
    CHECK(take(service).status == 409);
    CHECK(service.get("/api/v1/reminders/" + service.reminder + "/receipt", REGISTRAR).status == 409);
}
