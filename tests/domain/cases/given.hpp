#pragma once
// given(what happened).when(somebody asks).then(what follows): how the rules of a kind of case read.
//
//     given<reminder::State>(registered).when(acknowledge).then(acknowledged);
//     given<reminder::State>(registered).done(acknowledge).when(acknowledge)
//         .then_refused(Reason::WrongState, "reminder.acknowledged_already");
//
// Commands go through domain::decide, so a test's command is one that a clerk could have sent. `done`
// takes earlier commands and expects each to be accepted. The person is `lawyer` and the day
// 2026-03-31 unless said otherwise.

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <catch2/catch.hpp>

#include "domain/cases/kinds.hpp"
#include "domain/text/text.hpp"
#include "tests/domain/cases/contact_office.hpp"

namespace vastine::domain::testing {

inline constexpr auto registrar = "55555555-5555-4555-8555-555555555555";
inline constexpr auto unit_head = "66666666-6666-4666-8666-666666666666";
inline constexpr auto superior = "77777777-7777-4777-8777-777777777777";
inline constexpr auto this_case = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
inline constexpr auto other_case = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

// The county's defaults, the hospital with its ward, a health station and the people of the legal area.
inline Reference made_organisation() {
    Reference reference = made_office();
    add_unit(reference, "terveys-paihde", "", "2000-01-01");
    add_unit(reference, "terveysasema", "terveys-paihde", "2000-01-01");
    add_user(reference, registrar, REGISTRAR, true);
    add_user(reference, unit_head, UNIT_HEAD, true);
    add_user(reference, superior, UNIT_HEAD, true);
    return reference;
}
inline const Reference& organisation() {
    static const Reference reference = made_organisation();
    return reference;
}

// A message written as Protobuf's text: make<Close>(R"(closed_on: "2026-03-20")").
template <class Message>
Message make(const std::string& text) {
    Message message;
    if (!google::protobuf::TextFormat::ParseFromString(text, &message))
        FAIL("no " << Message::descriptor()->name() << ": " << text);
    return message;
}

// What was decided, to be looked at.
class Outcome {
public:
    explicit Outcome(Result<Events> decided) : decided_(std::move(decided)) {}

    template <class... Expected>
    void then(const Expected&... expected) const {
        accepted();
        const std::vector<const google::protobuf::Message*> all{&expected...};
        REQUIRE(decided_->list().size() == all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto& event = *decided_->list()[i];
            REQUIRE(event.GetTypeName() == all[i]->GetTypeName());
            CHECK(event.DebugString() == all[i]->DebugString());
        }
    }
    // The one event that follows.
    template <class Event>
    Event then_one() const {
        accepted();
        REQUIRE(decided_->list().size() == 1);
        const auto* event = dynamic_cast<const Event*>(decided_->list().front().get());
        REQUIRE(event != nullptr);
        return *event;
    }
    void then_accepted() const { accepted(); }

    // Refused so, with words in every language that leave no placeholder open.
    void then_refused(Reason reason, const std::string& text, const std::string& field = {}) const {
        REQUIRE_FALSE(decided_);
        const auto& rejection = decided_.error();
        CHECK(rejection.text == text);
        CHECK(static_cast<int>(rejection.reason) == static_cast<int>(reason));
        CHECK(rejection.field == field);
        for (const auto language : {Language::Finnish, Language::Swedish, Language::English}) {
            const auto words = domain::text(rejection, language);
            CHECK(words.find('{') == std::string::npos);
        }
    }
    [[nodiscard]] const Rejection& rejection() const {
        REQUIRE_FALSE(decided_);
        return decided_.error();
    }

private:
    void accepted() const {
        if (!decided_) FAIL(decided_.error().text << " at " << decided_.error().field);
    }
    Result<Events> decided_;
};

template <class State>
class Given {
public:
    // Whose hands and which day the following commands are.
    Given by(std::string actor) && {
        actor_ = std::move(actor);
        return std::move(*this);
    }
    Given on(const std::string& today) && {
        today_ = *parse_date(today);
        return std::move(*this);
    }
    Given with(const Reference& reference) && {
        reference_ = &reference;
        return std::move(*this);
    }
    template <class... Commands>
    Given done(const Commands&... commands) && {
        (do_one(commands), ...);
        return std::move(*this);
    }
    Given happened(const google::protobuf::Message& event) && {
        take(event);
        return std::move(*this);
    }
    [[nodiscard]] Outcome when(const google::protobuf::Message& command) const {
        return Outcome(domain::decide(state_, command, context()));
    }
    [[nodiscard]] const State& state() const { return std::get<State>(state_); }
    [[nodiscard]] const CaseState& any() const { return state_; }

private:
    [[nodiscard]] Context context() const {
        return {actor_, this_case, Instant(today_), today_, *reference_, "HEL 2026-000123"};
    }
    void do_one(const google::protobuf::Message& command) {
        const auto decided = domain::decide(state_, command, context());
        if (!decided)
            FAIL(command.GetTypeName() << ": " << decided.error().text << " at " << decided.error().field);
        for (const auto& event : decided->list()) take(*event);
    }
    void take(const google::protobuf::Message& event) {
        domain::evolve(state_, event, {++position_, actor_, Instant(today_)});
    }

    std::uint64_t position_ = 0;
    CaseState state_ = State{};
    std::string actor_ = lawyer;
    Date today_ = *parse_date("2026-03-31");
    const Reference* reference_ = &organisation();
};

template <class State, class... Happened>
Given<State> given(const Happened&... happened) {
    Given<State> so_far;
    ((so_far = std::move(so_far).happened(happened)), ...);
    return so_far;
}

}  // namespace vastine::domain::testing
