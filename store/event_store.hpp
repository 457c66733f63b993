#pragma once
// The contract of the event store. tests/store/contract runs against every engine.
//
// Threads: every function may be called from any thread at once.
// Errors: a refusal is a value; a fault of the disk throws Fault and changes nothing that was
// acknowledged (the command's outcome is then unknown, and a retry with the same command id is
// safe; the next append first reads again what really stands on the disk); a damaged record throws
// Corruption, after which no append is taken until a restart. A caller's bug (no events, a stream named
// twice, a string that is not UTF-8, a message with unclassified fields) throws std::invalid_argument.

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "store/provable.hpp"
#include "store/record.hpp"

namespace vastine::store {

struct Fault : std::runtime_error {
    using std::runtime_error::runtime_error;
};
struct Corruption : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Whose key-encryption key wraps the keys of a stream.
enum class KeyArea : std::uint8_t { Reference = 1, Ombudsman = 2, Legal = 3 };

// Events for one stream. All events of one stream share one data key, made with its first event.
struct StreamAppend {
    StreamId stream;
    Version expected;  // where the stream must stand; there is no "any"
    KeyArea area;
    std::vector<std::unique_ptr<google::protobuf::Message>> events;  // at least one
};

// A name that only one stream may hold (a diary number, an external id): kept as HMAC under the index
// key, never readable, found again by find().
struct Claim {
    std::string scope;  // "diary:legal", "external:reminder"
    std::string value;
    StreamId stream;
};

struct Append {
    std::string actor;
    std::string command_id;  // UUID, scoped to the actor; kept for ever
    std::string request;     // what was asked, canonical bytes: its hash tells a retry from a reuse
    std::vector<StreamAppend> streams;
    std::vector<Claim> claims;    // taken with this append, or the append is refused
    std::vector<Claim> releases;  // given up with this append (a corrected diary number)
};

enum class Refusal {
    StaleVersion,   // a stream does not stand at its expected version
    CommandReused,  // the command id is known with another request
    ClaimTaken,     // another stream holds the claim
    KeyDestroyed,   // the stream's key is gone; nothing can be added to it
};
struct Refused {
    Refusal refusal;
    StreamId stream;   // which one; for ClaimTaken the holder's; empty for CommandReused
    Version actual{};  // for StaleVersion
};

struct Appended {
    Position first;
    Position last;
    bool repeated = false;  // a retry: nothing was written, these are the first answer's positions
};

enum class Depth { Facts, Details, Everything };
struct Opened {
    std::unique_ptr<google::protobuf::Message> event;
    bool key_gone = false;  // sealed parts are destroyed; only facts are there
};

// A stream as it stood when somebody decided that its data may go.
struct StreamAt {
    StreamId stream;
    Version version;
};

// Return false to stop reading.
using Visitor = std::function<bool(const Record&)>;

class EventStore : public Provable {
public:
    // Atomic over all its streams and claims, and durable when it returns. Checks the command id
    // first, then versions, then claims.
    [[nodiscard]] virtual tl::expected<Appended, Refused> append(Append append) = 0;

    // Several appends with one sync, each atomic and answered by itself, in order: a later one may
    // build on an earlier one of the same call, and is then refused with it. The commands of one call
    // are different ones. For imports.
    [[nodiscard]] virtual std::vector<tl::expected<Appended, Refused>> append_all(
        std::vector<Append> appends) = 0;

    [[nodiscard]] virtual Version version(const StreamId& stream) const = 0;
    virtual void read_stream(const StreamId& stream, Version after, const Visitor& visitor) const = 0;
    // Records after `after`, up to and including `until`, in order; contiguous positions only.
    virtual void read_log(Position after, Position until, const Visitor& visitor) const = 0;
    // The holder of a claim, or nothing.
    [[nodiscard]] virtual std::optional<StreamId> find(const std::string& scope,
                                                       const std::string& value) const = 0;

    // Destroys the data keys of streams, and gives their claims up: each on the condition that the stream
    // still stands at that version, so that what was added since is not lost. From then on nothing is added
    // to it. Answers for each, with the key that is gone, or StaleVersion; a stream without events is stale.
    // Durable when it returns; asked again it does nothing and answers alike. What the disk still holds of
    // the keys goes with Store::reclaim().
    [[nodiscard]] virtual std::vector<tl::expected<KeyId, Refused>> destroy_keys(
        const std::vector<StreamAt>& streams) = 0;

    // Puts a record's message together again as deep as asked. An unknown type or a failed
    // authentication throws Corruption; a destroyed key does not.
    [[nodiscard]] virtual Opened open(const Record& record, Depth depth) const = 0;
};

}  // namespace vastine::store
