#include "api/login/token_scope.hpp"

#include "api/routes/route.hpp"

namespace vastine::api {

namespace {

using domain::Area;
using domain::Right;

TokenScope scope_of(Right right) {
    switch (right) {
        case Right::SeeReference:
        case Right::SeeReports:
        case Right::SeeAreaFigures:
            return READING;
        case Right::ManageReference:
            return ADMINISTRATION;
        case Right::ReadAccessLog:
            return AUDITING;
        case Right::Import:
            return IMPORTING;
        case Right::Export:
            return EXPORTING;
        case Right::SeeHealth:
            return OPERATIONS;
    }
    return ADMINISTRATION;  // the narrowest: an administrator's
}

// Of commands.
TokenScope scope_of(Kind kind) {
    switch (kind) {
        case REFERENCE:
            return ADMINISTRATION;
        case PUBLICATION:
            return PUBLISHING;
        case DESTRUCTION:
            return DESTROYING;
        default:
            return domain::area_of(kind) == Area::Ombudsman ? CONTACT_WORK : CASE_WORK;
    }
}

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;  // clang 16 deduces no aggregates

// What is posted without a key of its own is a question that would not fit into an address: nothing comes of
// it that others see.
bool writes(const Route& route) {
    return route.method != "GET" && (route.needs.key || route.receives);
}

}  // namespace

std::optional<TokenScope> scope_of(const Route& route) {
    const auto others = [&](Kind kind) { return writes(route) ? scope_of(kind) : READING; };
    return std::visit(
        Overloaded{[](Anyone) { return std::optional<TokenScope>(); },
                   [](WithSession) { return std::optional<TokenScope>(); },
                   [](WithAnySession) { return std::optional<TokenScope>(); },
                   [&](const Giver& giver) { return std::optional(others(giver.kind)); },
                   [&](const KindWorker& worker) { return std::optional(others(worker.kind)); },
                   // Over several kinds at once.
                   [&](AreaWorker) { return std::optional(writes(route) ? CASE_WORK : READING); },
                   [&](DestructionReader) { return std::optional(writes(route) ? DESTROYING : READING); },
                   [&](SignedIn) { return std::optional(writes(route) ? CASE_WORK : READING); },
                   [](Right right) { return std::optional(scope_of(right)); }},
        route.admission);
}

const std::set<TokenScope>& every_token_scope() {
    static const std::set<TokenScope> all = [] {
        std::set<TokenScope> scopes;
        const auto& names = *TokenScope_descriptor();
        for (int i = 0; i < names.value_count(); ++i) {
            if (names.value(i)->number() != NO_SCOPE)
                scopes.insert(static_cast<TokenScope>(names.value(i)->number()));
        }
        return scopes;
    }();
    return all;
}

}  // namespace vastine::api
