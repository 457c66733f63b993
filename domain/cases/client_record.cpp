#include "domain/cases/client_record.hpp"

#include <algorithm>

#include "domain/cases/refusals.hpp"
#include "domain/identifiers/identifiers.hpp"

namespace vastine::domain::contact {

namespace {

bool represents(const Standing& standing) {
    return standing.ground() == "legal-representative" || standing.ground() == "close-person" ||
           standing.ground() == "mandate";
}

void check_representative(Refusals& refusals, const ClientRecord& record, const std::string& path, Date on) {
    const auto& standing = record.standing();
    if (record.has_representative()) {
        if (record.representative().name().empty()) {
            refusals.invalid("contact.representative_unnamed", path + "representative.name");
        }
        if (!represents(standing)) {
            refusals.invalid("contact.representative_needs_standing", path + "standing.ground");
        }
    } else if (represents(standing)) {
        refusals.invalid("contact.standing_needs_representative", path + "representative");
    }
    if (standing.ground() == "mandate" && standing.mandate().empty()) {
        refusals.invalid("contact.mandate_unnamed", path + "standing.mandate");
    }
    const auto ends_on = parse_date(standing.ends_on());
    if (ends_on && *ends_on < on && represents(standing)) {
        refusals.invalid("contact.mandate_ended", path + "standing.ends_on",
                         {{"ends_on", standing.ends_on()}});
    }
}

void check_person(Refusals& refusals, const Person& person, const std::string& path, Date today) {
    if (!person.identity_code().empty() && !is_identity_code(person.identity_code())) {
        refusals.invalid("contact.identity_code_wrong", path + "identity_code");
    }
    const auto born = parse_date(person.birth_on());
    if (born && *born > today) refusals.invalid("contact.born_in_future", path + "birth_on");
    if (!person.ban_scope().empty() && !person.disclosure_banned()) {
        refusals.invalid("contact.ban_scope_without_ban", path + "disclosure_banned");
    }
}

}  // namespace

bool needs_record(std::string_view measure) {
    return measure != "advice" && measure != "guided-elsewhere";
}

std::string temporary_id(std::string_view case_id) {
    std::string id = "T-";
    for (const char c : case_id.substr(0, 8))
        id += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return id;
}

const std::string* first_needing_record(const google::protobuf::RepeatedPtrField<std::string>& measures) {
    const auto found =
        std::ranges::find_if(measures, [](const auto& measure) { return needs_record(measure); });
    return found == measures.end() ? nullptr : &*found;
}

Permitted record_complete(const ClientRecord& record, const std::string& path, const Said& said,
                          const Context& context) {
    Refusals refusals;
    check_person(refusals, record.client(), path + "client.", context.today);
    if (record.has_representative()) {
        check_person(refusals, record.representative(), path + "representative.", context.today);
    }
    if (record.client().mother_tongue().empty()) {
        refusals.invalid("contact.mother_tongue_missing", path + "client.mother_tongue");
    }
    if (record.language().empty() && said.language.empty()) {
        refusals.invalid("contact.language_missing", path + "language");
    }
    check_representative(refusals, record, path, said.contacted_on.value_or(context.today));
    return refusals.result();
}

void complete(ClientRecord& record, const std::string& language, const Context& context) {
    if (record.language().empty()) record.set_language(language);
    auto& client = *record.mutable_client();
    if (client.identity_code().empty() && client.temporary_id().empty() && client.birth_on().empty()) {
        client.set_temporary_id(temporary_id(context.case_id));
    }
}

}  // namespace vastine::domain::contact
