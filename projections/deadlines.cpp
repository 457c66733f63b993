#include "projections/deadlines.hpp"

#include <algorithm>

#include "projections/case_figures.hpp"
#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

Shown<DeadlineOverview> deadlines(const Views& views, const store::EventStore& events,
                                  const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                  const DeadlinesQuery& query) {
    SightOfCases sight(views, viewer);
    Subtree subtree(views, query.unit);
    const Judging judging(views, day_of(as_of.on));
    const Month this_month = month_of_day(judging.on());
    const auto asked_first = month_of_text(query.first_month);
    const auto asked_last = month_of_text(query.last_month);
    const Month last = asked_last == no_month ? this_month : asked_last;
    const Month first = asked_first == no_month ? month_of_year(year_of_month(last), 1) : asked_first;

    Shown<DeadlineOverview> result;
    auto& out = result.message;
    std::uint64_t open = 0, due_soon = 0, overdue = 0, escalated = 0, critical = 0, paused = 0;
    std::uint64_t answered = 0, kept = 0, kept_credited = 0;
    std::vector<std::uint32_t> answer_days;
    std::vector<Place> places;
    for (std::uint32_t row = 0; row < views.cases->size(); ++row) {
        const auto& entry = views.cases->entry(row);
        if (!query.kinds.empty() && !query.kinds.contains(entry.kind)) continue;
        const auto seen = sight.of(row);
        if (seen == domain::Sight::Nothing || !subtree.has_case(row)) continue;
        if (entry.kind != CONTACT) {
            for (const auto& answer : views.figures->at(entry.figures).answers) {
                if (answer.month < first || answer.month > last) continue;
                ++answered;
                answer_days.push_back(answer.days);
                kept += answer.kept ? 1 : 0;
                kept_credited += answer.kept_credited ? 1 : 0;
            }
        }
        if (!views.cases->open(row)) continue;
        ++open;
        const auto press = judging.of(row);
        paused += press.paused_on != no_day ? 1 : 0;
        due_soon += press.urgency == Urgency::DueSoon ? 1 : 0;
        overdue += press.urgency >= Urgency::Overdue ? 1 : 0;
        escalated += press.urgency >= Urgency::Escalated ? 1 : 0;
        critical += press.urgency >= Urgency::Critical ? 1 : 0;
        if (seen == domain::Sight::Content && press.urgency != Urgency::None)
            places.push_back(place_of(views, row, press));
    }
    *out.mutable_basis() = basis_of(views, as_of, language, "definition.deadlines");
    out.set_open(open);
    out.set_due_soon(due_soon);
    out.set_overdue(overdue);
    out.set_escalated(escalated);
    out.set_critical(critical);
    out.set_answered(answered);
    out.set_kept(kept);
    const auto share = [&](std::uint64_t part) {
        return answered == 0 ? 0 : static_cast<double>(part) / static_cast<double>(answered);
    };
    out.set_kept_share(share(kept));
    out.set_kept_credited(kept_credited);
    out.set_kept_credited_share(share(kept_credited));
    out.set_paused(paused);
    if (!answer_days.empty()) {
        out.set_answer_days_longest(*std::ranges::max_element(answer_days));
        out.set_answer_days_median(median_days(answer_days));
    }
    out.set_first_month(month_text(first));
    out.set_last_month(month_text(last));
    out.set_total(places.size());
    const auto page = page_of(std::move(places), query.page);
    out.set_next_cursor(page.next_cursor);
    RowWriter writer(views, events, as_of, language);
    for (const auto& place : page.places) writer.write(place.row, *out.add_rows());
    result.case_ids = std::move(writer).shown();
    return result;
}

}  // namespace vastine::projections
