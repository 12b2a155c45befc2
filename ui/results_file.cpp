#include "ui/results_file.h"

#include "core/base/file.h"
#include "core/base/hash.h"

#include <nlohmann/json.hpp>

namespace likeness::ui {

namespace {

using Json = nlohmann::json;

constexpr int version = 1;

/// Of all names, sizes and times: another picture is another answer.
std::string keyOf(const Workspace &workspace)
{
    std::string text;
    for (const ImageSet *images : {&workspace.gallery, &workspace.queries})
        for (const ImageRef &image : images->images()) {
            std::error_code ignored;
            text += image.name;
            text += '\0' + std::to_string(std::filesystem::file_size(image.path, ignored)) + '\0' +
                    std::to_string(std::filesystem::last_write_time(image.path, ignored).time_since_epoch().count());
        }
    if (workspace.truth)
        for (const auto &[query, sources] : workspace.truth->sources)
            for (const std::string &source : sources)
                text += query + '\0' + source + '\0';
    return toHex(contentHash(text));
}

std::string textOf(const Recipe &recipe)
{
    return recipe.toJson().dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json jsonOf(const Answer &answer)
{
    Json hits = Json::array();
    for (const Hit &hit : answer.ranking)
        hits.push_back({hit.image, hit.score, hit.margin, hit.inliers});
    return {answer.extractMs,  answer.searchMs,      answer.right, answer.rightRank,
            answer.rightScore, answer.waitedSeconds, hits};
}

Answer answerFrom(const Json &json, const std::string &query, int images)
{
    Answer answer;
    answer.query = query;
    answer.extractMs = json.at(0);
    answer.searchMs = json.at(1);
    answer.right = json.at(2);
    answer.rightRank = json.at(3);
    answer.rightScore = json.at(4);
    answer.waitedSeconds = json.at(5);
    for (const Json &hit : json.at(6)) {
        answer.ranking.push_back({hit.at(0), hit.at(1), hit.at(2), hit.at(3)});
        if (answer.ranking.back().image < 0 || answer.ranking.back().image >= images)
            throw std::out_of_range("an image that is not there");
    }
    if (answer.right >= images)
        throw std::out_of_range("an image that is not there");
    return answer;
}

} // namespace

std::string resultsToBytes(const QString &folder, const Workspace &workspace, const Results &results)
{
    Json answers = Json::array();
    for (const auto &answer : results.answers())
        answers.push_back(answer ? jsonOf(*answer) : Json());
    const Json all{{"version", version},
                   {"folder", folder.toStdString()},
                   {"key", keyOf(workspace)},
                   {"recipe", textOf(results.recipe())},
                   {"answers", answers}};
    std::string bytes;
    Json::to_cbor(all, bytes);
    return bytes;
}

std::optional<std::vector<std::optional<Answer>>> resultsFromBytes(std::span<const std::uint8_t> bytes,
                                                                   const QString &folder, const Workspace &workspace,
                                                                   const Recipe &recipe)
{
    const Json all = Json::from_cbor(bytes.begin(), bytes.end());
    const Json &answers = all.at("answers");
    if (all.at("version") != version || all.at("folder") != folder.toStdString() ||
        all.at("recipe") != textOf(recipe) || answers.size() != std::size_t(workspace.queries.size()) ||
        all.at("key") != keyOf(workspace))
        return std::nullopt;
    std::vector<std::optional<Answer>> restored(answers.size());
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (!answers[i].is_null())
            restored[i] = answerFrom(answers[i], workspace.queries[ImageId(i)].name, workspace.gallery.size());
    return restored;
}

} // namespace likeness::ui
