#include "store/assembled_store.hpp"

#include <string_view>

#include "store/sealing/cipher.hpp"

namespace vastine::store {

void AssembledStore::create(Engines& engines, const sealing::Key& master) {
    Organisation organisation{};
    sealing::fill_random(organisation);
    organisation[6] = static_cast<std::uint8_t>((organisation[6] & 0x0F) | 0x40);  // a UUID of version 4
    organisation[8] = static_cast<std::uint8_t>((organisation[8] & 0x3F) | 0x80);
    sealing::KeyRing::create(*engines.keys, master, organisation);
    Sequencer::create(*engines.log, organisation);
    Sequencer::create(*engines.access, organisation);
}

AssembledStore::AssembledStore(Engines engines, sealing::Key master, const std::function<Instant()>& clock,
                               const std::string& where)
    : engines_(std::move(engines)),
      keys_(*engines_.keys, std::move(master), where + "/keys"),
      log_(*engines_.log, keys_, clock, where + "/log"),
      access_log_(*engines_.access, keys_, clock, where + "/access"),
      access_(access_log_) {}

std::string AssembledStore::organisation() const {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : keys_.organisation()) {
        if (text.size() == 8 || text.size() == 13 || text.size() == 18 || text.size() == 23) text += '-';
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

bool AssembledStore::healthy() const {
    if (!keys_.healthy()) keys_.try_recover();
    log_.recover();
    access_log_.recover();
    return keys_.healthy() && log_.healthy() && access_log_.healthy();
}

}  // namespace vastine::store
