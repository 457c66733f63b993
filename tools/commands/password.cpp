#include "tools/commands/password.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "tools/commands/commands.hpp"

namespace vastine::tools {

namespace {

// The terminal shows nothing while this lives.
class Hidden {
public:
    Hidden() : changed_(tcgetattr(STDIN_FILENO, &before_) == 0) {
        if (!changed_) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~Hidden() {
        if (!changed_) return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        fmt::print(stderr, "\n");
    }
    Hidden(const Hidden&) = delete;
    Hidden& operator=(const Hidden&) = delete;

private:
    termios before_{};
    bool changed_;
};

std::string line() {
    std::string text;
    if (!std::getline(std::cin, text)) throw Failure("the input ended before it was answered");
    if (text.ends_with('\r')) text.pop_back();
    return text;
}

std::string hidden_line(const std::string& question) {
    fmt::print(stderr, "{}: ", question);
    const Hidden hidden;
    return line();
}

}  // namespace

bool at_a_terminal() {
    return isatty(STDIN_FILENO) == 1;
}

std::string ask(const std::string& what, const std::string& otherwise) {
    fmt::print(stderr, "{} [{}]: ", what, otherwise);
    const auto answer = line();
    return answer.empty() ? otherwise : answer;
}

std::string read_password(const std::string& whose) {
    if (!at_a_terminal()) return line();
    auto first = hidden_line("Password of " + whose);
    if (first != hidden_line("The same again")) throw Failure("the two passwords are not the same");
    return first;
}

}  // namespace vastine::tools
