#include "app/cli/options.h"
#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/search/duplicates.h"
#include "core/search/index_files.h"

#include <cstdio>
#include <ostream>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

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
void refuseForIndex(const DuplicatesCommand &command)
{
    const std::pair<const char *, bool> given[] = {{"--recipe", command.recipe.has_value()},
                                                   {"--set", !command.overrides.empty()},
                                                   {"--device", !command.device.empty()},
                                                   {"--cache-dir", !command.cacheDir.empty()},
                                                   {"--no-cache", command.noCache}};
    for (const auto &[name, isGiven] : given)
        if (isGiven)
            throw UsageError{
                {QT_TRANSLATE_NOOP("core", "%1 is an index, where %2 means nothing"), {command.folders[0], name}}};
}

} // namespace

ExitCode run(const DuplicatesCommand &command)
{
    checkOutput(command.out);
    ConsoleContext context;
    const std::vector<std::filesystem::path> folders(command.folders.begin(), command.folders.end());
    const bool isIndex = folders.size() == 1 && holdsIndex(folders[0]);
    if (isIndex)
        refuseForIndex(command);
    const Duplicates found =
        isIndex ? findDuplicates(*Engine::open(folders[0], nullptr), command.search, context)
                : findDuplicates(chosenRecipe(command), folders, openCache(command), command.search, context);
    const ExitCode code = reportProblems(context);
    if (!command.out.path.empty())
        writeGroups(command.out.path, found);
    if (command.json)
        printJson(
            {{"images", found.images}, {"groups", groupsJson(found)}, {"problems", problemsJson(context.problems())}});
    else
        printGroups(found);
    return code;
}

} // namespace likeness::cli
