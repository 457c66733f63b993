// The auditor's search over a million entries of the access log: the first question, which folds the log, and
// the ones after it.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <random>

#include "projections/looked_index.hpp"

namespace {

using namespace vastine;

constexpr int entries = 1'000'000;

struct Filled {
    store::Instant at = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1};
    std::unique_ptr<store::Store> store = store::Store::in_memory([this] { return at; });

    Filled() {
        std::mt19937 random(1);
        const auto any = [&](unsigned below) {
            return std::uniform_int_distribution<unsigned>(0, below - 1)(random);
        };
        for (int i = 0; i < entries; ++i) {
            PersonalDataRead read;
            read.set_user_id(fmt::format("a0000000-0000-4000-8000-{:012}", any(200)));
            read.set_what(i % 5 == 0 ? "list" : "page");
            read.set_route("GET /api/v1/reminders/{id}");
            read.set_read_on(domain::to_string(domain::helsinki_date(at)));
            for (int shown = 0; shown < (i % 5 == 0 ? 20 : 1); ++shown)
                read.add_case_ids(fmt::format("c0000000-0000-4000-8000-{:012}", any(50'000)));
            store->access().record(store::AccessArea::Legal, at, read);
            at += std::chrono::seconds(30);
        }
    }
};
Filled& filled() {
    static Filled log;
    return log;
}

void first_question(benchmark::State& state) {
    auto& log = filled();
    for (auto _ : state) {
        projections::LookedIndex index(log.store->access(), store::AccessArea::Legal);
        benchmark::DoNotOptimize(index.catch_up());
    }
}
void next_questions(benchmark::State& state, const projections::LookedQuery& query) {
    static projections::LookedIndex index(filled().store->access(), store::AccessArea::Legal);
    index.catch_up();
    for (auto _ : state) {
        benchmark::DoNotOptimize(index.find(query, 51));
        benchmark::DoNotOptimize(index.by_day(query));
    }
}
projections::LookedQuery of_case() {
    projections::LookedQuery query;
    query.case_ids = {"c0000000-0000-4000-8000-000000000007"};
    return query;
}
projections::LookedQuery of_user() {
    projections::LookedQuery query;
    query.user_id = "a0000000-0000-4000-8000-000000000007";
    return query;
}
BENCHMARK(first_question)->Unit(benchmark::kSecond)->Iterations(1);
BENCHMARK_CAPTURE(next_questions, of_a_case, of_case())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(next_questions, of_a_user, of_user())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(next_questions, of_everything, projections::LookedQuery{})->Unit(benchmark::kMillisecond);

}  // namespace
