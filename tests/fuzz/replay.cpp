// Gives a fuzz target every file of its corpus, and each file cut short and with bits flipped, always the
// same ones: so a find that was entered stays found, with any compiler.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void give(const std::string& input) {
    // A copy of exactly its size, so that an address sanitizer sees a read beyond it.
    const std::vector<std::uint8_t> exact(input.begin(), input.end());
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return std::fputs("usage: NAME_fuzz_replay CORPUS_FOLDER\n", stderr), 2;
    std::mt19937 random(1);
    std::size_t files = 0;
    give({});
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string input((std::istreambuf_iterator<char>(in)), {});
        std::printf("%s\n", entry.path().filename().c_str());
        give(input);
        const std::size_t step = input.size() / 200 + 1;
        for (std::size_t size = 0; size < input.size(); size += step) give(input.substr(0, size));
        for (int i = 0; i < 500 && !input.empty(); ++i) {
            auto flipped = input;
            for (unsigned flips = random() % 4 + 1; flips > 0; --flips) {
                auto& byte = flipped[random() % flipped.size()];
                byte = static_cast<char>(byte ^ (1 << random() % 8));
            }
            give(flipped);
        }
        ++files;
    }
    if (files == 0) return std::fputs("an empty corpus tests nothing\n", stderr), 1;
    return 0;
}
