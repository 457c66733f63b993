#include "api/destruction/list_stream.hpp"

namespace vastine::api {

store::StreamId destruction_stream(const std::string& list_id) {
    return {"destruction-" + list_id};
}

LoadedList load_list(const store::EventStore& events, const std::string& list_id, store::Depth depth) {
    LoadedList loaded;
    events.read_stream(destruction_stream(list_id), {}, [&](const store::Record& record) {
        domain::destruction::evolve(loaded.state, *events.open(record, depth).event);
        loaded.version = record.version;
        return true;
    });
    return loaded;
}

}  // namespace vastine::api
