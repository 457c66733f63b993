#pragma once
// The files of publications, as they were frozen when they were signed or published: found by who may have
// them, given out as stored.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.hpp"
#include "domain/access/access.hpp"
#include "domain/publications/publication.hpp"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::api {

struct FrozenFile {
    std::string publication_id;
    std::uint32_t edition = 0;
    domain::publication::Level level = domain::publication::Level::Internal;
    Artefact artefact;
};

// By its hash, for who is signed in: the files of signed editions to those who see them, those of published
// ones to anybody. Nothing: there is no such file, or it is not the viewer's to have.
[[nodiscard]] std::optional<FrozenFile> find_file(const projections::ReadModel& model,
                                                  const domain::Viewer& viewer,
                                                  std::string_view publication_id, std::string_view sha256);
// By its name on the public page, for anybody: a file of the public level of a published edition.
[[nodiscard]] std::optional<FrozenFile> find_published_file(const projections::ReadModel& model,
                                                            std::string_view publication_id,
                                                            std::string_view edition,
                                                            std::string_view file_name);

// The bytes piece by piece, each piece's seal and, before the last piece leaves, the hash of the whole
// checked: what is not what was signed never ends. Nothing: the publication's key is destroyed.
[[nodiscard]] std::shared_ptr<BodySource> frozen_body(const store::Blobs& blobs, const FrozenFile& file);
// All of it at once, checked before. Throws store::Corruption when it is not what was signed.
[[nodiscard]] std::optional<std::string> frozen_bytes(const store::Blobs& blobs, const FrozenFile& file);

}  // namespace vastine::api
