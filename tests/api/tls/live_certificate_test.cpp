#include "api/tls/live_certificate.hpp"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "api/server.hpp"
#include "api/tls/local_ca.hpp"
#include "tests/api/wire.hpp"

using namespace vastine;
using api::LiveCertificate;
using Look = LiveCertificate::Look;
using test::Served;
using test::Wire;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path = fs::temp_directory_path() / ("vastine-" + api::new_uuid());
    ~Folder() { fs::remove_all(path); }
};

// As a renewal does it: a new file, then the name turned to it.
void replace(const fs::path& file, const fs::path& by) {
    const auto beside = file.string() + ".new";
    fs::copy_file(by, beside, fs::copy_options::overwrite_existing);
    fs::rename(beside, file);
}

// What the next connection is shown.
std::string certificate_of(LiveCertificate& live) {
    unsigned char digest[32] = {};
    REQUIRE(X509_digest(SSL_CTX_get0_certificate(live.context().native_handle()), EVP_sha256(), digest,
                        nullptr) == 1);
    return {digest, digest + sizeof digest};
}

}  // namespace

TEST_CASE("a renewed certificate is in use once both its files are there and fit", "[tls]") {
    const Folder folder;
    const auto old = api::local_certificate(folder.path / "old");
    const auto renewed = api::local_certificate(folder.path / "renewed");
    LiveCertificate live(old.certificate, old.key);
    CHECK(live.look() == Look::Same);
    const auto before = certificate_of(live);

    replace(old.certificate, renewed.certificate);
    CHECK(live.look() == Look::Unfit);
    CHECK(live.why_unfit().find("the private key") != std::string::npos);
    CHECK(live.look() == Look::StillUnfit);
    CHECK(certificate_of(live) == before);

    replace(old.key, renewed.key);
    CHECK(live.look() == Look::Renewed);
    CHECK(live.why_unfit().empty());
    CHECK(certificate_of(live) != before);
    CHECK(live.look() == Look::Same);
}

TEST_CASE("files that are gone, empty or open to the world leave the certificate as it is", "[tls]") {
    const Folder folder;
    const auto files = api::local_certificate(folder.path);
    LiveCertificate live(files.certificate, files.key);
    const auto before = certificate_of(live);
    fs::permissions(files.key, fs::perms::others_read, fs::perm_options::add);
    const auto copy = folder.path / "copy";
    fs::copy_file(files.key, copy);
    replace(files.key, copy);
    CHECK(live.look() == Look::Unfit);
    CHECK(live.why_unfit().find("chmod 600") != std::string::npos);
    std::ofstream(files.certificate, std::ios::trunc);
    CHECK(live.look() == Look::Unfit);
    fs::remove(files.certificate);
    CHECK(live.look() == Look::Unfit);
    CHECK(certificate_of(live) == before);
}

TEST_CASE("a server takes a renewed certificate while it runs, and open connections go on", "[end to end]") {
    const test::Sent alive{.target = "/health/live"};
    Served served;
    Wire open(served);
    REQUIRE(open.ask(alive).status == 200);
    const Folder folder;
    const auto renewed = api::local_certificate(folder.path);
    CHECK_FALSE(Wire(served, 0, renewed.authority).connected());
    replace(served.certificate().certificate, renewed.certificate);
    replace(served.certificate().key, renewed.key);
    bool taken = false;
    for (int tries = 0; tries < 200 && !taken; ++tries) {
        taken = Wire(served, 0, renewed.authority).connected();
        if (!taken) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    CHECK(taken);
    CHECK_FALSE(Wire(served).connected());
    CHECK(Wire(served, 0, renewed.authority).ask(alive).status == 200);
    CHECK(open.ask(alive).status == 200);
}
