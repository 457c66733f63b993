#include "projections/occasions.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <tuple>

#include "projections/rows.hpp"
#include "projections/sight.hpp"

namespace vastine::projections {

namespace {

using domain::Area;

// From the mildest on. Of a date only the most severe that holds is told.
enum class Mark : std::uint8_t { Idle, DueSoon, HandOver, DueToday, Overdue, Escalated, Critical };

std::string_view text_of(Mark mark) {
    switch (mark) {
        case Mark::Idle:
            return "idle";
        case Mark::DueSoon:
            return "due-soon";
        case Mark::HandOver:
            return "hand-over";
        case Mark::DueToday:
            return "due-today";
        case Mark::Overdue:
            return "overdue";
        case Mark::Escalated:
            return "escalated";
        case Mark::Critical:
            return "critical";
    }
    return {};
}

std::optional<Mark> mark_of(const DueEntry& due, Day on) {
    switch (urgency_of(due, on)) {
        case Urgency::None:
        case Urgency::OnTrack:
            return std::nullopt;
        case Urgency::DueSoon:
            // A clock that waits does not run out today.
            return due.due_by == on && due.paused_on == no_day ? Mark::DueToday : Mark::DueSoon;
        case Urgency::Overdue:
            return Mark::Overdue;
        case Urgency::Escalated:
            return Mark::Escalated;
        case Urgency::Critical:
            return Mark::Critical;
    }
    return std::nullopt;
}

// What is noted while the cases are walked; words are made of it once, at the end.
struct Noted {
    Mark mark = Mark::Idle;
    Day on = no_day;
    std::uint32_t row = 0;
    CodeId what = 0;
    CodeId id = 0;
};

struct Person {
    const SetUser* user = nullptr;
    domain::Viewer viewer;
    std::unique_ptr<SightOfCases> sight;  // made for those whose it may be
    std::vector<Noted> noted;
};

class Morning {
public:
    Morning(const Views& views, domain::Date on)
        : views_(views), judging_(views, day_of(on)), acting_(views, day_of(on)) {
        for (const auto* user : views.reference.users()) {
            if (!user->active()) continue;
            auto& person = people_[user->user_id()];
            person.user = user;
            person.viewer = domain::viewer_of(*user, views.reference, on);
        }
        by_user_.resize(views.dictionary->users.size(), nullptr);
        for (auto& [id, person] : people_) {
            if (const auto number = views.dictionary->users.known(id)) by_user_[number] = &person;
            for (const auto role : person.viewer.roles)
                by_role_[static_cast<std::size_t>(role)].push_back(&person);
        }
        acting_by_user_.resize(by_user_.size(), nullptr);
        acting_known_.resize(by_user_.size(), false);
    }

    void consider(std::uint32_t row) {
        const auto& entry = views_.cases->entry(row);
        told_.clear();
        for (const auto& due : views_.cases->dues(row)) {
            const auto mark = mark_of(due, judging_.on());
            if (!mark) continue;
            const Noted noted{*mark, due.due_by, row, due.what, due.id};
            if (told_.empty()) find_responsible(row, entry);
            for (auto* person : told_) person->noted.push_back(noted);
            if (*mark >= Mark::Escalated) tell_named(due, noted);
        }
        if (judging_.idle(row)) {
            if (told_.empty()) find_responsible(row, entry);
            for (auto* person : told_) person->noted.push_back({Mark::Idle, entry.last_event_on, row, 0, 0});
        }
        if (entry.hand_over_to != 0) {
            auto* person = by_user_[entry.hand_over_to];
            if (person != nullptr && sees(*person, row))
                person->noted.push_back({Mark::HandOver, entry.hand_over_on, row, 0, 0});
        }
    }

    [[nodiscard]] std::vector<ToldTo> told() {
        std::vector<ToldTo> all;
        for (auto& [id, person] : people_) {
            if (person.noted.empty()) continue;
            std::ranges::sort(person.noted,
                              [](const Noted& left, const Noted& right) { return key(left) < key(right); });
            auto& told = all.emplace_back();
            told.user_id = id;
            told.occasions.reserve(person.noted.size());
            for (const auto& noted : person.noted) told.occasions.push_back(in_words(noted));
        }
        return all;
    }

private:
    static std::tuple<int, Day, std::uint32_t, CodeId, CodeId> key(const Noted& noted) {
        return {-static_cast<int>(noted.mark), noted.on, noted.row, noted.what, noted.id};
    }
    [[nodiscard]] Occasion in_words(const Noted& noted) const {
        const auto& codes = views_.dictionary->codes;
        Occasion occasion;
        occasion.set_case_id(views_.cases->case_id(noted.row));
        occasion.set_mark(std::string(text_of(noted.mark)));
        occasion.set_what(codes.name(noted.what));
        occasion.set_id(codes.name(noted.id));
        occasion.set_on(iso(noted.on));
        return occasion;
    }
    [[nodiscard]] bool sees(Person& person, std::uint32_t row) const {
        if (!person.sight) person.sight = std::make_unique<SightOfCases>(views_, person.viewer);
        return person.sight->of(row) == domain::Sight::Content;
    }

    // Whose work it is; when that is nobody who may see it, those who hand out work.
    void find_responsible(std::uint32_t row, const CaseEntry& entry) {
        told_.clear();
        if (auto* person = acting(entry.handler); person != nullptr && sees(*person, row)) {
            told_.push_back(person);
            return;
        }
        const auto role = domain::area_of(entry.kind) == Area::Ombudsman ? HEAD_OMBUDSMAN : REGISTRAR;
        for (auto* person : by_role_[static_cast<std::size_t>(role)]) {
            if (sees(*person, row)) told_.push_back(person);
        }
    }
    Person* acting(CodeId handler) {
        if (handler == 0) return nullptr;
        if (!acting_known_[handler]) {
            acting_known_[handler] = true;
            const auto found = people_.find(acting_.of_user(handler));
            acting_by_user_[handler] = found == people_.end() ? nullptr : &found->second;
        }
        return acting_by_user_[handler];
    }
    // From escalation on also those whom the policy names, each once.
    void tell_named(const DueEntry& due, const Noted& noted) {
        for (const auto role : escalated_to(due)) {
            for (auto* person : by_role_[static_cast<std::size_t>(role)]) {
                const bool twice = std::ranges::find(told_, person) != told_.end() ||
                                   (!person->noted.empty() && key(person->noted.back()) == key(noted));
                if (!twice && sees(*person, noted.row)) person->noted.push_back(noted);
            }
        }
    }
    const std::vector<Role>& escalated_to(const DueEntry& due) {
        auto [place, fresh] = escalated_to_.try_emplace({due.policy, due.policy_version});
        if (fresh) {
            const auto* policy = views_.reference.policy_version(views_.dictionary->codes.name(due.policy),
                                                                 due.policy_version);
            if (policy != nullptr) {
                for (const int role : policy->given.escalated_to()) {
                    if (Role_IsValid(role)) place->second.push_back(static_cast<Role>(role));
                }
            }
        }
        return place->second;
    }

    const Views& views_;
    Judging judging_;
    ActingHandlers acting_;
    std::map<std::string, Person> people_;  // by user id
    std::vector<Person*> by_user_;          // by number in the dictionary
    std::vector<Person*> acting_by_user_;
    std::vector<bool> acting_known_;
    std::array<std::vector<Person*>, Role_ARRAYSIZE> by_role_;
    std::map<std::pair<CodeId, std::uint32_t>, std::vector<Role>> escalated_to_;
    std::vector<Person*> told_;  // of the case at hand
};

}  // namespace

std::vector<ToldTo> occasions(const Views& views, domain::Date on) {
    Morning morning(views, on);
    for (const auto row : views.cases->open_rows()) morning.consider(row);
    return morning.told();
}

}  // namespace vastine::projections
