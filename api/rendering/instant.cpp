#include "api/rendering/instant.hpp"

#include <fmt/format.h>

#include "domain/calendar/date.hpp"

namespace vastine::api::rendering {
namespace {

domain::Date day_of(const projections::report::Report& report) {
    const auto day = domain::parse_date(report.provenance.as_of_on);
    return day ? *day : domain::Date(std::chrono::year(1990) / 1 / 1);
}

}  // namespace

std::int64_t seconds_of(const projections::report::Report& report) {
    return std::int64_t{day_of(report).time_since_epoch().count()} * 86'400;
}

std::string pdf_date(const projections::report::Report& report) {
    const std::chrono::year_month_day day(day_of(report));
    return fmt::format("D:{:04}{:02}{:02}000000Z", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace vastine::api::rendering
