#pragma once
// A store made once, of which every try of a test that breaks it gets a copy.

#include <cstdint>
#include <functional>

#include "store/store.hpp"
#include "tests/store/damage/memory_folder.hpp"

namespace vastine::store::test {

class PreparedStore {
public:
    PreparedStore();  // an empty one
    [[nodiscard]] Options options() const;
    [[nodiscard]] Options copy(const MemoryFolder& to) const;

private:
    MemoryFolder folder_;
};

// Opens copies on a disk that fails from the n-th call on, for every n in strides until an opening meets no
// fault; then the power goes, and `check` gets what is left, on a disk that is sound. Returns how many
// openings were refused.
unsigned fail_while_opening(const PreparedStore& prepared, std::uint64_t stride,
                            const std::function<void(const Options&)>& check);

}  // namespace vastine::store::test
