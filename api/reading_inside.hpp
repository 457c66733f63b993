#pragma once
// What the functions of Reading share: what they read from, and how a showing goes on record. For
// reading.cpp and who_looked.cpp alone.

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "api/directory.hpp"
#include "api/reading.hpp"
#include "domain/calendar/date.hpp"
#include "projections/case_index.hpp"
#include "projections/looked_index.hpp"

namespace vastine::api {

namespace reading {

[[nodiscard]] inline tl::unexpected<domain::Rejection> not_allowed() {
    return domain::reject(domain::Reason::Forbidden, "access.not_your_task");
}
[[nodiscard]] inline store::AccessArea access_area(domain::Area area) {
    return area == domain::Area::Ombudsman ? store::AccessArea::Ombudsman : store::AccessArea::Legal;
}
[[nodiscard]] inline bool works_with_cases(const domain::Viewer& viewer) {
    return domain::works_in(viewer, domain::Area::Ombudsman) || domain::works_in(viewer, domain::Area::Legal);
}

}  // namespace reading

struct Reading::Inside {
    store::Store& store;
    projections::ReadModel& model;
    std::function<store::Instant()> now;
    Directory directory;
    projections::LookedIndex looked_at_contacts;  // the ombudsmen's log
    projections::LookedIndex looked_at_legal;

    Inside(store::Store& of, projections::ReadModel& read_model, std::function<store::Instant()> clock)
        : store(of),
          model(read_model),
          now(std::move(clock)),
          directory(of.events()),
          looked_at_contacts(of.access(), store::AccessArea::Ombudsman),
          looked_at_legal(of.access(), store::AccessArea::Legal) {}

    [[nodiscard]] projections::LookedIndex& looked(domain::Area area) {
        return area == domain::Area::Ombudsman ? looked_at_contacts : looked_at_legal;
    }
    [[nodiscard]] domain::Date today() const { return domain::helsinki_date(now()); }

    // What was shown goes on record, each area's cases in that area's log, before the answer leaves.
    void log(const Reader& reader, const std::string& what, const std::vector<std::string>& case_ids) const {
        std::map<domain::Area, std::vector<std::string>> by_area;
        model.read([&](const projections::Views& views) {
            for (const auto& id : case_ids) {
                const auto scope = views.cases->scope(id);
                const auto area = scope ? domain::area_of(scope->kind) : std::nullopt;
                if (area) by_area[*area].push_back(id);
            }
            return 0;
        });
        for (auto& [area, ids] : by_area) log(reader, what, reading::access_area(area), std::move(ids));
    }
    void log(const Reader& reader, const std::string& what, store::AccessArea area,
             std::vector<std::string> case_ids) const {
        log(reader, what, area, std::move(case_ids), {});
    }
    // What was given to somebody outside: to whom, and on what ground.
    struct Disclosure {
        std::string receiver;
        std::string legal_ground;
    };
    void log(const Reader& reader, const std::string& what, store::AccessArea area,
             std::vector<std::string> case_ids, const Disclosure& given) const {
        const auto at = now();
        PersonalDataRead entry;
        entry.set_user_id(reader.viewer.user_id);
        for (const auto role : reader.viewer.roles) entry.add_roles(Role_Name(role));
        entry.set_route(reader.route);
        entry.set_purpose(reader.purpose);
        for (auto& id : case_ids) {
            // A file that is open in an emergency is read for the reason that was stated then.
            const auto emergency = reader.viewer.broke_glass.find(id);
            if (emergency != reader.viewer.broke_glass.end()) entry.set_purpose(emergency->second);
            entry.add_case_ids(std::move(id));
        }
        entry.set_what(what);
        entry.set_receiver(given.receiver);
        entry.set_legal_ground(given.legal_ground);
        entry.set_read_on(domain::to_string(domain::helsinki_date(at)));
        store.access().record(area, at, entry);
    }

    // Runs the query where it is asked: on the live views, or on a fold of its own up to an older place.
    template <class Query>
    [[nodiscard]] auto at(const AsOf& as_of, Query&& query) const
        -> domain::Result<std::invoke_result_t<Query, const projections::Views&, projections::AsOf>> {
        using Answer = std::invoke_result_t<Query, const projections::Views&, projections::AsOf>;
        const auto on = as_of.on.value_or(today());
        const auto head = model.read([](const projections::Views& views) { return views.position; });
        if (as_of.position && *as_of.position > head) {
            return domain::reject(domain::Reason::Invalid, "reading.position_ahead",
                                  {{"position", std::to_string(head.value)}}, "as_of");
        }
        if (!as_of.position || *as_of.position == head) {
            return domain::Result<Answer>(model.read([&](const projections::Views& views) {
                return query(views, projections::AsOf{views.position, on});
            }));
        }
        const auto views = model.as_of(*as_of.position);
        return domain::Result<Answer>(query(*views, projections::AsOf{views->position, on}));
    }

    // A list, count or breakdown: for who works with cases; the query applies the rule to each.
    template <class Message, class Query>
    [[nodiscard]] domain::Result<Message> list(const Reader& reader, const std::string& what,
                                               const AsOf& as_of, Query&& query) const {
        if (!reading::works_with_cases(reader.viewer)) return reading::not_allowed();
        domain::Result<projections::Shown<Message>> shown = at(as_of, query);
        if (!shown) return tl::unexpected(std::move(shown.error()));
        log(reader, what, shown->case_ids);
        return std::move(shown->message);
    }
};

}  // namespace vastine::api
