#pragma once
// When do two documents speak of the same commitment? Pure functions over what was found.

#include <string>
#include <string_view>
#include <vector>

#include "detente/outlook/outlook_document.h"

namespace detente::outlook {

/// How many words two matters share: the same word, or words of one stem ("withdraw",
/// "withdrawal").
[[nodiscard]] int shared_words(const Matter& a, const Matter& b);

/// Some party is on both sides of the comparison.
[[nodiscard]] bool share_party(const Matter& a, const Matter& b);

/// How well a later mention fits a commitment; 0: it is another.
[[nodiscard]] int likeness(const Matter& commitment, const Matter& later);

/// The same for tellings of one commitment that differ only in order and form of their words.
[[nodiscard]] std::string key(const Matter& matter, Form form);

}  // namespace detente::outlook
