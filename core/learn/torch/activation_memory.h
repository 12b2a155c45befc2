#pragma once

namespace likeness {

/// From the first call on LibTorch takes the memory of its tensors from blocks that are kept when they become free:
/// getting them anew from the system takes more time than a convolution (page faults), and glibc's heap, told to keep
/// everything, grows without end where small results are kept between large blocks.
void keepActivationMemory();

} // namespace likeness
