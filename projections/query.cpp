#include "projections/query.hpp"

#include "projections/read_model.hpp"

namespace vastine::projections {

Basis basis_of(const Views& views, AsOf as_of, domain::Language language,
               const std::string& definition_text) {
    Basis basis;
    basis.set_position(views.position.value);
    basis.set_as_of_on(domain::to_string(as_of.on));
    basis.set_code_version(views.reference.code_version(as_of.on));
    basis.set_definition(domain::text(definition_text, language));
    return basis;
}

}  // namespace vastine::projections
