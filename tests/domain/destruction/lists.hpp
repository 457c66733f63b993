#pragma once
// The people who make and approve destruction lists, and the items that their tests are about.

#include "domain/destruction/execution.hpp"
#include "domain/destruction/list.hpp"
#include "tests/domain/cases/given.hpp"

namespace vastine::domain::testing {

inline constexpr auto head = "88888888-8888-4888-8888-888888888888";
inline constexpr auto other_head = "99999999-9999-4999-8999-999999999999";
inline constexpr auto auditor = "12121212-1212-4121-8121-121212121212";
inline constexpr auto both_roles = "13131313-1313-4131-8131-131313131313";

inline const Reference& archive_people() {
    static const Reference made = [] {
        Reference reference = made_organisation();
        add_user(reference, head, HEAD_OMBUDSMAN, true);
        add_user(reference, other_head, HEAD_OMBUDSMAN, true);
        add_user(reference, auditor, AUDITOR, true);
        UserSet event;
        event.mutable_given()->set_user_id(both_roles);
        event.mutable_given()->add_roles(REGISTRAR);
        event.mutable_given()->add_roles(LAWYER);
        event.mutable_given()->set_active(true);
        event.set_user_id(both_roles);
        reference.apply(event);
        return reference;
    }();
    return made;
}

// A contact whose handling ended twelve years and some months before 31 March 2026, and is due.
inline retention::Handling due_contact() {
    retention::Handling of;
    of.subject = "contact";
    of.version = 4;
    of.begun_on = parse_date("2014-01-20");
    of.ended = true;
    of.ended_on = parse_date("2014-02-03");
    of.documents = 1;
    return of;
}
// One whose day comes later in the year.
inline retention::Handling later_contact() {
    auto of = due_contact();
    of.ended_on = parse_date("2014-09-15");
    return of;
}

inline DestructionItem listed_item(const std::string& id, const retention::Handling& of,
                                   const Reference& reference = archive_people()) {
    return *retention::item_of(id, of, reference, 2026, *parse_date("2026-01-02"));
}

inline OpenDestructionList open_list(const std::string& area = "ombudsman", std::uint32_t year = 2026) {
    OpenDestructionList command;
    command.set_area(area);
    command.set_year(year);
    return command;
}
inline const auto withhold_c1 = make<WithholdItem>(R"(item_id: "c1" reason: "Vaatimus vireillä")");
inline const auto release_c1 = make<ReleaseItem>(R"(item_id: "c1" reason: "Vaatimus peruttu")");
inline const ApproveDestruction approve;
inline const WithdrawDestructionApproval withdraw_approval;
inline const auto abandon_list = make<AbandonDestructionList>(R"(reason: "Tehtiin kahdesti")");

using ListStory = Given<destruction::State>;

// What the service does, as it then happened.
inline ListStory serviced(ListStory story, Result<Events> decided) {
    if (!decided) FAIL(decided.error().text);
    for (const auto& event : decided->list()) story = std::move(story).happened(*event);
    return story;
}
inline ListStory opened_list(const std::string& area = "ombudsman") {
    return given<destruction::State>()
        .with(archive_people())
        .by(area == "legal" ? registrar : head)
        .done(open_list(area));
}
inline ListStory listed_with(std::vector<DestructionItem> items, const std::string& area = "ombudsman") {
    auto story = opened_list(area);
    auto decided = destruction::items_listed(story.state(), items, {41, *parse_date("2026-01-02")});
    return serviced(std::move(story), std::move(decided));
}
// c1 is due, c2 later in the year.
inline ListStory listed() {
    return listed_with({listed_item("c1", due_contact()), listed_item("c2", later_contact())});
}
inline ListStory approved_list() {
    return listed().by(head).done(approve).by(ombudsman).done(approve);
}

}  // namespace vastine::domain::testing
