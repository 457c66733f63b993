#pragma once
// Destruction lists and legal holds as those see them who make lists, approve them and audit them. Each sees
// as much as domain::sight says: an auditor the list, not what people wrote. Whose cases an answer names goes
// on record before it leaves (Reading::shown).
//
// Unknown and unseen are the same Reason::NotFound. Threads: every function, from any thread at once.

#include <functional>
#include <string>

#include "api/reading.hpp"
#include "domain/destruction/list.hpp"
#include "domain/result.hpp"
#include "domain/schema/destruction_views.pb.h"
#include "projections/read_model.hpp"
#include "store/store.hpp"

namespace vastine::api {

class DestructionPages {
public:
    DestructionPages(store::Store& store, const projections::ReadModel& model, Reading& reading,
                     std::function<store::Instant()> now)
        : store_(store), model_(model), reading_(reading), now_(std::move(now)) {}

    // Newest year first.
    [[nodiscard]] DestructionLists list(const Reader& reader) const;
    [[nodiscard]] domain::Result<DestructionPage> page(const Reader& reader, const std::string& id) const;
    // What a list of the area and year would say that was opened now, for those who may open it.
    [[nodiscard]] domain::Result<DestructionPreview> preview(const Reader& reader, domain::Area area,
                                                             int year) const;
    // The list when it is completed, with what its certificate and the signed note of it say.
    struct Certified {
        std::string list_id;
        domain::destruction::State state;
        std::string signed_note;
    };
    [[nodiscard]] domain::Result<Certified> certified(const Reader& reader, const std::string& id) const;
    // What goes to the archive, as CSV (RFC 4180) for whoever takes it there.
    [[nodiscard]] domain::Result<std::string> archive_transfer(const Reader& reader,
                                                               const std::string& id) const;
    // Every hold in force on a case of the reader's own area that the reader may open.
    [[nodiscard]] domain::Result<HoldList> holds(const Reader& reader) const;

private:
    struct Seen {
        domain::destruction::State state;
        store::Version version;
        domain::DestructionSight sight;
    };
    [[nodiscard]] domain::Result<Seen> seen(const Reader& reader, const std::string& id) const;
    [[nodiscard]] domain::Date today() const { return domain::helsinki_date(now_()); }
    void add_commands(const Reader& reader, const Seen& seen, const std::string& id,
                      DestructionPage& page) const;
    void add_items(const Reader& reader, const domain::destruction::State& state, const std::string& what,
                   google::protobuf::RepeatedPtrField<DestructionItemView>& out) const;

    store::Store& store_;
    const projections::ReadModel& model_;
    Reading& reading_;
    std::function<store::Instant()> now_;
};

// A signed note of the certificate: its text, an empty line, the signature (c2sp.org/signed-note).
[[nodiscard]] std::string signed_note(const DestructionCompleted& completed);

}  // namespace vastine::api
