#include "app/cli/options.h"
#include "core/base/plain_text.h"
#include "core/base/stopwatch.h"
#include "core/data/image.h"
#include "core/eval/match_benchmark.h"
#include "core/match/image_match.h"
#include "core/match/match_overlay.h"

#include <algorithm>
#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

MatchOptions chosenOptions(const MatchCommand &command)
{
    const MatchOptions base = matchPreset(command.preset);
    ParamValues given;
    for (const std::string &text : command.overrides) {
        const auto &[stage, key, value] = parseAssignment(text, "match");
        if (stage != "match")
            throw UsageError{
                {QT_TRANSLATE_NOOP("core", "\"%1\" is not of the form match.key=value or key=value"), {text}}};
        given[key] = value;
    }
    return optionsFrom(checkedValues(specsOf(base), given, "match"), base);
}

/// The word that stands for an option in JSON, flags and recipes.
std::string wordOf(const MatchOptions &options, std::string_view key)
{
    const std::vector<ParamSpec> specs = specsOf(options);
    return toText(std::ranges::find(specs, key, &ParamSpec::key)->def);
}

} // namespace

ExitCode run(const MatchCommand &command)
{
    checkOutput(command.out);
    const MatchOptions options = chosenOptions(command);
    const cv::Mat a = loadImage(command.a, {Colour::Grey, 0}).pixels,
                  b = loadImage(command.b, {Colour::Grey, 0}).pixels;
    ConsoleContext context;
    const Stopwatch watch;
    const ImageMatch match = matchImages(a, b, options, context);
    const double ms = watch.ms();
    std::optional<double> error;
    if (!command.homography.empty() && match.bFromA)
        error = cornerErrorPx(*match.bFromA, readHomography(command.homography), a.size());
    const auto &model = match.model();
    if (!command.out.path.empty())
        writeMatchOverlay(command.out.path, a, b, match);
    if (command.json) {
        Json json{{"detector", wordOf(options, "detector")},
                  {"keypoints_a", match.a.keypoints.size()},
                  {"keypoints_b", match.b.keypoints.size()},
                  {"matches", match.matches.size()},
                  {"inliers", match.inliers},
                  {"model", model ? Json(wordOf(options, "model")) : Json(nullptr)},
                  {"mirrored", match.mirrored},
                  {"matrix", model ? Json(std::vector<double>(model->val, model->val + 9)) : Json(nullptr)}};
        if (match.refusal && !model)
            json["refusal"] = match.refusal->english();
        if (error)
            json["mean_error_px"] = *error;
        json["ms"] = ms;
        printJson(json);
        return Done;
    }
    say({QT_TRANSLATE_NOOP("core", "%1 and %2 keypoints (%3), %4 matches, %5 inliers, %6 ms"),
         {std::to_string(match.a.keypoints.size()), std::to_string(match.b.keypoints.size()),
          wordOf(options, "detector"), std::to_string(match.matches.size()), std::to_string(match.inliers),
          fixedText(ms, 0)}});
    if (!model)
        say({QT_TRANSLATE_NOOP("core", "no geometric support: %1"), {match.refusal.value_or(Message{})}});
    else
        for (int row = 0; row < 3; ++row)
            std::printf("%14.6g %14.6g %14.6g\n", (*model)(row, 0), (*model)(row, 1), (*model)(row, 2));
    if (error)
        say({QT_TRANSLATE_NOOP("core", "mean corner error %1 px"), {fixedText(*error, 2)}});
    return Done;
}

} // namespace likeness::cli
