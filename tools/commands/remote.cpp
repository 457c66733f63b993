#include "tools/commands/remote.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <boost/json.hpp>
#include <ostream>
#include <sstream>

#include "tools/commands/commands.hpp"

namespace vastine::tools {

namespace {

struct SlistFree {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, SlistFree>;

void add(HeaderList& list, const std::string& line) {
    list.reset(curl_slist_append(list.release(), line.c_str()));
}

// A success goes where it is wanted; a problem document is kept, to be told.
struct Receiver {
    CURL* curl;
    std::ostream* output;
    std::string problem;
};

std::size_t receive(char* bytes, std::size_t, std::size_t size, void* to) {
    auto& receiver = *static_cast<Receiver*>(to);
    long status = 0;
    curl_easy_getinfo(receiver.curl, CURLINFO_RESPONSE_CODE, &status);
    if (status < 300) {
        receiver.output->write(bytes, static_cast<std::streamsize>(size));
        return receiver.output->good() ? size : 0;
    }
    receiver.problem.append(bytes, size);
    return size;
}

std::string told(const std::string& problem, long status) {
    boost::system::error_code failed;
    const auto document = boost::json::parse(problem, failed);
    const auto* object = failed ? nullptr : document.if_object();
    std::string text = fmt::format("the server answered {}", status);
    if (object == nullptr) return text;
    for (const char* member : {"title", "detail"}) {
        if (const auto* value = object->if_contains(member); value != nullptr && value->is_string()) {
            text += fmt::format("\n{}", std::string_view(value->get_string()));
        }
    }
    return text;
}

}  // namespace

struct Remote::Inside {
    std::string url;
    std::string token;
    std::string ca;
    CURL* curl = nullptr;

    void request(const std::string& method, const std::string& path, const Query& query, HeaderList headers,
                 const std::string* body, std::ostream& output) const;
};

Remote::Remote(const Target& target, Token token) : inside_(std::make_unique<Inside>()) {
    if (!target.url.starts_with("https://")) throw Failure("--url must begin with https://");
    if (token == Token::Needed && target.token.empty())
        throw Failure("--url needs a token: give it in the environment as VASTINE_TOKEN");
    inside_->url = target.url;
    while (inside_->url.ends_with('/')) inside_->url.pop_back();
    inside_->token = target.token;
    inside_->ca = target.ca.string();
    curl_global_init(CURL_GLOBAL_DEFAULT);
    inside_->curl = curl_easy_init();
    if (inside_->curl == nullptr) throw Failure("libcurl did not start");
}

Remote::~Remote() {
    if (inside_ && inside_->curl != nullptr) curl_easy_cleanup(inside_->curl);
}

void Remote::Inside::request(const std::string& method, const std::string& path, const Query& query,
                             HeaderList headers, const std::string* body, std::ostream& output) const {
    curl_easy_reset(curl);
    std::string address = url + path;
    char separator = '?';
    for (const auto& [name, value] : query) {
        const std::unique_ptr<char, void (*)(void*)> escaped(
            curl_easy_escape(curl, value.data(), static_cast<int>(value.size())), curl_free);
        address += separator + name + '=' + escaped.get();
        separator = '&';
    }
    if (!token.empty()) add(headers, "Authorization: Bearer " + token);
    add(headers, "Accept-Language: " + std::string(domain::code_of(terminal_language())));
    Receiver receiver{curl, &output, {}};
    curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &receiver);
    if (!ca.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, ca.c_str());
    if (body != nullptr) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
    }
    if (method != "GET") curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    const auto code = curl_easy_perform(curl);
    if (code == CURLE_PEER_FAILED_VERIFICATION) {
        throw Failure(fmt::format(
            "{}: the server's certificate is not trusted here. Give its certificate authority with "
            "--ca, and call the server by a name that stands in its certificate.",
            url));
    }
    if (code != CURLE_OK) throw Failure(fmt::format("{}: {}", url, curl_easy_strerror(code)));
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status >= 300) throw Failure(told(receiver.problem, status));
}

std::string Remote::get(const std::string& path, const Query& query) {
    std::ostringstream output;
    inside_->request("GET", path, query, {}, nullptr, output);
    return std::move(output).str();
}

void Remote::get_to(std::ostream& output, const std::string& path, const Query& query,
                    const std::map<std::string, std::string>& headers) {
    HeaderList list;
    for (const auto& [name, value] : headers) add(list, name + ": " + value);
    inside_->request("GET", path, query, std::move(list), nullptr, output);
}

std::string Remote::post_json(const std::string& path, const std::string& body,
                              const std::map<std::string, std::string>& headers) {
    std::ostringstream output;
    HeaderList list;
    add(list, "Content-Type: application/json");
    for (const auto& [name, value] : headers) add(list, name + ": " + value);
    inside_->request("POST", path, {}, std::move(list), &body, output);
    return std::move(output).str();
}

std::string Remote::put_json(const std::string& path, const std::string& body) {
    std::ostringstream output;
    HeaderList list;
    add(list, "Content-Type: application/json");
    inside_->request("PUT", path, {}, std::move(list), &body, output);
    return std::move(output).str();
}

}  // namespace vastine::tools
