// Letters filled from a case and printed: to whom, with what, and on record.

#include <catch2/catch.hpp>
#include <qpdf/QPDF.hh>
#include <set>

#include "tests/api/service.hpp"

using namespace vastine;
using test::json_of;
using test::Service;

namespace {

std::string text(const boost::json::object& object, const char* name) {
    return std::string(object.at(name).as_string());
}

std::string letters_of(const Service& service) {
    return "/api/v1/reminders/" + service.reminder + "/letters";
}

std::string asked(const std::string& letter, const std::string& language = "fi") {
    return boost::json::serialize(boost::json::object{{"template", letter}, {"language", language}});
}

std::set<std::string> missing(const boost::json::object& letter) {
    std::set<std::string> fields;
    for (const auto& each : letter.at("missing").as_array()) fields.insert(text(each.as_object(), "field"));
    return fields;
}

bool holds(const std::string& words, std::string_view part) {
    return words.find(part) != std::string::npos;
}

void give(Service& service, const std::string& path, const std::string& body, Role role) {
    const auto version = service.version("reminder-" + service.reminder);
    const auto taken =
        service.post("/api/v1/reminders/" + service.reminder + "/" + path, body, role, version);
    INFO(path << ' ' << taken.body);
    REQUIRE(taken.status == 200);
}

}  // namespace

TEST_CASE("a new installation acknowledges a reminder in three languages, filled from the case",
          "[letters]") {
    Service service;
    std::set<std::string> titles;
    for (const auto* language : {"fi", "sv", "en"}) {
        const auto answer =
            service.post(letters_of(service), asked("reminder-acknowledgement", language), LAWYER);
        INFO(answer.body);
        REQUIRE(answer.status == 200);
        const auto letter = json_of(answer);
        CHECK(missing(letter).empty());
        CHECK_FALSE(holds(text(letter, "markdown"), "{{"));
        CHECK(holds(text(letter, "markdown"), "osasto-1"));
        titles.insert(text(letter, "title"));
    }
    CHECK(titles.size() == 3);
}

TEST_CASE("what the case does not have yet is named in the letter's language and stays visible",
          "[letters]") {
    Service service;
    const auto letter = json_of(service.post(letters_of(service), asked("reminder-reply", "sv"), UNIT_HEAD));
    CHECK(missing(letter) == std::set<std::string>{"reply", "outcomes", "signer"});
    CHECK(holds(text(letter, "markdown"), "{{reply}}"));
    const auto& labels = letter.at("missing").as_array();
    CHECK(std::ranges::any_of(labels, [](const auto& each) {
        return each.as_object().at("label").as_string() == "undertecknare";
    }));
}

TEST_CASE("a request for a statement asks the newest question that waits, by its own date", "[letters]") {
    Service service;
    give(service, "statements",
         R"({"unit":"osasto-1","asked_on":"2026-03-02","due_by":"2026-03-10","question":"Miksi?"})", LAWYER);
    give(service, "statements",
         R"({"unit":"henkilosto","asked_on":"2026-03-02","due_by":"2026-03-12","question":"Kuka?"})", LAWYER);
    const auto filled = [&] {
        return text(json_of(service.post(letters_of(service), asked("statement-request"), LAWYER)),
                    "markdown");
    };
    auto letter = filled();
    CHECK(holds(letter, "henkilosto"));
    CHECK(holds(letter, "Kuka?"));
    CHECK(holds(letter, "12.3.2026"));
    give(service, "receive-statement",
         R"({"statement_id":"s2","received_on":"2026-03-02","author":"H","content":"Minä."})", LAWYER);
    letter = filled();
    CHECK(holds(letter, "Miksi?"));
    CHECK(holds(letter, "10.3.2026"));
}

TEST_CASE("a reply says what was drafted, what became of each matter, and who signed", "[letters]") {
    Service service;
    give(service, "check",
         R"({"checked_on":"2026-03-02","nature":"reminder","right_addressee":true,"complete":true})", LAWYER);
    give(service, "draft", R"({"text":"Odotus oli *liian* pitkä."})", UNIT_HEAD);
    give(service, "sign",
         R"({"signed_on":"2026-03-02","signer_title":"ylilääkäri","outcomes":)"
         R"([{"matter_id":"m1","outcome":"well-founded","reasons":"Näin oli."}]})",
         UNIT_HEAD);
    const auto letter = json_of(service.post(letters_of(service), asked("reminder-reply"), UNIT_HEAD));
    const auto markdown = text(letter, "markdown");
    CHECK(missing(letter).empty());
    CHECK(holds(markdown, "Odotus oli \\*liian\\* pitkä."));  // words, whatever signs are in them
    CHECK(holds(markdown, "Näin oli."));
    CHECK(holds(markdown, "Person 5"));
    CHECK(holds(markdown, "ylilääkäri"));
    CHECK(holds(markdown, "Aino Esimerkki"));
}

TEST_CASE("a letter is given to whoever may write to people of the case, and to nobody else",
          "[letters][wall]") {
    Service service;
    auto body = boost::json::parse(test::reminder_body).as_object();
    body.at("opening").as_object()["units"] = boost::json::array{"henkilosto"};
    const auto other =
        text(json_of(service.post("/api/v1/reminders", boost::json::serialize(body), REGISTRAR)), "case_id");
    const auto target = "/api/v1/reminders/" + other + "/letters";
    const auto print = R"({"title":"Kirje","markdown":"Hei","language":"fi"})";
    const auto before = service.accesses(store::AccessArea::Legal);
    // Not of her unit: not there.
    CHECK(service.post(target, asked("reminder-reply"), UNIT_HEAD).status == 404);
    CHECK(service.post(target + "/print", print, UNIT_HEAD).status == 404);
    REQUIRE(service
                .post("/api/v1/reminders/" + other + "/statements",
                      R"({"unit":"osasto-1","asked_on":"2026-03-02"})", LAWYER, 1)
                .status == 200);
    // Asked for a statement: sees the case, and no letter of it.
    CHECK(service.post(target, asked("reminder-reply"), UNIT_HEAD).status == 403);
    CHECK(service.post(target + "/print", print, UNIT_HEAD).status == 403);
    CHECK(service.post(target, asked("reminder-reply"), OMBUDSMAN).status == 403);
    CHECK(service.post("/api/v1/contacts/" + service.contact + "/letters", asked("letter"), LAWYER).status ==
          403);
    CHECK(service.accesses(store::AccessArea::Legal) == before);
    CHECK(service.post(target, asked("reminder-reply"), LAWYER).status == 200);
    CHECK(service.accesses(store::AccessArea::Legal) == before + 1);
}

TEST_CASE("the ombudsman writes to the client of a recorded contact", "[letters]") {
    Service service;
    const auto answer =
        service.post("/api/v1/contacts/" + service.contact + "/letters", asked("letter"), OMBUDSMAN);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    const auto letter = json_of(answer);
    CHECK(missing(letter) == std::set<std::string>{"recipient", "handler"});  // an anonymous call
    CHECK(holds(text(letter, "markdown"), "2.3.2026"));
}

TEST_CASE("a template of another kind of case, none at all, and a language nobody writes are refused",
          "[letters]") {
    Service service;
    for (const auto& [body, field] :
         std::vector<std::pair<std::string, std::string>>{{asked("authority-reply"), "template"},
                                                          {asked("nonsense"), "template"},
                                                          {"{}", "template"},
                                                          {asked("reminder-reply", "de"), "language"}}) {
        INFO(body);
        const auto refused = service.post(letters_of(service), body, LAWYER);
        REQUIRE(refused.status == 422);
        CHECK(text(json_of(refused).at("errors").as_array().at(0).as_object(), "field") == field);
    }
    CHECK(
        service.post(letters_of(service) + "/print", R"({"title":"","markdown":"a","language":"fi"})", LAWYER)
            .status == 422);
}

TEST_CASE("a printed letter is a tagged PDF of its language with its title, and on record",
          "[letters][rendering]") {
    Service service;
    REQUIRE(service
                .post("/api/v1/reference/organisation/organisation",
                      R"({"name":{"fi":"Hyvinvointialue","sv":"Välfärdsområde","en":"County"},)"
                      R"("letterhead":{"fi":"PL 1\n00001 Kaupunki","sv":"PB 1","en":"PO Box 1"}})",
                      ADMINISTRATOR, 0)
                .status == 200);
    const auto before = service.accesses(store::AccessArea::Legal);
    const auto printed = service.post(
        letters_of(service) + "/print",
        R"({"title":"Svar på anmärkning","markdown":"# Rubrik\n\nHej <b>du</b>, ![x](https://x.fi/x.png)\n",)"
        R"("language":"sv"})",
        LAWYER);
    INFO(printed.body.substr(0, 300));
    REQUIRE(printed.status == 200);
    CHECK(service.accesses(store::AccessArea::Legal) == before + 1);
    CHECK(printed.headers.get("Content-Type") == "application/pdf");
    CHECK(printed.headers.get("Content-Disposition") ==
          "inline; filename*=UTF-8''Svar%20p%C3%A5%20anm%C3%A4rkning.pdf");
    CHECK(printed.headers.get("Cache-Control") == "no-store");
    QPDF pdf;
    pdf.processMemoryFile("letter.pdf", printed.body.data(), printed.body.size());
    auto root = pdf.getRoot();
    CHECK(root.getKey("/Lang").getUTF8Value() == "sv");
    CHECK(root.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
    CHECK(root.hasKey("/StructTreeRoot"));
    CHECK(pdf.getTrailer().getKey("/Info").getKey("/Title").getUTF8Value() == "Svar på anmärkning");
    CHECK(root.getKey("/Outlines").getKey("/First").getKey("/Title").getUTF8Value() == "Rubrik");
}
