#include "domain/retention/falls_due.hpp"

#include <algorithm>
#include <chrono>

#include "domain/calendar/days_off.hpp"
#include "domain/calendar/explanation.hpp"
#include "domain/calendar/period.hpp"

namespace vastine::domain::retention {

namespace {

constexpr std::chrono::days one_day{1};

Date years_from(Date start, std::uint32_t years) {
    static const WorkingDays finnish(finnish_days_off());
    return unmoved_end_of({years, PeriodUnit::Year}, start, finnish);
}

// Has it gone on for so long that it would be destroyed by now, had it ended at once?
bool outlived(const Handling& of, const RetentionSchedule& schedule, Date today) {
    return of.begun_on && !schedule.given.permanent() &&
           years_from(*of.begun_on, schedule.given.years()) < today;
}

void take_schedule(Assessment& assessment, const RetentionSchedule* schedule) {
    if (schedule != nullptr) assessment.schedule = *schedule;
}

Assessment of_unended(const Handling& of, const Reference& reference, Date today) {
    Assessment assessment;
    const auto* schedule = reference.retention(of.subject, today, today);
    take_schedule(assessment, schedule);
    if (schedule != nullptr && outlived(of, *schedule, today)) assessment.standing = Standing::NeverEnded;
    return assessment;
}

Standing after_last_day(const Handling& of, const SetRetention& schedule, Date today) {
    if (casework::hold(of.holds, today) != nullptr) return Standing::Held;
    if (of.inquiry_open) return Standing::Asked;
    return schedule.permanent() ? Standing::ToArchive : Standing::Due;
}

// The first day on which an item could go: today, or the day after the last one of keeping.
Date day_of_destruction(Date last_day, Date today) {
    return std::max(today, last_day + one_day);
}

// Why something whose time is over on that day is held back all the same; empty: it is not.
std::string_view kept_by(const Handling& of, Date on) {
    if (casework::hold(of.holds, on) != nullptr) return "hold";
    return of.inquiry_open ? "inquiry" : "";
}

std::string_view undated(Standing standing) {
    switch (standing) {
        case Standing::NeverEnded:
            return "never-ended";
        case Standing::EndUnknown:
            return "end-unknown";
        case Standing::NoSchedule:
            return "no-schedule";
        default:
            return "";
    }
}

}  // namespace

// ---- what is kept ----

std::string_view subject_of(Kind kind) {
    switch (kind) {
        case REMINDER:
            return "reminder";
        case COMPLAINT:
            return "complaint";
        case AUTHORITY_REQUEST:
            return "authority-request";
        case CONTACT:
            return "contact";
        default:
            return "";
    }
}

std::string_view log_subject(Area area) {
    return area == Area::Ombudsman ? "access-log-ombudsman" : "access-log-legal";
}

Handling handling(const casework::Casework& work, std::uint64_t version) {
    Handling of;
    of.subject = subject_of(work.kind);
    of.version = version;
    of.begun_on = work.arrived_on;
    if (const auto* end = casework::ended(work)) {
        of.ended = true;
        of.ended_on = end->on;
    }
    of.holds = work.holds;
    of.inquiry_open = casework::open_inquiry(work) != nullptr;
    of.documents = work.documents;
    of.merged_into = work.merged_into;
    return of;
}

Handling with_other(Handling merged, const Handling& other) {
    merged.ended = merged.ended && other.ended;
    if (!merged.ended || !other.ended_on) merged.ended_on.reset();
    if (merged.ended_on) merged.ended_on = std::max(*merged.ended_on, *other.ended_on);
    merged.holds.insert(merged.holds.end(), other.holds.begin(), other.holds.end());
    return merged;
}

Handling handling(const LogMonth& month) {
    Handling of;
    of.subject = log_subject(month.area);
    of.begun_on = month.last_day;
    of.ended = true;
    of.ended_on = month.last_day;
    for (const auto& one : month.tells_of) {
        of.holds.insert(of.holds.end(), one.holds.begin(), one.holds.end());
        if (month.area != Area::Ombudsman) continue;
        of.ended = of.ended && one.ended;
        if (!of.ended || !one.ended_on) of.ended_on.reset();
        if (of.ended_on) of.ended_on = std::max(*of.ended_on, *one.ended_on);
    }
    return of;
}

// ---- when it falls due ----

Assessment assess(const Handling& of, const Reference& reference, Date today) {
    if (!of.ended) return of_unended(of, reference, today);
    Assessment assessment;
    assessment.ended_on = of.ended_on;
    if (!of.ended_on) {
        assessment.standing = Standing::EndUnknown;
        return assessment;
    }
    take_schedule(assessment, reference.retention(of.subject, *of.ended_on, today));
    if (!assessment.schedule) {
        assessment.standing = Standing::NoSchedule;
        return assessment;
    }
    const auto& schedule = assessment.schedule->given;
    assessment.last_day = years_from(*of.ended_on, schedule.years());
    if (const auto* hold = casework::hold(of.holds, day_of_destruction(*assessment.last_day, today)))
        assessment.held_until = hold->until;
    assessment.standing =
        today <= *assessment.last_day ? Standing::Kept : after_last_day(of, schedule, today);
    return assessment;
}

// ---- in words ----

namespace {

std::string_view words_of(const Assessment& assessment) {
    const bool permanent = assessment.schedule && assessment.schedule->given.permanent();
    switch (assessment.standing) {
        case Standing::GoesOn:
            return "retention.goes_on";
        case Standing::NeverEnded:
            return "retention.never_ended";
        case Standing::EndUnknown:
            return "retention.end_unknown";
        case Standing::NoSchedule:
            return "retention.no_schedule";
        case Standing::Kept:
            return permanent ? "retention.then_to_archive" : "retention.then_destroyed";
        case Standing::Held:
            return assessment.held_until ? "retention.held_until" : "retention.held";
        case Standing::Asked:
            return "retention.asked";
        case Standing::Due:
            return "retention.due";
        case Standing::ToArchive:
            return "retention.to_archive";
    }
    return "retention.goes_on";
}

}  // namespace

std::vector<std::string> why(const Assessment& assessment, Language language) {
    std::vector<std::string> lines;
    const auto day = [&](const std::optional<Date>& date) {
        return date ? written(*date, language) : std::string();
    };
    if (assessment.ended_on)
        lines.push_back(text("retention.ended", language, {{"date", day(assessment.ended_on)}}));
    if (assessment.schedule) {
        const auto& given = assessment.schedule->given;
        if (given.permanent()) {
            lines.push_back(text("retention.kept_for_ever", language,
                                 {{"order", given.archive_order()}, {"ground", given.ground()}}));
        } else {
            lines.push_back(text("retention.kept_for", language,
                                 {{"years", std::to_string(given.years())}, {"ground", given.ground()}}));
        }
    }
    lines.push_back(text(words_of(assessment), language,
                         {{"last_day", day(assessment.last_day)},
                          {"from", assessment.last_day ? day(*assessment.last_day + one_day) : std::string()},
                          {"until", day(assessment.held_until)}}));
    return lines;
}

// ---- the year's list ----

std::optional<DestructionItem> item_of(std::string item_id, const Handling& of, const Reference& reference,
                                       int year, Date today) {
    const auto assessment = assess(of, reference, today);
    auto held_back = undated(assessment.standing);
    if (assessment.last_day) {
        const auto goes_on = day_of_destruction(*assessment.last_day, today);
        if (year_of(*assessment.last_day + one_day) > year) return std::nullopt;
        held_back = kept_by(of, goes_on);
    } else if (held_back.empty()) {
        return std::nullopt;
    }
    DestructionItem item;
    item.set_item_id(std::move(item_id));
    item.set_subject(of.subject);
    if (assessment.ended_on) {
        item.set_ended_month(month_of(*assessment.ended_on));
        item.set_ended_on(to_string(*assessment.ended_on));
    }
    if (assessment.last_day) item.set_last_day(to_string(*assessment.last_day));
    if (assessment.schedule) {
        item.set_schedule_version(assessment.schedule->version);
        item.set_years(assessment.schedule->given.years());
        item.set_permanent(assessment.schedule->given.permanent());
    }
    item.set_case_version(of.version);
    item.set_documents(of.documents);
    item.set_held_back(std::string(held_back));
    return item;
}

Recheck recheck(const DestructionItem& item, const Handling& now, const Reference& reference, Date today) {
    const auto listed_end = parse_date(item.ended_on());
    if (!now.ended || (now.ended_on && listed_end && *now.ended_on > *listed_end))
        return {Step::HoldBack, "reopened"};
    const auto assessment = assess(now, reference, today);
    const auto listed_last_day = parse_date(item.last_day());
    if (listed_last_day) {
        const auto kept = kept_by(now, day_of_destruction(*listed_last_day, today));
        if (!kept.empty()) return {Step::HoldBack, kept};
    }
    if (now.documents > item.documents()) return {Step::HoldBack, "late-document"};
    const bool same_time = assessment.last_day && assessment.last_day == listed_last_day &&
                           assessment.schedule && !assessment.schedule->given.permanent();
    if (now.subject != item.subject() || now.version != item.case_version() || !same_time)
        return {Step::HoldBack, "changed"};
    return {today <= *assessment.last_day ? Step::Wait : Step::Destroy, {}};
}

}  // namespace vastine::domain::retention
