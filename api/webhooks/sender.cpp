#include "api/webhooks/sender.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <stdexcept>

namespace vastine::api {

namespace {

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t throw_away(char*, std::size_t, std::size_t size, void*) {
    return size;
}

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return {};
    const std::unique_ptr<char, void (*)(void*)> owned(text, curl_free);
    return text;
}

// By what stands there alone: no name is looked up.
bool this_machine(const std::string& host) {
    in_addr address{};
    if (::inet_pton(AF_INET, host.c_str(), &address) == 1) return (ntohl(address.s_addr) >> 24U) == 127;
    return host == "localhost" || host == "[::1]";
}

void start_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

bool may_be_posted_to(std::string_view text) {
    // Read by whom it will be sent: two readers of one address may differ.
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK)
        return false;
    const auto scheme = part(url.get(), CURLUPART_SCHEME);
    return scheme == "https" || (scheme == "http" && this_machine(part(url.get(), CURLUPART_HOST)));
}

struct Sender::Inside {
    struct Transfer {
        std::unique_ptr<CURL, FreeEasy> easy;
        std::unique_ptr<curl_slist, FreeList> headers;
    };

    std::string authority;
    std::chrono::milliseconds patience;
    std::unique_ptr<CURLM, FreeMulti> multi;
    std::map<std::string, Transfer> transfers;

    ~Inside() {
        for (auto& [name, transfer] : transfers) curl_multi_remove_handle(multi.get(), transfer.easy.get());
    }
};

Sender::Sender(std::filesystem::path authority, std::chrono::milliseconds patience) {
    start_curl();
    inside_.reset(new Inside{authority.string(), patience, {}, {}});
    inside_->multi.reset(curl_multi_init());
    if (!inside_->multi) throw std::runtime_error("libcurl does not start");
}

Sender::~Sender() = default;

void Sender::post(const std::string& name, const Post& post) {
    Inside::Transfer transfer;
    transfer.easy.reset(curl_easy_init());
    auto* easy = transfer.easy.get();
    if (easy == nullptr) throw std::runtime_error("libcurl does not start");
    for (const auto& header : post.headers) {
        transfer.headers.reset(curl_slist_append(transfer.headers.release(), header.c_str()));
    }
    curl_easy_setopt(easy, CURLOPT_URL, post.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, post.url.starts_with("https:") ? "https" : "http");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    // The system's own authorities stay: they are found in a folder, this one in a file.
    if (!inside_->authority.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, inside_->authority.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(inside_->patience.count()));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "vastine");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
    curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, post.body.data());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &throw_away);
    curl_multi_add_handle(inside_->multi.get(), easy);
    inside_->transfers.emplace(name, std::move(transfer));
}

bool Sender::posting(const std::string& name) const {
    return inside_->transfers.contains(name);
}

std::vector<std::pair<std::string, Sent>> Sender::wait(std::chrono::milliseconds longest) {
    auto* multi = inside_->multi.get();
    int running = 0;
    curl_multi_perform(multi, &running);
    std::vector<std::pair<std::string, Sent>> ended;
    const auto collect = [&] {
        int left = 0;
        while (auto* message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const auto code = message->data.result;
            const auto found = std::find_if(
                inside_->transfers.begin(), inside_->transfers.end(),
                [&](const auto& entry) { return entry.second.easy.get() == message->easy_handle; });
            Sent sent;
            if (code == CURLE_OK) {
                long status = 0;
                curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
                sent = {Sent::How::Answered, static_cast<unsigned>(status)};
            } else if (code == CURLE_PEER_FAILED_VERIFICATION) {
                sent.how = Sent::How::NotTrusted;
            }
            ended.emplace_back(found->first, sent);
            curl_multi_remove_handle(multi, found->second.easy.get());
            inside_->transfers.erase(found);
        }
    };
    collect();
    if (!ended.empty()) return ended;
    curl_multi_poll(multi, nullptr, 0, static_cast<int>(longest.count()), nullptr);
    curl_multi_perform(multi, &running);
    collect();
    return ended;
}

void Sender::wake() {
    curl_multi_wakeup(inside_->multi.get());
}

}  // namespace vastine::api
