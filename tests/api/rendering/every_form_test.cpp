// Every kind of block in every form: the same bytes again, and what other programs find in them.
#include <catch2/catch.hpp>
#include <functional>
#include <pugixml.hpp>
#include <qpdf/QPDF.hh>
#include <set>

#include "api/rendering/private_folder.hpp"
#include "api/rendering/rendering.hpp"
#include "api/rendering/zip.hpp"
#include "tests/api/node_program.hpp"
#include "tests/projections/report/every_block.hpp"

using namespace vastine;
using namespace vastine::api::rendering;
using domain::Language;
using projections::report::public_form;
using projections::report::sample::every_block;

namespace {

constexpr Language kLanguages[] = {Language::Finnish, Language::Swedish, Language::English};

std::string part(const std::string& archive, const std::string& name) {
    for (auto& file : unzipped(archive)) {
        if (file.name == name) return file.content;
    }
    return {};
}
bool holds(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

struct Pdf {
    explicit Pdf(const std::string& bytes) : kept(bytes) {
        file.processMemoryFile("publication.pdf", kept.data(), kept.size());
    }
    [[nodiscard]] std::vector<std::string> outline() {
        std::vector<std::string> out;
        add(file.getRoot().getKey("/Outlines"), out);
        return out;
    }
    void each_element(const std::function<void(const std::string&, QPDFObjectHandle)>& visit) {
        for (auto& object : file.getAllObjects()) {
            if (object.isDictionary() && object.getKey("/Type").isNameAndEquals("/StructElem")) {
                visit(object.getKey("/S").getName(), object);
            }
        }
    }
    std::string kept;
    QPDF file;

private:
    static void add(QPDFObjectHandle parent, std::vector<std::string>& out) {
        for (auto item = parent.getKey("/First"); item.isDictionary(); item = item.getKey("/Next")) {
            out.push_back(item.getKey("/Title").getUTF8Value());
            add(item, out);
        }
    }
};

// The headings of the page, in its order.
std::vector<std::string> headings(const projections::report::Report& report) {
    const auto page = projections::report::to_html(report);
    pugi::xml_document document;
    REQUIRE(document.load_string(page.c_str() + page.find("<html")));
    std::vector<std::string> out;
    auto all = document.select_nodes("//h1|//h2|//h3|//h4|//h5|//h6");
    all.sort();
    for (const auto& found : all) {
        std::string words;
        for (const auto& text : found.node().select_nodes(".//text()")) words += text.node().value();
        out.push_back(words);
    }
    return out;
}

}  // namespace

TEST_CASE("every block is the same bytes again, in every form and language", "[rendering][forms]") {
    for (const auto& form : forms()) {
        // The slow forms once; each has all blocks.
        const bool slow = form.name == "pdf" || form.name == "docx";
        for (const auto language : kLanguages) {
            if (slow && language != Language::Swedish) continue;
            INFO(form.name);
            CHECK(render(every_block(language), form.name) == render(every_block(language), form.name));
        }
    }
}

TEST_CASE("a PDF's outline is its headings, in their order, and every figure has its words",
          "[rendering][pdf]") {
    for (const auto language : kLanguages) {
        const auto report = every_block(language);
        Pdf pdf(to_pdf(report));
        CHECK(pdf.outline() == headings(report));
        std::set<std::string> kinds;
        std::size_t figures = 0;
        pdf.each_element([&](const std::string& kind, QPDFObjectHandle element) {
            kinds.insert(kind);
            if (kind != "/Figure") return;
            ++figures;
            CHECK(element.getKey("/Alt").getUTF8Value().size() > 40);
        });
        CHECK(figures == 3);
        for (const char* kind : {"/H1", "/H2", "/H3", "/H4", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD",
                                 "/BlockQuote", "/Link", "/Caption"}) {
            INFO(kind);
            CHECK(kinds.contains(kind));
        }
        // Names that a reader of this version of PDF does not know.
        CHECK_FALSE(kinds.contains("/Em"));
        CHECK_FALSE(kinds.contains("/Strong"));
    }
}

TEST_CASE("a PDF says the language of words in another one, whoever wrote them", "[rendering][pdf]") {
    Pdf pdf(to_pdf(every_block(Language::English)));
    std::size_t foreign = 0;
    pdf.each_element([&](const std::string&, QPDFObjectHandle element) {
        auto language = element.getKey("/Lang");
        if (language.isString() && language.getUTF8Value() == "sv") ++foreign;
    });
    // What was changed, measures, what was done since, and words in the one language that has them.
    CHECK(foreign == 4);
}

TEST_CASE(
    "a workbook keeps a number with a verdict a number, and has what people wrote on a sheet of its own",
    "[rendering][xlsx]") {
    const auto book = to_xlsx(every_block(Language::English));
    const auto styles = part(book, "xl/styles.xml");
    CHECK(holds(styles, "#,##0&quot;\u00A0▲&quot;"));
    const auto names = part(book, "xl/workbook.xml");
    CHECK(holds(names, "name=\"Texts\""));
    const auto words = part(book, "xl/sharedStrings.xml");
    CHECK(holds(words, "conduct was named 33 times and 650 reminders"));
    CHECK(holds(words, "Measures: Ett nytt telefonsystem"));
    CHECK(holds(words, "▲ more than chance explains"));
    CHECK(holds(words, "2016\u00A01)"));
    const auto hidden =
        part(to_xlsx(public_form(every_block(Language::English), {})), "xl/sharedStrings.xml");
    CHECK(holds(hidden, "of dental care .. in 2015"));
    CHECK_FALSE(holds(hidden, "too few to judge"));
}

TEST_CASE("a text document says the language of words in another one, and what is a heading",
          "[rendering][docx]") {
    const auto document = to_docx(every_block(Language::English));
    CHECK(holds(part(document, "word/styles.xml"), "<w:lang w:val=\"sv-FI\""));
    const auto text = part(document, "word/document.xml");
    pugi::xml_document xml;
    REQUIRE(xml.load_string(text.c_str()));
    std::set<std::string> headings;
    for (const auto& found : xml.select_nodes("//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'Heading')]]")) {
        std::string words;
        for (const auto& each : found.node().select_nodes(".//w:t")) words += each.node().text().get();
        headings.insert(words);
    }
    for (const char* heading : {"1 Figures", "1.1 Causes", "What we saw", "More", "Proposal 1"}) {
        INFO(heading);
        CHECK(headings.contains(heading));
    }
    std::set<std::string> foreign;
    for (const auto& found : xml.select_nodes("//w:r[w:rPr/w:rStyle[starts-with(@w:val, 'Language')]]/w:t")) {
        foreign.insert(found.node().text().get());
    }
    CHECK(foreign == std::set<std::string>{"Ett nytt telefonsystem togs i bruk.", "Upphandlingen började.",
                                           "Siffrorna i tabell 2.", "Endast på svenska."});
    CHECK(holds(part(document, "word/_rels/document.xml.rels"), "https://vakehyva.fi/guide"));
}

TEST_CASE("open data comes with what its ids mean", "[rendering][zip]") {
    const auto report = every_block(Language::Finnish);
    const auto files = unzipped(render(report, "zip"));
    REQUIRE(files.size() == 3);
    CHECK(files[0].name == "figures.csv");
    CHECK(files[0].content == render(report, "csv"));
    CHECK(files[1].name == "dictionary.csv");
    CHECK(holds(files[1].content, "departments-by-year,column,hospital,"));
    CHECK(files[2].name == "csv-metadata.json");
}

TEST_CASE("pages violate nothing that axe-core and an HTML checker know of, in any language or level",
          "[rendering][pages]") {
    const PrivateFolder folder;
    std::vector<std::string> files;
    for (const auto language : kLanguages) {
        for (const bool is_public : {false, true}) {
            auto report = every_block(language);
            report.notices.push_back({"?", "!", "unresolved", {"no/such"}});
            report.sections[1].blocks.emplace_back(
                projections::report::prose_of("{{no/such}}", language, {}));
            if (is_public) report = public_form(report, {});
            const auto name = std::string(domain::code_of(language)) + (is_public ? "-public" : "") + ".html";
            folder.write(name, render(report, "html"));
            files.push_back((folder.path() / name).string());
        }
    }
    test::NodeProgram checker("check_pages.mjs", files);
    for (const auto& file : files) {
        INFO(file);
        CHECK(boost::json::serialize(checker.hear().at("violations")) == "[]");
    }
}
