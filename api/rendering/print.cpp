#include "api/rendering/print.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>
#include <set>

#include "api/rendering/instant.hpp"
#include "api/rendering/program.hpp"
#include "api/rendering/rendering.hpp"

namespace vastine::api::rendering {
namespace {

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
std::string by_chromium(const Printed& page) {
    const PrivateFolder folder;
    folder.write("page.html", page.html);
    Run how;
    how.today = seconds_of(page.on);
    how.arguments = how_to_start(folder);
    if (!sandbox_works()) how.arguments.emplace_back("--no-sandbox");
    how.arguments.insert(how.arguments.end(),
                         {"--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline",
                          "--print-to-pdf=" + (folder.path() / "printed.pdf").string(),
                          "file://" + (folder.path() / "page.html").string()});
    run(kChromium, folder, how);
    return folder.read("printed.pdf");
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
Headings by_letters(const std::vector<std::string>& headings) {
    Headings out;
    for (const auto& heading : headings) out[without_blanks(heading)] = heading;
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
std::string finished(const std::string& pdf, const Printed& page) {
    QPDF file;
    file.setSuppressWarnings(true);
    file.processMemoryFile("printed.pdf", pdf.data(), pdf.size());
    auto root = file.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(std::string(domain::code_of(page.language))));
    root.replaceKey("/MarkInfo", QPDFObjectHandle::parse("<< /Marked true >>"));
    root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
    root.replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
    name_outline(root.getKey("/Outlines"), by_letters(page.headings));
    Tags(file).rename();
    const auto day = QPDFObjectHandle::newString(pdf_date(page.on));
    auto info = QPDFObjectHandle::newDictionary();
    info.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(page.title));
    if (!page.subject.empty()) info.replaceKey("/Subject", QPDFObjectHandle::newUnicodeString(page.subject));
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

std::string print(const Printed& page) {
    const auto pdf = by_chromium(page);
    try {
        return finished(pdf, page);
    } catch (const QPDFExc&) {
        throw Failed("chromium printed something that is no PDF");
    }
}

}  // namespace vastine::api::rendering
