#include "domain/destruction/list.hpp"

#include <algorithm>
#include <variant>

#include "domain/cases/dispatch.hpp"

namespace vastine::domain::destruction {

namespace {

constexpr int first_year = 1950;
// What falls due on New Year's Day is destroyed on it: two persons have to have approved the list before.
constexpr std::chrono::days made_ahead{31};

// ---- the stages, each with what it says to whatever it does not take ----

namespace at {
struct Unopened {
    static constexpr std::string_view refusal = "destruction.not_opened";
};
struct Listing {
    static constexpr std::string_view refusal = "destruction.not_listed";
};
struct Listed {
    static constexpr std::string_view refusal = "destruction.not_approved";
};
struct Approved {
    static constexpr std::string_view refusal = "destruction.is_approved";
};
struct Executing {
    static constexpr std::string_view refusal = "destruction.is_executing";
};
struct Completed {
    static constexpr std::string_view refusal = "destruction.is_completed";
};
struct Abandoned {
    static constexpr std::string_view refusal = "destruction.is_abandoned";
};
}  // namespace at

using AnyStage = std::variant<at::Unopened, at::Listing, at::Listed, at::Approved, at::Executing,
                              at::Completed, at::Abandoned>;
AnyStage stage_of(const State& state) {
    switch (state.stage) {
        case Stage::None:
            return at::Unopened{};
        case Stage::Listing:
            return at::Listing{};
        case Stage::Listed:
            return at::Listed{};
        case Stage::Approved:
            return at::Approved{};
        case Stage::Executing:
            return at::Executing{};
        case Stage::Completed:
            return at::Completed{};
        case Stage::Abandoned:
            return at::Abandoned{};
    }
    return at::Abandoned{};
}

template <class Stage>
concept Changeable = std::same_as<Stage, at::Listed> || std::same_as<Stage, at::Approved>;
template <class Stage>
concept Stoppable = Changeable<Stage> || std::same_as<Stage, at::Executing>;
template <class Stage>
concept Transferable = Stoppable<Stage> || std::same_as<Stage, at::Completed>;
template <class Stage>
concept NotBegun = Changeable<Stage> || std::same_as<Stage, at::Listing>;

// ---- opening ----

Area area_named(std::string_view code) {
    return code == "legal" ? Area::Legal : Area::Ombudsman;
}

// Somebody who works on the data folder itself is no user, and opens lists of both areas.
Permitted is_of(Area area, const Context& context) {
    const auto* user = context.reference.user(context.actor);
    if (user != nullptr && !prepares_destruction(viewer_of(*user), area))
        return reject(Reason::Forbidden, "access.other_area");
    return permitted();
}

Result<Events> rule(const at::Unopened&, const OpenDestructionList& command, const State&,
                    const Context& context) {
    const auto year = static_cast<int>(command.year());
    if (year < first_year || year > year_of(context.today + made_ahead))
        return reject(Reason::Invalid, "destruction.year_not_begun", {}, "year");
    return accepted_when<DestructionListOpened>(is_of(area_named(command.area()), context), command);
}
template <class Stage>
Result<Events> rule(const Stage&, const OpenDestructionList&, const State&, const Context&) {
    return reject(Reason::WrongState, "destruction.opened_already");
}

// ---- the items ----

Result<const Item*> listed(const State& state, const std::string& item_id) {
    const auto* known = item(state, item_id);
    if (known == nullptr) return reject(Reason::NotFound, "destruction.no_such_item", {}, "item_id");
    return known;
}

template <Stoppable Stage>
Result<Events> rule(const Stage&, const WithholdItem& command, const State& state, const Context&) {
    if (count(state, Fate::Waiting) == 0) return reject(Reason::WrongState, "destruction.nothing_waits");
    const auto known = listed(state, command.item_id());
    if (!known) return tl::unexpected(known.error());
    if ((*known)->fate != Fate::Waiting)
        return reject(Reason::WrongState, "destruction.item_does_not_wait", {}, "item_id");
    return events(accepted<ItemWithheld>(command));
}

template <Changeable Stage>
Result<Events> rule(const Stage&, const ReleaseItem& command, const State& state, const Context&) {
    if (count(state, Fate::Withheld) == 0) return reject(Reason::WrongState, "destruction.nothing_withheld");
    const auto known = listed(state, command.item_id());
    if (!known) return tl::unexpected(known.error());
    if ((*known)->fate != Fate::Withheld)
        return reject(Reason::WrongState, "destruction.item_not_withheld", {}, "item_id");
    return events(accepted<ItemReleased>(command));
}

// ---- approving ----

std::vector<Roles> persons(const State& state) {
    std::vector<Roles> all;
    for (const auto& approval : state.approvals) all.push_back(approval.roles);
    return all;
}

bool has_approved(const State& state, const std::string& user) {
    return std::ranges::find(state.approvals, user, &Approval::by) != state.approvals.end();
}

// Two named persons answer for it: whoever works on the data folder itself is none.
Permitted may_approve(const State& state, const Context& context) {
    const auto* user = context.reference.user(context.actor);
    if (user == nullptr) return reject(Reason::Forbidden, "destruction.a_named_person_approves");
    const auto roles = viewer_of(*user).roles;
    if (!approves(state.area, roles)) return reject(Reason::Forbidden, "destruction.approved_by_others");
    if (has_approved(state, context.actor))
        return reject(Reason::WrongState, "destruction.approved_by_you_already");
    auto all = persons(state);
    all.push_back(roles);
    if (seated(state.area, all)) return permitted();
    return reject(Reason::Forbidden, state.area == Area::Ombudsman ? "destruction.the_head_approves_too"
                                                                   : "destruction.registrar_and_lawyer");
}

Result<Events> rule(const at::Listed&, const ApproveDestruction& command, const State& state,
                    const Context& context) {
    if (auto may = may_approve(state, context); !may) return tl::unexpected(may.error());
    auto approved = accepted<DestructionApproved>(command);
    approved.set_approved_by(context.actor);
    for (const auto role : viewer_of(*context.reference.user(context.actor)).roles) approved.add_roles(role);
    approved.set_approved_on(to_string(context.today));
    return events(std::move(approved));
}

template <Changeable Stage>
Result<Events> rule(const Stage&, const WithdrawDestructionApproval& command, const State& state,
                    const Context& context) {
    if (state.approvals.empty()) return reject(Reason::WrongState, "destruction.not_approved");
    if (!has_approved(state, context.actor))
        return reject(Reason::Forbidden, "destruction.not_your_approval");
    auto withdrawn = accepted<DestructionApprovalWithdrawn>(command);
    withdrawn.set_withdrawn_by(context.actor);
    return events(std::move(withdrawn));
}

// ---- a list that nothing comes of ----

template <NotBegun Stage>
Result<Events> rule(const Stage&, const AbandonDestructionList& command, const State&, const Context&) {
    return events(accepted<DestructionListAbandoned>(command));
}

// ---- what goes to the archive ----

template <Transferable Stage>
Result<Events> rule(const Stage&, const RecordArchiveTransfer& command, const State& state,
                    const Context& context) {
    if (count(state, Fate::ToArchive) == 0)
        return reject(Reason::WrongState, "destruction.nothing_to_archive");
    if (state.transferred) return reject(Reason::WrongState, "destruction.transferred_already");
    // ISO dates order as text.
    if (command.transferred_on() > to_string(context.today))
        return reject(Reason::Invalid, "destruction.transferred_in_future", {}, "transferred_on");
    auto transferred = accepted<ArchiveTransferred>(command);
    transferred.set_transferred_by(context.actor);
    return events(std::move(transferred));
}

// Every other pair is refused for the stage.
template <class Stage, class Command>
Result<Events> rule(const Stage&, const Command&, const State&, const Context&) {
    return reject(Reason::WrongState, std::string(Stage::refusal));
}

using Commands = MessageList<OpenDestructionList, WithholdItem, ReleaseItem, ApproveDestruction,
                             WithdrawDestructionApproval, AbandonDestructionList, RecordArchiveTransfer>;

// ---- evolving: no fallback, on purpose: a new event does not compile until its effect is said ----

template <class Change>
void change(State& state, std::string_view item_id, Change&& apply) {
    const auto place = state.places.find(item_id);
    if (place != state.places.end()) apply(state.items[place->second]);
}

void void_approvals(State& state) {
    if (state.stage == Stage::Executing) return;  // it has begun as it was approved
    state.approvals.clear();
    state.stage = Stage::Listed;
}

void after(State& state, const DestructionListOpened& event) {
    state.stage = Stage::Listing;
    state.area = area_named(event.given().area());
    state.year = static_cast<int>(event.given().year());
}
void after(State& state, const ItemsListed& event) {
    for (const auto& given : event.items()) {
        Item one;
        one.given = given;
        one.held_back = given.held_back();
        one.fate = !one.held_back.empty() ? Fate::HeldBack
                   : given.permanent()    ? Fate::ToArchive
                                          : Fate::Waiting;
        state.places.emplace(given.item_id(), state.items.size());
        state.items.push_back(std::move(one));
    }
    state.position = event.position();
    state.as_of_on = event.as_of_on();
    if (event.last()) state.stage = Stage::Listed;
}
void after(State& state, const ItemWithheld& event) {
    change(state, event.given().item_id(), [&](Item& item) {
        item.fate = Fate::Withheld;
        item.reason = event.given().reason();
    });
    void_approvals(state);
}
void after(State& state, const ItemReleased& event) {
    change(state, event.given().item_id(), [](Item& item) {
        item.fate = Fate::Waiting;
        item.reason.clear();
    });
    void_approvals(state);
}
void after(State& state, const DestructionApproved& event) {
    Approval approval{event.approved_by(), {}, event.approved_on()};
    for (const int role : event.roles()) {
        if (Role_IsValid(role)) approval.roles.insert(static_cast<Role>(role));
    }
    state.approvals.push_back(std::move(approval));
    if (approved(state.area, persons(state))) state.stage = Stage::Approved;
}
void after(State& state, const DestructionApprovalWithdrawn& event) {
    std::erase_if(state.approvals, [&](const auto& one) { return one.by == event.withdrawn_by(); });
    state.stage = Stage::Listed;
}
void after(State& state, const DestructionListAbandoned&) {
    state.stage = Stage::Abandoned;
}
void after(State& state, const ArchiveTransferred& event) {
    state.transferred =
        ArchiveTransfer{event.transferred_by(), event.given().transferred_on(), event.given().note()};
}
void after(State& state, const ItemCleared& event) {
    state.stage = Stage::Executing;
    change(state, event.item_id(), [](Item& item) { item.fate = Fate::Cleared; });
}
void after(State& state, const ItemDestroyed& event) {
    change(state, event.item_id(), [&](Item& item) {
        item.fate = Fate::Destroyed;
        item.destroyed_at = Instant(std::chrono::seconds(event.destroyed_at().seconds()) +
                                    std::chrono::microseconds(event.destroyed_at().nanos() / 1000));
        item.final_on = event.final_on();
        item.key_ids.assign(event.key_ids().begin(), event.key_ids().end());
    });
}
void after(State& state, const ItemHeldBack& event) {
    state.stage = Stage::Executing;
    change(state, event.item_id(), [&](Item& item) {
        item.fate = Fate::HeldBack;
        item.held_back = event.why();
    });
}
void after(State& state, const DestructionCompleted& event) {
    state.stage = Stage::Completed;
    state.completed = event;
}

using OwnEvents =
    MessageList<DestructionListOpened, ItemsListed, ItemWithheld, ItemReleased, DestructionApproved,
                DestructionApprovalWithdrawn, DestructionListAbandoned, ArchiveTransferred, ItemCleared,
                ItemDestroyed, ItemHeldBack, DestructionCompleted>;

}  // namespace

// ---- the decider ----

Result<Events> decide(const State& state, const google::protobuf::Message& command, const Context& context) {
    static const Dispatch<Result<Events>(const State&, const Context&)> rules(
        Commands{}, [](const State& now, const auto& own, const Context& with) {
            return std::visit([&](const auto& stage) { return rule(stage, own, now, with); }, stage_of(now));
        });
    if (!rules.knows(command)) return reject(Reason::Invalid, "casework.of_another_kind");
    return rules(state, command, context);
}

void evolve(State& state, const google::protobuf::Message& event) {
    static const Dispatch<void(State&)> effects(OwnEvents{},
                                                [](State& now, const auto& own) { after(now, own); });
    if (effects.knows(event)) effects(state, event);
}

// ---- what is asked of a state ----

const Item* item(const State& state, std::string_view item_id) {
    const auto place = state.places.find(item_id);
    return place == state.places.end() ? nullptr : &state.items[place->second];
}

std::size_t count(const State& state, Fate fate) {
    return static_cast<std::size_t>(std::ranges::count(state.items, fate, &Item::fate));
}

DestructionScope scope(const State& state) {
    return {state.area};
}

std::string_view stage_text(const State& state) {
    switch (state.stage) {
        case Stage::None:
        case Stage::Listing:
            return "destruction.stage.listing";
        case Stage::Listed:
            return "destruction.stage.listed";
        case Stage::Approved:
            return "destruction.stage.approved";
        case Stage::Executing:
            return "destruction.stage.executing";
        case Stage::Completed:
            return "destruction.stage.completed";
        case Stage::Abandoned:
            return "destruction.stage.abandoned";
    }
    return "destruction.stage.listing";
}

std::string_view fate_text(Fate fate) {
    switch (fate) {
        case Fate::Waiting:
            return "destruction.fate.waiting";
        case Fate::ToArchive:
            return "destruction.fate.to_archive";
        case Fate::Withheld:
            return "destruction.fate.withheld";
        case Fate::HeldBack:
            return "destruction.fate.held_back";
        case Fate::Cleared:
            return "destruction.fate.cleared";
        case Fate::Destroyed:
            return "destruction.fate.destroyed";
    }
    return "destruction.fate.waiting";
}

}  // namespace vastine::domain::destruction
