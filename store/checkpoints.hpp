#pragma once
// Signs the heads of both logs for others to keep, appends them to the witness file, and makes receipts.
//
// Threads: every function may be called from any thread at once.
// Errors: CannotSign when a log is not the one whose head was signed before; Fault when a file cannot be
// written. Nothing was signed then that is not in the witness file.

#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "store/proof/receipt.hpp"
#include "store/proof/witness_file.hpp"
#include "store/store.hpp"

namespace vastine::store {

// Says what is wrong and what to do, for the person at the terminal.
struct CannotSign : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Another text signed with the key of the event log, as a note of its own (c2sp.org/signed-note). Its first
// line must be no log's origin. Makes the key when the store has none yet.
[[nodiscard]] std::string sign_note(Store& store, const std::string& text);

class Checkpoints {
public:
    struct Files {
        std::filesystem::path witness;
        std::filesystem::path public_keys;  // written when it is not there
    };
    // `store` outlives this.
    Checkpoints(Store& store, Files files, std::function<Instant()> clock);

    // Of the event log and of the access log: what is given to whoever keeps checkpoints or receipts. Both
    // are one Ed25519 key under two names, made at the first call in the life of a store.
    struct PublicKeys {
        proof::VerifierKey events;
        proof::VerifierKey access;
    };
    [[nodiscard]] PublicKeys public_keys();

    // The newest checkpoint of each log, of what it holds now. A log that has not grown since its last one
    // gets no further one.
    struct Taken {
        std::string events;
        std::string access;
        std::size_t fresh = 0;  // how many were signed now
    };
    Taken take();

    // What the witness file holds, as notes and as it stands there.
    [[nodiscard]] proof::Witness witness() const { return witness_.read(); }
    [[nodiscard]] std::string witness_text() const { return witness_.text(); }

    // With the newest checkpoint, taken now when it does not reach the record. std::out_of_range beyond the
    // log.
    [[nodiscard]] proof::Receipt receipt(Position position);

private:
    struct Keys {
        proof::SigningKey events;
        proof::SigningKey access;
    };
    struct Newest {
        std::string note;
        Head head;
    };
    [[nodiscard]] Keys keys();
    void publish(const Keys& keys) const;
    [[nodiscard]] std::optional<Newest> newest(const proof::Witness& witness, const Provable& log,
                                               const proof::SigningKey& key) const;
    [[nodiscard]] Taken take_locked();

    Store& store_;
    const Files files_;
    const std::function<Instant()> clock_;
    std::mutex mutex_;
    proof::WitnessFile witness_;
};

}  // namespace vastine::store
