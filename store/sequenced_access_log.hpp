#pragma once
// The access log over the event store's own machinery: streams access-<area>-<yyyy-mm>, each with a key
// of its own, so that a month whose time is over can be destroyed by itself. Months are those of UTC.

#include "store/sequencer.hpp"

namespace vastine::store {

class SequencedAccessLog final : public AccessLog {
public:
    explicit SequencedAccessLog(Sequencer& log) : log_(log) {}

    void record(AccessArea area, Instant at, const PersonalDataRead& entry) override;
    void read(AccessArea area, Position after,
              const std::function<bool(const Record&, const PersonalDataRead&)>& visitor) const override;
    [[nodiscard]] std::vector<std::chrono::year_month> months(AccessArea area) const override;
    std::optional<KeyId> destroy(AccessArea area, std::chrono::year_month month) override;
    [[nodiscard]] Head head() const override { return log_.head(); }
    Head verify(const std::function<void(Position)>& progress) const override {
        return log_.verify(progress);
    }
    void check_extends(const Head& known) const override { log_.check_extends(known); }
    [[nodiscard]] std::vector<std::string> inclusion_proof(Position position, Position size) const override {
        return log_.inclusion_proof(position, size);
    }
    [[nodiscard]] std::vector<std::string> consistency_proof(Position old_size,
                                                             Position size) const override {
        return log_.consistency_proof(old_size, size);
    }
    [[nodiscard]] std::string leaf(Position position) const override { return log_.leaf(position); }

private:
    Sequencer& log_;
};

}  // namespace vastine::store
