#include "projections/totals.hpp"

#include <algorithm>

#include "projections/dictionary.hpp"
#include "projections/figures.hpp"
#include "projections/read_model.hpp"

namespace vastine::projections {

namespace {

class TotalsWriter {
public:
    explicit TotalsWriter(TotalsReleased& out) : out_(out) {}
    void whole(const std::string& measure, std::uint64_t count) { add(measure, {}, {}, count); }
    void division(const std::string& measure, const std::string& dimension, const Division& division) {
        for (const auto& [code, count] : division.counts) add(measure, dimension, code, count);
    }
    void months(const std::string& measure, const std::vector<Count>& months) {
        for (const auto& [month, count] : months) add(measure, "month", month, count);
    }

private:
    void add(const std::string& measure, const std::string& dimension, const std::string& code,
             std::uint64_t count) {
        auto& total = *out_.add_totals();
        total.set_measure(measure);
        total.set_dimension(dimension);
        total.set_code(code);
        total.set_count(count);
    }
    TotalsReleased& out_;
};

void write(const std::string& prefix, const CaseCounts& counts, TotalsWriter& out) {
    out.whole(prefix + ".registered", counts.registered);
    out.whole(prefix + ".opening_balance", counts.opening_balance);
    out.whole(prefix + ".closing_balance", counts.closing_balance);
    out.whole(prefix + ".answered", counts.answered);
    out.whole(prefix + ".kept", counts.kept);
    out.whole(prefix + ".kept_credited", counts.kept_credited);
    out.whole(prefix + ".answer_days_median", counts.answer_days_median);
    out.whole(prefix + ".answer_days_mean_tenths",
              static_cast<std::uint64_t>(counts.answer_days_mean * 10 + 0.5));
    out.whole(prefix + ".answer_days_longest", counts.answer_days_longest);
    out.whole(prefix + ".outcome", counts.outcome.denominator);
    const auto registered = prefix + ".registered";
    out.division(registered, "department", counts.department);
    out.division(registered, "service_task", counts.service_task);
    out.division(registered, "sector", counts.sector);
    out.division(registered, "cause", counts.cause);
    out.division(registered, "maker", counts.maker);
    out.division(registered, "authority", counts.authority);
    out.division(registered, "request_kind", counts.request_kind);
    out.months(registered, counts.months);
    out.division(prefix + ".outcome", "outcome", counts.outcome);
}

void write(const OmbudsmanFigures& figures, TotalsWriter& out) {
    out.whole("contact.contacts", figures.contacts);
    out.whole("contact.first", figures.first);
    out.whole("contact.follow_ups", figures.follow_ups);
    out.whole("contact.recorded", figures.recorded);
    out.whole("contact.matters", figures.matters);
    out.division("contact.contacts", "sector", figures.sector);
    out.division("contact.contacts", "maker", figures.who);
    out.division("contact.contacts", "channel", figures.channel);
    std::vector<Count> months;
    for (const auto& month : figures.months) months.push_back({month.month, month.contacts});
    out.months("contact.contacts", months);
    out.division("contact.matters", "cause_contact", figures.cause);
    out.division("contact.matters", "service_task", figures.service_task);
    out.division("contact.matters", "measure", figures.measure);
}

std::string area_text(domain::Area area) {
    return area == domain::Area::Legal ? "legal" : "ombudsman";
}

}  // namespace

TotalsReleased totals(const Views& views, const ReleaseTotals& given, domain::Date on) {
    TotalsReleased event;
    *event.mutable_given() = given;
    event.set_position(views.position.value);
    event.set_as_of_on(domain::to_string(on));
    event.set_code_version(views.reference.code_version(on));
    domain::Viewer whole_area;
    whole_area.operating_system_user = true;
    const AsOf as_of{views.position, on};
    FiguresQuery query;
    query.period = calendar_year(static_cast<int>(given.year()));
    query.years = 1;
    TotalsWriter out(event);
    if (given.area() == area_text(domain::Area::Legal)) {
        const auto figures = legal_figures(views, whole_area, as_of, domain::Language::English, query);
        write("reminder", figures.reminders, out);
        write("complaint", figures.complaints, out);
        write("authority-request", figures.requests, out);
        write("reminder+complaint", figures.reminders_and_complaints, out);
    } else {
        write(ombudsman_figures(views, whole_area, as_of, domain::Language::English, query), out);
    }
    return event;
}

std::uint64_t ReleasedTotals::count(std::string_view measure, std::string_view dimension,
                                    std::string_view code) const {
    const auto found = std::ranges::find_if(totals, [&](const Total& total) {
        return total.measure() == measure && total.dimension() == dimension && total.code() == code;
    });
    return found == totals.end() ? 0 : found->count();
}

bool ReleasedTotals::has(std::string_view measure) const {
    return std::ranges::any_of(totals, [&](const Total& total) { return total.measure() == measure; });
}

std::vector<std::pair<std::string, std::uint64_t>> ReleasedTotals::division(
    std::string_view measure, std::string_view dimension) const {
    std::vector<std::pair<std::string, std::uint64_t>> all;
    for (const auto& total : totals) {
        if (total.measure() == measure && total.dimension() == dimension)
            all.emplace_back(total.code(), total.count());
    }
    return all;
}

std::optional<ReleasedTotals> released_totals(const Views& views, domain::Area area, int year) {
    const auto* event = views.totals->newest(area_text(area), year);
    if (event == nullptr) return std::nullopt;
    ReleasedTotals released;
    released.area = area;
    released.year = year;
    released.position = store::Position{event->position()};
    released.as_of_on = event->as_of_on();
    released.code_version = event->code_version();
    released.totals.assign(event->totals().begin(), event->totals().end());
    return released;
}

void ReleasedTotalsIndex::apply(const TotalsReleased& event) {
    newest_[{event.given().area(), static_cast<int>(event.given().year())}] = event;
}

const TotalsReleased* ReleasedTotalsIndex::newest(std::string_view area, int year) const {
    const auto found = newest_.find({std::string(area), year});
    return found == newest_.end() ? nullptr : &found->second;
}

std::uint64_t ReleasedTotalsIndex::digest() const {
    Digest digest;
    for (const auto& [key, event] : newest_) {
        digest.add(std::string_view(key.first));
        digest.add(static_cast<std::uint64_t>(key.second));
        digest.add(event.position());
        for (const auto& total : event.totals()) {
            digest.add(std::string_view(total.measure()));
            digest.add(std::string_view(total.dimension()));
            digest.add(std::string_view(total.code()));
            digest.add(total.count());
        }
    }
    return digest.value();
}

}  // namespace vastine::projections
