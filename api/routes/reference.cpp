#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

namespace {

// Each list carries its stream's version: what a change of it names in If-Match.
template <class List>
Result<Answer> versioned(Result<List> list) {
    if (!list) return tl::unexpected(std::move(list.error()));
    const store::Version version{list->version()};
    auto answer = Answer::of(std::move(*list));
    answer.version = version;
    return answer;
}

}  // namespace

Result<Answer> organisation(Services& services, Call& call) {
    return versioned(services.reading.organisation(call.reader()));
}
Result<Answer> letter_templates(Services& services, Call& call) {
    return versioned(services.reading.letter_templates(call.reader()));
}
Result<Answer> units(Services& services, Call& call) {
    return versioned(services.reading.units(call.reader()));
}
Result<Answer> code_sets(Services& services, Call& call) {
    return versioned(services.reading.code_sets(call.reader()));
}
Result<Answer> authorities(Services& services, Call& call) {
    return versioned(services.reading.authorities(call.reader()));
}
Result<Answer> policies(Services& services, Call& call) {
    return versioned(services.reading.policies(call.reader()));
}
Result<Answer> retention_schedules(Services& services, Call& call) {
    return versioned(services.reading.retention_schedules(call.reader()));
}

Result<Answer> closing_days(Services& services, Call& call) {
    return versioned(services.reading.closing_days(call.reader()));
}
Result<Answer> absences(Services& services, Call& call) {
    return versioned(services.reading.absences(call.reader()));
}
Result<Answer> users(Services& services, Call& call) {
    return versioned(services.reading.users(call.reader()));
}
Result<Answer> totals(Services& services, Call& call) {
    return versioned(services.reading.totals(call.reader()));
}

Result<Answer> colleagues(Services& services, Call& call) {
    auto list = services.reading.colleagues(call.reader());
    if (!list) return tl::unexpected(std::move(list.error()));
    return Answer::of(std::move(*list));
}

}  // namespace vastine::api::handlers
