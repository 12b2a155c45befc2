#include "core/train/training_run.h"

#include "core/base/file.h"
#include "core/base/json_text.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace fs = std::filesystem;

namespace likeness {

namespace {

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

} // namespace

nlohmann::ordered_json toJson(const HistoryPoint &point)
{
    nlohmann::ordered_json json = {{"step", point.step}, {"epoch", point.epoch}, {"seconds", point.seconds}};
    for (const HistoryColumn &column : historyColumns())
        if (!std::isnan(point.*column.value))
            json[column.key] = point.*column.value;
    return json;
}

bool TrainingRun::isIn(const fs::path &folder)
{
    std::error_code none;
    return fs::exists(folder / fileName, none);
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
        if (!TrainingRun::isIn(entry.path()))
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

void chooseFreePlace(TrainingRun &run, const fs::path &runs)
{
    const std::string wanted = run.name;
    const auto others = listRuns(runs);
    for (int i = 2; std::ranges::find(others, run.name, &TrainingRun::name) != others.end(); ++i)
        run.name = wanted + "-" + std::to_string(i);
    run.folder = freeRunFolder(runs, run.name);
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

} // namespace likeness
