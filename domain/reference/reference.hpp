#pragma once
// Reference data as it stands at a log position: the dated unit tree, code sets with versions and
// crosswalks, authorities with successors, deadline policies, users and roles. A fold of the
// reference streams; a plain value, copied freely (shared pointers inside) and never locked. What a
// query points at lives until the next apply() to the same value.

#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/calendar/date.hpp"
#include "domain/schema/reference.pb.h"

namespace vastine::domain {

struct Unit {
    SetUnit given;
    std::string department;  // the top of its tree on its last day
};
struct CodeSetVersion {
    std::uint32_t version = 0;
    PublishCodeSet given;
};
struct Policy {
    std::uint32_t version = 0;
    SetPolicy given;
};
struct RetentionSchedule {
    std::uint32_t version = 0;
    SetRetention given;
};

struct LetterTemplate {
    std::uint32_t version = 0;
    SetLetterTemplate given;
};

class Reference {
public:
    // Takes any event; those that are not reference data are passed over.
    void apply(const google::protobuf::Message& event);

    // ---- units ----
    // A unit set again from a later day has two versions: the tree is dated. Without a day, the newest
    // one counts.
    [[nodiscard]] const Unit* unit(std::string_view id) const;
    // The version in force on the day, ended or not; the first one for an earlier day.
    [[nodiscard]] const Unit* unit(std::string_view id, Date on) const;
    [[nodiscard]] bool unit_valid(std::string_view id, Date on) const;
    // Top of the tree above the unit; the unit itself when it has no parent; empty when unknown.
    [[nodiscard]] std::string department_of(std::string_view unit_id) const;
    // True when `unit` is `above` or somewhere below it.
    [[nodiscard]] bool within(std::string_view unit, std::string_view above) const;
    [[nodiscard]] std::vector<const Unit*> units() const;  // in the order they were first set
    // The crosswalk: the unit itself when it is valid on the day, else the valid ones among its
    // successors and theirs; empty when there is none.
    [[nodiscard]] std::vector<std::string> units_succeeding(std::string_view id, Date on) const;

    // ---- code sets ----
    // The newest version valid from the day or before; the first version for an earlier day.
    [[nodiscard]] const CodeSetVersion* code_set(std::string_view name, Date on) const;
    // In that version, and the code's own validity holds the day.
    [[nodiscard]] bool code_valid(std::string_view set, std::string_view code, Date on) const;
    // The code's entry in the newest version that has it, for its name; null when unknown.
    [[nodiscard]] const Code* code(std::string_view set, std::string_view code) const;
    [[nodiscard]] std::vector<std::string> code_sets() const;
    // The crosswalk: the code itself when it is valid on the day, else the valid ones among its
    // successors and theirs; empty when there is none.
    [[nodiscard]] std::vector<std::string> codes_succeeding(std::string_view set, std::string_view code,
                                                            Date on) const;
    // One short string that names every set's version valid on the day: what a figure was counted with.
    // "1": every set stands at its first version; "1, cause 3": all but cause.
    [[nodiscard]] std::string code_version(Date on) const;

    // ---- authorities, policies ----
    [[nodiscard]] const SetAuthority* authority(std::string_view id) const;
    [[nodiscard]] std::vector<const SetAuthority*> authorities() const;
    [[nodiscard]] bool authority_valid(std::string_view id, Date on) const;
    // The authority that has its tasks on the day: itself or the next valid one among its successors;
    // null when there is none.
    [[nodiscard]] const SetAuthority* authority_succeeding(std::string_view id, Date on) const;
    // The newest version valid from the day or before; the first version for an earlier day.
    [[nodiscard]] const Policy* policy(std::string_view name, Date on) const;
    [[nodiscard]] std::vector<const Policy*> policies(Date on) const;
    // The very version that an event names; null when unknown.
    [[nodiscard]] const Policy* policy_version(std::string_view name, std::uint32_t version) const;
    // How long something is kept whose handling ended on a day: the newest version that is in force on `on`
    // and holds for that end. Null when none does: what nobody has decided on is kept.
    [[nodiscard]] const RetentionSchedule* retention(std::string_view subject, Date ended_on, Date on) const;
    [[nodiscard]] std::vector<const RetentionSchedule*> retention_versions(std::string_view subject) const;
    // The organisation's own, those withdrawn left out, in the order they were first set.
    [[nodiscard]] std::vector<const SetClosingDay*> closing_days() const;
    [[nodiscard]] std::vector<const SetWebhook*> webhooks() const;
    // What the organisation has said of itself; an empty message before it said anything.
    [[nodiscard]] const SetOrganisation& organisation() const;
    // The newest version of each letter valid from the day or before, those withdrawn left out, in the order
    // they were first set.
    [[nodiscard]] std::vector<const LetterTemplate*> letter_templates(Date on) const;
    [[nodiscard]] std::vector<const CodeSetVersion*> code_set_versions(std::string_view name) const;

    // ---- users ----
    [[nodiscard]] const SetUser* user(std::string_view id) const;  // personal fields may be empty
    [[nodiscard]] std::vector<const SetUser*> users() const;
    // The absence that holds the day; null when the user is at work.
    [[nodiscard]] const SetAbsence* absence(std::string_view user, Date on) const;
    // All absences that are not over on the day, by their first day.
    [[nodiscard]] std::vector<const SetAbsence*> absences_from(Date on) const;
    // Who has the user's work on the day: the user, or the substitute, or the substitute's when that one is
    // away too. The user again when nobody is left or the substitutes stand in a ring.
    [[nodiscard]] std::string acting_for(std::string_view user, Date on) const;
    // Whose work the user has on the day, the own not counted.
    [[nodiscard]] std::vector<std::string> stands_in_for(std::string_view user, Date on) const;
    [[nodiscard]] const SetUser* user_with_login(std::string_view login) const;  // letter case aside

    Reference();
    ~Reference();
    Reference(const Reference& other);
    Reference& operator=(const Reference& other);
    Reference(Reference&& other) noexcept;
    Reference& operator=(Reference&& other) noexcept;

private:
    struct Content;
    Content& own();  // the content for writing: copied first when another value may share it

    std::shared_ptr<Content> content_;
};

// Within the dates, both inclusive; an empty one is open.
[[nodiscard]] bool within_validity(std::string_view valid_from, std::string_view valid_until, Date on);

// The defaults of a Finnish wellbeing services county, read from domain/data: commands that fill an
// empty organisation with code sets, authorities and policies (units come from the organisation).
[[nodiscard]] std::vector<std::unique_ptr<google::protobuf::Message>> default_reference_commands();

}  // namespace vastine::domain
