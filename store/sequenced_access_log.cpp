#include "store/sequenced_access_log.hpp"

#include <fmt/format.h>

#include <cassert>
#include <chrono>

namespace vastine::store {
namespace {

std::string prefix(AccessArea area) {
    switch (area) {
        case AccessArea::Ombudsman:
            return "access-ombudsman-";
        case AccessArea::Legal:
            return "access-legal-";
        case AccessArea::Reference:
            return "access-reference-";
    }
    throw std::invalid_argument("an unknown access area");
}
sealing::WrapArea wrap_area(AccessArea area) {
    switch (area) {
        case AccessArea::Ombudsman:
            return sealing::WrapArea::AccessOmbudsman;
        case AccessArea::Legal:
            return sealing::WrapArea::AccessLegal;
        case AccessArea::Reference:
            return sealing::WrapArea::AccessReference;
    }
    throw std::invalid_argument("an unknown access area");
}

}  // namespace

void SequencedAccessLog::record(AccessArea area, Instant at, const PersonalDataRead& entry) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    const StreamId stream{fmt::format("{}{:04}-{:02}", prefix(area), static_cast<int>(day.year()),
                                      static_cast<unsigned>(day.month()))};
    log_.append_next(stream, wrap_area(area), at, entry);
}

void SequencedAccessLog::read(
    AccessArea area, Position after,
    const std::function<bool(const Record&, const PersonalDataRead&)>& visitor) const {
    const auto wanted = prefix(area);
    log_.read_log(after, log_.head().position, [&](const Record& record) {
        if (!record.stream.value.starts_with(wanted)) return true;
        const auto opened = log_.open(record, Depth::Everything);
        // A month whose key is destroyed has nothing to tell.
        if (opened.key_gone) return true;
        const auto* const entry = dynamic_cast<const PersonalDataRead*>(opened.event.get());
        if (entry == nullptr) throw Corruption("something else than an entry in the access log");
        return visitor(record, *entry);
    });
}

}  // namespace vastine::store
