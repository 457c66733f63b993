#pragma once
// How far a report has come, told to whoever waits for it.

#include <functional>
#include <string_view>

namespace vastine::api {

enum class Step {
    Waiting,     // others are being made
    Counting,    // the figures, and what people wrote beside them
    Protecting,  // small figures are suppressed, and what would give one away
    Rendering,   // the file is written
    Done,
    Failed,
};
[[nodiscard]] std::string_view name_of(Step step);  // waiting, counting ...

// What a long piece of work is given: asked now and then whether it is still wanted, and told how far it is.
struct Watch {
    std::function<bool()> cancelled = [] { return false; };
    std::function<void(Step, unsigned percent)> reached = [](Step, unsigned) {};  // percent of the whole
};

}  // namespace vastine::api
