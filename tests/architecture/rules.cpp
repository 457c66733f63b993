#include "tests/architecture/rules.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <regex>
#include <set>
#include <string_view>

namespace vastine::architecture {

namespace {

// In the order in which they may know each other.
constexpr std::array<std::string_view, 5> rooms{"domain", "store", "projections", "api", "tools"};

constexpr std::size_t longest_line = 110;
constexpr std::size_t longest_readme = 70;

struct Line {
    std::string_view text;
    std::size_t number;
};

void each_line(std::string_view content, const std::function<void(const Line&)>& visit) {
    std::size_t number = 1;
    while (!content.empty()) {
        const std::size_t end = content.find('\n');
        visit({content.substr(0, end), number++});
        content.remove_prefix(end == content.npos ? content.size() : end + 1);
    }
}

std::string place(const std::string& path, const Line& line) {
    return path + ":" + std::to_string(line.number) + ": ";
}

bool is_source(std::string_view path) {
    return path.ends_with(".cpp") || path.ends_with(".hpp");
}

std::string_view first_part(std::string_view path) {
    return path.substr(0, path.find('/'));
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == path.npos ? "" : path.substr(0, slash);
}

std::string file_of(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

// Number of the room, or of none.
std::size_t room(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(rooms, name) - rooms.begin());
}

struct Include {
    std::string target;
    bool quoted;
    Line line;
};
void each_include(const std::string& content, const std::function<void(const Include&)>& visit) {
    static const std::regex directive(R"re(^\s*#\s*include\s*(["<])([^">]+)[">])re");
    each_line(content, [&](const Line& line) {
        std::match_results<std::string_view::const_iterator> found;
        if (std::regex_search(line.text.begin(), line.text.end(), found, directive))
            visit({found[2], *found[1].first == '"', line});
    });
}

// Where each pattern may stand. The patterns are searched in whole lines of sources.
void forbid(const Tree& tree, const std::regex& pattern, const std::string& what,
            const std::function<bool(const std::string&)>& concerns, Findings& findings) {
    for (const auto& [path, content] : tree)
        if (concerns(path))
            each_line(content, [&](const Line& line) {
                if (std::regex_search(line.text.begin(), line.text.end(), pattern))
                    findings.push_back(place(path, line) + what);
            });
}

// Characters, not bytes.
std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

Findings includes_turn_left(const Tree& tree) {
    Findings findings;
    for (const auto& [path, content] : tree) {
        if (!is_source(path)) continue;
        const std::string_view home = first_part(path);
        each_include(content, [&](const Include& include) {
            const std::string_view target = first_part(include.target);
            const std::size_t there = room(target);
            if (there == rooms.size() && !(home == "tests" && target == "tests")) {
                if (include.quoted)
                    findings.push_back(place(path, include.line) + "\"" + include.target +
                                       "\" is not named from the top");
            } else if (home != "tests" && there > room(home)) {
                findings.push_back(place(path, include.line) + std::string(home) + " may not know " +
                                   include.target);
            }
        });
    }
    return findings;
}

Findings fences_hold(const Tree& tree) {
    struct Fence {
        std::string_view library;
        std::vector<std::string_view> inside;
    };
    static const std::vector<Fence> fences{
        // The benchmark measures the bare engine beside the store, as the ceiling of its figures.
        {"rocksdb/", {"store/", "tools/bench/"}},
        {"boost/beast", {"api/"}},
        {"boost/asio", {"api/"}},
        {"openssl/", {"store/sealing/", "store/proof/"}},
        {"cjose/", {"api/login/openid/"}},
        {"liboath/", {"api/login/"}},
        {"p11-kit/", {"store/sealing/token_"}},
        {"libgfshare", {"store/sealing/shamir.cpp"}},
        {"qpdf/", {"api/rendering/"}},
        {"archive", {"api/rendering/"}},
        {"qrencode", {"api/rendering/"}},
        {"xlsxwriter", {"api/rendering/"}},
        {"cmark", {"projections/report/prose.cpp"}},
        {"libvoikko", {"projections/search/words.cpp"}},
        {"libstemmer", {"projections/search/words.cpp"}},
    };
    static const std::regex tls_or_login(R"re(^api/(.*/)?[a-z_]*(tls|login)[a-z_]*(/[a-z_]+)?\.[ch]pp$)re");
    Findings findings;
    for (const auto& [path, content] : tree) {
        if (!is_source(path) || path.starts_with("tests/")) continue;
        each_include(content, [&](const Include& include) {
            for (const Fence& fence : fences) {
                if (!include.target.starts_with(fence.library)) continue;
                bool inside = std::ranges::any_of(
                    fence.inside, [&](std::string_view folder) { return path.starts_with(folder); });
                if (fence.library == "openssl/") inside = inside || std::regex_match(path, tls_or_login);
                if (!inside)
                    findings.push_back(place(path, include.line) + include.target +
                                       " stays behind its fence");
            }
        });
    }
    return findings;
}

Findings the_pure_stay_pure(const Tree& tree) {
    static const std::regex outside_world(
        R"re(#\s*include\s*<(thread|future|fstream|iostream|filesystem|random|cstdio|ctime|unistd\.h)>)re");
    static const std::regex clock(R"re(_clock::now|\btime\(nullptr\)|\bgettimeofday\b)re");
    Findings findings;
    forbid(
        tree, outside_world, "the domain is pure",
        [](const std::string& path) { return is_source(path) && path.starts_with("domain/"); }, findings);
    forbid(
        tree, clock, "time comes in with the command or the query",
        [](const std::string& path) {
            return is_source(path) && (path.starts_with("domain/") || path.starts_with("projections/"));
        },
        findings);
    return findings;
}

Findings the_store_knows_no_case(const Tree& tree) {
    static const std::set<std::string> known{"domain/schema/options.pb.h", "domain/schema/access.pb.h"};
    Findings findings;
    for (const auto& [path, content] : tree)
        if (is_source(path) && path.starts_with("store/"))
            each_include(content, [&](const Include& include) {
                if (include.target.starts_with("domain/") && !known.contains(include.target))
                    findings.push_back(place(path, include.line) + "the store may not know " +
                                       include.target);
            });
    return findings;
}

Findings top_level_is_known(const Tree& tree) {
    static const std::set<std::string_view> known{"domain",
                                                  "store",
                                                  "projections",
                                                  "api",
                                                  "tools",
                                                  "tests",
                                                  ".ci",
                                                  "LICENSE",
                                                  "CMakeLists.txt",
                                                  "CMakePresets.json",
                                                  ".clang-format",
                                                  ".clang-tidy",
                                                  ".gitignore",
                                                  "README.md",
                                                  "ARCHITECTURE.md"};
    std::set<std::string> unknown;
    for (const auto& [path, content] : tree)
        if (!known.contains(first_part(path)))
            unknown.insert(std::string(first_part(path)) + ": not at the top");
    return {unknown.begin(), unknown.end()};
}

Findings names_say_something(const Tree& tree) {
    static const std::set<std::string> dumping_grounds{"util", "utils",   "helper", "helpers", "common",
                                                       "misc", "manager", "base",   "impl"};
    static const std::regex word("[A-Za-z0-9]+");
    static const std::regex snake_case(R"re([a-z][a-z0-9]*(_[a-z0-9]+)*\.(cpp|hpp|proto))re");
    Findings findings;
    for (const auto& [path, content] : tree) {
        for (std::sregex_iterator part(path.begin(), path.end(), word), end; part != end; ++part)
            if (dumping_grounds.contains(part->str()))
                findings.push_back(path + ": \"" + part->str() + "\" says nothing");
        const bool ours = is_source(path) || path.ends_with(".proto");
        if (ours && !std::regex_match(file_of(path), snake_case))
            findings.push_back(path + ": not snake_case");
    }
    return findings;
}

Findings rooms_have_a_readme(const Tree& tree) {
    Findings findings;
    std::set<std::string> expected{"tests"};
    expected.insert(rooms.begin(), rooms.end());
    for (const std::string& name : expected) {
        const auto readme = tree.find(name + "/README.md");
        if (readme == tree.end()) {
            findings.push_back(name + ": no README.md");
        } else if (std::ranges::count(readme->second, '\n') > static_cast<std::ptrdiff_t>(longest_readme)) {
            findings.push_back(name + "/README.md: more than a screen");
        }
    }
    return findings;
}

Findings tests_mirror_the_rooms(const Tree& tree) {
    // Suites over a whole room or the whole house; every other test stands where its subject stands.
    static const std::set<std::string_view> suites{"contract", "crash",      "damage",
                                                   "format",   "simulation", "end_to_end"};
    static const std::set<std::string_view> programs{"architecture", "browser", "end_to_end", "fuzz"};
    std::set<std::string> folders;
    for (const auto& [path, content] : tree) {
        for (std::string folder = folder_of(path); !folder.empty(); folder = folder_of(folder))
            folders.insert(folder);
    }
    Findings findings;
    for (const auto& [path, content] : tree) {
        if (!path.starts_with("tests/") || !path.ends_with("_test.cpp")) continue;
        const std::string mirrored = path.substr(std::string_view("tests/").size());
        if (programs.contains(first_part(mirrored))) continue;
        const std::string inside = mirrored.substr(std::min(mirrored.find('/') + 1, mirrored.size()));
        if (suites.contains(first_part(inside))) continue;
        if (!folders.contains(folder_of(mirrored)))
            findings.push_back(path + ": mirrors no folder of a room");
    }
    return findings;
}

Findings headers_are_guarded(const Tree& tree) {
    Findings findings;
    for (const auto& [path, content] : tree)
        if (path.ends_with(".hpp") && !content.starts_with("#pragma once\n"))
            findings.push_back(path + ":1: #pragma once comes first");
    return findings;
}

Findings no_macros_outside_tests(const Tree& tree) {
    static const std::regex macro(R"re(^\s*#\s*define\b)re");
    Findings findings;
    forbid(
        tree, macro, "no macros but the tests'",
        [](const std::string& path) { return is_source(path) && !path.starts_with("tests/"); }, findings);
    return findings;
}

Findings lines_are_short(const Tree& tree) {
    Findings findings;
    for (const auto& [path, content] : tree)
        if (is_source(path))
            each_line(content, [&](const Line& line) {
                if (length(line.text) > longest_line)
                    findings.push_back(place(path, line) + std::to_string(length(line.text)) + " characters");
            });
    return findings;
}

namespace {

// Words that must not stand in the tree, these two files aside: here they are put together from halves.
bool is_ours_to_read(const std::string& path) {
    static const std::vector<std::string_view> endings{".cpp",   ".hpp",  ".proto", ".md",  ".toml",
                                                       ".cmake", ".txt",  ".ts",    ".tsx", ".js",
                                                       ".css",   ".html", ".sh",    ".py",  ".json"};
    const bool text =
        std::ranges::any_of(endings, [&](std::string_view ending) { return path.ends_with(ending); });
    return (text || file_of(path).find('.') == std::string::npos) && !path.ends_with("package-lock.json") &&
           path != "LICENSE";
}

}  // namespace

Findings nothing_is_left_undone(const Tree& tree) {
    static const std::regex undone(std::string(R"re(\b(TO)re") + "DO|FIX" + "ME|X" + R"re(XX)\b)re");
    Findings findings;
    forbid(tree, undone, "left undone", is_ours_to_read, findings);
    return findings;
}

Findings nothing_names_the_workplace(const Tree& tree) {
    static const std::regex workplace(std::string(R"re(/wo)re") + R"re(rk/(main|shared)|\.\./sha)re" +
                                      "red|fresh-" + "machine|\\bissue #?" + "[0-9]");
    Findings findings;
    forbid(tree, workplace, "names the place where it was made", is_ours_to_read, findings);
    return findings;
}

}  // namespace vastine::architecture
