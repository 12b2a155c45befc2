#include "app/cli/options.h"
#include "core/train/objective_stages.h"
#include "core/train/training_recipe.h"

#include <cstdio>
#include <sstream>

namespace likeness::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string localised(const char *text)
{
    return Message{text, {}}.localised();
}

std::string rangeOf(const ParamSpec &spec)
{
    if (!spec.hint.choices.empty()) {
        std::string list;
        for (const Choice &choice : spec.hint.choices)
            list += (list.empty() ? "" : " | ") + std::string(choice.value);
        return list;
    }
    if (std::holds_alternative<bool>(spec.def))
        return "true | false";
    if (std::holds_alternative<std::string>(spec.def))
        return {};
    if (std::holds_alternative<std::int64_t>(spec.def))
        return std::to_string(static_cast<std::int64_t>(spec.hint.min)) + " .. " +
               std::to_string(static_cast<std::int64_t>(spec.hint.max));
    return toText(spec.hint.min) + " .. " + toText(spec.hint.max);
}

struct Kind {
    const char *name, *heading;
    std::vector<const StageInfo *> stages;
};

std::vector<Kind> allStages()
{
    std::vector<Kind> kinds{{"extractor", "Extractors", {}},
                            {"transform", "Transforms", {}},
                            {"index", "Indexes", {}},
                            {"fusion", "Fusions", {}},
                            {"ranker", "Rankers", {}},
                            {"objective", "Objectives of a training", {}},
                            {"training", "Options of a training", {}}};
    for (const auto &stage : extractors())
        kinds[0].stages.push_back(&stage);
    for (const auto &stage : transforms())
        kinds[1].stages.push_back(&stage);
    for (const auto &stage : indexes())
        kinds[2].stages.push_back(&stage);
    for (const auto &stage : fusions())
        kinds[3].stages.push_back(&stage);
    for (const auto &stage : rankers())
        kinds[4].stages.push_back(&stage);
    for (const auto &stage : objectives())
        kinds[5].stages.push_back(&stage);
    for (const StageInfo &group : trainingGroups())
        kinds[6].stages.push_back(&group);
    return kinds;
}

Json stageJson(const StageInfo &info, const char *kind)
{
    Json params = Json::array();
    for (const ParamSpec &spec : info.params) {
        Json entry{{"key", spec.key}, {"label", spec.label}, {"help", spec.help}};
        std::visit([&entry](const auto &value) { entry["default"] = value; }, spec.def);
        entry["allowed"] = rangeOf(spec);
        params.push_back(std::move(entry));
    }
    return {{"kind", kind},
            {"id", info.id},
            {"title", info.title},
            {"summary", info.summary},
            {"version", info.version},
            {"params", std::move(params)}};
}

/// resources/help/methods.md is this output; a test compares them.
void printMarkdown()
{
    std::printf(
        "# Methods\n\nEvery stage with its parameters, as `likeness-cli methods --markdown` writes it. A recipe joins "
        "an\nextractor with an index, with transforms between them or not, or several such pairs by a fusion; rankers "
        "look again at\nthe best. `--set stage.key=value` changes a parameter.\n");
    for (const Kind &kind : allStages()) {
        std::printf("\n## %s\n", kind.heading);
        for (const StageInfo *info : kind.stages) {
            std::printf("\n### %s: %s\n\n%s\n", info->id.c_str(), info->title, info->summary);
            if (info->params.empty())
                continue;
            std::printf("\n| parameter | default | allowed | meaning |\n| --- | --- | --- | --- |\n");
            for (const ParamSpec &spec : info->params) {
                std::string allowed = rangeOf(spec);
                for (std::size_t at = 0; (at = allowed.find('|', at)) != std::string::npos; at += 2)
                    allowed.replace(at, 1, "\\|");
                std::printf("| `%s` | %s | %s | %s. %s |\n", spec.key.c_str(), toText(spec.def).c_str(),
                            allowed.c_str(), spec.label, spec.help);
            }
        }
    }
}

void printText()
{
    for (const Kind &kind : allStages())
        for (const StageInfo *info : kind.stages) {
            std::printf("%-10s %-20s %s\n", kind.name, info->id.c_str(), localised(info->title).c_str());
            std::printf("%-10s %-20s %s\n", "", "", localised(info->summary).c_str());
            for (const ParamSpec &spec : info->params)
                std::printf("%-10s   %-18s = %-12s %s\n", "", spec.key.c_str(), toText(spec.def).c_str(),
                            rangeOf(spec).c_str());
        }
}

} // namespace

ExitCode run(const MethodsCommand &command)
{
    if (command.json) {
        Json stages = Json::array();
        for (const Kind &kind : allStages())
            for (const StageInfo *info : kind.stages)
                stages.push_back(stageJson(*info, kind.name));
        printJson({{"stages", std::move(stages)}});
    } else if (command.markdown) {
        printMarkdown();
    } else {
        printText();
    }
    return Done;
}

ExitCode run(const RecipesCommand &command)
{
    const std::string language = Message{QT_TRANSLATE_NOOP("core", "en"), {}}.localised();
    Json list = Json::array();
    for (const Recipe &recipe : shippedRecipes()) {
        if (command.json)
            list.push_back(recipe.toJson());
        else
            std::printf("%-22s %s\n%-22s %s\n", recipe.id.c_str(), recipe.title.in(language).c_str(), "",
                        recipe.summary.in(language).c_str());
    }
    if (command.json)
        printJson({{"recipes", std::move(list)}});
    return Done;
}

} // namespace likeness::cli
