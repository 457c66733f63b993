#include "api/webhooks/notices.hpp"

#include <boost/json.hpp>
#include <set>
#include <tuple>

#include "api/cloud_events.hpp"
#include "api/publications/public_page.hpp"
#include "api/secret.hpp"
#include "domain/access/access.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/publications/publication.hpp"
#include "domain/schema/alerts.pb.h"

namespace vastine::api {

namespace {

namespace json = boost::json;

std::string notice_id(const store::Record& record, std::size_t number) {
    const auto name =
        record.stream.value + '/' + std::to_string(record.version.value) + '/' + std::to_string(number);
    return "msg_" + hash_of("webhook notice", name).substr(0, 32);
}

Notice notice(const store::Record& record, std::size_t number, std::string topic, std::string type, Kind kind,
              const std::string& case_id, json::object data) {
    json::object event;
    event["specversion"] = "1.0";
    event["id"] = notice_id(record, number);
    event["source"] = "urn:vastine:log";
    event["type"] = std::move(type);
    event["subject"] = std::string(domain::entry(kind).stream_prefix) + '/' + case_id;
    event["time"] = rfc3339(record.recorded_at);
    event["datacontenttype"] = "application/json";
    data["position"] = std::to_string(record.position.value);
    event["data"] = std::move(data);
    return {std::move(topic), notice_id(record, number), json::serialize(event)};
}

std::vector<Notice> of_alerts(const store::Record& record, const store::EventStore& events,
                              const KindOf& kind_of) {
    std::vector<Notice> all;
    const auto opened = events.open(record, store::Depth::Facts);
    const auto& composed = dynamic_cast<const AlertsComposed&>(*opened.event);
    std::set<std::tuple<std::string, std::string, std::string>> told;
    for (const auto& alert : composed.alerts()) {
        for (const auto& occasion : alert.occasions()) {
            if (occasion.what().empty()) continue;  // idle, a hand-over: no date
            const auto fresh = told.emplace(occasion.case_id(), occasion.mark(), occasion.what()).second;
            const auto kind = fresh ? kind_of(occasion.case_id()) : std::nullopt;
            if (!kind) continue;
            all.push_back(notice(record, told.size(), "due-dates", "vastine.DueDateReached", *kind,
                                 occasion.case_id(), {{"mark", occasion.mark()}, {"what", occasion.what()}}));
        }
    }
    return all;
}

// Told when the files stand on the public page, so that whoever looks finds them.
std::vector<Notice> of_files(const store::Record& record, const store::EventStore& events) {
    const auto opened = events.open(record, store::Depth::Facts);
    const auto& stored = dynamic_cast<const ArtefactsStored&>(*opened.event);
    if (stored.level() != domain::publication::name_of(domain::publication::Level::Public)) return {};
    const auto id = case_id_of(record.stream);
    return {notice(record, 0, "publications", "vastine.EditionPublished", PUBLICATION, id,
                   {{"edition", stored.edition()}, {"page", public_place(id, stored.edition())}})};
}

}  // namespace

std::vector<Notice> notices(const store::Record& record, const store::EventStore& events,
                            const KindOf& kind_of) {
    if (record.type == AlertsComposed::descriptor()->full_name()) return of_alerts(record, events, kind_of);
    if (record.type == ArtefactsStored::descriptor()->full_name()) return of_files(record, events);
    const auto kind = domain::kind_of_stream(record.stream.value);
    if (!kind || !domain::area_of(*kind)) return {};
    return {notice(record, 0, "events", record.type, *kind, case_id_of(record.stream),
                   {{"version", std::to_string(record.version.value)}})};
}

}  // namespace vastine::api
