#pragma once

#include "core/base/task.h"
#include "core/search/recipe.h"

namespace likeness {

// The user's own recipes: one JSON file each in userDataFolder()/recipes, named by the id.

std::filesystem::path userRecipeFolder();
/// By id. A file that is no recipe, or not named by its id, becomes a problem.
std::vector<Recipe> userRecipes(TaskContext &context = TaskContext::none());
/// Over an older one of the same id. Throws Error{InvalidArgument} for the id of a shipped recipe or one that is no
/// file name, Error{Io}.
void saveUserRecipe(const Recipe &recipe);
/// Why recipes of this id cannot be saved; nothing where they can.
std::optional<Message> refusalOfRecipeId(const std::string &id);
/// Throws Error{Io}.
void removeUserRecipe(const std::string &id);
/// The shipped ones, then the user's.
std::vector<Recipe> allRecipes();
/// One of them by id, or a JSON file by path. Throws Error{NotFound} naming the nearest id.
Recipe recipeNamed(const std::string &idOrPath);

} // namespace likeness
