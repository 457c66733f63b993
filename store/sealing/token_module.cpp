#include "store/sealing/token_module.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "store/sealing/cipher.hpp"
#include "store/sealing/key_file.hpp"
#include "store/store.hpp"

namespace vastine::store::sealing {
namespace {

// Those that somebody can do something about; the others by their number, which the maker explains.
std::string meaning(CK_RV answer) {
    switch (answer) {
        case CKR_PIN_INCORRECT:
            return "the PIN is wrong";
        case CKR_PIN_LOCKED:
            return "the PIN is locked";
        case CKR_PIN_EXPIRED:
            return "the PIN has expired";
        case CKR_TOKEN_NOT_PRESENT:
        case CKR_DEVICE_REMOVED:
            return "the token is not there";
        case CKR_TOKEN_NOT_RECOGNIZED:
            return "the token is not known to it";
        case CKR_TOKEN_WRITE_PROTECTED:
            return "the token takes nothing new";
        case CKR_USER_PIN_NOT_INITIALIZED:
            return "the token has no user's PIN yet";
        case CKR_MECHANISM_INVALID:
            return "it does not offer that";
        case CKR_KEY_FUNCTION_NOT_PERMITTED:
            return "the key may not be used for that";
        case CKR_DEVICE_ERROR:
            return "the device is out of order";
        default:
            return fmt::format("error 0x{:x}", answer);
    }
}

// Labels of tokens are 32 characters, filled up with blanks.
std::string_view label_of(const CK_TOKEN_INFO& token) {
    std::string_view label(reinterpret_cast<const char*>(token.label), sizeof token.label);
    while (!label.empty() && (label.back() == ' ' || label.back() == '\0')) label.remove_suffix(1);
    return label;
}

}  // namespace

void must(CK_RV answer, std::string_view asked) {
    if (answer != CKR_OK) {
        throw CannotOpen(fmt::format("The hardware module did not do what it was asked ({}): {}.", asked,
                                     meaning(answer)));
    }
}

std::shared_ptr<TokenModule> TokenModule::load(const std::filesystem::path& library) {
    struct Loaded {
        std::unique_ptr<TokenModule> module;
        unsigned users = 0;
    };
    // Never destroyed: the last user may go when the process does.
    static auto& mutex = *new std::mutex;
    static auto& all = *new std::map<std::filesystem::path, Loaded>;
    const std::lock_guard lock(mutex);
    auto& loaded = all[library];
    if (!loaded.module) loaded.module = std::make_unique<TokenModule>(library);
    ++loaded.users;
    // Ended under the lock: a module that is started again must not be ended by whoever started it before.
    return {loaded.module.get(), [library](TokenModule*) {
                const std::lock_guard ending(mutex);
                if (--all[library].users == 0) all.erase(library);
            }};
}

TokenModule::TokenModule(const std::filesystem::path& library)
    : library_(::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL)) {
    if (library_ == nullptr) {
        throw CannotOpen(fmt::format("The hardware module's library {} cannot be loaded.", library.string()));
    }
    try {
        const auto list = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library_, "C_GetFunctionList"));
        if (list == nullptr || list(&calls_) != CKR_OK || calls_ == nullptr) {
            throw CannotOpen(fmt::format("{} is no PKCS#11 module.", library.string()));
        }
        CK_C_INITIALIZE_ARGS how{};
        how.flags = CKF_OS_LOCKING_OK;
        const auto answer = calls_->C_Initialize(&how);
        started_ = answer == CKR_OK;
        if (answer != CKR_CRYPTOKI_ALREADY_INITIALIZED) must(answer, "starting");
    } catch (const CannotOpen&) {
        ::dlclose(library_);
        throw;
    }
}

TokenModule::~TokenModule() {
    if (started_) static_cast<void>(calls_->C_Finalize(nullptr));
    ::dlclose(library_);
}

CK_SLOT_ID TokenModule::slot_of(const std::string& label) const {
    CK_ULONG count = 0;
    must(calls_->C_GetSlotList(CK_TRUE, nullptr, &count), "listing its tokens");
    std::vector<CK_SLOT_ID> slots(count);
    must(calls_->C_GetSlotList(CK_TRUE, slots.data(), &count), "listing its tokens");
    slots.resize(std::min<std::size_t>(count, slots.size()));
    std::vector<CK_SLOT_ID> found;
    for (const auto slot : slots) {
        CK_TOKEN_INFO token{};
        if (calls_->C_GetTokenInfo(slot, &token) == CKR_OK && label_of(token) == label) found.push_back(slot);
    }
    if (found.size() != 1) {
        throw CannotOpen(fmt::format("The hardware module has {} token with the label '{}'.",
                                     found.empty() ? "no" : "more than one", label));
    }
    return found.front();
}

TokenSession::TokenSession(const TokenModule& module, const std::string& token,
                           const std::filesystem::path& pin_file, For what)
    : module_(module) {
    auto pin = read_private_file(pin_file, {"file with the token's PIN", "The key file says where it is."});
    const auto length = std::min(pin.find_first_of("\r\n"), pin.size());
    const CK_FLAGS flags = CKF_SERIAL_SESSION | (what == For::Making ? CKF_RW_SESSION : 0U);
    auto answer = calls().C_OpenSession(module.slot_of(token), flags, nullptr, nullptr, &handle_);
    if (answer == CKR_OK) {
        // Whether somebody is signed in is one for all sessions of a process.
        answer = calls().C_Login(handle_, CKU_USER, reinterpret_cast<CK_UTF8CHAR*>(pin.data()), length);
        if (answer == CKR_USER_ALREADY_LOGGED_IN) answer = CKR_OK;
        if (answer != CKR_OK) static_cast<void>(calls().C_CloseSession(handle_));
    }
    wipe(pin);
    must(answer, "signing in");
}

TokenSession::~TokenSession() {
    static_cast<void>(calls().C_CloseSession(handle_));
}

}  // namespace vastine::store::sealing
