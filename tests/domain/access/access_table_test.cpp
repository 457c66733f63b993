// The page a lawyer reads (domain/access/access.md) against the rule that runs, over every role, kind and
// right, and over cases inside and outside the person's sectors and units.

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/destruction/approvers.hpp"

using namespace vastine;
using namespace vastine::domain;

namespace {

const std::map<std::string, Role> role_names{
    {"ombudsman", OMBUDSMAN}, {"head-ombudsman", HEAD_OMBUDSMAN}, {"registrar", REGISTRAR},
    {"lawyer", LAWYER},       {"unit-head", UNIT_HEAD},           {"board", BOARD},
    {"auditor", AUDITOR},     {"administrator", ADMINISTRATOR},   {"board-secretary", BOARD_SECRETARY}};
const std::map<std::string, Kind> kind_names{{"reminder", REMINDER},
                                             {"complaint", COMPLAINT},
                                             {"authority-request", AUTHORITY_REQUEST},
                                             {"contact", CONTACT}};
const std::map<std::string, Right> right_names{{"see-reference", Right::SeeReference},
                                               {"manage-reference", Right::ManageReference},
                                               {"see-reports", Right::SeeReports},
                                               {"see-area-figures", Right::SeeAreaFigures},
                                               {"read-access-log", Right::ReadAccessLog},
                                               {"import", Right::Import},
                                               {"export", Right::Export},
                                               {"see-health", Right::SeeHealth}};

struct Cell {
    std::string role;
    std::string column;
    std::string value;
};

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream rest(line.substr(1));
    for (std::string cell; std::getline(rest, cell, '|');) {
        const auto first = cell.find_first_not_of(' ');
        cells.push_back(
            first == std::string::npos ? "" : cell.substr(first, cell.find_last_not_of(' ') - first + 1));
    }
    return cells;
}

// The cells of the page's table whose second column is `second`.
std::vector<Cell> table(const std::string& second) {
    std::ifstream page(VASTINE_SOURCE_DIR "/domain/access/access.md");
    REQUIRE(page);
    std::vector<Cell> all;
    std::vector<std::string> head;
    for (std::string line; std::getline(page, line);) {
        if (line.empty() || line[0] != '|') {
            head.clear();
            continue;
        }
        const auto cells = cells_of(line);
        if (head.empty()) {
            head = cells;
        } else if (head.at(1) == second && cells.at(0).find("---") == std::string::npos) {
            REQUIRE(cells.size() == head.size());
            for (std::size_t i = 1; i < cells.size(); ++i) all.push_back({cells[0], head[i], cells[i]});
        }
    }
    return all;
}

// hospital > ward, and school beside them.
Reference units() {
    Reference reference;
    for (const auto& [id, parent] : std::vector<std::pair<std::string, std::string>>{
             {"hospital", ""}, {"ward", "hospital"}, {"school", ""}}) {
        UnitSet event;
        event.mutable_given()->set_unit_id(id);
        event.mutable_given()->set_parent(parent);
        event.mutable_given()->set_valid_from("2000-01-01");
        reference.apply(event);
    }
    return reference;
}

}  // namespace

TEST_CASE("the page of the access rule says of every role and kind what the rule says", "[access]") {
    const auto reference = units();
    const auto cells = table("reminder");
    REQUIRE(cells.size() == role_names.size() * kind_names.size());
    for (const auto& cell : cells) {
        for (const std::set<std::string>& sectors :
             {std::set<std::string>{}, {"health"}, {"social"}, {"health", "social"}}) {
            for (const std::set<std::string>& rights :
                 {std::set<std::string>{}, {"health"}, {"early-education"}}) {
                for (const std::string unit : {"", "hospital", "ward", "school"}) {
                    for (const bool asked : {false, true}) {
                        Viewer viewer;
                        viewer.user_id = "u";
                        viewer.roles = {role_names.at(cell.role)};
                        viewer.sectors = rights;
                        viewer.units = {"hospital"};
                        viewer.auditor_of = {Area::Ombudsman, Area::Legal};
                        CaseScope scope;
                        scope.kind = kind_names.at(cell.column);
                        scope.sectors = sectors;
                        if (!unit.empty() && asked) scope.involved_units = {unit};
                        if (!unit.empty() && !asked) scope.units = {unit};

                        const bool sector =
                            rights.empty() || sectors.empty() ||
                            std::ranges::any_of(sectors, [&](auto& s) { return rights.contains(s); });
                        const bool own_unit = unit == "hospital" || unit == "ward";
                        auto expected = Sight::Nothing;
                        if (cell.value == "own sectors") {
                            expected = sector ? Sight::Content : Sight::Counts;
                        } else if (cell.value == "own units") {
                            expected = sector && own_unit ? Sight::Content : Sight::Nothing;
                        } else {
                            REQUIRE(cell.value == "nothing");
                        }
                        INFO(cell.role << " " << cell.column << " unit " << unit << (asked ? " asked" : ""));
                        CHECK(sight(viewer, scope, reference) == expected);

                        // Whoever is disqualified sees nothing; a handler of the area sees the content.
                        scope.handler = "u";
                        CHECK(sight(viewer, scope, reference) ==
                              (cell.value == "nothing" ? Sight::Nothing : Sight::Content));
                        scope.disqualified = {"u"};
                        CHECK(sight(viewer, scope, reference) == Sight::Nothing);
                    }
                }
            }
        }
    }
}

namespace {

// A publication at a stage of the page's columns, with a proposal to a unit, or to a body.
PublicationScope at_stage(const std::string& stage, Area area, const std::string& unit) {
    PublicationScope scope;
    scope.area = area;
    scope.is_signed = stage != "draft";
    scope.is_published = stage == "published";
    if (scope.is_signed && unit.empty()) scope.addressed_to_body = true;
    if (scope.is_signed && !unit.empty()) scope.addressed_units = {unit};
    return scope;
}

PublicationSight said(const Cell& cell, const Viewer& viewer, const PublicationScope& scope,
                      const std::string& unit) {
    const auto otherwise = scope.is_published ? PublicationSight::Published : PublicationSight::Nothing;
    if (cell.value == "nothing") return PublicationSight::Nothing;
    if (cell.value == "published") return PublicationSight::Published;
    if (cell.value == "signed") return PublicationSight::Signed;
    if (cell.value == "everything in own area")
        return works_in(viewer, scope.area) ? PublicationSight::Everything : otherwise;
    REQUIRE(cell.value == "proposals to own units");
    return unit == "hospital" || unit == "ward" ? PublicationSight::Addressed : otherwise;
}

}  // namespace

TEST_CASE("the page of the access rule says of every publication what the rule says", "[access]") {
    const auto reference = units();
    const auto cells = table("draft");
    REQUIRE(cells.size() == (role_names.size() + 1) * 3);
    for (const auto& cell : cells) {
        for (const Area area : {Area::Ombudsman, Area::Legal}) {
            for (const std::string unit : {"", "hospital", "ward", "school"}) {
                Viewer viewer;
                if (cell.role != "nobody signed in") {
                    viewer.user_id = "u";
                    viewer.roles = {role_names.at(cell.role)};
                }
                viewer.units = {"hospital"};
                viewer.auditor_of = {Area::Ombudsman, Area::Legal};
                const auto scope = at_stage(cell.column, area, unit);
                INFO(cell.role << " " << cell.column << " " << static_cast<int>(area) << " " << unit);
                CHECK(sight(viewer, scope, reference) == said(cell, viewer, scope, unit));
            }
        }
    }
}

TEST_CASE(
    "every command to a publication is open to the roles it names: of its area, to the secretary once "
    "it is signed, and to the addressee of a proposal",
    "[access]") {
    const auto reference = units();
    std::size_t allowed = 0;
    for (const auto& command : commands()) {
        if (command.rule.kinds(0) != PUBLICATION) continue;
        for (const auto& [role_name, role] : role_names) {
            for (const Area area : {Area::Ombudsman, Area::Legal}) {
                for (const std::string stage : {"draft", "signed", "published"}) {
                    for (const std::string unit : {"", "ward", "school"}) {
                        INFO(role_name << " " << command.message->name() << " " << stage << " " << unit);
                        Viewer viewer;
                        viewer.user_id = "u";
                        viewer.roles = {role};
                        viewer.units = {"hospital"};
                        const auto scope = at_stage(stage, area, unit);
                        const bool named = std::ranges::find(command.rule.by(), static_cast<int>(role)) !=
                                           command.rule.by().end();
                        const bool about_proposal = command.rule.path() == "answer-proposal" ||
                                                    command.rule.path() == "follow-up-proposal";
                        bool expected = named && role != UNIT_HEAD && works_in(viewer, area);
                        if (named && role == BOARD_SECRETARY)
                            expected = scope.is_signed && (!about_proposal || unit.empty());
                        if (named && role == UNIT_HEAD) expected = scope.is_signed && unit == "ward";
                        const auto given = may_command(viewer, command.rule, scope, reference);
                        CHECK(given.has_value() == expected);
                        if (!given) {
                            const bool hidden = sight(viewer, scope, reference) == PublicationSight::Nothing;
                            CHECK(given.error().reason == (hidden ? Reason::NotFound : Reason::Forbidden));
                        }
                        if (given) ++allowed;
                    }
                }
            }
        }
    }
    CHECK(allowed > 100);
}

TEST_CASE("the page of the access rule says who opens a file in an emergency, and who is told",
          "[access][emergency]") {
    const auto cells = table("opens the file");
    REQUIRE(cells.size() == role_names.size() * 2);
    for (const auto& cell : cells) {
        REQUIRE((cell.value == "own area" || cell.value == "no"));
        for (const auto& [kind_name, kind] : kind_names) {
            INFO(cell.role << " " << cell.column << " " << kind_name);
            const auto area = *area_of(kind);
            Viewer viewer;
            viewer.user_id = "u";
            viewer.roles = {role_names.at(cell.role)};
            viewer.auditor_of = {Area::Legal};
            const bool own = works_in(viewer, area) ||
                             (viewer.roles.contains(AUDITOR) && viewer.auditor_of.contains(area));
            const bool expected = cell.value == "own area" && own;
            CHECK((cell.column == "is told" ? hears_of_emergencies(viewer, area)
                                            : opens_in_emergency(viewer, kind)) == expected);
        }
    }
}

TEST_CASE("the page of the access rule says of every destruction list what the rule says", "[access]") {
    const auto cells = table("list");
    REQUIRE(cells.size() == role_names.size() * 3);
    std::size_t allowed = 0;
    for (const auto& cell : cells) {
        for (const Area area : {Area::Ombudsman, Area::Legal}) {
            Viewer viewer;
            viewer.user_id = "u";
            viewer.roles = {role_names.at(cell.role)};
            viewer.auditor_of = {Area::Legal};
            INFO(cell.role << " " << cell.column << " " << static_cast<int>(area));
            const bool own = works_in(viewer, area) || viewer.auditor_of.contains(area);
            const bool yes = cell.value != "nothing" && cell.value != "no";
            const DestructionScope scope{area};
            if (cell.column == "list") {
                auto expected = DestructionSight::Nothing;
                if (cell.value == "everything in own area" && works_in(viewer, area))
                    expected = DestructionSight::Everything;
                if (cell.value == "list in own area" && own) expected = DestructionSight::List;
                CHECK(sight(viewer, scope) == expected);
                continue;
            }
            if (cell.column == "approves") {
                REQUIRE((cell.value == "no" || cell.value == "one of two"));
                CHECK(destruction::approves(area, viewer.roles) == (yes && works_in(viewer, area)));
                continue;
            }
            REQUIRE((cell.value == "no" || cell.value == "yes" ||
                     cell.value == "yes, but for giving it up and the archive"));
            CHECK(prepares_destruction(viewer, area) == (yes && works_in(viewer, area)));
            for (const auto& command : commands()) {
                if (command.rule.kinds(0) != DESTRUCTION) continue;
                INFO(command.message->name());
                const bool not_alone =
                    command.rule.path() == "abandon" || command.rule.path() == "record-transfer";
                const bool expected = works_in(viewer, area) && (cell.value == "yes" || (yes && !not_alone));
                CHECK(may_command(viewer, command.rule, scope).has_value() == expected);
                if (expected) ++allowed;
            }
        }
    }
    CHECK(allowed > 20);
}

TEST_CASE("the page of the access rule says of every right what the rule says", "[access]") {
    const auto cells = table("see-reference");
    REQUIRE(cells.size() == role_names.size() * right_names.size());
    for (const auto& cell : cells) {
        INFO(cell.role << " " << cell.column);
        Viewer viewer;
        viewer.user_id = "u";
        viewer.roles = {role_names.at(cell.role)};
        viewer.auditor_of = {Area::Legal};
        const auto right = right_names.at(cell.column);
        CHECK(may(viewer, right) == (cell.value != "no"));
        if (cell.value == "own area") {
            CHECK(may_read_access_log(viewer, Area::Legal));
            CHECK_FALSE(may_read_access_log(viewer, Area::Ombudsman));
            viewer.auditor_of.clear();
            CHECK_FALSE(may(viewer, right));
        } else {
            REQUIRE((cell.value == "yes" || cell.value == "no"));
        }
    }
}

TEST_CASE("every command of the schema is open to the roles it names, on their side of the wall alone",
          "[access]") {
    const auto reference = units();
    std::size_t allowed = 0;
    for (const auto& command : commands()) {
        for (const auto& [kind_name, kind] : kind_names) {
            const auto& kinds = command.rule.kinds();
            if (std::ranges::find(kinds, static_cast<int>(kind)) == kinds.end()) continue;
            for (const auto& [role_name, role] : role_names) {
                INFO(role_name << " " << command.message->name() << " " << kind_name);
                Viewer viewer;
                viewer.user_id = "u";
                viewer.roles = {role};
                viewer.units = {"hospital"};
                CaseScope scope;
                scope.kind = kind;
                scope.units = {"ward"};
                const bool named =
                    std::ranges::find(command.rule.by(), static_cast<int>(role)) != command.rule.by().end();
                const bool own_side = works_in(viewer, *area_of(kind));
                const auto given = may_command(viewer, command.rule, kind, scope, reference);
                CHECK(given.has_value() == (named && own_side));
                if (!given) CHECK(given.error().reason == (own_side ? Reason::Forbidden : Reason::NotFound));
                CHECK(may_open(viewer, command.rule, kind).has_value() == (named && own_side));
                if (given) ++allowed;
            }
        }
    }
    CHECK(allowed > 100);
}
