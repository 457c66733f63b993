#include "projections/read_model.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>
#include <vector>

#include "domain/cases/kinds.hpp"
#include "projections/case_figures.hpp"
#include "projections/case_index.hpp"
#include "projections/contact_figures.hpp"
#include "projections/destruction_shelf.hpp"
#include "projections/fold.hpp"
#include "projections/publications.hpp"
#include "projections/relations.hpp"
#include "projections/running_cases.hpp"
#include "projections/totals.hpp"

namespace vastine::projections {

namespace {

constexpr std::uint64_t records_between_questions = 4096;  // to the one who may cancel or watches progress
constexpr std::size_t records_in_a_batch = 256;            // applied under one exclusive lock

Day finnish_day(store::Instant at) {
    // Time zones change on the hour: one look into the database serves every event of the same hour.
    static thread_local std::optional<std::chrono::sys_time<std::chrono::hours>> last_hour;
    static thread_local Day last_day = no_day;
    const auto hour = std::chrono::floor<std::chrono::hours>(at);
    if (last_hour != hour) {
        last_hour = hour;
        last_day = day_of(domain::helsinki_date(at));
    }
    return last_day;
}

struct CaseName {
    Kind kind = NO_KIND;
    std::string_view id;
};
CaseName case_name(const store::StreamId& stream) {
    for (const auto& each : domain::kinds()) {
        const std::string_view whole = stream.value;
        const auto prefix = each.stream_prefix;
        if (!whole.starts_with(prefix)) continue;
        auto id = whole.substr(prefix.size());
        if (id.starts_with('-')) id.remove_prefix(1);
        return {each.kind, id};
    }
    return {NO_KIND, {}};
}

Views::Reread reread_from(const store::EventStore& events) {
    return [&events](const store::StreamId& stream, store::Version until,
                     const std::function<void(const google::protobuf::Message&)>& visit) {
        events.read_stream(stream, store::Version{0}, [&](const store::Record& record) {
            if (record.version > until) return false;
            visit(*events.open(record, Views::depth_of(record)).event);
            return true;
        });
    };
}

// Folds what lies beyond the views' position. False when it was cancelled.
bool fold_into(Views& views, const store::EventStore& events, store::Position until,
               const std::function<bool()>& cancelled, const std::function<void(store::Position)>& progress) {
    bool stopped = false;
    events.read_log(views.position, until, [&](const store::Record& record) {
        const auto opened = events.open(record, Views::depth_of(record));
        views.apply(record, *opened.event, opened.key_gone);
        if (record.position.value % records_between_questions == 0) {
            if (progress) progress(record.position);
            if (cancelled && cancelled()) stopped = true;
        }
        return !stopped;
    });
    views.settle();
    if (progress && !stopped) progress(views.position);
    return !stopped;
}

}  // namespace

// ---- views ----

Views::Views(Reread reread)
    : dictionary(std::make_unique<Dictionary>()),
      cases(std::make_unique<CaseIndex>(*dictionary)),
      figures(std::make_unique<CaseFigures>()),
      contacts(std::make_unique<ContactFigures>()),
      totals(std::make_unique<ReleasedTotalsIndex>()),
      publications(std::make_unique<PublicationShelf>()),
      destructions(std::make_unique<DestructionShelf>()),
      relations(std::make_unique<Relations>()),
      running(std::make_unique<RunningCases>(std::move(reread))) {}
Views::~Views() = default;

store::Depth Views::depth_of(const store::Record& record) {
    const auto* step = fold_step(record.type);
    return step == nullptr ? store::Depth::Details : step->depth;
}

void Views::apply(const store::Record& record, const google::protobuf::Message& event, bool key_gone) {
    if (record.position <= position) return;
    const auto* step = fold_step(record.type);
    assert(step != nullptr && "an event type that the fold does not know");
    Folding fold{*this, 0, record, finnish_day(record.recorded_at), key_gone};
    const auto name = case_name(record.stream);
    if (step->of_no_case) {
        step->apply(fold, event);
    } else if (name.kind == PUBLICATION) {
        publications->apply(record, name.id, event);
    } else if (name.kind == DESTRUCTION) {
        destructions->apply(record, name.id, event);
    } else if (domain::area_of(name.kind)) {
        fold.row = cases->row_for(name.id, name.kind);
        auto& entry = cases->change(fold.row);
        entry.version = static_cast<std::uint32_t>(record.version.value);
        entry.last_event_on = fold.recorded_on;
        entry.key_gone = entry.key_gone || key_gone;
        if (step->apply != nullptr) step->apply(fold, event);
        running->apply(*this, fold.row, record, event);
    }
    position = record.position;
}

void Views::settle() {
    running->settle(*this);
}

std::map<std::string, std::uint64_t> Views::digests() const {
    return {{"cases", cases->digest()},
            {"figures", figures->digest(*dictionary)},
            {"contacts", contacts->digest(*dictionary)},
            {"totals", totals->digest()},
            {"publications", publications->digest()},
            {"destructions", destructions->digest()},
            {"relations", relations->digest()}};
}

// ---- the model ----

ReadModel::ReadModel(const store::EventStore& events)
    : events_(events), views_(std::make_unique<Views>(reread_from(events))) {}
ReadModel::~ReadModel() = default;

void ReadModel::catch_up(store::Position until, const std::function<void(store::Position)>& progress) {
    const std::lock_guard one_at_a_time(applying_);
    if (until <= views_->position) return;
    if (views_->position == store::Position{0}) {
        // From the beginning: nobody can be reading yet, and nobody has to wait for a lock.
        auto fresh = std::make_unique<Views>(reread_from(events_));
        fold_into(*fresh, events_, until, {}, progress);
        const std::unique_lock lock(mutex_);
        views_.swap(fresh);
        return;
    }
    // Opening records is the slow part, so it is done before readers are asked to wait.
    struct Next {
        store::Record record;
        store::Opened opened;
    };
    std::vector<Next> batch;
    const auto apply = [&] {
        const std::unique_lock lock(mutex_);
        for (const auto& next : batch) views_->apply(next.record, *next.opened.event, next.opened.key_gone);
        views_->settle();
        batch.clear();
    };
    events_.read_log(views_->position, until, [&](const store::Record& record) {
        batch.push_back({record, events_.open(record, Views::depth_of(record))});
        if (batch.size() == records_in_a_batch) {
            apply();
            if (progress) progress(record.position);
        }
        return true;
    });
    if (!batch.empty()) apply();
    if (progress) progress(views_->position);
}

std::unique_ptr<Views> ReadModel::as_of(store::Position position, const std::function<bool()>& cancelled,
                                        const std::function<void(store::Position)>& progress) const {
    auto views = std::make_unique<Views>(reread_from(events_));
    if (!fold_into(*views, events_, position, cancelled, progress)) return nullptr;
    return views;
}

bool ReadModel::as_of(const std::vector<store::Position>& positions,
                      const std::function<void(std::size_t index, const Views& views)>& visit,
                      const std::function<bool()>& cancelled,
                      const std::function<void(store::Position)>& progress) const {
    assert(std::ranges::is_sorted(positions));
    Views views(reread_from(events_));
    for (std::size_t i = 0; i < positions.size(); ++i) {
        if (positions[i] > views.position && !fold_into(views, events_, positions[i], cancelled, progress))
            return false;
        if (cancelled && cancelled()) return false;
        visit(i, views);
    }
    return true;
}

bool ReadModel::rebuild(const std::function<void(store::Position)>& progress) {
    const std::lock_guard one_at_a_time(applying_);
    auto fresh = std::make_unique<Views>(reread_from(events_));
    fold_into(*fresh, events_, views_->position, {}, progress);
    const bool equal = fresh->digests() == views_->digests();
    const std::unique_lock lock(mutex_);
    views_.swap(fresh);
    return equal;
}

void ReadModel::forget_destroyed() {
    auto fresh = std::make_unique<Views>(reread_from(events_));
    fold_into(*fresh, events_, events_.head().position, {}, {});
    // What was appended meanwhile is little; appends wait for no more than that.
    const std::lock_guard one_at_a_time(applying_);
    if (fresh->position < views_->position) fold_into(*fresh, events_, views_->position, {}, {});
    const std::unique_lock lock(mutex_);
    views_.swap(fresh);
}

}  // namespace vastine::projections
