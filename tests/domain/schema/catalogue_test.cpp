// domain/EVENTS.md is derived from the schema. When the schema has grown, write the page anew with
//   VASTINE_WRITE_CATALOGUE=1 build/dev/tests/domain_tests "the event catalogue is what the schema says"
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "domain/schema/alerts.pb.h"
#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/destruction.pb.h"
#include "domain/schema/log_extract.pb.h"
#include "domain/schema/options.pb.h"
#include "domain/schema/publication.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

std::string class_of(const FieldDescriptor& field) {
    switch (field.options().GetExtension(vastine::v).class_()) {
        case vastine::FACT:
            return "fact";
        case vastine::DETAIL:
            return "detail";
        case vastine::PERSONAL:
            return "personal";
        default:
            return "unclassified";
    }
}

bool is_value(const FieldDescriptor& field) {
    return field.message_type() == nullptr || field.message_type()->file()->package() != "vastine";
}

// One line a leaf: path, type, class. Values that many events share are described once, below.
void lines_of(const Descriptor& message, const std::string& path, std::ostream& out) {
    for (int index = 0; index < message.field_count(); ++index) {
        const FieldDescriptor& field = *message.field(index);
        const std::string name = path + field.name() + (field.is_repeated() ? "[]" : "");
        if (is_value(field)) {
            const std::string type =
                field.message_type() != nullptr ? field.message_type()->name() : field.type_name();
            const std::string codes = field.options().GetExtension(vastine::v).codes();
            out << fmt::format("| `{}` | {}{} | {} |\n", name, type,
                               codes.empty() ? "" : " of *" + codes + "*", class_of(field));
        } else if (field.message_type()->file() == vastine::Opening::descriptor()->file()) {
            out << fmt::format("| `{}` | {} | see below |\n", name, field.message_type()->name());
        } else {
            lines_of(*field.message_type(), name + ".", out);
        }
    }
}

void describe(const Descriptor& message, std::ostream& out) {
    out << "\n### " << message.name() << "\n\n| field | type | class |\n|---|---|---|\n";
    lines_of(message, "", out);
}

// What the service does by itself: alerts, stored files, destruction item by item.
bool answers_no_command(const Descriptor& message) {
    for (const Descriptor* event :
         {vastine::ArtefactsStored::descriptor(), vastine::AlertsComposed::descriptor(),
          vastine::AlertAttempted::descriptor(), vastine::EmergencyAlerted::descriptor(),
          vastine::ItemsListed::descriptor(), vastine::ItemCleared::descriptor(),
          vastine::ItemDestroyed::descriptor(), vastine::ItemHeldBack::descriptor(),
          vastine::DestructionCompleted::descriptor()})
        if (event == &message) return true;
    return false;
}

std::string catalogue() {
    std::ostringstream out;
    out << "# Event catalogue\n\n"
           "Derived from the schema (`domain/schema/*.proto`); a test keeps it so. *Facts* stay readable "
           "for\n"
           "ever, *details* and *personal* fields are sealed under the case's key (see ARCHITECTURE.md).\n";
    for (const FileDescriptor* file :
         {vastine::RegisterReminder::descriptor()->file(), vastine::RegisterComplaint::descriptor()->file(),
          vastine::ReceiveRequest::descriptor()->file(), vastine::LogContact::descriptor()->file(),
          vastine::Assign::descriptor()->file(), vastine::SetUnit::descriptor()->file(),
          vastine::OpenPublication::descriptor()->file(), vastine::OpenDestructionList::descriptor()->file(),
          vastine::ReleaseLogExtract::descriptor()->file(), vastine::AlertsComposed::descriptor()->file()}) {
        out << "\n## " << file->name() << "\n";
        for (int index = 0; index < file->message_type_count(); ++index) {
            const Descriptor& message = *file->message_type(index);
            if (message.FindFieldByName("given") != nullptr || answers_no_command(message))
                describe(message, out);
        }
    }
    out << "\n## Values that events share\n";
    const FileDescriptor& values = *vastine::Opening::descriptor()->file();
    for (int index = 0; index < values.message_type_count(); ++index) {
        describe(*values.message_type(index), out);
    }
    return out.str();
}

}  // namespace

TEST_CASE("the event catalogue is what the schema says", "[schema]") {
    const std::string path = std::string(VASTINE_SOURCE_DIR) + "/domain/EVENTS.md";
    const std::string expected = catalogue();
    if (std::getenv("VASTINE_WRITE_CATALOGUE") != nullptr) {
        std::ofstream(path) << expected;
    }
    std::ostringstream found;
    found << std::ifstream(path).rdbuf();
    CHECK(found.str() == expected);
}
