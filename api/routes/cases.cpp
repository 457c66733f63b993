#include <algorithm>

#include "api/http/problem.hpp"
#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

namespace {

constexpr std::uint64_t days_asked_max = 36'500;

AsOf as_of(const Call& call) {
    AsOf as_of;
    if (const auto position = call.number("as_of")) as_of.position = store::Position{*position};
    as_of.on = call.date("on");
    return as_of;
}

projections::PageRequest page(const Call& call) {
    projections::PageRequest page;
    page.cursor = call.text("cursor");
    if (const auto limit = call.number("limit")) page.limit = *limit;
    return page;
}

std::set<std::string> names(const Call& call, const std::string& parameter) {
    const auto list = call.list(parameter);
    return {list.begin(), list.end()};
}

std::set<Kind> kinds(const Call& call) {
    std::set<Kind> kinds;
    for (const auto& name : call.list("kind")) {
        for (const auto& entry : domain::kinds()) {
            if (entry.stream_prefix == name) kinds.insert(entry.kind);
        }
    }
    return kinds;
}

template <class M>
Result<Answer> answered(Result<M> result) {
    if (!result) return tl::unexpected(std::move(result.error()));
    return Answer::of(std::move(*result));
}

domain::Area area(const Call& call, domain::Area otherwise) {
    const auto name = call.text("area");
    if (name.empty()) return otherwise;
    return name == "ombudsman" ? domain::Area::Ombudsman : domain::Area::Legal;
}

}  // namespace

Result<Answer> case_page(Services& services, Call& call, Kind kind) {
    auto page = services.reading.case_page(call.reader(), {kind, call.path.at(0)});
    if (!page) return tl::unexpected(std::move(page.error()));
    const store::Version version{page->version()};
    auto answer = Answer::of(std::move(*page));
    answer.version = version;
    return answer;
}

namespace {

projections::WorkState state(const Call& call, projections::WorkState otherwise) {
    const auto name = call.text("state");
    if (name == "open") return projections::WorkState::Open;
    if (name == "ended") return projections::WorkState::Ended;
    if (name == "all") return projections::WorkState::All;
    return otherwise;
}

projections::WorkListQuery narrowed(const Call& call) {
    projections::WorkListQuery query;
    query.stages = names(call, "stage");
    query.unit = call.text("unit");
    query.handler = call.text("handler");
    query.urgency = names(call, "urgency");
    query.cause = call.text("cause");
    query.authority = call.text("authority");
    query.idle_days = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(call.number("idle_days").value_or(0), days_asked_max));
    query.page = page(call);
    return query;
}

}  // namespace

Result<Answer> work_list(Services& services, Call& call) {
    auto query = narrowed(call);
    const auto scope = call.text("scope");
    if (scope == "team") query.scope = projections::WorkScope::Team;
    if (scope == "everything") query.scope = projections::WorkScope::Everything;
    query.state = state(call, projections::WorkState::Open);
    query.kinds = kinds(call);
    return answered(services.reading.work_list(call.reader(), query, as_of(call)));
}

Result<Answer> case_list(Services& services, Call& call, Kind kind) {
    auto query = narrowed(call);
    query.scope = projections::WorkScope::Everything;
    query.state = state(call, projections::WorkState::All);
    query.kinds = {kind};
    return answered(services.reading.work_list(call.reader(), query, as_of(call)));
}

Result<Answer> search(Services& services, Call& call) {
    return answered(services.reading.search(call.reader(), services.search, call.body_as<SearchQuery>()));
}

Result<Answer> deadlines(Services& services, Call& call) {
    projections::DeadlinesQuery query;
    query.kinds = kinds(call);
    query.unit = call.text("unit");
    query.first_month = call.text("first_month");
    query.last_month = call.text("last_month");
    query.page = page(call);
    return answered(services.reading.deadlines(call.reader(), query, as_of(call)));
}

Result<Answer> request_tracker(Services& services, Call& call) {
    projections::RequestTrackerQuery query;
    query.authority = call.text("authority");
    query.request_kind = call.text("request_kind");
    query.first_month = call.text("first_month");
    query.last_month = call.text("last_month");
    query.page = page(call);
    return answered(services.reading.request_tracker(call.reader(), query, as_of(call)));
}

Result<Answer> cause_breakdown(Services& services, Call& call) {
    projections::CauseBreakdownQuery query;
    query.kinds = names(call, "kind");
    query.causes = names(call, "cause");
    query.unit = call.text("unit");
    query.first_month = call.text("first_month");
    query.last_month = call.text("last_month");
    const auto period = call.text("period");
    if (period == "quarter") query.period = projections::PeriodLength::Quarter;
    if (period == "year") query.period = projections::PeriodLength::Year;
    query.drill_down = call.flag("drill_down");
    query.page = page(call);
    return answered(services.reading.cause_breakdown(call.reader(), query, as_of(call)));
}

Result<Answer> own_figures(Services& services, Call& call) {
    return answered(services.reading.own_figures(call.reader()));
}

namespace {

class ExportBody : public BodySource {
public:
    explicit ExportBody(std::unique_ptr<Reading::Export> pieces) : pieces_(std::move(pieces)) {}
    void next(std::function<void(std::string)> ready) override { ready(pieces_->next()); }
    void close() override {}
    [[nodiscard]] bool works() const override { return true; }

private:
    std::unique_ptr<Reading::Export> pieces_;
};

}  // namespace

Result<Answer> export_events(Services& services, Call& call) {
    ExportQuery query;
    query.after = store::Position{call.number("after").value_or(0)};
    if (const auto until = call.number("until")) query.until = store::Position{*until};
    query.provable = call.flag("provable");
    auto pieces = services.reading.export_events(call.reader(), query);
    if (!pieces) return tl::unexpected(std::move(pieces.error()));
    Response response;
    response.headers.set("Content-Type", call.route.media);
    response.source = std::make_shared<ExportBody>(std::move(*pieces));
    return Answer::as_it_is(std::move(response));
}

Result<Answer> access_log(Services& services, Call& call) {
    AccessLogQuery query;
    query.area = area(call, domain::Area::Legal);
    query.after = store::Position{call.number("cursor").value_or(0)};
    query.limit = call.number("limit").value_or(query.limit);
    query.case_id = call.text("case_id");
    return answered(services.reading.access_log(call.reader(), query));
}

std::function<std::optional<domain::Viewer>()> still_there(Services& services, const Call& call) {
    return [&services, means = call.caller->means, key = call.caller->key,
            user_id = call.caller->viewer.user_id]() -> std::optional<domain::Viewer> {
        const auto tokens = means == Caller::Means::Token ? services.accounts.tokens_of(user_id)
                                                          : std::vector<Accounts::Token>();
        const bool there = means == Caller::Means::Session
                               ? services.accounts.is_open(key)
                               : std::any_of(tokens.begin(), tokens.end(),
                                             [&](const auto& token) { return token.token_id == key; });
        const auto user = there ? services.directory.by_id(user_id) : std::nullopt;
        if (!user) return std::nullopt;
        return services.viewer_of(*user);
    };
}

Result<Answer> feed(Services& services, Call& call) {
    const auto last = call.request.headers.get("Last-Event-ID");
    auto after = services.model.read([](const projections::Views& views) { return views.position; });
    const bool position = !last.empty() && last.size() <= 18 &&
                          std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (position) after = std::min(after, store::Position{std::stoull(std::string(last))});

    Response response;
    response.headers.set("Content-Type", call.route.media);
    response.headers.set("X-Accel-Buffering", "no");  // proxies hold it back otherwise
    if (call.request.method != "HEAD")
        response.source = services.feeds.open(after, still_there(services, call));
    return Answer::as_it_is(std::move(response));
}

}  // namespace vastine::api::handlers
