#include "projections/report/content.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace vastine::projections::report {

namespace {

namespace publication = domain::publication;
using domain::Language;

// Where another language has to do, the first of these that has words.
constexpr std::array languages{Language::Finnish, Language::Swedish, Language::English};

struct Said {
    std::string text;
    Language language = Language::Finnish;
};

// The first words that are there: in the report's language, else in the others' order.
template <class WordsIn>
Said said_in(Language wanted, WordsIn&& words_in) {
    if (std::string own = words_in(wanted); !own.empty()) return {std::move(own), wanted};
    for (const auto language : languages) {
        if (std::string other = words_in(language); !other.empty()) return {std::move(other), language};
    }
    return {{}, wanted};
}

template <class InThreeLanguages>
Said said(const InThreeLanguages& words, Language wanted) {
    return said_in(wanted, [&](Language language) -> std::string {
        switch (language) {
            case Language::Swedish:
                return words.sv();
            case Language::English:
                return words.en();
            default:
                return words.fi();
        }
    });
}

// The sections that have a text, in the order of the report as far as the reference data knows it.
std::vector<std::string> written_sections(const publication::State& state,
                                          const domain::Reference& reference) {
    std::set<std::string> written;
    for (const auto& [place, versions] : state.texts) written.insert(place.first);
    std::vector<std::string> ordered;
    if (const auto versions = reference.code_set_versions("report_section"); !versions.empty()) {
        for (const auto& code : versions.back()->given.codes()) {
            if (written.erase(code.code()) > 0) ordered.push_back(code.code());
        }
    }
    ordered.insert(ordered.end(), written.begin(), written.end());
    return ordered;
}

std::vector<WrittenText> texts_of(const publication::State& state, const domain::Reference& reference,
                                  Language language) {
    std::vector<WrittenText> texts;
    for (const auto& section : written_sections(state, reference)) {
        auto words = said_in(language, [&](Language of) {
            const auto* version = publication::text(state, section, code_of(of));
            return version == nullptr ? std::string() : version->markdown;
        });
        if (!words.text.empty()) texts.push_back({section, std::move(words.text), words.language});
    }
    return texts;
}

std::vector<WrittenText> examples_of(const publication::State& state, Language language) {
    std::vector<WrittenText> examples;
    for (const auto& example : state.examples) {
        if (example.withdrawn || example.confirmed_by.empty()) continue;
        auto words = said(example.text, language);
        if (!words.text.empty()) examples.push_back({example.section, std::move(words.text), words.language});
    }
    return examples;
}

std::string addressee(const AddProposal& proposal, const domain::Reference& reference, Language language) {
    if (proposal.addressee_unit().empty()) return proposal.addressee_body();
    const auto* unit = reference.unit(proposal.addressee_unit());
    auto name = unit == nullptr ? std::string() : said(unit->given.name(), language).text;
    return name.empty() ? proposal.addressee_unit() : name;
}

ProposalItem item(const publication::Proposal& proposal, const AddProposal& given,
                  const domain::Reference& reference, Language language) {
    auto words = said(given.text(), language);
    ProposalItem item;
    item.id = proposal.id;
    item.section = given.section();
    item.markdown = std::move(words.text);
    item.language = words.language;
    item.addressee = addressee(given, reference, language);
    item.wanted_by = given.wanted_by();
    item.answer = proposal.answer;
    auto measures = said(proposal.measures, language);
    item.measures = std::move(measures.text);
    item.measures_language = measures.language;
    item.done_by = proposal.done_by;
    for (const auto& followed : proposal.follow_ups) {
        auto what = said(followed.what, language);
        item.follow_ups.push_back({followed.progress, std::move(what.text), followed.on, what.language});
    }
    return item;
}

// As they stand in what is being written.
std::vector<ProposalItem> proposals_of(const publication::State& state, const domain::Reference& reference,
                                       Language language) {
    std::vector<ProposalItem> items;
    for (const auto& proposal : state.proposals) {
        if (!proposal.withdrawn) items.push_back(item(proposal, proposal.given, reference, language));
    }
    return items;
}

// As they were published, whatever a correction under work makes of them.
std::vector<ProposalItem> published_proposals(const publication::State& state,
                                              const domain::Reference& reference, Language language) {
    std::vector<ProposalItem> items;
    const auto* edition = publication::published(state);
    if (edition == nullptr) return items;
    for (const auto& proposal : state.proposals) {
        const auto given = proposal.signed_as.find(edition->number);
        if (given != proposal.signed_as.end())
            items.push_back(item(proposal, given->second, reference, language));
    }
    return items;
}

// "2018-03" in its parts, the month without its nought.
std::pair<std::string, std::string> year_and_month(const std::string& month) {
    if (month.size() != 7) return {month, {}};
    return {month.substr(0, 4), month.substr(month[5] == '0' ? 6 : 5)};
}

// 2017, 8/2017, 1–8/2017, 9/2017–2/2018.
std::string period_of(const OpenPublication& opened) {
    const auto [first_year, first] = year_and_month(opened.first_month());
    const auto [last_year, last] = year_and_month(opened.last_month());
    if (first_year != last_year) return first + "/" + first_year + "–" + last + "/" + last_year;
    if (first == "1" && last == "12") return first_year;
    return (first == last ? first : first + "–" + last) + "/" + first_year;
}

// What the boards did with the paper that is signed now: with one whose signature was withdrawn nothing.
std::vector<publication::Step> steps_of(const publication::State& state) {
    std::vector<publication::Step> steps;
    for (const auto& step : state.steps) {
        if (step.what == SignatureWithdrawn::descriptor()->name()) {
            std::erase_if(steps, [&](const auto& earlier) { return earlier.edition == step.edition; });
        } else if (step.what == StatementRecorded::descriptor()->name() ||
                   step.what == NotingRecorded::descriptor()->name() ||
                   step.what == SendingRecorded::descriptor()->name()) {
            steps.push_back(step);
        }
    }
    return steps;
}

}  // namespace

Content content_of(const publication::State& state, const publication::State* before,
                   const domain::Reference& reference, Language language) {
    Content content;
    content.of_publication = true;
    content.texts = texts_of(state, reference, language);
    content.examples = examples_of(state, language);
    content.proposals = proposals_of(state, reference, language);
    if (before != nullptr) {
        content.earlier_proposals = published_proposals(*before, reference, language);
        content.earlier_period = period_of(before->opened);
    }
    content.steps = steps_of(state);
    if (const auto* edition = publication::current(state)) {
        if (!edition->signed_on.empty()) content.edition = edition->number;
        content.signed_on = edition->signed_on;
        auto changed = said(edition->what_changed, language);
        content.what_changed = std::move(changed.text);
        content.what_changed_language = changed.language;
    }
    return content;
}

}  // namespace vastine::projections::report
