#include "projections/case_contents.hpp"

#include <algorithm>
#include <utility>

#include "domain/cases/kinds.hpp"
#include "domain/schema/complaint.pb.h"
#include "projections/event_as.hpp"
#include "projections/event_json.hpp"

namespace vastine::projections {

namespace {

using google::protobuf::Message;

// History came as a row; as a contact it says what a contact says.
LogContact contact_of(const Opening& opening) {
    LogContact contact;
    contact.set_contacted_on(opening.arrived_on());
    contact.set_channel(opening.channel());
    contact.set_who(opening.maker());
    contact.set_language(opening.language());
    contact.set_municipality(opening.municipality());
    contact.set_diary_number(opening.diary_number());
    contact.set_external_id(opening.external_id());
    contact.set_note(opening.subject());
    auto& matter = *contact.add_matters();
    *matter.mutable_sectors() = opening.sectors();
    matter.set_service_task(opening.service_task());
    matter.set_provider(opening.provider());
    if (!opening.units().empty()) matter.set_unit(opening.units(0));
    if (!opening.cause().empty()) matter.add_causes(opening.cause());
    for (const auto& cause : opening.other_causes()) matter.add_causes(cause);
    if (opening.has_client()) {
        auto& record = *contact.mutable_client_record();
        *record.mutable_client() = opening.client();
        if (opening.has_standing()) *record.mutable_standing() = opening.standing();
        record.set_language(opening.language());
        record.set_asked(opening.subject());
    }
    return contact;
}

template <class Given>
void write_all(const std::vector<Given>& all, google::protobuf::RepeatedPtrField<std::string>& out) {
    for (const auto& each : all) *out.Add() = json_of(each);
}

}  // namespace

void CaseContents::bring_in(const ImportCase& row) {
    if (kind_ == CONTACT) {
        contact_ = contact_of(row.opening());
        return;
    }
    opening_ = row.opening();
    if (kind_ != AUTHORITY_REQUEST) return;
    if (!request_) request_.emplace();
    request_->set_authority(row.authority());
    request_->set_request_kind(row.request_kind());
    request_->set_due_by(row.due_by());
}

bool CaseContents::take_opening(const Message& event) {
    if (const auto* registered = as<ReminderRegistered>(event)) {
        opening_ = registered->given().opening();
    } else if (const auto* complaint = as<ComplaintRegistered>(event)) {
        opening_ = complaint->given().opening();
    } else if (const auto* received = as<RequestReceived>(event)) {
        request_ = received->given();
        opening_ = received->given().opening();
    } else if (const auto* corrected = as<OpeningCorrected>(event)) {
        opening_ = corrected->given().opening();
        if (request_ && !corrected->given().due_by().empty())
            request_->set_due_by(corrected->given().due_by());
    } else if (const auto* particulars = as<RequestCorrected>(event)) {
        if (!request_) request_.emplace();
        const auto& given = particulars->given();
        if (given.after_moves() == 0) {
            request_->set_authority(given.authority());
            request_->set_authority_diary_number(given.authority_diary_number());
        }
        request_->set_request_kind(given.request_kind());
        request_->set_complaint_id(given.complaint_id());
        request_->set_supplements(given.supplements());
    } else if (const auto* imported = as<CaseImported>(event)) {
        bring_in(imported->given());
    } else if (const auto* row = as<ImportCorrected>(event)) {
        bring_in(row->given());
    } else {
        return false;
    }
    return true;
}

bool CaseContents::take_contact(const Message& event) {
    if (const auto* logged = as<ContactLogged>(event)) {
        contact_ = logged->given();
    } else if (const auto* corrected = as<ContactCorrected>(event)) {
        contact_ = corrected->given().contact();
    } else if (const auto* recorded = as<ClientMatterRecorded>(event)) {
        if (!contact_) contact_.emplace();
        *contact_->mutable_client_record() = recorded->given().client_record();
    } else if (const auto* added = as<MatterAdded>(event)) {
        if (!contact_) contact_.emplace();
        *contact_->add_matters() = added->given().matter();
        if (added->given().has_client_record())
            *contact_->mutable_client_record() = added->given().client_record();
    } else if (const auto* draft = as<ReminderDrafted>(event)) {
        auto given = draft->given();
        given.set_draft_id(draft->draft_id());
        const auto before = std::ranges::find(drafts_, draft->draft_id(), &DraftReminder::draft_id);
        if (before == drafts_.end()) {
            drafts_.push_back(std::move(given));
        } else {
            *before = std::move(given);
        }
    } else {
        return false;
    }
    return true;
}

bool CaseContents::take_document(const Message& event, std::uint64_t version) {
    if (const auto* retracted = as<DocumentRetracted>(event)) {
        const auto& id = retracted->given().document_id();
        std::erase_if(documents_, [&](const CaseDocument& document) { return document.document_id() == id; });
        attachments_.erase(id);
        return true;
    }
    const auto* entered = as<DocumentEntered>(event);
    if (entered == nullptr) return false;
    const auto& given = entered->given();
    auto& document = documents_.emplace_back();
    document.set_document_id(entered->document_id());
    document.set_title(given.title());
    document.set_direction(given.direction());
    document.set_dated_on(given.dated_on());
    document.set_party(given.party());
    document.set_kept_at(given.kept_at());
    document.set_late(entered->late());
    document.set_version(version);
    if (!given.has_attachment()) return true;
    const auto& attachment = given.attachment();
    document.set_file_name(attachment.file_name());
    document.set_media_type(attachment.media_type());
    document.set_size(attachment.size());
    document.set_url("/api/v1/" + std::string(domain::entry(kind_).path) + "/" + case_id_ + "/documents/" +
                     entered->document_id() + "/file");
    attachments_[entered->document_id()] = attachment;
    return true;
}

bool CaseContents::take_step(const Message& event) {
    if (const auto* statement = as<StatementRequested>(event)) {
        statements_.push_back(statement->given());
    } else if (const auto* measure = as<MeasureAgreed>(event)) {
        measures_.push_back(measure->given());
    } else if (const auto* inquiry = as<InquiryReceived>(event)) {
        inquiries_.push_back(inquiry->given());
    } else if (const auto* reply = as<ReplyDrafted>(event)) {
        reply_json_ = json_of(reply->given());
        reply_text_ = reply->given().text();
    } else if (const auto* sent = as<RequestReplySent>(event)) {
        reply_json_ = json_of(sent->given());
        reply_text_ = sent->given().content();
    } else {
        return false;
    }
    return true;
}

void CaseContents::take(const Message& event, std::uint64_t version) {
    progress_.take(event);
    particulars_.take(event);
    if (take_opening(event) || take_contact(event) || take_document(event, version)) return;
    take_step(event);
}

void CaseContents::write(CasePage& page) const {
    for (const auto& document : documents_) *page.add_documents() = document;
    auto& contents = *page.mutable_contents();
    if (contact_) {
        contents.set_opening_json(json_of(*contact_));
    } else if (kind_ == AUTHORITY_REQUEST && opening_) {
        auto request = request_.value_or(ReceiveRequest());
        *request.mutable_opening() = *opening_;
        contents.set_opening_json(json_of(request));
    } else if (opening_) {
        contents.set_opening_json(json_of(*opening_));
    }
    write_all(statements_, *contents.mutable_statements_json());
    write_all(measures_, *contents.mutable_measures_json());
    write_all(inquiries_, *contents.mutable_inquiries_json());
    write_all(drafts_, *contents.mutable_reminder_drafts_json());
    contents.set_reply_json(reply_json_);
    progress_.write(contents);
    if (opening_) contents.set_particulars_json(particulars_.json());
}

const Attachment* CaseContents::attachment(const std::string& document_id) const {
    const auto found = attachments_.find(document_id);
    return found == attachments_.end() ? nullptr : &found->second;
}

}  // namespace vastine::projections
