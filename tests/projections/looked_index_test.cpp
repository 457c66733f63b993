// The access log folded for questions, against the log itself read entry by entry; random, the seed is
// printed.

#include "projections/looked_index.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

using namespace vastine;
using namespace vastine::projections;

namespace {

struct Kept {
    store::Position position;
    PersonalDataRead read;
};

struct Log {
    store::Instant at = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    std::unique_ptr<store::Store> store = store::Store::in_memory([this] { return at; });

    void add(store::AccessArea area, const std::string& user, const std::string& what,
             const std::vector<std::string>& cases, const std::string& purpose = {}) {
        PersonalDataRead read;
        read.set_user_id(user);
        read.set_what(what);
        read.set_purpose(purpose);
        read.set_read_on(domain::to_string(domain::helsinki_date(at)));
        for (const auto& id : cases) read.add_case_ids(id);
        store->access().record(area, at, read);
    }
    [[nodiscard]] std::vector<Kept> all(store::AccessArea area) const {
        std::vector<Kept> all;
        store->access().read(area, {}, [&](const store::Record& record, const PersonalDataRead& read) {
            all.push_back({record.position, read});
            return true;
        });
        return all;
    }
};

bool fits(const Kept& kept, const LookedQuery& query) {
    const auto& read = kept.read;
    const auto day = day_of(read.read_on());
    const bool shows = query.case_ids.empty() || std::ranges::any_of(query.case_ids, [&](const auto& id) {
                           return std::ranges::find(read.case_ids(), id) != read.case_ids().end();
                       });
    return shows && (query.user_id.empty() || read.user_id() == query.user_id) &&
           (query.what.empty() || read.what() == query.what) && (query.from == no_day || day >= query.from) &&
           (query.until == no_day || day <= query.until) &&
           (query.purpose == PurposeStated::Either ||
            (query.purpose == PurposeStated::Yes) == !read.purpose().empty()) &&
           (query.up_to.value == 0 || kept.position <= query.up_to);
}

}  // namespace

TEST_CASE("every question is answered as if the log were read from its beginning", "[looked]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto any = [&](unsigned below) {
        return std::uniform_int_distribution<unsigned>(0, below - 1)(random);
    };
    const auto user = [&] { return "u" + std::to_string(any(5)); };
    const auto case_id = [&] { return "c" + std::to_string(any(12)); };
    const std::vector<std::string> whats{"page", "list", "search", "break-glass"};
    Log log;
    LookedIndex index(log.store->access(), store::AccessArea::Legal);
    CHECK(index.catch_up() == store::Position{0});
    for (int round = 0; round < 12; ++round) {
        for (int i = 0; i < 60; ++i) {
            std::vector<std::string> cases(any(4));
            std::ranges::generate(cases, case_id);
            log.add(any(4) == 0 ? store::AccessArea::Ombudsman : store::AccessArea::Legal, user(),
                    whats[any(4)], cases, any(3) == 0 ? "syy" : "");
            log.at += std::chrono::hours(any(9));
        }
        CHECK(index.catch_up() == log.store->access().head().position);
        const auto all = log.all(store::AccessArea::Legal);
        REQUIRE(index.size() == all.size());
        for (int question = 0; question < 40; ++question) {
            LookedQuery query;
            if (any(2) == 0) query.user_id = any(9) == 0 ? "nobody" : user();
            if (any(3) == 0) query.case_ids = {case_id(), any(5) == 0 ? "none" : case_id()};
            if (any(3) == 0) query.what = whats[any(4)];
            const auto first = day_of(all.front().read.read_on());
            if (any(3) == 0) query.from = first + static_cast<Day>(any(40));
            if (any(3) == 0) query.until = first + static_cast<Day>(any(60));
            if (any(3) == 0) query.purpose = any(2) == 0 ? PurposeStated::Yes : PurposeStated::No;
            if (any(4) == 0) query.up_to = all[any(static_cast<unsigned>(all.size()))].position;
            std::vector<store::Position> expected;
            std::map<std::pair<std::string, Day>, std::pair<std::uint32_t, std::set<std::string>>> days;
            for (auto kept = all.rbegin(); kept != all.rend(); ++kept) {
                if (!fits(*kept, query)) continue;
                expected.push_back(kept->position);
                auto& day = days[{kept->read.user_id(), day_of(kept->read.read_on())}];
                ++day.first;
                day.second.insert(kept->read.case_ids().begin(), kept->read.case_ids().end());
            }
            // Page by page, as an auditor reads on.
            std::vector<store::Position> found;
            for (;;) {
                const auto page = index.find(query, 7);
                CHECK(page.all == expected.size());
                found.insert(found.end(), page.positions.begin(), page.positions.end());
                if (page.positions.size() < 7) break;
                query.before = page.positions.back();
            }
            CHECK(found == expected);
            const auto counts = index.by_day(query);
            REQUIRE(counts.size() == days.size());
            for (std::size_t i = 0; i < counts.size(); ++i) {
                const auto& day = days.at({counts[i].user_id, counts[i].day});
                CHECK(counts[i].reads == day.first);
                CHECK(counts[i].cases == day.second.size());
                if (i > 0) CHECK(counts[i - 1].cases >= counts[i].cases);
            }
        }
    }
    CHECK(index.whats() == std::vector<std::string>{"break-glass", "list", "page", "search"});
}
