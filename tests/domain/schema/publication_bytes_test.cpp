// The bytes of every event of a publication, frozen: an event that was ever written is read for ever. Each is
// filled with values that follow from its fields, so that a number or a type that changes shows. After a
// field is added: VASTINE_UPDATE_GOLDEN=1 writes the list anew, and only lines may be added to what is in
// them.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include "domain/schema/options.pb.h"
#include "domain/schema/publication.pb.h"

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void fill(Message& message) {
    const auto* type = message.GetDescriptor();
    const auto* reflection = message.GetReflection();
    for (int i = 0; i < type->field_count(); ++i) {
        const auto* field = type->field(i);
        const auto number = static_cast<std::uint32_t>(field->number());
        const std::string text = field->name();
        if (field->is_repeated()) {
            if (field->message_type() != nullptr) {
                fill(*reflection->AddMessage(&message, field));
            } else {
                reflection->AddString(&message, field, text);
            }
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
            fill(*reflection->MutableMessage(&message, field));
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
            reflection->SetString(&message, field, text);
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
            reflection->SetUInt32(&message, field, number);
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
            reflection->SetUInt64(&message, field, number);
        } else {
            FAIL("a type of field that the list does not know yet: " << field->full_name());
        }
    }
}

std::string bytes_of(const Message& message) {
    std::string bytes;
    {
        google::protobuf::io::StringOutputStream target(&bytes);
        google::protobuf::io::CodedOutputStream coded(&target);
        coded.SetSerializationDeterministic(true);
        message.SerializeToCodedStream(&coded);
    }
    std::string hexadecimal;
    for (const char byte : bytes) {
        constexpr std::string_view digits = "0123456789abcdef";
        hexadecimal += digits[static_cast<unsigned char>(byte) >> 4U];
        hexadecimal += digits[static_cast<unsigned char>(byte) & 0x0fU];
    }
    return hexadecimal;
}

// One line an event: its name and its bytes.
std::string lines() {
    std::ostringstream out;
    const auto* file = vastine::OpenPublication::descriptor()->file();
    for (int i = 0; i < file->message_type_count(); ++i) {
        const auto* type = file->message_type(i);
        const bool event =
            type->FindFieldByName("given") != nullptr || type == vastine::ArtefactsStored::descriptor();
        if (!event) continue;
        const std::unique_ptr<Message> message(
            google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
        fill(*message);
        out << type->name() << ' ' << bytes_of(*message) << '\n';
    }
    return out.str();
}

}  // namespace

TEST_CASE("the events of a publication are the bytes they always were", "[schema][golden]") {
    const std::string path = VASTINE_SOURCE_DIR "/tests/domain/schema/publication_events.golden";
    const auto now = lines();
    if (std::getenv("VASTINE_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << now;
    std::ostringstream kept;
    kept << std::ifstream(path).rdbuf();
    std::istringstream left(kept.str());
    std::istringstream right(now);
    std::size_t events = 0;
    for (std::string was, is; std::getline(left, was); ++events) {
        REQUIRE(std::getline(right, is));
        CHECK(is == was);
    }
    CHECK(events == 21);
    CHECK(kept.str().size() == now.size());
}

TEST_CASE("the bytes of a publication's events are read back as they were written", "[schema][golden]") {
    std::ifstream in(VASTINE_SOURCE_DIR "/tests/domain/schema/publication_events.golden");
    for (std::string name, hexadecimal; in >> name >> hexadecimal;) {
        INFO(name);
        std::string bytes;
        for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
            bytes += static_cast<char>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16));
        const auto* type =
            google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName("vastine." + name);
        REQUIRE(type != nullptr);
        const std::unique_ptr<Message> message(
            google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
        REQUIRE(message->ParseFromString(bytes));
        CHECK(message->GetReflection()->GetUnknownFields(*message).empty());
        CHECK(bytes_of(*message) == hexadecimal);
    }
}
