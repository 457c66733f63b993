#pragma once
// Reports made while one waits: started, watched, fetched, or given up. Two threads of their own make them,
// one for what a program of its own makes (pdf, docx) and one for all else, so that no worker is held and a
// table never waits for a print.
//
// What was made is kept in memory only, never on disk, for a quarter of an hour and for the one who began it.
// Threads: every function may be called from any thread at once.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/http/message.hpp"
#include "api/reports/progress.hpp"
#include "api/reports/report_document.hpp"
#include "domain/access/access.hpp"
#include "domain/result.hpp"
#include "store/record.hpp"

namespace vastine::api {

struct RenderingLimits {
    std::size_t waiting_max = 20;  // of everybody
    std::size_t of_one_max = 4;    // waiting and being made, of one person
    std::size_t kept_bytes_max = std::size_t{128} << 20U;
    std::chrono::minutes kept_for{15};
};

class Renderings {
public:
    explicit Renderings(std::function<store::Instant()> now, RenderingLimits limits = {});
    ~Renderings();

    enum class Lane {
        Quick,  // written here
        Slow,   // printed by another program
    };
    struct Order {
        std::string owner;  // user id
        domain::Area area = domain::Area::Ombudsman;
        Lane lane = Lane::Quick;
        // Runs on the lane's thread. A refusal is told to the owner; what is thrown is logged by its type.
        std::function<domain::Result<ReportDocument>(const Watch&)> make;
    };
    enum class Full { ForOne, ForAll };
    // The id of the rendering.
    [[nodiscard]] tl::expected<std::string, Full> start(Order order);

    struct State {
        std::string id;
        domain::Area area = domain::Area::Ombudsman;
        Step step = Step::Waiting;
        unsigned percent = 0;
        std::optional<domain::Rejection> why;  // it failed
        std::string file_name;                 // from here on: once it is done
        std::string media_type;
        std::string sha256;
        std::uint64_t size = 0;
    };
    // Nothing: there is none of this id, it is somebody else's, or its time is over.
    [[nodiscard]] std::optional<State> see(const std::string& id, const std::string& owner);
    [[nodiscard]] std::shared_ptr<const ReportDocument> file(const std::string& id, const std::string& owner);
    // Given up: gone for its owner at once, and its thread goes on to the next as soon as it can stop. False
    // when there is none.
    [[nodiscard]] bool give_up(const std::string& id, const std::string& owner);

    // Every state from the first after number `after`, as `written` writes it, in order; ends with the last
    // one. `still` is asked before each piece: false ends it.
    struct Listening {
        std::uint64_t after = 0;
        std::function<std::string(const State&, std::uint64_t number)> written;
        std::function<bool()> still;
    };
    [[nodiscard]] std::shared_ptr<BodySource> watch(const std::string& id, const std::string& owner,
                                                    Listening listening);
    // Wakes who watches with an empty comment, and drops what is too old.
    void beat();

    [[nodiscard]] std::size_t waiting() const;
    // Gives everything up and waits for the threads.
    void stop();

private:
    struct Inside;
    std::shared_ptr<Inside> inside_;  // whoever watches may outlast this
};

}  // namespace vastine::api
