#include "api/server.hpp"

#include <google/protobuf/stubs/logging.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include "api/alerts/alert_desk.hpp"
#include "api/application.hpp"
#include "api/checkpoints/checkpoint_desk.hpp"
#include "api/net/connection.hpp"
#include "api/tls/live_certificate.hpp"

namespace vastine::api {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

constexpr std::chrono::seconds beat_every{15};
constexpr std::chrono::seconds finish_within{10};

// One form for an address, however it is written on the wire.
std::string name_of(asio::ip::address address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    return address.to_string();
}

}  // namespace

struct Server::Inside {
    // In this order: whatever the network still holds when it is destroyed may look at what is above it.
    ServerOptions options;
    LiveCertificate certificate;  // of the strand
    Application application;
    std::unique_ptr<AlertDesk> alerts;
    std::unique_ptr<CheckpointDesk> checkpoints;
    std::mutex counting;
    bool stopping = false;
    std::uint16_t port = 0;
    std::size_t open = 0;
    std::map<std::string, std::size_t> open_by_address;
    asio::io_context network;
    // Acceptor, timers and the list of connections belong to this strand.
    asio::strand<asio::io_context::executor_type> strand{network.get_executor()};
    tcp::acceptor acceptor{strand};
    asio::steady_timer beat{strand};
    asio::steady_timer renewal{strand};
    asio::steady_timer patience{strand};
    asio::signal_set signals{strand};
    std::list<std::weak_ptr<Connection>> connections;
    asio::thread_pool workers;

    Inside(store::Store& store, ServerOptions given, std::function<store::Instant()> now)
        : options(std::move(given)),
          certificate(options.certificate, options.key),
          application(store, options, std::move(now)),
          workers(std::max(1U, options.workers)) {
        listen();
        if (options.checkpoints && options.checkpoints->every.count() > 0) {
            checkpoints = std::make_unique<CheckpointDesk>(*application.services().checkpoints,
                                                           options.checkpoints->every);
        }
        if (!options.alerts) return;
        try {
            alerts = std::make_unique<AlertDesk>(application.services(), *options.alerts);
        } catch (const CannotSend& wrong) {
            throw CannotServe(wrong.what());
        }
    }

    bool ended() {
        const std::scoped_lock lock(counting);
        return stopping;
    }
    void listen();
    void accept();
    void take(tcp::socket socket);
    bool count_in(const std::string& peer);
    void count_out(const std::string& peer);
    void keep_beating();
    void keep_certificate();
    void wind_down();
    void run(const std::function<void()>& on_ready);
};

void Server::Inside::listen() {
    Error error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error) throw CannotServe("\"" + options.address + "\" is no IP address");
    const tcp::endpoint endpoint(address, options.port);
    const auto where = options.address + ":" + std::to_string(options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) throw CannotServe("cannot listen on " + where + ": " + error.message());
    port = acceptor.local_endpoint().port();
}

void Server::Inside::accept() {
    acceptor.async_accept(asio::make_strand(network), [this](Error error, tcp::socket socket) {
        if (ended()) return;
        if (!error) {
            take(std::move(socket));
            return accept();
        }
        // Out of file descriptors, most likely: others will be closed in a moment.
        patience.expires_after(std::chrono::milliseconds(100));
        patience.async_wait([this](Error cancelled) {
            if (!cancelled && !ended()) accept();
        });
    });
}

void Server::Inside::take(tcp::socket socket) {
    Error error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return;
    auto peer = name_of(endpoint.address());
    if (!count_in(peer)) return;  // closed without a word: a word costs a handshake
    socket.set_option(tcp::no_delay(true), error);
    auto connection = Connection::over(std::move(socket), peer,
                                       {application, certificate.context(), workers, options.limits},
                                       [this, peer] { count_out(peer); });
    connections.remove_if([](const auto& weak) { return weak.expired(); });
    connections.push_back(connection);
    connection->start();
}

bool Server::Inside::count_in(const std::string& peer) {
    const std::scoped_lock lock(counting);
    // A proxy of our own speaks for many.
    const bool trusted = std::find(options.trusted_proxies.begin(), options.trusted_proxies.end(), peer) !=
                         options.trusted_proxies.end();
    auto& of_address = open_by_address[peer];
    if (open >= options.limits.connections_max ||
        (!trusted && of_address >= options.limits.connections_per_address_max)) {
        if (of_address == 0) open_by_address.erase(peer);
        return false;
    }
    ++open;
    ++of_address;
    application.services().metrics.connection_opened();
    return true;
}

void Server::Inside::count_out(const std::string& peer) {
    const std::scoped_lock lock(counting);
    --open;
    if (--open_by_address[peer] == 0) open_by_address.erase(peer);
    application.services().metrics.connection_closed();
    if (stopping && open == 0 && !network.stopped()) asio::post(strand, [this] { patience.cancel(); });
}

void Server::Inside::keep_beating() {
    beat.expires_after(beat_every);
    beat.async_wait([this](Error error) {
        if (error || ended()) return;
        asio::post(workers, [this] {
            application.services().feeds.beat();
            application.services().renderings.beat();
        });
        keep_beating();
    });
}

void Server::Inside::keep_certificate() {
    renewal.expires_after(options.certificate_check_every);
    renewal.async_wait([this](Error error) {
        if (error || ended()) return;
        const auto look = certificate.look();
        if (look == LiveCertificate::Look::Renewed) spdlog::info("the certificate was renewed");
        if (look == LiveCertificate::Look::Unfit) {
            spdlog::error("the certificate stays the one in use: {}", certificate.why_unfit());
        }
        keep_certificate();
    });
}

void Server::Inside::wind_down() {
    Error ignored;
    bool waiting = false;
    {
        const std::scoped_lock lock(counting);
        if (stopping) return;
        stopping = true;
        waiting = open > 0;
    }
    acceptor.close(ignored);
    beat.cancel();
    renewal.cancel();
    patience.cancel();
    if (alerts) alerts->stop_soon();
    signals.cancel(ignored);
    for (const auto& weak : connections) {
        if (const auto connection = weak.lock()) connection->finish();
    }
    if (!waiting) return;
    // The last connection that closes ends the wait: see count_out.
    patience.expires_after(finish_within);
    patience.async_wait([this](Error error) {
        if (!error) network.stop();
    });
}

void Server::Inside::run(const std::function<void()>& on_ready) {
    asio::post(workers, [this, on_ready] {
        application.warm_up();
        if (application.services().readiness != Readiness::Ready) return;
        application.services().webhooks.start();
        application.services().publication_desk.start();
        application.services().destruction_desk.start();
        if (alerts) alerts->start();
        if (checkpoints) checkpoints->start();
        if (on_ready) on_ready();
    });
    asio::post(strand, [this] {
        if (ended()) return;
        accept();
        keep_beating();
        keep_certificate();
    });
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < options.network_threads; ++i) {
        threads.emplace_back([this] { network.run(); });
    }
    network.run();
    for (auto& thread : threads) thread.join();
    workers.join();
    application.services().webhooks.stop();
    application.services().renderings.stop();
    application.services().publication_desk.stop();
    application.services().destruction_desk.stop();
    alerts.reset();
    checkpoints.reset();  // last: it signs what the others still wrote
}

Server::Server(store::Store& store, ServerOptions options, std::function<store::Instant()> now)
    : inside_(std::make_unique<Inside>(store, std::move(options), std::move(now))) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
    return inside_->port;
}

void Server::run(const std::function<void()>& on_ready) {
    inside_->run(on_ready);
}

void Server::run_until_signal(const std::function<void()>& on_ready) {
    inside_->signals.add(SIGINT);
    inside_->signals.add(SIGTERM);
    inside_->signals.async_wait([this](Error error, int) {
        if (!error) inside_->wind_down();
    });
    inside_->run(on_ready);
}

void Server::stop() {
    asio::post(inside_->strand, [inside = inside_.get()] { inside->wind_down(); });
}

}  // namespace vastine::api
