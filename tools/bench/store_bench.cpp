// The store's speed beside what the disk and RocksDB can do in the same minute.
//
//   store_bench [--benchmark_filter=…]     parts, by Google Benchmark, then the ratios in plain text
//   VASTINE_BENCH_DIR                      where the data goes; default: the temporary folder
//   VASTINE_BENCH_RECORDS                  how many records are read back; default 300000
//
// Durable appends are measured in short rounds that take turns with a bare synced RocksDB write of as many
// bytes and a bare fdatasync, because a disk's rate drifts; each ratio is the median over the rounds.

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <rocksdb/db.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include "domain/schema/contact.pb.h"
#include "store/sealing/field_split.hpp"
#include "store/store.hpp"

namespace {

using namespace vastine;
using namespace vastine::store;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr auto round_length = std::chrono::milliseconds(700);
constexpr int rounds = 7;

std::string uuid(std::uint64_t number) {
    return fmt::format("00000000-0000-4000-8000-{:012x}", number);
}

// A contact as the telephone brings it.
std::unique_ptr<google::protobuf::Message> contact(std::uint64_t number) {
    auto event = std::make_unique<ContactLogged>();
    auto& given = *event->mutable_given();
    given.set_contacted_on("2026-03-02");
    given.set_channel("phone");
    given.set_who("client");
    given.set_nature("dissatisfaction");
    given.set_language("fi");
    given.set_municipality("Helsinki");
    given.set_minutes(static_cast<std::uint32_t>(number % 40));
    auto& matter = *given.add_matters();
    matter.add_sectors("health");
    matter.set_unit("terveys-paihde");
    matter.add_causes("patient-care");
    matter.add_measures("advice");
    event->mutable_coarse()->set_month("2026-03");
    event->mutable_coarse()->set_department("terveys-paihde");
    event->mutable_coarse()->set_language_group("fi");
    event->mutable_coarse()->set_code_version("1");
    event->set_first(true);
    event->add_sectors("health");
    return event;
}

Append append_of(std::uint64_t number) {
    Append append;
    append.actor = uuid(1);
    append.command_id = uuid(number);
    append.request = "request";
    append.streams.push_back({StreamId{"contact-" + uuid(number)}, Version{0}, KeyArea::Ombudsman, {}});
    append.streams.back().events.push_back(contact(number));
    return append;
}

class Folder {
public:
    Folder() {
        const char* const where = std::getenv("VASTINE_BENCH_DIR");
        auto pattern =
            ((where != nullptr ? fs::path(where) : fs::temp_directory_path()) / "vastine-bench-XXXXXX")
                .string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder to measure in");
        path = pattern;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    fs::path path;
};

// Operations per second of `work`, done by so many threads for one round.
double rate(unsigned threads, const std::function<void(unsigned thread)>& work) {
    std::atomic<bool> stop = false;
    std::atomic<std::uint64_t> done = 0;
    std::vector<std::thread> running;
    const auto begin = Clock::now();
    for (unsigned thread = 0; thread < threads; ++thread) {
        running.emplace_back([&, thread] {
            while (!stop) {
                work(thread);
                ++done;
            }
        });
    }
    std::this_thread::sleep_for(round_length);
    stop = true;
    for (auto& thread : running) thread.join();
    return static_cast<double>(done) / std::chrono::duration<double>(Clock::now() - begin).count();
}

double processor_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// The ceilings: bare fdatasync of a growing file, and RocksDB with one synced put.
class Bare {
public:
    explicit Bare(const fs::path& folder) {
        file_ = ::open((folder / "bare").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        rocksdb::Options options;
        options.create_if_missing = true;
        options.compression = rocksdb::kNoCompression;
        rocksdb::DB* raw = nullptr;
        if (file_ < 0 || !rocksdb::DB::Open(options, (folder / "rocks").string(), &raw).ok()) {
            throw std::runtime_error("cannot measure the bare rates");
        }
        rocks_.reset(raw);
    }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;
    ~Bare() { ::close(file_); }
    void sync(const std::string& bytes) {
        if (::write(file_, bytes.data(), bytes.size()) < 0 || ::fdatasync(file_) != 0) std::abort();
    }
    void put(const std::string& bytes) {
        rocksdb::WriteOptions durable;
        durable.sync = true;
        if (!rocks_->Put(durable, uuid(next_++), bytes).ok()) std::abort();
    }

private:
    int file_ = -1;
    std::unique_ptr<rocksdb::DB> rocks_;
    std::atomic<std::uint64_t> next_ = 0;
};

std::uintmax_t folder_size(const fs::path& folder) {
    std::uintmax_t size = 0;
    for (const auto& file : fs::recursive_directory_iterator(folder)) {
        if (file.is_regular_file() && file.path().extension() == ".log") size += file.file_size();
    }
    return size;
}

void report_appends() {
    const Folder folder;
    Options options;
    options.directory = folder.path / "data";
    Store::create(options);
    const auto store = Store::open(options);
    Bare bare(folder.path);
    std::atomic<std::uint64_t> next = 1;
    const auto append = [&](unsigned) {
        if (!store->events().append(append_of(next++))) std::abort();
    };
    // What one append really writes to the log, so that the bare write writes as much.
    for (int i = 0; i < 200; ++i) append(0);
    const auto before = folder_size(options.directory / "log");
    for (int i = 0; i < 200; ++i) append(0);
    const std::string bytes((folder_size(options.directory / "log") - before) / 200, 'x');

    fmt::print("\ndurable appends, {} bytes each, median of {} interleaved rounds\n", bytes.size(), rounds);
    for (const unsigned writers : {1U, 32U}) {
        std::vector<double> appends;
        std::vector<double> puts;
        std::vector<double> syncs;
        std::vector<double> to_puts;
        std::vector<double> to_syncs;
        for (int round = 0; round < rounds; ++round) {
            syncs.push_back(rate(1, [&](unsigned) { bare.sync(bytes); }));
            puts.push_back(rate(writers, [&](unsigned) { bare.put(bytes); }));
            appends.push_back(rate(writers, append));
            to_puts.push_back(appends.back() / puts.back());
            to_syncs.push_back(appends.back() / syncs.back());
        }
        fmt::print("  {:2} writers: {:8.0f} appends/s | bare RocksDB {:8.0f}/s | bare fdatasync {:8.0f}/s\n",
                   writers, median(appends), median(puts), median(syncs));
        fmt::print("ratio append to bare RocksDB write, {} writers: {:.2f} (wanted: 0.80)\n", writers,
                   median(to_puts));
        fmt::print("ratio append to bare fdatasync, {} writers: {:.2f}{}\n", writers, median(to_syncs),
                   writers == 32 ? " (wanted: 4.00)" : "");
        std::fflush(stdout);
    }
}

void report_reading() {
    const char* const wanted = std::getenv("VASTINE_BENCH_RECORDS");
    const std::uint64_t records = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 300'000;
    const Folder folder;
    Options options;
    options.directory = folder.path / "data";
    Store::create(options);
    auto store = Store::open(options);
    auto begin = Clock::now();
    double processor_begin = processor_seconds();
    const auto start = [&] {
        begin = Clock::now();
        processor_begin = processor_seconds();
    };
    // What one core does, whoever else is busy on it; the wall clock beside it.
    const auto per_second = [&](std::uint64_t count) {
        const auto records_read = static_cast<double>(count);
        return fmt::format("{:.0f} records/s of processor time, {:.0f} by the wall clock",
                           records_read / (processor_seconds() - processor_begin),
                           records_read / std::chrono::duration<double>(Clock::now() - begin).count());
    };
    for (std::uint64_t number = 0; number < records;) {
        std::vector<Append> batch;
        for (int i = 0; i < 1000 && number < records; ++i) batch.push_back(append_of(++number));
        for (const auto& answer : store->events().append_all(std::move(batch))) {
            if (!answer) std::abort();
        }
    }
    fmt::print("\n{} records, one stream and key each\n", records);
    fmt::print("bulk append in batches of 1000: {}\n", per_second(records));

    begin = Clock::now();
    store.reset();
    store = Store::open(options);
    fmt::print("open again: {:.3f} s\n", std::chrono::duration<double>(Clock::now() - begin).count());

    for (int round = 0; round < 3; ++round) {
        std::uint64_t bytes = 0;
        start();
        store->events().read_log(Position{0}, Position{UINT64_MAX}, [&](const Record& record) {
            bytes += record.facts.size() + record.sealed.size();
            return true;
        });
        fmt::print("rate read the whole log: {} (wanted: 1000000){}\n", per_second(records),
                   bytes == 0 ? "!" : "");
    }
    for (const auto& [depth, name] : {std::pair(Depth::Facts, "facts"), std::pair(Depth::Details, "details"),
                                      std::pair(Depth::Everything, "everything")}) {
        std::uint64_t opened = 0;
        start();
        store->events().read_log(Position{0}, Position{UINT64_MAX}, [&, depth = depth](const Record& record) {
            opened += store->events().open(record, depth).event != nullptr ? 1 : 0;
            return true;
        });
        fmt::print("rate read and open with {}: {}{}\n", name, per_second(opened),
                   depth == Depth::Details ? " (wanted: 300000)" : "");
    }
    start();
    store->events().verify({});
    fmt::print("rate verify: {}\n", per_second(records));
}

// ---- parts ----

void split_a_contact(benchmark::State& state) {
    const auto event = contact(1);
    for (auto _ : state) benchmark::DoNotOptimize(sealing::split(*event));
}
BENCHMARK(split_a_contact);

void merge_a_contact(benchmark::State& state) {
    const auto event = contact(1);
    const auto parts = sealing::split(*event);
    for (auto _ : state) {
        ContactLogged merged;
        merged.ParseFromString(parts.facts);
        sealing::merge(merged, parts.details);
        benchmark::DoNotOptimize(merged);
    }
}
BENCHMARK(merge_a_contact);

void append_in_memory(benchmark::State& state) {
    const auto store = Store::in_memory();
    std::uint64_t number = 0;
    for (auto _ : state) {
        if (!store->events().append(append_of(++number))) state.SkipWithError("refused");
    }
}
BENCHMARK(append_in_memory);

void open_with_details(benchmark::State& state) {
    const auto store = Store::in_memory();
    if (!store->events().append(append_of(1))) state.SkipWithError("refused");
    Record record;
    store->events().read_log(Position{0}, Position{1}, [&](const Record& read) {
        record = read;
        return true;
    });
    for (auto _ : state) benchmark::DoNotOptimize(store->events().open(record, Depth::Details));
}
BENCHMARK(open_with_details);

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    report_reading();
    report_appends();
    return 0;
}
