#include "api/calendar_feed/calendar.hpp"

#include <libical/ical.h>

#include <map>
#include <memory>
#include <stdexcept>

#include "domain/cases/kinds.hpp"

namespace vastine::api {

namespace {

using domain::text;

// How often a calendar asks again, as far as it heeds what is said.
constexpr const char* refresh_every = "PT1H";
constexpr int seconds_a_day = 24 * 60 * 60;
constexpr int alarm_hour = 9;
// As the work list warns: the last seven days, where a policy has no mark of its own.
constexpr std::chrono::days warn_without_mark{7};

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

Component component(icalcomponent_kind kind) {
    Component made(icalcomponent_new(kind));
    if (!made) throw std::bad_alloc();
    return made;
}

void extension(icalcomponent* to, const char* name, const std::string& value) {
    auto* property = icalproperty_new_x(value.c_str());
    icalproperty_set_x_name(property, name);
    icalcomponent_add_property(to, property);
}

icaltimetype day(domain::Date date) {
    const std::chrono::year_month_day parts(date);
    auto time = icaltime_null_date();
    time.year = static_cast<int>(parts.year());
    time.month = static_cast<int>(static_cast<unsigned>(parts.month()));
    time.day = static_cast<int>(static_cast<unsigned>(parts.day()));
    return time;
}

icaltimetype instant(store::Instant at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    return icaltime_from_timet_with_zone(seconds, 0, icaltimezone_get_utc_timezone());
}

std::string kind_name(Kind kind, domain::Language language) {
    switch (kind) {
        case REMINDER:
            return text("calendar.reminder", language);
        case COMPLAINT:
            return text("calendar.complaint", language);
        case AUTHORITY_REQUEST:
            return text("calendar.authority_request", language);
        default:
            return text("calendar.contact", language);
    }
}

std::string summary(const OwnDate& date, domain::Language language) {
    auto what = text("due." + date.what, language);
    if (!date.id.empty()) what += ' ' + date.id;
    return text(date.paused ? "calendar.summary_paused" : "calendar.summary", language,
                {{"what", what}, {"kind", kind_name(date.kind, language)}});
}

// A trigger before an all-day event counts from midnight where the calendar is read.
icaltriggertype alarm_at(const OwnDate& date) {
    const auto warn_on = date.warn_on.value_or(date.due_by - warn_without_mark);
    const auto days = static_cast<int>((warn_on - date.due_by).count());
    icaltriggertype trigger{};
    trigger.time = icaltime_null_time();
    trigger.duration = icaldurationtype_from_int(days * seconds_a_day + alarm_hour * 60 * 60);
    return trigger;
}

Component event(const OwnDate& date, const std::string& uid, domain::Language language,
                std::string_view base) {
    const auto link =
        std::string(base) + "/api/v1/" + std::string(domain::entry(date.kind).path) + "/" + date.case_id;
    const auto headline = summary(date, language);
    auto description = text("calendar.description", language, {{"link", link}});
    if (date.standing_in) description += '\n' + text("calendar.standing_in", language);

    auto made = component(ICAL_VEVENT_COMPONENT);
    auto* to = made.get();
    const auto add = [&](icalproperty* property) { icalcomponent_add_property(to, property); };
    add(icalproperty_new_uid(uid.c_str()));
    // Of the last change, not of this moment: the same dates are the same bytes.
    add(icalproperty_new_dtstamp(instant(date.changed_at)));
    add(icalproperty_new_lastmodified(instant(date.changed_at)));
    add(icalproperty_new_sequence(static_cast<int>(date.version.value)));
    add(icalproperty_new_dtstart(day(date.due_by)));
    add(icalproperty_new_dtend(day(date.due_by + std::chrono::days(1))));
    add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    // Of a calendar shared with colleagues only the owner reads what it is.
    add(icalproperty_new_class(ICAL_CLASS_PRIVATE));
    add(icalproperty_new_summary(headline.c_str()));
    add(icalproperty_new_description(description.c_str()));
    add(icalproperty_new_url(link.c_str()));
    add(icalproperty_new_categories(kind_name(date.kind, language).c_str()));
    if (!date.paused) {
        auto alarm = component(ICAL_VALARM_COMPONENT);
        icalcomponent_add_property(alarm.get(), icalproperty_new_action(ICAL_ACTION_DISPLAY));
        icalcomponent_add_property(alarm.get(), icalproperty_new_trigger(alarm_at(date)));
        icalcomponent_add_property(alarm.get(), icalproperty_new_description(headline.c_str()));
        icalcomponent_add_component(to, alarm.release());
    }
    return made;
}

// A case may have two dates of a sort without ids of their own.
std::string uid_of(const OwnDate& date, std::map<std::string, int>& met) {
    auto uid = date.case_id + '.' + date.what;
    if (!date.id.empty()) uid += '.' + date.id;
    if (const int earlier = met[uid]++; earlier > 0) uid += '.' + std::to_string(earlier + 1);
    return uid + "@vastine";
}

}  // namespace

std::string calendar_text(const std::vector<OwnDate>& dates, domain::Language language,
                          std::string_view base) {
    auto calendar = component(ICAL_VCALENDAR_COMPONENT);
    auto* to = calendar.get();
    const auto name = text("calendar.name", language);
    const auto add = [&](icalproperty* property) { icalcomponent_add_property(to, property); };
    add(icalproperty_new_version("2.0"));
    add(icalproperty_new_prodid("-//Vastine//Vastine//EN"));
    add(icalproperty_new_calscale("GREGORIAN"));
    add(icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add(icalproperty_new_name(name.c_str()));
    auto* refresh = icalproperty_new_refreshinterval(icaldurationtype_from_string(refresh_every));
    icalproperty_set_parameter(refresh, icalparameter_new_value(ICAL_VALUE_DURATION));
    add(refresh);
    extension(to, "X-WR-CALNAME", name);
    extension(to, "X-PUBLISHED-TTL", refresh_every);
    std::map<std::string, int> met;
    for (const auto& date : dates) {
        icalcomponent_add_component(to, event(date, uid_of(date, met), language, base).release());
    }
    const std::unique_ptr<char, void (*)(void*)> written(icalcomponent_as_ical_string_r(to),
                                                         [](void* bytes) { icalmemory_free_buffer(bytes); });
    if (!written) throw std::bad_alloc();
    return written.get();
}

}  // namespace vastine::api
