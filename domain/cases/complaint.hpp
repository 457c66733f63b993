#pragma once
#include "domain/cases/decider.hpp"
namespace vastine::domain::complaint { struct State {}; }
