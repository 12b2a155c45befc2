#include "core/base/hash.h"

#include <cstring>
#include <xxhash.h>

namespace likeness {

ContentHash contentHash(std::span<const std::uint8_t> bytes)
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    ContentHash hash;
    std::memcpy(hash.data(), canonical.digest, hash.size());
    return hash;
}

ContentHash contentHash(std::string_view text)
{
    return contentHash(std::span(reinterpret_cast<const std::uint8_t *>(text.data()), text.size()));
}

std::string toHex(const ContentHash &hash)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (const std::uint8_t byte : hash) {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

} // namespace likeness
