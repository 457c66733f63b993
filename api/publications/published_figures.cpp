#include "api/publications/published_figures.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "api/publications/frozen_files.hpp"
#include "api/publications/frozen_report.hpp"
#include "api/publications/public_page.hpp"
#include "api/publications/titles.hpp"
#include "api/rendering/rendering.hpp"
#include "projections/publications.hpp"
#include "projections/report/chart.hpp"
#include "projections/report/notes.hpp"
#include "projections/report/writing.hpp"

namespace vastine::api {

namespace publication = domain::publication;
namespace report = projections::report;
using domain::Reason;
using domain::reject;
using domain::Result;

namespace {

// A number is written as the report prints it, with the mark of a suppressed one and the dash of none.
void fill(PublishedTable::Cell& cell, const report::Cell& from, domain::Language language) {
    cell.set_unknown(!from.number && !from.suppressed);
    cell.set_suppressed(from.suppressed);
    if (from.number) {
        cell.set_value(from.number->value);
        cell.set_unit(std::string(report::name_of(from.number->unit)));
    }
    cell.set_written(report::written(from, language));
}

void fill(PublishedTable& table, const report::Table& from, domain::Language language) {
    table.set_table(from.id);
    table.set_caption(from.caption);
    table.set_row_heading(from.row_heading);
    for (const auto& each : from.columns) {
        auto& column = *table.add_columns();
        column.set_id(each.id);
        column.set_heading(each.heading);
    }
    for (const auto& each : from.rows) {
        auto& row = *table.add_rows();
        row.set_id(each.id);
        row.set_heading(each.heading);
        row.set_total(each.total);
        for (const auto& cell : each.cells) fill(*row.add_cells(), cell, language);
    }
    table.set_definition(from.definition);
    table.set_source(from.source);
    table.set_note(from.note);
    for (const auto& each : from.marks) {
        auto& mark = *table.add_marks();
        mark.set_row(each.row);
        mark.set_column(each.column);
        mark.set_sign(each.sign);
        mark.set_text(each.text);
    }
    for (std::size_t i = 0; i < from.breaks.size(); ++i) {
        auto& each = *table.add_breaks();
        each.set_at(from.breaks[i].at);
        if (!each.at().empty()) each.set_sign(report::break_sign(i + 1));
        each.set_text(from.breaks[i].text);
    }
}

void fill(PublishedChart& chart, const report::Chart& from) {
    chart.set_chart(from.id);
    chart.set_table(from.table);
    chart.set_shape(std::string(report::name_of(from.shape)));
    chart.set_title(from.title);
    chart.set_description(from.description);
}

class Tables {
public:
    Tables(domain::Language language, Drawings drawings, PublishedTables& all)
        : language_(language), drawings_(drawings), all_(all) {}

    void add(const report::Section& section) {
        for (const auto& block : section.blocks) {
            std::visit([&](const auto& each) { add(section, each); }, block);
        }
        for (const auto& below : section.subsections) add(below);
    }

private:
    void add(const report::Section& section, const report::Table& from) {
        auto& table = *all_.add_tables();
        table.set_section(section.id);
        table.set_section_heading(section.heading);
        fill(table, from, language_);
    }
    void add(const report::Section& section, const report::Chart& from) {
        auto& chart = *all_.add_charts();
        chart.set_section(section.id);
        fill(chart, from);
        if (drawings_ == Drawings::Without) return;
        for (const auto& block : section.blocks) {
            const auto* table = std::get_if<report::Table>(&block);
            if (table == nullptr || table->id != from.table) continue;
            chart.set_drawing(report::drawn_inline(from, *table, language_));
        }
    }
    void add(const report::Section&, const report::KeyFigures& from) {
        for (const auto& each : from.figures) {
            auto& figure = *all_.add_key_figures();
            figure.set_key_figure(each.id);
            figure.set_label(each.label);
            figure.set_written(report::written(each, language_));
            figure.set_note(each.note);
            figure.set_suppressed(each.suppressed);
        }
    }
    template <class Other>
    void add(const report::Section&, const Other&) {}

    domain::Language language_;
    Drawings drawings_;
    PublishedTables& all_;
};

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

void fill(PublishedEdition& view, const PublicEdition& edition, domain::Language language) {
    view.set_edition(edition.number);
    view.set_published_on(edition.published_on);
    view.set_replaced_by(edition.replaced_by);
    view.set_what_changed(edition.what_changed);
    if (edition.what_changed_in != domain::code_of(language)) {
        view.set_what_changed_in(edition.what_changed_in);
    }
    for (const auto& artefact : edition.files) {
        auto& file = *view.add_files();
        file.set_form(artefact.form());
        file.set_language(artefact.language());
        file.set_level("public");
        file.set_edition(edition.number);
        file.set_file_name(artefact.file_name());
        const auto* form = rendering::form(artefact.form());
        file.set_media_type(std::string(form == nullptr ? "application/octet-stream" : form->media_type));
        file.set_sha256(artefact.sha256());
        file.set_size(artefact.size());
        file.set_url(public_path(edition, artefact));
    }
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

PublishedTables tables_of_json(std::string_view text, Drawings drawings) {
    const auto read = frozen_report(text);
    PublishedTables all;
    all.set_language(std::string(domain::code_of(read.language)));
    Tables tables(read.language, drawings, all);
    for (const auto& section : read.sections) tables.add(section);
    return all;
}

PublicationList PublishedFigures::list(const store::EventStore& events, domain::Language language) const {
    auto list = model_.read([&](const projections::Views& views) {
        PublicationList rows;
        auto editions = views.publications->published_editions();
        std::ranges::reverse(editions);
        for (const auto& edition : editions) {
            if (!edition.corrected) *rows.add_rows() = row_of(edition, language);
        }
        return rows;
    });
    std::map<std::string, PublicationRow*> rows;
    for (auto& row : *list.mutable_rows()) rows.emplace(row.publication_id(), &row);
    // What was published since the rows were read waits for the next question.
    for (const auto& edition : public_editions(events, model_, language)) {
        const auto row = rows.find(edition.publication_id);
        if (row != rows.end()) fill(*row->second->add_editions(), edition, language);
    }
    return list;
}

Result<PublishedTables> PublishedFigures::all(const std::string& publication_id, domain::Language language,
                                              Drawings drawings) const {
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
    auto all = tables_of_json(*bytes, drawings);
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
    auto tables = all(publication_id, language, Drawings::Without);
    if (!tables) return tl::unexpected(std::move(tables.error()));
    for (auto& each : *tables->mutable_tables()) {
        if (each.table() != table) continue;
        if (auto narrowed = narrow(each, to); !narrowed) return tl::unexpected(narrowed.error());
        return std::move(each);
    }
    return reject(Reason::NotFound, "publishing.no_such_table");
}

}  // namespace vastine::api
