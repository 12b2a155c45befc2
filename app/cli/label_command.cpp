#include "app/cli/options.h"
#include "core/base/file.h"
#include "core/search/gallery_folder.h"
#include "core/search/labelling.h"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace likeness::cli {

namespace {

nlohmann::ordered_json json(const Labelling &labelling, const ImageSet &images, const std::vector<Problem> &problems)
{
    auto rows = nlohmann::ordered_json::array();
    for (ImageId i = 0; i < images.size(); ++i) {
        const int best = labelling.best(i);
        if (best < 0)
            continue;
        const float *row = labelling.probabilities.ptr<float>(i);
        rows.push_back({{"image", images[i].name},
                        {"label", labelling.words[static_cast<std::size_t>(best)]},
                        {"probabilities", std::vector<float>(row, row + labelling.probabilities.cols)}});
    }
    return {
        {"model", labelling.model}, {"words", labelling.words}, {"images", rows}, {"problems", problemsJson(problems)}};
}

void printBars(const Labelling &labelling, int images)
{
    const auto shares = labelling.shares();
    for (std::size_t word = 0; word < shares.size(); ++word) {
        const double share = images > 0 ? static_cast<double>(shares[word].images) / images : 0;
        std::printf("%-28s %6d  %5.1f %%  %s\n", labelling.words[word].c_str(), shares[word].images, 100 * share,
                    std::string(static_cast<std::size_t>(share * 40 + 0.5), '#').c_str());
    }
}

} // namespace

ExitCode run(const LabelCommand &command)
{
    checkOutput(command.out);
    ConsoleContext context;
    const auto cache = openCache(command);
    LabelOptions options = command.labels;
    options.words = wordsIn(command.words + "\n" + (command.wordsFile.empty() ? "" : readText(command.wordsFile)));
    const ImageSet images = GalleryFolder::open(command.workspace, cache, context).workspace.gallery;
    const Labelling labelling = labelImages(images, options, cache, context);
    context.finish();
    if (!command.out.path.empty())
        writeFileAside(command.out.path, [&](std::ostream &out) { writeLabels(labelling, images, out); });
    if (command.json)
        printJson(json(labelling, images, context.problems()));
    else
        printBars(labelling, images.size());
    const ExitCode code = reportProblems(context);
    const auto shares = labelling.shares();
    const bool none = std::ranges::all_of(shares, [](const Labelling::Share &share) { return share.images == 0; });
    return none && code == DoneWithProblems ? NothingDone : code;
}

} // namespace likeness::cli
