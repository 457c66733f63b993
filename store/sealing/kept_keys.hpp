#pragma once
// The keys that open everything else in the key database: area keys, the index key and the secrets' key. Each
// is a row of `meta`, wrapped by the master key, and where there is an escrow a second row sealed for that.

#include <optional>
#include <string>
#include <vector>

#include "store/engine/engine.hpp"
#include "store/sealing/escrow.hpp"
#include "store/sealing/master_key.hpp"

namespace vastine::store::sealing {

// The rows that there are, next-… ones of an unfinished rotation included.
[[nodiscard]] std::vector<std::string> kept_names(const engine::Engine& engine);

// Throws CannotOpen when the row is missing and Corruption when it does not unwrap.
[[nodiscard]] Key open_kept(const engine::Engine& engine, const MasterKey& master, const std::string& name,
                            const std::string& where);
// Both rows; `escrow` is that of the database.
void put_kept(engine::Batch& batch, const MasterKey& master, const std::optional<Escrow>& escrow,
              const std::string& name, const Key& key);
void erase_kept(engine::Batch& batch, const std::string& name);

[[nodiscard]] std::string escrowed_name(const std::string& name);
[[nodiscard]] std::optional<Escrow> escrow_of(const engine::Engine& engine);

}  // namespace vastine::store::sealing
