// Half of ten thousand cases destroyed on a real disk: what the files held before and hold after, and that
// nothing else has changed. The files themselves are searched, byte by byte: of every database, its
// write-ahead log, and a backup of the log that was made before.

#include <fmt/format.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <unordered_map>

#include "api/receipts/receipt_words.hpp"
#include "store/bytes.hpp"
#include "store/checkpoints.hpp"
#include "store/engine/rocks_engine.hpp"
#include "store/proof/agreement.hpp"
#include "store/sealing/key_record.hpp"
#include "tests/api/destruction/destroying.hpp"
#include "tests/store/test_stores.hpp"

using namespace vastine;
using test::Destroying;
using test::json_of;
namespace fs = std::filesystem;

namespace {

constexpr unsigned cases = 10'000;
constexpr unsigned cases_a_batch = 500;
constexpr std::size_t marker_size = 12;

// A family name that stands nowhere else, so that a search for the half of it finds every case at once.
std::string name_of(unsigned number) {
    return fmt::format("Aino Zqxvjwkhä{:05}ttynen", number);
}
const std::string in_every_name = "Zqxvjwkh";
bool is_old(unsigned number) {
    return number % 2 == 0;
}

std::string content_of(const fs::path& file) {
    std::ostringstream out;
    out << std::ifstream(file, std::ios::binary).rdbuf();
    return std::move(out).str();
}

// How many of these stand in the files below the folder.
class Searched {
public:
    explicit Searched(const std::vector<std::string>& needles) {
        for (const auto& needle : needles) {
            begins_[place(needle.data())] = 1;
            by_beginning_[needle.substr(0, marker_size)] = needle;
        }
    }
    [[nodiscard]] std::size_t in(const fs::path& folder) const {
        std::set<std::string> met;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file()) search(content_of(entry.path()), met);
        }
        return met.size();
    }

private:
    static std::size_t place(const char* at) {
        const auto byte = [&](int i) { return static_cast<std::size_t>(static_cast<unsigned char>(at[i])); };
        return byte(0) << 16U | byte(1) << 8U | byte(2);
    }
    void search(const std::string& content, std::set<std::string>& met) const {
        if (content.size() < marker_size) return;
        const char* const begins = begins_.data();
        const char* const end = content.data() + content.size() - marker_size;
        // Three bytes tell nearly every place that is none: there are tens of millions.
        for (const char* at = content.data(); at <= end; ++at) {
            if (begins[place(at)] == 0) continue;
            const auto found = by_beginning_.find(std::string(at, marker_size));
            if (found == by_beginning_.end()) continue;
            const auto from = static_cast<std::size_t>(at - content.data());
            if (content.compare(from, found->second.size(), found->second) == 0) met.insert(found->second);
        }
    }
    std::vector<char> begins_ = std::vector<char>(std::size_t{1} << 24U);
    std::unordered_map<std::string, std::string> by_beginning_;
};

// In how many files below the folder these bytes stand.
std::size_t files_with(const std::string& bytes, const fs::path& folder) {
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() && content_of(entry.path()).find(bytes) != std::string::npos) ++files;
    }
    return files;
}

struct Wrapped {
    std::vector<std::string> of_old;
    std::vector<std::string> of_new;
};
Wrapped wrapped_keys(const fs::path& folder, const std::vector<store::KeyId>& keys) {
    const store::engine::RocksEngine engine(
        {folder / "keys", store::engine::key_families, store::engine::RocksEngine::Mode::Open, nullptr});
    Wrapped wrapped;
    for (unsigned i = 0; i < keys.size(); ++i) {
        const auto row = engine.get(store::engine::Family::Keys, store::u64_bytes(keys[i].value)).value();
        (is_old(i) ? wrapped.of_old : wrapped.of_new)
            .emplace_back(store::sealing::decode_key_record(row).box);
    }
    return wrapped;
}

std::vector<std::string> import(Destroying& house) {
    std::vector<std::string> ids;
    for (unsigned first = 0; first < cases; first += cases_a_batch) {
        std::vector<api::CommandRequest> batch;
        for (unsigned i = first; i < first + cases_a_batch; ++i) {
            api::CommandRequest request;
            request.viewer.user_id = "c0000000-0000-4000-8000-000000000000";
            request.viewer.operating_system_user = true;
            request.kind = REMINDER;
            request.path = "import";
            request.command = Destroying::row(is_old(i) ? "2013-06-05" : "2015-06-05", name_of(i),
                                              fmt::format("vanha-{}", i));
            request.command_id = api::new_uuid();
            batch.push_back(std::move(request));
        }
        for (const auto& answer : house.services().execution.execute_batch(std::move(batch))) {
            if (!answer) FAIL(answer.error().text << " " << answer.error().field);
            ids.push_back(answer->case_id);
        }
    }
    return ids;
}

// Figures over facts of every year that has cases, as the API gives them.
std::string statistics(Destroying& house, store::Position at) {
    std::string all;
    for (const auto* year : {"2013", "2015"}) {
        const auto report = house.service.get(
            fmt::format("/api/v1/reports/legal?lang=en&format=csv&year={}&as_of={}", year, at.value), LAWYER);
        if (report.status != 200) FAIL(report.status << " " << report.body);
        // By exact unit is counted while the case is there: units are details, not facts.
        std::istringstream lines(report.body);
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with("systematic,concentration")) all += line + "\n";
        }
    }
    return all;
}

// A summary of the year whose cases go, signed and published: its files, by their names.
std::string published(Destroying& house) {
    const auto opened =
        house.service.post("/api/v1/publications",
                           R"({"publication_kind":"summary","area":"legal","first_month":"2013-01",)"
                           R"("last_month":"2013-12","languages":["fi"]})",
                           LAWYER);
    if (opened.status != 201) FAIL(opened.body);
    const std::string id(json_of(opened).at("case_id").as_string());
    for (const auto* step : {"sign", "publish"}) {
        const auto taken = house.service.post("/api/v1/publications/" + id + "/" + step, "{}", LAWYER,
                                              house.service.version("publication-" + id));
        if (taken.status != 200) FAIL(step << ": " << taken.body);
    }
    while (house.services().publication_desk.turn() == api::PublicationDesk::Turn::Made) {
    }
    return id;
}
std::map<std::string, std::string> frozen_files(Destroying& house, const std::string& publication) {
    const auto page = json_of(house.service.get("/api/v1/publications/" + publication, LAWYER));
    std::map<std::string, std::string> all;
    for (const auto& artefact : page.at("artefacts").as_array()) {
        const auto file = house.service.get(std::string(artefact.at("url").as_string()), LAWYER);
        REQUIRE(file.source);
        auto& content = all[std::string(artefact.at("file_name").as_string())];
        for (bool ended = false; !ended;) {
            file.source->next([&](std::string piece) {
                ended = piece.empty();
                content += piece;
            });
        }
    }
    return all;
}

}  // namespace

TEST_CASE("half of ten thousand cases destroyed: no byte of their names or keys is left, and all else stands",
          "[destruction][slow]") {
    const store::test::Folder parent;
    const auto folder = parent.path() / "data";
    Destroying house(folder);
    const auto ids = import(house);
    const auto at_head = [&] { return house.service.store->events().head(); };
    const store::Checkpoints::Files files{parent.path() / "witness", parent.path() / "public-keys"};
    store::proof::Receipt receipt;
    std::string checkpoint;
    {
        store::Checkpoints checkpoints(*house.service.store, files, [&] { return house.service.at; });
        receipt = checkpoints.receipt(*api::registered_at(house.service.store->events(), ids[0]));
        checkpoint = checkpoints.take().events;
    }
    const auto publication = published(house);
    const auto frozen = frozen_files(house, publication);
    CHECK(frozen.size() >= 10);  // of two levels
    const auto counted_at = at_head().position;
    const auto figures = statistics(house, counted_at);
    std::vector<store::KeyId> keys;
    for (const auto& id : ids) {
        house.service.store->events().read_stream({"reminder-" + id}, {}, [&](const store::Record& record) {
            keys.push_back(record.key);
            return false;
        });
    }
    const auto before = at_head();

    // The service is closed for a moment, and a backup made of its log.
    const auto reopen = [&] {
        store::Options options;
        options.directory = folder;
        options.clock = [&] { return house.service.at; };
        house.service.application.reset();
        house.service.store.reset();
        house.service.store = store::Store::open(options);
        house.service.restart();
    };
    house.service.application.reset();
    house.service.store.reset();
    const auto backup = parent.path() / "backup";
    fs::create_directories(backup);
    fs::copy(folder / "log", backup / "log", fs::copy_options::recursive);
    const auto wrapped = wrapped_keys(folder, keys);
    const Searched gone(wrapped.of_old);
    const Searched staying(wrapped.of_new);
    // The search finds what is there: every wrapped key, and a name where one is written in clear.
    CHECK(gone.in(folder) == cases / 2);
    CHECK(staying.in(folder) == cases / 2);
    std::ofstream(parent.path() / "clear") << name_of(2);
    CHECK(files_with(in_every_name, parent.path()) == 1);  // names never were in clear
    fs::remove(parent.path() / "clear");
    reopen();

    house.open();
    house.work();
    CHECK(house.page().at("row").at("fates").at("waiting").to_number<unsigned>() == cases / 2);
    house.approve();
    house.work();
    CHECK(house.page().at("row").at("stage").as_string() == "destruction.stage.completed");
    CHECK(house.page().at("row").at("fates").at("destroyed").to_number<unsigned>() == cases / 2);
    CHECK(house.key_gone(ids[0]));
    CHECK_FALSE(house.key_gone(ids[1]));

    // While the service runs, and after it was closed.
    CHECK(gone.in(folder) == 0);
    CHECK(files_with(in_every_name, parent.path()) == 0);
    CHECK(statistics(house, counted_at) == figures);
    CHECK(frozen_files(house, publication) == frozen);
    CHECK(house.service.store->events().verify({}).position == at_head().position);
    house.service.store->events().check_extends(before);
    CHECK(house.services().model.rebuild());
    {
        store::Checkpoints checkpoints(*house.service.store, files, [&] { return house.service.at; });
        const auto key = checkpoints.public_keys().events;
        CHECK(store::proof::check_receipt(receipt, {&key, 1}));
        const auto known = store::proof::open_checkpoint(checkpoint, key);
        REQUIRE(known);
        CHECK(store::proof::agrees(house.service.store->events(), known->head));
    }
    house.service.application.reset();
    house.service.store.reset();
    CHECK(gone.in(folder) == 0);
    CHECK(staying.in(folder) == cases / 2);
    CHECK(gone.in(backup) == 0);
    CHECK(files_with(in_every_name, backup) == 0);

    // Yesterday's log with today's keys: the living are there, the destroyed are not.
    fs::remove_all(folder / "log");
    fs::copy(backup / "log", folder / "log", fs::copy_options::recursive);
    reopen();
    CHECK(house.service.store->events().head().position == before.position);
    CHECK(house.key_gone(ids[0]));
    CHECK(house.key_gone(ids[cases - 2]));
    CHECK_FALSE(house.key_gone(ids[1]));
    const auto page = house.service.get("/api/v1/reminders/" + ids[0], REGISTRAR);
    CHECK(page.body.find(in_every_name) == std::string::npos);
    CHECK(house.service.get("/api/v1/reminders/" + ids[1], REGISTRAR).body.find(in_every_name) !=
          std::string::npos);
}
