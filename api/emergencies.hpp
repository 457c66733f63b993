#pragma once
// Case files that sessions have open in an emergency: for an hour, in that session, by that person, for
// reading alone. In memory only, like the sessions themselves: what must be known afterwards is in the access
// log.
//
// Threads: every function may be called from any thread at once.

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "domain/calendar/date.hpp"

namespace vastine::api {

class Emergencies {
public:
    static constexpr std::chrono::hours lasts{1};

    struct File {
        std::string case_id;
        std::string reason;
        domain::Instant until;
    };
    // Opens a file for a session, from now on; opened again, it is open for another hour.
    File open(const std::string& session, const std::string& case_id, const std::string& reason,
              domain::Instant now);
    // Those that are still open, the one that closes first before the others.
    [[nodiscard]] std::vector<File> files(const std::string& session, domain::Instant now) const;
    // The same for the access rule: case id and reason.
    [[nodiscard]] std::map<std::string, std::string> reasons(const std::string& session,
                                                             domain::Instant now) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, std::map<std::string, File>> by_session_;
};

}  // namespace vastine::api
