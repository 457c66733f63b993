#include "api/emergencies.hpp"

#include <algorithm>

namespace vastine::api {

Emergencies::File Emergencies::open(const std::string& session, const std::string& case_id,
                                    const std::string& reason, domain::Instant now) {
    const std::scoped_lock lock(mutex_);
    // What is over is dropped here: nobody opens files in an emergency often.
    for (auto& [each, files] : by_session_)
        std::erase_if(files, [&](const auto& file) { return file.second.until <= now; });
    std::erase_if(by_session_, [](const auto& each) { return each.second.empty(); });
    File file{case_id, reason, now + lasts};
    by_session_[session].insert_or_assign(case_id, file);
    return file;
}

std::vector<Emergencies::File> Emergencies::files(const std::string& session, domain::Instant now) const {
    const std::scoped_lock lock(mutex_);
    std::vector<File> open;
    const auto found = by_session_.find(session);
    if (found == by_session_.end()) return open;
    for (const auto& [case_id, file] : found->second)
        // A clock that was set back opens nothing for longer than it was opened for.
        if (now < file.until && file.until - now <= lasts) open.push_back(file);
    std::ranges::sort(open, {}, &File::until);
    return open;
}

std::map<std::string, std::string> Emergencies::reasons(const std::string& session,
                                                        domain::Instant now) const {
    std::map<std::string, std::string> reasons;
    for (auto& file : files(session, now)) reasons.emplace(std::move(file.case_id), std::move(file.reason));
    return reasons;
}

}  // namespace vastine::api
