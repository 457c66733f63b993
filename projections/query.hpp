#pragma once
// What every query shares: where in the log and on which day it is asked, how much of a list is
// wanted, and whose personal data its answer shows.

#include <cstdint>
#include <string>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/calendar/date.hpp"
#include "domain/schema/views.pb.h"
#include "domain/text/text.hpp"
#include "store/event_store.hpp"

namespace vastine::projections {

struct Views;

// Every query takes a log position and a date: nothing here reads a clock. The views asked must stand
// at that position (ReadModel::read for the newest one, ReadModel::as_of for an older one).
struct AsOf {
    store::Position position;
    domain::Date on;
};

// An answer, and the cases whose personal data it shows: what the access log must name before the
// answer leaves. A case whose key is gone shows none and is not named.
template <class Message>
struct Shown {
    Message message;
    std::vector<std::string> case_ids;
};

// One page of a list. The cursor is the place of the last row in the list's order, not a number of
// rows: rows that come and go elsewhere neither repeat nor hide the ones behind it.
struct PageRequest {
    std::string cursor = {};  // empty: from the start; one that is not ours counts as empty
    std::size_t limit = 50;
};

// The basis of a figure: where, when and by which code sets it was counted, and what it says.
[[nodiscard]] Basis basis_of(const Views& views, AsOf as_of, domain::Language language,
                             const std::string& definition_text);

}  // namespace vastine::projections
