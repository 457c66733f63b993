#pragma once
// What holds of every day that a clerk types: it exists, it is not before the case arrived, it is not in
// the future, and it stands in order with the others.

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "domain/calendar/date.hpp"
#include "domain/result.hpp"

namespace vastine::domain {

using Permitted = Result<std::monostate>;
[[nodiscard]] inline Permitted permitted() {
    return std::monostate{};
}

// Used as `Days(arrived_on, today).happened("asked_on", c.asked_on()).not_before(...).result()`: the first
// rule that does not hold is the refusal.
class Days {
public:
    // A case whose arrival is not known (its sealed parts are gone) has no earliest day.
    Days(std::optional<Date> arrived_on, Date today) : arrived_on_(arrived_on), today_(today) {}

    // Something that has taken place: from arrival to today.
    Days& happened(std::string_view field, const std::string& day);
    // Not in the future, but perhaps before the case arrived.
    Days& not_in_future(std::string_view field, const std::string& day);
    // On or after another day; passes when the other is not known.
    Days& not_before(std::string_view field, const std::string& day, std::optional<Date> earliest,
                     std::string text);
    // Strictly after another day; passes when the other is not known.
    Days& after(std::string_view field, const std::string& day, std::optional<Date> other, std::string text);

    [[nodiscard]] Permitted result() const;

private:
    [[nodiscard]] std::optional<Date> read(std::string_view field, const std::string& day);
    void refuse(std::string text, std::string_view arg, Date date, std::string_view field);

    std::optional<Date> arrived_on_;
    Date today_;
    std::optional<Rejection> refused_;
};

}  // namespace vastine::domain
