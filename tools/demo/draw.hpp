#pragma once
// Chance that repeats itself: the same seed deals the same cards on every machine, so that the demo's
// cases are the same everywhere.

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace vastine::tools::demo {

// A code and its weight.
using Shares = std::vector<std::pair<std::string, std::uint64_t>>;

class Draw {
public:
    explicit Draw(std::uint64_t seed) : engine_(seed) {}

    // One of 0 ... count - 1. The standard's distributions differ between libraries; this does not.
    [[nodiscard]] std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
    [[nodiscard]] unsigned between(unsigned least, unsigned most) {
        return least + static_cast<unsigned>(below(most - least + 1));
    }
    [[nodiscard]] std::string uuid();

    template <class T>
    void shuffle(std::vector<T>& cards) {
        for (std::size_t left = cards.size(); left > 1; --left)
            std::swap(cards[left - 1], cards[below(left)]);
    }
    // Exactly `size` codes in the proportions of the shares (largest remainder), shuffled.
    [[nodiscard]] std::vector<std::string> deck(const Shares& shares, std::size_t size);

private:
    std::mt19937_64 engine_;
};

// `size` divided in the proportions of the weights; sums to it exactly.
[[nodiscard]] std::vector<std::size_t> apportioned(const std::vector<std::uint64_t>& weights,
                                                   std::size_t size);

}  // namespace vastine::tools::demo
