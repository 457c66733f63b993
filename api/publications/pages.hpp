#pragma once
// Publications as those see them who write them, sign them, take them through the boards, or answer a
// proposal in them. Each sees as much as domain::sight says.
//
// None of it is in the access log: that log is of client data (703/2023 §10-11), and a publication holds
// none. Its figures are counts, its examples are composed and confirmed to show nobody, its words are those
// of officials in a document on its way to be public; what looks like a person's identifier is refused when
// it is written (domain/publications).
//
// Unknown and unseen are the same Reason::NotFound. Threads: every function, from any thread at once.

#include <functional>
#include <string>

#include "api/publications/desk.hpp"
#include "api/publications/editions.hpp"
#include "api/reading.hpp"
#include "domain/result.hpp"
#include "domain/schema/views.pb.h"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::api {

class PublicationPages {
public:
    PublicationPages(store::Store& store, const projections::ReadModel& model, const Editions& editions,
                     std::function<store::Instant()> now, const PublicationDesk* desk = nullptr)
        : store_(store), model_(model), editions_(editions), now_(std::move(now)), desk_(desk) {}

    // Newest first; those of which the reader sees more than the public does.
    [[nodiscard]] PublicationList list(const Reader& reader) const;
    [[nodiscard]] domain::Result<PublicationPage> page(const Reader& reader, const std::string& id) const;
    // Every version of a section's text in a language, newest first: for those who write in its area.
    [[nodiscard]] domain::Result<SectionTextVersions> texts(const Reader& reader, const std::string& id,
                                                            const std::string& section,
                                                            const std::string& language) const;
    // Proposals of signed editions that are addressed to the reader: unanswered first, then newest first.
    [[nodiscard]] ProposalList proposals(const Reader& reader) const;

private:
    store::Store& store_;
    const projections::ReadModel& model_;
    const Editions& editions_;
    std::function<store::Instant()> now_;
    const PublicationDesk* desk_;  // who makes the files; nobody where no service runs
};

}  // namespace vastine::api
