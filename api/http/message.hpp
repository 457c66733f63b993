#pragma once
// A request and its response as handlers see them: plain values, no socket.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vastine::api {

class Headers {
public:
    void set(std::string name, std::string value);  // replaces
    void add(std::string name, std::string value);
    // Empty when absent. Names are compared without case.
    [[nodiscard]] std::string_view get(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return list_; }

private:
    std::vector<std::pair<std::string, std::string>> list_;
};

// Takes a body piece by piece, so that no string ever holds it whole. One thread at a time.
class BodyReceiver {
public:
    virtual ~BodyReceiver() = default;
    virtual void take(std::string_view piece) = 0;  // may throw
};

struct Request {
    std::string method;
    std::string target;  // origin-form as it came, undecoded
    Headers headers;
    std::string body;
    std::string peer;                        // IP address of the connection's other end
    std::shared_ptr<BodyReceiver> receiver;  // has taken the body, which is empty then
};

// A body that comes piece by piece. The server asks for the next piece when the last one is on its
// way, so a slow reader holds neither memory nor a worker.
class BodySource {
public:
    virtual ~BodySource() = default;
    // Calls `ready` once, now or later, from any thread; an empty piece ends the body. May throw.
    virtual void next(std::function<void(std::string piece)> ready) = 0;
    // The connection is gone: `ready` is not called after this returns.
    virtual void close() = 0;
    // Computing a piece takes long: call next on a worker, not on the network's thread.
    [[nodiscard]] virtual bool works() const = 0;
};

struct Response {
    unsigned status = 200;
    Headers headers;
    std::string body;
    std::shared_ptr<BodySource> source;  // instead of body
};

}  // namespace vastine::api
