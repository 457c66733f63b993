#pragma once
// A log as it is when every case's key is destroyed.

#include <utility>
#include <vector>

#include "store/store.hpp"

namespace vastine::tools::demo::tests {

// Of a case only facts are there; reference data, logins among them, has keys of its own.
class WithoutKeys : public store::EventStore {
public:
    explicit WithoutKeys(store::EventStore& log) : log_(log) {}
    [[nodiscard]] store::Opened open(const store::Record& record, store::Depth depth) const override {
        if (record.stream.value.starts_with("reference-")) return log_.open(record, depth);
        auto opened = log_.open(record, store::Depth::Facts);
        opened.key_gone = true;
        return opened;
    }
    void read_log(store::Position after, store::Position until,
                  const store::Visitor& visitor) const override {
        log_.read_log(after, until, visitor);
    }
    void read_stream(const store::StreamId& stream, store::Version after,
                     const store::Visitor& visitor) const override {
        log_.read_stream(stream, after, visitor);
    }
    [[nodiscard]] tl::expected<store::Appended, store::Refused> append(store::Append append) override {
        return log_.append(std::move(append));
    }
    [[nodiscard]] std::vector<tl::expected<store::Appended, store::Refused>> append_all(
        std::vector<store::Append> appends) override {
        return log_.append_all(std::move(appends));
    }
    [[nodiscard]] std::vector<tl::expected<store::KeyId, store::Refused>> destroy_keys(
        const std::vector<store::StreamAt>& streams) override {
        return log_.destroy_keys(streams);
    }
    [[nodiscard]] store::Version version(const store::StreamId& stream) const override {
        return log_.version(stream);
    }
    [[nodiscard]] store::Head head() const override { return log_.head(); }
    [[nodiscard]] std::optional<store::StreamId> find(const std::string& scope,
                                                      const std::string& value) const override {
        return log_.find(scope, value);
    }
    store::Head verify(const std::function<void(store::Position)>& progress) const override {
        return log_.verify(progress);
    }
    void check_extends(const store::Head& known) const override { log_.check_extends(known); }
    [[nodiscard]] std::vector<std::string> inclusion_proof(store::Position position,
                                                           store::Position size) const override {
        return log_.inclusion_proof(position, size);
    }
    [[nodiscard]] std::vector<std::string> consistency_proof(store::Position old_size,
                                                             store::Position size) const override {
        return log_.consistency_proof(old_size, size);
    }
    [[nodiscard]] std::string leaf(store::Position position) const override { return log_.leaf(position); }

private:
    store::EventStore& log_;
};

}  // namespace vastine::tools::demo::tests
