#pragma once

#include "core/base/local_text.h"
#include "core/registry.h"

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace likeness {

/// A stage and the values of all its parameters.
struct StageChoice {
    std::string id;
    ParamValues params;
    bool operator==(const StageChoice &) const = default;
};

/// One way to score: an extractor, transforms of its features and an index that accepts them.
struct Branch {
    StageChoice extractor, index;
    double weight = 1;
    std::vector<StageChoice> transforms{}; ///< between the two, in order
    bool operator==(const Branch &) const = default;
};

/// What looks again at the ranking. Without an extractor it looks at a branch: the first one that has features which it
/// accepts, behind the last transform that gives them. Where no branch has any, keypoints of its own are added.
struct RankerChoice {
    StageChoice ranker;
    std::optional<StageChoice> extractor;
    bool operator==(const RankerChoice &) const = default;
};

/// The features that a ranker looks at: of a branch, behind so many of its transforms.
struct RankerInput {
    std::size_t branch = 0, transforms = 0;
};

/// Everything that turns a workspace into rankings. One branch needs no fusion; its scores are then the index's own.
struct Recipe {
    std::string id;
    LocalText title, summary;
    std::vector<Branch> branches;
    std::optional<StageChoice> fusion;
    std::vector<RankerChoice> rankers{}; ///< in order

    /// Throws Error{Format|InvalidArgument} naming `name` and what is wrong.
    static Recipe fromJson(const nlohmann::json &json, const std::string &name);
    nlohmann::ordered_json toJson() const;
    /// Of a ranker without an extractor of its own. Throws Error{InvalidArgument} where no branch has what it accepts.
    RankerInput inputOf(std::size_t ranker) const;
    /// Gives keypoints of their own to the rankers that need them and find none.
    void completeRankers();
    bool operator==(const Recipe &) const = default;
};

/// The address of a stage in --set: its id, with "#2" for the second stage of that id and so on. Also accepted are
/// "extractor", "index" and "fusion" where the recipe has one only.
struct StageAddress {
    std::string name;
    const StageInfo *info;
    StageChoice *choice;
};
std::vector<StageAddress> stagesOf(Recipe &recipe);
/// The same stages, whatever their parameters.
bool haveSameStages(Recipe a, Recipe b);
/// `assignment` is "stage.key=value". Throws Error{InvalidArgument}.
void applyOverride(Recipe &recipe, std::string_view assignment);
/// The assignments that make `from` into `to` (the same stages, other values); for showing the command line.
std::vector<std::string> overridesBetween(Recipe from, Recipe to);

/// The recipes built into the program, in the order in which they are shown.
const std::vector<Recipe> &shippedRecipes();
/// Every stage must accept what the one before it gives, several branches need a fusion. Throws
/// Error{InvalidArgument} that names the stages.
void checkRecipe(const Recipe &recipe);

} // namespace likeness
