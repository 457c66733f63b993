#include "store/sealing/restore.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "store/bytes.hpp"
#include "store/sealing/cipher.hpp"
#include "store/sealing/escrow.hpp"
#include "store/sealing/file_key.hpp"
#include "store/sealing/kept_keys.hpp"
#include "store/sealing/key_record.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

using engine::Batch;
using engine::Engine;
using engine::Family;
using KeptKeys = std::map<std::string, Key>;

KeptKeys open_all(const Engine& engine, const Escrow& escrow, const Key& private_key,
                  const std::string& where) {
    KeptKeys keys;
    auto names = kept_names(engine);
    for (const char* name : {"index-key", "secrets-key"}) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
    }
    for (const auto& name : names) {
        const auto sealed = engine.get(Family::Meta, escrowed_name(name));
        auto key = sealed ? open_escrowed(escrow, private_key, name, *sealed) : std::nullopt;
        if (!key) {
            throw CannotOpen(
                fmt::format("The shares are right, but what {} keeps for them of {} is missing or damaged. "
                            "Restore the newest backup of the keys and try again. Nothing was changed.",
                            where, name));
        }
        keys.emplace(name, std::move(*key));
    }
    return keys;
}

bool opens(const KeptKeys& keys, KeyId id, const KeyRecord& record) {
    for (const auto& row : {area_row(record.area), next_area_row(record.area)}) {
        const auto area_key = keys.find(row);
        if (area_key != keys.end() && open_key_record(id, record, area_key->second)) return true;
    }
    return false;
}

// One damaged key is no reason to leave the others closed; an area of which none opens has the wrong key.
void try_data_keys(const Engine& engine, const KeptKeys& keys, Restored& restored) {
    std::map<std::uint8_t, bool> opened;
    engine.scan(Family::Keys, u64_bytes(0), u64_bytes(UINT64_MAX),
                [&](std::string_view row, std::string_view stored) {
                    const auto record = decode_key_record(stored);
                    if (record.state == KeyRecord::State::Destroyed) return true;
                    const bool open = opens(keys, KeyId{Reader(row).u64()}, record);
                    ++(open ? restored.opened : restored.unopened);
                    opened[record.area] |= open;
                    return true;
                });
    for (const auto& [area, any] : opened) {
        if (!any) {
            throw CannotOpen(fmt::format(
                "What the shares open of area {} opens none of its cases. Nothing was changed.", area));
        }
    }
}

void try_secrets(const Engine& engine, const KeptKeys& keys) {
    std::string value;
    engine.scan(Family::Secrets, "", std::string(64, '\xFF'),
                [&](std::string_view name, std::string_view box) {
                    if (open_box(keys.at("secrets-key"), secret_bound(name), box, value)) return true;
                    throw CannotOpen("What the shares open does not open the secrets. Nothing was changed.");
                });
    wipe(value);
}

}  // namespace

Restored restore_master_key(Engine& engine, const KeyPlace& place, const std::vector<std::string>& texts,
                            const std::string& where) {
    if (std::filesystem::exists(place.file())) {
        throw CannotOpen(
            fmt::format("There is a key file at {}. If it is not the right one, move it away first; nothing "
                        "is overwritten.",
                        place.file().string()));
    }
    const auto escrow = escrow_of(engine);
    if (!escrow) {
        throw CannotOpen(fmt::format(
            "{} has no escrow, so there is nothing that shares could open. Find a copy of the key "
            "file.",
            where));
    }
    std::vector<Share> shares;
    shares.reserve(texts.size());
    for (const auto& text : texts)
        shares.push_back(read_share(text, fmt::format("Share given as number {}", shares.size() + 1)));
    const auto private_key = join_shares(*escrow, shares);
    const auto keys = open_all(engine, *escrow, private_key, where);
    Restored restored;
    restored.set = set_text(escrow->set);
    try_data_keys(engine, keys, restored);
    try_secrets(engine, keys);

    const FileKey master(Key::random());
    Batch batch;
    for (const auto& [name, key] : keys) batch.put(Family::Meta, name, master.wrap(name, key));
    batch.put(Family::Meta, "key-check", master.check());
    place.put_beside(master);
    engine.write(batch);
    place.adopt();
    return restored;
}

}  // namespace vastine::store::sealing
