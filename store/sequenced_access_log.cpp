#include "store/sequenced_access_log.hpp"

#include <fmt/format.h>

#include <cassert>
#include <chrono>
#include <optional>

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

StreamId stream_of(AccessArea area, std::chrono::year_month month) {
    return StreamId{fmt::format("{}{:04}-{:02}", prefix(area), static_cast<int>(month.year()),
                                static_cast<unsigned>(month.month()))};
}
std::chrono::year_month month_of(Instant at) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    return day.year() / day.month();
}

}  // namespace

void SequencedAccessLog::record(AccessArea area, Instant at, const PersonalDataRead& entry) {
    log_.append_next(stream_of(area, month_of(at)), wrap_area(area), at, entry);
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

std::vector<std::chrono::year_month> SequencedAccessLog::months(AccessArea area) const {
    const auto head = log_.head().position;
    if (head.value == 0) return {};
    std::optional<std::chrono::year_month> first;
    log_.read_log({}, Position{1}, [&](const Record& record) {
        first = month_of(record.recorded_at);
        return false;
    });
    std::chrono::year_month last = *first;
    log_.read_log(Position{head.value - 1}, head, [&](const Record& record) {
        last = month_of(record.recorded_at);
        return false;
    });
    std::vector<std::chrono::year_month> all;
    // An entry is of the month of its own instant, which may be one before that of the log's time.
    for (auto month = *first - std::chrono::months(1); month <= last; month += std::chrono::months(1)) {
        const auto stream = stream_of(area, month);
        if (log_.version(stream).value > 0 && !log_.key_destroyed(stream)) all.push_back(month);
    }
    return all;
}

std::optional<KeyId> SequencedAccessLog::destroy(AccessArea area, std::chrono::year_month month) {
    const auto stream = stream_of(area, month);
    // Whoever still has an entry for it goes first.
    while (true) {
        const auto version = log_.version(stream);
        if (version.value == 0) return std::nullopt;
        if (const auto key = log_.destroy_keys({{stream, version}}).front()) return *key;
    }
}

}  // namespace vastine::store
