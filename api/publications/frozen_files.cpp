#include "api/publications/frozen_files.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <utility>

#include "api/publications/editions.hpp"
#include "api/secret.hpp"

namespace vastine::api {

namespace publication = domain::publication;
using publication::Level;

namespace {

const Artefact* artefact_of(const publication::Edition& edition, Level level, auto&& is_it) {
    const auto* stored = publication::files(edition, level);
    if (stored == nullptr) return nullptr;
    const auto found = std::ranges::find_if(stored->artefacts(), is_it);
    return found == stored->artefacts().end() ? nullptr : &*found;
}

store::Corruption altered(const FrozenFile& file) {
    return store::Corruption("publication " + file.publication_id + ", edition " +
                             std::to_string(file.edition) + ": the file " + file.artefact.sha256() +
                             " is not what was frozen");
}

class FrozenBody : public BodySource {
public:
    FrozenBody(std::unique_ptr<store::Blobs::Source> source, FrozenFile file)
        : source_(std::move(source)), file_(std::move(file)) {
        crypto_hash_sha256_init(&hash_);
        take();
    }

    // One piece behind what was read: the last one leaves when the whole is known to be right.
    void next(std::function<void(std::string)> ready) override {
        auto piece = std::move(held_);
        held_.clear();
        if (!piece.empty()) take();
        ready(std::move(piece));
    }
    void close() override {}
    [[nodiscard]] bool works() const override { return true; }

private:
    void take() {
        held_ = source_->next();
        if (held_.empty()) return check();
        size_ += held_.size();
        crypto_hash_sha256_update(&hash_, reinterpret_cast<const unsigned char*>(held_.data()), held_.size());
    }
    void check() {
        std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
        crypto_hash_sha256_final(&hash_, digest.data());
        std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
        sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
        if (size_ != file_.artefact.size() || file_.artefact.sha256() != text.data()) throw altered(file_);
    }

    std::unique_ptr<store::Blobs::Source> source_;
    FrozenFile file_;
    crypto_hash_sha256_state hash_{};
    std::uint64_t size_ = 0;
    std::string held_;
};

}  // namespace

std::optional<FrozenFile> find_file(const projections::ReadModel& model, const domain::Viewer& viewer,
                                    std::string_view publication_id, std::string_view sha256) {
    return model.read([&](const projections::Views& views) -> std::optional<FrozenFile> {
        const auto* shelved = views.publications->find(publication_id);
        if (shelved == nullptr) return std::nullopt;
        const auto sight = domain::sight(viewer, publication::scope(shelved->facts), views.reference);
        const auto is_it = [&](const Artefact& artefact) { return artefact.sha256() == sha256; };
        for (const auto& edition : shelved->facts.editions) {
            const auto given = [&](Level level) -> const Artefact* {
                const bool there =
                    level == Level::Internal ? !edition.signed_on.empty() : !edition.published_on.empty();
                const auto least = level == Level::Internal ? domain::PublicationSight::Signed
                                                            : domain::PublicationSight::Published;
                return there && sight >= least ? artefact_of(edition, level, is_it) : nullptr;
            };
            for (const auto level : {Level::Public, Level::Internal}) {
                if (const auto* artefact = given(level)) {
                    return FrozenFile{shelved->id, edition.number, level, *artefact};
                }
            }
        }
        return std::nullopt;
    });
}

std::optional<FrozenFile> find_published_file(const projections::ReadModel& model,
                                              std::string_view publication_id, std::string_view edition,
                                              std::string_view file_name) {
    return model.read([&](const projections::Views& views) -> std::optional<FrozenFile> {
        const auto* shelved = views.publications->find(publication_id);
        if (shelved == nullptr) return std::nullopt;
        for (const auto& each : shelved->facts.editions) {
            if (each.published_on.empty() || std::to_string(each.number) != edition) continue;
            const auto* artefact = artefact_of(
                each, Level::Public, [&](const Artefact& one) { return one.file_name() == file_name; });
            if (artefact == nullptr) return std::nullopt;
            return FrozenFile{shelved->id, each.number, Level::Public, *artefact};
        }
        return std::nullopt;
    });
}

std::shared_ptr<BodySource> frozen_body(const store::Blobs& blobs, const FrozenFile& file) {
    auto source = blobs.read(publication_stream(file.publication_id), file.artefact.sealed_sha256());
    if (!source) {
        // A file that an event names is there, unless its key is gone.
        if (source.error() == store::Missing::Blob) throw altered(file);
        return nullptr;
    }
    return std::make_shared<FrozenBody>(std::move(*source), file);
}

std::optional<std::string> frozen_bytes(const store::Blobs& blobs, const FrozenFile& file) {
    auto bytes = blobs.get(publication_stream(file.publication_id), file.artefact.sealed_sha256());
    if (!bytes) {
        if (bytes.error() == store::Missing::Blob) throw altered(file);
        return std::nullopt;
    }
    if (sha256_of(*bytes) != file.artefact.sha256()) throw altered(file);
    return std::move(*bytes);
}

}  // namespace vastine::api
