#include "core/train/training_recipe.h"
#include "core/train/objective_stages.h"
#include "core/train/training_plan.h"

#include <nlohmann/json.hpp>

namespace likeness {

namespace {

constexpr const char *groups[] = {"network", "train", "augment", "objective"};

} // namespace

std::span<const StageInfo> trainingGroups()
{
    static const std::vector<StageInfo> all{
        {"network", QT_TRANSLATE_NOOP("core", "Network"),
         QT_TRANSLATE_NOOP("core", "Which network is trained, and what is put behind it."), 1, specsOf<NetworkPlan>()},
        {"train", QT_TRANSLATE_NOOP("core", "Training"),
         QT_TRANSLATE_NOOP("core", "How long, how fast, with which additions to the objective."), 1,
         specsOf<TrainingPlan>()},
        {"augment", QT_TRANSLATE_NOOP("core", "Augmentations"),
         QT_TRANSLATE_NOOP("core", "How strongly the views of an image differ: what the network learns to ignore."), 1,
         specsOf<AugmentationOptions>()},
    };
    return all;
}

TrainingRecipe::TrainingRecipe()
{
    for (const char *group : groups)
        setValues(group, {});
}

const std::vector<ParamSpec> &TrainingRecipe::specs(std::string_view group) const
{
    for (const StageInfo &info : trainingGroups())
        if (group == info.id)
            return info.params;
    if (group == "objective")
        return objectiveById(m_objective).params;
    throw Error(ErrorKind::InvalidArgument,
                QT_TRANSLATE_NOOP("core", "there is no stage \"%1\"; the nearest is \"%2\""),
                {std::string(group), nearest(group, {std::begin(groups), std::end(groups)})});
}

const ParamValues &TrainingRecipe::values(std::string_view group) const
{
    return m_values.find(group)->second;
}

void TrainingRecipe::setValues(std::string_view group, const ParamValues &values)
{
    ParamValues checked = checkedValues(specs(group), values, group);
    m_values.insert_or_assign(std::string(group), std::move(checked));
}

void TrainingRecipe::set(std::string_view assignment)
{
    const auto &[group, key, value] = parseAssignment(assignment);
    specs(group); // throws where there is no such group
    ParamValues changed = values(group);
    changed[key] = value;
    setValues(group, changed);
}

void TrainingRecipe::chooseObjective(const std::string &id)
{
    m_objective = objectiveById(id).id;
    setValues("objective", {});
}

void TrainingRecipe::choosePreset(const std::string &id)
{
    std::vector<std::string> known;
    for (const AugmentationPreset &preset : augmentationPresets()) {
        known.emplace_back(preset.id);
        if (preset.id != id)
            continue;
        ParamValues values;
        for (const ParamSpec &spec : specsOf(preset.options))
            values[spec.key] = spec.def;
        setValues("augment", values);
        return;
    }
    throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no preset \"%1\"; the nearest is \"%2\""),
                {id, nearest(id, known)});
}

TrainingSettings TrainingRecipe::settings() const
{
    return {optionsFrom<NetworkPlan>(values("network")), optionsFrom<TrainingPlan>(values("train")),
            optionsFrom<AugmentationOptions>(values("augment")),
            *objectiveById(m_objective).create(values("objective"))};
}

nlohmann::ordered_json TrainingRecipe::toJson() const
{
    return {{"network", valuesToJson(values("network"))},
            {"train", valuesToJson(values("train"))},
            {"augment", valuesToJson(values("augment"))},
            {"objective", {{"id", m_objective}, {"params", valuesToJson(values("objective"))}}}};
}

TrainingRecipe TrainingRecipe::fromJson(const nlohmann::json &json, const std::string &name)
{
    try {
        TrainingRecipe recipe;
        recipe.chooseObjective(json.at("objective").at("id").get<std::string>());
        recipe.setValues("objective",
                         valuesFromJson(recipe.specs("objective"), json.at("objective").at("params"), "objective"));
        for (const char *group : {"network", "train", "augment"})
            recipe.setValues(group, valuesFromJson(recipe.specs(group), json.at(group), group));
        return recipe;
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 does not describe a training run: %2"),
                    {name, error.what()});
    }
}

std::vector<std::string> TrainingRecipe::assignments() const
{
    std::vector<std::string> all;
    TrainingRecipe defaults;
    defaults.chooseObjective(m_objective);
    for (const char *group : groups)
        for (const ParamSpec &spec : specs(group))
            if (const ParamValue &value = values(group).at(spec.key); value != defaults.values(group).at(spec.key))
                all.push_back(std::string(group) + "." + spec.key + "=" + toText(value));
    return all;
}

} // namespace likeness
