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

}  // namespace vastine::api
