#include "domain/text/catalogue.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "domain/cases/kinds.hpp"
#include "domain/data/embedded.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/destruction.pb.h"
#include "domain/schema/log_extract.pb.h"
#include "domain/schema/publication.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/reorganisation.pb.h"
#include "domain/schema/request.pb.h"

using namespace vastine::domain;
namespace fs = std::filesystem;

namespace {

using Ids = std::set<std::string>;

const fs::path root = VASTINE_SOURCE_DIR;

std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<fs::path> sources(const std::vector<std::string>& rooms,
                              const std::vector<std::string>& extensions) {
    std::vector<fs::path> all;
    for (const std::string& room : rooms)
        for (auto entry = fs::recursive_directory_iterator(root / room);
             entry != fs::recursive_directory_iterator(); ++entry) {
            // What others wrote, and what the build makes of this very catalogue.
            if (entry->path().filename() == "node_modules" || entry->path().filename() == "generated")
                entry.disable_recursion_pending();
            if (entry->is_regular_file() &&
                std::ranges::find(extensions, entry->path().extension().string()) != extensions.end())
                all.push_back(entry->path());
        }
    return all;
}

// What stands between quotes and could be an id or a part of one.
Ids quoted_words(const std::string& source) {
    static const std::regex literal(R"re(["'`]([A-Za-z0-9_.-]+)["'`])re");
    Ids words;
    for (std::sregex_iterator match(source.begin(), source.end(), literal), end; match != end; ++match)
        words.insert((*match)[1]);
    return words;
}

// "problem.stale.title" in its parts.
std::vector<std::string> parts_of(const std::string& id) {
    std::vector<std::string> parts;
    std::istringstream stream(id);
    for (std::string part; std::getline(stream, part, '.');)
        if (!part.empty()) parts.push_back(part);
    return parts;
}

// Several parts, and no file name.
bool whole_id(const std::string& word) {
    static const std::regex shape(R"re([a-z][a-z_]*(\.[A-Za-z0-9_-]+)+)re");
    static const std::regex file(R"re(.*\.(toml|html|css|js|csv|json|svg|pdf|docx|xlsx|proto|hpp|cpp))re");
    return std::regex_match(word, shape) && !std::regex_match(word, file);
}

// The literal in reject(Reason::X, "id"), invalid("id", and text("id". A parameter called `text` has no dot.
Ids asked_ids(const std::string& source) {
    static const std::regex call(R"re((?:\breject\(\s*(?:domain::)?Reason::\w+,\s*"([^"]+)"|)re"
                                 R"re(\b(?:invalid|text)\(\s*"(\w+(?:\.\w+)+)")\s*[,)])re");
    Ids ids;
    for (std::sregex_iterator match(source.begin(), source.end(), call), end; match != end; ++match)
        ids.insert((*match)[1].matched ? (*match)[1] : (*match)[2]);
    return ids;
}

// Ids that are put together, so that only their parts stand in the sources, and why.
const std::map<std::string, std::string> put_together{
    {"stage.", "the stage of a case by its name"},
    {"next.", "the next step of a case by its name"},
    {"code.", "what is said of a code that no code set holds"},
    {"due.", "what is due, by its name"},
    {"day_off.", "a day off by the name of its rule"},
    {"calendar.weekday.", "a weekday by its three letters"},
    {"calendar.period.", "a period by its unit, in one or many"},
    {"calendar.ground.", "the act behind a calendar, by its name"},
    {"report.", "a part of the report by section and figure"},
    {"problem.", "title and detail of a problem document by its row in the table"},
    {"publishing.page.", "a part of the public page by its name"},
    {"letter.field.", "what a letter may name, by the table of letters"},
    {"letter.sample.", "what stands for it while a template is tried"},
    {"looked.what.", "what was done, by the access log's own word for it"},
};

// Whether the sources can ask for the text: its whole id is quoted, or it may be put together and each of
// its parts is quoted.
bool asked_for(const std::string& id, const Ids& words, const Ids& parts) {
    if (words.contains(id)) return true;
    // One of the two forms of a plural: what stands before them is asked for.
    for (const std::string_view form : {".one", ".other"})
        if (id.ends_with(form) && words.contains(id.substr(0, id.size() - form.size()))) return true;
    for (const auto& [prefix, why] : put_together)
        if (id.starts_with(prefix))
            return std::ranges::all_of(parts_of(id.substr(prefix.size())),
                                       [&](const std::string& part) { return parts.contains(part); });
    return false;
}

}  // namespace

TEST_CASE("the embedded files are the files of domain/data, byte for byte", "[catalogue]") {
    std::size_t met = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root / "domain/data")) {
        if (!entry.is_regular_file() || entry.path().extension() == ".hpp") continue;
        const std::string path = fs::relative(entry.path(), root / "domain/data").string();
        CAPTURE(path);
        const auto found = embedded_files().find(path);
        REQUIRE(found != embedded_files().end());
        CHECK((found->second == content(entry.path())));
        ++met;
    }
    CHECK(met == embedded_files().size());
}

TEST_CASE("a text has the same placeholders in every language", "[catalogue]") {
    Ids differing;
    for (const auto& [id, text] : catalogue().texts())
        if (placeholders(text.fi()) != placeholders(text.sv()) ||
            placeholders(text.fi()) != placeholders(text.en()))
            differing.insert(id);
    CHECK(differing == Ids{});
}

TEST_CASE("no text has a brace that is no placeholder", "[catalogue]") {
    Ids broken;
    for (const auto& [id, text] : catalogue().texts())
        for (const std::string* one : {&text.fi(), &text.sv(), &text.en()}) {
            // With one, with several and with what is no number: words may depend on it.
            for (const char* number : {"", "1", "2"}) {
                std::map<std::string, std::string> args;
                for (const std::string& name : placeholders(*one)) args[name] = number;
                if (fill(*one, args).find_first_of("{}") != std::string::npos) broken.insert(id);
            }
        }
    CHECK(broken == Ids{});
}

TEST_CASE("every id that is asked for in the sources is in the catalogue", "[catalogue]") {
    Ids groups;
    for (const auto& [id, text] : catalogue().texts()) groups.insert(parts_of(id).front());
    // Figures, policies and field paths begin like these too: there only what is plainly asked for counts.
    for (const char* shared : {"contact", "reminder", "complaint"}) groups.erase(shared);
    Ids missing;
    for (const fs::path& file :
         sources({"domain", "store", "projections", "api", "tools"}, {".cpp", ".hpp"})) {
        const std::string source = content(file);
        Ids ids = asked_ids(source);
        for (const std::string& word : quoted_words(source))
            if (whole_id(word) && groups.contains(parts_of(word).front())) ids.insert(word);
        for (const std::string& id : ids)
            if (!catalogue().find(id)) missing.insert(id + " in " + fs::relative(file, root).string());
    }
    CHECK(missing == Ids{});
}

TEST_CASE("every text is asked for somewhere", "[catalogue]") {
    Ids words;
    for (const fs::path& file : sources({"domain", "store", "projections", "api", "tools"},
                                        {".cpp", ".hpp", ".ts", ".tsx", ".js", ".html"}))
        words.merge(quoted_words(content(file)));
    Ids parts;
    for (const std::string& word : words)
        for (std::string& part : parts_of(word)) parts.insert(std::move(part));
    Ids unused;
    for (const auto& [id, text] : catalogue().texts()) {
        // Titles and labels are held against the schema itself, below.
        if (id.starts_with("event.") || id.starts_with("command.") || id.starts_with("label.")) continue;
        if (!asked_for(id, words, parts)) unused.insert(id);
    }
    CHECK(unused == Ids{});
}

TEST_CASE("every event has a title and every command a label, and nothing else has", "[catalogue]") {
    Ids expected;
    for (const auto* const one :
         {vastine::Assign::descriptor(), vastine::RegisterReminder::descriptor(),
          vastine::RegisterComplaint::descriptor(), vastine::ReceiveRequest::descriptor(),
          vastine::LogContact::descriptor(), vastine::SetUnit::descriptor(),
          vastine::ReorganiseUnits::descriptor(), vastine::OpenPublication::descriptor(),
          vastine::OpenDestructionList::descriptor(), vastine::ReleaseLogExtract::descriptor()})
        for (int i = 0; i < one->file()->message_type_count(); ++i) {
            const auto& type = *one->file()->message_type(i);
            // An event wraps its command in `given`; only commands carry the option.
            if (type.options().HasExtension(vastine::command)) {
                expected.insert("command." + type.name());
            } else if (type.FindFieldByName("given")) {
                expected.insert("event." + type.name());
            }
        }
    CHECK(expected.size() > 100);
    Ids missing;
    Ids superfluous;
    for (const std::string& id : expected)
        if (!catalogue().find(id)) missing.insert(id);
    for (const auto& [id, text] : catalogue().texts())
        if ((id.starts_with("event.") || id.starts_with("command.")) && !expected.contains(id))
            superfluous.insert(id);
    CHECK(missing == Ids{});
    CHECK(superfluous == Ids{});
}

TEST_CASE(
    "every field of a command on a case, a publication or a destruction list has a label, and nothing else "
    "has",
    "[catalogue]") {
    Ids expected;
    const auto add = [&](const auto& self, const google::protobuf::Descriptor& message) -> void {
        if (message.full_name().starts_with("google.")) return;
        for (int i = 0; i < message.field_count(); ++i) {
            const auto& field = *message.field(i);
            if (!expected.insert("label." + field.name()).second) continue;
            if (field.message_type()) self(self, *field.message_type());
        }
    };
    for (const auto& command : commands())
        for (const int kind : command.rule.kinds())
            if (area_of(static_cast<vastine::Kind>(kind)) || kind == vastine::PUBLICATION ||
                kind == vastine::DESTRUCTION)
                add(add, *command.message);
    CHECK(expected.size() > 100);
    Ids missing;
    Ids superfluous;
    for (const std::string& id : expected)
        if (!catalogue().find(id)) missing.insert(id);
    for (const auto& [id, text] : catalogue().texts())
        if (id.starts_with("label.") && !expected.contains(id)) superfluous.insert(id);
    CHECK(missing == Ids{});
    CHECK(superfluous == Ids{});
}

TEST_CASE("Swedish keeps an alert from being a reminder and an ombud from being an ombudsman",
          "[catalogue]") {
    Ids wrong;
    for (const auto& [id, text] : catalogue().texts())
        for (const char* word : {"påminnelse", "Påminnelse", "atientombudsman", "ocialombudsman"})
            if (text.sv().find(word) != std::string::npos) wrong.insert(id);
    CHECK(wrong == Ids{});
}

TEST_CASE("a file of texts is refused with its name when a text is not whole", "[catalogue]") {
    const auto refused = [](const std::string& toml, const std::string& says) {
        Catalogue catalogue;
        try {
            catalogue.add("texts/one.toml", "[there]\nfi = \"f\"\nsv = \"s\"\nen = \"e\"\n" + toml);
        } catch (const std::runtime_error& error) {
            CHECK_THAT(error.what(), Catch::Contains("texts/one.toml") && Catch::Contains(says));
            return;
        }
        FAIL_CHECK("was taken: " << toml);
    };
    refused("[a]\nfi = \"f\"\nsv = \"s\"\n", "a lacks a language");
    refused("[a]\nfi = \"f\"\nsv = \"s\"\nen = \"\"\n", "a.en is empty");
    refused("[a]\nfi = \"f\"\nsv = \"s\"\nen = 1\n", "a.en");
    refused("[a]\nfi = \"f\"\nsv = \"s\"\nen = \"e\"\nde = \"d\"\n", "a.de");
    refused("[a\n", "line 5");
    Catalogue twice;
    twice.add("one.toml", "[a.b]\nfi = \"f\"\nsv = \"s\"\nen = \"e\"\n");
    CHECK_THROWS_WITH(twice.add("two.toml", "[a.b]\nfi = \"f\"\nsv = \"s\"\nen = \"e\"\n"),
                      "two.toml: a.b stands twice");
}

TEST_CASE("ids are found in sources however they are written down", "[catalogue]") {
    CHECK(asked_ids(R"(return reject(Reason::Invalid, "a.b", {{"x", y}});)") == Ids{"a.b"});
    CHECK(asked_ids("reject(Reason::Invalid,\n    \"a.b\")") == Ids{"a.b"});
    CHECK(asked_ids(R"(domain::reject(domain::Reason::Invalid, "no dot"))") == Ids{"no dot"});
    CHECK(asked_ids(R"(text("a.b", Language::Finnish))") == Ids{"a.b"});
    CHECK(asked_ids(R"(text("stage." + name) + query.text("unit"))").empty());
    CHECK(whole_id("report.heading.months"));
    for (const char* other : {"report", "report.", "report.html", ".title", "1.0"})
        CHECK_FALSE(whole_id(other));
    CHECK(quoted_words(R"(x ? "a.b_c" : 'd.e.f')") == Ids{"a.b_c", "d.e.f"});
}

TEST_CASE("a text is unused when neither its id nor its parts are quoted", "[catalogue]") {
    CHECK(asked_for("reminder.late", {"reminder.late"}, {"reminder", "late"}));
    CHECK_FALSE(asked_for("reminder.late", {}, {"reminder", "late"}));
    CHECK(asked_for("problem.stale.title", {}, {"stale", "title"}));
    CHECK_FALSE(asked_for("problem.stale.title", {}, {"title"}));
    CHECK(asked_for("list.cases.one", {"list.cases"}, {}));
    CHECK_FALSE(asked_for("list.cases.one", {"list"}, {"cases", "one"}));
}
