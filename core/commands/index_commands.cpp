#include "core/commands/index_commands.h"

namespace likeness {

Arguments IndexBuildCommand::arguments()
{
    return Arguments{
               {.name = "images",
                .value = &images,
                .help = QT_TRANSLATE_NOOP("core", "Folder of images"),
                .required = true},
               {.name = "--out",
                .value = &folder,
                .help = QT_TRANSLATE_NOOP("core", "Folder of the index"),
                .required = true},
           } +
           recipeArguments() + commonArguments(Work::Features);
}

Arguments OneIndexArguments::indexArguments(Work work)
{
    return Arguments{{.name = "index",
                      .value = &folder,
                      .help = QT_TRANSLATE_NOOP("core", "Folder of the index"),
                      .required = true}} +
           commonArguments(work);
}

Arguments IndexSearchCommand::arguments()
{
    return indexArguments(Work::Networks) +
           Arguments{
               {.name = "--query",
                .value = &queries,
                .help = QT_TRANSLATE_NOOP("core", "An image file; may be repeated"),
                .required = true},
               {.name = "--under",
                .value = &under,
                .help = QT_TRANSLATE_NOOP("core", "Only images whose names begin with this, such as holidays/2019/")},
               {.name = "--top",
                .value = &top,
                .help = QT_TRANSLATE_NOOP("core", "Answers a query"),
                .range = {{1, 100'000}}},
           };
}

} // namespace likeness
