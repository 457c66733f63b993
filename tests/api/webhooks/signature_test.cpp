#include "api/webhooks/signature.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

using namespace vastine;

TEST_CASE("a signature is the one of Standard Webhooks' own example", "[webhooks]") {
    CHECK(api::webhook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                 1614265330, R"({"test": 2432232314})") ==
          "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("every secret is another, and signs", "[webhooks]") {
    const auto one = api::new_webhook_secret();
    const auto other = api::new_webhook_secret();
    CHECK(one.starts_with("whsec_"));
    CHECK(one.size() == 6 + 44);
    CHECK(one != other);
    CHECK(api::webhook_signature(one, "msg_1", 1, "{}") != api::webhook_signature(other, "msg_1", 1, "{}"));
}

TEST_CASE("what is no secret signs nothing", "[webhooks]") {
    CHECK_THROWS_AS(api::webhook_signature("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_1", 1, "{}"),
                    std::invalid_argument);
    CHECK_THROWS_AS(api::webhook_signature("whsec_not base64", "msg_1", 1, "{}"), std::invalid_argument);
}
