// Every route of the server. Those of commands follow from the schema: what a message says of itself
// (CommandRule) gives path, method, whose work it is, and what must stand in the header.

#include <algorithm>

#include "api/rendering/rendering.hpp"
#include "api/routes/handlers.hpp"
#include "api/routes/login_handlers.hpp"
#include "api/routes/route.hpp"
#include "domain/schema/keys.pb.h"
#include "domain/schema/proof.pb.h"
#include "domain/schema/session.pb.h"

namespace vastine::api {

namespace {

using domain::Right;

// ---- parameters that several routes share ----

const Parameter as_of{"as_of", Form::Number,
                      "Log position the figures are computed at; the newest without it"};
const Parameter on{"on", Form::Date, "The day it is asked on; today in Finland without it"};
const Parameter cursor{"cursor", Form::Text, "next_cursor of the page before"};
const Parameter limit{"limit", Form::Number, "Rows of a page, at most 200"};
const Parameter unit{"unit", Form::Text, "Id of a unit; with all units below it"};
const Parameter first_month{"first_month", Form::Month, "First month of the period, 2018-01"};
const Parameter last_month{"last_month", Form::Month, "Last month of the period, inclusive"};
const Parameter kinds{"kind",
                      Form::Choice,
                      "Kinds of case, separated by commas; all without it",
                      {"reminder", "complaint", "authority-request", "contact"},
                      true};

// What narrows a list of cases, whichever kinds they are of.
std::vector<Parameter> narrowing_parameters() {
    return {{"stage", Form::Text, "Stages, separated by commas: stage.registered"},
            unit,
            {"handler", Form::Text, "User id; - for cases without a handler"},
            {"urgency",
             Form::Choice,
             "Separated by commas",
             {"none", "on-track", "due-soon", "overdue", "escalated", "critical"},
             true},
            {"cause", Form::Text, "Primary cause"},
            {"authority", Form::Text, "Id of an authority"},
            {"idle_days", Form::Number, "Open, and no event for at least so many days"},
            cursor,
            limit,
            as_of,
            on};
}

// Whose work it is to apply the policies in force to open cases: what the command says of one case.
Admission recomputing() {
    return Giver{REMINDER, &domain::command(REMINDER, "recompute-dues")->rule};
}
// Whoever may say that somebody is away sees who is.
Admission telling_of_absence() {
    return Giver{REFERENCE, &domain::command(REFERENCE, "absences")->rule};
}

std::vector<Parameter> work_list_parameters() {
    std::vector<Parameter> all{kinds,
                               {"scope",
                                Form::Choice,
                                "own: by role, with what is offered to oneself first, as without it; team: "
                                "of one's own team; everything: all one may see",
                                {"own", "team", "everything"}},
                               {"state", Form::Choice, "open without it", {"open", "ended", "all"}}};
    for (auto& parameter : narrowing_parameters()) all.push_back(std::move(parameter));
    return all;
}

std::vector<Parameter> log_search_parameters() {
    return {{"area", Form::Choice, "Which of the two walled areas", {"ombudsman", "legal"}, false, true},
            {"user", Form::Text, "Only reads by this user"},
            {"case_id", Form::Uuid, "Only reads that showed this case"},
            {"what", Form::Text, "Only reads of this kind: page, list, search, export ..."},
            {"emergencies", Form::Flag, "Only files opened in an emergency"},
            {"from", Form::Date, "First day"},
            {"until", Form::Date, "Last day"},
            {"purpose", Form::Choice, "Whether a purpose was stated", {"stated", "none"}},
            {"cursor", Form::Number, "next_cursor of the page before"},
            {"limit", Form::Number, "Entries of a page, at most 200; 50 without it"}};
}

std::vector<Parameter> case_list_parameters() {
    std::vector<Parameter> all{{"state", Form::Choice, "all without it", {"open", "ended", "all"}}};
    for (auto& parameter : narrowing_parameters()) all.push_back(std::move(parameter));
    return all;
}

std::vector<Parameter> report_parameters() {
    std::vector<std::string> forms;
    for (const auto& form : rendering::forms()) forms.emplace_back(form.name);
    return {
        {"year", Form::Number, "Calendar year; or"},
        {"from", Form::Month, "the first month of the period, 2018-01,"},
        {"to", Form::Month, "and the last one, inclusive; at most twelve months"},
        {"lang", Form::Choice, "The caller's language without it", {"fi", "sv", "en"}},
        {"format", Form::Choice, "html without it; zip: open data with its dictionary", forms},
        {"level",
         Form::Choice,
         "internal without it; public: small figures suppressed, and what would give one away together "
         "with what is published",
         {"internal", "public"}},
        {"threshold", Form::Number, "Of the public form: counts from one up to below this; 5 without it"},
        {"area", Form::Choice, "Of a summary: whose", {"ombudsman", "legal"}},
        {"publication", Form::Uuid, "Id of a publication one writes in: with its words, and of its period"},
        as_of};
}

// ---- the routes that are no commands ----

std::vector<Route> written_routes() {
    using namespace handlers;
    return {
        // pages about the service itself
        {"GET",
         "/",
         Anyone{},
         nullptr,
         nullptr,
         web_page,
         "The web application; any other address that a browser asks a page for starts it too",
         "service",
         {},
         {},
         200,
         "text/html",
         true},
        {"GET",
         "/assets/{file}",
         Anyone{},
         nullptr,
         nullptr,
         web_asset,
         "A file of the web application",
         "service",
         {},
         {},
         200,
         "*/*",
         true,
         false,
         true},
        {"GET",
         "/openapi.json",
         Anyone{},
         nullptr,
         nullptr,
         openapi,
         "This description",
         "service",
         {},
         {},
         200,
         "application/json",
         true},
        {"GET",
         "/health/live",
         Anyone{},
         nullptr,
         Health::descriptor(),
         live,
         "The process answers",
         "service",
         {},
         {},
         200,
         "application/json",
         true},
        {"GET",
         "/health/ready",
         Anyone{},
         nullptr,
         Health::descriptor(),
         ready,
         "The log is folded and the store is sound; 503 otherwise",
         "service",
         {},
         {},
         200,
         "application/json",
         true},
        {"GET",
         "/metrics",
         Right::SeeHealth,
         nullptr,
         nullptr,
         metrics,
         "Figures for operators (Prometheus)",
         "service",
         {},
         {},
         200,
         "text/plain",
         true},
        {"GET", "/api/v1/stats", Right::SeeHealth, nullptr, Stats::descriptor(), stats,
         "Events by kind and type, log position and root", "service"},
        // keys
        {"GET", "/api/v1/keys", Right::SeeHealth, nullptr, KeysView::descriptor(), keys,
         "How many keys there are, whether they are in escrow, and how the last rotation went", "service"},
        {"POST", "/api/v1/keys/rotation", Right::SeeHealth, nullptr, KeysView::descriptor(), rotate_keys,
         "Wrap every key anew, the master key too, while the service goes on", "service"},

        // proof
        {"GET",
         "/api/v1/checkpoints",
         SignedIn{},
         nullptr,
         CheckpointList::descriptor(),
         checkpoints,
         "Signed heads of both logs, newest first, and the public keys: nothing of them is secret",
         "proof",
         {{"limit", Form::Number, "How many, at most 1000; 50 without it"}}},
        {"POST", "/api/v1/checkpoints", SignedIn{}, nullptr, CheckpointsTaken::descriptor(), take_checkpoints,
         "Sign the heads as they are now", "proof"},
        {"GET",
         "/api/v1/checkpoints/witness",
         SignedIn{},
         nullptr,
         nullptr,
         witness_file,
         "The witness file, for somebody else to keep",
         "proof",
         {},
         {},
         200,
         "text/plain"},

        {"GET", "/api/v1/health", Right::SeeHealth, nullptr, ServiceHealth::descriptor(), service_health,
         "How the service is: disk, backup, certificate, mail, webhooks, search index", "service"},

        // sessions, passwords, tokens
        {"POST",
         "/api/v1/session",
         Anyone{},
         OpenSession::descriptor(),
         SessionView::descriptor(),
         open_session,
         "Sign in: sets the cookie __Host-vastine and gives the CSRF token",
         "accounts",
         {},
         {},
         201,
         "application/json",
         false},
        {"GET", "/api/v1/session", WithAnySession{}, nullptr, SessionView::descriptor(), see_session,
         "Who is signed in", "accounts"},
        {"DELETE",
         "/api/v1/session",
         WithAnySession{},
         nullptr,
         nullptr,
         close_session,
         "Sign out",
         "accounts",
         {},
         {},
         204},
        {"PUT",
         "/api/v1/session/password",
         WithAnySession{},
         GivePassword::descriptor(),
         nullptr,
         change_own_password,
         "Change one's own password, to another; ends all one's sessions",
         "accounts",
         {},
         {},
         204},
        {"PUT",
         "/api/v1/users/{id}/password",
         Right::ManageReference,
         GivePassword::descriptor(),
         nullptr,
         set_password,
         "Give a user a password, which its owner must change before anything else; ends the user's sessions",
         "accounts",
         {},
         {},
         204},
        {"POST",
         "/api/v1/tokens",
         WithSession{},
         CreateToken::descriptor(),
         TokenView::descriptor(),
         create_token,
         "Make a bearer token with one's own rights; its secret is shown once",
         "accounts",
         {},
         {},
         201},
        {"GET", "/api/v1/tokens", WithSession{}, nullptr, TokenList::descriptor(), list_tokens,
         "One's own bearer tokens", "accounts"},
        {"DELETE",
         "/api/v1/tokens/{token_id}",
         WithSession{},
         nullptr,
         nullptr,
         revoke_token,
         "Revoke a bearer token of one's own",
         "accounts",
         {},
         {},
         204},

        // calendars to subscribe to
        {"POST",
         "/api/v1/calendar-feeds",
         WithSession{},
         CreateCalendarFeed::descriptor(),
         CalendarFeedView::descriptor(),
         create_calendar_feed,
         "Make a calendar of one's own due dates; its address is shown once, and whoever has it reads it",
         "accounts",
         {},
         {},
         201},
        {"GET", "/api/v1/calendar-feeds", WithSession{}, nullptr, CalendarFeedList::descriptor(),
         list_calendar_feeds, "One's own calendars", "accounts"},
        {"DELETE",
         "/api/v1/calendar-feeds/{id}",
         WithSession{},
         nullptr,
         nullptr,
         revoke_calendar_feed,
         "Revoke a calendar of one's own",
         "accounts",
         {},
         {},
         204},
        {"GET",
         "/calendar/{secret}.ics",
         Anyone{},
         nullptr,
         nullptr,
         calendar,
         "The calendar (iCalendar): kinds, dates and links, no person; ETag and If-None-Match",
         "accounts",
         {},
         {},
         200,
         "text/calendar"},

        // what is read
        {"GET", "/api/v1/work-list", AreaWorker{}, nullptr, WorkList::descriptor(), work_list,
         "What waits for whom, most urgent first", "cases", work_list_parameters()},
        {"POST", "/api/v1/search", AreaWorker{}, SearchQuery::descriptor(), SearchResult::descriptor(),
         search,
         "Cases by any form of their words, by names, numbers and days; asked in the body, so that no "
         "address "
         "holds it",
         "cases"},
        {"GET",
         "/api/v1/deadlines",
         AreaWorker{},
         nullptr,
         DeadlineOverview::descriptor(),
         deadlines,
         "Open, due soon, overdue, and the share of answers in time",
         "cases",
         {kinds, unit, first_month, last_month, cursor, limit, as_of, on}},
        {"GET",
         "/api/v1/deadlines/recompute",
         recomputing(),
         nullptr,
         RecomputePreview::descriptor(),
         recompute_preview,
         "What applying the policies in force today would move in open cases; nothing is written",
         "cases",
         {{"policy", Form::Text, "reminder.answer, reminder.statement ...; whichever apply without it"}}},
        {"POST",
         "/api/v1/deadlines/recompute",
         recomputing(),
         RecomputeOpenCases::descriptor(),
         RecomputePreview::descriptor(),
         recompute,
         "Move the due dates of the cases previewed, for a stated reason; one that changed since stays",
         "cases",
         {},
         {false, true}},
        {"POST", "/api/v1/assignments/preview", AreaWorker{}, AssignCases::descriptor(),
         BulkAssignment::descriptor(), assignment_preview,
         "What giving the cases to the handler would do to each; nothing is written", "cases"},
        {"POST",
         "/api/v1/assignments",
         AreaWorker{},
         AssignCases::descriptor(),
         BulkAssignment::descriptor(),
         assign_cases,
         "Give the cases previewed to a handler, each by its own version; one that changed since stays",
         "cases",
         {},
         {false, true}},
        {"GET",
         "/api/v1/request-tracker",
         AreaWorker{},
         nullptr,
         RequestTracker::descriptor(),
         request_tracker,
         "Authorities' requests by authority and kind",
         "cases",
         {{"authority", Form::Text, "Id of an authority"},
          {"request_kind", Form::Text, "clarification, statement, supplement"},
          first_month,
          last_month,
          cursor,
          limit,
          as_of,
          on}},
        {"GET",
         "/api/v1/cause-breakdown",
         AreaWorker{},
         nullptr,
         CauseBreakdown::descriptor(),
         cause_breakdown,
         "Kind × cause × unit × period; contacts and matters apart",
         "cases",
         {{"kind",
           Form::Choice,
           "What is counted, separated by commas; all without it",
           {"reminder", "complaint", "authority-request", "contact", "matter"},
           true},
          {"cause", Form::Text, "Causes, separated by commas"},
          unit,
          first_month,
          last_month,
          {"period", Form::Choice, "month without it", {"month", "quarter", "year"}},
          {"drill_down", Form::Flag, "With the cases counted, those one may open"},
          cursor,
          limit,
          as_of,
          on}},
        {"GET", "/api/v1/own-figures", AreaWorker{}, nullptr, OwnFigures::descriptor(), own_figures,
         "What one has done oneself and has to do", "cases"},
        {"GET",
         "/api/v1/reports/{kind}",
         AreaWorker{},
         nullptr,
         nullptr,
         report,
         "A report of a year or of months: annual, legal or summary, as a page, tagged PDF, text document, "
         "workbook, open data",
         "reports",
         report_parameters(),
         {},
         200,
         "text/html"},
        {"GET",
         "/api/v1/reports/{kind}/reconciliation",
         AreaWorker{},
         nullptr,
         nullptr,
         reconciliation,
         "Of a report: that the parts sum to the whole, what was left out and why",
         "reports",
         report_parameters(),
         {},
         200,
         "text/html"},
        {"POST",
         "/api/v1/renderings",
         AreaWorker{},
         StartRendering::descriptor(),
         RenderingView::descriptor(),
         start_rendering,
         "Begin a report; it is made while one waits, and kept for a quarter of an hour",
         "reports",
         {},
         {},
         202},
        {"GET", "/api/v1/renderings/{id}", AreaWorker{}, nullptr, RenderingView::descriptor(), see_rendering,
         "How far one's report has come", "reports"},
        {"DELETE",
         "/api/v1/renderings/{id}",
         AreaWorker{},
         nullptr,
         nullptr,
         give_up_rendering,
         "Give one's report up, or throw it away",
         "reports",
         {},
         {},
         204},
        {"GET",
         "/api/v1/renderings/{id}/progress",
         AreaWorker{},
         nullptr,
         nullptr,
         rendering_progress,
         "Server-Sent Events: every step of one's report, until it is done or has failed",
         "reports",
         {},
         {},
         200,
         "text/event-stream"},
        {"GET",
         "/api/v1/renderings/{id}/file",
         AreaWorker{},
         nullptr,
         nullptr,
         rendering_file,
         "The file, once it is done",
         "reports",
         {},
         {},
         200,
         "application/octet-stream"},
        {"GET",
         "/api/v1/export",
         Right::Export,
         nullptr,
         nullptr,
         export_events,
         "Events as CloudEvents, one a line, those one may see",
         "log",
         {{"after", Form::Number, "Log position to go on from"},
          {"until", Form::Number, "Last log position"},
          {"provable", Form::Flag,
           "With each event's record, and the leaf's hash of every record one may not see: `vastine verify "
           "--export` takes it"}},
         {},
         200,
         "application/x-ndjson"},
        {"GET",
         "/api/v1/feed",
         AreaWorker{},
         nullptr,
         nullptr,
         feed,
         "Server-Sent Events: position, type and case of every event one may see; Last-Event-ID goes on",
         "log",
         {},
         {},
         200,
         "text/event-stream"},
        {"GET",
         "/api/v1/access-log",
         Right::ReadAccessLog,
         nullptr,
         AccessLogPage::descriptor(),
         access_log,
         "Who read what, for the auditors of the area",
         "log",
         {{"area", Form::Choice, "Which of the two walled areas", {"ombudsman", "legal"}, false, true},
          {"case_id", Form::Uuid, "Only reads that showed this case"},
          {"cursor", Form::Number, "next_cursor of the page before"},
          {"limit", Form::Number, "Entries of a page, at most 1000"}}},
        {"GET", "/api/v1/access-log/search", Right::ReadAccessLog, nullptr, LookedSearch::descriptor(),
         search_log,
         "Who read what, searched by the auditors of the area, the newest first; and who read most on which "
         "day",
         "log", log_search_parameters()},
        {"GET",
         "/api/v1/access-log/search/csv",
         Right::ReadAccessLog,
         nullptr,
         nullptr,
         export_log,
         "The same as a file, all of what the search finds",
         "log",
         log_search_parameters(),
         {},
         200,
         "text/csv"},
        {"GET", "/api/v1/break-glass", WithSession{}, nullptr, OpenedInEmergencyList::descriptor(),
         own_emergencies, "Case files that one's own session has open in an emergency, and until when",
         "log"},
        {"GET",
         "/api/v1/emergencies",
         SignedIn{},
         nullptr,
         EmergencyList::descriptor(),
         emergencies,
         "Case files of the area that were opened in an emergency: for its head and its auditors",
         "log",
         {{"area", Form::Choice, "Which of the two walled areas", {"ombudsman", "legal"}, false, true},
          {"cursor", Form::Number, "next_cursor of the page before"},
          {"limit", Form::Number, "Rows of a page, at most 200; 50 without it"}}},
        {"GET", "/api/v1/imports", SignedIn{}, nullptr, ImportRecords::descriptor(), list_imports,
         "Who imported what and when, and how many rows came of it: of one's own area, or all of them to the "
         "administrator",
         "log"},
        {"POST",
         "/api/v1/imports",
         Right::Import,
         ImportFile::descriptor(),
         ImportAnswer::descriptor(),
         import_file,
         "Import a CSV file of cases; the same file again changes nothing",
         "log",
         {},
         {},
         200,
         "application/json",
         false,
         true},

        // the mails of the morning
        {"GET",
         "/api/v1/alerts",
         Right::SeeHealth,
         nullptr,
         AlertLog::descriptor(),
         alert_log,
         "The mails of the mornings: whom, when, what became of each",
         "alerts",
         {{"cursor", Form::Number, "next_cursor of the page before"},
          {"limit", Form::Number, "Mails of a page, at most 1000; 100 without it"}}},
        {"POST", "/api/v1/alerts/{message_id}/retry", Right::SeeHealth, nullptr,
         AlertLog::Entry::descriptor(), retry_alert, "Send a mail that waits or was refused again, now",
         "alerts"},

        // reference data; changed by the commands below
        {"GET", "/api/v1/reference/organisation", Right::SeeReference, nullptr,
         OrganisationView::descriptor(), organisation, "What the organisation has said of itself",
         "reference"},
        {"GET", "/api/v1/reference/letters", Right::SeeReference, nullptr, LetterTemplateList::descriptor(),
         letter_templates, "Letters in force that are filled from cases", "reference"},
        {"GET", "/api/v1/reference/units", Right::SeeReference, nullptr, UnitList::descriptor(), units,
         "The organisation's units", "reference"},
        {"GET", "/api/v1/reference/units/in-use", Right::ManageReference, nullptr, UnitsInUse::descriptor(),
         units_in_use, "How many open cases and heads of units a reorganisation would touch, by unit",
         "reference"},
        {"POST", "/api/v1/reference/policies/preview", Right::ManageReference, SetPolicy::descriptor(),
         PolicyEffect::descriptor(), policy_effect,
         "How many open dates a policy would move, were it applied; nothing is written", "reference"},
        {"POST", "/api/v1/reference/letters/preview", Right::ManageReference, PreviewLetter::descriptor(),
         LetterPreview::descriptor(), preview_letter, "A template filled with values made up", "reference"},
        {"GET", "/api/v1/reference/codes", Right::SeeReference, nullptr, CodeSetList::descriptor(), code_sets,
         "Code sets with all their versions", "reference"},
        {"GET", "/api/v1/reference/authorities", Right::SeeReference, nullptr, AuthorityList::descriptor(),
         authorities, "Authorities and their successors", "reference"},
        {"GET", "/api/v1/reference/policies", Right::SeeReference, nullptr, PolicyList::descriptor(),
         policies, "Deadline policies in force", "reference"},
        {"GET", "/api/v1/reference/closing-days", Right::SeeReference, nullptr, ClosingDayList::descriptor(),
         closing_days, "Days on which the organisation's offices are closed", "reference"},
        {"GET", "/api/v1/reference/retention", SignedIn{}, nullptr, RetentionScheduleList::descriptor(),
         retention_schedules, "How long cases and access logs are kept, and on what ground", "reference"},
        {"GET", "/api/v1/reference/absences", telling_of_absence(), nullptr, AbsenceList::descriptor(),
         absences, "Who of one's own area is away or will be, and who stands in", "reference"},
        {"GET", "/api/v1/reference/users", Right::ManageReference, nullptr, UserList::descriptor(), users,
         "Users and their roles", "reference"},
        {"GET", "/api/v1/reference/totals", AreaWorker{}, nullptr, TotalsList::descriptor(), totals,
         "Totals that an area has released to the other's report", "reference"},
        {"GET", "/api/v1/webhooks", Right::ManageReference, nullptr, WebhookList::descriptor(), list_webhooks,
         "Who is told of what, how far, and what went wrong last", "reference"},
        {"POST",
         "/api/v1/webhooks/{webhook_id}/secret",
         Right::ManageReference,
         nullptr,
         WebhookSecret::descriptor(),
         make_webhook_secret,
         "Make a secret that notices are signed with, shown once; the last one signs beside it for a day",
         "reference",
         {},
         {},
         201},
        {"GET", "/api/v1/colleagues", AreaWorker{}, nullptr, ColleagueList::descriptor(), colleagues,
         "Whom one may assign a case to", "reference"},
    };
}

// ---- commands, case pages and the lists of a kind ----

std::string tag_of(Kind kind) {
    return std::string(domain::entry(kind).path);
}

Route command_route(const domain::CommandEntry& command, Kind kind) {
    const std::string path = command.rule.path();
    const auto root = "/api/v1/" + std::string(domain::entry(kind).path);
    Route route;
    route.method = "POST";
    route.admission = Giver{kind, &command.rule};
    route.takes = command.message;
    route.gives = CommandTaken::descriptor();
    route.summary = command.message->name();
    route.tag = tag_of(kind);
    route.needs = {!command.rule.opens(), true};
    route.status = command.rule.opens() ? 201 : 200;
    if (kind == REFERENCE) {
        const std::string stream(domain::reference_data::stream_of(*command.message));
        route.pattern = root + "/" + stream + "/" + path;
        route.handler = [stream, path](Services& services, Call& call) {
            return handlers::give_command(services, call, REFERENCE, stream, path);
        };
    } else if (command.rule.opens()) {
        route.pattern = path.empty() ? root : root + "/" + path;
        route.handler = [kind, path](Services& services, Call& call) {
            return handlers::give_command(services, call, kind, {}, path);
        };
    } else {
        route.pattern = root + "/{id}/" + path;
        // What is released must be the log's, which no decider sees.
        const auto give =
            path == "release-log-extract" ? handlers::release_log_extract : handlers::give_command;
        route.handler = [kind, path, give](Services& services, Call& call) {
            return give(services, call, kind, call.path.at(0), path);
        };
    }
    return route;
}

Route page_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "GET";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}";
    route.admission = SignedIn{};
    route.gives = CasePage::descriptor();
    route.summary = "The case: its row, timeline, due dates and possible commands; ETag is its version";
    route.tag = tag_of(kind.kind);
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::case_page(services, call, of);
    };
    return route;
}

Route list_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "GET";
    route.pattern = "/api/v1/" + std::string(kind.path);
    route.admission = KindWorker{kind.kind};
    route.gives = WorkList::descriptor();
    route.summary = "All cases of the kind that one may see, as in the work list";
    route.tag = tag_of(kind.kind);
    route.query = case_list_parameters();
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::case_list(services, call, of);
    };
    return route;
}

Route attachment_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "POST";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}/attachments";
    route.admission = Giver{kind.kind, &domain::command(kind.kind, "documents")->rule};
    route.gives = StoredAttachment::descriptor();
    route.summary =
        "Store a file of a document, its bytes as the body and its name in X-File-Name (UTF-8, "
        "percent-encoded); then enter the document that names it, within a day";
    route.tag = tag_of(kind.kind);
    route.status = 201;
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::store_attachment(services, call, of);
    };
    route.receives = [of = kind.kind](Services& services, const Caller& caller,
                                      const std::vector<std::string>& path, const Headers& headers) {
        return handlers::attachment_receiver(services, caller, of, path.at(0), headers);
    };
    return route;
}

Route attached_file_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "GET";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}/documents/{document_id}/file";
    route.admission = KindWorker{kind.kind};
    route.summary = "The file of a document";
    route.tag = tag_of(kind.kind);
    route.query = {{"inline", Form::Flag, "To be looked at in the browser: PDF, pictures and plain text"}};
    route.media = "application/octet-stream";
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::attached_file(services, call, of);
    };
    return route;
}

Route letter_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "POST";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}/letters";
    route.admission = Giver{kind.kind, &letter_rule(kind.kind)};
    route.takes = FillLetter::descriptor();
    route.gives = FilledLetter::descriptor();
    route.summary =
        "A letter filled from the case, and what the case lacks for it; nothing is written but who read it";
    route.tag = tag_of(kind.kind);
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::fill_letter(services, call, of);
    };
    return route;
}

Route letter_print_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "POST";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}/letters/print";
    route.admission = Giver{kind.kind, &letter_rule(kind.kind)};
    route.takes = PrintLetter::descriptor();
    route.summary = "A letter as it goes on paper: tagged PDF with the organisation's head";
    route.tag = tag_of(kind.kind);
    route.media = "application/pdf";
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::print_letter(services, call, of);
    };
    return route;
}

Route receipt_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "GET";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}/receipt";
    route.admission = KindWorker{kind.kind};
    route.summary =
        "Proof for the client that the case was registered, and when; of its content it says nothing, and it "
        "holds after the case is destroyed";
    route.tag = tag_of(kind.kind);
    route.query = {{"format", Form::Choice, "text without it; pdf: a page with a QR code", {"text", "pdf"}},
                   {"lang", Form::Choice, "The caller's language without it", {"fi", "sv", "en"}}};
    route.media = "application/octet-stream";
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::receipt(services, call, of);
    };
    return route;
}

Route break_glass_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "POST";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}/break-glass";
    route.admission = WithSession{};
    route.takes = BreakGlass::descriptor();
    route.gives = OpenedInEmergency::descriptor();
    route.summary =
        "Open the file of a case of one's own area in an emergency, for an hour and for reading alone; the "
        "area's head and its auditors are told";
    route.tag = tag_of(kind.kind);
    route.status = 201;
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::break_glass(services, call, of);
    };
    return route;
}

Route extract_preview_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "GET";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}/log-extract";
    route.admission = Giver{kind.kind, &extract_rule(kind.kind)};
    route.gives = LogExtractPreview::descriptor();
    route.summary = "What the access log says of the case, to be reviewed before an extract is released";
    route.tag = tag_of(kind.kind);
    route.query = {
        {"from", Form::Date, "First day; two years ago without it"},
        {"until", Form::Date, "Last day; today without it"},
        {"cases", Form::Text, "The person's other cases of the area, separated by commas", {}, true}};
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::log_extract_preview(services, call, of);
    };
    return route;
}

Route extract_route(const domain::KindEntry& kind) {
    Route route;
    route.method = "GET";
    route.pattern = "/api/v1/" + std::string(kind.path) + "/{id}/log-extracts/{extract_id}";
    route.admission = Giver{kind.kind, &extract_rule(kind.kind)};
    route.summary = "An extract of the access log as it was released: tagged PDF, or plain text";
    route.tag = tag_of(kind.kind);
    route.query = {{"format", Form::Choice, "pdf without it", {"pdf", "text"}}};
    route.media = "application/pdf";
    route.handler = [of = kind.kind](Services& services, Call& call) {
        return handlers::log_extract(services, call, of);
    };
    return route;
}

std::vector<Route> table() {
    auto table = written_routes();
    for (auto& route : login_routes()) table.push_back(std::move(route));
    for (auto& route : publication_routes()) table.push_back(std::move(route));
    for (auto& route : destruction_routes()) table.push_back(std::move(route));
    for (const auto& kind : domain::kinds()) {
        if (domain::area_of(kind.kind)) {
            table.push_back(list_route(kind));
            table.push_back(page_route(kind));
            table.push_back(attachment_route(kind));
            table.push_back(attached_file_route(kind));
            table.push_back(letter_route(kind));
            table.push_back(letter_print_route(kind));
            table.push_back(receipt_route(kind));
            table.push_back(break_glass_route(kind));
            table.push_back(extract_preview_route(kind));
            table.push_back(extract_route(kind));
        }
        for (const auto& command : domain::commands()) {
            const auto& of = command.rule.kinds();
            if (std::find(of.begin(), of.end(), kind.kind) != of.end()) {
                table.push_back(command_route(command, kind.kind));
            }
        }
    }
    return table;
}

}  // namespace

const std::vector<Route>& routes() {
    static const std::vector<Route> all = table();
    return all;
}

}  // namespace vastine::api
