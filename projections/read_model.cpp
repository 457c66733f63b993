#include "projections/read_model.hpp"
