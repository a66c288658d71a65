#pragma once
// Room `nn`: what do the trained networks say?
//   in:  numbers (keys of word types, rows)     out: numbers (vectors, scores)
//   invariants: every kernel gives the same bits; a model file is checked before any of it is used
//   absent on purpose: words, labels, news; training

#include "detente/nn/hash.h"
#include "detente/nn/kernels/kernels.h"
#include "detente/nn/layer.h"
#include "detente/nn/model_file.h"
#include "detente/nn/tok2vec.h"
