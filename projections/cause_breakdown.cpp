#include "projections/cause_breakdown.hpp"

#include <algorithm>
#include <unordered_map>

#include "projections/case_figures.hpp"
#include "projections/contact_figures.hpp"
#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

enum class Counted : std::uint8_t { Reminder, Complaint, Request, Contact, Matter };
constexpr std::string_view counted_text[] = {"reminder", "complaint", "authority-request", "contact",
                                             "matter"};

Counted counted_as(Kind kind) {
    switch (kind) {
        case COMPLAINT:
            return Counted::Complaint;
        case AUTHORITY_REQUEST:
            return Counted::Request;
        case CONTACT:
            return Counted::Contact;
        default:
            return Counted::Reminder;
    }
}

// Which period a month is in, as the number of its first month.
Month period_of(Month month, PeriodLength length) {
    switch (length) {
        case PeriodLength::Month:
            return month;
        case PeriodLength::Quarter:
            return static_cast<Month>(month - month % 3);
        case PeriodLength::Year:
            return static_cast<Month>(month - month % 12);
    }
    return month;
}

std::string period_text(Month period, PeriodLength length) {
    const auto text = month_text(period);
    switch (length) {
        case PeriodLength::Month:
            return text;
        case PeriodLength::Quarter:
            return text.substr(0, 4) + "-Q" + std::to_string(period % 12 / 3 + 1);
        case PeriodLength::Year:
            return text.substr(0, 4);
    }
    return text;
}

class Breakdown {
public:
    Breakdown(const Views& views, const domain::Viewer& viewer, AsOf as_of, const CauseBreakdownQuery& query)
        : views_(views),
          query_(query),
          sight_(views, viewer),
          subtree_(views, query.unit),
          first_(month_of_text(query.first_month)),
          last_(query.last_month.empty() ? month_of_day(day_of(as_of.on)) : month_of_text(query.last_month)) {
        for (std::size_t i = 0; i < std::size(counted_text); ++i) {
            wanted_[i] = query.kinds.empty() || query.kinds.contains(std::string(counted_text[i]));
        }
        wanted_cause_.assign(views.dictionary->codes.size(), query.causes.empty());
        for (const auto& cause : query.causes) {
            const auto id = views.dictionary->codes.known(cause);
            if (id != 0 || cause.empty()) wanted_cause_[id] = true;
        }
    }

    void count_cases() {
        for (const auto& counted : views_.figures->all()) {
            const auto as = counted_as(counted.kind);
            if (!wants(as) || !in_period(counted.month) || !wanted_cause_[counted.cause]) continue;
            if (!sees(counted.row)) continue;
            const auto unit = subtree_.first_of(counted.row);
            if (!unit && !subtree_.all()) {
                note_if_unknowable(counted.row, counted.department);
                continue;
            }
            if (views_.cases->entry(counted.row).key_gone) ++fallen_back;
            add(as, counted.cause, unit.value_or(CodeId{0}), counted.month);
            drill(counted.row);
        }
    }

    void count_contacts() {
        const auto& contacts = *views_.contacts;
        if (!wants(Counted::Contact) && !wants(Counted::Matter)) return;
        for (std::uint32_t at = 0; at < contacts.size(); ++at) {
            if (!in_period(contacts.month[at]) || !sees(contacts.row[at])) continue;
            count_contact(at);
        }
    }

    std::unordered_map<std::uint64_t, std::uint64_t> cells;
    std::vector<Place> places;
    std::uint64_t fallen_back = 0;

private:
    [[nodiscard]] bool wants(Counted as) const { return wanted_[static_cast<std::size_t>(as)]; }
    [[nodiscard]] bool in_period(Month month) const { return month >= first_ && month <= last_; }
    [[nodiscard]] bool sees(std::uint32_t row) { return sight_.of(row) != domain::Sight::Nothing; }

    void count_contact(std::uint32_t at) {
        const auto& contacts = *views_.contacts;
        const bool gone = (contacts.flags[at] & ContactFigures::gone_flag) != 0;
        const auto department = contacts.department[at];
        bool counted = false;
        const auto count = [&](Counted as, CodeId cause, CodeId exact) {
            const auto unit = exact == 0 ? department : exact;
            if (!wants(as) || !wanted_cause_[cause] || !subtree_.has(unit)) return false;
            add(as, cause, unit, contacts.month[at]);
            counted = true;
            return true;
        };
        const auto begin = contacts.first_matter[at];
        const auto end = begin + contacts.matters[at];
        for (auto matter = begin; matter < end; ++matter) {
            count(Counted::Matter, contacts.matter_cause[matter], contacts.matter_unit[matter]);
        }
        // The contact itself once, by its first matter; of a follow-up that brings none, by the one it
        // follows.
        auto lead = begin;
        if (begin == end) lead = followed_matter(at);
        const auto cause = lead == no_matter ? CodeId{0} : contacts.matter_cause[lead];
        CodeId unit = lead == no_matter ? CodeId{0} : contacts.matter_unit[lead];
        if (!subtree_.all()) {
            for (auto matter = begin; matter < end; ++matter) {
                if (!subtree_.has(contacts.matter_unit[matter])) continue;
                unit = contacts.matter_unit[matter];
                break;
            }
        }
        count(Counted::Contact, cause, unit);
        if (counted && gone) ++fallen_back;
        if (counted) drill(contacts.row[at]);
        if (!counted && !subtree_.all()) note_if_unknowable(contacts.row[at], department);
    }

    static constexpr std::uint32_t no_matter = ~std::uint32_t{0};
    [[nodiscard]] std::uint32_t followed_matter(std::uint32_t at) const {
        const auto& contacts = *views_.contacts;
        if (contacts.follows[at] == 0) return no_matter;
        const auto other = contacts.follows[at] - 1;
        const auto number = contacts.follows_matter[at];
        return number < contacts.matters[other] ? contacts.first_matter[other] + number : no_matter;
    }

    void add(Counted as, CodeId cause, CodeId unit, Month month) {
        const auto period = static_cast<std::uint16_t>(period_of(month, query_.period));
        ++cells[static_cast<std::uint64_t>(as) << 48U | std::uint64_t{cause} << 32U |
                std::uint64_t{unit} << 16U | period];
    }
    void drill(std::uint32_t row) {
        if (!query_.drill_down || sight_.of(row) != domain::Sight::Content) return;
        places.push_back(place_of(views_, row, {}));
    }
    // Asked for a unit below the department that is all one knows of it: not counted, but said.
    void note_if_unknowable(std::uint32_t row, CodeId department) {
        if (views_.cases->entry(row).key_gone &&
            views_.reference.within(query_.unit, views_.dictionary->units.name(department))) {
            ++fallen_back;
        }
    }

    const Views& views_;
    const CauseBreakdownQuery& query_;
    SightOfCases sight_;
    Subtree subtree_;
    Month first_;
    Month last_;
    bool wanted_[std::size(counted_text)] = {};
    std::vector<bool> wanted_cause_;
};

}  // namespace

Shown<CauseBreakdown> cause_breakdown(const Views& views, const store::EventStore& events,
                                      const domain::Viewer& viewer, AsOf as_of, domain::Language language,
                                      const CauseBreakdownQuery& query) {
    Breakdown breakdown(views, viewer, as_of, query);
    breakdown.count_cases();
    breakdown.count_contacts();

    Shown<CauseBreakdown> result;
    auto& out = result.message;
    *out.mutable_basis() = basis_of(views, as_of, language, "definition.cause_breakdown");
    const auto& dictionary = *views.dictionary;
    for (const auto& [key, count] : breakdown.cells) {
        auto& cell = *out.add_cells();
        cell.set_kind(std::string(counted_text[key >> 48U]));
        cell.set_cause(dictionary.codes.name(static_cast<CodeId>(key >> 32U)));
        cell.set_unit(dictionary.units.name(static_cast<CodeId>(key >> 16U)));
        cell.set_period(period_text(static_cast<Month>(key & 0xffffU), query.period));
        cell.set_count(count);
    }
    std::sort(out.mutable_cells()->begin(), out.mutable_cells()->end(),
              [](const auto& left, const auto& right) {
                  return std::tie(left.kind(), left.period(), left.unit(), left.cause()) <
                         std::tie(right.kind(), right.period(), right.unit(), right.cause());
              });
    out.set_fallen_back(breakdown.fallen_back);
    out.set_total(breakdown.places.size());
    const auto page = page_of(std::move(breakdown.places), query.page);
    out.set_next_cursor(page.next_cursor);
    RowWriter writer(views, events, as_of, language);
    for (const auto& place : page.places) writer.write(place.row, *out.add_rows());
    result.case_ids = std::move(writer).shown();
    return result;
}

}  // namespace vastine::projections
