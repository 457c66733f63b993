#pragma once
// A report's forms as files: what a reader of the API or of the command line is handed.
//
// HTML, JSON and CSV are written by the report itself, a workbook and an archive by libraries; a tagged PDF
// is printed by Chromium and a text document made by pandoc, each a child process that reaches no network and
// is given a private folder, removed afterwards. The same report gives the same bytes in one installation.

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "api/destruction/certificate_words.hpp"
#include "api/log_extracts/log_extract.hpp"
#include "api/receipts/receipt_words.hpp"
#include "domain/calendar/date.hpp"
#include "projections/report/report.hpp"

namespace vastine::api::rendering {

struct Form {
    std::string_view name;  // as `format` says it; also the end of the file's name
    std::string_view media_type;
};
// In the order in which they are offered.
[[nodiscard]] const std::vector<Form>& forms();
[[nodiscard]] const Form* form(std::string_view name);  // nullptr: not known

// A program that is not installed, did not end in time or failed. What it says holds nothing of a report.
class Failed : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Others came first, and there are too many of them.
class Busy : public Failed {
public:
    using Failed::Failed;
};

// Blocks until the file is made: seconds for pdf and docx, of which one is made at a time and the next waits
// as long as its patience lasts. Throws Failed. A form that is not known is a bug and throws
// std::out_of_range.
[[nodiscard]] std::string render(const projections::report::Report& report, std::string_view form_name,
                                 std::chrono::seconds patience = std::chrono::seconds(20));

// A letter of the organisation, as a tagged PDF of its own look.
struct LetterPage {
    std::string organisation;
    std::string letterhead;  // address lines; may be empty
    std::string title;       // what kind of letter it is
    std::string markdown;    // cleaned here: see prose_of
    domain::Language language = domain::Language::Finnish;
    domain::Date on;  // that the letter bears
};
// Takes its turn with the reports that are printed, of which one is at a time; a letter that would be the
// fifth to wait is refused at once, so that letters never hold all who answer. Throws Failed.
[[nodiscard]] std::string render(const LetterPage& letter,
                                 std::chrono::seconds patience = std::chrono::seconds(20));

// A receipt on one page, with its proof as a QR code too. Takes its turn like a letter. Throws Failed.
[[nodiscard]] std::string render(const ReceiptWords& receipt,
                                 std::chrono::seconds patience = std::chrono::seconds(20));

// A certificate of destruction. Takes its turn like a letter. Throws Failed.
[[nodiscard]] std::string render(const CertificateWords& certificate,
                                 std::chrono::seconds patience = std::chrono::seconds(20));

// A person's extract of the access log. Takes its turn like a letter. Throws Failed.
[[nodiscard]] std::string render(const ExtractWords& extract,
                                 std::chrono::seconds patience = std::chrono::seconds(20));

// Single forms; render() is the way in for callers.
// Open data as one archive: the figures as CSV, their dictionary, and both described for programs (CSVW).
[[nodiscard]] std::string to_open_data(const projections::report::Report& report);
[[nodiscard]] std::string to_xlsx(const projections::report::Report& report);
[[nodiscard]] std::string to_docx(const projections::report::Report& report);
[[nodiscard]] std::string to_pdf(const projections::report::Report& report);
[[nodiscard]] std::string to_pdf(const LetterPage& letter);
[[nodiscard]] std::string to_pdf(const ReceiptWords& receipt);
[[nodiscard]] std::string to_pdf(const CertificateWords& certificate);
[[nodiscard]] std::string to_pdf(const ExtractWords& extract);

}  // namespace vastine::api::rendering
