#include "core/search/engine.h"

#include "core/base/parallel.h"
#include "core/base/stopwatch.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>

namespace likeness {

namespace {

std::vector<RankerInput> inputsOf(const Recipe &recipe)
{
    std::vector<RankerInput> inputs;
    for (std::size_t r = 0; r < recipe.rankers.size(); ++r)
        inputs.push_back(recipe.rankers[r].extractor ? RankerInput() : recipe.inputOf(r));
    return inputs;
}

std::vector<ImageSet> backgroundsOf(const Recipe &recipe, TaskContext &context)
{
    std::vector<ImageSet> backgrounds;
    for (const RankerChoice &choice : recipe.rankers) {
        const std::string folder = rankerById(choice.ranker.id).create(choice.ranker.params)->background();
        backgrounds.push_back(folder.empty() ? ImageSet() : ImageSet::scan(folder, context));
        if (!folder.empty() && backgrounds.back().empty())
            throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "%1 holds no images"), {folder});
    }
    return backgrounds;
}

std::vector<ContentHash> keysOf(std::span<const ImageSet> backgrounds)
{
    std::vector<ContentHash> keys;
    for (const ImageSet &images : backgrounds)
        keys.push_back(images.empty() ? ContentHash() : galleryKey(images));
    return keys;
}

} // namespace

Engine::Engine(const Recipe &recipe, const ImageSet &gallery, const ContentHash &galleryKey,
               std::shared_ptr<FeatureCache> cache, TaskContext &context)
    : m_recipe(recipe),
      m_gallery(gallery),
      m_extractor(recipe, std::move(cache)),
      m_inputs(inputsOf(recipe)),
      m_backgrounds(backgroundsOf(recipe, context)),
      m_keys(recipe, m_extractor, galleryKey, keysOf(m_backgrounds)),
      m_rankers(recipe.rankers.size())
{
    for (const Branch &branch : recipe.branches)
        m_branches.push_back({std::vector<std::shared_ptr<const Transform>>(branch.transforms.size()), nullptr});
    if (recipe.fusion)
        m_fusion = fusionById(recipe.fusion->id).create(recipe.fusion->params);
}

const ContentHash &Engine::columnKeyOf(std::size_t ranker) const
{
    return m_recipe.rankers[ranker].extractor ? m_keys.slots[m_extractor.slotOfRanker(ranker)]
                                              : m_keys.columns[m_inputs[ranker].branch][m_inputs[ranker].transforms];
}

FeatureType Engine::columnTypeOf(std::size_t ranker) const
{
    const auto &[branch, transforms] = m_inputs[ranker];
    return m_recipe.rankers[ranker].extractor || transforms == 0
               ? m_extractor.typeOf(m_extractor.slotOfRanker(ranker))
               : m_branches[branch].transforms[transforms - 1]->outputType();
}

std::vector<std::size_t> Engine::keptBehind(std::size_t branch) const
{
    const std::vector<StageChoice> &transforms = m_recipe.branches[branch].transforms;
    std::vector<std::size_t> kept{transforms.size()};
    for (std::size_t t = 0; t < transforms.size(); ++t)
        if (transformById(transforms[t].id).create(transforms[t].params)->dependsOnAll())
            kept.push_back(t);
    for (std::size_t r = 0; r < m_rankers.size(); ++r) {
        const StageChoice &choice = m_recipe.rankers[r].ranker;
        if (!m_recipe.rankers[r].extractor && m_inputs[r].branch == branch &&
            !rankerById(choice.id).create(choice.params)->bestScoresSeen())
            kept.push_back(m_inputs[r].transforms);
    }
    std::ranges::sort(kept);
    const auto repeated = std::ranges::unique(kept);
    kept.erase(repeated.begin(), repeated.end());
    return kept;
}

std::vector<Features> Engine::stagesOfBranch(std::size_t branch, const Features &features) const
{
    std::vector<Features> stages{features};
    for (const auto &transform : m_branches[branch].transforms)
        stages.push_back(transform->apply(stages.back(), Role::Query));
    return stages;
}

Column Engine::backgroundOf(std::size_t ranker, TaskContext &context) const
{
    context.stage(QT_TRANSLATE_NOOP("core", "Extracting background features"), 1, 2);
    const std::size_t slot = m_extractor.slotOfRanker(ranker);
    const ImageSet &images = m_backgrounds[ranker];
    ColumnWriter column(static_cast<std::size_t>(images.size()));
    for (BranchFeatures &image : m_extractor.extractAll(images, Role::Gallery, context)) {
        Features features = std::move(image[slot]);
        for (std::size_t t = 0; !m_recipe.rankers[ranker].extractor && t < m_inputs[ranker].transforms; ++t)
            features = m_branches[m_inputs[ranker].branch].transforms[t]->apply(features, Role::Query); // from outside
        column.append(features);
    }
    return column.finish();
}

std::size_t Engine::indexBytes() const
{
    return std::accumulate(m_branches.begin(), m_branches.end(), std::size_t{0},
                           [](std::size_t sum, const auto &branch) { return sum + branch.index->bytes(); });
}

bool Engine::hasRows() const
{
    return std::ranges::any_of(m_columns, [](const auto &column) { return column.second.rowCount() > 0; });
}

int Engine::mostScored() const
{
    int most = std::numeric_limits<int>::max();
    for (const BuiltBranch &branch : m_branches)
        most = std::min(most, branch.index->mostScored());
    return most;
}

ContentHash Engine::memoKey(std::span<const QueryPart> parts, Asked asked) const
{
    std::string text = toHex(m_keys.branches) + (asked == Asked::All ? "|all" : "");
    for (const QueryPart &part : parts) {
        const auto stamp = part.image.empty() ? std::nullopt : fileStamp(part.image);
        text += "|" + part.image.native() + '\0';
        if (stamp)
            text += std::to_string(stamp->size) + " " + std::to_string(stamp->mtimeNs);
        text += toHex(contentHash(part.bytes)) + part.text + '\0' + toText(part.weight);
    }
    return contentHash(text);
}

QueryMemo Engine::memoOf(BranchFeatures features, Asked asked) const
{
    QueryMemo memo;
    for (std::size_t b = 0; b < m_branches.size(); ++b)
        memo.stages.push_back(stagesOfBranch(b, features[m_extractor.slotOf(b)]));
    memo.features = std::move(features);
    score(memo, asked);
    return memo;
}

void Engine::score(QueryMemo &memo, Asked asked) const
{
    std::vector<std::vector<float>> branches;
    std::vector<double> weights;
    for (std::size_t b = 0; b < m_branches.size(); ++b) {
        std::vector<float> &scores = branches.emplace_back(static_cast<std::size_t>(m_gallery.size()));
        const Index &index = *m_branches[b].index;
        const Features &query = memo.stages[b].back();
        asked == Asked::All ? index.scoresOfAll(query, scores) : index.scores(query, scores);
        std::ranges::replace_if( // not a number ranks nowhere rather than anywhere
            scores, [](float score) { return std::isnan(score); }, noScore);
        weights.push_back(m_recipe.branches[b].weight);
    }
    memo.scores.resize(branches[0].size());
    if (m_fusion)
        m_fusion->fuse(branches, weights, memo.scores);
    else
        memo.scores = std::move(branches[0]);
}

void Engine::rerank(const QueryMemo &memo, int k, QueryResult &result, Asked asked) const
{
    result.scores = memo.scores;
    std::map<int, int> inliers;
    for (std::size_t r = 0; r < m_rankers.size(); ++r) {
        const Features &query = m_recipe.rankers[r].extractor ? memo.features[m_extractor.slotOfRanker(r)]
                                                              : memo.stages[m_inputs[r].branch][m_inputs[r].transforms];
        const Ranker &ranker = *m_rankers[r];
        for (const auto &[image, count] :
             asked == Asked::All ? ranker.rerankAll(query, result.scores) : ranker.rerank(query, result.scores))
            inliers[image] = count;
    }
    result.ranking = ranked(result.scores, k);
    for (Hit &hit : result.ranking)
        if (const auto found = inliers.find(hit.image); found != inliers.end())
            hit.inliers = found->second;
}

QueryResult Engine::searchFile(const std::filesystem::path &path, int k) const
{
    const QueryPart part{.image = path};
    return searchParts({&part, 1}, {}, k);
}

QueryResult Engine::searchBytes(std::span<const std::uint8_t> bytes, const std::string &name, int k) const
{
    const QueryPart part{.bytes = bytes};
    return searchParts({&part, 1}, name, k);
}

QueryResult Engine::searchParts(std::span<const QueryPart> parts, const std::string &name, int k,
                                std::shared_ptr<const QueryMemo> *memo, Asked asked) const
{
    QueryResult result;
    result.query = name;
    if (!hasRows())
        return result; // nothing was learned that a query could be compared by
    Stopwatch watch;
    std::shared_ptr<const QueryMemo> known = memo ? *memo : nullptr;
    const ContentHash key = memo ? memoKey(parts, asked) : ContentHash();
    if (!known || known->key != key) {
        BranchFeatures features = m_extractor.extractParts(parts, name);
        result.extractMs = watch.ms();
        watch = {};
        auto made = std::make_shared<QueryMemo>(memoOf(std::move(features), asked));
        made->key = key;
        known = std::move(made);
    }
    rerank(*known, k, result, asked);
    result.searchMs = watch.ms();
    if (memo)
        *memo = std::move(known);
    return result;
}

QueryResult Engine::searchUnder(const std::string &under, std::span<const QueryPart> parts, const std::string &name,
                                int k) const
{
    if (under.empty() && std::min(k, m_gallery.size()) > mostScored())
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "%1 answers are wanted, but the index looks at %2 candidates only: build "
                                              "it with more candidates"),
                    {std::to_string(k), std::to_string(mostScored())});
    QueryResult result = searchParts(parts, name, k, nullptr, under.empty() ? Asked::Best : Asked::All);
    if (under.empty())
        return result;
    for (ImageId image = 0; image < m_gallery.size(); ++image)
        if (!m_gallery[image].name.starts_with(under))
            result.scores[static_cast<std::size_t>(image)] = noScore;
    result.ranking = ranked(result.scores, k);
    return result;
}

std::vector<QueryResult> Engine::searchAll(const ImageSet &queries, int k, TaskContext &context,
                                           const std::function<void(ImageId, const QueryResult &)> &onResult,
                                           Asked asked) const
{
    context.stage(QT_TRANSLATE_NOOP("core", "Searching"), 2, 2);
    std::vector<QueryResult> results(static_cast<std::size_t>(queries.size()));
    std::atomic<std::int64_t> done = 0;
    std::mutex reporting;
    parallelFor(results.size(), context, [&](std::size_t i) {
        const ImageRef &query = queries[static_cast<ImageId>(i)];
        try {
            const QueryPart part{.image = query.path};
            results[i] = searchParts({&part, 1}, {}, k, nullptr, asked);
        } catch (const std::exception &error) {
            context.problem({query.name, messageOf(error)});
        }
        results[i].query = query.name;
        if (onResult) {
            const std::lock_guard lock(reporting);
            onResult(static_cast<ImageId>(i), results[i]);
        }
        // Dense scores of a whole run would be queries x gallery; the ranking is what the run keeps.
        results[i].scores = {};
        context.progress(++done, queries.size());
    });
    if (m_extractor.cache())
        m_extractor.cache()->flush();
    return results;
}

} // namespace likeness
