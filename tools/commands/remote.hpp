#pragma once
// The API of a server, as a client sees it (libcurl). TLS is always checked.

#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tools/commands/target.hpp"

namespace vastine::tools {

class Remote {
public:
    enum class Token { Needed, Optional };
    // Throws Failure when a token that is needed is missing, or the URL is not https.
    explicit Remote(const Target& target, Token token = Token::Needed);
    ~Remote();

    using Query = std::vector<std::pair<std::string, std::string>>;

    // The body of a success; Failure with the problem document's title and detail otherwise.
    [[nodiscard]] std::string get(const std::string& path, const Query& query = {});
    void get_to(std::ostream& output, const std::string& path, const Query& query = {},
                const std::map<std::string, std::string>& headers = {});
    [[nodiscard]] std::string post_json(const std::string& path, const std::string& body,
                                        const std::map<std::string, std::string>& headers = {});
    [[nodiscard]] std::string put_json(const std::string& path, const std::string& body);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::tools
