#pragma once
// Room `engine`: the corridor. Loads models and tables once and walks documents through the rooms,
// in batches.
//   in:  files     out: what include/detente promises
//   invariants: results come in the order of the input and do not depend on the number of threads
//   absent on purpose: any knowledge of language or of events; any printing

#include "detente/engine/print_reading.h"
#include "detente/engine/print_record.h"
#include "detente/engine/stages.h"
