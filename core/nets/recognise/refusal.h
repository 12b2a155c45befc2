#pragma once

#include "core/base/error.h"
#include "core/weights/weight_file.h"

namespace likeness {

/// The first names of a file.
std::string namesSeen(const WeightFile &file);

/// Why a file of no known architecture is refused: what it looks like, which names it shares with the nearest family,
/// what can be done.
Message unknownArchitecture(const WeightFile &file);

} // namespace likeness
