#include "api/publications/titles.hpp"

#include "api/publications/editions.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api {

std::string period_words(const OpenPublication& opened, domain::Language language) {
    const auto period = query_of(opened).period;
    const auto year = [](std::chrono::year_month month) {
        return std::to_string(static_cast<int>(month.year()));
    };
    if (period.is_calendar_year()) return year(period.last);
    const auto name = [&](std::chrono::year_month month) {
        return projections::report::month_name(static_cast<unsigned>(month.month()), language);
    };
    if (period.first == period.last) return name(period.last) + " " + year(period.last);
    if (period.first.year() == period.last.year()) {
        return name(period.first) + "–" + name(period.last) + " " + year(period.last);
    }
    return name(period.first) + " " + year(period.first) + " – " + name(period.last) + " " +
           year(period.last);
}

std::string title_of(const OpenPublication& opened, domain::Language language) {
    const auto& kind = opened.publication_kind();
    const std::map<std::string, std::string> args{{"period", period_words(opened, language)}};
    if (kind == "annual") return domain::text("publishing.title.annual", language, args);
    if (kind == "legal") return domain::text("publishing.title.legal", language, args);
    return domain::text(
        opened.area() == "legal" ? "publishing.title.summary_legal" : "publishing.title.summary_ombudsman",
        language, args);
}

}  // namespace vastine::api
