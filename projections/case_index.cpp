#include "projections/case_index.hpp"

#include <algorithm>
#include <charconv>

namespace vastine::projections {

namespace {

constexpr Day days_of_warning = 7;  // where a due date comes without a warning mark of its own

std::optional<std::uint64_t> from_hex(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) {
        const auto digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) return std::nullopt;
        value = value << 4U | static_cast<std::uint64_t>(digit);
    }
    return value;
}

// A UUID as it is written, lower case, and nothing else.
std::optional<CaseId> parse_uuid(std::string_view text) {
    if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') {
        return std::nullopt;
    }
    const auto a = from_hex(text.substr(0, 8));
    const auto b = from_hex(text.substr(9, 4));
    const auto c = from_hex(text.substr(14, 4));
    const auto d = from_hex(text.substr(19, 4));
    const auto e = from_hex(text.substr(24, 12));
    if (!a || !b || !c || !d || !e) return std::nullopt;
    return CaseId{*a << 32U | *b << 16U | *c, *d << 48U | *e};
}

std::string uuid_text(CaseId id) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
        const auto half = nibble < 16 ? id.high : id.low;
        text[at++] = digits[half >> (60U - 4U * static_cast<unsigned>(nibble % 16)) & 15U];
    }
    return text;
}

// No random UUID begins like this: the mark of an id that is none.
constexpr std::uint64_t odd_mark = ~std::uint64_t{0};

std::size_t slot_of(CaseId id, std::size_t slots) {
    auto mixed = (id.high ^ (id.low * 0x9e3779b97f4a7c15ULL));
    mixed ^= mixed >> 32U;
    return static_cast<std::size_t>(mixed * 0xff51afd7ed558ccdULL >> 20U) & (slots - 1);
}

void put(std::u16string& key, const std::vector<CodeId>& ids) {
    key.push_back(static_cast<char16_t>(ids.size()));
    for (const auto id : ids) key.push_back(static_cast<char16_t>(id));
}

}  // namespace

// ---- days and months ----

Day day_of(domain::Date date) {
    return static_cast<Day>(date.time_since_epoch().count());
}
Day day_of(std::string_view iso_date) {
    const auto date = domain::parse_date(iso_date);
    return date ? day_of(*date) : no_day;
}
std::string iso(Day day) {
    return day == no_day ? std::string() : domain::to_string(domain::Date(std::chrono::days(day)));
}
Month month_of_year(int year, unsigned month) {
    return static_cast<Month>(year * 12 + static_cast<int>(month) - 1);
}
Month month_of_text(std::string_view iso_month) {
    int year = 0;
    unsigned month = 0;
    if (iso_month.size() != 7 || iso_month[4] != '-') return no_month;
    const auto* begin = iso_month.data();
    if (std::from_chars(begin, begin + 4, year).ptr != begin + 4) return no_month;
    if (std::from_chars(begin + 5, begin + 7, month).ptr != begin + 7) return no_month;
    if (year < 0 || year > 2700 || month < 1 || month > 12) return no_month;
    return month_of_year(year, month);
}
Month month_of_day(Day day) {
    if (day == no_day) return no_month;
    const std::chrono::year_month_day date{domain::Date(std::chrono::days(day))};
    return month_of_year(static_cast<int>(date.year()), static_cast<unsigned>(date.month()));
}
int year_of_month(Month month) {
    return month / 12;
}
std::string month_text(Month month) {
    if (month == no_month) return {};
    std::string text = "0000-00";
    int year = month / 12;
    for (int i = 3; i >= 0; --i, year /= 10)
        text[static_cast<std::size_t>(i)] = static_cast<char>('0' + year % 10);
    const int number = month % 12 + 1;
    text[5] = static_cast<char>('0' + number / 10);
    text[6] = static_cast<char>('0' + number % 10);
    return text;
}

// ---- urgency ----

std::string_view text_of(Urgency urgency) {
    switch (urgency) {
        case Urgency::None:
            return "none";
        case Urgency::OnTrack:
            return "on-track";
        case Urgency::DueSoon:
            return "due-soon";
        case Urgency::Overdue:
            return "overdue";
        case Urgency::Escalated:
            return "escalated";
        case Urgency::Critical:
            return "critical";
    }
    return "none";
}

namespace {

Urgency running_urgency(const DueEntry& due, Day on) {
    if (on <= due.due_by) {
        const Day warn_on = due.warn_on == no_day ? due.due_by - days_of_warning : due.warn_on;
        return on >= warn_on ? Urgency::DueSoon : Urgency::OnTrack;
    }
    if (due.critical_on != no_day && on >= due.critical_on) return Urgency::Critical;
    if (due.escalate_on != no_day && on >= due.escalate_on) return Urgency::Escalated;
    return Urgency::Overdue;
}

}  // namespace

Urgency urgency_of(const DueEntry& due, Day on) {
    if (due.met || due.due_by == no_day) return Urgency::None;
    const auto today = running_urgency(due, on);
    if (due.paused_on == no_day || due.paused_on >= on || today == Urgency::Critical) return today;
    return running_urgency(due, due.paused_on);
}

// ---- rows ----

CaseIndex::CaseIndex(Dictionary& dictionary) : dictionary_(dictionary), slots_(1024, 0) {
    scopes_.emplace_back();
}

CaseId CaseIndex::known(std::string_view case_id) const {
    if (const auto uuid = parse_uuid(case_id)) return *uuid;
    return CaseId{odd_mark, odd_names_.known(case_id)};
}

std::optional<std::uint32_t> CaseIndex::find(CaseId id) const {
    if (id.high == odd_mark && id.low == 0) return std::nullopt;
    for (auto slot = slot_of(id, slots_.size());; slot = (slot + 1) & (slots_.size() - 1)) {
        if (slots_[slot] == 0) return std::nullopt;
        if (entries_[slots_[slot] - 1].id == id) return slots_[slot] - 1;
    }
}

void CaseIndex::grow() {
    std::vector<std::uint32_t> wider(slots_.size() * 2, 0);
    for (std::uint32_t row = 0; row < entries_.size(); ++row) {
        auto slot = slot_of(entries_[row].id, wider.size());
        while (wider[slot] != 0) slot = (slot + 1) & (wider.size() - 1);
        wider[slot] = row + 1;
    }
    slots_.swap(wider);
}

std::optional<std::uint32_t> CaseIndex::row_of(std::string_view case_id) const {
    return find(known(case_id));
}

std::uint32_t CaseIndex::row_for(std::string_view case_id, Kind kind) {
    auto id = known(case_id);
    if (id.high == odd_mark && id.low == 0) id.low = odd_names_.id(case_id);
    if (const auto row = find(id)) return *row;
    if ((entries_.size() + 1) * 2 > slots_.size()) grow();
    auto slot = slot_of(id, slots_.size());
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    const auto row = static_cast<std::uint32_t>(entries_.size());
    slots_[slot] = row + 1;
    CaseEntry entry;
    entry.id = id;
    entry.kind = kind;
    entries_.push_back(entry);
    ScopeNumbers scope;
    scope.kind = kind;
    set_scope(row, scope);
    return row;
}

std::string CaseIndex::case_id(std::uint32_t row) const {
    const auto id = entries_[row].id;
    return id.high == odd_mark ? odd_names_.name(static_cast<CodeId>(id.low)) : uuid_text(id);
}

// ---- scopes ----

const CaseIndex::ScopeNumbers& CaseIndex::scope_numbers(std::uint32_t row) const {
    return scopes_[entries_[row].scope];
}

void CaseIndex::set_scope(std::uint32_t row, const ScopeNumbers& scope) {
    std::u16string key;
    key.push_back(static_cast<char16_t>(scope.kind));
    key.push_back(static_cast<char16_t>(scope.handler));
    key.push_back(static_cast<char16_t>(scope.offered_to));
    put(key, scope.units);
    put(key, scope.sectors);
    put(key, scope.disqualified);
    put(key, scope.involved);
    const auto [place, is_new] =
        scope_by_numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(scopes_.size()));
    if (is_new) scopes_.push_back(scope);
    entries_[row].scope = place->second;
    entries_[row].handler = scope.handler;
    entries_[row].hand_over_to = scope.offered_to;
}

domain::CaseScope CaseIndex::scope_at(std::uint32_t scope) const {
    const auto& numbers = scopes_[scope];
    domain::CaseScope result;
    result.kind = numbers.kind;
    result.handler = dictionary_.users.name(numbers.handler);
    result.offered_to = dictionary_.users.name(numbers.offered_to);
    for (const auto id : numbers.units) result.units.push_back(dictionary_.units.name(id));
    for (const auto id : numbers.sectors) result.sectors.insert(dictionary_.codes.name(id));
    for (const auto id : numbers.disqualified) result.disqualified.insert(dictionary_.users.name(id));
    for (const auto id : numbers.involved) result.involved_units.insert(dictionary_.units.name(id));
    return result;
}

std::optional<domain::CaseScope> CaseIndex::scope(std::string_view case_id) const {
    const auto row = row_of(case_id);
    if (!row) return std::nullopt;
    return scope_at(entries_[*row].scope);
}

std::span<const CodeId> CaseIndex::units_at(std::uint32_t scope) const {
    return scopes_[scope].units;
}
std::span<const CodeId> CaseIndex::sectors_at(std::uint32_t scope) const {
    return scopes_[scope].sectors;
}

// ---- due dates ----

std::span<const DueEntry> CaseIndex::dues(std::uint32_t row) const {
    const auto found = dues_.find(row);
    if (found == dues_.end()) return {};
    return found->second;
}

void CaseIndex::set_work(std::uint32_t row, bool ended, std::vector<DueEntry> dues) {
    entries_[row].ended = ended;
    if (!ended || std::ranges::any_of(dues, [](const DueEntry& due) { return !due.met; })) {
        open_rows_.insert(row);
    } else {
        open_rows_.erase(row);
    }
    if (dues.empty()) {
        dues_.erase(row);
    } else {
        dues_[row] = std::move(dues);
    }
}

DueEntry due_entry(const Due& due) {
    DueEntry entry;
    entry.due_by = day_of(due.due_by());
    entry.warn_on = day_of(due.warn_on());
    entry.escalate_on = day_of(due.escalate_on());
    entry.critical_on = day_of(due.critical_on());
    entry.policy_version = due.policy_version();
    return entry;
}

DueEntry due_entry(Dictionary& dictionary, std::string_view what, std::string_view id, const Due& due) {
    auto entry = due_entry(due);
    entry.what = dictionary.codes.id(what);
    entry.id = dictionary.codes.id(id);
    entry.policy = dictionary.codes.id(due.policy());
    return entry;
}

// ---- digest ----

std::uint64_t CaseIndex::digest() const {
    Digest digest;
    const auto number = [&](auto value) { digest.add(static_cast<std::uint64_t>(value)); };
    const auto& [codes, units, users, places] = dictionary_;
    for (std::uint32_t row = 0; row < entries_.size(); ++row) {
        const auto& entry = entries_[row];
        digest.add(std::string_view(case_id(row)));
        number(entry.kind);
        digest.add(codes.hash(entry.stage));
        digest.add(codes.hash(entry.next_step));
        number(entry.ended);
        number(entry.recorded);
        number(entry.key_gone);
        number(entry.month);
        digest.add(codes.hash(entry.cause));
        digest.add(codes.hash(entry.authority));
        digest.add(units.hash(entry.department));
        number(entry.version);
        number(entry.opening_version);
        number(entry.record_version);
        number(entry.figures);
        digest.add(users.hash(entry.opened_by));
        digest.add(users.hash(entry.hand_over_to));
        number(entry.hand_over_on);
        number(entry.arrived_on);
        number(entry.last_event_on);
        const auto& scope = scopes_[entry.scope];
        const auto all = [&](const Codes& of, const std::vector<CodeId>& ids) {
            number(ids.size());
            for (const auto id : ids) digest.add(of.hash(id));
        };
        digest.add(users.hash(scope.handler));
        all(units, scope.units);
        all(codes, scope.sectors);
        all(users, scope.disqualified);
        all(units, scope.involved);
        for (const auto& due : dues(row)) {
            digest.add(codes.hash(due.what));
            digest.add(codes.hash(due.id));
            for (const Day day :
                 {due.due_by, due.warn_on, due.escalate_on, due.critical_on, due.paused_on, due.met_on})
                number(day);
            digest.add(codes.hash(due.policy));
            number(due.policy_version);
            number(due.met);
        }
    }
    return digest.value();
}

}  // namespace vastine::projections
