#include "api/webhooks/delivery_book.hpp"

#include <catch2/catch.hpp>

#include "api/webhooks/webhooks.hpp"

using namespace vastine;
using api::DeliveryBook;
using api::Progress;

namespace {

const store::Instant noon = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours(12);

}  // namespace

TEST_CASE("an old secret signs beside the new one for a day, and no longer", "[webhooks]") {
    const auto store = store::Store::in_memory();
    DeliveryBook book(store->secrets());
    CHECK(book.secrets("hook", noon).empty());
    const auto first = book.new_secret("hook", noon);
    const auto second = book.new_secret("hook", noon + std::chrono::hours(1));
    const auto end = noon + std::chrono::hours(1) + DeliveryBook::overlap;
    CHECK(book.secrets("hook", noon + std::chrono::hours(2)) == std::vector{second, first});
    CHECK(book.secrets("hook", end - std::chrono::seconds(1)) == std::vector{second, first});
    CHECK(book.secrets("hook", end) == std::vector{second});
    CHECK(book.secrets("other", noon).empty());
}

TEST_CASE("an old secret is not kept longer because another one follows", "[webhooks]") {
    const auto store = store::Store::in_memory();
    DeliveryBook book(store->secrets());
    static_cast<void>(book.new_secret("hook", noon));
    const auto second = book.new_secret("hook", noon + std::chrono::hours(1));
    const auto third = book.new_secret("hook", noon + std::chrono::hours(20));
    CHECK(book.secrets("hook", noon + std::chrono::hours(26)) == std::vector{third, second});
}

TEST_CASE("how far a webhook was told, and what waits, is there again after a restart", "[webhooks]") {
    const auto store = store::Store::in_memory();
    Progress progress;
    progress.position = {17};
    progress.notices = 2;
    progress.url = "https://example.org/in";
    progress.attempts = 3;
    progress.trouble = Progress::Trouble::Status;
    progress.status = 503;
    progress.next_attempt_at = noon;
    {
        DeliveryBook book(store->secrets());
        CHECK(book.progress("hook") == nullptr);
        book.begin("hook", progress);
        book.progress("hook")->attempts = 4;
        book.keep("hook");
    }
    DeliveryBook again(store->secrets());
    REQUIRE(again.progress("hook") != nullptr);
    const auto& kept = *again.progress("hook");
    CHECK(kept.position.value == 17);
    CHECK(kept.notices == 2);
    CHECK(kept.url == "https://example.org/in");
    CHECK(kept.active);
    CHECK(kept.attempts == 4);
    CHECK(kept.trouble == Progress::Trouble::Status);
    CHECK(kept.status == 503);
    CHECK(kept.next_attempt_at == noon);
}

TEST_CASE("pauses double from five seconds to an hour", "[webhooks]") {
    using std::chrono::seconds;
    CHECK(api::pause_after(1) == seconds(5));
    CHECK(api::pause_after(2) == seconds(10));
    CHECK(api::pause_after(3) == seconds(20));
    CHECK(api::pause_after(10) == seconds(2560));
    CHECK(api::pause_after(11) == seconds(3600));
    CHECK(api::pause_after(4'000'000'000U) == seconds(3600));
}
