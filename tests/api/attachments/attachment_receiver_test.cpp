#include "api/attachments/attachment_receiver.hpp"

#include <catch2/catch.hpp>

#include "api/attachments/file_type.hpp"
#include "store/store.hpp"

using namespace vastine;
using api::AttachmentReceiver;

namespace {

const store::StreamId stream{"reminder-00000000-0000-4000-8000-000000000001"};
const std::string pdf = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n";

std::string told(const std::string& bytes, const std::string& name) {
    const auto type = api::file_type(bytes, name);
    return type ? *type : type.error().text;
}

struct Given {
    std::unique_ptr<store::Store> store =
        store::Store::in_memory([] { return store::Instant{std::chrono::hours(500'000)}; });
    AttachmentReceiver receiver(const std::string& name, std::uint64_t most = 1U << 20U) const {
        return {store->blobs(), {stream, store::KeyArea::Legal, most}, name};
    }
};

std::string refusal(AttachmentReceiver& receiver) {
    const auto stored = receiver.finish();
    return stored ? "stored" : stored.error().text;
}

}  // namespace

TEST_CASE("what a file is follows from its content", "[attachments]") {
    CHECK(told(pdf, "Selvitys.PDF") == "application/pdf");
    CHECK(told("\x89PNG\r\n\x1a\n" + std::string("\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0", 21),
               "kuva.png") == "image/png");
    CHECK(told("Potilas soitti ja kertoi, että hoito viivästyi.\n", "muistio.txt") == "text/plain");
    CHECK(told("nimi,syy\nAino,hoito\nEino,kohtelu\n", "rivit.txt") == "text/plain");
    CHECK(told("nimi,syy\nAino,hoito\nEino,kohtelu\n", "rivit.csv") == "text/plain");
}

TEST_CASE("what runs, and what has scripts, is not kept by any name", "[attachments]") {
    const auto elf =
        "\x7f" + std::string("ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0>\0\1\0\0\0", 23) + std::string(64, '\0');
    for (const auto* name : {"a.pdf", "a.txt", "a.exe", "a"}) {
        CHECK(told(elf, name) == "attachments.not_kept");
        CHECK(told("MZ\x90" + std::string("\0\3\0\0\0\4\0\0\0\xff\xff", 11) + std::string(100, '\0'), name)
                  .starts_with("attachments."));
        CHECK(told("<!DOCTYPE html><html><script>alert(1)</script></html>", name) == "attachments.not_kept");
        CHECK(told("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", name) ==
              "attachments.not_kept");
        CHECK(told("#!/bin/sh\nrm -rf /\n", name) == "attachments.not_kept");
    }
}

TEST_CASE("a file whose name says something else than its content is refused", "[attachments]") {
    CHECK(told(pdf, "kuva.png") == "attachments.name_says_otherwise");
    CHECK(told(pdf, "selvitys.pdf.exe") == "attachments.name_says_otherwise");
    CHECK(told(pdf, "selvitys") == "attachments.name_says_otherwise");
}

TEST_CASE("only what holds nothing that runs is shown in the browser", "[attachments]") {
    CHECK(api::shown_inline("application/pdf"));
    CHECK(api::shown_inline("text/plain"));
    CHECK_FALSE(api::shown_inline("application/msword"));
    CHECK_FALSE(api::shown_inline("text/html"));
}

TEST_CASE("pieces of any size become the file they are of", "[attachments]") {
    const Given given;
    auto receiver = given.receiver("rivit.txt");
    std::string whole;
    for (int i = 0; i < 6000; ++i) {
        const auto piece = "rivi " + std::to_string(i) + ", jossa on ääkkösiä\n";
        whole += piece;
        receiver.take(piece);
    }
    const auto stored = receiver.finish();
    REQUIRE(stored);
    CHECK(stored->size() == whole.size());
    CHECK(stored->media_type() == "text/plain");
    CHECK(*given.store->blobs().get(stream, stored->sealed_sha256()) == whole);
}

TEST_CASE("what is too large, empty, nameless or no document leaves nothing behind", "[attachments]") {
    const Given given;
    auto large = given.receiver("a.txt", 200'000);
    for (int i = 0; i < 3; ++i) large.take(std::string(80'000, 'a'));
    CHECK(refusal(large) == "attachments.too_large");
    auto empty = given.receiver("a.txt");
    CHECK(refusal(empty) == "attachments.empty");
    auto nameless = given.receiver("");
    nameless.take(pdf);
    CHECK(refusal(nameless) == "attachments.no_name");
    auto page = given.receiver("a.html");
    page.take("<!DOCTYPE html><html></html>");
    CHECK(refusal(page) == "attachments.not_kept");
    CHECK(given.store->blobs().count() == 0);
    auto exact = given.receiver("a.txt", 200'000);
    exact.take(std::string(200'000, 'a'));
    CHECK(refusal(exact) == "stored");
}
