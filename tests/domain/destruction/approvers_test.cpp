#include "domain/destruction/approvers.hpp"

#include <catch2/catch.hpp>

using namespace vastine;
using namespace vastine::domain;
using destruction::Roles;

TEST_CASE("the ombudsmen's list is approved by a head and another ombudsman", "[destruction]") {
    const auto approved = [](const std::vector<Roles>& persons) {
        return destruction::approved(Area::Ombudsman, persons);
    };
    CHECK(approved({{HEAD_OMBUDSMAN}, {OMBUDSMAN}}));
    CHECK(approved({{OMBUDSMAN}, {HEAD_OMBUDSMAN}}));
    CHECK(approved({{HEAD_OMBUDSMAN}, {HEAD_OMBUDSMAN}}));
    CHECK_FALSE(approved({{OMBUDSMAN}, {OMBUDSMAN}}));
    CHECK_FALSE(approved({{HEAD_OMBUDSMAN}}));
    CHECK_FALSE(approved({{HEAD_OMBUDSMAN}, {LAWYER}}));
    CHECK_FALSE(approved({}));
}

TEST_CASE("the legal area's list is approved by a registrar and a lawyer", "[destruction]") {
    const auto approved = [](const std::vector<Roles>& persons) {
        return destruction::approved(Area::Legal, persons);
    };
    CHECK(approved({{REGISTRAR}, {LAWYER}}));
    CHECK(approved({{LAWYER}, {REGISTRAR}}));
    CHECK_FALSE(approved({{REGISTRAR}, {REGISTRAR}}));
    CHECK_FALSE(approved({{LAWYER}, {LAWYER}}));
    CHECK_FALSE(approved({{UNIT_HEAD}, {LAWYER}}));
}

TEST_CASE("somebody with both roles takes one of the places, whichever is left", "[destruction]") {
    const Roles both{REGISTRAR, LAWYER};
    CHECK(destruction::approved(Area::Legal, {both, {LAWYER}}));
    CHECK(destruction::approved(Area::Legal, {both, {REGISTRAR}}));
    CHECK(destruction::approved(Area::Legal, {both, both}));
    CHECK_FALSE(destruction::approved(Area::Legal, {both}));
}

TEST_CASE("one person sits when there is a place for the roles, and a third never does", "[destruction]") {
    CHECK(destruction::seated(Area::Ombudsman, {{OMBUDSMAN}}));
    CHECK_FALSE(destruction::seated(Area::Ombudsman, {{OMBUDSMAN}, {OMBUDSMAN}}));
    CHECK_FALSE(destruction::seated(Area::Ombudsman, {{REGISTRAR}}));
    CHECK_FALSE(destruction::seated(Area::Legal, {{REGISTRAR}, {LAWYER}, {LAWYER}}));
    CHECK(destruction::approves(Area::Legal, {LAWYER, AUDITOR}));
    CHECK_FALSE(destruction::approves(Area::Legal, {UNIT_HEAD}));
    CHECK_FALSE(destruction::approves(Area::Ombudsman, {LAWYER}));
}
