#pragma once
// One record of the CSV read through the mapping: the command it stands for, or what is wrong with it.

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "api/execution.hpp"
#include "api/import/mapping.hpp"
#include "api/import/moment.hpp"
#include "domain/schema/casework.pb.h"

namespace vastine::api::import {

struct Row {
    ImportCase command;
    Moment registered;
    std::optional<Moment> due;
    std::optional<Moment> closed;
};
struct RowError {
    std::string column;
    domain::Rejection reason;
};

struct RowSettings {
    Kind kind = NO_KIND;
    domain::Viewer viewer;
    bool learn_codes = false;
    bool dry_run = false;  // what would be learned is kept in this reader's own reference data
};

class RowReader {
public:
    RowReader(Mapping mapping, RowSettings settings, Execution& execution);
    RowReader(const RowReader&) = delete;
    RowReader& operator=(const RowReader&) = delete;

    // Finds the mapped columns. Throws MappingError when one is missing or stands there twice.
    void set_header(const CsvRecord& header);
    // Learns codes and units on the way, where that is asked for.
    [[nodiscard]] std::variant<Row, RowError> read(const CsvRecord& record);

    // The column behind a field path of the command (opening.cause); empty when none is.
    [[nodiscard]] std::string column_of(const std::string& field_path) const;
    [[nodiscard]] const Mapping& mapping() const { return mapping_; }
    [[nodiscard]] const domain::Reference& reference() const { return reference_; }
    [[nodiscard]] const std::vector<std::string>& learned() const { return learned_; }

private:
    struct Field {
        FieldMapping mapping;
        std::optional<std::size_t> place;  // of its column
        std::optional<MomentReader> moments;
        std::unordered_map<std::string, std::string> known;  // cell -> code, as met before
    };
    using Text = std::variant<std::string, RowError>;

    [[nodiscard]] std::string cell(const Field& field, const CsvRecord& record) const;
    [[nodiscard]] std::variant<std::optional<Moment>, RowError> moment(const std::string& name,
                                                                       const CsvRecord& record) const;
    [[nodiscard]] Text code(const std::string& name, Field& field, const CsvRecord& record);
    [[nodiscard]] std::optional<RowError> set_values(ImportCase& command, const CsvRecord& record);
    [[nodiscard]] Text resolve(const std::string& name, const std::string& value, const Field& field);
    [[nodiscard]] std::optional<domain::Rejection> learn_code(const std::string& set, const std::string& code,
                                                              const std::string& name);
    [[nodiscard]] std::optional<domain::Rejection> learn_unit(const std::string& id, const std::string& name);
    [[nodiscard]] std::optional<domain::Rejection> publish(
        const std::string& path, std::unique_ptr<google::protobuf::Message> command);

    Mapping mapping_;
    RowSettings settings_;
    Execution& execution_;
    domain::Reference reference_;
    domain::Date today_;
    std::map<std::string, Field> fields_;
    std::vector<Field*> by_place_;  // in fields_, in the order in which values are set
    std::size_t columns_ = 0;
    std::vector<std::string> learned_;
};

// A code for a name of another system: lower case, a to z and digits, other runs as one hyphen, ä and å
// as a, ö as o; at most 60 characters. Empty when nothing is left of it.
[[nodiscard]] std::string code_for(std::string_view name);

}  // namespace vastine::api::import
