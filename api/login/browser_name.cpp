#include "api/login/browser_name.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace vastine::api {

namespace {

struct Sign {
    std::string_view part;
    std::string_view name;
};

// The first that is found: those that come later also call themselves by what others look for.
constexpr std::array browsers{
    Sign{"Edg/", "Edge"},
    Sign{"EdgA/", "Edge"},
    Sign{"EdgiOS/", "Edge"},
    Sign{"OPR/", "Opera"},
    Sign{"SamsungBrowser/", "Samsung Internet"},
    Sign{"FxiOS/", "Firefox"},
    Sign{"Firefox/", "Firefox"},
    Sign{"CriOS/", "Chrome"},
    Sign{"Chrome/", "Chrome"},
    Sign{"Safari/", "Safari"},
    Sign{"curl/", "curl"},
    Sign{"vastine", "vastine"},
};
constexpr std::array systems{
    Sign{"Windows", "Windows"}, Sign{"Android", "Android"}, Sign{"iPhone", "iPhone"}, Sign{"iPad", "iPad"},
    Sign{"CrOS", "ChromeOS"},   Sign{"Macintosh", "macOS"}, Sign{"Linux", "Linux"},
};

std::string first_of(std::span<const Sign> signs, std::string_view text) {
    const auto found =
        std::ranges::find_if(signs, [&](const Sign& sign) { return text.find(sign.part) != text.npos; });
    return found == signs.end() ? std::string() : std::string(found->name);
}

}  // namespace

BrowserName browser_name(std::string_view user_agent) {
    const auto text = user_agent.substr(0, 500);
    return {first_of(browsers, text), first_of(systems, text)};
}

}  // namespace vastine::api
