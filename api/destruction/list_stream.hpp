#pragma once
// A destruction list as its own stream tells it, for the one who carries it out and those who look at it.

#include <string>

#include "domain/destruction/list.hpp"
#include "store/event_store.hpp"

namespace vastine::api {

[[nodiscard]] store::StreamId destruction_stream(const std::string& list_id);

struct LoadedList {
    domain::destruction::State state;
    store::Version version;  // 0: there is no such list
};
// With details the days are there, with everything people's reasons too; without its key neither.
[[nodiscard]] LoadedList load_list(const store::EventStore& events, const std::string& list_id,
                                   store::Depth depth);

}  // namespace vastine::api
