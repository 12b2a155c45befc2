#include "app/cli/options.h"
#include "app/cli/output_file.h"
#include "core/base/parallel.h"
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

struct MatchCommandOptions : CommonOptions {
    std::string a, b, preset = "default", homography;
    OutputFile out;
    std::vector<std::string> overrides;
};

MatchOptions chosenOptions(const MatchCommandOptions &command)
{
    const MatchOptions base = matchPreset(command.preset);
    const std::string stage = "match.";
    ParamValues given;
    for (const std::string &assignment : command.overrides) {
        const auto key = assignment.starts_with(stage) ? stage.size() : 0, equals = assignment.find('=');
        if (equals == std::string::npos)
            throw UsageError{
                {QT_TRANSLATE_NOOP("core", "\"%1\" is not of the form match.key=value or key=value"), {assignment}}};
        given[assignment.substr(key, equals - key)] = assignment.substr(equals + 1);
    }
    return optionsFrom(checkedValues(specsOf(base), given, "match"), base);
}

/// The word that stands for an option in JSON, flags and recipes.
std::string wordOf(const MatchOptions &options, std::string_view key)
{
    const std::vector<ParamSpec> specs = specsOf(options);
    return toText(std::ranges::find(specs, key, &ParamSpec::key)->def);
}

ExitCode runMatch(const MatchCommandOptions &command)
{
    command.out.check();
    const MatchOptions options = chosenOptions(command);
    command.apply();
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

} // namespace

void addMatchCommand(CLI::App &app, Run &run)
{
    CLI::App *command =
        app.add_subcommand("match", QT_TRANSLATE_NOOP("core", "Match two images by keypoints and a homography"));
    auto options = std::make_shared<MatchCommandOptions>();
    command->add_option("a", options->a, QT_TRANSLATE_NOOP("core", "Image A"))->required();
    command->add_option("b", options->b, QT_TRANSLATE_NOOP("core", "Image B"))->required();
    command
        ->add_option("--preset", options->preset,
                     QT_TRANSLATE_NOOP(
                         "core", "fast (ORB), default (RootSIFT) or accurate (with affine simulation and alignment)"))
        ->check(CLI::IsMember({"fast", "default", "accurate"}))
        ->capture_default_str();
    command
        ->add_option("--set", options->overrides,
                     QT_TRANSLATE_NOOP("core", "match.key=value or key=value, may be repeated"))
        ->take_all()
        ->allow_extra_args(false);
    command->add_option("--homography", options->homography,
                        QT_TRANSLATE_NOOP("core", "File with the true matrix from A to B, to measure against"));
    options->out.addTo(*command, QT_TRANSLATE_NOOP("core", "Draws the matches into FILE.png or FILE.svg"));
    options->addTo(*command, Work::Computing);
    command->callback([=, &run] { run = [=] { return runMatch(*options); }; });
}

} // namespace likeness::cli
