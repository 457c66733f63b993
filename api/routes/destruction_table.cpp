// The routes of destruction lists and legal holds that are no commands.

#include "api/routes/destruction_handlers.hpp"
#include "api/routes/route.hpp"
#include "domain/schema/destruction_views.pb.h"

namespace vastine::api {

std::vector<Route> destruction_routes() {
    using namespace handlers;
    // Whoever opens lists may look before.
    const Admission preparing = Giver{DESTRUCTION, &domain::command(DESTRUCTION, "")->rule};
    return {
        {"GET", "/api/v1/destructions", DestructionReader{}, nullptr, DestructionLists::descriptor(),
         destructions, "Destruction lists of one's own area, newest year first", "destructions"},
        {"GET",
         "/api/v1/destructions/preview",
         preparing,
         nullptr,
         DestructionPreview::descriptor(),
         destruction_preview,
         "What a list would say that was opened now: what falls due within the year, and why; nothing is "
         "written",
         "destructions",
         {{"area", Form::Choice, "Whose", {"ombudsman", "legal"}, false, true},
          {"year", Form::Number, "Of the list", {}, false, true}}},
        {"GET", "/api/v1/destructions/{id}", DestructionReader{}, nullptr, DestructionPage::descriptor(),
         destruction_page,
         "A destruction list: its items and why, approvals, possible commands, certificate; ETag is its "
         "version",
         "destructions"},
        {"GET",
         "/api/v1/destructions/{id}/certificate",
         DestructionReader{},
         nullptr,
         nullptr,
         destruction_certificate,
         "The signed certificate of a completed list, as text or a tagged PDF",
         "destructions",
         {{"format", Form::Choice, "text without it", {"text", "pdf"}},
          {"lang", Form::Choice, "The caller's language without it", {"fi", "sv", "en"}}},
         {},
         200,
         "*/*"},
        {"GET",
         "/api/v1/destructions/{id}/archive-transfer",
         DestructionReader{},
         nullptr,
         nullptr,
         archive_transfer,
         "What of a list is kept for ever and goes to the archive (CSV)",
         "destructions",
         {},
         {},
         200,
         "text/csv"},
        {"GET", "/api/v1/holds", preparing, nullptr, HoldList::descriptor(), holds,
         "Legal holds in force on cases of one's own area, with their reasons", "destructions"},
    };
}

}  // namespace vastine::api
