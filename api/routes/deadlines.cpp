#include <set>

#include "api/each_command.hpp"
#include "api/routes/handlers.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/session.pb.h"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;

constexpr std::string_view command_path = "recompute-dues";

// Checked as a whole before the first case moves.
Result<std::vector<projections::RecomputedCase>> cases_in(const RecomputeOpenCases& request) {
    if (request.reason().empty()) return reject(Reason::Invalid, "field.required", {}, "reason");
    if (request.cases().empty()) return reject(Reason::Invalid, "field.required", {}, "cases");
    std::vector<projections::RecomputedCase> cases;
    std::set<std::string> met;
    for (int i = 0; i < request.cases_size(); ++i) {
        const auto& previewed = request.cases(i);
        const auto field = "cases[" + std::to_string(i) + "].";
        const auto kind = kind_that_takes(previewed.kind(), command_path);
        if (kind == NO_KIND) return reject(Reason::Invalid, "field.unknown_choice", {}, field + "kind");
        if (!met.insert(previewed.case_id()).second)
            return reject(Reason::Invalid, "field.given_twice", {}, field + "case_id");
        if (previewed.version() == 0) return reject(Reason::Invalid, "field.required", {}, field + "version");
        cases.push_back({kind, previewed.case_id(), previewed.version(), {}, {}});
    }
    return cases;
}

// What the case's own event says it moved.
std::vector<DueMoved> moved_by(const Services& services, Kind kind, const CommandAnswer& taken) {
    std::vector<DueMoved> moved;
    const store::StreamId stream{std::string(domain::entry(kind).stream_prefix) + "-" + taken.case_id};
    services.store.events().read_stream(
        stream, store::Version{taken.version.value - 1}, [&](const store::Record& record) {
            const auto opened = services.store.events().open(record, store::Depth::Details);
            if (const auto* event = dynamic_cast<const DuesRecomputed*>(opened.event.get()))
                moved.assign(event->moved().begin(), event->moved().end());
            return false;
        });
    return moved;
}

}  // namespace

Result<Answer> recompute_preview(Services& services, Call& call) {
    auto preview = services.reading.recompute_preview(call.reader(), {call.text("policy")});
    if (!preview) return tl::unexpected(std::move(preview.error()));
    return Answer::of(std::move(*preview));
}

Result<Answer> recompute(Services& services, Call& call) {
    const auto& request = call.body_as<RecomputeOpenCases>();
    auto cases = cases_in(request);
    if (!cases) return tl::unexpected(std::move(cases.error()));
    for (auto& each : *cases) {
        auto dues = std::make_unique<RecomputeDues>();
        dues->set_reason(request.reason());
        dues->set_policy(request.policy());
        CommandRequest command;
        command.viewer = call.caller->viewer;
        command.kind = each.kind;
        command.case_id = each.case_id;
        command.path = command_path;
        command.command = std::move(dues);
        command.expected = store::Version{each.version};
        command.command_id = command_id_of_each(call.idempotency_key, each.case_id);
        const auto taken = services.execution.execute(std::move(command));
        if (taken) {
            each.moved = moved_by(services, each.kind, *taken);
        } else {
            each.refusal = domain::explain(taken.error(), call.language);
        }
    }
    services.feeds.advance();
    auto done = services.reading.recomputed(call.reader(), *cases);
    if (!done) return tl::unexpected(std::move(done.error()));
    return Answer::of(std::move(*done));
}

}  // namespace vastine::api::handlers
