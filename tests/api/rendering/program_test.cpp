#include "api/rendering/program.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "api/rendering/rendering.hpp"

using namespace vastine::api::rendering;
using Catch::Matchers::Contains;

namespace {

const Program kShell{"sh", "dash"};

void shell(const PrivateFolder& folder, const std::string& script,
           std::chrono::milliseconds at_most = std::chrono::seconds(20)) {
    Run how;
    how.arguments = {"-c", script};
    how.at_most = at_most;
    how.today = 1'549'152'000;
    run(kShell, folder, how);
}

// Ended and waiting to be collected by whoever adopted it counts as ended.
bool lives(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/stat");
    std::string line;
    if (!std::getline(status, line)) return false;
    return line.substr(line.rfind(')') + 2, 1) != "Z";
}

}  // namespace

TEST_CASE("a private folder is read by its owner only and leaves nothing", "[rendering]") {
    std::filesystem::path path;
    {
        const PrivateFolder folder;
        path = folder.path();
        struct stat about {};
        REQUIRE(::stat(path.c_str(), &about) == 0);
        CHECK((about.st_mode & 0777U) == 0700U);
        folder.write("one", "two");
        CHECK(folder.read("one") == "two");
        CHECK_THROWS_AS(folder.read("three"), Failed);
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a program that is missing is named with the package that brings it", "[rendering]") {
    const PrivateFolder folder;
    CHECK_THROWS_WITH(run({"no-such-program-here", "a-package"}, folder, {}),
                      Contains("no-such-program-here") && Contains("a-package"));
}

TEST_CASE("a program that fails is an error that says so", "[rendering]") {
    const PrivateFolder folder;
    CHECK_THROWS_WITH(shell(folder, "exit 3"), Contains("sh failed (3)"));
}

TEST_CASE("a program gets the folder as its home and nothing of this process's surroundings", "[rendering]") {
    const PrivateFolder folder;
    ::setenv("VASTINE_TOKEN", "secret", 1);
    shell(folder, "env > all; pwd > here; ls /proc/self/fd > open");
    ::unsetenv("VASTINE_TOKEN");
    CHECK_THAT(folder.read("all"), Contains("HOME=" + folder.path().string() + "\n") &&
                                       Contains("SOURCE_DATE_EPOCH=1549152000\n") && !Contains("secret"));
    CHECK(folder.read("here") == folder.path().string() + "\n");
    // The fourth is the folder that ls itself reads.
    CHECK(folder.read("open") == "0\n1\n2\n3\n");
}

TEST_CASE("a program has no network where the kernel lets it be taken away", "[rendering]") {
    if (std::system("unshare -n true 2>/dev/null || unshare -Un true 2>/dev/null") != 0) {
        WARN("this kernel gives no network of its own");
        return;
    }
    const PrivateFolder folder;
    shell(folder, "readlink /proc/self/ns/net > net");
    const auto ours = std::filesystem::read_symlink("/proc/self/ns/net").string();
    CHECK(folder.read("net") != ours + "\n");
}

TEST_CASE("a program that takes too long is ended with all that it started", "[rendering]") {
    const PrivateFolder folder;
    const auto began = std::chrono::steady_clock::now();
    CHECK_THROWS_WITH(shell(folder, "sleep 60 & echo $! > child; wait", std::chrono::milliseconds(1500)),
                      Contains("was ended"));
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(20));
    const auto child = std::stoi(folder.read("child"));
    while (lives(child) && std::chrono::steady_clock::now() - began < std::chrono::seconds(20)) {
        std::this_thread::yield();
    }
    CHECK_FALSE(lives(child));
}
