#include "core/commands/common_arguments.h"

namespace likeness {

Arguments CommonArguments::commonArguments(Work work)
{
    Arguments list{{.name = "--json",
                    .value = &json,
                    .help = QT_TRANSLATE_NOOP("core", "Print one JSON document to stdout and nothing else")}};
    if (work >= Work::Computing)
        list.push_back({.name = "--threads",
                        .value = &threads,
                        .help = QT_TRANSLATE_NOOP("core", "Worker threads; 0 takes every core"),
                        .range = {{0, 256}}});
    if (work >= Work::Networks)
        list.push_back({.name = "--device",
                        .value = &device,
                        .help = QT_TRANSLATE_NOOP(
                            "core", "What networks run on: cpu, cuda where LibTorch has it, reference (LibTorch's own "
                                    "convolutions)"),
                        .choices = {"cpu", "cuda", "reference"}});
    if (work >= Work::Caching)
        list.push_back(
            {.name = "--cache-dir",
             .value = &cacheDir,
             .help = QT_TRANSLATE_NOOP("core", "Folder of the feature cache instead of the user's cache folder")});
    if (work >= Work::Features)
        list.push_back({.name = "--no-cache",
                        .value = &noCache,
                        .help = QT_TRANSLATE_NOOP("core", "Neither read nor write the feature cache")});
    return list;
}

Arguments RecipeArguments::recipeArguments()
{
    return {{.name = "--recipe",
             .value = &recipe,
             .help = QT_TRANSLATE_NOOP("core", "Recipe id or JSON file"),
             .byDefault = defaultRecipe},
            {.name = "--set",
             .value = &overrides,
             .help = QT_TRANSLATE_NOOP("core", "stage.key=value of the recipe, may be repeated")}};
}

Arguments OutputFile::arguments(const char *help, bool required)
{
    return {{.name = "--force",
             .value = &force,
             .help = QT_TRANSLATE_NOOP("core", "Replace the file of --out where it is there already")},
            {.name = "--out", .value = &path, .help = help, .required = required}};
}

} // namespace likeness
