#include "api/destruction/pages.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "api/destruction/item_words.hpp"
#include "api/destruction/list_stream.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/destruction/execution.hpp"
#include "projections/case_index.hpp"
#include "projections/destruction_shelf.hpp"
#include "projections/kept.hpp"
#include "projections/rows.hpp"

namespace vastine::api {

namespace destruction = domain::destruction;
using destruction::Fate;
using domain::Area;
using domain::DestructionSight;
using domain::Reason;
using domain::reject;
using domain::Result;
using projections::Views;

namespace {

constexpr Area areas[] = {Area::Ombudsman, Area::Legal};

std::string name_of(Area area) {
    return area == Area::Ombudsman ? "ombudsman" : "legal";
}

void count_in(DestructionFates& fates, Fate fate) {
    switch (fate) {
        case Fate::Waiting:
            return fates.set_waiting(fates.waiting() + 1);
        case Fate::ToArchive:
            return fates.set_to_archive(fates.to_archive() + 1);
        case Fate::Withheld:
            return fates.set_withheld(fates.withheld() + 1);
        case Fate::HeldBack:
            return fates.set_held_back(fates.held_back() + 1);
        case Fate::Cleared:
            return fates.set_cleared(fates.cleared() + 1);
        case Fate::Destroyed:
            return fates.set_destroyed(fates.destroyed() + 1);
    }
}

std::string name_of(const std::string& user_id, const domain::Reference& reference) {
    const auto* user = reference.user(user_id);
    return user == nullptr ? std::string() : user->name();
}

DestructionRow row_of(const std::string& id, const destruction::State& state,
                      const domain::Reference& reference) {
    DestructionRow row;
    row.set_list_id(id);
    row.set_area(name_of(state.area));
    row.set_year(static_cast<std::uint32_t>(state.year));
    row.set_stage(std::string(destruction::stage_text(state)));
    row.set_position(state.position);
    row.set_as_of_on(state.as_of_on);
    for (const auto& item : state.items) {
        count_in(*row.mutable_fates(), item.fate);
        // ISO dates order as text.
        if (item.fate == Fate::Waiting && (row.next_day().empty() || item.given.last_day() < row.next_day()))
            row.set_next_day(item.given.last_day());
    }
    if (const auto last_day = domain::parse_date(row.next_day()))
        row.set_next_day(domain::to_string(*last_day + std::chrono::days(1)));
    for (const auto& approval : state.approvals) {
        auto& view = *row.add_approvals();
        view.set_user_id(approval.by);
        view.set_name(name_of(approval.by, reference));
        for (const auto role : approval.roles) view.add_roles(role);
        view.set_on(approval.on);
    }
    if (state.completed) {
        row.set_completed_on(state.completed->certificate().completed_on());
        row.set_final_on(state.completed->certificate().final_on());
    }
    if (state.transferred) row.set_transferred_on(state.transferred->on);
    return row;
}

bool may_open(const Views& views, const domain::Viewer& viewer, const std::string& case_id) {
    const auto row = views.cases->row_of(case_id);
    if (!row || views.cases->entry(*row).key_gone) return false;
    const auto scope = views.cases->scope(case_id);
    return scope && domain::sight(viewer, *scope, views.reference) == domain::Sight::Content;
}

// A field of CSV. One that a spreadsheet would take for a formula is none of ours.
std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (const auto& field : fields) line += (line.empty() ? "" : ",") + csv_field(field);
    return line + "\r\n";
}

// A legal hold as its case tells of it.
struct PlacedHold {
    HoldView view;
    std::optional<domain::Date> until;
    bool lifted = false;
};
std::vector<PlacedHold> holds_of(const store::EventStore& events, const store::StreamId& stream,
                                 const domain::Reference& reference) {
    std::vector<PlacedHold> holds;
    auto state = domain::initial(*domain::kind_of_stream(stream.value));
    events.read_stream(stream, {}, [&](const store::Record& record) {
        const auto opened = events.open(record, store::Depth::Everything);
        if (opened.key_gone) return false;
        domain::evolve(state, *opened.event);
        if (const auto* placed = dynamic_cast<const HoldPlaced*>(opened.event.get())) {
            PlacedHold hold;
            hold.view.set_hold_id(placed->hold_id());
            hold.view.set_reason(placed->given().reason());
            hold.view.set_until(placed->given().until());
            hold.view.set_placed_by(record.actor);
            hold.view.set_placed_by_name(name_of(record.actor, reference));
            hold.view.set_placed_on(domain::to_string(domain::helsinki_date(record.recorded_at)));
            hold.until = domain::parse_date(placed->given().until());
            holds.push_back(std::move(hold));
        }
        if (const auto* lifted = dynamic_cast<const HoldLifted*>(opened.event.get())) {
            for (auto& hold : holds) {
                if (hold.view.hold_id() == lifted->given().hold_id()) hold.lifted = true;
            }
        }
        return true;
    });
    const auto* work = domain::work(state);
    for (auto& hold : holds) hold.view.set_diary_number(work->diary_number);
    return holds;
}

}  // namespace

std::string signed_note(const DestructionCompleted& completed) {
    return destruction::certificate_text(completed.certificate()) + "\n\u2014 " + completed.signed_with() +
           " " + completed.signature() + "\n";
}

DestructionLists DestructionPages::list(const Reader& reader) const {
    auto lists = model_.read([&](const Views& views) {
        DestructionLists all;
        for (const auto* each : views.destructions->all()) {
            if (domain::sight(reader.viewer, destruction::scope(each->facts)) == DestructionSight::Nothing)
                continue;
            *all.add_lists() = row_of(each->id, each->facts, views.reference);
        }
        return all;
    });
    for (const auto area : areas) {
        if (domain::prepares_destruction(reader.viewer, area)) lists.add_opens(name_of(area));
    }
    return lists;
}

Result<DestructionPages::Seen> DestructionPages::seen(const Reader& reader, const std::string& id) const {
    const auto sight = model_.read([&](const Views& views) {
        const auto* list = views.destructions->find(id);
        return list == nullptr ? DestructionSight::Nothing
                               : domain::sight(reader.viewer, destruction::scope(list->facts));
    });
    if (sight == DestructionSight::Nothing)
        return reject(Reason::NotFound, "access.no_such_destruction_list");
    const auto depth =
        sight == DestructionSight::Everything ? store::Depth::Everything : store::Depth::Details;
    auto loaded = load_list(store_.events(), id, depth);
    return Seen{std::move(loaded.state), loaded.version, sight};
}

void DestructionPages::add_items(const Reader& reader, const destruction::State& state,
                                 const std::string& what,
                                 google::protobuf::RepeatedPtrField<DestructionItemView>& out) const {
    const auto on = today();
    std::vector<std::string> shown;
    model_.read([&](const Views& views) {
        for (const auto& item : state.items) {
            auto& view = *out.Add();
            view.set_item_id(item.given.item_id());
            view.set_subject(item.given.subject());
            view.set_fate(std::string(code_of(item.fate)));
            if (item.fate == Fate::HeldBack) view.set_held_back(item.held_back);
            for (auto& line : words_of(item, views.reference, on, reader.language))
                view.add_why(std::move(line));
            view.set_reason(item.reason);
            view.set_ended_month(item.given.ended_month());
            view.set_ended_on(item.given.ended_on());
            view.set_last_day(item.given.last_day());
            view.set_documents(item.given.documents());
            view.set_final_on(item.final_on);
            view.set_may_open(may_open(views, reader.viewer, item.given.item_id()));
            if (item.fate == Fate::Destroyed) {
                const auto seconds = std::chrono::floor<std::chrono::seconds>(item.destroyed_at);
                view.mutable_destroyed_at()->set_seconds(seconds.time_since_epoch().count());
            }
            if (!projections::parse_log_month(item.given.item_id()) && item.fate != Fate::Destroyed)
                shown.push_back(item.given.item_id());
        }
        return 0;
    });
    reading_.shown(reader, what, state.area, std::move(shown));
}

void DestructionPages::add_commands(const Reader& reader, const Seen& seen, const std::string& id,
                                    DestructionPage& page) const {
    const auto reference = model_.read([](const Views& views) { return views.reference; });
    const auto at = now_();
    const domain::Context context{reader.viewer.user_id, id, at, domain::helsinki_date(at), reference, {}};
    for (const auto& now : domain::paths_now(domain::CaseState(seen.state))) {
        const auto* command = domain::command(DESTRUCTION, now.path);
        if (command == nullptr || command->rule.opens()) continue;
        if (!domain::may_command(reader.viewer, command->rule, destruction::scope(seen.state))) continue;
        auto refused = now.refused;
        // Whether it is this person's to approve depends on who did already.
        if (!refused && command->message == ApproveDestruction::descriptor()) {
            const auto decided = destruction::decide(seen.state, ApproveDestruction(), context);
            if (!decided) refused = decided.error();
        }
        if (!refused && command->message == WithdrawDestructionApproval::descriptor()) {
            const auto decided = destruction::decide(seen.state, WithdrawDestructionApproval(), context);
            if (!decided) refused = decided.error();
        }
        if (!refused) {
            page.add_possible(now.path);
            continue;
        }
        auto& not_possible = *page.add_not_possible();
        not_possible.set_path(now.path);
        not_possible.set_reason(domain::text(*refused, reader.language));
    }
}

Result<DestructionPage> DestructionPages::page(const Reader& reader, const std::string& id) const {
    auto seen = this->seen(reader, id);
    if (!seen) return tl::unexpected(std::move(seen.error()));
    DestructionPage page;
    *page.mutable_row() =
        model_.read([&](const Views& views) { return row_of(id, seen->state, views.reference); });
    page.set_version(seen->version.value);
    add_items(reader, seen->state, "destruction-list", *page.mutable_items());
    add_commands(reader, *seen, id, page);
    if (seen->state.completed) {
        *page.mutable_certificate() = seen->state.completed->certificate();
        page.set_signed_certificate(signed_note(*seen->state.completed));
    }
    if (seen->state.transferred) {
        page.set_transferred_by(seen->state.transferred->by);
        page.set_transfer_note(seen->state.transferred->note);
    }
    return page;
}

Result<DestructionPreview> DestructionPages::preview(const Reader& reader, Area area, int year) const {
    if (!domain::prepares_destruction(reader.viewer, area))
        return reject(Reason::Forbidden, "access.other_area");
    const auto on = today();
    const auto due = projections::Kept(model_, store_).falling_due(area, year, on);
    destruction::State as_listed;
    as_listed.area = area;
    ItemsListed listed;
    for (const auto& item : due.items) *listed.add_items() = item;
    destruction::evolve(as_listed, listed);
    DestructionPreview preview;
    preview.set_area(name_of(area));
    preview.set_year(static_cast<std::uint32_t>(year));
    preview.set_as_of_on(domain::to_string(on));
    preview.set_position(due.position.value);
    for (const auto& item : as_listed.items) count_in(*preview.mutable_fates(), item.fate);
    add_items(reader, as_listed, "destruction-preview", *preview.mutable_items());
    preview.set_list_id(model_.read([&](const Views& views) {
        const auto* list = views.destructions->of_year(area, year);
        return list == nullptr ? std::string() : list->id;
    }));
    return preview;
}

Result<DestructionPages::Certified> DestructionPages::certified(const Reader& reader,
                                                                const std::string& id) const {
    auto seen = this->seen(reader, id);
    if (!seen) return tl::unexpected(std::move(seen.error()));
    if (!seen->state.completed) return reject(Reason::NotFound, "destruction.no_certificate_yet");
    auto note = signed_note(*seen->state.completed);
    return Certified{id, std::move(seen->state), std::move(note)};
}

Result<std::string> DestructionPages::archive_transfer(const Reader& reader, const std::string& id) const {
    const auto seen = this->seen(reader, id);
    if (!seen) return tl::unexpected(seen.error());
    std::string csv = csv_line(
        {"list_id", "item_id", "subject", "ended_month", "documents", "archive_order", "schedule_version"});
    std::vector<std::string> shown;
    model_.read([&](const Views& views) {
        for (const auto& item : seen->state.items) {
            if (item.fate != Fate::ToArchive) continue;
            const auto& given = item.given;
            std::string order;
            for (const auto* schedule : views.reference.retention_versions(given.subject())) {
                if (schedule->version == given.schedule_version()) order = schedule->given.archive_order();
            }
            csv += csv_line({id, given.item_id(), given.subject(), given.ended_month(),
                             std::to_string(given.documents()), order,
                             std::to_string(given.schedule_version())});
            if (!projections::parse_log_month(given.item_id())) shown.push_back(given.item_id());
        }
        return 0;
    });
    reading_.shown(reader, "archive-transfer", seen->state.area, std::move(shown));
    return csv;
}

Result<HoldList> DestructionPages::holds(const Reader& reader) const {
    struct Held {
        std::string case_id;
        Area area;
        store::StreamId stream;
    };
    const auto [held, reference] = model_.read([&](const Views& views) {
        std::vector<Held> all;
        for (const auto row : views.held) {
            auto id = views.cases->case_id(row);
            const auto area = domain::area_of(views.cases->entry(row).kind);
            if (area && domain::prepares_destruction(reader.viewer, *area) &&
                may_open(views, reader.viewer, id))
                all.push_back({std::move(id), *area, projections::stream_of(views, row)});
        }
        return std::pair(std::move(all), views.reference);
    });
    const auto on = today();
    HoldList list;
    std::map<Area, std::vector<std::string>> shown;
    for (const auto& each : held) {
        bool any = false;
        for (auto& hold : holds_of(store_.events(), each.stream, reference)) {
            if (hold.lifted || (hold.until && *hold.until < on)) continue;
            hold.view.set_kind(
                std::string(domain::entry(*domain::kind_of_stream(each.stream.value)).stream_prefix));
            hold.view.set_case_id(each.case_id);
            *list.add_holds() = std::move(hold.view);
            any = true;
        }
        if (any) shown[each.area].push_back(each.case_id);
    }
    for (auto& [area, ids] : shown) reading_.shown(reader, "holds", area, std::move(ids));
    return list;
}

}  // namespace vastine::api
