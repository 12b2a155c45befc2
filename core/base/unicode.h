#pragma once

#include <string>
#include <string_view>

namespace likeness {

/// Unicode by Qt's tables, for tokenizers. Text is UTF-8; bytes that are none become U+FFFD.
std::u32string codePoints(std::string_view utf8);
std::string utf8Of(std::u32string_view points);

bool isLetter(char32_t point);     ///< \p{L}
bool isNumber(char32_t point);     ///< \p{N}
bool isWhiteSpace(char32_t point); ///< White_Space property

std::string lowered(std::string_view utf8);
/// Normalization Form C.
std::string composed(std::string_view utf8);

} // namespace likeness
