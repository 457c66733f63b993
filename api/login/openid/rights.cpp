#include "api/login/openid/rights.hpp"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>

namespace vastine::api::openid {

namespace {

template <class List>
void put(List& list, const std::set<std::string>& values) {
    list.Clear();
    for (const auto& value : values) *list.Add() = value;
}

}  // namespace

std::optional<SetUser> user_of(const Person& person, const Settings& settings, const SetUser* known) {
    std::set<Role> roles;
    std::set<std::string> units;
    std::set<std::string> sectors;
    std::set<std::string> auditor_of;
    bool every_sector = false;
    for (const auto& group : settings.groups) {
        if (std::ranges::find(person.groups, group.group) == person.groups.end()) continue;
        roles.insert(group.roles.begin(), group.roles.end());
        units.insert(group.units.begin(), group.units.end());
        sectors.insert(group.sectors.begin(), group.sectors.end());
        auditor_of.insert(group.auditor_of.begin(), group.auditor_of.end());
        every_sector = every_sector || group.sectors.empty();
    }
    if (roles.empty()) return std::nullopt;
    if (every_sector) sectors.clear();
    SetUser user = known == nullptr ? SetUser() : *known;
    if (known == nullptr) {
        user.set_login(person.login);
        user.set_name(person.login);
        user.set_language("fi");
        if (!person.language.empty()) user.set_language(person.language);
        user.set_active(true);
    }
    // What the provider does not tell stays as it was written here.
    if (!person.name.empty()) user.set_name(person.name);
    if (!person.email.empty()) user.set_email(person.email);
    user.clear_roles();
    for (const auto role : roles) user.add_roles(role);
    put(*user.mutable_units(), units);
    put(*user.mutable_sectors(), sectors);
    put(*user.mutable_auditor_of(), auditor_of);
    return user;
}

bool differ(const SetUser& before, const SetUser& now) {
    google::protobuf::util::MessageDifferencer differencer;
    // The order in which roles were written down means nothing.
    differencer.set_repeated_field_comparison(google::protobuf::util::MessageDifferencer::AS_SET);
    return !differencer.Compare(before, now);
}

}  // namespace vastine::api::openid
