#include "api/import/moment.hpp"

#include <date/date.h>
#include <date/tz.h>

#include <chrono>
#include <sstream>
#include <stdexcept>
#include <unordered_map>

namespace vastine::api::import {

namespace {

struct Format {
    std::string text;
    bool has_time = false;
    bool has_offset = false;
};

// Every conversion that the date library knows when it reads, as far as a date or a time is concerned.
Format understand(const std::string& text) {
    Format format{text, false, false};
    bool year = false;
    bool month = false;
    bool day = false;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != '%') continue;
        char letter = text[++i];
        if ((letter == 'E' || letter == 'O') && i + 1 < text.size()) letter = text[++i];
        switch (letter) {
            case 'F':
            case 'D':
                year = month = day = true;
                break;
            case 'Y':
            case 'y':
                year = true;
                break;
            case 'm':
            case 'b':
            case 'B':
            case 'h':
                month = true;
                break;
            case 'd':
            case 'e':
                day = true;
                break;
            case 'j':
                month = day = true;
                break;
            case 'T':
            case 'R':
            case 'H':
            case 'I':
            case 'r':
                format.has_time = true;
                break;
            case 'M':
            case 'S':
            case 'p':
            case 'a':
            case 'A':
            case 'n':
            case 't':
            case '%':
                break;
            case 'z':
                format.has_offset = true;
                break;
            default:
                throw std::invalid_argument("'" + text + "': %" + letter + " is not known");
        }
    }
    if (!year || !month || !day)
        throw std::invalid_argument("'" + text + "' does not name year, month and day");
    return format;
}

const date::time_zone& zone_named(const std::string& name) {
    try {
        return *date::locate_zone(name);
    } catch (const std::runtime_error&) {
        throw std::invalid_argument("the time zone '" + name + "' is not known; an example: Europe/Helsinki");
    }
}

}  // namespace

struct MomentReader::Inside {
    std::vector<Format> formats;
    const date::time_zone* zone = nullptr;
    const date::time_zone* day_zone = nullptr;
    mutable std::istringstream stream{};
    // Days recur in very many rows, and reading one through a stream costs more than all else in a row.
    mutable std::unordered_map<std::string, std::optional<Moment>> days{};

    [[nodiscard]] std::optional<Moment> read(std::string_view text) const;
};

const std::vector<std::string>& MomentReader::usual_formats() {
    static const std::vector<std::string> formats = {"%F %T%Ez", "%FT%T%Ez",    "%F %T%z",     "%FT%TZ",
                                                     "%F %T",    "%FT%T",       "%F %R",       "%FT%R",
                                                     "%F",       "%d.%m.%Y %T", "%d.%m.%Y %R", "%d.%m.%Y"};
    return formats;
}

MomentReader::MomentReader(const std::vector<std::string>& formats, const std::string& zone,
                           const std::string& day_zone)
    : inside_(std::make_unique<Inside>()) {
    for (const auto& format : formats.empty() ? usual_formats() : formats) {
        inside_->formats.push_back(understand(format));
    }
    inside_->zone = &zone_named(zone);
    inside_->day_zone = &zone_named(day_zone);
}
MomentReader::~MomentReader() = default;
MomentReader::MomentReader(MomentReader&&) noexcept = default;
MomentReader& MomentReader::operator=(MomentReader&&) noexcept = default;

std::optional<Moment> MomentReader::read(std::string_view text) const {
    constexpr std::size_t day_characters_max = 10;
    constexpr std::size_t days_max = 20'000;  // half a century
    if (text.size() > day_characters_max) return inside_->read(text);
    auto& days = inside_->days;
    std::string key(text);
    if (const auto known = days.find(key); known != days.end()) return known->second;
    if (days.size() >= days_max) days.clear();
    return days.emplace(std::move(key), inside_->read(text)).first->second;
}

std::optional<Moment> MomentReader::Inside::read(std::string_view text) const {
    using std::chrono::microseconds;
    for (const auto& format : formats) {
        stream.clear();
        stream.str(std::string(text));
        date::local_time<microseconds> local;
        std::chrono::minutes offset{0};
        stream >> date::parse(format.text, local, offset);
        if (stream.fail() || stream.peek() != std::istringstream::traits_type::eof()) continue;
        if (!format.has_time) {
            return Moment{domain::Date(date::floor<date::days>(local).time_since_epoch()), std::nullopt};
        }
        domain::Instant at;
        // A literal Z at the end says UTC as much as an offset does.
        if (format.has_offset || format.text.ends_with('Z')) {
            at = domain::Instant(local.time_since_epoch() - offset);
        } else {
            const auto info = zone->get_info(local);
            if (info.result == date::local_info::nonexistent) continue;
            at = domain::Instant(local.time_since_epoch() - info.first.offset);
        }
        const auto day = date::floor<date::days>(day_zone->to_local(at));
        return Moment{domain::Date(day.time_since_epoch()), at};
    }
    return std::nullopt;
}

}  // namespace vastine::api::import
