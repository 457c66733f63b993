#include "api/directory.hpp"

namespace vastine::api {

namespace {

const store::StreamId users_stream{"reference-users"};

std::optional<SetUser> active(const SetUser* user) {
    if (user == nullptr || !user->active()) return std::nullopt;
    return *user;
}

}  // namespace

std::shared_ptr<const Directory::Everyone> Directory::everyone() const {
    const auto version = events_.version(users_stream);
    const std::scoped_lock lock(mutex_);
    if (everyone_ && everyone_->version == version) return everyone_;
    auto next = std::make_shared<Everyone>();
    if (everyone_) *next = *everyone_;
    events_.read_stream(users_stream, next->version, [&](const store::Record& record) {
        next->reference.apply(*events_.open(record, store::Depth::Everything).event);
        next->version = record.version;
        return true;
    });
    everyone_ = std::move(next);
    return everyone_;
}

std::optional<SetUser> Directory::by_login(std::string_view login) const {
    return active(everyone()->reference.user_with_login(login));
}

std::optional<SetUser> Directory::by_id(std::string_view user_id) const {
    return active(everyone()->reference.user(user_id));
}

}  // namespace vastine::api
