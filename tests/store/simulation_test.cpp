// Random appends, retries, reuses, releases and restarts against a plain model of what must be.

#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

using Random = std::mt19937_64;

struct Modelled {
    std::string stream;
    std::uint64_t version;
    std::string command_id;
    std::string note;
};
struct Taken {
    std::string request;
    std::uint64_t first;
    std::uint64_t last;
};

// What the contract says, as plainly as it can be said.
class Model {
public:
    std::optional<Refusal> expected_refusal(const Append& append, const std::string& key) const {
        if (const auto known = commands.find(key); known != commands.end()) {
            if (known->second.request != append.request) return Refusal::CommandReused;
            return std::nullopt;
        }
        for (const auto& stream : append.streams) {
            if (version(stream.stream.value) != stream.expected.value) return Refusal::StaleVersion;
        }
        auto after = claims;
        for (const auto& claim : append.releases) {
            const auto held = after.find(claim.scope + claim.value);
            if (held != after.end() && held->second == claim.stream.value) after.erase(held);
        }
        for (const auto& claim : append.claims) {
            const auto [held, fresh] = after.try_emplace(claim.scope + claim.value, claim.stream.value);
            if (!fresh && held->second != claim.stream.value) return Refusal::ClaimTaken;
        }
        return std::nullopt;
    }
    [[nodiscard]] std::uint64_t version(const std::string& stream) const {
        const auto found = versions.find(stream);
        return found == versions.end() ? 0 : found->second;
    }
    std::map<std::string, std::uint64_t> versions;
    std::map<std::string, Taken> commands;
    std::map<std::string, std::string> claims;
    std::vector<Modelled> log;
};

class Simulation {
public:
    Simulation(Where where, std::uint64_t seed) : random_(seed), subject_(where) {}

    void run(unsigned steps) {
        for (unsigned step = 0; step < steps; ++step) {
            INFO("step " << step);
            if (pick(60) == 0) subject_.reopen();
            if (pick(10) == 0) {
                subject_.set_clock(1'700'000'000'000'000 + static_cast<std::int64_t>(pick(1'000'000)));
            }
            one_append();
            if (pick(25) == 0) check_state();
        }
        subject_.reopen();
        check_state();
        subject_.events().verify({});
    }

private:
    std::uint64_t pick(std::uint64_t below) { return random_() % below; }

    std::string some_stream() {
        return (pick(2) == 0 ? "reminder-" : "contact-") + uuid(static_cast<unsigned>(pick(9)));
    }

    void one_append() {
        Append append;
        append.actor = pick(2) == 0 ? "actor-a" : "actor-b";
        append.command_id = uuid(static_cast<unsigned>(pick(150)));
        append.request = fmt::format("request {}", pick(3));
        const auto note = fmt::format("note {}", random_());
        const auto streams = 1 + pick(3);
        for (std::uint64_t i = 0; i < streams; ++i) {
            const auto stream = some_stream();
            const bool named = std::any_of(append.streams.begin(), append.streams.end(),
                                           [&](const auto& other) { return other.stream.value == stream; });
            if (named) continue;
            const auto version = model_.version(stream) + (pick(12) == 0 ? 1 : 0);
            append.streams.push_back(
                stream_append({.stream = stream, .expected = version, .count = 1 + pick(3), .note = note}));
        }
        const StreamId& first = append.streams.front().stream;
        if (pick(3) == 0) append.claims.push_back({"diary", fmt::format("{}", pick(12)), first});
        if (pick(4) == 0) append.releases.push_back({"diary", fmt::format("{}", pick(12)), first});

        const auto key = append.actor + append.command_id;
        const auto refusal = model_.expected_refusal(append, key);
        const auto known = model_.commands.find(key);
        Model after = model_;
        const auto first_position = model_.log.size() + 1;
        if (!refusal && known == model_.commands.end()) {
            for (const auto& stream : append.streams) {
                for (std::size_t i = 0; i < stream.events.size(); ++i) {
                    const auto version = ++after.versions[stream.stream.value];
                    after.log.push_back({stream.stream.value, version, append.command_id, note});
                }
            }
            for (const auto& claim : append.releases) {
                const auto held = after.claims.find(claim.scope + claim.value);
                if (held != after.claims.end() && held->second == claim.stream.value)
                    after.claims.erase(held);
            }
            for (const auto& claim : append.claims)
                after.claims[claim.scope + claim.value] = claim.stream.value;
            after.commands[key] = {append.request, first_position, after.log.size()};
        }
        const auto answer = subject_.events().append(std::move(append));
        if (refusal) {
            REQUIRE_FALSE(answer.has_value());
            REQUIRE(answer.error().refusal == *refusal);
            return;
        }
        REQUIRE(answer.has_value());
        const bool repeated = known != model_.commands.end();
        REQUIRE(answer->repeated == repeated);
        model_ = std::move(after);
        REQUIRE(answer->first.value == model_.commands.at(key).first);
        REQUIRE(answer->last.value == model_.commands.at(key).last);
    }

    void check_state() {
        auto& events = subject_.events();
        const auto records = all_records(events);
        REQUIRE(records.size() == model_.log.size());
        for (std::size_t i = 0; i < records.size(); ++i) {
            REQUIRE(records[i].stream.value == model_.log[i].stream);
            REQUIRE(records[i].version.value == model_.log[i].version);
            REQUIRE(records[i].command_id == model_.log[i].command_id);
            if (i > 0) REQUIRE(records[i].recorded_at >= records[i - 1].recorded_at);
        }
        for (int i = 0; i < 5 && !records.empty(); ++i) {
            const auto at = pick(records.size());
            const auto opened = events.open(records[at], Depth::Everything);
            REQUIRE(google::protobuf::util::MessageDifferencer::Equals(
                *opened.event, *assigned("handler", model_.log[at].note)));
        }
        for (const auto& [stream, version] : model_.versions) {
            REQUIRE(events.version(StreamId{stream}).value == version);
            std::uint64_t seen = 0;
            events.read_stream(StreamId{stream}, Version{0}, [&](const Record& record) {
                REQUIRE(record.version.value == ++seen);
                return true;
            });
            REQUIRE(seen == version);
        }
        for (unsigned value = 0; value < 12; ++value) {
            const auto found = events.find("diary", fmt::format("{}", value));
            const auto held = model_.claims.find(fmt::format("diary{}", value));
            REQUIRE(found.has_value() == (held != model_.claims.end()));
            if (found) REQUIRE(found->value == held->second);
        }
    }

    Random random_;
    Subject subject_;
    Model model_;
};

}  // namespace

TEST_CASE("the store does what a plain model of the contract does", "[simulation]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    const auto seed = std::random_device()();
    INFO(name_of(where) << ", seed " << seed);
    Simulation(where, seed).run(where == Where::Memory ? 600 : 200);
}

}  // namespace vastine::store::test
