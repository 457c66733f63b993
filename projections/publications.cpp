#include "projections/publications.hpp"

#include <algorithm>

#include "projections/dictionary.hpp"

namespace vastine::projections {

namespace {

using domain::publication::Edition;
using domain::publication::Level;

void add(Digest& digest, const Edition& edition) {
    digest.add(std::uint64_t{edition.number});
    digest.add(std::string_view(edition.signed_on));
    digest.add(edition.signed_position);
    digest.add(std::string_view(edition.signed_by));
    digest.add(std::string_view(edition.published_on));
    digest.add(edition.published_position);
    for (const auto& made : edition.files) {
        digest.add(std::string_view(made.level()));
        for (const auto& artefact : made.artefacts()) digest.add(std::string_view(artefact.sha256()));
    }
}

void add(Digest& digest, const domain::publication::Proposal& proposal) {
    digest.add(std::string_view(proposal.id));
    digest.add(std::string_view(proposal.given.addressee_unit()));
    digest.add(std::uint64_t{proposal.withdrawn});
    digest.add(std::string_view(proposal.answer));
    digest.add(std::string_view(proposal.answered_on));
    for (const auto& [edition, given] : proposal.signed_as) {
        digest.add(std::uint64_t{edition});
        digest.add(std::string_view(given.addressee_unit()));
    }
    for (const auto& followed : proposal.follow_ups) {
        digest.add(std::string_view(followed.progress));
        digest.add(std::string_view(followed.on));
    }
}

void add(Digest& digest, const ShelvedPublication& publication) {
    const auto& facts = publication.facts;
    digest.add(std::string_view(publication.id));
    digest.add(publication.version.value);
    digest.add(publication.opened_at.value);
    digest.add(std::string_view(facts.opened.publication_kind()));
    digest.add(std::string_view(facts.opened.area()));
    digest.add(std::string_view(facts.opened.first_month()));
    digest.add(std::string_view(facts.opened.last_month()));
    for (const auto& language : facts.opened.languages()) digest.add(std::string_view(language));
    digest.add(std::uint64_t{facts.opened.threshold()});
    digest.add(static_cast<std::uint64_t>(facts.stage));
    for (const auto& [place, versions] : facts.texts) {
        digest.add(std::string_view(place.first));
        digest.add(std::string_view(place.second));
        digest.add(std::uint64_t{versions.size()});
    }
    for (const auto& example : facts.examples) {
        digest.add(std::string_view(example.id));
        digest.add(std::string_view(example.confirmed_by));
        digest.add(std::uint64_t{example.withdrawn});
    }
    for (const auto& proposal : facts.proposals) add(digest, proposal);
    for (const auto& step : facts.steps) {
        digest.add(std::string_view(step.what));
        digest.add(std::string_view(step.on));
    }
    for (const auto& edition : facts.editions) add(digest, edition);
}

}  // namespace

void PublicationShelf::apply(const store::Record& record, std::string_view publication_id,
                             const google::protobuf::Message& event) {
    auto found = publications_.find(publication_id);
    if (found == publications_.end()) {
        ShelvedPublication fresh;
        fresh.id = publication_id;
        fresh.opened_at = record.position;
        found = publications_.emplace(fresh.id, std::move(fresh)).first;
    }
    auto& publication = found->second;
    publication.version = record.version;
    domain::publication::evolve(publication.facts, event,
                                {record.position.value, record.actor, record.recorded_at});
}

std::vector<const ShelvedPublication*> PublicationShelf::all() const {
    std::vector<const ShelvedPublication*> all;
    for (const auto& [id, publication] : publications_) all.push_back(&publication);
    std::ranges::sort(all, {}, &ShelvedPublication::opened_at);
    return all;
}

const ShelvedPublication* PublicationShelf::find(std::string_view id) const {
    const auto found = publications_.find(id);
    return found == publications_.end() ? nullptr : &found->second;
}

// ISO months compare as text.
const ShelvedPublication* PublicationShelf::last_published_before(std::string_view kind, domain::Area area,
                                                                  std::string_view first_month) const {
    const ShelvedPublication* last = nullptr;
    for (const auto* each : all()) {
        const auto& opened = each->opened();
        if (opened.publication_kind() != kind || each->area() != area) continue;
        if (domain::publication::published(each->facts) == nullptr || opened.last_month() >= first_month)
            continue;
        // Of two for the same period the later one is the one that counts.
        if (last == nullptr || opened.last_month() >= last->opened().last_month()) last = each;
    }
    return last;
}

std::vector<MissingFiles> PublicationShelf::missing_files() const {
    std::vector<MissingFiles> missing;
    for (const auto& [id, publication] : publications_) {
        for (const auto& edition : publication.facts.editions) {
            const auto lacks = [&](Level level) { return files(edition, level) == nullptr; };
            if (!edition.signed_on.empty() && lacks(Level::Internal))
                missing.push_back({&publication, &edition, Level::Internal, {edition.signed_position}});
            if (!edition.published_on.empty() && lacks(Level::Public))
                missing.push_back({&publication, &edition, Level::Public, {edition.published_position}});
        }
    }
    std::ranges::sort(missing, {}, &MissingFiles::since);
    return missing;
}

std::vector<PublishedEdition> PublicationShelf::published_editions() const {
    std::vector<PublishedEdition> all;
    for (const auto& [id, publication] : publications_) {
        const auto* newest = domain::publication::published(publication.facts);
        for (const auto& edition : publication.facts.editions) {
            if (edition.published_on.empty()) continue;
            all.push_back({&publication, &edition, files(edition, Level::Public), &edition != newest});
        }
    }
    std::ranges::sort(all, {}, [](const PublishedEdition& each) { return each.edition->published_position; });
    return all;
}

std::uint64_t PublicationShelf::digest() const {
    Digest digest;
    for (const auto& [id, publication] : publications_) add(digest, publication);
    return digest.value();
}

}  // namespace vastine::projections
