#pragma once
// A service with cases from another system whose time is over, and the two who approve their destruction.
// Today is 2 March 2026: what ended before March 2014 is due, and so the list of 2026 says of what ended in
// 2014.

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "api/destruction/desk.hpp"
#include "api/destruction/list_stream.hpp"
#include "api/login/token_scope.hpp"
#include "domain/schema/casework.pb.h"
#include "tests/api/service.hpp"

namespace vastine::test {

struct Destroying {
    Service service;

    Destroying() = default;
    explicit Destroying(const std::filesystem::path& folder) : service(folder) {}

    static std::unique_ptr<ImportCase> row(const std::string& closed_on, const std::string& name,
                                           const std::string& external_id) {
        auto import = std::make_unique<ImportCase>();
        import->set_source("vanha");
        import->set_closed_on(closed_on);
        auto& opening = *import->mutable_opening();
        opening.set_arrived_on(closed_on.substr(0, 4) + "-01-02");
        opening.set_channel("letter");
        opening.set_cause("care");
        opening.set_maker("client");
        opening.add_units("osasto-1");
        opening.add_sectors("health");
        opening.set_subject("Asia: " + name);
        opening.set_external_id(external_id);
        opening.mutable_client()->set_name(name);
        return import;
    }
    // A reminder that ended on the day, from another system.
    std::string reminder(const std::string& closed_on, const std::string& name = "Aino Esimerkki") {
        return service.take(REMINDER, "import", row(closed_on, name, "vanha-" + std::to_string(++rows_)));
    }

    // Tokens are made anew: those of before may have expired.
    void later(std::chrono::days days) {
        service.at += days;
        for (auto& [role, person] : service.people)
            person.token =
                services()
                    .accounts
                    .create_token(person.user_id, "test", std::chrono::days(30), api::every_token_scope())
                    ->secret;
    }

    // What people do; the status that the server answers with.
    unsigned command(const std::string& path, const std::string& body, Role role) {
        const auto version = service.version("destruction-" + list);
        return service.post("/api/v1/destructions/" + list + "/" + path, body, role, version).status;
    }
    void open(int year = 2026, Role role = REGISTRAR, const std::string& area = "legal") {
        const auto opened =
            service.post("/api/v1/destructions",
                         R"({"area":")" + area + R"(","year":)" + std::to_string(year) + "}", role);
        if (opened.status != 201) FAIL(opened.status << " " << opened.body);
        list = std::string(json_of(opened).at("case_id").as_string());
    }
    void approve() {
        REQUIRE(command("approve", "{}", REGISTRAR) == 200);
        REQUIRE(command("approve", "{}", LAWYER) == 200);
    }
    void work() {
        while (services().destruction_desk.turn() > 0) {
        }
    }

    api::Services& services() { return service.application->services(); }
    boost::json::object page(Role role = REGISTRAR) {
        const auto answer = service.get("/api/v1/destructions/" + list, role);
        if (answer.status != 200) FAIL(answer.status << " " << answer.body);
        return json_of(answer);
    }
    boost::json::object item(const std::string& id) {
        const auto whole = page();
        for (const auto& each : whole.at("items").as_array()) {
            if (each.at("item_id").as_string() == id) return each.as_object();
        }
        return {};
    }
    std::string fate(const std::string& id) {
        const auto found = item(id);
        if (found.empty()) return "not listed";
        const auto held_back = std::string(found.at("held_back").as_string());
        return std::string(found.at("fate").as_string()) + (held_back.empty() ? "" : ":" + held_back);
    }
    bool key_gone(const std::string& reminder_id) {
        bool gone = false;
        service.store->events().read_stream(
            {"reminder-" + reminder_id}, {}, [&](const store::Record& record) {
                gone = service.store->events().open(record, store::Depth::Details).key_gone;
                return false;
            });
        return gone;
    }

    std::string list;  // the one opened last

private:
    unsigned rows_ = 0;
};

}  // namespace vastine::test
