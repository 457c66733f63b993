#pragma once
// Stores for tests: in memory and on disk, in a folder that goes with its test.

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "domain/schema/casework.pb.h"
#include "domain/schema/reminder.pb.h"
#include "store/assembled_store.hpp"
#include "store/store.hpp"

namespace vastine::store::test {

class Folder {
public:
    explicit Folder(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

enum class Where { Memory, Disk };
std::string name_of(Where where);

// A store that can be closed and opened again; a store in memory stays.
class Subject {
public:
    explicit Subject(Where where);
    [[nodiscard]] EventStore& events() { return store_->events(); }
    [[nodiscard]] AssembledStore& assembled() { return dynamic_cast<AssembledStore&>(*store_); }
    [[nodiscard]] Store& store() { return *store_; }
    void reopen();
    void close() { store_.reset(); }
    [[nodiscard]] const Options& options() const { return options_; }
    // What the clock of the store says next; it stands still between.
    void set_clock(std::int64_t microseconds) { *now_ = microseconds; }

private:
    Folder folder_;
    std::shared_ptr<std::atomic<std::int64_t>> now_;
    Options options_;
    std::unique_ptr<Store> store_;
};

std::string uuid(unsigned number);
std::unique_ptr<google::protobuf::Message> assigned(const std::string& handler, const std::string& note);
std::unique_ptr<google::protobuf::Message> registered(const std::string& client, std::size_t matters);

// An append of `count` events to one stream.
struct Wanted {
    std::string stream = "reminder-" + uuid(1);
    std::uint64_t expected = 0;
    std::string command_id = uuid(1000);
    std::string request = "request";
    std::string actor = "actor";
    std::size_t count = 1;
    std::string note = "a private note";
    KeyArea area = KeyArea::Legal;
};
StreamAppend stream_append(const Wanted& wanted);
Append append_of(const Wanted& wanted);

std::vector<Record> all_records(const EventStore& events);

}  // namespace vastine::store::test
