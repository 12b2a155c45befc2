#include "app/cli/options.h"
#include "core/base/parallel.h"
#include "core/data/sample_workspace.h"

#include <cstdio>

namespace likeness::cli {

void addSampleCommand(CLI::App &app, Run &run)
{
    struct Options : CommonOptions {
        std::string folder;
        SampleSpec spec;
    };
    CLI::App *command = app.add_subcommand("sample", QT_TRANSLATE_NOOP("core", "Write the built-in sample workspace"));
    auto options = std::make_shared<Options>();
    command->add_option("folder", options->folder, QT_TRANSLATE_NOOP("core", "New or empty folder"))->required();
    command->add_option("--seed", options->spec.seed, QT_TRANSLATE_NOOP("core", "Another seed draws other scenes"))
        ->capture_default_str();
    command->add_option("--count", options->spec.gallery, QT_TRANSLATE_NOOP("core", "Gallery images"))
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command
        ->add_option("--queries", options->spec.queriesWithSource, QT_TRANSLATE_NOOP("core", "Queries with a source"))
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    command
        ->add_option("--distractors", options->spec.queriesWithout,
                     QT_TRANSLATE_NOOP("core", "Queries without a source"))
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    command
        ->add_option(
            "--side", options->spec.side,
            QT_TRANSLATE_NOOP(
                "core", "Small square pictures of so many pixels, drawn quickly, for large collections; 0: 480 x 360"))
        ->check(CLI::Range(0, 1024))
        ->capture_default_str();
    options->addTo(*command, Work::Computing);
    command->callback([=, &run] {
        run = [=] {
            ConsoleContext context;
            options->apply();
            const SampleSpec &spec = options->spec;
            writeSampleWorkspace(options->folder, spec, context);
            context.finish();
            if (options->json)
                printJson({{"folder", options->folder},
                           {"gallery", spec.gallery},
                           {"queries", spec.queriesWithSource + spec.queriesWithout},
                           {"queries_with_source", spec.queriesWithSource}});
            else
                say({QT_TRANSLATE_NOOP("core", "%1: %2 gallery images, %3 queries, %4 of them with a source"),
                     {options->folder, std::to_string(spec.gallery),
                      std::to_string(spec.queriesWithSource + spec.queriesWithout),
                      std::to_string(spec.queriesWithSource)}});
            return Done;
        };
    });
}

} // namespace likeness::cli
