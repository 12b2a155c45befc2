#pragma once

#include "core/features/extractor.h"

namespace likeness {

/// Which side of a comparison is also looked at in crops.
enum class Crops { None, Gallery, Query, Both };

inline bool isCropped(Crops crops, Role role)
{
    return crops == Crops::Both || crops == (role == Role::Query ? Crops::Query : Crops::Gallery);
}

} // namespace likeness
