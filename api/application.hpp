#pragma once
// Everything between a request and its response: authorise, precondition, parse, execute, answer.
// No socket here; api/net puts one before it.

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "api/accounts.hpp"
#include "api/alerts/alert_ledger.hpp"
#include "api/calendar_feed/calendar_feeds.hpp"
#include "api/destruction/desk.hpp"
#include "api/directory.hpp"
#include "api/emergencies.hpp"
#include "api/execution.hpp"
#include "api/feed.hpp"
#include "api/health.hpp"
#include "api/http/message.hpp"
#include "api/import/import_records.hpp"
#include "api/keys/rotation_desk.hpp"
#include "api/limits.hpp"
#include "api/login/openid/door.hpp"
#include "api/login/second_factors.hpp"
#include "api/metrics.hpp"
#include "api/publications/desk.hpp"
#include "api/publications/editions.hpp"
#include "api/reading.hpp"
#include "api/reports/renderings.hpp"
#include "api/reports/reports.hpp"
#include "api/server.hpp"
#include "api/web/web_files.hpp"
#include "api/webhooks/webhooks.hpp"
#include "projections/read_model.hpp"
#include "store/checkpoints.hpp"
#include "store/store.hpp"

namespace vastine::api {

struct Call;
struct Caller;
struct Route;
enum class Unfinished;

enum class Readiness { WarmingUp, Ready, Faulty };

// What handlers work with.
struct Services {
    store::Store& store;
    std::function<store::Instant()> now;
    projections::ReadModel model;
    Execution execution;
    Reading reading;
    Directory directory;
    Accounts accounts;
    SecondFactors second_factors;
    SecondFactorDuty second_factor_duty;
    std::unique_ptr<openid::Door> openid;  // nothing: people sign in with passwords alone
    CalendarFeeds calendar_feeds;
    Feeds feeds;
    AlertLedger alerts;
    Metrics metrics;
    Failures account_failures;
    Failures address_failures;
    std::string public_url;  // empty: unknown
    const WebFiles* web = nullptr;
    Webhooks webhooks;
    Editions editions;
    Reports reports;
    Renderings renderings;
    PublicationDesk publication_desk;
    projections::search::Search search;
    DestructionDesk destruction_desk;
    ServiceHealthBasis health;
    std::unique_ptr<store::Checkpoints> checkpoints;  // nothing: no place for them
    RotationDesk rotations;
    import::RunningImports imports{};
    Emergencies emergencies{};
    std::atomic<Readiness> readiness = Readiness::WarmingUp;
    std::atomic<bool> folded = false;

    // With the rights of today: those of whoever the user stands in for are among them.
    [[nodiscard]] domain::Viewer viewer_of(const SetUser& user) const;
    [[nodiscard]] bool passwords_open() const;
    // What the session is open for alone.
    [[nodiscard]] Unfinished unfinished(const Accounts::Session& session) const;
    [[nodiscard]] std::optional<Caller> caller_of_session(std::string_view secret);
    [[nodiscard]] std::optional<Caller> caller_of_token(std::string_view secret);
};

class Application {
public:
    // Of the options, those that are not the network's. `store` outlives the application.
    Application(store::Store& store, const ServerOptions& options, std::function<store::Instant()> now = {});
    ~Application();

    // Folds the log; until then only what needs no fold is answered. A fault leaves it not ready.
    void warm_up();

    // Never throws; any thread. The body has been read as far as body_bytes_max allows.
    [[nodiscard]] Response handle(const Request& request);
    // Where the body of this request goes piece by piece, by its header alone; nothing: it is read whole. The
    // caller keeps it in the request.
    [[nodiscard]] std::shared_ptr<BodyReceiver> receiver(const Request& head);
    // How large a body this request may bring, by its header alone: imports and files, after login, more.
    [[nodiscard]] std::size_t body_bytes_max(const Request& head);
    // A problem that the network layer finds: too slow, too large, unreadable. Of a file that is too large it
    // says how large one may be.
    [[nodiscard]] Response refuse(unsigned status, const Request& request);

    [[nodiscard]] Services& services();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
