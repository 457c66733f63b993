#pragma once
// Which cases belong together, seen from both sides: linked, merged, a request and its complaint. Whoever
// opens one of two complaints about one matter sees that there is the other. Facts: they outlive the key.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vastine::projections {

struct Relation {
    std::string other;  // case id
    std::string
        relation;  // of the code set relation; of a merge: merged; of a request: complaint, supplemented
    bool given_here = false;
    bool operator==(const Relation&) const = default;
};

class Relations {
public:
    [[nodiscard]] const std::vector<Relation>& of(std::string_view case_id) const;

    // ---- for the fold ----
    // Said again, it stands once.
    void relate(const std::string& from, const std::string& to, const std::string& relation);
    // What `from` said of such a kind is no longer so.
    void forget(const std::string& from, std::string_view relation);
    [[nodiscard]] std::uint64_t digest() const;

private:
    std::unordered_map<std::string, std::vector<Relation>> by_case_;
};

}  // namespace vastine::projections
