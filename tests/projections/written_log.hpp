#pragma once
// A log in memory that tests write literal events into, with the day on which each was recorded.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/access/access.hpp"
#include "domain/calendar/date.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/publication.pb.h"
#include "domain/schema/reference.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"
#include "projections/query.hpp"
#include "projections/read_model.hpp"
#include "store/assembled_store.hpp"
#include "store/store.hpp"

namespace vastine::projections::tests {

using domain::Date;
using domain::Language;

inline Date day(const std::string& iso) {
    return domain::parse_date(iso).value();
}
inline store::Instant noon(const std::string& iso) {
    return day(iso) + std::chrono::hours(12);
}
inline std::string uuid(unsigned number) {
    return fmt::format("00000000-0000-4000-8000-{:012x}", number);
}

class WrittenLog {
public:
    WrittenLog() : store_(store::Store::in_memory([this] { return now_; })) {}

    // Later events are recorded on this day, until another is said.
    WrittenLog& on(const std::string& iso) {
        now_ = noon(iso);
        return *this;
    }
    template <class Event>
    WrittenLog& add(const std::string& stream, const Event& event, const std::string& actor = uuid(0xaa)) {
        store::Append append;
        append.actor = actor;
        append.command_id = uuid(++commands_);
        store::StreamAppend one;
        one.stream = {stream};
        one.expected = versions_[stream];
        one.area = stream.starts_with("reference")     ? store::KeyArea::Reference
                   : stream.starts_with("contact")     ? store::KeyArea::Ombudsman
                   : stream.starts_with("publication") ? store::KeyArea::Ombudsman
                                                       : store::KeyArea::Legal;
        one.events.push_back(std::make_unique<Event>(event));
        append.streams.push_back(std::move(one));
        const auto appended = store_->events().append(std::move(append));
        if (!appended) throw std::logic_error("the test's event was refused");
        ++versions_[stream].value;
        return *this;
    }
    // What is sealed of a stream is gone from now on; its facts stay.
    WrittenLog& destroy_key(const std::string& stream) {
        store::KeyId key;
        events().read_stream({stream}, store::Version{0}, [&](const store::Record& record) {
            key = record.key;
            return false;
        });
        dynamic_cast<store::AssembledStore&>(*store_).keys().destroy(key);
        return *this;
    }
    [[nodiscard]] const store::EventStore& events() const { return store_->events(); }
    [[nodiscard]] store::Position head() const { return store_->events().head().position; }

private:
    store::Instant now_ = noon("2018-01-02");
    std::unique_ptr<store::Store> store_;
    std::map<std::string, store::Version> versions_;
    unsigned commands_ = 0;
};

// ---- literal events ----

inline UnitSet unit(const std::string& id, const std::string& parent = "", const std::string& sector = "") {
    UnitSet event;
    event.mutable_given()->set_unit_id(id);
    event.mutable_given()->set_parent(parent);
    event.mutable_given()->mutable_name()->set_fi(id);
    event.mutable_given()->set_sector(sector);
    event.mutable_given()->set_valid_from("2010-01-01");
    return event;
}

// ---- publications ----

struct PublicationGiven {
    std::string kind = "annual";
    std::string area = "ombudsman";
    std::string first_month = "2017-01";
    std::string last_month = "2017-12";
};
inline PublicationOpened publication_opened(const PublicationGiven& given = {}) {
    PublicationOpened event;
    auto& opened = *event.mutable_given();
    opened.set_publication_kind(given.kind);
    opened.set_area(given.area);
    opened.set_first_month(given.first_month);
    opened.set_last_month(given.last_month);
    opened.add_languages("fi");
    opened.add_languages("sv");
    opened.set_threshold(5);
    return event;
}
inline TextWritten text_written(const std::string& section, const std::string& language,
                                const std::string& markdown, std::uint32_t version = 1) {
    TextWritten event;
    event.mutable_given()->set_section(section);
    event.mutable_given()->set_language(language);
    event.mutable_given()->set_markdown(markdown);
    event.mutable_given()->set_replaces(version - 1);
    event.set_version(version);
    return event;
}
inline ProposalAdded proposal_added(const std::string& id, const std::string& fi,
                                    const std::string& addressee_unit) {
    ProposalAdded event;
    event.mutable_given()->mutable_text()->set_fi(fi);
    event.mutable_given()->set_addressee_unit(addressee_unit);
    if (addressee_unit.empty()) event.mutable_given()->set_addressee_body("Aluehallitus");
    event.set_proposal_id(id);
    return event;
}
inline PublicationSigned publication_signed(const std::string& on, std::uint32_t edition = 1) {
    PublicationSigned event;
    event.mutable_given();
    event.set_edition(edition);
    event.set_signed_on(on);
    return event;
}
inline Published publication_published(const std::string& on, std::uint32_t edition = 1) {
    Published event;
    event.mutable_given();
    event.set_edition(edition);
    event.set_published_on(on);
    return event;
}
inline CorrectionOpened correction_opened(std::uint32_t edition) {
    CorrectionOpened event;
    event.mutable_given()->mutable_what_changed()->set_fi("Taulukko 3 laskettiin uudelleen.");
    event.set_edition(edition);
    return event;
}
inline ArtefactsStored artefacts_stored(const std::string& level, store::Position signature,
                                        std::uint32_t edition = 1) {
    ArtefactsStored event;
    event.set_edition(edition);
    event.set_level(level);
    event.set_position(signature.value);
    auto& artefact = *event.add_artefacts();
    artefact.set_form("html");
    artefact.set_language("fi");
    artefact.set_sha256(level + std::to_string(signature.value));
    return event;
}

// Two departments with units below them.
inline void write_units(WrittenLog& log) {
    log.add("reference-units", unit("sairaala"))
        .add("reference-units", unit("sairaala-osasto", "sairaala", "health"))
        .add("reference-units", unit("sairaala-osasto-1", "sairaala-osasto", "health"))
        .add("reference-units", unit("perhe-sosiaali"))
        .add("reference-units", unit("perhe-neuvola", "perhe-sosiaali", "social"));
}

// What the tests vary of a case; the rest is the same everywhere.
struct CaseGiven {
    std::string arrived_on = "2018-03-01";
    std::string unit = "sairaala-osasto";
    std::string department = "sairaala";
    std::string cause = "care";
    std::string maker = "client";
    std::string sector = "health";
    std::string subject = "Odotin vastausta viikon";
    std::string diary_number = "VAS 1/2018";
};
inline Opening opening(const CaseGiven& given) {
    Opening opening;
    opening.set_arrived_on(given.arrived_on);
    opening.set_channel("letter");
    opening.set_language("fi");
    if (!given.unit.empty()) opening.add_units(given.unit);
    if (!given.sector.empty()) opening.add_sectors(given.sector);
    opening.set_cause(given.cause);
    opening.set_maker(given.maker);
    opening.set_diary_number(given.diary_number);
    opening.set_subject(given.subject);
    opening.mutable_client()->set_name("Testi Henkilö");
    return opening;
}
inline Coarse coarse(const std::string& date, const std::string& department) {
    Coarse coarse;
    coarse.set_month(date.substr(0, 7));
    coarse.set_department(department);
    coarse.set_language_group("fi");
    return coarse;
}
inline Due due(const std::string& due_by, const std::string& start = {}) {
    Due due;
    due.set_due_by(due_by);
    due.set_policy("reminder.answer");
    due.set_policy_version(1);
    if (start.empty()) return due;
    due.set_warn_on(domain::to_string(day(start) + std::chrono::days(21)));
    due.set_escalate_on(domain::to_string(day(start) + std::chrono::days(30)));
    due.set_critical_on(domain::to_string(day(start) + std::chrono::days(60)));
    return due;
}
// Due 28 days after arrival.
inline ReminderRegistered reminder(const CaseGiven& given = {}) {
    ReminderRegistered event;
    *event.mutable_given()->mutable_opening() = opening(given);
    *event.mutable_coarse() = coarse(given.arrived_on, given.department);
    *event.mutable_due() =
        due(domain::to_string(day(given.arrived_on) + std::chrono::days(28)), given.arrived_on);
    return event;
}
inline ComplaintRegistered complaint(const CaseGiven& given = {},
                                     const std::string& authority = "avi-esavi") {
    ComplaintRegistered event;
    *event.mutable_given()->mutable_opening() = opening(given);
    event.mutable_given()->set_authority(authority);
    *event.mutable_coarse() = coarse(given.arrived_on, given.department);
    return event;
}
inline RequestReceived request(const std::string& authority, const std::string& request_kind,
                               const std::string& due_by, const CaseGiven& given = {}) {
    RequestReceived event;
    *event.mutable_given()->mutable_opening() = opening(given);
    event.mutable_given()->set_authority(authority);
    event.mutable_given()->set_authority_diary_number("ESAVI/1/2018");
    event.mutable_given()->set_request_kind(request_kind);
    event.mutable_given()->set_due_by(due_by);
    *event.mutable_coarse() = coarse(given.arrived_on, given.department);
    *event.mutable_due() = due(due_by);
    return event;
}
inline AnswerFacts facts(const std::string& month, std::uint32_t days, bool kept) {
    AnswerFacts facts;
    facts.set_month(month);
    facts.set_days(days);
    facts.set_kept(kept);
    return facts;
}
inline ReplySent reply_sent(const std::string& on, std::uint32_t days, bool kept,
                            const std::vector<std::string>& outcomes = {"well-founded"}) {
    ReplySent event;
    event.mutable_given()->set_sent_on(on);
    event.mutable_given()->set_channel("letter");
    *event.mutable_facts() = facts(on.substr(0, 7), days, kept);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        auto& outcome = *event.add_outcomes();
        outcome.set_matter_id("m" + std::to_string(i + 1));
        outcome.set_outcome(outcomes[i]);
    }
    return event;
}
inline RequestReplySent request_reply_sent(const std::string& on, std::uint32_t days, bool kept) {
    RequestReplySent event;
    event.mutable_given()->set_sent_on(on);
    event.mutable_given()->set_channel("letter");
    *event.mutable_facts() = facts(on.substr(0, 7), days, kept);
    return event;
}
inline Closed closed(const std::string& on) {
    Closed event;
    event.mutable_given()->set_closed_on(on);
    event.set_month(on.substr(0, 7));
    return event;
}
inline Reopened reopened(const std::string& on, const std::string& due_by) {
    Reopened event;
    event.mutable_given()->set_reopened_on(on);
    event.mutable_given()->set_new_facts("Uusi lausunto");
    *event.mutable_due() = due(due_by);
    event.set_month(on.substr(0, 7));
    return event;
}
inline Assigned assigned(const std::string& user) {
    Assigned event;
    event.mutable_given()->set_handler(user);
    return event;
}
inline HandOverOffered offered(const std::string& to, const std::string& from = uuid(0xaa)) {
    HandOverOffered event;
    event.mutable_given()->set_to(to);
    event.set_from(from);
    return event;
}
// The own target waits for what was asked.
inline CompletionAsked completion_asked(const std::string& on, bool pauses = true) {
    CompletionAsked event;
    event.mutable_given()->set_asked_on(on);
    event.mutable_given()->set_due_by(domain::to_string(day(on) + std::chrono::days(14)));
    event.mutable_given()->set_what("Valtakirja puuttuu");
    event.set_pauses(pauses);
    return event;
}
inline CompletionReceived completion_received(const std::string& on, std::uint32_t days, const Due& due) {
    CompletionReceived event;
    event.mutable_given()->set_received_on(on);
    event.set_credited_days(days);
    *event.mutable_due() = due;
    return event;
}
inline ReminderExtended extended(const std::string& told_on, const std::string& due_by, std::uint32_t days) {
    ReminderExtended event;
    event.mutable_given()->set_due_by(due_by);
    event.mutable_given()->set_reason("Lausunto viipyy");
    event.mutable_given()->set_client_told_on(told_on);
    event.set_days(days);
    *event.mutable_due() = due(due_by);
    event.mutable_due()->set_runs_from("extension");
    return event;
}
struct UserGiven {
    Role role = LAWYER;
    std::string team = {};
    std::vector<std::string> units = {};
    bool active = true;
};
inline UserSet user(const std::string& id, const UserGiven& given = {}) {
    UserSet event;
    event.set_user_id(id);
    auto& set = *event.mutable_given();
    set.set_user_id(id);
    set.set_login("user-" + id.substr(id.size() - 4));
    set.set_name("Testi " + id.substr(id.size() - 4));
    set.add_roles(given.role);
    set.set_team(given.team);
    for (const auto& unit : given.units) set.add_units(unit);
    set.set_active(given.active);
    return event;
}
inline AbsenceSet absence(const std::string& user_id, const std::string& first, const std::string& last,
                          const std::string& substitute) {
    AbsenceSet event;
    event.mutable_given()->set_user_id(user_id);
    event.mutable_given()->set_first_day(first);
    event.mutable_given()->set_last_day(last);
    event.mutable_given()->set_substitute(substitute);
    return event;
}
struct PolicyGiven {
    std::uint32_t count = 28;
    std::string unit = "day";
    std::vector<Role> escalated_to = {};
    std::uint32_t version = 1;
    std::string valid_from = "2000-01-01";
};
inline PolicySet policy(const std::string& name, const PolicyGiven& given = {}) {
    PolicySet event;
    auto& set = *event.mutable_given();
    set.set_policy(name);
    set.set_valid_from(given.valid_from);
    set.set_target_count(given.count);
    set.set_target_unit(given.unit);
    for (const auto role : given.escalated_to) set.add_escalated_to(role);
    event.set_version(given.version);
    return event;
}
inline Disqualified disqualified(const std::string& user, const std::string& superior) {
    Disqualified event;
    event.mutable_given()->set_user(user);
    event.mutable_given()->set_superior(superior);
    event.mutable_given()->set_ground("Asia koskee häntä");
    return event;
}
inline CaseImported imported(const CaseGiven& given, const std::string& answered_on = {},
                             std::uint32_t days = 0, bool kept = true) {
    CaseImported event;
    *event.mutable_given()->mutable_opening() = opening(given);
    event.mutable_given()->set_source("test");
    event.mutable_given()->set_closed_on(answered_on);
    *event.mutable_coarse() = coarse(given.arrived_on, given.department);
    if (!answered_on.empty()) *event.mutable_facts() = facts(answered_on.substr(0, 7), days, kept);
    return event;
}

struct MatterGiven {
    std::vector<std::string> sectors = {"health"};
    std::vector<std::string> causes = {"patient-care"};
    std::vector<std::string> measures = {"advice"};
    std::string unit = "sairaala-osasto";
    std::string service_task = "hospital";
};
inline ContactMatter matter(const MatterGiven& given) {
    ContactMatter matter;
    for (const auto& sector : given.sectors) matter.add_sectors(sector);
    for (const auto& cause : given.causes) matter.add_causes(cause);
    for (const auto& measure : given.measures) matter.add_measures(measure);
    matter.set_unit(given.unit);
    matter.set_service_task(given.service_task);
    return matter;
}
struct ContactGiven {
    std::string contacted_on = "2018-03-01";
    std::string channel = "phone";
    std::string who = "client";
    std::string municipality = "Helsinki";
    std::string department = "sairaala";
    bool first = true;
    bool recorded = false;
    std::vector<MatterGiven> matters = {MatterGiven{}};
    std::vector<std::pair<std::string, std::string>> follows_up = {};  // contact id, matter id
    std::string call_back_on = {};
    std::string note = "Kysyi hoidosta";
};
inline ContactLogged contact(const ContactGiven& given = {}) {
    ContactLogged event;
    auto& log = *event.mutable_given();
    log.set_contacted_on(given.contacted_on);
    log.set_channel(given.channel);
    log.set_who(given.who);
    log.set_nature("dissatisfaction");
    log.set_language("fi");
    log.set_municipality(given.municipality);
    log.set_ownership("public");
    log.set_minutes(10);
    log.set_note(given.note);
    log.set_diary_number("VAS 9/2018");
    log.set_call_back_on(given.call_back_on);
    std::vector<std::string> sectors;
    for (const auto& each : given.matters) {
        *log.add_matters() = matter(each);
        for (const auto& sector : each.sectors) {
            if (std::find(sectors.begin(), sectors.end(), sector) == sectors.end()) sectors.push_back(sector);
        }
    }
    for (const auto& sector : sectors) event.add_sectors(sector);
    for (const auto& [contact_id, matter_id] : given.follows_up) {
        auto& follows = *log.add_follows_up();
        follows.set_contact_id(contact_id);
        follows.set_matter_id(matter_id);
    }
    if (given.recorded) {
        log.mutable_client_record()->mutable_client()->set_name("Asiakas");
        log.mutable_client_record()->set_asked("Miten muistutus tehdään");
        log.mutable_client_record()->set_advised("Neuvottu");
        log.mutable_client_record()->set_author_position("potilasasiavastaava");
    }
    *event.mutable_coarse() = coarse(given.contacted_on, given.department);
    event.set_first(given.first);
    event.set_recorded(given.recorded);
    return event;
}

// ---- viewers ----

inline const std::string me = uuid(0xbb);

inline domain::Viewer viewer(Role role, std::vector<std::string> units = {},
                             std::set<std::string> sectors = {}) {
    domain::Viewer viewer;
    viewer.user_id = me;
    viewer.roles = {role};
    viewer.units = std::move(units);
    viewer.sectors = std::move(sectors);
    return viewer;
}

// ---- asking ----

// The views of a log at its head.
class Live {
public:
    explicit Live(const WrittenLog& log) : Live(log.events()) {}
    explicit Live(const store::EventStore& events) : events_(events), model_(events) {
        model_.catch_up(events.head().position);
    }
    // ask(query function, viewer, day, query)
    template <class Function, class Query>
    auto ask(Function function, const domain::Viewer& who, const std::string& on, const Query& query) {
        return model_.read([&](const Views& views) {
            return function(views, events_, who, AsOf{views.position, day(on)}, Language::English, query);
        });
    }
    template <class Function, class Query>
    auto figures(Function function, const domain::Viewer& who, const std::string& on, const Query& query) {
        return model_.read([&](const Views& views) {
            return function(views, who, AsOf{views.position, day(on)}, Language::English, query);
        });
    }
    [[nodiscard]] ReadModel& model() { return model_; }

private:
    const store::EventStore& events_;
    ReadModel model_;
};

template <class Rows>
std::vector<std::string> ids(const Rows& rows) {
    std::vector<std::string> all;
    for (const auto& row : rows) all.push_back(row.case_id());
    return all;
}

}  // namespace vastine::projections::tests
