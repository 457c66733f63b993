#include "api/login/openid/settings.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <fstream>
#include <functional>
#include <map>
#include <sstream>

namespace vastine::api::openid {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const toml::node& node, const std::string& text) {
    throw SettingsError(fmt::format("OpenID settings, line {}: {}", node.source().begin.line, text));
}

std::string text_at(const toml::node& node, std::string_view what) {
    if (const auto* value = node.as_string(); value != nullptr && !value->get().empty()) return value->get();
    fail(node, fmt::format("{} must be a text in quotation marks", what));
}

std::vector<std::string> texts_at(const toml::node& node, std::string_view what) {
    const auto* list = node.as_array();
    if (list == nullptr) fail(node, fmt::format("{} must be a list of texts", what));
    std::vector<std::string> all;
    for (const auto& item : *list) all.push_back(text_at(item, what));
    return all;
}

bool flag_at(const toml::node& node, std::string_view what) {
    if (const auto* value = node.as_boolean()) return value->get();
    fail(node, fmt::format("{} is true or false", what));
}

// head-ombudsman is HEAD_OMBUDSMAN.
Role role_at(const toml::node& node, const std::string& name) {
    std::string known;
    for (const char c : name)
        known += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    Role role = NO_ROLE;
    if (!Role_Parse(known, &role) || role == NO_ROLE) fail(node, fmt::format("'{}' is no role", name));
    return role;
}

using Readers = std::map<std::string, std::function<void(const toml::node&)>, std::less<>>;

void read(const toml::table& table, const Readers& readers) {
    for (const auto& [key, value] : table) {
        const auto found = readers.find(key.str());
        if (found == readers.end()) fail(value, fmt::format("'{}' means nothing here", key.str()));
        found->second(value);
    }
}

GroupRights group_at(const toml::node& node) {
    const auto* table = node.as_table();
    if (table == nullptr) fail(node, "each [[group]] is a table");
    GroupRights group;
    read(*table,
         {{"name", [&](const auto& value) { group.group = text_at(value, "name"); }},
          {"roles",
           [&](const auto& value) {
               for (const auto& name : texts_at(value, "roles")) group.roles.push_back(role_at(value, name));
           }},
          {"units", [&](const auto& value) { group.units = texts_at(value, "units"); }},
          {"sectors", [&](const auto& value) { group.sectors = texts_at(value, "sectors"); }},
          {"auditor_of", [&](const auto& value) { group.auditor_of = texts_at(value, "auditor_of"); }}});
    if (group.group.empty() || group.roles.empty()) fail(node, "a [[group]] has a name and roles");
    return group;
}

std::string first_line_of_private(const fs::path& file) {
    std::error_code error;
    const auto mode = fs::status(file, error).permissions();
    if (error || !fs::is_regular_file(file))
        throw SettingsError("there is no client_secret_file " + file.string());
    if ((mode & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) {
        throw SettingsError("others may read " + file.string() + "; make it yours alone: chmod 600 " +
                            file.string());
    }
    std::ifstream stream(file);
    std::string line;
    if (!std::getline(stream, line) || line.empty())
        throw SettingsError("the client_secret_file " + file.string() + " is empty or cannot be read");
    if (line.back() == '\r') line.pop_back();
    return line;
}

}  // namespace

Settings parse_settings(std::string_view text, fs::path* secret_file) {
    toml::table file;
    try {
        file = toml::parse(text);
    } catch (const toml::parse_error& wrong) {
        throw SettingsError(
            fmt::format("OpenID settings, line {}: {}", wrong.source().begin.line, wrong.description()));
    }
    Settings settings;
    const auto into = [](std::string& field, std::string name) {
        return [&field, name = std::move(name)](const toml::node& value) { field = text_at(value, name); };
    };
    read(file, {{"issuer", into(settings.issuer, "issuer")},
                {"client_id", into(settings.client_id, "client_id")},
                {"client_secret_file",
                 [&](const auto& value) {
                     if (secret_file != nullptr) *secret_file = text_at(value, "client_secret_file");
                 }},
                {"name", into(settings.name, "name")},
                {"authority", [&](const auto& value) { settings.authority = text_at(value, "authority"); }},
                {"login_claim", into(settings.login_claim, "login_claim")},
                {"groups_claim", into(settings.groups_claim, "groups_claim")},
                {"scopes", [&](const auto& value) { settings.scopes = texts_at(value, "scopes"); }},
                {"local_accounts",
                 [&](const auto& value) { settings.local_accounts = flag_at(value, "local_accounts"); }},
                {"group", [&](const auto& value) {
                     const auto* list = value.as_array();
                     if (list == nullptr) fail(value, "groups are written [[group]]");
                     for (const auto& one : *list) settings.groups.push_back(group_at(one));
                 }}});
    if (!settings.issuer.starts_with("https://")) throw SettingsError("issuer is given as https://…");
    if (settings.client_id.empty()) throw SettingsError("client_id is missing");
    if (settings.groups.empty()) throw SettingsError("no [[group]] gives anybody a role");
    return settings;
}

Settings read_settings(const fs::path& path) {
    std::ifstream stream(path);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw SettingsError("the OpenID settings " + path.string() + " cannot be read");
    fs::path secret_file;
    auto settings = parse_settings(text.str(), &secret_file);
    if (secret_file.empty()) throw SettingsError("client_secret_file is missing");
    settings.client_secret = first_line_of_private(secret_file);
    if (!settings.authority.empty() && !fs::is_regular_file(settings.authority))
        throw SettingsError("there is no certificate authority " + settings.authority.string());
    return settings;
}

}  // namespace vastine::api::openid
