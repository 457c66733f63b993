#include "projections/report/writing.hpp"

#include <unicode/dtfmtsym.h>
#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

#include <stdexcept>
#include <vector>

namespace vastine::projections::report {
namespace {

icu::Locale locale_of(domain::Language language) {
    switch (language) {
        case domain::Language::Finnish:
            return icu::Locale("fi", "FI");
        case domain::Language::Swedish:
            return icu::Locale("sv", "FI");
        case domain::Language::English:
            return icu::Locale("en", "GB");
    }
    throw std::logic_error("a language without a locale");
}

// ICU's data is part of the library: a failure means a broken installation, not bad input.
void require(UErrorCode status) {
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

// Making a formatter costs more than a whole table of numbers, so each is made once. They are immutable,
// and any thread may use them.
using Formatter = icu::number::LocalizedNumberFormatter;
const Formatter& formatter_of(domain::Language language, bool percent, int decimals) {
    static constexpr std::size_t decimals_known = 4;
    static const auto all = [] {
        std::vector<Formatter> out;
        for (const auto each :
             {domain::Language::Finnish, domain::Language::Swedish, domain::Language::English}) {
            for (const bool of_hundred : {false, true}) {
                for (std::size_t places = 0; places < decimals_known; ++places) {
                    auto made =
                        icu::number::NumberFormatter::withLocale(locale_of(each))
                            .precision(icu::number::Precision::fixedFraction(static_cast<int>(places)))
                            .roundingMode(UNUM_ROUND_HALFUP);
                    if (of_hundred) made = made.unit(icu::NoUnit::percent());
                    out.push_back(std::move(made));
                }
            }
        }
        return out;
    }();
    const auto place = (static_cast<std::size_t>(language) * 2 + (percent ? 1 : 0)) * decimals_known +
                       static_cast<std::size_t>(decimals);
    return all.at(place);
}

}  // namespace

std::string written(const Number& number, domain::Language language) {
    UErrorCode status = U_ZERO_ERROR;
    const auto text = formatter_of(language, number.unit == Measure::Percent, number.decimals)
                          .formatDouble(number.value, status)
                          .toString(status);
    require(status);
    return utf8(text);
}

std::string written(const Cell& cell, domain::Language language) {
    if (cell.suppressed) return std::string(kSuppressedMark);
    return cell.number ? written(*cell.number, language) : "–";
}

std::string written(const KeyFigure& figure, domain::Language language) {
    return figure.suppressed ? std::string(kSuppressedMark) : written(figure.number, language);
}

std::string written(const Run& run, domain::Language language) {
    if (run.names.empty()) return run.text;
    return run.figure ? written(*run.figure, language) : "{{" + run.names + "}}";
}

std::string written(std::uint64_t count, domain::Language language) {
    return written(Number{static_cast<double>(count), Measure::Count, 0}, language);
}

std::string written(domain::Date date, domain::Language language) {
    UErrorCode status = U_ZERO_ERROR;
    const bool english = language == domain::Language::English;
    icu::SimpleDateFormat format(english ? icu::UnicodeString("d MMMM y") : icu::UnicodeString("d.M.y"),
                                 locale_of(language), status);
    require(status);
    format.setTimeZone(*icu::TimeZone::getGMT());
    icu::UnicodeString text;
    format.format(static_cast<UDate>(date.time_since_epoch().count()) * 86'400'000.0, text);
    return utf8(text);
}

std::string month_name(unsigned month, domain::Language language) {
    if (month < 1 || month > 12) throw std::out_of_range("month");
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(locale_of(language), status);
    require(status);
    int32_t count = 0;
    const auto* names =
        symbols.getMonths(count, icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
    return utf8(names[month - 1]);
}

std::string joined(const std::vector<std::string>& items, domain::Language language) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::ListFormatter> format(
        icu::ListFormatter::createInstance(locale_of(language), status));
    require(status);
    std::vector<icu::UnicodeString> texts;
    for (const auto& item : items) texts.push_back(icu::UnicodeString::fromUTF8(item));
    icu::UnicodeString out;
    format->format(texts.data(), static_cast<int32_t>(texts.size()), out, status);
    require(status);
    return utf8(out);
}

}  // namespace vastine::projections::report
