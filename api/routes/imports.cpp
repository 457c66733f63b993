#include <sstream>

#include "api/import/importer.hpp"
#include "api/routes/handlers.hpp"

namespace vastine::api::handlers {

namespace {

constexpr int rejects_shown_max = 1000;

std::optional<Kind> kind_named(const std::string& name) {
    for (const auto& entry : domain::kinds()) {
        if (entry.stream_prefix == name && domain::area_of(entry.kind)) return entry.kind;
    }
    return std::nullopt;
}

}  // namespace

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
    const auto rejected = [&](const import::Reject& reject) {
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
        const auto run = importer.run(input, rejected);
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
    } catch (const import::MappingError& error) {
        return domain::reject(domain::Reason::Invalid, "import_route.mapping", {{"why", error.what()}},
                              "mapping");
    }
    services.feeds.advance();
    return Answer::of(std::move(view));
}

}  // namespace vastine::api::handlers
