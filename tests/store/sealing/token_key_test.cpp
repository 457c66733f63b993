// The master key in a hardware module, for which SoftHSM stands: the same calls through the same door.

#include "store/sealing/token_key.hpp"

#include <fmt/format.h>
#include <p11-kit/pkcs11.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "store/sealing/cipher.hpp"
#include "store/sealing/file_key.hpp"
#include "store/sealing/token_module.hpp"
#include "tests/store/test_stores.hpp"

namespace vastine::store::sealing {
namespace {

using test::append_of;
using test::uuid;

constexpr const char* soft_hsm = "/usr/lib/softhsm/libsofthsm2.so";
constexpr const char* pin = "4711-0815";

// A token of its own for each test, in a folder that goes with it.
struct Token {
    test::Folder folder;
    TokenPlace place{soft_hsm, "county", "vastine", folder.path() / "pin"};

    Token() {
        REQUIRE(std::filesystem::exists(soft_hsm));
        std::filesystem::create_directory(folder.path() / "tokens");
        std::ofstream(folder.path() / "softhsm2.conf")
            << "directories.tokendir = " << (folder.path() / "tokens").string() << "\nlog.level = ERROR\n";
        ::setenv("SOFTHSM2_CONF", (folder.path() / "softhsm2.conf").c_str(), 1);
        add("county");
        write_private(place.pin_file, std::string(pin) + "\n");
    }
    static void add(const std::string& label) {
        const auto command = fmt::format(
            "softhsm2-util --init-token --free --label {} --so-pin so-pin-1 --pin {} >/dev/null", label, pin);
        REQUIRE(std::system(command.c_str()) == 0);
    }
    static void write_private(const std::filesystem::path& path, const std::string& text) {
        std::ofstream(path) << text;
        ::chmod(path.c_str(), 0600);
    }
    [[nodiscard]] std::filesystem::path description() const {
        const auto path = folder.path() / "token.txt";
        write_private(path, place.text());
        return path;
    }
};

}  // namespace

TEST_CASE("a key wrapped in a token opens there, in its own row and unaltered only", "[token]") {
    const Token token;
    const TokenKey master(token.place);
    master.make_when_missing();
    const auto key = Key::random();
    const auto box = master.wrap("area-key-3", key);
    CHECK(box.size() == nonce_size + Key::size + tag_size);
    CHECK(box != master.wrap("area-key-3", key));
    const auto opened = master.unwrap("area-key-3", box);
    REQUIRE(opened);
    CHECK(same_key(*opened, key));
    CHECK_FALSE(master.unwrap("area-key-2", box));
    for (const std::size_t byte : {std::size_t{0}, nonce_size, box.size() - 1}) {
        auto altered = box;
        altered[byte] = static_cast<char>(altered[byte] ^ 1);
        CHECK_FALSE(master.unwrap("area-key-3", altered));
    }
    CHECK_FALSE(master.unwrap("area-key-3", box.substr(1)));
    CHECK(master.recognises(master.check()));
    CHECK_FALSE(master.recognises(FileKey(Key::random()).check()));
}

TEST_CASE("a successor is another key of the same token, with the next label", "[token]") {
    const Token token;
    const TokenKey master(token.place);
    master.make_when_missing();
    const auto second = master.successor();
    const auto third = second->successor();
    CHECK(second->described() == "the key 'vastine-2' of the token 'county'");
    CHECK(third->described() == "the key 'vastine-3' of the token 'county'");
    const auto box = second->wrap("index-key", Key::random());
    CHECK(second->unwrap("index-key", box));
    CHECK_FALSE(master.unwrap("index-key", box));
    CHECK_FALSE(third->recognises(second->check()));
}

TEST_CASE("several threads reach a token, one after the other", "[token]") {
    const Token token;
    const TokenKey one(token.place);
    one.make_when_missing();
    const TokenKey other(token.place);  // as the key file is read a second time
    std::atomic<unsigned> failed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, &master = i % 2 == 0 ? one : other] {
            for (int round = 0; round < 5; ++round) {
                const auto key = Key::random();
                const auto opened = master.unwrap("x", master.wrap("x", key));
                if (!opened || !same_key(*opened, key)) ++failed;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(failed == 0);
}

TEST_CASE("what is wrong with a token is said, and no PIN", "[token]") {
    Token token;
    const auto refused = [&](const std::string& because) {
        try {
            const TokenKey key(token.place);
            static_cast<void>(key.wrap("x", Key::random()));
            FAIL_CHECK("it was done");
        } catch (const CannotOpen& said) {
            const std::string text = said.what();
            CHECK_THAT(text, Catch::Contains(because));
            CHECK(text.find(pin) == std::string::npos);
            CHECK(text.find("wrong-pin") == std::string::npos);
        }
    };
    SECTION("no key") {
        refused("no AES key with the label 'vastine'");
    }
    SECTION("no token") {
        token.place.token = "other";
        refused("no token with the label 'other'");
    }
    SECTION("two tokens") {
        Token::add("county");
        refused("more than one token");
    }
    SECTION("a wrong PIN") {
        Token::write_private(token.place.pin_file, "wrong-pin");
        refused("the PIN is wrong");
    }
    SECTION("no PIN file") {
        std::filesystem::remove(token.place.pin_file);
        refused("is missing");
    }
    SECTION("a PIN file that others may read") {
        ::chmod(token.place.pin_file.c_str(), 0644);
        refused("chmod 600");
    }
    SECTION("no library") {
        token.place.module = "/usr/lib/no-such-module.so";
        refused("cannot be loaded");
    }
    SECTION("a library that is no module") {
        token.place.module = "/lib/x86_64-linux-gnu/libz.so.1";
        refused("no PKCS#11 module");
    }
}

TEST_CASE("a key that can be taken out of its token is not used", "[token]") {
    const Token token;
    {
        const auto module = TokenModule::load(soft_hsm);
        const TokenSession session(*module, "county", token.place.pin_file, TokenSession::For::Making);
        CK_MECHANISM generate{CKM_AES_KEY_GEN, nullptr, 0};
        CK_BBOOL yes = CK_TRUE;
        CK_BBOOL no = CK_FALSE;
        CK_ULONG length = 32;
        std::string label = "vastine";
        std::array<CK_ATTRIBUTE, 7> wanted{{{CKA_TOKEN, &yes, sizeof yes},
                                            {CKA_SENSITIVE, &no, sizeof no},
                                            {CKA_EXTRACTABLE, &yes, sizeof yes},
                                            {CKA_ENCRYPT, &yes, sizeof yes},
                                            {CKA_DECRYPT, &yes, sizeof yes},
                                            {CKA_VALUE_LEN, &length, sizeof length},
                                            {CKA_LABEL, label.data(), label.size()}}};
        CK_OBJECT_HANDLE made = 0;
        must(session.calls().C_GenerateKey(session.handle(), &generate, wanted.data(), wanted.size(), &made),
             "making a key");
    }
    CHECK_THROWS_WITH(TokenKey(token.place).check(), Catch::Contains("is not used"));
}

TEST_CASE("a description of a token reads as it was written, and names all that is needed", "[token]") {
    const TokenPlace place{"/usr/lib/module.so", "the county's token", "vastine", "/etc/vastine/pin"};
    CHECK(place.text() ==
          "vastine token 1\nmodule /usr/lib/module.so\ntoken the county's token\nkey vastine\n"
          "pin-file /etc/vastine/pin\n");
    const auto read = TokenPlace::from_text(place.text());
    REQUIRE(read);
    CHECK(read->text() == place.text());
    CHECK_FALSE(TokenPlace::from_text(FileKey(Key::random()).file_text()));
    CHECK_THROWS_WITH(TokenPlace::from_text("vastine token 1\nmodule module.so\n"),
                      Catch::Contains("whole paths"));
    CHECK_THROWS_WITH(TokenPlace::from_text("vastine token 1\nslot 0\n"), Catch::Contains("slot"));
}

TEST_CASE("a store moves into a token, is rotated there, is restored without it, and moves back", "[token]") {
    const Token token;
    test::Subject subject(test::Where::Disk);
    const auto key_file = subject.options().directory / "key";
    REQUIRE(subject.events().append(append_of({})));
    std::vector<std::string> shares;
    subject.store().keys().renew_escrow({}, [&](const auto& texts) { shares = texts; });
    const auto record = test::all_records(subject.events()).front();
    const auto check = [&](const std::string& master) {
        subject.reopen();
        CHECK(subject.store().keys().status().master == master);
        CHECK_FALSE(subject.events().open(record, Depth::Everything).key_gone);
    };

    subject.store().keys().move_master_key_to_token(token.description());
    check("the key 'vastine' of the token 'county'");
    CHECK(TokenPlace::from_text(token.place.text())->text() ==
          (std::ostringstream() << std::ifstream(key_file).rdbuf()).str());
    subject.store().keys().rotate_master_key();
    subject.store().keys().rotate_area_keys({});
    check("the key 'vastine-2' of the token 'county'");
    subject.store().keys().move_master_key_to_file();
    check("a key file");
    subject.store().keys().move_master_key_to_token(token.description());
    check("the key 'vastine' of the token 'county'");

    // The module is gone, with all that was in it.
    subject.close();
    std::filesystem::remove_all(token.folder.path() / "tokens");
    CHECK_THROWS_WITH(Store::open(subject.options()), Catch::Contains("hardware module"));
    std::filesystem::remove(key_file);
    const auto restored = Store::restore(subject.options(), {shares[0], shares[2], shares[4]});
    CHECK(restored.unopened == 0);
    check("a key file");
}

TEST_CASE("a store is made under a token when the key file names one", "[token]") {
    const Token token;
    const test::Folder folder;
    Options options;
    options.directory = folder.path() / "data";
    options.key_file = token.description();
    Store::create(options);
    CHECK_FALSE(std::filesystem::exists(options.directory / "key"));
    const auto store = Store::open(options);
    CHECK(store->keys().status().master == "the key 'vastine' of the token 'county'");
    REQUIRE(store->events().append(append_of({})));
    CHECK_FALSE(store->events().open(test::all_records(store->events()).front(), Depth::Everything).key_gone);
}

TEST_CASE("a store stays where it is when the token does not answer", "[token]") {
    const Token token;
    test::Subject subject(test::Where::Disk);
    REQUIRE(subject.events().append(append_of({})));
    Token::write_private(token.place.pin_file, "wrong-pin");
    CHECK_THROWS_WITH(subject.store().keys().move_master_key_to_token(token.description()),
                      Catch::Contains("the PIN is wrong"));
    CHECK_THROWS_WITH(subject.store().keys().move_master_key_to_token(subject.options().directory / "key"),
                      Catch::Contains("describes no token"));
    subject.reopen();
    CHECK(subject.store().keys().status().master == "a key file");
}

}  // namespace vastine::store::sealing
