#include "store/sealing/shamir.hpp"

#include <openssl/rand.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

extern "C" {  // it does not say so itself
#include <libgfshare.h>
}

namespace vastine::store::sealing {
namespace {

// The library takes no answer from here, and shares made without chance would be open to anybody.
void fill_with_chance(unsigned char* bytes, unsigned int count) {
    if (RAND_priv_bytes(bytes, static_cast<int>(count)) != 1) std::abort();
}
// It also overwrites with this what it frees, so joining needs it too.
void set_up() {
    static const bool done = [] {
        gfshare_fill_rand = &fill_with_chance;
        return true;
    }();
    static_cast<void>(done);
}

using Context = std::unique_ptr<gfshare_ctx, decltype(&gfshare_ctx_free)>;

}  // namespace

std::vector<KeyShare> split_key(const Key& key, unsigned shares, unsigned needed) {
    if (needed < 2 || needed > shares || shares > 255) throw std::invalid_argument("no such sharing");
    set_up();
    std::vector<unsigned char> numbers;
    for (unsigned number = 1; number <= shares; ++number) {
        numbers.push_back(static_cast<unsigned char>(number));
    }
    const Context context(
        gfshare_ctx_init_enc(numbers.data(), shares, static_cast<unsigned char>(needed), Key::size),
        &gfshare_ctx_free);
    if (!context) throw std::bad_alloc();
    // It is only read, whatever the library's signature says.
    gfshare_ctx_enc_setsecret(context.get(), const_cast<unsigned char*>(key.data()));
    std::vector<KeyShare> made(shares);
    for (unsigned i = 0; i < shares; ++i) {
        made[i].number = numbers[i];
        gfshare_ctx_enc_getshare(context.get(), static_cast<unsigned char>(i), made[i].value.data());
    }
    return made;
}

Key join_key(const std::vector<const KeyShare*>& shares) {
    set_up();
    std::vector<unsigned char> numbers;
    numbers.reserve(shares.size());
    for (const auto* share : shares) numbers.push_back(share->number);
    const Context context(
        gfshare_ctx_init_dec(numbers.data(), static_cast<unsigned>(numbers.size()), Key::size),
        &gfshare_ctx_free);
    if (!context) throw std::bad_alloc();
    for (std::size_t i = 0; i < shares.size(); ++i) {
        gfshare_ctx_dec_giveshare(context.get(), static_cast<unsigned char>(i),
                                  const_cast<unsigned char*>(shares[i]->value.data()));
    }
    Key key;
    gfshare_ctx_dec_extract(context.get(), key.data());
    return key;
}

}  // namespace vastine::store::sealing
