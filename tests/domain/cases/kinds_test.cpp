#include "domain/cases/kinds.hpp"

#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

bool offers(const CaseState& state, std::string_view path) {
    const auto paths = possible_paths(state);
    return std::ranges::find(paths, path) != paths.end();
}

const auto registration = make<RegisterReminder>(R"(
    opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3" sectors: "health" cause: "care"
              maker: "client" })");
const auto draft = make<DraftReply>(R"(text: "Vastaus")");
const auto sign = make<SignReply>(R"(signed_on: "2026-03-20"
    outcomes { matter_id: "m1" outcome: "partly" reasons: "Koska" })");
const auto send =
    make<SendReply>(R"(sent_on: "2026-03-20" channel: "letter" recipient: "A" recipient_role: "client")");
auto registered() {
    return given<reminder::State>().done(registration);
}

// What is left of an event when its key is destroyed.
void keep_facts(google::protobuf::Message& message) {
    const auto* type = message.GetDescriptor();
    const auto* reflection = message.GetReflection();
    for (int i = 0; i < type->field_count(); ++i) {
        const auto* field = type->field(i);
        if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
            if (field->options().GetExtension(v).class_() != FACT) reflection->ClearField(&message, field);
        } else if (field->is_repeated()) {
            for (int at = 0; at < reflection->FieldSize(message, field); ++at)
                keep_facts(*reflection->MutableRepeatedMessage(&message, field, at));
        } else if (reflection->HasField(message, field)) {
            auto* inside = reflection->MutableMessage(&message, field);
            keep_facts(*inside);
            if (inside->ByteSizeLong() == 0) reflection->ClearField(&message, field);
        }
    }
}

// The same story told twice: as it was, and as its facts alone tell it.
template <class State, class... Commands>
void survives_its_key(const Commands&... commands) {
    const Context context{lawyer, this_case, {}, *parse_date("2026-03-31"), organisation(), "HEL 1"};
    CaseState whole = State{};
    CaseState facts = State{};
    const auto tell = [&](const google::protobuf::Message& command) {
        const auto decided = decide(whole, command, context);
        if (!decided) FAIL(command.GetTypeName() << ": " << decided.error().text);
        for (const auto& event : decided->list()) {
            evolve(whole, *event);
            keep_facts(*event);
            evolve(facts, *event);
        }
        INFO("after " << command.GetTypeName());
        CHECK(stage(facts) == stage(whole));
        CHECK(possible_paths(facts) == possible_paths(whole));
        CHECK_NOTHROW(next_step(facts));
        CHECK_NOTHROW(due_dates(facts));
        CHECK(scope(facts).handler == scope(whole).handler);
    };
    (tell(commands), ...);
}

}  // namespace

TEST_CASE("every kind has its prefix, its path and its first state", "[kinds]") {
    for (const auto& entry : kinds()) {
        CHECK(kind_of_stream(std::string(entry.stream_prefix) + "-" + this_case) == entry.kind);
        CHECK(&domain::entry(entry.kind) == &entry);
        CHECK(scope(initial(entry.kind)).kind == entry.kind);
    }
}

TEST_CASE("a stream of no kind is none", "[kinds]") {
    CHECK_FALSE(kind_of_stream("reminder"));
    CHECK_FALSE(kind_of_stream("reminder-"));
    CHECK_FALSE(kind_of_stream("reminders-1"));
    CHECK_FALSE(kind_of_stream(""));
    CHECK(kind_of_stream("reference-units") == REFERENCE);
    CHECK_THROWS_AS(entry(NO_KIND), std::out_of_range);
    CHECK_THROWS_AS(initial(NO_KIND), std::out_of_range);
}

TEST_CASE("commands are found by kind and path as the schema declares them", "[kinds]") {
    REQUIRE(command(REMINDER, "") != nullptr);
    CHECK(command(REMINDER, "")->message == RegisterReminder::descriptor());
    CHECK(command(AUTHORITY_REQUEST, "")->message == ReceiveRequest::descriptor());
    CHECK(command(CONTACT, "documents")->message == EnterDocument::descriptor());
    CHECK(command(AUTHORITY_REQUEST, "move")->message == MoveComplaint::descriptor());
    CHECK(command(REFERENCE, "units")->message == SetUnit::descriptor());
    CHECK(command(CONTACT, "disqualify") == nullptr);
    CHECK(command(REMINDER, "no-such-thing") == nullptr);
}

TEST_CASE("a path names one command of a kind", "[kinds]") {
    for (const auto& kind : kinds())
        for (const auto& one : commands())
            if (std::ranges::find(one.rule.kinds(), static_cast<int>(kind.kind)) != one.rule.kinds().end()) {
                CHECK(command(kind.kind, one.rule.path())->message == one.message);
            }
}

TEST_CASE("every command that the schema gives to a kind of case is known to its decider", "[kinds]") {
    const Context context{lawyer, this_case, {}, *parse_date("2026-03-31"), organisation(), ""};
    auto* factory = google::protobuf::MessageFactory::generated_factory();
    for (const auto kind : {REMINDER, COMPLAINT, AUTHORITY_REQUEST}) {
        for (const auto& one : commands()) {
            const bool takes =
                std::ranges::find(one.rule.kinds(), static_cast<int>(kind)) != one.rule.kinds().end();
            const std::unique_ptr<google::protobuf::Message> empty(factory->GetPrototype(one.message)->New());
            const auto decided =
                std::visit([&](const auto& state) { return decide(state, *empty, context); }, initial(kind));
            if (kind == CONTACT || one.rule.kinds(0) == REFERENCE) continue;
            INFO(one.message->name() << " of kind " << kind);
            REQUIRE_FALSE(decided);
            CHECK((decided.error().text != "casework.of_another_kind") == takes);
        }
    }
}

TEST_CASE("fields are checked before the kind's own rules", "[kinds]") {
    registered()
        .when(make<AcknowledgeReminder>(R"(acknowledged_on: "3.3.2026" channel: "pigeon")"))
        .then_refused(Reason::Invalid, "field.not_a_date", "acknowledged_on");
}

TEST_CASE("a day that cannot be read is refused also behind the check of fields", "[kinds]") {
    const auto decided =
        reminder::decide(registered().state(), AcknowledgeReminder(),
                         {lawyer, this_case, {}, *parse_date("2026-03-31"), organisation(), ""});
    REQUIRE_FALSE(decided);
    CHECK(decided.error().text == "days.not_a_date");
}

TEST_CASE("codes are those of the day of arrival, so that history is said in its own words", "[kinds]") {
    Reference renewed = made_organisation();
    CodeSetPublished event;
    event.mutable_given()->CopyFrom(organisation().code_set("cause", *parse_date("2026-01-01"))->given);
    event.mutable_given()->set_valid_from("2020-01-01");
    event.mutable_given()->mutable_codes(0)->set_code("treatment");
    event.set_version(2);
    renewed.apply(event);
    auto old = registration;
    old.mutable_opening()->set_arrived_on("2018-03-05");
    given<reminder::State>().with(renewed).when(old).then_accepted();
    given<reminder::State>()
        .with(renewed)
        .when(registration)
        .then_refused(Reason::Invalid, "field.code_not_in_use", "opening.cause");
}

TEST_CASE("a case page offers what the stage takes and nothing else", "[kinds]") {
    const auto now = registered();
    for (const auto* path : {"acknowledge", "check", "assign", "draft", "withdraw", "transfer", "documents",
                             "inquiries", "statements", "extend", "correct", "link", "merge"})
        CHECK(offers(now.any(), path));
    for (const auto* path :
         {"", "import", "sign", "send", "review", "close", "reopen", "chase-statement", "receive-statement",
          "answer-inquiry", "complete-measure", "copy-to-authority", "move"})
        CHECK_FALSE(offers(now.any(), path));
}

TEST_CASE("a case page offers the next step of the reply", "[kinds]") {
    CHECK(offers(registered().done(draft).any(), "sign"));
    CHECK_FALSE(offers(registered().done(draft).any(), "send"));
    CHECK(offers(registered().done(draft, sign).any(), "send"));
    CHECK(offers(registered().done(draft, sign, send).any(), "close"));
    CHECK_FALSE(offers(registered().done(draft, sign, send).any(), "withdraw"));
}

TEST_CASE("what waits is offered while it waits", "[kinds]") {
    const auto asked =
        registered().done(make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-05")"));
    CHECK(offers(asked.any(), "chase-statement"));
    CHECK(offers(asked.any(), "receive-statement"));
    CHECK(offers(asked.any(), "waive-statement"));
}

TEST_CASE("a closed case offers only what still may come", "[kinds]") {
    auto paths =
        possible_paths(registered().done(draft, sign, send, make<Close>(R"(closed_on: "2026-03-25")")).any());
    std::ranges::sort(paths);
    CHECK(paths == std::vector<std::string>{"correct", "correct-particulars", "documents", "inquiries",
                                            "link", "notify", "place-hold", "release-log-extract", "reopen"});
}

TEST_CASE("what is not offered says why", "[kinds]") {
    for (const auto& path : paths_now(registered().any())) {
        if (path.path != "send") continue;
        REQUIRE(path.refused);
        CHECK_FALSE(explain(*path.refused, Language::English).empty());
        return;
    }
    FAIL("a registered reminder has no path to send its reply");
}

TEST_CASE("before there is a case only opening it is offered", "[kinds]") {
    CHECK(possible_paths(initial(REMINDER)) == std::vector<std::string>{"", "import"});
}

TEST_CASE("the scope of a case is what the access rule asks for", "[kinds]") {
    const auto of_case =
        scope(registered()
                  .done(make<Assign>(std::string("handler: \"") + registrar + "\""),
                        make<RequestStatement>(R"(unit: "terveysasema" asked_on: "2026-03-05")"))
                  .any());
    CHECK(of_case.kind == REMINDER);
    CHECK(of_case.units == std::vector<std::string>{"osasto-3"});
    CHECK(of_case.sectors == std::set<std::string>{"health"});
    CHECK(of_case.handler == registrar);
    CHECK(of_case.involved_units == std::set<std::string>{"terveysasema"});
}

TEST_CASE("reference data is no case: it has no work, no dates and nothing to do", "[kinds]") {
    const auto state = initial(REFERENCE);
    CHECK(work(state) == nullptr);
    CHECK(due_dates(state).empty());
    CHECK(has_text(stage(state)));
    CHECK(has_text(next_step(state)));
}

TEST_CASE("the facts alone tell how far a case came, when its key is gone", "[kinds]") {
    const auto ask = make<RequestStatement>(R"(unit: "osasto-3" asked_on: "2026-03-05")");
    const auto came = make<ReceiveStatement>(R"(statement_id: "s1" received_on: "2026-03-12")");
    const auto close = make<Close>(R"(closed_on: "2026-03-25")");
    const auto inquiry =
        make<ReceiveInquiry>(R"(inquiry_kind: "progress" received_on: "2026-03-26" sender: "Aino")");
    survives_its_key<reminder::State>(
        registration, make<AcknowledgeReminder>(R"(acknowledged_on: "2026-03-03" channel: "letter")"),
        make<CheckReminder>(R"(checked_on: "2026-03-04" nature: "reminder" right_addressee: true)"),
        make<AskCompletion>(R"(asked_on: "2026-03-05" due_by: "2026-03-12" what: "Valtakirja")"),
        make<ReceiveCompletion>(R"(received_on: "2026-03-10")"), ask, came,
        make<AgreeMeasure>(std::string("what: \"Ohje\" due_by: \"2026-06-30\" owner: \"") + unit_head + "\""),
        draft, sign, send, close, inquiry,
        make<AnswerInquiry>(R"(inquiry_id: "i1" answered_on: "2026-03-27")"),
        make<Reopen>(R"(reopened_on: "2026-03-28" new_facts: "Uutta")"), draft);
    survives_its_key<complaint::State>(
        make<RegisterComplaint>(R"(opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3"
            cause: "care" maker: "client" } authority: "lvv")"),
        ask, came,
        make<MoveComplaint>(R"(authority: "eoa" authority_diary_number: "2" moved_on: "2026-03-05")"),
        make<RecordRuling>(
            R"(ruled_on: "2026-03-16" received_on: "2026-03-18" parts { outcome: "no-cause" })"),
        close);
    survives_its_key<request::State>(
        make<ReceiveRequest>(R"(opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3"
            cause: "care" maker: "authority" } authority: "lvv" authority_diary_number: "LVV/7"
            due_by: "2026-03-29" request_kind: "clarification")"),
        make<ConfirmReceipt>(R"(confirmed_on: "2026-03-03" channel: "email")"), ask,
        make<AskExtension>(R"(asked_on: "2026-03-20" until: "2026-04-12" reason: "Viipyy")"),
        make<RecordExtension>(R"(decided_on: "2026-03-23" decision: "granted" due_by: "2026-04-07")"), came,
        make<SendRequestReply>(R"(sent_on: "2026-03-24" channel: "email")"), close);
    survives_its_key<reminder::State>(
        make<ImportCase>(R"(closed_on: "2018-04-02" opening { arrived_on: "2018-03-05" channel: "letter"
            cause: "care" maker: "client" })"),
        make<Reopen>(R"(reopened_on: "2026-03-28" new_facts: "Uutta")"));
}

TEST_CASE("a case under a hold is known as such from its facts alone", "[kinds]") {
    survives_its_key<reminder::State>(
        registration, make<PlaceHold>(R"(reason: "Oikeudenkäynti" until: "2026-12-31")"),
        make<PlaceHold>(R"(reason: "Vaatimus")"), make<Withdraw>(R"(withdrawn_on: "2026-03-20")"),
        make<LiftHold>(R"(hold_id: "h1" reason: "Ratkaistu")"),
        make<LiftHold>(R"(hold_id: "h2" reason: "Ratkaistu")"));
}

TEST_CASE("a kind's state takes any event of the schema, even an empty one, without harm", "[kinds]") {
    auto* factory = google::protobuf::MessageFactory::generated_factory();
    for (const auto kind : {REMINDER, COMPLAINT, AUTHORITY_REQUEST}) {
        auto state = initial(kind);
        for (const auto& one : commands()) {
            const auto* file = one.message->file();
            for (int i = 0; i < file->message_type_count(); ++i)
                CHECK_NOTHROW(evolve(state, *factory->GetPrototype(file->message_type(i))));
        }
        CHECK_NOTHROW(due_dates(state));
        CHECK(has_text(stage(state)));
        CHECK(has_text(next_step(state)));
    }
}

}  // namespace vastine::domain::testing
