#include "api/named_files.hpp"

#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/cases/kinds.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/publication.pb.h"

namespace vastine::api {

namespace {

// Their names as sealed. The one place that knows which events name files.
std::vector<std::string> files_named_by(const store::EventStore& events, const store::Record& record) {
    std::vector<std::string> names;
    if (record.type == ArtefactsStored::descriptor()->full_name()) {
        const auto opened = events.open(record, store::Depth::Facts);
        for (const auto& artefact : dynamic_cast<const ArtefactsStored&>(*opened.event).artefacts()) {
            names.push_back(artefact.sealed_sha256());
        }
    } else if (record.type == DocumentEntered::descriptor()->full_name()) {
        const auto opened = events.open(record, store::Depth::Facts);
        const auto& given = dynamic_cast<const DocumentEntered&>(*opened.event).given();
        if (given.has_attachment()) names.push_back(given.attachment().sealed_sha256());
    }
    return names;
}

bool names_files(const store::StreamId& stream) {
    const auto kind = domain::kind_of_stream(stream.value);
    return kind && (domain::area_of(*kind) || *kind == PUBLICATION);
}

}  // namespace

std::uint64_t count_named_files(store::Store& store) {
    const auto& events = store.events();
    std::uint64_t there = 0;
    events.read_log(store::Position{0}, events.head().position, [&](const store::Record& record) {
        for (const auto& name : files_named_by(events, record)) {
            if (store.blobs().has(record.stream, name)) {
                ++there;
            } else if (!events.open(record, store::Depth::Details).key_gone) {
                throw store::Corruption(
                    fmt::format("{}: the file {}, named at position {} of the log, is not there",
                                record.stream.value, name, record.position.value));
            }
        }
        return true;
    });
    return there;
}

store::Reaped reap_orphan_files(store::Store& store, store::Instant now) {
    const auto& events = store.events();
    // Blobs come stream by stream: each stream is read once, however many it has.
    store::StreamId read_last;
    std::set<std::string> named;
    return store.blobs().reap(
        now - orphan_after, [&](const store::StreamId& stream, const std::string& sealed_sha256) {
            if (!names_files(stream)) return true;  // others' to say
            if (stream != read_last) {
                named.clear();
                events.read_stream(stream, store::Version{0}, [&](const store::Record& record) {
                    for (auto& name : files_named_by(events, record)) named.insert(std::move(name));
                    return true;
                });
                read_last = stream;
            }
            return named.contains(sealed_sha256);
        });
}

}  // namespace vastine::api
