#include "api/publications/public_page.hpp"

#include <sodium.h>

#include <catch2/catch.hpp>
#include <functional>
#include <pugixml.hpp>
#include <set>

#include "api/publications/editions.hpp"
#include "api/rendering/private_folder.hpp"
#include "api/rendering/rendering.hpp"
#include "tests/api/node_program.hpp"
#include "tests/api/publications/publishing.hpp"

using namespace vastine;
using test::Publishing;

namespace {

api::Response stranger(Publishing& house, const std::string& target, const std::string& method = "GET",
                       std::vector<std::pair<std::string, std::string>> headers = {}) {
    return house.service.send({.method = method, .target = target, .headers = std::move(headers)});
}

pugi::xml_document parsed(const api::Response& response) {
    pugi::xml_document document;
    auto text = response.body;
    if (text.starts_with("<!DOCTYPE html>")) text.erase(0, 15);
    const auto result = document.load_string(text.c_str());
    INFO(result.description() << "\n" << text);
    REQUIRE(result);
    return document;
}

void each_element(pugi::xml_node node, const std::function<void(pugi::xml_node)>& visit) {
    for (auto child : node.children()) {
        if (child.type() != pugi::node_element) continue;
        visit(child);
        each_element(child, visit);
    }
}

// Whole bodies, whether they come at once or in pieces. False: it broke off.
bool whole(const api::Response& response, std::string& body) {
    body = response.body;
    if (!response.source) return true;
    try {
        for (bool more = true; more;) {
            response.source->next([&](std::string piece) {
                more = !piece.empty();
                body += piece;
            });
        }
    } catch (const std::exception&) {
        return false;
    }
    return true;
}

std::set<std::string> links(const pugi::xml_document& page) {
    std::set<std::string> all;
    each_element(page, [&](pugi::xml_node node) {
        const std::string href = node.attribute("href").value();
        if (href.starts_with("/")) all.insert(href);
    });
    return all;
}

}  // namespace

TEST_CASE("anybody reads what is published, without a login and in three languages", "[public-page]") {
    Publishing house;
    const auto id = house.published_report();
    for (const auto& [language, title] :
         {std::pair{"fi", "Potilas- ja sosiaaliasiavastaavien vuosiselvitys 2025"},
          {"sv", "Patient- och socialombudens årsredogörelse 2025"},
          {"en", "Annual report of the patient and social ombudsmen 2025"}}) {
        for (const auto& response : {stranger(house, std::string("/published?lang=") + language),
                                     stranger(house, "/published", "GET", {{"Accept-Language", language}})}) {
            CHECK(response.status == 200);
            CHECK(response.headers.get("Content-Language") == language);
            const auto page = parsed(response);
            CHECK(std::string(page.child("html").attribute("lang").value()) == language);
            CHECK(response.body.find(title) != std::string::npos);
            CHECK(response.body.find("/published/" + id + "/1/report-annual-2025-fi.html") !=
                  std::string::npos);
        }
    }
    const auto page = stranger(house, "/published?lang=en");
    CHECK(page.body.find("200 kB") != std::string::npos);
    CHECK(page.body.find("internal") == std::string::npos);
    CHECK(stranger(house, "/published?lang=de").status == 400);
    CHECK(stranger(house, "/published").headers.get("Content-Language") == "fi");
}

TEST_CASE("the public page is one document that a screen reader finds its way in", "[public-page]") {
    Publishing house;
    house.correct(house.published_report(), 2);
    const auto response = stranger(house, "/published?lang=sv");
    const auto page = parsed(response);
    std::set<std::string> ids;
    int headings = 0;
    int level = 0;
    each_element(page, [&](pugi::xml_node node) {
        const std::string name = node.name();
        INFO(name);
        CHECK(name != "script");
        CHECK_FALSE(node.attribute("style"));
        CHECK_FALSE(node.attribute("src"));
        if (node.attribute("id")) CHECK(ids.insert(node.attribute("id").value()).second);
        if (name == "h1") ++headings;
        if (name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
            CHECK(name[1] - '0' <= level + 1);
            level = name[1] - '0';
        }
        if (name == "th") CHECK(node.attribute("scope"));
        if (name == "table") CHECK_FALSE(std::string(node.child("caption").text().get()).empty());
    });
    CHECK(headings == 1);
    CHECK(ids.contains("content"));
    for (const auto& link : page.select_nodes("//a")) {
        const std::string href = link.node().attribute("href").value();
        if (href.starts_with("#")) CHECK(ids.contains(href.substr(1)));
        CHECK_FALSE(std::string(link.node().text().get()).empty());
    }
    CHECK(page.select_node("//main"));
    CHECK(page.select_node("//nav/@aria-label"));
}

TEST_CASE("the public page has no violation of axe-core, wide, narrow and on paper, and is valid HTML",
          "[public-page][browser]") {
    Publishing house;
    house.correct(house.published_report(), 2);
    static_cast<void>(house.signed_report());
    const api::rendering::PrivateFolder folder;
    std::vector<std::string> files;
    for (const auto* language : {"fi", "sv", "en"}) {
        const auto name = std::string(language) + ".html";
        folder.write(name, stranger(house, std::string("/published?lang=") + language).body);
        files.push_back((folder.path() / name).string());
    }
    test::NodeProgram checker("check_pages.mjs", files);
    for (const auto& file : files) {
        INFO(file);
        CHECK(boost::json::serialize(checker.hear().at("violations")) == "[]");
    }
}

TEST_CASE("the page's policy lets in its own style and nothing else", "[public-page]") {
    Publishing house;
    const auto response = stranger(house, "/published");
    const auto page = parsed(response);
    const std::string style = page.child("html").child("head").child("style").text().get();
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(style.data()), style.size());
    std::array<char, 64> base64{};
    sodium_bin2base64(base64.data(), base64.size(), hash.data(), hash.size(), sodium_base64_VARIANT_ORIGINAL);
    const auto policy = response.headers.get("Content-Security-Policy");
    CHECK(policy == "default-src 'none'; style-src 'sha256-" + std::string(base64.data()) +
                        "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    // As the page has it on the wire, which is what a browser hashes.
    CHECK(response.body.find(style) != std::string::npos);
}

TEST_CASE("a correction stands beside the edition that it replaces, with what it changed", "[public-page]") {
    Publishing house;
    const auto id = house.published_report();
    const auto before = stranger(house, "/published?lang=fi");
    CHECK(before.body.find("korjattu") == std::string::npos);
    house.correct(id, 2);
    const auto response = stranger(house, "/published?lang=fi");
    const auto page = parsed(response);
    const auto anchor = [&](const char* edition) {
        return page.select_node(("//*[@id='p-" + id + "-" + edition + "']").c_str()).node();
    };
    REQUIRE(anchor("1"));
    REQUIRE(anchor("2"));
    CHECK(std::string(anchor("1").attribute("class").value()) == "corrected");
    CHECK(std::string(anchor("2").attribute("class").value()) == "edition");
    CHECK(response.body.find("<span>Taulukon 3 otsikko.</span>") != std::string::npos);
    // Nobody said it in English: it is read out as what it is.
    CHECK(stranger(house, "/published?lang=en").body.find("<span lang=\"fi\">Taulukon 3 otsikko.</span>") !=
          std::string::npos);
    CHECK(response.body.find("href=\"#p-" + id + "-2\"") != std::string::npos);
    CHECK(response.body.find("id=\"p-" + id + "-2\"") < response.body.find("id=\"p-" + id + "-1\""));
    // Both stay to be fetched.
    CHECK(stranger(house, "/published/" + id + "/1/report-annual-2025-fi.html").status == 200);
    CHECK(stranger(house, "/published/" + id + "/2/report-annual-2025-fi-2.html").status == 200);
    CHECK(stranger(house, "/published/" + id + "/2/report-annual-2025-fi.html").status == 404);
}

TEST_CASE("a published file is given out as it was frozen", "[public-page]") {
    Publishing house;
    const auto id = house.published_report();
    const auto target = "/published/" + id + "/1/report-annual-2025-sv.pdf";
    const auto response = stranger(house, target);
    REQUIRE(response.status == 200);
    std::string body;
    CHECK(whole(response, body));
    CHECK(body == std::string(200'000, 'x'));
    CHECK(response.headers.get("Content-Type") == "application/pdf");
    CHECK(response.headers.get("Content-Language") == "sv");
    CHECK(response.headers.get("Content-Disposition") ==
          "attachment; filename=\"report-annual-2025-sv.pdf\"");
    CHECK(response.headers.get("Cache-Control") == "public, max-age=31536000, immutable");
    const std::string tag(response.headers.get("ETag"));
    CHECK(tag.size() == 66);
    CHECK(stranger(house, target, "GET", {{"If-None-Match", tag}}).status == 304);
    CHECK(stranger(house, target, "GET", {{"If-None-Match", "\"other\", W/" + tag}}).status == 304);
    CHECK(stranger(house, target, "GET", {{"If-None-Match", "\"other\""}}).status == 200);
    const auto head = stranger(house, target, "HEAD");
    CHECK(head.status == 200);
    CHECK(head.headers.get("Content-Length") == "200000");
    CHECK(stranger(house, "/published", "HEAD").status == 200);
    CHECK(stranger(house, target, "POST").status == 405);
    const auto page = stranger(house, "/published/" + id + "/1/report-annual-2025-fi.html");
    CHECK(page.headers.get("Content-Disposition").starts_with("inline"));
    CHECK(page.headers.get("Content-Security-Policy").starts_with("default-src 'none'"));
}

TEST_CASE("a file that is not what was frozen never comes whole, and stops nothing else", "[public-page]") {
    Publishing house;
    const auto id = house.signed_report();
    house.publish(id);
    auto& services = house.service.application->services();
    const auto stream = api::publication_stream(id);
    const auto other = house.service.store->blobs().put(stream, store::KeyArea::Ombudsman, "other bytes");
    REQUIRE(other);
    ArtefactsStored stored;
    stored.set_edition(1);
    stored.set_level("public");
    stored.set_position(services.model.read([&](const projections::Views& views) {
        return views.publications->find(id)->facts.editions.at(0).signed_position;
    }));
    auto& altered = *stored.add_artefacts();
    altered.set_form("html");
    altered.set_language("fi");
    altered.set_file_name("altered.html");
    altered.set_sha256(std::string(64, 'a'));
    altered.set_sealed_sha256(other->sealed_sha256);
    altered.set_size(other->size);
    auto& lost = *stored.add_artefacts();
    lost = altered;
    lost.set_file_name("lost.json");
    lost.set_form("json");
    lost.set_sealed_sha256(std::string(64, 'b'));
    store::StreamAppend to{
        stream, house.service.store->events().version(stream), store::KeyArea::Ombudsman, {}};
    to.events.push_back(std::make_unique<ArtefactsStored>(stored));
    store::Append append;
    append.actor = "service";
    append.command_id = api::new_uuid();
    append.streams.push_back(std::move(to));
    const auto appended = house.service.store->events().append(std::move(append));
    REQUIRE(appended);
    services.model.catch_up(appended->last);

    const auto response = stranger(house, "/published/" + id + "/1/altered.html");
    std::string body;
    CHECK((response.status == 503 || !whole(response, body)));
    CHECK(body.find("other bytes") == std::string::npos);
    CHECK(stranger(house, "/published/" + id + "/1/lost.json").status == 503);
    CHECK(house.service.get("/api/v1/published/" + id + "/tables", BOARD).status == 503);
    CHECK(stranger(house, "/health/ready").status == 200);
    CHECK(house.service.post("/api/v1/contacts", test::contact_body, OMBUDSMAN).status == 201);
}

TEST_CASE("a stranger who tries every id, edition, name and hash gets what is published and nothing else",
          "[public-page][wall]") {
    Publishing house;
    // One of each: published and corrected, published with a correction being written, signed, a draft.
    std::vector<std::string> ids{house.published_report()};
    house.correct(ids[0], 2);
    ids.push_back(house.published_report());
    house.take(ids[1], "correct", R"({"what_changed":{"fi":"SISÄINEN syy.","sv":"INTERN orsak."}})",
               HEAD_OMBUDSMAN);
    ids.push_back(house.signed_report());
    house.store(ids[2], 1, "internal", {{"html", "fi", "signed-internal.html", "SISÄINEN allekirjoitettu"}});
    ids.push_back(house.open(test::annual_body, OMBUDSMAN));
    house.take(ids[3], "texts", R"({"section":"summary","language":"fi","markdown":"SISÄINEN luonnos"})",
               OMBUDSMAN);

    std::set<std::string> names;
    std::set<std::string> published;
    auto& events = house.service.store->events();
    for (const auto& id : ids) {
        events.read_stream({"publication-" + id}, store::Version{0}, [&](const store::Record& record) {
            names.insert({record.command_id, record.actor, std::to_string(record.position.value)});
            const auto opened = events.open(record, store::Depth::Everything);
            const auto* stored = dynamic_cast<const ArtefactsStored*>(opened.event.get());
            for (int i = 0; stored != nullptr && i < stored->artefacts_size(); ++i) {
                const auto& artefact = stored->artefacts(i);
                names.insert({artefact.file_name(), artefact.sha256(), artefact.sealed_sha256()});
                if (stored->level() != "public") continue;
                published.insert("/published/" + id + "/" + std::to_string(stored->edition()) + "/" +
                                 artefact.file_name());
            }
            return true;
        });
    }
    REQUIRE(published.size() == 4 + 2 + 4);
    std::set<std::string> found;
    for (const auto& id : ids) {
        for (const auto* edition : {"0", "1", "01", "2", "3", "-1", "internal", "public", "%2e%2e"}) {
            for (const auto& name : names) {
                const auto target = "/published/" + id + "/" + edition + "/" + name;
                const auto response = stranger(house, target);
                REQUIRE((response.status == 200 || response.status == 404));
                std::string body;
                REQUIRE(whole(response, body));
                CHECK(body.find("SISÄINEN") == std::string::npos);
                if (response.status == 200) found.insert(target);
            }
        }
        for (const auto* place : {"", "/texts/summary/fi", "/files/x"}) {
            CHECK(stranger(house, "/api/v1/publications/" + id + place).status == 401);
        }
        CHECK(stranger(house, "/api/v1/published/" + id + "/tables").status == 401);
    }
    CHECK(found == published);

    // And by the links of the page and of the feed, as a crawler would.
    std::set<std::string> seen;
    std::vector<std::string> waiting{"/published", "/published/feed.atom"};
    while (!waiting.empty()) {
        const auto target = waiting.back();
        waiting.pop_back();
        if (!seen.insert(target).second) continue;
        const auto response = stranger(house, target);
        INFO(target);
        REQUIRE(response.status == 200);
        std::string body;
        REQUIRE(whole(response, body));
        for (const auto* secret : {"SISÄINEN", "INTERN", "internal", "Luonnoksen", "a0000000-0000"}) {
            INFO(secret);
            CHECK(body.find(secret) == std::string::npos);
        }
        CHECK(body.find(ids[2]) == std::string::npos);
        CHECK(body.find(ids[3]) == std::string::npos);
        if (!target.starts_with("/published/feed") && target.find(".html") == std::string::npos &&
            response.headers.get("Content-Type").starts_with("text/html")) {
            for (const auto& link : links(parsed(response))) {
                if (link.starts_with("/published")) waiting.push_back(link);
            }
        }
    }
    for (const auto& target : published) CHECK(seen.contains(target));
}

TEST_CASE("publications can be followed as a feed, newest first", "[public-page]") {
    Publishing house;
    const auto id = house.published_report();
    house.service.at += std::chrono::hours(24);
    house.correct(id, 2);
    const auto response =
        stranger(house, "/published/feed.atom?lang=sv", "GET", {{"Host", "county.example"}});
    REQUIRE(response.status == 200);
    CHECK(response.headers.get("Content-Type") == "application/atom+xml; charset=utf-8");
    const auto document = parsed(response);
    const auto feed = document.child("feed");
    CHECK(std::string(feed.attribute("xmlns").value()) == "http://www.w3.org/2005/Atom");
    CHECK(std::string(feed.attribute("xml:lang").value()) == "sv");
    for (const auto* required : {"id", "title", "updated", "author"}) {
        INFO(required);
        CHECK(feed.child(required));
    }
    CHECK(std::string(feed.child("author").child("name").text().get()) ==
          domain::text("publishing.page.author", domain::Language::Swedish));
    std::vector<pugi::xml_node> entries;
    for (auto entry : feed.children("entry")) entries.push_back(entry);
    REQUIRE(entries.size() == 2);
    CHECK(std::string(entries[0].child_value("id")) == "urn:vastine:published:" + id + ":2");
    CHECK(std::string(entries[0].child_value("updated")) == "2026-03-03T10:00:00.000000Z");
    CHECK(std::string(entries[0].child_value("summary")).find("Rubriken i tabell 3.") != std::string::npos);
    CHECK(std::string(entries[0].child("link").attribute("href").value()) ==
          "https://county.example/published?lang=sv#p-" + id + "-2");
    CHECK(std::string(feed.child_value("updated")) == "2026-03-03T10:00:00.000000Z");
    CHECK(stranger(house, "/published/feed.atom", "GET", {{"If-None-Match", "*"}}).status == 304);
}

TEST_CASE("every form that a report has is called by a name on the page, and one that it had by its own",
          "[public-page]") {
    Publishing house;
    const auto id = house.signed_report();
    house.publish(id);
    std::vector<test::MadeFile> files{{"scroll", "fi", "report.scroll", "x"}};
    for (const auto& form : api::rendering::forms()) {
        CHECK(domain::has_text("publishing.page.form." + std::string(form.name)));
        files.push_back({std::string(form.name), "fi", "report." + std::string(form.name), "x"});
    }
    house.store(id, 1, "public", files);
    const auto response = stranger(house, "/published");
    CHECK(response.status == 200);
    CHECK(response.body.find("scroll, suomi") != std::string::npos);
    CHECK(stranger(house, "/published/feed.atom").status == 200);
    CHECK(stranger(house, "/published/" + id + "/1/report.scroll").status == 200);
}

TEST_CASE("before anything is published the page says so", "[public-page]") {
    Publishing house;
    const auto response = stranger(house, "/published?lang=en");
    CHECK(response.status == 200);
    CHECK(response.body.find("Nothing has been published yet.") != std::string::npos);
    CHECK(response.headers.get("Cache-Control") == "public, max-age=60");
    static_cast<void>(parsed(stranger(house, "/published/feed.atom")));
}

TEST_CASE("strangers who ask too often are told to wait, on the public page too", "[public-page]") {
    auto limits = test::Service::generous();
    limits.requests_per_second_per_address = 2;
    test::Service service(limits);
    unsigned refused = 0;
    for (int i = 0; i < 20; ++i) refused += service.send({.target = "/published"}).status == 429 ? 1 : 0;
    CHECK(refused > 0);
}
