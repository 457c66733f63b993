#include "store/record.hpp"

namespace vastine::store {

std::string_view StreamId::category() const {
    // The opaque part begins at the first '-' after which the rest is a UUID, or at the last one of a
    // name such as reference-units; authority-request-<uuid> has one inside its category.
    constexpr std::size_t uuid_size = 36;
    const std::string_view whole = value;
    if (whole.size() > uuid_size + 1 && whole[whole.size() - uuid_size - 1] == '-' &&
        whole[whole.size() - 13] == '-') {
        return whole.substr(0, whole.size() - uuid_size - 1);
    }
    return whole.substr(0, whole.find('-'));
}

}  // namespace vastine::store
