#pragma once
// A PKCS#11 module: the library of a hardware module's maker, loaded when it is needed and spoken to
// directly. One that stands behind several keys is loaded once.
//
// Threads: the module is told to lock for itself; a Session belongs to one thread.

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace vastine::store::sealing {

class TokenModule {
public:
    // Throws CannotOpen when it cannot be loaded or does not start.
    [[nodiscard]] static std::shared_ptr<TokenModule> load(const std::filesystem::path& library);
    explicit TokenModule(const std::filesystem::path& library);
    TokenModule(const TokenModule&) = delete;
    TokenModule& operator=(const TokenModule&) = delete;
    ~TokenModule();

    [[nodiscard]] const CK_FUNCTION_LIST& calls() const { return *calls_; }
    // The slot of the one token with this label. Throws CannotOpen when there is none, or two.
    [[nodiscard]] CK_SLOT_ID slot_of(const std::string& label) const;

private:
    void* library_ = nullptr;
    CK_FUNCTION_LIST* calls_ = nullptr;
    bool started_ = false;  // by us, and ours to end
};

// Signed in while it lives. No session outlives the work it was opened for: a network module may drop idle
// ones, and the PIN is in no memory between.
class TokenSession {
public:
    enum class For { Using, Making };
    // The PIN is the first line of the file, which its owner alone may read.
    TokenSession(const TokenModule& module, const std::string& token, const std::filesystem::path& pin_file,
                 For what);
    TokenSession(const TokenSession&) = delete;
    TokenSession& operator=(const TokenSession&) = delete;
    ~TokenSession();

    [[nodiscard]] const CK_FUNCTION_LIST& calls() const { return module_.calls(); }
    [[nodiscard]] CK_SESSION_HANDLE handle() const { return handle_; }

private:
    const TokenModule& module_;
    CK_SESSION_HANDLE handle_ = 0;
};

// Throws CannotOpen that says what was asked for and what the module answered.
void must(CK_RV answer, std::string_view asked);

}  // namespace vastine::store::sealing
