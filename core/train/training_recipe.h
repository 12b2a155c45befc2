#pragma once

#include "core/base/stage.h"

#include <nlohmann/json_fwd.hpp>

namespace likeness {

struct TrainingSettings; // core/train/training_plan.h

/// The options of every training run, whatever its objective: "network", "train", "augment".
std::span<const StageInfo> trainingGroups();

/// Everything that decides a run but its images, as values of the options that forms, flags and files share.
class TrainingRecipe {
public:
    TrainingRecipe();

    /// The groups of --set: "network", "train", "augment" and "objective".
    const std::vector<ParamSpec> &specs(std::string_view group) const;
    const ParamValues &values(std::string_view group) const;
    /// Throws Error{InvalidArgument}.
    void setValues(std::string_view group, const ParamValues &values);
    /// "group.key=value". Throws Error{InvalidArgument}.
    void set(std::string_view assignment);

    const std::string &objective() const { return m_objective; }
    /// Its values become the defaults. Throws Error{NotFound} naming the nearest.
    void chooseObjective(const std::string &id);
    /// Throws Error{NotFound} naming the nearest.
    void choosePreset(const std::string &id);

    TrainingSettings settings() const;
    nlohmann::ordered_json toJson() const;
    /// Throws Error{Format|InvalidArgument} naming `name` and what is wrong.
    static TrainingRecipe fromJson(const nlohmann::json &json, const std::string &name);
    /// The assignments that make the default of the same objective into this one; for showing the command line.
    std::vector<std::string> assignments() const;

private:
    std::string m_objective = "nt-xent";
    std::map<std::string, ParamValues, std::less<>> m_values; ///< by group
};

} // namespace likeness
