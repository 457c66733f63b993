#include "api/publications/public_page.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <sstream>
#include <utility>

#include "api/cloud_events.hpp"
#include "api/publications/editions.hpp"
#include "api/publications/titles.hpp"
#include "api/rendering/rendering.hpp"
#include "domain/cases/casework.hpp"
#include "projections/publications.hpp"
#include "projections/report/markup.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api {

namespace report = projections::report;
using domain::Language;
using report::element;
using report::with;

namespace {

constexpr std::array<Language, 3> languages{Language::Finnish, Language::Swedish, Language::English};

// Without the characters < > &, which the page's writer would escape: its hash stands in the policy.
constexpr std::string_view style = R"(
:root { --ink: #1b1f24; --quiet: #4d5763; --line: #c3cad2; --deep: #0d3b66; --wash: #f5f7f9; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 0 1.5rem 4rem; color: var(--ink); background: #fff;
  font: 1rem/1.6 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
a { color: var(--deep); text-underline-offset: 0.15em; }
a:focus-visible, .scroll:focus-visible, summary:focus-visible { outline: 3px solid var(--deep);
  outline-offset: 3px; }
.skip { position: absolute; left: -100rem; top: 0; padding: 0.6rem 1rem; background: #fff; }
.skip:focus { left: 1rem; }
header { padding-top: 2.5rem; }
header nav ul { display: flex; gap: 1.4rem; margin: 0 0 2rem; padding: 0; list-style: none; }
[aria-current] { font-weight: 650; color: var(--ink); text-decoration: none; }
h1, h2, h3, h4 { line-height: 1.25; color: var(--deep); text-wrap: balance; }
h1 { font-size: 2.3rem; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 0.4rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 0.5rem; padding-top: 0.9rem; border-top: 2px solid var(--deep); }
h3 { font-size: 1.25rem; margin: 2rem 0 0.4rem; }
h4 { font-size: 1rem; margin: 1.4rem 0 0.3rem; color: var(--ink); }
p { max-width: 44rem; margin: 0 0 0.8rem; }
.lead { font-size: 1.15rem; color: var(--quiet); }
.facts { color: var(--quiet); }
.notice { margin: 0.8rem 0 1rem; padding: 0.7rem 1rem; background: var(--wash);
  border-left: 5px solid var(--deep); max-width: 44rem; }
.notice p { margin: 0; }
.corrected { border-left: 2px solid var(--line); padding-left: 1.2rem; }
.scroll { overflow-x: auto; margin: 0.6rem 0 1.4rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-size: 0.875rem; color: var(--quiet); padding-bottom: 0.3rem; }
th, td { padding: 0.32rem 0.75rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
th:first-child { padding-left: 0; }
thead th { font-size: 0.875rem; font-weight: 600; border-bottom: 2px solid var(--ink); }
tbody th { font-weight: 400; min-width: 9rem; }
td:last-child { min-width: 14rem; }
.size { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: 0.8rem/1.6 "DejaVu Sans Mono", "Liberation Mono", Consolas, monospace; color: var(--quiet);
  overflow-wrap: anywhere; }
footer { margin-top: 3.5rem; padding-top: 0.9rem; border-top: 1px solid var(--line); color: var(--quiet); }
@media print { nav, .skip { display: none; } }
)";

std::string say(std::string_view id, Language language, const std::map<std::string, std::string>& args = {}) {
    return domain::text("publishing.page." + std::string(id), language, args);
}

std::string day(const std::string& iso, Language language) {
    const auto date = domain::parse_date(iso);
    return date ? report::written(*date, language) : iso;
}

std::string size_of(std::uint64_t bytes, Language language) {
    const bool large = bytes >= 1'000'000;
    report::Number number;
    number.value = static_cast<double>(std::max<std::uint64_t>(bytes, 1)) / (large ? 1e6 : 1e3);
    number.decimals = number.value < 10 ? 1 : 0;
    return say(large ? "megabytes" : "kilobytes", language, {{"size", report::written(number, language)}});
}

// A file's language, as its own speakers say it.
std::string language_name(std::string_view code) {
    const auto language = domain::parse_language(code);
    return language ? say("language", *language) : std::string(code);
}

// A form that was frozen by a version that had another one is called by its own name.
std::string file_name(const Artefact& file, Language language) {
    const bool known = domain::has_text("publishing.page.form." + file.form());
    return (known ? say("form." + file.form(), language) : file.form()) + ", " +
           language_name(file.language());
}

std::string anchor(const std::string& publication_id, std::uint32_t edition) {
    return "p-" + publication_id + "-" + std::to_string(edition);
}
std::string anchor(const PublicEdition& edition) {
    return anchor(edition.publication_id, edition.number);
}

// ---- gathering ----

struct Said {
    std::string words;
    std::string language;
};
// In the reader's language, or else in the first that it was said in.
Said words_in(const Words& words, Language language) {
    const std::array<Said, 3> all{Said{words.fi(), "fi"}, Said{words.sv(), "sv"}, Said{words.en(), "en"}};
    const auto own = std::ranges::find(all, domain::code_of(language), &Said::language);
    if (!own->words.empty()) return *own;
    const auto any = std::ranges::find_if(all, [](const Said& said) { return !said.words.empty(); });
    return any == all.end() ? Said{} : *any;
}

// Why an edition was made: the one thing a person wrote that the page shows.
std::map<std::uint32_t, Said> changes_of(const store::EventStore& events, const std::string& id,
                                         store::Version until, Language language) {
    std::map<std::uint32_t, Said> changes;
    events.read_stream(publication_stream(id), store::Version{0}, [&](const store::Record& record) {
        if (record.version > until) return false;
        if (record.type != CorrectionOpened::descriptor()->full_name()) return true;
        const auto opened = events.open(record, store::Depth::Everything);
        const auto& correction = dynamic_cast<const CorrectionOpened&>(*opened.event);
        changes[correction.edition()] = words_in(correction.given().what_changed(), language);
        return true;
    });
    return changes;
}

store::Instant recorded_at(const store::EventStore& events, std::uint64_t position) {
    store::Instant at;
    events.read_log(store::Position{position - 1}, store::Position{position},
                    [&](const store::Record& record) {
                        at = record.recorded_at;
                        return false;
                    });
    return at;
}

// ---- the page ----

class Page {
public:
    Page(const std::vector<PublicEdition>& editions, Language language)
        : editions_(editions), language_(language) {}

    std::string write() {
        auto html = with(document_.append_child("html"), "lang", domain::code_of(language_));
        write_head(html);
        auto body = html.append_child("body");
        with(with(element(body, "a", tell("skip")), "class", "skip"), "href", "#content");
        write_header(body);
        auto main = with(with(body.append_child("main"), "id", "content"), "tabindex", "-1");
        if (editions_.empty()) element(main, "p", tell("nothing_yet"));
        write_kinds(main);
        auto foot = element(body.append_child("footer"), "p", tell("hash") + " ");
        with(element(foot, "a", tell("feed")), "href", feed_path());
        std::ostringstream out;
        out << "<!DOCTYPE html>\n";
        document_.save(out, " ", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
        return out.str();
    }

private:
    [[nodiscard]] std::string tell(std::string_view id,
                                   const std::map<std::string, std::string>& args = {}) const {
        return say(id, language_, args);
    }
    [[nodiscard]] std::string feed_path() const {
        return "/published/feed.atom?lang=" + std::string(domain::code_of(language_));
    }

    void write_head(pugi::xml_node html) {
        auto head = html.append_child("head");
        with(head.append_child("meta"), "charset", "utf-8");
        with(with(head.append_child("meta"), "name", "viewport"), "content",
             "width=device-width, initial-scale=1");
        element(head, "title", tell("title"));
        with(with(with(with(head.append_child("link"), "rel", "alternate"), "type", "application/atom+xml"),
                  "href", feed_path()),
             "title", tell("feed"));
        head.append_child("style").text().set(std::string(style).c_str());
    }

    void write_header(pugi::xml_node body) {
        auto header = body.append_child("header");
        auto list = with(header.append_child("nav"), "aria-label", tell("languages")).append_child("ul");
        for (const auto language : languages) {
            const std::string code(domain::code_of(language));
            auto link = element(list.append_child("li"), "a", say("language", language));
            with(with(with(link, "href", "/published?lang=" + code), "lang", code), "hreflang", code);
            if (language == language_) with(link, "aria-current", "true");
        }
        element(header, "h1", tell("title"));
        with(element(header, "p", tell("lead")), "class", "lead");
    }

    void write_kinds(pugi::xml_node main) {
        pugi::xml_node section;
        pugi::xml_node article;
        for (std::size_t i = 0; i < editions_.size(); ++i) {
            const auto& edition = editions_[i];
            const auto* before = i == 0 ? nullptr : &editions_[i - 1];
            if (before == nullptr || before->opened.publication_kind() != edition.opened.publication_kind()) {
                const auto id = "kind-" + edition.opened.publication_kind();
                section = with(main.append_child("section"), "aria-labelledby", id);
                with(element(section, "h2", edition.kind), "id", id);
            }
            if (before == nullptr || before->publication_id != edition.publication_id) {
                article = section.append_child("article");
                element(article, "h3", title_of(edition.opened, language_));
            }
            write_edition(article, edition);
        }
    }

    void write_edition(pugi::xml_node article, const PublicEdition& edition) {
        auto box = with(with(article.append_child("div"), "id", anchor(edition)), "class",
                        edition.replaced_by == 0 ? "edition" : "corrected");
        const bool only = edition.number == 1 && edition.replaced_by == 0;
        const std::map<std::string, std::string> args{{"edition", std::to_string(edition.number)},
                                                      {"date", day(edition.published_on, language_)},
                                                      {"period", period_words(edition.opened, language_)}};
        if (!only) element(box, "h4", tell("edition", args));
        if (edition.replaced_by != 0) {
            auto words =
                element(with(box.append_child("div"), "class", "notice"), "p", tell("corrected") + " ");
            with(element(words, "a", tell("see_edition", {{"edition", std::to_string(edition.replaced_by)}})),
                 "href", "#" + anchor(edition.publication_id, edition.replaced_by));
        }
        auto facts = with(box.append_child("p"), "class", "facts");
        facts.append_child(pugi::node_pcdata).set_value(tell("period", args).c_str());
        facts.append_child(pugi::node_pcdata).set_value(" ");
        auto published = facts.append_child("time");
        with(published, "datetime", edition.published_on);
        published.text().set(tell("published", args).c_str());
        if (!edition.what_changed.empty()) {
            auto notice = with(box.append_child("div"), "class", "notice");
            auto words = element(notice, "p", {});
            element(words, "strong", tell("what_changed"));
            words.append_child(pugi::node_pcdata).set_value(" ");
            auto said = element(words, "span", edition.what_changed);
            if (edition.what_changed_in != domain::code_of(language_))
                with(said, "lang", edition.what_changed_in);
        }
        if (edition.files.empty()) {
            element(box, "p", tell("files_waiting"));
        } else {
            write_files(box, edition);
        }
    }

    void write_files(pugi::xml_node box, const PublicEdition& edition) {
        const auto caption = tell("files", {{"title", title_of(edition.opened, language_)},
                                            {"edition", std::to_string(edition.number)}});
        auto scroll = with(box.append_child("div"), "class", "scroll");
        with(with(with(scroll, "role", "region"), "aria-label", caption), "tabindex", "0");
        auto table = scroll.append_child("table");
        element(table, "caption", caption);
        auto head = table.append_child("thead").append_child("tr");
        with(element(head, "th", tell("file")), "scope", "col");
        with(with(element(head, "th", tell("size")), "scope", "col"), "class", "size");
        with(element(head, "th", "SHA-256"), "scope", "col");
        auto rows = table.append_child("tbody");
        for (const auto& file : edition.files) {
            auto row = rows.append_child("tr");
            auto link =
                element(with(row.append_child("th"), "scope", "row"), "a", file_name(file, language_));
            with(with(link, "href", public_path(edition, file)), "hreflang", file.language());
            if (const auto* form = rendering::form(file.form())) {
                with(link, "type", form->media_type.substr(0, form->media_type.find(';')));
            }
            with(element(row, "td", size_of(file.size(), language_)), "class", "size");
            element(row.append_child("td"), "code", file.sha256());
        }
    }

    const std::vector<PublicEdition>& editions_;
    Language language_;
    pugi::xml_document document_;
};

}  // namespace

std::vector<PublicEdition> public_editions(const store::EventStore& events,
                                           const projections::ReadModel& model, Language language) {
    std::vector<PublicEdition> all;
    model.read([&](const projections::Views& views) {
        std::map<std::string, std::map<std::uint32_t, Said>> changes;
        for (const auto& each : views.publications->published_editions()) {
            const auto& shelved = *each.publication;
            PublicEdition edition;
            edition.publication_id = shelved.id;
            edition.opened = shelved.opened();
            edition.kind = domain::in_language(
                domain::casework::code_label("publication_kind", edition.opened.publication_kind(),
                                             views.reference),
                language);
            edition.number = each.edition->number;
            edition.published_on = each.edition->published_on;
            edition.published_at = recorded_at(events, each.edition->published_position);
            if (edition.number > 1) {
                const auto [known, fresh] = changes.try_emplace(shelved.id);
                if (fresh) known->second = changes_of(events, shelved.id, shelved.version, language);
                const auto& said = known->second[edition.number];
                edition.what_changed = said.words;
                edition.what_changed_in = said.language;
            }
            if (each.files != nullptr) {
                edition.files.assign(each.files->artefacts().begin(), each.files->artefacts().end());
            }
            // In the order of publishing: a later edition of the same comes after.
            for (auto& earlier : all) {
                if (earlier.publication_id == edition.publication_id) earlier.replaced_by = edition.number;
            }
            all.push_back(std::move(edition));
        }
        std::map<std::string, int> order;
        if (const auto versions = views.reference.code_set_versions("publication_kind"); !versions.empty()) {
            for (const auto& code : versions.back()->given.codes()) {
                order.emplace(code.code(), static_cast<int>(order.size()));
            }
        }
        std::ranges::stable_sort(all, [&](const PublicEdition& one, const PublicEdition& other) {
            const auto place = [&](const PublicEdition& edition) {
                const auto known = order.find(edition.opened.publication_kind());
                return known == order.end() ? static_cast<int>(order.size()) : known->second;
            };
            if (place(one) != place(other)) return place(one) < place(other);
            if (one.opened.last_month() != other.opened.last_month()) {
                return one.opened.last_month() > other.opened.last_month();
            }
            if (one.publication_id != other.publication_id) return one.publication_id < other.publication_id;
            return one.number > other.number;
        });
        return 0;
    });
    return all;
}

std::string public_path(const PublicEdition& edition, const Artefact& file) {
    return "/published/" + edition.publication_id + "/" + std::to_string(edition.number) + "/" +
           file.file_name();
}

std::string public_place(const std::string& publication_id, std::uint32_t edition) {
    return "/published#" + anchor(publication_id, edition);
}

std::string public_page(const std::vector<PublicEdition>& editions, Language language) {
    return Page(editions, language).write();
}

const std::string& public_page_policy() {
    static const std::string policy = [] {
        std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
        const std::string text(style);
        crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
        constexpr auto variant = sodium_base64_VARIANT_ORIGINAL;
        std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, variant)> base64{};
        sodium_bin2base64(base64.data(), base64.size(), hash.data(), hash.size(), variant);
        return std::string("default-src 'none'; style-src 'sha256-") + base64.data() +
               "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }();
    return policy;
}

std::string public_feed(const std::vector<PublicEdition>& editions, Language language,
                        const std::string& base, const Text& organisation) {
    std::vector<const PublicEdition*> newest_first;
    for (const auto& edition : editions) {
        if (!edition.files.empty()) newest_first.push_back(&edition);
    }
    std::ranges::stable_sort(newest_first, std::ranges::greater{}, &PublicEdition::published_at);

    const std::string code(domain::code_of(language));
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    with(with(declaration, "version", "1.0"), "encoding", "utf-8");
    auto feed = document.append_child("feed");
    with(with(feed, "xmlns", "http://www.w3.org/2005/Atom"), "xml:lang", code);
    element(feed, "id", base + "/published");
    element(feed, "title", say("title", language));
    const auto& name = domain::in_language(organisation, language);
    element(feed.append_child("author"), "name", name.empty() ? say("author", language) : name);
    element(feed, "updated",
            rfc3339(newest_first.empty() ? store::Instant{} : newest_first[0]->published_at));
    with(with(feed.append_child("link"), "rel", "self"), "href", base + "/published/feed.atom?lang=" + code);
    with(with(with(feed.append_child("link"), "rel", "alternate"), "type", "text/html"), "href",
         base + "/published?lang=" + code);
    for (const auto* edition : newest_first) {
        auto entry = feed.append_child("entry");
        element(entry, "id",
                "urn:vastine:published:" + edition->publication_id + ":" + std::to_string(edition->number));
        const auto title = title_of(edition->opened, language);
        element(
            entry, "title",
            edition->number == 1
                ? title
                : title + ", " + say("edition", language, {{"edition", std::to_string(edition->number)}}));
        element(entry, "published", rfc3339(edition->published_at));
        element(entry, "updated", rfc3339(edition->published_at));
        with(with(with(entry.append_child("link"), "rel", "alternate"), "type", "text/html"), "href",
             base + "/published?lang=" + code + "#" + anchor(*edition));
        for (const auto& file : edition->files) {
            auto link = with(with(entry.append_child("link"), "rel", "enclosure"), "href",
                             base + public_path(*edition, file));
            if (const auto* form = rendering::form(file.form())) {
                with(link, "type", form->media_type.substr(0, form->media_type.find(';')));
            }
            with(with(with(link, "hreflang", file.language()), "title", file_name(file, language)), "length",
                 std::to_string(file.size()));
        }
        auto summary =
            say("announced", language, {{"title", title}, {"date", day(edition->published_on, language)}});
        if (!edition->what_changed.empty()) {
            summary += " " + say("what_changed", language) + " " + edition->what_changed;
        }
        element(entry, "summary", summary);
    }
    std::ostringstream out;
    document.save(out, " ", pugi::format_indent, pugi::encoding_utf8);
    return out.str();
}

}  // namespace vastine::api
