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
    CLI::App *command = app.add_subcommand("sample", "Write the built-in sample workspace");
    auto options = std::make_shared<Options>();
    command->add_option("folder", options->folder, "New or empty folder")->required();
    command->add_option("--seed", options->spec.seed, "Another seed draws other scenes")->capture_default_str();
    command->add_option("--count", options->spec.gallery, "Gallery images")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    command->add_option("--queries", options->spec.queriesWithSource, "Queries with a source")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    command->add_option("--distractors", options->spec.queriesWithout, "Queries without a source")
        ->check(CLI::Range(0, 1'000'000))
        ->capture_default_str();
    command
        ->add_option("--side", options->spec.side,
                     "Small square pictures of so many pixels, drawn quickly, for large collections; 0: 480 x 360")
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
                std::printf("%s: %d gallery images, %d queries, %d of them with a source\n", options->folder.c_str(),
                            spec.gallery, spec.queriesWithSource + spec.queriesWithout, spec.queriesWithSource);
            return Done;
        };
    });
}

} // namespace likeness::cli
