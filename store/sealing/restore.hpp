#pragma once
// A lost master key replaced: the escrow's shares open the keys that open everything else, and a new key file
// wraps them.

#include <string>
#include <vector>

#include "store/engine/engine.hpp"
#include "store/keys.hpp"
#include "store/sealing/key_place.hpp"

namespace vastine::store::sealing {

// Nothing is written before the shares have opened every key that wraps others, and these at least one living
// data key of every area that has any. Throws CannotOpen when the shares do not, when there is no escrow, or
// when a key file is there already; `where` names the key database.
Restored restore_master_key(engine::Engine& engine, const KeyPlace& place,
                            const std::vector<std::string>& shares, const std::string& where);

}  // namespace vastine::store::sealing
