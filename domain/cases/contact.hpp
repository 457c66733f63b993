#pragma once
#include "domain/cases/decider.hpp"
namespace vastine::domain::contact { struct State {}; }
