#include "api/login/openid/fetching.hpp"

#include <curl/curl.h>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace vastine::api::openid {

namespace {

constexpr std::size_t longest = std::size_t{256} << 10U;

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

std::size_t keep(char* bytes, std::size_t, std::size_t size, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size > longest) return 0;
    body.append(bytes, size);
    return size;
}

void start_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

std::string form_encoded(const std::string& text) {
    return boost::urls::encode(text, boost::urls::unreserved_chars);
}

std::optional<Fetched> fetch(const Exchange& exchange) {
    start_curl();
    const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
    if (!easy) throw std::runtime_error("libcurl does not start");
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(easy.get(), option, value); };
    Fetched fetched;
    std::string form;
    for (const auto& [name, value] : exchange.form)
        form += (form.empty() ? "" : "&") + name + "=" + form_encoded(value);
    set(CURLOPT_URL, exchange.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    // The system's own authorities stay: they are found in a folder, this one in a file.
    if (!exchange.authority.empty()) set(CURLOPT_CAINFO, exchange.authority.c_str());
    set(CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(exchange.patience.count()));
    set(CURLOPT_USERAGENT, "vastine");
    if (!exchange.form.empty()) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(form.size()));
        set(CURLOPT_POSTFIELDS, form.c_str());
    }
    if (!exchange.user.empty()) {
        set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        set(CURLOPT_USERNAME, exchange.user.c_str());
        set(CURLOPT_PASSWORD, exchange.password.c_str());
    }
    set(CURLOPT_WRITEFUNCTION, &keep);
    set(CURLOPT_WRITEDATA, &fetched.body);
    if (curl_easy_perform(easy.get()) != CURLE_OK) return std::nullopt;
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    fetched.status = static_cast<unsigned>(status);
    return fetched;
}

}  // namespace vastine::api::openid
