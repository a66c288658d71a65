#pragma once
// Room `nn`: what do these numbers give?
//   in:  a model file's sections, rows of numbers     out: rows of numbers
//   absent on purpose: language; it knows no word

#include "detente/nn/hash.h"
#include "detente/nn/model_file.h"
