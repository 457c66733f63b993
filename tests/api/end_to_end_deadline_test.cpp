// The clock of a reminder over real TLS: it came on a Friday by paper mail and was entered days later, waited
// for a completion, was extended, warned about, passed to a substitute and answered on its last day; and in
// the end it can say why its date was what it was, in three languages.

#include <catch2/catch.hpp>

#include "api/login/token_scope.hpp"
#include "domain/alerts/morning.hpp"
#include "projections/occasions.hpp"
#include "tests/api/wire.hpp"

using namespace vastine;
using test::Sent;

namespace {

boost::json::object json_of(const test::Heard& heard) {
    return boost::json::parse(heard.body).as_object();
}

std::string text(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

std::vector<std::string> texts(const boost::json::object& object, const char* name) {
    std::vector<std::string> all;
    for (const auto& each : object.at(name).as_array()) all.emplace_back(each.as_string());
    return all;
}

domain::Date day(const std::string& iso) {
    return domain::parse_date(iso).value();
}

// An office with its clock, seen over the wire.
class Office {
public:
    Office() : wire_(served_) {
        for (auto& [role, person] : service().people) {
            auto& accounts = service().application->services().accounts;
            person.token =
                accounts
                    .create_token(person.user_id, "story", std::chrono::days(300), api::every_token_scope())
                    ->secret;
        }
    }
    [[nodiscard]] test::Service& service() { return served_.service; }
    [[nodiscard]] const test::Person& person(Role role) { return service().people.at(role); }

    // Half past ten in the morning of the day, in Finland.
    Office& on(const std::string& iso) {
        service().at = day(iso) + std::chrono::hours(8) + std::chrono::minutes(30);
        return *this;
    }
    [[nodiscard]] test::Heard get(Role role, const std::string& target, const std::string& language = "en") {
        auto heard = wire_.ask(
            {.target = target, .token = person(role).token, .headers = {{"Accept-Language", language}}});
        INFO(target << ' ' << heard.body);
        REQUIRE(heard.status == 200);
        return heard;
    }
    test::Heard post(Role role, const std::string& target, const std::string& body,
                     const std::string& etag = {}) {
        Sent sent{.method = "POST",
                  .target = target,
                  .body = body,
                  .token = person(role).token,
                  .key = api::new_uuid()};
        if (!etag.empty()) sent.headers.emplace_back("If-Match", etag);
        return wire_.ask(sent);
    }
    std::string registered(const std::string& arrived_on) {
        auto body = test::reminder_body;
        body.replace(body.find("2026-03-01"), 10, arrived_on);
        body.insert(body.size() - 2,
                    R"(,"matters":[{"unit":"osasto-1","cause":"care","description":"Odotus"}])");
        const auto heard = post(REGISTRAR, "/api/v1/reminders", body);
        INFO(heard.body);
        REQUIRE(heard.status == 201);
        return text(json_of(heard), "case_id");
    }
    void give(Role role, const std::string& id, const std::string& path, const std::string& body) {
        const auto target = "/api/v1/reminders/" + id;
        const auto heard = post(role, target + "/" + path, body, get(LAWYER, target).header("etag"));
        INFO(path << ' ' << heard.body);
        REQUIRE(heard.status == 200);
    }
    void set_reference(Role role, const std::string& path, const std::string& body) {
        const auto version = service().version("reference-" + path);
        const auto heard =
            post(role, "/api/v1/reference/" + path + "/" + path, body, "\"" + std::to_string(version) + "\"");
        INFO(path << ' ' << heard.body);
        REQUIRE(heard.status == 200);
    }
    [[nodiscard]] boost::json::object page(const std::string& id, const std::string& language = "en") {
        return json_of(get(LAWYER, "/api/v1/reminders/" + id, language));
    }
    [[nodiscard]] boost::json::object answer(const std::string& id, const std::string& language = "en") {
        return page(id, language).at("due_dates").as_array().at(0).as_object();
    }
    // Whom the morning would tell of the case's answer, and what; nobody on a day without a morning.
    [[nodiscard]] std::map<std::string, std::string> told(const std::string& id) {
        std::map<std::string, std::string> all;
        const auto morning = domain::morning_at(service().at, std::chrono::hours(7));
        if (!morning) return all;
        auto& model = service().application->services().model;
        model.catch_up(service().store->events().head().position);
        model.read([&](const projections::Views& views) {
            for (const auto& to : projections::occasions(views, *morning)) {
                for (const auto& each : to.occasions) {
                    if (each.case_id() == id && each.what() == "answer") all[to.user_id] = each.mark();
                }
            }
            return 0;
        });
        return all;
    }
    [[nodiscard]] bool lists(Role role, const std::string& query, const std::string& id) {
        return get(role, "/api/v1/work-list?" + query).body.find(id) != std::string::npos;
    }

private:
    test::Served served_;
    test::Wire wire_;
};

using Told = std::map<std::string, std::string>;

// What the case page says in the end, whole.
struct Explanation {
    std::vector<std::string> why;
    std::vector<std::string> story;
};
const std::map<std::string, Explanation> explanations{
    {"fi",
     {{"Aika alkaa saapumisesta 6.3.2026. Alkamispäivää ei lasketa.",
       "Sääntö reminder.answer, versio 1: 28 päivää. Peruste: Kohtuullinen aika (785/1992 10 §, 812/2000 23 "
       "§, "
       "540/2018 54 §); neljä viikkoa on Valviran suositus. Hälytysrajat, keskeytys ja jatkoajat ovat "
       "oletus.",
       "Laskun mukaan aika päättyy 3.4.2026.",
       "Vapaapäivien yli siirryttiin: pitkäperjantai 3.4.2026, lauantai 4.4.2026, pääsiäispäivä 5.4.2026, "
       "toinen pääsiäispäivä 6.4.2026. Määräpäivä on seuraava työpäivä 7.4.2026 (laki 150/1930).",
       "Kello jatkui 20.3.2026. Odotuksesta hyvitetään 8 päivää: määräpäivä on 13.4.2026.",
       "Määräaikaa jatkettiin: asiakkaalle kerrottiin 31.3.2026, että vastaus tulee viimeistään 27.4.2026.",
       "Laki ei tunne keskeytystä: ilman omia keskeytyksiä ja jatkoaikoja määräpäivä olisi 7.4.2026, ja "
       "vastausaika raportoidaan sen mukaan."},
      {"Kello alkoi 6.3.2026. Määräpäivä on 7.4.2026.", "Kello pysähtyi 12.3.2026 odottamaan täydennystä.",
       "Kello jatkui 20.3.2026. Odotuksesta hyvitetään 8 päivää: määräpäivä on 13.4.2026.",
       "Määräaikaa jatkettiin 31.3.2026: lisäaikaa 14 päivää, määräpäivä on 27.4.2026.",
       "Vastaus annettiin 27.4.2026. Määräpäivä oli 27.4.2026."}}},
    {"sv",
     {{"Tiden börjar vid ankomsten den 6 mars 2026. Begynnelsedagen räknas inte.",
       "Regel reminder.answer, version 1: 28 dagar. Grund: Kohtuullinen aika (785/1992 10 §, 812/2000 23 §, "
       "540/2018 54 §); neljä viikkoa on Valviran suositus. Hälytysrajat, keskeytys ja jatkoajat ovat "
       "oletus.",
       "Enligt räkningen går tiden ut den 3 april 2026.",
       "Lediga dagar hoppades över: långfredagen den 3 april 2026, lördag den 4 april 2026, påskdagen den 5 "
       "april 2026, annandag påsk den 6 april 2026. Förfallodagen är följande arbetsdag, den 7 april 2026 "
       "(lag 150/1930).",
       "Klockan fortsatte den 20 mars 2026. För väntan räknas 8 dagar till godo: förfallodagen är den 13 "
       "april "
       "2026.",
       "Tiden förlängdes: klienten fick den 31 mars 2026 veta att svaret kommer senast den 27 april 2026.",
       "Lagen känner inget avbrott: utan egna avbrott och förlängningar vore förfallodagen den 7 april 2026, "
       "och svarstiden rapporteras enligt den."},
      {"Klockan startade den 6 mars 2026. Förfallodagen är den 7 april 2026.",
       "Klockan stannade den 12 mars 2026 i väntan på komplettering.",
       "Klockan fortsatte den 20 mars 2026. För väntan räknas 8 dagar till godo: förfallodagen är den 13 "
       "april "
       "2026.",
       "Tiden förlängdes den 31 mars 2026 med 14 dagar: förfallodagen är den 27 april 2026.",
       "Svaret gavs den 27 april 2026. Förfallodagen var den 27 april 2026."}}},
    {"en",
     {{"The time runs from the arrival on 6 March 2026. That day is not counted.",
       "Rule reminder.answer, version 1: 28 days. Ground: Kohtuullinen aika (785/1992 10 §, 812/2000 23 §, "
       "540/2018 54 §); neljä viikkoa on Valviran suositus. Hälytysrajat, keskeytys ja jatkoajat ovat "
       "oletus.",
       "By the count the time ends on 3 April 2026.",
       "Days off were passed over: Good Friday 3 April 2026, Saturday 4 April 2026, Easter Sunday 5 April "
       "2026, "
       "Easter Monday 6 April 2026. The due date is the next working day, 7 April 2026 (act 150/1930).",
       "The clock resumed on 20 March 2026. Credited for the wait: 8 days. The due date is 13 April 2026.",
       "The time was extended: on 31 March 2026 the client was told that the answer comes by 27 April 2026.",
       "The law knows no pause: without pauses and extensions of our own the due date would be 7 April 2026, "
       "and the answer time is reported by it."},
      {"The clock started on 6 March 2026. The due date is 7 April 2026.",
       "The clock was paused on 12 March 2026 to wait for a completion.",
       "The clock resumed on 20 March 2026. Credited for the wait: 8 days. The due date is 13 April 2026.",
       "The time was extended on 31 March 2026 by 14 days: the due date is 27 April 2026.",
       "The answer was given on 27 April 2026. The due date was 27 April 2026."}}},
};

}  // namespace

TEST_CASE("the clock of a reminder can be proven right from the letter to the answer", "[end to end]") {
    Office office;
    const auto head = office.person(UNIT_HEAD).user_id;
    const auto lawyer = office.person(LAWYER).user_id;

    // A letter that lay in the mail room from Friday to Tuesday. Four weeks later is Good Friday, and the
    // next working day is Tuesday after Easter.
    office.on("2026-03-10");
    const auto id = office.registered("2026-03-06");
    CHECK(text(office.answer(id), "due_by") == "2026-04-07");
    CHECK(text(office.answer(id), "warn_on") == "2026-03-27");
    office.give(REGISTRAR, id, "assign", R"({"handler":")" + head + R"("})");

    // The client is asked for more: the own target waits, and the marks with it.
    office.on("2026-03-12");
    office.give(UNIT_HEAD, id, "ask-completion",
                R"({"asked_on":"2026-03-12","due_by":"2026-03-26","what":"Valtakirja"})");
    CHECK(text(office.page(id).at("row").as_object(), "paused_on") == "2026-03-12");
    office.on("2026-03-20");
    office.give(UNIT_HEAD, id, "receive-completion", R"({"received_on":"2026-03-20"})");
    CHECK(text(office.answer(id), "due_by") == "2026-04-13");  // 3 April and 8 days is a Saturday
    CHECK(text(office.answer(id), "calendar_due_by") == "2026-04-07");

    // It takes longer still, and the client is told why and when instead.
    office.on("2026-03-31");
    office.give(UNIT_HEAD, id, "extend",
                R"({"due_by":"2026-04-27","reason":"Lausunto viipyy","client_told_on":"2026-03-31",)"
                R"("legal_ground":"785/1992 10 §"})");
    CHECK(text(office.answer(id), "due_by") == "2026-04-27");
    CHECK(text(office.answer(id), "warn_on") == "2026-04-18");

    // The warning falls on a Saturday: nobody is told before Monday, and then the one who stands in.
    office.set_reference(UNIT_HEAD, "absences",
                         R"({"user_id":")" + head + R"(","first_day":"2026-04-20","last_day":"2026-04-24",)" +
                             R"("substitute":")" + lawyer + R"("})");
    CHECK(office.on("2026-04-17").told(id).empty());
    CHECK(office.on("2026-04-18").told(id).empty());
    CHECK(office.on("2026-04-19").told(id).empty());
    CHECK_FALSE(office.lists(LAWYER, "scope=own", id));
    CHECK(office.on("2026-04-20").told(id) == Told{{lawyer, "due-soon"}});
    CHECK(office.lists(LAWYER, "scope=own", id));
    CHECK(text(office.page(id), "acting_handler") == lawyer);
    CHECK(text(office.page(id).at("row").as_object(), "handler") == head);
    CHECK(office.on("2026-04-27").told(id) == Told{{head, "due-today"}});

    // Answered on the last day.
    office.give(UNIT_HEAD, id, "draft", R"({"text":"Pahoittelemme odotusta."})");
    office.give(
        UNIT_HEAD, id, "sign",
        R"({"signed_on":"2026-04-27","outcomes":[{"matter_id":"m1","outcome":"partly","reasons":"x"}]})");
    office.give(REGISTRAR, id, "send",
                R"({"sent_on":"2026-04-27","channel":"letter","recipient":"Aino Esimerkki",)"
                R"("recipient_role":"client"})");
    CHECK(office.on("2026-04-28").told(id).empty());

    // By the calendar the answer came too late, by the own target in time; both are said.
    const auto deadlines = json_of(office.get(REGISTRAR, "/api/v1/deadlines"));
    CHECK(text(deadlines, "answered") == "1");
    CHECK(text(deadlines, "kept") == "0");
    CHECK(text(deadlines, "kept_credited") == "1");
    const auto report = office.get(REGISTRAR, "/api/v1/reports/legal?year=2026&lang=en&format=csv").body;
    CHECK(report.find("kept-credited") != std::string::npos);

    std::vector<std::string> steps;
    const auto whole = office.page(id);
    for (const auto& step : whole.at("clock").as_array()) {
        const auto& object = step.as_object();
        steps.push_back(text(object, "on") + ' ' + text(object, "what") + ' ' + text(object, "due_by"));
    }
    CHECK(steps == std::vector<std::string>{"2026-03-06 started 2026-04-07", "2026-03-12 paused 2026-04-07",
                                            "2026-03-20 resumed 2026-04-13", "2026-03-31 extended 2026-04-27",
                                            "2026-04-27 satisfied 2026-04-27"});
    for (const auto& [language, explanation] : explanations) {
        INFO(language);
        CHECK(texts(office.answer(id, language), "why") == explanation.why);
        const auto told = office.page(id, language);
        std::vector<std::string> story;
        for (const auto& step : told.at("clock").as_array()) story.push_back(text(step.as_object(), "text"));
        CHECK(story == explanation.story);
    }
    // By letter: with the client a week later, unless something else is shown.
    CHECK(text(whole.at("timeline").as_array().back().as_object(), "presumed_received_on") == "2026-05-04");
}

TEST_CASE("over the wire too, a changed policy moves open dates only when somebody says so, and once",
          "[end to end]") {
    Office office;
    const auto id = office.service().reminder;
    const auto due_by = [&] { return text(office.answer(id), "due_by"); };
    REQUIRE(due_by() == "2026-03-30");
    office.set_reference(ADMINISTRATOR, "policies",
                         R"({"policy":"reminder.answer","valid_from":"2026-03-01","target_count":3,)"
                         R"("target_unit":"week","ground":"Oma tavoite"})");
    CHECK(due_by() == "2026-03-30");
    const auto preview = json_of(office.get(LAWYER, "/api/v1/deadlines/recompute"));
    CHECK(due_by() == "2026-03-30");
    REQUIRE(preview.at("moves").as_array().size() == 1);
    const auto& move = preview.at("moves").as_array().at(0).as_object();
    const auto body = boost::json::serialize(boost::json::object{
        {"reason", "Uusi tavoite"},
        {"cases",
         boost::json::array{boost::json::object{
             {"kind", move.at("kind")}, {"case_id", move.at("case_id")}, {"version", move.at("version")}}}}});
    const auto done = json_of(office.post(LAWYER, "/api/v1/deadlines/recompute", body));
    CHECK(text(done, "cases") == "1");
    CHECK(text(done.at("moves").as_array().at(0).as_object(), "to") == "2026-03-23");  // the 22nd is a Sunday
    CHECK(due_by() == "2026-03-23");
    const auto clock = office.page(id).at("clock").as_array();
    REQUIRE(clock.size() == 2);
    CHECK(text(clock.at(1).as_object(), "what") == "recomputed");
    CHECK(text(clock.at(1).as_object(), "on") == "2026-03-02");
    CHECK(json_of(office.get(LAWYER, "/api/v1/deadlines/recompute")).at("moves").as_array().empty());
    const auto twice = json_of(office.post(LAWYER, "/api/v1/deadlines/recompute", body));
    CHECK(text(twice, "cases") == "0");
    CHECK_FALSE(text(twice.at("moves").as_array().at(0).as_object(), "refusal").empty());
    CHECK(due_by() == "2026-03-23");
}
