#include "api/reports/renderings.hpp"

#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>

#include "api/rendering/rendering.hpp"

using namespace vastine;
using api::Renderings;
using api::ReportDocument;
using api::Step;
using api::Watch;
using domain::Result;

namespace {

// Doors that a test opens: a piece of work stands before one until then.
class Door {
public:
    void open() {
        const std::scoped_lock lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        reached_ = true;
        changed_.notify_all();
        REQUIRE(changed_.wait_for(lock, std::chrono::seconds(20), [&] { return open_; }));
    }
    void wait_until_reached() {
        std::unique_lock lock(mutex_);
        REQUIRE(changed_.wait_for(lock, std::chrono::seconds(20), [&] { return reached_; }));
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    bool reached_ = false;
};

struct Office {
    store::Instant at = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};
    api::RenderingLimits limits{};
    std::unique_ptr<Renderings> renderings;

    explicit Office(api::RenderingLimits given = {}) : limits(given) {
        renderings = std::make_unique<Renderings>([this] { return at; }, limits);
    }
    std::string start(const std::string& owner, std::function<Result<ReportDocument>(const Watch&)> make,
                      Renderings::Lane lane = Renderings::Lane::Quick) {
        auto started = renderings->start({owner, domain::Area::Legal, lane, std::move(make)});
        REQUIRE(started);
        return *started;
    }
    // Everything that is told until the end, as one text.
    std::string told(const std::string& id, const std::string& owner, std::uint64_t after = 0) {
        const auto source = renderings->watch(id, owner,
                                              {after,
                                               [](const Renderings::State& state, std::uint64_t number) {
                                                   return std::to_string(number) + " " +
                                                          std::string(api::name_of(state.step)) + " " +
                                                          std::to_string(state.percent) + "\n";
                                               },
                                               [] { return true; }});
        REQUIRE(source);
        std::string all;
        for (bool more = true; more;) {
            std::mutex mutex;
            std::condition_variable heard;
            std::optional<std::string> piece;
            source->next([&](std::string next) {
                const std::scoped_lock lock(mutex);
                piece = std::move(next);
                heard.notify_all();
            });
            std::unique_lock lock(mutex);
            if (!heard.wait_for(lock, std::chrono::seconds(20), [&] { return piece.has_value(); })) {
                source->close();
                FAIL("nothing was told after: " << all);
            }
            more = !piece->empty();
            all += *piece;
        }
        source->close();
        return all;
    }
};

ReportDocument document(const std::string& content) {
    return {"text/csv", "report.csv", content};
}

Result<ReportDocument> made(const Watch&) {
    return document("1,2\n");
}

}  // namespace

TEST_CASE("a report that is being made tells every step once and in order, and then ends", "[renderings]") {
    Office office;
    const auto id = office.start("aino", [](const Watch& watch) -> Result<ReportDocument> {
        watch.reached(Step::Counting, 10);
        watch.reached(Step::Counting, 40);
        watch.reached(Step::Counting, 40);
        watch.reached(Step::Rendering, 80);
        watch.reached(Step::Counting, 90);  // late: what is told never goes back
        return document("1,2\n");
    });
    const std::string whole = "1 waiting 0\n2 counting 10\n3 counting 40\n4 rendering 80\n5 done 100\n";
    CHECK(office.told(id, "aino") == whole);
    // Who was cut off goes on where the last number was; who comes late is told all of it.
    CHECK(office.told(id, "aino", 3) == "4 rendering 80\n5 done 100\n");
    CHECK(office.told(id, "aino") == whole);

    const auto state = office.renderings->see(id, "aino");
    REQUIRE(state);
    CHECK(state->file_name == "report.csv");
    CHECK(state->size == 4);
    CHECK(state->sha256 == "52186c933993da4082b3cdc7c40bb4bf735b391ff54a2ef78c037dda6c38a680");
    CHECK(office.renderings->file(id, "aino")->content == "1,2\n");
}

TEST_CASE("nobody but who began a report learns of it or can give it up", "[renderings]") {
    Office office;
    const auto id = office.start("aino", made);
    static_cast<void>(office.told(id, "aino"));
    CHECK_FALSE(office.renderings->see(id, "veikko"));
    CHECK(office.renderings->file(id, "veikko") == nullptr);
    CHECK(office.renderings->watch(id, "veikko", {}) == nullptr);
    CHECK_FALSE(office.renderings->give_up(id, "veikko"));
    CHECK(office.renderings->see(id, "aino"));
}

TEST_CASE("a report given up while it waits is never made, and one that is being made stops",
          "[renderings]") {
    Office office;
    Door door;
    std::atomic<bool> stopped = false;
    std::atomic<bool> second_made = false;
    const auto first = office.start("aino", [&](const Watch& watch) -> Result<ReportDocument> {
        door.pass();
        stopped = watch.cancelled();
        return domain::reject(domain::Reason::WrongState, "rendering.given_up");
    });
    const auto second = office.start("aino", [&](const Watch& watch) {
        second_made = true;
        return made(watch);
    });
    door.wait_until_reached();
    CHECK(office.renderings->waiting() == 1);
    CHECK(office.renderings->give_up(first, "aino"));
    CHECK(office.renderings->give_up(second, "aino"));
    CHECK_FALSE(office.renderings->see(first, "aino"));
    CHECK(office.renderings->waiting() == 0);
    door.open();
    // The lane goes on with what comes next.
    CHECK(office.told(office.start("aino", made), "aino") == "1 waiting 0\n2 done 100\n");
    CHECK(stopped);
    CHECK_FALSE(second_made);
}

TEST_CASE("who watches a report that is given up hears its end", "[renderings]") {
    Office office;
    Door door;
    const auto id = office.start("aino", [&](const Watch& watch) {
        door.pass();
        return made(watch);
    });
    door.wait_until_reached();
    std::vector<std::string> heard;
    const auto source = office.renderings->watch(
        id, "aino", {0, [](const auto&, auto) { return std::string("step\n"); }, [] { return true; }});
    source->next([&](std::string piece) { heard.push_back(std::move(piece)); });
    source->next([&](std::string piece) { heard.push_back(std::move(piece)); });
    CHECK(heard == std::vector<std::string>{"step\n"});
    CHECK(office.renderings->give_up(id, "aino"));
    CHECK(heard == std::vector<std::string>{"step\n", ""});
    door.open();
}

TEST_CASE("who may not listen any more hears nothing more", "[renderings]") {
    Office office;
    const auto id = office.start("aino", made);
    std::vector<std::string> heard;
    const auto source = office.renderings->watch(
        id, "aino", {0, [](const auto&, auto) { return std::string("step\n"); }, [] { return false; }});
    source->next([&](std::string piece) { heard.push_back(std::move(piece)); });
    CHECK(heard == std::vector<std::string>{""});
}

TEST_CASE("a table does not wait for a print", "[renderings]") {
    Office office;
    Door door;
    office.start(
        "aino",
        [&](const Watch& watch) {
            door.pass();
            return made(watch);
        },
        Renderings::Lane::Slow);
    door.wait_until_reached();
    CHECK(office.told(office.start("aino", made), "aino") == "1 waiting 0\n2 done 100\n");
    door.open();
}

TEST_CASE("one person has only so many reports under way, and all together have only so many waiting",
          "[renderings]") {
    Office office({.waiting_max = 3, .of_one_max = 2});
    Door door;
    const auto before_the_door = [&](const Watch& watch) {
        door.pass();
        return made(watch);
    };
    const auto start = [&](const std::string& owner) {
        return office.renderings->start(
            {owner, domain::Area::Legal, Renderings::Lane::Quick, before_the_door});
    };
    const auto first = start("aino");
    door.wait_until_reached();
    REQUIRE(start("aino"));
    CHECK(start("aino").error() == Renderings::Full::ForOne);
    REQUIRE(start("veikko"));
    REQUIRE(start("veikko"));
    CHECK(start("helmi").error() == Renderings::Full::ForAll);
    door.open();
    static_cast<void>(office.told(*first, "aino"));
}

TEST_CASE("a file is kept for a quarter of an hour", "[renderings]") {
    Office office;
    const auto id = office.start("aino", made);
    static_cast<void>(office.told(id, "aino"));
    office.at += std::chrono::minutes(14);
    CHECK(office.renderings->file(id, "aino"));
    office.at += std::chrono::minutes(1);
    CHECK(office.renderings->file(id, "aino") == nullptr);
    CHECK_FALSE(office.renderings->see(id, "aino"));
}

TEST_CASE("when all files together grow too large the oldest goes", "[renderings]") {
    Office office({.kept_bytes_max = 10});
    const auto six = [](const Watch&) -> Result<ReportDocument> { return document("123456"); };
    const auto first = office.start("aino", six);
    static_cast<void>(office.told(first, "aino"));
    const auto second = office.start("aino", six);
    static_cast<void>(office.told(second, "aino"));
    CHECK(office.renderings->file(first, "aino") == nullptr);
    CHECK(office.renderings->file(second, "aino"));
    const auto third =
        office.start("aino", [](const Watch&) -> Result<ReportDocument> { return document("12345678901"); });
    static_cast<void>(office.told(third, "aino"));
    CHECK(office.renderings->see(third, "aino")->why->text == "rendering.too_large");
    CHECK(office.renderings->file(second, "aino"));
}

TEST_CASE("why a report could not be made is told to who began it", "[renderings]") {
    Office office;
    const auto refused = office.start("aino", [](const Watch&) -> Result<ReportDocument> {
        return domain::reject(domain::Reason::NotFound, "access.no_such_case");
    });
    CHECK(office.told(refused, "aino") == "1 waiting 0\n2 failed 0\n");
    CHECK(office.renderings->see(refused, "aino")->why->text == "access.no_such_case");
    const auto broken = office.start("aino", [](const Watch& watch) -> Result<ReportDocument> {
        watch.reached(Step::Rendering, 80);
        throw api::rendering::Failed("chromium is not installed");
    });
    CHECK(office.told(broken, "aino") == "1 waiting 0\n2 rendering 80\n3 failed 80\n");
    CHECK(office.renderings->see(broken, "aino")->why->text == "rendering.not_made");
    CHECK(office.renderings->file(broken, "aino") == nullptr);
}
