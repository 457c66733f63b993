#include "projections/kept.hpp"

#include <fmt/format.h>

#include <set>

#include "domain/cases/kinds.hpp"
#include "projections/case_index.hpp"
#include "projections/destruction_shelf.hpp"
#include "projections/rows.hpp"

namespace vastine::projections {

namespace {

using domain::Area;
using domain::Date;
using domain::retention::Handling;

store::AccessArea access_area(Area area) {
    return area == Area::Ombudsman ? store::AccessArea::Ombudsman : store::AccessArea::Legal;
}

std::string_view prefix_of(Area area) {
    return area == Area::Ombudsman ? "access-ombudsman-" : "access-legal-";
}

// Months of the log are those of UTC; the last hours of one are the next day in Finland already.
Date last_day_of(std::chrono::year_month month) {
    const store::Instant end = std::chrono::sys_days((month + std::chrono::months(1)) / 1);
    return domain::helsinki_date(end - std::chrono::microseconds(1));
}

// Cases folded to the end, each once however many others are merged into it.
class Handled {
public:
    Handled(const ReadModel& model, const store::EventStore& events) : model_(model), events_(events) {}

    // Nothing: no such case, or its key is gone.
    [[nodiscard]] std::optional<Handling> of(std::string_view case_id) {
        auto handling = alone(case_id);
        if (!handling) return handling;
        // A chain of merges ends; one that was made to go round must not hold up the rest.
        std::set<std::string, std::less<>> met{std::string(case_id)};
        auto next = handling->merged_into;
        while (!next.empty() && met.insert(next).second) {
            const auto other = alone(next);
            if (!other) break;
            next = other->merged_into;
            handling = domain::retention::with_other(std::move(*handling), *other);
        }
        return handling;
    }

private:
    const std::optional<Handling>& alone(std::string_view case_id) {
        const auto known = known_.find(case_id);
        if (known != known_.end()) return known->second;
        return known_.emplace(std::string(case_id), folded(case_id)).first->second;
    }

    [[nodiscard]] std::optional<Handling> folded(std::string_view case_id) const {
        const auto stream = model_.read([&](const Views& views) { return stream_of_case(views, case_id); });
        if (!stream) return std::nullopt;
        auto state = domain::initial(*domain::kind_of_stream(stream->value));
        std::uint64_t version = 0;
        bool gone = false;
        events_.read_stream(*stream, {}, [&](const store::Record& record) {
            const auto opened = events_.open(record, store::Depth::Details);
            gone = opened.key_gone;
            if (gone) return false;
            domain::evolve(state, *opened.event);
            version = record.version.value;
            return true;
        });
        if (gone || version == 0) return std::nullopt;
        return domain::retention::handling(*domain::work(state), version);
    }

    const ReadModel& model_;
    const store::EventStore& events_;
    std::map<std::string, std::optional<Handling>, std::less<>> known_;
};

// The cases that each of these months tells of. One pass over the log's part that holds them.
std::map<std::chrono::year_month, std::set<std::string>> told_of(
    const store::AccessLog& log, Area area, const std::set<std::chrono::year_month>& months) {
    std::map<std::chrono::year_month, std::set<std::string>> told;
    if (months.empty()) return told;
    log.read(access_area(area), {}, [&](const store::Record& record, const PersonalDataRead& entry) {
        const auto id = parse_log_month(record.stream.value);
        if (id && months.contains(id->month)) {
            told[id->month].insert(entry.case_ids().begin(), entry.case_ids().end());
        }
        const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(record.recorded_at));
        return day.year() / day.month() <= *months.rbegin() + std::chrono::months(1);
    });
    return told;
}

Handling handling_of(Area area, std::chrono::year_month month, const std::set<std::string>& tells_of,
                     Handled& cases) {
    domain::retention::LogMonth of{area, last_day_of(month), {}};
    for (const auto& id : tells_of) {
        if (auto handling = cases.of(id)) of.tells_of.push_back(std::move(*handling));
    }
    return domain::retention::handling(of);
}

std::vector<std::string> cases_of(const Views& views, Area area) {
    std::vector<std::string> ids;
    for (std::uint32_t row = 0; row < views.cases->size(); ++row) {
        const auto& entry = views.cases->entry(row);
        if (!entry.key_gone && domain::area_of(entry.kind) == area) ids.push_back(views.cases->case_id(row));
    }
    return ids;
}

}  // namespace

std::string to_string(const LogMonthId& id) {
    return fmt::format("{}{:04}-{:02}", prefix_of(id.area), static_cast<int>(id.month.year()),
                       static_cast<unsigned>(id.month.month()));
}

std::optional<LogMonthId> parse_log_month(std::string_view item_id) {
    for (const auto area : {Area::Ombudsman, Area::Legal}) {
        const auto prefix = prefix_of(area);
        if (!item_id.starts_with(prefix)) continue;
        const auto first = domain::parse_date(std::string(item_id.substr(prefix.size())) + "-01");
        if (!first) return std::nullopt;
        const std::chrono::year_month_day day(*first);
        return LogMonthId{area, day.year() / day.month()};
    }
    return std::nullopt;
}

std::optional<store::StreamId> stream_of_case(const Views& views, std::string_view case_id) {
    const auto row = views.cases->row_of(case_id);
    if (!row) return std::nullopt;
    return stream_of(views, *row);
}

Kept::FallingDue Kept::falling_due(Area area, int year, Date today) const {
    struct Basis {
        std::vector<std::string> cases;
        std::set<std::string> spoken_for;
        domain::Reference reference;
        store::Position position;
    };
    const auto basis = model_.read([&](const Views& views) {
        return Basis{cases_of(views, area), views.destructions->spoken_for(area), views.reference,
                     views.position};
    });
    FallingDue due;
    due.position = basis.position;
    const auto consider = [&](const std::string& id, const Handling& handling) {
        if (basis.spoken_for.contains(id)) return;
        if (auto item = domain::retention::item_of(id, handling, basis.reference, year, today))
            due.items.push_back(std::move(*item));
    };
    Handled cases(model_, store_.events());
    for (const auto& id : basis.cases) {
        if (const auto handling = cases.of(id)) consider(id, *handling);
    }
    // What a log tells of can only keep it longer: the others need not be read.
    std::set<std::chrono::year_month> old;
    for (const auto month : store_.access().months(access_area(area))) {
        const auto alone = domain::retention::handling({area, last_day_of(month), {}});
        if (domain::retention::item_of(to_string({area, month}), alone, basis.reference, year, today))
            old.insert(month);
    }
    auto told = told_of(store_.access(), area, old);
    for (const auto month : old)
        consider(to_string({area, month}), handling_of(area, month, told[month], cases));
    return due;
}

Kept::Handlings Kept::now(Area area, const std::vector<std::string>& item_ids) const {
    Handlings all;
    Handled cases(model_, store_.events());
    std::set<std::chrono::year_month> months;
    for (const auto& id : item_ids) {
        if (const auto month = parse_log_month(id)) {
            months.insert(month->month);
        } else if (auto handling = cases.of(id)) {
            all.emplace(id, std::move(*handling));
        }
    }
    if (months.empty()) return all;
    auto told = told_of(store_.access(), area, months);
    for (const auto month : store_.access().months(access_area(area))) {
        if (months.contains(month))
            all.emplace(to_string({area, month}), handling_of(area, month, told[month], cases));
    }
    return all;
}

}  // namespace vastine::projections
