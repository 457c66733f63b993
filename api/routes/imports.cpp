#include <sstream>

#include "api/import/import_records.hpp"
#include "api/import/importer.hpp"
#include "api/json.hpp"
#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

namespace {

constexpr int rejects_shown_max = 1000;
constexpr std::size_t records_shown_max = 200;
constexpr int rejects_kept_max = 100;

std::optional<Kind> kind_named(const std::string& name) {
    for (const auto& entry : domain::kinds()) {
        if (entry.stream_prefix == name && domain::area_of(entry.kind)) return entry.kind;
    }
    return std::nullopt;
}

void note(Services& services, const Caller& caller, const std::string& kind,
          const import::ImportSummary& summary, ImportRecord record) {
    *record.mutable_at() = timestamp(services.now());
    record.set_user_id(caller.viewer.user_id);
    record.set_kind(kind);
    record.set_rows(summary.rows);
    record.set_taken(summary.taken);
    record.set_corrected(summary.corrected);
    record.set_rejected(summary.rejected);
    import::note(services.store.secrets(), record);
}

}  // namespace

// An area's imports are told to those who work in it; the administrator, who looks after the service, sees of
// all of them how many rows they had, and what was wrong with those that were not taken.
Result<Answer> list_imports(Services& services, Call& call) {
    const auto& viewer = call.caller->viewer;
    const bool everything = domain::may(viewer, domain::Right::SeeHealth);
    const auto shown = [&](const std::string& kind_name) {
        const auto kind = kind_named(kind_name);
        return everything || (kind && domain::works_in(viewer, *domain::area_of(*kind)));
    };
    if (!everything && !domain::may(viewer, domain::Right::Import))
        return domain::reject(domain::Reason::Forbidden, "access.not_your_task");
    ImportRecords list;
    for (auto& record : import::records(services.store.secrets(), records_shown_max)) {
        if (!shown(record.kind())) continue;
        import::explain(record, call.language);
        *list.add_imports() = std::move(record);
    }
    for (auto& running : services.imports.now())
        if (shown(running.kind())) *list.add_running() = std::move(running);
    return Answer::of(std::move(list));
}

Result<Answer> import_file(Services& services, Call& call) {
    const auto& given = call.body_as<ImportFile>();
    const auto kind = kind_named(given.kind());
    if (!kind) return domain::reject(domain::Reason::Invalid, "import_route.unknown_kind", {}, "kind");
    // An area's history is brought in by those who work in it.
    if (!domain::works_in(call.caller->viewer, *domain::area_of(*kind))) {
        return domain::reject(domain::Reason::Forbidden, "access.other_area");
    }
    // Without this the importer would leave the unknown rows out without saying why.
    if (given.learn_codes() && !domain::may(call.caller->viewer, domain::Right::ManageReference)) {
        return domain::reject(domain::Reason::Forbidden, "import_route.learning", {}, "learn_codes");
    }
    import::ImportOptions options;
    options.viewer = call.caller->viewer;
    options.kind = *kind;
    options.dry_run = given.dry_run();
    options.learn_codes = given.learn_codes();
    options.update = given.update();

    ImportAnswer view;
    ImportRecord record;
    const auto rejected = [&](const import::Reject& reject) {
        if (record.rejects_size() < rejects_kept_max) *record.add_rejects() = import::kept(reject);
        if (view.rejects_size() >= rejects_shown_max) return;
        auto& row = *view.add_rejects();
        row.set_line(reject.line);
        row.set_column(reject.column);
        row.set_reason(domain::explain(reject.reason, call.language));
    };
    try {
        import::Importer importer(services.execution, services.store, import::parse_mapping(given.mapping()),
                                  options);
        std::istringstream input(given.file());
        RunningImport about;
        *about.mutable_since() = timestamp(services.now());
        about.set_user_id(call.caller->viewer.user_id);
        about.set_kind(given.kind());
        about.set_size(given.file().size());
        about.set_dry_run(given.dry_run());
        import::RunningImports::One running(services.imports, std::move(about));
        const auto run = importer.run(input, rejected, [&](std::uint64_t bytes) { running.read(bytes); });
        if (!run) return tl::unexpected(run.error());
        const auto& summary = *run;
        services.reading.compared(call.reader(), summary);
        view.set_dry_run(summary.dry_run);
        view.set_rows(summary.rows);
        view.set_taken(summary.taken);
        view.set_unchanged(summary.unchanged);
        view.set_repeated_rows(summary.repeated);
        view.set_changed(summary.changed);
        view.set_corrected(summary.corrected);
        view.set_rejected(summary.rejected);
        for (const auto& learned : summary.learned) view.add_learned(learned);
        if (!summary.dry_run) note(services, *call.caller, given.kind(), summary, std::move(record));
    } catch (const import::MappingError& error) {
        return domain::reject(domain::Reason::Invalid, "import_route.mapping", {{"why", error.what()}},
                              "mapping");
    }
    services.feeds.advance();
    return Answer::of(std::move(view));
}

}  // namespace vastine::api::handlers
