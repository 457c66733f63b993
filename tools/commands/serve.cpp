#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <optional>

#include "api/server.hpp"
#include "api/tls/local_ca.hpp"
#include "domain/alerts/morning.hpp"
#include "tools/commands/checkpoint_files.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

namespace {

struct Options {
    Target target;
    api::ServerOptions server;
    std::optional<double> requests_per_second;
    api::AlertSettings alerts;
    std::string alerts_at = "07:30";
    std::filesystem::path witness;
    double checkpoint_hours = 1;
    std::filesystem::path openid;
    bool require_second_factor = false;
};

// The provider sends browsers back to the address that people use, which nothing here can guess.
void set_openid(Options& options) {
    if (options.openid.empty()) return;
    if (options.server.public_url.empty()) throw Failure("--openid needs --public-url too: https://host");
    try {
        options.server.openid = api::openid::read_settings(options.openid);
    } catch (const api::openid::SettingsError& wrong) {
        throw Failure(wrong.what());
    }
}

// Mail goes out only where a mail server is named.
void set_alerts(Options& options) {
    auto& public_url = options.server.public_url;
    while (public_url.ends_with('/')) public_url.pop_back();
    if (!public_url.empty() && !public_url.starts_with("https://")) {
        throw Failure("--public-url is given as https://host");
    }
    auto& alerts = options.alerts;
    const auto set_time = domain::parse_time_of_day(options.alerts_at);
    if (!set_time) throw Failure("--alerts-at is given as a time of day: 07:30");
    alerts.set_time = *set_time;
    if (alerts.smtp.url.empty()) {
        if (alerts.from.empty() && alerts.smtp.user.empty() && alerts.smtp.password_file.empty()) return;
        throw Failure("--smtp says which mail server the other --smtp options are for");
    }
    options.server.alerts = alerts;
}

void run(Options& options) {
    // Logs go to stderr and hold no personal data: routes' patterns, ids and counts only.
    spdlog::set_default_logger(spdlog::stderr_color_mt("vastine"));
    auto& server_options = options.server;
    if (server_options.certificate.empty() != server_options.key.empty()) {
        throw Failure("--certificate and --key go together");
    }
    if (options.requests_per_second) {
        server_options.limits.requests_per_second_per_address = *options.requests_per_second;
        server_options.limits.requests_per_second_per_session = *options.requests_per_second;
    }
    set_alerts(options);
    set_openid(options);
    if (options.require_second_factor) server_options.second_factor_duty = api::SecondFactorDuty::Everybody;
    server_options.data_directory = options.target.data;
    server_options.checkpoints = {
        checkpoint_files(options.target, options.witness),
        std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::duration<double, std::ratio<3600>>(options.checkpoint_hours))};
    const auto store = store::Store::open(store_options(options.target));
    std::string authority;
    if (server_options.certificate.empty()) {
        const auto local = api::local_certificate(options.target.data / "tls");
        server_options.certificate = local.certificate;
        server_options.key = local.key;
        authority = local.authority.string();
    }
    api::Server server(*store, server_options);
    const auto address = server_options.address.find(':') == std::string::npos
                             ? server_options.address
                             : "[" + server_options.address + "]";
    // The line a script waits for.
    server.run_until_signal([&] {
        fmt::print("Ready: https://{}:{}\n", address, server.port());
        if (!authority.empty()) fmt::print("Certificate authority: {}\n", authority);
        std::fflush(stdout);
    });
}

}  // namespace

void add_serve(CLI::App& app, const api::WebFiles& web) {
    auto* command = app.add_subcommand(
        "serve", "serve the HTTPS API and the web application; SIGTERM or SIGINT ends it in good order");
    auto options = std::make_shared<Options>();
    add_target(*command, options->target, Doors::DataOnly, Shows::NoPersonalData);
    options->server.port = 8443;
    options->server.web = &web;
    command->add_option("--address", options->server.address, "address to listen on (default: 127.0.0.1)");
    command->add_option("--port", options->server.port,
                        "port to listen on, 0 for any free one (default: 8443)");
    command->add_option("--certificate", options->server.certificate,
                        "certificate chain, PEM; without it a local authority makes one in DIR/tls");
    command->add_option("--key", options->server.key, "private key of the certificate, PEM, mode 0600");
    command->add_option("--trusted-proxy", options->server.trusted_proxies,
                        "address of a proxy whose X-Forwarded-For is believed; may be given again");
    command->add_option("--workers", options->server.workers, "threads that answer requests (default: 12)")
        ->check(CLI::Range(1, 256));
    command
        ->add_option("--requests-per-second", options->requests_per_second,
                     "requests a second for each address before login, and for each session after it")
        ->check(CLI::Range(1, 10'000'000));
    command
        ->add_option("--connections-per-address", options->server.limits.connections_per_address_max,
                     "open connections of one address (default: 100)")
        ->check(CLI::Range(1, 100'000));
    command->add_option("--public-url", options->server.public_url,
                        "address that people use, https://host: links in mails and calendars begin with it");
    command->add_flag("--require-second-factor", options->require_second_factor,
                      "whoever signs in with a password sets up a second factor before anything else");
    command
        ->add_option(
            "--openid", options->openid,
            "settings of the provider at which people sign in (OpenID Connect), TOML; needs --public-url")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    command
        ->add_option("--checkpoint-every", options->checkpoint_hours,
                     "hours between two checkpoints of the logs, when something was recorded; 0: only "
                     "when somebody asks "
                     "(default: 1)")
        ->check(CLI::Range(0.0, 8760.0))
        ->type_name("HOURS");
    command
        ->add_option("--witness", options->witness,
                     "file that checkpoints are appended to, best on another machine (default: DIR/witness)")
        ->type_name("FILE");
    auto& alerts = options->alerts;
    command->add_option("--smtp", alerts.smtp.url,
                        "mail server for the alerts of the morning, smtp://host:587; STARTTLS is required; "
                        "without it no mail is sent");
    command->add_option("--smtp-from", alerts.from, "sender of the mails, a plain address");
    command->add_option("--smtp-user", alerts.smtp.user, "user at the mail server; without it no login");
    command->add_option("--smtp-password-file", alerts.smtp.password_file,
                        "file with the user's password in its first line, mode 0600");
    command->add_option("--smtp-ca", alerts.smtp.authority,
                        "authority of the mail server's certificate, PEM (default: those of the system)");
    command->add_option("--alerts-at", options->alerts_at,
                        "time of day in Finland when alerts go out on working days (default: 07:30)");
    command
        ->add_option("--webhook-ca", options->server.webhook_ca,
                     "authority to believe beside the system's when notices are sent to webhooks, PEM")
        ->check(CLI::ExistingFile);
    command->callback([options] { run(*options); });
}

}  // namespace vastine::tools
