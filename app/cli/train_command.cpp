#include "app/cli/options.h"
#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/search/training_runs.h"

#include <cmath>
#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

struct TrainOptions : CommonOptions {
    std::vector<std::string> sources, overrides;
    std::string objective, out, preset;
    std::optional<int> epochs;
    std::optional<std::int64_t> from;
    int rendered = 0;
    bool resume = false, force = false;
};

/// A line for each measurement; the rest is in history.csv.
class ConsoleObserver final : public TrainingObserver {
public:
    explicit ConsoleObserver(ConsoleContext &context) : m_context(context) {}
    void begun(const TrainingFacts &facts) override
    {
        this->facts = facts;
        m_context.finish();
        std::fprintf(stderr,
                     "%d images to train on, %d held out; %lld steps of %lld an epoch; %.2f million weights; %s, %s, "
                     "%d threads\n",
                     facts.trained, facts.heldOut, static_cast<long long>(facts.steps),
                     static_cast<long long>(facts.stepsAnEpoch), static_cast<double>(facts.parameters) / 1e6,
                     facts.device.c_str(), facts.precision.c_str(), threadCount());
    }
    void point(const HistoryPoint &point, const StepResult &) override
    {
        m_loss = std::isnan(m_loss) ? point.loss : m_loss + (point.loss - m_loss) * 0.05;
        if (!point.isValidation() && point.step % 100 != 0)
            return;
        m_context.finish();
        std::fprintf(stderr, "step %lld  epoch %.2f  loss %.4f  rate %.2g  deviation %.4f  %.0f views/s",
                     static_cast<long long>(point.step), point.epoch, m_loss, point.rate, point.deviation,
                     point.imagesPerSecond);
        if (point.isValidation()) {
            std::fprintf(stderr, "  | held out: loss %.4f  recall@1 %.3f  uAP %.3f  uniformity %.2f",
                         point.validationLoss, point.recall1, point.uap, point.uniformity);
            if (!std::isnan(point.validationAccuracy))
                std::fprintf(stderr, "  pairs %.3f", point.validationAccuracy);
        }
        std::fputc('\n', stderr);
    }
    void warned(std::int64_t step, const Message &message) override
    {
        m_context.finish();
        std::fprintf(stderr, "step %lld: %s\n", static_cast<long long>(step), message.localised().c_str());
        warnings.push_back(message.english()); // for --json, which programs read
    }

    TrainingFacts facts;
    std::vector<std::string> warnings;

private:
    ConsoleContext &m_context;
    double m_loss = HistoryPoint::none;
};

TrainingRun chosenRun(const TrainOptions &options)
{
    if (!options.resume && (options.from || options.force))
        throw UsageError{{QT_TRANSLATE_NOOP("core", "%1 means something with %2 only"),
                          {options.from ? "--from" : "--force", "--resume"}}};
    if (options.resume && (!options.sources.empty() || options.rendered > 0))
        throw UsageError{{QT_TRANSLATE_NOOP("core", "a resumed run goes on with the images that it began with"), {}}};
    TrainingRun run;
    if (options.resume) {
        run = TrainingRun::read(options.out);
        if (!options.objective.empty() && options.objective != run.recipe.objective())
            throw UsageError{
                {QT_TRANSLATE_NOOP("core", "the run was begun with the objective \"%1\""), {run.recipe.objective()}}};
    } else {
        if (options.sources.empty() == (options.rendered == 0))
            throw UsageError{
                {QT_TRANSLATE_NOOP("core", "name folders of images, or --rendered for rendered scenes"), {}}};
        run.folder = options.out;
        for (const std::string &source : options.sources) // it may go on from elsewhere
            run.sources.push_back(toUtf8(std::filesystem::absolute(source)));
        run.rendered = options.rendered;
    }
    try {
        if (!options.resume && !options.objective.empty())
            run.recipe.chooseObjective(options.objective);
        if (!options.preset.empty())
            run.recipe.choosePreset(options.preset);
        for (const std::string &assignment : options.overrides)
            run.recipe.set(assignment);
        if (options.epochs)
            run.recipe.set("train.epochs=" + std::to_string(*options.epochs));
    } catch (const Error &error) {
        throw UsageError{error.message()};
    }
    return run;
}

/// Nobody leaves hours of training by a number.
void askBeforeLeaving(const TrainingRun &run, const TrainOptions &options)
{
    const auto steps = options.resume && options.from ? checkpointsOf(run) : std::vector<std::int64_t>();
    if (!steps.empty() && steps.front() > *options.from && !options.force)
        throw UsageError{
            {QT_TRANSLATE_NOOP("core", "the run has a newer checkpoint, of step %1: with --force it goes on "
                                       "from step %2, and what is newer is kept in a folder beside it"),
             {std::to_string(steps.front()), std::to_string(*options.from)}}};
}

ExitCode runTrain(const TrainOptions &options)
{
    TrainingRun run = chosenRun(options);
    askBeforeLeaving(run, options);
    options.apply();
    ConsoleContext context;
    ConsoleObserver observer(context);
    const TrainingOutcome outcome =
        options.resume ? resumeRun(run, options.from, context, observer) : startRun(run, context, observer);
    const ExitCode code = reportProblems(context);
    if (options.json) {
        printJson({{"out", options.out},
                   {"finished", outcome.finished},
                   {"failure", outcome.failure ? Json(outcome.failure->english()) : Json()},
                   {"steps", observer.facts.steps},
                   {"trained_on", observer.facts.trained},
                   {"held_out", observer.facts.heldOutNames},
                   {"last", toJson(outcome.last)},
                   {"best", toJson(outcome.best)},
                   {"warnings", observer.warnings},
                   {"problems", problemsJson(context.problems())}});
    } else if (outcome.failure) {
        std::fprintf(stderr, "likeness-cli: %s\n", outcome.failure->localised().c_str());
    } else {
        std::printf("%s: step %lld, loss %.4f", options.out.c_str(), static_cast<long long>(outcome.last.step),
                    outcome.last.loss);
        if (outcome.best.step > 0)
            std::printf(", recall@1 %.3f and uAP %.3f of copies of held-out images (step %lld)", outcome.best.recall1,
                        outcome.best.uap, static_cast<long long>(outcome.best.step));
        std::printf("\n");
    }
    return outcome.failure ? NothingDone : code;
}

} // namespace

void addTrainCommand(CLI::App &app, Run &run)
{
    CLI::App *command =
        app.add_subcommand("train", QT_TRANSLATE_NOOP("core", "Train a network on images, or on rendered scenes"));
    auto options = std::make_shared<TrainOptions>();
    command->add_option("sources", options->sources,
                        QT_TRANSLATE_NOOP("core", "Folders of images; of a workspace its gallery"));
    command
        ->add_option("--rendered", options->rendered,
                     QT_TRANSLATE_NOOP("core", "So many rendered scenes an epoch instead of images"))
        ->check(CLI::Range(2, 10'000'000));
    command->add_option(
        "--objective", options->objective,
        QT_TRANSLATE_NOOP("core", "nt-xent (the default), siamese, contrastive, triplet, simcse, supcon"));
    command->add_option(
        "--augment", options->preset,
        QT_TRANSLATE_NOOP("core", "Preset of the augmentations: copy (the default), simclr, mild, none"));
    command
        ->add_option(
            "--set", options->overrides,
            QT_TRANSLATE_NOOP(
                "core",
                "network.key=value, train.key=value, augment.key=value or objective.key=value, may be repeated"))
        ->take_all()
        ->allow_extra_args(false);
    command->add_option("--epochs", options->epochs, QT_TRANSLATE_NOOP("core", "The same as --set train.epochs=N"));
    command
        ->add_option(
            "--out", options->out,
            QT_TRANSLATE_NOOP("core", "Folder of the run: model.safetensors, model.json, history.csv, checkpoint/"))
        ->required();
    command->add_flag("--resume", options->resume,
                      QT_TRANSLATE_NOOP("core", "Go on with the run in --out from its newest checkpoint"));
    command->add_option("--from", options->from,
                        QT_TRANSLATE_NOOP("core", "With --resume: the step of an older checkpoint"));
    command->add_flag(
        "--force", options->force,
        QT_TRANSLATE_NOOP("core", "With --from: leave the newer checkpoints; they are kept in a folder beside --out"));
    options->addTo(*command, Work::Networks);
    command->callback([=, &run] { run = [=] { return runTrain(*options); }; });
}

} // namespace likeness::cli
