#include "api/webhooks/delivery_book.hpp"

#include <array>
#include <boost/json.hpp>

#include "api/webhooks/signature.hpp"

namespace vastine::api {

namespace {

namespace json = boost::json;

constexpr std::string_view progress_prefix = "webhook-progress/";
constexpr std::string_view secret_prefix = "webhook-secret/";
constexpr std::size_t secrets_max = 5;

constexpr std::array<std::string_view, 6> trouble_names{"",       "no-answer", "not-trusted", "not-encrypted",
                                                        "status", "gone"};

std::int64_t micros(store::Instant at) {
    return at.time_since_epoch().count();
}
store::Instant instant(std::int64_t micros) {
    return store::Instant(std::chrono::microseconds(micros));
}

std::string stored(const Progress& progress) {
    json::object object{{"position", progress.position.value},
                        {"notices", progress.notices},
                        {"url", progress.url},
                        {"active", progress.active},
                        {"attempts", progress.attempts},
                        {"trouble", trouble_names.at(static_cast<std::size_t>(progress.trouble))},
                        {"status", progress.status}};
    if (progress.next_attempt_at) object["next"] = micros(*progress.next_attempt_at);
    return json::serialize(object);
}

Progress loaded(const std::string& value) {
    const auto object = json::parse(value).as_object();
    Progress progress;
    progress.position = {object.at("position").to_number<std::uint64_t>()};
    progress.notices = object.at("notices").to_number<std::uint64_t>();
    progress.url = object.at("url").as_string();
    progress.active = object.at("active").as_bool();
    progress.attempts = object.at("attempts").to_number<std::uint32_t>();
    for (std::size_t i = 0; i < trouble_names.size(); ++i) {
        if (trouble_names.at(i) == object.at("trouble").as_string())
            progress.trouble = static_cast<Progress::Trouble>(i);
    }
    progress.status = object.at("status").to_number<unsigned>();
    if (const auto* next = object.if_contains("next")) progress.next_attempt_at = instant(next->as_int64());
    return progress;
}

struct KeptSecret {
    std::string secret;
    std::optional<store::Instant> until;  // nothing: it is the newest
};

std::vector<KeptSecret> kept_secrets(const store::Secrets& secrets, const std::string& webhook_id) {
    std::vector<KeptSecret> all;
    const auto value = secrets.get(std::string(secret_prefix) + webhook_id);
    if (!value) return all;
    const auto list = json::parse(*value);
    for (const auto& one : list.as_array()) {
        KeptSecret kept{std::string(one.at("secret").as_string()), std::nullopt};
        if (const auto* until = one.as_object().if_contains("until")) kept.until = instant(until->as_int64());
        all.push_back(std::move(kept));
    }
    return all;
}

}  // namespace

DeliveryBook::DeliveryBook(store::Secrets& secrets) : secrets_(secrets) {
    for (const auto& [name, value] : secrets.scan(std::string(progress_prefix))) {
        progress_.emplace(name.substr(progress_prefix.size()), loaded(value));
    }
}

Progress* DeliveryBook::progress(const std::string& webhook_id) {
    const auto found = progress_.find(webhook_id);
    return found == progress_.end() ? nullptr : &found->second;
}

void DeliveryBook::keep(const std::string& webhook_id) {
    secrets_.put(std::string(progress_prefix) + webhook_id, stored(progress_.at(webhook_id)));
}

void DeliveryBook::begin(const std::string& webhook_id, Progress progress) {
    progress_.insert_or_assign(webhook_id, std::move(progress));
    keep(webhook_id);
}

std::string DeliveryBook::new_secret(const std::string& webhook_id, store::Instant at) {
    auto secret = new_webhook_secret();
    json::array list{json::object{{"secret", secret}}};
    for (auto& kept : kept_secrets(secrets_, webhook_id)) {
        const auto until = kept.until.value_or(at + overlap);
        if (until <= at || list.size() >= secrets_max) continue;
        list.emplace_back(json::object{{"secret", kept.secret}, {"until", micros(until)}});
    }
    secrets_.put(std::string(secret_prefix) + webhook_id, json::serialize(list));
    return secret;
}

std::vector<std::string> DeliveryBook::secrets(const std::string& webhook_id, store::Instant at) const {
    std::vector<std::string> all;
    for (auto& kept : kept_secrets(secrets_, webhook_id)) {
        if (!kept.until || *kept.until > at) all.push_back(std::move(kept.secret));
    }
    return all;
}

}  // namespace vastine::api
