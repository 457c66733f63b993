#pragma once
// The one way a command becomes events: authorise, check, load, decide, append, catch up. The HTTPS
// routes, the importer, the demo and the commands of the executable all go through here.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/cases/kinds.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::api {

struct CommandRequest {
    domain::Viewer viewer;
    Kind kind = NO_KIND;
    std::string case_id;  // empty for a command that opens a case; the stream's name for reference data
    std::string path;     // which command, "" for the opening one (see domain::command)
    std::unique_ptr<google::protobuf::Message> command;
    std::optional<store::Version> expected;  // required unless it opens a case
    std::string command_id;                  // UUID; a retry repeats it
};
struct CommandAnswer {
    std::string case_id;
    store::Version version;    // of the stream after the command
    store::Position position;  // of the last event
    bool repeated = false;     // a retry of a command already taken
};

// A random UUID (version 4), lower case.
[[nodiscard]] std::string new_uuid();

class Execution {
public:
    // `now` gives the instant of a command; the day in Finland follows from it.
    Execution(store::Store& store, projections::ReadModel& model, std::function<store::Instant()> now);
    ~Execution();

    // Reads of the case's content happen inside and are not access-logged: the answer shows none.
    // Refuses a field that points at a case which the viewer does not see. A command that opens a case
    // may bring a case id of its own choosing, without `expected`. Reference data needs no `expected`
    // either: then the command meets whatever stands there.
    [[nodiscard]] domain::Result<CommandAnswer> execute(CommandRequest request);

    // Several commands in one atomic, once-synced append; for imports and the demo, each opening a
    // case or, with `expected`, adding to one. Answers stand in the order of the requests; a refused
    // one leaves the others in.
    // The command id of the append is that of the first request that is not refused.
    [[nodiscard]] std::vector<domain::Result<CommandAnswer>> execute_batch(
        std::vector<CommandRequest> requests);

    // What a command given now would be decided with.
    [[nodiscard]] domain::Reference reference() const;
    [[nodiscard]] store::Instant now() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
