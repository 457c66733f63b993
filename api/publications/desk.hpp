#pragma once
// The service's own thread that makes the files of publications: internal ones of a signature, public ones
// of a publishing, in every form and language of the publication. It makes them in the order of the log,
// one set at a time, stores them sealed and then says so in the publication's stream. What is missing is read
// from the log, so a restart loses nothing, and files that were stored and never named are reaped.
//
// A set that cannot be made is tried again, after a pause that doubles from ten seconds to an hour, and keeps
// no other waiting.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/publications/editions.hpp"
#include "domain/result.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::api {

// One file, as it is stored and handed out.
struct EditionFile {
    std::string form;
    std::string language;
    std::string file_name;
    std::string content;
};
// All files of an edition at a level, and the event that is to name them, without its artefacts' hashes.
struct EditionFiles {
    ArtefactsStored made;
    std::vector<EditionFile> files;
};

class PublicationDesk {
public:
    struct Surroundings {
        store::Store& store;
        projections::ReadModel& model;
        const Editions& editions;
        std::function<store::Instant()> now;
        std::function<void()> written = [] {};  // after something was added to the log
    };
    explicit PublicationDesk(Surroundings around);
    ~PublicationDesk();

    // The files of an edition, made anew. What has been stored is made again from what the log says of it,
    // and is the same bytes. Nothing: given up, or no longer signed. Throws rendering::Failed.
    [[nodiscard]] std::optional<EditionFiles> files(const EditionId& id, domain::publication::Level level,
                                                    const Watch& watch = {}) const;

    // What is missing and not in a pause, one set: makes, stores and names it. Any thread, one at a time.
    enum class Turn { NothingToDo, Made, Failed };
    using Progress =
        std::function<void(const EditionId&, domain::publication::Level, Step, unsigned percent)>;
    Turn turn(const Progress& progress = {});
    // Sets of files that are missing, those in a pause too.
    [[nodiscard]] std::uint64_t waiting() const;
    [[nodiscard]] std::uint64_t failures() const;  // since the start
    // How far those of a publication are, in percent; 0: it waits for its turn. Any thread.
    [[nodiscard]] unsigned percent(std::string_view publication_id) const;

    // On a thread of its own, once the projections stand at the log's head.
    void start();
    // Waits until it has stopped: what is being made is given up, at most a print is waited for.
    void stop();
    // The log has moved.
    void wake();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::api
