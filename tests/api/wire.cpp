#include "tests/api/wire.hpp"

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <future>

namespace vastine::test {

namespace {

std::string lower(std::string text) {
    for (auto& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

}  // namespace

Served::Served(api::ServerLimits limits, const Between& between) : service(limits) {
    directory_ = std::filesystem::temp_directory_path() / ("vastine-" + api::new_uuid());
    certificate_ = api::local_certificate(directory_);
    api::ServerOptions options;
    options.certificate = certificate_.certificate;
    options.key = certificate_.key;
    options.certificate_check_every = std::chrono::milliseconds(20);
    options.limits = limits;
    options.workers = 2;
    options.cheap_passwords = true;
    auto& store = between ? between(*service.store) : *service.store;
    server_ = std::make_unique<api::Server>(store, options, [this] { return service.at; });
    std::promise<void> ready;
    thread_ = std::thread([&, this] { server_->run([&] { ready.set_value(); }); });
    if (ready.get_future().wait_for(std::chrono::seconds(20)) != std::future_status::ready) FAIL("not ready");
}

Served::~Served() {
    stop();
    std::filesystem::remove_all(directory_);
}

void Served::stop() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
}

struct Wire::Inside {
    SSL_CTX* context = nullptr;
    BIO* bio = nullptr;
    bool connected = false;
    std::string buffer;
};

Wire::Wire(const Served& served, int tls_version_max, const std::filesystem::path& authority)
    : inside_(std::make_unique<Inside>()) {
    std::signal(SIGPIPE, SIG_IGN);  // a server that closes is what some tests wait for
    inside_->context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(inside_->context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_load_verify_locations(
        inside_->context, (authority.empty() ? served.certificate().authority : authority).c_str(), nullptr);
    if (tls_version_max != 0) {
        SSL_CTX_set_security_level(inside_->context, 0);
        SSL_CTX_set_min_proto_version(inside_->context, 0);
        SSL_CTX_set_max_proto_version(inside_->context, tls_version_max);
    }
    inside_->bio = BIO_new_ssl_connect(inside_->context);
    SSL* ssl = nullptr;
    BIO_get_ssl(inside_->bio, &ssl);
    SSL_set1_host(ssl, "localhost");
    BIO_set_conn_hostname(inside_->bio, ("127.0.0.1:" + std::to_string(served.port())).c_str());
    inside_->connected = BIO_do_connect(inside_->bio) == 1 && BIO_do_handshake(inside_->bio) == 1;
    int socket = -1;
    BIO_get_fd(inside_->bio, &socket);
    const timeval patience{20, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

Wire::~Wire() {
    BIO_free_all(inside_->bio);
    SSL_CTX_free(inside_->context);
}

bool Wire::connected() const {
    return inside_->connected;
}

void Wire::say(const std::string& bytes) {
    std::size_t said = 0;
    while (said < bytes.size()) {
        const int count = BIO_write(inside_->bio, bytes.data() + said, static_cast<int>(bytes.size() - said));
        if (count <= 0) return;  // the other end has closed; what it said can still be heard
        said += static_cast<std::size_t>(count);
    }
}

bool Wire::fill() {
    std::string bytes(65'536, '\0');
    const int count = BIO_read(inside_->bio, bytes.data(), static_cast<int>(bytes.size()));
    if (count <= 0) return false;
    inside_->buffer.append(bytes, 0, static_cast<std::size_t>(count));
    return true;
}

std::string Wire::hear_some() {
    if (inside_->buffer.empty() && !fill()) return {};
    return std::exchange(inside_->buffer, {});
}

Heard Wire::hear(Answers to) {
    auto& buffer = inside_->buffer;
    Heard heard;
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill()) return heard;
    }
    heard.head = buffer.substr(0, end + 2);
    buffer.erase(0, end + 4);
    heard.status = static_cast<unsigned>(std::stoul(heard.head.substr(9, 3)));
    if (to == Answers::Head || heard.status == 204 || heard.status == 304 || heard.status == 100)
        return heard;
    if (lower(heard.header("transfer-encoding")) == "chunked") {
        while (true) {
            while ((end = buffer.find("\r\n")) == std::string::npos) {
                if (!fill()) return heard;
            }
            const auto size = std::stoul(buffer.substr(0, end), nullptr, 16);
            while (buffer.size() < end + 2 + size + 2) {
                if (!fill()) return heard;
            }
            heard.body += buffer.substr(end + 2, size);
            buffer.erase(0, end + 2 + size + 2);
            if (size == 0) return heard;
        }
    }
    const auto length = heard.header("content-length");
    if (length.empty()) {
        while (fill()) {
        }
        heard.body = std::exchange(buffer, {});
        return heard;
    }
    const auto size = std::stoul(length);
    while (buffer.size() < size) {
        if (!fill()) break;
    }
    heard.body = buffer.substr(0, size);
    buffer.erase(0, size);
    return heard;
}

std::string Heard::header(const std::string& name) const {
    const auto at = lower(head).find("\r\n" + name + ":");
    if (at == std::string::npos) return {};
    const auto from = head.find_first_not_of(' ', at + name.size() + 3);
    return head.substr(from, head.find("\r\n", from) - from);
}

std::string bytes_of(const Sent& sent) {
    const auto request = Service::request(sent);
    std::string bytes = sent.method + " " + sent.target + " HTTP/1.1\r\nHost: localhost\r\n";
    for (const auto& [name, value] : request.headers.all()) bytes += name + ": " + value + "\r\n";
    if (!sent.body.empty()) bytes += "Content-Length: " + std::to_string(sent.body.size()) + "\r\n";
    return bytes + "\r\n" + sent.body;
}

Heard Wire::ask(const Sent& sent) {
    say(bytes_of(sent));
    return hear(sent.method == "HEAD" ? Answers::Head : Answers::Anything);
}

}  // namespace vastine::test
