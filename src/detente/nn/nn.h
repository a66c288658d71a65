#pragma once
// Room `nn`: what do the numbers say?
//   in:  a model file, rows of numbers     out: rows of numbers
//   invariants: one scalar kernel is the reference for each SIMD one
//   absent on purpose: language; this room does not know what a word is

#include "detente/nn/hash.h"
#include "detente/nn/model_file.h"
