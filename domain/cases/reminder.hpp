#pragma once
#include "domain/cases/decider.hpp"
namespace vastine::domain::reminder { struct State {}; }
