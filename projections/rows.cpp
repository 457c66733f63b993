#include "projections/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

#include "domain/calendar/due.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/contact.pb.h"

namespace vastine::projections {

namespace {

using google::protobuf::Message;

constexpr std::size_t subject_characters = 120;
constexpr std::size_t rows_on_a_page_max = 500;

// Cut between characters, never inside one.
std::string first_characters(const std::string& text, std::size_t count) {
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (begins && characters++ == count) return text.substr(0, i);
    }
    return text;
}

const Message* part(const Message& message, const char* name) {
    const auto* field = message.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated() || field->message_type() == nullptr) return nullptr;
    if (!message.GetReflection()->HasField(message, field)) return nullptr;
    return &message.GetReflection()->GetMessage(message, field);
}

// The opening, as an event of any kind holds it, or null.
template <class Part>
const Part* part_of_event(const Message& event, const char* name) {
    const auto* given = part(event, "given");
    if (given == nullptr) return nullptr;
    if (given->GetDescriptor() == Part::descriptor()) return static_cast<const Part*>(given);
    const auto* found = part(*given, name);
    if (found == nullptr || found->GetDescriptor() != Part::descriptor()) return nullptr;
    return static_cast<const Part*>(found);
}

void show_opening(const Opening& opening, CaseRow& out) {
    out.set_diary_number(opening.diary_number());
    out.set_language(opening.language());
    out.set_subject(first_characters(opening.subject(), subject_characters));
    out.set_disclosure_banned(opening.client().disclosure_banned());
}

void show_record(const ClientRecord& record, CaseRow& out) {
    if (!record.asked().empty()) out.set_subject(first_characters(record.asked(), subject_characters));
    if (!record.language().empty()) out.set_language(record.language());
    out.set_disclosure_banned(record.client().disclosure_banned());
}

// What the record of the client says goes before what was noted at first.
void show_contact(const LogContact& contact, CaseRow& out) {
    out.set_diary_number(contact.diary_number());
    if (!contact.language().empty()) out.set_language(contact.language());
    if (contact.has_client_record()) show_record(contact.client_record(), out);
    if (!out.subject().empty()) return;
    const auto& note =
        contact.note().empty() && !contact.matters().empty() ? contact.matters(0).note() : contact.note();
    out.set_subject(first_characters(note, subject_characters));
}

std::string what_text(const Views& views, const DueEntry& due, domain::Language language) {
    auto what = domain::text("due." + views.dictionary->codes.name(due.what), language);
    const auto& id = views.dictionary->codes.name(due.id);
    if (!id.empty()) what += ' ' + id;
    return what;
}

std::string reason(const Views& views, const Pressing& pressing, Kind kind, Day on,
                   domain::Language language) {
    const auto say = [&](std::string_view id, const std::map<std::string, std::string>& args) {
        return domain::text(id, language, args);
    };
    if (pressing.idle_days > 0) {
        return say(kind == CONTACT ? "urgency.idle" : "deadlines.idle",
                   {{"days", std::to_string(pressing.idle_days)}});
    }
    if (!pressing.due || pressing.urgency == Urgency::None) return {};
    const auto& due = *pressing.due;
    const auto what = what_text(views, due, language);
    if (due.paused_on != no_day && due.paused_on < on) {
        const auto waited = std::to_string(on - due.paused_on);
        const auto left = due.due_by - due.paused_on;
        if (left < 0) {
            return say("deadlines.paused_late",
                       {{"what", what}, {"waited", waited}, {"days", std::to_string(-left)}});
        }
        return say("deadlines.paused", {{"what", what}, {"waited", waited}, {"left", std::to_string(left)}});
    }
    auto text =
        on > due.due_by    ? say("urgency.late", {{"what", what}, {"days", std::to_string(on - due.due_by)}})
        : on == due.due_by ? say("urgency.today", {{"what", what}})
                           : say("urgency.left", {{"what", what}, {"days", std::to_string(due.due_by - on)}});
    if (pressing.paused_on != no_day && due.paused_on == no_day) {
        text += ". " + domain::text("deadlines.clock_paused", language);
    }
    return text;
}

auto key_of(const Place& place) {
    constexpr auto last = std::numeric_limits<Day>::max();
    return std::tuple(place.group, -static_cast<int>(place.urgency),
                      place.due_by == no_day ? last : place.due_by,
                      place.arrived_on == no_day ? last : place.arrived_on, place.id.high, place.id.low);
}

std::string cursor_of(const Place& place) {
    return fmt::format("{:x}.{:x}.{:x}.{:x}.{:x}.{:x}", place.group, static_cast<unsigned>(place.urgency),
                       static_cast<std::uint32_t>(place.due_by), static_cast<std::uint32_t>(place.arrived_on),
                       place.id.high, place.id.low);
}

std::optional<Place> place_at(std::string_view cursor) {
    std::uint64_t numbers[6] = {};
    for (int i = 0; i < 6; ++i) {
        const auto [end, error] =
            std::from_chars(cursor.data(), cursor.data() + cursor.size(), numbers[i], 16);
        if (error != std::errc()) return std::nullopt;
        cursor.remove_prefix(static_cast<std::size_t>(end - cursor.data()));
        if (i == 5) break;
        if (!cursor.starts_with('.')) return std::nullopt;
        cursor.remove_prefix(1);
    }
    if (!cursor.empty() || numbers[0] > 255 || numbers[1] > static_cast<unsigned>(Urgency::Critical) ||
        numbers[2] > std::numeric_limits<std::uint32_t>::max() ||
        numbers[3] > std::numeric_limits<std::uint32_t>::max()) {
        return std::nullopt;
    }
    Place place;
    place.group = static_cast<std::uint8_t>(numbers[0]);
    place.urgency = static_cast<Urgency>(numbers[1]);
    place.due_by = static_cast<Day>(static_cast<std::uint32_t>(numbers[2]));
    place.arrived_on = static_cast<Day>(static_cast<std::uint32_t>(numbers[3]));
    place.id = {numbers[4], numbers[5]};
    return place;
}

}  // namespace

std::string_view kind_text(Kind kind) {
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

store::StreamId stream_of(const Views& views, std::uint32_t row) {
    return {std::string(kind_text(views.cases->entry(row).kind)) + '-' + views.cases->case_id(row)};
}

namespace {

// The last day from which the period is over by then; the end of a period never moves back as its start
// moves on.
Day idle_since(const SetPolicy& policy, Day on) {
    const auto over = [&](Day start) {
        return day_of(domain::end_of_period(domain::Date(std::chrono::days(start)), policy.target_count(),
                                            policy.target_unit())) <= on;
    };
    Day is = on - static_cast<Day>(policy.target_count()) * 366 - 7;
    Day is_not = on + 1;
    while (is_not - is > 1) {
        const Day middle = is + (is_not - is) / 2;
        (over(middle) ? is : is_not) = middle;
    }
    return is;
}

constexpr std::uint32_t idle_count_max = 3650;  // beyond, a policy means never

}  // namespace

Judging::Judging(const Views& views, Day on) : views_(views), on_(on), idle_when_last_() {
    idle_when_last_.fill(no_day);
    for (const auto& kind : domain::kinds()) {
        if (!domain::area_of(kind.kind)) continue;
        const auto* policy = views.reference.policy(std::string(kind_text(kind.kind)) + ".idle",
                                                    domain::Date(std::chrono::days(on)));
        if (policy == nullptr || !domain::known_period_unit(policy->given.target_unit())) continue;
        const auto count = policy->given.target_count();
        if (count == 0 || count > idle_count_max) continue;
        idle_when_last_[static_cast<std::size_t>(kind.kind)] = idle_since(policy->given, on);
    }
}

bool Judging::idle(std::uint32_t row) const {
    const auto& entry = views_.cases->entry(row);
    return !entry.ended && entry.last_event_on != no_day &&
           entry.last_event_on <= idle_when_last_[static_cast<std::size_t>(entry.kind)];
}

Day Judging::idle_days(std::uint32_t row) const {
    const auto& entry = views_.cases->entry(row);
    if (entry.last_event_on == no_day || !views_.cases->open(row)) return 0;
    return std::max(0, on_ - entry.last_event_on);
}

Pressing Judging::of(std::uint32_t row) const {
    Pressing most;
    for (const auto& due : views_.cases->dues(row)) {
        if (due.met) continue;
        if (due.paused_on != no_day && due.paused_on <= on_) most.paused_on = due.paused_on;
        const auto urgency = urgency_of(due, on_);
        const bool sooner = !most.due || (due.due_by != no_day &&
                                          (most.due->due_by == no_day || due.due_by < most.due->due_by));
        if (!most.due || urgency > most.urgency || (urgency == most.urgency && sooner)) {
            most.urgency = urgency;
            most.due = due;
        }
    }
    if (most.urgency < Urgency::DueSoon && idle(row)) {
        most.urgency = Urgency::DueSoon;
        most.idle_days = idle_days(row);
    }
    return most;
}

ActingHandlers::ActingHandlers(const Views& views, Day on)
    : views_(views), on_(std::chrono::days(on)), known_(views.dictionary->users.size()) {}

const std::string& ActingHandlers::of(std::uint32_t row) {
    return of_user(views_.cases->entry(row).handler);
}

const std::string& ActingHandlers::of_user(CodeId user) {
    auto& known = known_[user];
    if (!known) {
        const auto& name = views_.dictionary->users.name(user);
        known = name.empty() ? std::string() : views_.reference.acting_for(name, on_);
    }
    return *known;
}

bool before(const Place& left, const Place& right) {
    return key_of(left) < key_of(right);
}

Place place_of(const Views& views, std::uint32_t row, const Pressing& pressing, std::uint8_t group) {
    const auto& entry = views.cases->entry(row);
    return {group, pressing.urgency, pressing.due ? pressing.due->due_by : no_day, entry.arrived_on, entry.id,
            row};
}

Page page_of(std::vector<Place> all, const PageRequest& request) {
    if (const auto last = request.cursor.empty() ? std::nullopt : place_at(request.cursor)) {
        std::erase_if(all, [&](const Place& place) { return !before(*last, place); });
    }
    const auto limit = std::clamp<std::size_t>(request.limit, 1, rows_on_a_page_max);
    const bool more = all.size() > limit;
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size()));
    std::partial_sort(all.begin(), end, all.end(), before);
    all.erase(end, all.end());
    Page page{std::move(all), {}};
    if (more) page.next_cursor = cursor_of(page.places.back());
    return page;
}

void RowWriter::write(std::uint32_t row, CaseRow& out) {
    const auto& [codes, units, users, places] = *views_.dictionary;
    const auto& entry = views_.cases->entry(row);
    const auto press = judging_.of(row);
    out.set_case_id(views_.cases->case_id(row));
    out.set_kind(std::string(kind_text(entry.kind)));
    out.set_stage(codes.name(entry.stage));
    out.set_next_step(codes.name(entry.next_step));
    out.set_arrived_on(iso(entry.arrived_on));
    out.set_month(month_text(entry.month));
    if (press.due) out.set_due_by(iso(press.due->due_by));
    out.set_urgency(std::string(text_of(press.urgency)));
    out.set_urgency_reason(reason(views_, press, entry.kind, judging_.on(), language_));
    out.set_paused_on(iso(press.paused_on));
    out.set_handler(users.name(entry.handler));
    out.set_acting_handler(acting_.of(row));
    out.set_hand_over_to(users.name(entry.hand_over_to));
    for (const auto unit : views_.cases->units_at(entry.scope)) out.add_units(units.name(unit));
    for (const auto sector : views_.cases->sectors_at(entry.scope)) out.add_sectors(codes.name(sector));
    out.set_department(units.name(entry.department));
    out.set_cause(codes.name(entry.cause));
    out.set_authority(codes.name(entry.authority));
    out.set_last_event_on(iso(entry.last_event_on));
    out.set_idle_days(static_cast<std::uint32_t>(judging_.idle_days(row)));
    out.set_ended(entry.ended);
    out.set_key_gone(entry.key_gone);
    open_personal(row, out);
}

void RowWriter::open_personal(std::uint32_t row, CaseRow& out) {
    const auto& entry = views_.cases->entry(row);
    const auto stream = stream_of(views_, row);
    bool opened_any = false;
    const auto open_version = [&](std::uint32_t version, const auto& show) {
        if (version == 0) return;
        events_.read_stream(stream, store::Version{version - 1}, [&](const store::Record& record) {
            const auto opened = events_.open(record, store::Depth::Everything);
            if (opened.key_gone) {
                out.set_key_gone(true);
            } else {
                opened_any = true;
                show(*opened.event);
            }
            return false;
        });
    };
    if (entry.record_version != entry.opening_version) {
        open_version(entry.record_version, [&](const Message& event) {
            if (const auto* record = part_of_event<ClientRecord>(event, "client_record"))
                show_record(*record, out);
        });
    }
    open_version(entry.opening_version, [&](const Message& event) {
        if (const auto* opening = part_of_event<Opening>(event, "opening")) show_opening(*opening, out);
        if (const auto* contact = part_of_event<LogContact>(event, "contact")) show_contact(*contact, out);
    });
    if (opened_any) shown_.push_back(out.case_id());
}

}  // namespace vastine::projections
