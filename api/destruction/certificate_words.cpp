#include "api/destruction/certificate_words.hpp"

#include "projections/report/writing.hpp"

namespace vastine::api {

CertificateWords certificate_words(const domain::destruction::State& list, std::string_view signed_note,
                                   const domain::Reference& reference, domain::Language language) {
    const auto& certificate = list.completed->certificate();
    const auto say = [&](std::string_view id, const std::map<std::string, std::string>& args = {}) {
        return domain::text(id, language, args);
    };
    const auto day = [&](const std::string& iso) {
        const auto date = domain::parse_date(iso);
        return date ? projections::report::written(*date, language) : std::string();
    };
    CertificateWords words;
    words.language = language;
    words.on = domain::parse_date(certificate.completed_on()).value();
    words.title = say("destruction.certificate.title");
    const auto& organisation = domain::in_language(reference.organisation().name(), language);
    if (!organisation.empty()) words.paragraphs.push_back(organisation);
    words.paragraphs.push_back(say(list.area == domain::Area::Ombudsman
                                       ? "destruction.certificate.of_ombudsmen"
                                       : "destruction.certificate.of_legal",
                                   {{"year", std::to_string(certificate.year())},
                                    {"list", certificate.list_id()},
                                    {"date", day(certificate.completed_on())}}));
    for (const auto& approval : list.approvals) {
        const auto* user = reference.user(approval.by);
        words.paragraphs.push_back(
            say("destruction.certificate.approved",
                {{"name", user == nullptr ? approval.by : user->name()}, {"date", day(approval.on)}}));
    }
    words.paragraphs.push_back(certificate.final_on().empty() ? say("destruction.certificate.nothing")
                                                              : say("destruction.certificate.final",
                                                                    {{"date", day(certificate.final_on())}}));
    words.paragraphs.push_back(say("destruction.certificate.stays"));
    words.table_heading = say("destruction.certificate.counts");
    words.columns = {say("destruction.certificate.subject"), say("destruction.fate.destroyed"),
                     say("destruction.fate.held_back"), say("destruction.fate.withheld"),
                     say("destruction.fate.to_archive")};
    for (const auto& counts : certificate.counts()) {
        const auto* code = reference.code("retention_subject", counts.subject());
        words.rows.push_back(
            {code == nullptr ? counts.subject() : domain::in_language(code->name(), language),
             std::to_string(counts.destroyed()), std::to_string(counts.held_back()),
             std::to_string(counts.withheld()), std::to_string(counts.to_archive())});
    }
    words.proof_heading = say("destruction.certificate.proof");
    words.proof = signed_note;
    return words;
}

std::string to_plain_text(const CertificateWords& words) {
    std::string text = words.title + "\n";
    for (const auto& paragraph : words.paragraphs) text += "\n" + paragraph + "\n";
    text += "\n" + words.table_heading + "\n";
    for (const auto& row : words.rows) {
        text += "\n" + row.front() + "\n";
        for (std::size_t i = 1; i < row.size(); ++i) text += "  " + words.columns[i] + ": " + row[i] + "\n";
    }
    return text + "\n" + words.proof_heading + "\n\n" + words.proof;
}

}  // namespace vastine::api
