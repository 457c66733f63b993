#include "projections/looked_index.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <tuple>

namespace vastine::projections {

struct LookedIndex::Asked {
    std::optional<CodeId> user;
    std::optional<CodeId> what;
    std::vector<std::uint32_t> cases;  // ascending
    bool any_case = true;
    Day from = no_day;
    Day until = no_day;
    PurposeStated purpose = PurposeStated::Either;
    std::uint64_t up_to = 0;
};

store::Position LookedIndex::catch_up() {
    const std::unique_lock lock(mutex_);
    // What is recorded while this reads is taken now or next time, and never twice.
    const auto head = log_.head().position;
    if (head <= taken_) return taken_;
    log_.read(area_, taken_, [&](const store::Record& record, const PersonalDataRead& read) {
        take(record, read);
        taken_ = record.position;
        return true;
    });
    taken_ = std::max(taken_, head);
    return taken_;
}

void LookedIndex::take(const store::Record& record, const PersonalDataRead& read) {
    Entry entry;
    entry.position = record.position.value;
    entry.day = day_of(read.read_on());
    entry.user = users_.id(read.user_id());
    entry.what = whats_.id(read.what());
    entry.purpose = !read.purpose().empty();
    entry.cases.begin = static_cast<std::uint32_t>(cases_.size());
    entry.cases.size = static_cast<std::uint32_t>(read.case_ids_size());
    for (const auto& id : read.case_ids()) cases_.push_back(number_of(id));
    entries_.push_back(entry);
}

std::uint32_t LookedIndex::number_of(const std::string& case_id) {
    return case_numbers_.emplace(case_id, static_cast<std::uint32_t>(case_numbers_.size())).first->second;
}

// Nothing: it names somebody or something that no entry has.
std::optional<LookedIndex::Asked> LookedIndex::asked(const LookedQuery& query) const {
    Asked asked;
    asked.from = query.from;
    asked.until = query.until;
    asked.purpose = query.purpose;
    asked.up_to = query.up_to.value;
    if (!query.user_id.empty()) {
        asked.user = users_.known(query.user_id);
        if (*asked.user == 0) return std::nullopt;
    }
    if (!query.what.empty()) {
        asked.what = whats_.known(query.what);
        if (*asked.what == 0) return std::nullopt;
    }
    if (query.case_ids.empty()) return asked;
    asked.any_case = false;
    for (const auto& id : query.case_ids)
        if (const auto known = case_numbers_.find(id); known != case_numbers_.end())
            asked.cases.push_back(known->second);
    std::ranges::sort(asked.cases);
    if (asked.cases.empty()) return std::nullopt;
    return asked;
}

bool LookedIndex::fits(const Entry& entry, const Asked& asked) const {
    if (asked.up_to != 0 && entry.position > asked.up_to) return false;
    if (asked.user && entry.user != *asked.user) return false;
    if (asked.what && entry.what != *asked.what) return false;
    if (asked.from != no_day && entry.day < asked.from) return false;
    if (asked.until != no_day && entry.day > asked.until) return false;
    if (asked.purpose != PurposeStated::Either && entry.purpose != (asked.purpose == PurposeStated::Yes))
        return false;
    if (asked.any_case) return true;
    const auto* const first = cases_.data() + entry.cases.begin;
    return std::any_of(first, first + entry.cases.size,
                       [&](std::uint32_t shown) { return std::ranges::binary_search(asked.cases, shown); });
}

LookedIndex::Found LookedIndex::find(const LookedQuery& query, std::size_t most) const {
    const std::shared_lock lock(mutex_);
    Found found;
    const auto wanted = asked(query);
    if (!wanted) return found;
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
        if (!fits(*entry, *wanted)) continue;
        ++found.all;
        const bool on_page = query.before.value == 0 || entry->position < query.before.value;
        if (on_page && found.positions.size() < most) found.positions.push_back({entry->position});
    }
    return found;
}

std::vector<LookedCount> LookedIndex::by_day(const LookedQuery& query) const {
    const std::shared_lock lock(mutex_);
    const auto wanted = asked(query);
    if (!wanted) return {};
    struct Read {
        std::uint32_t reads = 0;
        std::vector<std::uint32_t> cases;
    };
    std::map<std::pair<CodeId, Day>, Read> days;
    for (const auto& entry : entries_) {
        if (!fits(entry, *wanted)) continue;
        auto& read = days[{entry.user, entry.day}];
        ++read.reads;
        const auto* const first = cases_.data() + entry.cases.begin;
        read.cases.insert(read.cases.end(), first, first + entry.cases.size);
    }
    std::vector<LookedCount> counts;
    counts.reserve(days.size());
    for (auto& [key, read] : days) {
        std::ranges::sort(read.cases);
        const auto twice = std::ranges::unique(read.cases);
        const auto cases = static_cast<std::uint32_t>(read.cases.size() - twice.size());
        counts.push_back({users_.name(key.first), key.second, read.reads, cases});
    }
    std::ranges::sort(counts, [](const LookedCount& one, const LookedCount& other) {
        return std::tuple(other.cases, other.reads, other.day, one.user_id) <
               std::tuple(one.cases, one.reads, one.day, other.user_id);
    });
    return counts;
}

namespace {

std::vector<std::string> in_order(const Codes& codes) {
    std::set<std::string> words;
    for (std::size_t id = 1; id < codes.size(); ++id) words.insert(codes.name(static_cast<CodeId>(id)));
    return {words.begin(), words.end()};
}

}  // namespace

std::vector<std::string> LookedIndex::whats() const {
    const std::shared_lock lock(mutex_);
    return in_order(whats_);
}

std::vector<std::string> LookedIndex::users() const {
    const std::shared_lock lock(mutex_);
    return in_order(users_);
}

std::size_t LookedIndex::size() const {
    const std::shared_lock lock(mutex_);
    return entries_.size();
}

}  // namespace vastine::projections
