#include "api/execution.hpp"
