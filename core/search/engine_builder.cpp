// How an engine is built: from the stages of an earlier one where their keys are the same, from extracted features
// where not.
#include "core/search/engine_builder.h"

#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/base/part_context.h"
#include "core/base/stopwatch.h"

#include <algorithm>
#include <ostream>

namespace likeness {

namespace {

constexpr std::size_t chunkImages = 512; // whose features are in memory at once

} // namespace

Engine::Builder::Builder(Engine &engine, BuildPlace &place, TaskContext &task)
    : m_engine(engine),
      m_recipe(engine.m_recipe),
      m_extractor(engine.m_extractor),
      m_place(place),
      m_fit{task, engine.m_extractor.cache().get()},
      m_needed(m_recipe.branches.size()),
      m_wanted(m_extractor.slotCount(), false),
      m_extracted(m_extractor.slotCount()),
      m_extractorSeconds(m_extractor.slotCount(), 0)
{
    for (std::size_t b = 0; b < m_recipe.branches.size(); ++b)
        for (const std::size_t transforms : engine.keptBehind(b))
            m_kept.insert(keyOf(b, transforms));
    for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
        if (hasOwnFeatures(r))
            m_kept.insert(engine.columnKeyOf(r));
    m_fresh.assign(engine.m_gallery.images().begin(), engine.m_gallery.images().end());
}

void Engine::Builder::take(const Engine &previous)
{
    const EngineKeys &keys = m_engine.m_keys, &old = previous.m_keys;
    for (std::size_t b = 0; b < m_recipe.branches.size(); ++b)
        for (std::size_t o = 0; o < old.columns.size(); ++o) {
            auto &[transforms, index] = m_engine.m_branches[b];
            for (std::size_t t = 0; t < std::min(transforms.size(), old.columns[o].size() - 1); ++t)
                if (keys.columns[b][t + 1] == old.columns[o][t + 1])
                    transforms[t] = previous.m_branches[o].transforms[t];
            if (keys.indexes[b] == old.indexes[o])
                index = previous.m_branches[o].index;
        }
    for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
        for (std::size_t o = 0; o < old.rankers.size(); ++o)
            if (keys.rankers[r] == old.rankers[o])
                m_engine.m_rankers[r] = previous.m_rankers[o];
    for (const auto &[key, column] : previous.m_columns)
        if (isKept(key))
            m_engine.m_columns.emplace(key, column);
    for (const auto &[key, problem] : previous.m_problems)
        if (std::ranges::find(keys.slots, key) != keys.slots.end())
            m_engine.m_problems.emplace_back(key, problem);
}

void Engine::Builder::takeOver(const Engine &old, std::vector<ImageId> same,
                               std::function<std::filesystem::path(const std::string &)> fileOf)
{
    m_old = &old;
    m_same = std::move(same);
    m_oldFile = std::move(fileOf);
    m_fresh.clear();
    for (std::size_t image = 0; image < m_same.size(); ++image)
        if (m_same[image] < 0)
            m_fresh.push_back(m_engine.m_gallery[static_cast<ImageId>(image)]);
    for (std::size_t b = 0; b < m_recipe.branches.size(); ++b)
        for (std::size_t t = 0; t < m_recipe.branches[b].transforms.size(); ++t)
            if (const auto &transform = old.m_branches[b].transforms[t]; !transform->dependsOnAll())
                m_engine.m_branches[b].transforms[t] = transform;
}

void Engine::Builder::build()
{
    choose();
    extract();
    const Stopwatch watch;
    if (m_place.isFolder())
        m_fit.task.stage(QT_TRANSLATE_NOOP("core", "Writing the index"), 2, 2);
    for (std::size_t b = 0; b < m_recipe.branches.size(); ++b) {
        m_fit.task.checkCancelled();
        buildBranch(b);
    }
    for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
        if (!m_engine.m_rankers[r])
            buildRanker(r);
    m_engine.m_buildSeconds = watch.seconds();
    report();
}

/// Which extractors have to run, and from where the transforms of each branch.
void Engine::Builder::choose()
{
    for (std::size_t b = 0; b < m_recipe.branches.size(); ++b) {
        if (!m_engine.m_branches[b].index)
            m_needed[b].insert(m_recipe.branches[b].transforms.size());
        for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
            if (!hasOwnFeatures(r) && m_engine.m_inputs[r].branch == b && !m_engine.m_rankers[r] &&
                isKept(m_engine.columnKeyOf(r)))
                m_needed[b].insert(m_engine.m_inputs[r].transforms);
        std::erase_if(m_needed[b],
                      [&](std::size_t transforms) { return m_engine.m_columns.contains(keyOf(b, transforms)); });
        if (!m_needed[b].empty() && !startOf(b))
            m_wanted[m_extractor.slotOf(b)] = true;
    }
    for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
        if (hasOwnFeatures(r) && !m_engine.m_rankers[r] && !m_engine.m_columns.contains(m_engine.columnKeyOf(r)))
            m_wanted[m_extractor.slotOfRanker(r)] = true;
}

/// How many transforms lie before the last column that is known and early enough; nothing where the features of the
/// extractor are needed.
std::optional<std::size_t> Engine::Builder::startOf(std::size_t branch) const
{
    for (std::size_t t = *m_needed[branch].begin() + 1; t-- > 0;)
        if (m_engine.m_columns.contains(keyOf(branch, t)))
            return t;
    return std::nullopt;
}

void Engine::Builder::extract()
{
    const std::vector<ContentHash> &keys = m_engine.m_keys.slots;
    std::erase_if(m_engine.m_problems, [&](const auto &problem) {
        return m_wanted[static_cast<std::size_t>(std::ranges::find(keys, problem.first) - keys.begin())];
    });
    if (std::ranges::find(m_wanted, true) != m_wanted.end()) {
        m_fit.task.stage(QT_TRANSLATE_NOOP("core", "Extracting gallery features"), 1, 2);
        const Stopwatch watch;
        std::vector<std::optional<ColumnWriter>> writers(m_wanted.size());
        for (std::size_t slot = 0; slot < m_wanted.size(); ++slot)
            if (m_wanted[slot])
                writers[slot] = !isUpdate() && isKept(keys[slot]) ? m_place.keeping(keys[slot], m_fresh.size())
                                                                  : m_place.passing(m_fresh.size());
        extractInto(writers);
        for (std::size_t slot = 0; slot < m_wanted.size(); ++slot)
            if (m_wanted[slot] && !isUpdate() && isKept(keys[slot]))
                keep(keys[slot], m_extracted[slot] = writers[slot]->finish());
            else if (m_wanted[slot])
                m_extracted[slot] = writers[slot]->finishWithoutName();
        m_extractSeconds = watch.seconds();
        if (!m_fresh.empty())
            m_engine.m_extractMsPerImage = 1000 * m_extractSeconds / static_cast<double>(m_fresh.size());
    }
    std::set<std::string> said = m_failed;
    for (const auto &[key, problem] : m_engine.m_problems) // of the stages that were taken
        if (said.insert(problem.file).second)
            m_fit.task.problem(problem);
}

/// In parts, so that the features of a large gallery need not be in memory at once.
void Engine::Builder::extractInto(std::vector<std::optional<ColumnWriter>> &writers)
{
    for (std::size_t first = 0; first < m_fresh.size(); first += chunkImages) {
        m_fit.task.checkCancelled();
        const std::size_t count = std::min(chunkImages, m_fresh.size() - first);
        const auto begin = m_fresh.begin() + static_cast<std::ptrdiff_t>(first);
        PartContext part(m_fit.task, static_cast<std::int64_t>(first), static_cast<std::int64_t>(m_fresh.size()));
        const Extraction extraction = m_extractor.extractBy(
            m_wanted, ImageSet::of({begin, begin + static_cast<std::ptrdiff_t>(count)}), Role::Gallery, part);
        for (const BranchFeatures &image : extraction.images)
            for (std::size_t slot = 0; slot < m_wanted.size(); ++slot)
                if (m_wanted[slot])
                    writers[slot]->append(image[slot]);
        for (const Extraction::SlotProblem &problem : extraction.problems) {
            m_engine.m_problems.emplace_back(m_engine.m_keys.slots[problem.slot], problem.problem);
            m_failed.insert(problem.problem.file);
        }
        std::ranges::transform(m_extractorSeconds, extraction.seconds, m_extractorSeconds.begin(), std::plus());
    }
}

void Engine::Builder::keep(const ContentHash &key, const Column &column)
{
    m_engine.m_columns.emplace(key, column);
}

/// The rows of the images that are the same, and those of the fresh ones between them.
void Engine::Builder::keepMerged(const ContentHash &key, const ContentHash &oldKey, const Column &fresh)
{
    const Column &old = m_old->m_columns.at(oldKey);
    ColumnWriter writer = m_place.keeping(key, m_same.size());
    std::size_t next = 0; // of the fresh ones
    for (std::size_t image = 0; image < m_same.size();) {
        m_fit.task.checkCancelled();
        std::size_t end = image + 1; // of a run that can be copied at once
        while (end < m_same.size() && end - image < chunkImages &&
               (m_same[image] < 0 ? m_same[end] < 0 : m_same[end] == m_same[end - 1] + 1))
            ++end;
        const std::size_t count = end - image;
        if (m_same[image] >= 0)
            writer.append(old, static_cast<std::size_t>(m_same[image]), count);
        else
            writer.append(fresh, std::exchange(next, next + count), count);
        image = end;
    }
    keep(key, writer.finish());
}

void Engine::Builder::buildBranch(std::size_t branch)
{
    if (!m_needed[branch].empty()) {
        const std::optional<std::size_t> known = startOf(branch);
        Column column = known ? m_engine.m_columns.at(keyOf(branch, *known)) : m_extracted[m_extractor.slotOf(branch)];
        bool isFresh = isUpdate() && !known; // of those images alone
        for (std::size_t t = known.value_or(0);; ++t) {
            const ContentHash &key = keyOf(branch, t);
            if (isFresh && isKept(key) && !m_engine.m_columns.contains(key))
                keepMerged(key, m_old->m_keys.columns[branch][t], column);
            if (t == *m_needed[branch].rbegin())
                break;
            if (!m_engine.m_branches[branch].transforms[t]) {
                if (isFresh) // depends on all images
                    column = m_engine.m_columns.at(key);
                isFresh = false;
                fit(branch, t, column);
            }
            column = applied(branch, t, column, isFresh);
        }
    }
    if (!m_engine.m_branches[branch].index)
        buildIndex(branch);
    saveBranch(branch);
}

void Engine::Builder::fit(std::size_t branch, std::size_t transform, const Column &column)
{
    const Stopwatch watch;
    const StageChoice &choice = m_recipe.branches[branch].transforms[transform];
    const std::shared_ptr<Transform> made = transformById(choice.id).create(choice.params);
    made->fit(column, m_fit);
    m_engine.m_branches[branch].transforms[transform] = made;
    m_seconds[keyOf(branch, transform + 1)] = watch.seconds();
}

/// What lies behind the transform; kept if it is of all images and wanted.
Column Engine::Builder::applied(std::size_t branch, std::size_t transform, const Column &column, bool isFresh)
{
    const Stopwatch watch;
    const ContentHash &key = keyOf(branch, transform + 1);
    const Transform &stage = *m_engine.m_branches[branch].transforms[transform];
    const bool keeps = !isFresh && isKept(key) && !m_engine.m_columns.contains(key);
    ColumnWriter writer = keeps ? m_place.keeping(key, column.size()) : m_place.passing(column.size());
    for (std::size_t first = 0; first < column.size(); first += chunkImages) {
        std::vector<Features> part(std::min(chunkImages, column.size() - first));
        parallelFor(part.size(), m_fit.task,
                    [&](std::size_t i) { part[i] = stage.apply(column[first + i], Role::Gallery); });
        for (const Features &features : part)
            writer.append(features);
    }
    if (const auto made = m_seconds.find(key); made != m_seconds.end())
        made->second += watch.seconds();
    if (!keeps)
        return writer.finishWithoutName();
    keep(key, writer.finish());
    return m_engine.m_columns.at(key);
}

void Engine::Builder::buildIndex(std::size_t branch)
{
    const Stopwatch watch;
    const StageChoice &choice = m_recipe.branches[branch].index;
    const std::size_t last = m_recipe.branches[branch].transforms.size();
    const Column &column = m_engine.m_columns.at(keyOf(branch, last));
    const std::shared_ptr<Index> made = indexById(choice.id).create(choice.params);
    if (isUpdate() && m_old->m_branches[branch].index->hasState()) {
        made->restore(m_old->m_columns.at(m_old->m_keys.columns[branch][last]), m_oldFile(indexRole(branch)), m_fit);
        made->refill(column, m_same, m_fit);
    } else {
        made->build(column, m_fit);
    }
    m_engine.m_branches[branch].index = made;
    m_seconds[m_engine.m_keys.indexes[branch]] = watch.seconds();
}

void Engine::Builder::saveBranch(std::size_t branch)
{
    if (!m_place.isFolder())
        return;
    const auto &[transforms, index] = m_engine.m_branches[branch];
    for (std::size_t t = 0; t < transforms.size(); ++t) {
        FileWriter writer(m_place.file(transformRole(branch, t)));
        const std::vector<std::uint8_t> state = transforms[t]->state();
        writer.stream().write(reinterpret_cast<const char *>(state.data()), static_cast<std::streamsize>(state.size()));
        writer.finish();
    }
    if (index->hasState())
        index->save(m_place.file(indexRole(branch)));
}

void Engine::Builder::buildRanker(std::size_t ranker)
{
    const Stopwatch watch;
    const StageChoice &choice = m_recipe.rankers[ranker].ranker;
    const std::shared_ptr<Ranker> made = rankerById(choice.id).create(choice.params);
    const std::size_t slot = m_extractor.slotOfRanker(ranker);
    const ContentHash &key = m_engine.columnKeyOf(ranker);
    if (hasOwnFeatures(ranker) && !m_engine.m_columns.contains(key)) // of an update
        keepMerged(key, m_old->m_keys.slots[slot], m_extracted[slot]);
    if (!m_engine.m_backgrounds[ranker].empty())
        made->setBackground(m_engine.backgroundOf(ranker, m_fit.task));
    if (!made->bestScoresSeen())
        made->build(m_engine.m_columns.at(key), m_engine.columnTypeOf(ranker), m_fit);
    if (m_place.isFolder() && made->hasState())
        made->save(m_place.file(rankerRole(ranker)));
    m_engine.m_rankers[ranker] = made;
    m_seconds[m_engine.m_keys.rankers[ranker]] = watch.seconds();
}

void Engine::Builder::report()
{
    std::vector<StageReport> &stages = m_engine.m_stages;
    const auto extractor = [&](std::size_t slot) {
        stages.push_back({{}, m_wanted[slot], m_wanted[slot] ? m_extractorSeconds[slot] : 0});
    };
    const auto built = [&](const ContentHash &key) {
        const auto made = m_seconds.find(key);
        stages.push_back({{}, made != m_seconds.end(), made == m_seconds.end() ? 0 : made->second});
    };
    for (std::size_t b = 0; b < m_recipe.branches.size(); ++b) {
        extractor(m_extractor.slotOf(b));
        for (std::size_t t = 0; t < m_recipe.branches[b].transforms.size(); ++t)
            built(keyOf(b, t + 1));
        built(m_engine.m_keys.indexes[b]);
    }
    for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r) {
        if (hasOwnFeatures(r))
            extractor(m_extractor.slotOfRanker(r));
        built(m_engine.m_keys.rankers[r]);
    }
    Recipe named = m_recipe;
    std::size_t next = 0;
    for (const StageAddress &address : stagesOf(named))
        if (!named.fusion || address.choice != &*named.fusion)
            stages[next++].stage = address.name;
}

std::shared_ptr<const Engine> Engine::build(const Recipe &recipe, const ImageSet &gallery,
                                            std::shared_ptr<FeatureCache> cache, TaskContext &context,
                                            std::shared_ptr<const Engine> previous)
{
    const bool isStored = previous && previous->m_isStored && gallery.isSame(previous->m_gallery);
    const std::shared_ptr<Engine> engine(new Engine(
        recipe, gallery, isStored ? previous->m_keys.gallery : galleryKey(gallery), std::move(cache), context));
    engine->m_isStored = isStored;
    BuildPlace memory;
    Builder builder(*engine, memory, context);
    if (previous)
        builder.take(*previous);
    previous = nullptr; // what is not used any more makes room
    builder.build();
    return engine;
}

} // namespace likeness
