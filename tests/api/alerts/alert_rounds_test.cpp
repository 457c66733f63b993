// The mornings as the service lives them: over a store on disk that can be closed and opened again, with a
// clock that the test sets, and a mail server that is the test's or a real one.

#include "api/alerts/alert_rounds.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "api/execution.hpp"
#include "store/store.hpp"
#include "tests/api/alerts/mail_server.hpp"

using namespace vastine;
using namespace std::chrono_literals;
using api::Delivery;
using domain::AlertMail;
using test::MailServer;
using Outcome = api::Delivery::Outcome;

namespace {

const std::string liisa = "a0000000-0000-4000-8000-000000000001";
const std::string matti = "a0000000-0000-4000-8000-000000000002";
const std::string a_case = "c0000000-0000-4000-8000-000000000001";

const Delivery sent{Outcome::Sent, 250, {}};

Occasion occasion(const std::string& mark, const std::string& on, const std::string& case_id = a_case) {
    Occasion occasion;
    occasion.set_case_id(case_id);
    occasion.set_mark(mark);
    occasion.set_what("answer");
    occasion.set_on(on);
    return occasion;
}

// Monday 2 March 2026 at 07:30 in Finland; every day and minute from there.
store::Instant at(unsigned day, std::chrono::minutes local = 7h + 30min) {
    return domain::Date(std::chrono::year(2026) / 3 / 1) + std::chrono::days(day - 1) + local - 2h;
}

class Service {
public:
    store::Instant now = at(2);
    std::vector<domain::Hearer> hearers{{liisa, {occasion("overdue", "2026-02-27")}}};
    std::vector<api::Envelope> posted;
    std::vector<Delivery> answers;  // to what is posted, in order; sent after them
    std::function<Delivery(const api::Envelope&)> deliver = [this](const api::Envelope& envelope) {
        posted.push_back(envelope);
        if (answers.empty()) return sent;
        const auto answer = answers.front();
        answers.erase(answers.begin());
        return answer;
    };
    bool stopping = false;

    Service() {
        store::Store::create(options());
        open();
        set_user(liisa, "liisa@example.fi");
        set_user(matti, "matti@example.fi");
    }

    void set_user(const std::string& user_id, const std::string& email, bool active = true) {
        auto event = std::make_unique<UserSet>();
        event->set_user_id(user_id);
        auto& given = *event->mutable_given();
        given.set_user_id(user_id);
        given.set_login(user_id);
        given.set_name("Nimi Niminen");
        given.set_email(email);
        given.set_language("fi");
        given.set_active(active);
        add("reference-users", std::move(event));
    }
    void add(const std::string& stream, std::unique_ptr<google::protobuf::Message> event) {
        store::Append append;
        append.actor = "test";
        append.command_id = api::new_uuid();
        append.streams.push_back(
            {{stream}, store_->events().version({stream}), store::KeyArea::Reference, {}});
        append.streams.back().events.push_back(std::move(event));
        REQUIRE(store_->events().append(std::move(append)));
    }

    void turn() { rounds_->turn(); }
    // As after a crash: nothing in memory is left.
    void restart() {
        rounds_.reset();
        directory_.reset();
        ledger_.reset();
        store_.reset();
        open();
    }
    [[nodiscard]] AlertLog log() { return ledger_->log("", 1000); }
    [[nodiscard]] api::AlertLedger& ledger() { return *ledger_; }
    // A second service over the same store, for what two do at once.
    [[nodiscard]] std::unique_ptr<api::AlertLedger> another_ledger() {
        return std::make_unique<api::AlertLedger>(store_->events(), [this] { return now; });
    }
    [[nodiscard]] std::uint64_t events() const {
        return store_->events().version({"reference-alerts"}).value;
    }

private:
    store::Options options() {
        store::Options options;
        options.directory = folder_.path() / "data";
        options.clock = [this] { return now; };
        return options;
    }
    void open() {
        store_ = store::Store::open(options());
        ledger_ = std::make_unique<api::AlertLedger>(store_->events(), [this] { return now; });
        directory_ = std::make_unique<api::Directory>(store_->events());
        rounds_ = std::make_unique<api::AlertRounds>(
            api::AlertRounds::Surroundings{
                *ledger_, *directory_, [this](domain::Date) { return hearers; },
                [this](const api::Envelope& envelope) { return deliver(envelope); }, [this] { return now; },
                [this] { return stopping; }},
            api::Letterhead{"vastine@example.fi", "https://vastine.example.fi"}, 7h + 30min);
    }

    test::Folder folder_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<api::AlertLedger> ledger_;
    std::unique_ptr<api::Directory> directory_;
    std::unique_ptr<api::AlertRounds> rounds_;
};

}  // namespace

// ---- one message a person and morning ----

TEST_CASE("on a working day's morning each person gets one message", "[alerts]") {
    Service service;
    service.hearers = {
        {liisa, {occasion("overdue", "2026-02-27"), occasion("due-today", "2026-03-02", matti)}},
        {matti, {occasion("due-soon", "2026-03-09", liisa)}}};
    service.now = at(2, 7h + 29min);
    service.turn();
    CHECK(service.posted.empty());
    service.now = at(2);
    service.turn();
    REQUIRE(service.posted.size() == 2);
    CHECK(service.posted[0].to == "liisa@example.fi");
    CHECK(service.posted[1].to == "matti@example.fi");
    for (auto minutes = 8h; minutes < 24h; minutes += 1h) {
        service.now = at(2, minutes);
        service.turn();
    }
    CHECK(service.posted.size() == 2);
}

TEST_CASE("a restart repeats neither a morning nor a message", "[alerts]") {
    Service service;
    service.turn();
    REQUIRE(service.posted.size() == 1);
    service.restart();
    service.turn();
    service.now = at(3);
    service.turn();
    service.restart();
    service.turn();
    CHECK(service.posted.size() == 1);
}

TEST_CASE("a clock set back repeats neither a morning nor a message", "[alerts]") {
    Service service;
    service.now = at(3);
    service.turn();
    for (const auto back : {at(3, 6h), at(3), at(2), at(2, 12h), at(3), at(3, 9h)}) {
        service.now = back;
        service.turn();
    }
    CHECK(service.posted.size() == 1);
    service.restart();
    service.now = at(3, 8h);
    service.turn();
    CHECK(service.posted.size() == 1);
}

TEST_CASE("after days off and days down everything comes in one message", "[alerts]") {
    Service service;
    service.hearers.clear();
    service.now = at(2);
    service.turn();
    // Down from Monday to Saturday; what was reached meanwhile waits for the next working day.
    service.hearers = {{liisa,
                        {occasion("overdue", "2026-03-03"), occasion("due-soon", "2026-03-12", matti),
                         occasion("due-today", "2026-03-06", liisa)}}};
    service.restart();
    for (const auto day : {7U, 8U}) {
        service.now = at(day, 10h);
        service.turn();
    }
    CHECK(service.posted.empty());
    service.now = at(9, 10h);
    service.turn();
    CHECK(service.posted.size() == 1);
    CHECK(service.log().entries(0).occasions() == 3);
}

TEST_CASE("what was reached after the morning is told the next morning", "[alerts]") {
    Service service;
    service.hearers.clear();
    service.turn();
    service.hearers = {{liisa, {occasion("overdue", "2026-02-27")}}};
    service.now = at(2, 12h);
    service.turn();
    CHECK(service.posted.empty());
    service.now = at(3);
    service.turn();
    CHECK(service.posted.size() == 1);
}

TEST_CASE("two services compose one morning", "[alerts]") {
    Service service;
    const auto other = service.another_ledger();
    const auto day = *domain::parse_date("2026-03-02");
    int composed = 0;
    const auto compose = [&](const domain::Alerts&) {
        // The other one is quicker.
        if (composed++ == 0) {
            AlertsComposed first;
            first.set_morning("2026-03-02");
            service.add("reference-alerts", std::make_unique<AlertsComposed>(first));
        }
        AlertsComposed mine;
        mine.set_morning("2026-03-02");
        return mine;
    };
    CHECK_FALSE(other->compose(day, compose));
    CHECK(composed == 1);
    CHECK(service.events() == 1);
    CHECK_FALSE(service.ledger().compose(day, compose));
    CHECK(service.events() == 1);
}

// ---- what becomes of a message ----

TEST_CASE("a dead mail server loses nothing and is knocked at ever more seldom", "[alerts]") {
    Service service;
    service.hearers.push_back({matti, {occasion("overdue", "2026-02-26", liisa)}});
    bool dead = true;
    int knocks = 0;
    service.deliver = [&](const api::Envelope& envelope) {
        if (dead) {
            ++knocks;
            return Delivery{Outcome::Later, 0, "no-connection"};
        }
        service.posted.push_back(envelope);
        return sent;
    };
    for (auto minutes = 0min; minutes < 24h; minutes += 1min) {
        service.now = at(2) + minutes;
        service.turn();
        if (minutes == 300min) service.restart();
    }
    // After 0, 1, 3, 7, 15, 31 and 63 minutes, then hourly, one message for both.
    CHECK(knocks >= 28);
    CHECK(knocks <= 31);
    CHECK(service.log().waiting() == 2);
    dead = false;
    service.now = at(3, 9h);
    service.turn();
    CHECK(service.posted.size() == 2);
    CHECK(service.log().waiting() == 0);
    service.now = at(4);
    service.turn();
    CHECK(service.posted.size() == 2);
}

TEST_CASE("every attempt at a message is the same message", "[alerts]") {
    Service service;
    service.answers = {{Outcome::Later, 451, "message"}, {Outcome::Unknown, 0, "lost"}};
    service.turn();
    service.now += 1min;
    service.restart();
    service.turn();
    service.now = at(3, 12h);
    service.turn();
    REQUIRE(service.posted.size() == 3);
    for (const auto& one : service.posted) CHECK(one.content == service.posted[0].content);
    const auto log = service.log();
    CHECK(log.entries(0).state() == "sent");
    CHECK(log.entries(0).attempts() == 3);
}

TEST_CASE("a refused message is shown and rests until somebody asks for another attempt", "[alerts]") {
    Service service;
    service.answers = {{Outcome::Refused, 550, "message"}};
    service.turn();
    for (unsigned day = 3; day < 6; ++day) {
        service.now = at(day);
        service.turn();
    }
    CHECK(service.posted.size() == 1);
    const auto entry = service.log().entries(0);
    CHECK(entry.state() == "refused");
    CHECK(entry.last_code() == 550);
    CHECK(entry.user_id() == liisa);
    REQUIRE(service.ledger().retry(entry.message_id(), matti));
    service.turn();
    CHECK(service.posted.size() == 2);
    CHECK(service.log().entries(0).state() == "sent");
    CHECK(service.ledger().retry(entry.message_id(), matti).error().reason == domain::Reason::WrongState);
}

TEST_CASE("the address is the one that the user has when the message is sent", "[alerts]") {
    Service service;
    service.answers = {{Outcome::Later, 451, "message"}};
    service.turn();
    service.set_user(liisa, "uusi@example.fi");
    service.now += 1min;
    service.turn();
    REQUIRE(service.posted.size() == 2);
    CHECK(service.posted[1].to == "uusi@example.fi");
}

TEST_CASE("who has left meanwhile gets nothing, and it shows", "[alerts]") {
    Service service;
    service.answers = {{Outcome::Later, 451, "message"}};
    service.turn();
    service.set_user(liisa, "liisa@example.fi", false);
    service.now += 1min;
    service.turn();
    CHECK(service.posted.size() == 1);
    CHECK(service.log().entries(0).state() == "refused");
    CHECK(service.log().entries(0).last_reason() == "inactive");
}

TEST_CASE("who has no address is shown as skipped and told when there is one", "[alerts]") {
    Service service;
    service.set_user(liisa, "");
    service.turn();
    CHECK(service.posted.empty());
    REQUIRE(service.log().entries_size() == 1);
    CHECK(service.log().entries(0).state() == "skipped");
    CHECK(service.log().entries(0).last_reason() == "no-address");
    service.set_user(liisa, "liisa@example.fi");
    service.now = at(3);
    service.turn();
    CHECK(service.posted.size() == 1);
    CHECK(service.log().entries(0).state() == "sent");
}

TEST_CASE("when the service is told to stop, the rest waits", "[alerts]") {
    Service service;
    service.hearers.push_back({matti, {occasion("overdue", "2026-02-26", liisa)}});
    service.deliver = [&](const api::Envelope& envelope) {
        service.posted.push_back(envelope);
        service.stopping = true;
        return sent;
    };
    service.turn();
    CHECK(service.posted.size() == 1);
    CHECK(service.log().waiting() == 1);
}

TEST_CASE("the log of alerts comes in pages, the newest first", "[alerts]") {
    Service service;
    for (unsigned day = 2; day < 7; ++day) {
        service.hearers = {{liisa, {occasion("overdue", "2026-02-27", api::new_uuid())}}};
        service.now = at(day);
        service.turn();
    }
    std::vector<std::string> mornings;
    std::string cursor;
    int pages = 0;
    do {
        const auto page = service.ledger().log(cursor, 2);
        for (const auto& entry : page.entries()) mornings.push_back(entry.morning());
        cursor = page.next_cursor();
        ++pages;
    } while (!cursor.empty());
    CHECK(pages == 3);
    CHECK(mornings ==
          std::vector<std::string>{"2026-03-06", "2026-03-05", "2026-03-04", "2026-03-03", "2026-03-02"});
}

// ---- with a real mail server ----

TEST_CASE("a mail server that dies in mid-delivery gets each message in the end, and one copy counts",
          "[alerts][smtp]") {
    Service service;
    service.hearers.push_back({matti, {occasion("overdue", "2026-02-26", liisa)}});
    MailServer server;
    std::unique_ptr<api::Smtp> smtp = std::make_unique<api::Smtp>(server.settings());
    service.deliver = [&](const api::Envelope& envelope) { return smtp->deliver(envelope); };

    std::map<std::string, std::vector<test::ArrivedMail>> taken;  // by Message-ID
    const auto take = [&](const std::vector<test::ArrivedMail>& mails) {
        for (const auto& mail : mails) {
            if (mail.outcome == "accepted" || mail.outcome == "unanswered")
                taken[mail.message_id].push_back(mail);
        }
    };
    // Each time the service is started anew as well.
    const auto next_round = [&](const std::vector<std::string>& endings) {
        server.restart();
        server.next(endings);
        service.restart();
        service.now += 2h;
        service.turn();
    };
    // Not now, and never while it is held up: the other one goes out.
    server.next({"450", "accept"});
    service.turn();
    take(server.arrived());
    CHECK(taken.size() == 1);
    next_round({"data-451"});
    take(server.arrived());
    CHECK(taken.size() == 1);
    next_round({"die-at-data"});
    CHECK(service.log().entries(1).last_outcome() == "later");
    // It has not taken it, but whoever sent it cannot know.
    next_round({"die-in-data"});
    CHECK(service.log().entries(1).last_outcome() == "unknown");
    CHECK(taken.size() == 1);
    next_round({"die-after-data"});
    take({server.await()});
    CHECK(service.log().waiting() == 1);
    CHECK(service.log().entries(1).last_outcome() == "unknown");
    next_round({"accept"});
    take(server.arrived());
    CHECK(service.log().waiting() == 0);
    next_round({});
    CHECK(server.arrived().empty());

    REQUIRE(taken.size() == 2);
    std::multiset<std::size_t> copies;
    for (const auto& [id, mails] : taken) {
        copies.insert(mails.size());
        for (const auto& mail : mails) {
            CHECK(mail.raw == mails.front().raw);
            CHECK(mail.secure);
        }
        CHECK(std::count_if(mails.begin(), mails.end(),
                            [](const auto& mail) { return mail.outcome == "accepted"; }) == 1);
    }
    // Twice only the one whose answer was never received.
    CHECK(copies == std::multiset<std::size_t>{1, 2});
}

TEST_CASE("the mail as it arrives names nobody and no case, and links to the work list", "[alerts][smtp]") {
    Service service;
    service.hearers = {
        {liisa, {occasion("overdue", "2026-02-27"), occasion("due-soon", "2026-03-09", matti)}}};
    MailServer server;
    api::Smtp smtp(server.settings());
    service.deliver = [&](const api::Envelope& envelope) { return smtp.deliver(envelope); };
    service.turn();
    const auto arrived = server.arrived();
    REQUIRE(arrived.size() == 1);
    const auto& mail = arrived[0];
    CHECK(mail.to == std::vector<std::string>{"liisa@example.fi"});
    CHECK(mail.subject == "Vastine: huomiota vaativat asiat (2)");
    CHECK(mail.text.find("- määräaika ylittynyt: 1") != std::string::npos);
    CHECK(mail.text.find("- määräaika lähestyy: 1") != std::string::npos);
    CHECK(mail.text.find("https://vastine.example.fi/#work-list") != std::string::npos);
    CHECK(mail.headers.at("auto-submitted").as_string() == "auto-generated");
    CHECK(mail.message_id == "<" + service.log().entries(0).message_id() + "@example.fi>");
    for (const auto* secret : {"Nimi", "Niminen", a_case.c_str(), liisa.c_str(), "2026-02-27", "27.2."}) {
        CAPTURE(secret);
        CHECK(mail.raw.find(secret) == std::string::npos);
        CHECK(mail.text.find(secret) == std::string::npos);
    }
}

TEST_CASE("without STARTTLS the message waits", "[alerts][smtp]") {
    Service service;
    MailServer server(MailServer::Offers::Nothing);
    auto smtp = std::make_unique<api::Smtp>(server.settings());
    service.deliver = [&](const api::Envelope& envelope) { return smtp->deliver(envelope); };
    service.turn();
    CHECK(server.arrived().empty());
    CHECK(service.log().entries(0).last_reason() == "no-starttls");
    server.restart(MailServer::Offers::Starttls);
    service.now += 1min;
    service.turn();
    CHECK(server.arrived().size() == 1);
}
