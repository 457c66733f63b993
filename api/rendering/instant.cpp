#include "api/rendering/instant.hpp"

#include <fmt/format.h>

namespace vastine::api::rendering {

domain::Date day_of(const projections::report::Report& report) {
    const auto day = domain::parse_date(report.provenance.as_of_on);
    return day ? *day : domain::Date(std::chrono::year(1990) / 1 / 1);
}

std::int64_t seconds_of(domain::Date day) {
    return std::int64_t{day.time_since_epoch().count()} * 86'400;
}

std::int64_t seconds_of(const projections::report::Report& report) {
    return seconds_of(day_of(report));
}

std::string pdf_date(domain::Date on) {
    const std::chrono::year_month_day day(on);
    return fmt::format("D:{:04}{:02}{:02}000000Z", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace vastine::api::rendering
