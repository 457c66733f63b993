#include "api/webhooks/webhooks.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "api/webhooks/notices.hpp"
#include "api/webhooks/sender.hpp"
#include "api/webhooks/signature.hpp"
#include "projections/case_index.hpp"

namespace vastine::api {

namespace {

constexpr std::size_t records_a_look = 10'000;
constexpr std::chrono::milliseconds look_again{60'000};  // should nobody wake it
constexpr std::chrono::milliseconds after_fault{5'000};

bool wants(const SetWebhook& webhook, const std::string& topic) {
    return webhook.topics().empty() ||
           std::find(webhook.topics().begin(), webhook.topics().end(), topic) != webhook.topics().end();
}

}  // namespace

std::chrono::seconds pause_after(std::uint32_t attempts) {
    auto pause = Webhooks::first_pause;
    for (std::uint32_t i = 1; i < attempts && pause < Webhooks::longest_pause; ++i) pause *= 2;
    return std::min(pause, Webhooks::longest_pause);
}

struct Webhooks::Inside {
    // A notice and its place in the log.
    struct Waiting {
        Notice notice;
        store::Position before;  // the place before its record
        std::uint64_t number = 0;
    };

    store::Store& store;
    projections::ReadModel& model;
    std::function<store::Instant()> now;
    Sender sender;
    mutable std::mutex booking;
    DeliveryBook book;
    std::mutex starting;
    bool allowed = false;
    bool stopping = false;
    std::thread thread;

    [[nodiscard]] std::vector<SetWebhook> settings() const {
        return model.read([](const projections::Views& views) {
            std::vector<SetWebhook> all;
            for (const auto* webhook : views.reference.webhooks()) all.push_back(*webhook);
            return all;
        });
    }
    [[nodiscard]] bool ended() {
        const std::scoped_lock lock(starting);
        return stopping;
    }
    void run();
    [[nodiscard]] std::chrono::milliseconds look();
    [[nodiscard]] std::chrono::milliseconds look(const SetWebhook& webhook, store::Position head);
    void follow_setting(const SetWebhook& webhook, Progress& progress, store::Position head);
    [[nodiscard]] std::optional<Waiting> next(const SetWebhook& webhook, const Progress& progress,
                                              store::Position head, store::Position& looked_to) const;
    void post(const SetWebhook& webhook, const Waiting& waiting);
    void note(const std::string& webhook_id, const Sent& sent);
    void failed(const std::string& webhook_id, Progress& progress, Progress::Trouble trouble,
                unsigned status);
};

// ---- the thread ----

void Webhooks::Inside::run() {
    while (!ended()) {
        std::chrono::milliseconds until_next = after_fault;
        try {
            until_next = look();
            for (const auto& [webhook_id, sent] : sender.wait(until_next)) note(webhook_id, sent);
        } catch (const std::exception& error) {
            // Of the store: disks and positions, never a record's content.
            spdlog::error("webhooks: {}", error.what());
            if (!ended()) static_cast<void>(sender.wait(after_fault));
        }
    }
}

std::chrono::milliseconds Webhooks::Inside::look() {
    const auto head = store.events().head().position;
    model.catch_up(head);
    auto until_next = look_again;
    for (const auto& webhook : settings()) until_next = std::min(until_next, look(webhook, head));
    return until_next;
}

std::chrono::milliseconds Webhooks::Inside::look(const SetWebhook& webhook, store::Position head) {
    const std::scoped_lock lock(booking);
    const auto& id = webhook.webhook_id();
    auto* progress = book.progress(id);
    if (progress == nullptr || sender.posting(id)) return look_again;
    follow_setting(webhook, *progress, head);
    if (!progress->active || progress->trouble == Progress::Trouble::Gone) return look_again;
    const auto at = now();
    if (progress->next_attempt_at && *progress->next_attempt_at > at) {
        return std::chrono::ceil<std::chrono::milliseconds>(*progress->next_attempt_at - at);
    }
    auto looked_to = progress->position;
    const auto waiting = next(webhook, *progress, head, looked_to);
    if (!waiting) {
        // Not worth a write: after a restart it is looked through again.
        progress->position = looked_to;
        progress->notices = 0;
        return looked_to < head ? std::chrono::milliseconds(0) : look_again;
    }
    progress->position = waiting->before;
    progress->notices = waiting->number;
    if (!may_be_posted_to(webhook.url())) {
        failed(id, *progress, Progress::Trouble::NotEncrypted, 0);
        return look_again;
    }
    post(webhook, *waiting);
    return look_again;
}

// What happens while a webhook is switched off is not meant for it. A new address, or switching it off and
// on, tries again at once.
void Webhooks::Inside::follow_setting(const SetWebhook& webhook, Progress& progress, store::Position head) {
    const auto changed = progress.active != webhook.active() || progress.url != webhook.url();
    if (!progress.active || !webhook.active()) {
        progress.position = head;
        progress.notices = 0;
    }
    if (!changed) return;
    progress.active = webhook.active();
    progress.url = webhook.url();
    progress.attempts = 0;
    progress.trouble = Progress::Trouble::None;
    progress.next_attempt_at.reset();
    book.keep(webhook.webhook_id());
}

std::optional<Webhooks::Inside::Waiting> Webhooks::Inside::next(const SetWebhook& webhook,
                                                                const Progress& progress,
                                                                store::Position head,
                                                                store::Position& looked_to) const {
    const auto kind_of = [&](const std::string& case_id) {
        return model.read([&](const projections::Views& views) -> std::optional<Kind> {
            const auto row = views.cases->row_of(case_id);
            if (!row) return std::nullopt;
            return views.cases->entry(*row).kind;
        });
    };
    std::optional<Waiting> found;
    std::size_t looked_at = 0;
    store.events().read_log(progress.position, head, [&](const store::Record& record) {
        const auto of_record = notices(record, store.events(), kind_of);
        // Only of the first record some may have been delivered.
        for (std::uint64_t i = looked_at == 0 ? progress.notices : 0; i < of_record.size(); ++i) {
            if (!wants(webhook, of_record[i].topic)) continue;
            found = Waiting{of_record[i], looked_to, i};
            return false;
        }
        looked_to = record.position;
        return ++looked_at < records_a_look;
    });
    return found;
}

void Webhooks::Inside::post(const SetWebhook& webhook, const Waiting& waiting) {
    const auto at = now();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    const auto& [topic, id, body] = waiting.notice;
    std::string signatures;
    for (const auto& secret : book.secrets(webhook.webhook_id(), at)) {
        signatures += (signatures.empty() ? "" : " ") + webhook_signature(secret, id, seconds, body);
    }
    sender.post(webhook.webhook_id(),
                {webhook.url(),
                 {"Content-Type: application/cloudevents+json; charset=utf-8", "webhook-id: " + id,
                  "webhook-timestamp: " + std::to_string(seconds), "webhook-signature: " + signatures},
                 body});
}

void Webhooks::Inside::note(const std::string& webhook_id, const Sent& sent) {
    const std::scoped_lock lock(booking);
    auto& progress = *book.progress(webhook_id);
    if (sent.how == Sent::How::NotTrusted) {
        failed(webhook_id, progress, Progress::Trouble::NotTrusted, 0);
    } else if (sent.how == Sent::How::NoAnswer) {
        failed(webhook_id, progress, Progress::Trouble::NoAnswer, 0);
    } else if (sent.status == 410) {
        failed(webhook_id, progress, Progress::Trouble::Gone, sent.status);
    } else if (sent.status < 200 || sent.status > 299) {
        failed(webhook_id, progress, Progress::Trouble::Status, sent.status);
    } else {
        ++progress.notices;
        progress.attempts = 0;
        progress.trouble = Progress::Trouble::None;
        progress.next_attempt_at.reset();
        book.keep(webhook_id);
    }
}

void Webhooks::Inside::failed(const std::string& webhook_id, Progress& progress, Progress::Trouble trouble,
                              unsigned status) {
    ++progress.attempts;
    progress.trouble = trouble;
    progress.status = status;
    progress.next_attempt_at.reset();
    if (trouble != Progress::Trouble::Gone) progress.next_attempt_at = now() + pause_after(progress.attempts);
    book.keep(webhook_id);
    spdlog::warn("webhook {}: attempt {} failed with {}", webhook_id, progress.attempts,
                 status == 0 ? "no answer" : std::to_string(status));
}

// ---- what others ask ----

Webhooks::Webhooks(store::Store& store, projections::ReadModel& model, std::function<store::Instant()> now,
                   std::filesystem::path authority)
    : inside_(new Inside{store,
                         model,
                         std::move(now),
                         Sender(std::move(authority), patience),
                         {},
                         DeliveryBook(store.secrets()),
                         {},
                         false,
                         false,
                         {}}) {}

Webhooks::~Webhooks() {
    stop();
}

void Webhooks::start() {
    {
        const std::scoped_lock lock(inside_->starting);
        inside_->allowed = true;
        inside_->stopping = false;
    }
    wake();
}

void Webhooks::stop() {
    std::thread thread;
    {
        const std::scoped_lock lock(inside_->starting);
        inside_->allowed = false;
        inside_->stopping = true;
        thread.swap(inside_->thread);
    }
    inside_->sender.wake();
    if (thread.joinable()) thread.join();
}

void Webhooks::wake() {
    {
        const std::scoped_lock lock(inside_->starting);
        if (!inside_->allowed) return;
        if (!inside_->thread.joinable() && !inside_->settings().empty()) {
            inside_->thread = std::thread([inside = inside_.get()] { inside->run(); });
        }
    }
    inside_->sender.wake();
}

domain::Result<std::string> Webhooks::make_secret(const std::string& webhook_id) {
    const auto settings = inside_->settings();
    const auto setting = std::find_if(settings.begin(), settings.end(), [&](const SetWebhook& webhook) {
        return webhook.webhook_id() == webhook_id;
    });
    if (setting == settings.end()) return domain::reject(domain::Reason::NotFound, "webhook.no_such_webhook");
    std::string secret;
    {
        const std::scoped_lock lock(inside_->booking);
        secret = inside_->book.new_secret(webhook_id, inside_->now());
        if (auto* progress = inside_->book.progress(webhook_id)) {
            // Whoever makes a new one has set the receiver up anew: it is tried at once.
            progress->trouble = Progress::Trouble::None;
            progress->attempts = 0;
            progress->next_attempt_at.reset();
            inside_->book.keep(webhook_id);
        } else {
            Progress begun;
            begun.position = inside_->store.events().head().position;
            begun.url = setting->url();
            begun.active = setting->active();
            inside_->book.begin(webhook_id, std::move(begun));
        }
    }
    wake();
    return secret;
}

std::vector<Webhooks::State> Webhooks::states() const {
    std::vector<State> all;
    auto settings = inside_->settings();
    const std::scoped_lock lock(inside_->booking);
    for (auto& setting : settings) {
        State state{std::move(setting), std::nullopt};
        if (const auto* progress = inside_->book.progress(state.given.webhook_id()))
            state.progress = *progress;
        all.push_back(std::move(state));
    }
    return all;
}

}  // namespace vastine::api
