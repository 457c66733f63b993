#include "api/alerts/smtp.hpp"

#include <curl/curl.h>
#include <sodium.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <utility>

namespace vastine::api {

namespace {

namespace alert = domain::alert;
namespace fs = std::filesystem;
using Outcome = Delivery::Outcome;

// RFC 4954: what is wrong is the login, not the message.
bool about_the_login(std::uint32_t code) {
    return code == 530 || code == 534 || code == 535 || code == 538;
}

std::string read_password(const fs::path& file) {
    std::error_code error;
    const auto mode = fs::status(file, error).permissions();
    if (error || !fs::is_regular_file(file)) throw CannotSend("there is no password file " + file.string());
    if ((mode & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) {
        throw CannotSend("others may read " + file.string() + "; make it yours alone: chmod 600 " +
                         file.string());
    }
    std::ifstream stream(file);
    std::string password;
    if (!std::getline(stream, password) || password.empty()) {
        throw CannotSend("the password file " + file.string() + " is empty or cannot be read");
    }
    if (password.back() == '\r') password.pop_back();
    return password;
}

void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw CannotSend("libcurl does not start");
}

Conversation::End end_of(CURLcode code) {
    switch (code) {
        case CURLE_OK:
            return Conversation::End::Good;
        case CURLE_USE_SSL_FAILED:
        case CURLE_SSL_CONNECT_ERROR:
            return Conversation::End::NoStarttls;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return Conversation::End::Certificate;
        case CURLE_LOGIN_DENIED:
            return Conversation::End::Login;
        default:
            return Conversation::End::Otherwise;
    }
}

// One delivery as libcurl's callbacks see it.
struct Delivering {
    std::string_view rest;
    Conversation conversation{};
    const std::function<bool()>& cancelled;
    curl_socket_t socket = CURL_SOCKET_BAD;
};

int remember(void* data, curl_socket_t socket, curlsocktype) {
    static_cast<Delivering*>(data)->socket = socket;
    return CURL_SOCKOPT_OK;
}

std::size_t read_some(char* buffer, std::size_t size, std::size_t count, void* data) {
    auto& delivering = *static_cast<Delivering*>(data);
    const auto length = std::min(size * count, delivering.rest.size());
    std::memcpy(buffer, delivering.rest.data(), length);
    delivering.rest.remove_prefix(length);
    // The end of the message follows by itself, and how far it got is not told.
    if (delivering.rest.empty()) delivering.conversation.handed_over();
    return length;
}

int listen(CURL*, curl_infotype type, char* text, std::size_t size, void* data) {
    auto& conversation = static_cast<Delivering*>(data)->conversation;
    if (type == CURLINFO_HEADER_OUT) conversation.said({text, size});
    if (type == CURLINFO_HEADER_IN) conversation.heard({text, size});
    return 0;
}

int go_on(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto& delivering = *static_cast<Delivering*>(data);
    if (!delivering.cancelled || !delivering.cancelled()) return 0;
    // libcurl would still say goodbye, and wait for the answer as long as for any other.
    if (delivering.socket != CURL_SOCKET_BAD) ::shutdown(delivering.socket, SHUT_RDWR);
    return 1;
}

struct List {
    curl_slist* items = nullptr;
    explicit List(const std::string& item) : items(curl_slist_append(nullptr, item.c_str())) {}
    List(const List&) = delete;
    List& operator=(const List&) = delete;
    ~List() { curl_slist_free_all(items); }
};

}  // namespace

void Conversation::said(std::string_view command) {
    if (command.starts_with("MAIL FROM")) {
        stage_ = Stage::Message;
        last_ = 0;
    } else if (command.starts_with("QUIT")) {
        parted_ = true;
    }
}

void Conversation::heard(std::string_view line) {
    const auto digit = [&](std::size_t at) { return line[at] >= '0' && line[at] <= '9'; };
    if (line.size() < 3 || !digit(0) || !digit(1) || !digit(2)) return;
    if (line.size() > 3 && line[3] == '-') return;
    const auto code =
        static_cast<std::uint32_t>((line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0');
    if (parted_) return;
    if (stage_ == Stage::HandedOver) answer_ = code;
    last_ = code;
}

Delivery Conversation::judged(End end) const {
    const auto later = [&](std::string_view reason) {
        return Delivery{Outcome::Later, last_ >= 400 ? last_ : 0, reason};
    };
    if (answer_ >= 200 && answer_ < 300) return {Outcome::Sent, answer_, {}};
    if (answer_ >= 500) return {Outcome::Refused, answer_, alert::message};
    if (answer_ >= 400) return later(alert::message);
    switch (end) {
        case End::Good:
            return {Outcome::Sent, last_, {}};
        case End::NoStarttls:
            return later(alert::no_starttls);
        case End::Certificate:
            return later(alert::certificate);
        case End::Login:
            return later(alert::login);
        case End::Otherwise:
            break;
    }
    if (stage_ == Stage::HandedOver) return {Outcome::Unknown, 0, alert::lost};
    if (stage_ == Stage::Meeting && last_ >= 400) return later(alert::server);
    if (stage_ == Stage::Meeting) return {Outcome::Later, 0, alert::no_connection};
    if (about_the_login(last_)) return later(alert::login);
    if (last_ == 421) return later(alert::server);
    if (last_ >= 500) return {Outcome::Refused, last_, alert::message};
    if (last_ >= 400) return later(alert::message);
    return {Outcome::Later, 0, alert::lost};
}

struct Smtp::Inside {
    SmtpServer server;
    std::string password;

    ~Inside() { sodium_memzero(password.data(), password.size()); }
};

Smtp::Smtp(SmtpServer server) : inside_(std::make_unique<Inside>()) {
    start_curl();
    if (!server.url.starts_with("smtp://") || server.url.size() == std::strlen("smtp://")) {
        throw CannotSend("the mail server is given as smtp://host:587");
    }
    if (server.user.empty() != server.password_file.empty()) {
        throw CannotSend("the mail server's user and password file go together");
    }
    if (!server.authority.empty() && !fs::is_regular_file(server.authority)) {
        throw CannotSend("there is no certificate authority " + server.authority.string());
    }
    if (!server.password_file.empty()) inside_->password = read_password(server.password_file);
    inside_->server = std::move(server);
}

Smtp::~Smtp() = default;

Delivery Smtp::deliver(const Envelope& envelope, const std::function<bool()>& cancelled) {
    const auto& server = inside_->server;
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    const List recipient("<" + envelope.to + ">");
    if (!curl || recipient.items == nullptr) return {Outcome::Later, 0, alert::no_connection};
    Delivering delivering{envelope.content, {}, cancelled};
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl.get(), option, value); };
    const auto sender = "<" + envelope.from + ">";
    set(CURLOPT_URL, server.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp");
    set(CURLOPT_PROXY, "");  // whatever the environment says
    set(CURLOPT_NOSIGNAL, 1L);
    // No STARTTLS, no mail: neither the login nor an address leaves in the clear.
    set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    const auto authority = server.authority.string();
    if (!authority.empty()) {
        set(CURLOPT_CAINFO, authority.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    if (!server.user.empty()) {
        set(CURLOPT_USERNAME, server.user.c_str());
        set(CURLOPT_PASSWORD, inside_->password.c_str());
    }
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(server.connecting.count()));
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(server.answering.count()));
    set(CURLOPT_MAIL_FROM, sender.c_str());
    set(CURLOPT_MAIL_RCPT, recipient.items);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(envelope.content.size()));
    set(CURLOPT_READFUNCTION, &read_some);
    set(CURLOPT_READDATA, &delivering);
    set(CURLOPT_VERBOSE, 1L);  // to the next two only: nothing is printed
    set(CURLOPT_DEBUGFUNCTION, &listen);
    set(CURLOPT_DEBUGDATA, &delivering);
    set(CURLOPT_SOCKOPTFUNCTION, &remember);
    set(CURLOPT_SOCKOPTDATA, &delivering);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &go_on);
    set(CURLOPT_XFERINFODATA, &delivering);
    return delivering.conversation.judged(end_of(curl_easy_perform(curl.get())));
}

}  // namespace vastine::api
