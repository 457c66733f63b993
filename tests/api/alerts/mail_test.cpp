#include "api/alerts/mail.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <sstream>

using namespace vastine;
using namespace std::chrono_literals;

namespace {

const api::Letterhead head{"vastine@hyvinvointi.example", "https://vastine.hyvinvointi.example"};

domain::AlertMail mail() {
    domain::AlertMail mail;
    mail.message_id = "3a6f0f0e-1111-4222-8333-444455556666";
    mail.morning = domain::Date(std::chrono::year(2026) / 3 / 2);
    mail.composed_at = mail.morning + 5h + 30min + 7s;
    mail.by_mark = {{"overdue", 2}, {"due-soon", 11}, {"hand-over", 1}, {"idle", 4}, {"critical", 1}};
    mail.occasions = 19;
    return mail;
}
SetUser user(const std::string& language) {
    SetUser user;
    user.set_name("Liisa Lakimies");
    user.set_email("liisa@hyvinvointi.example");
    user.set_language(language);
    return user;
}
std::string head_of(const std::string& content) {
    return content.substr(0, content.find("\r\n\r\n") + 2);
}
// The body as a reader sees it.
std::string read_body(const std::string& content) {
    const auto body = content.substr(content.find("\r\n\r\n") + 4);
    std::string text;
    for (std::size_t at = 0; at < body.size(); ++at) {
        if (body[at] != '=') {
            text += body[at];
        } else if (body.compare(at + 1, 2, "\r\n") == 0) {
            at += 2;
        } else {
            text += static_cast<char>(std::stoi(body.substr(at + 1, 2), nullptr, 16));
            at += 2;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("the mail says how many dates have reached which mark, and where to look", "[alerts]") {
    const auto envelope = api::written(mail(), user("en"), head);
    CHECK(envelope.from == "vastine@hyvinvointi.example");
    CHECK(envelope.to == "liisa@hyvinvointi.example");
    CHECK(read_body(envelope.content) ==
          "These need your attention in Vastine:\r\n\r\n"
          "- waiting critically long: 1\r\n- overdue: 2\r\n- due soon: 11\r\n"
          "- a case offered to you waits for your answer: 1\r\n- nothing has happened for a long time: 4\r\n"
          "\r\nOpen your work list: https://vastine.hyvinvointi.example/#work-list\r\n\r\n-- \r\n"
          "This message was sent automatically and cannot be answered. It contains no personal data. An "
          "administrator can stop these messages to you.\r\n");
}

TEST_CASE("the mail's head is what mail servers and answering machines go by", "[alerts]") {
    CHECK(head_of(api::written(mail(), user("en"), head).content) ==
          "Date: Mon, 2 Mar 2026 05:30:07 +0000\r\n"
          "From: Vastine <vastine@hyvinvointi.example>\r\n"
          "To: liisa@hyvinvointi.example\r\n"
          "Subject: Vastine: cases that need your attention (19)\r\n"
          "Message-ID: <3a6f0f0e-1111-4222-8333-444455556666@hyvinvointi.example>\r\n"
          "Auto-Submitted: auto-generated\r\n"
          "MIME-Version: 1.0\r\n"
          "Content-Language: en\r\n"
          "Content-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n");
}

TEST_CASE("each person reads the mail in their own language", "[alerts]") {
    CHECK(read_body(api::written(mail(), user("fi"), head).content)
              .starts_with("Vastineessa on asioita, jotka vaativat huomiotasi:\r\n"));
    const auto swedish = api::written(mail(), user("sv"), head).content;
    CHECK(read_body(swedish).find("- tidsfristen överskriden: 2\r\n") != std::string::npos);
    CHECK(swedish.find("Subject: =?UTF-8?B?") != std::string::npos);
    CHECK(read_body(api::written(mail(), user(""), head).content).starts_with("Vastineessa"));
}

TEST_CASE("the mail names nobody", "[alerts]") {
    for (const auto* language : {"fi", "sv", "en"}) {
        const auto content = api::written(mail(), user(language), head).content;
        CHECK(content.find("Liisa") == std::string::npos);
        CHECK(read_body(content).find("liisa") == std::string::npos);
    }
}

TEST_CASE("lines of the mail are ASCII and no longer than 76 characters", "[alerts]") {
    for (const auto* language : {"fi", "sv", "en"}) {
        std::istringstream lines(api::written(mail(), user(language), head).content);
        for (std::string line; std::getline(lines, line);) {
            CAPTURE(line);
            REQUIRE(line.ends_with('\r'));
            CHECK(line.size() <= 77);
            CHECK(std::ranges::all_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
        }
    }
}

TEST_CASE("the same mail is the same bytes whenever it is written", "[alerts]") {
    auto later = mail();
    later.attempts = 7;
    later.last_outcome = "unknown";
    later.next_attempt_at = later.composed_at + 24h;
    CHECK(api::written(mail(), user("fi"), head).content == api::written(later, user("fi"), head).content);
}

TEST_CASE("a mark that this version has no words for is still counted", "[alerts]") {
    auto unknown = mail();
    unknown.by_mark = {{"something-new", 3}};
    unknown.occasions = 3;
    CHECK(read_body(api::written(unknown, user("en"), head).content).find("- other: 3\r\n") !=
          std::string::npos);
}

TEST_CASE("the mail of an emergency says who, when and the case's own id, and nothing else of it",
          "[alerts][emergency]") {
    auto emergency = mail();
    emergency.by_mark.clear();
    emergency.occasions = 1;
    emergency.emergency_case = "3a6f0f0e-0000-4000-8000-000000000007";
    emergency.opened_by = "u1";
    auto opener = user("fi");
    opener.set_name("Lauri Lakimies");
    const auto body = read_body(api::written(emergency, user("en"), head, &opener).content);
    CHECK(body ==
          "In Vastine somebody opened a case that is not otherwise theirs to see:\r\n\r\n"
          "- Opened by: Lauri Lakimies\r\n- Time: 2 March 2026 07:30\r\n"
          "- Case id: 3a6f0f0e-0000-4000-8000-000000000007\r\n\r\n"
          "The reason stands in the list: https://vastine.hyvinvointi.example/emergencies\r\n\r\n-- \r\n"
          "This message was sent automatically and cannot be answered. It contains no personal data of the "
          "client.\r\n");
    // Of a colleague whom nobody knows any more the opaque id is told.
    CHECK(read_body(api::written(emergency, user("sv"), head).content).find("u1") != std::string::npos);
}
