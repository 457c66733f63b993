// What a crash leaves behind: no memory.

#include "tools/commands/core_dumps.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace vastine;

TEST_CASE("a process that forbids core dumps has neither limit nor flag for them, and leaves none",
          "[core]") {
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        // As much as the system lets it, so that there is something to forbid.
        rlimit limit{};
        ::getrlimit(RLIMIT_CORE, &limit);
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_CORE, &limit);
        ::prctl(PR_SET_DUMPABLE, 1);
        tools::forbid_core_dumps();
        ::getrlimit(RLIMIT_CORE, &limit);
        if (limit.rlim_cur != 0 || limit.rlim_max != 0) ::_exit(1);
        if (::prctl(PR_GET_DUMPABLE) != 0) ::_exit(2);
        ::signal(SIGABRT, SIG_DFL);
        ::abort();
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE_FALSE(WIFEXITED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
    CHECK_FALSE(WCOREDUMP(status));
}
