#pragma once
// What the columns of a foreign CSV mean: read from a TOML file, checked as a whole before any row.
//
//   source = "permit-log"              name of the system the file comes from
//   encoding = "detect"                detect, utf-8, latin-1
//   delimiter = ","
//   zone = "Europe/Helsinki"           of times that carry no offset
//   day_zone = "Europe/Helsinki"       whose calendar day is stored
//   formats = ["%F %T%Ez", "%F"]       tried in order; without it, ISO 8601 and Finnish forms
//   [fields]
//   external_id = "case"               a column
//   registered = {column = "start", formats = ["%d.%m.%Y"], zone = "UTC"}
//   channel = {column = "how", values = {Desk = "visit"}, default = "other"}
//   who = {default = "client"}         the same for every row
//   [learn]
//   valid_from = "2000-01-01"          of codes and units that --learn-codes adds
//   parent = "sairaala"                the unit above learned units; without it they are departments
//
// A field's own formats and zone go before the file's. A value that stands in no table of values must
// be a code itself, or be learned.

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "api/import/csv_reader.hpp"

namespace vastine::api::import {

// Says which line of the mapping is wrong and what would be right, for the person who wrote it.
struct MappingError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct FieldMapping {
    std::string column;  // empty: only the default
    std::map<std::string, std::string> values;
    std::optional<std::string> otherwise;  // for an empty cell
    std::vector<std::string> formats;
    std::string zone;
};

struct Mapping {
    std::string source;
    CsvOptions csv;
    std::string day_zone = "Europe/Helsinki";
    std::map<std::string, FieldMapping> fields;  // by the names of field_names()
    std::string learn_valid_from = "2000-01-01";
    std::string learn_parent;
};

// Throws MappingError.
[[nodiscard]] Mapping parse_mapping(std::string_view toml);

[[nodiscard]] const std::vector<std::string>& field_names();

}  // namespace vastine::api::import
