// The format of Go's checksum database and of C2SP: its published keys and notes, byte for byte.

#include "store/proof/note.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "store/proof/base64.hpp"

namespace vastine::store::proof {
namespace {

const std::string peters_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
// Of "PRIVATE+KEY+PeterNeumann+c74f20a3+...": the algorithm's byte, then the seed.
const std::string peters_private = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const std::string text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string peters_line =
    "\xE2\x80\x94 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const std::string enochs_line =
    "\xE2\x80\x94 EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const std::string peters_note = text + "\n" + peters_line;

SigningKey peter() {
    const auto bytes = from_base64(peters_private).value();
    sealing::Key seed;
    std::copy(bytes.begin() + 1, bytes.end(), seed.data());
    return {"PeterNeumann", seed};
}
std::string why(const Proven<std::string>& opened) {
    return opened ? "opened" : opened.error().why;
}

}  // namespace

TEST_CASE("a seed gives the public key and the note that Go's implementation published", "[note]") {
    CHECK(peter().verifier().text() == peters_key);
    CHECK(peter().sign(text) == peters_note);
    CHECK(VerifierKey::parse(peters_key)->open(peters_note).value() == text);
}

TEST_CASE("signatures of others are passed over, and do not count", "[note]") {
    const auto key = VerifierKey::parse(peters_key).value();
    CHECK(key.open(text + "\n" + enochs_line + peters_line).value() == text);
    CHECK_THAT(why(key.open(text + "\n" + enochs_line)),
               Catch::Contains("not signed by the key PeterNeumann"));
    // The name alone makes nobody Peter.
    auto impostor = enochs_line;
    impostor.replace(impostor.find("EnochRoot"), 9, "PeterNeumann");
    CHECK_THAT(why(key.open(text + "\n" + impostor)), Catch::Contains("not signed by the key"));
}

TEST_CASE("no byte of a signed note can be changed", "[note]") {
    const auto key = VerifierKey::parse(peters_key).value();
    for (std::size_t at = 0; at < peters_note.size(); ++at) {
        auto altered = peters_note;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        INFO("byte " << at);
        REQUIRE_FALSE(key.open(altered).has_value());
        REQUIRE_FALSE(key.open(peters_note.substr(0, at)).has_value());
    }
    CHECK_FALSE(key.open(peters_note + "one more line\n"));
}

TEST_CASE("a public key that was mistyped is refused, wherever", "[note]") {
    for (std::size_t at = 0; at < peters_key.size(); ++at) {
        auto mistyped = peters_key;
        ++mistyped[at];
        INFO(mistyped);
        REQUIRE_FALSE(VerifierKey::parse(mistyped));
        REQUIRE_FALSE(VerifierKey::parse(peters_key.substr(0, at)));
        if (at > 0) REQUIRE_FALSE(VerifierKey::parse(peters_key.substr(at)));
    }
    // With ids that fit: a key too long, and one of another kind.
    CHECK_FALSE(
        VerifierKey::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="));
    CHECK_FALSE(VerifierKey::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
}

TEST_CASE("a note is UTF-8 without control characters, and its names have no spaces", "[note]") {
    CHECK_FALSE(parse_note("\x01" + peters_note));
    CHECK_FALSE(parse_note("\xFF" + peters_note));
    CHECK_FALSE(parse_note("\xC0\xAF" + peters_note));      // a slash written too long
    CHECK_FALSE(parse_note("\xED\xA0\x80" + peters_note));  // half of a UTF-16 pair
    CHECK_FALSE(parse_note(text));
    CHECK_FALSE(parse_note(text + "\n"));
    CHECK(parse_note("\xC3\xA4iti\n\n" + peters_line));
    auto spaced = peters_line;
    spaced.replace(spaced.find("PeterNeumann"), 12, "Peter\xC2\xA0Neumann");
    CHECK_FALSE(parse_note(text + "\n" + spaced));
    CHECK_THROWS_AS(VerifierKey("two words", std::string(32, 'x')), std::invalid_argument);
}

TEST_CASE("base 64 has one way of writing each string of bytes", "[note]") {
    CHECK(to_base64("") == "");
    CHECK(to_base64("f") == "Zg==");
    CHECK(to_base64("fo") == "Zm8=");
    CHECK(to_base64("foobar") == "Zm9vYmFy");
    CHECK(from_base64("Zm9vYg==") == "foob");
    for (const auto* wrong : {"Zg", "Zg=", "Zh==", "Zg==\n", " Zg==", "Zg=a", "Z===", "Zm9v====", "Zm-_"}) {
        INFO(wrong);
        CHECK_FALSE(from_base64(wrong));
    }
}

}  // namespace vastine::store::proof
