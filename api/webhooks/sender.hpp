#pragma once
// POSTs over HTTPS, several at once from one thread. Certificates are verified, redirects are not followed,
// and what a receiver answers beyond its status is thrown away.
//
// Threads: wake() from any; everything else from one.

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vastine::api {

struct Post {
    std::string url;
    std::vector<std::string> headers;  // "name: value"
    std::string body;
};
struct Sent {
    enum class How { Answered, NoAnswer, NotTrusted } how = How::NoAnswer;
    unsigned status = 0;  // of Answered
};

// https, or http to this machine itself.
[[nodiscard]] bool may_be_posted_to(std::string_view url);

class Sender {
public:
    // `authority`: PEM, believed beside the system's; may be empty. How long one POST may take in all.
    Sender(std::filesystem::path authority, std::chrono::milliseconds patience);
    ~Sender();

    // One at a time for each name; `url` may_be_posted_to.
    void post(const std::string& name, const Post& post);
    [[nodiscard]] bool posting(const std::string& name) const;
    // What has ended meanwhile, waiting for it until then at most, or until wake().
    [[nodiscard]] std::vector<std::pair<std::string, Sent>> wait(std::chrono::milliseconds longest);
    void wake();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
