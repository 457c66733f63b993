#pragma once
// What is published, for anybody and without a login: every edition, newest first, with its frozen files.
// Nothing of a draft, of an internal file or of who did what is read here.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/schema/publication.pb.h"
#include "domain/text/text.hpp"
#include "projections/read_model.hpp"
#include "store/event_store.hpp"

namespace vastine::api {

struct PublicEdition {
    std::string publication_id;
    OpenPublication opened;
    std::string kind;  // in the reader's words
    std::uint32_t number = 0;
    std::string published_on;
    store::Instant published_at;
    std::uint32_t replaced_by = 0;  // the edition that corrects it; 0: none
    std::string what_changed;       // of a correction
    std::string what_changed_in;    // its language: another than the reader's when there is none in that
    std::vector<Artefact> files;    // none: being made
};

// By kind in the code set's order, in each the newest period first, of each its newest edition first.
[[nodiscard]] std::vector<PublicEdition> public_editions(const store::EventStore& events,
                                                         const projections::ReadModel& model,
                                                         domain::Language language);
// Where the public finds a file; a path of this server.
[[nodiscard]] std::string public_path(const PublicEdition& edition, const Artefact& file);

// And an edition on the page.
[[nodiscard]] std::string public_place(const std::string& publication_id, std::uint32_t edition);

// The page: one document without scripts that loads nothing. Its policy names its own style and no other.
[[nodiscard]] std::string public_page(const std::vector<PublicEdition>& editions, domain::Language language);
[[nodiscard]] const std::string& public_page_policy();

// The same as announcements to follow (Atom, RFC 4287), newest first. `base`: https://host;
// `organisation`: whose they are, as it has said; a county that has not said its name is called one.
[[nodiscard]] std::string public_feed(const std::vector<PublicEdition>& editions, domain::Language language,
                                      const std::string& base, const Text& organisation);

}  // namespace vastine::api
