// The person's own extract of the access log (703/2023 §11). Whoever releases it has reviewed every entry;
// what is withheld has its reason, and the decision its ground.

#include <set>

#include "domain/cases/casework.hpp"

namespace vastine::domain::casework {

Date two_years_before(Date day) {
    using namespace std::chrono;
    const auto wanted = year_month_day(day) - years(2);
    return wanted.ok() ? sys_days(wanted) : sys_days(wanted.year() / wanted.month() / last);
}

namespace {

Permitted period_holds(const ReleaseLogExtract& command, const Context& context) {
    const auto dates = Days(std::nullopt, context.today)
                           .not_in_future("until", command.until())
                           .not_before("until", command.until(), parse_date(command.from()),
                                       "casework.extract_ends_before_it_begins")
                           .result();
    if (!dates) return dates;
    const auto earliest = two_years_before(context.today);
    if (*parse_date(command.from()) < earliest && command.special_reason().empty())
        return reject(Reason::Invalid, "casework.extract_older_than_two_years",
                      {{"earliest", to_string(earliest)}}, "special_reason");
    return permitted();
}

Permitted withholding_holds(const ReleaseLogExtract& command) {
    if (command.withheld().empty()) return permitted();
    if (command.ground().empty())
        return reject(Reason::Invalid, "casework.withholding_needs_a_ground", {}, "ground");
    std::set<std::uint64_t> positions;
    for (int i = 0; i < command.withheld_size(); ++i) {
        const auto position = command.withheld(i).position();
        if (position > command.reviewed_to() || !positions.insert(position).second)
            return reject(Reason::Invalid, "casework.withheld_entry_unknown", {},
                          "withheld[" + std::to_string(i) + "].position");
    }
    return permitted();
}

}  // namespace

Result<Events> rule(const Casework& work, const ReleaseLogExtract& command, const Context& context) {
    if (auto period = period_holds(command, context); !period) return tl::unexpected(period.error());
    if (auto withheld = withholding_holds(command); !withheld) return tl::unexpected(withheld.error());
    if (auto minor = spares_the_minor(work, command.recipient_role(), command.banned_parts_left_out());
        !minor)
        return tl::unexpected(minor.error());
    auto event = accepted<LogExtractReleased>(command);
    event.set_extract_id("e" + std::to_string(work.log_extracts + 1));
    event.set_released_on(to_string(context.today));
    return events(std::move(event));
}

}  // namespace vastine::domain::casework
