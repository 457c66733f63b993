#pragma once
// A log's database alone, as a backup has it: read without any key, and nothing of it changed.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "store/provable.hpp"

namespace vastine::store {

class LogCopy final : public Provable {
public:
    // Throws CannotOpen when there is no log in the folder, Corruption when its end is damaged. Nobody may
    // write to it meanwhile.
    explicit LogCopy(const std::filesystem::path& database);
    ~LogCopy() override;

    [[nodiscard]] std::string organisation() const;  // UUID

    [[nodiscard]] Head head() const override;
    Head verify(const std::function<void(Position)>& progress) const override;  // opens no record
    void check_extends(const Head& known) const override;
    [[nodiscard]] std::vector<std::string> inclusion_proof(Position position, Position size) const override;
    [[nodiscard]] std::vector<std::string> consistency_proof(Position old_size, Position size) const override;
    [[nodiscard]] std::string leaf(Position position) const override;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace vastine::store
