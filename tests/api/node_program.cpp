#include "tests/api/node_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>

namespace vastine::test {

namespace {

const std::string scripts = std::string(VASTINE_SOURCE_DIR) + "/tests/node/";

}  // namespace

NodeProgram::NodeProgram(const std::string& script, std::vector<std::string> arguments) {
    static const int installed = std::system((scripts + "install").c_str());
    REQUIRE(installed == 0);
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    REQUIRE(::pipe2(in.data(), O_CLOEXEC) == 0);
    REQUIRE(::pipe2(out.data(), O_CLOEXEC) == 0);
    to_ = in[1];
    from_ = out[0];

    arguments.insert(arguments.begin(), {"node", scripts + script});
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    const int failed = ::posix_spawnp(&process_, "node", &actions, nullptr, argv.data(), ::environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    REQUIRE(failed == 0);
}

NodeProgram::~NodeProgram() {
    kill();
    ::close(to_);
    ::close(from_);
}

void NodeProgram::kill() {
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
}

void NodeProgram::say(const boost::json::object& line) {
    const auto bytes = boost::json::serialize(line) + '\n';
    REQUIRE(::write(to_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
}

boost::json::object NodeProgram::hear() {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::size_t end = 0;
    while ((end = buffer_.find('\n')) == std::string::npos) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd one{from_, POLLIN, 0};
        if (left.count() <= 0 || ::poll(&one, 1, static_cast<int>(left.count())) <= 0) {
            FAIL("the script says nothing");
        }
        std::array<char, 65'536> bytes{};
        const auto count = ::read(from_, bytes.data(), bytes.size());
        if (count <= 0) FAIL("the script has ended: " << buffer_);
        buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    }
    const auto line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    return boost::json::parse(line).as_object();
}

}  // namespace vastine::test
