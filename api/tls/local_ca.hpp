#pragma once
// A certificate authority of one's own, for trying Vastine out on one machine. Never for production:
// there the organisation's own certificate is given to `vastine serve`.

#include <filesystem>

namespace vastine::api {

struct LocalCertificate {
    std::filesystem::path authority;    // ca.pem: import it into the browser to be believed
    std::filesystem::path certificate;  // server.pem, with the authority's appended
    std::filesystem::path key;          // server.key, mode 0600
};

// Makes the authority and a server certificate (EC P-256; localhost, 127.0.0.1, ::1) below `directory`
// unless they are there and valid for another 30 days; the authority's key is thrown away. Throws
// std::runtime_error.
[[nodiscard]] LocalCertificate local_certificate(const std::filesystem::path& directory);

}  // namespace vastine::api
