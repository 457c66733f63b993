// What is wrapped anew, and by whom: the part of the key ring that an administrator asks for.

#include <fmt/format.h>

#include "store/bytes.hpp"
#include "store/sealing/cipher.hpp"
#include "store/sealing/file_key.hpp"
#include "store/sealing/key_ring.hpp"
#include "store/sealing/token_key.hpp"

namespace vastine::store::sealing {
namespace {

using engine::Batch;
using engine::Family;

// So many are wrapped with one sync; a case that needs a new key meanwhile waits for no more than these.
constexpr std::uint64_t piece_size = 512;

}  // namespace

KeysStatus KeyRing::status() const {
    KeysStatus status;
    {
        const std::lock_guard nobody_writes(writing_);
        status.master = master_->described();
        if (const auto escrow = escrow_of(engine_)) {
            status.escrow = {set_text(escrow->set), {escrow->shares, escrow->needed}};
        }
    }
    status.rotation_unfinished = !wrapping()->next.empty();
    engine_.scan(Family::Keys, u64_bytes(0), u64_bytes(UINT64_MAX),
                 [&](std::string_view, std::string_view record) {
                     const bool gone = decode_key_record(record).state == KeyRecord::State::Destroyed;
                     ++(gone ? status.destroyed : status.living);
                     return true;
                 });
    return status;
}

// Three steps, each of which can be the last before a crash: the next area keys stand beside those that are
// there; data keys are wrapped by the next ones, piece by piece; the next ones take the place. In between a
// data key opens under one of the two. Whoever asks again after a crash goes on where it stopped.
Rotated KeyRing::rotate_area_keys(const Progress& progress) {
    const std::lock_guard one_rotation(rotating_);
    begin_rotation();
    // Keys made from here on stand under the next area keys already.
    const auto last = last_id().value;
    Rotated rotated;
    for (std::uint64_t first = 1; first <= last; first += piece_size) {
        rewrap(first, rotated);
        if (progress) progress(std::min(first + piece_size - 1, last), last);
    }
    end_rotation();
    reclaim();
    return rotated;
}

void KeyRing::begin_rotation() {
    const std::lock_guard writing(writing_);
    if (engine_.faulted()) reopen();
    Wrapping now = *wrapping();
    if (!now.next.empty()) return;
    const auto escrow = escrow_of(engine_);
    Batch batch;
    for (const auto area : wrap_areas) {
        const auto code = static_cast<std::uint8_t>(area);
        const auto key = std::make_shared<const Key>(Key::random());
        put_kept(batch, *master_, escrow, next_area_row(code), *key);
        now.next[code] = key;
    }
    const auto told = next_area_row(static_cast<std::uint8_t>(wrap_areas[0]));
    write_then(batch, told, [this, now] { replace(now); });
}

// Read and written while nobody else writes: a key that is destroyed meanwhile is not brought back.
void KeyRing::rewrap(std::uint64_t first, Rotated& rotated) {
    const std::lock_guard writing(writing_);
    if (engine_.faulted()) reopen();
    const auto under = wrapping();
    Batch batch;
    std::uint64_t wrapped = 0;
    std::uint64_t unopened = 0;
    engine_.scan(Family::Keys, u64_bytes(first), u64_bytes(first + piece_size),
                 [&](std::string_view row, std::string_view stored) {
                     const KeyId id{Reader(row).u64()};
                     const auto record = decode_key_record(stored);
                     if (record.state == KeyRecord::State::Destroyed) return true;
                     const auto next = under->next.find(record.area);
                     const auto key = unwrapped(id, record, *under);
                     if (!key || next == under->next.end()) {
                         ++unopened;
                     } else if (!open_key_record(id, record, *next->second)) {
                         batch.put(Family::Keys, std::string(row),
                                   encode_key_record(id, record.area, *next->second, *key));
                         ++wrapped;
                     }
                     return true;
                 });
    if (wrapped > 0) write(batch);
    rotated.wrapped_anew += wrapped;
    rotated.unopened += unopened;
}

// The secrets are few enough to be sealed anew with the last step.
void KeyRing::end_rotation() {
    const std::lock_guard writing(writing_);
    if (engine_.faulted()) reopen();
    const auto before = wrapping();
    const auto escrow = escrow_of(engine_);
    Wrapping after;
    after.areas = before->next;
    after.secrets = std::make_shared<const Key>(Key::random());
    Batch batch;
    for (const auto& [code, key] : before->next) {
        put_kept(batch, *master_, escrow, area_row(code), *key);
        erase_kept(batch, next_area_row(code));
    }
    put_kept(batch, *master_, escrow, "secrets-key", *after.secrets);
    std::string value;
    engine_.scan(Family::Secrets, "", std::string(64, '\xFF'),
                 [&](std::string_view name, std::string_view box) {
                     if (!open_box(*before->secrets, secret_bound(name), box, value)) {
                         throw Corruption(fmt::format("{}: secret {} is damaged", where_, name));
                     }
                     batch.put(Family::Secrets, std::string(name),
                               seal_box(*after.secrets, random_nonce(), secret_bound(name), value));
                     return true;
                 });
    wipe(value);
    write_then(batch, "secrets-key", [this, after] { replace(after); });
}

void KeyRing::reclaim() {
    const std::lock_guard writing(writing_);
    if (engine_.faulted()) reopen();
    // All three: the write-ahead log holds what any of them has not given back.
    for (const auto family : {Family::Keys, Family::Secrets, Family::Meta}) engine_.reclaim(family);
}

void KeyRing::rotate_master_key() {
    replace_master([](const MasterKey& now) { return now.successor(); });
}

void KeyRing::move_master_key_to_token(const std::filesystem::path& description) {
    replace_master([&](const MasterKey&) -> std::unique_ptr<MasterKey> {
        auto named = read_master_key(description);
        const auto* const token = dynamic_cast<const TokenKey*>(named.get());
        if (token == nullptr) {
            throw CannotOpen(fmt::format("{} is a key file and describes no token.", description.string()));
        }
        token->make_when_missing();
        return named;
    });
}

void KeyRing::move_master_key_to_file() {
    replace_master([](const MasterKey&) { return std::make_unique<FileKey>(Key::random()); });
}

void KeyRing::replace_master(const std::function<std::unique_ptr<MasterKey>(const MasterKey&)>& choose) {
    const std::lock_guard one_rotation(rotating_);
    const std::lock_guard writing(writing_);
    if (engine_.faulted()) reopen();
    // The key file of one that was interrupted is put in order first: the next step overwrites what is
    // beside.
    if (!place_.file().empty()) master_ = place_.find(*engine_.get(Family::Meta, "key-check"), where_);
    const std::shared_ptr<const MasterKey> next = choose(*master_);
    Batch batch;
    for (const auto& name : kept_names(engine_)) {
        const auto key = open_kept(engine_, *master_, name, where_);
        auto box = next->wrap(name, key);
        const auto again = next->unwrap(name, box);
        if (!again || !same_key(*again, key)) {
            throw CannotOpen("The new master key does not open what it wrapped. Nothing was changed.");
        }
        batch.put(Family::Meta, name, std::move(box));
    }
    batch.put(Family::Meta, "key-check", next->check());
    place_.put_beside(*next);
    write_then(batch, "key-check", [this, next] { master_ = next; });
    place_.adopt();
    engine_.reclaim(Family::Meta);
}

// The shares are handed out before anything is written: an escrow whose shares nobody has is worse than none.
void KeyRing::renew_escrow(const EscrowPlan& plan, const HandOut& hand_out) {
    const auto made = make_escrow(plan);
    std::vector<std::string> texts;
    texts.reserve(made.shares.size());
    for (const auto& share : made.shares) texts.push_back(share_text(share));
    try {
        std::vector<Share> read;
        read.reserve(texts.size());
        for (const auto& text : texts) read.push_back(read_share(text, "as printed"));
        static_cast<void>(join_shares(made.escrow, read));
        hand_out(texts);
    } catch (...) {
        for (auto& text : texts) wipe(text);
        throw;
    }
    for (auto& text : texts) wipe(text);

    const std::lock_guard writing(writing_);
    if (engine_.faulted()) reopen();
    Batch batch;
    batch.put(Family::Meta, "escrow", encode_escrow(made.escrow));
    for (const auto& name : kept_names(engine_)) {
        const auto key = open_kept(engine_, *master_, name, where_);
        batch.put(Family::Meta, escrowed_name(name), seal_for_escrow(made.escrow, name, key));
    }
    write(batch);
    engine_.reclaim(Family::Meta);
}

}  // namespace vastine::store::sealing
