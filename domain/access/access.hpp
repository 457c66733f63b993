#pragma once
// The one access rule. Every query, list, search, export and count asks it; nothing else decides.
// The wall: ombudsman documents are kept apart from the organiser's (739/2023 §10). The administrator
// sees no case content, the board only reports, an auditor only the access log of the own area.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "domain/reference/reference.hpp"
#include "domain/result.hpp"
#include "domain/schema/options.pb.h"

namespace vastine::domain {

enum class Area { Ombudsman, Legal };
// Nothing for reference data; nor for a publication or a destruction list, whose area is its own.
[[nodiscard]] std::optional<Area> area_of(Kind kind);

struct Viewer {
    std::string user_id;
    std::set<Role> roles;
    std::vector<std::string> units;  // of a unit head: those and all below
    std::set<std::string> sectors;   // empty: all
    std::set<Area> auditor_of;
    std::set<std::string> stands_in_for;  // users who are away: their cases are this viewer's too
    bool operating_system_user = false;   // works on the data folder itself, with every area's rights
    // Case files that the viewer's session has open in an emergency, each with the reason that was stated.
    std::map<std::string, std::string> broke_glass;
};
[[nodiscard]] Viewer viewer_of(const SetUser& user);
// The same on a day: with those that the user stands in for.
[[nodiscard]] Viewer viewer_of(const SetUser& user, const Reference& reference, Date on);

// What the rule needs to know of a case.
struct CaseScope {
    Kind kind = NO_KIND;
    std::vector<std::string> units;
    std::set<std::string> sectors;
    std::string handler;
    std::string offered_to;                // a hand-over that is not answered yet; empty: none
    std::set<std::string> disqualified;    // the file is closed to them
    std::set<std::string> involved_units;  // asked for statements
};

enum class Sight {
    Nothing,  // not even that it exists
    Counts,   // in totals of the own area, without drill-down
    Content,  // everything
};
[[nodiscard]] Sight sight(const Viewer& viewer, const CaseScope& scope, const Reference& reference);

// ---- one case, in an emergency ----

// Who works in an area and may not see a case of the same area may open it for reading, by stating a reason.
// Never over the wall, never for the disqualified. Which roles may, and who is told, stands in one table.
[[nodiscard]] bool opens_in_emergency(const Viewer& viewer, Kind kind);
// NotFound for whoever may not, as for a case that is not there; WrongState for who sees the case anyway.
[[nodiscard]] Result<std::monostate> may_break_glass(const Viewer& viewer, const CaseScope& scope,
                                                     const Reference& reference);
// What is told of every file opened so, at once and in a list: the area's head, and its auditors.
[[nodiscard]] bool hears_of_emergencies(const Viewer& viewer, Area area);
// The sight of one case that is named: what sight() says, and the content of a file that is open in an
// emergency. For reading that case only: lists, searches, exports, counts and commands ask sight().
[[nodiscard]] Sight sight_of_one(const Viewer& viewer, const std::string& case_id, const CaseScope& scope,
                                 const Reference& reference);

// May this viewer give this command to this case (by its CommandRule's `by`, the wall and the scope)?
// NotFound for whoever may not see the case, Forbidden for whoever sees it but has no such task.
[[nodiscard]] Result<std::monostate> may_command(const Viewer& viewer, const CommandRule& rule, Kind kind,
                                                 const CaseScope& scope, const Reference& reference);
// The same before there is a case: opening one. A publication or a destruction list may be opened by those
// who work on it in one of the areas; that it is their own is for its decider to say, which knows the area.
[[nodiscard]] Result<std::monostate> may_open(const Viewer& viewer, const CommandRule& rule, Kind kind);

// ---- publications ----

// What the rule needs to know of a publication.
struct PublicationScope {
    Area area = Area::Ombudsman;
    bool is_signed = false;     // an edition is, or was published
    bool is_published = false;  // an edition is; it stays so while a correction is written
    // To whom its signed proposals are addressed, or the one that a command is about.
    std::vector<std::string> addressed_units;
    bool addressed_to_body = false;
};
// Each holds what those before it hold, as far as there is such a thing yet.
enum class PublicationSight {
    Nothing,     // not even that it exists
    Published,   // the public files and tables of its published editions: anybody, without a login
    Addressed,   // and the signed proposals that are addressed to the viewer's units
    Signed,      // and the signed files, the signed proposals, the steps of the boards
    Everything,  // and what is being written
};
[[nodiscard]] PublicationSight sight(const Viewer& viewer, const PublicationScope& scope,
                                     const Reference& reference);
// May this viewer give this command to this publication? Of a command about a proposal by its addressee the
// scope is that proposal's alone (domain::publication::scope). NotFound for whoever may not see it.
[[nodiscard]] Result<std::monostate> may_command(const Viewer& viewer, const CommandRule& rule,
                                                 const PublicationScope& scope, const Reference& reference);
// May write in it: works in the area, and not as the head of a unit.
[[nodiscard]] bool writes_in(const Viewer& viewer, Area area);

// ---- destruction lists ----

// What the rule needs to know of a destruction list.
struct DestructionScope {
    Area area = Area::Ombudsman;
};
enum class DestructionSight {
    Nothing,     // not even that it exists
    List,        // the items, the approvals, what became of each, the certificate; not people's reasons
    Everything,  // those too
};
[[nodiscard]] DestructionSight sight(const Viewer& viewer, const DestructionScope& scope);
// May this viewer give this command to this list? Which two persons approve it is for its decider to say
// (domain/destruction/approvers.hpp). NotFound for whoever may not see it.
[[nodiscard]] Result<std::monostate> may_command(const Viewer& viewer, const CommandRule& rule,
                                                 const DestructionScope& scope);
// May open a list of the area, withhold items of it and release them.
[[nodiscard]] bool prepares_destruction(const Viewer& viewer, Area area);

// Rights that are no case's: read from one table, domain/access/access.cpp.
enum class Right {
    SeeReference,
    ManageReference,
    SeeReports,
    SeeAreaFigures,
    ReadAccessLog,
    Import,
    Export,
    SeeHealth
};
[[nodiscard]] bool may(const Viewer& viewer, Right right);
// The access log of an area tells who turned to it, so its auditor is appointed for that area alone.
[[nodiscard]] bool may_read_access_log(const Viewer& viewer, Area area);
[[nodiscard]] bool works_in(const Viewer& viewer, Area area);

}  // namespace vastine::domain
