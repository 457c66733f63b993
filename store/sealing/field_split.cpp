#include "store/sealing/field_split.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format.h>

#include <algorithm>
#include <map>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include "domain/schema/options.pb.h"
#include "store/event_store.hpp"

namespace vastine::store::sealing {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// For each field of a message type, what becomes of its bytes.
class Plan {
public:
    static constexpr std::size_t parts = 3;
    struct Field {
        const FieldDescriptor* descriptor = nullptr;
        std::uint32_t tag = 0;        // as Protobuf writes it: any other of the same number is unknown to it
        std::size_t part = 0;         // of a leaf, or of a list whose elements all belong to one part
        const Plan* inner = nullptr;  // of a container that is split
    };

    [[nodiscard]] const Field* find(std::uint32_t number) const {
        return number < fields_.size() && fields_[number].descriptor != nullptr ? &fields_[number] : nullptr;
    }
    [[nodiscard]] std::size_t lowest() const { return lowest_; }
    [[nodiscard]] bool uniform() const { return lowest_ == highest_; }
    // Whether parts may be merged by Protobuf itself: no mixed list anywhere below.
    [[nodiscard]] bool simple() const { return stepwise_.empty(); }
    // Fields that hold a mixed list, or a message with one below.
    [[nodiscard]] const std::vector<const Field*>& stepwise() const { return stepwise_; }

private:
    friend class Plans;
    std::vector<Field> fields_;
    std::vector<const Field*> stepwise_;
    std::size_t lowest_ = parts;
    std::size_t highest_ = 0;
};

// All plans made so far. They live as long as the process: so do descriptors.
class Plans {
public:
    const Plan& find(const Descriptor* type) {
        {
            const std::shared_lock lock(mutex_);
            const auto found = plans_.find(type);
            if (found != plans_.end()) return *found->second;
        }
        const std::unique_lock lock(mutex_);
        making_.clear();  // an earlier refusal may have left something
        return make(type);
    }

private:
    static std::size_t part_of(const FieldDescriptor& field) {
        switch (field.options().GetExtension(v).class_()) {
            case FACT:
                return 0;
            case DETAIL:
                return 1;
            case PERSONAL:
                return 2;
            default:
                throw std::invalid_argument(field.full_name() + " states no class");
        }
    }
    const Plan& make(const Descriptor* type) {
        if (const auto found = plans_.find(type); found != plans_.end()) return *found->second;
        if (std::find(making_.begin(), making_.end(), type) != making_.end()) {
            throw std::invalid_argument(type->full_name() + " contains itself");
        }
        making_.push_back(type);
        auto plan = std::make_unique<Plan>();
        if (type->real_oneof_decl_count() > 0)
            throw std::invalid_argument(type->full_name() + " has a oneof");
        for (int i = 0; i < type->field_count(); ++i) add(*plan, *type->field(i));
        if (plan->lowest_ == Plan::parts) plan->lowest_ = 0;  // a message without fields
        for (const auto& field : plan->fields_) {
            if (field.inner == nullptr) continue;
            if (field.descriptor->is_repeated() || !field.inner->simple()) plan->stepwise_.push_back(&field);
        }
        making_.pop_back();
        return *plans_.emplace(type, std::move(plan)).first->second;
    }
    void add(Plan& plan, const FieldDescriptor& descriptor) {
        if (descriptor.is_map() || descriptor.type() == FieldDescriptor::TYPE_GROUP) {
            throw std::invalid_argument(descriptor.full_name() + " is a map or a group");
        }
        const auto number = static_cast<std::size_t>(descriptor.number());
        if (plan.fields_.size() <= number) plan.fields_.resize(number + 1);
        Plan::Field& field = plan.fields_[number];
        field.descriptor = &descriptor;
        field.tag = google::protobuf::internal::WireFormat::MakeTag(&descriptor);
        const bool classified = descriptor.options().GetExtension(v).class_() != UNCLASSIFIED;
        if (descriptor.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !classified) {
            const Plan& inner = make(descriptor.message_type());
            plan.lowest_ = std::min(plan.lowest_, inner.lowest_);
            plan.highest_ = std::max(plan.highest_, inner.highest_);
            field.part = inner.lowest_;
            // One class throughout: its bytes are moved whole, checked strings included.
            field.inner = inner.uniform() ? nullptr : &inner;
            return;
        }
        field.part = part_of(descriptor);
        plan.lowest_ = std::min(plan.lowest_, field.part);
        plan.highest_ = std::max(plan.highest_, field.part);
    }

    std::shared_mutex mutex_;
    std::unordered_map<const Descriptor*, std::unique_ptr<Plan>> plans_;
    std::vector<const Descriptor*> making_;
};

const Plan& plan_for(const Descriptor* type) {
    static Plans plans;
    return plans.find(type);
}

namespace {

// Splitting works on the serialised bytes, which Protobuf writes in the order of field numbers: each
// field's bytes are moved to where its class says, and only containers are looked into.

[[noreturn]] void malformed() {
    throw std::logic_error("Protobuf wrote what it cannot read");
}

std::uint64_t read_varint(std::string_view& rest) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += 7) {
        const auto byte = static_cast<std::uint8_t>(rest.front());
        rest.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if (byte < 0x80) return value;
    }
    malformed();
}
void put_varint(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out.push_back(static_cast<char>(value | 0x80));
        value >>= 7;
    }
    out.push_back(static_cast<char>(value));
}
void skip(std::string_view& rest, std::uint64_t size) {
    if (size > rest.size()) malformed();
    rest.remove_prefix(size);
}

using Output = std::array<std::string, Plan::parts>;

void put_message(std::string& out, std::string_view tag, const std::string& content) {
    out.append(tag);
    put_varint(out, content.size());
    out.append(content);
}

// How many elements of a mixed list wait in each part for one that is not empty.
struct OpenList {
    std::uint32_t number = 0;
    std::array<std::size_t, Plan::parts> waiting{};
};

void split_bytes(std::string_view bytes, const Plan& plan, Output& out);

void split_container(std::string_view tag, std::string_view content, const Plan::Field& field, OpenList& list,
                     Output& out) {
    const Plan& inner = *field.inner;
    Output parts;
    split_bytes(content, inner, parts);
    const auto number = static_cast<std::uint32_t>(field.descriptor->number());
    if (list.number != number) list = {number, {}};
    for (std::size_t part = 0; part < Plan::parts; ++part) {
        if (field.descriptor->is_repeated()) {
            if (parts[part].empty() && part != inner.lowest()) {
                ++list.waiting[part];
                continue;
            }
            for (; list.waiting[part] > 0; --list.waiting[part]) put_message(out[part], tag, {});
            put_message(out[part], tag, parts[part]);
        } else if (!parts[part].empty() || (content.empty() && part == inner.lowest())) {
            put_message(out[part], tag, parts[part]);
        }
    }
}

void split_bytes(std::string_view bytes, const Plan& plan, Output& out) {
    OpenList list;
    while (!bytes.empty()) {
        const std::string_view from_tag = bytes;
        const std::uint64_t tag = read_varint(bytes);
        const std::string_view tag_bytes = from_tag.substr(0, from_tag.size() - bytes.size());
        const Plan::Field* const field = plan.find(static_cast<std::uint32_t>(tag >> 3));
        if (field == nullptr || field->tag != tag)
            throw std::invalid_argument("a message with unknown fields cannot be stored");
        switch (tag & 7) {
            case 0:
                read_varint(bytes);
                break;
            case 1:
                skip(bytes, 8);
                break;
            case 5:
                skip(bytes, 4);
                break;
            case 2: {
                const std::uint64_t size = read_varint(bytes);
                const std::string_view content = bytes.substr(0, size);
                skip(bytes, size);
                if (field->inner != nullptr) {
                    split_container(tag_bytes, content, *field, list, out);
                    continue;
                }
                break;
            }
            default:
                malformed();
        }
        out[field->part].append(from_tag.substr(0, from_tag.size() - bytes.size()));
    }
}

void merge_stepwise(Message& into, Message& part, const Plan& plan) {
    const auto* const reflection = into.GetReflection();
    for (const Plan::Field* const field : plan.stepwise()) {
        if (field->descriptor->is_repeated()) {
            const int size = reflection->FieldSize(part, field->descriptor);
            const int there = reflection->FieldSize(into, field->descriptor);
            // The lowest part came first and brought every element.
            if (there == 0) continue;
            if (size > there) throw Corruption("a sealed list is longer than its facts");
            for (int i = 0; i < size; ++i) {
                merge_stepwise(*reflection->MutableRepeatedMessage(&into, field->descriptor, i),
                               *reflection->MutableRepeatedMessage(&part, field->descriptor, i),
                               *field->inner);
            }
            reflection->ClearField(&part, field->descriptor);
        } else if (reflection->HasField(part, field->descriptor) &&
                   reflection->HasField(into, field->descriptor)) {
            merge_stepwise(*reflection->MutableMessage(&into, field->descriptor),
                           *reflection->MutableMessage(&part, field->descriptor), *field->inner);
            // What is left of it is empty; merging it again would do no harm but take time.
            reflection->ClearField(&part, field->descriptor);
        }
    }
    into.MergeFrom(part);
}

// True when every string of the message can be read again.
bool readable(const Message& message, const std::string& bytes) {
    const bool plain = std::all_of(bytes.begin(), bytes.end(),
                                   [](char byte) { return static_cast<std::uint8_t>(byte) < 0x80; });
    if (plain) return true;
    const std::unique_ptr<Message> again(message.New());
    return again->ParseFromString(bytes);
}

}  // namespace

Parts split(const Message& message) {
    const Plan& plan = plan_for(message.GetDescriptor());
    std::string bytes;
    if (!message.SerializePartialToString(&bytes) || !readable(message, bytes)) {
        throw std::invalid_argument(message.GetDescriptor()->full_name() + " holds text that is not UTF-8");
    }
    Output out;
    split_bytes(bytes, plan, out);
    return {std::move(out[0]), std::move(out[1]), std::move(out[2])};
}

void merge(Message& message, std::string_view part) {
    merge(message, part, plan_for(message.GetDescriptor()));
}

void merge(Message& message, std::string_view part, const Plan& plan) {
    if (part.empty()) return;
    if (part.size() > INT32_MAX) throw Corruption("a part is longer than any message");
    if (plan.simple()) {
        google::protobuf::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(part.data()),
                                                     static_cast<int>(part.size()));
        if (!message.MergePartialFromCodedStream(&input) || !input.ConsumedEntireMessage()) {
            throw Corruption("a part does not parse");
        }
        return;
    }
    const std::unique_ptr<Message> further(message.New());
    if (!further->ParsePartialFromArray(part.data(), static_cast<int>(part.size()))) {
        throw Corruption("a part does not parse");
    }
    merge_stepwise(message, *further, plan);
}

}  // namespace vastine::store::sealing
