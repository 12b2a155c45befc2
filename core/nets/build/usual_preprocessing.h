#pragma once

#include "core/nets/image/preprocessing.h"

namespace likeness {

// How libraries prepare images for their networks where no file says it.

inline constexpr std::array<float, 3> clipMean{0.48145466f, 0.4578275f, 0.40821073f},
    clipDeviation{0.26862954f, 0.26130258f, 0.27577711f};
inline constexpr Preprocessing imageNetPreprocessing{};
inline constexpr Preprocessing clipPreprocessing{224, 224, false, true, ResizeFilter::Bicubic, clipMean, clipDeviation};
inline constexpr Preprocessing huggingFaceClipPreprocessing{224,      224,          false, false, ResizeFilter::Bicubic,
                                                            clipMean, clipDeviation};

} // namespace likeness
