#pragma once
// When do two documents speak of the same commitment? Pure functions over what was found.

#include <string>
#include <string_view>
#include <vector>

#include "detente/outlook/outlook_document.h"

namespace detente::outlook {

/// Concept of a fate that is told by what was not done: "has yet to destroy its mines".
inline constexpr std::string_view kUndone = "undone";
/// Words that what was done or left undone must share with a promise to be what was promised: its
/// verb and one thing.
inline constexpr int kWordsOfADeed = 2;
/// First letter of a word that names where, or in which year, a commitment was made; "@" is that of
/// a country's.
inline constexpr char kMadeAt = '=';
/// Stands among the words of a promise of a thing, and of deeds by which things come about.
inline constexpr std::string_view kGiving = "+";

/// How many words two matters share, names apart: the same word, or words of one stem ("withdraw",
/// "withdrawal").
[[nodiscard]] int shared_words(const Matter& a, const Matter& b);

/// How many names of `a` are said in `b` too: "@KOR" among its words or parties, "=lima" among its
/// words.
[[nodiscard]] int names_in(const Matter& a, const Matter& b);

/// Countries that both name, and the place where one was made when the other names it.
[[nodiscard]] int shared_names(const Matter& a, const Matter& b);

/// How many words a matter has, names apart.
[[nodiscard]] int plain_words(const Matter& matter);

/// Some party is on both sides of the comparison.
[[nodiscard]] bool share_party(const Matter& a, const Matter& b);

/// How well a later mention fits a commitment; 0: it is another.
[[nodiscard]] int likeness(const Matter& commitment, const Matter& later);

/// The same for tellings of one commitment that differ only in order and form of their words.
[[nodiscard]] std::string key(const Matter& matter, Form form);

}  // namespace detente::outlook
