// Arbitrary bytes as what comes out of TLS: Beast's parser with the server's limits, then the whole
// application over a store in memory, as a stranger and as a registrar. Whatever comes, there is an
// answer below 500, and a refusal never holds the token.

#include <boost/asio/buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "api/application.hpp"
#include "api/http/target.hpp"
#include "api/login/token_scope.hpp"
#include "domain/schema/reference.pb.h"

namespace {

using namespace vastine;
namespace http = boost::beast::http;

void must(bool holds) {
    if (!holds) std::abort();
}

store::Instant noon() {
    return std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours{10};
}

struct World {
    std::unique_ptr<store::Store> store = store::Store::in_memory(noon);
    std::unique_ptr<api::Application> application;
    std::string token;

    World() {
        api::ServerOptions options;
        options.cheap_passwords = true;
        options.limits.requests_per_second_per_address = 1e12;
        options.limits.requests_per_second_per_session = 1e12;
        options.limits.failed_logins_per_account_max = 1U << 30U;
        options.limits.failed_logins_per_address_max = 1U << 30U;
        application = std::make_unique<api::Application>(*store, options, noon);
        application->warm_up();
        for (auto& command : domain::default_reference_commands()) take(std::move(command));
        auto user = std::make_unique<SetUser>();
        const std::string id = "a0000000-0000-4000-8000-000000000003";
        user->set_user_id(id);
        user->set_login("registrar");
        user->set_name("Registrar");
        user->add_roles(REGISTRAR);
        user->set_active(true);
        take(std::move(user));
        token = application->services()
                    .accounts.create_token(id, "fuzz", std::chrono::days(30), api::every_token_scope())
                    ->secret;
    }

    void take(std::unique_ptr<google::protobuf::Message> command) {
        api::CommandRequest request;
        request.viewer.user_id = "a0000000-0000-4000-8000-000000000000";
        request.viewer.operating_system_user = true;
        request.kind = REFERENCE;
        for (const auto& entry : domain::commands()) {
            if (entry.message == command->GetDescriptor()) request.path = entry.rule.path();
        }
        request.command = std::move(command);
        request.command_id = api::new_uuid();
        must(application->services().execution.execute(std::move(request)).has_value());
    }
};

void ask(World& world, const api::Request& request) {
    const auto response = world.application->handle(request);
    must(response.status >= 200 && response.status < 500);
    must(response.body.find(world.token) == std::string::npos);
    if (response.source) response.source->close();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static World world;
    http::request_parser<http::string_body> parser;
    parser.eager(true);
    parser.header_limit(16U << 10U);
    parser.body_limit(64U << 10U);
    boost::beast::error_code error;
    boost::asio::const_buffer bytes(data, size);
    while (bytes.size() > 0 && !parser.is_done()) {
        const auto taken = parser.put(bytes, error);
        if (error || taken == 0) break;
        bytes += taken;
    }
    if (error || !parser.is_header_done()) return 0;
    const auto& message = parser.get();
    api::Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    request.peer = "192.0.2.1";
    request.body = message.body();
    for (const auto& field : message)
        request.headers.add(std::string(field.name_string()), std::string(field.value()));
    (void)world.application->body_bytes_max(request);
    ask(world, request);
    request.headers.set("Authorization", "Bearer " + world.token);
    ask(world, request);
    return 0;
}
