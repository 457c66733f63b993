#include "domain/calendar/date.hpp"
