#include <google/protobuf/util/message_differencer.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/store/test_stores.hpp"

namespace vastine::store::test {
namespace {

PersonalDataRead entry(const std::string& user, const std::string& case_id) {
    PersonalDataRead read;
    read.set_user_id(user);
    read.add_case_ids(case_id);
    read.set_what("page");
    read.set_purpose("answering the reminder");
    return read;
}
Instant at(std::int64_t seconds) {
    return Instant(std::chrono::seconds(seconds));
}
constexpr std::int64_t march_2026 = 1'772'500'000;
constexpr std::int64_t april_2026 = 1'775'200'000;

std::vector<PersonalDataRead> entries(const AccessLog& log, AccessArea area, Position after = {}) {
    std::vector<PersonalDataRead> out;
    log.read(area, after, [&](const Record&, const PersonalDataRead& read) {
        out.push_back(read);
        return true;
    });
    return out;
}

}  // namespace

TEST_CASE("a read that was recorded is there after a restart, under its own area only", "[access log]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    subject.store().access().record(AccessArea::Legal, at(march_2026), entry("u1", "case-1"));
    subject.store().access().record(AccessArea::Ombudsman, at(march_2026), entry("u2", "case-2"));
    subject.store().access().record(AccessArea::Legal, at(april_2026), entry("u3", "case-3"));
    subject.reopen();
    const auto& log = subject.store().access();
    const auto legal = entries(log, AccessArea::Legal);
    REQUIRE(legal.size() == 2);
    CHECK(google::protobuf::util::MessageDifferencer::Equals(legal[0], entry("u1", "case-1")));
    CHECK(entries(log, AccessArea::Ombudsman).size() == 1);
    CHECK(entries(log, AccessArea::Reference).empty());
    CHECK(entries(log, AccessArea::Legal, Position{1}).size() == 1);
    CHECK(log.verify({}).position.value == 3);
    // The event log knows nothing of it.
    CHECK(subject.events().head().position.value == 0);
}

TEST_CASE("each area and month has a stream and a key of its own, and records nothing readable",
          "[access log]") {
    Subject subject(Where::Memory);
    auto& log = subject.store().access();
    log.record(AccessArea::Legal, at(march_2026), entry("u1", "case-1"));
    log.record(AccessArea::Legal, at(march_2026 + 60), entry("u1", "case-1"));
    log.record(AccessArea::Legal, at(april_2026), entry("u1", "case-1"));
    log.record(AccessArea::Ombudsman, at(april_2026), entry("u1", "case-1"));
    std::vector<Record> records;
    for (const auto area : {AccessArea::Legal, AccessArea::Ombudsman}) {
        log.read(area, Position{0}, [&](const Record& record, const PersonalDataRead&) {
            records.push_back(record);
            return true;
        });
    }
    REQUIRE(records.size() == 4);
    CHECK(records[0].stream.value == "access-legal-2026-03");
    CHECK(records[1].version.value == 2);
    CHECK(records[1].recorded_at == at(march_2026 + 60));
    CHECK(records[2].stream.value == "access-legal-2026-04");
    CHECK(records[3].stream.value == "access-ombudsman-2026-04");
    CHECK(records[0].key == records[1].key);
    CHECK(records[1].key != records[2].key);
    CHECK(records[2].key != records[3].key);
    for (const auto& record : records) {
        CHECK(record.facts.empty());
        CHECK(record.actor.empty());
    }
    // A month whose time is over goes by its key; the proof stands.
    subject.assembled().keys().destroy(records[0].key);
    CHECK(entries(log, AccessArea::Legal).size() == 1);
    CHECK(log.verify({}).position.value == 4);
}

TEST_CASE("a month of the access log is destroyed by itself", "[access log]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    using std::chrono::year;
    const auto march = year(2026) / std::chrono::March;
    const auto april = year(2026) / std::chrono::April;
    using Months = std::vector<std::chrono::year_month>;
    CHECK(subject.store().access().months(AccessArea::Legal).empty());
    CHECK_FALSE(subject.store().access().destroy(AccessArea::Legal, march));
    subject.store().access().record(AccessArea::Legal, at(march_2026), entry("u1", "case-1"));
    subject.store().access().record(AccessArea::Ombudsman, at(march_2026), entry("u1", "case-2"));
    subject.store().access().record(AccessArea::Legal, at(april_2026), entry("u1", "case-1"));
    CHECK(subject.store().access().months(AccessArea::Legal) == Months{march, april});
    const auto key = subject.store().access().destroy(AccessArea::Legal, march);
    REQUIRE(key);
    CHECK(subject.store().access().destroy(AccessArea::Legal, march) == key);
    subject.reopen();
    auto& log = subject.store().access();
    CHECK(log.months(AccessArea::Legal) == Months{april});
    CHECK(log.months(AccessArea::Ombudsman) == Months{march});
    CHECK(entries(log, AccessArea::Legal).size() == 1);
    CHECK(entries(log, AccessArea::Ombudsman).size() == 1);
    CHECK(log.verify({}).position.value == 3);
}

TEST_CASE("reads recorded by many at once are all there", "[access log]") {
    Subject subject(Where::Disk);
    auto& log = subject.store().access();
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (unsigned round = 0; round < 10; ++round) {
                log.record(AccessArea::Legal, at(march_2026), entry(uuid(i), uuid(round)));
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(entries(log, AccessArea::Legal).size() == 80);
    CHECK(log.verify({}).position.value == 80);
}

TEST_CASE("secrets are kept, found by prefix, replaced and erased", "[secrets]") {
    const auto where = GENERATE(Where::Memory, Where::Disk);
    INFO(name_of(where));
    Subject subject(where);
    subject.store().secrets().put("password/u1", "hash one");
    subject.store().secrets().put("password/u2", "hash two");
    subject.store().secrets().put("token/u1", "hash three");
    subject.store().secrets().put("password/u1", "hash four");
    subject.store().secrets().put("nothing", "");
    subject.reopen();
    auto& secrets = subject.store().secrets();
    CHECK(secrets.get("password/u1") == "hash four");
    CHECK(secrets.get("nothing") == "");
    CHECK_FALSE(secrets.get("password/u3"));
    const auto found = secrets.scan("password/");
    REQUIRE(found.size() == 2);
    CHECK(found[1] == std::pair<std::string, std::string>("password/u2", "hash two"));
    CHECK(secrets.scan("").size() == 4);
    secrets.erase("password/u2");
    secrets.erase("password/u2");
    CHECK_FALSE(secrets.get("password/u2"));
}

}  // namespace vastine::store::test
