#pragma once
// Part of the front door, so it stands with the installed headers.

#include "detente/date.h"  // IWYU pragma: export
