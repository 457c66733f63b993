#include "domain/cases/days.hpp"

namespace vastine::domain {

void Days::refuse(std::string text, std::string_view arg, Date date, std::string_view field) {
    refused_ = Rejection{
        Reason::Invalid, std::move(text), {{std::string(arg), to_string(date)}}, std::string(field)};
}

std::optional<Date> Days::read(std::string_view field, const std::string& day) {
    if (refused_) return std::nullopt;
    const auto date = parse_date(day);
    if (!date) refused_ = Rejection{Reason::Invalid, "days.not_a_date", {}, std::string(field)};
    return date;
}

Days& Days::happened(std::string_view field, const std::string& day) {
    const auto date = read(field, day);
    if (date && arrived_on_ && *date < *arrived_on_) {
        refuse("days.before_arrival", "arrived_on", *arrived_on_, field);
        return *this;
    }
    return not_in_future(field, day);
}

Days& Days::not_in_future(std::string_view field, const std::string& day) {
    const auto date = read(field, day);
    if (date && *date > today_) refuse("days.in_future", "today", today_, field);
    return *this;
}

Days& Days::not_before(std::string_view field, const std::string& day, std::optional<Date> earliest,
                       std::string text) {
    const auto date = read(field, day);
    if (date && earliest && *date < *earliest) refuse(std::move(text), "earliest", *earliest, field);
    return *this;
}

Days& Days::after(std::string_view field, const std::string& day, std::optional<Date> other,
                  std::string text) {
    const auto date = read(field, day);
    if (date && other && *date <= *other) refuse(std::move(text), "after", *other, field);
    return *this;
}

Permitted Days::result() const {
    if (refused_) return tl::unexpected(*refused_);
    return permitted();
}

}  // namespace vastine::domain
