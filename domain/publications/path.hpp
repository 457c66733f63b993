#pragma once
// The way of each kind of publication, in one table: whose it is, who signs it, and which steps the boards
// take. A corrected edition is only signed and published again: the boards have had the report.

#include <optional>
#include <string_view>

#include "domain/access/access.hpp"
#include "domain/schema/options.pb.h"

namespace vastine::domain::publication {

// Whether a step belongs to the way of a kind.
enum class Need {
    None,      // it has no such step
    Optional,  // any number, also none
    Required,  // at least one before it is published
};
struct Path {
    std::string_view kind;     // code of publication_kind
    std::optional<Area> area;  // nothing: either
    bool within_a_year;        // its period lies in one calendar year
    Need statements;           // of committees; none of them is waited for
    Need noting;               // by the county executive
    Need sending;              // for information
    // Announcing follows publishing, for every kind.
};
// Null for no kind of publication.
[[nodiscard]] const Path* path_of(std::string_view kind);
// Who signs what is published in an area: the head of the ombudsmen, a lawyer.
[[nodiscard]] Role signer(Area area);

}  // namespace vastine::domain::publication
