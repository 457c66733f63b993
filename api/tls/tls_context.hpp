#pragma once
// What the server speaks: TLS 1.2 and 1.3, forward secrecy and authenticated ciphers only.

#include <boost/asio/ssl/context.hpp>
#include <filesystem>

namespace vastine::api {

// Throws CannotServe when a file is missing, unreadable, wrong, or the key is open to the world.
[[nodiscard]] boost::asio::ssl::context tls_context(const std::filesystem::path& certificate,
                                                    const std::filesystem::path& key);

}  // namespace vastine::api
