#include "api/log_extracts/log_extract.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "projections/report/writing.hpp"

namespace vastine::api {

namespace {

namespace report = projections::report;
using domain::Language;

domain::Instant instant_of(const google::protobuf::Timestamp& at) {
    return domain::Instant(std::chrono::seconds(at.seconds()) + std::chrono::microseconds(at.nanos() / 1000));
}

std::string day_text(const std::string& day, Language language) {
    const auto date = domain::parse_date(day);
    return date ? report::written(*date, language) : day;
}

std::string lower(std::string text) {
    for (auto& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

// Free text of staff may say what a minor has banned; the rest of an entry does not.
std::vector<std::string> row_of(const LookedEntry& entry, bool purposes, Language language) {
    const auto at = instant_of(entry.at());
    std::string who = entry.user_name();
    for (const auto& part : {roles_text(entry, language),
                             report::joined({entry.units().begin(), entry.units().end()}, language)})
        if (!part.empty()) who += (who.empty() ? "" : ", ") + part;
    std::string purpose = purposes ? entry.purpose() : std::string();
    if (purposes && !entry.receiver().empty())
        purpose += (purpose.empty() ? "" : " ") +
                   domain::text("extract.given_to", language, {{"receiver", entry.receiver()}});
    return {report::written(domain::helsinki_date(at), language) + " " + domain::helsinki_time(at), who,
            what_text(entry.what(), language), purpose};
}

}  // namespace

std::string what_text(const std::string& what, Language language) {
    const auto id = "looked.what." + what;
    return domain::has_text(id) ? domain::text(id, language) : what;
}

std::string roles_text(const LookedEntry& entry, Language language) {
    if (entry.roles().empty()) return domain::text("looked.at_the_server", language);
    std::vector<std::string> names;
    for (const auto& role : entry.roles()) {
        const auto id = "web.role." + lower(role);
        names.push_back(domain::has_text(id) ? domain::text(id, language) : role);
    }
    return report::joined(names, language);
}

ExtractWords extract_words(const LogExtractReleased& released, const std::vector<LookedEntry>& entries,
                           const std::string& diary_number) {
    const auto& given = released.given();
    const auto language = domain::parse_language(given.language()).value_or(Language::Finnish);
    const auto say = [&](std::string_view id, const std::map<std::string, std::string>& args = {}) {
        return domain::text(id, language, args);
    };
    ExtractWords words;
    words.language = language;
    words.on = domain::parse_date(released.released_on()).value_or(domain::Date{});
    words.title = say("extract.title");
    words.opening = {say("extract.opening")};
    words.facts = {
        {say("extract.recipient"), given.recipient()},
        {say("extract.case"), diary_number},
        {say("extract.period"), say("extract.from_until", {{"from", day_text(given.from(), language)},
                                                           {"until", day_text(given.until(), language)}})},
        {say("extract.given_on"), report::written(words.on, language)},
    };
    if (!given.other_cases().empty())
        words.facts.insert(words.facts.begin() + 2,
                           {say("extract.others"), std::to_string(given.other_cases_size())});
    words.table_name = say("extract.table");
    words.head = {say("extract.time"), say("extract.who"), say("extract.what"), say("extract.purpose")};
    std::set<std::uint64_t> withheld;
    for (const auto& one : given.withheld()) withheld.insert(one.position());
    for (const auto& entry : entries)
        if (!withheld.contains(entry.position()))
            words.rows.push_back(row_of(entry, !given.banned_parts_left_out(), language));
    if (words.rows.empty()) words.closing.push_back(say("extract.nothing"));
    if (given.banned_parts_left_out()) words.closing.push_back(say("extract.banned_left_out"));
    if (!withheld.empty()) {
        words.closing.push_back(say("extract.withheld"));
        words.closing.push_back(say("extract.appeal"));
    }
    words.closing.push_back(say("extract.ask"));
    return words;
}

std::string to_plain_text(const ExtractWords& words) {
    std::string text;
    for (const auto& line : {words.organisation, words.letterhead})
        if (!line.empty()) text += line + "\n";
    text += fmt::format("\n{}\n", words.title);
    for (const auto& paragraph : words.opening) text += "\n" + paragraph + "\n";
    text += "\n";
    for (const auto& [name, value] : words.facts) text += fmt::format("{}: {}\n", name, value);
    text += fmt::format("\n{}\n", words.table_name);
    for (const auto& row : words.rows) {
        text += "\n";
        for (std::size_t i = 0; i < row.size(); ++i)
            if (!row[i].empty()) text += fmt::format("{}: {}\n", words.head[i], row[i]);
    }
    for (const auto& paragraph : words.closing) text += "\n" + paragraph + "\n";
    return text;
}

}  // namespace vastine::api
