#include "app/cli/options.h"
#include "app/cli/output_file.h"
#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/search/gallery_folder.h"
#include "core/search/labelling.h"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace likeness::cli {

namespace {

struct Options : CommonOptions {
    std::string folder, words, wordsFile;
    OutputFile out;
    LabelOptions labels;
};

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

ExitCode label(Options options)
{
    options.out.check();
    ConsoleContext context;
    options.apply();
    options.labels.words =
        wordsIn(options.words + "\n" + (options.wordsFile.empty() ? "" : readText(options.wordsFile)));
    const ImageSet images = GalleryFolder::open(options.folder, options.openCache(), context).workspace.gallery;
    const Labelling labelling = labelImages(images, options.labels, options.openCache(), context);
    context.finish();
    if (!options.out.path.empty())
        writeFileAside(options.out.path, [&](std::ostream &out) { writeLabels(labelling, images, out); });
    if (options.json)
        printJson(json(labelling, images, context.problems()));
    else
        printBars(labelling, images.size());
    const ExitCode code = reportProblems(context);
    const auto shares = labelling.shares();
    const bool none = std::ranges::all_of(shares, [](const Labelling::Share &share) { return share.images == 0; });
    return none && code == DoneWithProblems ? NothingDone : code;
}

} // namespace

void addLabelCommand(CLI::App &app, Run &run)
{
    CLI::App *command = app.add_subcommand(
        "label", QT_TRANSLATE_NOOP("core", "Which of some words describes each image (CLIP-like models)"));
    auto options = std::make_shared<Options>();
    command->add_option("workspace", options->folder, QT_TRANSLATE_NOOP("core", "Workspace or folder of images"))
        ->required();
    command->add_option("--words", options->words,
                        QT_TRANSLATE_NOOP("core", "Words between commas: \"cat, dog, street at night\""));
    command->add_option("--words-file", options->wordsFile, QT_TRANSLATE_NOOP("core", "A file with a word a line"));
    command->add_option(
        "--model", options->labels.model,
        QT_TRANSLATE_NOOP("core", "Installed model that understands texts; without it their names are said"));
    command
        ->add_option("--pattern", options->labels.pattern,
                     QT_TRANSLATE_NOOP("core", "Sentence around a word, %1 being its place"))
        ->capture_default_str();
    options->out.addTo(*command, QT_TRANSLATE_NOOP("core", "CSV file to write: image, label, probabilities"));
    options->addTo(*command, Work::Features);
    command->callback([=, &run] { run = [=] { return label(*options); }; });
}

} // namespace likeness::cli
