#pragma once
// The contract of the blob store: documents and published artefacts, too big for an event and never in
// the log. tests/store/contract runs against every engine.
//
// A blob belongs to a stream and is sealed, chunk by chunk, under that stream's data key: destroying the
// key destroys it. It is written first, and named by an event after: what finish() returned is durable
// before the event that carries its sealed_sha256 is appended. What no event ever named is an orphan, and
// is reaped. A blob is never changed.
//
// Threads: every function may be called from any thread at once; a Writer or a Source belongs to one
// thread at a time, and is gone before its store.
// Errors: a fault of the disk throws Fault; of what was being written nothing is promised then, and what
// may have stayed is reaped. A damaged blob throws Corruption, and stops neither other blobs nor the log.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "store/event_store.hpp"

namespace vastine::store {

struct BlobRef {
    // Of the content, hexadecimal. Whoever holds the same document recognises it by this and by its exact
    // size: in an event about a person both are DETAIL or PERSONAL, never FACT.
    std::string sha256;
    // Of what stands on the disk, hexadecimal: the blob's name. It discloses nothing and may be a FACT.
    std::string sealed_sha256;
    std::uint64_t size = 0;  // of the content, in bytes

    bool operator==(const BlobRef&) const = default;
};

// Why there is no blob to read or write.
enum class Missing {
    Blob,  // the stream has none of this name: it never had, or it was reaped
    Key,   // the stream's key is destroyed, and with it all its blobs, reaped or not
};

struct Reaped {
    std::uint64_t orphans = 0;     // finished long ago, and no event names them
    std::uint64_t unreadable = 0;  // their key is destroyed
    std::uint64_t unfinished = 0;  // what a killed process or a failing disk left of a writing

    bool operator==(const Reaped&) const = default;
};

struct BlobsVerified {
    std::uint64_t blobs = 0;         // all that are there, and whole
    std::uint64_t opened = 0;        // of these, those whose key is there: their seals were opened too
    std::uint64_t sealed_bytes = 0;  // what they take on the disk
};

class Blobs {
public:
    // Takes a content piece by piece, in any sizes, and holds no more than one chunk (64 KiB) and 32 bytes
    // for each chunk before it. Destroyed without finish(), it leaves nothing.
    class Writer {
    public:
        virtual ~Writer() = default;
        virtual void add(std::string_view piece) = 0;
        // Durable when it returns. Called once, and nothing after it.
        [[nodiscard]] virtual BlobRef finish() = 0;
    };

    // Gives a content back piece by piece, each checked before it is given.
    class Source {
    public:
        virtual ~Source() = default;
        // At most 64 KiB; an empty piece is the end. Throws Corruption when a chunk is not what was
        // written, Fault when the blob was reaped or its key destroyed meanwhile.
        [[nodiscard]] virtual std::string next() = 0;
    };

    virtual ~Blobs() = default;

    // A stream without events may have blobs first: its data key is then made now, in this area, and kept
    // for its first event. For a stream that has its key already the area says nothing. Refuses with
    // Missing::Key only.
    [[nodiscard]] virtual tl::expected<std::unique_ptr<Writer>, Missing> write(const StreamId& of,
                                                                               KeyArea area) = 0;
    [[nodiscard]] virtual tl::expected<std::unique_ptr<Source>, Missing> read(
        const StreamId& of, const std::string& sealed_sha256) const = 0;

    // For what fits into memory.
    [[nodiscard]] tl::expected<BlobRef, Missing> put(const StreamId& of, KeyArea area,
                                                     std::string_view content);
    [[nodiscard]] tl::expected<std::string, Missing> get(const StreamId& of,
                                                         const std::string& sealed_sha256) const;

    // Removes what is of no use to anybody and gives its room back: blobs finished before `before` that no
    // event names (leave them a day: an event comes after its blob), blobs whose key is destroyed, and what
    // was never finished. A stream that had no events then has no key either: it is destroyed with the last
    // of its blobs. `named` is asked for each blob that is old enough, from this thread.
    using Named = std::function<bool(const StreamId& of, const std::string& sealed_sha256)>;
    virtual Reaped reap(Instant before, const Named& named) = 0;

    // Checks every blob that is there: its hash, each chunk, and each seal whose key is there. Calls
    // progress with the number of blobs checked. Throws Corruption naming the stream and the blob. That
    // every blob named by an event is there, the caller checks with has().
    virtual BlobsVerified verify(const std::function<void(std::uint64_t)>& progress) const = 0;
    [[nodiscard]] virtual bool has(const StreamId& of, const std::string& sealed_sha256) const = 0;
    // How many there are; reads all manifests.
    [[nodiscard]] virtual std::uint64_t count() const = 0;
};

}  // namespace vastine::store
