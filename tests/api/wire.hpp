#pragma once
// The far end of the wire: a served service on 127.0.0.1 with a certificate of its own, and a TLS client
// that sends exactly the bytes a test wants, believing only that certificate's authority.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "api/server.hpp"
#include "api/tls/local_ca.hpp"
#include "tests/api/service.hpp"

namespace vastine::test {

class Served {
public:
    // `between`: what stands between the server and the service's store; it outlives the server.
    using Between = std::function<store::Store&(store::Store&)>;
    explicit Served(api::ServerLimits limits = Service::generous(), const Between& between = {});
    ~Served();
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;

    Service service;  // fills the store; the server works on the same one
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    [[nodiscard]] const api::LocalCertificate& certificate() const { return certificate_; }
    void stop();  // and waits until it has

private:
    std::filesystem::path directory_;
    api::LocalCertificate certificate_;
    std::unique_ptr<api::Server> server_;
    std::thread thread_;
};

struct Heard {
    unsigned status = 0;  // 0: the connection ended without an answer
    std::string head;
    std::string body;
    [[nodiscard]] std::string header(const std::string& name) const;
};

class Wire {
public:
    // Believes the served certificate's authority, or the one given.
    explicit Wire(const Served& served, int tls_version_max = 0, const std::filesystem::path& authority = {});
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    [[nodiscard]] bool connected() const;
    void say(const std::string& bytes);
    // One whole response; `to_head`: the request was HEAD.
    enum class Answers { Anything, Head };
    [[nodiscard]] Heard hear(Answers to = Answers::Anything);
    // The next bytes as they come; empty when the other end has closed.
    [[nodiscard]] std::string hear_some();
    [[nodiscard]] Heard ask(const Sent& sent);

private:
    [[nodiscard]] bool fill();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// The bytes of a request, with Host and Content-Length.
[[nodiscard]] std::string bytes_of(const Sent& sent);

}  // namespace vastine::test
