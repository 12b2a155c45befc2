// Saves settings and a recipe of the user's without end, for kill_settings.py; or says what is read back.
//
// Run: save_settings FIRST writes numbers from FIRST on and prints each that is saved; save_settings prints the numbers
// of the settings and of the recipe, -1 for what is not whole.
#include "core/search/recipe_store.h"
#include "ui/util/settings.h"

#include <QCoreApplication>
#include <cstdio>
#include <cstdlib>

using namespace likeness;
using likeness::ui::Settings;

namespace {

constexpr const char *recipeId = "kept";
const QString g_mirror = QStringLiteral("https://mirror.example/");

void save(long number)
{
    Settings::setMirror(g_mirror + QString::number(number));
    Settings::addRecentFolder(QStringLiteral("/folder/%1").arg(number));
    Recipe recipe = recipeNamed("tiny-image");
    recipe.id = recipeId;
    recipe.title.byLanguage = {{"en", std::to_string(number)}};
    saveUserRecipe(recipe);
}

/// -1 where what was there before the first number is gone.
long savedSettings()
{
    const QString mirror = Settings::mirror();
    const bool whole = mirror.startsWith(g_mirror) && Settings::language() == QStringLiteral("zh_CN") &&
                       Settings::thumbnailSidePx() == 200 && !Settings::recentFolders().isEmpty();
    return whole ? mirror.mid(g_mirror.size()).toLong() : -1;
}

long savedRecipe()
{
    try {
        return std::strtol(recipeNamed(recipeId).title.in("en").c_str(), nullptr, 10);
    } catch (const Error &) {
        return -1;
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("likeness"));
    QCoreApplication::setApplicationName(QStringLiteral("kill_settings"));
    if (argc < 2) {
        std::printf("%ld %ld\n", savedSettings(), savedRecipe());
        return 0;
    }
    Settings::setLanguage(QStringLiteral("zh_CN"));
    Settings::setThumbnailSidePx(200);
    for (long number = std::strtol(argv[1], nullptr, 10);; ++number) {
        save(number);
        std::printf("%ld\n", number);
        std::fflush(stdout);
    }
}
