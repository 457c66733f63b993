#include "api/login/openid/settings.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace vastine;
using api::openid::parse_settings;
using api::openid::SettingsError;

namespace {

const std::string least = "issuer = \"https://login.example.fi\"\nclient_id = \"vastine\"\n";
const std::string group = "[[group]]\nname = \"a\"\nroles = [\"head-ombudsman\"]\n";

}  // namespace

TEST_CASE("settings say who the provider is and what its groups give", "[openid]") {
    const auto settings =
        parse_settings(least + "local_accounts = false\nscopes = []\n" + group +
                       "[[group]]\nname = \"b\"\nroles = [\"auditor\"]\nauditor_of = [\"legal\"]\n");
    CHECK(settings.issuer == "https://login.example.fi");
    CHECK_FALSE(settings.local_accounts);
    CHECK(settings.scopes.empty());
    CHECK(settings.login_claim == "preferred_username");
    REQUIRE(settings.groups.size() == 2);
    CHECK(settings.groups[0].roles == std::vector<Role>{HEAD_OMBUDSMAN});
    CHECK(settings.groups[1].auditor_of == std::vector<std::string>{"legal"});
}

TEST_CASE("settings that are wrong are refused with their line", "[openid]") {
    for (const auto& [text, said] : std::vector<std::pair<std::string, std::string>>{
             {least, "no [[group]]"},
             {group, "issuer"},
             {"issuer = \"http://login.example.fi\"\nclient_id = \"a\"\n" + group, "https://"},
             {least + "isuer = \"a\"\n" + group, "line 3: 'isuer' means nothing here"},
             {least + "local_accounts = \"yes\"\n" + group, "line 3: local_accounts is true or false"},
             {least + "[[group]]\nname = \"a\"\nroles = [\"boss\"]\n", "'boss' is no role"},
             {least + "[[group]]\nname = \"a\"\n", "a [[group]] has a name and roles"},
             {least + "name = \n", "line 3"}}) {
        INFO(text);
        try {
            (void)parse_settings(text);
            FAIL_CHECK("it was taken");
        } catch (const SettingsError& wrong) {
            CHECK(std::string(wrong.what()).find(said) != std::string::npos);
        }
    }
}

TEST_CASE("the client's secret is read from a file that is one's own alone", "[openid]") {
    namespace fs = std::filesystem;
    const auto folder = fs::temp_directory_path() / ("vastine-openid-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    std::ofstream(folder / "secret") << "very secret\nsecond line\n";
    std::ofstream(folder / "openid.toml")
        << least << "client_secret_file = \"" << (folder / "secret").string() << "\"\n"
        << group;
    fs::permissions(folder / "secret", fs::perms::owner_read | fs::perms::group_read);
    CHECK_THROWS_AS(api::openid::read_settings(folder / "openid.toml"), SettingsError);
    fs::permissions(folder / "secret", fs::perms::owner_read);
    CHECK(api::openid::read_settings(folder / "openid.toml").client_secret == "very secret");
    fs::remove_all(folder);
}
