#pragma once

#include <cstddef>

namespace likeness {

/// From the first call on LibTorch takes the memory of its tensors from blocks that are kept when they become free:
/// getting them anew from the system takes more time than a convolution (page faults), and glibc's heap, told to keep
/// everything, grows without end where small results are kept between large blocks.
/// `usuallyKept` bytes of each thread at most, unless it says otherwise.
void keepActivationMemory();

constexpr std::size_t usuallyKept = std::size_t{1} << 29;
/// At most so many bytes of this thread from now on; what is beyond them is given back.
void keepOfThisThread(std::size_t mostBytes);

} // namespace likeness
