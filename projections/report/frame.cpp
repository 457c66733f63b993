#include "projections/report/frame.hpp"

#include <algorithm>

#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

// Notes that the organisation wants printed on its reports are codes of this set, each name a note.
constexpr std::string_view kNotes = "report-note";

}  // namespace

Frame::Frame(const domain::Reference& reference, domain::Language language, const Period& period, AsOf as_of)
    : reference_(reference),
      language_(language),
      period_(period),
      as_of_(as_of),
      until_(std::min<domain::Date>(period.last / std::chrono::last, std::max(as_of.on, from()))),
      code_version_(reference.code_version(until_)),
      own_(composer("report.source.own", as_of.on, as_of.position.value, code_version_)) {}

Report Frame::begun(std::string_view title) const {
    Report out;
    out.title = own_.say(title);
    out.subtitle = own_.say("report.subtitle",
                            {{"from", written(from(), language_)}, {"until", written(until_, language_)}});
    out.year = period_.year();
    out.period = period_text(period_);
    out.language = language_;
    out.provenance = {as_of_.position.value, domain::to_string(as_of_.on), code_version_};
    out.mark = own_.say("report.internal.heading");
    out.notices.push_back({out.mark, own_.say("report.internal.text"), "internal"});
    add_notes(out);
    return out;
}

void Frame::add_notes(Report& report) const {
    const auto* notes = reference_.code_set(kNotes, until_);
    if (notes == nullptr) return;
    for (const auto& note : notes->given.codes()) {
        report.notices.push_back(
            {own_.say("report.note.heading"), domain::in_language(note.name(), language_)});
    }
}

void Frame::say_not_yours(Report& report) const {
    report.notices.push_back({own_.say("report.nothing.heading"), own_.say("report.nothing.not_yours")});
}

Composer Frame::released(std::string_view source, const ReleasedTotals& totals) const {
    const auto on = domain::parse_date(totals.as_of_on);
    return composer(source, on ? *on : as_of_.on, totals.position.value, totals.code_version);
}
Composer Frame::composer(std::string_view source, domain::Date on, std::uint64_t position,
                         const std::string& codes) const {
    return {reference_, language_, period_, until_,
            domain::text(source, language_,
                         {{"date", written(on, language_)},
                          {"position", written(position, language_)},
                          {"codes", codes}})};
}

}  // namespace vastine::projections::report
