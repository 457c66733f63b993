#include "store/stored_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "store/bytes.hpp"
#include "store/event_store.hpp"
#include "store/log_tables.hpp"

namespace vastine::store {
namespace {

using engine::Family;
using proof::Hash;

std::vector<std::string> bytes_of(const std::vector<Hash>& hashes) {
    std::vector<std::string> out;
    out.reserve(hashes.size());
    for (const auto& hash : hashes) out.push_back(proof::to_bytes(hash));
    return out;
}

}  // namespace

Head Standing::head() const {
    return {Position{tree.size()}, proof::to_bytes(tree.root())};
}

std::string Standing::bytes() const {
    std::string out;
    put_u64(out, tree.size());
    put_u64(out, static_cast<std::uint64_t>(recorded_at.time_since_epoch().count()));
    put_u64(out, key.value);
    for (const auto& peak : tree.peaks()) out.append(peak.begin(), peak.end());
    return out;
}

StoredLog::StoredLog(const engine::Engine& engine, std::string where)
    : engine_(engine), where_(std::move(where)) {}

Standing StoredLog::standing() const {
    Standing standing;
    if (const auto bytes = engine_.get(Family::Meta, "head")) {
        Reader reader(*bytes);
        const auto size = reader.u64();
        standing.recorded_at = Instant(std::chrono::microseconds(static_cast<std::int64_t>(reader.u64())));
        standing.key = KeyId{reader.u64()};
        std::vector<Hash> peaks;
        while (!reader.rest().empty()) peaks.push_back(proof::to_hash(reader.take(Hash().size())));
        standing.tree = proof::Frontier(size, std::move(peaks));
    }
    const auto last = engine_.last(Family::Log, u64_bytes(0), u64_bytes(UINT64_MAX));
    const std::uint64_t position = last ? Reader(last->first).u64() : 0;
    if (position != standing.tree.size()) {
        throw Corruption(fmt::format("{}: the last record is {}, the head says {}", where_, position,
                                     standing.tree.size()));
    }
    if (last && decode_record(last->second).position.value != position) {
        throw Corruption(fmt::format("{}: record {} is not in its place", where_, position));
    }
    return standing;
}

std::string StoredLog::record(Position position) const {
    auto bytes = engine_.get(Family::Log, u64_bytes(position.value));
    if (!bytes) throw Corruption(fmt::format("{}: record {} is missing", where_, position.value));
    return std::move(*bytes);
}

std::string StoredLog::leaf(Position position) const {
    const auto bytes = record(position);
    return leaf_of(decode_record(bytes));
}

proof::Subtree StoredLog::tree() const {
    return [this](unsigned level, std::uint64_t index) {
        const auto hash = engine_.get(Family::Tree, tree_key(level, index));
        if (!hash)
            throw Corruption(fmt::format("{}: node {}/{} of the tree is missing", where_, level, index));
        return proof::to_hash(*hash);
    };
}

std::vector<std::string> StoredLog::inclusion_proof(Position position, Position size) const {
    if (position.value == 0) throw std::out_of_range("no such record");
    return bytes_of(proof::inclusion_proof(position.value - 1, size.value, tree()));
}

std::vector<std::string> StoredLog::consistency_proof(Position old_size, Position size) const {
    return bytes_of(proof::consistency_proof(old_size.value, size.value, tree()));
}

void StoredLog::check_extends(const Head& now, const Head& known) const {
    if (known.position > now.position) {
        throw Corruption(fmt::format("{}: the log ends at {}, but was already at {}", where_,
                                     now.position.value, known.position.value));
    }
    if (proof::to_bytes(proof::root_of(known.position.value, tree())) != known.root) {
        throw Corruption(
            fmt::format("{}: the first {} records are not what they were", where_, known.position.value));
    }
}

void StoredLog::check_indices(const StoredRecord& stored) const {
    const auto place = engine_.get(Family::Streams, stream_key(stored.stream, stored.version));
    if (!place || Reader(*place).u64() != stored.position.value || place->size() != 16 ||
        Reader(std::string_view(*place).substr(8)).u64() != stored.key.value) {
        throw Corruption("the index of its stream does not lead to it");
    }
    if (stored.command_id.empty()) return;
    const auto command = engine_.get(Family::Commands, command_key(stored.actor, stored.command_id));
    Reader positions(command ? std::string_view(*command) : std::string_view());
    if (!command || positions.u64() > stored.position.value || positions.u64() < stored.position.value) {
        throw Corruption("the index of commands does not lead to it");
    }
}

void StoredLog::check(const Head& head, const Checking& checking) const {
    std::uint64_t position = 0;
    const auto name_position = [&](const auto& work) {
        try {
            work();
        } catch (const Corruption& found) {
            throw Corruption(fmt::format("{}: record {}: {}", where_, position, found.what()));
        }
    };
    proof::Frontier tree;
    const auto stored_tree = this->tree();
    Instant latest{};
    engine_.scan(Family::Log, u64_bytes(0), u64_bytes(head.position.value + 1),
                 [&](std::string_view key, std::string_view value) {
                     ++position;
                     name_position([&] {
                         if (Reader(key).u64() != position) throw Corruption("it is missing");
                         const auto stored = decode_record(value);
                         if (stored.position.value != position) throw Corruption("it is not in its place");
                         if (stored.recorded_at < latest) throw Corruption("it is older than the one before");
                         latest = stored.recorded_at;
                         if (stored.organisation != checking.organisation) {
                             throw Corruption("it belongs to another organisation");
                         }
                         check_indices(stored);
                         if (checking.visit) checking.visit(stored);
                         tree.add(proof::record_leaf(stored.header, stored.facts, stored.sealed),
                                  [&](unsigned level, std::uint64_t index, const Hash& hash) {
                                      if (stored_tree(level, index) == hash) return;
                                      throw Corruption(level == 0
                                                           ? "it is not what was written"
                                                           : "the tree over it and those before is another");
                                  });
                     });
                     if (checking.progress) checking.progress(Position{position});
                     return true;
                 });
    name_position([&] {
        if (position != head.position.value) throw Corruption("the records after it are missing");
        if (proof::to_bytes(tree.root()) != head.root)
            throw Corruption("the root over all records is another");
        // Every record has its entry in the index of streams; what is more leads nowhere.
        std::uint64_t entries = 0;
        engine_.scan(Family::Streams, {}, "\xFF", [&](std::string_view, std::string_view value) {
            if (Reader(value).u64() <= head.position.value) ++entries;
            return true;
        });
        if (entries != position) throw Corruption("the index of streams has entries without records");
    });
}

}  // namespace vastine::store
