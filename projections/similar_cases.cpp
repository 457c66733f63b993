#include "projections/similar_cases.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string>

#include "domain/cases/kinds.hpp"
#include "domain/schema/complaint.pb.h"
#include "domain/schema/contact.pb.h"
#include "domain/schema/reminder.pb.h"
#include "domain/schema/request.pb.h"
#include "projections/relations.hpp"

namespace vastine::projections {

namespace {

using google::protobuf::Message;

// A matter is complained of within a year or two; what lies further apart is another matter.
constexpr Day compared_days = 400;
constexpr Day same_unit_days = 14;
// Opening takes microseconds each; a page does not wait for more than some milliseconds of it.
constexpr std::size_t opened_max = 1'500;
constexpr std::size_t shown_max = 5;

// What a case is recognised by. Empty: not known of it.
struct Marks {
    std::string external_id;
    std::string authority_number;
    std::string identity_code;
    std::string temporary_id;
    std::string name_and_birth;
};

// Letters of one person's name are typed in any case and with any spaces.
std::string plain(const std::string& text) {
    std::string plain;
    for (const char c : text) {
        if (c == ' ' || c == '\t') continue;
        plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return plain;
}

void mark(const Person& person, Marks& marks) {
    marks.identity_code = plain(person.identity_code());
    marks.temporary_id = plain(person.temporary_id());
    if (!person.name().empty() && !person.birth_on().empty())
        marks.name_and_birth = plain(person.name()) + '\n' + person.birth_on();
}
void mark(const Opening& opening, Marks& marks) {
    marks.external_id = plain(opening.external_id());
    mark(opening.client(), marks);
}
void mark(const LogContact& contact, Marks& marks) {
    marks.external_id = plain(contact.external_id());
    if (contact.has_client_record()) mark(contact.client_record().client(), marks);
}

void mark(const Message& event, Marks& marks) {
    const auto* type = event.GetDescriptor();
    if (type == ReminderRegistered::descriptor()) {
        const auto& given = static_cast<const ReminderRegistered&>(event).given();
        mark(given.opening(), marks);
        marks.authority_number = plain(given.authority_diary_number());
    } else if (type == ComplaintRegistered::descriptor()) {
        const auto& given = static_cast<const ComplaintRegistered&>(event).given();
        mark(given.opening(), marks);
        marks.authority_number = plain(given.authority_diary_number());
    } else if (type == RequestReceived::descriptor()) {
        const auto& given = static_cast<const RequestReceived&>(event).given();
        mark(given.opening(), marks);
        marks.authority_number = plain(given.authority_diary_number());
    } else if (type == OpeningCorrected::descriptor()) {
        mark(static_cast<const OpeningCorrected&>(event).given().opening(), marks);
    } else if (type == CaseImported::descriptor()) {
        mark(static_cast<const CaseImported&>(event).given().opening(), marks);
    } else if (type == ImportCorrected::descriptor()) {
        mark(static_cast<const ImportCorrected&>(event).given().opening(), marks);
    } else if (type == ContactLogged::descriptor()) {
        mark(static_cast<const ContactLogged&>(event).given(), marks);
    } else if (type == ContactCorrected::descriptor()) {
        mark(static_cast<const ContactCorrected&>(event).given().contact(), marks);
    } else if (type == ClientMatterRecorded::descriptor()) {
        mark(static_cast<const ClientMatterRecorded&>(event).given().client_record().client(), marks);
    } else if (type == MatterAdded::descriptor()) {
        const auto& given = static_cast<const MatterAdded&>(event).given();
        if (given.has_client_record()) mark(given.client_record().client(), marks);
    }
}

class Comparison {
public:
    Comparison(const Views& views, const store::EventStore& events, std::uint32_t row)
        : views_(views), events_(events), own_(views.cases->entry(row)), marks_(marks_of(row)) {}

    // Nothing when they are not alike.
    [[nodiscard]] Likeness with(std::uint32_t other) const {
        Likeness like{other, {}, 0};
        const auto theirs = marks_of(other);
        const auto same = [&](std::string Marks::*mark, std::string_view ground, std::uint32_t weight) {
            if (!(marks_.*mark).empty() && marks_.*mark == theirs.*mark) add(like, ground, weight);
        };
        same(&Marks::external_id, "similar.external_id", 100);
        same(&Marks::authority_number, "similar.authority_number", 90);
        same(&Marks::identity_code, "similar.client", 60);
        same(&Marks::temporary_id, "similar.client", 60);
        same(&Marks::name_and_birth, "similar.client", 50);
        if (same_place(other)) add(like, "similar.unit_and_cause", 30);
        return like;
    }

private:
    // A client known by two marks is still one ground.
    static void add(Likeness& like, std::string_view ground, std::uint32_t weight) {
        if (std::ranges::find(like.grounds, ground) != like.grounds.end()) return;
        like.grounds.push_back(ground);
        like.weight += weight;
    }

    [[nodiscard]] bool same_place(std::uint32_t other) const {
        const auto& theirs = views_.cases->entry(other);
        if (own_.kind == CONTACT || own_.cause == 0 || own_.cause != theirs.cause) return false;
        if (std::abs(own_.arrived_on - theirs.arrived_on) > same_unit_days) return false;
        const auto units = views_.cases->units_at(own_.scope);
        const auto their_units = views_.cases->units_at(theirs.scope);
        return std::ranges::any_of(
            units, [&](CodeId unit) { return std::ranges::find(their_units, unit) != their_units.end(); });
    }

    [[nodiscard]] Marks marks_of(std::uint32_t row) const {
        Marks marks;
        const auto& entry = views_.cases->entry(row);
        const auto stream = stream_of(views_, row);
        const auto open = [&](std::uint32_t version) {
            if (version == 0) return;
            events_.read_stream(stream, store::Version{version - 1}, [&](const store::Record& record) {
                const auto opened = events_.open(record, store::Depth::Everything);
                if (!opened.key_gone) mark(*opened.event, marks);
                return false;
            });
        };
        // The authority's number stands in the first event, the opening in the one that counts now.
        if (entry.opening_version != 1) open(1);
        open(entry.opening_version);
        if (entry.record_version != entry.opening_version) open(entry.record_version);
        return marks;
    }

    const Views& views_;
    const store::EventStore& events_;
    const CaseEntry& own_;
    Marks marks_;
};

std::vector<std::uint32_t> near(const Views& views, SightOfCases& sight, std::uint32_t row) {
    const auto& own = views.cases->entry(row);
    std::set<std::string> related;
    for (const auto& relation : views.relations->of(views.cases->case_id(row)))
        related.insert(relation.other);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t other = 0; other < views.cases->size(); ++other) {
        const auto& entry = views.cases->entry(other);
        if (other == row || entry.key_gone || entry.arrived_on == no_day ||
            domain::area_of(entry.kind) != domain::area_of(own.kind) ||
            (entry.kind == CONTACT && !entry.recorded) ||
            std::abs(entry.arrived_on - own.arrived_on) > compared_days ||
            sight.of(other) != domain::Sight::Content || related.contains(views.cases->case_id(other)))
            continue;
        rows.push_back(other);
    }
    const auto nearer = [&](std::uint32_t left, std::uint32_t right) {
        const auto distance = [&](std::uint32_t of) {
            return std::abs(views.cases->entry(of).arrived_on - own.arrived_on);
        };
        return std::pair(distance(left), left) < std::pair(distance(right), right);
    };
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), opened_max));
    std::partial_sort(rows.begin(), end, rows.end(), nearer);
    rows.erase(end, rows.end());
    return rows;
}

}  // namespace

std::vector<Likeness> similar_cases(const Views& views, const store::EventStore& events, SightOfCases& sight,
                                    std::uint32_t row) {
    const auto& own = views.cases->entry(row);
    // General advice is anonymous: it is nobody's matter.
    if (own.key_gone || own.arrived_on == no_day || (own.kind == CONTACT && !own.recorded)) return {};
    const Comparison comparison(views, events, row);
    std::vector<Likeness> alike;
    for (const auto other : near(views, sight, row)) {
        auto like = comparison.with(other);
        if (like.weight > 0) alike.push_back(std::move(like));
    }
    std::ranges::stable_sort(alike, std::greater(), &Likeness::weight);
    if (alike.size() > shown_max) alike.resize(shown_max);
    return alike;
}

}  // namespace vastine::projections
