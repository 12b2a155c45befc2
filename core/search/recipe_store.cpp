#include "core/search/recipe_store.h"

#include "core/base/file.h"
#include "core/base/json_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

namespace likeness {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longestId = 100; // bytes

Recipe readRecipe(const fs::path &file)
{
    try {
        return Recipe::fromJson(parseJson(readText(file)), toUtf8(file));
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 is not a recipe: %2"),
                    {toUtf8(file), error.what()});
    }
}

fs::path fileOf(const std::string &id)
{
    return userRecipeFolder() / (id + ".json");
}

} // namespace

fs::path userRecipeFolder()
{
    return userDataFolder() / "recipes";
}

std::vector<Recipe> userRecipes(TaskContext &context)
{
    std::vector<Recipe> recipes;
    std::error_code none; // no folder: no recipes yet
    for (const auto &entry : fs::directory_iterator(userRecipeFolder(), none)) {
        if (entry.path().extension() != ".json")
            continue;
        try {
            Recipe recipe = readRecipe(entry.path());
            if (fileOf(recipe.id).filename() != entry.path().filename() || refusalOfRecipeId(recipe.id))
                throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 is not named by the id of its recipe"),
                            {toUtf8(entry.path())});
            recipes.push_back(std::move(recipe));
        } catch (const Error &error) {
            context.problem({toUtf8(entry.path()), error.message()});
        }
    }
    std::ranges::sort(recipes, {}, &Recipe::id);
    return recipes;
}

std::optional<Message> refusalOfRecipeId(const std::string &id)
{
    const bool spoilt = std::ranges::any_of(id, [](unsigned char c) { return c < ' ' || c == '/' || c == '\\'; });
    if (id.empty() || id.size() > longestId || spoilt || id.starts_with('.') || id.ends_with(".json") ||
        id.starts_with(' ') || id.ends_with(' '))
        return Message{QT_TRANSLATE_NOOP("core", "\"%1\" is no name for a recipe: it becomes the name of a file"),
                       {id}};
    if (std::ranges::find(shippedRecipes(), id, &Recipe::id) != shippedRecipes().end())
        return Message{QT_TRANSLATE_NOOP("core", "\"%1\" comes with the program: choose another name"), {id}};
    return std::nullopt;
}

void saveUserRecipe(const Recipe &recipe)
{
    if (const auto refusal = refusalOfRecipeId(recipe.id))
        throw Error(ErrorKind::InvalidArgument, refusal->text, refusal->args);
    std::error_code ignored; // writing says what is wrong
    fs::create_directories(userRecipeFolder(), ignored);
    writeFileAside(fileOf(recipe.id), [&](std::ostream &out) { out << dumpJson(recipe.toJson(), 2) << '\n'; });
}

void removeUserRecipe(const std::string &id)
{
    std::error_code failure;
    if (!fs::remove(fileOf(id), failure) && failure)
        throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 cannot be removed: %2"),
                    {toUtf8(fileOf(id)), failure.message()});
}

std::vector<Recipe> allRecipes()
{
    std::vector<Recipe> recipes = shippedRecipes();
    std::ranges::move(userRecipes(), std::back_inserter(recipes));
    return recipes;
}

Recipe recipeNamed(const std::string &idOrPath)
{
    if (idOrPath.ends_with(".json"))
        return readRecipe(idOrPath);
    std::vector<std::string> known;
    for (const Recipe &recipe : shippedRecipes()) { // without a look at the disk
        if (recipe.id == idOrPath)
            return recipe;
        known.push_back(recipe.id);
    }
    for (const Recipe &recipe : userRecipes()) {
        if (recipe.id == idOrPath)
            return recipe;
        known.push_back(recipe.id);
    }
    throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no recipe \"%1\"; the nearest is \"%2\""),
                {idOrPath, nearest(idOrPath, known)});
}

} // namespace likeness
