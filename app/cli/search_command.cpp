#include "app/cli/options.h"
#include "core/base/plain_text.h"
#include "core/eval/calibration.h"
#include "core/search/gallery_folder.h"
#include "core/submit/submission_file.h"

#include <cmath>
#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

/// A query is a name in query/ or the path of any image.
ImageSet queriesOf(const Workspace &workspace, const std::vector<std::string> &names)
{
    if (names.empty()) {
        requireQueries(workspace);
        return workspace.queries;
    }
    std::vector<ImageRef> images;
    for (const std::string &name : names)
        if (const auto id = workspace.queries.find(name))
            images.push_back(workspace.queries[*id]);
        else
            images.push_back({name, name});
    return ImageSet::of(std::move(images));
}

void printRanking(const QueryResult &result, const Workspace &workspace)
{
    std::printf("%s\n", result.query.c_str());
    const auto *sources = workspace.truth ? workspace.truth->sourcesOf(result.query) : nullptr;
    int rank = 0;
    for (const Hit &hit : result.ranking) {
        const std::string &name = workspace.gallery[hit.image].name;
        const Message judgement{sources && sources->contains(name) ? QT_TRANSLATE_NOOP("core", "right")
                                                                   : QT_TRANSLATE_NOOP("core", "wrong"),
                                {}};
        const std::string mark = sources ? "  " + judgement.localised() : "";
        std::printf("  %3d  %10.5f  %+7.1f sd%s  %s\n", ++rank, static_cast<double>(hit.score),
                    static_cast<double>(hit.margin), mark.c_str(), name.c_str());
    }
    if (result.ranking.empty())
        say({QT_TRANSLATE_NOOP("core", "  no answer"), {}});
}

Json resultJson(const QueryResult &result, const ImageSet &gallery)
{
    Json ranked = Json::array();
    for (const Hit &hit : result.ranking)
        ranked.push_back({{"source", gallery[hit.image].name}, {"score", hit.score}, {"margin", hit.margin}});
    return {{"query", result.query}, {"ranked", std::move(ranked)}};
}

/// Pictures and texts of the command line as one query.
std::vector<QueryResult> searchParts(const Engine &engine, const Workspace &workspace, const SearchCommand &command)
{
    if (command.weights.size() > command.queries.size() + command.texts.size())
        throw UsageError{{QT_TRANSLATE_NOOP("core", "there are more weights than pictures and texts"), {}}};
    std::vector<QueryPart> parts;
    std::string name;
    for (const std::string &query : command.queries) {
        const auto id = workspace.queries.find(query);
        parts.push_back({.image = id ? workspace.queries[*id].path : std::filesystem::path(query)});
        name += (name.empty() ? "" : " + ") + query;
    }
    for (const std::string &text : command.texts) {
        parts.push_back({.text = text});
        name += (name.empty() ? "" : " + ") + text;
    }
    for (std::size_t i = 0; i < command.weights.size(); ++i)
        parts[i].weight = command.weights[i];
    return {engine.searchParts(parts, name, command.top)};
}

/// Throws Error where it cannot be promised, or no score is expected to reach it.
float cutFor(double precision, const std::optional<Calibration> &calibration)
{
    if (!calibration)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "a precision needs the answers of at least ten queries"));
    if (const auto doubt = calibration->doubt())
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "no precision can be promised: %1"), {*doubt});
    const auto cut = calibration->cutFor(precision);
    if (!cut)
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "no score is expected to reach a precision of %1"),
                    {toText(precision)});
    return static_cast<float>(*cut);
}

} // namespace

ExitCode run(const SearchCommand &command)
{
    ConsoleContext context;
    const auto cache = openCache(command);
    const auto [workspace, opened] = GalleryFolder::open(command.workspace, cache, context);
    const Recipe recipe = chosenRecipe(command, opened.get());
    requireGallery(workspace);
    const bool parts = !command.texts.empty() || !command.weights.empty();
    const ImageSet queries = parts ? ImageSet() : queriesOf(workspace, command.queries);
    const auto engine = Engine::build(recipe, workspace.gallery, cache, context, opened);
    const auto results =
        parts ? searchParts(*engine, workspace, command) : engine->searchAll(queries, command.top, context);
    const ExitCode code = reportProblems(context);
    if (command.json) {
        Json list = Json::array();
        for (const QueryResult &result : results)
            list.push_back(resultJson(result, workspace.gallery));
        printJson(
            {{"recipe", recipe.id}, {"results", std::move(list)}, {"problems", problemsJson(context.problems())}});
    } else {
        for (const QueryResult &result : results)
            printRanking(result, workspace);
    }
    const bool nothing = std::ranges::all_of(results, [](const QueryResult &r) { return r.ranking.empty(); });
    return nothing && code == DoneWithProblems ? NothingDone : code;
}

ExitCode run(const SubmitCommand &command)
{
    checkOutput(command.out);
    ConsoleContext context;
    const auto cache = openCache(command);
    const auto [workspace, opened] = GalleryFolder::open(command.workspace, cache, context);
    const Recipe recipe = chosenRecipe(command, opened.get());
    requireGallery(workspace);
    requireQueries(workspace);
    const auto engine = Engine::build(recipe, workspace.gallery, cache, context, opened);
    const auto results = engine->searchAll(workspace.queries, static_cast<int>(candidatesPerQuery), context);
    const std::vector<NamedRanking> rankings = named(results, workspace.gallery);
    const auto calibration = Calibration::of(rankings, workspace.truth);
    auto threshold = command.threshold ? std::optional(static_cast<float>(*command.threshold)) : std::nullopt;
    if (command.precision)
        threshold = cutFor(*command.precision, calibration);
    const auto expected = calibration ? calibration->precisionFrom(threshold) : std::nullopt;
    const double precision = expected.value_or(0);
    const Submission submission = makeSubmission(results, workspace.gallery, threshold);
    writeSubmission(command.out.path, submission.rows, workspace.gallery, workspace.queries);
    const ExitCode code = reportProblems(context);
    const std::size_t answered = submission.rows.size() - submission.unanswered.size();
    if (command.json)
        printJson({{"recipe", recipe.id},
                   {"out", command.out.path},
                   {"queries", submission.rows.size()},
                   {"answered", answered},
                   {"unanswered", submission.unanswered},
                   {"threshold", threshold ? Json(*threshold) : Json()},
                   {"precision_expected", expected ? Json(precision) : Json()},
                   {"precision_kind", !calibration                                            ? ""
                                      : calibration->kind() == Calibration::Kind::Probability ? "probability"
                                                                                              : "significance"},
                   {"calibrated_by", !calibration                 ? ""
                                     : calibration->isFromTruth() ? "truth"
                                                                  : "background"},
                   {"problems", problemsJson(context.problems())}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1: %2 queries, %3 answered, %4 without an answer"),
             {command.out.path, std::to_string(submission.rows.size()), std::to_string(answered),
              std::to_string(submission.unanswered.size())}});
    if (!command.json && expected)
        say({calibration->isFromTruth()
                 ? QT_TRANSLATE_NOOP("core", "precision expected: at least %1, by the ground truth")
                 : QT_TRANSLATE_NOOP("core", "precision expected: at least %1, by the scores of unrelated images"),
             {fixedText(std::floor(1000 * precision) / 1000, 3)}});
    else if (!command.json && calibration && calibration->doubt())
        say({QT_TRANSLATE_NOOP("core", "no precision can be promised: %1"), {*calibration->doubt()}});
    return answered == 0 && context.problems().size() >= submission.rows.size() ? NothingDone : code;
}

ExitCode run(const ExtractCommand &command)
{
    ConsoleContext context;
    const auto cache = openCache(command);
    const auto [workspace, opened] = GalleryFolder::open(command.workspace, cache, context);
    const Recipe recipe = chosenRecipe(command, opened.get());
    requireGallery(workspace);
    const RecipeExtractor extractor(recipe, cache);
    context.stage(QT_TRANSLATE_NOOP("core", "Extracting gallery features"), 1, 2);
    extractor.extractAll(workspace.gallery, Role::Gallery, context);
    context.stage(QT_TRANSLATE_NOOP("core", "Extracting query features"), 2, 2);
    extractor.extractAll(workspace.queries, Role::Query, context);
    const ExitCode code = reportProblems(context);
    const auto images = static_cast<std::size_t>(workspace.gallery.size() + workspace.queries.size());
    if (command.json)
        printJson({{"recipe", recipe.id}, {"images", images}, {"problems", problemsJson(context.problems())}});
    else
        say({QT_TRANSLATE_NOOP("core", "%1 images, %2 failed"),
             {std::to_string(images), std::to_string(context.problems().size())}});
    return context.problems().size() >= images ? NothingDone : code;
}

} // namespace likeness::cli
