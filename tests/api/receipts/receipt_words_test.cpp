#include "api/receipts/receipt_words.hpp"

#include <catch2/catch.hpp>

#include "store/checkpoints.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::api {
namespace {

using store::test::append_of;
using store::test::Folder;
using store::test::uuid;

struct House {
    Folder folder;
    std::unique_ptr<store::Store> store = store::Store::in_memory(
        [] { return store::Instant(std::chrono::microseconds(1'700'000'000'000'000)); });
    store::Checkpoints checkpoints{
        *store, {folder.path() / "witness", folder.path() / "public-keys"}, [] { return store::Instant{}; }};

    House() {
        for (unsigned i = 1; i <= 3; ++i) {
            REQUIRE(store->events().append(
                append_of({.stream = "reminder-" + uuid(i), .command_id = uuid(i), .count = i})));
        }
    }
    ReceiptWords words(store::Position position, domain::Language language) {
        const auto receipt = checkpoints.receipt(position);
        const auto key = checkpoints.public_keys().events;
        const auto proven = store::proof::check_receipt(receipt, {&key, 1});
        REQUIRE(proven);
        return receipt_words(receipt, *proven, key, language);
    }
};

}  // namespace

TEST_CASE("a case's receipt is about its first record", "[receipt]") {
    House house;
    CHECK(registered_at(house.store->events(), uuid(1))->value == 1);
    CHECK(registered_at(house.store->events(), uuid(3))->value == 4);
    CHECK_FALSE(registered_at(house.store->events(), uuid(9)));
    CHECK_FALSE(registered_at(house.store->events(), ""));
}

TEST_CASE("a receipt says which case, which day in Finland and where, in the language asked for",
          "[receipt]") {
    House house;
    // 22:13:20 UTC is after midnight in Finland.
    const auto finnish = house.words(store::Position{2}, domain::Language::Finnish);
    CHECK(finnish.title == "Kirjaamistosite");
    CHECK_THAT(finnish.paragraphs[0], Catch::Contains("Asia " + uuid(2) + " on kirjattu 15.11.2023") &&
                                          Catch::Contains("2023-11-14T22:13:20.000000Z") &&
                                          Catch::Contains("kohdassa 2"));
    CHECK_THAT(house.words(store::Position{2}, domain::Language::Swedish).paragraphs[0],
               Catch::Contains("på plats 2"));
    CHECK_THAT(house.words(store::Position{2}, domain::Language::English).paragraphs[0],
               Catch::Contains("at position 2"));
}

TEST_CASE("the text that a client is handed is what verify-receipt takes", "[receipt]") {
    House house;
    const auto key = house.checkpoints.public_keys().events;
    for (const auto language :
         {domain::Language::Finnish, domain::Language::Swedish, domain::Language::English}) {
        const auto text = to_plain_text(house.words(store::Position{4}, language));
        const auto parsed = store::proof::parse_receipt(text);
        REQUIRE(parsed);
        const auto proven = store::proof::check_receipt(*parsed, {&key, 1});
        REQUIRE(proven);
        CHECK(proven->stream.value == "reminder-" + uuid(3));
        CHECK(text.find(key.text()) != std::string::npos);
    }
}

}  // namespace vastine::api
