#pragma once
// The handlers of the route table. Each gets a call that has passed admission, parameters,
// preconditions and parsing, and answers or refuses.

#include "api/application.hpp"
#include "api/routes/route.hpp"

namespace vastine::api::handlers {

using domain::Result;

// commands.cpp
[[nodiscard]] Result<Answer> give_command(Services& services, Call& call, Kind kind,
                                          const std::string& case_id, const std::string& path);

// cases.cpp
[[nodiscard]] Result<Answer> case_page(Services& services, Call& call, Kind kind);
[[nodiscard]] Result<Answer> case_list(Services& services, Call& call, Kind kind);
[[nodiscard]] Result<Answer> work_list(Services& services, Call& call);
[[nodiscard]] Result<Answer> deadlines(Services& services, Call& call);
[[nodiscard]] Result<Answer> request_tracker(Services& services, Call& call);
[[nodiscard]] Result<Answer> cause_breakdown(Services& services, Call& call);
[[nodiscard]] Result<Answer> own_figures(Services& services, Call& call);
[[nodiscard]] Result<Answer> search(Services& services, Call& call);
[[nodiscard]] Result<Answer> export_events(Services& services, Call& call);
[[nodiscard]] Result<Answer> access_log(Services& services, Call& call);
[[nodiscard]] Result<Answer> feed(Services& services, Call& call);
// For what goes on after its answer has begun: the caller with the rights of the moment it is asked, nothing
// once the session or token is gone.
[[nodiscard]] std::function<std::optional<domain::Viewer>()> still_there(Services& services,
                                                                         const Call& call);

// who_looked.cpp
[[nodiscard]] Result<Answer> break_glass(Services& services, Call& call, Kind kind);
[[nodiscard]] Result<Answer> own_emergencies(Services& services, Call& call);
[[nodiscard]] Result<Answer> emergencies(Services& services, Call& call);
[[nodiscard]] Result<Answer> search_log(Services& services, Call& call);
[[nodiscard]] Result<Answer> export_log(Services& services, Call& call);
[[nodiscard]] Result<Answer> log_extract_preview(Services& services, Call& call, Kind kind);
[[nodiscard]] Result<Answer> release_log_extract(Services& services, Call& call, Kind kind,
                                                 const std::string& case_id, const std::string& path);
[[nodiscard]] Result<Answer> log_extract(Services& services, Call& call, Kind kind);

// reports.cpp
[[nodiscard]] Result<Answer> report(Services& services, Call& call);
[[nodiscard]] Result<Answer> reconciliation(Services& services, Call& call);
[[nodiscard]] Answer report_file(ReportDocument document, domain::Language language);

// renderings.cpp
[[nodiscard]] Result<Answer> start_rendering(Services& services, Call& call);
[[nodiscard]] Result<Answer> see_rendering(Services& services, Call& call);
[[nodiscard]] Result<Answer> rendering_progress(Services& services, Call& call);
[[nodiscard]] Result<Answer> rendering_file(Services& services, Call& call);
[[nodiscard]] Result<Answer> give_up_rendering(Services& services, Call& call);

// deadlines.cpp
[[nodiscard]] Result<Answer> recompute_preview(Services& services, Call& call);
[[nodiscard]] Result<Answer> recompute(Services& services, Call& call);

// assignments.cpp
[[nodiscard]] Result<Answer> assignment_preview(Services& services, Call& call);
[[nodiscard]] Result<Answer> assign_cases(Services& services, Call& call);

// attachments.cpp
[[nodiscard]] std::uint64_t attachment_bytes_max(const Services& services);
[[nodiscard]] Result<std::shared_ptr<BodyReceiver>> attachment_receiver(Services& services,
                                                                        const Caller& caller, Kind kind,
                                                                        const std::string& case_id,
                                                                        const Headers& headers);
[[nodiscard]] Result<Answer> store_attachment(Services& services, Call& call, Kind kind);
[[nodiscard]] Result<Answer> attached_file(Services& services, Call& call, Kind kind);

// letters.cpp
[[nodiscard]] Result<Answer> fill_letter(Services& services, Call& call, Kind kind);
[[nodiscard]] Result<Answer> print_letter(Services& services, Call& call, Kind kind);

// proof.cpp
[[nodiscard]] Result<Answer> checkpoints(Services& services, Call& call);
[[nodiscard]] Result<Answer> take_checkpoints(Services& services, Call& call);
[[nodiscard]] Result<Answer> witness_file(Services& services, Call& call);
[[nodiscard]] Result<Answer> receipt(Services& services, Call& call, Kind kind);

// keys.cpp
[[nodiscard]] Result<Answer> keys(Services& services, Call& call);
[[nodiscard]] Result<Answer> rotate_keys(Services& services, Call& call);

// reference.cpp
[[nodiscard]] Result<Answer> organisation(Services& services, Call& call);
[[nodiscard]] Result<Answer> letter_templates(Services& services, Call& call);
[[nodiscard]] Result<Answer> units(Services& services, Call& call);
[[nodiscard]] Result<Answer> code_sets(Services& services, Call& call);
[[nodiscard]] Result<Answer> authorities(Services& services, Call& call);
[[nodiscard]] Result<Answer> policies(Services& services, Call& call);
[[nodiscard]] Result<Answer> closing_days(Services& services, Call& call);
[[nodiscard]] Result<Answer> retention_schedules(Services& services, Call& call);
[[nodiscard]] Result<Answer> absences(Services& services, Call& call);
[[nodiscard]] Result<Answer> users(Services& services, Call& call);
[[nodiscard]] Result<Answer> colleagues(Services& services, Call& call);
[[nodiscard]] Result<Answer> totals(Services& services, Call& call);

// administration.cpp
[[nodiscard]] Result<Answer> service_health(Services& services, Call& call);
[[nodiscard]] Result<Answer> units_in_use(Services& services, Call& call);
[[nodiscard]] Result<Answer> policy_effect(Services& services, Call& call);
[[nodiscard]] Result<Answer> preview_letter(Services& services, Call& call);

// accounts.cpp
// What is said while an account or an address pauses after too many wrong secrets.
[[nodiscard]] Answer too_many_failures(const Call& call);
[[nodiscard]] Result<Answer> open_session(Services& services, Call& call);
[[nodiscard]] Result<Answer> see_session(Services& services, Call& call);
[[nodiscard]] Result<Answer> close_session(Services& services, Call& call);
[[nodiscard]] Result<Answer> change_own_password(Services& services, Call& call);
[[nodiscard]] Result<Answer> set_password(Services& services, Call& call);
[[nodiscard]] Result<Answer> create_token(Services& services, Call& call);
[[nodiscard]] Result<Answer> list_tokens(Services& services, Call& call);
[[nodiscard]] Result<Answer> revoke_token(Services& services, Call& call);

// operations.cpp
[[nodiscard]] Result<Answer> live(Services& services, Call& call);
[[nodiscard]] Result<Answer> ready(Services& services, Call& call);
[[nodiscard]] Result<Answer> metrics(Services& services, Call& call);
[[nodiscard]] Result<Answer> stats(Services& services, Call& call);
[[nodiscard]] Result<Answer> openapi(Services& services, Call& call);
[[nodiscard]] Result<Answer> web_page(Services& services, Call& call);
[[nodiscard]] Result<Answer> web_asset(Services& services, Call& call);

// calendar_feeds.cpp
[[nodiscard]] Result<Answer> create_calendar_feed(Services& services, Call& call);
[[nodiscard]] Result<Answer> list_calendar_feeds(Services& services, Call& call);
[[nodiscard]] Result<Answer> revoke_calendar_feed(Services& services, Call& call);
[[nodiscard]] Result<Answer> calendar(Services& services, Call& call);

// webhooks.cpp
[[nodiscard]] Result<Answer> list_webhooks(Services& services, Call& call);
[[nodiscard]] Result<Answer> make_webhook_secret(Services& services, Call& call);

// alerts.cpp
[[nodiscard]] Result<Answer> alert_log(Services& services, Call& call);
[[nodiscard]] Result<Answer> retry_alert(Services& services, Call& call);

// imports.cpp
[[nodiscard]] Result<Answer> import_file(Services& services, Call& call);
[[nodiscard]] Result<Answer> list_imports(Services& services, Call& call);

}  // namespace vastine::api::handlers
