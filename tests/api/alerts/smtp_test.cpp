#include "api/alerts/smtp.hpp"

#include <catch2/catch.hpp>

#include "tests/api/alerts/mail_server.hpp"

using namespace vastine;
using api::Conversation;
using api::Delivery;
using test::MailServer;
using Outcome = api::Delivery::Outcome;
using End = api::Conversation::End;

namespace {

const api::Envelope envelope{"vastine@example.fi", "liisa@example.fi",
                             "Message-ID: <one@example.fi>\r\nSubject: hei\r\n\r\n.moi\r\n..\r\n"};

Delivery delivered(const MailServer& server) {
    return api::Smtp(server.settings()).deliver(envelope);
}

// What the server said to each command of a delivery over a secured line.
struct Told {
    Conversation conversation;
    Told() {
        conversation.heard("220 mail.example.fi ESMTP\r\n");
        conversation.said("EHLO us\r\n");
        conversation.heard("250-mail.example.fi\r\n");
        conversation.heard("250 STARTTLS\r\n");
    }
    Told& says(const std::string& command, const std::string& reply) {
        conversation.said(command + "\r\n");
        conversation.heard(reply + "\r\n");
        return *this;
    }
    Told& message() {
        says("MAIL FROM:<a>", "250 ok").says("RCPT TO:<b>", "250 ok").says("DATA", "354 go on");
        conversation.handed_over();
        return *this;
    }
};

}  // namespace

// ---- what follows from what was said ----

TEST_CASE("a message is sent when the server has said so, and only then", "[alerts]") {
    Told told;
    told.message();
    CHECK(told.conversation.judged(End::Otherwise) == Delivery{Outcome::Unknown, 0, "lost"});
    told.conversation.heard("250 taken\r\n");
    CHECK(told.conversation.judged(End::Good) == Delivery{Outcome::Sent, 250, ""});
    // Whatever went wrong after that answer.
    CHECK(told.conversation.judged(End::Otherwise) == Delivery{Outcome::Sent, 250, ""});
}

TEST_CASE("the answer to the message counts, not the farewell", "[alerts]") {
    Told told;
    told.message().conversation.heard("451 not now\r\n");
    told.says("QUIT", "221 bye");
    CHECK(told.conversation.judged(End::Otherwise) == Delivery{Outcome::Later, 451, "message"});
}

TEST_CASE("a message that the server refuses for good is refused, at whatever step", "[alerts]") {
    CHECK(Told().says("MAIL FROM:<a>", "553 no").conversation.judged(End::Otherwise) ==
          Delivery{Outcome::Refused, 553, "message"});
    CHECK(Told()
              .says("MAIL FROM:<a>", "250 ok")
              .says("RCPT TO:<b>", "550 who")
              .says("QUIT", "221 bye")
              .conversation.judged(End::Otherwise) == Delivery{Outcome::Refused, 550, "message"});
    Told told;
    told.message().conversation.heard("554 spam\r\n");
    CHECK(told.conversation.judged(End::Otherwise) == Delivery{Outcome::Refused, 554, "message"});
}

TEST_CASE("a server that is not well, or wants another login, refuses no message", "[alerts]") {
    Conversation greeting;
    greeting.heard("554 no service here\r\n");
    greeting.said("QUIT\r\n");
    CHECK(greeting.judged(End::Otherwise) == Delivery{Outcome::Later, 554, "server"});
    CHECK(Told().says("MAIL FROM:<a>", "421 closing").conversation.judged(End::Otherwise) ==
          Delivery{Outcome::Later, 421, "server"});
    CHECK(Told().says("MAIL FROM:<a>", "530 log in first").conversation.judged(End::Otherwise) ==
          Delivery{Outcome::Later, 530, "login"});
    CHECK(Told().says("AUTH PLAIN", "535 wrong").conversation.judged(End::Login) ==
          Delivery{Outcome::Later, 535, "login"});
}

TEST_CASE("a connection lost before the message's end is tried again, for nothing was taken", "[alerts]") {
    CHECK(Conversation().judged(End::Otherwise) == Delivery{Outcome::Later, 0, "no-connection"});
    CHECK(Told().conversation.judged(End::Otherwise) == Delivery{Outcome::Later, 0, "no-connection"});
    CHECK(Told().says("MAIL FROM:<a>", "250 ok").conversation.judged(End::Otherwise) ==
          Delivery{Outcome::Later, 0, "lost"});
}

TEST_CASE("one line of a reply of several is no reply", "[alerts]") {
    Conversation conversation;
    conversation.heard("550-first\r\n");
    conversation.heard("x50 second\r\n");
    conversation.heard("55");
    CHECK(conversation.judged(End::Otherwise) == Delivery{Outcome::Later, 0, "no-connection"});
}

// ---- a real server ----

TEST_CASE("a message reaches a mail server by STARTTLS, byte for byte", "[alerts][smtp]") {
    MailServer server;
    CHECK(delivered(server) == Delivery{Outcome::Sent, 250, ""});
    const auto arrived = server.arrived();
    REQUIRE(arrived.size() == 1);
    CHECK(arrived[0].outcome == "accepted");
    CHECK(arrived[0].secure);
    CHECK(arrived[0].user == "vastine");
    CHECK(arrived[0].from == envelope.from);
    CHECK(arrived[0].to == std::vector{envelope.to});
    CHECK(arrived[0].raw == envelope.content);
}

TEST_CASE("without STARTTLS nothing is sent, not even the login", "[alerts][smtp]") {
    MailServer server(MailServer::Offers::Nothing);
    CHECK(delivered(server) == Delivery{Outcome::Later, 0, "no-starttls"});
    CHECK(server.arrived().empty());
}

TEST_CASE("a server whose certificate nobody vouches for gets nothing", "[alerts][smtp]") {
    MailServer server;
    const MailServer other;
    auto settings = server.settings();
    settings.authority = other.settings().authority;
    CHECK(api::Smtp(settings).deliver(envelope) == Delivery{Outcome::Later, 0, "certificate"});
    settings.authority.clear();  // the system's do not vouch for it either
    CHECK(api::Smtp(settings).deliver(envelope) == Delivery{Outcome::Later, 0, "certificate"});
    CHECK(server.arrived().empty());
}

TEST_CASE("a certificate of another name is none", "[alerts][smtp]") {
    MailServer server(MailServer::Offers::AnotherName);
    CHECK(delivered(server) == Delivery{Outcome::Later, 0, "certificate"});
    CHECK(server.arrived().empty());
}

TEST_CASE("a wrong password keeps the message for later", "[alerts][smtp]") {
    MailServer server;
    const test::Folder folder;
    auto settings = server.settings();
    settings.password_file = folder.write("password", "a bad word\n");
    CHECK(api::Smtp(settings).deliver(envelope) == Delivery{Outcome::Later, 535, "login"});
    CHECK(server.arrived().empty());
}

TEST_CASE("what the server says decides: not now, or never", "[alerts][smtp]") {
    MailServer server;
    server.next({"450", "550", "data-451", "data-554", "accept"});
    api::Smtp sender(server.settings());
    CHECK(sender.deliver(envelope) == Delivery{Outcome::Later, 450, "message"});
    CHECK(sender.deliver(envelope) == Delivery{Outcome::Refused, 550, "message"});
    CHECK(sender.deliver(envelope) == Delivery{Outcome::Later, 451, "message"});
    CHECK(sender.deliver(envelope) == Delivery{Outcome::Refused, 554, "message"});
    CHECK(sender.deliver(envelope) == Delivery{Outcome::Sent, 250, ""});
}

TEST_CASE("a server that dies before the message has not taken it", "[alerts][smtp]") {
    MailServer server;
    server.next({"die-at-data"});
    CHECK(delivered(server) == Delivery{Outcome::Later, 0, "lost"});
    CHECK(delivered(server) == Delivery{Outcome::Later, 0, "no-connection"});
}

TEST_CASE("a server that dies with the whole message may have taken it", "[alerts][smtp]") {
    MailServer server;
    server.next({"die-after-data"});
    CHECK(delivered(server) == Delivery{Outcome::Unknown, 0, "lost"});
    const auto unanswered = server.await();
    CHECK(unanswered.outcome == "unanswered");
    CHECK(unanswered.raw == envelope.content);
}

TEST_CASE("a delivery that is cancelled ends at once and was not sent", "[alerts][smtp]") {
    MailServer server;
    api::Smtp smtp(server.settings());
    CHECK(smtp.deliver(envelope, [] { return true; }).outcome == Outcome::Later);
    CHECK(server.arrived().empty());
}

// ---- settings ----

TEST_CASE("settings that cannot be right are said at the start", "[alerts]") {
    const test::Folder folder;
    const auto with = [&](const std::function<void(api::SmtpServer&)>& change) {
        api::SmtpServer settings;
        settings.url = "smtp://localhost:587";
        settings.user = "vastine";
        settings.password_file = folder.write("password", "a good word\n");
        change(settings);
        return settings;
    };
    CHECK_NOTHROW(api::Smtp(with([](auto&) {})));
    CHECK_THROWS_AS(api::Smtp(with([](auto& s) { s.url = "smtps://localhost"; })), api::CannotSend);
    CHECK_THROWS_AS(api::Smtp(with([](auto& s) { s.url = "smtp://"; })), api::CannotSend);
    CHECK_THROWS_AS(api::Smtp(with([](auto& s) { s.password_file.clear(); })), api::CannotSend);
    CHECK_THROWS_AS(api::Smtp(with([](auto& s) { s.authority = "/no/such/file"; })), api::CannotSend);
    const auto empty = folder.write("empty", "");
    CHECK_THROWS_AS(api::Smtp(with([&](auto& s) { s.password_file = empty; })), api::CannotSend);
    const auto open = folder.write("open", "a good word\n");
    std::filesystem::permissions(open, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    CHECK_THROWS_AS(api::Smtp(with([&](auto& s) { s.password_file = open; })), api::CannotSend);
}
