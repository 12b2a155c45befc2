#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace likeness {

/// Text of files, command lines and keys, the same under every locale: a point before the decimals, ASCII letters only.
/// printf, strtod and tolower follow the user's locale instead (a comma in de_DE, no lower "I" in tr_TR).

/// As printf("%.*f") in the C locale; `decimals` 0 .. 20.
std::string fixedText(double value, int decimals);
/// As printf("%.*g") in the C locale; `digits` 1 .. 20.
std::string roundedText(double value, int digits);
/// The number that the whole text is, "nan" and "inf" too; nothing if it is none or beyond a double.
std::optional<double> numberIn(std::string_view text);

constexpr char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool isAsciiWord(char c)
{
    return (lowerAscii(c) >= 'a' && lowerAscii(c) <= 'z') || (c >= '0' && c <= '9');
}

} // namespace likeness
