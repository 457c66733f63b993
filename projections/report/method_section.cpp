// How the figures are counted, and what changed while they were: codes, and the organisation itself.
#include <algorithm>

#include "projections/report/sections.hpp"
#include "projections/report/writing.hpp"

namespace vastine::projections::report {
namespace {

// A date of reference data, as the report writes it.
std::string day(const Composer& composer, const std::string& iso) {
    const auto date = domain::parse_date(iso);
    return date ? written(*date, composer.language()) : iso;
}

bool within(const std::string& iso, const Compared& compared) {
    return iso > domain::to_string(compared.from) && iso <= domain::to_string(compared.until);
}

void add_changed_codes(const Composer& composer, const Compared& compared, BulletList& out) {
    const auto& reference = composer.reference();
    for (const auto& set : reference.code_sets()) {
        for (const auto* version : reference.code_set_versions(set)) {
            if (version->version < 2 || !within(version->given.valid_from(), compared)) continue;
            const auto& name = domain::in_language(version->given.name(), composer.language());
            out.items.push_back(
                composer.say("report.changed.codes", {{"set", name.empty() ? set : name},
                                                      {"version", std::to_string(version->version)},
                                                      {"date", day(composer, version->given.valid_from())}}));
        }
    }
}

// Departments: what the tables of several years are by.
void add_changed_units(const Composer& composer, const Compared& compared, BulletList& out) {
    for (const auto* unit : composer.reference().units()) {
        const auto& given = unit->given;
        if (!given.parent().empty()) continue;
        const auto name = composer.name("unit", given.unit_id());
        if (within(given.valid_from(), compared)) {
            out.items.push_back(composer.say("report.changed.unit_began",
                                             {{"unit", name}, {"date", day(composer, given.valid_from())}}));
        }
        if (!within(given.valid_until(), compared)) continue;
        std::vector<std::string> successors;
        for (const auto& successor : given.successors())
            successors.push_back(composer.name("unit", successor));
        out.items.push_back(composer.say(
            successors.empty() ? "report.changed.unit_ended" : "report.changed.unit_succeeded",
            {{"unit", name},
             {"date", day(composer, given.valid_until())},
             {"successors", successors.empty() ? "" : joined(successors, composer.language())}}));
    }
}

}  // namespace

Section method_section(const Composer& composer, const Compared& compared) {
    Section out{"method", composer.say("report.section.method"), {}, {}};
    BulletList rules;
    for (const auto* rule : {"report.method.contact", "report.method.follow_up", "report.method.cause",
                             "report.method.sector", "report.method.legal", "report.method.percent"})
        rules.items.push_back(composer.say(rule));
    rules.items.push_back(
        composer.say("report.method.codes", {{"codes", composer.reference().code_version(compared.until)}}));
    out.blocks.emplace_back(std::move(rules));

    Section changed{"changes", composer.say("report.heading.changes"), {}, {}};
    BulletList changes;
    add_changed_codes(composer, compared, changes);
    add_changed_units(composer, compared, changes);
    if (changes.items.empty()) {
        changed.blocks.emplace_back(Paragraph{composer.say(
            "report.changed.nothing", {{"from", written(compared.from, composer.language())},
                                       {"until", written(compared.until, composer.language())}})});
    } else {
        changed.blocks.emplace_back(std::move(changes));
        changed.blocks.emplace_back(Paragraph{composer.say("report.changed.crosswalk")});
    }
    out.subsections.push_back(std::move(changed));
    return out;
}

}  // namespace vastine::projections::report
