#pragma once
// The certificate in use. Whoever renews it writes the new files over the old ones, as every ACME client
// does: connections from then on are opened with them, those that are open go on, and nobody restarts
// anything.
//
// Threads: one at a time.

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>
#include <string>

namespace vastine::api {

class LiveCertificate {
public:
    // Throws CannotServe as tls_context does: a server does not begin without a good certificate.
    LiveCertificate(std::filesystem::path certificate, std::filesystem::path key);

    // For the next connection, which may outlive it.
    [[nodiscard]] boost::asio::ssl::context& context() { return *context_; }

    enum class Look {
        Same,     // the files are as they were
        Renewed,  // others, and good: in use from now on
        Unfit,    // others that cannot be used, or one of two only so far: what was in use stays in use
        StillUnfit,
    };
    [[nodiscard]] Look look();
    [[nodiscard]] const std::string& why_unfit() const { return why_unfit_; }

private:
    [[nodiscard]] std::string stamp() const;

    const std::filesystem::path certificate_;
    const std::filesystem::path key_;
    std::string used_;   // stamp of the files in use
    std::string unfit_;  // stamp of files that were tried in vain
    std::string why_unfit_;
    std::unique_ptr<boost::asio::ssl::context> context_;
};

}  // namespace vastine::api
