#include "app/cli/options.h"
#include "core/base/parallel.h"
#include "core/base/plain_text.h"
#include "core/eval/vector_analysis.h"
#include "core/search/gallery_folder.h"

#include <cstdio>
#include <numeric>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

double meanOf(const std::vector<float> &values)
{
    return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

void printText(const VectorAnalysis &analysis)
{
    say({QT_TRANSLATE_NOOP("core", "%1 vectors of %2 entries"),
         {std::to_string(analysis.vectors), std::to_string(analysis.width)}});
    for (const std::size_t dims : {10u, 50u, 100u, 200u})
        if (dims <= analysis.explained.size())
            say({QT_TRANSLATE_NOOP("core", "%1 directions hold %2 of the variance"),
                 {std::to_string(dims), fixedText(analysis.explained[dims - 1], 4)}});
    say({QT_TRANSLATE_NOOP("core",
                           "mean distance as it is: %1 to the source, %2 of two images; whitened to %3: %4, %5"),
         {fixedText(meanOf(analysis.sameBefore), 3), fixedText(meanOf(analysis.otherBefore), 3),
          std::to_string(analysis.whitenedDims), fixedText(meanOf(analysis.sameAfter), 3),
          fixedText(meanOf(analysis.otherAfter), 3)}});
    std::printf("%12s %10s %22s\n", "bytes", "recall@10", "exact scores for 20");
    for (const CodeSizeRecall &size : analysis.codes)
        std::printf("%12d %10.4f %22.4f\n", size.bytes, size.recall, size.rescored);
}

} // namespace

ExitCode run(const BenchVectorsCommand &command)
{
    const Recipe recipe = chosenRecipe(command);
    ConsoleContext context;
    const auto cache = openCache(command);
    const Workspace workspace = GalleryFolder::open(command.workspace, cache, context).workspace;
    const VectorAnalysis analysis = analyseVectors(recipe, workspace, cache, context);
    const ExitCode code = reportProblems(context);
    if (!command.json) {
        printText(analysis);
        return code;
    }
    Json codes = Json::array();
    for (const CodeSizeRecall &size : analysis.codes)
        codes.push_back({{"bytes", size.bytes}, {"recall10", size.recall}, {"recall10_rescored", size.rescored}});
    printJson({{"recipe", recipe.id},
               {"vectors", analysis.vectors},
               {"dimensions", analysis.width},
               {"explained", analysis.explained},
               {"whitened_dimensions", analysis.whitenedDims},
               {"distance_same", meanOf(analysis.sameBefore)},
               {"distance_other", meanOf(analysis.otherBefore)},
               {"distance_same_whitened", meanOf(analysis.sameAfter)},
               {"distance_other_whitened", meanOf(analysis.otherAfter)},
               {"codes", std::move(codes)},
               {"problems", problemsJson(context.problems())}});
    return code;
}

} // namespace likeness::cli
