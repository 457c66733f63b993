#include <algorithm>
#include <stdexcept>

#include "domain/schema/reference.pb.h"
#include "tools/demo/data.hpp"
#include "tools/demo/plan.hpp"

namespace vastine::tools::demo {
namespace {

constexpr auto kFrom = "2015-01-01";

Text text_of(const toml::table& entry) {
    Text text;
    text.set_fi(text_at(entry, "fi"));
    text.set_sv(text_at(entry, "sv"));
    text.set_en(text_at(entry, "en"));
    return text;
}

std::string optional(const toml::table& entry, std::string_view key) {
    return entry.at_path(key).value<std::string>().value_or("");
}

template <class Command>
Step step(std::string path, Command command) {
    return {REFERENCE, {}, std::move(path), {}, 0, std::make_shared<const Command>(std::move(command))};
}

void add_unit(Organisation& out, const toml::table& entry) {
    DemoUnit unit{text_at(entry, "id"),
                  optional(entry, "parent"),
                  text_of(entry),
                  optional(entry, "sector"),
                  optional(entry, "service_task"),
                  static_cast<std::uint64_t>(entry.at_path("weight").value<std::int64_t>().value_or(0))};
    SetUnit command;
    command.set_unit_id(unit.id);
    command.set_parent(unit.parent);
    *command.mutable_name() = unit.name;
    command.set_sector(unit.sector);
    command.set_valid_from(kFrom);
    out.steps.push_back(step("units", std::move(command)));
    out.units.push_back(std::move(unit));
}

void add_user(Organisation& out, const toml::table& entry) {
    DemoUser user{text_at(entry, "id"),
                  text_at(entry, "login"),
                  text_at(entry, "name"),
                  {},
                  text_at(entry, "language")};
    SetUser command;
    command.set_user_id(user.id);
    command.set_login(user.login);
    command.set_name(user.name);
    command.set_email(user.login + "@example.org");
    command.set_language(user.language);
    command.set_active(true);
    for (const auto& name : texts_at(entry, "roles")) {
        Role role = NO_ROLE;
        if (!Role_Parse(name, &role)) throw std::runtime_error("demo data: no role " + name);
        command.add_roles(role);
        user.roles.push_back(role);
    }
    for (const auto& unit : texts_at(entry, "units")) command.add_units(unit);
    for (const auto& sector : texts_at(entry, "sectors")) command.add_sectors(sector);
    for (const auto& area : texts_at(entry, "auditor_of")) command.add_auditor_of(area);
    out.steps.push_back(step("users", std::move(command)));
    out.users.push_back(std::move(user));
}

// The annual report prints every note of this code set.
Step note(const toml::table& entry) {
    PublishCodeSet command;
    command.set_code_set("report-note");
    command.mutable_name()->set_fi(text_at(entry, "title_fi"));
    command.mutable_name()->set_sv(text_at(entry, "title_sv"));
    command.mutable_name()->set_en(text_at(entry, "title_en"));
    command.set_valid_from(kFrom);
    auto* code = command.add_codes();
    code->set_code("demo");
    *code->mutable_name() = text_of(entry);
    return step("code-sets", std::move(command));
}

}  // namespace

const DemoUnit& Organisation::unit(const std::string& id) const {
    const auto found =
        std::find_if(units.begin(), units.end(), [&](const DemoUnit& unit) { return unit.id == id; });
    if (found == units.end()) throw std::out_of_range("demo data: no unit " + id);
    return *found;
}

Organisation organisation() {
    const auto data = read_data("organisation.toml");
    Organisation out;
    out.password = text_at(data, "password");
    out.steps.push_back(note(table_at(data, "note")));
    for (const auto& entry : *data["units"].as_array()) add_unit(out, *entry.as_table());
    for (const auto& entry : *data["users"].as_array()) add_user(out, *entry.as_table());
    return out;
}

}  // namespace vastine::tools::demo
