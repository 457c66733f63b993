#include "tools/commands/progress_bar.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace vastine::tools {

namespace {
constexpr std::size_t width = 30;
constexpr std::chrono::milliseconds between{100};
// What is done at once needs no bar.
constexpr std::chrono::milliseconds patience{500};
}  // namespace

ProgressBar::ProgressBar(std::string label, std::uint64_t total)
    : label_(std::move(label)),
      total_(std::max<std::uint64_t>(total, 1)),
      terminal_(isatty(STDERR_FILENO) == 1),
      began_(std::chrono::steady_clock::now()),
      last_(began_) {}

ProgressBar::~ProgressBar() {
    if (shown_) fmt::print(stderr, "\r\033[K");
}

void ProgressBar::show(std::uint64_t done) {
    if (!terminal_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - began_ < patience || now - last_ < between) return;
    last_ = now;
    shown_ = true;
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(width));
    fmt::print(stderr, "\r{} [{}{}] {:3.0f} %\033[K", label_, std::string(filled, '#'),
               std::string(width - filled, ' '), share * 100);
    std::fflush(stderr);
}

}  // namespace vastine::tools
