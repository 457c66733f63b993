#pragma once
// What a board may ask: the tables of what is published, as they were published. Answered from the frozen
// JSON of the newest edition whose files are there, and from nothing else, so that no question can reach a
// figure that the public form suppressed. For anyone who is signed in.

#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "domain/schema/views.pb.h"
#include "domain/text/text.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::api {

// A row, a column, or the cell where they meet; empty: all of them.
struct Narrowed {
    std::string row;
    std::string column;
};

// Whether charts come with their drawings, which are many times as long as what is said of them.
enum class Drawings { Without, With };

class PublishedFigures {
public:
    PublishedFigures(const store::Blobs& blobs, const projections::ReadModel& model)
        : blobs_(blobs), model_(model) {}

    // Published publications, newest first, each with all its editions and their files.
    [[nodiscard]] PublicationList list(const store::EventStore& events, domain::Language language) const;
    // All tables, with the charts drawn from them and the key figures, in the order of the report, in the
    // reader's language or else in the first that it has. Reason::NotFound when there is no such publication,
    // table, row or column, and while the files of its first edition are being made. Throws store::Corruption
    // when the file is not what was frozen.
    [[nodiscard]] domain::Result<PublishedTables> all(const std::string& publication_id,
                                                      domain::Language language, Drawings drawings) const;
    [[nodiscard]] domain::Result<PublishedTable> table(const std::string& publication_id,
                                                       const std::string& table, const Narrowed& to,
                                                       domain::Language language) const;

private:
    const store::Blobs& blobs_;
    const projections::ReadModel& model_;
};

// The tables of a report's public form, from its JSON. Throws std::invalid_argument when it is none.
[[nodiscard]] PublishedTables tables_of_json(std::string_view json, Drawings drawings = Drawings::Without);

}  // namespace vastine::api
