#include "api/tls/certificate_end.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

namespace vastine::api {

std::optional<store::Instant> certificate_end(const std::filesystem::path& certificate) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> file(BIO_new_file(certificate.c_str(), "r"), BIO_free);
    if (!file) return std::nullopt;
    const std::unique_ptr<X509, decltype(&X509_free)> read(
        PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr), X509_free);
    std::tm parts{};
    if (!read || ASN1_TIME_to_tm(X509_get0_notAfter(read.get()), &parts) != 1) return std::nullopt;
    return store::Instant(std::chrono::seconds(timegm(&parts)));
}

}  // namespace vastine::api
