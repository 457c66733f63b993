#include "tests/store/test_stores.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

namespace vastine::store::test {

Folder::Folder(const std::filesystem::path& parent) {
    auto pattern = (parent / "vastine-XXXXXX").string();  // mkdtemp writes over the six
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}
Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string name_of(Where where) {
    return where == Where::Memory ? "in memory" : "on disk";
}

Subject::Subject(Where where) : now_(std::make_shared<std::atomic<std::int64_t>>(1'700'000'000'000'000)) {
    options_.directory = folder_.path() / "data";
    options_.clock = [now = now_] { return Instant(std::chrono::microseconds(*now)); };
    if (where == Where::Memory) {
        store_ = Store::in_memory(options_.clock);
    } else {
        Store::create(options_);
        store_ = Store::open(options_);
    }
}

void Subject::reopen() {
    if (!std::filesystem::exists(options_.directory)) return;
    store_.reset();
    store_ = Store::open(options_);
}

std::string uuid(unsigned number) {
    return fmt::format("00000000-0000-4000-8000-{:012}", number);
}

std::unique_ptr<google::protobuf::Message> assigned(const std::string& handler, const std::string& note) {
    auto event = std::make_unique<Assigned>();
    event->mutable_given()->set_handler(handler);
    event->mutable_given()->set_note(note);
    return event;
}

std::unique_ptr<google::protobuf::Message> registered(const std::string& client, std::size_t matters) {
    auto event = std::make_unique<ReminderRegistered>();
    auto& opening = *event->mutable_given()->mutable_opening();
    opening.set_arrived_on("2026-03-01");
    opening.set_channel("letter");
    opening.set_cause("care");
    opening.set_subject("Wound care was put off");
    opening.mutable_client()->set_name(client);
    for (std::size_t i = 0; i < matters; ++i) {
        auto& matter = *opening.add_matters();
        if (i % 2 == 0) matter.set_cause("conduct");
        if (i % 3 == 0) matter.set_unit("ward-7");
        if (i % 2 == 1) matter.set_description(fmt::format("Matter {}", i));
    }
    event->mutable_coarse()->set_month("2026-03");
    return event;
}

StreamAppend stream_append(const Wanted& wanted) {
    StreamAppend out{StreamId{wanted.stream}, Version{wanted.expected}, wanted.area, {}};
    for (std::size_t i = 0; i < wanted.count; ++i) out.events.push_back(assigned("handler", wanted.note));
    return out;
}

Append append_of(const Wanted& wanted) {
    Append append;
    append.actor = wanted.actor;
    append.command_id = wanted.command_id;
    append.request = wanted.request;
    append.streams.push_back(stream_append(wanted));
    return append;
}

std::vector<Record> all_records(const EventStore& events) {
    std::vector<Record> records;
    events.read_log(Position{0}, Position{UINT64_MAX}, [&](const Record& record) {
        records.push_back(record);
        return true;
    });
    return records;
}

}  // namespace vastine::store::test
