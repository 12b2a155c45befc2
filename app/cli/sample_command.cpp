#include "app/cli/options.h"

namespace likeness::cli {

ExitCode run(const SampleCommand &command)
{
    ConsoleContext context;
    const SampleSpec &spec = command.spec;
    writeSampleWorkspace(command.folder, spec, context);
    context.finish();
    if (command.json)
        printJson({{"folder", command.folder},
                   {"gallery", spec.gallery},
                   {"queries", spec.queriesWithSource + spec.queriesWithout},
                   {"queries_with_source", spec.queriesWithSource}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1: %2 gallery images, %3 queries, %4 of them with a source"),
             {command.folder, std::to_string(spec.gallery),
              std::to_string(spec.queriesWithSource + spec.queriesWithout), std::to_string(spec.queriesWithSource)}});
    return Done;
}

} // namespace likeness::cli
