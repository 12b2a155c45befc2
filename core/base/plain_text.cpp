#include "core/base/plain_text.h"

#include <array>
#include <charconv>

namespace likeness {

namespace {

std::string written(double value, std::chars_format format, int precision)
{
    std::array<char, 340> text; // the largest double has 309 digits before its point
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value, format, precision).ptr};
}

} // namespace

std::string fixedText(double value, int decimals)
{
    return written(value, std::chars_format::fixed, decimals);
}

std::string roundedText(double value, int digits)
{
    return written(value, std::chars_format::general, digits);
}

std::optional<double> numberIn(std::string_view text)
{
    double value = 0;
    const char *end = text.data() + text.size();
    const auto [at, code] = std::from_chars(text.data(), end, value);
    if (code != std::errc{} || at != end)
        return std::nullopt;
    return value;
}

} // namespace likeness
