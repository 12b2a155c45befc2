#include "core/search/training_runs.h"

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/own_folder.h"
#include "core/base/plain_text.h"
#include "core/data/workspace.h"
#include "core/learn/model_store.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

namespace fs = std::filesystem;

namespace likeness {

namespace {

constexpr const char *fileName = "run.json";
constexpr const char *stateNames[] = {"running", "finished", "stopped", "failed"};

HistoryPoint pointFrom(const nlohmann::json &json)
{
    HistoryPoint point;
    point.step = json.value("step", std::int64_t{0});
    point.epoch = json.value("epoch", 0.0);
    point.seconds = json.value("seconds", 0.0);
    for (const HistoryColumn &column : historyColumns())
        point.*column.value = json.value(column.key, HistoryPoint::none);
    return point;
}

nlohmann::ordered_json factsJson(const TrainingFacts &facts)
{
    return {{"steps", facts.steps},
            {"steps_an_epoch", facts.stepsAnEpoch},
            {"trained_on", facts.trained},
            {"held_out", facts.heldOut},
            {"held_out_names", facts.heldOutNames},
            {"dimension", facts.dimension},
            {"collapsed_loss",
             std::isnan(facts.collapsedLoss) ? nlohmann::ordered_json() : nlohmann::ordered_json(facts.collapsedLoss)},
            {"parameters", facts.parameters},
            {"device", facts.device},
            {"precision", facts.precision}};
}

TrainingFacts factsFrom(const nlohmann::json &json)
{
    TrainingFacts facts;
    facts.steps = json.value("steps", std::int64_t{0});
    facts.stepsAnEpoch = json.value("steps_an_epoch", std::int64_t{0});
    facts.trained = json.value("trained_on", 0);
    facts.heldOut = json.value("held_out", 0);
    facts.heldOutNames = json.value("held_out_names", std::vector<std::string>());
    facts.dimension = json.value("dimension", 0);
    if (const auto loss = json.find("collapsed_loss"); loss != json.end() && loss->is_number())
        facts.collapsedLoss = loss->get<double>();
    facts.parameters = json.value("parameters", std::int64_t{0});
    facts.device = json.value("device", "");
    facts.precision = json.value("precision", "");
    return facts;
}

std::string now()
{
    const std::time_t time = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&time, &local);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
    return text;
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
                        QT_TRANSLATE_NOOP("core",
                                          "the images are not those that the run began with (%1 to train on then, "
                                          "%2 now): train anew"),
                        {std::to_string(m_run.facts.trained), std::to_string(facts.trained)});
        m_run.facts = facts;
        fs::create_directories(m_run.folder);
        m_run.write();
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
    TrainingWish wish() override { return m_observer.wish(); }
    bool wantsSave() override { return m_observer.wantsSave(); }

private:
    TrainingRun &m_run;
    TrainingObserver &m_observer;
};

TrainingOutcome go(TrainingRun &run, const std::optional<Checkpoint> &from, TaskContext &task,
                   TrainingObserver &observer)
{
    TrainingSource source;
    source.rendered = run.rendered;
    if (run.rendered == 0)
        source.files = imagesToTrainOn(run.sources, task);
    run.state = TrainingRun::State::Running;
    run.failure = {};
    Recorder recorder(run, observer);
    TrainingOutcome outcome = train(run.recipe.settings(), source, run.folder, from, task, recorder);
    run.state = outcome.failure    ? TrainingRun::State::Failed
                : outcome.finished ? TrainingRun::State::Finished
                                   : TrainingRun::State::Stopped;
    if (outcome.failure)
        run.failure = *outcome.failure;
    outcome.best = run.best;
    try {
        run.write();
    } catch (const Error &error) { // a full disk takes nothing from what was trained
        observer.warned(run.last.step, error.message());
    }
    return outcome;
}

} // namespace

nlohmann::ordered_json toJson(const HistoryPoint &point)
{
    nlohmann::ordered_json json = {{"step", point.step}, {"epoch", point.epoch}, {"seconds", point.seconds}};
    for (const HistoryColumn &column : historyColumns())
        if (!std::isnan(point.*column.value))
            json[column.key] = point.*column.value;
    return json;
}

TrainingRun TrainingRun::read(const fs::path &folder)
{
    const fs::path path = folder / fileName;
    const std::string text = readText(path);
    try {
        const auto json = parseJson(text);
        TrainingRun run;
        run.folder = folder;
        run.name = json.at("name").get<std::string>();
        run.created = json.at("created").get<std::string>();
        run.recipe = TrainingRecipe::fromJson(json.at("settings"), toUtf8(path));
        run.sources = json.at("sources").get<std::vector<std::string>>();
        run.rendered = json.at("rendered").get<int>();
        const auto state = std::ranges::find(stateNames, json.at("state").get<std::string>());
        run.state = state == std::end(stateNames) ? State::Stopped : static_cast<State>(state - std::begin(stateNames));
        run.facts = factsFrom(json.at("facts"));
        run.last = pointFrom(json.at("last"));
        run.best = pointFrom(json.at("best"));
        run.failure = StoredMessage::fromJson(json.at("failure"));
        return run;
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 does not describe a training run: %2"),
                    {toUtf8(path), error.what()});
    }
}

void TrainingRun::write() const
{
    const nlohmann::ordered_json json = {{"name", name},
                                         {"created", created},
                                         {"state", stateNames[static_cast<std::size_t>(state)]},
                                         {"failure", failure.toJson()},
                                         {"sources", sources},
                                         {"rendered", rendered},
                                         {"settings", recipe.toJson()},
                                         {"facts", factsJson(facts)},
                                         {"last", toJson(last)},
                                         {"best", toJson(best)}};
    writeFileAside(folder / fileName, [&](std::ostream &out) { out << dumpJson(json) << '\n'; });
}

std::vector<TrainingRun> listRuns(const fs::path &folder)
{
    std::vector<TrainingRun> runs;
    std::error_code none;
    for (const auto &entry : fs::directory_iterator(folder, none)) {
        if (!fs::exists(entry.path() / fileName, none))
            continue;
        try {
            runs.push_back(TrainingRun::read(entry.path()));
        } catch (const Error &) {
            continue; // not ours, or of another version
        }
    }
    std::ranges::sort(runs, [](const TrainingRun &a, const TrainingRun &b) {
        return std::pair(a.created, a.name) > std::pair(b.created, b.name);
    });
    return runs;
}

fs::path userRunsFolder()
{
    return userDataFolder() / "runs";
}

fs::path freeRunFolder(const fs::path &runs, const std::string &name)
{
    std::string plain = name;
    std::ranges::replace(plain, '/', '-');
    constexpr std::size_t longest = 200; // bytes; file systems take 255
    while (plain.size() > longest || (!plain.empty() && (plain.back() & 0xc0) == 0x80 && plain.size() > longest - 4))
        plain.pop_back();
    if (plain.empty() || plain.front() == '.')
        plain = "run" + plain;
    fs::path folder = runs / plain;
    std::error_code none;
    for (int i = 2; fs::exists(folder, none); ++i)
        folder = runs / (plain + "-" + std::to_string(i));
    return folder;
}

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
    if (fs::exists(run.folder / fileName))
        throw Error(
            ErrorKind::InvalidArgument,
            QT_TRANSLATE_NOOP("core", "there is a training run in %1 already: resume it or choose another folder"),
            {toUtf8(run.folder)});
    requireOwnFolder(run.folder, {fileName, [](const fs::path &) { return false; }}); // a run is not begun over another
    if (run.name.empty())
        run.name = toUtf8(run.folder.filename());
    run.created = now();
    return go(run, std::nullopt, task, observer);
}

std::vector<std::int64_t> checkpointsOf(const TrainingRun &run)
{
    return CheckpointFolder(run.folder / "checkpoint").steps();
}

TrainingOutcome resumeRun(TrainingRun run, std::optional<std::int64_t> step, TaskContext &task,
                          TrainingObserver &observer)
{
    const auto steps = checkpointsOf(run);
    if (steps.empty())
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no checkpoint in %1 to go on from"),
                    {toUtf8(run.folder)});
    const std::int64_t from = step.value_or(steps.front());
    Checkpoint checkpoint;
    try {
        checkpoint = CheckpointFolder(run.folder / "checkpoint").read(from);
    } catch (const Error &error) {
        const auto before = std::ranges::find_if(steps, [from](std::int64_t other) { return other < from; });
        if (before == steps.end())
            throw;
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 There is one before it, of step %2"),
                    {error.message(), std::to_string(*before)});
    }
    // What was measured behind it belongs to a course that is left.
    run.last = run.best = {};
    for (const HistoryPoint &point : readHistory(run.folder / "history.csv"))
        if (point.step <= from) {
            run.last = point;
            if (point.isValidation() && (run.best.step == 0 || point.uap > run.best.uap))
                run.best = point;
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
