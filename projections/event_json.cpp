#include "projections/event_json.hpp"

#include <google/protobuf/util/json_util.h>

namespace vastine::projections {

std::string json_of(const google::protobuf::Message& message) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
    return status.ok() ? json : std::string();
}

}  // namespace vastine::projections
