#include "api/import/import_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "api/secret.hpp"

namespace vastine::api::import {

namespace {

constexpr std::string_view prefix = "import/";

// Names of code sets, and counts: what the reasons of an import say that stood in no row.
bool says_no_value(const std::string& name, const std::string& value) {
    const bool count = (name == "expected" || name == "found") &&
                       std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    return count || name == "codes";
}

}  // namespace

// The name begins with the moment, so that the order of names is the order of time; two of one moment
// are told apart by chance.
void note(store::Secrets& secrets, const ImportRecord& record) {
    const auto name =
        fmt::format("{}{:020}.{:09}/{}", prefix, record.at().seconds(), record.at().nanos(), random_secret());
    secrets.put(name, record.SerializeAsString());
}

std::vector<ImportRecord> records(const store::Secrets& secrets, std::size_t most) {
    auto stored = secrets.scan(std::string(prefix));
    std::ranges::sort(stored);
    std::vector<ImportRecord> newest_first;
    for (const auto& [name, bytes] : std::views::reverse(stored)) {
        if (newest_first.size() == most) break;
        ImportRecord record;
        if (record.ParseFromString(bytes)) newest_first.push_back(std::move(record));
    }
    return newest_first;
}

ImportRecord::Reject kept(const Reject& reject) {
    ImportRecord::Reject row;
    row.set_line(reject.line);
    row.set_column(reject.column);
    row.set_text(reject.reason.text);
    for (const auto& [name, value] : reject.reason.args)
        (*row.mutable_args())[name] = says_no_value(name, value) ? value : "…";
    return row;
}

void explain(ImportRecord& record, domain::Language language) {
    for (auto& row : *record.mutable_rejects()) {
        domain::Rejection reason{domain::Reason::Invalid, row.text(), {}, {}};
        for (const auto& [name, value] : row.args()) reason.args[name] = value;
        row.set_reason(domain::explain(reason, language));
        row.clear_text();
        row.clear_args();
    }
}

RunningImports::One::One(RunningImports& all, RunningImport about) : all_(all) {
    const std::scoped_lock lock(all_.mutex_);
    place_ = all_.running_.insert(all_.running_.end(), std::move(about));
}

RunningImports::One::~One() {
    const std::scoped_lock lock(all_.mutex_);
    all_.running_.erase(place_);
}

void RunningImports::One::read(std::uint64_t bytes) {
    const std::scoped_lock lock(all_.mutex_);
    place_->set_read(bytes);
}

std::vector<RunningImport> RunningImports::now() const {
    const std::scoped_lock lock(mutex_);
    return {running_.begin(), running_.end()};
}

}  // namespace vastine::api::import
