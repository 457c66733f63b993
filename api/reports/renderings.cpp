#include "api/reports/renderings.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>
#include <typeinfo>
#include <utility>
#include <vector>

#include "api/execution.hpp"
#include "api/rendering/rendering.hpp"
#include "api/secret.hpp"

namespace vastine::api {

std::string_view name_of(Step step) {
    switch (step) {
        case Step::Waiting:
            return "waiting";
        case Step::Counting:
            return "counting";
        case Step::Protecting:
            return "protecting";
        case Step::Rendering:
            return "rendering";
        case Step::Done:
            return "done";
        case Step::Failed:
            return "failed";
    }
    return {};
}

namespace {

bool over(Step step) {
    return step == Step::Done || step == Step::Failed;
}

domain::Rejection why_not_made() {
    return {domain::Reason::WrongState, "rendering.not_made", {}, {}};
}

}  // namespace

struct Renderings::Inside : std::enable_shared_from_this<Renderings::Inside> {
    class Watcher;
    struct Job {
        Order order;
        State state;
        std::vector<State> told;  // every state there was, oldest first; numbers begin at 1
        std::shared_ptr<const ReportDocument> document;
        std::optional<store::Instant> over_at;
        bool running = false;
        std::atomic<bool> given_up = false;
        std::list<std::weak_ptr<Watcher>> watchers;
    };

    std::function<store::Instant()> now;
    RenderingLimits limits;
    mutable std::mutex mutex;  // of all that is below, jobs' inside too
    std::condition_variable changed;
    std::list<std::shared_ptr<Job>> jobs;  // oldest first
    std::array<std::thread, 2> threads;
    bool stopping = false;

    Inside(std::function<store::Instant()> clock, RenderingLimits given)
        : now(std::move(clock)), limits(given) {}

    [[nodiscard]] std::shared_ptr<Job> find(const std::string& id, const std::string& owner);
    void forget_old();
    void make_room();
    void work(Lane lane);
    void make(const std::shared_ptr<Job>& job);
    static void reach(Job& job, Step step, unsigned percent);
    [[nodiscard]] std::list<std::shared_ptr<Watcher>> watching() const;
};

class Renderings::Inside::Watcher : public BodySource {
public:
    Watcher(std::shared_ptr<Inside> inside, std::shared_ptr<Job> job, Listening listening)
        : inside_(std::move(inside)), job_(std::move(job)), listening_(std::move(listening)) {}

    void next(std::function<void(std::string)> ready) override {
        const bool still = listening_.still();
        const std::scoped_lock lock(inside_->mutex);
        if (closed_) return;
        ready_ = std::move(ready);
        if (!still) return answer({});
        go_on();
    }
    void close() override {
        const std::scoped_lock lock(inside_->mutex);
        closed_ = true;
        ready_ = nullptr;
    }
    [[nodiscard]] bool works() const override { return true; }

    // The rest under the lock. Answers who waits when there is something to say.
    void go_on() {
        if (!ready_) return;
        const auto& told = job_->told;
        if (listening_.after >= told.size()) {
            if (over(job_->state.step) || job_->given_up) answer({});
            return;
        }
        std::string piece;
        while (listening_.after < told.size()) {
            const auto number = ++listening_.after;
            piece += listening_.written(told[number - 1], number);
        }
        answer(std::move(piece));
    }
    void comment(bool still) {
        if (ready_) answer(still ? ":\n\n" : "");
    }
    [[nodiscard]] bool still() const { return listening_.still(); }

private:
    // Only posts: it never calls back.
    void answer(std::string piece) { std::exchange(ready_, nullptr)(std::move(piece)); }

    std::shared_ptr<Inside> inside_;
    std::shared_ptr<Job> job_;
    Listening listening_;
    std::function<void(std::string)> ready_;
    bool closed_ = false;
};

std::shared_ptr<Renderings::Inside::Job> Renderings::Inside::find(const std::string& id,
                                                                  const std::string& owner) {
    forget_old();
    const auto found = std::ranges::find_if(jobs, [&](const auto& job) {
        return job->state.id == id && job->order.owner == owner && !job->given_up;
    });
    return found == jobs.end() ? nullptr : *found;
}

void Renderings::Inside::forget_old() {
    const auto until = now() - limits.kept_for;
    jobs.remove_if([&](const auto& job) { return job->over_at && *job->over_at <= until; });
}

// The oldest files go when all of them together become too many.
void Renderings::Inside::make_room() {
    std::size_t bytes = 0;
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
        if ((*job)->document) bytes += (*job)->document->content.size();
        if (bytes > limits.kept_bytes_max && (*job)->document) {
            (*job)->document.reset();
            (*job)->over_at = store::Instant::min();
        }
    }
    forget_old();
}

void Renderings::Inside::reach(Job& job, Step step, unsigned percent) {
    auto& state = job.state;
    if (over(state.step) || step < state.step) return;
    if (step == state.step && percent <= state.percent) return;
    state.step = step;
    state.percent = std::max(state.percent, std::min(percent, 100U));
    job.told.push_back(state);
    for (const auto& weak : job.watchers) {
        if (const auto watcher = weak.lock()) watcher->go_on();
    }
}

void Renderings::Inside::make(const std::shared_ptr<Job>& job) {
    domain::Result<ReportDocument> made = tl::unexpected(why_not_made());
    try {
        made = job->order.make({[job] { return job->given_up.load(); },
                                [this, job](Step step, unsigned percent) {
                                    const std::scoped_lock lock(mutex);
                                    reach(*job, step, percent);
                                }});
    } catch (const rendering::Failed& failed) {
        spdlog::error("rendering: {}", failed.what());
    } catch (const store::Fault& fault) {
        spdlog::error("rendering: fault: {}", fault.what());
    } catch (const std::exception& error) {
        // Its text may hold anything: what threw is named by type only.
        spdlog::error("rendering: unexpected {}", typeid(error).name());
    }
    auto hash = made ? sha256_of(made->content) : std::string();
    const std::scoped_lock lock(mutex);
    job->running = false;
    job->over_at = now();
    job->order.make = nullptr;
    if (job->given_up) {
        jobs.remove(job);
        return;
    }
    auto& state = job->state;
    if (made && made->content.size() > limits.kept_bytes_max) {
        made = tl::unexpected(domain::Rejection{domain::Reason::WrongState, "rendering.too_large", {}, {}});
    }
    if (!made) {
        state.why = std::move(made.error());
        return reach(*job, Step::Failed, state.percent);
    }
    state.file_name = made->file_name;
    state.media_type = made->media_type;
    state.size = made->content.size();
    state.sha256 = std::move(hash);
    job->document = std::make_shared<const ReportDocument>(std::move(*made));
    make_room();
    reach(*job, Step::Done, 100);
}

void Renderings::Inside::work(Lane lane) {
    std::unique_lock lock(mutex);
    for (;;) {
        const auto next = std::ranges::find_if(jobs, [&](const auto& job) {
            return job->order.lane == lane && !job->running && !job->over_at && !job->given_up;
        });
        if (stopping) return;
        if (next == jobs.end()) {
            changed.wait(lock);
            continue;
        }
        const auto job = *next;
        job->running = true;
        lock.unlock();
        make(job);
        lock.lock();
    }
}

std::list<std::shared_ptr<Renderings::Inside::Watcher>> Renderings::Inside::watching() const {
    std::list<std::shared_ptr<Watcher>> all;
    const std::scoped_lock lock(mutex);
    for (const auto& job : jobs) {
        job->watchers.remove_if([&](const auto& weak) {
            auto watcher = weak.lock();
            if (watcher) all.push_back(std::move(watcher));
            return weak.expired();
        });
    }
    return all;
}

Renderings::Renderings(std::function<store::Instant()> now, RenderingLimits limits)
    : inside_(std::make_shared<Inside>(std::move(now), limits)) {}

Renderings::~Renderings() {
    stop();
}

tl::expected<std::string, Renderings::Full> Renderings::start(Order order) {
    auto& inside = *inside_;
    const std::scoped_lock lock(inside.mutex);
    inside.forget_old();
    std::size_t of_one = 0;
    std::size_t waiting = 0;
    for (const auto& job : inside.jobs) {
        if (job->over_at) continue;
        if (job->order.owner == order.owner) ++of_one;
        if (!job->running) ++waiting;
    }
    if (of_one >= inside.limits.of_one_max) return tl::unexpected(Full::ForOne);
    if (waiting >= inside.limits.waiting_max || inside.stopping) return tl::unexpected(Full::ForAll);

    auto job = std::make_shared<Inside::Job>();
    job->state.id = new_uuid();
    job->state.area = order.area;
    job->order = std::move(order);
    job->told.push_back(job->state);
    auto& thread = inside.threads.at(static_cast<std::size_t>(job->order.lane));
    if (!thread.joinable()) {
        thread = std::thread([&inside, lane = job->order.lane] { inside.work(lane); });
    }
    inside.jobs.push_back(job);
    inside.changed.notify_all();
    return job->state.id;
}

std::optional<Renderings::State> Renderings::see(const std::string& id, const std::string& owner) {
    const std::scoped_lock lock(inside_->mutex);
    const auto job = inside_->find(id, owner);
    if (!job) return std::nullopt;
    return job->state;
}

std::shared_ptr<const ReportDocument> Renderings::file(const std::string& id, const std::string& owner) {
    const std::scoped_lock lock(inside_->mutex);
    const auto job = inside_->find(id, owner);
    return job ? job->document : nullptr;
}

bool Renderings::give_up(const std::string& id, const std::string& owner) {
    const std::scoped_lock lock(inside_->mutex);
    const auto job = inside_->find(id, owner);
    if (!job) return false;
    job->given_up = true;
    for (const auto& weak : job->watchers) {
        if (const auto watcher = weak.lock()) watcher->go_on();
    }
    if (!job->running) inside_->jobs.remove(job);
    return true;
}

std::shared_ptr<BodySource> Renderings::watch(const std::string& id, const std::string& owner,
                                              Listening listening) {
    const std::scoped_lock lock(inside_->mutex);
    auto job = inside_->find(id, owner);
    if (!job) return nullptr;
    listening.after = std::min<std::uint64_t>(listening.after, job->told.size());
    auto watcher = std::make_shared<Inside::Watcher>(inside_, job, std::move(listening));
    job->watchers.push_back(watcher);
    return watcher;
}

void Renderings::beat() {
    for (const auto& watcher : inside_->watching()) {
        const bool still = watcher->still();  // asks others: not under the lock
        const std::scoped_lock lock(inside_->mutex);
        watcher->comment(still);
    }
    const std::scoped_lock lock(inside_->mutex);
    inside_->forget_old();
}

std::size_t Renderings::waiting() const {
    const std::scoped_lock lock(inside_->mutex);
    return static_cast<std::size_t>(
        std::ranges::count_if(inside_->jobs, [](const auto& job) { return !job->over_at && !job->running; }));
}

void Renderings::stop() {
    {
        const std::scoped_lock lock(inside_->mutex);
        inside_->stopping = true;
        for (const auto& job : inside_->jobs) job->given_up = true;
        inside_->changed.notify_all();
    }
    for (auto& thread : inside_->threads) {
        if (thread.joinable()) thread.join();
    }
}

}  // namespace vastine::api
