#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>
#include <set>

#include "api/rendering/instant.hpp"
#include "api/rendering/program.hpp"
#include "api/rendering/rendering.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api::rendering {
namespace {

namespace report = projections::report;

const Program kChromium{"chromium", "chromium"};

std::vector<std::string> how_to_start(const PrivateFolder& folder) {
    return {"--headless=new",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--user-data-dir=" + (folder.path() / "profile").string(),
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
            "--disable-crash-reporter",
            "--disable-breakpad",
            "--host-resolver-rules=MAP * ~NOTFOUND"};
}

// The browser's own sandbox needs a user other than root and a kernel that gives it namespaces, which most
// containers do not. Found out once, by starting it.
bool sandbox_works() {
    static const bool works = [] {
        if (::geteuid() == 0) return false;
        const PrivateFolder folder;
        Run how;
        how.arguments = how_to_start(folder);
        how.arguments.insert(how.arguments.end(), {"--dump-dom", "about:blank"});
        try {
            run(kChromium, folder, how);
            return true;
        } catch (const Failed&) {
            return false;
        }
    }();
    return works;
}

// Without the sandbox the page still forbids scripts and addresses, was made here and holds nothing to break
// out with, and the process has no network and a folder of its own.
std::string printed(const report::Report& report) {
    const PrivateFolder folder;
    folder.write("report.html", report::to_html(report));
    Run how;
    how.today = seconds_of(report);
    how.arguments = how_to_start(folder);
    if (!sandbox_works()) how.arguments.emplace_back("--no-sandbox");
    how.arguments.insert(how.arguments.end(),
                         {"--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline",
                          "--print-to-pdf=" + (folder.path() / "publication.pdf").string(),
                          "file://" + (folder.path() / "report.html").string()});
    run(kChromium, folder, how);
    return folder.read("publication.pdf");
}

// A line's end in a heading loses its blank in the outline; the model has the words as they are.
std::string without_blanks(std::string_view words) {
    std::string out;
    for (const char letter : words) {
        if (std::string_view(" \t\r\n").find(letter) == std::string_view::npos) out += letter;
    }
    return out;
}

using Headings = std::map<std::string, std::string>;
void collect(const report::Prose& prose, Headings& headings) {
    for (const auto& passage : prose.passages) {
        if (passage.kind != report::Passage::Kind::Heading) continue;
        std::string words;
        for (const auto& run : passage.runs) words += report::written(run, prose.language);
        headings[without_blanks(words)] = words;
    }
}
void collect(const std::vector<report::Section>& sections, const std::string& above, Headings& headings) {
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const auto number = above + std::to_string(i + 1);
        const auto heading = number + " " + sections[i].heading;
        headings[without_blanks(heading)] = heading;
        for (const auto& block : sections[i].blocks) {
            if (const auto* notice = std::get_if<report::Notice>(&block)) {
                headings[without_blanks(notice->heading)] = notice->heading;
            } else if (const auto* prose = std::get_if<report::Prose>(&block)) {
                collect(*prose, headings);
            } else if (const auto* item = std::get_if<report::Item>(&block)) {
                headings[without_blanks(item->heading)] = item->heading;
                collect(item->text, headings);
            }
        }
        collect(sections[i].subsections, number + ".", headings);
    }
}
Headings headings_of(const report::Report& report) {
    Headings out;
    out[without_blanks(report.title)] = report.title;
    for (const auto& notice : report.notices) out[without_blanks(notice.heading)] = notice.heading;
    collect(report.sections, {}, out);
    return out;
}

void name_outline(QPDFObjectHandle parent, const Headings& headings) {
    for (auto item = parent.getKey("/First"); item.isDictionary(); item = item.getKey("/Next")) {
        const auto known = headings.find(without_blanks(item.getKey("/Title").getUTF8Value()));
        if (known != headings.end()) {
            item.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(known->second));
        }
        name_outline(item, headings);
    }
}

// The browser names the cells of tables by a count that goes on from run to run, and calls a figure both the
// drawing, which has its words for who does not see it, and the frame around it.
class Tags {
public:
    explicit Tags(QPDF& file) : objects_(file.getAllObjects()) {
        for (auto& object : objects_) {
            if (!object.isDictionary() || !object.getKey("/Type").isNameAndEquals("/StructElem")) continue;
            if (auto id = object.getKey("/ID"); id.isString()) ids_.insert(id.getStringValue());
            if (object.getKey("/S").isNameAndEquals("/Figure") && !object.hasKey("/Alt")) {
                object.replaceKey("/S", QPDFObjectHandle::newName("/Div"));
            }
            // Names of a later PDF than this one, which its readers do not know.
            for (const char* later : {"/Em", "/Strong"}) {
                if (object.getKey("/S").isNameAndEquals(later)) {
                    object.replaceKey("/S", QPDFObjectHandle::newName("/Span"));
                }
            }
        }
    }
    // In their own order, which the tree of names keeps.
    void rename() {
        std::size_t number = 0;
        for (const auto& id : ids_) names_[id] = fmt::format("cell{:08}", ++number);
        for (auto& object : objects_) rename(object);
    }

private:
    void rename(QPDFObjectHandle object) {
        if (object.isArray()) {
            for (int i = 0; i < object.getArrayNItems(); ++i) {
                auto item = object.getArrayItem(i);
                if (item.isIndirect()) continue;
                if (const auto* name = new_name(item)) {
                    object.setArrayItem(i, QPDFObjectHandle::newString(*name));
                } else {
                    rename(item);
                }
            }
        } else if (object.isDictionary()) {
            for (const auto& key : object.getKeys()) {
                auto item = object.getKey(key);
                if (item.isIndirect()) continue;
                if (const auto* name = new_name(item)) {
                    object.replaceKey(key, QPDFObjectHandle::newString(*name));
                } else {
                    rename(item);
                }
            }
        }
    }
    [[nodiscard]] const std::string* new_name(QPDFObjectHandle& item) const {
        if (!item.isString()) return nullptr;
        const auto found = names_.find(item.getStringValue());
        return found == names_.end() ? nullptr : &found->second;
    }

    std::vector<QPDFObjectHandle> objects_;
    std::set<std::string> ids_;
    std::map<std::string, std::string> names_;
};

// What the printer cannot know or says anew each time: dates, the id, the language, the title in the
// window, the outline beside the page.
std::string finished(const std::string& pdf, const report::Report& report) {
    QPDF file;
    file.setSuppressWarnings(true);
    file.processMemoryFile("publication.pdf", pdf.data(), pdf.size());
    auto root = file.getRoot();
    root.replaceKey("/Lang",
                    QPDFObjectHandle::newUnicodeString(std::string(domain::code_of(report.language))));
    root.replaceKey("/MarkInfo", QPDFObjectHandle::parse("<< /Marked true >>"));
    root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
    root.replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
    name_outline(root.getKey("/Outlines"), headings_of(report));
    Tags(file).rename();
    const auto day = QPDFObjectHandle::newString(pdf_date(report));
    auto info = QPDFObjectHandle::newDictionary();
    info.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(report.title));
    auto subject = report.subtitle;
    if (!report.mark.empty()) subject = report.mark + ". " + subject;
    info.replaceKey("/Subject", QPDFObjectHandle::newUnicodeString(subject));
    info.replaceKey("/Creator", QPDFObjectHandle::newString("Vastine"));
    info.replaceKey("/CreationDate", day);
    info.replaceKey("/ModDate", day);
    file.getTrailer().replaceKey("/Info", file.makeIndirectObject(info));

    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setDeterministicID(true);
    writer.write();
    const auto bytes = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}

}  // namespace

std::string to_pdf(const report::Report& report) {
    const auto pdf = printed(report);
    try {
        return finished(pdf, report);
    } catch (const QPDFExc&) {
        throw Failed("chromium printed something that is no PDF");
    }
}

}  // namespace vastine::api::rendering
