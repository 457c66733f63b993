#include "store/sealing/key_place.hpp"

#include <fmt/format.h>

#include <optional>

#include "store/sealing/cipher.hpp"
#include "store/sealing/file_key.hpp"
#include "store/sealing/key_file.hpp"
#include "store/sealing/token_key.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

constexpr PrivateFile key_file{"key file",
                               "Without it nothing sealed can be read. Put the file of this organisation in "
                               "its place, or name it with --key-file; if it is lost, make a new one from "
                               "the escrow shares with: vastine keys restore"};

}  // namespace

std::unique_ptr<MasterKey> read_master_key(const std::filesystem::path& file) {
    auto text = read_private_file(file, key_file);
    std::unique_ptr<MasterKey> key;
    if (const auto place = TokenPlace::from_text(text)) {
        key = std::make_unique<TokenKey>(*place);
    } else {
        key = FileKey::from_text(text);
    }
    wipe(text);
    if (!key) {
        throw CannotOpen(fmt::format(
            "{} is no key file of this software, or damaged. Restore it from where you keep its copy.",
            file.string()));
    }
    return key;
}

std::unique_ptr<TokenKey> KeyPlace::token_named() const {
    if (!std::filesystem::exists(file_)) return nullptr;
    auto there = read_master_key(file_);
    if (auto* token = dynamic_cast<TokenKey*>(there.get())) {
        static_cast<void>(there.release());
        return std::unique_ptr<TokenKey>(token);
    }
    throw CannotOpen(
        fmt::format("The key file {} is there already and is not overwritten: what it sealed "
                    "would be lost. Choose another place with --key-file.",
                    file_.string()));
}

void KeyPlace::check_free() const {
    static_cast<void>(token_named());
}

std::unique_ptr<MasterKey> KeyPlace::create() const {
    if (auto token = token_named()) {
        token->make_when_missing();
        return token;
    }
    auto made = std::make_unique<FileKey>(Key::random());
    auto text = made->file_text();
    create_private_file(file_, text);
    wipe(text);
    return made;
}

std::unique_ptr<MasterKey> KeyPlace::find(std::string_view check, const std::string& where) {
    if (file_.empty()) {
        if (held_ && held_->recognises(check)) return std::move(held_);
        throw CannotOpen(fmt::format("The master key does not belong to {}.", where));
    }
    std::optional<CannotOpen> wrong;
    try {
        auto key = read_master_key(file_);
        if (key->recognises(check)) {
            // A rotation that was given up left it; nothing was ever wrapped by it that counts.
            std::error_code ignored;
            std::filesystem::remove(beside(), ignored);
            return key;
        }
        wrong =
            CannotOpen(fmt::format("The key file does not belong to {}: it is another organisation's or an "
                                   "older one. Name the right file with --key-file.",
                                   where));
    } catch (const CannotOpen& refused) {
        wrong = refused;
    }
    if (!std::filesystem::exists(beside())) throw *wrong;
    auto next = read_master_key(beside());
    if (!next->recognises(check)) throw *wrong;
    adopt();
    return next;
}

void KeyPlace::put_beside(const MasterKey& next) const {
    if (file_.empty()) return;
    std::filesystem::remove(beside());
    auto text = next.file_text();
    create_private_file(beside(), text);
    wipe(text);
    if (!read_master_key(beside())->recognises(next.check())) {
        throw CannotOpen(fmt::format("{} does not hold what was written to it.", beside().string()));
    }
}

void KeyPlace::adopt() const {
    if (!file_.empty()) replace_private_file(beside(), file_);
}

}  // namespace vastine::store::sealing
