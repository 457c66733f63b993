#include "domain/destruction/execution.hpp"

#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>

namespace vastine::domain::destruction {

namespace {

// Short enough that nobody waits long for the certainty, long enough for a month's worth of restores [D].
constexpr std::uint32_t usual_key_backup_days = 35;
// An event of a few dozen kilobytes: a county's year of contacts is some two thousand items.
constexpr std::size_t items_an_event = 500;

std::string_view code_of(Area area) {
    return area == Area::Ombudsman ? "ombudsman" : "legal";
}

bool is_of(Area area, std::string_view subject) {
    if (subject == retention::log_subject(area)) return true;
    constexpr std::array kinds{REMINDER, COMPLAINT, AUTHORITY_REQUEST, CONTACT};
    return std::ranges::any_of(
        kinds, [&](Kind kind) { return area_of(kind) == area && retention::subject_of(kind) == subject; });
}

bool may_execute(const State& state) {
    return state.stage == Stage::Approved || state.stage == Stage::Executing;
}

// The item, when the list is being carried out and the item stands so.
Result<const Item*> standing(const State& state, std::string_view item_id, Fate fate) {
    if (!may_execute(state)) return reject(Reason::WrongState, "destruction.not_approved");
    const auto* known = item(state, item_id);
    if (known == nullptr) return reject(Reason::NotFound, "destruction.no_such_item", {}, "item_id");
    if (known->fate != fate) return reject(Reason::WrongState, "destruction.item_settled", {}, "item_id");
    return known;
}

Result<Events> held_back(const std::string& item_id, std::string_view why) {
    ItemHeldBack event;
    event.set_item_id(item_id);
    event.set_why(std::string(why));
    return events(std::move(event));
}

}  // namespace

// ---- listing ----

Result<Events> items_listed(const State& state, const std::vector<DestructionItem>& items,
                            const Listing& listing) {
    if (state.stage != Stage::Listing) return reject(Reason::WrongState, "destruction.listed_already");
    std::set<std::string> met;
    for (const auto& item : items) {
        if (item.item_id().empty() || !met.insert(item.item_id()).second)
            return reject(Reason::Invalid, "destruction.item_twice", {}, "items");
        if (!is_of(state.area, item.subject()))
            return reject(Reason::Invalid, "destruction.item_of_another_area", {}, "items");
    }
    Events all;
    std::size_t at = 0;
    do {
        ItemsListed listed;
        const auto until = std::min(items.size(), at + items_an_event);
        for (; at < until; ++at) *listed.add_items() = items[at];
        listed.set_last(at == items.size());
        listed.set_position(listing.position);
        listed.set_as_of_on(to_string(listing.as_of));
        all.add(std::move(listed));
    } while (at < items.size());
    return all;
}

// ---- carrying out ----

Result<Events> check_item(const State& state, const std::string& item_id, const retention::Handling& now,
                          const Context& context) {
    const auto known = standing(state, item_id, Fate::Waiting);
    if (!known) return tl::unexpected(known.error());
    const auto found = retention::recheck((*known)->given, now, context.reference, context.today);
    switch (found.step) {
        case retention::Step::HoldBack:
            return held_back(item_id, found.why);
        case retention::Step::Wait:
            return reject(Reason::WrongState, "destruction.not_its_day");
        case retention::Step::Destroy:
            break;
    }
    ItemCleared cleared;
    cleared.set_item_id(item_id);
    cleared.set_case_version(now.version);
    return events(std::move(cleared));
}

Result<Events> item_destroyed(const State& state, const KeysDestroyed& keys, const Reference& reference) {
    if (const auto known = standing(state, keys.item_id, Fate::Cleared); !known)
        return tl::unexpected(known.error());
    ItemDestroyed destroyed;
    destroyed.set_item_id(keys.item_id);
    const auto since_epoch = keys.at.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
    destroyed.mutable_destroyed_at()->set_seconds(seconds.count());
    destroyed.mutable_destroyed_at()->set_nanos(
        static_cast<std::int32_t>(std::chrono::nanoseconds(since_epoch - seconds).count()));
    for (const auto& id : keys.key_ids) destroyed.add_key_ids(id);
    destroyed.set_final_on(to_string(helsinki_date(keys.at) + key_backup_life(reference)));
    return events(std::move(destroyed));
}

Result<Events> held_back_after_all(const State& state, const std::string& item_id,
                                   const retention::Handling& now, const Context& context) {
    const auto known = standing(state, item_id, Fate::Cleared);
    if (!known) return tl::unexpected(known.error());
    const auto found = retention::recheck((*known)->given, now, context.reference, context.today);
    if (found.step != retention::Step::HoldBack)
        return reject(Reason::WrongState, "destruction.item_settled", {}, "item_id");
    return held_back(item_id, found.why);
}

// ---- the certificate ----

namespace {

std::string fate_of(const Item& item) {
    switch (item.fate) {
        case Fate::Waiting:
        case Fate::Cleared:
            return "waiting";
        case Fate::ToArchive:
            return "to-archive";
        case Fate::Withheld:
            return "withheld";
        case Fate::HeldBack:
            return "held-back:" + item.held_back;
        case Fate::Destroyed:
            return "destroyed";
    }
    return "waiting";
}

void count_in(DestructionCount& counts, Fate fate) {
    switch (fate) {
        case Fate::Destroyed:
            return counts.set_destroyed(counts.destroyed() + 1);
        case Fate::HeldBack:
            return counts.set_held_back(counts.held_back() + 1);
        case Fate::Withheld:
            return counts.set_withheld(counts.withheld() + 1);
        case Fate::ToArchive:
            return counts.set_to_archive(counts.to_archive() + 1);
        case Fate::Waiting:
        case Fate::Cleared:
            return;
    }
}

}  // namespace

std::string list_text(const State& state, std::string_view list_id) {
    std::string out = fmt::format("vastine destruction list 1\nlist {}\narea {}\nyear {}\n", list_id,
                                  code_of(state.area), state.year);
    for (const auto& item : state.items) {
        const auto& given = item.given;
        out += fmt::format("item {} {} {} {} {} {}\n", given.item_id(), given.subject(),
                           given.ended_month().empty() ? "-" : given.ended_month(), given.schedule_version(),
                           given.years(), fate_of(item));
    }
    return out;
}

std::string certificate_text(const DestructionCertificate& certificate) {
    std::string out =
        fmt::format("vastine destruction certificate 1\nlist {}\narea {}\nyear {}\nlist-sha256 {}\n",
                    certificate.list_id(), certificate.area(), certificate.year(), certificate.list_sha256());
    for (const auto& one : certificate.counts())
        out += fmt::format("{} destroyed {} held-back {} withheld {} to-archive {}\n", one.subject(),
                           one.destroyed(), one.held_back(), one.withheld(), one.to_archive());
    for (const auto& user : certificate.approved_by()) out += fmt::format("approved-by {}\n", user);
    out += fmt::format("completed-on {}\nfinal-on {}\n", certificate.completed_on(),
                       certificate.final_on().empty() ? "-" : certificate.final_on());
    return out;
}

DestructionCertificate certificate(const State& state, const ListHash& hash, Date today) {
    DestructionCertificate certificate;
    certificate.set_list_id(hash.list_id);
    certificate.set_area(std::string(code_of(state.area)));
    certificate.set_year(static_cast<std::uint32_t>(state.year));
    certificate.set_list_sha256(hash.sha256);
    certificate.set_completed_on(to_string(today));
    for (const auto& approval : state.approvals) certificate.add_approved_by(approval.by);
    std::map<std::string, DestructionCount> by_subject;
    for (const auto& item : state.items) {
        count_in(by_subject[item.given.subject()], item.fate);
        // ISO dates order as text.
        if (certificate.final_on() < item.final_on) certificate.set_final_on(item.final_on);
    }
    for (auto& [subject, counts] : by_subject) {
        counts.set_subject(subject);
        *certificate.add_counts() = std::move(counts);
    }
    return certificate;
}

Result<Events> completed(const State& state, const DestructionCertificate& given,
                         const Signature& signature) {
    if (!may_execute(state)) return reject(Reason::WrongState, "destruction.not_approved");
    if (count(state, Fate::Waiting) + count(state, Fate::Cleared) > 0)
        return reject(Reason::WrongState, "destruction.items_wait");
    const auto completed_on = parse_date(given.completed_on());
    const bool says_the_same =
        completed_on && google::protobuf::util::MessageDifferencer::Equals(
                            given, certificate(state, {given.list_id(), given.list_sha256()}, *completed_on));
    if (!says_the_same || given.list_sha256().empty() || signature.base64.empty())
        return reject(Reason::Invalid, "destruction.another_certificate");
    DestructionCompleted event;
    *event.mutable_certificate() = given;
    event.set_signature(signature.base64);
    event.set_signed_with(signature.signed_with);
    return events(std::move(event));
}

std::chrono::days key_backup_life(const Reference& reference) {
    const auto set = reference.organisation().key_backup_days();
    return std::chrono::days(set == 0 ? usual_key_backup_days : set);
}

}  // namespace vastine::domain::destruction
