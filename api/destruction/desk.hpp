#pragma once
// The service's own thread that makes destruction lists and carries them out, by the rules of
// domain/destruction/execution.hpp: the items of a list that was opened; once two persons have approved it,
// every item when its day has come; the certificate at the end.
//
// What was reached is read from the list's stream, so it may be killed at any moment and goes on. Keys are
// destroyed, forgotten in memory and taken off the disk before the list says that an item is destroyed: what
// stands there as destroyed is.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::api {

class DestructionDesk {
public:
    // Each can be the last thing that happens before a crash.
    enum class Step {
        ItemsListed,
        ItemsChecked,    // some of those whose day has come are cleared or held back
        KeysDestroyed,   // of what was cleared
        Forgotten,       // the tables and the search index hold nothing of them any more
        FilesReaped,     // nor the blobs
        Reclaimed,       // nor any file of the key database
        ItemsDestroyed,  // and the list says so
        Completed,       // with its certificate
    };
    struct Surroundings {
        store::Store& store;
        projections::ReadModel& model;
        std::function<store::Instant()> now;
        std::function<void()> written = [] {};  // after something was added to the log
        // Of the cases of these streams nothing may be held any more.
        std::function<void(const std::vector<std::string>&)> forget = [](const auto&) {};
        std::function<void(Step)> reached = [](Step) {};
    };
    explicit DestructionDesk(Surroundings around);
    ~DestructionDesk();

    // Does all that can be done today. How many lists it moved on. Any thread, one at a time. Throws what the
    // store throws: what was done until then stands, and the next turn goes on.
    std::size_t turn();

    // On a thread of its own, once the projections stand at the log's head.
    void start();
    // Waits until it has stopped, at the next step.
    void stop();
    // The log has moved.
    void wake();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
