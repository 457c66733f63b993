#pragma once

namespace vastine::tools {

// From here on no crash of this process leaves its memory, and with it keys, on the disk, and no other
// process of the same user may look into it. To be called first.
void forbid_core_dumps();

}  // namespace vastine::tools
