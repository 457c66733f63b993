#include "projections/case_figures.hpp"

#include <algorithm>

namespace vastine::projections {

bool CountedCase::open_at_start_of(Month at) const {
    if (month == no_month || month >= at) return false;
    return turns_before(at) % 2 == 0;
}

unsigned CountedCase::turns_before(Month at) const {
    unsigned out = 0;
    if (month >= at) return 0;
    for (const auto turn : turns) {
        if (turn >= at) break;
        ++out;
    }
    return out;
}

CountedCase::Turned CountedCase::turned_between(Month from, Month until) const {
    if (month == no_month) return {};
    const auto first = turns_before(from);
    const auto last = std::max(first, turns_before(until));
    // Every other turn settles, from the first one on.
    const auto settled = [](unsigned count) { return (count + 1) / 2; };
    const auto taken_up = [](unsigned count) { return count / 2; };
    return {settled(last) - settled(first), taken_up(last) - taken_up(first)};
}

void CountedCase::settle(Month at) {
    if (turns.size() % 2 == 0) turns.push_back(at);
}
void CountedCase::take_up(Month at) {
    if (turns.size() % 2 == 1) turns.push_back(at);
}

std::uint32_t median_days(std::vector<std::uint32_t>& days) {
    if (days.empty()) return 0;
    const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
    std::ranges::nth_element(days, middle);
    if (days.size() % 2 == 1) return *middle;
    const auto below = *std::max_element(days.begin(), middle);
    return (below + *middle + 1) / 2;
}

std::uint32_t CaseFigures::add(CountedCase counted) {
    cases_.push_back(std::move(counted));
    return static_cast<std::uint32_t>(cases_.size() - 1);
}

std::uint64_t CaseFigures::digest(const Dictionary& dictionary) const {
    Digest digest;
    const auto number = [&](auto value) { digest.add(static_cast<std::uint64_t>(value)); };
    for (const auto& counted : cases_) {
        number(counted.row);
        number(counted.kind);
        number(counted.month);
        digest.add(dictionary.units.hash(counted.department));
        for (const auto code : {counted.service_task, counted.sector, counted.cause, counted.maker,
                                counted.channel, counted.language, counted.authority, counted.request_kind}) {
            digest.add(dictionary.codes.hash(code));
        }
        number(counted.answers.size());
        for (const auto& answer : counted.answers) {
            number(answer.month);
            number(answer.days);
            number(answer.kept);
            number(answer.kept_credited);
        }
        number(counted.outcomes.size());
        for (const auto outcome : counted.outcomes) digest.add(dictionary.codes.hash(outcome));
        number(counted.turns.size());
        for (const auto turn : counted.turns) number(turn);
    }
    return digest.value();
}

}  // namespace vastine::projections
