#include "api/cloud_events.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "api/json.hpp"
#include "domain/cases/kinds.hpp"
#include "store/proof/base64.hpp"
#include "store/proof/merkle.hpp"
#include "store/stored_record.hpp"
#include "store/uuid_text.hpp"

namespace vastine::api {

std::string case_id_of(const store::StreamId& stream) {
    const auto kind = domain::kind_of_stream(stream.value);
    return kind ? stream.value.substr(domain::entry(*kind).stream_prefix.size() + 1) : stream.value;
}

std::string rfc3339(store::Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

namespace {

boost::json::object event_of(const store::Record& record, const store::Opened& opened,
                             const std::string& organisation) {
    boost::json::object event;
    event["specversion"] = "1.0";
    event["id"] = std::to_string(record.position.value);
    event["source"] = "urn:uuid:" + organisation;
    event["type"] = record.type;
    event["subject"] = record.stream.value;
    event["time"] = rfc3339(record.recorded_at);
    event["datacontenttype"] = "application/json";
    event["streamversion"] = std::to_string(record.version.value);
    event["actor"] = record.actor;
    if (opened.key_gone) event["keygone"] = true;
    event["data"] = boost::json::parse(write_json(*opened.event, Defaults::LeftOut));
    return event;
}

}  // namespace

std::string cloud_event(const store::Record& record, const store::Opened& opened,
                        const std::string& organisation) {
    return boost::json::serialize(event_of(record, opened, organisation));
}

std::string provable_cloud_event(const store::Record& record, const store::Opened& opened,
                                 const std::string& organisation) {
    auto event = event_of(record, opened, organisation);
    const auto bytes = store::encode_record(store::uuid_bytes(organisation), record);
    event["record"] = store::proof::to_base64(bytes);
    return boost::json::serialize(event);
}

std::string hidden_record(store::Position position, const std::string& leaf) {
    const auto hash = store::proof::to_bytes(store::proof::leaf_hash(leaf));
    return boost::json::serialize(boost::json::object{{"position", std::to_string(position.value)},
                                                      {"leafhash", store::proof::to_base64(hash)}});
}

}  // namespace vastine::api
