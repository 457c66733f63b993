#pragma once
// A store put together from its four databases, whatever engines they are.

#include <functional>
#include <memory>
#include <string>

#include "store/engine/engine.hpp"
#include "store/sealed_blobs.hpp"
#include "store/sealing/key_ring.hpp"
#include "store/sequenced_access_log.hpp"
#include "store/sequencer.hpp"
#include "store/store.hpp"

namespace vastine::store {

struct Engines {
    std::unique_ptr<engine::Engine> keys;
    std::unique_ptr<engine::Engine> log;
    std::unique_ptr<engine::Engine> access;
    std::unique_ptr<engine::Engine> blobs;
};

class AssembledStore final : public Store {
public:
    // Writes the first contents of four empty databases.
    static void create(Engines& engines, const sealing::MasterKey& master);
    // A log made before there were blobs does not say that they are there. Once it does, a blob database
    // that is gone is a loss, and not one that was never made.
    [[nodiscard]] static bool expects_blobs(const Engines& engines);
    // Writes what is missing of the first contents of the blob database, and says so in the log.
    static void complete_blobs(Engines& engines);

    // `where` is the folder, for messages.
    AssembledStore(Engines engines, sealing::KeyPlace master, const std::function<Instant()>& clock,
                   const std::string& where);

    [[nodiscard]] EventStore& events() override { return log_; }
    [[nodiscard]] AccessLog& access() override { return access_; }
    [[nodiscard]] Blobs& blobs() override { return blobs_; }
    [[nodiscard]] Secrets& secrets() override { return keys_; }
    void reclaim() override;
    [[nodiscard]] std::string organisation() const override;
    [[nodiscard]] bool healthy() const override;

    [[nodiscard]] sealing::KeyRing& keys() override { return keys_; }

    // For what comes later than this interface, and tests of it.
    [[nodiscard]] Sequencer& log() { return log_; }

private:
    Engines engines_;
    mutable sealing::KeyRing keys_;  // being asked, they try to recover
    mutable Sequencer log_;
    mutable Sequencer access_log_;
    SequencedAccessLog access_;
    mutable SealedBlobs blobs_;
};

}  // namespace vastine::store
