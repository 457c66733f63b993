#pragma once
// The API of a server, as a client sees it (libcurl). TLS is always checked.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/target.hpp"

namespace vastine::tools {

class Remote {
public:
    // Throws Failure when the token is missing or the URL is not https.
    explicit Remote(const Target& target);
    ~Remote();

    using Query = std::vector<std::pair<std::string, std::string>>;
    struct Upload {
        std::istream* input = nullptr;
        std::uint64_t size = 0;
        std::function<void(std::uint64_t)> progress;
    };

    // The body of a success; Failure with the problem document's title and detail otherwise.
    [[nodiscard]] std::string get(const std::string& path, const Query& query = {});
    void get_to(std::ostream& output, const std::string& path, const Query& query = {});
    [[nodiscard]] std::string post_json(const std::string& path, const std::string& body,
                                        const std::map<std::string, std::string>& headers = {});
    [[nodiscard]] std::string put_json(const std::string& path, const std::string& body);
    [[nodiscard]] std::string post_file(const std::string& path, const Query& query,
                                        const std::string& media_type, Upload upload);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::tools
