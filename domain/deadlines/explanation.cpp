#include "domain/deadlines/explanation.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "domain/calendar/days_off.hpp"
#include "domain/deadlines/due_date.hpp"

namespace vastine::domain {

namespace {

using Args = std::map<std::string, std::string>;

// 27.3.2026, den 27 mars 2026, 27 March 2026.
std::string written(Date date, Language language) {
    using Names = std::array<std::string_view, 12>;
    static constexpr Names swedish{"januari", "februari", "mars",      "april",   "maj",      "juni",
                                   "juli",    "augusti",  "september", "oktober", "november", "december"};
    static constexpr Names english{"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
    const std::chrono::year_month_day parts(date);
    const auto day = std::to_string(static_cast<unsigned>(parts.day()));
    const auto month = static_cast<unsigned>(parts.month());
    const auto year = std::to_string(static_cast<int>(parts.year()));
    if (language == Language::Finnish) return day + '.' + std::to_string(month) + '.' + year;
    const std::string name(language == Language::Swedish ? swedish.at(month - 1) : english.at(month - 1));
    return (language == Language::Swedish ? "den " : "") + day + ' ' + name + ' ' + year;
}

// A day whose sealed part is gone is not known any more.
std::string written(std::optional<Date> date, Language language) {
    return date ? written(*date, language) : text("clock.day_unknown", language);
}
std::string written(const std::string& date, Language language) {
    return written(parse_date(date), language);
}

// "28 päivää"; always in figures.
std::string period(std::uint32_t count, std::string_view unit, Language language) {
    struct Names {
        std::string_view unit;
        std::string_view one;
        std::string_view many;
    };
    static constexpr std::array names{
        Names{"day", "clock.period.day", "clock.period.days"},
        Names{"week", "clock.period.week", "clock.period.weeks"},
        Names{"month", "clock.period.month", "clock.period.months"},
        Names{"year", "clock.period.year", "clock.period.years"},
        Names{"working-day", "clock.period.working_day", "clock.period.working_days"},
    };
    const auto found = std::ranges::find(names, unit, &Names::unit);
    const Args args{{"count", std::to_string(count)}};
    if (found == names.end()) return std::to_string(count) + ' ' + std::string(unit);
    return text(count == 1 ? found->one : found->many, language, args);
}

// A day off is called by the calendar's name for it, a closing day by the organisation's own.
std::string name_of(const std::string& name, Language language, const Reference& reference) {
    const auto id = "day_off." + name;
    if (has_text(id)) return text(id, language);
    for (const auto* closing : reference.closing_days())
        if (closing->closing_day_id() == name) return in_language(closing->name(), language);
    return name;
}

// A day off by act 150/1930, and not one on which the organisation closes by itself.
bool of_the_act(std::string_view name) {
    return std::ranges::any_of(finnish_days_off().rules,
                               [&](const DayOffRule& rule) { return rule.name == name; });
}

class Explanation {
public:
    Explanation(const casework::DueItem& item, Language language, const Reference& reference)
        : item_(item), due_(item.due), language_(language), reference_(reference) {}

    std::vector<std::string> lines() {
        if (due_.due_by().empty()) return {};
        if (due_.count() == 0) {
            said();
        } else {
            counted();
        }
        if (!due_.closes_at().empty()) say("clock.closes", {{"time", time_of_day()}});
        if (item_.paused_on) say("clock.waits", {{"on", written(*item_.paused_on, language_)}});
        if (!item_.calendar_due_by.empty())
            say("clock.by_calendar", {{"due_by", written(item_.calendar_due_by, language_)}});
        return std::move(lines_);
    }

private:
    void say(std::string_view id, const Args& args) { lines_.push_back(text(id, language_, args)); }

    // Before any pause was credited.
    [[nodiscard]] std::optional<Date> uncredited() const {
        auto end = parse_date(due_.counted_to().empty() ? due_.due_by() : due_.counted_to());
        if (end) *end -= std::chrono::days(due_.credited_days());
        return end;
    }

    void said() {
        static const std::map<std::string, std::string_view, std::less<>> words{
            {"letter", "clock.said_by_authority"},
            {"agreement", "clock.agreed"},
            {"asking", "clock.said_when_asking"},
            {"extension", "clock.extended_until"},
        };
        const Args args{{"due_by", written(uncredited(), language_)},
                        {"on", written(due_.start_on(), language_)},
                        {"policy", due_.policy()},
                        {"version", std::to_string(due_.policy_version())}};
        const auto found = words.find(due_.runs_from());
        if (found != words.end()) {
            say(found->second, args);
        } else {
            // Dates written before they told how they came about still name their rule.
            say(due_.policy().empty() ? "clock.imported" : "clock.unrecorded", args);
        }
        credit();
        if (!due_.passed_over().empty()) end();
    }

    void counted() {
        static const std::map<std::string, std::string_view, std::less<>> starts{
            {"arrival", "clock.from_arrival"},
            {"reopening", "clock.from_reopening"},
            {"asking", "clock.from_asking"},
            {"receipt", "clock.from_receipt"},
        };
        const auto start = starts.find(due_.runs_from());
        say(start == starts.end() ? "clock.from_day" : start->second,
            {{"on", written(due_.start_on(), language_)}});
        rule();
        say("clock.counted", {{"end", written(uncredited(), language_)}});
        skipped();
        credit();
        end();
    }

    void rule() {
        const auto* policy = reference_.policy_version(due_.policy(), due_.policy_version());
        Args args{{"policy", due_.policy()},
                  {"version", std::to_string(due_.policy_version())},
                  {"period", period(due_.count(), due_.unit(), language_)}};
        if (policy == nullptr || policy->given.ground().empty()) return say("clock.rule", args);
        args.emplace("ground", policy->given.ground());
        say("clock.rule_with_ground", args);
    }

    // Of working days: the days off among them. Weekends are only counted, for there is one in every week.
    void skipped() {
        const auto counted_to = uncredited();
        std::string named;
        unsigned weekends = 0;
        for (const auto& passed : due_.passed_over()) {
            const auto on = parse_date(passed.on());
            if (!on || !counted_to || *on >= *counted_to) continue;
            if (passed.name() == "saturday" || passed.name() == "sunday") {
                ++weekends;
            } else {
                append(named, passed);
            }
        }
        if (weekends != 0) say("clock.left_out_weekends", {{"count", std::to_string(weekends)}});
        if (!named.empty()) say("clock.left_out", {{"days", named}});
    }

    void credit() {
        if (due_.credited_days() == 0) return;
        say("clock.credited", {{"period", period(due_.credited_days(), "day", language_)},
                               {"end", written(due_.counted_to(), language_)}});
    }

    // The move at the end, or that there was none.
    void end() {
        std::string days;
        bool by_law = due_.calendar().empty() || due_.calendar() == "fi";
        for (const auto& passed : due_.passed_over()) {
            if (passed.on() < due_.counted_to()) continue;
            append(days, passed);
            by_law = by_law && of_the_act(passed.name());
        }
        const Args args{{"days", days}, {"due_by", written(due_.due_by(), language_)}};
        if (days.empty()) return say("clock.is_working_day", args);
        say(by_law ? "clock.moved_by_law" : "clock.moved", args);
    }

    void append(std::string& list, const DayPassed& passed) {
        if (!list.empty()) list += ", ";
        list += name_of(passed.name(), language_, reference_) + ' ' + written(passed.on(), language_);
    }

    [[nodiscard]] std::string time_of_day() const {
        std::string time = due_.closes_at();
        if (language_ != Language::English) std::ranges::replace(time, ':', '.');
        return time;
    }

    const casework::DueItem& item_;
    const Due& due_;
    Language language_;
    const Reference& reference_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> why(const casework::DueItem& item, Language language, const Reference& reference) {
    return Explanation(item, language, reference).lines();
}

std::string told(const casework::ClockStep& step, Language language) {
    static const std::map<std::string, std::string_view, std::less<>> words{
        {"started", "clock.told.started"},       {"paused", "clock.told.paused"},
        {"resumed", "clock.told.resumed"},       {"extended", "clock.told.extended"},
        {"recomputed", "clock.told.recomputed"}, {"corrected", "clock.told.corrected"},
        {"satisfied", "clock.told.satisfied"},   {"missed", "clock.told.missed"},
    };
    const auto found = words.find(step.what);
    if (found == words.end()) return step.what;
    auto id = found->second;
    if (step.what == "resumed" && step.days == 0) id = "clock.told.resumed_uncredited";
    return text(id, language,
                {{"on", written(step.on, language)},
                 {"due_by", written(step.due_by, language)},
                 {"days", period(step.days, "day", language)}});
}

}  // namespace vastine::domain
