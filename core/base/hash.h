#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace likeness {

/// XXH3-128 (xxHash 0.8), canonical big-endian bytes. Identifies content; not cryptographic.
using ContentHash = std::array<std::uint8_t, 16>;

ContentHash contentHash(std::span<const std::uint8_t> bytes);
ContentHash contentHash(std::string_view text);
std::string toHex(const ContentHash &hash);

} // namespace likeness
