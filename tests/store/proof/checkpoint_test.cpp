#include "store/proof/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "store/proof/base64.hpp"

namespace vastine::store::proof {
namespace {

// The example of c2sp.org/tlog-checkpoint.
const std::string sofa =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

sealing::Key seed() {
    sealing::Key key;
    for (std::size_t i = 0; i < sealing::Key::size; ++i) key.data()[i] = static_cast<std::uint8_t>(i);
    return key;
}
const std::string origin = "vastine/7b6fb0c2-4a5e-4d1c-9f2a-0d3c1b2a4e5f/log";

}  // namespace

TEST_CASE("a checkpoint is three lines, as the specification's own example", "[checkpoint]") {
    const auto parsed = parse_checkpoint(sofa).value();
    CHECK(parsed.origin == "example.com/behind-the-sofa");
    CHECK(parsed.head.position.value == 20852163);
    CHECK(to_base64(parsed.head.root) == "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
    CHECK(to_text(parsed) == sofa);
    CHECK(parse_checkpoint(sofa + "of whoever adds a line\n").value().head.position.value == 20852163);
}

TEST_CASE("a checkpoint that leaves a question open is refused", "[checkpoint]") {
    const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    for (const auto& wrong :
         {std::string(), std::string("\n1\n") + root, "a\n01\n" + root, "a\n-1\n" + root, "a\n\n" + root,
          "a\n1 \n" + root, "a\n18446744073709551616\n" + root, std::string("a\n1\nCsU=\n"),
          "a\n1\n" + root.substr(0, root.size() - 1), "a\n1\n" + root + "\n", "a\n1\n" + root + "b"}) {
        INFO(wrong);
        CHECK_FALSE(parse_checkpoint(wrong));
    }
}

// Frozen: what was signed once is checked for ever.
TEST_CASE("a signed checkpoint is these bytes", "[checkpoint][golden]") {
    const SigningKey key(origin, seed());
    CHECK(key.verifier().text() ==
          "vastine/7b6fb0c2-4a5e-4d1c-9f2a-0d3c1b2a4e5f/log+99d9c1c8+AQ"
          "OhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4");
    const Checkpoint checkpoint{origin, {Position{12}, std::string(32, 'r')}};
    const auto note = key.sign(to_text(checkpoint));
    CHECK(note ==
          "vastine/7b6fb0c2-4a5e-4d1c-9f2a-0d3c1b2a4e5f/log\n"
          "12\n"
          "cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI=\n"
          "\n"
          "— vastine/7b6fb0c2-4a5e-4d1c-9f2a-0d3c1b2a4e5f/log "
          "mdnByA5t13mEyhe6FXFDry0UVtK9cFICaAl+T0VDN+B9GodGLHSrJZBhqM2JZ2IOxvMjUcTrE+qgRoO9L/4/aDWA"
          "2Ag=\n");
    const auto opened = open_checkpoint(note, key.verifier()).value();
    CHECK(opened.origin == origin);
    CHECK(opened.head.position.value == 12);
}

TEST_CASE("a key speaks for the log of its own name only", "[checkpoint]") {
    const SigningKey key("vastine/another/log", seed());
    const auto note = key.sign(to_text({origin, {Position{12}, std::string(32, 'r')}}));
    const auto opened = open_checkpoint(note, key.verifier());
    REQUIRE_FALSE(opened);
    CHECK_THAT(opened.error().why, Catch::Contains("does not sign for"));
}

}  // namespace vastine::store::proof
