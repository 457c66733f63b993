#include "store/assembled_store.hpp"

#include <algorithm>
#include <string_view>

#include "store/sealing/cipher.hpp"
#include "store/uuid_text.hpp"

namespace vastine::store {
namespace {

constexpr std::string_view blobs_mark = "blobs";

}  // namespace

void AssembledStore::create(Engines& engines, const sealing::MasterKey& master) {
    Organisation organisation{};
    sealing::fill_random(organisation);
    organisation[6] = static_cast<std::uint8_t>((organisation[6] & 0x0F) | 0x40);  // a UUID of version 4
    organisation[8] = static_cast<std::uint8_t>((organisation[8] & 0x3F) | 0x80);
    sealing::KeyRing::create(*engines.keys, master, organisation);
    Sequencer::create(*engines.log, organisation);
    Sequencer::create(*engines.access, organisation);
    complete_blobs(engines);
}

bool AssembledStore::expects_blobs(const Engines& engines) {
    return engines.log->get(engine::Family::Meta, blobs_mark).has_value();
}

void AssembledStore::complete_blobs(Engines& engines) {
    if (!engines.blobs->get(engine::Family::Meta, "format")) {
        Organisation organisation{};
        const auto known = engines.log->get(engine::Family::Meta, "organisation");
        if (!known || known->size() != organisation.size()) return;  // no whole log: it says so when opened
        std::copy(known->begin(), known->end(), organisation.begin());
        SealedBlobs::create(*engines.blobs, organisation);
    }
    if (expects_blobs(engines)) return;
    engine::Batch batch;
    batch.put(engine::Family::Meta, std::string(blobs_mark), "1");
    engines.log->write(batch);
}

AssembledStore::AssembledStore(Engines engines, sealing::KeyPlace master,
                               const std::function<Instant()>& clock, const std::string& where)
    : engines_(std::move(engines)),
      keys_(*engines_.keys, std::move(master), where + "/keys"),
      log_(*engines_.log, keys_, clock, where + "/log"),
      access_log_(*engines_.access, keys_, clock, where + "/access"),
      access_(access_log_),
      blobs_(*engines_.blobs, keys_, log_, clock, where + "/blobs") {}

void AssembledStore::reclaim() {
    keys_.reclaim();
    engines_.log->reclaim(engine::Family::Lookups);
}

std::string AssembledStore::organisation() const {
    const auto& bytes = keys_.organisation();
    return uuid_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool AssembledStore::healthy() const {
    if (!keys_.healthy()) keys_.try_recover();
    log_.recover();
    access_log_.recover();
    blobs_.try_recover();
    return keys_.healthy() && log_.healthy() && access_log_.healthy() && blobs_.healthy();
}

}  // namespace vastine::store
