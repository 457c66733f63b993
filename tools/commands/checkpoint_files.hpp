#pragma once
// Where commands find checkpoints, and the public keys they are checked with.

#include <filesystem>
#include <string>
#include <vector>

#include "store/checkpoints.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

// The witness file: the one given, or DIR/witness.
[[nodiscard]] std::filesystem::path witness_of(const Target& target, const std::filesystem::path& given);
[[nodiscard]] std::filesystem::path public_keys_of(const Target& target);  // DIR/public-keys
[[nodiscard]] store::Checkpoints::Files checkpoint_files(const Target& target,
                                                         const std::filesystem::path& witness);

// Of a file, or of standard input where that is named "-". Throws Failure.
[[nodiscard]] std::string text_of(const std::filesystem::path& file);

// Each is a key, NAME+ID+KEY, or a file of keys, one a line. Throws Failure.
[[nodiscard]] std::vector<store::proof::VerifierKey> read_public_keys(const std::vector<std::string>& given);

}  // namespace vastine::tools
