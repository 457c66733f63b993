#include "projections/running_cases.hpp"

#include "projections/case_index.hpp"

namespace vastine::projections {

namespace {

bool has_ended(const domain::CaseState& state) {
    const auto* work = domain::work(state);
    return work != nullptr && domain::casework::ended(*work) != nullptr;
}

template <class Strings>
std::vector<CodeId> numbers(Codes& codes, const Strings& strings) {
    std::vector<CodeId> ids;
    ids.reserve(strings.size());
    for (const auto& string : strings) ids.push_back(codes.id(string));
    return ids;
}

// Writes what the domain says of a case into its row.
void summarise(Views& views, std::uint32_t row, const domain::CaseState& state) {
    auto& dictionary = *views.dictionary;
    auto& entry = views.cases->change(row);
    entry.stage = dictionary.codes.id(domain::stage(state));
    entry.next_step = dictionary.codes.id(domain::next_step(state));

    const auto scope = domain::scope(state);
    CaseIndex::ScopeNumbers scoped;
    scoped.kind = entry.kind;
    scoped.handler = dictionary.users.id(scope.handler);
    if (scoped.handler == 0) scoped.handler = entry.opened_by;
    scoped.offered_to = dictionary.users.id(scope.offered_to);
    scoped.units = numbers(dictionary.units, scope.units);
    // The exact units are a detail; the department stays.
    if (scoped.units.empty() && entry.department != 0) scoped.units.push_back(entry.department);
    scoped.sectors = numbers(dictionary.codes, scope.sectors);
    scoped.disqualified = numbers(dictionary.users, scope.disqualified);
    scoped.involved = numbers(dictionary.units, scope.involved_units);
    views.cases->set_scope(row, scoped);

    std::vector<DueEntry> dues;
    for (const auto& item : domain::due_dates(state)) {
        auto due = due_entry(dictionary, item.what, item.id, item.due);
        due.met = item.met;
        due.met_on = day_of(item.met_on);
        if (item.paused_on) due.paused_on = day_of(*item.paused_on);
        dues.push_back(due);
    }
    views.cases->set_work(row, has_ended(state), std::move(dues));
}

}  // namespace

void RunningCases::apply(Views& views, std::uint32_t row, const store::Record& record,
                         const google::protobuf::Message& event) {
    if (event.GetDescriptor() == HandOverOffered::descriptor()) {
        auto& entry = views.cases->change(row);
        entry.hand_over_on = entry.last_event_on;
    }
    auto found = cases_.find(row);
    if (found == cases_.end()) {
        Running running{domain::initial(views.cases->entry(row).kind)};
        if (record.version.value > 1) {
            reread_(
                record.stream, store::Version{record.version.value - 1},
                [&](const google::protobuf::Message& earlier) { domain::evolve(running.state, earlier); });
        }
        domain::evolve(running.state, event);
        // Most cases of old data end with their first event: they never enter the table.
        if (has_ended(running.state)) return summarise(views, row, running.state);
        found = cases_.emplace(row, std::move(running)).first;
    } else {
        domain::evolve(found->second.state, event);
        if (has_ended(found->second.state)) {
            summarise(views, row, found->second.state);
            cases_.erase(found);
            return;
        }
    }
    if (!found->second.touched) {
        found->second.touched = true;
        touched_.push_back(row);
    }
}

const domain::CaseState* RunningCases::state(std::uint32_t row) const {
    const auto found = cases_.find(row);
    return found == cases_.end() ? nullptr : &found->second.state;
}

void RunningCases::settle(Views& views) {
    for (const auto row : touched_) {
        const auto found = cases_.find(row);
        if (found == cases_.end() || !found->second.touched) continue;
        found->second.touched = false;
        summarise(views, row, found->second.state);
    }
    touched_.clear();
}

}  // namespace vastine::projections
