#pragma once
// A real mail server for one test: Nodemailer's smtp-server beside it, which fails on order, with a
// certificate of an authority of its own.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/alerts/settings.hpp"
#include "tests/api/node_program.hpp"

namespace vastine::test {

// A folder that goes with its test.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    // A file in it that only its owner may read.
    [[nodiscard]] std::filesystem::path write(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path path_;
};

// What the server heard of one message.
struct ArrivedMail {
    std::string outcome;  // accepted, a code, or unanswered
    bool secure = false;
    std::string user;
    std::string from;
    std::vector<std::string> to;
    std::string raw;
    std::string message_id;
    std::string subject;
    std::string text;
    boost::json::object headers;
};

class MailServer {
public:
    // Another name: its certificate is not for the address that it is called at.
    enum class Offers { Starttls, AnotherName, Nothing };
    explicit MailServer(Offers offers = Offers::Starttls);

    // How the next messages end: see tests/node/mail_server.mjs.
    void next(const std::vector<std::string>& endings);
    // What came since it was last asked.
    [[nodiscard]] std::vector<ArrivedMail> arrived();
    // Waits for the next one; also what it said before it died on order.
    [[nodiscard]] ArrivedMail await();
    void restart(Offers offers = Offers::Starttls);  // on the same port
    void stop() { program_.reset(); }

    // With its authority and the right password.
    [[nodiscard]] api::SmtpServer settings() const;

private:
    void start(Offers offers);

    Folder folder_;
    std::string host_ = "127.0.0.1";
    std::uint16_t port_ = 0;
    std::unique_ptr<NodeProgram> program_;
    int syncs_ = 0;
};

}  // namespace vastine::test
