#pragma once
// Contacts and their matters in columns, for counting: one pass over a column touches nothing else.

#include <cstdint>
#include <span>
#include <vector>

#include "projections/case_index.hpp"
#include "projections/dictionary.hpp"

namespace vastine::projections {

// One contact as it is folded; the columns hold the same.
struct ContactFacts {
    std::uint32_t row = 0;  // in CaseIndex
    Month month = no_month;
    bool first = true;
    bool recorded = false;
    CodeId sector = 0;  // of the union: health, social, early-education, both ...; Dictionary::codes
    CodeId who = 0;
    CodeId channel = 0;
    CodeId nature = 0;
    CodeId language = 0;  // fi, sv, other
    CodeId ownership = 0;
    CodeId department = 0;    // Dictionary::units
    CodeId municipality = 0;  // Dictionary::places; 0 also when the key is gone
    bool key_gone = false;
    std::uint32_t minutes = 0;
    std::uint32_t follows = 0;        // column number + 1 of the contact it follows up; 0: none
    std::uint8_t follows_matter = 0;  // and which of its matters, from 0
};
struct MatterFacts {
    CodeId sector = 0;
    CodeId service_task = 0;
    CodeId provider = 0;
    CodeId unit = 0;             // Dictionary::units
    CodeId cause = 0;            // primary
    std::vector<CodeId> causes;  // the primary one too
    std::vector<CodeId> measures;
};

class ContactFigures {
public:
    // ---- columns, all of the same length ----
    std::vector<std::uint32_t> row;
    std::vector<Month> month;
    std::vector<std::uint8_t> flags;
    std::vector<CodeId> sector, who, channel, nature, language, ownership, department, municipality;
    std::vector<std::uint32_t> minutes, follows, first_matter;
    std::vector<std::uint8_t> matters, follows_matter;
    static constexpr std::uint8_t first_flag = 1, recorded_flag = 2, gone_flag = 4;

    // ---- columns of matters; a contact's stand together from first_matter on ----
    std::vector<CodeId> matter_sector, matter_service, matter_provider, matter_unit, matter_cause;
    std::vector<ListPlace> matter_causes, matter_measures;

    [[nodiscard]] std::size_t size() const { return row.size(); }
    [[nodiscard]] std::span<const CodeId> list(ListPlace place) const { return lists_.get(place); }

    // ---- for the fold ----
    [[nodiscard]] std::uint32_t add(const ContactFacts& contact, std::span<const MatterFacts> of);
    void replace(std::uint32_t at, const ContactFacts& contact, std::span<const MatterFacts> of);
    void add_matter(std::uint32_t at, const MatterFacts& matter);
    void add_measure(std::uint32_t at, std::uint8_t matter_number, CodeId measure);  // each once
    [[nodiscard]] std::uint64_t digest(const Dictionary& dictionary) const;

private:
    void set(std::uint32_t at, const ContactFacts& contact);
    void push(const MatterFacts& matter);

    Lists<CodeId> lists_;
};

}  // namespace vastine::projections
