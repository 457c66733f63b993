#include <string>

#include "domain/text/text.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/target.hpp"

namespace vastine::tools {

Failure refused(const domain::Rejection& rejection) {
    const auto language = terminal_language();
    std::string text = domain::explain(rejection, language);
    if (!rejection.field.empty()) text = rejection.field + ": " + text;
    for (const auto& further : rejection.more) {
        text += "\n" + further.field + ": " + domain::explain(further, language);
    }
    return Failure(text);
}

}  // namespace vastine::tools
