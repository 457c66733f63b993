#pragma once
#include "domain/cases/decider.hpp"
namespace vastine::domain::reference_data { struct State {}; }
