#pragma once

namespace likeness {

/// Where nobody chose a recipe, on the command line and in the window: the first of the shipped ones.
inline constexpr const char *defaultRecipeId = "best";
/// The same of a folder that is indexed.
inline constexpr const char *defaultIndexRecipeId = "large";
/// The same where one branch of vectors is needed: duplicates of folders, the analysis of vectors.
inline constexpr const char *defaultVectorRecipeId = "likeness-lite";

} // namespace likeness
