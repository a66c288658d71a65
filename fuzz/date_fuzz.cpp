// Laws: a date that is read prints as one that reads back to itself, and its parts make it again.

#include <cstdint>
#include <string_view>

#include "detente/base/date.h"
#include "law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using detente::Date;
  const auto date = Date::parse({reinterpret_cast<const char*>(data), size});
  if (!date) return 0;
  DETENTE_LAW(Date::parse(date->text()) == *date);
  DETENTE_LAW(Date::from_ymd(date->year(), date->month(), date->day()) == *date);
  DETENTE_LAW(date->weekday() >= 0 && date->weekday() <= 6);
  DETENTE_LAW(date->plus_days(7).weekday() == date->weekday());
  DETENTE_LAW(date->plus_months(1) > *date);
  return 0;
}
