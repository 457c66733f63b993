#include "domain/cases/reference_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>

#include "domain/access/access.hpp"
#include "domain/calendar/days_off.hpp"
#include "domain/calendar/due.hpp"
#include "domain/letters/letter.hpp"
#include "domain/schema/reorganisation.pb.h"

namespace vastine::domain::reference_data {

namespace {

// No promise to a citizen runs longer than ten years; a larger count is a slip of the finger.
constexpr unsigned longest_period_days = 3660;
// A file is read whole into nobody's memory, but somebody waits for it and the disk keeps it for years.
constexpr std::uint64_t largest_attachment = std::uint64_t{512} << 20U;
// What is destroyed is gone for good only when the last backup of its key is: that is not put off for long.
constexpr std::uint32_t longest_key_backup_days = 92;

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

bool named(const Text& name) {
    return !name.fi().empty() || !name.sv().empty() || !name.en().empty();
}

// An end before the beginning. ISO dates order as text.
bool ends_before_it_begins(std::string_view valid_from, std::string_view valid_until) {
    return !valid_until.empty() && valid_until < valid_from;
}

tl::unexpected<Rejection> invalid(std::string text, std::string field,
                                  std::map<std::string, std::string> args = {}) {
    return reject(Reason::Invalid, std::move(text), std::move(args), std::move(field));
}

// ---- units ----

using Parents = std::map<std::string, std::map<std::string, std::string>, std::less<>>;

// The parent of a unit on a day; the first one's for an earlier day, as Reference has it.
const std::string* parent_of(const Parents& units, std::string_view id, const std::string& on) {
    const auto unit = units.find(id);
    if (unit == units.end()) return nullptr;
    const auto after = unit->second.upper_bound(on);
    return after == unit->second.begin() ? &after->second : &std::prev(after)->second;
}

// Whether the unit stands above itself on some day from which any unit has another parent.
bool circular(const Parents& units, const std::string& id) {
    std::set<std::string> days;
    for (const auto& [unit, parents] : units)
        for (const auto& [from, parent] : parents) days.insert(from);
    return std::ranges::any_of(days, [&](const std::string& day) {
        const std::string* above = parent_of(units, id, day);
        for (std::size_t steps = 0; above && !above->empty() && steps <= units.size(); ++steps) {
            if (*above == id) return true;
            above = parent_of(units, *above, day);
        }
        return false;
    });
}

Result<Events> rule(const State& state, const SetUnit& command) {
    const std::string& id = command.unit_id();
    if (id.empty()) return invalid("reference.id_missing", "unit_id");
    if (!named(command.name())) return invalid("reference.name_missing", "name");
    if (ends_before_it_begins(command.valid_from(), command.valid_until()))
        return invalid("reference.ends_before_it_begins", "valid_until");
    if (!command.parent().empty()) {
        if (command.parent() == id) return invalid("reference.unit_above_itself", "parent", {{"unit", id}});
        if (!state.units.contains(command.parent()))
            return invalid("reference.unit_unknown", "parent", {{"unit", command.parent()}});
        // A new unit stands above nobody yet, so only a known one can close a circle.
        if (state.units.contains(id)) {
            Parents changed = state.units;
            changed.find(id)->second[command.valid_from()] = command.parent();
            if (circular(changed, id))
                return invalid("reference.unit_above_itself", "parent", {{"unit", id}});
        }
    }
    for (int i = 0; i < command.successors_size(); ++i) {
        const std::string& successor = command.successors(i);
        if (successor == id || !state.units.contains(successor))
            return invalid("reference.unit_unknown", fmt::format("successors[{}]", i), {{"unit", successor}});
    }
    UnitSet set;
    *set.mutable_given() = command;
    return events(std::move(set));
}

// Each is judged as if those before it had been taken.
Result<Events> rule(const State& state, const ReorganiseUnits& command) {
    if (command.units().empty()) return invalid("reference.reorganisation_empty", "units");
    State changed;
    changed.units = state.units;
    std::set<std::pair<std::string, std::string>> met;
    Events all;
    for (int i = 0; i < command.units_size(); ++i) {
        const auto& unit = command.units(i);
        if (!met.emplace(unit.unit_id(), unit.valid_from()).second)
            return invalid("reference.unit_twice", fmt::format("units[{}].unit_id", i),
                           {{"unit", unit.unit_id()}});
        auto taken = rule(changed, unit);
        if (!taken) {
            auto fault = std::move(taken.error());
            fault.field = fmt::format("units[{}].{}", i, fault.field);
            return tl::unexpected(std::move(fault));
        }
        for (const auto& event : taken->list()) evolve(changed, *event);
        UnitSet set;
        *set.mutable_given() = unit;
        all.add(std::move(set));
    }
    return all;
}

// ---- code sets ----

std::optional<Rejection> fault_of(const Code& code, const PublishCodeSet& in, std::set<std::string>& met) {
    const auto fault = [](std::string text, std::string field, std::map<std::string, std::string> args = {}) {
        return Rejection{Reason::Invalid, std::move(text), std::move(args), std::move(field)};
    };
    if (code.code().empty()) return fault("reference.id_missing", "code");
    if (!met.insert(code.code()).second)
        return fault("reference.code_twice", "code", {{"code", code.code()}});
    if (!named(code.name())) return fault("reference.name_missing", "name");
    if (ends_before_it_begins(code.valid_from(), code.valid_until()))
        return fault("reference.ends_before_it_begins", "valid_until");
    for (const std::string& successor : code.successors()) {
        const bool there =
            std::ranges::any_of(in.codes(), [&](const Code& c) { return c.code() == successor; });
        if (!there || successor == code.code())
            return fault("reference.code_successor_unknown", "successors", {{"code", successor}});
    }
    return std::nullopt;
}

Result<Events> rule(const State& state, const PublishCodeSet& command) {
    if (command.code_set().empty()) return invalid("reference.id_missing", "code_set");
    if (!named(command.name())) return invalid("reference.name_missing", "name");
    if (command.codes().empty()) return invalid("reference.code_set_empty", "codes");
    std::set<std::string> met;
    for (int i = 0; i < command.codes_size(); ++i)
        if (auto fault = fault_of(command.codes(i), command, met)) {
            fault->field = fmt::format("codes[{}].{}", i, fault->field);
            return tl::unexpected(*std::move(fault));
        }
    const auto last = state.code_sets.find(command.code_set());
    if (last != state.code_sets.end() && command.valid_from() < last->second.valid_from)
        return invalid("reference.version_before_the_last", "valid_from",
                       {{"date", last->second.valid_from}});
    CodeSetPublished published;
    *published.mutable_given() = command;
    published.set_version(last == state.code_sets.end() ? 1 : last->second.version + 1);
    return events(std::move(published));
}

// ---- authorities ----

Result<Events> rule(const State& state, const SetAuthority& command) {
    const std::string& id = command.authority_id();
    if (id.empty()) return invalid("reference.id_missing", "authority_id");
    if (!named(command.name())) return invalid("reference.name_missing", "name");
    if (ends_before_it_begins(command.valid_from(), command.valid_until()))
        return invalid("reference.ends_before_it_begins", "valid_until");
    if (!command.successor().empty()) {
        if (!state.authorities.contains(command.successor()))
            return invalid("reference.authority_unknown", "successor", {{"authority", command.successor()}});
        std::string_view next = command.successor();
        for (std::size_t steps = 0; !next.empty() && steps <= state.authorities.size(); ++steps) {
            if (next == id)
                return invalid("reference.authority_after_itself", "successor", {{"authority", id}});
            const auto after = state.authorities.find(next);
            next = after == state.authorities.end() ? std::string_view() : std::string_view(after->second);
        }
    }
    AuthoritySet set;
    *set.mutable_given() = command;
    return events(std::move(set));
}

// ---- policies ----

// How many plain days a period lasts at least. Days off may move its end, never towards its start.
std::uint64_t shortest_days(unsigned count, std::string_view unit) {
    const std::uint64_t days = unit == "week" ? 7 : unit == "month" ? 28 : unit == "year" ? 365 : 1;
    return count * days;
}

// A board or an administrator sees no case, so nobody is told of one there, and nobody extends one.
bool all_handle_cases(const google::protobuf::RepeatedField<int>& roles) {
    return std::ranges::all_of(roles, [](int role) {
        Viewer viewer;
        if (role != NO_ROLE && Role_IsValid(role)) viewer.roles.insert(static_cast<Role>(role));
        return works_in(viewer, Area::Ombudsman) || works_in(viewer, Area::Legal);
    });
}

Result<Events> rule(const State& state, const SetPolicy& command) {
    if (command.policy().empty()) return invalid("reference.id_missing", "policy");
    if (!known_period_unit(command.target_unit()))
        return invalid("reference.period_unit_unknown", "target_unit");
    if (command.target_count() == 0) return invalid("reference.target_missing", "target_count");
    const std::uint64_t target = shortest_days(command.target_count(), command.target_unit());
    if (target > longest_period_days || command.escalate_days() > longest_period_days ||
        command.critical_days() > longest_period_days)
        return invalid("reference.period_too_long", "target_count",
                       {{"days", std::to_string(longest_period_days)}});
    if (command.warn_days() > target) return invalid("reference.warns_after_target", "warn_days");
    if (command.escalate_days() != 0 && command.escalate_days() < target)
        return invalid("reference.escalates_before_target", "escalate_days");
    if (command.critical_days() != 0 &&
        command.critical_days() < std::max<std::uint64_t>(target, command.escalate_days()))
        return invalid("reference.critical_before_escalation", "critical_days");
    if (!command.calendar().empty() && find_calendar(command.calendar()) == nullptr)
        return invalid("reference.calendar_unknown", "calendar");
    if (!command.closes_at().empty() && !parse_time_of_day(command.closes_at()))
        return invalid("reference.no_time_of_day", "closes_at");
    if (command.extension_days_max() > longest_period_days)
        return invalid("reference.period_too_long", "extension_days_max",
                       {{"days", std::to_string(longest_period_days)}});
    if (command.pause_credited() && !command.pause_allowed())
        return invalid("reference.credits_without_pause", "pause_credited");
    if (!all_handle_cases(command.extended_by()))
        return invalid("reference.role_sees_no_case", "extended_by");
    if (!all_handle_cases(command.escalated_to()))
        return invalid("reference.role_sees_no_case", "escalated_to");
    const auto last = state.policies.find(command.policy());
    if (last != state.policies.end() && command.valid_from() < last->second.valid_from)
        return invalid("reference.version_before_the_last", "valid_from",
                       {{"date", last->second.valid_from}});
    PolicySet set;
    *set.mutable_given() = command;
    set.set_version(last == state.policies.end() ? 1 : last->second.version + 1);
    return events(std::move(set));
}

// ---- how long what is kept ----

// What the law itself sets: longer is as unlawful as shorter. Everything else the organisation decides.
struct SetByLaw {
    std::string_view subject;
    std::uint32_t years;
};
constexpr std::array set_by_law{
    SetByLaw{"contact", 12},               // 739/2023 §12
    SetByLaw{"access-log-ombudsman", 12},  // 739/2023 §12, 703/2023
    SetByLaw{"access-log-legal", 12},      // 703/2023
};
// The life of a person and then some; a longer keeping is permanent, and the National Archives' to order.
constexpr std::uint32_t years_max = 120;

std::optional<Rejection> fault_of(const SetRetention& command) {
    const auto fault = [](std::string text, std::string field, std::map<std::string, std::string> args = {}) {
        return Rejection{Reason::Invalid, std::move(text), std::move(args), std::move(field)};
    };
    if (command.years() > years_max)
        return fault("reference.kept_too_long", "years", {{"years", std::to_string(years_max)}});
    if (command.permanent() && command.archive_order().empty())
        return fault("reference.archive_order_missing", "archive_order");
    if (command.permanent()) return std::nullopt;
    if (!command.archive_order().empty()) return fault("reference.archive_order_of_what", "archive_order");
    if (command.years() == 0) return fault("reference.years_missing", "years");
    const auto* const law = std::ranges::find(set_by_law, command.subject(), &SetByLaw::subject);
    if (law != set_by_law.end() && law->years != command.years())
        return fault("reference.years_are_the_laws", "years", {{"years", std::to_string(law->years)}});
    return std::nullopt;
}

Result<Events> rule(const State& state, const SetRetention& command) {
    if (command.subject().empty()) return invalid("reference.id_missing", "subject");
    if (command.ground().empty()) return invalid("reference.ground_missing", "ground");
    if (auto fault = fault_of(command)) return tl::unexpected(*std::move(fault));
    const auto last = state.retention.find(command.subject());
    if (last != state.retention.end() && command.valid_from() < last->second.valid_from)
        return invalid("reference.version_before_the_last", "valid_from",
                       {{"date", last->second.valid_from}});
    RetentionSet set;
    *set.mutable_given() = command;
    set.set_version(last == state.retention.end() ? 1 : last->second.version + 1);
    return events(std::move(set));
}

// ---- users ----

bool has(const SetUser& user, Role role) {
    return std::ranges::find(user.roles(), role) != user.roles().end();
}

// The wall goes through people too (739/2023 §10). An auditor may be appointed for both areas, but who
// works in one does not read the other's access log: it tells who turned to the ombudsman.
std::optional<Rejection> on_both_sides(const SetUser& command) {
    const bool ombudsman = has(command, OMBUDSMAN) || has(command, HEAD_OMBUDSMAN);
    const bool legal = has(command, REGISTRAR) || has(command, LAWYER) || has(command, UNIT_HEAD);
    if (ombudsman && legal) return Rejection{Reason::Invalid, "reference.roles_on_both_sides", {}, "roles"};
    // Whoever prepares what the boards say of a report, and answers its proposals for them, has no part in
    // writing it: the ombudsmen are independent, and a lawyer does not note the own account.
    if (has(command, BOARD_SECRETARY) && (ombudsman || legal))
        return Rejection{Reason::Invalid, "reference.secretary_works_in_no_area", {}, "roles"};
    const auto audits = [&](std::string_view area) {
        return has(command, AUDITOR) &&
               std::ranges::find(command.auditor_of(), area) != command.auditor_of().end();
    };
    if ((ombudsman && audits("legal")) || (legal && audits("ombudsman")))
        return Rejection{Reason::Invalid, "reference.audits_the_other_side", {}, "auditor_of"};
    return std::nullopt;
}

Result<Events> rule(const State& state, const SetUser& command) {
    const std::string& id = command.user_id();
    if (id.empty()) return invalid("reference.id_missing", "user_id");
    if (command.login().empty()) return invalid("reference.login_missing", "login");
    if (command.roles().empty() || has(command, NO_ROLE)) return invalid("reference.role_missing", "roles");
    if (has(command, UNIT_HEAD) && command.units().empty())
        return invalid("reference.unit_head_needs_units", "units");
    if (has(command, AUDITOR) && command.auditor_of().empty())
        return invalid("reference.auditor_needs_area", "auditor_of");
    if (auto both = on_both_sides(command)) return tl::unexpected(*std::move(both));
    const std::string login = lower_case(command.login());
    const bool taken = std::ranges::any_of(
        state.users, [&](const auto& entry) { return entry.first != id && entry.second.login == login; });
    if (taken) return reject(Reason::Conflict, "reference.login_taken", {}, "login");
    // Whoever takes the last administrator's rights away locks the organisation out for good.
    const bool administers = command.active() && has(command, ADMINISTRATOR);
    const auto now = state.users.find(id);
    if (!administers && now != state.users.end() && now->second.active_administrator &&
        std::ranges::count_if(state.users, [](const auto& e) { return e.second.active_administrator; }) == 1)
        return invalid("reference.last_administrator", "roles");
    UserSet set;
    *set.mutable_given() = command;
    set.set_user_id(id);
    return events(std::move(set));
}

// ---- closing days ----

// 2026-12-28, or 12-28 of every year.
bool day_or_yearly_day(const std::string& on) {
    return parse_date(on).has_value() || parse_date("2000-" + on).has_value();  // a leap year has them all
}

Result<Events> rule(const State& state, const SetClosingDay& command) {
    const std::string& id = command.closing_day_id();
    if (id.empty()) return invalid("reference.id_missing", "closing_day_id");
    if (!named(command.name())) return invalid("reference.name_missing", "name");
    if (!day_or_yearly_day(command.on())) return invalid("reference.no_closing_day", "on");
    if (ends_before_it_begins(command.valid_from(), command.valid_until()))
        return invalid("reference.ends_before_it_begins", "valid_until");
    if (command.reason().empty()) return invalid("reference.closing_reason_missing", "reason");
    if (command.withdrawn() && !state.closing_days.contains(id))
        return invalid("reference.closing_day_unknown", "closing_day_id", {{"id", id}});
    ClosingDaySet set;
    *set.mutable_given() = command;
    return events(std::move(set));
}

// ---- absences ----

// Somebody who works on the data folder itself is no user and may set anybody's.
bool sets_for_others(const std::string& actor, const Reference& reference) {
    const auto* user = reference.user(actor);
    return user == nullptr || (user->active() && has(*user, ADMINISTRATOR));
}

// The wall holds for substitutes too.
bool work_in_one_area(const SetUser& one, const SetUser& other) {
    const auto first = viewer_of(one);
    const auto second = viewer_of(other);
    return std::ranges::any_of(std::array{Area::Ombudsman, Area::Legal},
                               [&](Area area) { return works_in(first, area) && works_in(second, area); });
}

Result<Events> rule(const State& state, const SetAbsence& command, const Context& context) {
    const auto& reference = context.reference;
    const auto* user = reference.user(command.user_id());
    if (user == nullptr) return invalid("reference.user_unknown", "user_id");
    if (context.actor != command.user_id() && !sets_for_others(context.actor, reference))
        return reject(Reason::Forbidden, "reference.absence_of_another", {}, "user_id");
    const auto first_day = parse_date(command.first_day());
    const auto last_day = parse_date(command.last_day());
    if (!first_day) return invalid("days.not_a_date", "first_day");
    if (!last_day) return invalid("days.not_a_date", "last_day");
    if (*last_day < *first_day) return invalid("reference.absence_ends_before_it_begins", "last_day");
    if (command.withdrawn()) {
        const auto known = state.absences.find(command.user_id());
        if (known == state.absences.end() || !known->second.contains(command.first_day()))
            return invalid("reference.absence_unknown", "first_day", {{"day", command.first_day()}});
    } else {
        if (command.substitute().empty()) return invalid("reference.substitute_missing", "substitute");
        if (command.substitute() == command.user_id())
            return invalid("reference.substitute_is_oneself", "substitute");
        const auto* substitute = reference.user(command.substitute());
        if (substitute == nullptr) return invalid("reference.user_unknown", "substitute");
        if (!work_in_one_area(*user, *substitute))
            return invalid("reference.substitute_of_another_area", "substitute");
    }
    AbsenceSet set;
    *set.mutable_given() = command;
    return events(std::move(set));
}

// ---- webhooks ----

// The host of an address, without its port; empty when the address names none, or hides one behind a
// user's name.
std::string_view host_of(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    auto rest = url.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    if (rest.find('@') != std::string_view::npos) return {};
    if (rest.starts_with('[')) return rest.substr(0, rest.find(']') + 1);
    return rest.substr(0, rest.find(':'));
}

bool loopback(std::string_view host) {
    const auto digits = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    return host == "localhost" || host == "[::1]" ||
           (host.starts_with("127.") && std::ranges::all_of(host, digits));
}

Result<Events> rule(const SetWebhook& command) {
    if (command.webhook_id().empty()) return invalid("reference.id_missing", "webhook_id");
    const std::string_view url = command.url();
    const auto host = host_of(url);
    const bool plain = std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f; });
    if (host.empty() || !plain || url.find('#') != std::string_view::npos)
        return invalid("reference.no_address", "url");
    // What is sent names cases: it leaves this machine encrypted or not at all.
    if (!url.starts_with("https://") && !(url.starts_with("http://") && loopback(host)))
        return invalid("reference.address_not_encrypted", "url");
    WebhookSet set;
    *set.mutable_given() = command;
    return events(std::move(set));
}

// ---- the organisation, and its letters ----

Result<Events> rule(const SetOrganisation& command) {
    if (!named(command.name())) return invalid("reference.name_missing", "name");
    if (command.attachment_bytes_max() > largest_attachment)
        return invalid("reference.attachments_too_large", "attachment_bytes_max",
                       {{"megabytes", std::to_string(largest_attachment >> 20U)}});
    if (command.key_backup_days() > longest_key_backup_days)
        return invalid("reference.key_backups_too_old", "key_backup_days",
                       {{"days", std::to_string(longest_key_backup_days)}});
    OrganisationSet set;
    *set.mutable_given() = command;
    return events(std::move(set));
}

Result<Events> rule(const State& state, const SetLetterTemplate& command) {
    if (command.template_id().empty()) return invalid("reference.id_missing", "template_id");
    if (!named(command.name())) return invalid("reference.name_missing", "name");
    if (!named(command.body())) return invalid("reference.letter_empty", "body");
    for (const auto& [language, body] :
         {std::pair{"fi", &command.body().fi()}, {"sv", &command.body().sv()}, {"en", &command.body().en()}})
        if (const auto unknown = unknown_letter_fields(*body); !unknown.empty())
            return invalid("reference.letter_field_unknown", fmt::format("body.{}", language),
                           {{"field", unknown.front()}});
    const auto last = state.letters.find(command.template_id());
    if (last != state.letters.end() && command.valid_from() < last->second.valid_from)
        return invalid("reference.version_before_the_last", "valid_from",
                       {{"date", last->second.valid_from}});
    LetterTemplateSet set;
    *set.mutable_given() = command;
    set.set_version(last == state.letters.end() ? 1 : last->second.version + 1);
    return events(std::move(set));
}

// ---- totals ----

Result<Events> rule(const State&, const ReleaseTotals&) {
    return reject(Reason::WrongState, "reference.totals_through_the_report");
}

}  // namespace

std::string_view stream_of(const google::protobuf::Descriptor& command) {
    static const std::map<const google::protobuf::Descriptor*, std::string_view> streams{
        {SetUnit::descriptor(), "units"},
        {ReorganiseUnits::descriptor(), "units"},
        {PublishCodeSet::descriptor(), "codes"},
        {SetAuthority::descriptor(), "authorities"},
        {SetPolicy::descriptor(), "policies"},
        {SetRetention::descriptor(), "retention"},
        {SetUser::descriptor(), "users"},
        {SetClosingDay::descriptor(), "closing-days"},
        {SetAbsence::descriptor(), "absences"},
        {SetWebhook::descriptor(), "webhooks"},
        {SetOrganisation::descriptor(), "organisation"},
        {SetLetterTemplate::descriptor(), "letters"},
        {ReleaseTotals::descriptor(), "totals"},
    };
    const auto found = streams.find(&command);
    return found == streams.end() ? std::string_view() : found->second;
}

Result<Events> decide(const State& state, const google::protobuf::Message& command, const Context& context) {
    const auto stream = stream_of(*command.GetDescriptor());
    if (stream.empty() || stream != context.case_id)
        return reject(Reason::WrongState, "reference.other_stream");
    const auto* const type = command.GetDescriptor();
    if (type == SetUnit::descriptor()) return rule(state, static_cast<const SetUnit&>(command));
    if (type == ReorganiseUnits::descriptor())
        return rule(state, static_cast<const ReorganiseUnits&>(command));
    if (type == PublishCodeSet::descriptor()) return rule(state, static_cast<const PublishCodeSet&>(command));
    if (type == SetAuthority::descriptor()) return rule(state, static_cast<const SetAuthority&>(command));
    if (type == SetPolicy::descriptor()) return rule(state, static_cast<const SetPolicy&>(command));
    if (type == SetRetention::descriptor()) return rule(state, static_cast<const SetRetention&>(command));
    if (type == SetUser::descriptor()) return rule(state, static_cast<const SetUser&>(command));
    if (type == SetClosingDay::descriptor()) return rule(state, static_cast<const SetClosingDay&>(command));
    if (type == SetAbsence::descriptor())
        return rule(state, static_cast<const SetAbsence&>(command), context);
    if (type == SetWebhook::descriptor()) return rule(static_cast<const SetWebhook&>(command));
    if (type == SetOrganisation::descriptor()) return rule(static_cast<const SetOrganisation&>(command));
    if (type == SetLetterTemplate::descriptor())
        return rule(state, static_cast<const SetLetterTemplate&>(command));
    return rule(state, static_cast<const ReleaseTotals&>(command));
}

void evolve(State& state, const google::protobuf::Message& event) {
    const auto* const type = event.GetDescriptor();
    if (type == UnitSet::descriptor()) {
        const auto& given = static_cast<const UnitSet&>(event).given();
        state.units[given.unit_id()][given.valid_from()] = given.parent();
    } else if (type == CodeSetPublished::descriptor()) {
        const auto& published = static_cast<const CodeSetPublished&>(event);
        state.code_sets[published.given().code_set()] = {published.version(), published.given().valid_from()};
    } else if (type == AuthoritySet::descriptor()) {
        const auto& given = static_cast<const AuthoritySet&>(event).given();
        state.authorities[given.authority_id()] = given.successor();
    } else if (type == PolicySet::descriptor()) {
        const auto& set = static_cast<const PolicySet&>(event);
        state.policies[set.given().policy()] = {set.version(), set.given().valid_from()};
    } else if (type == RetentionSet::descriptor()) {
        const auto& set = static_cast<const RetentionSet&>(event);
        state.retention[set.given().subject()] = {set.version(), set.given().valid_from()};
    } else if (type == UserSet::descriptor()) {
        const auto& set = static_cast<const UserSet&>(event);
        state.users[set.user_id()] = {lower_case(set.given().login()),
                                      set.given().active() && has(set.given(), ADMINISTRATOR)};
    } else if (type == ClosingDaySet::descriptor()) {
        state.closing_days.insert(static_cast<const ClosingDaySet&>(event).given().closing_day_id());
    } else if (type == LetterTemplateSet::descriptor()) {
        const auto& set = static_cast<const LetterTemplateSet&>(event);
        state.letters[set.given().template_id()] = {set.version(), set.given().valid_from()};
    } else if (type == AbsenceSet::descriptor()) {
        const auto& given = static_cast<const AbsenceSet&>(event).given();
        auto& first_days = state.absences[given.user_id()];
        if (given.withdrawn()) {
            first_days.erase(given.first_day());
        } else {
            first_days.insert(given.first_day());
        }
    }
}

Result<Events> totals_released(const ReleaseTotals& given, std::vector<Total> totals,
                               const TotalsBasis& basis) {
    if (static_cast<int>(given.year()) > year_of(basis.as_of))
        return invalid("reference.year_not_begun", "year");
    TotalsReleased released;
    *released.mutable_given() = given;
    for (Total& total : totals) *released.add_totals() = std::move(total);
    released.set_position(basis.position);
    released.set_as_of_on(to_string(basis.as_of));
    released.set_code_version(basis.code_version);
    return events(std::move(released));
}

}  // namespace vastine::domain::reference_data
