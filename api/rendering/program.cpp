#include "api/rendering/program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "api/rendering/rendering.hpp"

namespace vastine::api::rendering {
namespace {

constexpr rlim_t kLargestFile = 256U << 20U;
constexpr int kNotStarted = 126;

std::string search_path() {
    const char* path = std::getenv("PATH");
    return path != nullptr && *path != '\0' ? path : "/usr/bin:/bin";
}

std::string found(const Program& program) {
    const auto path = search_path();
    for (std::size_t start = 0; start <= path.size();) {
        const auto end = std::min(path.find(':', start), path.size());
        const auto candidate = path.substr(start, end - start) + "/" + program.name;
        if (candidate.front() == '/' && ::access(candidate.c_str(), X_OK) == 0) return candidate;
        start = end + 1;
    }
    throw Failed(fmt::format("this form needs the program {}, which is not installed (Debian's package {})",
                             program.name, program.package));
}

// The program's words may repeat what it was given, so they are looked at by nobody.
struct Prepared {
    std::string file;
    std::string folder;
    std::vector<char*> arguments;
    std::vector<char*> environment;
    std::string own_user;  // lines of uid_map and gid_map
    std::string own_group;
};

void write_file(const char* path, std::string_view content) {
    const int file = ::open(path, O_WRONLY);
    if (file < 0) return;
    [[maybe_unused]] const auto written = ::write(file, content.data(), content.size());
    ::close(file);
}

// A user without rights gets a network of nobody only together with users of its own, in which it stays who
// it is: a program that makes namespaces for a sandbox must be somebody there.
void leave_the_network(const Prepared& prepared) {
    if (::unshare(CLONE_NEWNET) == 0 || ::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return;
    // A process whose memory nobody may look into does not own these three files. It is back with the
    // program; until then no core is written either way.
    ::prctl(PR_SET_DUMPABLE, 1);
    write_file("/proc/self/setgroups", "deny");
    write_file("/proc/self/uid_map", prepared.own_user);
    write_file("/proc/self/gid_map", prepared.own_group);
}

// Between fork and exec of a process with many threads: system calls only.
[[noreturn]] void become(const Prepared& prepared) {
    ::setsid();
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    const rlimit largest{kLargestFile, kLargestFile};
    ::setrlimit(RLIMIT_FSIZE, &largest);
    leave_the_network(prepared);
    const int nowhere = ::open("/dev/null", O_RDWR);
    if (nowhere < 0 || ::chdir(prepared.folder.c_str()) != 0) ::_exit(kNotStarted);
    ::dup2(nowhere, STDIN_FILENO);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::syscall(SYS_close_range, 3U, ~0U, 0U);
    ::execve(prepared.file.c_str(), prepared.arguments.data(), prepared.environment.data());
    ::_exit(kNotStarted);
}

bool ended_in_time(pid_t child, std::chrono::milliseconds at_most) {
    const auto watched = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    if (watched < 0) return false;
    const auto until = std::chrono::steady_clock::now() + at_most;
    pollfd one{watched, POLLIN, 0};
    int ready = 0;
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0) break;
        ready = ::poll(&one, 1, static_cast<int>(left.count()));
        if (ready > 0 || (ready < 0 && errno != EINTR)) break;
    }
    ::close(watched);
    return ready > 0;
}

}  // namespace

void run(const Program& program, const PrivateFolder& folder, const Run& how) {
    Prepared prepared;
    prepared.file = found(program);
    prepared.folder = folder.path().string();
    prepared.own_user = fmt::format("{0} {0} 1", ::geteuid());
    prepared.own_group = fmt::format("{0} {0} 1", ::getegid());
    std::vector<std::string> arguments = {program.name};
    arguments.insert(arguments.end(), how.arguments.begin(), how.arguments.end());
    std::vector<std::string> environment = {"PATH=" + search_path(),
                                            "HOME=" + prepared.folder,
                                            "TMPDIR=" + prepared.folder,
                                            "XDG_RUNTIME_DIR=" + prepared.folder,
                                            "LANG=C.UTF-8",
                                            "TZ=UTC",
                                            fmt::format("SOURCE_DATE_EPOCH={}", how.today)};
    for (auto& each : arguments) prepared.arguments.push_back(each.data());
    for (auto& each : environment) prepared.environment.push_back(each.data());
    prepared.arguments.push_back(nullptr);
    prepared.environment.push_back(nullptr);

    const auto child = ::fork();
    if (child < 0) throw Failed(program.name + " cannot be started");
    if (child == 0) become(prepared);
    const bool in_time = ended_in_time(child, how.at_most);
    // The group goes while its leader's number is still taken: what the program left running as well.
    ::kill(-child, SIGKILL);
    ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!in_time) {
        throw Failed(fmt::format("{} was ended after {} s", program.name, how.at_most.count() / 1000));
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw Failed(fmt::format("{} failed ({})", program.name,
                                 WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)));
    }
}

}  // namespace vastine::api::rendering
