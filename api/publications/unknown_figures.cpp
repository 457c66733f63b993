#include "api/publications/unknown_figures.hpp"

#include <iterator>
#include <set>

#include "projections/report/prose.hpp"

namespace vastine::api {

namespace report = projections::report;

std::vector<domain::Rejection> unknown_figures(const Editions& editions, const projections::ReadModel& model,
                                               std::string_view publication_id, domain::Date today) {
    std::vector<domain::Rejection> unknown;
    std::set<std::string> met;
    model.read([&](const projections::Views& views) {
        const auto* shelved = views.publications->find(publication_id);
        if (shelved == nullptr) return 0;
        for (const auto& code : shelved->opened().languages()) {
            const auto language = domain::parse_language(code);
            if (!language) continue;
            const auto content = editions.content(views, publication_id, *language);
            const auto made = report::report(views, whole_area(shelved->area()), query_of(shelved->opened()),
                                             *language, {views.position, today}, content);
            for (auto& name : report::faults_of(made)) {
                if (!met.insert(name).second) continue;
                unknown.push_back({domain::Reason::Invalid,
                                   "publishing.unknown_figure",
                                   {{"figure", std::move(name)}},
                                   {}});
            }
        }
        return 0;
    });
    return unknown;
}

domain::Rejection together(std::vector<domain::Rejection> refusals) {
    auto first = std::move(refusals.front());
    first.more.assign(std::make_move_iterator(refusals.begin() + 1), std::make_move_iterator(refusals.end()));
    return first;
}

}  // namespace vastine::api
