// The bytes of every event of a publication and of a destruction list, frozen: an event that was ever written
// is read for ever. Each is filled with values that follow from its fields, so that a number or a type that
// changes shows. After a field is added: VASTINE_UPDATE_GOLDEN=1 writes the list anew, and only lines may be
// added to what is in them.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <vector>

#include "domain/schema/destruction.pb.h"
#include "domain/schema/log_extract.pb.h"
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
            } else if (field->enum_type() != nullptr) {
                reflection->AddEnumValue(&message, field, field->number());
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
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT64) {
            reflection->SetInt64(&message, field, number);
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
            reflection->SetInt32(&message, field, field->number());
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
            reflection->SetBool(&message, field, true);
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

struct Frozen {
    const google::protobuf::FileDescriptor* file;
    std::string golden;
    std::size_t events;
};
const std::vector<Frozen>& frozen() {
    static const std::string folder = VASTINE_SOURCE_DIR "/tests/domain/schema/";
    static const std::vector<Frozen> all{
        {vastine::OpenPublication::descriptor()->file(), folder + "publication_events.golden", 21},
        {vastine::OpenDestructionList::descriptor()->file(), folder + "destruction_events.golden", 12},
        {vastine::ReleaseLogExtract::descriptor()->file(), folder + "log_extract_events.golden", 1}};
    return all;
}

// Those that follow from no command: stored files, destruction item by item.
bool answers_no_command(const google::protobuf::Descriptor* type) {
    return type == vastine::ArtefactsStored::descriptor() || type == vastine::ItemsListed::descriptor() ||
           type == vastine::ItemCleared::descriptor() || type == vastine::ItemDestroyed::descriptor() ||
           type == vastine::ItemHeldBack::descriptor() || type == vastine::DestructionCompleted::descriptor();
}

// One line an event: its name and its bytes.
std::string lines(const google::protobuf::FileDescriptor* file) {
    std::ostringstream out;
    for (int i = 0; i < file->message_type_count(); ++i) {
        const auto* type = file->message_type(i);
        if (type->FindFieldByName("given") == nullptr && !answers_no_command(type)) continue;
        const std::unique_ptr<Message> message(
            google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
        fill(*message);
        out << type->name() << ' ' << bytes_of(*message) << '\n';
    }
    return out.str();
}

}  // namespace

TEST_CASE("the events of a publication and of a destruction list are the bytes they always were",
          "[schema][golden]") {
    for (const auto& each : frozen()) {
        INFO(each.golden);
        const auto now = lines(each.file);
        if (std::getenv("VASTINE_UPDATE_GOLDEN") != nullptr) std::ofstream(each.golden) << now;
        std::ostringstream kept;
        kept << std::ifstream(each.golden).rdbuf();
        std::istringstream left(kept.str());
        std::istringstream right(now);
        std::size_t events = 0;
        for (std::string was, is; std::getline(left, was); ++events) {
            REQUIRE(std::getline(right, is));
            CHECK(is == was);
        }
        CHECK(events == each.events);
        CHECK(kept.str().size() == now.size());
    }
}

namespace {

void reads_back(const std::string& name, const std::string& hexadecimal) {
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

}  // namespace

TEST_CASE("the bytes of the frozen events are read back as they were written", "[schema][golden]") {
    for (const auto& each : frozen()) {
        std::ifstream in(each.golden);
        for (std::string name, hexadecimal; in >> name >> hexadecimal;) {
            INFO(name);
            reads_back(name, hexadecimal);
        }
    }
}
