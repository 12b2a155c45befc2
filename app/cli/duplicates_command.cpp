#include "app/cli/options.h"
#include "app/cli/output_file.h"
#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/search/default_recipe.h"
#include "core/search/duplicates.h"
#include "core/search/index_files.h"

#include <cstdio>
#include <ostream>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

struct DuplicatesCommandOptions : RecipeOptions {
    std::vector<std::string> folders;
    OutputFile out;
    double threshold = 0;
    DuplicateOptions search;
};

/// group,file,score,identical
void writeGroups(const std::string &file, const Duplicates &found)
{
    writeFileAside(file, [&](std::ostream &out) {
        writeCsvRow(out, {"group", "file", "score", "identical"});
        for (std::size_t i = 0; i < found.groups.size(); ++i)
            for (const auto &[name, score] : found.groups[i].members)
                writeCsvRow(
                    out, {std::to_string(i + 1), name, toText(double{score}), found.groups[i].identical ? "1" : "0"});
    });
}

Json groupsJson(const Duplicates &found)
{
    Json groups = Json::array();
    for (const DuplicateGroup &group : found.groups) {
        Json members = Json::array();
        for (const auto &[name, score] : group.members)
            members.push_back({{"file", name}, {"score", score}});
        groups.push_back({{"identical", group.identical}, {"members", std::move(members)}});
    }
    return groups;
}

void printGroups(const Duplicates &found)
{
    for (const DuplicateGroup &group : found.groups) {
        say({group.identical ? QT_TRANSLATE_NOOP("core", "the same bytes") : QT_TRANSLATE_NOOP("core", "alike"), {}});
        for (const auto &[name, score] : group.members)
            std::printf("  %.4f  %s\n", static_cast<double>(score), name.c_str());
    }
    say({QT_TRANSLATE_NOOP("core", "%1 images, %2 groups"),
         {std::to_string(found.images), std::to_string(found.groups.size())}});
}

/// An index has its recipe and its vectors: what would choose or make others is refused.
void refuseForIndex(const CLI::App &command, const std::string &folder)
{
    for (const char *name : {"--recipe", "--set", "--device", "--cache-dir", "--no-cache"})
        if (command.count(name) > 0)
            throw UsageError{{QT_TRANSLATE_NOOP("core", "%1 is an index, where %2 means nothing"), {folder, name}}};
}

ExitCode runDuplicates(DuplicatesCommandOptions options, const CLI::App &command, bool ownThreshold)
{
    options.out.check();
    if (ownThreshold)
        options.search.threshold = options.threshold;
    ConsoleContext context;
    options.apply();
    const std::vector<std::filesystem::path> folders(options.folders.begin(), options.folders.end());
    const bool isIndex = folders.size() == 1 && holdsIndex(folders[0]);
    if (isIndex)
        refuseForIndex(command, options.folders[0]);
    const Duplicates found = isIndex ? findDuplicates(*Engine::open(folders[0], nullptr), options.search, context)
                                     : findDuplicates(chosenRecipe(options.recipe, options.overrides), folders,
                                                      options.openCache(), options.search, context);
    const ExitCode code = reportProblems(context);
    if (!options.out.path.empty())
        writeGroups(options.out.path, found);
    if (options.json)
        printJson(
            {{"images", found.images}, {"groups", groupsJson(found)}, {"problems", problemsJson(context.problems())}});
    else
        printGroups(found);
    return code;
}

} // namespace

void addDuplicatesCommand(CLI::App &app, Run &run)
{
    CLI::App *command = app.add_subcommand(
        "duplicates", QT_TRANSLATE_NOOP("core", "Groups of images that are the same or copies of each other"));
    auto options = std::make_shared<DuplicatesCommandOptions>();
    command
        ->add_option("folders", options->folders,
                     QT_TRANSLATE_NOOP("core", "Folders of images, or one folder of an index on disk"))
        ->required();
    options->addRecipe(*command, defaultVectorRecipeId); // an index has its own
    options->out.addTo(*command, QT_TRANSLATE_NOOP("core", "CSV file: group,file,score,identical"));
    CLI::Option *threshold = command->add_option(
        "--threshold", options->threshold,
        QT_TRANSLATE_NOOP("core", "Score from which two images belong together, instead of one by --chance"));
    command
        ->add_option("--chance", options->search.chancePairs,
                     QT_TRANSLATE_NOOP(
                         "core", "Pairs of unrelated images, in the whole collection, that may be taken for copies"))
        ->check(CLI::PositiveNumber)
        ->excludes(threshold)
        ->capture_default_str();
    command
        ->add_option("--neighbours", options->search.neighbours,
                     QT_TRANSLATE_NOOP("core", "Nearest images of each that are looked at"))
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    options->addTo(*command, Work::Features);
    command->callback([=, &run] { run = [=] { return runDuplicates(*options, *command, threshold->count() > 0); }; });
}

} // namespace likeness::cli
