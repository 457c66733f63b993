#include "domain/access/access.hpp"

#include <algorithm>
#include <array>

namespace vastine::domain {

namespace {

// ---- the tables: domain/access/access.md says the same to a lawyer, and a test compares the two ----

// How far a role sees the cases of an area. Who is not named here sees nothing of it.
enum class Reach {
    OwnSectors,  // content within the sectors of the person's rights, and totals of the whole area
    OwnUnits,    // content of cases about the person's own units, or where those were asked for a statement
};
struct Seat {
    Role role;
    Area area;
    Reach reach;
};
constexpr std::array seats{
    Seat{OMBUDSMAN, Area::Ombudsman, Reach::OwnSectors},
    Seat{HEAD_OMBUDSMAN, Area::Ombudsman, Reach::OwnSectors},
    Seat{REGISTRAR, Area::Legal, Reach::OwnSectors},
    Seat{LAWYER, Area::Legal, Reach::OwnSectors},
    Seat{UNIT_HEAD, Area::Legal, Reach::OwnUnits},
};

// Who opens a case file of the own area in an emergency, and who is told of it. The head of a unit has no
// business in another unit's case, however urgent: whoever works for the whole area is asked.
enum class Emergencies { Opens, OpensAndHears, Hears };
struct EmergencySeat {
    Role role;
    Area area;
    Emergencies part;
};
constexpr std::array emergency_seats{
    EmergencySeat{OMBUDSMAN, Area::Ombudsman, Emergencies::Opens},
    EmergencySeat{HEAD_OMBUDSMAN, Area::Ombudsman, Emergencies::OpensAndHears},
    EmergencySeat{REGISTRAR, Area::Legal, Emergencies::OpensAndHears},
    EmergencySeat{LAWYER, Area::Legal, Emergencies::OpensAndHears},
    EmergencySeat{AUDITOR, Area::Ombudsman, Emergencies::Hears},
    EmergencySeat{AUDITOR, Area::Legal, Emergencies::Hears},
};

// How far a role sees a publication of an area, beyond what is published.
struct PublicationSeat {
    Role role;
    Area area;
    PublicationSight reach;
};
constexpr std::array publication_seats{
    PublicationSeat{OMBUDSMAN, Area::Ombudsman, PublicationSight::Everything},
    PublicationSeat{HEAD_OMBUDSMAN, Area::Ombudsman, PublicationSight::Everything},
    PublicationSeat{REGISTRAR, Area::Legal, PublicationSight::Everything},
    PublicationSeat{LAWYER, Area::Legal, PublicationSight::Everything},
    PublicationSeat{UNIT_HEAD, Area::Ombudsman, PublicationSight::Addressed},
    PublicationSeat{UNIT_HEAD, Area::Legal, PublicationSight::Addressed},
    PublicationSeat{BOARD_SECRETARY, Area::Ombudsman, PublicationSight::Signed},
    PublicationSeat{BOARD_SECRETARY, Area::Legal, PublicationSight::Signed},
};

// Who works on the destruction lists of an area, and who only reads them. The head of a unit has no part in
// what becomes of the register; an auditor sees that nothing was destroyed in secret.
struct DestructionSeat {
    Role role;
    Area area;
    DestructionSight reach;
};
constexpr std::array destruction_seats{
    DestructionSeat{OMBUDSMAN, Area::Ombudsman, DestructionSight::Everything},
    DestructionSeat{HEAD_OMBUDSMAN, Area::Ombudsman, DestructionSight::Everything},
    DestructionSeat{REGISTRAR, Area::Legal, DestructionSight::Everything},
    DestructionSeat{LAWYER, Area::Legal, DestructionSight::Everything},
    DestructionSeat{AUDITOR, Area::Ombudsman, DestructionSight::List},
    DestructionSeat{AUDITOR, Area::Legal, DestructionSight::List},
};

// What is no case's.
struct Grant {
    Role role;
    Right right;
};
constexpr std::array grants{
    Grant{OMBUDSMAN, Right::SeeReference},
    Grant{OMBUDSMAN, Right::SeeReports},
    Grant{OMBUDSMAN, Right::SeeAreaFigures},
    Grant{OMBUDSMAN, Right::Import},
    Grant{HEAD_OMBUDSMAN, Right::SeeReference},
    Grant{HEAD_OMBUDSMAN, Right::SeeReports},
    Grant{HEAD_OMBUDSMAN, Right::SeeAreaFigures},
    Grant{HEAD_OMBUDSMAN, Right::Import},
    Grant{HEAD_OMBUDSMAN, Right::Export},
    Grant{REGISTRAR, Right::SeeReference},
    Grant{REGISTRAR, Right::SeeReports},
    Grant{REGISTRAR, Right::SeeAreaFigures},
    Grant{REGISTRAR, Right::Import},
    Grant{REGISTRAR, Right::Export},
    Grant{LAWYER, Right::SeeReference},
    Grant{LAWYER, Right::SeeReports},
    Grant{LAWYER, Right::SeeAreaFigures},
    Grant{LAWYER, Right::Import},
    Grant{LAWYER, Right::Export},
    Grant{UNIT_HEAD, Right::SeeReference},
    Grant{UNIT_HEAD, Right::SeeReports},
    Grant{UNIT_HEAD, Right::SeeAreaFigures},
    Grant{BOARD_SECRETARY, Right::SeeReference},
    Grant{BOARD_SECRETARY, Right::SeeReports},
    Grant{BOARD, Right::SeeReference},
    Grant{BOARD, Right::SeeReports},
    Grant{AUDITOR, Right::SeeReference},
    Grant{AUDITOR, Right::ReadAccessLog},
    Grant{ADMINISTRATOR, Right::SeeReference},
    Grant{ADMINISTRATOR, Right::ManageReference},
    Grant{ADMINISTRATOR, Right::SeeHealth},
};

// A unit that was only asked for a statement gives it and the papers that go with it; the case itself
// is handled by others.
constexpr std::array<std::string_view, 2> asked_unit_may{"receive-statement", "documents"};

// Commands about a proposal: given from outside the area by the proposal's own addressee alone.
constexpr std::array<std::string_view, 2> addressee_may{"answer-proposal", "follow-up-proposal"};

// ---- the rule ----

bool has(const Viewer& viewer, Role role) {
    return viewer.roles.contains(role);
}

bool shares_sector(const Viewer& viewer, const CaseScope& scope) {
    return viewer.sectors.empty() || scope.sectors.empty() ||
           std::ranges::any_of(scope.sectors,
                               [&](const auto& sector) { return viewer.sectors.contains(sector); });
}

template <class Units>
bool any_within(const Units& units, const Viewer& viewer, const Reference& reference) {
    return std::ranges::any_of(units, [&](const auto& unit) {
        return std::ranges::any_of(viewer.units,
                                   [&](const auto& own) { return reference.within(unit, own); });
    });
}

// The handler, whoever stands in for the one who is away, and whoever is to say whether to take it over.
bool is_handler(const Viewer& viewer, const CaseScope& scope) {
    if (!viewer.user_id.empty() && (viewer.user_id == scope.handler || viewer.user_id == scope.offered_to))
        return true;
    return !scope.handler.empty() && viewer.stands_in_for.contains(scope.handler) &&
           !scope.disqualified.contains(scope.handler);
}

// Does this seat let its holder handle the case, not only look at it?
bool handles(const Seat& seat, const Viewer& viewer, const CaseScope& scope, const Reference& reference) {
    if (is_handler(viewer, scope)) return true;
    if (!shares_sector(viewer, scope)) return false;
    return seat.reach == Reach::OwnSectors || any_within(scope.units, viewer, reference);
}

bool was_asked(const Seat& seat, const Viewer& viewer, const CaseScope& scope, const Reference& reference) {
    return seat.reach == Reach::OwnUnits && shares_sector(viewer, scope) &&
           any_within(scope.involved_units, viewer, reference);
}

template <class Test>
bool any_seat(const Viewer& viewer, Area area, Test&& test) {
    return std::ranges::any_of(
        seats, [&](const Seat& seat) { return seat.area == area && has(viewer, seat.role) && test(seat); });
}

bool named(const CommandRule& rule, Role role) {
    return std::ranges::find(rule.by(), role) != rule.by().end();
}
bool taken_by(const CommandRule& rule, Kind kind) {
    return std::ranges::find(rule.kinds(), kind) != rule.kinds().end();
}

// ---- publications ----

bool writes_as(const Viewer& viewer, const PublicationSeat& seat) {
    return seat.reach == PublicationSight::Everything && has(viewer, seat.role);
}

// What the seat lets its holder see of this publication, as far as there is such a thing yet.
PublicationSight seen_from(const PublicationSeat& seat, const Viewer& viewer, const PublicationScope& scope,
                           const Reference& reference) {
    const auto least = scope.is_published ? PublicationSight::Published : PublicationSight::Nothing;
    if (seat.area != scope.area || !has(viewer, seat.role)) return least;
    switch (seat.reach) {
        case PublicationSight::Addressed:
            return any_within(scope.addressed_units, viewer, reference) ? seat.reach : least;
        case PublicationSight::Signed:
            return scope.is_signed ? seat.reach : least;
        default:
            return seat.reach;
    }
}

// Whether the command about a proposal comes from its addressee: the head of the unit or of one above it,
// for a body the secretary of the boards.
bool is_addressee(const PublicationSeat& seat, const Viewer& viewer, const PublicationScope& scope,
                  const Reference& reference) {
    return seat.role == BOARD_SECRETARY ? scope.addressed_to_body
                                        : any_within(scope.addressed_units, viewer, reference);
}

// ---- destruction lists ----

bool prepares_as(const Viewer& viewer, const DestructionSeat& seat) {
    return seat.reach == DestructionSight::Everything && has(viewer, seat.role);
}

// An auditor is appointed for an area.
bool sits(const Viewer& viewer, const auto& seat) {
    return has(viewer, seat.role) && (seat.role != AUDITOR || viewer.auditor_of.contains(seat.area));
}

Result<std::monostate> may_command_reference(const Viewer& viewer, const CommandRule& rule) {
    if (std::ranges::any_of(viewer.roles, [&](Role role) { return named(rule, role); }))
        return std::monostate{};
    return reject(Reason::Forbidden, "access.not_your_task");
}

}  // namespace

std::optional<Area> area_of(Kind kind) {
    switch (kind) {
        case CONTACT:
            return Area::Ombudsman;
        case REMINDER:
        case COMPLAINT:
        case AUTHORITY_REQUEST:
            return Area::Legal;
        default:
            return std::nullopt;
    }
}

Viewer viewer_of(const SetUser& user) {
    Viewer viewer;
    viewer.user_id = user.user_id();
    if (!user.active()) return viewer;
    for (const int role : user.roles()) {
        if (role != NO_ROLE && Role_IsValid(role)) viewer.roles.insert(static_cast<Role>(role));
    }
    viewer.units.assign(user.units().begin(), user.units().end());
    viewer.sectors.insert(user.sectors().begin(), user.sectors().end());
    if (viewer.roles.contains(AUDITOR)) {
        for (const auto& area : user.auditor_of()) {
            if (area == "ombudsman") viewer.auditor_of.insert(Area::Ombudsman);
            if (area == "legal") viewer.auditor_of.insert(Area::Legal);
        }
    }
    return viewer;
}

Viewer viewer_of(const SetUser& user, const Reference& reference, Date on) {
    Viewer viewer = viewer_of(user);
    if (!user.active()) return viewer;
    for (auto& away : reference.stands_in_for(user.user_id(), on))
        viewer.stands_in_for.insert(std::move(away));
    return viewer;
}

Sight sight(const Viewer& viewer, const CaseScope& scope, const Reference& reference) {
    if (scope.disqualified.contains(viewer.user_id)) return Sight::Nothing;  // no role opens it again
    if (viewer.operating_system_user) return Sight::Content;
    const auto area = area_of(scope.kind);
    // They are no cases, and have scopes of their own.
    if (scope.kind == PUBLICATION || scope.kind == DESTRUCTION) return Sight::Nothing;
    if (!area) return may(viewer, Right::SeeReference) ? Sight::Content : Sight::Nothing;
    auto best = Sight::Nothing;
    for (const auto& seat : seats) {
        if (seat.area != *area || !has(viewer, seat.role)) continue;
        if (handles(seat, viewer, scope, reference) || was_asked(seat, viewer, scope, reference)) {
            return Sight::Content;
        }
        if (seat.reach == Reach::OwnSectors) best = Sight::Counts;
    }
    return best;
}

bool opens_in_emergency(const Viewer& viewer, Kind kind) {
    const auto area = area_of(kind);
    return area && std::ranges::any_of(emergency_seats, [&](const EmergencySeat& seat) {
               return seat.area == *area && seat.part != Emergencies::Hears && sits(viewer, seat);
           });
}

Result<std::monostate> may_break_glass(const Viewer& viewer, const CaseScope& scope,
                                       const Reference& reference) {
    if (sight(viewer, scope, reference) == Sight::Content)
        return reject(Reason::WrongState, "access.open_to_you_anyway");
    if (!opens_in_emergency(viewer, scope.kind) || scope.disqualified.contains(viewer.user_id))
        return reject(Reason::NotFound, "access.no_such_case");
    return std::monostate{};
}

bool hears_of_emergencies(const Viewer& viewer, Area area) {
    return viewer.operating_system_user ||
           std::ranges::any_of(emergency_seats, [&](const EmergencySeat& seat) {
               return seat.area == area && seat.part != Emergencies::Opens && sits(viewer, seat);
           });
}

Sight sight_of_one(const Viewer& viewer, const std::string& case_id, const CaseScope& scope,
                   const Reference& reference) {
    const auto seen = sight(viewer, scope, reference);
    if (seen == Sight::Content || !viewer.broke_glass.contains(case_id)) return seen;
    return may_break_glass(viewer, scope, reference) ? Sight::Content : seen;
}

Result<std::monostate> may_command(const Viewer& viewer, const CommandRule& rule, Kind kind,
                                   const CaseScope& scope, const Reference& reference) {
    if (!taken_by(rule, kind) || kind == PUBLICATION || kind == DESTRUCTION)
        return reject(Reason::NotFound, "access.no_such_case");
    const auto area = area_of(kind);
    // Who may not see the case does not learn that it is there.
    if (area && sight(viewer, scope, reference) != Sight::Content) {
        return reject(Reason::NotFound, "access.no_such_case");
    }
    if (viewer.operating_system_user) return std::monostate{};
    if (!area) return may_command_reference(viewer, rule);
    const bool as_handler = any_seat(viewer, *area, [&](const Seat& seat) {
        return named(rule, seat.role) && handles(seat, viewer, scope, reference);
    });
    if (as_handler) return std::monostate{};
    const bool when_asked = std::ranges::find(asked_unit_may, rule.path()) != asked_unit_may.end();
    const bool as_asked = any_seat(viewer, *area, [&](const Seat& seat) {
        return named(rule, seat.role) && was_asked(seat, viewer, scope, reference);
    });
    if (as_asked && when_asked) return std::monostate{};
    return reject(Reason::Forbidden, as_asked ? "access.only_asked_for_statement" : "access.not_your_task");
}

Result<std::monostate> may_open(const Viewer& viewer, const CommandRule& rule, Kind kind) {
    if (!taken_by(rule, kind)) return reject(Reason::NotFound, "access.no_such_case");
    if (viewer.operating_system_user) return std::monostate{};
    if (kind == PUBLICATION) {
        const bool writes = std::ranges::any_of(publication_seats, [&](const PublicationSeat& seat) {
            return writes_as(viewer, seat) && named(rule, seat.role);
        });
        if (writes) return std::monostate{};
        return reject(Reason::Forbidden, "access.not_your_task");
    }
    if (kind == DESTRUCTION) {
        const bool prepares = std::ranges::any_of(destruction_seats, [&](const DestructionSeat& seat) {
            return prepares_as(viewer, seat) && named(rule, seat.role);
        });
        if (prepares) return std::monostate{};
        return reject(Reason::Forbidden, "access.not_your_task");
    }
    const auto area = area_of(kind);
    if (!area) return may_command_reference(viewer, rule);
    if (any_seat(viewer, *area, [&](const Seat& seat) { return named(rule, seat.role); }))
        return std::monostate{};
    return reject(Reason::Forbidden, works_in(viewer, *area) ? "access.not_your_task" : "access.other_area");
}

PublicationSight sight(const Viewer& viewer, const PublicationScope& scope, const Reference& reference) {
    if (viewer.operating_system_user) return PublicationSight::Everything;
    auto most = scope.is_published ? PublicationSight::Published : PublicationSight::Nothing;
    for (const auto& seat : publication_seats)
        most = std::max(most, seen_from(seat, viewer, scope, reference));
    return most;
}

Result<std::monostate> may_command(const Viewer& viewer, const CommandRule& rule,
                                   const PublicationScope& scope, const Reference& reference) {
    if (!taken_by(rule, PUBLICATION) || sight(viewer, scope, reference) == PublicationSight::Nothing)
        return reject(Reason::NotFound, "access.no_such_publication");
    if (viewer.operating_system_user) return std::monostate{};
    const bool of_addressee = std::ranges::find(addressee_may, rule.path()) != addressee_may.end();
    bool of_another = false;
    for (const auto& seat : publication_seats) {
        if (seat.area != scope.area || !has(viewer, seat.role) || !named(rule, seat.role)) continue;
        if (writes_as(viewer, seat)) return std::monostate{};
        if (!of_addressee && seen_from(seat, viewer, scope, reference) == seat.reach) return std::monostate{};
        if (of_addressee && is_addressee(seat, viewer, scope, reference)) return std::monostate{};
        of_another = of_another || of_addressee;
    }
    return reject(Reason::Forbidden, of_another ? "access.not_the_addressee" : "access.not_your_task");
}

bool writes_in(const Viewer& viewer, Area area) {
    return viewer.operating_system_user ||
           std::ranges::any_of(publication_seats, [&](const PublicationSeat& seat) {
               return seat.area == area && writes_as(viewer, seat);
           });
}

DestructionSight sight(const Viewer& viewer, const DestructionScope& scope) {
    if (viewer.operating_system_user) return DestructionSight::Everything;
    auto most = DestructionSight::Nothing;
    for (const auto& seat : destruction_seats)
        if (seat.area == scope.area && sits(viewer, seat)) most = std::max(most, seat.reach);
    return most;
}

Result<std::monostate> may_command(const Viewer& viewer, const CommandRule& rule,
                                   const DestructionScope& scope) {
    if (!taken_by(rule, DESTRUCTION) || sight(viewer, scope) == DestructionSight::Nothing)
        return reject(Reason::NotFound, "access.no_such_destruction_list");
    if (viewer.operating_system_user) return std::monostate{};
    const bool theirs = std::ranges::any_of(destruction_seats, [&](const DestructionSeat& seat) {
        return seat.area == scope.area && prepares_as(viewer, seat) && named(rule, seat.role);
    });
    if (theirs) return std::monostate{};
    return reject(Reason::Forbidden, "access.not_your_task");
}

bool prepares_destruction(const Viewer& viewer, Area area) {
    return viewer.operating_system_user ||
           std::ranges::any_of(destruction_seats, [&](const DestructionSeat& seat) {
               return seat.area == area && prepares_as(viewer, seat);
           });
}

bool may(const Viewer& viewer, Right right) {
    if (viewer.operating_system_user) return true;
    return std::ranges::any_of(grants, [&](const Grant& grant) {
        return grant.right == right && has(viewer, grant.role) &&
               (right != Right::ReadAccessLog || !viewer.auditor_of.empty());
    });
}

bool may_read_access_log(const Viewer& viewer, Area area) {
    return may(viewer, Right::ReadAccessLog) &&
           (viewer.operating_system_user || viewer.auditor_of.contains(area));
}

bool works_in(const Viewer& viewer, Area area) {
    return viewer.operating_system_user || any_seat(viewer, area, [](const Seat&) { return true; });
}

}  // namespace vastine::domain
