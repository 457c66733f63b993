#pragma once
// Events as the world outside reads them: CloudEvents 1.0 in JSON.

#include <string>

#include "store/event_store.hpp"

namespace vastine::api {

// Case id and kind's name of a stream: the part after and before the kind's prefix.
[[nodiscard]] std::string case_id_of(const store::StreamId& stream);
[[nodiscard]] std::string rfc3339(store::Instant at);

// One line without its end. `source` is the organisation whose log it is (store::Store::organisation),
// `id` the position there, `type` the message's name, `subject` the stream; extensions: streamversion,
// actor, and keygone where only the facts are left.
[[nodiscard]] std::string cloud_event(const store::Record& record, const store::Opened& opened,
                                      const std::string& organisation);

// The same with a further extension, record: the stored record, in base 64, for whoever verifies it.
[[nodiscard]] std::string provable_cloud_event(const store::Record& record, const store::Opened& opened,
                                               const std::string& organisation);
// The line that stands for a record that is not shown: its place, and its leaf's hash in the tree.
[[nodiscard]] std::string hidden_record(store::Position position, const std::string& leaf);

}  // namespace vastine::api
