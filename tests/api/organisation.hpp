#pragma once
// A small organisation in memory: default code sets, one department with a unit, one person for each
// role that tests need. The clock stands still on 2 March 2026.

#include <memory>

#include "api/execution.hpp"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::test {

struct Organisation {
    store::Instant at = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours{9};
    std::unique_ptr<store::Store> store = store::Store::in_memory([this] { return at; });
    projections::ReadModel model{store->events()};
    api::Execution execution{*store, model, [this] { return at; }};
    domain::Viewer registrar = viewer("c0000000-0000-4000-8000-000000000001", REGISTRAR);
    domain::Viewer ombudsman = viewer("c0000000-0000-4000-8000-000000000002", OMBUDSMAN);
    domain::Viewer administrator = viewer("c0000000-0000-4000-8000-000000000003", ADMINISTRATOR);

    Organisation();

    void set_unit(const std::string& id, const std::string& parent);

private:
    static domain::Viewer viewer(const std::string& id, Role role);
};

// A reminder that arrived the day before, with everything that must be there.
[[nodiscard]] RegisterReminder registration();

}  // namespace vastine::test
