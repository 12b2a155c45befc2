#pragma once

namespace likeness {

/// Where nobody chose a recipe, on the command line and in the window: the first of the shipped ones.
inline constexpr const char *defaultRecipeId = "best";
/// The same where one branch of vectors is needed: an index on disk, duplicates of folders that may grow into one, the
/// analysis of vectors.
inline constexpr const char *defaultVectorRecipeId = "likeness-small";

} // namespace likeness
