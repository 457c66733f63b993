#include "store/sealing/kept_keys.hpp"

#include <fmt/format.h>

#include "store/store.hpp"

namespace vastine::store::sealing {

using engine::Batch;
using engine::Engine;
using engine::Family;

std::vector<std::string> kept_names(const Engine& engine) {
    std::vector<std::string> names;
    const auto add = [&](std::string_view name, std::string_view) {
        names.emplace_back(name);
        return true;
    };
    engine.scan(Family::Meta, "area-key-", "area-key.", add);
    engine.scan(Family::Meta, "next-area-key-", "next-area-key.", add);
    for (const char* name : {"index-key", "secrets-key"}) {
        if (engine.get(Family::Meta, name)) names.emplace_back(name);
    }
    return names;
}

Key open_kept(const Engine& engine, const MasterKey& master, const std::string& name,
              const std::string& where) {
    const auto box = engine.get(Family::Meta, name);
    if (!box) {
        throw CannotOpen(
            fmt::format("{} is no complete key database ({} is not there). Restore it from "
                        "its backup; if it was never finished, remove the folder and run "
                        "init again.",
                        where, name));
    }
    auto key = master.unwrap(name, *box);
    if (!key) throw Corruption(fmt::format("{}: {} does not unwrap", where, name));
    return std::move(*key);
}

void put_kept(Batch& batch, const MasterKey& master, const std::optional<Escrow>& escrow,
              const std::string& name, const Key& key) {
    batch.put(Family::Meta, name, master.wrap(name, key));
    if (escrow) batch.put(Family::Meta, escrowed_name(name), seal_for_escrow(*escrow, name, key));
}

void erase_kept(Batch& batch, const std::string& name) {
    batch.erase(Family::Meta, name);
    batch.erase(Family::Meta, escrowed_name(name));
}

std::string escrowed_name(const std::string& name) {
    return "escrow-" + name;
}

std::optional<Escrow> escrow_of(const Engine& engine) {
    const auto row = engine.get(Family::Meta, "escrow");
    if (!row) return std::nullopt;
    return decode_escrow(*row);
}

}  // namespace vastine::store::sealing
