#pragma once
// The demo as its tests read it: in memory, and the same log once more as it is when the key of every case is
// destroyed.

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "projections/report/reports.hpp"
#include "tests/tools/demo/without_keys.hpp"
#include "tools/demo/demo.hpp"

namespace vastine::tools::demo::tests {

inline projections::report::ReportQuery of_year(int year, domain::Area area = domain::Area::Ombudsman) {
    using projections::report::Kind;
    return {area == domain::Area::Legal ? Kind::Legal : Kind::Annual, area, projections::calendar_year(year)};
}

class MadeDemo {
public:
    explicit MadeDemo(domain::Date today) : now(store::Instant(today) + std::chrono::hours(9)) {
        destroyed.catch_up(store->events().head().position);
    }

    store::Instant now;
    std::unique_ptr<store::Store> store = store::Store::in_memory([this] { return now; });
    projections::ReadModel model{store->events()};
    api::Execution execution{*store, model, [this] { return now; }};
    api::Accounts accounts{store->secrets(), [this] { return now; }, api::PasswordCost::Least};
    DemoSummary summary = made();
    WithoutKeys bare{store->events()};
    projections::ReadModel destroyed{bare};

    [[nodiscard]] domain::Date today() const { return domain::helsinki_date(now); }
    [[nodiscard]] domain::Viewer viewer(const std::string& login) const {
        return model.read([&](const projections::Views& views) {
            return domain::viewer_of(*views.reference.user_with_login(login));
        });
    }
    // make(views, viewer, as of): of either model, by whoever signs such a report.
    template <class Make>
    auto read(const projections::ReadModel& from, domain::Area area, const Make& make) const {
        return from.read([&](const projections::Views& views) {
            const auto* login = area == domain::Area::Legal ? "lawyer" : "head-ombudsman";
            return make(views, domain::viewer_of(*views.reference.user_with_login(login)),
                        projections::AsOf{views.position, today()});
        });
    }
    [[nodiscard]] projections::report::Report report(const projections::ReadModel& from,
                                                     const projections::report::ReportQuery& query,
                                                     domain::Language language) const {
        return read(from, query.area, [&](const auto& views, const auto& who, auto as_of) {
            return projections::report::report(views, who, query, language, as_of);
        });
    }
    [[nodiscard]] projections::report::Report report(
        const projections::report::ReportQuery& query,
        domain::Language language = domain::Language::Finnish) const {
        return report(model, query, language);
    }

private:
    DemoSummary made() {
        auto result = make_demo(execution, accounts);
        if (!result) throw std::logic_error("the demo was refused: " + result.error().text);
        return std::move(*result);
    }
};

// One for all tests of a program: making it takes some seconds.
inline MadeDemo& demo() {
    static MadeDemo made(std::chrono::year(2026) / 11 / 20);
    return made;
}

}  // namespace vastine::tools::demo::tests
