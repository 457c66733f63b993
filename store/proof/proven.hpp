#pragma once
// What somebody hands in as a proof proves something or not; that it does not is an answer, no fault.

#include <string>
#include <tl/expected.hpp>

namespace vastine::store::proof {

struct Unproven {
    std::string why;  // for the person who handed it in
};
template <class Value>
using Proven = tl::expected<Value, Unproven>;

[[nodiscard]] inline tl::unexpected<Unproven> unproven(std::string why) {
    return tl::unexpected(Unproven{std::move(why)});
}

}  // namespace vastine::store::proof
