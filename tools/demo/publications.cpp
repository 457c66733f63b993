#include <fmt/format.h>

#include <charconv>
#include <set>
#include <sstream>
#include <stdexcept>

#include "api/json.hpp"
#include "domain/cases/kinds.hpp"
#include "tools/demo/data.hpp"
#include "tools/demo/draw.hpp"
#include "tools/demo/plan.hpp"

namespace vastine::tools::demo {
namespace {

constexpr std::uint64_t kSeed = 20190301;
constexpr std::string_view kToday = "today";
// What says who gives a command and which, and is no field of it.
const std::set<std::string_view> kAboutTheStep{"by", "path", "steps"};

// "today" and "today+200" are days; any other text is what it is.
std::string dated(const std::string& text, domain::Date today) {
    if (!text.starts_with(kToday)) return text;
    const auto later = text.substr(kToday.size());
    int days = 0;
    if (!later.empty()) {
        const auto* const end = later.data() + later.size();
        const auto read = std::from_chars(later.data() + 1, end, days);
        if (later.front() != '+' || read.ec != std::errc() || read.ptr != end) return text;
    }
    return domain::to_string(today + std::chrono::days(days));
}

// A command as the API takes it, from its lines in the data file.
std::shared_ptr<const google::protobuf::Message> command(const toml::table& entry, const std::string& path,
                                                         domain::Date today) {
    const auto* known = domain::command(PUBLICATION, path);
    if (known == nullptr) throw std::runtime_error("demo data: no command " + path);
    toml::table fields;
    for (const auto& [key, value] : entry) {
        if (kAboutTheStep.contains(key.str())) continue;
        if (const auto text = value.value<std::string>()) {
            fields.insert(key, dated(*text, today));
        } else {
            fields.insert(key, value);
        }
    }
    std::ostringstream json;
    json << toml::json_formatter(fields);
    std::shared_ptr<google::protobuf::Message> message(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(known->message)->New());
    if (const auto read = api::read_json(json.str(), *message); !read)
        throw std::runtime_error("demo data: " + path + ": " + read.error().text + " " + read.error().field);
    return message;
}

}  // namespace

std::vector<Step> publications(domain::Date today) {
    const auto data = read_data("publications.toml");
    Draw draw(kSeed);
    std::vector<Step> steps;
    for (const auto& publication : *data["publications"].as_array()) {
        const auto& opening = *publication.as_table();
        const auto id = draw.uuid();
        steps.push_back({PUBLICATION, id, "", text_at(opening, "by"), 0, command(opening, "", today)});
        for (const auto& each : *opening["steps"].as_array()) {
            const auto& step = *each.as_table();
            const auto path = text_at(step, "path");
            steps.push_back({PUBLICATION, id, path, text_at(step, "by"), 1, command(step, path, today)});
        }
    }
    return steps;
}

}  // namespace vastine::tools::demo
