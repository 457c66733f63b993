#include "store/checkpoints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "store/proof/agreement.hpp"
#include "store/proof/checkpoint.hpp"
#include "store/sealing/cipher.hpp"

namespace vastine::store {
namespace {

const std::string seed_name = "checkpoint-key";

sealing::Key seed_of(Secrets& secrets) {
    // Whoever comes second takes the key that the first one made.
    static std::mutex one_makes_it;
    const std::lock_guard lock(one_makes_it);
    auto bytes = secrets.get(seed_name);
    if (!bytes) {
        const auto made = sealing::Key::random();
        bytes.emplace(reinterpret_cast<const char*>(made.data()), sealing::Key::size);
        secrets.put(seed_name, *bytes);
    }
    if (bytes->size() != sealing::Key::size) throw Corruption("the key that signs checkpoints is damaged");
    sealing::Key seed;
    std::copy(bytes->begin(), bytes->end(), seed.data());
    sealing::wipe(*bytes);
    return seed;
}

}  // namespace

std::string sign_note(Store& store, const std::string& text) {
    return proof::SigningKey(proof::origin_of_log(store.organisation()), seed_of(store.secrets())).sign(text);
}

Checkpoints::Checkpoints(Store& store, Files files, std::function<Instant()> clock)
    : store_(store), files_(std::move(files)), clock_(std::move(clock)), witness_(files_.witness) {}

Checkpoints::Keys Checkpoints::keys() {
    const auto seed = seed_of(store_.secrets());
    const auto organisation = store_.organisation();
    Keys keys{{proof::origin_of_log(organisation), seed}, {proof::origin_of_access_log(organisation), seed}};
    publish(keys);
    return keys;
}

void Checkpoints::publish(const Keys& keys) const {
    const auto text = keys.events.verifier().text() + "\n" + keys.access.verifier().text() + "\n";
    const auto& path = files_.public_keys;
    if (std::filesystem::exists(path)) {
        std::ifstream in(path, std::ios::binary);
        const std::string there((std::istreambuf_iterator<char>(in)), {});
        if (in && there == text) return;
        throw CannotSign(
            fmt::format("{} does not hold the public keys of this store: either it was altered, or the keys "
                        "were restored from before they were made. Compare it with the public key that "
                        "you gave away; remove the file when that is another one too.",
                        path.string()));
    }
    const auto part = path.string() + ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out << text << std::flush;
    std::error_code error;
    if (out) std::filesystem::rename(part, path, error);
    if (!out || error) throw Fault(fmt::format("{} cannot be written", path.string()));
}

Checkpoints::PublicKeys Checkpoints::public_keys() {
    const std::lock_guard lock(mutex_);
    const auto own = keys();
    return {own.events.verifier(), own.access.verifier()};
}

// A log must never sign two histories: what it signed last is looked at first.
std::optional<Checkpoints::Newest> Checkpoints::newest(const proof::Witness& witness, const Provable& log,
                                                       const proof::SigningKey& key) const {
    const auto& origin = key.verifier().name();
    const auto last = std::find_if(witness.notes.rbegin(), witness.notes.rend(), [&](const auto& one) {
        return one.note.substr(0, one.note.find('\n')) == origin;
    });
    if (last == witness.notes.rend()) return std::nullopt;
    const auto refuse = [&](const proof::Unproven& reason) {
        return CannotSign(fmt::format(
            "{}, line {}: {}. Nothing is signed. Keep that file: it says what the log was. If an older "
            "backup was restored on purpose, begin another one with --witness.",
            files_.witness.string(), last->line, reason.why));
    };
    const auto checkpoint = proof::open_checkpoint(last->note, key.verifier());
    if (!checkpoint) throw refuse(checkpoint.error());
    if (const auto agreed = proof::agrees(log, checkpoint->head); !agreed) throw refuse(agreed.error());
    return Newest{last->note, checkpoint->head};
}

Checkpoints::Taken Checkpoints::take_locked() {
    const auto own = keys();
    const auto witness = witness_.read();
    Taken taken;
    std::vector<std::string> fresh;
    const auto of = [&](const Provable& log, const proof::SigningKey& key) {
        const auto last = newest(witness, log, key);
        const auto head = log.head();
        if (last && last->head.position == head.position) return last->note;
        auto note = key.sign(proof::to_text(proof::Checkpoint{key.verifier().name(), head}));
        fresh.push_back(note);
        return note;
    };
    taken.events = of(store_.events(), own.events);
    taken.access = of(store_.access(), own.access);
    taken.fresh = fresh.size();
    if (!fresh.empty()) witness_.append(clock_(), fresh);
    return taken;
}

Checkpoints::Taken Checkpoints::take() {
    const std::lock_guard lock(mutex_);
    return take_locked();
}

proof::Receipt Checkpoints::receipt(Position position) {
    const std::lock_guard lock(mutex_);
    const auto& log = store_.events();
    proof::Receipt receipt{log.leaf(position), position, {}, {}};
    const auto own = keys();
    auto last = newest(witness_.read(), log, own.events);
    receipt.checkpoint =
        last && last->head.position >= position ? std::move(last->note) : take_locked().events;
    const auto checkpoint = proof::open_checkpoint(receipt.checkpoint, own.events.verifier());
    for (const auto& hash : log.inclusion_proof(position, checkpoint.value().head.position)) {
        receipt.path.push_back(proof::to_hash(hash));
    }
    return receipt;
}

}  // namespace vastine::store
