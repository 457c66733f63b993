#pragma once
// Columns hold small numbers, not strings: every code, unit and id of staff is met again and again.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vastine::projections {

using CodeId = std::uint16_t;

// Strings numbered in the order they are first met; 0 is the empty one, "not stated".
class Codes {
public:
    Codes();
    // The number of a string, a new one when it is new. When all 65,535 are taken, a new string is 0:
    // only free text (a municipality as typed) can come near that.
    [[nodiscard]] CodeId id(std::string_view text);
    [[nodiscard]] CodeId known(std::string_view text) const;  // 0 when it was never met
    [[nodiscard]] const std::string& name(CodeId id) const { return names_[id]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    // Of the name, not of the number: numbers depend on what was met first.
    [[nodiscard]] std::uint64_t hash(CodeId id) const { return std::hash<std::string_view>{}(names_[id]); }

private:
    std::deque<std::string> names_;  // never move, so that the views into them hold
    std::unordered_map<std::string_view, CodeId> ids_;
};

struct Dictionary {
    Codes codes;  // of every code set, and authorities
    Codes units;
    Codes users;
    Codes places;  // municipalities
};

// Short lists of many owners in one block. A list that changes is written anew; the old one stays
// where it was, unused.
struct ListPlace {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
};
template <class T>
class Lists {
public:
    [[nodiscard]] ListPlace put(std::span<const T> items) {
        const ListPlace place{static_cast<std::uint32_t>(all_.size()),
                              static_cast<std::uint32_t>(items.size())};
        all_.insert(all_.end(), items.begin(), items.end());
        return place;
    }
    [[nodiscard]] ListPlace with(ListPlace place, const T& item) {
        if (place.begin + place.size != all_.size()) {  // not the last one: move it to the end
            const ListPlace moved{static_cast<std::uint32_t>(all_.size()), place.size};
            for (std::uint32_t i = 0; i < place.size; ++i) {
                const T copy = all_[place.begin + i];
                all_.push_back(copy);
            }
            place = moved;
        }
        all_.push_back(item);
        ++place.size;
        return place;
    }
    [[nodiscard]] std::span<const T> get(ListPlace place) const {
        return std::span(all_).subspan(place.begin, place.size);
    }
    [[nodiscard]] std::span<T> get(ListPlace place) {
        return std::span(all_).subspan(place.begin, place.size);
    }

private:
    std::vector<T> all_;
};

// Mixes numbers into a digest, in order.
class Digest {
public:
    void add(std::uint64_t value) {
        state_ ^= value + 0x9e3779b97f4a7c15ULL + (state_ << 6U) + (state_ >> 2U);
        state_ *= 0xff51afd7ed558ccdULL;
        state_ ^= state_ >> 33U;
    }
    void add(std::string_view text) { add(std::hash<std::string_view>{}(text)); }
    [[nodiscard]] std::uint64_t value() const { return state_; }

private:
    std::uint64_t state_ = 0x2545f4914f6cdd1dULL;
};

}  // namespace vastine::projections
