#include "api/tls/live_certificate.hpp"

#include <sys/stat.h>

#include "api/server.hpp"
#include "api/tls/tls_context.hpp"

namespace vastine::api {

LiveCertificate::LiveCertificate(std::filesystem::path certificate, std::filesystem::path key)
    : certificate_(std::move(certificate)),
      key_(std::move(key)),
      used_(stamp()),
      context_(std::make_unique<boost::asio::ssl::context>(tls_context(certificate_, key_))) {}

LiveCertificate::Look LiveCertificate::look() {
    const auto now = stamp();
    if (now == used_) return Look::Same;
    try {
        // The SSL of an open connection holds what it was opened with.
        context_ = std::make_unique<boost::asio::ssl::context>(tls_context(certificate_, key_));
        used_ = now;
        unfit_.clear();
        why_unfit_.clear();
        return Look::Renewed;
    } catch (const CannotServe& wrong) {
        why_unfit_ = wrong.what();
    }
    return std::exchange(unfit_, now) == now ? Look::StillUnfit : Look::Unfit;
}

// What tells a file from the one before it: a link turned to another, a file put in its place, one rewritten.
std::string LiveCertificate::stamp() const {
    std::string all;
    for (const auto& path : {certificate_, key_}) {
        struct stat found {};
        if (::stat(path.c_str(), &found) != 0) found = {};
        for (const long long part :
             {static_cast<long long>(found.st_ino), static_cast<long long>(found.st_size),
              static_cast<long long>(found.st_mtim.tv_sec), static_cast<long long>(found.st_mtim.tv_nsec)}) {
            all += std::to_string(part) + ' ';
        }
    }
    return all;
}

}  // namespace vastine::api
