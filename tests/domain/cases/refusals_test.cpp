// Every refusal has a test: the texts that a rejection can carry are read from the sources of the deciders,
// of the field checks and of the access rule, and each must be named by a test of the domain.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "domain/text/text.hpp"

namespace vastine::domain {

namespace {

namespace fs = std::filesystem;
const fs::path root = VASTINE_SOURCE_DIR;

std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// The ids of texts that stand between quotes in the sources of a folder. What a case is shown with is no
// refusal.
std::set<std::string> texts_named_in(const fs::path& folder) {
    static const std::regex id(R"re("([a-z_]+\.[a-z_.-]+)")re");
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        const auto source = content(entry.path());
        for (std::sregex_iterator match(source.begin(), source.end(), id), end; match != end; ++match) {
            const auto name = (*match)[1].str();
            const bool shown = name.starts_with("stage.") || name.starts_with("next.") ||
                               name.starts_with("publication.stage.");
            if (!shown && has_text(name)) found.insert(name);
        }
    }
    return found;
}

}  // namespace

TEST_CASE("every refusal of the domain has a test that names it", "[refusals]") {
    const auto tested = texts_named_in("tests/domain");
    std::set<std::string> untested;
    std::size_t refusals = 0;
    for (const auto* folder : {"domain/cases", "domain/publications", "domain/schema", "domain/access"})
        for (const auto& text : texts_named_in(folder)) {
            ++refusals;
            if (!tested.contains(text)) untested.insert(text);
        }
    CHECK(refusals > 150);
    CHECK(untested == std::set<std::string>{});
}

}  // namespace vastine::domain
