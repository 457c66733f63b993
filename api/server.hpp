#pragma once
// HTTPS over Boost.Beast: an asynchronous listener and sessions, handlers on a pool of workers.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "api/alerts/settings.hpp"
#include "api/checkpoints/settings.hpp"
#include "api/login/openid/settings.hpp"
#include "api/reports/renderings.hpp"
#include "api/web/web_files.hpp"
#include "store/store.hpp"

namespace vastine::api {

// Limits on everything a stranger controls.
struct ServerLimits {
    std::size_t header_bytes_max = std::size_t{16} << 10U;
    std::size_t body_bytes_max = std::size_t{1} << 20U;     // of a command
    std::size_t import_bytes_max = std::size_t{64} << 20U;  // of an import, after login
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds header{10'000};  // from the first byte allowed to the header's end
    std::chrono::milliseconds body{30'000};
    std::chrono::milliseconds keep_alive{60'000};  // idle between requests
    std::chrono::milliseconds write{30'000};       // of one piece of an answer
    std::size_t connections_max = 2'000;
    std::size_t connections_per_address_max = 100;
    double requests_per_second_per_address = 50;  // before login
    double requests_per_second_per_session = 100;
    std::size_t failed_logins_per_account_max = 5;  // in five minutes; then a pause
    std::size_t failed_logins_per_address_max = 20;
};

// Whether a session that a password opened must have a second factor before it is good for anything else.
enum class SecondFactorDuty { Nobody, Everybody };

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;                                    // 0: any free one, see port()
    std::filesystem::path certificate;                         // PEM chain
    std::filesystem::path key;                                 // PEM, mode 0600
    std::chrono::milliseconds certificate_check_every{5'000};  // a renewed one is used from then on
    ServerLimits limits;
    std::vector<std::string> trusted_proxies;  // whose X-Forwarded-For is believed: addresses
    unsigned network_threads = 1;
    // More than there are cores: a worker waits while the disk makes its page's entry in the access log
    // durable, and those that wait share one sync.
    unsigned workers = 12;
    // Where people reach it: https://host, no slash at its end; empty: as they call it.
    std::string public_url;
    std::filesystem::path data_directory;  // of which disk and backup are told; empty: none
    std::filesystem::path webhook_ca;      // PEM: an authority to believe beside the system's; empty: none
    std::optional<AlertSettings> alerts;   // nothing: no mail is sent
    std::optional<CheckpointSettings> checkpoints;  // nothing: no place for them
    const WebFiles* web = nullptr;                  // the web application; nothing: none is served
    RenderingLimits renderings;
    SecondFactorDuty second_factor_duty = SecondFactorDuty::Nobody;
    std::optional<openid::Settings> openid;  // with public_url; nothing: passwords alone
    bool cheap_passwords = false;            // tests only: the least Argon2id cost
};

// Says what is wrong and what to do, for the person at the terminal.
struct CannotServe : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Server {
public:
    // Binds the port and reads the certificate; throws CannotServe. `store` outlives the server.
    Server(store::Store& store, ServerOptions options, std::function<store::Instant()> now = {});
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    // Serves until stop(). Folds the log first, in the background: /health/ready says when that is
    // done, and until then everything else answers 503. `on_ready` is called once, from a worker.
    void run(const std::function<void()>& on_ready = {});
    // The same, and stops on SIGINT and SIGTERM.
    void run_until_signal(const std::function<void()>& on_ready = {});
    // Takes no new connections, lets requests under way finish, then run() returns. Any thread.
    void stop();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
