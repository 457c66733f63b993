#include "api/feed.hpp"

#include <fmt/format.h>

#include <utility>

#include "api/cloud_events.hpp"
#include "domain/cases/kinds.hpp"
#include "projections/case_index.hpp"

namespace vastine::api {

namespace {

constexpr std::size_t records_a_piece = 1000;
constexpr std::size_t piece_bytes_max = std::size_t{32} << 10U;

bool seen(const projections::Views& views, const domain::Viewer& viewer, const store::Record& record) {
    const auto kind = domain::kind_of_stream(record.stream.value);
    // A publication and a destruction list are no cases, and nobody else's.
    if (!kind || *kind == PUBLICATION || *kind == DESTRUCTION) return false;
    if (!domain::area_of(*kind)) return domain::may(viewer, domain::Right::SeeReference);
    const auto scope = views.cases->scope(case_id_of(record.stream));
    return scope && domain::sight(viewer, *scope, views.reference) == domain::Sight::Content;
}

std::string line_of(const store::Record& record) {
    const auto kind = domain::kind_of_stream(record.stream.value);
    return fmt::format(
        "id: {}\nevent: {}\ndata: "
        "{{\"position\":\"{}\",\"kind\":\"{}\",\"case_id\":\"{}\",\"version\":\"{}\"}}\n\n",
        record.position.value, record.type, record.position.value, domain::entry(*kind).stream_prefix,
        case_id_of(record.stream), record.version.value);
}

}  // namespace

class Feeds::Feed : public BodySource {
public:
    Feed(const store::EventStore& events, projections::ReadModel& model, store::Position after,
         Listener listener)
        : events_(events), model_(model), after_(after), listener_(std::move(listener)) {}

    void next(std::function<void(std::string)> ready) override {
        {
            const std::scoped_lock lock(mutex_);
            if (closed_) return;
            ready_ = std::move(ready);
        }
        // The first piece goes at once, so that the client's headers do.
        advance(std::exchange(fresh_, false) ? ": listening\n\n" : "");
    }

    void close() override {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        ready_ = nullptr;
    }
    [[nodiscard]] bool works() const override { return true; }

    [[nodiscard]] bool closed() const {
        const std::scoped_lock lock(mutex_);
        return closed_;
    }

    // Answers who waits, if there is something to say: events, else `otherwise`, else nothing yet.
    void advance(std::string otherwise) {
        const std::scoped_lock lock(mutex_);
        if (!ready_) return;
        const auto viewer = listener_();
        auto piece = viewer ? read_on(*viewer) : std::string();
        if (piece.empty() && viewer) piece = std::move(otherwise);
        if (piece.empty() && viewer) return;
        auto ready = std::exchange(ready_, nullptr);
        ready(std::move(piece));  // only posts: it never calls back into the feed
    }

private:
    std::string read_on(const domain::Viewer& viewer) {
        std::string piece;
        model_.read([&](const projections::Views& views) {
            while (piece.empty() && after_ < views.position) {
                std::size_t looked_at = 0;
                events_.read_log(after_, views.position, [&](const store::Record& record) {
                    if (seen(views, viewer, record)) piece += line_of(record);
                    after_ = record.position;
                    return ++looked_at < records_a_piece && piece.size() < piece_bytes_max;
                });
                if (looked_at == 0) break;
            }
            return 0;
        });
        return piece;
    }

    const store::EventStore& events_;
    projections::ReadModel& model_;
    store::Position after_;
    Listener listener_;
    mutable std::mutex mutex_;
    std::function<void(std::string)> ready_;
    bool fresh_ = true;
    bool closed_ = false;
};

std::shared_ptr<BodySource> Feeds::open(store::Position after, Listener listener) {
    auto feed = std::make_shared<Feed>(events_, model_, after, std::move(listener));
    const std::scoped_lock lock(mutex_);
    feeds_.push_back(feed);
    return feed;
}

std::vector<std::shared_ptr<Feeds::Feed>> Feeds::living() const {
    std::vector<std::shared_ptr<Feed>> living;
    const std::scoped_lock lock(mutex_);
    feeds_.remove_if([&](const auto& weak) {
        auto feed = weak.lock();
        if (!feed || feed->closed()) return true;
        living.push_back(std::move(feed));
        return false;
    });
    return living;
}

void Feeds::advance() {
    for (const auto& feed : living()) feed->advance("");
    if (told_) told_();
}

void Feeds::beat() {
    for (const auto& feed : living()) feed->advance(":\n\n");
}

void Feeds::close_all() {
    for (const auto& feed : living()) feed->close();
}

std::size_t Feeds::open_feeds() const {
    return living().size();
}

}  // namespace vastine::api
