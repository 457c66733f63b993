#include "api/import/import_records.hpp"

#include <catch2/catch.hpp>

using namespace vastine;

namespace {

ImportRecord record(std::int64_t seconds, const std::string& kind) {
    ImportRecord record;
    record.mutable_at()->set_seconds(seconds);
    record.set_user_id("a0000000-0000-4000-8000-000000000003");
    record.set_kind(kind);
    record.set_rows(3);
    record.set_taken(2);
    record.set_rejected(1);
    return record;
}

}  // namespace

TEST_CASE("imports are told newest first, each with its counts", "[import-records]") {
    const auto store = store::Store::in_memory([] { return store::Instant{}; });
    api::import::note(store->secrets(), record(999'999'999, "reminder"));
    api::import::note(store->secrets(), record(1'772'000'000, "complaint"));
    api::import::note(store->secrets(), record(1'772'000'000, "complaint"));
    const auto all = api::import::records(store->secrets(), 10);
    REQUIRE(all.size() == 3);  // two of one second are two
    CHECK(all.front().kind() == "complaint");
    CHECK(all.back().kind() == "reminder");
    CHECK(all.back().rows() == 3);
    CHECK(all.back().rejected() == 1);
    CHECK(api::import::records(store->secrets(), 1).size() == 1);
}
