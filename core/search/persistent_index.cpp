#include "core/search/persistent_index.h"

#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/rank/ranking.h"
#include "core/search/persistent_parts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace likeness {

namespace {

[[noreturn]] void refuseStage(const std::string &stage)
{
    throw Error(ErrorKind::InvalidArgument,
                QT_TRANSLATE_NOOP("core", "the stage \"%1\" cannot be kept in an index on disk"), {stage});
}

} // namespace

std::vector<std::unique_ptr<Transform>> transformsOf(const Recipe &recipe)
{
    std::vector<std::unique_ptr<Transform>> transforms;
    for (const StageChoice &choice : recipe.branches[0].transforms)
        transforms.push_back(transformById(choice.id).create(choice.params));
    return transforms;
}

std::optional<ApproximatePlan> approximationOf(const Recipe &recipe)
{
    const StageChoice &choice = recipe.branches[0].index;
    const auto index = indexById(choice.id).create(choice.params);
    const ApproximatePlan *plan = index->approximation();
    return plan == nullptr ? std::nullopt : std::optional(*plan);
}

void checkPersistentRecipe(const Recipe &recipe)
{
    if (recipe.branches.size() != 1)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "the recipe %1 has several branches: an index on disk holds one"),
                    {recipe.id});
    const Branch &branch = recipe.branches[0];
    for (const StageChoice &choice : branch.transforms) {
        const auto transform = transformById(choice.id).create(choice.params);
        if (!transform->accepts(FeatureType::Vector) || !transform->state())
            refuseStage(choice.id);
    }
    const FeatureType type = extractorById(branch.extractor.id).create(branch.extractor.params)->type();
    if (type != FeatureType::Vector && branch.transforms.empty())
        refuseStage(branch.extractor.id);
    if (!indexById(branch.index.id).create(branch.index.params)->comparesByProduct())
        refuseStage(branch.index.id);
    for (const RankerChoice &choice : recipe.rankers)
        if (!rankerById(choice.ranker.id).create(choice.ranker.params)->needsScoresOnly())
            refuseStage(choice.ranker.id);
}

Features transformed(const std::vector<std::unique_ptr<Transform>> &transforms, Features features, Role role)
{
    for (const auto &transform : transforms)
        features = transform->apply(features, role);
    return features;
}

RowSource mappedRows(const std::optional<MappedFile> &file, std::int64_t rows, int width)
{
    return rowsInMemory(file ? reinterpret_cast<const float *>(file->bytes().data()) : nullptr, rows, width);
}

void PersistentIndex::verify(const std::filesystem::path &folder, TaskContext &task)
{
    readWhole(folder, [&] {
        const IndexManifest manifest = IndexManifest::read(folder);
        std::int64_t done = 0;
        for (const auto &[role, file] : manifest.files) {
            task.checkCancelled();
            checkFile(folder, file, true);
            task.progress(++done, static_cast<std::int64_t>(manifest.files.size()));
        }
    });
}

PersistentIndex::State::State(const std::filesystem::path &from) : folder(from), manifest(IndexManifest::read(from))
{
    for (const auto &[role, file] : manifest.files)
        checkFile(folder, file,
                  role != "rows"); // vectors are numbers whatever they are; the rest is trusted by readers
    checkPersistentRecipe(manifest.recipe);
    const auto fileOf = [&](const std::string &role) {
        const auto found = manifest.files.find(role);
        if (found == manifest.files.end())
            refuseDamaged(folder, Message{QT_TRANSLATE_NOOP("core", "no file of \"%1\""), {role}});
        return folder / found->second.name;
    };
    images = readImageList(fileOf("images"));
    const std::int64_t listed = images.empty() ? 0 : images.back().firstRow + images.back().rows;
    if (static_cast<std::int64_t>(images.size()) != manifest.images || listed != manifest.rows)
        refuseDamaged(fileOf("images"),
                      Message{QT_TRANSLATE_NOOP("core", "%1 images with %2 vectors in place of %3 with %4"),
                              {std::to_string(images.size()), std::to_string(listed), std::to_string(manifest.images),
                               std::to_string(manifest.rows)}});
    if (manifest.rows > 0)
        rowFile.emplace(fileOf("rows"));
    plan = approximationOf(manifest.recipe);
    if (plan && manifest.rows > 0) {
        codes = VectorIndex::read(fileOf("codes"), plan->codes, true);
        if (codes->size() != manifest.rows)
            refuseDamaged(fileOf("codes"), Message{QT_TRANSLATE_NOOP("core", "%1 codes of %2 vectors"),
                                                   {std::to_string(codes->size()), std::to_string(manifest.rows)}});
    }
    transforms = transformsOf(manifest.recipe);
    for (std::size_t i = 0; i < transforms.size(); ++i)
        transforms[i]->restore(readFile(fileOf("transform-" + std::to_string(i))));
    extractor = std::make_unique<RecipeExtractor>(manifest.recipe, nullptr);
    if (toHex(extractor->keyOf(0)) != manifest.extractorKey)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "%1 was made with other weights or another version of the extractor: "
                                              "build the index again"),
                    {toUtf8(folder)});
    if (const auto &choice = manifest.recipe.fusion)
        fusion = fusionById(choice->id).create(choice->params);
    for (const RankerChoice &ranker : manifest.recipe.rankers)
        rankers.push_back(rankerById(ranker.ranker.id).create(ranker.ranker.params));
}

std::size_t PersistentIndex::State::imageOfRow(std::int64_t row) const
{
    const auto behind = std::ranges::upper_bound(images, row, {}, &IndexedImage::firstRow);
    auto at = behind - 1; // images without rows share the place of the next one
    while (at->rows == 0)
        --at;
    return static_cast<std::size_t>(at - images.begin());
}

std::vector<float> PersistentIndex::State::exactScores(const Features &query) const
{
    const std::vector<float> best = bestByProduct(rows(), floatRows(query.rows), TaskContext::none());
    std::vector<float> scores(images.size(), noScore);
    for (std::size_t image = 0; image < images.size(); ++image)
        for (std::int64_t row = 0; row < images[image].rows; ++row)
            scores[image] = std::max(scores[image], best[static_cast<std::size_t>(images[image].firstRow + row)]);
    return scores;
}

std::vector<float> PersistentIndex::State::codeScores(const Features &query) const
{
    std::vector<float> scores(images.size(), noScore);
    const Eigen::Map<const FloatRows> asked = floatRows(query.rows);
    scoreByCodes(
        *codes, plan->options.candidates, asked, [this](std::int64_t row) { return imageOfRow(row); }, scores);
    if (plan->options.rescore > 0)
        rescoreBest(scores, plan->options.rescore, [&](std::size_t image) {
            const IndexedImage &own = images[image];
            return (asked * rows().block(own.firstRow, own.rows).transpose()).maxCoeff();
        });
    return scores;
}

std::vector<float> PersistentIndex::State::scores(const Features &query, bool byCodes) const
{
    std::vector<float> scores = byCodes ? codeScores(query) : exactScores(query);
    if (fusion) { // of one branch, whose scores it brings to its own scale
        const std::vector<std::vector<float>> branches{std::move(scores)};
        scores.assign(branches[0].size(), noScore);
        fusion->fuse(branches, std::vector<double>{manifest.recipe.branches[0].weight}, scores);
    }
    for (const auto &ranker : rankers)
        ranker->rerank(query, scores);
    return scores;
}

PersistentIndex::PersistentIndex(const std::filesystem::path &folder)
    : m_state(readWhole(folder, [&] { return std::make_unique<State>(folder); }))
{
}

PersistentIndex::~PersistentIndex() = default;
PersistentIndex::PersistentIndex(PersistentIndex &&) noexcept = default;
PersistentIndex &PersistentIndex::operator=(PersistentIndex &&) noexcept = default;

const IndexManifest &PersistentIndex::manifest() const
{
    return m_state->manifest;
}

std::optional<Message> PersistentIndex::refusal(const Recipe &recipe)
{
    try {
        checkPersistentRecipe(recipe);
    } catch (const Error &error) {
        return error.message();
    }
    return std::nullopt;
}

int PersistentIndex::mostAnswers() const
{
    return m_state->codes ? m_state->plan->options.candidates : std::numeric_limits<int>::max();
}

std::vector<PersistentIndex::Answer> PersistentIndex::search(const QueryPart &query, const std::string &name, int k,
                                                             const std::string &under) const
{
    if (m_state->manifest.rows == 0)
        return {};
    const Features features =
        transformed(m_state->transforms, m_state->extractor->extractParts({&query, 1}, name)[0], Role::Query);
    if (features.rows.empty())
        return {};
    checkWidth(m_state->manifest.width, features.rows.cols);
    const bool byCodes = m_state->codes && under.empty();
    if (byCodes && std::min<std::int64_t>(k, m_state->manifest.images) > mostAnswers())
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "%1 answers are wanted, but the index looks at %2 candidates only: build "
                                              "it with more candidates"),
                    {std::to_string(k), std::to_string(mostAnswers())});
    std::vector<float> scores = m_state->scores(features, byCodes);
    for (std::size_t image = 0; image < scores.size(); ++image)
        if (!m_state->images[image].name.starts_with(under))
            scores[image] = noScore;
    std::vector<Answer> answers;
    for (const Hit &hit : ranked(scores, k))
        answers.push_back({m_state->images[static_cast<std::size_t>(hit.image)].name, hit.score});
    return answers;
}

} // namespace likeness
