// A stranger's first program: only what is installed, only the front door.
#include <detente/detente.h>

#include <iostream>

int main(int argc, char** argv) {
  const auto day = detente::Date::parse("2024-02-29");
  if (!day || day->plus_days(1).text() != "2024-03-01") return 1;
  const auto missing = detente::Engine::open({"no/such/model.dtm", "no/such/data"});
  if (missing || missing.error().code.empty()) return 2;
  if (argc == 3) {
    const auto engine = detente::Engine::open({argv[1], argv[2]});
    if (!engine) return 3;
    std::cout << engine->model_name() << '\n';
  }
  std::cout << "detente " << detente::kVersion << ": " << missing.error().code << '\n';
  return 0;
}
