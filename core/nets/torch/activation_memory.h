#pragma once

#include <cstddef>

namespace likeness {

/// From the first call on LibTorch takes the memory of its tensors from blocks that are kept when they become free:
/// getting them anew from the system takes more time than a convolution (page faults), and glibc's heap, told to keep
/// everything, grows without end where small results are kept between large blocks.
/// `mostBytes` are kept of a thread, at most; the largest of all calls counts.
void keepActivationMemory(std::size_t mostBytes = std::size_t{1} << 29);

} // namespace likeness
