#include "tools/commands/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <stdexcept>

namespace vastine::tools {

void forbid_core_dumps() {
    // The limit alone does not count where the kernel pipes dumps to a program, the flag alone does not last
    // over a change of user.
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0) {
        throw std::runtime_error("core dumps cannot be turned off");
    }
}

}  // namespace vastine::tools
