#include "core/search/recipe.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace likeness {

// Written by CMake from resources/recipes/*.json.
extern const std::vector<std::string_view> shippedRecipeTexts;

namespace {

using Json = nlohmann::json;

StageChoice choiceFromJson(const Json &json, StageKind kind)
{
    const auto id = json.at("id").get<std::string>();
    const StageInfo &info = stageById(kind, id);
    const ParamValues given = valuesFromJson(info.params, json.value("params", Json::object()), id);
    return {id, checkedValues(info.params, given, id)};
}

nlohmann::ordered_json choiceToJson(const StageChoice &choice)
{
    return {{"id", choice.id}, {"params", valuesToJson(choice.params)}};
}

[[noreturn]] void refuseFeatures(const std::string &stage, const std::string &before)
{
    throw Error(ErrorKind::InvalidArgument,
                QT_TRANSLATE_NOOP("core", "the stage \"%1\" cannot use the features of \"%2\""), {stage, before});
}

FeatureType typeOf(const StageChoice &extractor)
{
    return extractorById(extractor.id).create(extractor.params)->type();
}

std::unique_ptr<Ranker> madeRanker(const StageChoice &choice)
{
    return rankerById(choice.id).create(choice.params);
}

/// The first branch that has what the ranker accepts, behind the last transform that gives it.
std::optional<RankerInput> inputFor(const Recipe &recipe, const StageChoice &choice)
{
    const auto ranker = madeRanker(choice);
    for (std::size_t b = 0; b < recipe.branches.size(); ++b) {
        const std::vector<StageChoice> &transforms = recipe.branches[b].transforms;
        for (std::size_t count = transforms.size(); count > 0; --count) {
            const StageChoice &last = transforms[count - 1];
            if (ranker->accepts(transformById(last.id).create(last.params)->outputType()))
                return RankerInput{b, count};
        }
        if (ranker->accepts(typeOf(recipe.branches[b].extractor)))
            return RankerInput{b, 0};
    }
    return std::nullopt;
}

void readBranch(const Json &json, Recipe &recipe)
{
    Branch branch{choiceFromJson(json.at("extractor"), StageKind::Extractor),
                  choiceFromJson(json.at("index"), StageKind::Index), json.value("weight", 1.0)};
    for (const Json &transform : json.value("transforms", Json::array()))
        branch.transforms.push_back(choiceFromJson(transform, StageKind::Transform));
    if (!(branch.weight > 0))
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "%1 = %2 is not allowed: it must be %3"),
                    {"weight", toText(branch.weight), "> 0"});
    recipe.branches.push_back(std::move(branch));
}

} // namespace

void checkRecipe(const Recipe &recipe)
{
    if (recipe.branches.empty() || (recipe.branches.size() > 1 && !recipe.fusion))
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "several branches need a fusion, none is nothing"));
    for (const Branch &branch : recipe.branches) {
        FeatureType type = typeOf(branch.extractor);
        std::string before = branch.extractor.id;
        for (const StageChoice &choice : branch.transforms) {
            const auto transform = transformById(choice.id).create(choice.params);
            if (!transform->accepts(type))
                refuseFeatures(choice.id, before);
            type = transform->outputType();
            before = choice.id;
        }
        if (!indexById(branch.index.id).create(branch.index.params)->accepts(type))
            refuseFeatures(branch.index.id, before);
    }
    for (std::size_t r = 0; r < recipe.rankers.size(); ++r) {
        const StageChoice &choice = recipe.rankers[r].ranker;
        if (const auto &own = recipe.rankers[r].extractor; !own)
            recipe.inputOf(r);
        else if (!madeRanker(choice)->accepts(typeOf(*own)))
            refuseFeatures(choice.id, own->id);
        if (recipe.fusion && !madeRanker(choice)->background().empty())
            throw Error(ErrorKind::InvalidArgument,
                        QT_TRANSLATE_NOOP("core", "the background of \"%1\" needs scores that are dot products: one "
                                                  "branch and no fusion"),
                        {choice.id});
    }
}

Recipe Recipe::fromJson(const Json &json, const std::string &name)
{
    Recipe recipe;
    try {
        recipe.id = json.at("id").get<std::string>();
        recipe.title = LocalText::fromJson(json.value("title", Json::object()));
        recipe.summary = LocalText::fromJson(json.value("summary", Json::object()));
        for (const Json &branch : json.at("branches"))
            readBranch(branch, recipe);
        if (json.contains("fusion"))
            recipe.fusion = choiceFromJson(json.at("fusion"), StageKind::Fusion);
        for (const Json &ranker : json.value("rankers", Json::array())) {
            recipe.rankers.push_back({choiceFromJson(ranker, StageKind::Ranker), std::nullopt});
            if (ranker.contains("extractor"))
                recipe.rankers.back().extractor = choiceFromJson(ranker.at("extractor"), StageKind::Extractor);
        }
        recipe.completeRankers();
        checkRecipe(recipe);
    } catch (const Json::exception &error) {
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 is not a recipe: %2"), {name, error.what()});
    } catch (const Error &error) {
        throw Error(error.kind(), QT_TRANSLATE_NOOP("core", "%1 is not a recipe: %2"), {name, error.message()});
    }
    return recipe;
}

nlohmann::ordered_json Recipe::toJson() const
{
    nlohmann::ordered_json json{{"id", id},
                                {"title", title.byLanguage},
                                {"summary", summary.byLanguage},
                                {"branches", nlohmann::ordered_json::array()}};
    for (const Branch &branch : branches) {
        json["branches"].push_back({{"extractor", choiceToJson(branch.extractor)}});
        auto &written = json["branches"].back();
        for (const StageChoice &transform : branch.transforms)
            written["transforms"].push_back(choiceToJson(transform));
        written["index"] = choiceToJson(branch.index);
        written["weight"] = branch.weight;
    }
    if (fusion)
        json["fusion"] = choiceToJson(*fusion);
    for (const RankerChoice &choice : rankers) {
        json["rankers"].push_back(choiceToJson(choice.ranker));
        if (choice.extractor)
            json["rankers"].back()["extractor"] = choiceToJson(*choice.extractor);
    }
    return json;
}

RankerInput Recipe::inputOf(std::size_t ranker) const
{
    if (const auto found = inputFor(*this, rankers[ranker].ranker))
        return *found;
    refuseFeatures(rankers[ranker].ranker.id, branches.front().extractor.id);
}

void Recipe::completeRankers()
{
    const StageInfo &keypoints = extractorById("keypoints");
    const StageChoice own{keypoints.id, checkedValues(keypoints.params, {}, keypoints.id)};
    for (RankerChoice &choice : rankers)
        if (!choice.extractor && !inputFor(*this, choice.ranker) && madeRanker(choice.ranker)->accepts(typeOf(own)))
            choice.extractor = own;
}

std::vector<StageAddress> stagesOf(Recipe &recipe)
{
    std::vector<StageAddress> stages;
    std::map<std::string, int> seen;
    const auto add = [&](StageChoice &choice, const StageInfo &info) {
        const int number = ++seen[choice.id];
        stages.push_back({number == 1 ? choice.id : choice.id + "#" + std::to_string(number), &info, &choice});
    };
    for (Branch &branch : recipe.branches) {
        add(branch.extractor, extractorById(branch.extractor.id));
        for (StageChoice &transform : branch.transforms)
            add(transform, transformById(transform.id));
        add(branch.index, indexById(branch.index.id));
    }
    if (recipe.fusion)
        add(*recipe.fusion, fusionById(recipe.fusion->id));
    for (RankerChoice &choice : recipe.rankers) {
        if (choice.extractor)
            add(*choice.extractor, extractorById(choice.extractor->id));
        add(choice.ranker, rankerById(choice.ranker.id));
    }
    return stages;
}

bool haveSameStages(Recipe a, Recipe b)
{
    return std::ranges::equal(stagesOf(a), stagesOf(b), {}, &StageAddress::name, &StageAddress::name);
}

void applyOverride(Recipe &recipe, std::string_view assignment)
{
    const auto &[wanted, key, value] = parseAssignment(assignment);
    auto stages = stagesOf(recipe);
    if (recipe.branches.size() == 1) {
        stages.push_back({"extractor", stages[0].info, stages[0].choice});
        stages.push_back({"index", &indexById(recipe.branches[0].index.id), &recipe.branches[0].index});
    }
    if (recipe.fusion)
        stages.push_back({"fusion", &fusionById(recipe.fusion->id), &*recipe.fusion});
    const auto found = std::ranges::find(stages, wanted, &StageAddress::name);
    if (found == stages.end()) {
        std::vector<std::string> names;
        for (const auto &stage : stages)
            names.push_back(stage.name);
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "the recipe %1 has no stage \"%2\"; the nearest is \"%3\""),
                    {recipe.id, wanted, nearest(wanted, names)});
    }
    ParamValues values = found->choice->params;
    values[key] = value;
    // As text: checkedValues() turns it into the parameter's own type, or says what is wrong.
    found->choice->params = checkedValues(found->info->params, values, found->name);
    checkRecipe(recipe);
}

std::vector<std::string> overridesBetween(Recipe from, Recipe to)
{
    std::vector<std::string> assignments;
    const auto before = stagesOf(from), after = stagesOf(to);
    for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i)
        for (const auto &[key, value] : after[i].choice->params)
            if (before[i].choice->params.at(key) != value)
                assignments.push_back(after[i].name + "." + key + "=" + toText(value));
    return assignments;
}

const std::vector<Recipe> &shippedRecipes()
{
    static const std::vector<Recipe> recipes = [] {
        std::vector<Recipe> list;
        for (const std::string_view text : shippedRecipeTexts)
            list.push_back(Recipe::fromJson(Json::parse(text), "built-in recipe"));
        return list;
    }();
    return recipes;
}

} // namespace likeness
