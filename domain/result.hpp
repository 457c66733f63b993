#pragma once
// Refusals as values. A refusal changes nothing and says why in words a clerk understands.

#include <map>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace vastine::domain {

// What kind of refusal it is. The API maps each to one HTTP status, in one place.
enum class Reason {
    Invalid,            // a field is missing, malformed or contradicts another
    WrongState,         // not possible at this stage of the case
    Forbidden,          // not this person's to do
    Disqualified,       // this person may never handle this case (434/2003 §27-28)
    NotFound,           // no such case, or none that this person may know of
    Conflict,           // taken by somebody else: a diary number, an external id
    Stale,              // somebody else saved first
    CommandReused,      // the same command id came with other content
    NeedsConfirmation,  // allowed when the person says it is meant (identifiers in an anonymous contact)
};

// What a code, a unit or an authority is called: each reader sees it in their own language.
struct Label {
    std::string fi;
    std::string sv;
    std::string en;

    bool operator==(const Label&) const = default;
};
using Labels = std::map<std::string, Label>;

struct Rejection {
    Reason reason;
    std::string text;                         // id in the text catalogue, domain/data/texts
    std::map<std::string, std::string> args;  // never a personal value: ids, dates, counts
    std::string field;                        // path such as opening.arrived_on; empty: the whole command
    std::vector<Rejection> more = {};         // further field errors of the same command
    Labels labels = {};                       // further args of the text, from the reference data

    bool operator==(const Rejection&) const = default;
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Rejection> {
public:
    using tl::expected<T, Rejection>::expected;
};

[[nodiscard]] inline tl::unexpected<Rejection> reject(Reason reason, std::string text,
                                                      std::map<std::string, std::string> args = {},
                                                      std::string field = {}, Labels labels = {}) {
    return tl::unexpected(
        Rejection{reason, std::move(text), std::move(args), std::move(field), {}, std::move(labels)});
}

}  // namespace vastine::domain
