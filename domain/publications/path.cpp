#include "domain/publications/path.hpp"

#include <algorithm>
#include <array>

namespace vastine::domain::publication {

namespace {

// The head of the ombudsmen gives the annual report to the county executive, which notes it and does not
// adopt it; it goes for information to the municipalities and the supervisory authority (739/2023 §8). The
// account of the legal area is the organisation's own; a summary (741/2023 §27) goes straight to the public.
constexpr std::array paths{
    Path{"annual", Area::Ombudsman, true, Need::Optional, Need::Required, Need::Required},
    Path{"legal", Area::Legal, false, Need::None, Need::Required, Need::Optional},
    Path{"summary", std::nullopt, false, Need::None, Need::None, Need::None},
};

}  // namespace

const Path* path_of(std::string_view kind) {
    const auto* const found = std::ranges::find(paths, kind, &Path::kind);
    return found == paths.end() ? nullptr : &*found;
}

Role signer(Area area) {
    return area == Area::Ombudsman ? HEAD_OMBUDSMAN : LAWYER;
}

}  // namespace vastine::domain::publication
