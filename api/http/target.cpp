#include "api/http/target.hpp"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace vastine::api {

namespace {

bool clean(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Thousandths, or nothing when it is not a qvalue (RFC 9110 §12.4.2).
std::optional<int> quality(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    int value = (text[0] - '0') * 1000;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    int place = 100;
    for (std::size_t i = 2; i < text.size(); ++i, place /= 10) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value += (text[i] - '0') * place;
    }
    return std::min(value, 1000);
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    if (target.size() > 4096) return std::nullopt;
    const auto parsed = boost::urls::parse_origin_form(target);
    if (!parsed) return std::nullopt;
    Target result;
    for (const auto& segment : parsed->segments()) {
        if (!clean(segment)) return std::nullopt;
        result.segments.push_back(segment);
    }
    if (result.segments.size() == 1 && result.segments.front().empty()) result.segments.clear();
    if (result.segments.size() > 12) return std::nullopt;
    for (const auto& parameter : parsed->params()) {
        if (!clean(parameter.key) || !clean(parameter.value)) return std::nullopt;
        if (!result.query.emplace(parameter.key, parameter.value).second) return std::nullopt;
    }
    return result;
}

std::optional<domain::Language> accepted_language(std::string_view header) {
    std::optional<domain::Language> best;
    int best_quality = 0;
    while (!header.empty()) {
        const auto comma = header.find(',');
        auto item = trim(header.substr(0, comma));
        header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
        int weight = 1000;
        if (const auto semicolon = item.find(';'); semicolon != std::string_view::npos) {
            const auto parameter = trim(item.substr(semicolon + 1));
            item = trim(item.substr(0, semicolon));
            if (!parameter.starts_with("q=")) continue;
            weight = quality(parameter.substr(2)).value_or(0);
        }
        std::string code(item.substr(0, item.find('-')));
        std::transform(code.begin(), code.end(), code.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        const auto language = domain::parse_language(code);
        if (language && weight > best_quality) {
            best = language;
            best_quality = weight;
        }
    }
    return best;
}

}  // namespace vastine::api
