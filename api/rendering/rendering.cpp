#include "api/rendering/rendering.hpp"

#include <algorithm>
#include <mutex>
#include <semaphore>

#include "api/rendering/instant.hpp"
#include "api/rendering/zip.hpp"

namespace vastine::api::rendering {

namespace report = projections::report;

const std::vector<Form>& forms() {
    static const std::vector<Form> all = {
        {"html", "text/html; charset=utf-8"},
        {"pdf", "application/pdf"},
        {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"csv", "text/csv; charset=utf-8"},
        {"zip", "application/zip"},
        {"json", "application/json"}};
    return all;
}

const Form* form(std::string_view name) {
    const auto found =
        std::find_if(forms().begin(), forms().end(), [&](const Form& each) { return each.name == name; });
    return found == forms().end() ? nullptr : &*found;
}

namespace {

// A browser takes a few hundred megabytes: many readers at once must not take them many times.
std::timed_mutex& one_at_a_time() {
    static std::timed_mutex mutex;
    return mutex;
}

std::unique_lock<std::timed_mutex> take_turn(std::chrono::seconds patience) {
    std::unique_lock lock(one_at_a_time(), patience);
    if (!lock) throw Busy("other files are being made; try again in a moment");
    return lock;
}

constexpr std::ptrdiff_t kLettersWaiting = 4;

// A place among the letters that wait.
class Place {
public:
    Place() {
        if (!places().try_acquire()) throw Busy("too many letters are waiting; try again in a moment");
    }
    ~Place() { places().release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    static std::counting_semaphore<kLettersWaiting>& places() {
        static std::counting_semaphore<kLettersWaiting> all(kLettersWaiting);
        return all;
    }
};

}  // namespace

std::string to_open_data(const report::Report& report) {
    // The name under which "CSV on the Web" looks for what describes the files beside it.
    return zipped({{"figures.csv", report::to_csv(report)},
                   {"dictionary.csv", report::to_dictionary_csv(report)},
                   {"csv-metadata.json", report::to_csv_metadata(report)}},
                  seconds_of(report));
}

std::string render(const report::Report& report, std::string_view form_name, std::chrono::seconds patience) {
    if (form_name == "html") return report::to_html(report);
    if (form_name == "json") return report::to_json(report);
    if (form_name == "csv") return report::to_csv(report);
    if (form_name == "zip") return to_open_data(report);
    if (form_name == "xlsx") return to_xlsx(report);
    if (form_name != "pdf" && form_name != "docx") throw std::out_of_range("a form that nobody knows");
    const auto turn = take_turn(patience);
    return form_name == "pdf" ? to_pdf(report) : to_docx(report);
}

std::string render(const LetterPage& letter, std::chrono::seconds patience) {
    const Place place;
    const auto turn = take_turn(patience);
    return to_pdf(letter);
}

std::string render(const ReceiptWords& receipt, std::chrono::seconds patience) {
    const Place place;
    const auto turn = take_turn(patience);
    return to_pdf(receipt);
}

std::string render(const CertificateWords& certificate, std::chrono::seconds patience) {
    const Place place;
    const auto turn = take_turn(patience);
    return to_pdf(certificate);
}

std::string render(const ExtractWords& extract, std::chrono::seconds patience) {
    const Place place;
    const auto turn = take_turn(patience);
    return to_pdf(extract);
}

}  // namespace vastine::api::rendering
