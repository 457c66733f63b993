// What people wrote, read as words: the structure is theirs, the markup never.
#include "projections/report/prose.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <pugixml.hpp>
#include <random>
#include <set>

#include "projections/report/writing.hpp"

using namespace vastine;
using namespace vastine::projections::report;
using domain::Language;

namespace {

Report counted_report() {
    Report report;
    report.title = "Selvitys";
    report.year = 2018;
    Section section{"numbers", "Luvut", {}, {}};
    section.blocks.emplace_back(
        KeyFigures{"key", {{"contacts", "Yhteydenotot", {1565}, "", "contacts|year=2018"}}});
    Table table;
    table.id = "departments";
    table.caption = "Muistutukset";
    table.columns = {{"count", "Lukumäärä"}, {"share", "Osuus"}};
    table.rows = {{"perhe-sosiaali", "Perhe", {{Number{108}}, {Number{20.5, Measure::Percent, 1}}}},
                  {"sairaala", "Sairaala", {{Number{3}}, {}}}};
    section.blocks.emplace_back(table);
    report.sections.push_back(section);
    return report;
}

Prose read(std::string_view markdown, Language language = Language::Finnish) {
    return prose_of(markdown, language, FigureLookup(counted_report()));
}

// The passages as one line: what is what, and the words with their look.
std::string shape(const std::vector<Passage>& passages) {
    static constexpr const char* names[] = {"p", "h", "ul", "ol", "li", "quote"};
    std::string out;
    for (const auto& passage : passages) {
        out += names[static_cast<int>(passage.kind)];
        if (passage.kind == Passage::Kind::Heading || passage.kind == Passage::Kind::Numbered)
            out += std::to_string(passage.level);
        out += "(";
        for (const auto& run : passage.runs) {
            if (run.strong) out += "*";
            if (run.emphasis) out += "_";
            if (!run.link.empty()) out += "<" + run.link + ">";
            out += run.names.empty() ? run.text : "{" + run.names + "}";
        }
        out += shape(passage.parts) + ")";
    }
    return out;
}
std::string shape(std::string_view markdown) {
    return shape(read(markdown).passages);
}

std::string page_with(const Prose& prose) {
    auto report = counted_report();
    report.sections[0].blocks.emplace_back(prose);
    return to_html(report);
}

}  // namespace

TEST_CASE("paragraphs, lists, quotes, emphasis and links are what the writer meant", "[report][prose]") {
    CHECK(shape("Eka *tärkeä* asia\njatkuu.\n\nToinen **oikein** tärkeä.") ==
          "p(Eka _tärkeä asia jatkuu.)p(Toinen *oikein tärkeä.)");
    CHECK(shape("- yksi\n- kaksi\n  - sisällä\n\n3. kolme\n4. neljä") ==
          "ul(li(p(yksi))li(p(kaksi)ul(li(p(sisällä)))))ol3(li(p(kolme))li(p(neljä)))");
    CHECK(shape("> Hän sanoi\n> näin") == "quote(p(Hän sanoi näin))");
    CHECK(shape("[sivu](https://vantaa.fi/a?b=c) ja <potilas@vake.fi>") ==
          "p(<https://vantaa.fi/a?b=c>sivu ja <mailto:potilas@vake.fi>potilas@vake.fi)");
    CHECK(shape("rivi\\\ntoinen") == "p(rivi\ntoinen)");
    CHECK(shape("`koodi {{key/contacts}}` on sanoja") == "p(koodi {{key/contacts}} on sanoja)");
    CHECK(shape("&auml;&#228;&nbsp;5 &lt;b&gt;") == "p(ää\u00A05 <b>)");
    CHECK(shape("").empty());
    CHECK(shape(" \n\n \n").empty());
}

TEST_CASE("headings begin below their section and skip no level, and stand only at the top",
          "[report][prose]") {
    CHECK(shape("### Alku\n\n##### Alla\n\n# Taas\n\n## Sen alla") == "h1(Alku)h2(Alla)h1(Taas)h2(Sen alla)");
    CHECK(shape("> # Lainattu") == "quote(p(*Lainattu))");
    CHECK(shape("- # Kohdassa") == "ul(li(p(*Kohdassa)))");
}

TEST_CASE("a text takes its figures from the report, in its own language", "[report][prose]") {
    const auto fi = read(
        "Yhteydenottoja oli {{key/contacts}}, perhepalveluissa {{ departments / "
        "perhe-sosiaali / share }}.");
    CHECK(plain(fi) == "Yhteydenottoja oli 1\u00A0565, perhepalveluissa 20,5\u00A0%.");
    CHECK(fi.faults.empty());
    CHECK(plain(read("{{key/contacts}} and {{departments/perhe-sosiaali/share}}", Language::English)) ==
          "1,565 and 20.5%");
    // Known, and nothing is known of it.
    CHECK(plain(read("{{departments/sairaala/share}}")) == "–");
    CHECK(shape("**{{key/contacts}}**") == "p(*{key/contacts})");
}

TEST_CASE("a figure that the report does not have stays as written and is a fault, said once",
          "[report][prose]") {
    const auto prose = read("{{key/contact}} ja {{key/contact}} ja {{departments/muu/count}} {{}}");
    CHECK(prose.faults == std::vector<std::string>{"key/contact", "departments/muu/count", ""});
    CHECK(plain(prose).starts_with("{{key/contact}} ja {{key/contact}}"));
    const FigureLookup figures(counted_report());
    CHECK(figures.near("key/contact").front() == "key/contacts");
    CHECK(figures.near("departments/sairala/count").front() == "departments/sairaala/count");
    auto report = counted_report();
    report.sections[0].blocks.emplace_back(prose);
    Item item;
    item.text = read("{{key/contact}} {{muu}}");
    report.sections[0].subsections.push_back({"below", "Alla", {item}, {}});
    CHECK(faults_of(report) == std::vector<std::string>{"key/contact", "departments/muu/count", "", "muu"});
    // Braces that name nothing are words.
    CHECK(read("{{ ei loppua").faults.empty());
    CHECK(read("{{" + std::string(500, 'x') + "}}").faults.empty());
}

TEST_CASE("HTML, pictures and other addresses are dropped, their words stay", "[report][prose]") {
    CHECK(shape("ennen <b onclick='x()'>sana</b> jälkeen") == "p(ennen sana jälkeen)");
    CHECK(shape("<script>alert(1)</script>\n\nsana") == "p(sana)");
    CHECK(shape("![kuvaus](https://evil.example/x.png)") == "p(kuvaus)");
    CHECK(shape("[tässä](javascript:alert(1))") == "p(tässä)");
    for (const char* address :
         {"http://vantaa.fi", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "data:text/html,x",
          "vbscript:x", "file:///etc/passwd", "//evil.example", "/polku", "#kohta", "https:evil", "https://",
          "https://vantaa.fi@evil.example/", "java\tscript:x", "mailto:", "%6Aavascript:x"}) {
        INFO(address);
        CHECK(shape("[sana](<" + std::string(address) + ">)") == "p(sana)");
    }
    CHECK(shape("[a](<https://vantaa.fi/\"><script>>)").find("<script") == std::string::npos);
    CHECK(shape("[a](HTTPS://vantaa.fi/ä)") == "p(<https://vantaa.fi/%C3%A4>a)");
}

TEST_CASE("what cannot be seen or turns the line does not reach the report", "[report][prose]") {
    CHECK(shape(std::string_view("a\0b\x01"
                                 "c\x7F"
                                 "d",
                                 7)) == "p(a\uFFFDbcd)");
    CHECK(shape("&#1;&#8;x&#xFFFE;&#xD800;") == "p(x\uFFFD\uFFFD)");
    CHECK(shape("abc\u202Etxt.exe\u202C \u2066x\u2069") == "p(abctxt.exe x)");
    CHECK(shape("a\xC3\x28\xFF") == "p(a\uFFFD(\uFFFD)");
    CHECK(shape("\uFEFFalku").find("alku") != std::string::npos);
}

TEST_CASE("what is nested too deep is flattened, not lost and not followed", "[report][prose]") {
    std::string quotes(20000, '>');
    const auto prose = read(quotes + " syvällä");
    CHECK(plain(prose).find("syvällä") != std::string::npos);
    int depth = 0;
    for (const auto* passages = &prose.passages; !passages->empty(); passages = &passages->front().parts)
        ++depth;
    CHECK(depth <= 10);
    std::string stars(30000, '*');
    CHECK(plain(read(stars + "a" + stars)).find('a') != std::string::npos);
    std::string lists;
    for (int i = 0; i < 300; ++i) lists += std::string(static_cast<std::size_t>(2 * i), ' ') + "- taso\n";
    CHECK(!read(lists).passages.empty());
}

// Shapes on which readers of Markdown have been known to take hours.
TEST_CASE("a text of the greatest length is read in a moment, whatever stands in it", "[report][prose]") {
    for (const std::string part :
         {"[",     "![", "](",       "*a ",   "_a",   "<",        "<!--",    "<?", "<![CDATA[", "`",
          "~~~\n", "> ", "{{",       "}}",    "[a](", "[a]: b\n", "&",       "\\", "**x* ",     "- ",
          "1. ",   "\n", "a\n===\n", "[[]()", "``a`", "<a@",      "{{a/b}}", "\t", "|"}) {
        std::string text;
        while (text.size() < kLongestMarkdown) text += part;
        const auto begun = std::chrono::steady_clock::now();
        const auto page = page_with(read(text));
        const auto taken = std::chrono::steady_clock::now() - begun;
        INFO(part);
        CHECK(std::chrono::duration<double>(taken).count() < 5);
        CHECK(page.size() > 100);
    }
}

TEST_CASE("no text, however it was made, puts markup of its own into a page", "[report][prose]") {
    const std::vector<std::string> pieces = {"<script>alert(1)</script>",
                                             "<img src=x onerror=alert(1)>",
                                             "<svg/onload=alert(1)>",
                                             "javascript:alert(1)",
                                             "[x](javascript:alert(1))",
                                             "[x](  java\nscript:alert(1))",
                                             "![x](x \"onerror=alert(1)\")",
                                             "[x](https://a.fi \"t\" onmouseover=alert(1))",
                                             "<https://a.fi\" onclick=alert(1)>",
                                             "</p></section><script>",
                                             "]]>",
                                             "-->",
                                             "<!--",
                                             "<?xml?>",
                                             "<![CDATA[",
                                             "&lt;script&gt;",
                                             "&#60;script&#62;",
                                             "&#x3C;iframe&#x3E;",
                                             "<iframe srcdoc='x'>",
                                             "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
                                             "<style>@import'x'</style>",
                                             "[a]: javascript:alert(1)\n\n[a]",
                                             "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
                                             "{{<script>}}",
                                             "{{key/contacts}}",
                                             "{{\"onload=x}}",
                                             "\"'`",
                                             "\\<b\\>",
                                             "**",
                                             "_",
                                             "> ",
                                             "- ",
                                             "1. ",
                                             "# ",
                                             "\n",
                                             "\n\n",
                                             "    ",
                                             "```\n",
                                             "~~~",
                                             "\xFF",
                                             "\xC3",
                                             std::string(1, '\0'),
                                             "\u2028",
                                             "\u202E",
                                             "&#0;",
                                             "&#27;",
                                             "expression(alert(1))",
                                             "<body onload=alert(1)>",
                                             "<object data=x>",
                                             "<embed>",
                                             "<form action=x><input>",
                                             "<base href=//e>",
                                             "sana",
                                             "ä"};
    const std::set<std::string> allowed = {
        "html", "head",   "meta",  "title",   "style", "body",       "a",      "header", "h1",   "p",
        "dl",   "div",    "dt",    "dd",      "nav",   "h2",         "ol",     "li",     "main", "section",
        "h3",   "h4",     "h5",    "h6",      "ul",    "blockquote", "strong", "em",     "br",   "span",
        "mark", "footer", "table", "caption", "thead", "tbody",      "tr",     "th",     "td"};
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    for (int round = 0; round < 1500; ++round) {
        std::string text;
        for (auto i = below(12) + 1; i > 0; --i) {
            text += pieces[below(pieces.size())];
            if (below(8) == 0 && !text.empty()) text[below(text.size())] = static_cast<char>(below(256));
        }
        const auto page = page_with(read(text));
        INFO(text);
        pugi::xml_document document;
        REQUIRE(document.load_string(page.c_str() + page.find("<html")));
        for (const auto& found : document.select_nodes("//*")) {
            const auto node = found.node();
            INFO(node.name());
            if (!allowed.contains(node.name())) FAIL_CHECK("an element of the writer's");
            for (const auto attribute : node.attributes()) {
                const std::string name = attribute.name();
                if (name.starts_with("on") || name == "src" || name == "srcdoc")
                    FAIL_CHECK("an attribute of the writer's");
                const std::string value = attribute.value();
                if (name == "href" && !value.starts_with("#") && !value.starts_with("https://") &&
                    !value.starts_with("mailto:")) {
                    FAIL_CHECK("an address of the writer's: " + value);
                }
            }
        }
        // The same words in the form that a program makes a text document of.
        pugi::xml_document for_programs;
        auto report = counted_report();
        report.sections[0].blocks.emplace_back(read(text));
        const auto made = to_document(report).html;
        REQUIRE(for_programs.load_string(made.c_str() + made.find("<html")));
        CHECK(for_programs.select_nodes("//script|//img|//iframe|//style|//*[@onerror]").empty());
    }
}
