#include "store/sealing/key_ring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "store/bytes.hpp"
#include "store/sealing/cipher.hpp"

namespace vastine::store::sealing {
namespace {

using engine::Batch;
using engine::Family;

constexpr std::uint8_t wrapped_state = 1;
constexpr std::uint8_t destroyed_state = 2;
constexpr std::uint64_t run_size = 256;
constexpr std::size_t runs_kept = 32;
constexpr std::size_t unwrapped_kept = 1 << 15;
constexpr std::size_t pool_size_max = 2048;
constexpr WrapArea areas[] = {WrapArea::Reference,       WrapArea::Ombudsman,   WrapArea::Legal,
                              WrapArea::AccessOmbudsman, WrapArea::AccessLegal, WrapArea::AccessReference};

std::string key_bound(std::uint64_t id, std::uint8_t area) {
    std::string bound;
    bound.reserve(17);
    bound = "data key";
    put_u64(bound, id);
    put_u8(bound, area);
    return bound;
}
std::string area_name(WrapArea area) {
    return fmt::format("area-key-{}", static_cast<unsigned>(area));
}
std::string check_value(const Key& master) {
    return hmac_sha256(master, "vastine key check 1").substr(0, 8);
}
std::string secret_bound(std::string_view name) {
    return "secret " + std::string(name);
}

// The first key after all that begin with the prefix.
std::string after_prefix(std::string prefix) {
    while (!prefix.empty() && static_cast<std::uint8_t>(prefix.back()) == 0xFF) prefix.pop_back();
    if (prefix.empty()) return std::string(64, '\xFF');
    prefix.back() = static_cast<char>(static_cast<std::uint8_t>(prefix.back()) + 1);
    return prefix;
}

}  // namespace

void KeyRing::create(engine::Engine& engine, const Key& master, const Organisation& organisation) {
    Batch batch;
    batch.put(Family::Meta, "format", "keys 1");
    batch.put(Family::Meta, "organisation", std::string(organisation.begin(), organisation.end()));
    batch.put(Family::Meta, "key-check", check_value(master));
    for (const auto area : areas) {
        batch.put(Family::Meta, area_name(area), wrap(master, area_name(area), Key::random()));
    }
    batch.put(Family::Meta, "index-key", wrap(master, "index-key", Key::random()));
    engine.write(batch);
}

KeyRing::KeyRing(engine::Engine& engine, Key master, std::string where)
    : engine_(engine),
      master_(std::move(master)),
      where_(std::move(where)),
      unwrapped_(unwrapped_kept),
      runs_(runs_kept) {
    const auto meta = [&](const std::string& name) {
        auto value = engine_.get(Family::Meta, name);
        if (!value) {
            throw CannotOpen(
                fmt::format("{} is no complete key database ({} is not there). Restore it from "
                            "its backup; if it was never finished, remove the folder and run "
                            "init again.",
                            where_, name));
        }
        return std::move(*value);
    };
    if (meta("format") != "keys 1") {
        throw CannotOpen(fmt::format("{} was written by a newer version of this software.", where_));
    }
    const auto organisation = meta("organisation");
    if (organisation.size() != organisation_.size()) throw Corruption(where_ + ": organisation");
    std::copy(organisation.begin(), organisation.end(), organisation_.begin());
    if (meta("key-check") != check_value(master_)) {
        throw CannotOpen(
            fmt::format("The key file does not belong to {}: it is another organisation's or an "
                        "older one. Name the right file with --key-file.",
                        where_));
    }
    const auto unwrapped = [&](const std::string& name) {
        auto key = unwrap(master_, name, meta(name));
        if (!key) throw Corruption(fmt::format("{}: {} does not unwrap", where_, name));
        return std::move(*key);
    };
    for (const auto area : areas) {
        area_keys_.emplace(static_cast<std::uint8_t>(area), unwrapped(area_name(area)));
    }
    index_key_ = unwrapped("index-key");
    recover();
}

KeyRing::~KeyRing() = default;

void KeyRing::recover() {
    const std::lock_guard writing(writing_);
    if (engine_.faulted()) engine_.reopen();
    // A pool that was left behind is not taken up again: its keys sealed nothing, and a key that might
    // have been given to a stream must never be given to another.
    const auto last = engine_.last(Family::Keys, u64_bytes(0), u64_bytes(UINT64_MAX));
    const std::lock_guard lock(mutex_);
    last_id_ = last ? Reader(last->first).u64() : 0;
    for (auto& run : runs_) run = {};
}

void KeyRing::try_recover() noexcept {
    try {
        {
            const std::lock_guard lock(mutex_);
            const auto now = std::chrono::steady_clock::now();
            if (now < next_try_) return;
            next_try_ = now + std::chrono::seconds(1);
        }
        recover();
    } catch (const std::exception&) {
        return;  // still faulted, and healthy() says so
    }
}

void KeyRing::write(const Batch& batch) {
    if (engine_.faulted()) engine_.reopen();
    engine_.write(batch);
}

PoolKey KeyRing::take(WrapArea area) {
    while (true) {
        std::unique_lock lock(mutex_);
        Pool& pool = pools_[area];
        const bool low = pool.keys.size() < pool.next_size / 4;
        if (!pool.keys.empty() && (!low || pool.filling)) {
            auto key = std::move(pool.keys.back());
            pool.keys.pop_back();
            return key;
        }
        const bool was_filling = pool.filling;
        const std::size_t count = pool.next_size;
        pool.filling = true;
        lock.unlock();
        // Whoever finds the pool low fills it, and the others take what is left meanwhile.
        const std::lock_guard writing(writing_);
        if (was_filling) continue;  // somebody else filled it while we waited
        try {
            fill(area, count);
        } catch (...) {
            lock.lock();
            pools_[area].filling = false;
            throw;
        }
        lock.lock();
        pools_[area].filling = false;
        pools_[area].next_size = std::min(count * 2, pool_size_max);
    }
}

void KeyRing::fill(WrapArea area, std::size_t count) {
    if (engine_.faulted()) {
        engine_.reopen();
        const auto last = engine_.last(Family::Keys, u64_bytes(0), u64_bytes(UINT64_MAX));
        const std::lock_guard lock(mutex_);
        last_id_ = std::max(last_id_, last ? Reader(last->first).u64() : 0);
    }
    const auto code = static_cast<std::uint8_t>(area);
    std::uint64_t id = last_id().value;
    Batch batch;
    std::vector<PoolKey> made;
    made.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        ++id;
        auto key = std::make_shared<const Key>(Key::random());
        std::string record;
        put_u8(record, wrapped_state);
        put_u8(record, code);
        record += wrap(area_key(code), key_bound(id, code), *key);
        batch.put(Family::Keys, u64_bytes(id), std::move(record));
        made.push_back({KeyId{id}, std::move(key)});
    }
    engine_.write(batch);
    const std::lock_guard lock(mutex_);
    last_id_ = id;
    Pool& pool = pools_[area];
    // Given out from the back: turned round, so that ids follow the order in which cases are opened.
    pool.keys.insert(pool.keys.begin(), std::make_move_iterator(made.rbegin()),
                     std::make_move_iterator(made.rend()));
}

void KeyRing::give_back(WrapArea area, PoolKey key) {
    const std::lock_guard lock(mutex_);
    pools_[area].keys.push_back(std::move(key));
}

KeyId KeyRing::last_id() const {
    const std::lock_guard lock(mutex_);
    return KeyId{last_id_};
}

const Key& KeyRing::area_key(std::uint8_t area) const {
    const auto found = area_keys_.find(area);
    if (found == area_keys_.end()) throw Corruption(fmt::format("{}: unknown key area {}", where_, area));
    return found->second;
}

void KeyRing::Wrapped::assign(std::string_view stored) {
    size = static_cast<std::uint8_t>(std::min(stored.size(), bytes.size()));
    std::copy_n(stored.begin(), size, bytes.begin());
}

// The run the id belongs to, or the one longest unused emptied for it.
KeyRing::Run& KeyRing::run_of(KeyId id) const {
    const std::uint64_t number = id.value / run_size;
    Run* oldest = &runs_.front();
    for (auto& run : runs_) {
        if (run.number == number) oldest = &run;
        if (run.number == number) break;
        if (run.used_at < oldest->used_at) oldest = &run;
    }
    if (oldest->number != number) {
        oldest->number = number;
        oldest->asked = false;
        oldest->keys.clear();
    }
    oldest->used_at = ++asked_;
    return *oldest;
}

KeyRing::Unwrapped& KeyRing::place_of(KeyId id) const {
    return unwrapped_[id.value % unwrapped_.size()];
}

KeyRing::Wrapped KeyRing::read_run(KeyId id, std::uint64_t destroyed) const {
    const std::uint64_t number = id.value / run_size;
    std::vector<Wrapped> read(run_size);
    engine_.scan(Family::Keys, u64_bytes(number * run_size), u64_bytes((number + 1) * run_size),
                 [&](std::string_view key, std::string_view value) {
                     read[Reader(key).u64() % run_size].assign(value);
                     return true;
                 });
    const auto found = read[id.value % run_size];
    const std::lock_guard lock(mutex_);
    if (destroyed == destroyed_) run_of(id).keys = std::move(read);
    return found;
}

std::shared_ptr<const Key> KeyRing::find(KeyId id) const {
    Wrapped record;
    std::uint64_t destroyed = 0;
    bool neighbour_was_asked = false;
    {
        const std::lock_guard lock(mutex_);
        if (const auto& known = place_of(id); known.id == id && known.key) return known.key;
        destroyed = destroyed_;
        auto& run = run_of(id);
        neighbour_was_asked = std::exchange(run.asked, true);
        if (!run.keys.empty()) record = run.keys[id.value % run_size];
    }
    if (record.size == 0 && neighbour_was_asked) record = read_run(id, destroyed);
    if (record.size == 0) {
        if (const auto stored = engine_.get(Family::Keys, u64_bytes(id.value))) record.assign(*stored);
    }
    if (record.size == 0) {
        throw Corruption(
            fmt::format("{}: key {} is missing. Restore the newest backup of the keys: they must be "
                        "at least as new as the log.",
                        where_, id.value));
    }
    Reader reader(record.view());
    const auto state = reader.u8();
    if (state == destroyed_state) return nullptr;
    if (state != wrapped_state) throw Corruption(fmt::format("{}: key {} is damaged", where_, id.value));
    const auto area = reader.u8();
    auto key = unwrap(area_key(area), key_bound(id.value, area), reader.rest());
    if (!key) throw Corruption(fmt::format("{}: key {} does not unwrap", where_, id.value));
    auto shared = std::make_shared<const Key>(std::move(*key));
    const std::lock_guard lock(mutex_);
    if (destroyed == destroyed_) place_of(id) = {id, shared};
    return shared;
}

void KeyRing::destroy(KeyId id) {
    const std::lock_guard writing(writing_);
    std::string record;
    put_u8(record, destroyed_state);
    Batch batch;
    batch.put(Family::Keys, u64_bytes(id.value), std::move(record));
    write(batch);
    const std::lock_guard lock(mutex_);
    ++destroyed_;
    if (auto& known = place_of(id); known.id == id) known = {};
    run_of(id).keys.clear();
}

std::string KeyRing::claim_hash(const std::string& scope, const std::string& value) const {
    std::string text;
    put_text(text, scope);
    text += value;
    return hmac_sha256(index_key_, text);
}

void KeyRing::put(const std::string& name, const std::string& value) {
    const std::lock_guard writing(writing_);
    Batch batch;
    batch.put(Family::Secrets, name, seal_box(master_, random_nonce(), secret_bound(name), value));
    write(batch);
}

void KeyRing::erase(const std::string& name) {
    const std::lock_guard writing(writing_);
    Batch batch;
    batch.erase(Family::Secrets, name);
    write(batch);
}

std::string KeyRing::open_secret(std::string_view name, std::string_view box) const {
    std::string value;
    if (!open_box(master_, secret_bound(name), box, value)) {
        throw Corruption(fmt::format("{}: secret {} is damaged", where_, name));
    }
    return value;
}

std::optional<std::string> KeyRing::get(const std::string& name) const {
    const auto box = engine_.get(Family::Secrets, name);
    if (!box) return std::nullopt;
    return open_secret(name, *box);
}

std::vector<std::pair<std::string, std::string>> KeyRing::scan(const std::string& prefix) const {
    std::vector<std::pair<std::string, std::string>> found;
    engine_.scan(Family::Secrets, prefix, after_prefix(prefix),
                 [&](std::string_view name, std::string_view box) {
                     found.emplace_back(name, open_secret(name, box));
                     return true;
                 });
    return found;
}

}  // namespace vastine::store::sealing
