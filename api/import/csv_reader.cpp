#include "api/import/csv_reader.hpp"

#include <csv.h>

#include <array>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "api/utf8.hpp"

namespace vastine::api::import {

namespace {

// Windows-1252 0x80 to 0x9F as code points; holes stay what they are in Latin-1.
constexpr std::array<char32_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append_utf8(std::string& to, char32_t point) {
    if (point < 0x80) {
        to += static_cast<char>(point);
    } else if (point < 0x800) {
        to += static_cast<char>(0xC0U | (point >> 6U));
        to += static_cast<char>(0x80U | (point & 0x3FU));
    } else {
        to += static_cast<char>(0xE0U | (point >> 12U));
        to += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
        to += static_cast<char>(0x80U | (point & 0x3FU));
    }
}

std::string from_latin_1(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(text, byte >= 0x80 && byte < 0xA0 ? windows_1252.at(byte - 0x80U) : char32_t{byte});
    }
    return text;
}

bool is_ascii(std::string_view bytes) {
    for (const char c : bytes) {
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    }
    return true;
}

struct Parser {
    csv_parser csv{};
    Parser() {
        if (csv_init(&csv, 0) != 0) throw std::runtime_error("the CSV parser did not start");
        // Blanks belong to the value (RFC 4180 §2.4).
        csv_set_space_func(&csv, [](unsigned char) { return 0; });
    }
    ~Parser() { csv_free(&csv); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
};

class Reader {
public:
    Reader(std::istream& input, const CsvOptions& options, const std::function<bool(CsvRecord&)>& take)
        : input_(input), options_(options), take_(take), encoding_(options.encoding) {
        start_parser();
    }
    void run(const std::function<void(std::uint64_t)>& progress);

private:
    void start_parser() {
        parser_ = std::make_unique<Parser>();
        csv_set_delim(&parser_->csv, static_cast<unsigned char>(options_.delimiter));
    }
    void feed(std::string_view piece);
    void value(std::string_view bytes) { record_.values.emplace_back(bytes); }
    void end_of_record() noexcept;
    void hand_over(Damage damage);

    std::istream& input_;
    const CsvOptions& options_;
    const std::function<bool(CsvRecord&)>& take_;
    Encoding encoding_;
    std::unique_ptr<Parser> parser_;
    CsvRecord record_;
    bool begun_ = false;
    bool wanted_ = true;
    bool cut_off_ = false;  // within the line in which a record became too long
    std::uint64_t line_ = 1;
    std::exception_ptr thrown_;  // by `take`: nothing may be thrown through the parser, which is C
};

// Values are decoded when the record is whole: a quoted newline may stand anywhere in it.
void Reader::hand_over(Damage damage) {
    record_.damage = damage;
    for (auto& text : record_.values) {
        if (is_ascii(text)) continue;
        if (encoding_ == Encoding::Detect) encoding_ = is_utf8(text) ? Encoding::Utf8 : Encoding::Latin1;
        if (encoding_ == Encoding::Latin1) {
            text = from_latin_1(text);
        } else if (!is_utf8(text)) {
            record_.damage = Damage::NotUtf8;
        }
    }
    if (wanted_) wanted_ = take_(record_);
    record_ = {};
    begun_ = false;
}

void Reader::end_of_record() noexcept {
    try {
        hand_over(Damage::None);
    } catch (...) {
        thrown_ = std::current_exception();
        wanted_ = false;
    }
}

void Reader::feed(std::string_view piece) {
    if (!begun_) {
        if (piece == "\n" || piece == "\r\n" || piece == "\r") return;
        begun_ = true;
        record_.line = line_;
    }
    record_.raw += piece;
    csv_parse(
        &parser_->csv, piece.data(), piece.size(),
        [](void* bytes, std::size_t size, void* self) {
            static_cast<Reader*>(self)->value({static_cast<const char*>(bytes), size});
        },
        [](int, void* self) { static_cast<Reader*>(self)->end_of_record(); }, this);
    if (thrown_) std::rethrow_exception(thrown_);
    if (csv_error(&parser_->csv) != CSV_SUCCESS) throw std::bad_alloc();
    if (begun_ && record_.raw.size() > options_.record_bytes_max) {
        // What follows is read afresh from the next line: the damage stays in one record.
        record_.values.clear();
        hand_over(Damage::TooLong);
        start_parser();
        cut_off_ = !piece.ends_with('\n');
    }
}

void Reader::run(const std::function<void(std::uint64_t)>& progress) {
    std::string buffer(std::size_t{64} << 10U, '\0');
    std::uint64_t bytes = 0;
    while (wanted_ && input_) {
        input_.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        std::string_view piece(buffer.data(), static_cast<std::size_t>(input_.gcount()));
        if (bytes == 0) {
            if (piece.starts_with("\xFF\xFE") || piece.starts_with("\xFE\xFF")) {
                throw std::runtime_error("the file is UTF-16; save it as UTF-8");
            }
            if (piece.starts_with("\xEF\xBB\xBF")) {
                piece.remove_prefix(3);
                bytes += 3;
                if (encoding_ == Encoding::Detect) encoding_ = Encoding::Utf8;
            }
        }
        bytes += piece.size();
        while (wanted_ && !piece.empty()) {
            const auto end = piece.find('\n');
            const auto line = piece.substr(0, end == std::string_view::npos ? piece.size() : end + 1);
            if (cut_off_) {
                cut_off_ = end == std::string_view::npos;
            } else {
                feed(line);
            }
            if (end != std::string_view::npos) ++line_;
            piece.remove_prefix(line.size());
        }
        if (progress) progress(bytes);
    }
    if (input_.bad()) throw std::runtime_error("the file could not be read to its end");
    if (!wanted_) return;
    // Strict only now: a quotation mark inside a value is no damage, one that is never closed is.
    csv_set_opts(&parser_->csv, CSV_STRICT | CSV_STRICT_FINI);
    const int closed = csv_fini(
        &parser_->csv,
        [](void* text, std::size_t size, void* self) {
            static_cast<Reader*>(self)->value({static_cast<const char*>(text), size});
        },
        [](int, void* self) { static_cast<Reader*>(self)->end_of_record(); }, this);
    if (thrown_) std::rethrow_exception(thrown_);
    if (closed != 0 && begun_) hand_over(Damage::NotClosed);
}

}  // namespace

void read_csv(std::istream& input, const CsvOptions& options, const std::function<bool(CsvRecord&)>& take,
              const std::function<void(std::uint64_t)>& progress) {
    Reader(input, options, take).run(progress);
}

}  // namespace vastine::api::import
