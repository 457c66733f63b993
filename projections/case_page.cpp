#include "projections/case_page.hpp"

#include <google/protobuf/util/json_util.h>

#include "domain/cases/kinds.hpp"
#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

std::string event_json(const google::protobuf::Message& event) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(event, &json, options);
    return status.ok() ? json : std::string();
}

std::string title(const std::string& type, domain::Language language) {
    const auto id = "event." + type.substr(type.rfind('.') + 1);
    return domain::has_text(id) ? domain::text(id, language) : type;
}

void set_time(store::Instant at, google::protobuf::Timestamp& out) {
    const auto micros = at.time_since_epoch().count();
    out.set_seconds(micros / 1'000'000);
    out.set_nanos(static_cast<std::int32_t>(micros % 1'000'000) * 1000);
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
    out.set_event_json(event_json(event));
}

void write_due(const domain::DueItem& item, Day on, DueDate& out) {
    out.set_what(item.id.empty() ? item.what : item.what + ' ' + item.id);
    out.set_due_by(item.due.due_by());
    out.set_policy(item.due.policy());
    out.set_policy_version(item.due.policy_version());
    out.set_met_on(item.met_on);
    auto due = due_entry(item.due);
    due.met = item.met;
    out.set_urgency(std::string(text_of(urgency_of(due, on))));
}

}  // namespace

std::optional<Shown<CasePage>> case_page(const Views& views, const store::EventStore& events,
                                         const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                         const CasePageQuery& query) {
    const auto row = views.cases->row_of(query.case_id);
    if (!row || views.cases->entry(*row).kind != query.kind) return std::nullopt;
    SightOfCases sight(views, viewer);
    if (sight.of(*row) != domain::Sight::Content) return std::nullopt;

    const auto& entry = views.cases->entry(*row);
    Shown<CasePage> result;
    auto& page = result.message;
    *page.mutable_basis() = basis_of(views, as_of, language, "definition.case_page");
    page.set_version(entry.version);
    auto state = domain::initial(entry.kind);
    bool opened_any = false;
    events.read_stream(stream_of(views, *row), store::Version{0}, [&](const store::Record& record) {
        if (record.version.value > entry.version) return false;
        const auto opened = events.open(record, store::Depth::Everything);
        if (opened.key_gone) {
            page.set_key_gone(true);
        } else {
            opened_any = true;
        }
        domain::evolve(state, *opened.event);
        write_entry(views, record, *opened.event, language, *page.add_timeline());
        return true;
    });
    const Day on = day_of(as_of.on);
    for (const auto& item : domain::due_dates(state)) write_due(item, on, *page.add_due_dates());
    const auto scope = views.cases->scope_at(entry.scope);
    for (const auto& path : domain::possible_paths(state)) {
        const auto* command = domain::command(entry.kind, path);
        if (command == nullptr || command->rule.opens()) continue;
        if (domain::may_command(viewer, command->rule, entry.kind, scope, views.reference))
            page.add_possible(path);
    }
    RowWriter writer(views, events, as_of, language);
    writer.write(*row, *page.mutable_row());
    result.case_ids = std::move(writer).shown();
    if (opened_any && result.case_ids.empty()) result.case_ids.push_back(query.case_id);
    return result;
}

}  // namespace vastine::projections
