#pragma once
// What a record of the log says to the world outside: that something of a kind happened to a case, or that
// a date has reached a mark. Nothing of what the case holds: who sets a webhook up sees no case.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/schema/options.pb.h"
#include "store/event_store.hpp"

namespace vastine::api {

struct Notice {
    std::string topic;  // events, due-dates, publications: of the code set webhook_topic
    std::string id;     // the same whenever the same record is told
    std::string body;   // a CloudEvent in JSON
};

// Events of cases are notices of the topic events. The alerts of a morning are notices of the topic
// due-dates, one for each case, mark and sort of date, however many people were told. Of publications, one
// whose files stand on the public page is a notice of the topic publications, and what comes before is not
// told; nor is reference data. `kind_of`: the kind of a case, nothing when there is none.
using KindOf = std::function<std::optional<Kind>(const std::string& case_id)>;
[[nodiscard]] std::vector<Notice> notices(const store::Record& record, const store::EventStore& events,
                                          const KindOf& kind_of);

}  // namespace vastine::api
