#include "api/application.hpp"

#include <google/protobuf/message.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "api/attachments/attachment_receiver.hpp"
#include "api/http/cookie.hpp"
#include "api/http/problem.hpp"
#include "api/http/purpose.hpp"
#include "api/json.hpp"
#include "api/login/token_scope.hpp"
#include "api/rendering/rendering.hpp"
#include "api/routes/handlers.hpp"
#include "api/routes/route.hpp"
#include "domain/identifiers/uuid.hpp"

namespace vastine::api {

namespace {

constexpr std::string_view session_cookie = "__Host-vastine";

std::function<store::Instant()> clock_or_system(std::function<store::Instant()> now) {
    if (now) return now;
    return [] {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    };
}

bool unsafe(const std::string& method) {
    return method != "GET" && method != "HEAD";
}

bool json_media(std::string_view type) {
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    std::string lower(type);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower == "application/json";
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

bool number(std::string_view text) {
    return !text.empty() && text.size() <= 18 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A strong entity tag of ours: "7".
std::optional<store::Version> version_in(std::string_view tag) {
    if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return std::nullopt;
    const auto digits = tag.substr(1, tag.size() - 2);
    if (!number(digits)) return std::nullopt;
    return store::Version{std::stoull(std::string(digits))};
}

bool fits(const Parameter& parameter, const std::string& value) {
    if (value.empty()) return !parameter.required;
    switch (parameter.form) {
        case Form::Text:
            return value.size() <= 400;
        case Form::Opaque:
            return true;  // as long as an address may be
        case Form::Uuid:
            return domain::is_uuid(value);
        case Form::Date:
            return domain::parse_date(value).has_value();
        case Form::Month:
            return value.size() == 7 && domain::parse_date(value + "-01").has_value();
        case Form::Number:
            return number(value);
        case Form::Flag:
            return value == "true" || value == "false";
        case Form::Choice: {
            std::size_t at = 0;
            while (at <= value.size()) {
                const auto end = parameter.list ? std::min(value.find(',', at), value.size()) : value.size();
                const auto item = value.substr(at, end - at);
                if (std::find(parameter.choices.begin(), parameter.choices.end(), item) ==
                    parameter.choices.end()) {
                    return false;
                }
                at = end + 1;
            }
            return true;
        }
    }
    return false;
}

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;  // clang 16 deduces no aggregates

bool names_role_of(const domain::Viewer& viewer, const CommandRule& rule) {
    return std::any_of(rule.by().begin(), rule.by().end(),
                       [&](int role) { return viewer.roles.contains(static_cast<Role>(role)); });
}

}  // namespace

domain::Viewer Services::viewer_of(const SetUser& user) const {
    const auto today = domain::helsinki_date(now());
    return model.read(
        [&](const projections::Views& views) { return domain::viewer_of(user, views.reference, today); });
}

bool Services::passwords_open() const {
    return openid == nullptr || openid->provider.settings().local_accounts;
}

Unfinished Services::unfinished(const Accounts::Session& session) const {
    if (session.password_change_required) return Unfinished::Password;
    // The provider asks for its own second factor.
    const bool lacking = second_factor_duty == SecondFactorDuty::Everybody &&
                         session.by != SignedInBy::Provider && !second_factors.is_on(session.user_id);
    return lacking ? Unfinished::SecondFactor : Unfinished::Nothing;
}

std::optional<Caller> Services::caller_of_session(std::string_view secret) {
    const auto session = accounts.session(secret);
    if (!session) return std::nullopt;
    const auto user = directory.by_id(session->user_id);
    if (!user) return std::nullopt;
    auto viewer = viewer_of(*user);
    viewer.broke_glass = emergencies.reasons(session->key, now());
    return Caller{std::move(viewer),
                  user->name(),
                  domain::parse_language(user->language()).value_or(domain::Language::Finnish),
                  Caller::Means::Session,
                  session->key,
                  std::string(secret),
                  unfinished(*session)};
}

std::optional<Caller> Services::caller_of_token(std::string_view secret) {
    const auto token = accounts.token(secret);
    if (!token) return std::nullopt;
    const auto user = directory.by_id(token->user_id);
    if (!user) return std::nullopt;
    return Caller{viewer_of(*user),
                  user->name(),
                  domain::parse_language(user->language()).value_or(domain::Language::Finnish),
                  Caller::Means::Token,
                  token->token_id,
                  {},
                  Unfinished::Nothing,
                  token->scopes};
}

struct Application::Inside {
    Services services;
    ServerLimits limits;
    std::vector<std::string> trusted_proxies;
    RateLimit per_address;
    RateLimit per_session;

    Inside(store::Store& store, const ServerOptions& options, const std::function<store::Instant()>& now)
        : services{store,
                   now,
                   projections::ReadModel(store.events()),
                   Execution(store, services.model, now),
                   Reading(store, services.model, now),
                   Directory(store.events()),
                   Accounts(store.secrets(), now,
                            options.cheap_passwords ? PasswordCost::Least : PasswordCost::Interactive),
                   SecondFactors(store.secrets(), now),
                   options.second_factor_duty,
                   options.openid ? std::make_unique<openid::Door>(*options.openid, options.public_url, now)
                                  : nullptr,
                   CalendarFeeds(store.secrets(), now),
                   Feeds(store.events(), services.model),
                   AlertLedger(store.events(), now,
                               [this](store::Position written) {
                                   services.model.catch_up(written);
                                   services.feeds.advance();
                               }),
                   {},
                   Failures(options.limits.failed_logins_per_account_max),
                   Failures(options.limits.failed_logins_per_address_max),
                   options.public_url,
                   options.web,
                   Webhooks(store, services.model, now, options.webhook_ca),
                   Editions(store, services.model),
                   Reports(services.editions, services.model, now),
                   Renderings(now, options.renderings),
                   PublicationDesk(
                       {store, services.model, services.editions, now, [this] { services.feeds.advance(); }}),
                   projections::search::Search(store.events(), services.model),
                   DestructionDesk({store, services.model, now, [this] { services.feeds.advance(); },
                                    [this](const std::vector<std::string>& streams) {
                                        services.search.forget(streams);
                                    }}),
                   {now(), options.data_directory, options.certificate, options.alerts.has_value()},
                   options.checkpoints
                       ? std::make_unique<store::Checkpoints>(store, options.checkpoints->files, now)
                       : nullptr,
                   RotationDesk(store, now)},
          limits(options.limits),
          trusted_proxies(options.trusted_proxies),
          per_address(options.limits.requests_per_second_per_address),
          per_session(options.limits.requests_per_second_per_session) {
        services.feeds.also([this] {
            services.webhooks.wake();
            services.publication_desk.wake();
            services.destruction_desk.wake();
            services.search.wake();
        });
    }

    [[nodiscard]] std::string address(const Request& request) const;
    [[nodiscard]] std::optional<Caller> caller(const Request& request);
    [[nodiscard]] Response steps(const Request& request, std::string& pattern);
    [[nodiscard]] std::optional<Response> authorise(const Route& route, const std::optional<Caller>& caller,
                                                    const Request& request, domain::Language language);
    [[nodiscard]] std::optional<Response> precondition(Call& call) const;
    [[nodiscard]] std::optional<Response> parameters(Call& call) const;
    [[nodiscard]] std::optional<Response> parse(Call& call) const;
    [[nodiscard]] static Response answer(Answer answer, const Call& call);
    void faulty(const char* what);
};

// The nearest address that no trusted proxy of ours vouches for.
std::string Application::Inside::address(const Request& request) const {
    const auto trusted = [&](std::string_view peer) {
        return std::find(trusted_proxies.begin(), trusted_proxies.end(), peer) != trusted_proxies.end();
    };
    std::string_view peer = request.peer;
    auto forwarded = request.headers.get("X-Forwarded-For");
    while (trusted(peer) && !forwarded.empty()) {
        const auto comma = forwarded.rfind(',');
        auto last = comma == std::string_view::npos ? forwarded : forwarded.substr(comma + 1);
        forwarded = comma == std::string_view::npos ? std::string_view() : forwarded.substr(0, comma);
        while (last.starts_with(' ')) last.remove_prefix(1);
        while (last.ends_with(' ')) last.remove_suffix(1);
        if (last.empty() || last.size() > 64) break;
        peer = last;
    }
    return std::string(peer);
}

std::optional<Caller> Application::Inside::caller(const Request& request) {
    const auto authorization = request.headers.get("Authorization");
    if (!authorization.empty()) {
        constexpr std::string_view scheme = "bearer ";
        if (lower_case(authorization.substr(0, scheme.size())) != scheme) return std::nullopt;
        return services.caller_of_token(authorization.substr(scheme.size()));
    }
    const auto secret = cookie(request.headers.get("Cookie"), session_cookie);
    if (secret.empty() || secret.size() > 100) return std::nullopt;
    return services.caller_of_session(secret);
}

std::optional<Response> Application::Inside::authorise(const Route& route,
                                                       const std::optional<Caller>& caller,
                                                       const Request& request, domain::Language language) {
    if (std::holds_alternative<Anyone>(route.admission)) return std::nullopt;
    if (!caller) {
        auto response = problem(Trouble::NotSignedIn, language);
        response.headers.set("WWW-Authenticate", "Bearer");
        return response;
    }
    if (caller->means == Caller::Means::Session && unsafe(request.method) &&
        !services.accounts.csrf_matches(caller->session_secret, request.headers.get("X-CSRF-Token"))) {
        return problem(Trouble::WrongCsrfToken, language);
    }
    const auto* any_session = std::get_if<WithAnySession>(&route.admission);
    const auto open_until = any_session == nullptr ? Unfinished::Nothing : any_session->until;
    if (caller->unfinished > open_until) {
        return problem(caller->unfinished == Unfinished::Password ? Trouble::PasswordChangeRequired
                                                                  : Trouble::SecondFactorSetUpRequired,
                       language);
    }
    const auto scope = scope_of(route);
    if (caller->means == Caller::Means::Token && scope && !caller->scopes.contains(*scope)) {
        return problem(
            Trouble::OutsideTokenScope, language,
            {{"scope", domain::text("token_scope." + lower_case(TokenScope_Name(*scope)), language)}});
    }
    const auto& viewer = caller->viewer;
    const bool admitted =
        std::visit(Overloaded{[](Anyone) { return true; }, [](SignedIn) { return true; },
                              [&](WithSession) { return caller->means == Caller::Means::Session; },
                              [&](WithAnySession) { return caller->means == Caller::Means::Session; },
                              [&](AreaWorker) {
                                  return domain::works_in(viewer, domain::Area::Ombudsman) ||
                                         domain::works_in(viewer, domain::Area::Legal);
                              },
                              [&](DestructionReader) {
                                  const auto sees = [&](domain::Area area) {
                                      return domain::sight(viewer, domain::DestructionScope{area}) !=
                                             domain::DestructionSight::Nothing;
                                  };
                                  return sees(domain::Area::Ombudsman) || sees(domain::Area::Legal);
                              },
                              [&](const KindWorker& worker) {
                                  const auto area = domain::area_of(worker.kind);
                                  return area && domain::works_in(viewer, *area);
                              },
                              // Decided without looking at the case: says nothing about whether there is one.
                              [&](const Giver& giver) {
                                  const auto area = domain::area_of(giver.kind);
                                  return names_role_of(viewer, *giver.rule) &&
                                         (!area || domain::works_in(viewer, *area));
                              },
                              [&](domain::Right right) { return domain::may(viewer, right); }},
                   route.admission);
    if (!admitted) return problem(Trouble::NotAllowed, language);
    return std::nullopt;
}

std::optional<Response> Application::Inside::precondition(Call& call) const {
    const auto& request = call.request;
    // What goes on record is what was meant, or nothing is read.
    auto purpose = read_purpose(request.headers.get("X-Purpose"));
    if (!purpose) return problem(Trouble::BadPurpose, call.language);
    call.purpose = std::move(*purpose);
    if (call.route.takes != nullptr && !json_media(request.headers.get("Content-Type"))) {
        auto response = problem(Trouble::WrongMediaType, call.language);
        response.headers.set("Accept", "application/json");
        return response;
    }
    if (call.route.takes == nullptr && !call.route.receives && !call.route.form_body &&
        !request.body.empty()) {
        return problem(Trouble::MalformedRequest, call.language);
    }
    if (call.route.needs.key) {
        call.idempotency_key = lower_case(request.headers.get("Idempotency-Key"));
        if (!domain::is_uuid(call.idempotency_key)) return problem(Trouble::KeyMissing, call.language);
    }
    if (call.route.needs.version) {
        call.if_match = version_in(request.headers.get("If-Match"));
        if (!call.if_match) return problem(Trouble::PreconditionRequired, call.language);
    }
    return std::nullopt;
}

std::optional<Response> Application::Inside::parameters(Call& call) const {
    for (const auto& [name, value] : call.query) {
        const auto known = std::find_if(call.route.query.begin(), call.route.query.end(),
                                        [&](const Parameter& parameter) { return parameter.name == name; });
        if (known == call.route.query.end() && call.route.foreign_query) continue;
        if (known == call.route.query.end()) return problem(Trouble::UnknownParameter, call.language);
        if (!fits(*known, value))
            return problem(Trouble::BadParameter, call.language, {{"parameter", known->name}});
    }
    for (const auto& parameter : call.route.query) {
        if (parameter.required && !call.query.contains(parameter.name)) {
            return problem(Trouble::BadParameter, call.language, {{"parameter", parameter.name}});
        }
    }
    // A case's id is a UUID; anything else is a case that is not there.
    std::size_t braces = 0;
    for (std::size_t at = call.route.pattern.find('{'); at != std::string::npos;
         at = call.route.pattern.find('{', at + 1), ++braces) {
        if (call.route.pattern.compare(at, 4, "{id}") == 0 && !domain::is_uuid(call.path[braces])) {
            return problem(Trouble::NotFound, call.language);
        }
    }
    return std::nullopt;
}

std::optional<Response> Application::Inside::parse(Call& call) const {
    if (call.route.takes == nullptr) return std::nullopt;
    call.body.reset(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(call.route.takes)->New());
    JsonLimits json_limits;
    json_limits.bytes_max = call.route.large_body ? limits.import_bytes_max : limits.body_bytes_max;
    auto read = read_json(call.request.body, *call.body, json_limits);
    if (!read) return problem(Trouble::UnreadableBody, read.error(), call.language);
    return std::nullopt;
}

Response Application::Inside::answer(Answer answer, const Call& call) {
    Response response;
    if (answer.ready) {
        response = std::move(*answer.ready);
    } else {
        response.status = answer.status;
        if (answer.message) {
            response.headers.set("Content-Type", call.route.media);
            response.body = write_json(*answer.message, Defaults::Written);
        }
    }
    if (answer.version) response.headers.set("ETag", "\"" + std::to_string(answer.version->value) + "\"");
    if (!answer.location.empty()) response.headers.set("Location", answer.location);
    if (response.headers.get("Cache-Control").empty()) response.headers.set("Cache-Control", "no-store");
    if (response.headers.get("Content-Language").empty()) {
        response.headers.set("Content-Language", std::string(domain::code_of(call.language)));
    }
    return response;
}

void Application::Inside::faulty(const char* what) {
    // `what` is the store's own sentence about disks and positions; a record's content is never in it.
    spdlog::error("not ready: {}", what);
    services.readiness = Readiness::Faulty;
}

Response Application::Inside::steps(const Request& request, std::string& pattern) {
    const auto accepted = accepted_language(request.headers.get("Accept-Language"));
    const auto language = accepted.value_or(domain::Language::Finnish);

    auto target = parse_target(request.target);
    if (!target) return problem(Trouble::MalformedRequest, language);
    const auto from = address(request);
    auto matched = match(request.method, target->segments);
    if (matched.methods.empty() && !target->segments.empty() &&
        page_of_the_application(request, target->segments.front())) {
        matched = match(request.method, {});
    }
    // The query of a page is the application's, which reads it in the browser.
    if (matched.route != nullptr && matched.route->pattern == "/") target->query.clear();
    if (matched.route != nullptr) pattern = matched.route->pattern;

    // Without a route nobody is looked up: a stranger's noise costs little.
    std::optional<Caller> who;
    if (matched.route != nullptr && !std::holds_alternative<Anyone>(matched.route->admission)) {
        who = caller(request);
    }
    const auto at = services.now();
    // A county starts its working day from one address.
    const bool counted = matched.route == nullptr || !matched.route->uncounted;
    if (counted && !(who ? per_session.take(who->key, at) : per_address.take(from, at))) {
        auto response = problem(Trouble::TooManyRequests, language);
        response.headers.set("Retry-After", "1");
        return response;
    }
    if (matched.methods.empty()) return problem(Trouble::NotFound, language);
    if (matched.route == nullptr) {
        auto response = problem(Trouble::MethodNotAllowed, language);
        std::string allow;
        for (const auto& method : matched.methods) allow += (allow.empty() ? "" : ", ") + method;
        response.headers.set("Allow", allow);
        return response;
    }
    const auto& route = *matched.route;
    const auto spoken = accepted.value_or(who ? who->language : domain::Language::Finnish);
    if (!route.while_warming_up && services.readiness == Readiness::WarmingUp) {
        auto response = problem(Trouble::WarmingUp, spoken);
        response.headers.set("Retry-After", "2");
        return response;
    }
    // After corruption nothing is written; what was folded before it can still be read.
    if (!route.while_warming_up && services.readiness == Readiness::Faulty &&
        (unsafe(request.method) || !services.folded)) {
        return problem(Trouble::Faulty, spoken);
    }

    Call call{request,
              route,
              from,
              std::move(matched.path),
              std::move(target->query),
              spoken,
              std::move(who),
              std::nullopt,
              {},
              {},
              nullptr};
    if (auto refused = authorise(route, call.caller, request, spoken)) return std::move(*refused);
    if (auto refused = parameters(call)) return std::move(*refused);
    if (auto refused = precondition(call)) return std::move(*refused);
    if (auto refused = parse(call)) return std::move(*refused);
    auto result = route.handler(services, call);
    if (!result) return problem(result.error(), spoken);
    return answer(std::move(*result), call);
}

Application::Application(store::Store& store, const ServerOptions& options,
                         std::function<store::Instant()> now)
    : inside_(std::make_unique<Inside>(store, options, clock_or_system(std::move(now)))) {
    // Protobuf's own lines on stderr quote what they complain about.
    google::protobuf::SetLogHandler(nullptr);
}

Application::~Application() = default;

Services& Application::services() {
    return inside_->services;
}

void Application::warm_up() {
    auto& services = inside_->services;
    try {
        services.model.catch_up(services.store.events().head().position);
        services.folded = true;
        services.readiness = Readiness::Ready;
        services.search.start([] { spdlog::warn("search: the index cannot be read on, trying again"); });
    } catch (const std::exception& error) {
        inside_->faulty(error.what());
    }
}

Response Application::handle(const Request& request) {
    const auto started = std::chrono::steady_clock::now();
    std::string pattern = "none";
    Response response;
    const auto language = [&] {
        return accepted_language(request.headers.get("Accept-Language")).value_or(domain::Language::Finnish);
    };
    try {
        response = inside_->steps(request, pattern);
    } catch (const store::Corruption& corruption) {
        inside_->faulty(corruption.what());
        response = problem(Trouble::Faulty, language());
    } catch (const store::Fault& fault) {
        spdlog::error("fault: {}", fault.what());
        response = problem(Trouble::Faulty, language());
        response.headers.set("Retry-After", "5");
    } catch (const rendering::Busy&) {
        response = problem(Trouble::Busy, language());
        response.headers.set("Retry-After", "10");
    } catch (const rendering::Failed& failed) {
        spdlog::error("{} {}: {}", request.method.substr(0, 10), pattern, failed.what());
        response = problem(Trouble::Faulty, language());
        response.headers.set("Retry-After", "30");
    } catch (const std::exception& error) {
        // Its text may hold anything: what threw is named by type only.
        spdlog::error("{} {}: unexpected {}", request.method.substr(0, 10), pattern, typeid(error).name());
        response = problem(Trouble::Internal, language());
    }
    auto& headers = response.headers;
    headers.set("Strict-Transport-Security", "max-age=31536000");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("X-Frame-Options", "DENY");
    if (headers.get("Content-Security-Policy").empty()) {
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
    if (headers.get("Vary").empty()) headers.set("Vary", "Accept-Language");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    inside_->services.metrics.count({request.method, pattern, response.status, took.count()});
    spdlog::info("{} {} {:.1f} ms", pattern, response.status, took.count() * 1000);
    return response;
}

std::shared_ptr<BodyReceiver> Application::receiver(const Request& head) {
    auto& services = inside_->services;
    const auto target = parse_target(head.target);
    if (!target || services.readiness != Readiness::Ready) return nullptr;
    const auto matched = match(head.method, target->segments);
    if (matched.route == nullptr || !matched.route->receives) return nullptr;
    try {
        const auto who = inside_->caller(head);
        // Refused in the handler's turn, in words; until then nothing is taken.
        if (!who || inside_->authorise(*matched.route, who, head, domain::Language::Finnish)) return nullptr;
        const bool ids =
            std::ranges::all_of(matched.path, [](const auto& id) { return domain::is_uuid(id); });
        if (!ids) return nullptr;
        auto receiver = matched.route->receives(services, *who, matched.path, head.headers);
        return receiver ? std::move(*receiver) : nullptr;
    } catch (const std::exception&) {
        return nullptr;
    }
}

std::size_t Application::body_bytes_max(const Request& head) {
    if (head.receiver) return handlers::attachment_bytes_max(inside_->services);
    const auto target = parse_target(head.target);
    if (!target) return 0;
    const auto matched = match(head.method, target->segments);
    if (matched.route == nullptr || !matched.route->large_body) return inside_->limits.body_bytes_max;
    try {
        const auto who = inside_->caller(head);
        const bool may = who && !inside_->authorise(*matched.route, who, head, domain::Language::Finnish);
        return may ? inside_->limits.import_bytes_max : inside_->limits.body_bytes_max;
    } catch (const std::exception&) {
        return inside_->limits.body_bytes_max;
    }
}

Response Application::refuse(unsigned status, const Request& request) {
    const auto language =
        accepted_language(request.headers.get("Accept-Language")).value_or(domain::Language::Finnish);
    switch (status) {
        case 408:
            return problem(Trouble::Timeout, language);
        case 413:
            return request.receiver
                       ? problem(Trouble::TooLarge,
                                 file_too_large(handlers::attachment_bytes_max(inside_->services)), language)
                       : problem(Trouble::TooLarge, language);
        case 417:
            return problem(Trouble::ExpectationFailed, language);
        case 429:
            return problem(Trouble::TooManyRequests, language);
        case 431:
            return problem(Trouble::HeaderTooLarge, language);
        case 503:
            return problem(Trouble::Faulty, language);
        default:
            return problem(Trouble::MalformedRequest, language);
    }
}

// ---- what a handler asks of its call ----

Reader Call::reader() const {
    Reader reader;
    reader.viewer = caller->viewer;
    reader.language = language;
    reader.route = route.method + " " + route.pattern;
    reader.purpose = purpose;
    return reader;
}

std::string Call::text(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

std::vector<std::string> Call::list(const std::string& name) const {
    const auto value = text(name);
    std::vector<std::string> items;
    std::size_t at = 0;
    while (at < value.size()) {
        const auto end = std::min(value.find(',', at), value.size());
        if (end > at) items.push_back(value.substr(at, end - at));
        at = end + 1;
    }
    return items;
}

std::optional<std::uint64_t> Call::number(const std::string& name) const {
    const auto value = text(name);
    if (value.empty()) return std::nullopt;
    return std::stoull(value);
}

std::optional<domain::Date> Call::date(const std::string& name) const {
    return domain::parse_date(text(name));
}

bool Call::flag(const std::string& name) const {
    return text(name) == "true";
}

}  // namespace vastine::api
