#include "api/import/row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "api/json.hpp"
#include "domain/schema/reference.pb.h"

namespace vastine::api::import {

namespace {

using domain::Reason;
using domain::Rejection;

struct Place {
    std::string_view name;  // of the field in the mapping
    std::string_view path;  // in the command
    // Null for days and times, which are read in another way.
    void (*set)(ImportCase& command, std::string&& value) = nullptr;
};
constexpr std::array<Place, 19> places = {{
    {"external_id", "opening.external_id",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_external_id(std::move(v)); }},
    {"diary_number", "opening.diary_number",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_diary_number(std::move(v)); }},
    {"registered", "opening.arrived_on"},
    {"asked", "asked_on"},
    {"due", "due_by"},
    {"closed", "closed_on"},
    {"cause", "opening.cause",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_cause(std::move(v)); }},
    {"unit", "opening.units",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->add_units(std::move(v)); }},
    {"channel", "opening.channel",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_channel(std::move(v)); }},
    {"who", "opening.maker",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_maker(std::move(v)); }},
    {"outcome", "outcome", [](ImportCase& c, std::string&& v) { c.set_outcome(std::move(v)); }},
    {"language", "opening.language",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_language(std::move(v)); }},
    {"municipality", "opening.municipality",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_municipality(std::move(v)); }},
    {"sector", "opening.sectors",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->add_sectors(std::move(v)); }},
    {"service_task", "opening.service_task",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_service_task(std::move(v)); }},
    {"provider", "opening.provider",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_provider(std::move(v)); }},
    {"subject", "opening.subject",
     [](ImportCase& c, std::string&& v) { c.mutable_opening()->set_subject(std::move(v)); }},
    {"authority", "authority", [](ImportCase& c, std::string&& v) { c.set_authority(std::move(v)); }},
    {"request_kind", "request_kind",
     [](ImportCase& c, std::string&& v) { c.set_request_kind(std::move(v)); }},
}};

// The code set a field's values must be in; empty for free text and for what the case's kind decides.
std::string code_set_of(std::string_view field, Kind kind) {
    if (field == "cause") return kind == CONTACT ? "cause_contact" : "cause";
    if (field == "channel") return "channel";
    if (field == "who") return "maker";
    if (field == "language" || field == "sector" || field == "service_task" || field == "provider" ||
        field == "request_kind") {
        return std::string(field);
    }
    if (field == "outcome" && kind == REMINDER) return "reminder_outcome";
    if (field == "outcome" && kind == COMPLAINT) return "complaint_outcome";
    return {};
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace

std::string code_for(std::string_view name) {
    std::string code;
    for (std::size_t i = 0; i < name.size() && code.size() < 60; ++i) {
        char c = name[i];
        if (c == '\xC3' && i + 1 < name.size()) {
            const char next = name[++i];
            c = next == '\xA4' || next == '\x84' || next == '\xA5' || next == '\x85' ? 'a'
                : next == '\xB6' || next == '\x96'                                   ? 'o'
                : next == '\xA9' || next == '\x89'                                   ? 'e'
                                                                                     : '-';
        }
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            code += c;
        } else if (!code.empty() && code.back() != '-') {
            code += '-';
        }
    }
    while (!code.empty() && code.back() == '-') code.pop_back();
    return code;
}

RowReader::RowReader(Mapping mapping, RowSettings settings, Execution& execution)
    : mapping_(std::move(mapping)),
      settings_(std::move(settings)),
      execution_(execution),
      reference_(execution.reference()),
      today_(domain::helsinki_date(execution.now())) {
    for (const auto& [name, given] : mapping_.fields) {
        Field field{given, {}, {}, {}};
        if (name == "registered" || name == "asked" || name == "due" || name == "closed") {
            field.moments.emplace(given.formats, given.zone, mapping_.day_zone);
        }
        fields_.emplace(name, std::move(field));
    }
    for (const auto& place : places) {
        const auto found = fields_.find(std::string(place.name));
        by_place_.push_back(found == fields_.end() ? nullptr : &found->second);
    }
}

void RowReader::set_header(const CsvRecord& header) {
    columns_ = header.values.size();
    for (auto& [name, field] : fields_) {
        if (field.mapping.column.empty()) continue;
        for (std::size_t i = 0; i < columns_; ++i) {
            if (trimmed(header.values[i]) != field.mapping.column) continue;
            if (field.place) {
                throw MappingError(fmt::format("the file has two columns '{}'", field.mapping.column));
            }
            field.place = i;
        }
        if (!field.place) {
            throw MappingError(fmt::format("{}: the file has no column '{}'; is the delimiter '{}' right?",
                                           name, field.mapping.column, mapping_.csv.delimiter));
        }
    }
}

std::string RowReader::cell(const Field& field, const CsvRecord& record) const {
    std::string text;
    if (field.place) text = trimmed(record.values[*field.place]);
    if (text.empty()) return field.mapping.otherwise.value_or("");
    const auto mapped = field.mapping.values.find(text);
    return mapped == field.mapping.values.end() ? text : mapped->second;
}

std::variant<std::optional<Moment>, RowError> RowReader::moment(const std::string& name,
                                                                const CsvRecord& record) const {
    const auto found = fields_.find(name);
    if (found == fields_.end()) return std::optional<Moment>();
    const auto text = cell(found->second, record);
    if (text.empty()) return std::optional<Moment>();
    auto read = found->second.moments->read(text);
    if (!read) return RowError{found->second.mapping.column, {Reason::Invalid, "import.not_a_date", {}, {}}};
    return read;
}

std::optional<Rejection> RowReader::publish(const std::string& path,
                                            std::unique_ptr<google::protobuf::Message> command) {
    CommandRequest request;
    request.viewer = settings_.viewer;
    request.kind = REFERENCE;
    request.path = path;
    request.command = std::move(command);
    request.command_id = new_uuid();
    auto answer = execution_.execute(std::move(request));
    if (!answer) return answer.error();
    reference_ = execution_.reference();
    return std::nullopt;
}

std::optional<Rejection> RowReader::learn_code(const std::string& set, const std::string& code,
                                               const std::string& name) {
    const auto* current = reference_.code_set(set, today_);
    if (current == nullptr) return Rejection{Reason::Invalid, "import.unknown_code", {{"codes", set}}, {}};
    auto next = std::make_unique<PublishCodeSet>(current->given);
    next->set_valid_from(std::max(next->valid_from(), mapping_.learn_valid_from));
    auto* added = next->add_codes();
    added->set_code(code);
    added->mutable_name()->set_fi(name);
    added->mutable_name()->set_sv(name);
    added->mutable_name()->set_en(name);
    if (settings_.dry_run) {
        CodeSetPublished published;
        *published.mutable_given() = *next;
        published.set_version(current->version + 1);
        reference_.apply(published);
    } else if (auto refused = publish("code-sets", std::move(next))) {
        return refused;
    }
    learned_.push_back(set + " " + code);
    return std::nullopt;
}

std::optional<Rejection> RowReader::learn_unit(const std::string& id, const std::string& name) {
    auto unit = std::make_unique<SetUnit>();
    unit->set_unit_id(id);
    unit->set_parent(mapping_.learn_parent);
    unit->mutable_name()->set_fi(name);
    unit->mutable_name()->set_sv(name);
    unit->mutable_name()->set_en(name);
    unit->set_valid_from(mapping_.learn_valid_from);
    if (settings_.dry_run) {
        UnitSet set;
        *set.mutable_given() = *unit;
        reference_.apply(set);
    } else if (auto refused = publish("units", std::move(unit))) {
        return refused;
    }
    learned_.push_back("unit " + id);
    return std::nullopt;
}

// The value is a code, or the name of one learned before, or one to learn.
RowReader::Text RowReader::resolve(const std::string& name, const std::string& value, const Field& field) {
    const auto wrong = [&](Rejection reason) {
        return RowError{field.mapping.column.empty() ? name : field.mapping.column, std::move(reason)};
    };
    const std::string learned = code_for(value);
    if (name == "unit") {
        if (reference_.unit(value) != nullptr) return value;
        if (!learned.empty() && reference_.unit(learned) != nullptr) return learned;
        if (!settings_.learn_codes || learned.empty()) {
            return wrong({Reason::Invalid, "import.unknown_unit", {}, {}});
        }
        if (auto refused = learn_unit(learned, value)) return wrong(std::move(*refused));
        return learned;
    }
    if (name == "authority") {
        if (reference_.authority(value) != nullptr) return value;
        return wrong({Reason::Invalid, "import.unknown_authority", {}, {}});
    }
    const auto set = code_set_of(name, settings_.kind);
    if (set.empty() || reference_.code_valid(set, value, today_)) return value;
    if (!learned.empty() && reference_.code_valid(set, learned, today_)) return learned;
    if (!settings_.learn_codes || learned.empty()) {
        return wrong({Reason::Invalid, "import.unknown_code", {{"codes", set}}, {}});
    }
    if (auto refused = learn_code(set, learned, value)) return wrong(std::move(*refused));
    return learned;
}

RowReader::Text RowReader::code(const std::string& name, Field& field, const CsvRecord& record) {
    const auto value = cell(field, record);
    if (value.empty()) return std::string();
    if (const auto known = field.known.find(value); known != field.known.end()) return known->second;
    auto resolved = resolve(name, value, field);
    // Few values recur in very many rows; many values are not worth keeping.
    if (const auto* text = std::get_if<std::string>(&resolved);
        text != nullptr && field.known.size() < 10'000) {
        field.known.emplace(value, *text);
    }
    return resolved;
}

// In the order of the places: that of the errors, where a row has several.
std::optional<RowError> RowReader::set_values(ImportCase& command, const CsvRecord& record) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto* field = by_place_[i];
        if (field == nullptr || field->moments) continue;
        auto value = code(std::string(places[i].name), *field, record);
        if (auto* wrong = std::get_if<RowError>(&value)) return std::move(*wrong);
        auto& text = std::get<std::string>(value);
        if (!text.empty()) places[i].set(command, std::move(text));
    }
    return std::nullopt;
}

std::variant<Row, RowError> RowReader::read(const CsvRecord& record) {
    switch (record.damage) {
        case Damage::None:
            break;
        case Damage::NotClosed:
            return RowError{"", {Reason::Invalid, "import.not_closed", {}, {}}};
        case Damage::TooLong:
            return RowError{"", {Reason::Invalid, "import.too_long", {}, {}}};
        case Damage::NotUtf8:
            return RowError{"", {Reason::Invalid, "import.not_utf8", {}, {}}};
    }
    if (record.values.size() != columns_) {
        return RowError{
            "",
            {Reason::Invalid,
             "import.columns",
             {{"expected", std::to_string(columns_)}, {"found", std::to_string(record.values.size())}},
             {}}};
    }
    Row row;
    auto& command = row.command;
    auto& opening = *command.mutable_opening();
    command.set_source(mapping_.source);

    std::optional<Moment> asked;
    std::optional<Moment> registered;
    for (const auto& [name, target] :
         {std::pair<const char*, std::optional<Moment>*>{"registered", &registered},
          {"asked", &asked},
          {"due", &row.due},
          {"closed", &row.closed}}) {
        auto read = moment(name, record);
        if (auto* wrong = std::get_if<RowError>(&read)) return std::move(*wrong);
        *target = std::get<std::optional<Moment>>(read);
    }
    if (!registered) {
        return RowError{column_of("opening.arrived_on"), {Reason::Invalid, "import.value_missing", {}, {}}};
    }
    row.registered = *registered;
    const auto before = [&](const Moment& moment) {
        return moment.at && registered->at ? *moment.at < *registered->at : moment.day < registered->day;
    };
    if (row.closed && before(*row.closed)) {
        return RowError{column_of("closed_on"), {Reason::Invalid, "import.ended_before_start", {}, {}}};
    }
    opening.set_arrived_on(domain::to_string(registered->day));
    if (registered->at) *command.mutable_arrived_at() = timestamp(*registered->at);
    if (asked) command.set_asked_on(domain::to_string(asked->day));
    if (row.due) {
        command.set_due_by(domain::to_string(row.due->day));
        if (row.due->at) *command.mutable_due_at() = timestamp(*row.due->at);
    }
    if (row.closed) {
        command.set_closed_on(domain::to_string(row.closed->day));
        if (row.closed->at) *command.mutable_closed_at() = timestamp(*row.closed->at);
    }

    if (auto wrong = set_values(command, record)) return std::move(*wrong);
    if (opening.external_id().empty()) {
        return RowError{column_of("opening.external_id"), {Reason::Invalid, "import.value_missing", {}, {}}};
    }
    return row;
}

std::string RowReader::column_of(const std::string& field_path) const {
    for (const auto& place : places) {
        if (!field_path.starts_with(place.path)) continue;
        const auto found = fields_.find(std::string(place.name));
        if (found == fields_.end() || found->second.mapping.column.empty()) return std::string(place.name);
        return found->second.mapping.column;
    }
    return field_path;
}

}  // namespace vastine::api::import
