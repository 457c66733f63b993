#pragma once
// A data folder opened: the event log, the access log and the secrets, each in a database of its own.
//
//   DIR/log     the event log         (back up first)
//   DIR/access  the access log
//   DIR/blobs   documents and published artefacts, sealed (back up after the log: events name them)
//   DIR/keys    wrapped keys, password hashes, token hashes (back up last, keep apart)
//   DIR/key     the key file, mode 0600, unless --key-file names another place: the master key, or where a
//               token holds it

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/schema/access.pb.h"
#include "store/blobs.hpp"
#include "store/event_store.hpp"
#include "store/keys.hpp"

namespace rocksdb {
class Env;
}

namespace vastine::store {

// Says what is wrong and what to do, for the person at the terminal.
struct CannotOpen : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Small secrets outside the log: password hashes, token hashes. Synced when put returns.
class Secrets {
public:
    virtual ~Secrets() = default;
    virtual void put(const std::string& name, const std::string& value) = 0;
    [[nodiscard]] virtual std::optional<std::string> get(const std::string& name) const = 0;
    virtual void erase(const std::string& name) = 0;
    [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> scan(
        const std::string& prefix) const = 0;
};

enum class AccessArea : std::uint8_t { Ombudsman, Legal, Reference };

// The second log. record() returns when the entry is durable (concurrent entries share one sync), so
// call it before the answer leaves. Entries of one area and month share a key.
class AccessLog : public Provable {
public:
    virtual void record(AccessArea area, Instant at, const PersonalDataRead& entry) = 0;
    virtual void read(AccessArea area, Position after,
                      const std::function<bool(const Record&, const PersonalDataRead&)>& visitor) const = 0;

    // Months (of UTC) with entries that can still be read, oldest first.
    [[nodiscard]] virtual std::vector<std::chrono::year_month> months(AccessArea area) const = 0;
    // Destroys the key of a month that is over: its entries are gone for good, their proof stays. Durable
    // when it returns; asked again it answers alike. Nothing: there never was an entry.
    virtual std::optional<KeyId> destroy(AccessArea area, std::chrono::year_month month) = 0;
};

struct Options {
    std::filesystem::path directory;
    std::filesystem::path key_file;       // empty: directory/key
    std::function<Instant()> clock;       // empty: the system's
    rocksdb::Env* environment = nullptr;  // of all databases; tests inject faults here
};

class Store {
public:
    // Makes the folder, the key file (mode 0600) and the empty databases. Throws CannotOpen when any of them
    // is there; only a key file that names a token is taken as it is.
    static void create(const Options& options);
    // Throws CannotOpen when the folder is missing or held by another process, or the key file is
    // missing, wrong, or readable by others.
    static std::unique_ptr<Store> open(const Options& options);
    // Makes a new key file for a folder whose key file or token is lost, from the texts of escrow shares.
    // Throws CannotOpen when they do not open the keys, or a key file is there; nothing was changed then.
    static Restored restore(const Options& options, const std::vector<std::string>& shares);
    // Everything in memory, with fresh keys: for tests and for trying things out.
    static std::unique_ptr<Store> in_memory(std::function<Instant()> clock = {});

    virtual ~Store() = default;
    [[nodiscard]] virtual EventStore& events() = 0;
    [[nodiscard]] virtual AccessLog& access() = 0;
    [[nodiscard]] virtual Blobs& blobs() = 0;
    [[nodiscard]] virtual Secrets& secrets() = 0;
    [[nodiscard]] virtual Keys& keys() = 0;
    // Takes off the disk what the key database and the claims still hold of what was destroyed, the
    // write-ahead log included: seconds with a million keys. Throws Fault.
    virtual void reclaim() = 0;
    // The UUID of the organisation whose data this is, given when the folder was made and never again.
    [[nodiscard]] virtual std::string organisation() const = 0;
    // False after corruption, and after a fault until the disk takes writes again: asking tries to
    // recover, at most once a second. The server says not ready meanwhile.
    [[nodiscard]] virtual bool healthy() const = 0;
};

}  // namespace vastine::store
