#include "projections/case_particulars.hpp"

#include <utility>

#include "projections/event_as.hpp"
#include "projections/event_json.hpp"

namespace vastine::projections {

namespace {

using google::protobuf::Message;

// A correction of an earlier authority leaves the present one as it is.
template <class Correction>
void correct(const Correction& given, std::uint32_t moves, Correction& known) {
    const auto before = known;
    known = given;
    known.clear_reason();
    if (given.after_moves() == moves) return;
    known.set_authority(before.authority());
    known.set_authority_diary_number(before.authority_diary_number());
}

}  // namespace

void CaseParticulars::bring_in(const ImportCase& row) {
    complaint_.set_authority(row.authority());
    request_.set_authority(row.authority());
    request_.set_request_kind(row.request_kind());
}

bool CaseParticulars::take_registration(const Message& event) {
    if (const auto* reminder = as<ReminderRegistered>(event)) {
        const auto& given = reminder->given();
        reminder_.set_oral(given.oral());
        reminder_.set_oral_reason(given.oral_reason());
        reminder_.set_transferred_from(given.transferred_from());
        reminder_.set_authority_diary_number(given.authority_diary_number());
    } else if (const auto* complaint = as<ComplaintRegistered>(event)) {
        const auto& given = complaint->given();
        complaint_.set_authority(given.authority());
        complaint_.set_authority_diary_number(given.authority_diary_number());
        complaint_.set_events_on(given.events_on());
    } else if (const auto* request = as<RequestReceived>(event)) {
        const auto& given = request->given();
        request_.set_authority(given.authority());
        request_.set_authority_diary_number(given.authority_diary_number());
        request_.set_request_kind(given.request_kind());
        request_.set_complaint_id(given.complaint_id());
        request_.set_supplements(given.supplements());
    } else if (const auto* imported = as<CaseImported>(event)) {
        bring_in(imported->given());
    } else if (const auto* row = as<ImportCorrected>(event)) {
        bring_in(row->given());
    } else {
        return false;
    }
    return true;
}

bool CaseParticulars::take_correction(const Message& event) {
    if (const auto* reminder = as<ReminderCorrected>(event)) {
        reminder_ = reminder->given();
        reminder_.clear_reason();
    } else if (const auto* complaint = as<ComplaintCorrected>(event)) {
        correct(complaint->given(), moves_, complaint_);
    } else if (const auto* request = as<RequestCorrected>(event)) {
        correct(request->given(), moves_, request_);
    } else {
        return false;
    }
    return true;
}

void CaseParticulars::take(const Message& event) {
    if (take_registration(event) || take_correction(event)) return;
    const auto* moved = as<ComplaintMoved>(event);
    if (moved == nullptr) return;
    ++moves_;
    for (const auto& [authority, number] :
         {std::pair(complaint_.mutable_authority(), complaint_.mutable_authority_diary_number()),
          std::pair(request_.mutable_authority(), request_.mutable_authority_diary_number())}) {
        *authority = moved->given().authority();
        *number = moved->given().authority_diary_number();
    }
}

const std::string& CaseParticulars::authority() const {
    if (kind_ == REMINDER) return reminder_.transferred_from();
    return kind_ == COMPLAINT ? complaint_.authority() : request_.authority();
}

const std::string& CaseParticulars::authority_diary_number() const {
    if (kind_ == REMINDER) return reminder_.authority_diary_number();
    return kind_ == COMPLAINT ? complaint_.authority_diary_number() : request_.authority_diary_number();
}

std::string CaseParticulars::json() const {
    if (kind_ == REMINDER) return json_of(reminder_);
    if (kind_ == COMPLAINT) {
        auto now = complaint_;
        now.set_after_moves(moves_);
        return json_of(now);
    }
    if (kind_ == AUTHORITY_REQUEST) {
        auto now = request_;
        now.set_after_moves(moves_);
        return json_of(now);
    }
    return {};
}

}  // namespace vastine::projections
