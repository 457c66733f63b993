#pragma once
// What was asked and agreed in a case, and what became of it: statements, inquiries, corrective measures,
// links of a contact. Each with the id that the next command names it by.

#include <google/protobuf/message.h>

#include "domain/schema/views.pb.h"

namespace vastine::projections {

class CaseProgress {
public:
    // Whether the event was one of these.
    bool take(const google::protobuf::Message& event);
    void write(Contents& contents) const { contents.MergeFrom(known_); }

private:
    bool take_statement(const google::protobuf::Message& event);
    bool take_inquiry(const google::protobuf::Message& event);
    bool take_measure(const google::protobuf::Message& event);
    bool take_link(const google::protobuf::Message& event);

    Contents known_;
};

}  // namespace vastine::projections
