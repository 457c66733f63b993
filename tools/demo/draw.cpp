#include "tools/demo/draw.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>

namespace vastine::tools::demo {

std::string Draw::uuid() {
    std::array<unsigned char, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        const auto word = engine_();
        for (std::size_t k = 0; k < 8; ++k) bytes[i + k] = static_cast<unsigned char>(word >> (8 * k));
    }
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | 0x40U);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 0x0fU];
    }
    return text;
}

std::vector<std::size_t> apportioned(const std::vector<std::uint64_t>& weights, std::size_t size) {
    const auto whole = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    if (whole == 0) throw std::invalid_argument("shares without weight");
    std::vector<std::size_t> out;
    std::vector<std::pair<std::uint64_t, std::size_t>> remainders;
    std::size_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        out.push_back(static_cast<std::size_t>(weights[i] * size / whole));
        remainders.emplace_back(weights[i] * size % whole, i);
        given += out.back();
    }
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; given < size; ++i, ++given) ++out[remainders[i].second];
    return out;
}

std::vector<std::string> Draw::deck(const Shares& shares, std::size_t size) {
    std::vector<std::uint64_t> weights;
    for (const auto& share : shares) weights.push_back(share.second);
    const auto counts = apportioned(weights, size);
    std::vector<std::string> cards;
    for (std::size_t i = 0; i < shares.size(); ++i) cards.insert(cards.end(), counts[i], shares[i].first);
    shuffle(cards);
    return cards;
}

}  // namespace vastine::tools::demo
