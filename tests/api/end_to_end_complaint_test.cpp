// A complaint and the authority's request over real TLS: registered with the regional agency, asked and
// given more time, moved to the agency's successor with both numbers, replied to, ruled on, reported back
// and closed; seen by those of the area, and by nobody over the wall.

#include <catch2/catch.hpp>
#include <set>

#include "tests/api/wire.hpp"

using namespace vastine;

namespace {

boost::json::object json_of(const test::Heard& heard) {
    boost::json::error_code error;
    auto value = boost::json::parse(heard.body, error);
    if (error || !value.is_object()) FAIL("no JSON object: " << heard.status << " " << heard.body);
    return value.as_object();
}

std::string text(const boost::json::object& object, std::string_view field) {
    return std::string(object.at(field).as_string());
}

// A case over the wire, at the version its last answer told.
class Story {
public:
    Story(test::Served& served, test::Wire& wire, std::string path, const std::string& body)
        : served_(served), wire_(wire), page_("/api/v1/" + std::move(path)) {
        const auto opened = send(page_, body, REGISTRAR);
        INFO(opened.body);
        REQUIRE(opened.status == 201);
        id_ = text(json_of(opened), "case_id");
        page_ += "/" + id_;
        version_ = opened.header("etag");
    }
    void takes(const std::string& command, const std::string& body, Role role = LAWYER) {
        const auto heard = send(page_ + "/" + command, body, role);
        INFO(command << " " << heard.body);
        REQUIRE(heard.status == 200);
        version_ = heard.header("etag");
    }
    // Refused, with a plain reason in the reader's language, and nothing is changed by it.
    void refuses(const std::string& command, const std::string& body, unsigned status, Role role = LAWYER) {
        std::set<std::string> reasons;
        for (const std::string language : {"fi", "sv", "en"}) {
            const auto heard = send(page_ + "/" + command, body, role, language);
            INFO(command << " " << heard.body);
            CHECK(heard.status == status);
            CHECK(heard.header("content-type") == "application/problem+json");
            reasons.insert(text(json_of(heard), "detail"));
        }
        CHECK(reasons.size() == 3);
        CHECK(seen_by(REGISTRAR).header("etag") == version_);
    }
    [[nodiscard]] test::Heard seen_by(Role role) {
        return wire_.ask({.target = page_, .token = served_.service.people.at(role).token});
    }
    [[nodiscard]] boost::json::object row() { return json_of(seen_by(LAWYER)).at("row").as_object(); }
    [[nodiscard]] std::string timeline() {
        return boost::json::serialize(json_of(seen_by(LAWYER)).at("timeline"));
    }
    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] const std::string& page() const { return page_; }

private:
    test::Heard send(const std::string& target, const std::string& body, Role role,
                     const std::string& language = "en") {
        test::Sent sent{.method = "POST",
                        .target = target,
                        .body = body,
                        .token = served_.service.people.at(role).token,
                        .key = api::new_uuid(),
                        .headers = {{"Accept-Language", language}}};
        if (!version_.empty()) sent.headers.emplace_back("If-Match", version_);
        return wire_.ask(sent);
    }
    test::Served& served_;
    test::Wire& wire_;
    std::string page_;
    std::string id_;
    std::string version_;
};

const std::string opening =
    R"("opening":{"arrived_on":"2025-12-01","channel":"letter","cause":"care","maker":"relative",)"
    R"("units":["osasto-1"],"sectors":["health"],"subject":"Kantelu hoidosta",)"
    R"("client":{"name":"Aino Esimerkki"}})";
const std::string agency = R"(,"authority":"avi-esavi","authority_diary_number":"ESAVI/12/2025")";
const std::string move_to_lvv =
    R"({"authority":"lvv","authority_diary_number":"LVV/34/2026","moved_on":"2026-01-02"})";

}  // namespace

TEST_CASE("a complaint and its request go from the agency's letter to the report back", "[end to end]") {
    test::Served served;
    test::Wire wire(served);
    REQUIRE(wire.connected());
    const auto& people = served.service.people;
    const auto tracker = [&](const std::string& as_of) {
        return json_of(wire.ask(
            {.target = "/api/v1/request-tracker?limit=5" + as_of, .token = people.at(LAWYER).token}));
    };

    Story complaint(served, wire, "complaints", "{" + opening + agency + R"(,"events_on":"2025-10-01"})");
    Story request(served, wire, "authority-requests",
                  "{" + opening + agency + R"(,"request_kind":"clarification","due_by":"2025-12-22",)" +
                      R"("complaint_id":")" + complaint.id() + R"("})");
    CHECK(text(request.row(), "due_by") == "2025-12-22");
    const auto before = text(tracker("").at("basis").as_object(), "position");

    // The request: its date is the letter's until the authority moves it.
    request.refuses("record-extension", R"({"decided_on":"2025-12-10","decision":"refused"})", 409);
    request.refuses("close", R"({"closed_on":"2025-12-10"})", 409);
    request.refuses("confirm-receipt", R"({"confirmed_on":"2025-12-02","channel":"email"})", 403, UNIT_HEAD);
    request.takes("confirm-receipt", R"({"confirmed_on":"2025-12-02","channel":"email"})", REGISTRAR);
    request.refuses("assign", R"({"handler":")" + people.at(OMBUDSMAN).user_id + R"("})", 422);
    request.takes("assign", R"({"handler":")" + people.at(LAWYER).user_id + R"("})", REGISTRAR);
    request.takes("statements", R"({"unit":"osasto-1","asked_on":"2025-12-03"})");
    request.takes("ask-extension", R"({"asked_on":"2025-12-15","until":"2026-01-12","reason":"Lomat"})");
    request.refuses("record-extension", R"({"decided_on":"2025-12-16","decision":"granted"})", 422);
    request.takes("record-extension",
                  R"({"decided_on":"2025-12-16","decision":"granted","due_by":"2026-01-12"})");
    CHECK(text(request.row(), "due_by") == "2025-12-15");  // the unit's statement comes first
    request.takes("receive-statement",
                  R"({"statement_id":"s1","received_on":"2025-12-18","content":"Ruuhka"})", UNIT_HEAD);
    CHECK(text(request.row(), "due_by") == "2026-01-12");

    // The agency ends with the year: both cases go to its successor, and keep both numbers.
    for (auto* moved : {&complaint, &request}) {
        moved->refuses(
            "move", R"({"authority":"lvv","authority_diary_number":"LVV/34/2026","moved_on":"2025-12-31"})",
            422);
        moved->takes("move", move_to_lvv);
        CHECK(text(moved->row(), "authority") == "lvv");
        const auto timeline = moved->timeline();
        CHECK(timeline.find("ESAVI/12/2025") != std::string::npos);
        CHECK(timeline.find("LVV/34/2026") != std::string::npos);
    }
    request.takes("send", R"({"sent_on":"2026-01-09","channel":"email","content":"Selvitys"})");
    request.refuses("send", R"({"sent_on":"2026-01-09","channel":"email","content":"Selvitys"})", 409);
    request.takes("close", R"({"closed_on":"2026-01-10"})");
    const auto groups = tracker("").at("groups").as_array();
    REQUIRE(groups.size() == 1);
    CHECK(text(groups.at(0).as_object(), "authority") == "lvv");
    CHECK(text(groups.at(0).as_object(), "answered") == "1");
    CHECK(text(groups.at(0).as_object(), "kept") == "1");
    const auto then = tracker("&as_of=" + before);
    CHECK(text(then.at("basis").as_object(), "position") == before);
    CHECK(text(then.at("groups").at(0).as_object(), "authority") == "avi-esavi");
    CHECK(text(then.at("groups").at(0).as_object(), "open") == "1");

    // The ruling: an outcome that this authority gives, and a report back by a date.
    complaint.refuses("report-back", R"({"reported_on":"2026-02-20"})", 409);
    complaint.refuses("close", R"({"closed_on":"2026-02-20"})", 409);
    complaint.refuses(
        "ruling", R"({"ruled_on":"2026-02-10","received_on":"2026-02-12","parts":[{"outcome":"proposal"}]})",
        422);
    complaint.takes("ruling",
                    R"({"ruled_on":"2026-02-10","received_on":"2026-02-12","report_back_by":"2026-03-31",)"
                    R"("parts":[{"outcome":"reprimand","unit":"osasto-1"}]})");
    CHECK(text(complaint.row(), "due_by") == "2026-03-31");
    complaint.refuses("close", R"({"closed_on":"2026-02-20"})", 409);
    complaint.takes("measures", R"({"what":"Uusi ohje","due_by":"2026-02-28","owner":")" +
                                    people.at(UNIT_HEAD).user_id + R"("})");
    complaint.takes("complete-measure", R"({"measure_id":"a1","done_on":"2026-02-25"})", UNIT_HEAD);
    complaint.takes("verify-measure", R"({"measure_id":"a1","verified_on":"2026-02-26"})");
    complaint.takes("report-back", R"({"reported_on":"2026-02-27","content":"Ohje on uusittu"})");
    complaint.takes("close", R"({"closed_on":"2026-02-28"})");
    CHECK(text(complaint.row(), "stage") == "stage.closed");
    complaint.takes("documents",
                    R"({"direction":"incoming","dated_on":"2026-03-01","title":"Kiitos","party":"LVV"})");

    // The wall: for everybody outside the area there are no such cases, in pages, lists and figures.
    for (const auto role : {OMBUDSMAN, HEAD_OMBUDSMAN, BOARD, AUDITOR, ADMINISTRATOR}) {
        INFO(Role_Name(role));
        CHECK(complaint.seen_by(role).status == 404);
        CHECK(request.seen_by(role).status == 404);
        for (const std::string list :
             {"work-list?scope=everything&state=all", "request-tracker", "deadlines?first_month=2025-01",
              "cause-breakdown?first_month=2025-01&last_month=2026-12&drill_down=true", "export"}) {
            const auto heard = wire.ask({.target = "/api/v1/" + list, .token = people.at(role).token});
            INFO(list << " " << heard.status);
            CHECK(heard.body.find(complaint.id()) == std::string::npos);
            CHECK(heard.body.find(request.id()) == std::string::npos);
            CHECK(heard.body.find("ESAVI/12") == std::string::npos);
        }
    }
    const auto all = wire.ask({.target = "/api/v1/work-list?scope=everything&state=all&kind=complaint",
                               .token = people.at(UNIT_HEAD).token});
    CHECK(all.body.find(complaint.id()) != std::string::npos);
    CHECK(all.body.find(request.id()) == std::string::npos);
}
