#include "domain/calendar/explanation.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace vastine::domain {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

// "pe 3.4.2026 (pitkäperjantai), la 4.4.2026 (lauantai)"
std::string list_of(const std::vector<DayOff>& days, Language language) {
    std::string list;
    for (const DayOff& day : days) {
        if (!list.empty()) list += ", ";
        list += written(day.date, language) + " (" + name_of(day, language) + ')';
    }
    return list;
}

bool weekend(const DayOff& day) {
    return day.name == "saturday" || day.name == "sunday";
}

// Weekends only by their number: a month of working days has eight of them.
std::vector<std::string> skipped_in_words(const std::vector<DayOff>& skipped, Language language) {
    std::vector<DayOff> named;
    std::ranges::remove_copy_if(skipped, std::back_inserter(named), weekend);
    std::vector<std::string> lines;
    if (!named.empty())
        lines.push_back(text("calendar.explained.skipped", language, {{"days", list_of(named, language)}}));
    if (const std::size_t weekends = skipped.size() - named.size(); weekends > 0)
        lines.push_back(text("calendar.explained.weekends", language, {{"count", std::to_string(weekends)}}));
    return lines;
}

// The end has another day number than the start only where the month is shorter.
bool clipped(const Counted& counted) {
    const PeriodUnit unit = counted.period.unit;
    if (unit != PeriodUnit::Month && unit != PeriodUnit::Year) return false;
    return std::chrono::year_month_day(counted.start).day() !=
           std::chrono::year_month_day(counted.counted_to).day();
}

std::string move_in_words(const Counted& counted, Language language) {
    const std::string days = list_of(counted.moved_over, language);
    // An organisation's own days are no matter of the act.
    const bool own =
        std::ranges::any_of(counted.moved_over, [](const DayOff& day) { return day.name == "closing_day"; });
    if (own || !find_calendar(counted.calendar))
        return text("calendar.explained.moved", language, {{"days", days}});
    const std::string ground = text("calendar.ground." + std::string(counted.calendar), language);
    return text("calendar.explained.moved_by_law", language, {{"days", days}, {"ground", ground}});
}

}  // namespace

std::string day_off_name(std::string_view rule, Language language) {
    return text("day_off." + std::string(rule), language);
}

std::string name_of(const DayOff& day, Language language) {
    const std::string& reason = in_language(day.reason, language);
    return reason.empty() ? day_off_name(day.name, language) : reason;
}

std::string written(Date date, Language language) {
    const std::chrono::weekday weekday(date);
    const std::string name =
        text("calendar.weekday." + std::string(weekdays[weekday.c_encoding()]), language);
    if (language == Language::English) return name + ' ' + to_string(date);
    const std::chrono::year_month_day parts(date);
    return name + ' ' + std::to_string(static_cast<unsigned>(parts.day())) + '.' +
           std::to_string(static_cast<unsigned>(parts.month())) + '.' +
           std::to_string(static_cast<int>(parts.year()));
}

std::string written(const Period& period, Language language) {
    return text(
        "calendar.period." + std::string(code_of(period.unit)) + (period.count == 1 ? ".one" : ".many"),
        language, {{"count", std::to_string(period.count)}});
}

std::vector<std::string> explain(const Counted& counted, Language language) {
    std::vector<std::string> lines;
    lines.push_back(text("calendar.explained.start", language, {{"date", written(counted.start, language)}}));
    for (std::string& line : skipped_in_words(counted.skipped, language)) lines.push_back(std::move(line));
    lines.push_back(text(
        "calendar.explained.counted", language,
        {{"period", written(counted.period, language)}, {"date", written(counted.counted_to, language)}}));
    if (clipped(counted)) lines.push_back(text("calendar.explained.clipped", language));
    if (!counted.moved_over.empty()) lines.push_back(move_in_words(counted, language));
    lines.push_back(text("calendar.explained.end", language, {{"date", written(counted.ends_on, language)}}));
    return lines;
}

}  // namespace vastine::domain
