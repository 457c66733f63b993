#pragma once
// Dates and times as other systems write them.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/calendar/date.hpp"

namespace vastine::api::import {

struct Moment {
    domain::Date day;                   // in the zone whose days are stored
    std::optional<domain::Instant> at;  // nothing when only a date was given
};

// Formats are those of the date library (%F, %T, %Ez ...). A time without an offset is in `zone`;
// where a clock was put back, the earlier of the two. Throws std::invalid_argument for a format or a
// zone that is not known.
class MomentReader {
public:
    MomentReader(const std::vector<std::string>& formats, const std::string& zone,
                 const std::string& day_zone);
    ~MomentReader();
    MomentReader(MomentReader&&) noexcept;
    MomentReader& operator=(MomentReader&&) noexcept;

    // Nothing when no format takes the whole text, or when the time does not exist in the zone.
    [[nodiscard]] std::optional<Moment> read(std::string_view text) const;

    [[nodiscard]] static const std::vector<std::string>& usual_formats();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api::import
