#pragma once
// Figures for operators, in Prometheus' text format. Route patterns and status classes only: no path,
// no user, nothing about a person.

#include <cstdint>
#include <memory>
#include <string>

namespace vastine::api {

struct Gauges {
    std::uint64_t log_position = 0;
    std::uint64_t open_sessions = 0;
    std::uint64_t feeds = 0;
    std::uint64_t ready = 0;
    std::uint64_t alerts_waiting = 0;
    std::uint64_t renderings_waiting = 0;
    std::uint64_t publication_files_waiting = 0;
    std::uint64_t publication_files_failed = 0;  // attempts, since the start
};

class Metrics {
public:
    Metrics();
    ~Metrics();
    struct Served {
        std::string method;
        std::string route;  // the pattern; "none" where no route matched
        unsigned status = 0;
        double seconds = 0;
    };
    void count(const Served& served);
    void connection_opened();
    void connection_closed();
    // Attempts to send a mail of the morning.
    void alert_sent();
    void alert_failed();
    [[nodiscard]] std::string text(const Gauges& gauges);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
