#include "api/accounts.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

#include "api/login/token_scope.hpp"
#include "api/secret.hpp"
#include "api/utf8.hpp"

namespace vastine::api {

namespace {

namespace json = boost::json;
using std::chrono::duration_cast;

constexpr std::string_view token_mark = "vst_";  // lets secret scanners find a leaked one
constexpr std::size_t tokens_per_user_max = 50;
constexpr std::size_t session_id_length = 16;  // of its key's 64 digits: enough to tell one's own apart

void start_sodium() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

struct Cost {
    unsigned long long operations;
    std::size_t memory_bytes;
};
Cost cost_of(PasswordCost cost) {
    if (cost == PasswordCost::Least) {
        return {crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN};
    }
    return {crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE, crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE};
}

std::string password_hash(std::string_view password, Cost cost) {
    std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
    if (crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), cost.operations,
                                   cost.memory_bytes) != 0) {
        throw std::runtime_error("not enough memory for a password check");
    }
    return text.data();
}

std::string password_name(const std::string& user_id) {
    return "password/" + user_id;
}

// What is kept of a password: its hash, with a mark before it while its owner must change it.
constexpr std::string_view to_be_changed = "to be changed ";

struct KeptPassword {
    std::string hash;
    bool change_required = false;
};

KeptPassword read_kept(std::string value) {
    if (!value.starts_with(to_be_changed)) return {std::move(value), false};
    return {value.substr(to_be_changed.size()), true};
}
std::string kept_of(const KeptPassword& password) {
    return (password.change_required ? std::string(to_be_changed) : std::string()) + password.hash;
}

std::int64_t micros(store::Instant at) {
    return at.time_since_epoch().count();
}
store::Instant instant(std::int64_t micros) {
    return store::Instant(std::chrono::microseconds(micros));
}

std::string stored(const Accounts::Token& token) {
    json::array scopes;
    for (const auto scope : token.scopes) scopes.emplace_back(TokenScope_Name(scope));
    return json::serialize(json::object{{"id", token.token_id},
                                        {"user", token.user_id},
                                        {"label", token.label},
                                        {"created", micros(token.created_at)},
                                        {"expires", micros(token.expires_at)},
                                        {"scopes", std::move(scopes)}});
}

// One made before there were scopes goes on as it was: its owner meant it to do all that they may.
std::set<TokenScope> scopes_in(const json::object& kept) {
    const auto* names = kept.if_contains("scopes");
    if (names == nullptr) return every_token_scope();
    std::set<TokenScope> scopes;
    for (const auto& name : names->as_array()) {
        TokenScope scope = NO_SCOPE;
        if (TokenScope_Parse(std::string(name.as_string()), &scope)) scopes.insert(scope);
    }
    return scopes;
}

Accounts::Token loaded(const std::string& value) {
    const auto object = json::parse(value).as_object();
    const auto text = [&](const char* key) { return std::string(object.at(key).as_string()); };
    return {text("id"),
            text("user"),
            text("label"),
            instant(object.at("created").as_int64()),
            instant(object.at("expires").as_int64()),
            scopes_in(object)};
}

}  // namespace

struct Accounts::Inside {
    struct Open {
        std::string user_id;
        store::Instant opened_at;
        store::Instant used_at;
        bool password_change_required;
        Opening opening;
    };

    store::Secrets& secrets;
    std::function<store::Instant()> now;
    Cost cost;
    SessionLimits limits;
    std::string nobodys_hash;  // what an unknown login is checked against
    mutable std::mutex mutex;
    std::unordered_map<std::string, Open> sessions;  // by hash of the secret

    [[nodiscard]] store::Instant end_of(const Open& session) const {
        return std::min<store::Instant>(session.used_at + limits.idle, session.opened_at + limits.absolute);
    }
    void drop_expired() {
        const auto at = now();
        std::erase_if(sessions, [&](const auto& entry) { return end_of(entry.second) <= at; });
    }
    void drop_of(const std::string& user_id) {
        const std::scoped_lock lock(mutex);
        std::erase_if(sessions, [&](const auto& entry) { return entry.second.user_id == user_id; });
    }
};

Accounts::Accounts(store::Secrets& secrets, std::function<store::Instant()> now, PasswordCost cost,
                   SessionLimits limits) {
    start_sodium();
    inside_ = std::unique_ptr<Inside>(new Inside{secrets, std::move(now), cost_of(cost), limits, {}, {}, {}});
    inside_->nobodys_hash = password_hash(random_secret(), inside_->cost);
}

Accounts::~Accounts() = default;

domain::Result<std::monostate> Accounts::set_password(const std::string& user_id, std::string_view password,
                                                      ChosenBy chosen_by) {
    const auto length = characters(password);
    if (length < 12 || length > 200) {
        return domain::reject(domain::Reason::Invalid, "account.password_length",
                              {{"least", "12"}, {"most", "200"}}, "password");
    }
    const KeptPassword kept{password_hash(password, inside_->cost), chosen_by == ChosenBy::SomebodyElse};
    inside_->secrets.put(password_name(user_id), kept_of(kept));
    inside_->drop_of(user_id);
    return std::monostate{};
}

bool Accounts::verify(const std::optional<std::string>& user_id, std::string_view password) {
    std::optional<KeptPassword> kept;
    if (user_id) {
        if (auto value = inside_->secrets.get(password_name(*user_id))) kept = read_kept(std::move(*value));
    }
    // A longer one was never set, and would cost whatever its sender likes.
    if (password.size() > 1000) password = password.substr(0, 1000), kept.reset();
    const auto& against = kept ? kept->hash : inside_->nobodys_hash;
    const bool matches =
        crypto_pwhash_argon2id_str_verify(against.c_str(), password.data(), password.size()) == 0;
    if (!kept || !matches) return false;
    if (crypto_pwhash_argon2id_str_needs_rehash(kept->hash.c_str(), inside_->cost.operations,
                                                inside_->cost.memory_bytes) != 0) {
        kept->hash = password_hash(password, inside_->cost);
        inside_->secrets.put(password_name(*user_id), kept_of(*kept));
    }
    return true;
}

Accounts::OpenedSession Accounts::open_session(const std::string& user_id, Opening opening) {
    auto secret = random_secret();
    const auto at = inside_->now();
    const std::scoped_lock lock(inside_->mutex);
    // Under the lock: a new password is put first and ends the sessions then, so that what is read here
    // holds as long as this one.
    const auto value = inside_->secrets.get(password_name(user_id));
    // Whoever comes from the provider has not used the password, and need not have one.
    const bool change_required =
        opening.by != SignedInBy::Provider && value && read_kept(*value).change_required;
    inside_->drop_expired();
    // The oldest gives way: a person who forgets to sign out is not locked out by it.
    auto& sessions = inside_->sessions;
    while (static_cast<std::size_t>(std::count_if(sessions.begin(), sessions.end(), [&](const auto& entry) {
               return entry.second.user_id == user_id;
           })) >= inside_->limits.per_user_max) {
        auto oldest = sessions.end();
        for (auto it = sessions.begin(); it != sessions.end(); ++it) {
            if (it->second.user_id != user_id) continue;
            if (oldest == sessions.end() || it->second.used_at < oldest->second.used_at) oldest = it;
        }
        sessions.erase(oldest);
    }
    const Inside::Open session{user_id, at, at, change_required, std::move(opening)};
    sessions.emplace(hash_of("session", secret), session);
    auto csrf = csrf_token(secret);
    return {std::move(secret), std::move(csrf), inside_->end_of(session), change_required};
}

std::optional<Accounts::Session> Accounts::session(std::string_view secret) {
    auto key = hash_of("session", secret);
    const auto at = inside_->now();
    const std::scoped_lock lock(inside_->mutex);
    const auto found = inside_->sessions.find(key);
    if (found == inside_->sessions.end()) return std::nullopt;
    if (inside_->end_of(found->second) <= at) {
        inside_->sessions.erase(found);
        return std::nullopt;
    }
    found->second.used_at = std::max(found->second.used_at, at);
    return Session{found->second.user_id, inside_->end_of(found->second), std::move(key),
                   found->second.password_change_required, found->second.opening.by};
}

std::string Accounts::csrf_token(std::string_view secret) const {
    return hash_of("csrf", secret);
}

bool Accounts::csrf_matches(std::string_view secret, std::string_view given) const {
    const auto expected = csrf_token(secret);
    return given.size() == expected.size() &&
           sodium_memcmp(given.data(), expected.data(), expected.size()) == 0;
}

void Accounts::close_session(std::string_view secret) {
    const std::scoped_lock lock(inside_->mutex);
    inside_->sessions.erase(hash_of("session", secret));
}

void Accounts::close_sessions_of(const std::string& user_id) {
    inside_->drop_of(user_id);
}

std::vector<Accounts::ListedSession> Accounts::sessions_of(const std::string& user_id) const {
    std::vector<ListedSession> all;
    {
        const std::scoped_lock lock(inside_->mutex);
        inside_->drop_expired();
        for (const auto& [key, open] : inside_->sessions) {
            if (open.user_id != user_id) continue;
            all.push_back({key.substr(0, session_id_length), key, open.opened_at, open.used_at,
                           inside_->end_of(open), open.opening});
        }
    }
    std::ranges::sort(all, std::ranges::greater(), &ListedSession::used_at);
    return all;
}

bool Accounts::close_session_of(const std::string& user_id, std::string_view session_id) {
    if (session_id.size() != session_id_length) return false;
    const std::scoped_lock lock(inside_->mutex);
    return std::erase_if(inside_->sessions, [&](const auto& entry) {
               return entry.second.user_id == user_id && entry.first.starts_with(session_id);
           }) > 0;
}

void Accounts::close_other_sessions(const std::string& user_id, std::string_view key) {
    const std::scoped_lock lock(inside_->mutex);
    std::erase_if(inside_->sessions,
                  [&](const auto& entry) { return entry.second.user_id == user_id && entry.first != key; });
}

void Accounts::close_sessions_of_provider(std::string_view subject, std::string_view session) {
    const std::scoped_lock lock(inside_->mutex);
    std::erase_if(inside_->sessions, [&](const auto& entry) {
        const auto& opening = entry.second.opening;
        if (opening.by != SignedInBy::Provider) return false;
        return session.empty() ? opening.provider_subject == subject : opening.provider_session == session;
    });
}

std::size_t Accounts::open_sessions() const {
    const std::scoped_lock lock(inside_->mutex);
    inside_->drop_expired();
    return inside_->sessions.size();
}

bool Accounts::is_open(std::string_view key) const {
    const auto at = inside_->now();
    const std::scoped_lock lock(inside_->mutex);
    const auto found = inside_->sessions.find(std::string(key));
    return found != inside_->sessions.end() && inside_->end_of(found->second) > at;
}

domain::Result<Accounts::NewToken> Accounts::create_token(const std::string& user_id,
                                                          const std::string& label, std::chrono::days valid,
                                                          const std::set<TokenScope>& scopes) {
    const bool printable =
        std::none_of(label.begin(), label.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (label.empty() || characters(label) > 80 || !printable) {
        return domain::reject(domain::Reason::Invalid, "account.token_label", {{"most", "80"}}, "label");
    }
    if (valid < std::chrono::days(1) || valid > std::chrono::days(400)) {
        return domain::reject(domain::Reason::Invalid, "account.token_days", {{"most", "400"}}, "valid_days");
    }
    const bool known = std::ranges::all_of(
        scopes, [](TokenScope scope) { return scope != NO_SCOPE && TokenScope_IsValid(scope); });
    if (scopes.empty() || !known) {
        return domain::reject(domain::Reason::Invalid, "account.token_scopes", {}, "scopes");
    }
    if (tokens_of(user_id).size() >= tokens_per_user_max) {
        return domain::reject(domain::Reason::Conflict, "account.too_many_tokens");
    }
    auto secret = std::string(token_mark) + random_secret();
    const auto at = inside_->now();
    Token token{hash_of("token id", secret).substr(0, 16), user_id, label, at, at + valid, scopes};
    inside_->secrets.put("token/" + hash_of("token", secret), stored(token));
    return NewToken{std::move(secret), std::move(token)};
}

std::optional<Accounts::Token> Accounts::token(std::string_view secret) {
    if (!secret.starts_with(token_mark) || secret.size() > 100) return std::nullopt;
    const auto name = "token/" + hash_of("token", secret);
    const auto value = inside_->secrets.get(name);
    if (!value) return std::nullopt;
    auto token = loaded(*value);
    if (token.expires_at <= inside_->now()) {
        inside_->secrets.erase(name);
        return std::nullopt;
    }
    return token;
}

std::vector<Accounts::Token> Accounts::tokens_of(const std::string& user_id) const {
    std::vector<Token> tokens;
    for (const auto& [name, value] : inside_->secrets.scan("token/")) {
        auto token = loaded(value);
        if (token.user_id == user_id && token.expires_at > inside_->now()) tokens.push_back(std::move(token));
    }
    std::sort(tokens.begin(), tokens.end(),
              [](const Token& a, const Token& b) { return a.created_at < b.created_at; });
    return tokens;
}

bool Accounts::revoke_token(const std::string& user_id, std::string_view token_id) {
    for (const auto& [name, value] : inside_->secrets.scan("token/")) {
        const auto token = loaded(value);
        if (token.user_id == user_id && token.token_id == token_id) {
            inside_->secrets.erase(name);
            return true;
        }
    }
    return false;
}

}  // namespace vastine::api
