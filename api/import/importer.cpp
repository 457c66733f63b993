#include "api/import/importer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <functional>
#include <future>
#include <unordered_map>
#include <utility>

#include "api/import/moment.hpp"
#include "api/import/row.hpp"
#include "domain/schema/casework.pb.h"

namespace vastine::api::import {

namespace {

using domain::Reason;
using domain::reject;
using domain::Rejection;

// Which external ids this run has met lately, with what their rows said. Two generations keep memory
// constant: a file is told exactly up to half a million cases, or when a case's rows stand closer.
class Lately {
public:
    [[nodiscard]] const std::size_t* find(const std::string& external_id) const {
        const auto key = std::hash<std::string>{}(external_id);
        for (const auto* generation : {&young_, &old_}) {
            if (const auto found = generation->find(key); found != generation->end()) return &found->second;
        }
        return nullptr;
    }
    void add(const std::string& external_id, const std::string& content) {
        if (young_.size() >= generation_max) {
            old_ = std::move(young_);
            young_.clear();
        }
        young_[std::hash<std::string>{}(external_id)] = std::hash<std::string>{}(content);
    }

private:
    static constexpr std::size_t generation_max = 500'000;
    std::unordered_map<std::size_t, std::size_t> young_;
    std::unordered_map<std::size_t, std::size_t> old_;
};

// What is compared between a row and its case: all that the row says.
std::string content_of(const ImportCase& row) {
    return row.SerializeAsString();
}
// The number that we gave the case is not the row's.
std::string content_of_case(ImportCase given, const ImportCase& row) {
    if (row.opening().diary_number().empty()) given.mutable_opening()->clear_diary_number();
    return content_of(given);
}

struct Existing {
    std::string case_id;
    store::Version version;
    std::optional<ImportCase> given;
    bool key_gone = false;
};

}  // namespace

void Durations::add(std::chrono::microseconds time) {
    ++minutes_[std::chrono::round<std::chrono::minutes>(time).count()];
    ++count_;
}

std::optional<double> Durations::rank_days(double share) const {
    if (count_ == 0) return std::nullopt;
    const auto rank = std::max(
        std::uint64_t{1}, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_) - 1e-9)));
    std::uint64_t seen = 0;
    for (const auto& [minutes, number] : minutes_) {
        seen += number;
        if (seen >= rank) return static_cast<double>(minutes) / (24.0 * 60.0);
    }
    return std::nullopt;
}

double ImportFigures::share_in_time() const {
    if (ended_with_due == 0) return 0;
    return 1.0 - static_cast<double>(ended_after_due) / static_cast<double>(ended_with_due);
}

struct Importer::Inside {
    Execution& execution;
    store::Store& store;
    ImportOptions options;
    RowReader rows;

    // A row that waits for the next append, and those after it that say the same.
    struct Pending {
        std::uint64_t line = 0;
        Row row;  // its command has gone into the request
        std::string channel;
        std::string content;
        std::string raw;
        bool correction = false;
        CommandRequest request;
        std::vector<std::pair<std::uint64_t, std::string>> repeats;
    };
    struct Batch {
        std::vector<Pending> rows{};
        std::unordered_map<std::string, std::size_t> by_id{};
    };
    Batch gathering{};
    // One batch is decided and appended in a thread of its own while the next one is read: one at a
    // time, so that cases enter the log in the order of the file. The thread has the requests, and
    // nothing else in here.
    Batch appending{};
    std::future<std::vector<domain::Result<CommandAnswer>>> answers{};
    Lately lately{};
    ImportSummary summary{};
    const RejectSink* sink = nullptr;

    void refuse(std::uint64_t line, std::string column, Rejection reason, const std::string& raw) {
        ++summary.rejected;
        (*sink)({line, std::move(column), std::move(reason), options.with_rows ? raw : std::string()});
    }
    void take(CsvRecord& record);
    void take_known(CsvRecord& record, Row& row, const std::string& content, const Existing& existing);
    void enqueue(CsvRecord& record, Row& row, std::string content, const Existing* existing);
    void try_out(CsvRecord& record, Row& row, const std::string& content);
    [[nodiscard]] bool repeats(const CsvRecord& record, const std::string& content,
                               const std::string& external_id);
    void flush();
    void wait();
    void count(const Row& row, const std::string& channel);
    [[nodiscard]] std::optional<Existing> existing(const Row& row) const;
    [[nodiscard]] CommandRequest request_for(ImportCase&& command) const;
};

void Importer::Inside::count(const Row& row, const std::string& channel) {
    auto& figures = summary.figures;
    ++figures.by_channel[channel];
    if (!row.closed) {
        ++figures.open;
        return;
    }
    ++figures.ended;
    const auto both = [](const Moment& a, const Moment& b) { return a.at && b.at; };
    if (row.due) {
        ++figures.ended_with_due;
        const bool late =
            both(*row.closed, *row.due) ? *row.closed->at > *row.due->at : row.closed->day > row.due->day;
        if (late) ++figures.ended_after_due;
    }
    figures.start_to_end.add(both(*row.closed, row.registered)
                                 ? *row.closed->at - *row.registered.at
                                 : std::chrono::microseconds(row.closed->day - row.registered.day));
}

std::optional<Existing> Importer::Inside::existing(const Row& row) const {
    const std::string prefix(domain::entry(options.kind).stream_prefix);
    const auto holder = store.events().find("external:" + prefix, row.command.opening().external_id());
    if (!holder) return std::nullopt;
    Existing found{holder->value.substr(prefix.size() + 1), {}, {}, false};
    store.events().read_stream(*holder, {}, [&](const store::Record& record) {
        found.version = record.version;
        const bool imported = record.type == CaseImported::descriptor()->full_name();
        const bool corrected = record.type == ImportCorrected::descriptor()->full_name();
        if (!imported && !corrected) return true;
        const auto opened = store.events().open(record, store::Depth::Everything);
        found.key_gone = opened.key_gone;
        found.given = imported ? static_cast<const CaseImported&>(*opened.event).given()
                               : static_cast<const ImportCorrected&>(*opened.event).given();
        return true;
    });
    return found;
}

CommandRequest Importer::Inside::request_for(ImportCase&& command) const {
    CommandRequest request;
    request.viewer = options.viewer;
    request.kind = options.kind;
    request.path = "import";
    request.command = std::make_unique<ImportCase>(std::move(command));
    request.command_id = new_uuid();
    return request;
}

void Importer::Inside::enqueue(CsvRecord& record, Row& row, std::string content, const Existing* known) {
    Pending next;
    next.line = record.line;
    next.content = std::move(content);
    if (options.with_rows) next.raw = std::move(record.raw);
    next.channel = row.command.opening().channel();
    gathering.by_id.emplace(row.command.opening().external_id(), gathering.rows.size());
    next.request = request_for(std::move(row.command));
    if (known != nullptr) {
        next.correction = true;
        next.request.case_id = known->case_id;
        next.request.expected = known->version;
    }
    next.row = std::move(row);
    gathering.rows.push_back(std::move(next));
    if (gathering.rows.size() >= options.batch_rows) flush();
}

void Importer::Inside::flush() {
    wait();
    if (gathering.rows.empty()) return;
    appending = std::exchange(gathering, {});
    std::vector<CommandRequest> requests;
    requests.reserve(appending.rows.size());
    for (auto& waiting : appending.rows) requests.push_back(std::move(waiting.request));
    answers = std::async(std::launch::async, [to = &execution, batch = std::move(requests)]() mutable {
        return to->execute_batch(std::move(batch));
    });
}

void Importer::Inside::wait() {
    if (!answers.valid()) return;
    const auto given = answers.get();
    const auto done = std::exchange(appending, {});
    for (std::size_t i = 0; i < done.rows.size(); ++i) {
        const auto& row = done.rows[i];
        if (given[i]) {
            ++(row.correction ? summary.corrected : summary.taken);
            summary.repeated += row.repeats.size();
            count(row.row, row.channel);
            continue;
        }
        const auto column = rows.column_of(given[i].error().field);
        refuse(row.line, column, given[i].error(), row.raw);
        for (const auto& [line, raw] : row.repeats) refuse(line, column, given[i].error(), raw);
    }
}

// A dry run decides as the real one would and appends nothing.
void Importer::Inside::try_out(CsvRecord& record, Row& row, const std::string& content) {
    const auto at = execution.now();
    const domain::Context context{options.viewer.user_id,    new_uuid(),       at,
                                  domain::helsinki_date(at), rows.reference(), "0000-000000"};
    auto decided = domain::decide(domain::initial(options.kind), row.command, context);
    if (!decided) {
        refuse(record.line, rows.column_of(decided.error().field), decided.error(), record.raw);
        return;
    }
    lately.add(row.command.opening().external_id(), content);
    ++summary.taken;
    count(row, row.command.opening().channel());
}

void Importer::Inside::take_known(CsvRecord& record, Row& row, const std::string& content,
                                  const Existing& known) {
    if (!known.given || known.key_gone) {
        refuse(record.line, rows.column_of("opening.external_id"),
               {Reason::Conflict, known.key_gone ? "execution.key_destroyed" : "import.not_imported", {}, {}},
               record.raw);
        return;
    }
    const auto& external_id = row.command.opening().external_id();
    if (content_of_case(*known.given, row.command) == content) {
        if (lately.find(external_id) != nullptr) {
            ++summary.repeated;
        } else {
            ++summary.unchanged;
            lately.add(external_id, content);
            count(row, row.command.opening().channel());
        }
        return;
    }
    ++summary.changed;
    if (summary.changes.size() < 100) summary.changes.push_back({record.line, known.case_id});
    // Of rows of one file that contradict each other the first counts: were each a correction of the one
    // before, the same file again would never be without changes.
    if (!options.update || options.dry_run || lately.find(external_id) != nullptr) return;
    lately.add(external_id, content);
    enqueue(record, row, content, &known);
}

// Whether the row says what another says that is still on its way. One that says otherwise has to see
// that one's case first.
bool Importer::Inside::repeats(const CsvRecord& record, const std::string& content,
                               const std::string& external_id) {
    for (auto* batch : {&gathering, &appending}) {
        const auto found = batch->by_id.find(external_id);
        if (found == batch->by_id.end()) continue;
        auto& first = batch->rows[found->second];
        if (first.content == content) {
            first.repeats.emplace_back(record.line, options.with_rows ? record.raw : std::string());
            return true;
        }
        if (batch == &gathering) flush();
        wait();
        return false;
    }
    return false;
}

void Importer::Inside::take(CsvRecord& record) {
    ++summary.rows;
    auto mapped = rows.read(record);
    if (auto* wrong = std::get_if<RowError>(&mapped)) {
        refuse(record.line, wrong->column, std::move(wrong->reason), record.raw);
        return;
    }
    auto& row = std::get<Row>(mapped);
    const auto& opening = row.command.opening();
    std::string content = content_of(row.command);
    if (repeats(record, content, opening.external_id())) return;
    if (const auto known = existing(row)) return take_known(record, row, content, *known);
    if (options.dry_run) {
        const auto* before = lately.find(opening.external_id());
        if (before == nullptr) return try_out(record, row, content);
        ++(*before == std::hash<std::string>{}(content) ? summary.repeated : summary.changed);
        return;
    }
    lately.add(opening.external_id(), content);
    enqueue(record, row, std::move(content), nullptr);
}

Importer::Importer(Execution& execution, store::Store& store, Mapping mapping, ImportOptions options)
    : inside_(new Inside{
          execution, store, options,
          RowReader(std::move(mapping), {options.kind, options.viewer, options.learn_codes, options.dry_run},
                    execution)}) {}
Importer::~Importer() = default;

domain::Result<ImportSummary> Importer::run(std::istream& input, const RejectSink& sink,
                                            const std::function<void(std::uint64_t)>& progress) {
    auto& self = *inside_;
    const auto* entry = domain::command(self.options.kind, "import");
    if (entry == nullptr || !domain::may(self.options.viewer, domain::Right::Import)) {
        return reject(Reason::Forbidden, "import.not_yours");
    }
    if (auto may = domain::may_open(self.options.viewer, entry->rule, self.options.kind); !may) {
        return tl::unexpected(may.error());
    }
    self.answers = {};
    self.appending = {};
    self.gathering = {};
    self.summary = {};
    self.summary.dry_run = self.options.dry_run;
    self.lately = {};
    self.sink = &sink;
    bool header = true;
    read_csv(
        input, self.rows.mapping().csv,
        [&](CsvRecord& record) {
            if (header) {
                self.rows.set_header(record);
                header = false;
            } else {
                self.take(record);
            }
            return true;
        },
        progress);
    if (header) throw MappingError("the file is empty: not even a header");
    self.flush();
    self.wait();
    self.summary.learned = self.rows.learned();
    return std::move(self.summary);
}

std::string to_json(const ImportSummary& summary) {
    namespace json = boost::json;
    json::object channels;
    for (const auto& [channel, count] : summary.figures.by_channel) channels[channel] = count;
    const auto days = [&](double share) -> json::value {
        const auto rank = summary.figures.start_to_end.rank_days(share);
        return rank ? json::value(*rank) : json::value(nullptr);
    };
    json::array changes;
    for (const auto& change : summary.changes) {
        changes.push_back(json::object{{"line", change.line}, {"case_id", change.case_id}});
    }
    json::array learned;
    for (const auto& name : summary.learned) learned.push_back(json::string(name));
    return json::serialize(json::object{
        {"dry_run", summary.dry_run},
        {"rows", summary.rows},
        {"taken", summary.taken},
        {"unchanged", summary.unchanged},
        {"repeated", summary.repeated},
        {"changed", summary.changed},
        {"corrected", summary.corrected},
        {"rejected", summary.rejected},
        {"learned", std::move(learned)},
        {"changes", std::move(changes)},
        {"figures",
         json::object{{"by_channel", std::move(channels)},
                      {"ended", summary.figures.ended},
                      {"open", summary.figures.open},
                      {"ended_with_due", summary.figures.ended_with_due},
                      {"ended_after_due", summary.figures.ended_after_due},
                      {"share_in_time", summary.figures.share_in_time()},
                      {"start_to_end_days",
                       json::object{{"median", days(0.5)}, {"p90", days(0.9)}, {"longest", days(1.0)}}}}},
    });
}

}  // namespace vastine::api::import
