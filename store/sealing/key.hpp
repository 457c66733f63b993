#pragma once
// Key material. It is wiped when it goes, moves but is never copied, and has no printing.

#include <array>
#include <cstdint>
#include <span>

namespace vastine::store::sealing {

class Key {
public:
    static constexpr std::size_t size = 32;

    Key() = default;
    explicit Key(std::span<const std::uint8_t, size> bytes);
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;
    Key(Key&& other) noexcept;
    Key& operator=(Key&& other) noexcept;
    ~Key();

    static Key random();

    // For the ciphers of this folder.
    [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
    [[nodiscard]] std::uint8_t* data() { return bytes_.data(); }

private:
    std::array<std::uint8_t, size> bytes_{};
};

}  // namespace vastine::store::sealing
