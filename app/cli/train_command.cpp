#include "app/cli/options.h"
#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/base/plain_text.h"
#include "core/train/training_runs.h"

#include <cmath>
#include <cstdio>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

void tell(const Message &message)
{
    std::fprintf(stderr, "%s\n", message.localised().c_str());
}

Message progressOf(const HistoryPoint &point, double loss)
{
    return {QT_TRANSLATE_NOOP("core", "step %1  epoch %2  loss %3  rate %4  deviation %5  %6 views/s"),
            {std::to_string(point.step), fixedText(point.epoch, 2), fixedText(loss, 4), roundedText(point.rate, 2),
             fixedText(point.deviation, 4), fixedText(point.imagesPerSecond, 0)}};
}

Message validationOf(const HistoryPoint &point)
{
    const bool pairs = !std::isnan(point.validationAccuracy);
    Message message{pairs ? QT_TRANSLATE_NOOP("core", "held out: loss %1  recall@1 %2  uAP %3  uniformity %4  pairs %5")
                          : QT_TRANSLATE_NOOP("core", "held out: loss %1  recall@1 %2  uAP %3  uniformity %4"),
                    {fixedText(point.validationLoss, 4), fixedText(point.recall1, 3), fixedText(point.uap, 3),
                     fixedText(point.uniformity, 2)}};
    if (pairs)
        message.args.emplace_back(fixedText(point.validationAccuracy, 3));
    return message;
}

/// How a run ended.
Message endOf(const TrainCommand &command, const TrainingOutcome &outcome)
{
    const std::string step = std::to_string(outcome.last.step), loss = fixedText(outcome.last.loss, 4);
    if (outcome.best.step <= 0)
        return {QT_TRANSLATE_NOOP("core", "%1: step %2, loss %3"), {command.out, step, loss}};
    return {QT_TRANSLATE_NOOP("core", "%1: step %2, loss %3, recall@1 %4 and uAP %5 of copies of held-out images (step "
                                      "%6)"),
            {command.out, step, loss, fixedText(outcome.best.recall1, 3), fixedText(outcome.best.uap, 3),
             std::to_string(outcome.best.step)}};
}

/// A line for each measurement; the rest is in history.csv.
class ConsoleObserver final : public TrainingObserver {
public:
    explicit ConsoleObserver(ConsoleContext &context) : m_context(context) {}
    void begun(const TrainingFacts &facts) override
    {
        this->facts = facts;
        m_context.finish();
        tell({QT_TRANSLATE_NOOP("core", "%1 images to train on, %2 held out; %3 steps of %4 an epoch; %5 million "
                                        "weights; %6, %7, %8 threads"),
              {std::to_string(facts.trained), std::to_string(facts.heldOut), std::to_string(facts.steps),
               std::to_string(facts.stepsAnEpoch), fixedText(static_cast<double>(facts.parameters) / 1e6, 2),
               facts.device, facts.precision, std::to_string(threadCount())}});
    }
    void point(const HistoryPoint &point, const StepResult &) override
    {
        m_loss = std::isnan(m_loss) ? point.loss : m_loss + (point.loss - m_loss) * 0.05;
        if (!point.isValidation() && point.step % 100 != 0)
            return;
        m_context.finish();
        std::fprintf(stderr, "%s", progressOf(point, m_loss).localised().c_str());
        if (point.isValidation())
            std::fprintf(stderr, "  | %s", validationOf(point).localised().c_str());
        std::fputc('\n', stderr);
    }
    void warned(std::int64_t step, const Message &message) override
    {
        m_context.finish();
        tell({QT_TRANSLATE_NOOP("core", "step %1: %2"), {std::to_string(step), message}});
        warnings.push_back(message.english()); // for --json, which programs read
    }

    void saved(std::int64_t step) override { savedStep = step; }

    TrainingFacts facts;
    std::vector<std::string> warnings;
    std::int64_t savedStep = 0;

private:
    ConsoleContext &m_context;
    double m_loss = HistoryPoint::none;
};

TrainingRun chosenRun(const TrainCommand &command)
{
    if (!command.resume && (command.from || command.force))
        throw UsageError{{QT_TRANSLATE_NOOP("core", "%1 means something with %2 only"),
                          {command.from ? "--from" : "--force", "--resume"}}};
    if (command.resume && (!command.sources.empty() || command.rendered))
        throw UsageError{{QT_TRANSLATE_NOOP("core", "a resumed run goes on with the images that it began with"), {}}};
    TrainingRun run;
    if (command.resume) {
        run = TrainingRun::read(command.out);
        if (!command.objective.empty() && command.objective != run.recipe.objective())
            throw UsageError{
                {QT_TRANSLATE_NOOP("core", "the run was begun with the objective \"%1\""), {run.recipe.objective()}}};
    } else {
        if (command.sources.empty() == (!command.rendered))
            throw UsageError{
                {QT_TRANSLATE_NOOP("core", "name folders of images, or --rendered for rendered scenes"), {}}};
        run.folder = command.out;
        for (const std::string &source : command.sources) // it may go on from elsewhere
            run.sources.push_back(toUtf8(std::filesystem::absolute(source)));
        run.rendered = command.rendered.value_or(0);
    }
    try {
        if (!command.resume && !command.objective.empty())
            run.recipe.chooseObjective(command.objective);
        if (!command.preset.empty())
            run.recipe.choosePreset(command.preset);
        for (const std::string &assignment : command.overrides)
            run.recipe.set(assignment);
        if (command.epochs)
            run.recipe.set("train.epochs=" + std::to_string(*command.epochs));
    } catch (const Error &error) {
        throw UsageError{error.message()};
    }
    return run;
}

/// Nobody leaves hours of training by a number.
void askBeforeLeaving(const TrainingRun &run, const TrainCommand &command)
{
    const auto steps = command.resume && command.from ? checkpointsOf(run) : std::vector<std::int64_t>();
    if (!steps.empty() && steps.front() > *command.from && !command.force)
        throw UsageError{
            {QT_TRANSLATE_NOOP("core", "the run has a newer checkpoint, of step %1: with --force it goes on "
                                       "from step %2, and what is newer is kept in a folder beside it"),
             {std::to_string(steps.front()), std::to_string(*command.from)}}};
}

/// An interrupt leaves a model, and is told what it left.
TrainingOutcome outcomeOf(const TrainCommand &command, const TrainingRun &run, ConsoleContext &context,
                          ConsoleObserver &observer)
{
    try {
        return command.resume ? resumeRun(run, command.from, context, observer) : startRun(run, context, observer);
    } catch (const Cancelled &) {
        context.finish();
        if (observer.savedStep > 0)
            tell({QT_TRANSLATE_NOOP("core", "%1: interrupted at step %2. model.safetensors and model.json are whole; "
                                            "with --resume it goes on"),
                  {command.out, std::to_string(observer.savedStep)}});
        throw;
    }
}

} // namespace

ExitCode run(const TrainCommand &command)
{
    TrainingRun run = chosenRun(command);
    askBeforeLeaving(run, command);
    ConsoleContext context;
    ConsoleObserver observer(context);
    const TrainingOutcome outcome = outcomeOf(command, run, context, observer);
    const ExitCode code = reportProblems(context);
    if (command.json) {
        printJson({{"out", command.out},
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
        say(endOf(command, outcome));
    }
    return outcome.failure ? NothingDone : code;
}

} // namespace likeness::cli
