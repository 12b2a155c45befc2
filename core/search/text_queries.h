#pragma once

#include "core/search/recipe.h"

namespace likeness {

/// Whether sentences can be looked for with the recipe: all its models were trained with them. Reads no weights, only
/// what is known of the models. Throws Error where a model is not installed or none was chosen.
bool understandsText(const Recipe &recipe);

} // namespace likeness
