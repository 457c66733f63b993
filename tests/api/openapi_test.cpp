#include "api/openapi/openapi.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "tests/api/service.hpp"

using namespace vastine;
namespace json = boost::json;

TEST_CASE("the description is served, is JSON, and names its version", "[openapi]") {
    test::Service service;
    const auto response = service.send({.target = "/openapi.json"});
    CHECK(response.status == 200);
    CHECK(response.headers.get("Content-Type") == "application/json");
    CHECK(test::json_of(response).at("openapi").as_string() == "3.1.0");
}

TEST_CASE("every route is described, and every reference leads somewhere", "[openapi]") {
    const auto document = json::parse(api::openapi_document(api::routes()));
    const auto& paths = document.at("paths").as_object();
    for (const auto& route : api::routes()) {
        INFO(route.method << " " << route.pattern);
        REQUIRE(paths.contains(route.pattern));
        auto method = route.method;
        for (auto& c : method) c = static_cast<char>(c - 'A' + 'a');
        const auto* operation = paths.at(route.pattern).as_object().if_contains(method);
        REQUIRE(operation != nullptr);
        CHECK(operation->is_object());
        CHECK(operation->at("responses").as_object().contains(std::to_string(route.status)));
        CHECK(operation->at("tags").is_array());
        CHECK(operation->as_object().contains("requestBody") ==
              (route.takes != nullptr || route.receives != nullptr || route.form_body));
    }
    std::size_t references = 0;
    const std::function<void(const json::value&)> follow = [&](const json::value& value) {
        if (value.is_array()) {
            for (const auto& one : value.get_array()) follow(one);
        } else if (value.is_object()) {
            for (const auto& [key, one] : value.get_object()) {
                if (key == "$ref") {
                    const std::string target(one.as_string());
                    INFO(target);
                    json::error_code error;
                    CHECK(document.find_pointer(target.substr(1), error) != nullptr);
                    ++references;
                } else {
                    follow(one);
                }
            }
        }
    };
    follow(document);
    CHECK(references > 100);
}

TEST_CASE("the description says how a purpose is given, on what is read by somebody known", "[openapi]") {
    const auto document = json::parse(api::openapi_document(api::routes()));
    const auto purpose = [&](const std::string& path, const std::string& method) {
        for (const auto& parameter : document.at("paths").at(path).at(method).at("parameters").as_array()) {
            if (parameter.at("name").as_string() == "X-Purpose") return true;
        }
        return false;
    };
    CHECK(purpose("/api/v1/reminders/{id}", "get"));
    CHECK(purpose("/api/v1/reminders", "get"));
    CHECK_FALSE(purpose("/api/v1/reminders", "post"));
    CHECK_FALSE(purpose("/health/live", "get"));
}

TEST_CASE("the description's version is the program's", "[openapi]") {
    const auto document = json::parse(api::openapi_document(api::routes()));
    const std::string version(document.at("info").at("version").as_string());
    CHECK(std::count(version.begin(), version.end(), '.') == 2);
}

TEST_CASE("the schema's own rules stand in the description", "[openapi]") {
    const auto document = json::parse(api::openapi_document(api::routes()));
    const auto& opening = document.at("components").at("schemas").at("Opening").as_object();
    const auto& properties = opening.at("properties").as_object();
    CHECK(properties.at("arrived_on").at("format").as_string() == "date");
    CHECK(properties.at("subject").at("maxLength").to_number<int>() == 20000);
    CHECK(properties.at("units").at("maxItems").to_number<int>() == 20);
    CHECK(std::string(properties.at("cause").at("description").as_string()).find("cause") !=
          std::string::npos);
    CHECK(opening.at("additionalProperties").as_bool() == false);
    const auto& required = opening.at("required").as_array();
    CHECK(std::find(required.begin(), required.end(), json::value("channel")) != required.end());
    const auto& set_user = document.at("components").at("schemas").at("SetUser").at("properties").as_object();
    CHECK(set_user.at("roles").at("items").at("enum").as_array().size() == Role_ARRAYSIZE);
}
