#include "store/sealing/key_ring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "store/bytes.hpp"
#include "store/sealing/cipher.hpp"
#include "store/sealing/file_key.hpp"

namespace vastine::store::sealing {
namespace {

using engine::Batch;
using engine::Family;

constexpr std::uint64_t run_size = 256;
constexpr std::size_t runs_kept = 32;
constexpr std::size_t unwrapped_kept = 1 << 15;
constexpr std::size_t pool_size_max = 2048;

// The first key after all that begin with the prefix.
std::string after_prefix(std::string prefix) {
    while (!prefix.empty() && static_cast<std::uint8_t>(prefix.back()) == 0xFF) prefix.pop_back();
    if (prefix.empty()) return std::string(64, '\xFF');
    prefix.back() = static_cast<char>(static_cast<std::uint8_t>(prefix.back()) + 1);
    return prefix;
}

}  // namespace

void KeyRing::create(engine::Engine& engine, const MasterKey& master, const Organisation& organisation) {
    Batch batch;
    batch.put(Family::Meta, "format", "keys 2");
    batch.put(Family::Meta, "organisation", std::string(organisation.begin(), organisation.end()));
    batch.put(Family::Meta, "key-check", master.check());
    for (const auto area : wrap_areas) {
        put_kept(batch, master, std::nullopt, area_row(static_cast<std::uint8_t>(area)), Key::random());
    }
    put_kept(batch, master, std::nullopt, "index-key", Key::random());
    put_kept(batch, master, std::nullopt, "secrets-key", Key::random());
    engine.write(batch);
}
void KeyRing::create(engine::Engine& engine, const Key& master, const Organisation& organisation) {
    create(engine, FileKey(Key(std::span<const std::uint8_t, Key::size>(master.data(), Key::size))),
           organisation);
}

KeyRing::KeyRing(engine::Engine& engine, Key master, std::string where)
    : KeyRing(engine, KeyPlace(std::make_unique<FileKey>(std::move(master))), std::move(where)) {}

KeyRing::KeyRing(engine::Engine& engine, KeyPlace place, std::string where)
    : engine_(engine),
      place_(std::move(place)),
      where_(std::move(where)),
      unwrapped_(unwrapped_kept),
      runs_(runs_kept) {
    load();
    recover();
}

void KeyRing::load() {
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
    const auto format = meta("format");
    if (format != "keys 1" && format != "keys 2") {
        throw CannotOpen(fmt::format("{} was written by a newer version of this software.", where_));
    }
    const auto organisation = meta("organisation");
    if (organisation.size() != organisation_.size()) throw Corruption(where_ + ": organisation");
    std::copy(organisation.begin(), organisation.end(), organisation_.begin());
    master_ = place_.find(meta("key-check"), where_);
    if (format == "keys 1") upgrade_secrets();
    const auto opened = [&](const std::string& name) {
        return std::make_shared<const Key>(open_kept(engine_, *master_, name, where_));
    };
    Wrapping wrapping;
    for (const auto area : wrap_areas) {
        const auto code = static_cast<std::uint8_t>(area);
        wrapping.areas[code] = opened(area_row(code));
        // A rotation was interrupted: what it wrapped stands under the next key, the rest under this one.
        const auto next = next_area_row(code);
        if (engine_.get(Family::Meta, next)) wrapping.next[code] = opened(next);
    }
    wrapping.secrets = opened("secrets-key");
    index_key_ = open_kept(engine_, *master_, "index-key", where_);
    replace(std::move(wrapping));
}

// Secrets were sealed under the master key itself until there were tokens, which would be asked for each.
void KeyRing::upgrade_secrets() {
    const auto& master = dynamic_cast<const FileKey&>(*master_);
    const auto key = Key::random();
    Batch batch;
    std::string value;
    engine_.scan(Family::Secrets, "", after_prefix(""), [&](std::string_view name, std::string_view box) {
        if (!master.open(secret_bound(name), box, value)) {
            throw Corruption(fmt::format("{}: secret {} is damaged", where_, name));
        }
        batch.put(Family::Secrets, std::string(name),
                  seal_box(key, random_nonce(), secret_bound(name), value));
        return true;
    });
    wipe(value);
    put_kept(batch, *master_, std::nullopt, "secrets-key", key);
    batch.put(Family::Meta, "format", "keys 2");
    engine_.write(batch);
}

KeyRing::~KeyRing() = default;

void KeyRing::recover() {
    const std::lock_guard writing(writing_);
    if (engine_.faulted()) reopen();
    // A pool that was left behind is not taken up again: its keys sealed nothing, and a key that might
    // have been given to a stream must never be given to another.
    const auto last = engine_.last(Family::Keys, u64_bytes(0), u64_bytes(UINT64_MAX));
    const std::lock_guard lock(mutex_);
    last_id_ = last ? Reader(last->first).u64() : 0;
    for (auto& run : runs_) run = {};
}

// By the writer, after a fault: what was in doubt now stands on the disk, or does not.
void KeyRing::reopen() {
    engine_.reopen();
    if (!doubt_) return;
    const auto doubt = std::exchange(doubt_, std::nullopt);
    if (engine_.get(Family::Meta, doubt->row) == doubt->value) doubt->effect();
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
    if (engine_.faulted()) reopen();
    engine_.write(batch);
}

// `row` of the batch, in `meta`, tells later whether the batch was written.
void KeyRing::write_then(const Batch& batch, const std::string& row, std::function<void()> effect) {
    if (engine_.faulted()) reopen();
    const auto& changes = batch.changes();
    const auto told = std::find_if(changes.begin(), changes.end(),
                                   [&](const auto& change) { return change.key == row && change.value; });
    assert(told != changes.end());
    try {
        engine_.write(batch);
    } catch (const Fault&) {
        doubt_ = Doubt{row, *told->value, std::move(effect)};
        throw;
    }
    effect();
}

void KeyRing::replace(Wrapping wrapping) {
    auto made = std::make_shared<const Wrapping>(std::move(wrapping));
    const std::lock_guard lock(mutex_);
    wrapping_ = std::move(made);
    // Keys read earlier may stand there as they were wrapped before.
    ++changed_;
    for (auto& run : runs_) run = {};
}

std::shared_ptr<const KeyRing::Wrapping> KeyRing::wrapping() const {
    const std::lock_guard lock(mutex_);
    return wrapping_;
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
        reopen();
        const auto last = engine_.last(Family::Keys, u64_bytes(0), u64_bytes(UINT64_MAX));
        const std::lock_guard lock(mutex_);
        last_id_ = std::max(last_id_, last ? Reader(last->first).u64() : 0);
    }
    const auto code = static_cast<std::uint8_t>(area);
    const auto under = wrapping();
    const Key& area_key = *(under->next.empty() ? under->areas : under->next).at(code);
    std::uint64_t id = last_id().value;
    Batch batch;
    std::vector<PoolKey> made;
    made.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        ++id;
        auto key = std::make_shared<const Key>(Key::random());
        batch.put(Family::Keys, u64_bytes(id), encode_key_record(KeyId{id}, code, area_key, *key));
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

KeyRing::Wrapped KeyRing::read_run(KeyId id, std::uint64_t changed) const {
    const std::uint64_t number = id.value / run_size;
    std::vector<Wrapped> read(run_size);
    engine_.scan(Family::Keys, u64_bytes(number * run_size), u64_bytes((number + 1) * run_size),
                 [&](std::string_view key, std::string_view value) {
                     read[Reader(key).u64() % run_size].assign(value);
                     return true;
                 });
    const auto found = read[id.value % run_size];
    const std::lock_guard lock(mutex_);
    if (changed == changed_) run_of(id).keys = std::move(read);
    return found;
}

std::shared_ptr<const Key> KeyRing::find(KeyId id) const {
    Wrapped stored;
    std::shared_ptr<const Wrapping> under;
    std::uint64_t changed = 0;
    bool neighbour_was_asked = false;
    {
        const std::lock_guard lock(mutex_);
        if (const auto& known = place_of(id); known.id == id && known.key) return known.key;
        under = wrapping_;
        changed = changed_;
        auto& run = run_of(id);
        neighbour_was_asked = std::exchange(run.asked, true);
        if (!run.keys.empty()) stored = run.keys[id.value % run_size];
    }
    if (stored.size == 0 && neighbour_was_asked) stored = read_run(id, changed);
    if (stored.size == 0) {
        if (const auto read = engine_.get(Family::Keys, u64_bytes(id.value))) stored.assign(*read);
    }
    if (stored.size == 0) {
        throw Corruption(
            fmt::format("{}: key {} is missing. Restore the newest backup of the keys: they must be "
                        "at least as new as the log.",
                        where_, id.value));
    }
    const auto record = decode_key_record(stored.view());
    if (record.state == KeyRecord::State::Destroyed) return nullptr;
    if (record.state == KeyRecord::State::Damaged) {
        throw Corruption(fmt::format("{}: key {} is damaged", where_, id.value));
    }
    auto key = unwrapped(id, record, *under);
    if (!key) key = unwrapped_when_settled(id);
    if (!key) return nullptr;
    auto shared = std::make_shared<const Key>(std::move(*key));
    const std::lock_guard lock(mutex_);
    if (changed == changed_) place_of(id) = {id, shared};
    return shared;
}

std::optional<Key> KeyRing::unwrapped(KeyId id, const KeyRecord& record, const Wrapping& under) const {
    for (const auto* keys : {&under.areas, &under.next}) {
        const auto area_key = keys->find(record.area);
        if (area_key == keys->end()) continue;
        if (auto key = open_key_record(id, record, *area_key->second)) return key;
    }
    return std::nullopt;
}

// A rotation may end between reading a record and the keys that wrap it. While nobody writes, both are of one
// moment, and what does not open then is damaged. Nothing: it was destroyed meanwhile.
std::optional<Key> KeyRing::unwrapped_when_settled(KeyId id) const {
    const std::lock_guard nobody_writes(writing_);
    const auto stored = engine_.get(Family::Keys, u64_bytes(id.value));
    const auto record = decode_key_record(stored ? *stored : std::string_view());
    if (record.state == KeyRecord::State::Destroyed) return std::nullopt;
    auto key = unwrapped(id, record, *wrapping());
    if (!key) throw Corruption(fmt::format("{}: key {} does not unwrap", where_, id.value));
    return key;
}

void KeyRing::destroy(const std::vector<KeyId>& ids) {
    const std::lock_guard writing(writing_);
    Batch batch;
    for (const auto id : ids) batch.put(Family::Keys, u64_bytes(id.value), encode_destroyed_key());
    write(batch);
    const std::lock_guard lock(mutex_);
    ++changed_;
    for (const auto id : ids) {
        if (auto& known = place_of(id); known.id == id) known = {};
        run_of(id).keys.clear();
    }
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
    if (engine_.faulted()) reopen();  // it may tell under which key secrets stand
    batch.put(Family::Secrets, name,
              seal_box(*wrapping()->secrets, random_nonce(), secret_bound(name), value));
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
    if (!open_box(*wrapping()->secrets, secret_bound(name), box, value)) {
        throw Corruption(fmt::format("{}: secret {} is damaged", where_, name));
    }
    return value;
}

std::optional<std::string> KeyRing::get(const std::string& name) const {
    const auto read = [&]() -> std::optional<std::string> {
        const auto box = engine_.get(Family::Secrets, name);
        if (!box) return std::nullopt;
        return open_secret(name, *box);
    };
    try {
        return read();
    } catch (const Corruption&) {
        // A rotation may have ended between reading the box and its key.
        const std::lock_guard nobody_writes(writing_);
        return read();
    }
}

std::vector<std::pair<std::string, std::string>> KeyRing::scan(const std::string& prefix) const {
    const auto read = [&] {
        std::vector<std::pair<std::string, std::string>> found;
        engine_.scan(Family::Secrets, prefix, after_prefix(prefix),
                     [&](std::string_view name, std::string_view box) {
                         found.emplace_back(name, open_secret(name, box));
                         return true;
                     });
        return found;
    };
    try {
        return read();
    } catch (const Corruption&) {
        const std::lock_guard nobody_writes(writing_);
        return read();
    }
}

}  // namespace vastine::store::sealing
