#pragma once
// The shelf of publications: how far each has come, its editions with their frozen files, and the proposals
// by addressee. Facts only: what people wrote is opened for the page that shows it, from the stream itself.
// Who may see what of a publication is domain::sight's to say, not the shelf's.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/publications/publication.hpp"
#include "store/event_store.hpp"

namespace vastine::projections {

struct ShelvedPublication {
    std::string id;
    store::Version version;
    store::Position opened_at;
    // The decider's own state, folded from facts alone: kind, area, period and languages as opened, the
    // stage, the editions with their days, positions and files, proposals by addressee unit. Its words are
    // empty; so is the body that a proposal is addressed to when it is to no unit.
    domain::publication::State facts;

    [[nodiscard]] domain::Area area() const { return domain::publication::area(facts); }
    [[nodiscard]] const OpenPublication& opened() const { return facts.opened; }
};

// An edition that stands on the public page, or stood there before it was corrected.
struct PublishedEdition {
    const ShelvedPublication* publication = nullptr;
    const domain::publication::Edition* edition = nullptr;
    const ArtefactsStored* files = nullptr;  // the public ones; null: being made
    bool corrected = false;                  // a later edition is published
};

// Files that the service owes: of a signature (internal) or of a publishing (public).
struct MissingFiles {
    const ShelvedPublication* publication = nullptr;
    const domain::publication::Edition* edition = nullptr;
    domain::publication::Level level = domain::publication::Level::Internal;
    store::Position since;  // of the event that asks for them
};

// Pointers live until the views next change: use them within ReadModel::read.
class PublicationShelf {
public:
    void apply(const store::Record& record, std::string_view publication_id,
               const google::protobuf::Message& event);

    // In the order in which they were opened, the abandoned ones too.
    [[nodiscard]] std::vector<const ShelvedPublication*> all() const;
    [[nodiscard]] const ShelvedPublication* find(std::string_view id) const;
    // The newest period of the same kind and area that is published and ended before the month ("2018-01").
    [[nodiscard]] const ShelvedPublication* last_published_before(std::string_view kind, domain::Area area,
                                                                  std::string_view first_month) const;
    // In log order: what was signed or published first is made first.
    [[nodiscard]] std::vector<MissingFiles> missing_files() const;
    // In the order of publishing.
    [[nodiscard]] std::vector<PublishedEdition> published_editions() const;

    [[nodiscard]] std::uint64_t digest() const;

private:
    std::map<std::string, ShelvedPublication, std::less<>> publications_;
};

}  // namespace vastine::projections
