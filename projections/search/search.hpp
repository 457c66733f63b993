#pragma once
// Search as people remember: by the words of a case in any form, by names, numbers and days, over data
// that lies sealed on the disk. The index is in memory only. It is built in the background from the log,
// newest cases first, and then follows it.
//
// A case's words are read again from its own stream whenever something happened to it, so that what was
// corrected or taken back is gone from the index with the event that says so. Whether the key of a case
// lives is asked of the store for every case found, before it is counted (of more than five thousand, for
// every case shown): a destroyed one is neither shown nor counted from that moment on, and leaves memory with
// the first question that would have found it.
//
// Threads: every function may be called from any thread. A question waits for the builder no longer than
// one case takes to be put in.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <thread>

#include "projections/query.hpp"
#include "projections/read_model.hpp"
#include "projections/search/index.hpp"

namespace vastine::projections::search {

struct Query {
    std::string text = {};
    std::set<Kind> kinds = {};  // empty: all
    PageRequest page = {};
};

class Search {
public:
    Search(const store::EventStore& events, ReadModel& model);
    ~Search();
    Search(const Search&) = delete;
    Search& operator=(const Search&) = delete;

    // Builds in a thread of its own, which goes on following the log; the read model has been folded.
    // `failed` is told when something in the store keeps it from reading on; it tries again later.
    void start(std::function<void()> failed = {});
    // The log has grown. Returns at once.
    void wake();
    // Ends the thread, in the middle of building too. Done by the destructor as well.
    void stop();

    [[nodiscard]] bool warm() const { return warm_; }
    [[nodiscard]] unsigned percent() const;
    // Brings the index up to the read model, if what is missing is little; call it before a question, so
    // that whoever wrote also finds.
    void catch_up();

    // Exact before stem before prefix, then the newest first: everything asked must be in the case. Only
    // cases whose content the viewer may see are counted and shown. The views are those of the newest
    // position.
    [[nodiscard]] Shown<SearchResult> find(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                                           domain::Language language, const Query& query);

    // Drops the words of these cases' streams at once: their keys are destroyed.
    void forget(const std::vector<std::string>& streams);

    // ---- what the index holds ----
    [[nodiscard]] std::size_t cases() const;
    [[nodiscard]] std::size_t words() const;
    [[nodiscard]] bool knows(const std::string& folded_word) const;
    [[nodiscard]] std::size_t bytes() const;

private:
    void run(const std::function<void()>& failed);
    void build();
    void follow(store::Position until);
    void take_in(store::Position after, store::Position until);
    void read_again(const store::StreamId& stream);
    [[nodiscard]] std::vector<Asked> asked_in(const std::string& text);

    const store::EventStore& events_;
    ReadModel& model_;

    mutable std::shared_mutex mutex_;  // of the index
    Index index_;

    std::mutex applying_;  // one builder at a time
    std::unique_ptr<Analyser> analyser_;
    std::atomic<std::uint64_t> position_ = 0;  // of the log, once it is warm

    std::mutex asking_;
    std::unique_ptr<Analyser> asking_analyser_;

    std::atomic<bool> warm_ = false;
    std::atomic<std::uint64_t> done_ = 0;  // cases read while it is built
    std::atomic<std::uint64_t> to_do_ = 0;

    std::mutex waking_;
    std::condition_variable woken_;
    bool more_ = false;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace vastine::projections::search
