// What the access log costs: a case page of 30 events asked for over HTTPS by 32 clients at once, every page
// on record and durable before it leaves, and beside it, round by round in the same run, the same service
// over a log that only counts.

#include <benchmark/benchmark.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <thread>
#include <vector>

#include "api/application.hpp"
#include "api/execution.hpp"
#include "api/login/token_scope.hpp"
#include "api/server.hpp"
#include "api/tls/local_ca.hpp"
#include "domain/cases/kinds.hpp"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"

namespace {

using namespace vastine;
using namespace std::chrono_literals;

constexpr int clients = 32;
constexpr int events = 30;
constexpr int pairs = 11;
constexpr auto round_lasts = 2000ms;

store::Instant now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// No option of the product: a log like this exists in this benchmark alone.
class CountingLog : public store::AccessLog {
public:
    explicit CountingLog(store::AccessLog& real) : real_(real) {}
    void record(store::AccessArea, store::Instant, const PersonalDataRead&) override { ++entries_; }
    void read(
        store::AccessArea area, store::Position after,
        const std::function<bool(const store::Record&, const PersonalDataRead&)>& visitor) const override {
        real_.read(area, after, visitor);
    }
    store::Head head() const override { return real_.head(); }
    store::Head verify(const std::function<void(store::Position)>& progress) const override {
        return real_.verify(progress);
    }
    void check_extends(const store::Head& known) const override { real_.check_extends(known); }
    std::vector<std::string> inclusion_proof(store::Position position, store::Position size) const override {
        return real_.inclusion_proof(position, size);
    }
    std::vector<std::string> consistency_proof(store::Position old, store::Position size) const override {
        return real_.consistency_proof(old, size);
    }
    std::string leaf(store::Position position) const override { return real_.leaf(position); }
    std::vector<std::chrono::year_month> months(store::AccessArea area) const override {
        return real_.months(area);
    }
    std::optional<store::KeyId> destroy(store::AccessArea area, std::chrono::year_month month) override {
        return real_.destroy(area, month);
    }

private:
    store::AccessLog& real_;
    std::atomic<std::uint64_t> entries_ = 0;
};

class CountingStore : public store::Store {
public:
    explicit CountingStore(store::Store& real) : real_(real), log_(real.access()) {}
    store::EventStore& events() override { return real_.events(); }
    store::AccessLog& access() override { return log_; }
    store::Blobs& blobs() override { return real_.blobs(); }
    store::Secrets& secrets() override { return real_.secrets(); }
    store::Keys& keys() override { return real_.keys(); }
    void reclaim() override { real_.reclaim(); }
    std::string organisation() const override { return real_.organisation(); }
    bool healthy() const override { return real_.healthy(); }

private:
    store::Store& real_;
    CountingLog log_;
};

class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("vastine-bench-" + api::new_uuid())) {
        options_.directory = path_;
        store::Store::create(options_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::unique_ptr<store::Store> open() const { return store::Store::open(options_); }

private:
    std::filesystem::path path_;
    store::Options options_;
};

api::ServerOptions unlimited() {
    api::ServerOptions options;
    options.limits.requests_per_second_per_address = 1e9;
    options.limits.requests_per_second_per_session = 1e9;
    options.cheap_passwords = true;
    return options;
}

class Service {
public:
    explicit Service(store::Store& store) : application_(store, unlimited(), now) { application_.warm_up(); }
    [[nodiscard]] api::Application& application() { return application_; }

    std::string take(Kind kind, const std::string& path, const std::string& case_id,
                     std::unique_ptr<google::protobuf::Message> command, std::optional<store::Version> at) {
        api::CommandRequest request;
        request.viewer.user_id = "c0000000-0000-4000-8000-000000000000";
        request.viewer.operating_system_user = true;
        request.kind = kind;
        request.case_id = case_id;
        request.path = path;
        request.command = std::move(command);
        request.expected = at;
        request.command_id = api::new_uuid();
        auto taken = application_.services().execution.execute(std::move(request));
        if (!taken) throw std::runtime_error(taken.error().text + " " + taken.error().field);
        return taken->case_id;
    }

private:
    api::Application application_;
};

// A registrar's token, and a reminder of 30 events.
struct Asked {
    std::string token;
    std::string target;
};
Asked prepare(Service& service) {
    for (auto& command : domain::default_reference_commands()) {
        std::string path;
        for (const auto& entry : domain::commands())
            if (entry.message == command->GetDescriptor()) path = entry.rule.path();
        service.take(REFERENCE, path, {}, std::move(command), std::nullopt);
    }
    auto user = std::make_unique<SetUser>();
    user->set_user_id("a0000000-0000-4000-8000-000000000003");
    user->set_login("registrar");
    user->set_name("Person");
    user->set_language("fi");
    user->add_roles(REGISTRAR);
    user->set_active(true);
    service.take(REFERENCE, "users", {}, std::move(user), std::nullopt);
    const auto today = domain::to_string(domain::helsinki_date(now()));
    auto registration = std::make_unique<RegisterReminder>();
    auto& opening = *registration->mutable_opening();
    opening.set_arrived_on(today);
    opening.set_channel("letter");
    opening.set_cause("care");
    opening.set_maker("client");
    opening.add_sectors("health");
    opening.mutable_client()->set_name("Aino Esimerkki");
    opening.mutable_standing()->set_ground("client");
    opening.set_subject("Liian pitkä odotus");
    const auto id = service.take(REMINDER, "", {}, std::move(registration), std::nullopt);
    for (std::uint64_t version = 1; version < events; ++version) {
        auto document = std::make_unique<EnterDocument>();
        document->set_direction("incoming");
        document->set_dated_on(today);
        document->set_channel("letter");
        document->set_title(fmt::format("Lausunto {}", version));
        document->set_party("Osasto 1");
        service.take(REMINDER, "documents", id, std::move(document), store::Version{version});
    }
    return {service.application()
                .services()
                .accounts
                .create_token("a0000000-0000-4000-8000-000000000003", "bench", std::chrono::days(1),
                              api::every_token_scope())
                ->secret,
            "/api/v1/reminders/" + id};
}

// The service as it is served, over any store.
class Served {
public:
    Served(store::Store& store, const api::LocalCertificate& certificate)
        : authority_(certificate.authority), server_(store, options(certificate), now) {
        std::promise<void> ready;
        thread_ = std::thread([&, this] { server_.run([&] { ready.set_value(); }); });
        ready.get_future().wait();
    }
    ~Served() {
        server_.stop();
        thread_.join();
    }
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
    [[nodiscard]] std::string url() const { return "https://localhost:" + std::to_string(server_.port()); }
    [[nodiscard]] std::string authority() const { return authority_.string(); }

private:
    static api::ServerOptions options(const api::LocalCertificate& certificate) {
        auto options = unlimited();
        options.certificate = certificate.certificate;
        options.key = certificate.key;
        return options;
    }
    std::filesystem::path authority_;
    api::Server server_;
    std::thread thread_;
};

std::size_t thrown_away(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

// One client, on one connection, until it is over; how many pages it got.
std::uint64_t ask(const Served& served, const Asked& asked, const std::atomic<bool>& over) {
    auto* const curl = curl_easy_init();
    auto* const headers = curl_slist_append(nullptr, ("Authorization: Bearer " + asked.token).c_str());
    curl_easy_setopt(curl, CURLOPT_URL, (served.url() + asked.target).c_str());
    curl_easy_setopt(curl, CURLOPT_CAINFO, served.authority().c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, thrown_away);
    std::uint64_t pages = 0;
    while (!over) {
        long status = 0;
        if (curl_easy_perform(curl) != CURLE_OK) std::abort();
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (status != 200) std::abort();
        ++pages;
    }
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return pages;
}

// Pages a second.
double round_of(const Served& served, const Asked& asked) {
    std::atomic<bool> over = false;
    std::atomic<std::uint64_t> pages = 0;
    std::vector<std::thread> all;
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < clients; ++i) all.emplace_back([&] { pages += ask(served, asked, over); });
    std::this_thread::sleep_for(round_lasts);
    over = true;
    for (auto& client : all) client.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    return static_cast<double>(pages) / took.count();
}

double median(std::vector<double> of) {
    std::ranges::sort(of);
    return of[of.size() / 2];
}

void case_page(benchmark::State& state) {
    spdlog::set_level(spdlog::level::off);
    const Folder folder;
    const auto store = folder.open();
    const auto certificate = api::local_certificate(folder.path() / "tls");
    const auto asked = [&] {
        Service service(*store);
        return prepare(service);
    }();
    CountingStore counting(*store);
    const Served durable(*store, certificate);
    const Served counted(counting, certificate);
    round_of(durable, asked);
    round_of(counted, asked);
    for (auto _ : state) {
        std::vector<double> with_log;
        std::vector<double> without;
        std::vector<double> ratios;
        for (int i = 0; i < pairs; ++i) {
            // In turns, so that a disk or a neighbour that changes its pace meets both.
            const bool first = i % 2 == 0;
            const double a = round_of(first ? durable : counted, asked);
            const double b = round_of(first ? counted : durable, asked);
            with_log.push_back(first ? a : b);
            without.push_back(first ? b : a);
            ratios.push_back(with_log.back() / without.back());
        }
        state.counters["pages_per_second"] = median(with_log);
        state.counters["log_only_counts"] = median(without);
        state.counters["ratio"] = median(ratios);
        state.counters["ratio_least"] = *std::ranges::min_element(ratios);
        state.counters["ratio_most"] = *std::ranges::max_element(ratios);
    }
}
BENCHMARK(case_page)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
