#include "tests/store/damage/prepared_store.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "tests/store/damage/faulty_file_system.hpp"

namespace vastine::store::test {

PreparedStore::PreparedStore() {
    Store::create(options());
}

Options PreparedStore::options() const {
    Options options;
    options.directory = folder_.path() / "data";
    return options;
}

Options PreparedStore::copy(const MemoryFolder& to) const {
    Options copied;
    copied.directory = to.path() / "data";
    std::filesystem::copy(options().directory, copied.directory, std::filesystem::copy_options::recursive);
    return copied;
}

unsigned fail_while_opening(const PreparedStore& prepared, std::uint64_t stride,
                            const std::function<void(const Options&)>& check) {
    const auto seed = std::random_device()();
    std::mt19937_64 random(seed);
    bool opened_without_a_fault = false;
    unsigned refused = 0;
    for (std::uint64_t call = 1; !opened_without_a_fault; call += stride) {
        INFO("failing at call " << call << ", seed " << seed);
        const MemoryFolder folder;
        const Options clean = prepared.copy(folder);
        const auto system = std::make_shared<FaultyFileSystem>();
        const auto environment = rocksdb::NewCompositeEnv(system);
        {
            Options faulty = clean;
            faulty.environment = environment.get();
            system->fail_at(call, Failing::FromThenOn);
            try {
                const auto store = Store::open(faulty);
            } catch (const std::runtime_error&) {
                ++refused;
            }
            opened_without_a_fault = !system->has_failed();
            system->lights_out();
        }
        system->drop_unsynced(random);
        // It fails nothing, and takes no room ahead: in memory that would be most of the work.
        const auto sound = rocksdb::NewCompositeEnv(std::make_shared<FaultyFileSystem>());
        Options after = clean;
        after.environment = sound.get();
        check(after);
    }
    return refused;
}

}  // namespace vastine::store::test
