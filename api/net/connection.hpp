#pragma once
// One connection: handshake, requests one after another, close. Everything here runs on the
// connection's strand; handlers run on the workers and come back to it.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <string>

#include "api/application.hpp"

namespace vastine::api {

class Connection {
public:
    struct Surroundings {
        Application& application;
        boost::asio::ssl::context& tls;
        boost::asio::thread_pool& workers;
        const ServerLimits& limits;
    };
    virtual ~Connection() = default;
    virtual void start() = 0;
    // Ends it once the request under way is answered; at once when there is none. Any thread.
    virtual void finish() = 0;

    // `closed` is called once, from the strand, when the connection is gone.
    [[nodiscard]] static std::shared_ptr<Connection> over(boost::asio::ip::tcp::socket socket,
                                                          std::string peer, Surroundings surroundings,
                                                          std::function<void()> closed);
};

}  // namespace vastine::api
