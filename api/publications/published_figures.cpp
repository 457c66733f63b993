#include "api/publications/published_figures.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>
#include <utility>

#include "api/publications/frozen_files.hpp"
#include "api/publications/titles.hpp"
#include "projections/publications.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api {

namespace json = boost::json;
namespace publication = domain::publication;
namespace report = projections::report;
using domain::Reason;
using domain::reject;
using domain::Result;

namespace {

std::string text_in(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

report::Measure measure_named(const std::string& name) {
    for (const auto unit : {report::Measure::Count, report::Measure::Percent, report::Measure::Days}) {
        if (report::name_of(unit) == name) return unit;
    }
    return report::Measure::Ratio;
}

// A number is written as the report prints it, with the mark of a suppressed one and the dash of none.
void fill(PublishedTable::Cell& cell, const json::value& from, domain::Language language) {
    report::Cell written;
    if (from.is_null()) {
        cell.set_unknown(true);
    } else if (const auto& object = from.as_object(); object.contains("suppressed")) {
        cell.set_suppressed(true);
        written.suppressed = true;
    } else {
        report::Number number;
        number.value = object.at("value").to_number<double>();
        number.unit = measure_named(text_in(object, "unit"));
        number.decimals = static_cast<int>(object.at("decimals").to_number<std::int64_t>());
        cell.set_value(number.value);
        cell.set_unit(std::string(report::name_of(number.unit)));
        written.number = number;
    }
    cell.set_written(report::written(written, language));
}

void fill(PublishedTable& table, const json::object& from, domain::Language language) {
    table.set_table(text_in(from, "id"));
    table.set_caption(text_in(from, "caption"));
    table.set_row_heading(text_in(from, "row_heading"));
    for (const auto& each : from.at("columns").as_array()) {
        auto& column = *table.add_columns();
        column.set_id(text_in(each.as_object(), "id"));
        column.set_heading(text_in(each.as_object(), "heading"));
    }
    for (const auto& each : from.at("rows").as_array()) {
        auto& row = *table.add_rows();
        row.set_id(text_in(each.as_object(), "id"));
        row.set_heading(text_in(each.as_object(), "heading"));
        row.set_total(each.at("total").as_bool());
        for (const auto& cell : each.at("cells").as_array()) fill(*row.add_cells(), cell, language);
    }
    table.set_definition(text_in(from, "definition"));
    table.set_source(text_in(from, "source"));
    table.set_note(text_in(from, "note"));
}

void add_tables(const json::object& section, domain::Language language, PublishedTables& all) {
    for (const auto& block : section.at("blocks").as_array()) {
        const auto& object = block.as_object();
        if (text_in(object, "type") != "table") continue;
        auto& table = *all.add_tables();
        table.set_section(text_in(section, "id"));
        fill(table, object, language);
    }
    for (const auto& below : section.at("subsections").as_array()) {
        add_tables(below.as_object(), language, all);
    }
}

// Those rows and columns that are asked for; nothing when there is none of that name.
Result<std::monostate> narrow(PublishedTable& table, const Narrowed& to) {
    if (!to.row.empty()) {
        const auto is_other = [&](const auto& row) { return row.id() != to.row; };
        auto& rows = *table.mutable_rows();
        rows.erase(std::remove_if(rows.begin(), rows.end(), is_other), rows.end());
        if (rows.empty()) return reject(Reason::NotFound, "publishing.no_such_row");
    }
    if (to.column.empty()) return std::monostate{};
    const auto column =
        std::ranges::find(table.columns(), to.column, [](const auto& each) { return each.id(); });
    if (column == table.columns().end()) return reject(Reason::NotFound, "publishing.no_such_column");
    const auto place = static_cast<int>(column - table.columns().begin());
    const auto kept = *column;
    table.clear_columns();
    *table.add_columns() = kept;
    for (auto& row : *table.mutable_rows()) {
        const auto cell = row.cells(place);
        row.clear_cells();
        *row.add_cells() = cell;
    }
    return std::monostate{};
}

PublicationRow row_of(const projections::PublishedEdition& published, domain::Language language) {
    PublicationRow row;
    const auto& opened = published.publication->opened();
    row.set_publication_id(published.publication->id);
    row.set_publication_kind(opened.publication_kind());
    row.set_area(opened.area());
    row.set_first_month(opened.first_month());
    row.set_last_month(opened.last_month());
    *row.mutable_languages() = opened.languages();
    row.set_threshold(opened.threshold());
    row.set_stage("publication.stage.published");
    row.set_edition(published.edition->number);
    row.set_signed_on(published.edition->signed_on);
    row.set_published_on(published.edition->published_on);
    row.set_files_waiting(published.files == nullptr);
    row.set_title(title_of(opened, language));
    return row;
}

const Artefact* json_of(const ArtefactsStored& files, domain::Language language) {
    const Artefact* any = nullptr;
    for (const auto& artefact : files.artefacts()) {
        if (artefact.form() != "json") continue;
        if (artefact.language() == domain::code_of(language)) return &artefact;
        if (any == nullptr) any = &artefact;
    }
    return any;
}

}  // namespace

PublishedTables tables_of_json(std::string_view text) {
    try {
        const auto read = json::parse(json::string_view(text.data(), text.size()));
        const auto& whole = read.as_object();
        if (text_in(whole, "level") != "public") throw std::invalid_argument("no public form of a report");
        const auto language = domain::parse_language(text_in(whole, "language"));
        if (!language) throw std::invalid_argument("no language");
        PublishedTables all;
        for (const auto& section : whole.at("sections").as_array()) {
            add_tables(section.as_object(), *language, all);
        }
        return all;
    } catch (const std::invalid_argument&) {
        throw;
    } catch (const std::exception& error) {
        throw std::invalid_argument(error.what());
    }
}

PublicationList PublishedFigures::list(domain::Language language) const {
    return model_.read([&](const projections::Views& views) {
        PublicationList list;
        auto editions = views.publications->published_editions();
        std::ranges::reverse(editions);
        for (const auto& edition : editions) {
            if (!edition.corrected) *list.add_rows() = row_of(edition, language);
        }
        return list;
    });
}

Result<PublishedTables> PublishedFigures::all(const std::string& publication_id,
                                              domain::Language language) const {
    PublicationRow row;
    FrozenFile file;
    file.level = publication::Level::Public;
    file.publication_id = publication_id;
    bool waiting = false;
    model_.read([&](const projections::Views& views) {
        for (const auto& edition : views.publications->published_editions()) {
            if (edition.publication->id != publication_id) continue;
            const auto* artefact = edition.files == nullptr ? nullptr : json_of(*edition.files, language);
            waiting = artefact == nullptr && file.edition == 0;
            if (artefact == nullptr) continue;
            row = row_of(edition, language);
            file.edition = edition.edition->number;
            file.artefact = *artefact;
        }
        return 0;
    });
    if (waiting) return reject(Reason::NotFound, "publishing.files_waiting");
    if (file.edition == 0) return reject(Reason::NotFound, "access.no_such_publication");
    const auto bytes = frozen_bytes(blobs_, file);
    if (!bytes) return reject(Reason::NotFound, "access.no_such_publication");
    auto all = tables_of_json(*bytes);
    *all.mutable_publication() = std::move(row);
    all.set_edition(file.edition);
    for (auto& table : *all.mutable_tables()) {
        table.set_publication_id(publication_id);
        table.set_edition(file.edition);
    }
    return all;
}

Result<PublishedTable> PublishedFigures::table(const std::string& publication_id, const std::string& table,
                                               const Narrowed& to, domain::Language language) const {
    auto tables = all(publication_id, language);
    if (!tables) return tl::unexpected(std::move(tables.error()));
    for (auto& each : *tables->mutable_tables()) {
        if (each.table() != table) continue;
        if (auto narrowed = narrow(each, to); !narrowed) return tl::unexpected(narrowed.error());
        return std::move(each);
    }
    return reject(Reason::NotFound, "publishing.no_such_table");
}

}  // namespace vastine::api
