#pragma once

#include <string>
#include <string_view>

namespace likeness {

/// Unicode by Qt's tables, for tokenizers. Text is UTF-8; bytes that are none become U+FFFD.
std::u32string codePoints(std::string_view utf8);
std::string utf8Of(std::u32string_view points);

bool isLetter(char32_t point);         ///< \p{L}
bool isNumber(char32_t point);         ///< \p{N}
bool isWhiteSpace(char32_t point);     ///< White_Space property
bool isPunctuation(char32_t point);    ///< \p{P}
bool isNonspacingMark(char32_t point); ///< \p{Mn}
bool isOther(char32_t point);          ///< \p{C}: control, format, private, unassigned

std::string lowered(std::string_view utf8);
/// Normalization Form C.
std::string composed(std::string_view utf8);
/// Normalization Form D.
std::string decomposed(std::string_view utf8);

} // namespace likeness
