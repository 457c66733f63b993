#include "api/login/second_factors.hpp"

#include <liboath/oath.h>
#include <sodium.h>

#include <algorithm>
#include <boost/json.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <unordered_set>

#include "api/secret.hpp"

namespace vastine::api {

namespace {

namespace json = boost::json;
using domain::Reason;
using domain::reject;

constexpr std::size_t secret_bytes = 20;         // RFC 4226 §4 R6: as long as the hash
constexpr std::size_t recovery_code_bytes = 10;  // 80 bits, which nobody guesses
constexpr std::size_t recovery_codes_made = 10;
constexpr std::size_t code_digits = 6;
constexpr std::string_view kept_under = "second-factor/";

void start() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    static const int started = oath_init();
    if (started != OATH_OK) throw std::runtime_error("liboath does not start");
}

std::string random_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

using FromOath = std::unique_ptr<char, decltype(&std::free)>;

std::string base32(std::string_view bytes) {
    char* text = nullptr;
    std::size_t length = 0;
    if (oath_base32_encode(bytes.data(), bytes.size(), &text, &length) != OATH_OK) throw std::bad_alloc();
    const FromOath owned(text, &std::free);
    std::string all(text, length);
    while (all.ends_with('=')) all.pop_back();
    return all;
}

std::string from_base32(const std::string& text) {
    char* bytes = nullptr;
    std::size_t length = 0;
    if (oath_base32_decode(text.data(), text.size(), &bytes, &length) != OATH_OK) return {};
    const FromOath owned(bytes, &std::free);
    return {bytes, length};
}

// As a person types it: spaces, hyphens and small letters do not matter.
std::string plain(std::string_view code) {
    std::string text;
    for (const char c : code.substr(0, 100)) {
        if (c == ' ' || c == '-') continue;
        text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return text;
}

std::string in_fours(std::string text) {
    for (std::size_t at = 4; at < text.size(); at += 5) text.insert(at, 1, '-');
    return text;
}

std::string hash_of_recovery_code(const std::string& user_id, const std::string& code) {
    return hash_of("recovery code", user_id + '\0' + plain(code));
}

struct Kept {
    std::string secret;      // base32
    std::int64_t since = 0;  // microseconds; 0: begun and not confirmed
    std::uint64_t last_step = 0;
    std::vector<std::string> recovery;  // hashes
};

std::string written(const Kept& kept) {
    return json::serialize(
        json::object{{"secret", kept.secret},
                     {"since", kept.since},
                     {"last_step", kept.last_step},
                     {"recovery", json::array(kept.recovery.begin(), kept.recovery.end())}});
}

Kept read(const std::string& value) {
    const auto object = json::parse(value).as_object();
    Kept kept;
    kept.secret = std::string(object.at("secret").as_string());
    kept.since = object.at("since").as_int64();
    kept.last_step = object.at("last_step").to_number<std::uint64_t>();
    for (const auto& hash : object.at("recovery").as_array()) kept.recovery.emplace_back(hash.as_string());
    return kept;
}

domain::Rejection wrong_code() {
    return domain::Rejection{Reason::Invalid, "account.code_wrong", {}, "code"};
}

}  // namespace

std::optional<std::uint64_t> totp_step(std::string_view secret, std::int64_t unix_seconds,
                                       std::string_view code) {
    const std::string given(code);
    const bool digits = given.size() == code_digits &&
                        std::ranges::all_of(given, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || unix_seconds < totp_step_seconds) return std::nullopt;
    int beside = 0;
    const int found = oath_totp_validate2(secret.data(), secret.size(), unix_seconds, totp_step_seconds, 0, 1,
                                          &beside, given.c_str());
    if (found < 0) return std::nullopt;
    return static_cast<std::uint64_t>(unix_seconds / totp_step_seconds + beside);
}

struct SecondFactors::Inside {
    store::Secrets& secrets;
    std::function<store::Instant()> now;
    // One check at a time: a code that two requests bring at once opens one of them.
    mutable std::mutex mutex;
    std::unordered_set<std::string> on;

    [[nodiscard]] static std::string name(const std::string& user_id) {
        return std::string(kept_under) + user_id;
    }
    [[nodiscard]] std::optional<Kept> kept(const std::string& user_id) const {
        const auto value = secrets.get(name(user_id));
        return value ? std::optional(read(*value)) : std::nullopt;
    }
    void put(const std::string& user_id, const Kept& kept) { secrets.put(name(user_id), written(kept)); }
    [[nodiscard]] std::int64_t seconds() const {
        return std::chrono::duration_cast<std::chrono::seconds>(now().time_since_epoch()).count();
    }
    // The code's step, when it is later than every one that was used.
    [[nodiscard]] std::optional<std::uint64_t> fresh_step(const Kept& kept, const std::string& code) const {
        const auto step = totp_step(from_base32(kept.secret), seconds(), code);
        return step && *step > kept.last_step ? step : std::nullopt;
    }
    static std::vector<std::string> new_recovery_codes(const std::string& user_id, Kept& kept) {
        std::vector<std::string> codes;
        kept.recovery.clear();
        for (std::size_t i = 0; i < recovery_codes_made; ++i) {
            codes.push_back(in_fours(base32(random_bytes(recovery_code_bytes))));
            kept.recovery.push_back(hash_of_recovery_code(user_id, codes.back()));
        }
        return codes;
    }
};

SecondFactors::SecondFactors(store::Secrets& secrets, std::function<store::Instant()> now) {
    start();
    inside_ = std::unique_ptr<Inside>(new Inside{secrets, std::move(now), {}, {}});
    for (const auto& [name, value] : secrets.scan(std::string(kept_under))) {
        if (read(value).since != 0) inside_->on.insert(name.substr(kept_under.size()));
    }
}

SecondFactors::~SecondFactors() = default;

std::optional<SecondFactors::State> SecondFactors::state(const std::string& user_id) const {
    const std::scoped_lock lock(inside_->mutex);
    const auto kept = inside_->kept(user_id);
    if (!kept || kept->since == 0) return std::nullopt;
    return State{store::Instant(std::chrono::microseconds(kept->since)), kept->recovery.size()};
}

bool SecondFactors::is_on(const std::string& user_id) const {
    const std::scoped_lock lock(inside_->mutex);
    return inside_->on.contains(user_id);
}

domain::Result<SecondFactors::Begun> SecondFactors::begin(const std::string& user_id,
                                                          std::string_view login) {
    const std::scoped_lock lock(inside_->mutex);
    if (inside_->on.contains(user_id)) return reject(Reason::Conflict, "account.second_factor_is_on");
    Kept kept;
    kept.secret = base32(random_bytes(secret_bytes));
    inside_->put(user_id, kept);
    const auto label = boost::urls::encode(login, boost::urls::unreserved_chars);
    return Begun{kept.secret, "otpauth://totp/Vastine:" + label + "?secret=" + kept.secret +
                                  "&issuer=Vastine&algorithm=SHA1&digits=6&period=30"};
}

domain::Result<std::vector<std::string>> SecondFactors::confirm(const std::string& user_id,
                                                                std::string_view code) {
    const std::scoped_lock lock(inside_->mutex);
    auto kept = inside_->kept(user_id);
    if (inside_->on.contains(user_id)) return reject(Reason::Conflict, "account.second_factor_is_on");
    if (!kept) return reject(Reason::Conflict, "account.second_factor_not_begun");
    const auto step = inside_->fresh_step(*kept, plain(code));
    if (!step) return tl::unexpected(wrong_code());
    kept->since = inside_->now().time_since_epoch().count();
    kept->last_step = *step;
    auto codes = Inside::new_recovery_codes(user_id, *kept);
    inside_->put(user_id, *kept);
    inside_->on.insert(user_id);
    return codes;
}

bool SecondFactors::check(const std::string& user_id, std::string_view given) {
    const auto code = plain(given);
    const std::scoped_lock lock(inside_->mutex);
    auto kept = inside_->kept(user_id);
    if (!kept || kept->since == 0) return false;
    if (const auto step = inside_->fresh_step(*kept, code)) {
        kept->last_step = *step;
    } else {
        const auto hash = hash_of_recovery_code(user_id, code);
        const auto found = std::ranges::find(kept->recovery, hash);
        if (found == kept->recovery.end()) return false;
        kept->recovery.erase(found);
    }
    inside_->put(user_id, *kept);
    return true;
}

std::vector<std::string> SecondFactors::renew_recovery_codes(const std::string& user_id) {
    const std::scoped_lock lock(inside_->mutex);
    auto kept = inside_->kept(user_id);
    if (!kept || kept->since == 0) return {};
    auto codes = Inside::new_recovery_codes(user_id, *kept);
    inside_->put(user_id, *kept);
    return codes;
}

void SecondFactors::switch_off(const std::string& user_id) {
    const std::scoped_lock lock(inside_->mutex);
    inside_->secrets.erase(Inside::name(user_id));
    inside_->on.erase(user_id);
}

}  // namespace vastine::api
