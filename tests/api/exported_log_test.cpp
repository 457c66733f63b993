#include "api/exported_log.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "store/event_store.hpp"
#include "tests/api/service.hpp"

using namespace vastine;
using api::ExportedLog;
using test::Service;

namespace {

std::string whole(const api::Response& response) {
    REQUIRE(response.source);
    std::string all;
    for (bool more = true; more;) {
        more = false;
        response.source->next([&](const std::string& piece) {
            more = !piece.empty();
            all += piece;
        });
    }
    return all;
}

std::string exported(Service& service, Role role) {
    return whole(service.get("/api/v1/export?provable=true", role));
}

ExportedLog read(const std::string& lines) {
    std::istringstream in(lines);
    return ExportedLog(in);
}

std::string refusal(const std::string& lines) {
    try {
        (void)read(lines);
    } catch (const store::Corruption& wrong) {
        return wrong.what();
    }
    return "taken";
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

std::size_t line_with(const std::vector<std::string>& lines, const std::string& part) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].find(part) != std::string::npos) return i;
    }
    FAIL("no line has " << part);
    return 0;
}

}  // namespace

TEST_CASE("a provable export has the log's own root, whoever made it", "[export][proof]") {
    Service service;
    const auto& events = service.store->events();
    for (const auto role : {REGISTRAR, HEAD_OMBUDSMAN}) {
        INFO(Role_Name(role));
        const auto text = exported(service, role);
        const auto log = read(text);
        CHECK(log.head().position == events.head().position);
        CHECK(log.head().root == events.head().root);
        CHECK(log.organisation() == service.store->organisation());
        CHECK(log.shown() > 0);
        CHECK(log.hidden() > 0);
        // The wall stands: of the other area nothing but hashes.
        CHECK((text.find(service.contact) == std::string::npos) == (role == REGISTRAR));
        CHECK((text.find(service.reminder) == std::string::npos) == (role != REGISTRAR));
    }
}

TEST_CASE("an earlier head of the log is found in the export, and another is not", "[export][proof]") {
    Service service;
    const auto earlier = service.store->events().head();
    REQUIRE(service.post("/api/v1/reminders", test::reminder_body, REGISTRAR).status == 201);
    const auto log = read(exported(service, REGISTRAR));
    CHECK(log.head().position > earlier.position);
    CHECK_NOTHROW(log.check_extends(earlier));
    CHECK(log.consistency_proof(earlier.position, log.head().position) ==
          service.store->events().consistency_proof(earlier.position, log.head().position));
    auto other = earlier;
    other.root[0] = static_cast<char>(other.root[0] ^ 1);
    CHECK_THROWS_AS(log.check_extends(other), store::Corruption);
}

TEST_CASE("what was altered, left out, moved or put in is found, by its line", "[export][proof]") {
    Service service;
    const auto lines = lines_of(exported(service, REGISTRAR));
    const auto at = line_with(lines, "ReminderRegistered");
    const auto number = "line " + std::to_string(at + 1) + ": ";
    const auto with = [&](auto change) {
        auto changed = lines;
        change(changed);
        return refusal(joined(changed));
    };
    const auto replaced = [&](const std::string& from, const std::string& to) {
        return with([&](auto& all) {
            const auto place = all[at].find(from);
            REQUIRE(place != std::string::npos);
            all[at].replace(place, from.size(), to);
        });
    };
    CHECK(refusal(joined(lines)) == "taken");
    CHECK(replaced("\"cause\":\"care\"", "\"cause\":\"conduct\"") ==
          number + "\"data\" shows other facts than its record holds");
    CHECK(replaced("\"streamversion\":\"1\"", "\"streamversion\":\"2\"") ==
          number + "\"streamversion\" is not its record's");
    CHECK(replaced("\"record\"", "\"recorded\"").find("only an export made with --provable") !=
          std::string::npos);
    CHECK(with([&](auto& all) {
              all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
          }).starts_with("line "));
    CHECK(with([&](auto& all) { std::swap(all[at], all[at - 1]); }).starts_with("line "));
    CHECK(with([&](auto& all) { all.insert(all.begin(), all[at]); }).starts_with("line 1: "));
    CHECK(with([&](auto& all) { all[at] = "{"; }).starts_with(number));
    // A sealed byte: the record is another, and so is the root.
    const auto record = lines[at].find("\"record\":\"") + 10;
    const auto end = lines[at].find('"', record);
    auto changed = lines;
    changed[at][end - 8] = changed[at][end - 8] == 'A' ? 'B' : 'A';
    const auto other = refusal(joined(changed));
    if (other == "taken") CHECK(read(joined(changed)).head().root != service.store->events().head().root);
}

TEST_CASE("of a case whose key is destroyed the facts are still proven", "[export][proof]") {
    Service service;
    auto& store = dynamic_cast<store::AssembledStore&>(*service.store);
    service.store->events().read_stream({"reminder-" + service.reminder}, {},
                                        [&](const store::Record& record) {
                                            store.keys().destroy(record.key);
                                            return false;
                                        });
    const auto text = exported(service, REGISTRAR);
    CHECK(read(text).head().root == service.store->events().head().root);
    CHECK(text.find("Aino Esimerkki") == std::string::npos);
}
