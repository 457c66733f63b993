#pragma once
// What the registration of a case says beside its opening: how a reminder came, which authority it is about
// and under which number, what a request adds to. As the command that would correct it.

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>

#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"

namespace vastine::projections {

class CaseParticulars {
public:
    explicit CaseParticulars(Kind kind) : kind_(kind) {}
    void take(const google::protobuf::Message& event);
    // In Protobuf's JSON mapping; empty for a contact.
    [[nodiscard]] std::string json() const;
    // That it is with now, or that gave the reminder on; empty: none.
    [[nodiscard]] const std::string& authority() const;
    [[nodiscard]] const std::string& authority_diary_number() const;

private:
    bool take_registration(const google::protobuf::Message& event);
    bool take_correction(const google::protobuf::Message& event);
    void bring_in(const ImportCase& row);

    Kind kind_;
    CorrectReminder reminder_;
    CorrectComplaint complaint_;
    CorrectRequest request_;
    std::uint32_t moves_ = 0;  // to another authority
};

}  // namespace vastine::projections
