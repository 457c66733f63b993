// Arbitrary bytes as a stored record, as the plain bytes of a seal, and as parts of an event: each is
// Corruption or understood, and what is understood is written back as the same bytes.

#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "domain/schema/contact.pb.h"
#include "domain/schema/reminder.pb.h"
#include "store/event_store.hpp"
#include "store/sealing/field_split.hpp"
#include "store/sealing/frame.hpp"
#include "store/stored_record.hpp"

namespace {

using namespace vastine;
using namespace vastine::store;

void must(bool holds) {
    if (!holds) std::abort();
}

// What can be read as an event can be split and merged without change, or is refused as no event of ours.
template <class Event>
void as_event(std::string_view facts, std::string_view details, std::string_view personal) {
    Event event;
    if (!event.ParsePartialFromArray(facts.data(), static_cast<int>(facts.size()))) return;
    try {
        sealing::merge(event, details);
        sealing::merge(event, personal);
    } catch (const Corruption&) {
        return;
    }
    try {
        const auto parts = sealing::split(event);
        Event again;
        must(again.ParsePartialFromString(parts.facts));
        sealing::merge(again, parts.details);
        sealing::merge(again, parts.personal);
        must(again.SerializePartialAsString() == event.SerializePartialAsString());
    } catch (const std::invalid_argument&) {
        return;  // unknown fields
    }
}

void as_frame(std::string_view bytes, std::string_view facts) {
    try {
        const auto frame = sealing::decode_frame(bytes);
        const auto again = sealing::encode_frame(frame);
        // Bytes that were never padded to a full block decode too; what matters is their contents.
        must(sealing::decode_frame(again).personal == frame.personal);
        as_event<ReminderRegistered>(facts, frame.details, frame.personal);
        as_event<ContactLogged>(facts, frame.details, frame.personal);
    } catch (const Corruption&) {
        return;
    }
}

void as_record(std::string_view bytes) {
    try {
        const auto stored = decode_record(bytes);
        Record record;
        stored.copy_to(record);
        Organisation organisation;
        for (std::size_t i = 0; i < organisation.size(); ++i) {
            organisation[i] = static_cast<std::uint8_t>(stored.organisation[i]);
        }
        must(encode_record(organisation, record) == bytes);
        // A seal opens to its plain bytes under the right key; here the plain bytes stand in its place.
        as_frame(stored.sealed, stored.facts);
    } catch (const Corruption&) {
        return;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto quiet = google::protobuf::SetLogHandler(nullptr);
    static_cast<void>(quiet);
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    as_record(bytes);
    as_frame(bytes, {});
    as_event<ReminderRegistered>(bytes, {}, {});
    as_event<ContactLogged>(bytes, {}, {});
    return 0;
}
