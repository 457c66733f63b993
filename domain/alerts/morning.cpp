#include "domain/alerts/morning.hpp"

#include "domain/calendar/due.hpp"

namespace vastine::domain {

std::optional<Date> morning_at(Instant now, std::chrono::minutes set_time) {
    const Date today = helsinki_date(now);
    if (now < ends_at(today, set_time) || day_off(today)) return std::nullopt;
    return today;
}

}  // namespace vastine::domain
