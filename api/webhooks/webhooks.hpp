#pragma once
// Tells other systems that something happened: one signed POST for each notice, in order for each webhook,
// tried again until it is taken (status 2xx), also after a restart. A receiver may get one twice, then with
// the same webhook-id: when its answer did not come through, or the process ended before it was noted.
//
// Threads: every function may be called from any thread at once; sending runs on a thread of its own.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/webhooks/delivery_book.hpp"
#include "domain/result.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::api {

class Webhooks {
public:
    static constexpr std::chrono::seconds patience{10};    // with one POST in all
    static constexpr std::chrono::seconds first_pause{5};  // after a failure; doubled with each further one
    static constexpr std::chrono::seconds longest_pause{3600};

    // `authority`: PEM, believed beside the system's; may be empty.
    Webhooks(store::Store& store, projections::ReadModel& model, std::function<store::Instant()> now,
             std::filesystem::path authority = {});
    ~Webhooks();

    // Nothing is sent before. The thread starts when there is a webhook to send to.
    void start();
    // Ends the thread; what is on its way is sent again after the next start.
    void stop();
    // The log has moved, a webhook was changed, or time has passed.
    void wake();

    // whsec_..., shown once. The first one begins the deliveries: what happened before is not told. Any
    // further one signs at once, beside those of the last 24 hours.
    [[nodiscard]] domain::Result<std::string> make_secret(const std::string& webhook_id);

    struct State {
        SetWebhook given;
        std::optional<Progress> progress;  // nothing: it has no secret yet
    };
    [[nodiscard]] std::vector<State> states() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// How long to wait after so many attempts.
[[nodiscard]] std::chrono::seconds pause_after(std::uint32_t attempts);

}  // namespace vastine::api
