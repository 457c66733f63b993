#include "api/tls/tls_context.hpp"

#include <openssl/ssl.h>

#include <array>
#include <string_view>

#include "api/server.hpp"

namespace vastine::api {

namespace {

namespace ssl = boost::asio::ssl;

// The one protocol we speak; who insists on another (h2) is told so in the handshake.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* in,
                    unsigned in_length, void*) {
    static constexpr std::string_view ours("\x08http/1.1", 9);
    unsigned char* chosen = nullptr;
    const int result =
        SSL_select_next_proto(&chosen, out_length, std::bit_cast<const unsigned char*>(ours.data()),
                              static_cast<unsigned>(ours.size()), in, in_length);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void require_file(const std::filesystem::path& path, const char* what) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        throw CannotServe(std::string("there is no ") + what + " at " + path.string());
    }
}

}  // namespace

ssl::context tls_context(const std::filesystem::path& certificate, const std::filesystem::path& key) {
    require_file(certificate, "certificate");
    require_file(key, "private key");
    const auto mode = std::filesystem::status(key).permissions();
    if ((mode & std::filesystem::perms::others_all) != std::filesystem::perms::none) {
        throw CannotServe("the private key " + key.string() + " is open to every user: chmod 600 it");
    }
    ssl::context context(ssl::context::tls_server);
    context.set_options(ssl::context::default_workarounds | ssl::context::no_compression);
    auto* native = context.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    // OpenSSL's own list begins at 112 bits.
    SSL_CTX_set1_groups_list(native, "X25519:P-256:P-384");
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    boost::system::error_code error;
    context.use_certificate_chain_file(certificate.string(), error);
    if (error)
        throw CannotServe("the certificate " + certificate.string() + " cannot be used: " + error.message());
    context.use_private_key_file(key.string(), ssl::context::pem, error);
    if (error) throw CannotServe("the private key " + key.string() + " cannot be used: " + error.message());
    if (SSL_CTX_check_private_key(native) != 1) {
        throw CannotServe("the private key " + key.string() + " does not belong to the certificate");
    }
    return context;
}

}  // namespace vastine::api
