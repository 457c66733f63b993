#include "api/exported_log.hpp"

#include <fmt/format.h>
#include <google/protobuf/util/message_differencer.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "api/cloud_events.hpp"
#include "api/json.hpp"
#include "store/event_store.hpp"
#include "store/proof/base64.hpp"
#include "store/sealing/field_split.hpp"
#include "store/stored_record.hpp"
#include "store/uuid_text.hpp"

namespace vastine::api {

namespace {

namespace json = boost::json;
using store::Corruption;
using store::Position;
using store::proof::Hash;

constexpr JsonLimits of_an_event{.bytes_max = std::size_t{64} << 20U, .depth_max = 32};

std::string text_at(const json::object& line, std::string_view name) {
    const auto* value = line.if_contains(name);
    if (value == nullptr || !value->is_string()) throw Corruption(fmt::format("\"{}\" is missing", name));
    return std::string(value->as_string());
}

std::string bytes_at(const json::object& line, std::string_view name) {
    auto bytes = store::proof::from_base64(text_at(line, name));
    if (!bytes) throw Corruption(fmt::format("\"{}\" is no base 64", name));
    return std::move(*bytes);
}

std::unique_ptr<google::protobuf::Message> message_of(const std::string& type) {
    const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(type);
    if (descriptor == nullptr) throw Corruption("its type is not known here: " + type);
    const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor);
    return std::unique_ptr<google::protobuf::Message>(prototype->New());
}

// What stands in clear in the record is what the line shows of it.
void check_facts(const json::object& line, const store::StoredRecord& record) {
    const std::string type(record.type);
    const auto shown = message_of(type);
    const auto* data = line.if_contains("data");
    if (data == nullptr || !read_json(json::serialize(*data), *shown, of_an_event)) {
        throw Corruption("\"data\" is not readable as " + type);
    }
    const auto facts_shown = message_of(type);
    const auto facts = message_of(type);
    store::sealing::merge(*facts_shown, store::sealing::split(*shown).facts);
    store::sealing::merge(*facts, record.facts);
    if (!google::protobuf::util::MessageDifferencer::Equals(*facts_shown, *facts)) {
        throw Corruption("\"data\" shows other facts than its record holds");
    }
}

void check_envelope(const json::object& line, const store::StoredRecord& record) {
    const std::pair<const char*, std::string> said[] = {
        {"id", std::to_string(record.position.value)},
        {"source", "urn:uuid:" + store::uuid_text(record.organisation)},
        {"type", std::string(record.type)},
        {"subject", std::string(record.stream)},
        {"time", rfc3339(record.recorded_at)},
        {"streamversion", std::to_string(record.version.value)},
        {"actor", std::string(record.actor)},
    };
    for (const auto& [name, value] : said) {
        if (text_at(line, name) != value) throw Corruption(fmt::format("\"{}\" is not its record's", name));
    }
}

std::vector<std::string> bytes_of(const std::vector<Hash>& hashes) {
    std::vector<std::string> all;
    for (const auto& hash : hashes) all.push_back(store::proof::to_bytes(hash));
    return all;
}

}  // namespace

ExportedLog::ExportedLog(std::istream& lines) {
    std::string line;
    for (std::uint64_t number = 1; std::getline(lines, line); ++number) {
        try {
            take(line);
        } catch (const std::exception& wrong) {
            throw Corruption(fmt::format("line {}: {}", number, wrong.what()));
        }
    }
}

void ExportedLog::take(const std::string& line) {
    const auto parsed = json::parse(line);
    if (!parsed.is_object()) throw Corruption("it is no event");
    const auto& object = parsed.as_object();
    const Position next{leaves() + 1};
    Hash hash{};
    std::string leaf;
    if (object.contains("leafhash")) {
        if (text_at(object, "position") != std::to_string(next.value))
            throw Corruption("a record is missing before it");
        hash = store::proof::to_hash(bytes_at(object, "leafhash"));
    } else {
        if (!object.contains("record")) {
            throw Corruption("it has no record: only an export made with --provable can be verified");
        }
        const auto bytes = bytes_at(object, "record");
        const auto record = store::decode_record(bytes);
        if (record.position != next) throw Corruption("a record is missing before it, or it stands twice");
        const auto organisation = store::uuid_text(record.organisation);
        if (organisation_.empty()) organisation_ = organisation;
        if (organisation != organisation_) throw Corruption("it is of another organisation's log");
        check_envelope(object, record);
        check_facts(object, record);
        leaf = store::leaf_of(record);
        hash = store::proof::leaf_hash(leaf);
        ++shown_;
    }
    leaf_bytes_.push_back(std::move(leaf));
    tree_.add(hash, [&](unsigned level, std::uint64_t, const Hash& complete) {
        if (levels_.size() <= level) levels_.resize(level + 1);
        levels_[level].push_back(complete);
    });
}

store::Head ExportedLog::head() const {
    return {Position{leaves()}, store::proof::to_bytes(tree_.root())};
}

store::Head ExportedLog::verify(const std::function<void(Position)>& progress) const {
    if (progress) progress(Position{leaves()});
    return head();
}

store::proof::Subtree ExportedLog::subtree() const {
    return [this](unsigned level, std::uint64_t index) { return levels_.at(level).at(index); };
}

void ExportedLog::check_extends(const store::Head& known) const {
    if (known.position.value > leaves()) throw Corruption("it ends before that");
    const auto root = store::proof::root_of(known.position.value, subtree());
    if (store::proof::to_bytes(root) != known.root) throw Corruption("its beginning is another");
}

std::vector<std::string> ExportedLog::inclusion_proof(Position position, Position size) const {
    if (position.value == 0 || size.value > leaves()) throw std::out_of_range("no such record");
    return bytes_of(store::proof::inclusion_proof(position.value - 1, size.value, subtree()));
}

std::vector<std::string> ExportedLog::consistency_proof(Position old_size, Position size) const {
    if (size.value > leaves()) throw std::out_of_range("no such record");
    return bytes_of(store::proof::consistency_proof(old_size.value, size.value, subtree()));
}

std::string ExportedLog::leaf(Position position) const {
    if (position.value == 0 || position.value > leaves()) throw std::out_of_range("no such record");
    return leaf_bytes_.at(position.value - 1);
}

}  // namespace vastine::api
