#include "projections/figures.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>

#include "projections/case_figures.hpp"
#include "projections/contact_figures.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

// ---- what is counted into ----

// Counts by the number of a code.
class Histogram {
public:
    explicit Histogram(const Codes& codes) : codes_(codes), counts_(codes.size(), 0) {}
    void add(CodeId id) { ++counts_[id]; }
    [[nodiscard]] std::uint64_t sum() const {
        std::uint64_t all = 0;
        for (const auto count : counts_) all += count;
        return all;
    }
    [[nodiscard]] Division division(const Crosswalk& crosswalk, std::string code_set, Whole of,
                                    std::uint64_t denominator) const {
        Division division{std::move(code_set), of, denominator, false, 0, {}};
        std::map<std::string, std::uint64_t> counts;
        for (std::size_t id = 0; id < counts_.size(); ++id) {
            if (counts_[id] == 0) continue;
            const auto& code = codes_.name(static_cast<CodeId>(id));
            auto carried = crosswalk.carried(division.code_set, code);
            counts[carried.to.empty() ? code : carried.to] += counts_[id];
            if (carried.to != code) division.carried.push_back(std::move(carried));
        }
        for (const auto& [code, count] : counts) division.counts.push_back({code, count});
        std::ranges::sort(division.counts, [](const Count& left, const Count& right) {
            return left.count != right.count ? left.count > right.count : left.code < right.code;
        });
        return division;
    }

private:
    const Codes& codes_;
    std::vector<std::uint32_t> counts_;
};

// Counts by two codes: a row of counts for each code that is met.
class Table {
public:
    Table(const Codes& rows, const Codes& columns)
        : row_codes_(rows), column_codes_(columns), rows_(rows.size()) {}
    void add(CodeId row, CodeId column) {
        auto& counts = rows_[row];
        if (counts.empty()) counts.resize(column_codes_.size(), 0);
        ++counts[column];
    }
    [[nodiscard]] Cross cross(const Crosswalk& crosswalk, std::string row_set, std::string column_set,
                              Whole of, std::uint64_t denominator) const {
        Cross cross{std::move(row_set), std::move(column_set), of, denominator, {}};
        std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            for (std::size_t column = 0; column < rows_[row].size(); ++column) {
                if (rows_[row][column] == 0) continue;
                const auto& row_code = row_codes_.name(static_cast<CodeId>(row));
                const auto& column_code = column_codes_.name(static_cast<CodeId>(column));
                counts[{crosswalk.code(cross.row_set, row_code),
                        crosswalk.code(cross.column_set, column_code)}] += rows_[row][column];
            }
        }
        for (const auto& [codes, count] : counts) cross.cells.push_back({codes.first, codes.second, count});
        std::ranges::sort(cross.cells, [](const Cross::Cell& left, const Cross::Cell& right) {
            if (left.row != right.row) return left.row < right.row;
            return left.count != right.count ? left.count > right.count : left.column < right.column;
        });
        return cross;
    }

private:
    const Codes& row_codes_;
    const Codes& column_codes_;
    std::vector<std::vector<std::uint32_t>> rows_;
};

// Answers by one or two codes, with the cases registered under them.
class AnswerGroups {
public:
    AnswerGroups(const Codes& codes, const Crosswalk& crosswalk, std::string set, std::string second_set = {})
        : codes_(codes), crosswalk_(crosswalk), set_(std::move(set)), second_set_(std::move(second_set)) {}
    void add_registered(CodeId code, CodeId second) { ++group(code, second).counts.registered; }
    void add(CodeId code, CodeId second, const Answer& answer) {
        auto& [counts, days] = group(code, second);
        ++counts.answered;
        counts.kept += answer.kept ? 1 : 0;
        counts.kept_credited += answer.kept_credited ? 1 : 0;
        days.push_back(answer.days);
    }
    [[nodiscard]] std::vector<AnswersOf> result() {
        std::vector<AnswersOf> out;
        for (auto& [codes, group] : groups_) {
            group.counts.code = codes.first;
            group.counts.second = codes.second;
            group.counts.days_median = median_days(group.days);
            out.push_back(std::move(group.counts));
        }
        return out;
    }

private:
    struct Group {
        AnswersOf counts;
        std::vector<std::uint32_t> days;
    };
    Group& group(CodeId code, CodeId second) {
        auto& known = by_id_[{code, second}];
        if (known == nullptr) {
            known = &groups_[{
                crosswalk_.code(set_, codes_.name(code)),
                second_set_.empty() ? std::string() : crosswalk_.code(second_set_, codes_.name(second))}];
        }
        return *known;
    }

    const Codes& codes_;
    const Crosswalk& crosswalk_;
    std::string set_;
    std::string second_set_;
    std::map<std::pair<std::string, std::string>, Group> groups_;
    std::map<std::pair<CodeId, CodeId>, Group*> by_id_;
};

// ---- which months and whose cases ----

// The same months of each year shown.
class Months {
public:
    explicit Months(const FiguresQuery& query)
        : years_(std::clamp(query.years, 1, most_years_compared)),
          first_year_(query.period.year() - years_ + 1),
          first_(month_at(query.period.first)),
          last_(month_at(query.period.last)),
          oldest_(first_ - 12 * (years_ - 1)) {}
    [[nodiscard]] int years() const { return years_; }
    [[nodiscard]] int year_at(int index) const { return first_year_ + index; }
    [[nodiscard]] int index_of_period_asked() const { return years_ - 1; }
    // Which of the years shown, from 0; -1 when the month is outside all of them.
    [[nodiscard]] int index(Month month) const {
        const int since = month - oldest_;
        if (month < 0 || since < 0 || since % 12 > last_ - first_) return -1;
        return since / 12 < years_ ? since / 12 : -1;
    }
    [[nodiscard]] Month first() const { return static_cast<Month>(first_); }
    [[nodiscard]] Month last() const { return static_cast<Month>(last_); }
    // Of a month of the period asked, from 0.
    [[nodiscard]] std::size_t place(Month month) const { return static_cast<std::size_t>(month - first_); }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(last_ - first_ + 1); }

private:
    static int month_at(std::chrono::year_month at) {
        return month_of_year(static_cast<int>(at.year()), static_cast<unsigned>(at.month()));
    }
    int years_;
    int first_year_;
    int first_;
    int last_;
    int oldest_;
};

}  // namespace

bool may_see_figures(const domain::Viewer& viewer, domain::Area area) {
    if (domain::works_in(viewer, area)) return true;
    const auto other = area == domain::Area::Legal ? domain::Area::Ombudsman : domain::Area::Legal;
    return domain::may(viewer, domain::Right::SeeReports) && !domain::works_in(viewer, other);
}

bool Period::valid() const {
    if (!first.ok() || !last.ok()) return false;
    const auto months = (last - first).count() + 1;
    return months >= 1 && months <= 12;
}
bool Period::is_calendar_year() const {
    return *this == calendar_year(year());
}
Period Period::ending_in(int other) const {
    const auto by = std::chrono::years(other - year());
    return {first + by, last + by};
}

Period calendar_year(int year) {
    return {std::chrono::year(year) / std::chrono::January, std::chrono::year(year) / std::chrono::December};
}

std::string period_text(const Period& period) {
    if (period.is_calendar_year()) return std::to_string(period.year());
    const auto iso = [](std::chrono::year_month at) {
        return month_text(month_of_year(static_cast<int>(at.year()), static_cast<unsigned>(at.month())));
    };
    return iso(period.first) + "/" + iso(period.last);
}

std::uint64_t Division::of_code(std::string_view code) const {
    const auto found = std::ranges::find(counts, code, &Count::code);
    return found == counts.end() ? 0 : found->count;
}

// ---- contacts ----

namespace {

struct ContactCounter {
    ContactCounter(const Views& views, const FiguresQuery& query)
        : contacts(*views.contacts),
          months(query),
          month_contacts(months.size(), 0),
          month_matters(months.size(), 0) {
        const auto& [codes, units, users, places] = *views.dictionary;
        for (auto* histogram : {&sector, &who, &channel, &nature, &language, &ownership, &matter_sector,
                                &cause, &cause_mentions, &service, &provider, &measure}) {
            *histogram = std::make_unique<Histogram>(codes);
        }
        municipality = std::make_unique<Histogram>(places);
        department = std::make_unique<Histogram>(units);
        cause_by_service = std::make_unique<Table>(codes, codes);
        cause_by_sector = std::make_unique<Table>(codes, codes);
        for (int i = 0; i < months.years(); ++i) {
            years.emplace_back().year = months.year_at(i);
            by_year.push_back({Histogram(codes), Histogram(units), Histogram(codes), Histogram(codes)});
        }
    }

    // The one pass.
    void count(SightOfFigures& visible) {
        const auto asked = months.index_of_period_asked();
        for (std::uint32_t at = 0; at < contacts.size(); ++at) {
            const auto index = months.index(contacts.month[at]);
            if (index < 0 || !visible.of(contacts.row[at])) continue;
            auto& year = years[static_cast<std::size_t>(index)];
            ++year.contacts;
            year.first += contacts.flags[at] & ContactFigures::first_flag;
            year.matters += contacts.matters[at];
            count_in_year(at, by_year[static_cast<std::size_t>(index)]);
            if (index == asked) count_contact(at);
        }
    }

    struct Year {
        Histogram sector, department, cause, service;
    };
    void count_in_year(std::uint32_t at, Year& year) const {
        year.sector.add(contacts.sector[at]);
        year.department.add(contacts.department[at]);
        const auto begin = contacts.first_matter[at];
        for (auto matter = begin; matter < begin + contacts.matters[at]; ++matter) {
            year.cause.add(contacts.matter_cause[matter]);
            year.service.add(contacts.matter_service[matter]);
        }
    }

    void count_contact(std::uint32_t at) {
        const auto flags = contacts.flags[at];
        const auto month = months.place(contacts.month[at]);
        recorded += (flags & ContactFigures::recorded_flag) != 0 ? 1 : 0;
        gone += (flags & ContactFigures::gone_flag) != 0 ? 1 : 0;
        minutes += contacts.minutes[at];
        ++month_contacts[month];
        month_matters[month] += contacts.matters[at];
        sector->add(contacts.sector[at]);
        who->add(contacts.who[at]);
        channel->add(contacts.channel[at]);
        nature->add(contacts.nature[at]);
        language->add(contacts.language[at]);
        municipality->add(contacts.municipality[at]);
        ownership->add(contacts.ownership[at]);
        department->add(contacts.department[at]);
        const auto begin = contacts.first_matter[at];
        for (auto matter = begin; matter < begin + contacts.matters[at]; ++matter) count_matter(matter);
    }

    void count_matter(std::uint32_t matter) {
        const auto its_cause = contacts.matter_cause[matter];
        matter_sector->add(contacts.matter_sector[matter]);
        cause->add(its_cause);
        service->add(contacts.matter_service[matter]);
        provider->add(contacts.matter_provider[matter]);
        cause_by_service->add(contacts.matter_service[matter], its_cause);
        cause_by_sector->add(contacts.matter_sector[matter], its_cause);
        for (const auto mentioned : contacts.list(contacts.matter_causes[matter]))
            cause_mentions->add(mentioned);
        for (const auto taken : contacts.list(contacts.matter_measures[matter])) measure->add(taken);
    }

    const ContactFigures& contacts;
    Months months;
    std::vector<YearOfContacts> years;
    std::vector<Year> by_year;
    std::vector<std::uint64_t> month_contacts, month_matters;
    std::uint64_t recorded = 0, minutes = 0, gone = 0;
    std::unique_ptr<Histogram> sector, who, channel, nature, language, municipality, ownership, department,
        matter_sector, cause, cause_mentions, service, provider, measure;
    std::unique_ptr<Table> cause_by_service, cause_by_sector;
};

void write_wholes(ContactCounter& counter, const Crosswalk& crosswalk, OmbudsmanFigures& out) {
    for (std::size_t i = 0; i < counter.years.size(); ++i) {
        auto& year = counter.years[i];
        year.follow_ups = year.contacts - year.first;
        const auto& by = counter.by_year[i];
        year.sector = by.sector.division(crosswalk, "sector", Whole::Contacts, year.contacts);
        year.department = by.department.division(crosswalk, "unit", Whole::Contacts, year.contacts);
        year.cause = by.cause.division(crosswalk, "cause_contact", Whole::Matters, year.matters);
        year.service_task = by.service.division(crosswalk, "service_task", Whole::Matters, year.matters);
    }
    const auto& asked = counter.years.back();
    out.contacts = asked.contacts;
    out.first = asked.first;
    out.follow_ups = asked.follow_ups;
    out.matters = asked.matters;
    out.recorded = counter.recorded;
    out.minutes = counter.minutes;
    for (auto month = counter.months.first(); month <= counter.months.last(); ++month) {
        const auto place = counter.months.place(month);
        out.months.push_back(
            {month_text(month), counter.month_contacts[place], counter.month_matters[place]});
    }
    out.years = std::move(counter.years);
}

void write_divisions(const ContactCounter& counter, const Crosswalk& crosswalk, OmbudsmanFigures& out) {
    const auto contacts = out.contacts;
    const auto matters = out.matters;
    out.sector = counter.sector->division(crosswalk, "sector", Whole::Contacts, contacts);
    out.who = counter.who->division(crosswalk, "maker", Whole::Contacts, contacts);
    out.channel = counter.channel->division(crosswalk, "channel", Whole::Contacts, contacts);
    out.nature = counter.nature->division(crosswalk, "nature", Whole::Contacts, contacts);
    out.language = counter.language->division(crosswalk, "language", Whole::Contacts, contacts);
    out.municipality = counter.municipality->division(crosswalk, "municipality", Whole::Contacts, contacts);
    out.municipality.gone = counter.gone;
    out.ownership = counter.ownership->division(crosswalk, "ownership", Whole::Contacts, contacts);
    out.department = counter.department->division(crosswalk, "unit", Whole::Contacts, contacts);
    out.matter_sector = counter.matter_sector->division(crosswalk, "sector", Whole::Matters, matters);
    out.cause = counter.cause->division(crosswalk, "cause_contact", Whole::Matters, matters);
    out.cause_mentions =
        counter.cause_mentions->division(crosswalk, "cause_contact", Whole::Matters, matters);
    out.cause_mentions.several = true;
    out.service_task = counter.service->division(crosswalk, "service_task", Whole::Matters, matters);
    out.provider = counter.provider->division(crosswalk, "provider", Whole::Matters, matters);
    out.measure = counter.measure->division(crosswalk, "measure", Whole::Matters, matters);
    out.measure.several = true;
    out.cause_by_service =
        counter.cause_by_service->cross(crosswalk, "service_task", "cause_contact", Whole::Matters, matters);
    out.cause_by_sector =
        counter.cause_by_sector->cross(crosswalk, "sector", "cause_contact", Whole::Matters, matters);
}

}  // namespace

OmbudsmanFigures ombudsman_figures(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                                   domain::Language language, const FiguresQuery& query) {
    OmbudsmanFigures out;
    out.basis = basis_of(views, as_of, language, "definition.ombudsman_figures");
    out.year = query.period.year();
    const Crosswalk crosswalk(views.reference, query.period.last / std::chrono::last);
    ContactCounter counter(views, query);
    SightOfFigures visible(views, viewer, domain::Area::Ombudsman);
    if (visible.any()) counter.count(visible);
    write_wholes(counter, crosswalk, out);
    write_divisions(counter, crosswalk, out);
    return out;
}

// ---- reminders, complaints, requests ----

namespace {

class CaseCounter {
public:
    CaseCounter(const Views& views, const FiguresQuery& query, AsOf as_of, Whole outcomes_of)
        : crosswalk_(views.reference, query.period.last / std::chrono::last),
          outcomes_of_(outcomes_of),
          months_(query),
          department_(views.dictionary->units),
          service_(views.dictionary->codes),
          sector_(service_),
          cause_(service_),
          maker_(service_),
          channel_(service_),
          language_(service_),
          authority_(service_),
          request_kind_(service_),
          outcome_(service_),
          cause_by_department_(views.dictionary->units, views.dictionary->codes),
          cause_by_service_(views.dictionary->codes, views.dictionary->codes),
          month_counts_(months_.size(), 0),
          years_(static_cast<std::size_t>(months_.years())),
          by_year_(years_.size(), {department_, service_, cause_, maker_}),
          year_days_(years_.size()),
          outcome_by_authority_(views.dictionary->codes, views.dictionary->codes),
          by_department_(views.dictionary->units, crosswalk_, "unit"),
          by_service_(views.dictionary->codes, crosswalk_, "service_task"),
          by_authority_(views.dictionary->codes, crosswalk_, "authority", "request_kind") {
        const auto now = month_of_day(day_of(as_of.on));
        after_ = static_cast<Month>(std::min(months_.last(), now) + 1);
    }

    void count(const CountedCase& counted) {
        opening_balance_ += counted.open_at_start_of(months_.first()) ? 1 : 0;
        closing_balance_ += counted.open_at_start_of(after_) ? 1 : 0;
        const auto turned = counted.turned_between(months_.first(), after_);
        closed_ += turned.settled;
        reopened_ += turned.taken_up;
        if (const auto index = months_.index(counted.month); index >= 0) {
            ++years_[static_cast<std::size_t>(index)].registered;
            auto& by = by_year_[static_cast<std::size_t>(index)];
            by.department.add(counted.department);
            by.service.add(counted.service_task);
            by.cause.add(counted.cause);
            by.maker.add(counted.maker);
            if (index == months_.index_of_period_asked()) count_registered(counted);
        }
        for (const auto& answer : counted.answers) {
            const auto index = months_.index(answer.month);
            if (index < 0) continue;
            auto& year = years_[static_cast<std::size_t>(index)];
            ++year.answered;
            year.kept += answer.kept ? 1 : 0;
            year.kept_credited += answer.kept_credited ? 1 : 0;
            year_days_[static_cast<std::size_t>(index)].push_back(answer.days);
            if (index == months_.index_of_period_asked()) count_answer(counted, answer);
        }
        if (!counted.answers.empty() &&
            months_.index(counted.answers.back().month) == months_.index_of_period_asked()) {
            for (const auto outcome : counted.outcomes) {
                outcome_.add(outcome);
                outcome_by_authority_.add(counted.authority, outcome);
            }
        }
    }

    [[nodiscard]] CaseCounts result() {
        CaseCounts out;
        write_years(out);
        const auto& asked = out.years.back();
        out.registered = asked.registered;
        out.answered = asked.answered;
        out.kept = asked.kept;
        out.kept_credited = asked.kept_credited;
        out.answer_days_median = asked.answer_days_median;
        write_days(out);
        out.opening_balance = opening_balance_;
        out.closing_balance = closing_balance_;
        out.reopened = reopened_;
        out.closed = closed_;
        for (auto month = months_.first(); month <= months_.last(); ++month) {
            out.months.push_back({month_text(month), month_counts_[months_.place(month)]});
        }
        const auto all = out.registered;
        out.department = department_.division(crosswalk_, "unit", Whole::Cases, all);
        out.service_task = service_.division(crosswalk_, "service_task", Whole::Cases, all);
        out.sector = sector_.division(crosswalk_, "sector", Whole::Cases, all);
        out.cause = cause_.division(crosswalk_, "cause", Whole::Cases, all);
        out.maker = maker_.division(crosswalk_, "maker", Whole::Cases, all);
        out.channel = channel_.division(crosswalk_, "channel", Whole::Cases, all);
        out.language = language_.division(crosswalk_, "language", Whole::Cases, all);
        out.authority = authority_.division(crosswalk_, "authority", Whole::Cases, all);
        out.request_kind = request_kind_.division(crosswalk_, "request_kind", Whole::Cases, all);
        out.cause_by_department = cause_by_department_.cross(crosswalk_, "unit", "cause", Whole::Cases, all);
        out.cause_by_service =
            cause_by_service_.cross(crosswalk_, "service_task", "cause", Whole::Cases, all);
        out.outcome = outcome_.division(crosswalk_, "outcome", outcomes_of_, outcome_.sum());
        out.outcome_by_authority =
            outcome_by_authority_.cross(crosswalk_, "authority", "outcome", outcomes_of_, outcome_.sum());
        out.answered_within = answered_within_;
        out.answers_by_department = by_department_.result();
        out.answers_by_service = by_service_.result();
        out.answers_by_authority = by_authority_.result();
        return out;
    }

private:
    void count_registered(const CountedCase& counted) {
        ++month_counts_[months_.place(counted.month)];
        department_.add(counted.department);
        service_.add(counted.service_task);
        sector_.add(counted.sector);
        cause_.add(counted.cause);
        maker_.add(counted.maker);
        channel_.add(counted.channel);
        language_.add(counted.language);
        authority_.add(counted.authority);
        request_kind_.add(counted.request_kind);
        cause_by_department_.add(counted.department, counted.cause);
        cause_by_service_.add(counted.service_task, counted.cause);
        by_department_.add_registered(counted.department, 0);
        by_service_.add_registered(counted.service_task, 0);
        by_authority_.add_registered(counted.authority, counted.request_kind);
    }
    void count_answer(const CountedCase& counted, const Answer& answer) {
        for (std::size_t band = 0; band < answer_bands.size(); ++band) {
            if (answer.days <= answer_bands[band].most) {
                ++answered_within_[band];
                break;
            }
        }
        by_department_.add(counted.department, 0, answer);
        by_service_.add(counted.service_task, 0, answer);
        by_authority_.add(counted.authority, counted.request_kind, answer);
    }
    void write_years(CaseCounts& out) {
        for (std::size_t i = 0; i < years_.size(); ++i) {
            years_[i].year = months_.year_at(static_cast<int>(i));
            years_[i].answer_days_median = median_days(year_days_[i]);
            const auto all = years_[i].registered;
            const auto& by = by_year_[i];
            years_[i].department = by.department.division(crosswalk_, "unit", Whole::Cases, all);
            years_[i].service_task = by.service.division(crosswalk_, "service_task", Whole::Cases, all);
            years_[i].cause = by.cause.division(crosswalk_, "cause", Whole::Cases, all);
            years_[i].maker = by.maker.division(crosswalk_, "maker", Whole::Cases, all);
        }
        out.years = years_;
    }
    void write_days(CaseCounts& out) const {
        const auto& days = year_days_.back();
        if (days.empty()) return;
        std::uint64_t sum = 0;
        for (const auto each : days) sum += each;
        out.answer_days_mean = static_cast<double>(sum) / static_cast<double>(days.size());
        out.answer_days_longest = *std::ranges::max_element(days);
    }

    struct Year {
        Histogram department, service, cause, maker;
    };

    Crosswalk crosswalk_;
    Whole outcomes_of_;
    Months months_;
    Histogram department_, service_, sector_, cause_, maker_, channel_, language_, authority_, request_kind_,
        outcome_;
    Table cause_by_department_, cause_by_service_;
    std::vector<std::uint64_t> month_counts_;
    std::vector<YearOfCases> years_;
    std::vector<Year> by_year_;
    std::vector<std::vector<std::uint32_t>> year_days_;
    Table outcome_by_authority_;
    AnswerGroups by_department_, by_service_, by_authority_;
    std::array<std::uint64_t, answer_bands.size()> answered_within_{};
    std::uint64_t opening_balance_ = 0, closing_balance_ = 0, closed_ = 0, reopened_ = 0;
    Month after_ = no_month;
};

}  // namespace

LegalFigures legal_figures(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                           domain::Language language, const FiguresQuery& query) {
    LegalFigures out;
    out.basis = basis_of(views, as_of, language, "definition.legal_figures");
    out.year = query.period.year();
    CaseCounter reminders(views, query, as_of, Whole::Answers);
    CaseCounter complaints(views, query, as_of, Whole::Rulings);
    CaseCounter requests(views, query, as_of, Whole::Answers);
    CaseCounter both(views, query, as_of, Whole::Answers);
    SightOfFigures visible(views, viewer, domain::Area::Legal);
    if (visible.any()) {
        for (const auto& counted : views.figures->all()) {
            if (!visible.of(counted.row)) continue;
            if (counted.kind == AUTHORITY_REQUEST) {
                requests.count(counted);
                continue;
            }
            (counted.kind == COMPLAINT ? complaints : reminders).count(counted);
            both.count(counted);
        }
    }
    out.reminders = reminders.result();
    out.complaints = complaints.result();
    out.requests = requests.result();
    out.reminders_and_complaints = both.result();
    return out;
}

// ---- the report of one area ----

AnnualFigures annual_figures(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                             domain::Language language, domain::Area area, const FiguresQuery& query) {
    AnnualFigures out;
    out.area = area;
    out.query = query;
    const bool ombudsmens = area == domain::Area::Ombudsman;
    if (may_see_figures(viewer, area)) {
        if (ombudsmens) {
            out.ombudsman = ombudsman_figures(views, viewer, as_of, language, query);
        } else {
            out.legal = legal_figures(views, viewer, as_of, language, query);
        }
    }
    const auto other = ombudsmens ? domain::Area::Legal : domain::Area::Ombudsman;
    // What is released is of calendar years.
    if (!query.period.is_calendar_year()) return out;
    const auto last = query.period.year();
    out.released = released_totals(views, other, last);
    for (int year = last - std::clamp(query.years, 1, most_years_compared) + 1; year < last; ++year) {
        if (auto earlier = released_totals(views, other, year))
            out.released_before.push_back(std::move(*earlier));
    }
    return out;
}

}  // namespace vastine::projections
