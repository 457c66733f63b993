#include <algorithm>
#include <map>
#include <stdexcept>

#include "domain/calendar/days_off.hpp"
#include "domain/schema/casework.pb.h"
#include "domain/schema/contact.pb.h"
#include "tools/demo/data.hpp"
#include "tools/demo/plan.hpp"

namespace vastine::tools::demo {
namespace {

using domain::Date;
using std::chrono::days;

// The demo's one seed: a literal, so that every demo is the same.
constexpr std::uint64_t kSeed = 20160704;

Date date_at(const toml::table& data, std::string_view path) {
    const auto date = domain::parse_date(text_at(data, path));
    if (!date) throw std::runtime_error("demo data: no date at " + std::string(path));
    return *date;
}

bool working_day(Date date) {
    return domain::why_off(domain::finnish_days_off(), date) == nullptr;
}
Date next_working_day(Date date) {
    while (!working_day(date)) date += days(1);
    return date;
}

// Working days of a period, the holiday months thinner: a day stands there as often as it is busy.
std::vector<Date> busy_days(Date from, Date until) {
    std::vector<Date> out;
    for (auto date = from; date <= until; date += days(1)) {
        if (!working_day(date)) continue;
        const auto month = std::chrono::year_month_day(date).month();
        const int weight = month == std::chrono::July ? 6 : month == std::chrono::December ? 8 : 10;
        out.insert(out.end(), static_cast<std::size_t>(weight), date);
    }
    return out;
}

std::string filled(std::string text, const std::string& unit) {
    if (const auto at = text.find("{unit}"); at != std::string::npos) text.replace(at, 6, unit);
    return text;
}

template <class Command>
Step step(Kind kind, std::string case_id, std::string path, std::string actor, std::uint64_t after,
          Command command) {
    return {kind,
            std::move(case_id),
            std::move(path),
            std::move(actor),
            after,
            std::make_shared<const Command>(std::move(command))};
}

// ---- reminders, complaints and authority requests ----

class LegalHistory {
public:
    LegalHistory(const Organisation& organisation, const toml::table& data)
        : organisation_(organisation), data_(data), draw_(kSeed) {}

    std::vector<Step> make() {
        for (const auto& entry : *data_["legal"].as_array()) add_period(*entry.as_table());
        std::stable_sort(imports_.begin(), imports_.end(), [](const Import& a, const Import& b) {
            return a.command.opening().arrived_on() < b.command.opening().arrived_on();
        });
        std::map<std::string, unsigned> numbers;  // by year
        std::vector<Step> out;
        for (auto& import : imports_) {
            auto& opening = *import.command.mutable_opening();
            const auto year = opening.arrived_on().substr(0, 4);
            auto number = std::to_string(++numbers[year]);
            number.insert(0, 6 - number.size(), '0');
            opening.set_diary_number("HEL " + year + "-" + number);
            out.push_back(
                step(import.kind, draw_.uuid(), "import", "registrar", 0, std::move(import.command)));
        }
        return out;
    }

private:
    struct Import {
        Kind kind;
        ImportCase command;
    };

    [[nodiscard]] Shares units_of(const std::string& department) const {
        Shares out;
        for (const auto& unit : organisation_.units) {
            if (unit.parent == department && unit.weight > 0) out.emplace_back(unit.id, unit.weight);
        }
        if (out.empty()) out.emplace_back(department, 1);
        return out;
    }

    void add_period(const toml::table& entry) {
        const auto days_to_arrive = busy_days(date_at(entry, "from"), date_at(entry, "until"));
        const auto cells = shares_at(entry, "cells");
        std::size_t all = 0;
        for (const auto& cell : cells) all += cell.second;
        const auto makers = draw_.deck(
            entry.contains("makers") ? shares_at(entry, "makers") : shares_at(data_, "invented.makers"), all);
        const auto channels = draw_.deck(shares_at(data_, "invented.channels"), all);
        const auto languages = draw_.deck(shares_at(data_, "invented.languages"), all);
        const auto kinds = draw_.deck(shares_at(data_, "invented.case_kind"), all);
        const auto taste = text_at(entry, "period") == "2018" ? "2018" : "2016";
        std::size_t at = 0;
        std::size_t complaints = 0;
        Shares complained;
        for (const auto& [department, size] : cells) {
            const auto causes = draw_.deck(
                shares_at(data_, std::string("invented.causes.") + taste + "." + department), size);
            const auto units = draw_.deck(units_of(department), size);
            std::uint64_t here = 0;
            for (std::size_t i = 0; i < size; ++i, ++at) {
                Import import{kinds[at] == "reminder" ? REMINDER : COMPLAINT, {}};
                open(import, days_to_arrive[draw_.below(days_to_arrive.size())], units[i], causes[i]);
                auto& opening = *import.command.mutable_opening();
                opening.set_maker(makers[at]);
                opening.set_channel(channels[at]);
                opening.set_language(languages[at]);
                if (import.kind == COMPLAINT) ++here;
                imports_.push_back(std::move(import));
            }
            complaints += here;
            if (here > 0) complained.emplace_back(department, here);
        }
        settle(imports_.size() - all);
        add_requests(days_to_arrive, complained, complaints, taste);
    }

    void open(Import& import, Date arrived_on, const std::string& unit_id, const std::string& cause) const {
        const auto& unit = organisation_.unit(unit_id);
        auto& opening = *import.command.mutable_opening();
        import.command.set_source("demo");
        opening.set_arrived_on(domain::to_string(arrived_on));
        opening.add_units(unit_id);
        if (!unit.sector.empty()) opening.add_sectors(unit.sector);
        opening.set_service_task(unit.service_task);
        opening.set_provider("own");
        opening.set_municipality("Helsinki");
        opening.set_cause(cause);
        opening.set_subject(filled(text_at(data_, "invented.subjects." + cause), unit.name.fi()));
    }

    // Gives the cases from `first` on their outcomes and answer days; all of the past is closed.
    void settle(std::size_t first) {
        for (const auto kind : {REMINDER, COMPLAINT}) {
            std::vector<ImportCase*> commands;
            for (std::size_t i = first; i < imports_.size(); ++i) {
                if (imports_[i].kind == kind) commands.push_back(&imports_[i].command);
            }
            const bool reminder = kind == REMINDER;
            const auto outcomes = draw_.deck(
                shares_at(data_, reminder ? "invented.reminder_outcomes" : "invented.complaint_outcomes"),
                commands.size());
            const auto authorities =
                draw_.deck(shares_at(data_, "invented.complaint_authorities"), commands.size());
            const auto lengths =
                lengths_at(reminder ? "invented.reminder_days" : "invented.complaint_days", commands.size());
            for (std::size_t i = 0; i < commands.size(); ++i) {
                auto& command = *commands[i];
                command.set_outcome(outcomes[i]);
                if (!reminder) command.set_authority(authorities[i]);
                close(command, lengths[i]);
            }
        }
    }

    // One request for almost every complaint, and some supplements: a number that 60 % of it is whole.
    void add_requests(const std::vector<Date>& days_to_arrive, const Shares& complained,
                      std::size_t complaints, const std::string& taste) {
        const auto size = (complaints * 11 / 10 + 2) / 5 * 5;
        const auto departments = draw_.deck(complained, size);
        const auto authorities = draw_.deck(shares_at(data_, "invented.request_authorities"), size);
        const auto kinds = draw_.deck(shares_at(data_, "invented.request_kinds"), size);
        const auto lengths = lengths_at("invented.request_days", size);
        for (std::size_t i = 0; i < size; ++i) {
            Import import{AUTHORITY_REQUEST, {}};
            const auto units = draw_.deck(units_of(departments[i]), 100);
            const auto causes =
                draw_.deck(shares_at(data_, "invented.causes." + taste + "." + departments[i]), 100);
            const auto arrived_on = days_to_arrive[draw_.below(days_to_arrive.size())];
            open(import, arrived_on, units.front(), causes.front());
            auto& opening = *import.command.mutable_opening();
            opening.set_maker("authority");
            opening.set_channel(draw_.below(3) == 0 ? "letter" : "email");
            opening.set_language("fi");
            import.command.set_authority(authorities[i]);
            import.command.set_request_kind(kinds[i]);
            import.command.set_due_by(
                domain::to_string(next_working_day(arrived_on + days(draw_.between(21, 35)))));
            close(import.command, lengths[i]);
            imports_.push_back(std::move(import));
        }
    }

    std::vector<unsigned> lengths_at(std::string_view path, std::size_t size) {
        struct Range {
            unsigned least;
            unsigned most;
        };
        std::vector<Range> ranges;
        Shares weights;
        for (const auto& entry : *data_.at_path(path).as_array()) {
            const auto& range = *entry.as_array();
            const auto value = [&](std::size_t i) {
                return static_cast<unsigned>(range[i].value_or<std::int64_t>(0));
            };
            weights.emplace_back(std::to_string(ranges.size()), value(2));
            ranges.push_back({value(0), value(1)});
        }
        std::vector<unsigned> out;
        for (const auto& card : draw_.deck(weights, size)) {
            const auto& range = ranges[std::stoul(card)];
            out.push_back(draw_.between(range.least, range.most));
        }
        return out;
    }

    static void close(ImportCase& command, unsigned length) {
        const auto arrived_on = *domain::parse_date(command.opening().arrived_on());
        // Answers leave on working days; the last one before, so that a kept date stays kept.
        auto closed_on = arrived_on + days(length);
        while (!working_day(closed_on)) closed_on -= days(1);
        command.set_closed_on(domain::to_string(std::max(closed_on, arrived_on)));
    }

    const Organisation& organisation_;
    const toml::table& data_;
    Draw draw_;
    std::vector<Import> imports_;
};

// ---- contacts ----

// How many contacts of one group there are, and how many of them have two matters.
struct Group {
    std::vector<std::string> sectors;
    std::size_t first = 0;
    std::size_t two_matters = 0;  // of a single sector; a contact about both has one matter of each
    std::size_t follow_ups = 0;
};

class ContactHistory {
public:
    ContactHistory(const Organisation& organisation, const toml::table& data)
        : organisation_(organisation), data_(data), draw_(kSeed + 1) {}

    History make() {
        add_2016();
        add_2018();
        History out;
        std::stable_sort(contacts_.begin(), contacts_.end(), [](const Contact& a, const Contact& b) {
            return a.command.contacted_on() < b.command.contacted_on();
        });
        std::map<std::string, unsigned> numbers;
        for (auto& contact : contacts_) {
            auto& command = contact.command;
            const auto year = command.contacted_on().substr(0, 4);
            auto number = std::to_string(++numbers[year]);
            number.insert(0, 5 - number.size(), '0');
            command.set_diary_number("ASV " + year + "-" + number);
            auto& steps = command.follows_up().empty() ? out.cases : out.follow_ups;
            const bool recorded = command.has_client_record();
            const auto on = *domain::parse_date(command.contacted_on());
            const std::string actor = "ombudsman";
            steps.push_back(step(CONTACT, contact.id, "", actor, 0, std::move(command)));
            if (recorded) {
                EndHandling end;
                end.set_ended_on(domain::to_string(next_working_day(on + days(draw_.between(3, 40)))));
                steps.push_back(step(CONTACT, contact.id, "end", actor, 1, std::move(end)));
            }
        }
        return out;
    }

private:
    struct Contact {
        std::string id;
        LogContact command;
    };

    [[nodiscard]] std::uint64_t percent(std::string_view name) const {
        return number_at(data_, "invented.contacts." + std::string(name));
    }

    void add_2016() {
        const auto& months = table_at(data_, "matters_2016");
        const auto& health = *months["health"].as_array();
        const auto& social = *months["social"].as_array();
        for (std::size_t month = 0; month < health.size(); ++month) {
            const auto patients = static_cast<std::size_t>(health[month].value_or<std::int64_t>(0));
            const auto clients = static_cast<std::size_t>(social[month].value_or<std::int64_t>(0));
            // n contacts of which d have two matters: n + d matters.
            const auto both = (patients + clients) * percent("both_percent") / 108;
            const auto group = [&](std::string sector, std::size_t matters) {
                const auto contacts = matters * 100 / (100 + percent("two_matters_percent"));
                return Group{{std::move(sector)}, contacts, matters - contacts, follow_ups(contacts)};
            };
            const auto first_day = Date(std::chrono::year(2016) / static_cast<int>(month + 1) / 1);
            const auto last_day =
                Date(std::chrono::year(2016) / static_cast<int>(month + 1) / std::chrono::last);
            add(busy_days(first_day, last_day),
                {group("health", patients - both), group("social", clients - both),
                 Group{{"health", "social"}, both, 0, follow_ups(both)}},
                "2016");
        }
    }

    [[nodiscard]] std::size_t follow_ups(std::size_t first) const {
        const auto share = percent("follow_up_percent");
        return (first * share + (100 - share) / 2) / (100 - share);
    }

    void add_2018() {
        const auto& period = table_at(data_, "contacts_2018");
        std::vector<Group> groups{{{"health"}}, {{"social"}}, {{"health", "social"}}};
        const std::array<std::size_t, 3> contacts{number_at(period, "health"), number_at(period, "social"),
                                                  number_at(period, "both")};
        for (std::size_t i = 0; i < groups.size(); ++i) {
            groups[i].follow_ups = (contacts[i] * percent("follow_up_percent") + 50) / 100;
            groups[i].first = contacts[i] - groups[i].follow_ups;
        }
        const auto single = groups[0].first + groups[1].first;
        const auto two_matters = number_at(period, "matters") - 2 * groups[2].first - single;
        const auto divided = apportioned({groups[0].first, groups[1].first}, two_matters);
        groups[0].two_matters = divided[0];
        groups[1].two_matters = divided[1];
        add(busy_days(date_at(period, "from"), date_at(period, "until")), groups, "2018");
    }

    // Everything invented is dealt over the contacts of one period at a time.
    void add(const std::vector<Date>& days_to_come, const std::vector<Group>& groups,
             const std::string& taste) {
        std::size_t first = 0;
        std::map<std::string, std::size_t> matters;
        std::size_t all = 0;
        for (const auto& group : groups) {
            first += group.first;
            all += group.first + group.follow_ups;
            for (const auto& sector : group.sectors) matters[sector] += group.first;
            if (group.sectors.size() == 1) matters[group.sectors.front()] += group.two_matters;
        }
        Decks decks{draw_.deck(shares_at(data_, "invented.contacts.channels"), all),
                    draw_.deck(shares_at(data_, "invented.contacts.who"), all),
                    draw_.deck(shares_at(data_, "invented.contacts.natures"), all),
                    draw_.deck(shares_at(data_, "invented.contacts.languages"), all),
                    draw_.deck(shares_at(data_, "invented.contacts.municipalities"), all),
                    draw_.deck(shares_at(data_, "invented.contacts.ownerships"), all),
                    {}};
        for (const auto& [sector, size] : matters) {
            decks.sectors[sector] = {
                draw_.deck(shares_at(data_, "invented.contact_causes." + taste + "." + sector), size),
                draw_.deck(shares_at(data_, "invented.contacts.units_" + sector), size),
                draw_.deck(shares_at(data_, "invented.contacts.providers_" + sector), size)};
        }
        const auto begin = contacts_.size();
        for (const auto& group : groups) {
            for (std::size_t i = 0; i < group.first; ++i) {
                const bool recorded = draw_.below(100) < percent("recorded_percent");
                add_first(group, i < group.two_matters, recorded, days_to_come, decks);
            }
        }
        const auto end = contacts_.size();
        for (const auto& group : groups) {
            for (std::size_t i = 0; i < group.follow_ups; ++i)
                add_follow_up(group, {begin, end}, days_to_come, decks);
        }
    }

    struct SectorDecks {
        std::vector<std::string> causes;
        std::vector<std::string> units;
        std::vector<std::string> providers;
    };
    struct Decks {
        std::vector<std::string> channels;
        std::vector<std::string> who;
        std::vector<std::string> natures;
        std::vector<std::string> languages;
        std::vector<std::string> municipalities;
        std::vector<std::string> ownerships;
        std::map<std::string, SectorDecks> sectors;
    };
    static std::string take(std::vector<std::string>& deck) {
        auto card = std::move(deck.back());
        deck.pop_back();
        return card;
    }

    void describe(LogContact& command, Date on, Decks& decks) {
        command.set_contacted_on(domain::to_string(on));
        command.set_channel(take(decks.channels));
        command.set_who(take(decks.who));
        command.set_nature(take(decks.natures));
        command.set_language(take(decks.languages));
        command.set_municipality(take(decks.municipalities));
        command.set_ownership(take(decks.ownerships));
        command.set_minutes(draw_.between(5, 45));
    }

    void add_matter(LogContact& command, const std::string& sector, bool recorded, Decks& decks) {
        auto& deck = decks.sectors.at(sector);
        auto& matter = *command.add_matters();
        matter.add_sectors(sector);
        const auto unit = take(deck.units);
        const auto provider = take(deck.providers);
        matter.set_service_task(organisation_.unit(unit).service_task);
        matter.set_provider(provider);
        if (provider == "own") matter.set_unit(unit);
        const auto cause = take(deck.causes);
        matter.add_causes(cause);
        const auto& others = second_causes_.at(sector);
        const auto& second = others[draw_.below(others.size())];
        if (draw_.below(100) < percent("second_cause_percent") && cause != second) matter.add_causes(second);
        matter.add_measures("advice");
        const auto& measures = recorded ? recorded_measures_ : anonymous_measures_;
        if (const auto& more = measures[draw_.below(measures.size())]; more != "advice")
            matter.add_measures(more);
    }

    void add_record(LogContact& command) {
        auto& record = *command.mutable_client_record();
        record.mutable_client()->set_name("Keksitty Asiakas " + std::to_string(++clients_));
        record.mutable_client()->set_mother_tongue(command.language());
        record.mutable_standing()->set_ground("client");
        record.set_language(command.language());
        record.set_asked("Asiakas kysyi, miten hän voi edetä asiassaan.");
        record.set_advised(
            "Kerrottiin asiakkaan oikeuksista ja sovittiin, mitä asiavastaava tekee seuraavaksi.");
        record.set_author_position("Asiavastaava");
        command.set_minutes(draw_.between(30, 150));
    }

    void add_first(const Group& group, bool two_matters, bool recorded, const std::vector<Date>& days_to_come,
                   Decks& decks) {
        Contact contact{draw_.uuid(), {}};
        describe(contact.command, days_to_come[draw_.below(days_to_come.size())], decks);
        for (const auto& sector : group.sectors) add_matter(contact.command, sector, recorded, decks);
        if (two_matters) add_matter(contact.command, group.sectors.front(), recorded, decks);
        if (recorded) add_record(contact.command);
        contacts_.push_back(std::move(contact));
    }

    // About the matters of a contact of the same group, some days after it.
    void add_follow_up(const Group& group, std::pair<std::size_t, std::size_t> firsts,
                       const std::vector<Date>& days_to_come, Decks& decks) {
        while (true) {
            const auto& earlier = contacts_[firsts.first + draw_.below(firsts.second - firsts.first)];
            std::vector<std::string> sectors;
            for (const auto& matter : earlier.command.matters()) {
                if (sectors.empty() || sectors.back() != matter.sectors(0))
                    sectors.push_back(matter.sectors(0));
            }
            const auto on = days_to_come[draw_.below(days_to_come.size())];
            if (sectors != group.sectors || domain::to_string(on) < earlier.command.contacted_on()) continue;
            Contact contact{draw_.uuid(), {}};
            describe(contact.command, on, decks);
            for (int i = 0; i < earlier.command.matters_size(); ++i) {
                auto& followed = *contact.command.add_follows_up();
                followed.set_contact_id(earlier.id);
                followed.set_matter_id("m" + std::to_string(i + 1));
                *followed.mutable_sectors() = earlier.command.matters(i).sectors();
            }
            contacts_.push_back(std::move(contact));
            return;
        }
    }

    const Organisation& organisation_;
    const toml::table& data_;
    Draw draw_;
    std::vector<std::string> anonymous_measures_{
        Draw(kSeed + 2).deck(shares_at(data_, "invented.contacts.measures_anonymous"), 100)};
    std::vector<std::string> recorded_measures_{
        Draw(kSeed + 3).deck(shares_at(data_, "invented.contacts.measures_recorded"), 100)};
    const std::map<std::string, std::vector<std::string>> second_causes_{
        {"health", Draw(kSeed + 4).deck(shares_at(data_, "invented.contact_causes.2016.health"), 100)},
        {"social", Draw(kSeed + 5).deck(shares_at(data_, "invented.contact_causes.2016.social"), 100)}};
    std::vector<Contact> contacts_;
    unsigned clients_ = 0;
};

}  // namespace

History history(const Organisation& organisation) {
    const auto data = read_data("history.toml");
    auto out = ContactHistory(organisation, data).make();
    auto legal = LegalHistory(organisation, data).make();
    out.cases.insert(out.cases.end(), std::make_move_iterator(legal.begin()),
                     std::make_move_iterator(legal.end()));
    return out;
}

}  // namespace vastine::tools::demo
