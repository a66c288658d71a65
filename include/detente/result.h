#pragma once
// Result<T>: a value, or an Error that says what is wrong, where, and what to do next.
// The member names are those of std::expected, so that it can take over once both our compilers
// have it.

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "detente/assert.h"

namespace detente {

/// What kind of trouble it is; the command line turns it into its exit status.
enum class ErrorKind : std::uint8_t {
  BadInput,  ///< a file, a document, a model: named in the message
  BadUsage,  ///< an option or an argument
  Internal,  ///< our own fault
};

/// One message for people: `code` is the same for the same mistake on every machine ("D0207").
struct Error {
  std::string code;
  std::string message;
  ErrorKind kind = ErrorKind::BadInput;

  /// "D0207 message", as it is printed.
  [[nodiscard]] std::string text() const { return code + " " + message; }
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] T& value() & {
    DETENTE_ASSERT(has_value(), "value() is asked of a Result that has one");
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const T& value() const& {
    DETENTE_ASSERT(has_value(), "value() is asked of a Result that has one");
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && {
    DETENTE_ASSERT(has_value(), "value() is asked of a Result that has one");
    return std::move(*std::get_if<0>(&state_));
  }
  [[nodiscard]] const Error& error() const& {
    DETENTE_ASSERT(!has_value(), "error() is asked of a Result that failed");
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] Error&& error() && {
    DETENTE_ASSERT(!has_value(), "error() is asked of a Result that failed");
    return std::move(*std::get_if<1>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

/// Nothing to return, but it may fail.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT: implicit

  [[nodiscard]] bool has_value() const noexcept { return !failed_; }
  explicit operator bool() const noexcept { return !failed_; }
  [[nodiscard]] const Error& error() const& { return error_; }
  [[nodiscard]] Error&& error() && { return std::move(error_); }

 private:
  Error error_;
  bool failed_ = false;
};

}  // namespace detente

#define DETENTE_CONCAT_INNER(a, b) a##b
#define DETENTE_CONCAT(a, b) DETENTE_CONCAT_INNER(a, b)

/// DETENTE_TRY(MappedFile file, MappedFile::open(path)); passes the error on, adding nothing.
#define DETENTE_TRY(declaration, expression) \
  DETENTE_TRY_INNER(DETENTE_CONCAT(detente_try_, __LINE__), declaration, expression)
#define DETENTE_TRY_INNER(temporary, declaration, expression)      \
  auto temporary = (expression);                                   \
  if (!temporary.has_value()) return std::move(temporary).error(); \
  declaration = std::move(temporary).value()

/// The same for Result<void>.
#define DETENTE_TRY_VOID(expression) \
  DETENTE_TRY_VOID_INNER(DETENTE_CONCAT(detente_try_, __LINE__), expression)
#define DETENTE_TRY_VOID_INNER(temporary, expression) \
  if (auto temporary = (expression); !temporary.has_value()) return std::move(temporary).error()
