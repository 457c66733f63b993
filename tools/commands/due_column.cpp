#include "tools/commands/due_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "api/import/csv_reader.hpp"
#include "api/import/moment.hpp"
#include "domain/calendar/days_off.hpp"
#include "tools/commands/commands.hpp"

namespace vastine::tools {

namespace {

using api::import::CsvRecord;
using api::import::Damage;

constexpr std::size_t lines_told_max = 20;
constexpr std::size_t buffer_bytes = std::size_t{64} << 10U;
// Most often a quotation mark that is not closed: no row is that long, and the file need not fit in memory.
constexpr std::size_t record_bytes_max = std::size_t{16} << 20U;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string quoted(const std::string& text, char delimiter) {
    if (text.find_first_of(std::string("\"\r\n") + delimiter) == std::string::npos) return text;
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

// A carriage return outside quotation marks ends a record for some programs and not for others.
bool ambiguous(std::string_view row) {
    if (row.find('\r') == std::string_view::npos) return false;
    bool inside = false;
    for (const char c : row) {
        if (c == '"') inside = !inside;
        if (c == '\r' && !inside) return true;
    }
    return false;
}

class Appending {
public:
    Appending(std::ostream& output, const DueColumn& column, const domain::WorkingDays& working)
        : output_(output), column_(column), working_(working) {}

    bool take(const CsvRecord& record);
    void start_with_mark() { buffer_ += byte_order_mark; }
    DueRows finish();

private:
    void take_header(const CsvRecord& record);
    void take_row(const CsvRecord& record);
    std::optional<domain::Date> due(const CsvRecord& record);
    std::optional<domain::Date> date_in(const std::string& text);
    void write(const CsvRecord& record, std::size_t values_missing, std::string_view value);
    void flush();

    std::ostream& output_;
    const DueColumn& column_;
    const domain::WorkingDays& working_;
    // As an import reads them, so that a file means the same to both.
    api::import::MomentReader moments_{{}, "Europe/Helsinki", "Europe/Helsinki"};
    std::string buffer_;
    std::size_t columns_ = 0;  // none before the header
    std::size_t from_ = 0;
    DueRows rows_;
};

bool Appending::take(const CsvRecord& record) {
    if (record.damage == Damage::NotClosed || record.damage == Damage::TooLong)
        throw Failure(fmt::format("line {}: a quotation mark is not closed", record.line));
    columns_ == 0 ? take_header(record) : take_row(record);
    return true;
}

void Appending::take_header(const CsvRecord& record) {
    const auto named = [&](const std::string& name) { return std::ranges::find(record.values, name); };
    const auto from = named(column_.from);
    if (from == record.values.end())
        throw Failure(fmt::format("no column is named '{}'; there are: {}", column_.from,
                                  fmt::join(record.values, ", ")));
    if (named(column_.name) != record.values.end())
        throw Failure(fmt::format("a column is named '{}' already; --name gives another", column_.name));
    columns_ = record.values.size();
    from_ = static_cast<std::size_t>(from - record.values.begin());
    write(record, 0, quoted(column_.name, column_.delimiter));
}

void Appending::take_row(const CsvRecord& record) {
    ++rows_.rows;
    const std::size_t values = record.values.size();
    const auto last_day = values <= columns_ ? due(record) : std::nullopt;
    if (!last_day) {
        ++rows_.without_date;
        if (rows_.first_lines_without_date.size() < lines_told_max)
            rows_.first_lines_without_date.push_back(record.line);
    }
    write(record, columns_ - std::min(columns_, values), last_day ? domain::to_string(*last_day) : "");
}

std::optional<domain::Date> Appending::due(const CsvRecord& record) {
    if (record.values.size() <= from_) return std::nullopt;
    const auto start = date_in(record.values[from_]);
    if (!start || !can_start(*start)) return std::nullopt;
    return domain::end_of(column_.period, *start, working_);
}

std::optional<domain::Date> Appending::date_in(const std::string& text) {
    if (const auto date = domain::parse_date(text)) return date;
    const auto moment = moments_.read(text);
    return moment ? std::optional(moment->day) : std::nullopt;
}

void Appending::write(const CsvRecord& record, std::size_t values_missing, std::string_view value) {
    std::string_view row = record.raw;
    std::string_view ending;
    for (const std::string_view one : {"\r\n", "\n"}) {
        if (!row.ends_with(one)) continue;
        ending = one;
        row.remove_suffix(one.size());
        break;
    }
    if (record.line == 0 || ambiguous(row))
        throw Failure(fmt::format("line {}: a carriage return stands without a line feed", record.line));
    buffer_ += row;
    buffer_.append(values_missing + 1, column_.delimiter);
    buffer_ += value;
    buffer_ += ending;
    if (buffer_.size() >= buffer_bytes) flush();
}

void Appending::flush() {
    output_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    if (!output_) throw Failure("not everything could be written");
    buffer_.clear();
}

DueRows Appending::finish() {
    if (columns_ == 0) throw Failure("the file is empty: a header line comes first");
    flush();
    return rows_;
}

// What stands before the header belongs to the file, and the reader takes it away.
bool marked(std::istream& input) {
    for (const char byte : byte_order_mark) {
        if (input.peek() != static_cast<unsigned char>(byte)) return false;
        input.get();
    }
    return true;
}

}  // namespace

bool can_start(domain::Date date) {
    const int year = domain::year_of(date);
    return year >= domain::first_known_year && year <= domain::last_known_year;
}

std::string known_years() {
    return fmt::format("{}-{}", domain::first_known_year, domain::last_known_year);
}

DueRows append_due_column(std::istream& input, std::ostream& output, const DueColumn& column,
                          const domain::WorkingDays& working) {
    Appending appending(output, column, working);
    api::import::CsvOptions options;
    options.delimiter = column.delimiter;
    options.record_bytes_max = record_bytes_max;
    if (marked(input)) {
        appending.start_with_mark();
        options.encoding = api::import::Encoding::Utf8;
    }
    api::import::read_csv(input, options, [&](CsvRecord& record) { return appending.take(record); });
    return appending.finish();
}

}  // namespace vastine::tools
