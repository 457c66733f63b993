#pragma once
#include "domain/cases/decider.hpp"
namespace vastine::domain::request { struct State {}; }
