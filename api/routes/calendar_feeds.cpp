#include "api/calendar_feed/calendar.hpp"
#include "api/http/conditional.hpp"
#include "api/http/origin.hpp"
#include "api/http/problem.hpp"
#include "api/json.hpp"
#include "api/routes/handlers.hpp"
#include "api/secret.hpp"
#include "domain/schema/session.pb.h"

namespace vastine::api::handlers {

namespace {

using domain::Reason;
using domain::reject;

constexpr std::string_view file_ending = ".ics";

CalendarFeedView feed_view(const CalendarFeeds::Feed& feed) {
    CalendarFeedView view;
    view.set_feed_id(feed.feed_id);
    view.set_label(feed.label);
    *view.mutable_created_at() = timestamp(feed.created_at);
    if (feed.read_at) *view.mutable_read_at() = timestamp(*feed.read_at);
    return view;
}

}  // namespace

Result<Answer> create_calendar_feed(Services& services, Call& call) {
    auto made = services.calendar_feeds.create(call.caller->viewer.user_id,
                                               call.body_as<CreateCalendarFeed>().label());
    if (!made) return tl::unexpected(std::move(made.error()));
    auto view = feed_view(made->feed);
    view.set_url(origin_of(services.public_url, call.request) + "/calendar/" + made->secret +
                 std::string(file_ending));
    return Answer::of(std::move(view), call.route.status);
}

Result<Answer> list_calendar_feeds(Services& services, Call& call) {
    CalendarFeedList list;
    for (const auto& feed : services.calendar_feeds.feeds_of(call.caller->viewer.user_id)) {
        *list.add_feeds() = feed_view(feed);
    }
    return Answer::of(std::move(list));
}

Result<Answer> revoke_calendar_feed(Services& services, Call& call) {
    if (!services.calendar_feeds.revoke(call.caller->viewer.user_id, call.path.at(0))) {
        return reject(Reason::NotFound, "calendar.no_such_feed");
    }
    return Answer::nothing();
}

Result<Answer> calendar(Services& services, Call& call) {
    const auto at = services.now();
    if (services.address_failures.pausing(call.address, at)) return too_many_failures(call);
    std::string_view secret = call.path.at(0);
    std::optional<CalendarFeeds::Feed> feed;
    if (secret.ends_with(file_ending)) {
        secret.remove_suffix(file_ending.size());
        feed = services.calendar_feeds.read(secret);
    }
    if (!feed) {
        services.address_failures.failed(call.address, at);
        return Answer::as_it_is(problem(Trouble::NotFound, call.language));
    }
    const auto user = services.directory.by_id(feed->user_id);
    if (!user) return Answer::as_it_is(problem(Trouble::NotFound, call.language));

    const auto language = domain::parse_language(user->language()).value_or(domain::Language::Finnish);
    const auto viewer = services.viewer_of(*user);
    const auto dates = services.model.read(
        [&](const projections::Views& views) { return own_dates(views, services.store.events(), viewer); });
    Response response;
    response.body = calendar_text(dates, language, origin_of(services.public_url, call.request));
    const auto tag = '"' + hash_of("calendar", response.body).substr(0, 32) + '"';
    response.headers.set("ETag", tag);
    // To be kept by its reader alone, and asked for again each time.
    response.headers.set("Cache-Control", "private, no-cache");
    response.headers.set("Content-Language", std::string(domain::code_of(language)));
    if (none_match_names(call.request.headers.get("If-None-Match"), tag)) {
        response.status = 304;
        response.body.clear();
    } else {
        response.headers.set("Content-Type", "text/calendar; charset=utf-8");
        response.headers.set("Content-Disposition", "inline; filename=\"vastine.ics\"");
    }
    return Answer::as_it_is(std::move(response));
}

}  // namespace vastine::api::handlers
