#include "projections/own_figures.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "projections/case_figures.hpp"
#include "projections/contact_figures.hpp"
#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

constexpr int months_shown = 12;

struct MonthOfWork {
    std::uint64_t count = 0;
    std::uint64_t minutes = 0;
    std::uint64_t answered = 0;
    std::uint64_t kept = 0;
};

class Counting {
public:
    Counting(const Views& views, const domain::Viewer& viewer, Day on)
        : views_(views),
          sight_(views, viewer),
          judging_(views, on),
          me_(views.dictionary->users.known(viewer.user_id)),
          call_back_(views.dictionary->codes.known("call-back")),
          on_(on),
          month_(month_of_day(on)) {}

    void count(OwnFigures& out) {
        for (std::uint32_t row = 0; me_ != 0 && row < views_.cases->size(); ++row) {
            const auto& entry = views_.cases->entry(row);
            if (entry.handler != me_ && entry.opened_by != me_) continue;
            if (sight_.of(row) != domain::Sight::Content) continue;
            if (entry.kind == CONTACT && entry.opened_by == me_) logged(entry, out);
            if (whose(entry) != me_) continue;
            if (entry.kind != CONTACT) handled(views_.figures->at(entry.figures));
            if (views_.cases->open(row)) waits(row, out);
        }
        write(out);
    }

private:
    // A contact is whoever's logged it, until it is given to somebody.
    static CodeId whose(const CaseEntry& entry) {
        return entry.handler == 0 && entry.kind == CONTACT ? entry.opened_by : entry.handler;
    }

    MonthOfWork* month(Month of) {
        const int back = month_ - of;
        return back < 0 || back >= months_shown ? nullptr
                                                : &months_[static_cast<std::size_t>(months_shown - 1 - back)];
    }

    void logged(const CaseEntry& entry, OwnFigures& out) {
        const auto minutes = views_.contacts->minutes[entry.figures];
        if (entry.arrived_on != no_day && entry.arrived_on <= on_) {
            const Day monday = on_ - (on_ + 3) % 7;  // the first day of 1970 was a Thursday
            if (entry.arrived_on == on_) out.set_contacts_today(out.contacts_today() + 1);
            if (entry.arrived_on >= monday) out.set_contacts_week(out.contacts_week() + 1);
        }
        if (entry.month == month_) {
            out.set_contacts_month(out.contacts_month() + 1);
            out.set_minutes_month(out.minutes_month() + minutes);
        }
        if (auto* of = month(entry.month)) {
            ++of->count;
            of->minutes += minutes;
            if (entry.cause != 0) ++causes_[entry.cause];
        }
    }

    void handled(const CountedCase& counted) {
        if (auto* of = month(counted.month)) {
            ++of->count;
            if (counted.cause != 0) ++causes_[counted.cause];
        }
        for (const auto& answer : counted.answers) {
            auto* of = month(answer.month);
            if (of == nullptr) continue;
            ++of->answered;
            of->kept += answer.kept ? 1 : 0;
            days_.push_back(answer.days);
        }
    }

    void waits(std::uint32_t row, OwnFigures& out) {
        out.set_open_cases(out.open_cases() + 1);
        if (judging_.of(row).urgency >= Urgency::Overdue) out.set_overdue(out.overdue() + 1);
        const auto due = [&](const DueEntry& each) {
            return !each.met && call_back_ != 0 && each.what == call_back_ && each.due_by != no_day &&
                   each.due_by <= on_;
        };
        if (std::ranges::any_of(views_.cases->dues(row), due))
            out.set_call_backs_due(out.call_backs_due() + 1);
    }

    void write(OwnFigures& out) {
        std::uint64_t answered = 0;
        std::uint64_t kept = 0;
        for (int i = 0; i < months_shown; ++i) {
            const auto& of = months_[static_cast<std::size_t>(i)];
            auto& shown = *out.add_months();
            shown.set_month(month_text(static_cast<Month>(month_ - months_shown + 1 + i)));
            shown.set_count(of.count);
            shown.set_minutes(of.minutes);
            shown.set_answered(of.answered);
            shown.set_kept(of.kept);
            answered += of.answered;
            kept += of.kept;
        }
        std::vector<std::pair<CodeId, std::uint64_t>> causes(causes_.begin(), causes_.end());
        std::ranges::sort(causes, [&](const auto& left, const auto& right) {
            const auto& codes = views_.dictionary->codes;
            if (left.second != right.second) return left.second > right.second;
            return codes.name(left.first) < codes.name(right.first);
        });
        for (const auto& [cause, count] : causes) {
            auto& named = *out.add_causes();
            named.set_code(views_.dictionary->codes.name(cause));
            named.set_count(count);
        }
        out.set_answer_days_median(median_days(days_));
        if (answered > 0) out.set_kept_share(static_cast<double>(kept) / static_cast<double>(answered));
    }

    const Views& views_;
    SightOfCases sight_;
    Judging judging_;
    CodeId me_;
    CodeId call_back_;
    Day on_;
    Month month_;
    std::array<MonthOfWork, months_shown> months_{};
    std::map<CodeId, std::uint64_t> causes_;
    std::vector<std::uint32_t> days_;
};

}  // namespace

OwnFigures own_figures(const Views& views, const domain::Viewer& viewer, AsOf as_of,
                       domain::Language language, const OwnFiguresQuery& /*query*/) {
    OwnFigures out;
    *out.mutable_basis() = basis_of(views, as_of, language, "definition.own_figures");
    Counting(views, viewer, day_of(as_of.on)).count(out);
    return out;
}

}  // namespace vastine::projections
