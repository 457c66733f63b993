#pragma once
// Reads CSV (RFC 4180) record by record in constant memory: quoted newlines, CRLF and LF, a byte order
// mark, UTF-8 or Latin-1. libcsv does the parsing; this adds line numbers, encodings and limits.

#include <cstdint>
#include <functional>
#include <istream>
#include <string>
#include <vector>

namespace vastine::api::import {

enum class Encoding {
    Detect,  // the first value that is not plain ASCII decides for the whole file
    Utf8,
    Latin1,  // read as Windows-1252, its superset
};

enum class Damage {
    None,
    NotClosed,  // the file ends inside a quoted value
    TooLong,    // a record over the limit; most often a quotation mark that is not closed
    NotUtf8,
};

struct CsvRecord {
    std::uint64_t line = 0;           // where it begins, from 1
    std::vector<std::string> values;  // UTF-8
    std::string raw;                  // as it stood in the file, for the rejects
    Damage damage = Damage::None;
};

struct CsvOptions {
    char delimiter = ',';
    Encoding encoding = Encoding::Detect;
    std::size_t record_bytes_max = std::size_t{1} << 20U;
};

// Calls `take` with each record that is not an empty line; false stops the reading. `bytes_read` is
// told now and then. Throws std::runtime_error when the stream fails or holds UTF-16.
void read_csv(std::istream& input, const CsvOptions& options, const std::function<bool(CsvRecord&)>& take,
              const std::function<void(std::uint64_t bytes_read)>& progress = {});

}  // namespace vastine::api::import
