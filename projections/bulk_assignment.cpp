#include "projections/bulk_assignment.hpp"

#include "domain/cases/kinds.hpp"
#include "domain/schema/casework.pb.h"
#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

constexpr std::string_view path = "assign";

domain::CaseState state_of(const Views& views, const store::EventStore& events, std::uint32_t row) {
    const auto& entry = views.cases->entry(row);
    auto state = domain::initial(entry.kind);
    events.read_stream(stream_of(views, row), store::Version{0}, [&](const store::Record& record) {
        if (record.version.value > entry.version) return false;
        domain::evolve(state, *events.open(record, store::Depth::Details).event);
        return true;
    });
    return state;
}

// The list of cases as it is answered; each case's diary number is opened once.
class Listing {
public:
    Listing(const Views& views, const store::EventStore& events, const domain::Viewer& viewer, AsOf as_of,
            domain::Language language)
        : views_(views), sight_(views, viewer), writer_(views, events, as_of, language) {}

    [[nodiscard]] std::optional<std::uint32_t> visible(const AssignedCase& asked) {
        const auto row = views_.cases->row_of(asked.case_id);
        if (!row || views_.cases->entry(*row).kind != asked.kind) return std::nullopt;
        if (sight_.of(*row) != domain::Sight::Content) return std::nullopt;
        return row;
    }
    BulkAssignment::Case& add(const AssignedCase& asked, std::optional<std::uint32_t> row) {
        auto& out = *message.add_cases();
        out.set_kind(std::string(kind_text(asked.kind)));
        out.set_case_id(asked.case_id);
        out.set_version(asked.version);
        out.set_refusal(asked.refusal);
        if (!row) return out;
        out.set_from(asked.from);
        CaseRow opened;
        opened.set_case_id(asked.case_id);
        writer_.open_personal(*row, opened);
        out.set_diary_number(opened.diary_number());
        return out;
    }
    [[nodiscard]] Shown<BulkAssignment> finish() && {
        return {std::move(message), std::move(writer_).shown()};
    }

    BulkAssignment message;

private:
    const Views& views_;
    SightOfCases sight_;
    RowWriter writer_;
};

}  // namespace

Shown<BulkAssignment> assignment_preview(const Views& views, const store::EventStore& events,
                                         const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                         const BulkAssignmentQuery& query) {
    Listing listing(views, events, viewer, as_of, language);
    listing.message.set_handler(query.handler);
    Assign command;
    command.set_handler(query.handler);
    command.set_note(query.note);
    for (auto asked : query.cases) {
        const auto row = listing.visible(asked);
        if (!row) {
            asked.refusal = domain::text("access.no_such_case", language);
            listing.add(asked, row);
            continue;
        }
        const auto& entry = views.cases->entry(*row);
        asked.version = entry.version;
        asked.from = views.dictionary->users.name(entry.handler);
        const auto* rule = domain::command(entry.kind, path);
        const auto may = domain::may_command(viewer, rule->rule, entry.kind,
                                             views.cases->scope_at(entry.scope), views.reference);
        if (!may) {
            asked.refusal = domain::explain(may.error(), language);
        } else {
            const domain::Context context{viewer.user_id, asked.case_id,   domain::Instant(as_of.on),
                                          as_of.on,       views.reference, {}};
            const auto decided = domain::decide(state_of(views, events, *row), command, context);
            if (!decided) asked.refusal = domain::explain(decided.error(), language);
        }
        listing.add(asked, row);
    }
    return std::move(listing).finish();
}

Shown<BulkAssignment> assigned(const Views& views, const store::EventStore& events,
                               const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                               const BulkAssignmentQuery& query) {
    Listing listing(views, events, viewer, as_of, language);
    listing.message.set_handler(query.handler);
    listing.message.set_done(true);
    for (const auto& asked : query.cases) listing.add(asked, listing.visible(asked));
    return std::move(listing).finish();
}

}  // namespace vastine::projections
