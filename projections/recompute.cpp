#include "projections/recompute.hpp"

#include <algorithm>
#include <tuple>

#include "domain/cases/kinds.hpp"
#include "projections/rows.hpp"
#include "projections/running_cases.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

constexpr std::string_view path = "recompute-dues";

// Writes the moves of a case, its diary number opened once.
class Moves {
public:
    Moves(const Views& views, const store::EventStore& events, AsOf as_of, domain::Language language,
          RecomputePreview& out)
        : writer_(views, events, as_of, language), out_(out) {}

    void add(std::uint32_t row, RecomputedCase asked) {
        CaseRow opened;
        opened.set_case_id(asked.case_id);
        writer_.open_personal(row, opened);
        write(asked, opened.diary_number());
    }
    void write(const RecomputedCase& asked, const std::string& diary_number) {
        const auto begin = [&]() -> RecomputePreview::Move& {
            auto& move = *out_.add_moves();
            move.set_case_id(asked.case_id);
            move.set_kind(std::string(kind_text(asked.kind)));
            move.set_diary_number(diary_number);
            move.set_version(asked.version);
            return move;
        };
        for (const auto& moved : asked.moved) {
            auto& move = begin();
            move.set_what(moved.id().empty() ? moved.what() : moved.what() + ' ' + moved.id());
            move.set_from(moved.from());
            move.set_to(moved.due().due_by());
        }
        if (asked.moved.empty()) begin().set_refusal(asked.refusal);
        if (asked.refusal.empty()) ++cases_;
    }
    [[nodiscard]] std::vector<std::string> finish() && {
        out_.set_cases(cases_);
        return std::move(writer_).shown();
    }

private:
    RowWriter writer_;
    RecomputePreview& out_;
    std::uint64_t cases_ = 0;
};

}  // namespace

Shown<RecomputePreview> recompute_preview(const Views& views, const store::EventStore& events,
                                          const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                          const RecomputeQuery& query) {
    SightOfCases sight(views, viewer);
    RecomputeDues command;
    command.set_reason("preview");  // required of whoever does it; a preview says nothing
    command.set_policy(query.policy);

    std::vector<std::pair<std::uint32_t, RecomputedCase>> moving;
    for (const auto row : views.cases->open_rows()) {
        const auto& entry = views.cases->entry(row);
        const auto* rule = domain::command(entry.kind, path);
        const auto* state = views.running->state(row);
        if (rule == nullptr || state == nullptr || sight.of(row) != domain::Sight::Content) continue;
        if (!domain::may_command(viewer, rule->rule, entry.kind, views.cases->scope_at(entry.scope),
                                 views.reference))
            continue;
        RecomputedCase asked{entry.kind, views.cases->case_id(row), entry.version, {}, {}};
        const domain::Context context{viewer.user_id, asked.case_id,   domain::Instant(as_of.on),
                                      as_of.on,       views.reference, {}};
        const auto decided = domain::decide(*state, command, context);
        if (!decided) continue;  // nothing moves
        for (const auto& event : decided->list()) {
            const auto* recomputed = dynamic_cast<const DuesRecomputed*>(event.get());
            if (recomputed != nullptr)
                asked.moved.insert(asked.moved.end(), recomputed->moved().begin(), recomputed->moved().end());
        }
        if (!asked.moved.empty()) moving.emplace_back(row, std::move(asked));
    }
    std::ranges::sort(moving, [](const auto& left, const auto& right) {
        const auto key = [](const RecomputedCase& each) {
            return std::tie(each.moved.front().from(), each.case_id);
        };
        return key(left.second) < key(right.second);
    });

    Shown<RecomputePreview> result;
    *result.message.mutable_basis() = basis_of(views, as_of, language, "definition.recompute");
    Moves moves(views, events, as_of, language, result.message);
    for (auto& [row, asked] : moving) moves.add(row, std::move(asked));
    result.case_ids = std::move(moves).finish();
    return result;
}

Shown<RecomputePreview> recomputed(const Views& views, const store::EventStore& events,
                                   const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                   const std::vector<RecomputedCase>& cases) {
    SightOfCases sight(views, viewer);
    Shown<RecomputePreview> result;
    *result.message.mutable_basis() = basis_of(views, as_of, language, "definition.recompute");
    result.message.set_done(true);
    Moves moves(views, events, as_of, language, result.message);
    for (const auto& asked : cases) {
        const auto row = views.cases->row_of(asked.case_id);
        const bool visible =
            row && views.cases->entry(*row).kind == asked.kind && sight.of(*row) == domain::Sight::Content;
        if (visible) {
            moves.add(*row, asked);
        } else {
            moves.write(asked, {});
        }
    }
    result.case_ids = std::move(moves).finish();
    return result;
}

}  // namespace vastine::projections
