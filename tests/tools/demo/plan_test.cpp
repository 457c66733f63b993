// The demo's plan counted before a single command is given: it must sum to the published tables.
#include "tools/demo/plan.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "domain/schema/casework.pb.h"
#include "domain/schema/contact.pb.h"

using namespace vastine;
using namespace vastine::tools::demo;

namespace {

struct Plan {
    Organisation organisation = tools::demo::organisation();
    History history = tools::demo::history(organisation);

    template <class Visit>
    void each_import(std::set<Kind> kinds, const Visit& visit) const {
        for (const auto& step : history.cases) {
            if (step.path == "import" && kinds.contains(step.kind)) {
                visit(step.kind, static_cast<const ImportCase&>(*step.command));
            }
        }
    }
    template <class Visit>
    void each_contact(const std::string& year, const Visit& visit) const {
        for (const auto* steps : {&history.cases, &history.follow_ups}) {
            for (const auto& step : *steps) {
                if (step.kind != CONTACT || !step.path.empty()) continue;
                const auto& contact = static_cast<const LogContact&>(*step.command);
                if (contact.contacted_on().starts_with(year)) visit(contact);
            }
        }
    }
    [[nodiscard]] std::string department_of(const Opening& opening) const {
        const auto& unit = organisation.unit(opening.units(0));
        return unit.parent.empty() ? unit.id : unit.parent;
    }
};

const Plan& plan() {
    static const Plan made;
    return made;
}

std::string sector_of(const LogContact& contact) {
    std::set<std::string> sectors;
    for (const auto& matter : contact.matters())
        sectors.insert(matter.sectors().begin(), matter.sectors().end());
    for (const auto& matter : contact.follows_up())
        sectors.insert(matter.sectors().begin(), matter.sectors().end());
    return sectors.size() == 2 ? "both" : *sectors.begin();
}

bool early_2016(const std::string& date) {
    return date >= "2016-01-01" && date <= "2016-06-30";
}

std::vector<std::string> by_size(const std::map<std::string, int>& counts) {
    std::vector<std::pair<int, std::string>> sorted;
    for (const auto& [code, count] : counts) sorted.emplace_back(-count, code);
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> out;
    for (const auto& entry : sorted) out.push_back(entry.second);
    return out;
}

}  // namespace

TEST_CASE("reminders and complaints sum to the published table, department by department", "[demo]") {
    std::map<std::pair<std::string, std::string>, int> cells;
    std::map<std::string, int> years;
    plan().each_import({REMINDER, COMPLAINT}, [&](Kind, const ImportCase& given) {
        const auto year = given.opening().arrived_on().substr(0, 4);
        ++cells[{plan().department_of(given.opening()), year}];
        ++years[year];
    });
    CHECK(years == std::map<std::string, int>{{"2016", 576}, {"2017", 531}, {"2018", 405}});
    CHECK(cells == std::map<std::pair<std::string, std::string>, int>{{{"perhe-sosiaali", "2016"}, 165},
                                                                      {{"perhe-sosiaali", "2017"}, 108},
                                                                      {{"perhe-sosiaali", "2018"}, 119},
                                                                      {{"sairaala", "2016"}, 72},
                                                                      {{"sairaala", "2017"}, 117},
                                                                      {{"sairaala", "2018"}, 105},
                                                                      {{"terveys-paihde", "2016"}, 336},
                                                                      {{"terveys-paihde", "2017"}, 306},
                                                                      {{"terveys-paihde", "2018"}, 181},
                                                                      {{"henkilosto", "2016"}, 3}});
}

TEST_CASE("the first half of 2016 has its published shares of departments, makers and causes", "[demo]") {
    std::map<std::string, int> departments;
    std::map<std::string, int> makers;
    std::map<std::string, int> causes;
    plan().each_import({REMINDER, COMPLAINT}, [&](Kind, const ImportCase& given) {
        if (!early_2016(given.opening().arrived_on())) return;
        ++departments[plan().department_of(given.opening())];
        ++makers[given.opening().maker()];
        ++causes[given.opening().cause()];
    });
    CHECK(departments ==
          std::map<std::string, int>{
              {"terveys-paihde", 114}, {"perhe-sosiaali", 70}, {"sairaala", 33}, {"henkilosto", 2}});
    CHECK(makers["client"] == 149);
    CHECK(makers["relative"] == 57);
    CHECK(makers["guardian"] + makers["authority"] + makers["other"] + makers["staff"] == 13);
    const auto order = by_size(causes);
    REQUIRE(order.size() >= 3);
    CHECK(std::vector<std::string>(order.begin(), order.begin() + 3) ==
          std::vector<std::string>{"care", "service", "conduct"});
}

TEST_CASE("60 % of the requests of early 2016 come from the regional state administrative agency", "[demo]") {
    int all = 0;
    int agency = 0;
    plan().each_import({AUTHORITY_REQUEST}, [&](Kind, const ImportCase& given) {
        if (!early_2016(given.opening().arrived_on())) return;
        ++all;
        if (given.authority().starts_with("avi-")) ++agency;
    });
    CHECK(all > 0);
    CHECK(agency * 100 == all * 60);
}

TEST_CASE("contacts of 2018 are 1,565 in 1,899 matters, 988, 430 and 147 by sector", "[demo]") {
    int contacts = 0;
    int matters = 0;
    int follow_ups = 0;
    std::map<std::string, int> sectors;
    std::map<std::string, int> causes;
    plan().each_contact("2018", [&](const LogContact& contact) {
        ++contacts;
        ++sectors[sector_of(contact)];
        matters += contact.matters_size();
        if (contact.matters().empty()) ++follow_ups;
        for (const auto& matter : contact.matters()) ++causes[matter.causes(0)];
        CHECK(contact.contacted_on() <= "2018-09-07");
    });
    CHECK(contacts == 1565);
    CHECK(matters == 1899);
    CHECK(sectors == std::map<std::string, int>{{"health", 988}, {"social", 430}, {"both", 147}});
    CHECK(follow_ups > 0);
    const auto order = by_size(causes);
    CHECK(std::vector<std::string>(order.begin(), order.begin() + 3) ==
          std::vector<std::string>{"patient-care", "patient-records", "patient-injury"});
}

TEST_CASE("matters of January to September 2016 are 2,028, between 162 and 269 a month", "[demo]") {
    std::map<std::string, int> months;
    std::map<std::string, int> sectors;
    int all = 0;
    plan().each_contact("2016", [&](const LogContact& contact) {
        for (const auto& matter : contact.matters()) {
            ++months[contact.contacted_on().substr(0, 7)];
            ++sectors[matter.sectors(0)];
            ++all;
        }
    });
    CHECK(all == 2028);
    REQUIRE(months.size() == 9);
    std::set<int> sizes;
    for (const auto& [month, size] : months) sizes.insert(size);
    CHECK(*sizes.begin() == 162);
    CHECK(*sizes.rbegin() == 269);
    CHECK(sectors["social"] * 2 == sectors["health"]);
}

TEST_CASE("the plan is the same every time it is made", "[demo]") {
    const auto again = history(organisation());
    REQUIRE(again.cases.size() == plan().history.cases.size());
    for (std::size_t i = 0; i < again.cases.size(); ++i) {
        CHECK(again.cases[i].case_id == plan().history.cases[i].case_id);
        CHECK(again.cases[i].command->SerializeAsString() ==
              plan().history.cases[i].command->SerializeAsString());
    }
}

TEST_CASE("every role has a demo login", "[demo]") {
    std::set<int> roles;
    for (const auto& user : plan().organisation.users) roles.insert(user.roles.begin(), user.roles.end());
    CHECK(roles == std::set<int>{OMBUDSMAN, HEAD_OMBUDSMAN, REGISTRAR, LAWYER, UNIT_HEAD, BOARD, AUDITOR,
                                 ADMINISTRATOR, BOARD_SECRETARY});
    CHECK(plan().organisation.password.size() >= 12);
}

TEST_CASE("a past contact with a measure beyond advice is a recorded client matter", "[demo]") {
    for (const auto* year : {"2016", "2018"}) {
        plan().each_contact(year, [&](const LogContact& contact) {
            for (const auto& matter : contact.matters()) {
                for (const auto& measure : matter.measures()) {
                    if (measure == "advice" || measure == "guided-elsewhere") continue;
                    CHECK(contact.has_client_record());
                }
            }
        });
    }
}
