#include "api/tls/local_ca.hpp"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <string>

namespace vastine::api {

namespace {

constexpr long authority_days = 3650;
constexpr long certificate_days = 397;  // what browsers accept at most
constexpr int renew_days = 30;

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;

void require(bool worked, const char* what) {
    if (!worked) throw std::runtime_error(std::string("OpenSSL could not ") + what);
}

Key new_key() {
    Key key(EVP_EC_gen("P-256"));
    require(key != nullptr, "make a key");
    return key;
}

void extend(X509& certificate, X509& issuer, int id, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value));
    require(extension != nullptr && X509_add_ext(&certificate, extension.get(), -1) == 1,
            "extend a certificate");
}

Certificate blank(const char* name, EVP_PKEY& key, long days) {
    Certificate certificate(X509_new());
    require(certificate != nullptr, "make a certificate");
    X509_set_version(certificate.get(), X509_VERSION_3);
    std::unique_ptr<BIGNUM, Freer<BN_free>> serial(BN_new());
    require(BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
                BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate.get())) != nullptr,
            "number a certificate");
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * 86'400);
    const std::string text(name);
    X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, MBSTRING_UTF8,
                               std::bit_cast<const unsigned char*>(text.data()),
                               static_cast<int>(text.size()), -1, 0);
    require(X509_set_pubkey(certificate.get(), &key) == 1, "put a key into a certificate");
    return certificate;
}

Certificate make_authority(EVP_PKEY& key) {
    auto certificate = blank("Vastine local CA (for trying out)", key, authority_days);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    extend(*certificate, *certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    extend(*certificate, *certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    extend(*certificate, *certificate, NID_subject_key_identifier, "hash");
    // Whoever trusts it trusts it for this machine's own names only.
    extend(*certificate, *certificate, NID_name_constraints,
           "critical,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0,"
           "permitted;IP:0:0:0:0:0:0:0:1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    require(X509_sign(certificate.get(), &key, EVP_sha256()) > 0, "sign the authority");
    return certificate;
}

Certificate make_server(EVP_PKEY& key, X509& authority, EVP_PKEY& authority_key) {
    auto certificate = blank("localhost", key, certificate_days);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(&authority));
    extend(*certificate, authority, NID_basic_constraints, "critical,CA:FALSE");
    extend(*certificate, authority, NID_key_usage, "critical,digitalSignature");
    extend(*certificate, authority, NID_ext_key_usage, "serverAuth");
    extend(*certificate, authority, NID_subject_key_identifier, "hash");
    extend(*certificate, authority, NID_authority_key_identifier, "keyid:always");
    extend(*certificate, authority, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1");
    require(X509_sign(certificate.get(), &authority_key, EVP_sha256()) > 0, "sign the certificate");
    return certificate;
}

std::string pem_of(const Bio& bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}
std::string pem(X509& certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(bio.get(), &certificate) == 1, "write a certificate");
    return pem_of(bio);
}
std::string pem(EVP_PKEY& key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "write a key");
    return pem_of(bio);
}

// Made under another name with mode 0600 and then renamed: nobody ever sees half of it.
void write_privately(const std::filesystem::path& path, const std::string& text) {
    const auto draft = path.string() + ".new";
    std::filesystem::remove(draft);
    const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("cannot write " + path.string());
    std::size_t written = 0;
    while (written < text.size()) {
        const auto count = ::write(file, text.data() + written, text.size() - written);
        if (count <= 0) break;
        written += static_cast<std::size_t>(count);
    }
    const bool synced = ::fsync(file) == 0;
    ::close(file);
    if (written != text.size() || !synced) throw std::runtime_error("cannot write " + path.string());
    std::filesystem::rename(draft, path);
}

bool good_for_a_while(const LocalCertificate& paths) {
    std::error_code error;
    if (!std::filesystem::exists(paths.authority, error) || !std::filesystem::exists(paths.key, error))
        return false;
    const Bio bio(BIO_new_file(paths.certificate.c_str(), "r"));
    if (!bio) return false;
    const Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!certificate) return false;
    int days = 0;
    int seconds = 0;
    return ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(certificate.get())) == 1 &&
           days >= renew_days;
}

}  // namespace

LocalCertificate local_certificate(const std::filesystem::path& directory) {
    const LocalCertificate paths{directory / "ca.pem", directory / "server.pem", directory / "server.key"};
    if (good_for_a_while(paths)) return paths;
    std::filesystem::create_directories(directory);
    const auto authority_key = new_key();
    const auto authority = make_authority(*authority_key);
    const auto key = new_key();
    const auto certificate = make_server(*key, *authority, *authority_key);
    write_privately(paths.authority, pem(*authority));
    write_privately(paths.certificate, pem(*certificate) + pem(*authority));
    write_privately(paths.key, pem(*key));
    return paths;
}

}  // namespace vastine::api
