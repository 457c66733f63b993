#include "api/calendar_feed/calendar_feeds.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "api/execution.hpp"
#include "api/secret.hpp"

namespace vastine::api {

namespace {

namespace json = boost::json;

constexpr std::string_view secret_mark = "vsc_";  // lets secret scanners find a leaked one
constexpr std::string_view prefix = "calendar-feed/";
constexpr std::size_t feeds_per_user_max = 20;
constexpr std::size_t label_characters_max = 120;
// Calendars ask every few minutes; when one was read is worth a write an hour.
constexpr std::chrono::hours read_at_grain{1};

std::int64_t micros(store::Instant at) {
    return at.time_since_epoch().count();
}
store::Instant instant(std::int64_t micros) {
    return store::Instant(std::chrono::microseconds(micros));
}

std::string name_of(std::string_view secret) {
    return std::string(prefix) + hash_of("calendar feed", secret);
}

std::string stored(const CalendarFeeds::Feed& feed) {
    json::object object{{"id", feed.feed_id},
                        {"user", feed.user_id},
                        {"label", feed.label},
                        {"created", micros(feed.created_at)}};
    if (feed.read_at) object["read"] = micros(*feed.read_at);
    return json::serialize(object);
}

CalendarFeeds::Feed loaded(const std::string& value) {
    const auto object = json::parse(value).as_object();
    const auto text = [&](const char* key) { return std::string(object.at(key).as_string()); };
    CalendarFeeds::Feed feed{text("id"), text("user"), text("label"),
                             instant(object.at("created").as_int64()), std::nullopt};
    if (const auto* read = object.if_contains("read")) feed.read_at = instant(read->as_int64());
    return feed;
}

bool good_label(std::string_view label) {
    const auto characters = std::count_if(
        label.begin(), label.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
    return !label.empty() && static_cast<std::size_t>(characters) <= label_characters_max &&
           std::none_of(label.begin(), label.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

}  // namespace

domain::Result<CalendarFeeds::NewFeed> CalendarFeeds::create(const std::string& user_id,
                                                             const std::string& label) {
    if (!good_label(label)) {
        return domain::reject(domain::Reason::Invalid, "calendar.label",
                              {{"most", std::to_string(label_characters_max)}}, "label");
    }
    const std::scoped_lock lock(changing_);
    if (feeds_of(user_id).size() >= feeds_per_user_max) {
        return domain::reject(domain::Reason::Conflict, "calendar.too_many_feeds",
                              {{"most", std::to_string(feeds_per_user_max)}});
    }
    auto secret = std::string(secret_mark) + random_secret();
    Feed feed{new_uuid(), user_id, label, now_(), std::nullopt};
    secrets_.put(name_of(secret), stored(feed));
    return NewFeed{std::move(secret), std::move(feed)};
}

std::vector<CalendarFeeds::Feed> CalendarFeeds::feeds_of(const std::string& user_id) const {
    std::vector<Feed> feeds;
    for (const auto& [name, value] : secrets_.scan(std::string(prefix))) {
        auto feed = loaded(value);
        if (feed.user_id == user_id) feeds.push_back(std::move(feed));
    }
    std::sort(feeds.begin(), feeds.end(), [](const Feed& a, const Feed& b) {
        return std::tie(a.created_at, a.feed_id) < std::tie(b.created_at, b.feed_id);
    });
    return feeds;
}

std::optional<CalendarFeeds::Feed> CalendarFeeds::read(std::string_view secret) {
    if (!secret.starts_with(secret_mark) || secret.size() > 100) return std::nullopt;
    const auto name = name_of(secret);
    const std::scoped_lock lock(changing_);
    const auto value = secrets_.get(name);
    if (!value) return std::nullopt;
    auto feed = loaded(*value);
    const auto at = now_();
    if (!feed.read_at || at - *feed.read_at >= read_at_grain) {
        feed.read_at = at;
        secrets_.put(name, stored(feed));
    }
    return feed;
}

bool CalendarFeeds::revoke(const std::string& user_id, std::string_view feed_id) {
    const std::scoped_lock lock(changing_);
    for (const auto& [name, value] : secrets_.scan(std::string(prefix))) {
        const auto feed = loaded(value);
        if (feed.user_id == user_id && feed.feed_id == feed_id) {
            secrets_.erase(name);
            return true;
        }
    }
    return false;
}

}  // namespace vastine::api
