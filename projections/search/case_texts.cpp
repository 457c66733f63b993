#include "projections/search/case_texts.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "domain/calendar/date.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/options.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"

namespace vastine::projections::search {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Which later event puts a text out of force.
enum class Part { Opening, Particulars, Contact, Rest };
struct Written {
    CaseText text;
    Part part = Part::Rest;
    std::string document_id;
    std::string_view field;
};

// What is searched by where it stands; fields not named are text.
Where where_of(const FieldDescriptor& field) {
    static const std::map<std::string_view, Where> by_name{
        {"subject", Where::Subject},
        {"name", Where::Name},
        {"party", Where::Name},
        {"diary_number", Where::Number},
        {"authority_diary_number", Where::Number},
        {"external_id", Where::Number},
        {"title", Where::Document},
        {"file_name", Where::Document},
        {"identity_code", Where::Contact},
        {"temporary_id", Where::Contact},
        {"phone", Where::Contact},
        {"email", Where::Contact},
        {"address", Where::Contact},
    };
    const auto found = by_name.find(field.name());
    return found == by_name.end() ? Where::Text : found->second;
}

// 1.3.2026, as people write it.
std::string as_written(const std::string& iso) {
    const auto date = domain::parse_date(iso);
    if (!date) return iso;
    const std::chrono::year_month_day parts(*date);
    return std::to_string(static_cast<unsigned>(parts.day())) + '.' +
           std::to_string(static_cast<unsigned>(parts.month())) + '.' +
           std::to_string(static_cast<int>(parts.year()));
}

class Reader {
public:
    explicit Reader(std::vector<Written>& out) : out_(out) {}

    void read(const Message& message, Part part, const std::string& document_id) {
        if (message.GetDescriptor() == Opening::descriptor()) part = Part::Opening;
        std::vector<const FieldDescriptor*> fields;
        message.GetReflection()->ListFields(message, &fields);
        for (const auto* field : fields) {
            const int count = field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
            for (int i = 0; i < count; ++i) read(message, *field, i, part, document_id);
        }
    }

private:
    void read(const Message& message, const FieldDescriptor& field, int index, Part part,
              const std::string& document_id) {
        const auto& reflection = *message.GetReflection();
        if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
            read(field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, index)
                                     : reflection.GetMessage(message, &field),
                 part, document_id);
            return;
        }
        if (field.cpp_type() != FieldDescriptor::CPPTYPE_STRING) return;
        const auto& rule = field.options().GetExtension(v);
        std::string text = field.is_repeated() ? reflection.GetRepeatedString(message, &field, index)
                                               : reflection.GetString(message, &field);
        if (text.empty()) return;
        if (rule.format() == DATE) {
            out_.push_back({{Where::Day, as_written(text)}, part, document_id, field.name()});
        } else if ((rule.class_() == PERSONAL && field.name() != "sha256") ||
                   field.name() == "municipality") {
            out_.push_back({{where_of(field), std::move(text)}, part, document_id, field.name()});
        }
    }

    std::vector<Written>& out_;
};

void drop(std::vector<Written>& written, Part part) {
    std::erase_if(written, [&](const Written& one) { return one.part == part; });
}

// A correction of particulars replaces the fields it has, and no others.
void drop_particulars(std::vector<Written>& written, const google::protobuf::Descriptor& correction) {
    std::erase_if(written, [&](const Written& one) {
        return one.part == Part::Particulars && correction.FindFieldByName(std::string(one.field)) != nullptr;
    });
}

const Message* given_of(const Message& event) {
    const auto* field = event.GetDescriptor()->FindFieldByName("given");
    if (field == nullptr || field->message_type() == nullptr) return nullptr;
    return &event.GetReflection()->GetMessage(event, field);
}

void take(const Message& event, bool first, std::vector<Written>& written) {
    const auto* given = given_of(event);
    if (given == nullptr) return;
    // Why a document was taken back may say what stood in it.
    if (const auto* retracted = dynamic_cast<const DocumentRetracted*>(&event)) {
        std::erase_if(written, [&](const Written& one) {
            return one.document_id == retracted->given().document_id() && !one.document_id.empty();
        });
        return;
    }
    const auto& type = *event.GetDescriptor();
    auto part = first ? Part::Particulars : Part::Rest;
    if (&type == OpeningCorrected::descriptor()) drop(written, Part::Opening);
    if (&type == ImportCorrected::descriptor()) {
        drop(written, Part::Opening);
        drop(written, Part::Particulars);
        part = Part::Particulars;
    }
    // Of an authority that the complaint moved to later, the first one's stay.
    const auto* complaint = dynamic_cast<const ComplaintCorrected*>(&event);
    const bool of_the_first = complaint == nullptr || complaint->given().after_moves() == 0;
    if (of_the_first && (complaint != nullptr || &type == ReminderCorrected::descriptor() ||
                         &type == RequestCorrected::descriptor())) {
        drop_particulars(written, *given->GetDescriptor());
        part = Part::Particulars;
    }
    if (&type == ContactLogged::descriptor()) part = Part::Contact;
    if (&type == ContactCorrected::descriptor()) {
        drop(written, Part::Contact);
        part = Part::Contact;
    }
    const auto* entered = dynamic_cast<const DocumentEntered*>(&event);
    Reader(written).read(*given, part, entered == nullptr ? std::string() : entered->document_id());
}

}  // namespace

CaseTexts case_texts(const store::EventStore& events, const store::StreamId& stream) {
    std::vector<Written> written;
    CaseTexts out;
    events.read_stream(stream, store::Version{0}, [&](const store::Record& record) {
        const auto opened = events.open(record, store::Depth::Everything);
        if (opened.key_gone) {
            out.key_gone = true;
            return false;
        }
        take(*opened.event, record.version == store::Version{1}, written);
        return true;
    });
    if (out.key_gone) return out;
    for (auto& one : written) out.texts.push_back(std::move(one.text));
    return out;
}

bool key_gone(const store::EventStore& events, const store::StreamId& stream) {
    bool gone = false;
    events.read_stream(stream, store::Version{0}, [&](const store::Record& record) {
        gone = events.open(record, store::Depth::Details).key_gone;
        return false;
    });
    return gone;
}

}  // namespace vastine::projections::search
