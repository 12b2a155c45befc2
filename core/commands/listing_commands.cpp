#include "core/commands/listing_commands.h"

namespace likeness {

Arguments SampleCommand::arguments()
{
    return Arguments{
               {.name = "folder",
                .value = &folder,
                .help = QT_TRANSLATE_NOOP("core", "New or empty folder"),
                .required = true},
               {.name = "--seed",
                .value = &spec.seed,
                .help = QT_TRANSLATE_NOOP("core", "Another seed draws other scenes")},
               {.name = "--count",
                .value = &spec.gallery,
                .help = QT_TRANSLATE_NOOP("core", "Gallery images"),
                .range = {{1, 1'000'000}}},
               {.name = "--queries",
                .value = &spec.queriesWithSource,
                .help = QT_TRANSLATE_NOOP("core", "Queries with a source"),
                .range = {{0, 1'000'000}}},
               {.name = "--distractors",
                .value = &spec.queriesWithout,
                .help = QT_TRANSLATE_NOOP("core", "Queries without a source"),
                .range = {{0, 1'000'000}}},
               {.name = "--side",
                .value = &spec.side,
                .help = QT_TRANSLATE_NOOP("core", "Small square pictures of so many pixels, drawn quickly, for large "
                                                  "collections; 0: 480 x 360"),
                .range = {{0, 1024}}},
           } +
           commonArguments(Work::Computing);
}

Arguments MethodsCommand::arguments()
{
    return commonArguments(Work::Reading) + Arguments{{.name = "--markdown",
                                                       .value = &markdown,
                                                       .help = QT_TRANSLATE_NOOP("core", "Print the help page"),
                                                       .excludes = "--json"}};
}

} // namespace likeness
