#pragma once
// Where things stand in a report, for the tests of what it says.

#include <string>
#include <vector>

#include "projections/report/report.hpp"

namespace vastine::projections::report::finding {

inline const Section* section(const std::vector<Section>& sections, const std::string& id) {
    for (const auto& each : sections) {
        if (each.id == id) return &each;
        if (const auto* below = section(each.subsections, id)) return below;
    }
    return nullptr;
}
inline const Table* table(const std::vector<Section>& sections, const std::string& id) {
    for (const auto& each : sections) {
        for (const auto& block : each.blocks) {
            if (const auto* found = std::get_if<Table>(&block); found != nullptr && found->id == id)
                return found;
        }
        if (const auto* below = table(each.subsections, id)) return below;
    }
    return nullptr;
}
inline const Section* section(const Report& report, const std::string& id) {
    return section(report.sections, id);
}
inline const Table* table(const Report& report, const std::string& id) {
    return table(report.sections, id);
}
template <class What>
std::vector<What> blocks(const Section& section) {
    std::vector<What> out;
    for (const auto& block : section.blocks) {
        if (const auto* found = std::get_if<What>(&block)) out.push_back(*found);
    }
    return out;
}
inline std::vector<std::string> ids(const std::vector<Section>& sections) {
    std::vector<std::string> out;
    for (const auto& each : sections) out.push_back(each.id);
    return out;
}

}  // namespace vastine::projections::report::finding
