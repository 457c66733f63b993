#include <algorithm>
#include <stdexcept>

#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"
#include "tools/demo/draw.hpp"
#include "tools/demo/plan.hpp"

namespace vastine::tools::demo {
namespace {

using domain::Date;

constexpr std::uint64_t kSeed = 20180912;

// The stories are composed: nobody in them exists.
class LiveCases {
public:
    LiveCases(const Organisation& organisation, Date today)
        : organisation_(organisation), today_(today), draw_(kSeed) {}

    std::vector<Step> make() {
        due_soon();
        overdue();
        just_arrived();
        transferred_by_authority();
        waiting_for_signature();
        answered_with_measure();
        complaint_with_request();
        overdue_request();
        calls();
        client_matters();
        return std::move(steps_);
    }

private:
    // One case: every further step goes to the case opened last.
    template <class Command>
    void open(Kind kind, const std::string& actor, Command command) {
        case_id_ = draw_.uuid();
        kind_ = kind;
        steps_.push_back({kind, case_id_, "", actor, 0, std::make_shared<const Command>(std::move(command))});
    }
    template <class Command>
    void then(const std::string& path, const std::string& actor, Command command) {
        steps_.push_back(
            {kind_, case_id_, path, actor, 1, std::make_shared<const Command>(std::move(command))});
    }
    [[nodiscard]] std::string day(int from_today) const {
        return domain::to_string(today_ + std::chrono::days(from_today));
    }
    [[nodiscard]] std::string user(const std::string& login) const {
        const auto found = std::find_if(organisation_.users.begin(), organisation_.users.end(),
                                        [&](const DemoUser& known) { return known.login == login; });
        if (found == organisation_.users.end()) throw std::out_of_range("demo: no login " + login);
        return found->id;
    }
    // Who supervises so many days from today: AVI's and Valvira's tasks went to the national agency
    // on 1.1.2026.
    [[nodiscard]] std::string supervisor(int days) const {
        const bool agency = today_ + std::chrono::days(days) < Date(std::chrono::year(2026) / 1 / 1);
        return agency ? "avi-esavi" : "lvv";
    }

    [[nodiscard]] Opening opening(int arrived, const std::string& unit_id, const std::string& cause,
                                  const std::string& client, const std::string& subject) const {
        const auto& unit = organisation_.unit(unit_id);
        Opening out;
        out.set_arrived_on(day(arrived));
        out.set_channel("email");
        out.set_language("fi");
        out.add_units(unit_id);
        out.add_sectors(unit.sector);
        out.set_service_task(unit.service_task);
        out.set_provider("own");
        out.set_municipality("Helsinki");
        out.set_cause(cause);
        out.set_maker("client");
        out.mutable_client()->set_name(client);
        out.mutable_standing()->set_ground("client");
        out.set_subject(subject);
        auto& matter = *out.add_matters();
        matter.set_unit(unit_id);
        matter.set_cause(cause);
        matter.set_service_task(unit.service_task);
        matter.set_description(subject);
        return out;
    }

    void acknowledge(int on) {
        AcknowledgeReminder command;
        command.set_acknowledged_on(day(on));
        command.set_channel("email");
        then("acknowledge", "registrar", command);
    }
    void check(int on) {
        CheckReminder command;
        command.set_checked_on(day(on));
        command.mutable_standing()->set_ground("client");
        command.set_nature("reminder");
        command.set_right_addressee(true);
        command.set_complete(true);
        then("check", "registrar", command);
    }
    void assign(const std::string& login) {
        Assign command;
        command.set_handler(user(login));
        then("assign", "registrar", command);
    }
    void ask_statement(int on, const std::string& unit, const std::string& actor) {
        RequestStatement command;
        command.set_unit(unit);
        command.set_asked_on(day(on));
        command.set_question("Miten asiassa toimittiin, ja mitä siitä on kirjattu?");
        then("statements", actor, command);
    }
    void receive_statement(int on, const std::string& id, const std::string& actor) {
        ReceiveStatement command;
        command.set_statement_id(id);
        command.set_received_on(day(on));
        command.set_author("Yksikön esihenkilö");
        command.set_content("Yksikkö kuvaa tapahtumat ja pahoittelee odotusta.");
        then("receive-statement", actor, command);
    }
    void draft(const std::string& actor, const std::string& text) {
        DraftReply command;
        command.set_text(text);
        then("draft", actor, command);
    }

    void due_soon() {
        RegisterReminder command;
        *command.mutable_opening() =
            opening(-24, "psykiatria", "care", "Keksitty Helmi Aalto",
                    "Lääkitystä muutettiin kysymättä, eikä soittopyyntöihin vastattu.");
        open(REMINDER, "registrar", command);
        acknowledge(-23);
        check(-23);
        assign("head-health");
        ask_statement(-22, "psykiatria", "head-health");
        receive_statement(-8, "s1", "head-health");
        draft("head-health",
              "Kiitos muistutuksestanne. Lääkityksen muutoksen perusteet olisi pitänyt kertoa teille.");
    }

    void overdue() {
        RegisterReminder command;
        *command.mutable_opening() =
            opening(-41, "lastensuojelu", "service", "Keksitty Veikko Oja",
                    "Sosiaalityöntekijä vaihtui kolmesti, ja sovittu tapaaminen jäi pitämättä.");
        open(REMINDER, "registrar", command);
        acknowledge(-40);
        check(-39);
        assign("head-family");
        ask_statement(-35, "lastensuojelu", "head-family");
        ChaseStatement chase;
        chase.set_statement_id("s1");
        chase.set_chased_on(day(-12));
        then("chase-statement", "head-family", chase);
        ReceiveInquiry inquiry;
        inquiry.set_inquiry_kind("progress");
        inquiry.set_received_on(day(-3));
        inquiry.set_sender("Keksitty Veikko Oja");
        inquiry.set_question("Milloin saan vastauksen?");
        then("inquiries", "registrar", inquiry);
    }

    void just_arrived() {
        RegisterReminder command;
        *command.mutable_opening() = opening(-2, "terveysasemat", "access", "Keksitty Sanni Lehto",
                                             "Kiireettömän ajan saaminen kesti yli kolme kuukautta.");
        open(REMINDER, "registrar", command);
    }

    void transferred_by_authority() {
        RegisterReminder command;
        *command.mutable_opening() = opening(-12, "akuuttisairaala", "conduct", "Keksitty Arvo Kuusi",
                                             "Omaista puhuteltiin osastolla epäasiallisesti.");
        command.set_transferred_from(supervisor(-12));
        command.set_authority_diary_number("V/" + day(-20).substr(0, 4) + "/10482");
        open(REMINDER, "registrar", command);
        acknowledge(-11);
        check(-11);
        assign("head-hospital");
        ask_statement(-10, "akuuttisairaala", "head-hospital");
    }

    void waiting_for_signature() {
        RegisterReminder command;
        auto& about = *command.mutable_opening();
        about = opening(-19, "paivystys", "care", "Keksitty Elsa Ranta",
                        "Murtuma jäi päivystyksessä huomaamatta, ja jatkohoito terveysasemalla viivästyi.");
        about.add_units("terveysasemat");
        auto& matter = *about.add_matters();
        matter.set_unit("terveysasemat");
        matter.set_cause("access");
        matter.set_service_task("health-station");
        matter.set_description("Jatkohoidon aika siirtyi kahdesti.");
        open(REMINDER, "registrar", command);
        acknowledge(-18);
        check(-18);
        assign("head-health");
        ask_statement(-17, "paivystys", "head-health");
        ask_statement(-17, "terveysasemat", "head-health");
        receive_statement(-9, "s1", "head-health");
        receive_statement(-6, "s2", "head-health");
        draft("head-health",
              "Kiitos muistutuksestanne. Röntgenkuvan tulkinta on tarkistettu, ja se oli puutteellinen.");
        ReviewReply review;
        review.set_approved(true);
        then("review", "lawyer", review);
    }

    void answered_with_measure() {
        RegisterReminder command;
        *command.mutable_opening() = opening(-33, "kotihoito", "service", "Keksitty Martta Suo",
                                             "Kotihoidon käynnit jäivät kahtena viikonloppuna väliin.");
        open(REMINDER, "registrar", command);
        acknowledge(-32);
        check(-32);
        assign("head-hospital");
        ask_statement(-31, "kotihoito", "head-hospital");
        receive_statement(-20, "s1", "head-hospital");
        draft("head-hospital", "Kiitos muistutuksestanne. Käynnit jäivät tekemättä meidän virheemme vuoksi.");
        SignReply sign;
        sign.set_signed_on(day(-9));
        auto& outcome = *sign.add_outcomes();
        outcome.set_matter_id("m1");
        outcome.set_outcome("well-founded");
        outcome.set_reasons("Käyntejä ei tehty, eikä asiakkaalle ilmoitettu siitä.");
        sign.set_signer_title("Osaston johtaja");
        then("sign", "head-hospital", sign);
        SendReply send;
        send.set_sent_on(day(-8));
        send.set_channel("letter");
        send.set_recipient("Keksitty Martta Suo");
        send.set_recipient_role("client");
        then("send", "head-hospital", send);
        AgreeMeasure measure;
        measure.set_what(
            "Viikonlopun varahenkilöt kirjataan listaan, jonka vuorovastaava tarkistaa perjantaisin.");
        measure.set_owner(user("head-hospital"));
        measure.set_due_by(day(14));
        measure.set_matter_id("m1");
        then("measures", "head-hospital", measure);
    }

    void complaint_with_request() {
        RegisterComplaint complaint;
        *complaint.mutable_opening() = opening(-60, "psykiatria", "care", "Keksitty Toivo Harju",
                                               "Kantelu tahdosta riippumattoman hoidon perusteista.");
        complaint.set_authority(supervisor(-60));
        complaint.set_authority_diary_number("V/" + day(-60).substr(0, 4) + "/8817");
        complaint.set_events_on(day(-150));
        open(COMPLAINT, "registrar", complaint);
        const auto complaint_id = case_id_;

        ReceiveRequest request;
        *request.mutable_opening() = opening(-20, "psykiatria", "care", "Keksitty Toivo Harju",
                                             "Selvityspyyntö tahdosta riippumattoman hoidon perusteista.");
        request.mutable_opening()->set_maker("authority");
        request.set_authority(supervisor(-20));
        request.set_authority_diary_number("V/" + day(-60).substr(0, 4) + "/8817");
        request.set_request_kind("clarification");
        request.set_due_by(day(6));
        request.set_complaint_id(complaint_id);
        open(AUTHORITY_REQUEST, "registrar", request);
        confirm_receipt(-19);
        assign("lawyer");
        ask_statement(-18, "psykiatria", "lawyer");
    }

    void overdue_request() {
        ReceiveRequest request;
        *request.mutable_opening() =
            opening(-30, "nuoret-aikuissosiaalityo", "decision", "Keksitty Raili Mäki",
                    "Lausuntopyyntö täydentävän toimeentulotuen käsittelyajasta.");
        request.mutable_opening()->set_maker("authority");
        request.set_authority("eoa");
        request.set_authority_diary_number("EOAK/3120/" + day(-30).substr(0, 4));
        request.set_request_kind("statement");
        request.set_due_by(day(-2));
        open(AUTHORITY_REQUEST, "registrar", request);
        confirm_receipt(-29);
        assign("lawyer");
        AskExtension extension;
        extension.set_asked_on(day(-4));
        extension.set_until(day(10));
        extension.set_reason("Yksikön selvitys on myöhässä.");
        then("ask-extension", "lawyer", extension);
    }
    void confirm_receipt(int on) {
        ConfirmReceipt command;
        command.set_confirmed_on(day(on));
        command.set_channel("email");
        then("confirm-receipt", "registrar", command);
    }

    [[nodiscard]] LogContact contact(int on, const std::string& channel, const std::string& language,
                                     const std::string& nature) const {
        LogContact out;
        out.set_contacted_on(day(on));
        out.set_channel(channel);
        out.set_who("client");
        out.set_nature(nature);
        out.set_language(language);
        out.set_municipality("Helsinki");
        out.set_ownership("public");
        out.set_minutes(15);
        return out;
    }
    void matter(LogContact& contact, const std::string& unit_id, const std::string& cause,
                const std::string& measure) const {
        const auto& unit = organisation_.unit(unit_id);
        auto& out = *contact.add_matters();
        out.add_sectors(unit.sector);
        out.set_service_task(unit.service_task);
        out.set_unit(unit_id);
        out.set_provider("own");
        out.add_causes(cause);
        out.add_measures("advice");
        if (measure != "advice") out.add_measures(measure);
    }

    void calls() {
        auto today = contact(0, "phone", "fi", "information");
        matter(today, "terveysasemat", "patient-records", "advice");
        open(CONTACT, "ombudsman", today);

        auto both = contact(0, "phone", "fi", "dissatisfaction");
        matter(both, "kotihoito", "patient-care", "advice");
        matter(both, "vammaistyo", "social-decision", "advice");
        open(CONTACT, "ombudsman", both);

        auto call_back = contact(-1, "phone", "fi", "dissatisfaction");
        matter(call_back, "suun-terveydenhuolto", "patient-access", "advice");
        call_back.set_call_back_on(day(0));
        open(CONTACT, "ombudsman", call_back);

        auto late_call_back = contact(-4, "phone", "ru", "both");
        matter(late_call_back, "paivystys", "patient-conduct", "guided-elsewhere");
        late_call_back.set_call_back_on(day(-1));
        open(CONTACT, "ombudsman", late_call_back);

        auto swedish = contact(-1, "email", "sv", "information");
        matter(swedish, "lapsiperheet", "social-advice", "advice");
        open(CONTACT, "ombudsman-social", swedish);
    }

    static void record(LogContact& contact, const std::string& client, const std::string& asked,
                       const std::string& advised) {
        auto& out = *contact.mutable_client_record();
        out.mutable_client()->set_name(client);
        out.mutable_client()->set_mother_tongue(contact.language());
        out.mutable_standing()->set_ground("client");
        out.set_language(contact.language());
        out.set_asked(asked);
        out.set_advised(advised);
        out.set_author_position("Asiavastaava");
        contact.set_minutes(50);
    }

    void client_matters() {
        auto helped = contact(-5, "visit", "fi", "dissatisfaction");
        matter(helped, "akuuttisairaala", "patient-injury", "reminder-help");
        record(helped, "Keksitty Inkeri Salo",
               "Leikkauksen jälkeinen tulehdus huomattiin myöhään. Miten asiassa etenee?",
               "Kerrottiin muistutuksesta ja potilasvahinkoilmoituksesta ja niiden erosta.");
        helped.mutable_client_record()->set_other_measures("Autettiin muistutuksen kirjoittamisessa.");
        open(CONTACT, "ombudsman", helped);
        AddAdvice advice;
        advice.set_advised_on(day(-1));
        advice.set_asked("Asiakas kysyi, saako hän leikkauskertomuksen.");
        advice.set_advised("Neuvottiin pyytämään jäljennös; määräaika on kaksi viikkoa.");
        advice.set_minutes(15);
        then("advice", "ombudsman", advice);

        auto minor = contact(-8, "phone", "fi", "information");
        matter(minor, "neuvola-kouluterveys", "patient-records", "unit-inquiry");
        record(minor, "Keksitty Nuori Laakso", "15-vuotias kysyi, näkeekö huoltaja hänen käyntinsä.",
               "Kerrottiin alaikäisen oikeudesta kieltää tietojen luovuttaminen huoltajalle.");
        auto& client = *minor.mutable_client_record()->mutable_client();
        client.set_birth_on(domain::to_string(today_ - std::chrono::days(15 * 365 + 90)));
        client.set_disclosure_banned(true);
        client.set_ban_scope("Kouluterveydenhuollon käynnit");
        open(CONTACT, "ombudsman", minor);

        auto idle = contact(-75, "email", "fi", "dissatisfaction");
        matter(idle, "vammaistyo", "social-decision", "unit-inquiry");
        record(idle, "Keksitty Oskari Niitty",
               "Kuljetuspalvelupäätös odottaa. Voiko asiavastaava kysyä yksiköstä?",
               "Kerrottiin käsittelyajoista ja sovittiin, että asiavastaava tiedustelee päätöstä yksiköstä.");
        open(CONTACT, "ombudsman", idle);
    }

    const Organisation& organisation_;
    Date today_;
    Draw draw_;
    std::vector<Step> steps_;
    std::string case_id_;
    Kind kind_ = NO_KIND;
};

}  // namespace

std::vector<Step> live_cases(const Organisation& organisation, domain::Date today) {
    return LiveCases(organisation, today).make();
}

}  // namespace vastine::tools::demo
