#include "api/webhooks/sender.hpp"

#include <catch2/catch.hpp>

using namespace vastine;

TEST_CASE("a notice leaves this machine encrypted or not at all", "[webhooks]") {
    for (const auto* good : {"https://example.org/in", "https://example.org:8443/in?x=1", "https://10.0.0.7/",
                             "http://127.0.0.1:9000/in", "http://localhost/in", "http://[::1]:9000/"}) {
        INFO(good);
        CHECK(api::may_be_posted_to(good));
    }
    for (const auto* bad :
         {"", "example.org/in", "http://example.org/in", "http://localhost.example.org/",
          "http://127.0.0.1.example.org/", "ftp://example.org/", "file:///etc/passwd", "https://"}) {
        INFO(bad);
        CHECK_FALSE(api::may_be_posted_to(bad));
    }
}
