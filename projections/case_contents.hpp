#pragma once
// What a case holds now, gathered from its events one by one: the documents that are still there, and each
// thing that a form can begin with, as the command that would say it again.

#include <google/protobuf/message.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/schema/casework.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"
#include "domain/schema/views.pb.h"
#include "projections/case_particulars.hpp"
#include "projections/case_progress.hpp"

namespace vastine::projections {

// Events whose sealed parts are gone are not to be taken: what they told is not known.
class CaseContents {
public:
    CaseContents(Kind kind, std::string case_id)
        : kind_(kind), case_id_(std::move(case_id)), particulars_(kind) {}

    // `version` of the stream when the event was written.
    void take(const google::protobuf::Message& event, std::uint64_t version);
    void write(CasePage& page) const;

    [[nodiscard]] const std::vector<CaseDocument>& documents() const { return documents_; }
    // Of the document, if it has a file and was not retracted; null otherwise.
    [[nodiscard]] const Attachment* attachment(const std::string& document_id) const;

    [[nodiscard]] const std::optional<Opening>& opening() const { return opening_; }
    [[nodiscard]] const CaseParticulars& particulars() const { return particulars_; }
    [[nodiscard]] const std::optional<LogContact>& contact() const { return contact_; }
    [[nodiscard]] const std::optional<ReceiveRequest>& request() const { return request_; }
    [[nodiscard]] const std::vector<RequestStatement>& statements() const { return statements_; }
    [[nodiscard]] const std::string& reply() const { return reply_text_; }
    // The reminders drafted with a client, each as it stands.
    [[nodiscard]] const std::vector<DraftReminder>& reminder_drafts() const { return drafts_; }

private:
    bool take_opening(const google::protobuf::Message& event);
    bool take_contact(const google::protobuf::Message& event);
    bool take_document(const google::protobuf::Message& event, std::uint64_t version);
    bool take_step(const google::protobuf::Message& event);
    void bring_in(const ImportCase& row);

    Kind kind_;
    std::string case_id_;
    CaseProgress progress_;
    CaseParticulars particulars_;
    std::vector<CaseDocument> documents_;
    std::map<std::string, Attachment> attachments_;
    std::optional<Opening> opening_;         // of all kinds but contacts
    std::optional<LogContact> contact_;      // of a contact
    std::optional<ReceiveRequest> request_;  // of an authority request; its opening stands in opening_
    std::vector<RequestStatement> statements_;
    std::vector<AgreeMeasure> measures_;
    std::vector<ReceiveInquiry> inquiries_;
    std::vector<DraftReminder> drafts_;
    std::string reply_json_;
    std::string reply_text_;
};

}  // namespace vastine::projections
