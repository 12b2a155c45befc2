#include "ui/recipe_library.h"

#include "core/search/recipe_store.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"

#include <algorithm>

namespace likeness::ui {

RecipeLibrary::RecipeLibrary(QObject *parent) : QObject(parent), m_all(allRecipes()) {}

const Recipe *RecipeLibrary::find(const std::string &id) const
{
    const auto found = std::ranges::find(m_all, id, &Recipe::id);
    return found == m_all.end() ? nullptr : &*found;
}

bool RecipeLibrary::isOwn(const std::string &id) const
{
    return find(id) && std::ranges::find(shippedRecipes(), id, &Recipe::id) == shippedRecipes().end();
}

QString RecipeLibrary::save(const Recipe &recipe)
{
    try {
        saveUserRecipe(recipe);
    } catch (const Error &error) {
        return toQString(error.message());
    }
    reload();
    return {};
}

QString RecipeLibrary::remove(const std::string &id)
{
    try {
        removeUserRecipe(id);
    } catch (const Error &error) {
        return toQString(error.message());
    }
    reload();
    return {};
}

void RecipeLibrary::reload()
{
    m_all = allRecipes();
    Q_EMIT changed();
}

QString recipeTitle(const Recipe &recipe)
{
    const std::string &title = recipe.title.in(languageKey());
    return toQString(title.empty() ? recipe.id : title);
}

} // namespace likeness::ui
