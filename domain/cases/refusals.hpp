#pragma once
// Refusals gathered, so that somebody who fills in a form learns of everything at once.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/cases/days.hpp"
#include "domain/result.hpp"

namespace vastine::domain {

class Refusals {
public:
    void add(Reason reason, std::string text, std::string field, std::map<std::string, std::string> args = {},
             Labels labels = {}) {
        all_.push_back({reason, std::move(text), std::move(args), std::move(field), {}, std::move(labels)});
    }
    void invalid(std::string text, std::string field, std::map<std::string, std::string> args = {},
                 Labels labels = {}) {
        add(Reason::Invalid, std::move(text), std::move(field), std::move(args), std::move(labels));
    }
    // The refusal and those it carries, when it is one.
    void take(const Permitted& permitted) {
        if (permitted) return;
        Rejection first = permitted.error();
        const auto more = std::exchange(first.more, {});
        all_.push_back(std::move(first));
        all_.insert(all_.end(), more.begin(), more.end());
    }
    // The first one, with the others in `more`; permitted when there is none.
    [[nodiscard]] Permitted result() const {
        if (all_.empty()) return permitted();
        Rejection first = all_.front();
        first.more.assign(all_.begin() + 1, all_.end());
        return tl::unexpected(std::move(first));
    }

private:
    std::vector<Rejection> all_;
};

}  // namespace vastine::domain
