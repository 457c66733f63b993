#pragma once
// What a browser says of itself, in words so coarse that they tell a person their own sessions apart and
// nobody anything more.

#include <string>
#include <string_view>

namespace vastine::api {

struct BrowserName {
    std::string browser;  // Firefox; empty: unknown
    std::string system;   // Windows; empty: unknown
};

[[nodiscard]] BrowserName browser_name(std::string_view user_agent);

}  // namespace vastine::api
