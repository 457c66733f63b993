#include "projections/search/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <tuple>
#include <unordered_map>

#include "domain/cases/kinds.hpp"
#include "projections/case_index.hpp"
#include "projections/rows.hpp"
#include "projections/search/case_texts.hpp"
#include "projections/search/snippet.hpp"
#include "projections/sight.hpp"

namespace vastine::projections::search {

namespace {

constexpr std::uint64_t records_caught_up_at_once = 2000;
// One record is read for each: among more, one case more or less tells nothing of a person.
constexpr std::size_t keys_asked_max = 5000;
constexpr auto pause_after_failure = std::chrono::seconds(5);

bool of_a_case(const store::StreamId& stream) {
    return std::ranges::any_of(domain::kinds(), [&](const auto& each) {
        return domain::area_of(each.kind) && stream.value.starts_with(each.stream_prefix) &&
               stream.value.substr(each.stream_prefix.size()).starts_with('-');
    });
}

std::string_view case_id_of(std::string_view stream) {
    constexpr std::size_t uuid_length = 36;
    return stream.size() <= uuid_length ? stream : stream.substr(stream.size() - uuid_length);
}

// Where a hit stands among the others.
struct Rank {
    Match match = Match::None;
    Day arrived_on = no_day;
    CaseId id;
    std::uint32_t row = 0;
};
auto key_of(const Rank& rank) {
    return std::tuple(-static_cast<int>(rank.match), -static_cast<std::int64_t>(rank.arrived_on),
                      rank.id.high, rank.id.low);
}
std::string cursor_of(const Rank& rank) {
    return fmt::format("{:x}.{:x}.{:x}.{:x}", static_cast<unsigned>(rank.match),
                       static_cast<std::uint32_t>(rank.arrived_on), rank.id.high, rank.id.low);
}
std::optional<Rank> rank_at(std::string_view cursor) {
    std::uint64_t numbers[4] = {};
    for (int i = 0; i < 4; ++i) {
        const auto [end, error] =
            std::from_chars(cursor.data(), cursor.data() + cursor.size(), numbers[i], 16);
        if (error != std::errc()) return std::nullopt;
        cursor.remove_prefix(static_cast<std::size_t>(end - cursor.data()));
        if (i == 3) break;
        if (!cursor.starts_with('.')) return std::nullopt;
        cursor.remove_prefix(1);
    }
    if (!cursor.empty() || numbers[0] > static_cast<unsigned>(Match::Exactly) ||
        numbers[1] > std::numeric_limits<std::uint32_t>::max()) {
        return std::nullopt;
    }
    return Rank{static_cast<Match>(numbers[0]),
                static_cast<Day>(static_cast<std::uint32_t>(numbers[1])),
                {numbers[2], numbers[3]},
                0};
}

void show_snippet(const Snippet& snippet, domain::Language language, SearchHit& out) {
    switch (snippet.where) {
        case Where::Subject:
            out.set_where(domain::text("search.where.subject", language));
            break;
        case Where::Name:
            out.set_where(domain::text("search.where.name", language));
            break;
        case Where::Number:
            out.set_where(domain::text("search.where.number", language));
            break;
        case Where::Document:
            out.set_where(domain::text("search.where.document", language));
            break;
        case Where::Day:
            out.set_where(domain::text("search.where.day", language));
            break;
        case Where::Contact:
            out.set_where(domain::text("search.where.contact", language));
            break;
        case Where::Text:
            out.set_where(domain::text("search.where.text", language));
            break;
    }
    out.set_snippet(snippet.text);
    for (const auto mark : snippet.marks) out.add_marks(mark);
}

}  // namespace

Search::Search(const store::EventStore& events, ReadModel& model) : events_(events), model_(model) {}

Search::~Search() {
    stop();
}

void Search::start(std::function<void()> failed) {
    if (thread_.joinable()) return;
    stopping_ = false;
    thread_ = std::thread([this, told = std::move(failed)] { run(told); });
}

void Search::stop() {
    {
        const std::lock_guard lock(waking_);
        stopping_ = true;
    }
    woken_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Search::wake() {
    {
        const std::lock_guard lock(waking_);
        more_ = true;
    }
    woken_.notify_all();
}

unsigned Search::percent() const {
    if (warm_) return 100;
    const auto all = to_do_.load();
    return all == 0 ? 0 : static_cast<unsigned>(std::min<std::uint64_t>(99, done_ * 100 / all));
}

void Search::run(const std::function<void()>& failed) {
    while (!stopping_) {
        try {
            if (!warm_) build();
            const auto until = model_.read([](const Views& views) { return views.position; });
            follow(until);
        } catch (const std::exception&) {
            if (failed) failed();
            std::unique_lock lock(waking_);
            woken_.wait_for(lock, pause_after_failure, [this] { return stopping_.load(); });
            continue;
        }
        std::unique_lock lock(waking_);
        woken_.wait(lock, [this] { return more_ || stopping_; });
        more_ = false;
    }
}

void Search::build() {
    const auto until = model_.read([](const Views& views) { return views.position; });
    const std::lock_guard one_at_a_time(applying_);
    if (!analyser_) analyser_ = std::make_unique<Analyser>();
    // Each stream once, by its last record: the newest are read first.
    std::unordered_map<std::string, std::uint64_t> last;
    events_.read_log(store::Position{0}, until, [&](const store::Record& record) {
        if (of_a_case(record.stream)) last[record.stream.value] = record.position.value;
        return !stopping_;
    });
    std::vector<std::pair<std::uint64_t, std::string>> streams;
    streams.reserve(last.size());
    for (auto& [stream, position] : last) streams.emplace_back(position, stream);
    std::ranges::sort(streams, std::greater());
    to_do_ = streams.size();
    done_ = 0;
    auto reached = until;
    for (const auto& [position, stream] : streams) {
        if (stopping_) return;
        read_again({stream});
        ++done_;
        // What happens meanwhile does not wait for the end: a document may be taken back.
        const auto now = model_.read([](const Views& views) { return views.position; });
        if (now > reached) take_in(reached, now);
        reached = std::max(reached, now);
    }
    if (stopping_) return;
    position_ = reached.value;
    warm_ = true;
}

void Search::follow(store::Position until) {
    const std::lock_guard one_at_a_time(applying_);
    if (!warm_ || until.value <= position_) return;
    take_in(store::Position{position_}, until);
    if (!stopping_) position_ = until.value;
}

void Search::take_in(store::Position after, store::Position until) {
    std::set<std::string> streams;
    events_.read_log(after, until, [&](const store::Record& record) {
        if (of_a_case(record.stream)) streams.insert(record.stream.value);
        return !stopping_;
    });
    for (const auto& stream : streams) {
        if (stopping_) return;
        read_again({stream});
    }
}

void Search::catch_up() {
    if (!warm_) return;
    const auto until = model_.read([](const Views& views) { return views.position; });
    if (until.value <= position_) return;
    if (until.value - position_ > records_caught_up_at_once) return;
    follow(until);
}

// Under applying_: nobody else puts words in. A question may take some out, of a case whose key is gone.
void Search::read_again(const store::StreamId& stream) {
    const auto read = case_texts(events_, stream);
    std::unordered_set<std::string> words;
    for (const auto& one : read.texts) {
        for (auto& token : tokens_of(one.text, Side::Case)) words.insert(std::move(token.term));
    }
    if (read.key_gone || words.empty()) {
        forget({stream.value});
        return;
    }
    std::unordered_map<std::string, Stems> forms;
    for (;;) {
        std::vector<std::string> unknown;
        {
            const std::shared_lock lock(mutex_);
            unknown = index_.unknown(words);
        }
        for (const auto& word : unknown) {
            if (!forms.contains(word)) forms.emplace(word, analyser_->stems_of(word));
        }
        const std::unique_lock lock(mutex_);
        const auto still = index_.unknown(words);
        if (!std::ranges::all_of(still, [&](const auto& word) { return forms.contains(word); })) continue;
        index_.put(stream.value, words, forms);
        return;
    }
}

std::vector<Asked> Search::asked_in(const std::string& text) {
    const std::lock_guard lock(asking_);
    if (!asking_analyser_) asking_analyser_ = std::make_unique<Analyser>();
    return asked(text, *asking_analyser_);
}

void Search::forget(const std::vector<std::string>& streams) {
    if (streams.empty()) return;
    const std::unique_lock lock(mutex_);
    for (const auto& stream : streams) index_.remove(stream);
}

Shown<SearchResult> Search::find(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                                 domain::Language language, const Query& query) {
    const auto all = asked_in(query.text);
    // Asked before the index is: what is said to be complete was.
    const bool behind = !warm_ || position_ + records_caught_up_at_once < views.position.value;
    const auto read_so_far = percent();
    std::vector<Index::Found> found;
    std::vector<Marking> markings;
    {
        const std::shared_lock lock(mutex_);
        found = index_.find(all);
        markings = index_.marking(all);
    }
    SightOfCases sight(views, viewer);
    std::vector<Rank> ranks;
    std::vector<std::string> gone;
    for (const auto& one : found) {
        const auto row = views.cases->row_of(case_id_of(one.stream));
        if (!row || sight.of(*row) != domain::Sight::Content) continue;
        const auto& entry = views.cases->entry(*row);
        if (!query.kinds.empty() && !query.kinds.contains(entry.kind)) continue;
        ranks.push_back({one.match, entry.arrived_on, entry.id, *row});
    }

    const auto destroyed = [&](const Rank& rank) {
        const auto stream = stream_of(views, rank.row);
        if (!views.cases->entry(rank.row).key_gone && !key_gone(events_, stream)) return false;
        gone.push_back(stream.value);
        return true;
    };
    const bool each_asked = ranks.size() <= keys_asked_max;
    if (each_asked) std::erase_if(ranks, destroyed);

    Shown<SearchResult> result;
    auto& out = result.message;
    *out.mutable_basis() = basis_of(views, as_of, language, "definition.search");
    out.set_total(ranks.size());
    out.set_warming_up(behind);
    out.set_warmed_percent(behind ? std::min(99U, read_so_far) : 100U);
    std::ranges::sort(ranks, {}, key_of);
    if (const auto last = rank_at(query.page.cursor); last && !query.page.cursor.empty())
        std::erase_if(ranks, [&](const Rank& rank) { return key_of(rank) <= key_of(*last); });
    std::vector<Rank> page;
    for (const auto& rank : ranks) {
        if (!each_asked && destroyed(rank)) continue;
        if (page.size() == query.page.limit) {
            if (!page.empty()) out.set_next_cursor(cursor_of(page.back()));
            break;
        }
        page.push_back(rank);
    }
    RowWriter writer(views, events_, as_of, language);
    for (const auto& rank : page) {
        auto& hit = *out.add_hits();
        writer.write(rank.row, *hit.mutable_row());
        if (const auto snippet =
                best_snippet(case_texts(events_, stream_of(views, rank.row)).texts, markings))
            show_snippet(*snippet, language, hit);
    }
    result.case_ids = std::move(writer).shown();
    forget(gone);
    return result;
}

std::size_t Search::cases() const {
    const std::shared_lock lock(mutex_);
    return index_.cases();
}
std::size_t Search::words() const {
    const std::shared_lock lock(mutex_);
    return index_.words();
}
bool Search::knows(const std::string& folded_word) const {
    const std::shared_lock lock(mutex_);
    return index_.knows(folded_word);
}
std::size_t Search::bytes() const {
    const std::shared_lock lock(mutex_);
    return index_.bytes();
}

}  // namespace vastine::projections::search
