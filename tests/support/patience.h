#pragma once

namespace likeness::test {

/// How many times longer a wait may take where a sanitizer looks on.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int patience = 10;
#else
inline constexpr int patience = 1;
#endif

} // namespace likeness::test
