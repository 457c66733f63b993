// Every field that is stored says how long it may be read, and every fact why it is anonymous.

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "domain/schema/options.pb.h"
#include "store/sealing/field_split.hpp"
#include "tests/store/schema_files.hpp"

namespace vastine::store::test {
namespace {

using google::protobuf::FieldDescriptor;

bool is_container(const FieldDescriptor& field) {
    return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
           field.message_type()->file()->package() == "vastine";
}

std::string facts_list() {
    std::set<std::string> lines;
    for (const auto* message : stored_messages()) {
        for (int i = 0; i < message->field_count(); ++i) {
            const auto& rule = message->field(i)->options().GetExtension(v);
            if (rule.class_() == FACT)
                lines.insert(fmt::format("{}: {}", message->field(i)->full_name(), rule.why()));
        }
    }
    std::string out;
    for (const auto& line : lines) out += line + "\n";
    return out;
}

}  // namespace

TEST_CASE("every schema file is looked at here, but for those that say they are never stored", "[schema]") {
    std::set<std::string> looked_at = {"options.proto"};
    for (const auto* file : stored_schema()) {
        looked_at.insert(std::filesystem::path(file->name()).filename().string());
    }
    for (const auto& entry : std::filesystem::directory_iterator(VASTINE_SOURCE_DIR "/domain/schema")) {
        if (entry.path().extension() != ".proto") continue;
        std::ifstream in(entry.path());
        const std::string text((std::istreambuf_iterator<char>(in)), {});
        INFO(entry.path());
        CHECK((looked_at.contains(entry.path().filename().string()) ||
               text.find("Never stored") != std::string::npos));
    }
}

TEST_CASE("every leaf states its class, containers state none, and every fact says why", "[schema]") {
    for (const auto* message : stored_messages()) {
        for (int i = 0; i < message->field_count(); ++i) {
            const auto& field = *message->field(i);
            const auto& rule = field.options().GetExtension(v);
            INFO(field.full_name());
            if (is_container(field)) {
                CHECK(rule.class_() == UNCLASSIFIED);
            } else {
                CHECK(rule.class_() != UNCLASSIFIED);
            }
            if (rule.class_() == FACT) CHECK_FALSE(rule.why().empty());
        }
    }
}

TEST_CASE("no stored message has a map, a oneof, or itself inside", "[schema]") {
    for (const auto* message : stored_messages()) {
        INFO(message->full_name());
        CHECK_NOTHROW(sealing::plan_for(message));
        CHECK(message->nested_type_count() == 0);  // would not be looked at above
    }
}

TEST_CASE("the facts are those that were agreed on", "[schema]") {
    // A new fact is readable for ever, backups included: it is entered in the list by hand, and looked at.
    // VASTINE_UPDATE_GOLDEN=1 writes the list anew.
    const std::filesystem::path path = VASTINE_SOURCE_DIR "/tests/store/sealing/facts.txt";
    const auto facts = facts_list();
    if (std::getenv("VASTINE_UPDATE_GOLDEN") != nullptr) {
        std::ifstream in(path);
        std::ostringstream kept;
        for (std::string line; std::getline(in, line) && line.starts_with('#');) kept << line << "\n";
        std::ofstream(path) << kept.str() << facts;
    }
    std::ifstream in(path);
    std::set<std::string> agreed;
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with('#')) agreed.insert(line);
    }
    std::istringstream stated(facts);
    for (std::string line; std::getline(stated, line);) {
        INFO("in the schema: " << line);
        CHECK(agreed.erase(line) == 1);
    }
    for (const auto& line : agreed) {
        INFO("agreed on, but not in the schema: " << line);
        CHECK(false);
    }
}

TEST_CASE("the reason of each envelope field is in the list of facts too", "[schema]") {
    std::ifstream in(VASTINE_SOURCE_DIR "/tests/store/sealing/facts.txt");
    const std::string list((std::istreambuf_iterator<char>(in)), {});
    for (const char* field : {"organisation", "position", "stream", "version", "type", "key id",
                              "recorded_at", "actor", "command id"}) {
        INFO(field);
        CHECK(list.find(fmt::format("# envelope.{}: ", field)) != std::string::npos);
    }
}

}  // namespace vastine::store::test
