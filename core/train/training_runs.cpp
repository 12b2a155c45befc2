#include "core/train/training_runs.h"

#include "core/base/file.h"
#include "core/base/folder_lock.h"
#include "core/base/own_folder.h"
#include "core/base/plain_text.h"
#include "core/data/workspace.h"
#include "core/nets/models/model_store.h"
#include "core/train/training_plan.h"

#include <algorithm>
#include <ctime>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr const char *checkpoints = "checkpoint";

std::string now()
{
    const std::time_t time = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&time, &local);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
    return text;
}

/// The whole run as a run of its own beside its folder; weights and checkpoints take no more room where the file system
/// has hard links, since both runs replace such files and never change them.
fs::path copyBeside(const TrainingRun &run, const std::string &suffix)
{
    fs::path folder = fs::absolute(run.folder).lexically_normal();
    if (folder.filename().empty()) // given with a slash at its end
        folder = folder.parent_path();
    const fs::path copy = freeRunFolder(folder.parent_path(), toUtf8(folder.filename()) + suffix);
    try {
        fs::create_directories(copy / checkpoints);
        for (const fs::path &part : {fs::path(), fs::path(checkpoints)})
            for (const auto &entry : fs::directory_iterator(folder / part)) {
                const fs::path to = copy / part / entry.path().filename();
                std::error_code unlinkable = std::make_error_code(std::errc::not_supported);
                if (entry.path().extension() == ".safetensors")
                    fs::create_hard_link(entry.path(), to, unlinkable);
                if (unlinkable && entry.is_regular_file() && entry.path().filename() != FolderLock::fileName)
                    fs::copy_file(entry.path(), to);
            }
    } catch (const fs::filesystem_error &error) {
        throwUnwritable(copy, error.code());
    }
    TrainingRun copied = TrainingRun::read(copy);
    copied.name = toUtf8(copy.filename());
    copied.write();
    return copy;
}

/// At least one, the newest first. Throws Error{NotFound}.
std::vector<std::int64_t> requiredCheckpoints(const TrainingRun &run)
{
    auto steps = checkpointsOf(run);
    if (steps.empty())
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no checkpoint in %1 to go on from"),
                    {toUtf8(run.folder)});
    return steps;
}

void requireNoRun(const TrainingRun &run)
{
    if (TrainingRun::isIn(run.folder))
        throw Error(
            ErrorKind::InvalidArgument,
            QT_TRANSLATE_NOOP("core", "there is a training run in %1 already: resume it or choose another folder"),
            {toUtf8(run.folder)});
    // A run is not begun over another one; one that was killed at its very start leaves its lock.
    requireOwnFolder(run.folder, {TrainingRun::fileName, [](const fs::path &) { return false; },
                                  [](const std::string &name) { return name == FolderLock::fileName; }});
}

/// Passes everything on and keeps run.json up to date.
class Recorder final : public TrainingObserver {
public:
    Recorder(TrainingRun &run, TrainingObserver &observer) : m_run(run), m_observer(observer) {}
    void begun(const TrainingFacts &facts) override
    {
        // Other images would be split otherwise: held-out ones may have been trained on.
        if (facts.firstStep > 0 &&
            (facts.trained != m_run.facts.trained || facts.heldOutNames != m_run.facts.heldOutNames))
            throw Error(ErrorKind::InvalidArgument,
                        QT_TRANSLATE_NOOP(
                            "core", "the images, or how an earlier version split them, are not those that the run "
                                    "began with (%1 to train on then, %2 now): train anew"),
                        {std::to_string(m_run.facts.trained), std::to_string(facts.trained)});
        if (facts.firstStep > facts.steps)
            throw Error(ErrorKind::InvalidArgument,
                        QT_TRANSLATE_NOOP("core", "the checkpoint is of step %1, beyond the %2 steps of the run"),
                        {std::to_string(facts.firstStep), std::to_string(facts.steps)});
        fs::create_directories(m_run.folder);
        if (!resumes) {
            m_lock.emplace(m_run.folder);
            requireNoRun(m_run); // another one may have begun meanwhile
        } else {
            leaveNewer(facts.firstStep);
        }
        m_run.facts = facts;
        m_run.state = TrainingRun::State::Running;
        m_run.failure = {};
        m_run.write();
        hasBegun = true;
        m_observer.begun(facts);
    }
    void point(const HistoryPoint &point, const StepResult &pairs) override
    {
        m_run.last = point;
        if (point.isValidation() && (m_run.best.step == 0 || point.uap > m_run.best.uap))
            m_run.best = point;
        m_observer.point(point, pairs);
    }
    void warned(std::int64_t step, const Message &message) override { m_observer.warned(step, message); }
    void saved(std::int64_t step) override
    {
        try {
            m_run.write();
        } catch (const Error &error) {
            m_observer.warned(step, error.message());
        }
        m_observer.saved(step);
    }
    RunCommand wish() override { return m_observer.wish(); }
    bool wantsSave() override { return m_observer.wantsSave(); }

    bool resumes = false, hasBegun = false;

private:
    void leaveNewer(std::int64_t step)
    {
        const CheckpointFolder folder(m_run.folder / checkpoints);
        if (const auto steps = folder.steps(); steps.empty() || steps.front() <= step)
            return;
        const fs::path copy = copyBeside(m_run, "-before-resume-" + std::to_string(step));
        folder.removeNewerThan(step);
        if (m_run.best.step == 0)
            fs::remove(m_run.folder / "model.safetensors");
        m_observer.warned(
            step, {QT_TRANSLATE_NOOP("core", "what was newer is kept as a run of its own: %1"), {toUtf8(copy)}});
    }

    TrainingRun &m_run;
    TrainingObserver &m_observer;
    std::optional<FolderLock> m_lock; ///< of a new run; one that is resumed is locked before it is read
};

TrainingOutcome go(TrainingRun &run, const std::optional<Checkpoint> &from, TaskContext &task,
                   TrainingObserver &observer)
{
    TrainingSource source;
    source.rendered = run.rendered;
    if (run.rendered == 0)
        source.files = imagesToTrainOn(run.sources, task);
    Recorder recorder(run, observer);
    recorder.resumes = from.has_value();
    const auto endAs = [&](TrainingRun::State state, const StoredMessage &failure) {
        if (!recorder.hasBegun)
            return; // nothing was written yet
        run.state = state;
        run.failure = failure;
        try {
            run.write();
        } catch (const Error &error) { // a full disk takes nothing from what was trained
            observer.warned(run.last.step, error.message());
        }
    };
    TrainingOutcome outcome;
    try {
        outcome = train(run.recipe.settings(), source, run.folder, from, task, recorder);
    } catch (const Error &error) {
        endAs(TrainingRun::State::Failed, error.message());
        throw;
    } catch (...) { // cancelled, or without memory
        endAs(TrainingRun::State::Stopped, {});
        throw;
    }
    endAs(outcome.failure    ? TrainingRun::State::Failed
          : outcome.finished ? TrainingRun::State::Finished
                             : TrainingRun::State::Stopped,
          outcome.failure ? StoredMessage(*outcome.failure) : StoredMessage());
    outcome.best = run.best;
    return outcome;
}

} // namespace

std::vector<ImageRef> imagesToTrainOn(const std::vector<std::string> &sources, TaskContext &task)
{
    std::vector<ImageRef> files;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const Workspace workspace = Workspace::open(sources[i], task);
        requireGallery(workspace);
        for (ImageRef image : workspace.gallery.images()) {
            if (sources.size() > 1) // names of two folders may be equal
                image.name = toUtf8(fs::path(sources[i]).filename()) + "/" + image.name;
            files.push_back(std::move(image));
        }
    }
    return files;
}

TrainingOutcome startRun(TrainingRun run, TaskContext &task, TrainingObserver &observer)
{
    requireNoRun(run);
    if (run.name.empty())
        run.name = toUtf8(run.folder.filename());
    run.created = now();
    return go(run, std::nullopt, task, observer);
}

std::vector<std::int64_t> checkpointsOf(const TrainingRun &run)
{
    return CheckpointFolder(run.folder / checkpoints).steps();
}

TrainingOutcome resumeRun(TrainingRun run, std::optional<std::int64_t> step, TaskContext &task,
                          TrainingObserver &observer)
{
    requiredCheckpoints(run); // before a lock is made where no run is
    const FolderLock lock(run.folder);
    const auto steps = requiredCheckpoints(run); // nobody else writes them now
    const std::int64_t from = step.value_or(steps.front());
    Checkpoint checkpoint;
    try {
        checkpoint = CheckpointFolder(run.folder / checkpoints).read(from);
    } catch (const Error &error) {
        const auto before = std::ranges::find_if(steps, [from](std::int64_t other) { return other < from; });
        if (before == steps.end())
            throw;
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 There is one before it, of step %2"),
                    {error.message(), std::to_string(*before)});
    }
    // What was measured behind it belongs to a course that is left.
    run.last = run.best = {};
    HistoryPoint best;
    for (const HistoryPoint &point : readHistory(run.folder / "history.csv")) {
        if (point.isValidation() && (best.step == 0 || point.uap > best.uap))
            best = point;
        if (point.step <= from) {
            run.last = point;
            run.best = best;
        }
    }
    if (best.step > from && steps.front() > from) { // its weights leave with it: the best is looked for anew
        run.best = {};
        checkpoint.best = -1;
    }
    return go(run, std::move(checkpoint), task, observer);
}

std::string useInSearch(const TrainingRun &run, TaskContext &task)
{
    std::string id;
    for (const char c : run.name)
        id += isAsciiWord(c) || c == '.' || c == '_' ? c : '-';
    if (id.find_first_not_of("-.") == std::string::npos) // a name in other letters
        id = run.recipe.objective();
    if (id.front() == '.')
        id.front() = '-';
    const ModelStore store = ModelStore::user();
    std::string free = id;
    const auto cards = store.list();
    for (int i = 2; std::ranges::find(cards, free, &ModelCard::id) != cards.end(); ++i)
        free = id + "-" + std::to_string(i);
    return store.import(run.folder / "model.safetensors", free, {}, task).id;
}

} // namespace likeness
