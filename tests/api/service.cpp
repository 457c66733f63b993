#include "tests/api/service.hpp"

#include <catch2/catch.hpp>

#include "api/http/problem.hpp"
#include "api/json.hpp"
#include "api/login/token_scope.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/schema/reference.pb.h"

namespace vastine::test {

const std::string reminder_body =
    R"({"opening":{"arrived_on":"2026-03-01","channel":"letter","cause":"care","maker":"client",)"
    R"("units":["osasto-1"],"sectors":["health"],"subject":"Liian pitkä odotus",)"
    R"("client":{"name":"Aino Esimerkki"},"standing":{"ground":"client"}}})";
const std::string contact_body =
    R"({"contacted_on":"2026-03-02","channel":"phone","who":"client","nature":"information",)"
    R"("language":"fi","ownership":"public","minutes":12,"matters":[{"sectors":["health"],)"
    R"("service_task":"hospital","causes":["patient-care"],"measures":["advice"],"unit":"osasto-1"}]})";

api::ServerLimits Service::generous() {
    api::ServerLimits limits;
    limits.requests_per_second_per_address = 1e9;
    limits.requests_per_second_per_session = 1e9;
    return limits;
}

Service::Service(api::ServerLimits limits, const Also& also)
    : store(store::Store::in_memory([this] { return at; })) {
    begin(limits, also);
}

Service::Service(const std::filesystem::path& directory) {
    store::Options options;
    options.directory = directory;
    options.clock = [this] { return at; };
    store::Store::create(options);
    store = store::Store::open(options);
    begin(generous());
}

void Service::restart() {
    start(generous());
}

void Service::start(const api::ServerLimits& limits, const Also& also) {
    api::ServerOptions options;
    options.limits = limits;
    options.cheap_passwords = true;
    options.trusted_proxies = {"10.0.0.1"};
    options.checkpoints = {{folder.path() / "witness", folder.path() / "public-keys"}, {}};
    if (also) also(options);
    application = std::make_unique<api::Application>(*store, options, [this] { return at; });
    application->warm_up();
}

void Service::begin(const api::ServerLimits& limits, const Also& also) {
    start(limits, also);
    for (auto& command : domain::default_reference_commands()) {
        std::string path;
        for (const auto& entry : domain::commands()) {
            if (entry.message == command->GetDescriptor()) path = entry.rule.path();
        }
        take(REFERENCE, path, std::move(command));
    }
    for (const auto& [id, parent] :
         {std::pair{"sairaala", ""}, {"osasto-1", "sairaala"}, {"henkilosto", ""}}) {
        auto unit = std::make_unique<SetUnit>();
        unit->set_unit_id(id);
        unit->set_parent(parent);
        for (auto* name : {unit->mutable_name()->mutable_fi(), unit->mutable_name()->mutable_sv(),
                           unit->mutable_name()->mutable_en()}) {
            *name = id;
        }
        unit->set_valid_from("2000-01-01");
        take(REFERENCE, "units", std::move(unit));
    }
    add_people();
    add_cases();
}

std::string Service::take(Kind kind, const std::string& path,
                          std::unique_ptr<google::protobuf::Message> command) {
    api::CommandRequest request;
    request.viewer.user_id = "c0000000-0000-4000-8000-000000000000";
    request.viewer.operating_system_user = true;
    request.kind = kind;
    request.path = path;
    request.command = std::move(command);
    request.command_id = api::new_uuid();
    const auto taken = application->services().execution.execute(std::move(request));
    if (!taken) {
        FAIL(taken.error().text << " " << taken.error().field);
        return {};
    }
    return taken->case_id;
}

void Service::add_people() {
    auto& accounts = application->services().accounts;
    for (int number = OMBUDSMAN; number <= BOARD_SECRETARY; ++number) {
        const auto role = static_cast<Role>(number);
        auto user = std::make_unique<SetUser>();
        auto& person = people[role];
        person.user_id = "a0000000-0000-4000-8000-00000000000" + std::to_string(number);
        person.login = "user" + std::to_string(number);
        user->set_user_id(person.user_id);
        user->set_login(person.login);
        user->set_name("Person " + std::to_string(number));
        user->set_language("en");
        user->add_roles(role);
        if (role == UNIT_HEAD) user->add_units("sairaala");
        if (role == AUDITOR) user->add_auditor_of("legal");
        user->set_active(true);
        take(REFERENCE, "users", std::move(user));
        if (!accounts.set_password(person.user_id, password, api::ChosenBy::Owner))
            FAIL("the password is not taken");
        person.token =
            accounts.create_token(person.user_id, "test", std::chrono::days(30), api::every_token_scope())
                ->secret;
    }
}

void Service::add_cases() {
    const auto opened = [&](const std::string& target, const std::string& body, Role role) {
        const auto response = post(target, body, role);
        if (response.status != 201) FAIL(response.status << " " << response.body);
        return std::string(json_of(response).at("case_id").as_string());
    };
    reminder = opened("/api/v1/reminders", reminder_body, REGISTRAR);
    contact = opened("/api/v1/contacts", contact_body, OMBUDSMAN);
}

api::Request Service::request(const Sent& sent) {
    api::Request request;
    request.method = sent.method;
    request.target = sent.target;
    request.body = sent.body;
    request.peer = "192.0.2.1";
    for (const auto& [name, value] : sent.headers) request.headers.add(name, value);
    if (!sent.token.empty()) request.headers.set("Authorization", "Bearer " + sent.token);
    if (!sent.body.empty() && request.headers.get("Content-Type").empty()) {
        request.headers.set("Content-Type", "application/json");
    }
    if (sent.if_match) request.headers.set("If-Match", "\"" + std::to_string(*sent.if_match) + "\"");
    if (!sent.key.empty()) request.headers.set("Idempotency-Key", sent.key);
    return request;
}

api::Response Service::get(const std::string& target, Role role) {
    return send({.target = target, .token = people.at(role).token});
}

api::Response Service::post(const std::string& target, const std::string& body, Role role,
                            std::optional<std::uint64_t> if_match) {
    return send({.method = "POST",
                 .target = target,
                 .body = body,
                 .token = people.at(role).token,
                 .if_match = if_match,
                 .key = api::new_uuid()});
}

std::uint64_t Service::version(const std::string& stream) const {
    return store->events().version({stream}).value;
}

std::uint64_t Service::accesses(store::AccessArea area) const {
    std::uint64_t count = 0;
    store->access().read(area, {}, [&](const store::Record&, const PersonalDataRead&) {
        ++count;
        return true;
    });
    return count;
}

boost::json::object json_of(const api::Response& response) {
    boost::json::error_code error;
    auto value = boost::json::parse(response.body, error);
    if (error || !value.is_object()) FAIL("no JSON object: " << response.status << " " << response.body);
    return value.as_object();
}

std::string type_of(const api::Response& response) {
    const auto problem = json_of(response);
    const std::string type(problem.at("type").as_string());
    return type.substr(type.rfind(':') + 1);
}

}  // namespace vastine::test
