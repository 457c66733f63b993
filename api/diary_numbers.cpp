#include "api/diary_numbers.hpp"

#include <fmt/format.h>

namespace vastine::api {

namespace {

std::string number(int year, std::uint64_t count) {
    return fmt::format("{}-{:06}", year, count);
}

// Where the series stands, found by asking the claims in strides: the numbers themselves are sealed.
// A gap can end the search early; the caller's own look at each number makes up for that.
std::uint64_t last_taken(const store::EventStore& events, const std::string& scope, int year) {
    const auto taken = [&](std::uint64_t count) {
        return events.find(scope, number(year, count)).has_value();
    };
    std::uint64_t below = 0;
    for (std::uint64_t stride = 1; stride < (std::uint64_t{1} << 40U); stride *= 2) {
        if (taken(stride)) {
            below = stride;
        } else if (stride > 4 * (below + 1)) {
            break;
        }
    }
    std::uint64_t above = 2 * below + 1;
    while (above - below > 1) {
        const auto middle = below + (above - below) / 2;
        (taken(middle) ? below : above) = middle;
    }
    return below;
}

}  // namespace

std::string DiaryNumbers::next(const std::string& area, int year) {
    const std::string scope = "diary:" + area;
    const std::lock_guard lock(mutex_);
    auto [place, fresh] = last_.try_emplace({area, year}, 0);
    if (fresh) place->second = last_taken(events_, scope, year);
    std::string given;
    do {
        given = number(year, ++place->second);
    } while (events_.find(scope, given));
    return given;
}

void DiaryNumbers::give_back(const std::string& area, const std::string& given) {
    const std::lock_guard lock(mutex_);
    for (auto& [series, last] : last_) {
        if (series.first == area && number(series.second, last) == given) --last;
    }
}

}  // namespace vastine::api
