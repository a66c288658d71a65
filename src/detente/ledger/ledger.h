#pragma once
// Room `ledger`: what do many documents state, and where is it kept?
//   in:  the records of documents, one after the other     out: a store on disk, and answers from
//   it invariants: the store holds whole documents alone, whatever ends the program; the same input
//   gives the same rows, however often it was interrupted; a document that is there changes nothing
//   absent on purpose: reading and coding; what a commitment came to (`outcome`); clocks

#include "detente/ledger.h"  // IWYU pragma: export
