#include "domain/reference/reference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <utility>

namespace vastine::domain {

namespace {

// ISO dates order as text; the empty one is before all.
bool begun(std::string_view valid_from, std::string_view on) {
    return valid_from <= on;
}
bool not_ended(std::string_view valid_until, std::string_view on) {
    return valid_until.empty() || on <= valid_until;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

// The newest of the versions begun on the day; the first one when none has.
template <class Version, class ValidFrom>
const Version* in_force(const std::vector<std::shared_ptr<const Version>>& versions, std::string_view on,
                        ValidFrom valid_from) {
    const auto found = std::find_if(versions.rbegin(), versions.rend(),
                                    [&](const auto& version) { return begun(valid_from(*version), on); });
    if (found != versions.rend()) return found->get();
    return versions.empty() ? nullptr : versions.front().get();
}

// A map that remembers the order in which its keys came.
template <class Value>
struct Ordered {
    std::vector<std::string> order;
    std::map<std::string, Value, std::less<>> by_id;

    Value& at(const std::string& id) {
        const auto [found, added] = by_id.try_emplace(id);
        if (added) order.push_back(id);
        return found->second;
    }
    const Value* find(std::string_view id) const {
        const auto found = by_id.find(id);
        return found == by_id.end() ? nullptr : &found->second;
    }
};

template <class Value>
using Versions = std::vector<std::shared_ptr<const Value>>;

// Follows successors from `id`, breadth first, and keeps those that are valid. Each id is met once, so
// that a circle ends.
template <class Valid, class Successors>
std::vector<std::string> succeeding(std::string_view id, Valid valid, Successors successors) {
    std::vector<std::string> met{std::string(id)};
    std::vector<std::string> found;
    for (std::size_t next = 0; next < met.size(); ++next) {
        const std::string current = met[next];
        if (valid(current)) {
            found.push_back(current);
            continue;
        }
        for (const std::string& successor : successors(current))
            if (std::ranges::find(met, successor) == met.end()) met.push_back(successor);
    }
    return found;
}

}  // namespace

bool within_validity(std::string_view valid_from, std::string_view valid_until, Date on) {
    const std::string day = to_string(on);
    return begun(valid_from, day) && not_ended(valid_until, day);
}

// The large parts are shared between copies: what is held by pointer never changes.
struct Reference::Content {
    Content() = default;
    Content(const Content& other)
        : units(other.units),
          code_sets(other.code_sets),
          authorities(other.authorities),
          policies(other.policies),
          closing_days(other.closing_days),
          users(other.users),
          logins(other.logins),
          absences(other.absences),
          webhooks(other.webhooks),
          organisation(other.organisation),
          letters(other.letters),
          retention(other.retention) {}
    Content& operator=(const Content&) = delete;

    Ordered<Versions<Unit>> units;  // of each unit by valid_from
    Ordered<Versions<CodeSetVersion>> code_sets;
    Ordered<std::shared_ptr<const SetAuthority>> authorities;
    Ordered<Versions<Policy>> policies;
    Ordered<std::shared_ptr<const SetClosingDay>> closing_days;
    Ordered<std::shared_ptr<const SetUser>> users;
    std::map<std::string, std::string, std::less<>> logins;  // in lower case -> user id
    // By user, then by the first day; those withdrawn are left out.
    std::map<std::string, std::map<std::string, std::shared_ptr<const SetAbsence>>, std::less<>> absences;
    Ordered<std::shared_ptr<const SetWebhook>> webhooks;
    std::shared_ptr<const SetOrganisation> organisation = std::make_shared<SetOrganisation>();
    Ordered<Versions<LetterTemplate>> letters;
    Ordered<Versions<RetentionSchedule>> retention;
    // Set for ever once a second value shares this content. A count of the holders would not do: it
    // falls back to one while another thread still reads.
    std::atomic<bool> shared = false;

    void set(const SetUnit& given);
    void set(const SetUser& given);
    void set(const SetAbsence& given);
    [[nodiscard]] std::string department(std::string_view unit_id, std::string_view on) const;
    void name_department(const std::string& unit_id, Versions<Unit>& versions) const;
};

Reference::Reference() : content_(std::make_shared<Content>()) {}
Reference::~Reference() = default;
Reference::Reference(const Reference& other) : content_(other.content_) {
    content_->shared = true;
}
Reference& Reference::operator=(const Reference& other) {
    content_ = other.content_;
    content_->shared = true;
    return *this;
}
// A moved-from value stays usable: it is then an empty one.
Reference::Reference(Reference&& other) noexcept : content_(std::make_shared<Content>()) {
    content_.swap(other.content_);
}
Reference& Reference::operator=(Reference&& other) noexcept {
    content_.swap(other.content_);
    return *this;
}

Reference::Content& Reference::own() {
    if (content_->shared) content_ = std::make_shared<Content>(*content_);
    return *content_;
}

void Reference::apply(const google::protobuf::Message& event) {
    const auto* const type = event.GetDescriptor();
    if (type->file() != UnitSet::descriptor()->file()) return;
    if (type == UnitSet::descriptor()) {
        own().set(static_cast<const UnitSet&>(event).given());
    } else if (type == CodeSetPublished::descriptor()) {
        const auto& published = static_cast<const CodeSetPublished&>(event);
        auto& versions = own().code_sets.at(published.given().code_set());
        versions.push_back(
            std::make_shared<CodeSetVersion>(CodeSetVersion{published.version(), published.given()}));
    } else if (type == AuthoritySet::descriptor()) {
        const auto& given = static_cast<const AuthoritySet&>(event).given();
        own().authorities.at(given.authority_id()) = std::make_shared<SetAuthority>(given);
    } else if (type == PolicySet::descriptor()) {
        const auto& set = static_cast<const PolicySet&>(event);
        auto& versions = own().policies.at(set.given().policy());
        versions.push_back(std::make_shared<Policy>(Policy{set.version(), set.given()}));
    } else if (type == UserSet::descriptor()) {
        const auto& set = static_cast<const UserSet&>(event);
        SetUser given = set.given();
        given.set_user_id(set.user_id());
        own().set(given);
    } else if (type == ClosingDaySet::descriptor()) {
        const auto& given = static_cast<const ClosingDaySet&>(event).given();
        own().closing_days.at(given.closing_day_id()) = std::make_shared<SetClosingDay>(given);
    } else if (type == AbsenceSet::descriptor()) {
        own().set(static_cast<const AbsenceSet&>(event).given());
    } else if (type == WebhookSet::descriptor()) {
        const auto& given = static_cast<const WebhookSet&>(event).given();
        own().webhooks.at(given.webhook_id()) = std::make_shared<SetWebhook>(given);
    } else if (type == OrganisationSet::descriptor()) {
        own().organisation =
            std::make_shared<SetOrganisation>(static_cast<const OrganisationSet&>(event).given());
    } else if (type == LetterTemplateSet::descriptor()) {
        const auto& set = static_cast<const LetterTemplateSet&>(event);
        auto& versions = own().letters.at(set.given().template_id());
        versions.push_back(std::make_shared<LetterTemplate>(LetterTemplate{set.version(), set.given()}));
    } else if (type == RetentionSet::descriptor()) {
        const auto& set = static_cast<const RetentionSet&>(event);
        auto& versions = own().retention.at(set.given().subject());
        versions.push_back(
            std::make_shared<RetentionSchedule>(RetentionSchedule{set.version(), set.given()}));
    }
}

// ---- units ----

void Reference::Content::set(const SetUnit& given) {
    const bool known = units.find(given.unit_id()) != nullptr;
    auto& versions = units.at(given.unit_id());
    std::erase_if(versions,
                  [&](const auto& version) { return version->given.valid_from() == given.valid_from(); });
    const auto later = std::ranges::find_if(
        versions, [&](const auto& version) { return version->given.valid_from() > given.valid_from(); });
    versions.insert(later, std::make_shared<Unit>(Unit{given, {}}));
    // Nothing hangs below a new unit yet: thousands of them may come with an import.
    if (known) {
        for (auto& [id, of_unit] : units.by_id) name_department(id, of_unit);
    } else {
        name_department(given.unit_id(), versions);
    }
}

// The top of the tree above a unit on a day. Deciders let no circle in; the bound is for a damaged one.
std::string Reference::Content::department(std::string_view unit_id, std::string_view on) const {
    std::string top;
    for (std::size_t steps = 0; steps <= units.order.size(); ++steps) {
        const auto* const versions = units.find(unit_id);
        if (!versions) return top;
        const Unit* const unit = in_force(*versions, on, [](const Unit& v) { return v.given.valid_from(); });
        top = unit->given.unit_id();
        if (unit->given.parent().empty()) return top;
        unit_id = unit->given.parent();
    }
    return top;
}

// Only versions whose department changed are replaced: others may be shared. A version's last day is
// its end or the eve of the next version.
void Reference::Content::name_department(const std::string& unit_id, Versions<Unit>& versions) const {
    for (std::size_t i = 0; i < versions.size(); ++i) {
        const Unit& unit = *versions[i];
        std::string last = unit.given.valid_until().empty() ? "9999-12-31" : unit.given.valid_until();
        if (i + 1 < versions.size())
            if (const auto next = parse_date(versions[i + 1]->given.valid_from()))
                last = std::min(last, to_string(*next - std::chrono::days(1)));
        std::string top = department(unit_id, std::max(last, unit.given.valid_from()));
        if (top != unit.department) versions[i] = std::make_shared<Unit>(Unit{unit.given, std::move(top)});
    }
}

const Unit* Reference::unit(std::string_view id) const {
    const auto* const versions = content_->units.find(id);
    return versions ? versions->back().get() : nullptr;
}

const Unit* Reference::unit(std::string_view id, Date on) const {
    const auto* const versions = content_->units.find(id);
    return versions ? in_force(*versions, to_string(on), [](const Unit& v) { return v.given.valid_from(); })
                    : nullptr;
}

bool Reference::unit_valid(std::string_view id, Date on) const {
    const Unit* const found = unit(id, on);
    return found && within_validity(found->given.valid_from(), found->given.valid_until(), on);
}

std::string Reference::department_of(std::string_view unit_id) const {
    const Unit* const found = unit(unit_id);
    return found ? found->department : std::string();
}

bool Reference::within(std::string_view unit_id, std::string_view above) const {
    for (std::size_t steps = 0; steps <= content_->units.order.size(); ++steps) {
        const Unit* const current = unit(unit_id);
        if (!current) return false;
        if (unit_id == above) return true;
        unit_id = current->given.parent();
    }
    return false;
}

std::vector<const Unit*> Reference::units() const {
    std::vector<const Unit*> all;
    for (const std::string& id : content_->units.order) all.push_back(unit(id));
    return all;
}

std::vector<std::string> Reference::units_succeeding(std::string_view id, Date on) const {
    return succeeding(
        id, [&](const std::string& current) { return unit_valid(current, on); },
        [&](const std::string& current) {
            const Unit* const found = unit(current);
            return found ? std::vector<std::string>(found->given.successors().begin(),
                                                    found->given.successors().end())
                         : std::vector<std::string>();
        });
}

// ---- code sets ----

namespace {

const Code* code_in(const CodeSetVersion& version, std::string_view code) {
    const auto& codes = version.given.codes();
    const auto found = std::ranges::find_if(codes, [&](const Code& c) { return c.code() == code; });
    return found == codes.end() ? nullptr : &*found;
}

}  // namespace

const CodeSetVersion* Reference::code_set(std::string_view name, Date on) const {
    const auto* const versions = content_->code_sets.find(name);
    if (!versions) return nullptr;
    return in_force(*versions, to_string(on), [](const CodeSetVersion& v) { return v.given.valid_from(); });
}

bool Reference::code_valid(std::string_view set, std::string_view code, Date on) const {
    const CodeSetVersion* const version = code_set(set, on);
    const Code* const found = version ? code_in(*version, code) : nullptr;
    return found && within_validity(found->valid_from(), found->valid_until(), on);
}

const Code* Reference::code(std::string_view set, std::string_view code) const {
    const auto* const versions = content_->code_sets.find(set);
    if (!versions) return nullptr;
    for (auto version = versions->rbegin(); version != versions->rend(); ++version)
        if (const Code* const found = code_in(**version, code)) return found;
    return nullptr;
}

std::vector<std::string> Reference::code_sets() const {
    return content_->code_sets.order;
}

std::vector<std::string> Reference::codes_succeeding(std::string_view set, std::string_view code,
                                                     Date on) const {
    return succeeding(
        code, [&](const std::string& current) { return code_valid(set, current, on); },
        [&](const std::string& current) {
            const Code* const found = this->code(set, current);
            return found ? std::vector<std::string>(found->successors().begin(), found->successors().end())
                         : std::vector<std::string>();
        });
}

std::string Reference::code_version(Date on) const {
    std::string all = "1";
    const std::string day = to_string(on);
    for (const auto& [name, versions] : content_->code_sets.by_id) {
        const auto* found =
            in_force(versions, day, [](const CodeSetVersion& v) { return v.given.valid_from(); });
        if (found->version != 1) all += fmt::format(", {} {}", name, found->version);
    }
    return all;
}

std::vector<const CodeSetVersion*> Reference::code_set_versions(std::string_view name) const {
    std::vector<const CodeSetVersion*> all;
    if (const auto* const versions = content_->code_sets.find(name))
        for (const auto& version : *versions) all.push_back(version.get());
    return all;
}

// ---- authorities, policies ----

const SetAuthority* Reference::authority(std::string_view id) const {
    const auto* const found = content_->authorities.find(id);
    return found ? found->get() : nullptr;
}

std::vector<const SetAuthority*> Reference::authorities() const {
    std::vector<const SetAuthority*> all;
    for (const std::string& id : content_->authorities.order) all.push_back(authority(id));
    return all;
}

bool Reference::authority_valid(std::string_view id, Date on) const {
    const SetAuthority* const found = authority(id);
    return found && within_validity(found->valid_from(), found->valid_until(), on);
}

const SetAuthority* Reference::authority_succeeding(std::string_view id, Date on) const {
    const auto found = succeeding(
        id, [&](const std::string& current) { return authority_valid(current, on); },
        [&](const std::string& current) {
            const SetAuthority* const one = authority(current);
            return one && !one->successor().empty() ? std::vector<std::string>{one->successor()}
                                                    : std::vector<std::string>();
        });
    return found.empty() ? nullptr : authority(found.front());
}

const Policy* Reference::policy(std::string_view name, Date on) const {
    const auto* const versions = content_->policies.find(name);
    if (!versions) return nullptr;
    return in_force(*versions, to_string(on), [](const Policy& v) { return v.given.valid_from(); });
}

std::vector<const Policy*> Reference::policies(Date on) const {
    std::vector<const Policy*> all;
    for (const std::string& name : content_->policies.order) all.push_back(policy(name, on));
    return all;
}

const Policy* Reference::policy_version(std::string_view name, std::uint32_t version) const {
    const auto* const versions = content_->policies.find(name);
    if (!versions) return nullptr;
    const auto found =
        std::ranges::find_if(*versions, [&](const auto& policy) { return policy->version == version; });
    return found == versions->end() ? nullptr : found->get();
}

const RetentionSchedule* Reference::retention(std::string_view subject, Date ended_on, Date on) const {
    const RetentionSchedule* newest = nullptr;
    for (const auto* version : retention_versions(subject))
        if (begun(version->given.valid_from(), to_string(on)) &&
            begun(version->given.ended_from(), to_string(ended_on)))
            newest = version;
    return newest;
}

std::vector<const RetentionSchedule*> Reference::retention_versions(std::string_view subject) const {
    std::vector<const RetentionSchedule*> all;
    if (const auto* const versions = content_->retention.find(subject))
        for (const auto& version : *versions) all.push_back(version.get());
    return all;
}

std::vector<const SetClosingDay*> Reference::closing_days() const {
    std::vector<const SetClosingDay*> all;
    for (const std::string& id : content_->closing_days.order)
        if (const auto& day = *content_->closing_days.find(id); !day->withdrawn()) all.push_back(day.get());
    return all;
}

const SetOrganisation& Reference::organisation() const {
    return *content_->organisation;
}

std::vector<const LetterTemplate*> Reference::letter_templates(Date on) const {
    std::vector<const LetterTemplate*> all;
    for (const std::string& id : content_->letters.order) {
        const LetterTemplate* newest = nullptr;
        for (const auto& version : *content_->letters.find(id))
            if (begun(version->given.valid_from(), to_string(on))) newest = version.get();
        if (newest != nullptr && !newest->given.withdrawn()) all.push_back(newest);
    }
    return all;
}

std::vector<const SetWebhook*> Reference::webhooks() const {
    std::vector<const SetWebhook*> all;
    for (const std::string& id : content_->webhooks.order) all.push_back(content_->webhooks.find(id)->get());
    return all;
}

// ---- users ----

void Reference::Content::set(const SetUser& given) {
    auto& slot = users.at(given.user_id());
    if (slot && !slot->login().empty()) logins.erase(lower_case(slot->login()));
    if (!given.login().empty()) logins[lower_case(given.login())] = given.user_id();
    slot = std::make_shared<SetUser>(given);
}

const SetUser* Reference::user(std::string_view id) const {
    const auto* const found = content_->users.find(id);
    return found ? found->get() : nullptr;
}

std::vector<const SetUser*> Reference::users() const {
    std::vector<const SetUser*> all;
    for (const std::string& id : content_->users.order) all.push_back(user(id));
    return all;
}

// ---- who is away, and who stands in ----

void Reference::Content::set(const SetAbsence& given) {
    auto& of_user = absences[given.user_id()];
    if (given.withdrawn()) {
        of_user.erase(given.first_day());
    } else {
        of_user[given.first_day()] = std::make_shared<SetAbsence>(given);
    }
}

// Of two that hold the day, the one that was begun later: it was set knowing of the other.
const SetAbsence* Reference::absence(std::string_view user, Date on) const {
    const auto of_user = content_->absences.find(user);
    if (of_user == content_->absences.end()) return nullptr;
    const std::string day = to_string(on);
    const auto& absences = of_user->second;
    for (auto next = std::make_reverse_iterator(absences.upper_bound(day)); next != absences.rend(); ++next)
        if (day <= next->second->last_day()) return next->second.get();
    return nullptr;
}

std::vector<const SetAbsence*> Reference::absences_from(Date on) const {
    std::vector<const SetAbsence*> all;
    const std::string day = to_string(on);
    for (const auto& [user, absences] : content_->absences)
        for (const auto& [first_day, one] : absences)
            if (day <= one->last_day()) all.push_back(one.get());
    std::ranges::stable_sort(all, {}, &SetAbsence::first_day);
    return all;
}

std::string Reference::acting_for(std::string_view user_id, Date on) const {
    std::set<std::string, std::less<>> met{std::string(user_id)};
    std::string acting(user_id);
    while (const auto* const away = absence(acting, on)) {
        acting = away->substitute();
        const auto* const substitute = user(acting);
        const bool works = substitute != nullptr && substitute->active();
        if (!works || !met.insert(acting).second) return std::string(user_id);
    }
    return acting;
}

std::vector<std::string> Reference::stands_in_for(std::string_view user_id, Date on) const {
    std::vector<std::string> away;
    for (const auto& [other, absences] : content_->absences)
        if (other != user_id && acting_for(other, on) == user_id) away.push_back(other);
    return away;
}

const SetUser* Reference::user_with_login(std::string_view login) const {
    const auto found = content_->logins.find(lower_case(login));
    return found == content_->logins.end() ? nullptr : user(found->second);
}

}  // namespace vastine::domain
