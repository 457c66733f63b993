#pragma once
// Every schema file whose messages are stored or sealed. Naming them here also links them.

#include <google/protobuf/descriptor.h>

#include <vector>

#include "domain/schema/access.pb.h"
#include "domain/schema/alerts.pb.h"
#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/destruction.pb.h"
#include "domain/schema/log_extract.pb.h"
#include "domain/schema/publication.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"
#include "domain/schema/values.pb.h"

namespace vastine::store::test {

inline std::vector<const google::protobuf::FileDescriptor*> stored_schema() {
    return {PersonalDataRead::descriptor()->file(),
            AlertsComposed::descriptor()->file(),
            Assigned::descriptor()->file(),
            ComplaintRegistered::descriptor()->file(),
            ContactLogged::descriptor()->file(),
            PublicationOpened::descriptor()->file(),
            UnitSet::descriptor()->file(),
            ReminderRegistered::descriptor()->file(),
            RequestReceived::descriptor()->file(),
            Due::descriptor()->file(),
            DestructionListOpened::descriptor()->file(),
            LogExtractReleased::descriptor()->file()};
}
inline std::vector<const google::protobuf::Descriptor*> stored_messages() {
    std::vector<const google::protobuf::Descriptor*> all;
    for (const auto* file : stored_schema()) {
        for (int i = 0; i < file->message_type_count(); ++i) all.push_back(file->message_type(i));
    }
    return all;
}

}  // namespace vastine::store::test
