#include <algorithm>
#include <cstring>
#include <pugixml.hpp>
#include <sstream>

#include "api/rendering/instant.hpp"
#include "api/rendering/program.hpp"
#include "api/rendering/rendering.hpp"
#include "api/rendering/zip.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;

const Program kPandoc{"pandoc", "pandoc"};
const Program kRsvg{"rsvg-convert", "librsvg2-bin"};

constexpr const char* kMain = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr const char* kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
// Tables with more columns are set in smaller type.
constexpr std::ptrdiff_t kManyColumns = 5;

std::string made_by_pandoc(const report::Report& report) {
    const auto document = report::to_document(report);
    const PrivateFolder folder;
    Run how;
    how.today = seconds_of(report);
    for (const auto& picture : document.pictures) {
        folder.write(picture.name + ".svg", picture.svg);
        // Twice as many dots as the picture's width in CSS pixels: sharp on paper.
        how.arguments = {"--width=1300", "--keep-aspect-ratio", "--background-color=white", "--format=png",
                         "--output",     picture.name + ".png", picture.name + ".svg"};
        run(kRsvg, folder, how);
    }
    folder.write("report.html", document.html);
    how.arguments = {"--from=html", "--to=docx",
                     "--metadata=lang:" + std::string(domain::code_of(report.language)),
                     "--output=publication.docx", "report.html"};
    run(kPandoc, folder, how);
    return folder.read("publication.docx");
}

pugi::xml_node child(pugi::xml_node parent, const char* name) {
    auto found = parent.child(name);
    return found ? found : parent.append_child(name);
}
void set(pugi::xml_node node, const char* name, const std::string& value) {
    auto attribute = node.attribute(name);
    if (!attribute) attribute = node.append_attribute(name);
    attribute.set_value(value.c_str());
}

// What pandoc leaves to a template: paper, heads and feet of pages, rules of tables, letters.
class Finishing {
public:
    explicit Finishing(const report::Report& report) : report_(report) {}

    std::string finish(const std::string& docx) {
        auto files = unzipped(docx);
        for (auto& file : files) {
            if (file.name == "word/document.xml") edit(file, [&](auto& xml) { text(xml); });
            if (file.name == "word/styles.xml") edit(file, [&](auto& xml) { styles(xml); });
            if (file.name == "word/settings.xml") edit(file, [&](auto& xml) { settings(xml); });
            if (file.name == "docProps/core.xml") edit(file, [&](auto& xml) { properties(xml); });
            if (file.name == "[Content_Types].xml") edit(file, [&](auto& xml) { types(xml); });
            if (file.name == "word/_rels/document.xml.rels") edit(file, [&](auto& xml) { relations(xml); });
        }
        files.push_back({"word/header1.xml", running("w:hdr", "right", [&](pugi::xml_node line) {
                             words(line, report_.mark, true);
                         })});
        files.push_back({"word/footer1.xml", running("w:ftr", "left", [&](pugi::xml_node line) {
                             words(line, report_.title, false);
                             line.append_child("w:r").append_child("w:tab");
                             field(line, "PAGE");
                             words(line, " / ", false);
                             field(line, "NUMPAGES");
                         })});
        return zipped(files, seconds_of(report_));
    }

private:
    template <typename Change>
    static void edit(ZippedFile& file, Change change) {
        pugi::xml_document xml;
        if (!xml.load_string(file.content.c_str(), pugi::parse_full | pugi::parse_ws_pcdata)) {
            throw Failed("pandoc made a document that cannot be read");
        }
        change(xml);
        file.content = written(xml);
    }
    static std::string written(const pugi::xml_document& xml) {
        std::ostringstream out;
        xml.save(out, "", pugi::format_raw, pugi::encoding_utf8);
        return out.str();
    }

    void text(pugi::xml_document& xml) const {
        for (const auto& found : xml.select_nodes("//w:drawing")) {
            const auto drawing = found.node();
            const std::string description =
                drawing.select_node(".//wp:docPr").node().attribute("descr").value();
            // pandoc puts the picture's file name here, and some readers read it aloud.
            set(drawing.select_node(".//pic:cNvPr").node(), "descr", description);
        }
        for (const auto& found : xml.select_nodes("//w:tbl")) table(found.node());
        auto page = child(xml.child("w:document").child("w:body"), "w:sectPr");
        for (const char* end : {"w:footerReference", "w:headerReference"}) {
            auto reference = page.prepend_child(end);
            set(reference, "w:type", "default");
            set(reference, "r:id", std::strcmp(end, "w:headerReference") == 0 ? "rIdHead" : "rIdFoot");
        }
        auto size = child(page, "w:pgSz");  // A4, in twentieths of a point
        set(size, "w:w", "11906");
        set(size, "w:h", "16838");
        auto margins = child(page, "w:pgMar");
        for (const auto& [name, value] : {std::pair{"w:top", "1134"},
                                          {"w:right", "1134"},
                                          {"w:bottom", "1134"},
                                          {"w:left", "1134"},
                                          {"w:header", "567"},
                                          {"w:footer", "567"},
                                          {"w:gutter", "0"}}) {
            set(margins, name, value);
        }
    }
    static void table(pugi::xml_node table) {
        auto properties = table.child("w:tblPr");
        // As wide as the page's text; the first column holds the names of rows.
        set(properties.child("w:tblW"), "w:type", "pct");
        set(properties.child("w:tblW"), "w:w", "5000");
        set(properties.child("w:tblLook"), "w:firstColumn", "1");
        set(properties.child("w:tblLook"), "w:val", "00A0");
        const auto cells = table.child("w:tr").children("w:tc");
        const auto columns = std::distance(cells.begin(), cells.end());
        const bool many = columns > kManyColumns;
        widths(table.child("w:tblGrid"), columns);
        for (auto row : table.children("w:tr")) {
            auto of_row = row.child("w:trPr");
            if (!of_row) of_row = row.prepend_child("w:trPr");
            if (!of_row.child("w:cantSplit")) of_row.prepend_child("w:cantSplit");
            if (!many) continue;
            for (const auto& found : row.select_nodes(".//w:r")) {
                auto of_run = found.node().child("w:rPr");
                if (!of_run) of_run = found.node().prepend_child("w:rPr");
                set(child(of_run, "w:sz"), "w:val", "15");
                set(child(of_run, "w:szCs"), "w:val", "15");
            }
        }
    }

    // Names of rows get what numbers leave, in twentieths of a point.
    static void widths(pugi::xml_node grid, std::ptrdiff_t columns) {
        constexpr std::ptrdiff_t all = 9638;
        constexpr std::ptrdiff_t number = 1600;
        constexpr std::ptrdiff_t names_at_least = 1900;
        const auto numbers = std::max<std::ptrdiff_t>(columns - 1, 1);
        const auto first = std::max(names_at_least, all - numbers * number);
        std::ptrdiff_t place = 0;
        for (auto column : grid.children("w:gridCol")) {
            set(column, "w:w", std::to_string(place++ == 0 ? first : (all - first) / numbers));
        }
    }

    struct Look {
        const char* style;
        const char* half_points;
        const char* color;
        bool bold;
    };
    static void styles(pugi::xml_document& xml) {
        auto all = xml.child("w:styles");
        auto letters = all.child("w:docDefaults").child("w:rPrDefault").child("w:rPr");
        plain_font(letters);
        set(child(letters, "w:sz"), "w:val", "20");
        set(child(letters, "w:szCs"), "w:val", "20");
        static constexpr Look looks[] = {{"Title", "40", "0D3B66", true},
                                         {"Subtitle", "24", "4D5763", false},
                                         {"Heading1", "30", "0D3B66", true},
                                         {"Heading2", "25", "0D3B66", true},
                                         {"Heading3", "22", "0D3B66", true},
                                         {"Caption", "20", "1B1F24", true},
                                         {"TableCaption", "20", "1B1F24", true},
                                         {"ReportFigureCaption", "20", "1B1F24", true},
                                         {"ReportNoticeHeading", "20", "0D3B66", true},
                                         {"ReportNotice", "20", "1B1F24", false},
                                         {"ReportDefinition", "17", "4D5763", false},
                                         {"ReportSource", "17", "4D5763", false}};
        for (auto style : all.children("w:style")) {
            const std::string id = style.attribute("w:styleId").value();
            for (const auto& look : looks) {
                if (id == look.style) apply(style, look);
            }
            if (id == "Title" || id == "Subtitle") set(child(style.child("w:pPr"), "w:jc"), "w:val", "left");
            if (id == "Table") rules(style);
            for (const auto language :
                 {domain::Language::Finnish, domain::Language::Swedish, domain::Language::English}) {
                const std::string code(domain::code_of(language));
                if (id != "Language" + code) continue;
                style.remove_child("w:rPr");
                set(style.append_child("w:rPr").append_child("w:lang"), "w:val",
                    code + (language == domain::Language::English ? "-GB" : "-FI"));
            }
        }
    }
    static void plain_font(pugi::xml_node letters) {
        letters.remove_child("w:rFonts");
        auto font = letters.prepend_child("w:rFonts");
        for (const char* script : {"w:ascii", "w:hAnsi", "w:cs"}) set(font, script, "Arial");
    }
    static void apply(pugi::xml_node style, const Look& look) {
        // The order of what stands here is the schema's: a reader may refuse another.
        style.remove_child("w:rPr");
        const bool caption = std::strstr(look.style, "Caption") != nullptr ||
                             std::strstr(look.style, "NoticeHeading") != nullptr;
        if (caption) {
            style.remove_child("w:pPr");
            auto paragraph = style.append_child("w:pPr");
            paragraph.append_child("w:keepNext");
            auto spacing = paragraph.append_child("w:spacing");
            set(spacing, "w:before", "240");
            set(spacing, "w:after", "80");
        } else if (std::strncmp(look.style, "Report", 6) == 0) {
            style.remove_child("w:pPr");
            auto spacing = style.append_child("w:pPr").append_child("w:spacing");
            set(spacing, "w:before", "60");
            set(spacing, "w:after", "60");
        }
        auto letters = style.append_child("w:rPr");
        plain_font(letters);
        if (look.bold) {
            letters.append_child("w:b");
            letters.append_child("w:bCs");
        } else {
            set(letters.append_child("w:b"), "w:val", "0");
        }
        set(letters.append_child("w:i"), "w:val", "0");
        set(letters.append_child("w:color"), "w:val", look.color);
        set(letters.append_child("w:sz"), "w:val", look.half_points);
        set(letters.append_child("w:szCs"), "w:val", look.half_points);
    }
    static void rules(pugi::xml_node style) {
        auto properties = style.child("w:tblPr");
        auto borders = properties.insert_child_after("w:tblBorders", properties.child("w:tblInd"));
        for (const char* side : {"w:bottom", "w:insideH"}) {
            auto rule = borders.append_child(side);
            set(rule, "w:val", "single");
            set(rule, "w:sz", "4");
            set(rule, "w:space", "0");
            set(rule, "w:color", "C3CAD2");
        }
        auto first = style.child("w:tblStylePr");
        first.prepend_child("w:rPr").append_child("w:b");
        auto line = first.child("w:tcPr").child("w:tcBorders").child("w:bottom");
        set(line, "w:sz", "12");
        set(line, "w:space", "0");
        set(line, "w:color", "1B1F24");
    }

    void settings(pugi::xml_document& xml) const {
        auto all = xml.child("w:settings");
        // Finnish and Swedish headings are long words in narrow columns.
        all.insert_child_after("w:autoHyphenation", all.child("w:defaultTabStop"));
        set(all.child("w:themeFontLang"), "w:val", std::string(domain::code_of(report_.language)));
    }
    void properties(pugi::xml_document& xml) const {
        auto all = xml.child("cp:coreProperties");
        child(all, "dc:subject").text().set(report_.subtitle.c_str());
        child(all, "dc:creator").text().set("Vastine");
        if (!report_.mark.empty()) child(all, "cp:contentStatus").text().set(report_.mark.c_str());
    }
    static void types(pugi::xml_document& xml) {
        for (const char* part : {"header", "footer"}) {
            auto entry = xml.child("Types").append_child("Override");
            set(entry, "PartName", std::string("/word/") + part + "1.xml");
            set(entry, "ContentType",
                std::string("application/vnd.openxmlformats-officedocument.wordprocessingml.") + part +
                    "+xml");
        }
    }
    static void relations(pugi::xml_document& xml) {
        for (const auto& [id, part] : {std::pair{"rIdHead", "header"}, {"rIdFoot", "footer"}}) {
            auto entry = xml.child("Relationships").append_child("Relationship");
            set(entry, "Type", std::string(kRelations) + "/" + part);
            set(entry, "Id", id);
            set(entry, "Target", std::string(part) + "1.xml");
        }
    }

    template <typename Fill>
    static std::string running(const char* root_name, const char* justified, Fill fill) {
        pugi::xml_document xml;
        auto declaration = xml.append_child(pugi::node_declaration);
        set(declaration, "version", "1.0");
        set(declaration, "encoding", "UTF-8");
        auto root = xml.append_child(root_name);
        set(root, "xmlns:w", kMain);
        auto line = root.append_child("w:p");
        auto of_line = line.append_child("w:pPr");
        auto tab = of_line.append_child("w:tabs").append_child("w:tab");
        set(tab, "w:val", "right");
        set(tab, "w:pos", "9638");
        set(of_line.append_child("w:jc"), "w:val", justified);
        fill(line);
        return written(xml);
    }
    static pugi::xml_node piece(pugi::xml_node line, bool bold) {
        auto run = line.append_child("w:r");
        auto letters = run.append_child("w:rPr");
        if (bold) letters.append_child("w:b");
        set(letters.append_child("w:color"), "w:val", "4D5763");
        set(letters.append_child("w:sz"), "w:val", "16");
        return run;
    }
    static void words(pugi::xml_node line, const std::string& text, bool bold) {
        auto node = piece(line, bold).append_child("w:t");
        set(node, "xml:space", "preserve");
        node.text().set(text.c_str());
    }
    static void field(pugi::xml_node line, const char* code) {
        auto node = line.append_child("w:fldSimple");
        set(node, "w:instr", code);
        words(node, "1", false);
    }

    const report::Report& report_;
};

}  // namespace

std::string to_docx(const report::Report& report) {
    return Finishing(report).finish(made_by_pandoc(report));
}

}  // namespace vastine::api::rendering
