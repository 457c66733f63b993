#pragma once
// The master key as the key file holds it.

#include "store/sealing/master_key.hpp"

namespace vastine::store::sealing {

class FileKey final : public MasterKey {
public:
    explicit FileKey(Key key) : key_(std::move(key)) {}
    // Nothing when it is no text of a key file that holds a key.
    [[nodiscard]] static std::unique_ptr<FileKey> from_text(std::string_view text);

    // Before there was a secrets' key, secrets were sealed under this one.
    [[nodiscard]] bool open(std::string_view bound, std::string_view box, std::string& plain) const;

    [[nodiscard]] std::string wrap(std::string_view bound, const Key& key) const override;
    [[nodiscard]] std::optional<Key> unwrap(std::string_view bound, std::string_view box) const override;
    [[nodiscard]] std::string check() const override;
    [[nodiscard]] bool recognises(std::string_view check) const override;
    [[nodiscard]] std::string file_text() const override;
    [[nodiscard]] std::unique_ptr<MasterKey> successor() const override;
    [[nodiscard]] std::string described() const override;

private:
    Key key_;
};

}  // namespace vastine::store::sealing
