#include "api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>

namespace vastine::api {

namespace {

const prometheus::Histogram::BucketBoundaries buckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                      0.1,   0.25,   0.5,   1.0,  2.5,   10.0};

// Anything may stand where the method does; the label knows those that routes know.
std::string known_method(const std::string& method) {
    constexpr std::array known{"GET", "HEAD", "POST", "PUT", "DELETE"};
    return std::find(known.begin(), known.end(), method) == known.end() ? "other" : method;
}

}  // namespace

struct Metrics::Inside {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        prometheus::BuildCounter()
            .Name("vastine_requests_total")
            .Help("Requests answered, by route and status class")
            .Register(registry);
    prometheus::Family<prometheus::Histogram>& latency =
        prometheus::BuildHistogram()
            .Name("vastine_request_seconds")
            .Help("Time from a request's last byte to its answer")
            .Register(registry);
    prometheus::Family<prometheus::Gauge>& state = prometheus::BuildGauge()
                                                       .Name("vastine_state")
                                                       .Help(
                                                           "Log position, open sessions, feeds, connections, "
                                                           "readiness")
                                                       .Register(registry);
    prometheus::Gauge& connections = state.Add({{"of", "connections"}});
    prometheus::Gauge& alerts_waiting = prometheus::BuildGauge()
                                            .Name("vastine_alerts_waiting")
                                            .Help("Mails of the morning that were not sent yet")
                                            .Register(registry)
                                            .Add({});
    prometheus::Counter& alerts_sent = prometheus::BuildCounter()
                                           .Name("vastine_alerts_sent_total")
                                           .Help("Mails of the morning that the mail server took")
                                           .Register(registry)
                                           .Add({});
    prometheus::Gauge& renderings_waiting = prometheus::BuildGauge()
                                                .Name("vastine_renderings_waiting")
                                                .Help("Reports that wait to be made into files")
                                                .Register(registry)
                                                .Add({});
    prometheus::Gauge& files_waiting = prometheus::BuildGauge()
                                           .Name("vastine_publication_files_waiting")
                                           .Help("Sets of files of publications that are not made yet")
                                           .Register(registry)
                                           .Add({});
    prometheus::Gauge& files_failed = prometheus::BuildGauge()
                                          .Name("vastine_publication_files_failed")
                                          .Help("Attempts to make files of publications that failed")
                                          .Register(registry)
                                          .Add({});
    prometheus::Counter& alerts_failed = prometheus::BuildCounter()
                                             .Name("vastine_alerts_failed_total")
                                             .Help("Attempts to send a mail of the morning that failed")
                                             .Register(registry)
                                             .Add({});
};

Metrics::Metrics() : inside_(std::make_unique<Inside>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const Served& served) {
    const auto status = std::to_string(served.status / 100) + "xx";
    inside_->requests
        .Add({{"method", known_method(served.method)}, {"route", served.route}, {"status", status}})
        .Increment();
    inside_->latency.Add({{"route", served.route}}, buckets).Observe(served.seconds);
}

void Metrics::connection_opened() {
    inside_->connections.Increment();
}
void Metrics::connection_closed() {
    inside_->connections.Decrement();
}

void Metrics::alert_sent() {
    inside_->alerts_sent.Increment();
}
void Metrics::alert_failed() {
    inside_->alerts_failed.Increment();
}

std::string Metrics::text(const Gauges& gauges) {
    const auto set = [&](const char* of, std::uint64_t value) {
        inside_->state.Add({{"of", of}}).Set(static_cast<double>(value));
    };
    set("log_position", gauges.log_position);
    set("open_sessions", gauges.open_sessions);
    set("feeds", gauges.feeds);
    set("ready", gauges.ready);
    inside_->alerts_waiting.Set(static_cast<double>(gauges.alerts_waiting));
    inside_->renderings_waiting.Set(static_cast<double>(gauges.renderings_waiting));
    inside_->files_waiting.Set(static_cast<double>(gauges.publication_files_waiting));
    inside_->files_failed.Set(static_cast<double>(gauges.publication_files_failed));
    return prometheus::TextSerializer().Serialize(inside_->registry.Collect());
}

}  // namespace vastine::api
