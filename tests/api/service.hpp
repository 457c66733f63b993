#pragma once
// A whole service without a socket: default reference data, three units, one person for each role, and
// a case of each kind. The clock stands at noon of 2 March 2026 until a test moves it.

#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "api/application.hpp"
#include "domain/schema/options.pb.h"
#include "tests/store/test_stores.hpp"

namespace vastine::test {

struct Person {
    std::string user_id;
    std::string login;
    std::string token;
};

// What a test sends. A missing Idempotency-Key, If-Match or token is missing on purpose.
struct Sent {
    std::string method = "GET";
    std::string target = "/";
    std::string body{};
    std::string token{};
    std::optional<std::uint64_t> if_match{};
    std::string key{};
    std::vector<std::pair<std::string, std::string>> headers{};
};

class Service {
public:
    // `also` sets what else a test wants of the options.
    using Also = std::function<void(api::ServerOptions&)>;
    explicit Service(api::ServerLimits limits = generous(), const Also& also = {});
    // On the disk, in a folder that is not there yet.
    explicit Service(const std::filesystem::path& directory);
    static api::ServerLimits generous();
    // A new process over what the store holds.
    void restart();

    store::Instant at = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + std::chrono::hours{10};
    store::test::Folder folder;  // of the witness file
    std::unique_ptr<store::Store> store;
    std::unique_ptr<api::Application> application;
    std::map<Role, Person> people;
    std::string reminder;  // ids of the cases
    std::string contact;

    static constexpr std::string_view password = "correct horse battery";

    [[nodiscard]] api::Response send(const Sent& sent) { return application->handle(request(sent)); }
    [[nodiscard]] static api::Request request(const Sent& sent);
    [[nodiscard]] api::Response get(const std::string& target, Role role);
    // With a fresh key.
    [[nodiscard]] api::Response post(const std::string& target, const std::string& body, Role role,
                                     std::optional<std::uint64_t> if_match = std::nullopt);
    // The version of a stream now.
    [[nodiscard]] std::uint64_t version(const std::string& stream) const;
    [[nodiscard]] std::uint64_t accesses(store::AccessArea area) const;

    // As the operating system's user; what is refused fails the test. The id of the case.
    std::string take(Kind kind, const std::string& path, std::unique_ptr<google::protobuf::Message> command);

private:
    void start(const api::ServerLimits& limits, const Also& also = {});
    void begin(const api::ServerLimits& limits, const Also& also = {});
    void add_people();
    void add_cases();
};

[[nodiscard]] boost::json::object json_of(const api::Response& response);
[[nodiscard]] std::string type_of(const api::Response& response);  // of a problem, its last part

extern const std::string reminder_body;
extern const std::string contact_body;

}  // namespace vastine::test
