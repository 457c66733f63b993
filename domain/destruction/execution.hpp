#pragma once
// How a list is made and carried out. Nobody gives these as commands: the service calls them, appends what
// they answer to the list's stream, and may be stopped between any two of them. From what the stream says it
// goes on, and each item is settled once:
//
//   1. items_listed       once, right after the list was opened
//   2. for every item that waits, when its day has come: check_item with the case as it stands now.
//      ItemCleared: destroy its keys, on the condition that its stream still has that version, then
//      item_destroyed. An item found cleared after a restart begins here: destroying a key again does
//      nothing. Its stream has moved on after all: held_back_after_all.
//   3. certificate, signed by the service; completed
//
// Nothing here comes before two approvals: check_item is refused without them, and the rest without it.

#include <string>
#include <vector>

#include "domain/destruction/list.hpp"
#include "domain/retention/falls_due.hpp"

namespace vastine::domain::destruction {

// Where and when the items were found.
struct Listing {
    std::uint64_t position = 0;
    Date as_of;
};
// Refused when they have been listed, when an id is empty or stands twice, or a subject is of the other area.
[[nodiscard]] Result<Events> items_listed(const State& state, const std::vector<DestructionItem>& items,
                                          const Listing& listing);

// ItemCleared or ItemHeldBack. Refused while its last day is not over (destruction.not_its_day): it waits.
[[nodiscard]] Result<Events> check_item(const State& state, const std::string& item_id,
                                        const retention::Handling& now, const Context& context);

struct KeysDestroyed {
    std::string item_id;
    std::vector<std::string> key_ids;
    Instant at;
};
// Final when the last backup of the keys that may hold these has expired: the backups' life is the
// organisation's, as it is set today.
[[nodiscard]] Result<Events> item_destroyed(const State& state, const KeysDestroyed& keys,
                                            const Reference& reference);
// A cleared item whose stream moved on before its keys were destroyed.
[[nodiscard]] Result<Events> held_back_after_all(const State& state, const std::string& item_id,
                                                 const retention::Handling& now, const Context& context);

// The list and what became of each item, as it is hashed: facts alone, so that anybody can do it again also
// when the list's own key is gone. The format is frozen.
[[nodiscard]] std::string list_text(const State& state, std::string_view list_id);
// What is signed. Ends with a line feed; the format is frozen.
[[nodiscard]] std::string certificate_text(const DestructionCertificate& certificate);

struct ListHash {
    std::string list_id;
    std::string sha256;  // of list_text, in lower-case hexadecimal
};
[[nodiscard]] DestructionCertificate certificate(const State& state, const ListHash& hash, Date today);
struct Signature {
    std::string base64;  // over certificate_text
    std::string signed_with;
};
// Refused while an item waits, and for a certificate that does not say what the list says.
[[nodiscard]] Result<Events> completed(const State& state, const DestructionCertificate& certificate,
                                       const Signature& signature);

// How long a backup of the keys lives here.
[[nodiscard]] std::chrono::days key_backup_life(const Reference& reference);

}  // namespace vastine::domain::destruction
