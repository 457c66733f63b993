#pragma once
// Who imported what and when, and how many rows came of it: counts, and of the rows that were not taken the
// line, the column and the reason, never a value. Beside the log, in the key database, since an import that
// took nothing writes no event, and should be told all the same.

#include <list>
#include <mutex>
#include <vector>

#include "api/import/importer.hpp"
#include "domain/schema/views.pb.h"
#include "domain/text/text.hpp"
#include "store/store.hpp"

namespace vastine::api::import {

void note(store::Secrets& secrets, const ImportRecord& record);
// Newest first, at most `most`.
[[nodiscard]] std::vector<ImportRecord> records(const store::Secrets& secrets, std::size_t most);

// A row that was not taken, as it may be kept for years: of the reason's arguments only those that are no
// value of the row.
[[nodiscard]] ImportRecord::Reject kept(const Reject& reject);
// In the reader's words.
void explain(ImportRecord& record, domain::Language language);

// Imports under way, and how far each has read. Any thread.
class RunningImports {
public:
    class One {
    public:
        One(RunningImports& all, RunningImport about);
        ~One();
        One(const One&) = delete;
        One& operator=(const One&) = delete;
        void read(std::uint64_t bytes);

    private:
        RunningImports& all_;
        std::list<RunningImport>::iterator place_;
    };
    [[nodiscard]] std::vector<RunningImport> now() const;

private:
    mutable std::mutex mutex_;
    std::list<RunningImport> running_;
};

}  // namespace vastine::api::import
