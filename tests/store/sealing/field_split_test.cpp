#include "store/sealing/field_split.hpp"

#include <google/protobuf/reflection.h>
#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>
#include <random>

#include "domain/schema/options.pb.h"
#include "store/event_store.hpp"
#include "tests/store/schema_files.hpp"

namespace vastine::store::sealing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using Random = std::mt19937_64;

std::string random_text(Random& random) {
    static const std::vector<std::string> words = {"",           "a",           "Åbo", "äiti",
                                                   "2026-03-01", "käynti 日本", "x y"};
    auto text = words[random() % words.size()];
    if (random() % 8 == 0) text.append(random() % 300, 'z');
    return text;
}

void fill_scalar(Message& message, const FieldDescriptor& field, Random& random) {
    const auto& reflection = *message.GetReflection();
    const bool list = field.is_repeated();
    const auto put = [&](auto set, auto add, auto value) {
        if (list) {
            (reflection.*add)(&message, &field, value);
        } else {
            (reflection.*set)(&message, &field, value);
        }
    };
    using google::protobuf::Reflection;
    switch (field.cpp_type()) {
        case FieldDescriptor::CPPTYPE_STRING:
            put(&Reflection::SetString, &Reflection::AddString, random_text(random));
            break;
        case FieldDescriptor::CPPTYPE_BOOL:
            put(&Reflection::SetBool, &Reflection::AddBool, random() % 2 == 0);
            break;
        case FieldDescriptor::CPPTYPE_UINT32:
            put(&Reflection::SetUInt32, &Reflection::AddUInt32,
                static_cast<std::uint32_t>(random() >> (random() % 60)));
            break;
        case FieldDescriptor::CPPTYPE_UINT64:
            put(&Reflection::SetUInt64, &Reflection::AddUInt64, random() >> (random() % 60));
            break;
        case FieldDescriptor::CPPTYPE_INT32:
            put(&Reflection::SetInt32, &Reflection::AddInt32, static_cast<std::int32_t>(random()));
            break;
        case FieldDescriptor::CPPTYPE_INT64:
            put(&Reflection::SetInt64, &Reflection::AddInt64, static_cast<std::int64_t>(random()));
            break;
        case FieldDescriptor::CPPTYPE_DOUBLE:
            put(&Reflection::SetDouble, &Reflection::AddDouble, static_cast<double>(random() % 1000) / 8);
            break;
        case FieldDescriptor::CPPTYPE_ENUM:
            put(&Reflection::SetEnumValue, &Reflection::AddEnumValue,
                field.enum_type()->value(static_cast<int>(random() % 3))->number());
            break;
        default:
            FAIL(field.full_name() + " has a type this test does not know");
            break;
    }
}

void fill(Message& message, Random& random) {
    const auto& reflection = *message.GetReflection();
    const Descriptor& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
        const FieldDescriptor& field = *type.field(i);
        if (random() % 3 == 0) continue;  // absent
        const std::size_t times = field.is_repeated() ? random() % 5 : 1;
        for (std::size_t time = 0; time < times; ++time) {
            if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
                fill_scalar(message, field, random);
                continue;
            }
            Message& inner = field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                                 : *reflection.MutableMessage(&message, &field);
            if (random() % 4 != 0) fill(inner, random);  // else present and empty
        }
    }
}

// Whether a message holds anything of another class than the wanted one.
bool only_of_class(const Message& message, FieldClass wanted) {
    const auto& reflection = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    reflection.ListFields(message, &fields);
    for (const auto* field : fields) {
        const auto has = field->options().GetExtension(v).class_();
        if (has != UNCLASSIFIED) {
            if (has != wanted) return false;
        } else if (field->is_repeated()) {
            for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
                if (!only_of_class(reflection.GetRepeatedMessage(message, field, i), wanted)) return false;
            }
        } else if (!only_of_class(reflection.GetMessage(message, field), wanted)) {
            return false;
        }
    }
    return true;
}

std::unique_ptr<Message> empty_of(const Descriptor* type) {
    return std::unique_ptr<Message>(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

}  // namespace

TEST_CASE("splitting and merging are inverse for every message of the schema, and parts hold one class",
          "[split]") {
    const auto seed = std::random_device()();
    INFO("seed " << seed);
    Random random(seed);
    for (int round = 0; round < 60; ++round) {
        for (const auto* type : test::stored_messages()) {
            INFO(type->full_name());
            const auto message = empty_of(type);
            fill(*message, random);
            const Parts parts = split(*message);
            INFO(message->DebugString());

            const std::array<std::pair<const std::string*, FieldClass>, 3> each = {
                {{&parts.facts, FACT}, {&parts.details, DETAIL}, {&parts.personal, PERSONAL}}};
            for (const auto& [bytes, wanted] : each) {
                const auto part = empty_of(type);
                REQUIRE(part->ParseFromString(*bytes));
                REQUIRE(only_of_class(*part, wanted));
            }
            const auto merged = empty_of(type);
            REQUIRE(merged->ParseFromString(parts.facts));
            merge(*merged, parts.details);
            merge(*merged, parts.personal);
            REQUIRE(MessageDifferencer::Equals(*merged, *message));
            // Presence of empty messages included, which equality also looks at; and so to the byte:
            REQUIRE(merged->SerializeAsString() == message->SerializeAsString());
        }
    }
}

TEST_CASE("a sub-message without facts leaves no trace among the facts", "[split]") {
    ReminderRegistered event;
    event.mutable_given()->mutable_opening()->mutable_client()->set_name("Aino");
    event.mutable_given()->mutable_opening()->mutable_standing()->set_mandate("letter of 3 March");
    const Parts parts = split(event);
    CHECK(parts.facts.empty());
    CHECK(parts.details.empty());
    CHECK_FALSE(parts.personal.empty());
}

TEST_CASE("a sub-message that is present but empty is kept in the lowest part its fields belong to",
          "[split]") {
    ReminderRegistered event;
    event.mutable_given()->mutable_opening()->mutable_client();
    const Parts parts = split(event);
    CHECK(parts.facts.empty());
    ReminderRegistered merged;
    merge(merged, parts.personal);
    CHECK(merged.given().opening().has_client());

    ReminderRegistered given_only;
    given_only.mutable_given();
    CHECK(split(given_only).facts == given_only.SerializeAsString());
}

TEST_CASE("each element of a mixed list finds its own sealed half", "[split]") {
    Opening opening;
    for (int i = 0; i < 6; ++i) opening.add_matters();
    opening.mutable_matters(1)->set_cause("care");
    opening.mutable_matters(3)->set_description("only this one says more");
    opening.mutable_matters(5)->set_unit("ward-7");
    const Parts parts = split(opening);
    Opening facts;
    REQUIRE(facts.ParseFromString(parts.facts));
    CHECK(facts.matters_size() == 6);
    Opening personal;
    REQUIRE(personal.ParseFromString(parts.personal));
    CHECK(personal.matters_size() == 4);  // nothing after the last that is not empty
    merge(facts, parts.details);
    merge(facts, parts.personal);
    CHECK(MessageDifferencer::Equals(facts, opening));
}

TEST_CASE("a sealed list that is longer than its facts is corruption", "[split]") {
    Opening two;
    two.add_matters()->set_cause("care");
    two.add_matters()->set_description("text");
    Opening one;
    one.add_matters()->set_cause("care");
    CHECK_THROWS_AS(merge(one, split(two).personal), Corruption);
}

TEST_CASE("bytes that are no part of the message are corruption", "[split]") {
    ReminderRegistered event;
    CHECK_THROWS_AS(merge(event, "\xFF\xFF\xFF"), Corruption);
    Assigned simple;
    CHECK_THROWS_AS(merge(simple, "\xFF\xFF\xFF"), Corruption);
}

TEST_CASE("what could not be read again is not taken: broken UTF-8, unknown fields, unclassified messages",
          "[split]") {
    Assigned event;
    event.mutable_given()->set_note("\xC3\x28");
    CHECK_THROWS_AS(split(event), std::invalid_argument);
    Assigned unknown;
    REQUIRE(unknown.ParseFromString("\xF8\x7F\x01"));
    CHECK_THROWS_AS(split(unknown), std::invalid_argument);
    CHECK_THROWS_AS(split(FieldRule()), std::invalid_argument);
    // A known number in a shape that is not the field's (here a group) is as unknown as any other.
    ReminderRegistered misshapen;
    REQUIRE(misshapen.ParseFromString("\x0A\x02\x0B\x0C"));
    CHECK_THROWS_AS(split(misshapen), std::invalid_argument);
}

}  // namespace vastine::store::sealing
