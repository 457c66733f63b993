#include "projections/case_page.hpp"

#include <algorithm>

#include "domain/calendar/receipt.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/deadlines/explanation.hpp"
#include "projections/case_contents.hpp"
#include "projections/event_json.hpp"
#include "projections/relations.hpp"
#include "projections/rows.hpp"
#include "projections/sight.hpp"
#include "projections/similar_cases.hpp"

namespace vastine::projections {

namespace {

namespace casework = domain::casework;

std::string title(const std::string& type, domain::Language language) {
    const auto id = "event." + type.substr(type.rfind('.') + 1);
    return domain::has_text(id) ? domain::text(id, language) : type;
}

void set_time(store::Instant at, google::protobuf::Timestamp& out) {
    const auto micros = at.time_since_epoch().count();
    out.set_seconds(micros / 1'000'000);
    out.set_nanos(static_cast<std::int32_t>(micros % 1'000'000) * 1000);
}

// When what left the house is presumed to have come, unless something else is shown; empty when nothing is
// presumed.
std::string presumed_received_on(const google::protobuf::Message& event) {
    const auto presumed = [](const std::string& channel, const std::string& sent_on) {
        const auto sent = domain::parse_date(sent_on);
        const auto received = sent ? domain::presumed_received_on(channel, *sent) : std::nullopt;
        return received ? domain::to_string(*received) : std::string();
    };
    if (const auto* notified = dynamic_cast<const Notified*>(&event))
        return presumed(notified->given().channel(), notified->given().notified_on());
    if (const auto* sent = dynamic_cast<const ReplySent*>(&event))
        return presumed(sent->given().channel(), sent->given().sent_on());
    return {};
}

void write_entry(const Views& views, const store::Record& record, const google::protobuf::Message& event,
                 domain::Language language, TimelineEntry& out) {
    out.set_version(record.version.value);
    out.set_position(record.position.value);
    set_time(record.recorded_at, *out.mutable_recorded_at());
    out.set_actor(record.actor);
    if (const auto* user = views.reference.user(record.actor)) out.set_actor_name(user->name());
    out.set_type(record.type);
    out.set_title(title(record.type, language));
    out.set_event_json(json_of(event));
    out.set_presumed_received_on(presumed_received_on(event));
}

// Why the date is what it is. An extended date was said to the client; what it was extended from, with the
// pauses credited before, is told first.
std::vector<std::string> reasons(const Views& views, const casework::Casework* work,
                                 const domain::DueItem& item, domain::Language language) {
    std::vector<std::string> lines;
    const auto add = [&](const std::vector<std::string>& more) {
        lines.insert(lines.end(), more.begin(), more.end());
    };
    const bool extended = work != nullptr && item.what == "answer" && item.due.runs_from() == "extension" &&
                          work->due && work->due->due_by() == item.due.due_by();
    if (extended && work->calendar_due && work->calendar_due->count() != 0) {
        casework::DueItem counted;
        counted.what = item.what;
        counted.due = *work->calendar_due;
        add(domain::why(counted, language, views.reference));
        const auto& steps = work->clock;
        const auto last_of = [&](std::string_view what) {
            return std::ranges::find(steps.rbegin(), steps.rend(), what, &casework::ClockStep::what).base();
        };
        const auto end = last_of("extended");
        for (auto step = last_of("started"); step + 1 < end; ++step) {
            if (step->what != "paused" && step->what != "satisfied")
                lines.push_back(domain::told(*step, language));
        }
    }
    add(domain::why(item, language, views.reference));
    return lines;
}

void write_due(const Views& views, const casework::Casework* work, const domain::DueItem& item, Day on,
               domain::Language language, DueDate& out) {
    out.set_what(item.id.empty() ? item.what : item.what + ' ' + item.id);
    out.set_due_by(item.due.due_by());
    out.set_warn_on(item.due.warn_on());
    out.set_escalate_on(item.due.escalate_on());
    out.set_critical_on(item.due.critical_on());
    out.set_closes_at(item.due.closes_at());
    out.set_calendar_due_by(item.calendar_due_by);
    for (auto& sentence : reasons(views, work, item, language)) out.add_why(std::move(sentence));
    out.set_policy(item.due.policy());
    out.set_policy_version(item.due.policy_version());
    out.set_met_on(item.met_on);
    auto due = due_entry(item.due);
    due.met = item.met;
    if (item.paused_on) {
        due.paused_on = day_of(*item.paused_on);
        out.set_paused_on(iso(due.paused_on));
    }
    out.set_urgency(std::string(text_of(urgency_of(due, on))));
}

// The clock of the answer as it went. That a date was missed is no event: the day after it says so, when the
// clock ran over it.
class Story {
public:
    Story(domain::Language language, CasePage& page) : language_(language), page_(page) {}

    void tell(const casework::ClockStep& step) {
        if (step.on) miss_before(*step.on);
        add(step);
        if (!step.due_by.empty()) due_ = domain::parse_date(step.due_by);
        runs_ = step.what != "paused" && step.what != "satisfied" &&
                (runs_ || step.what == "started" || step.what == "resumed");
    }
    // As of the day asked.
    void end(domain::Date on) { miss_before(on); }

private:
    void miss_before(domain::Date on) {
        if (!runs_ || !due_ || on <= *due_ || missed_ == due_) return;
        missed_ = due_;
        casework::ClockStep missed;
        missed.what = "missed";
        missed.on = *due_ + std::chrono::days(1);
        missed.due_by = domain::to_string(*due_);
        add(missed);
    }
    void add(const casework::ClockStep& step) {
        auto& entry = *page_.add_clock();
        if (step.on) entry.set_on(domain::to_string(*step.on));
        entry.set_what(step.what);
        entry.set_text(domain::told(step, language_));
        entry.set_due_by(step.due_by);
        entry.set_days(step.days);
    }

    domain::Language language_;
    CasePage& page_;
    std::optional<domain::Date> due_;
    std::optional<domain::Date> missed_;
    bool runs_ = false;
};

// A hand-over is the other one's to take.
bool concerns(const std::string& path, const domain::Viewer& viewer, const casework::Casework* work) {
    if (path == "accept-hand-over") return work != nullptr && viewer.user_id == work->hand_over_to;
    if (path == "decline-hand-over")
        return work != nullptr && casework::may_decline_hand_over(*work, viewer.user_id);
    return true;
}

// The commands that this viewer could give to such a case: those it takes now, and why not the others.
void write_paths(const Views& views, const domain::CaseState& state, const domain::Viewer& viewer,
                 const CaseEntry& entry, domain::Language language, CasePage& page) {
    const auto scope = views.cases->scope_at(entry.scope);
    const auto* work = domain::work(state);
    for (const auto& now : domain::paths_now(state)) {
        const auto* command = domain::command(entry.kind, now.path);
        if (command == nullptr || command->rule.opens() || !concerns(now.path, viewer, work)) continue;
        if (!domain::may_command(viewer, command->rule, entry.kind, scope, views.reference)) continue;
        if (!now.refused) {
            page.add_possible(now.path);
            continue;
        }
        auto& refused = *page.add_not_possible();
        refused.set_path(now.path);
        refused.set_reason(domain::text(*now.refused, language));
    }
}

void write_similar(const std::vector<Likeness>& alike, domain::Language language, RowWriter& writer,
                   CasePage& page) {
    for (const auto& like : alike) {
        auto& similar = *page.add_similar();
        writer.write(like.row, *similar.mutable_row());
        similar.set_weight(like.weight);
        std::string why;
        for (const auto ground : like.grounds)
            why += (why.empty() ? "" : "; ") + domain::text(ground, language);
        similar.set_why(why);
    }
}

}  // namespace

std::optional<Shown<CasePage>> case_page(const Views& views, const store::EventStore& events,
                                         const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                         const CasePageQuery& query) {
    const auto row = views.cases->row_of(query.case_id);
    if (!row || views.cases->entry(*row).kind != query.kind) return std::nullopt;
    SightOfCases sight(views, viewer);
    const auto& entry = views.cases->entry(*row);
    if (domain::sight_of_one(viewer, query.case_id, views.cases->scope_at(entry.scope), views.reference) !=
        domain::Sight::Content)
        return std::nullopt;

    Shown<CasePage> result;
    auto& page = result.message;
    *page.mutable_basis() = basis_of(views, as_of, language, "definition.case_page");
    page.set_version(entry.version);
    auto state = domain::initial(entry.kind);
    std::vector<domain::Date> stepped_on;  // the day each step of the clock was recorded
    bool opened_any = false;
    CaseContents contents(entry.kind, query.case_id);
    events.read_stream(stream_of(views, *row), store::Version{0}, [&](const store::Record& record) {
        if (record.version.value > entry.version) return false;
        const auto opened = events.open(record, store::Depth::Everything);
        if (opened.key_gone) {
            page.set_key_gone(true);
        } else {
            opened_any = true;
            contents.take(*opened.event, record.version.value);
        }
        domain::evolve(state, *opened.event);
        if (const auto* of = domain::work(state); of != nullptr)
            stepped_on.resize(of->clock.size(), domain::helsinki_date(record.recorded_at));
        write_entry(views, record, *opened.event, language, *page.add_timeline());
        return true;
    });
    const Day on = day_of(as_of.on);
    const auto* work = domain::work(state);
    for (const auto& item : domain::due_dates(state))
        write_due(views, work, item, on, language, *page.add_due_dates());
    if (work != nullptr) {
        Story story(language, page);
        for (std::size_t i = 0; i < work->clock.size(); ++i) {
            auto step = work->clock[i];
            // Nobody types the day on which a date is computed anew: it is the day it was recorded.
            if (step.what == "recomputed" || step.what == "corrected") step.on = stepped_on[i];
            story.tell(step);
        }
        story.end(as_of.on);
    }
    write_paths(views, state, viewer, entry, language, page);
    contents.write(page);
    RowWriter writer(views, events, as_of, language);
    writer.write(*row, *page.mutable_row());
    page.set_hand_over_to(page.row().hand_over_to());
    page.set_acting_handler(page.row().acting_handler());
    for (const auto& relation : views.relations->of(query.case_id)) {
        const auto other = views.cases->row_of(relation.other);
        if (!other || sight.of(*other) != domain::Sight::Content) continue;
        auto& related = *page.add_related();
        writer.write(*other, *related.mutable_row());
        related.set_relation(relation.relation);
        related.set_given_here(relation.given_here);
    }
    write_similar(similar_cases(views, events, sight, *row), language, writer, page);
    result.case_ids = std::move(writer).shown();
    if (opened_any && result.case_ids.empty()) result.case_ids.push_back(query.case_id);
    return result;
}

}  // namespace vastine::projections
