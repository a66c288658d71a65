#pragma once
// What the shared library shows to those who link it. Everything else stays hidden.

#define DETENTE_API __attribute__((visibility("default")))
