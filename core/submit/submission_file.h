#pragma once

#include "core/submit/submission.h"

namespace likeness {

/// Writes the rows where they answer every query once and name only images that there are. Throws Error{Format} with
/// the first thing that is wrong and how many there are, and writes nothing; Error{Io}.
void writeSubmission(const std::filesystem::path &path, const std::vector<SourceQueryRow> &rows,
                     const ImageSet &gallery, const ImageSet &queries);

} // namespace likeness
