#include "projections/contact_figures.hpp"

#include <algorithm>

namespace vastine::projections {

void ContactFigures::set(std::uint32_t at, const ContactFacts& contact) {
    row[at] = contact.row;
    month[at] = contact.month;
    flags[at] =
        static_cast<std::uint8_t>((contact.first ? first_flag : 0) | (contact.recorded ? recorded_flag : 0) |
                                  (contact.key_gone ? gone_flag : 0));
    sector[at] = contact.sector;
    who[at] = contact.who;
    channel[at] = contact.channel;
    nature[at] = contact.nature;
    language[at] = contact.language;
    ownership[at] = contact.ownership;
    department[at] = contact.department;
    municipality[at] = contact.municipality;
    minutes[at] = contact.minutes;
    follows[at] = contact.follows;
    follows_matter[at] = contact.follows_matter;
}

void ContactFigures::push(const MatterFacts& matter) {
    matter_sector.push_back(matter.sector);
    matter_service.push_back(matter.service_task);
    matter_provider.push_back(matter.provider);
    matter_unit.push_back(matter.unit);
    matter_cause.push_back(matter.cause);
    matter_causes.push_back(lists_.put(matter.causes));
    matter_measures.push_back(lists_.put(matter.measures));
}

std::uint32_t ContactFigures::add(const ContactFacts& contact, std::span<const MatterFacts> of) {
    const auto at = static_cast<std::uint32_t>(row.size());
    row.push_back(0);
    month.push_back(0);
    flags.push_back(0);
    for (auto* column :
         {&sector, &who, &channel, &nature, &language, &ownership, &department, &municipality}) {
        column->push_back(0);
    }
    minutes.push_back(0);
    follows.push_back(0);
    follows_matter.push_back(0);
    first_matter.push_back(0);
    matters.push_back(0);
    replace(at, contact, of);
    return at;
}

void ContactFigures::replace(std::uint32_t at, const ContactFacts& contact, std::span<const MatterFacts> of) {
    set(at, contact);
    first_matter[at] = static_cast<std::uint32_t>(matter_cause.size());
    matters[at] = static_cast<std::uint8_t>(of.size());
    for (const auto& matter : of) push(matter);
}

void ContactFigures::add_matter(std::uint32_t at, const MatterFacts& matter) {
    // Matters of one contact stand together: unless it is the last contact, they move to the end.
    if (first_matter[at] + matters[at] != matter_cause.size()) {
        const auto from = first_matter[at];
        first_matter[at] = static_cast<std::uint32_t>(matter_cause.size());
        const auto again = [&](auto& column, std::uint32_t i) {
            const auto copy = column[i];
            column.push_back(copy);
        };
        for (auto i = from; i < from + matters[at]; ++i) {
            for (auto* column :
                 {&matter_sector, &matter_service, &matter_provider, &matter_unit, &matter_cause}) {
                again(*column, i);
            }
            again(matter_causes, i);
            again(matter_measures, i);
        }
    }
    push(matter);
    ++matters[at];
}

void ContactFigures::add_measure(std::uint32_t at, std::uint8_t matter_number, CodeId measure) {
    if (matter_number >= matters[at] || measure == 0) return;
    auto& place = matter_measures[first_matter[at] + matter_number];
    const auto there = std::as_const(lists_).get(place);
    if (std::ranges::find(there, measure) == there.end()) place = lists_.with(place, measure);
}

std::uint64_t ContactFigures::digest(const Dictionary& dictionary) const {
    Digest digest;
    const auto number = [&](auto value) { digest.add(static_cast<std::uint64_t>(value)); };
    const auto& [codes, units, users, places] = dictionary;
    const auto all = [&](ListPlace place) {
        number(place.size);
        for (const auto id : list(place)) digest.add(codes.hash(id));
    };
    for (std::size_t at = 0; at < size(); ++at) {
        number(row[at]);
        number(month[at]);
        number(flags[at]);
        for (const auto* column : {&sector, &who, &channel, &nature, &language, &ownership}) {
            digest.add(codes.hash((*column)[at]));
        }
        digest.add(units.hash(department[at]));
        digest.add(places.hash(municipality[at]));
        number(minutes[at]);
        number(follows[at]);
        number(follows_matter[at]);
        number(matters[at]);
        for (auto matter = first_matter[at]; matter < first_matter[at] + matters[at]; ++matter) {
            for (const auto* column : {&matter_sector, &matter_service, &matter_provider, &matter_cause}) {
                digest.add(codes.hash((*column)[matter]));
            }
            digest.add(units.hash(matter_unit[matter]));
            all(matter_causes[matter]);
            all(matter_measures[matter]);
        }
    }
    return digest.value();
}

}  // namespace vastine::projections
