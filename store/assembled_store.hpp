#pragma once
// A store put together from its three databases, whatever engines they are.

#include <functional>
#include <memory>
#include <string>

#include "store/engine/engine.hpp"
#include "store/sealing/key_ring.hpp"
#include "store/sequenced_access_log.hpp"
#include "store/sequencer.hpp"
#include "store/store.hpp"

namespace vastine::store {

struct Engines {
    std::unique_ptr<engine::Engine> keys;
    std::unique_ptr<engine::Engine> log;
    std::unique_ptr<engine::Engine> access;
};

class AssembledStore final : public Store {
public:
    // Writes the first contents of three empty databases.
    static void create(Engines& engines, const sealing::Key& master);
    // `where` is the folder, for messages.
    AssembledStore(Engines engines, sealing::Key master, const std::function<Instant()>& clock,
                   const std::string& where);

    [[nodiscard]] EventStore& events() override { return log_; }
    [[nodiscard]] AccessLog& access() override { return access_; }
    [[nodiscard]] Secrets& secrets() override { return keys_; }
    [[nodiscard]] std::string organisation() const override;
    [[nodiscard]] bool healthy() const override;

    // For what comes later than this interface: destruction of keys, and tests of it.
    [[nodiscard]] sealing::KeyRing& keys() { return keys_; }

private:
    Engines engines_;
    mutable sealing::KeyRing keys_;  // being asked, they try to recover
    mutable Sequencer log_;
    mutable Sequencer access_log_;
    SequencedAccessLog access_;
};

}  // namespace vastine::store
