#include <algorithm>

#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

Result<Answer> alert_log(Services& services, Call& call) {
    constexpr std::uint64_t usual = 100;
    constexpr std::uint64_t most = 1000;
    const auto limit = std::min(call.number("limit").value_or(usual), most);
    return Answer::of(services.alerts.log(call.text("cursor"), limit));
}

Result<Answer> retry_alert(Services& services, Call& call) {
    auto entry = services.alerts.retry(call.path.at(0), call.caller->viewer.user_id);
    if (!entry) return tl::unexpected(std::move(entry.error()));
    return Answer::of(std::move(*entry));
}

}  // namespace vastine::api::handlers
