#include "api/alerts/mail.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <string_view>
#include <utility>

#include "domain/text/text.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api {

namespace {

using domain::Language;

// The most pressing first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> lines{{
    {"critical", "alert.mark.critical"},
    {"escalated", "alert.mark.escalated"},
    {"overdue", "alert.mark.overdue"},
    {"due-today", "alert.mark.due-today"},
    {"due-soon", "alert.mark.due-soon"},
    {"hand-over", "alert.mark.hand-over"},
    {"idle", "alert.mark.idle"},
}};

bool ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
}
bool continues_a_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), std::bit_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // its terminating zero
    return text;
}

// RFC 2047: words that leave a line of 76 characters room for the header's name, none of which ends inside a
// character.
std::string header_text(std::string_view text) {
    if (ascii(text)) return std::string(text);
    constexpr std::size_t bytes_max = 39;
    std::string encoded;
    while (!text.empty()) {
        auto length = std::min(bytes_max, text.size());
        while (length < text.size() && continues_a_character(text[length])) --length;
        if (!encoded.empty()) encoded += "\r\n ";
        encoded += "=?UTF-8?B?" + base64(text.substr(0, length)) + "?=";
        text.remove_prefix(length);
    }
    return encoded;
}

// RFC 2045 §6.7: one line of text as lines of at most 76 characters.
void put_quoted_printable(std::string& out, std::string_view line) {
    constexpr std::size_t width = 76;
    std::size_t column = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const auto byte = static_cast<unsigned char>(line[at]);
        const bool plain = byte >= 0x20 && byte < 0x7f && byte != '=' &&
                           !(byte == ' ' && at + 1 == line.size());  // blanks at the end get lost
        const auto piece = plain ? std::string(1, line[at]) : fmt::format("={:02X}", byte);
        if (column + piece.size() > width - 1) {
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    }
    out += "\r\n";
}

std::string date_of(domain::Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day parts(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
    constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format(
        "{}, {} {} {} {:02}:{:02}:{:02} +0000", weekdays.at(std::chrono::weekday(day).c_encoding()),
        static_cast<unsigned>(parts.day()), months.at(static_cast<unsigned>(parts.month()) - 1),
        static_cast<int>(parts.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::vector<std::string> body_of(const domain::AlertMail& mail, Language language, const std::string& url) {
    std::vector<std::string> body{domain::text("alert.mail.opening", language), ""};
    auto rest = mail.occasions;
    const auto put = [&](std::string_view id, std::uint32_t count) {
        body.push_back(fmt::format("- {}: {}", domain::text(id, language), count));
        rest -= count;
    };
    for (const auto& [mark, id] : lines) {
        const auto found = mail.by_mark.find(mark);
        if (found != mail.by_mark.end()) put(id, found->second);
    }
    if (rest > 0) put("alert.mark.other", rest);
    body.insert(body.end(), {"", domain::text("alert.mail.link", language, {{"url", url}}), "", "-- ",
                             domain::text("alert.mail.closing", language)});
    return body;
}

std::vector<std::string> body_of_emergency(const domain::AlertMail& mail, Language language,
                                           const std::string& url, const SetUser* opener) {
    const auto at = mail.composed_at;
    const auto when =
        projections::report::written(domain::helsinki_date(at), language) + " " + domain::helsinki_time(at);
    return {domain::text("alert.emergency.opening", language),
            "",
            "- " + domain::text("alert.emergency.who", language,
                                {{"name", opener != nullptr ? opener->name() : mail.opened_by}}),
            "- " + domain::text("alert.emergency.when", language, {{"time", when}}),
            "- " + domain::text("alert.emergency.case", language, {{"case", mail.emergency_case}}),
            "",
            domain::text("alert.emergency.link", language, {{"url", url}}),
            "",
            "-- ",
            domain::text("alert.emergency.closing", language)};
}

}  // namespace

Envelope written(const domain::AlertMail& mail, const SetUser& to, const Letterhead& head,
                 const SetUser* opener) {
    const auto language = domain::parse_language(to.language()).value_or(Language::Finnish);
    const bool emergency = !mail.emergency_case.empty();
    const auto subject =
        emergency ? domain::text("alert.emergency.subject", language)
                  : domain::text("alert.mail.subject", language, {{"count", std::to_string(mail.occasions)}});
    const auto host = head.from.substr(head.from.rfind('@') + 1);
    Envelope envelope{head.from, to.email(), {}};
    auto& out = envelope.content;
    const auto put = [&](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append("\r\n");
    };
    put("Date", date_of(mail.composed_at));
    put("From", "Vastine <" + head.from + ">");
    put("To", to.email());
    put("Subject", header_text(subject));
    put("Message-ID", "<" + mail.message_id + "@" + host + ">");
    put("Auto-Submitted", "auto-generated");  // RFC 3834: no answering machine answers
    put("MIME-Version", "1.0");
    put("Content-Language", domain::code_of(language));
    put("Content-Type", "text/plain; charset=utf-8");
    put("Content-Transfer-Encoding", "quoted-printable");
    out += "\r\n";
    const auto body = emergency ? body_of_emergency(mail, language, head.public_url + "/emergencies", opener)
                                : body_of(mail, language, head.public_url + "/#work-list");
    for (const auto& line : body) put_quoted_printable(out, line);
    return envelope;
}

}  // namespace vastine::api
