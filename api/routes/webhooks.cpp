#include "api/webhooks/webhooks.hpp"

#include "api/json.hpp"
#include "api/routes/handlers.hpp"
#include "domain/schema/session.pb.h"

namespace vastine::api::handlers {

namespace {

std::string trouble_of(const Progress& progress, domain::Language language) {
    switch (progress.trouble) {
        case Progress::Trouble::None:
            return {};
        case Progress::Trouble::NoAnswer:
            return domain::text("webhook.no_answer", language);
        case Progress::Trouble::NotTrusted:
            return domain::text("webhook.not_trusted", language);
        case Progress::Trouble::NotEncrypted:
            return domain::text("webhook.not_encrypted", language);
        case Progress::Trouble::Status:
            return std::to_string(progress.status);
        case Progress::Trouble::Gone:
            return domain::text("webhook.gone", language);
    }
    return {};
}

}  // namespace

Result<Answer> list_webhooks(Services& services, Call& call) {
    // Read before the list: a version older than what is shown only makes a change stale, never lost.
    const auto version = services.store.events().version({"reference-webhooks"});
    WebhookList list;
    list.set_version(version.value);
    for (const auto& [given, progress] : services.webhooks.states()) {
        auto& view = *list.add_webhooks();
        view.set_webhook_id(given.webhook_id());
        view.set_url(given.url());
        *view.mutable_topics() = given.topics();
        view.set_active(given.active());
        view.set_has_secret(progress.has_value());
        if (!progress) continue;
        view.set_position(progress->position.value);
        view.set_attempts(progress->attempts);
        view.set_last_error(trouble_of(*progress, call.language));
        if (progress->next_attempt_at)
            *view.mutable_next_attempt_at() = timestamp(*progress->next_attempt_at);
    }
    auto answer = Answer::of(std::move(list));
    answer.version = version;
    return answer;
}

Result<Answer> make_webhook_secret(Services& services, Call& call) {
    auto secret = services.webhooks.make_secret(call.path.at(0));
    if (!secret) return tl::unexpected(std::move(secret.error()));
    WebhookSecret made;
    made.set_webhook_id(call.path.at(0));
    made.set_secret(*secret);
    return Answer::of(std::move(made), call.route.status);
}

}  // namespace vastine::api::handlers
