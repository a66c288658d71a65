#pragma once
// Part of the front door, so it stands with the installed headers.

#include "detente/text_span.h"  // IWYU pragma: export
