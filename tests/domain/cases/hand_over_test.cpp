#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

namespace {

std::string to(const char* user) {
    return std::string("to: \"") + user + "\"";
}
const auto offer = make<OfferHandOver>(to(superior));
const auto accept = make<AcceptHandOver>("");
const auto decline = make<DeclineHandOver>("");

// Registered and handled by the unit head.
auto handled() {
    return given<reminder::State>()
        .done(make<RegisterReminder>(R"(opening { arrived_on: "2026-03-02" channel: "letter" units: "osasto-3"
            sectors: "health" cause: "care" maker: "client" })"))
        .done(make<Assign>(std::string("handler: \"") + unit_head + "\""))
        .by(unit_head);
}
std::string handler(const Given<reminder::State>& now) {
    return now.state().work.handler;
}

}  // namespace

TEST_CASE("an offered case stays with its handler until the other one accepts it", "[hand-over]") {
    const auto event = handled().when(offer).then_one<HandOverOffered>();
    CHECK(event.from() == unit_head);
    const auto offered = handled().done(offer);
    CHECK(handler(offered) == unit_head);
    CHECK(offered.state().work.hand_over_to == superior);
    CHECK(scope(offered.any()).offered_to == superior);
    const auto accepted = handled().done(offer).by(superior).done(accept);
    CHECK(handler(accepted) == superior);
    CHECK(accepted.state().work.hand_over_to.empty());
}

TEST_CASE("only the one it was offered to accepts a case", "[hand-over]") {
    for (const auto* other : {unit_head, lawyer})
        handled().done(offer).by(other).when(accept).then_refused(Reason::Forbidden,
                                                                  "casework.hand_over_of_another");
    handled().when(accept).then_refused(Reason::WrongState, "casework.no_hand_over_offered");
    handled().done(offer).by(superior).done(accept).when(accept).then_refused(
        Reason::WrongState, "casework.no_hand_over_offered");
}

TEST_CASE("an offer is declined by the one it was made to, and taken back by whoever made it or handles it",
          "[hand-over]") {
    for (const auto* one : {superior, unit_head}) {
        const auto declined = handled().done(offer).by(one).done(decline);
        CHECK(handler(declined) == unit_head);
        CHECK(declined.state().work.hand_over_to.empty());
    }
    // Offered by a lawyer: the handler may say no for themselves too.
    const auto by_lawyer = handled().by(lawyer).done(offer).by(unit_head).done(decline);
    CHECK(by_lawyer.state().work.hand_over_to.empty());
    handled().done(offer).by(registrar).when(decline).then_refused(Reason::Forbidden,
                                                                   "casework.hand_over_of_another");
    handled().when(decline).then_refused(Reason::WrongState, "casework.no_hand_over_offered");
}

TEST_CASE("a case is offered to one person at a time, who is somebody else and works in its area",
          "[hand-over]") {
    handled()
        .done(offer)
        .when(make<OfferHandOver>(to(lawyer)))
        .then_refused(Reason::WrongState, "casework.hand_over_offered_already");
    handled()
        .when(make<OfferHandOver>(to(unit_head)))
        .then_refused(Reason::Invalid, "casework.hand_over_to_oneself", "to");
    handled()
        .by(lawyer)
        .when(make<OfferHandOver>(to(unit_head)))
        .then_refused(Reason::Invalid, "casework.handler_already", "to");
    handled()
        .when(make<OfferHandOver>(to(ombudsman)))
        .then_refused(Reason::Invalid, "casework.handler_of_another_area", "to");
}

TEST_CASE("assigning the case ends an open offer, and so does a disqualification", "[hand-over]") {
    const auto assigned =
        handled().done(offer).by(lawyer).done(make<Assign>(std::string("handler: \"") + lawyer + "\""));
    CHECK(handler(assigned) == lawyer);
    CHECK(assigned.state().work.hand_over_to.empty());
    const auto disqualified = handled().done(offer).by(lawyer).done(make<Disqualify>(
        std::string("user: \"") + unit_head + "\" superior: \"" + lawyer + "\" ground: \"Itse\""));
    CHECK(disqualified.state().work.hand_over_to.empty());
}

TEST_CASE("a contact is handed over too, and a word about it names nobody", "[hand-over]") {
    const auto logged = [] {
        return given<contact::State>().by(ombudsman).done(make<LogContact>(
            R"(contacted_on: "2026-03-02" channel: "phone" who: "client" nature: "information"
                matters { sectors: "health" causes: "patient-care" } call_back_on: "2026-04-02")"));
    };
    const auto taken =
        logged().done(make<OfferHandOver>(to(other_ombudsman))).by(other_ombudsman).done(accept);
    CHECK(taken.state().work.handler == other_ombudsman);
    logged()
        .when(make<OfferHandOver>(to(other_ombudsman) + " note: \"Soita 040 123 4567\""))
        .then_refused(Reason::Invalid, "contact.looks_like_phone", "note");
    logged()
        .done(make<OfferHandOver>(to(other_ombudsman)))
        .when(make<DeclineHandOver>("reason: \"aino@example.org\""))
        .then_refused(Reason::Invalid, "contact.looks_like_email", "reason");
}

}  // namespace vastine::domain::testing
