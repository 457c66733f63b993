#include "domain/calendar/receipt.hpp"

namespace vastine::domain {

std::optional<Date> presumed_received_on(std::string_view channel, Date sent_on) {
    if (channel == "letter") return sent_on + std::chrono::days(7);
    if (channel == "email") return sent_on + std::chrono::days(3);
    return std::nullopt;
}

}  // namespace vastine::domain
