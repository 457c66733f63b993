#include <set>

#include "api/each_command.hpp"
#include "api/routes/handlers.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/session.pb.h"
#include "projections/case_index.hpp"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;

constexpr std::string_view command_path = "assign";
constexpr int cases_max = 500;  // each is opened for its diary number, and goes on record

enum class Versions { Wanted, Told };

// Checked as a whole before the first case is given to anybody.
Result<projections::BulkAssignmentQuery> query_of(const AssignCases& request, Versions versions) {
    if (request.handler().empty()) return reject(Reason::Invalid, "field.required", {}, "handler");
    if (request.cases().empty()) return reject(Reason::Invalid, "field.required", {}, "cases");
    if (request.cases_size() > cases_max)
        return reject(Reason::Invalid, "assignments.too_many", {{"most", std::to_string(cases_max)}},
                      "cases");
    projections::BulkAssignmentQuery query{request.handler(), request.note(), {}};
    std::set<std::string> met;
    for (int i = 0; i < request.cases_size(); ++i) {
        const auto& asked = request.cases(i);
        const auto field = "cases[" + std::to_string(i) + "].";
        const auto kind = kind_that_takes(asked.kind(), command_path);
        if (kind == NO_KIND) return reject(Reason::Invalid, "field.unknown_choice", {}, field + "kind");
        if (!met.insert(asked.case_id()).second)
            return reject(Reason::Invalid, "field.given_twice", {}, field + "case_id");
        if (versions == Versions::Wanted && asked.version() == 0)
            return reject(Reason::Invalid, "field.required", {}, field + "version");
        query.cases.push_back({kind, asked.case_id(), asked.version(), {}, {}});
    }
    return query;
}

std::string handler_of(const Services& services, const std::string& case_id) {
    return services.model.read([&](const projections::Views& views) {
        const auto scope = views.cases->scope(case_id);
        return scope ? scope->handler : std::string();
    });
}

}  // namespace

Result<Answer> assignment_preview(Services& services, Call& call) {
    auto query = query_of(call.body_as<AssignCases>(), Versions::Told);
    if (!query) return tl::unexpected(std::move(query.error()));
    auto preview = services.reading.assignment_preview(call.reader(), *query);
    if (!preview) return tl::unexpected(std::move(preview.error()));
    return Answer::of(std::move(*preview));
}

Result<Answer> assign_cases(Services& services, Call& call) {
    auto query = query_of(call.body_as<AssignCases>(), Versions::Wanted);
    if (!query) return tl::unexpected(std::move(query.error()));
    for (auto& each : query->cases) {
        auto assign = std::make_unique<Assign>();
        assign->set_handler(query->handler);
        assign->set_note(query->note);
        CommandRequest command;
        command.viewer = call.caller->viewer;
        command.kind = each.kind;
        command.case_id = each.case_id;
        command.path = command_path;
        command.command = std::move(assign);
        command.expected = store::Version{each.version};
        command.command_id = command_id_of_each(call.idempotency_key, each.case_id);
        each.from = handler_of(services, each.case_id);
        const auto taken = services.execution.execute(std::move(command));
        if (taken) {
            each.version = taken->version.value;
        } else {
            each.refusal = domain::explain(taken.error(), call.language);
        }
    }
    services.feeds.advance();
    auto done = services.reading.assigned(call.reader(), *query);
    if (!done) return tl::unexpected(std::move(done.error()));
    return Answer::of(std::move(*done));
}

}  // namespace vastine::api::handlers
