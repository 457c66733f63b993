#pragma once
// A store that fails when a test says so: at every append and every read of a stream.

#include <atomic>

#include "store/store.hpp"

namespace vastine::test {

enum class Failing { No, Fault, Corruption };

class FailingEvents : public store::EventStore {
public:
    FailingEvents(store::EventStore& real, const std::atomic<Failing>& failing)
        : real_(real), failing_(failing) {}

    tl::expected<store::Appended, store::Refused> append(store::Append append) override {
        fail();
        return real_.append(std::move(append));
    }
    std::vector<tl::expected<store::Appended, store::Refused>> append_all(
        std::vector<store::Append> appends) override {
        fail();
        return real_.append_all(std::move(appends));
    }
    void check_extends(const store::Head& known) const override { real_.check_extends(known); }
    std::vector<std::string> inclusion_proof(store::Position position, store::Position size) const override {
        return real_.inclusion_proof(position, size);
    }
    std::vector<std::string> consistency_proof(store::Position old_size,
                                               store::Position size) const override {
        return real_.consistency_proof(old_size, size);
    }
    std::string leaf(store::Position position) const override { return real_.leaf(position); }
    store::Version version(const store::StreamId& stream) const override { return real_.version(stream); }
    void read_stream(const store::StreamId& stream, store::Version after,
                     const store::Visitor& visitor) const override {
        fail();
        real_.read_stream(stream, after, visitor);
    }
    void read_log(store::Position after, store::Position until,
                  const store::Visitor& visitor) const override {
        real_.read_log(after, until, visitor);
    }
    store::Head head() const override { return real_.head(); }
    std::optional<store::StreamId> find(const std::string& scope, const std::string& value) const override {
        return real_.find(scope, value);
    }
    std::vector<tl::expected<store::KeyId, store::Refused>> destroy_keys(
        const std::vector<store::StreamAt>& streams) override {
        fail();
        return real_.destroy_keys(streams);
    }
    store::Opened open(const store::Record& record, store::Depth depth) const override {
        return real_.open(record, depth);
    }
    store::Head verify(const std::function<void(store::Position)>& progress) const override {
        return real_.verify(progress);
    }

private:
    void fail() const {
        if (failing_ == Failing::Fault) throw store::Fault("the disk is full");
        if (failing_ == Failing::Corruption) throw store::Corruption("position 7 does not decode");
    }
    store::EventStore& real_;
    const std::atomic<Failing>& failing_;
};

class FailingStore : public store::Store {
public:
    FailingStore(store::Store& real, const std::atomic<Failing>& failing)
        : real_(real), events_(real.events(), failing) {}
    store::EventStore& events() override { return events_; }
    store::AccessLog& access() override { return real_.access(); }
    store::Blobs& blobs() override { return real_.blobs(); }
    store::Secrets& secrets() override { return real_.secrets(); }
    store::Keys& keys() override { return real_.keys(); }
    void reclaim() override { real_.reclaim(); }
    std::string organisation() const override { return real_.organisation(); }
    bool healthy() const override { return real_.healthy(); }

private:
    store::Store& real_;
    FailingEvents events_;
};

}  // namespace vastine::test
