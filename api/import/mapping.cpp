#include "api/import/mapping.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <set>

#include "api/import/moment.hpp"
#include "domain/calendar/date.hpp"

namespace vastine::api::import {

namespace {

[[noreturn]] void fail(const toml::node& node, const std::string& text) {
    throw MappingError(fmt::format("mapping, line {}: {}", node.source().begin.line, text));
}

std::string text_at(const toml::node& node, std::string_view what) {
    if (const auto* value = node.as_string()) return value->get();
    fail(node, fmt::format("{} must be a text in quotation marks", what));
}

std::vector<std::string> texts_at(const toml::node& node, std::string_view what) {
    const auto* list = node.as_array();
    if (list == nullptr) fail(node, fmt::format("{} must be a list of texts", what));
    std::vector<std::string> all;
    for (const auto& item : *list) all.push_back(text_at(item, what));
    if (all.empty()) fail(node, fmt::format("{} is empty", what));
    return all;
}

const std::set<std::string>& moment_fields() {
    static const std::set<std::string> names = {"registered", "asked", "due", "closed"};
    return names;
}

// Other words that people use for the same field.
std::string field_name(const toml::node& node, std::string_view given) {
    if (given == "forwarded") return "asked";
    if (given == "answered") return "closed";
    if (given == "maker") return "who";
    if (std::ranges::find(field_names(), given) == field_names().end()) {
        fail(node, fmt::format("'{}' is no field; the fields are {}", given, fmt::join(field_names(), ", ")));
    }
    return std::string(given);
}

FieldMapping field_at(const toml::node& node, const std::string& name) {
    FieldMapping field;
    if (node.is_string()) {
        field.column = text_at(node, name);
        return field;
    }
    const auto* table = node.as_table();
    if (table == nullptr) fail(node, fmt::format("{} must be a column's name or a table", name));
    for (const auto& [key, value] : *table) {
        if (key == "column") {
            field.column = text_at(value, name + ".column");
        } else if (key == "default") {
            field.otherwise = text_at(value, name + ".default");
        } else if (key == "values" && value.is_table()) {
            for (const auto& [from, to] : *value.as_table()) {
                field.values.emplace(std::string(from.str()), text_at(to, name + ".values"));
            }
        } else if (key == "formats" && moment_fields().contains(name)) {
            field.formats = texts_at(value, name + ".formats");
        } else if (key == "zone" && moment_fields().contains(name)) {
            field.zone = text_at(value, name + ".zone");
        } else {
            fail(value,
                 fmt::format("'{}' means nothing to the field {}; known are column, default, values{}",
                             key.str(), name, moment_fields().contains(name) ? ", formats, zone" : ""));
        }
    }
    if (field.column.empty() && !field.otherwise)
        fail(node, fmt::format("{} needs a column or a default", name));
    return field;
}

void check_moments(const toml::node& node, const std::vector<std::string>& formats, const std::string& zone,
                   const std::string& day_zone) {
    try {
        (void)MomentReader(formats, zone, day_zone);
    } catch (const std::invalid_argument& wrong) {
        fail(node, wrong.what());
    }
}

Mapping read(const toml::table& file) {
    Mapping mapping;
    std::vector<std::string> formats;
    std::string zone = "Europe/Helsinki";
    const toml::table* fields = nullptr;
    for (const auto& [key, value] : file) {
        if (key == "source") {
            mapping.source = text_at(value, "source");
        } else if (key == "encoding") {
            const auto name = text_at(value, "encoding");
            if (name != "detect" && name != "utf-8" && name != "latin-1") {
                fail(value, "encoding is detect, utf-8 or latin-1");
            }
            mapping.csv.encoding = name == "detect"  ? Encoding::Detect
                                   : name == "utf-8" ? Encoding::Utf8
                                                     : Encoding::Latin1;
        } else if (key == "delimiter") {
            const auto text = text_at(value, "delimiter");
            if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r") {
                fail(value, "delimiter is one character, such as ; or a tab (\\t)");
            }
            mapping.csv.delimiter = text.front();
        } else if (key == "zone") {
            zone = text_at(value, "zone");
            check_moments(value, {}, zone, zone);
        } else if (key == "day_zone") {
            mapping.day_zone = text_at(value, "day_zone");
            check_moments(value, {}, mapping.day_zone, mapping.day_zone);
        } else if (key == "formats") {
            formats = texts_at(value, "formats");
        } else if (key == "fields" && value.is_table()) {
            fields = value.as_table();
        } else if (key == "learn" && value.is_table()) {
            for (const auto& [name, setting] : *value.as_table()) {
                if (name == "valid_from") {
                    mapping.learn_valid_from = text_at(setting, "learn.valid_from");
                    if (!domain::parse_date(mapping.learn_valid_from))
                        fail(setting, "learn.valid_from is no date");
                } else if (name == "parent") {
                    mapping.learn_parent = text_at(setting, "learn.parent");
                } else {
                    fail(setting, fmt::format("'{}' means nothing in [learn]; known are valid_from, parent",
                                              name.str()));
                }
            }
        } else {
            fail(value,
                 fmt::format("'{}' is not known; known are source, encoding, delimiter, zone, day_zone, "
                             "formats, [fields], [learn]",
                             key.str()));
        }
    }
    if (fields == nullptr) throw MappingError("mapping: [fields] is missing");
    for (const auto& [key, value] : *fields) {
        const auto name = field_name(value, key.str());
        auto field = field_at(value, name);
        if (moment_fields().contains(name)) {
            if (field.formats.empty()) field.formats = formats;
            if (field.zone.empty()) field.zone = zone;
            check_moments(value, field.formats, field.zone, mapping.day_zone);
        }
        if (!mapping.fields.emplace(name, std::move(field)).second) {
            fail(value, fmt::format("{} is given twice", name));
        }
    }
    for (const char* needed : {"external_id", "registered"}) {
        const auto found = mapping.fields.find(needed);
        if (found == mapping.fields.end() || found->second.column.empty()) {
            throw MappingError(fmt::format("mapping: [fields] must name a column for {}", needed));
        }
    }
    return mapping;
}

}  // namespace

const std::vector<std::string>& field_names() {
    static const std::vector<std::string> names = {
        "external_id",  "diary_number", "registered", "asked",     "due",         "closed",       "cause",
        "unit",         "channel",      "who",        "outcome",   "language",    "municipality", "sector",
        "service_task", "provider",     "subject",    "authority", "request_kind"};
    return names;
}

Mapping parse_mapping(std::string_view text) {
    try {
        return read(toml::parse(text));
    } catch (const toml::parse_error& wrong) {
        throw MappingError(
            fmt::format("mapping, line {}: {}", wrong.source().begin.line, wrong.description()));
    }
}

}  // namespace vastine::api::import
