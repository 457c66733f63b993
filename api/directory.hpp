#pragma once
// The users as the log has them, logins and names opened: who may sign in, and how people are called.
// Follows the stream reference-users; reads it anew only when it has moved.

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "domain/reference/reference.hpp"
#include "domain/schema/reference.pb.h"
#include "store/event_store.hpp"

namespace vastine::api {

class Directory {
public:
    explicit Directory(const store::EventStore& events) : events_(events) {}

    // Active users only.
    [[nodiscard]] std::optional<SetUser> by_login(std::string_view login) const;
    [[nodiscard]] std::optional<SetUser> by_id(std::string_view user_id) const;
    struct Everyone {
        store::Version version;
        domain::Reference reference;
    };
    // All of them, the inactive too.
    [[nodiscard]] std::shared_ptr<const Everyone> everyone() const;

private:
    const store::EventStore& events_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const Everyone> everyone_;
};

}  // namespace vastine::api
