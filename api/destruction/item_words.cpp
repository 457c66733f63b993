#include "api/destruction/item_words.hpp"

#include <algorithm>

#include "domain/calendar/explanation.hpp"
#include "domain/retention/falls_due.hpp"

namespace vastine::api {

namespace {

using domain::destruction::Fate;
using domain::destruction::Item;
using domain::retention::Assessment;
using domain::retention::Standing;

struct Undated {
    std::string_view held_back;
    Standing standing;
};
constexpr Undated undated[] = {{"never-ended", Standing::NeverEnded},
                               {"end-unknown", Standing::EndUnknown},
                               {"no-schedule", Standing::NoSchedule},
                               {"hold", Standing::Held},
                               {"inquiry", Standing::Asked}};

Standing standing_of(const Item& item, const Assessment& assessment, domain::Date today) {
    const auto* const known = std::ranges::find(undated, item.held_back, &Undated::held_back);
    if (known != std::end(undated)) return known->standing;
    if (assessment.last_day && today <= *assessment.last_day) return Standing::Kept;
    return item.given.permanent() ? Standing::ToArchive : Standing::Due;
}

const domain::RetentionSchedule* schedule_of(const Item& item, const domain::Reference& reference) {
    const auto versions = reference.retention_versions(item.given.subject());
    const auto found =
        std::ranges::find(versions, item.given.schedule_version(), &domain::RetentionSchedule::version);
    return found == versions.end() ? nullptr : *found;
}

// Said by the rule itself, of what was found when the list was made or when the item was checked.
bool said_by_code(const Item& item) {
    return item.fate == Fate::HeldBack &&
           std::ranges::find(undated, item.held_back, &Undated::held_back) == std::end(undated);
}

}  // namespace

std::vector<std::string> words_of(const Item& item, const domain::Reference& reference, domain::Date today,
                                  domain::Language language) {
    Assessment assessment;
    assessment.ended_on = domain::parse_date(item.given.ended_on());
    assessment.last_day = domain::parse_date(item.given.last_day());
    if (const auto* schedule = schedule_of(item, reference)) assessment.schedule = *schedule;
    assessment.standing = standing_of(item, assessment, today);
    auto lines = domain::retention::why(assessment, language);
    if (item.fate == Fate::Destroyed) {
        lines.back() =
            domain::text("destruction.was_destroyed", language,
                         {{"date", domain::written(domain::helsinki_date(item.destroyed_at), language)},
                          {"final", domain::written(*domain::parse_date(item.final_on), language)}});
    } else if (item.fate == Fate::Withheld) {
        lines.back() = domain::text("destruction.was_withheld", language);
    } else if (said_by_code(item)) {
        const auto* code = reference.code("held_back", item.held_back);
        lines.back() = code == nullptr ? item.held_back : domain::in_language(code->name(), language) + ".";
    }
    return lines;
}

std::string_view code_of(Fate fate) {
    switch (fate) {
        case Fate::Waiting:
            return "waiting";
        case Fate::ToArchive:
            return "to-archive";
        case Fate::Withheld:
            return "withheld";
        case Fate::HeldBack:
            return "held-back";
        case Fate::Cleared:
            return "cleared";
        case Fate::Destroyed:
            return "destroyed";
    }
    return "waiting";
}

}  // namespace vastine::api
