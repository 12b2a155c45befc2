// How an engine is built: from the stages of an earlier one where their keys are the same.
#include "core/base/parallel.h"
#include "core/base/stopwatch.h"
#include "core/search/engine.h"

#include <algorithm>
#include <set>

namespace likeness {

namespace {

/// Which files, as they are now.
ContentHash keyOf(const ImageSet &images)
{
    std::string text;
    for (const ImageRef &image : images.images()) {
        const auto stamp = fileStamp(image.path);
        text += image.path.native() + '\0' + image.name + '\0';
        text += stamp ? std::to_string(stamp->size) + " " + std::to_string(stamp->mtimeNs) : "gone";
        text += '\0';
    }
    return contentHash(text);
}

/// Of a stage behind what `before` stands for.
ContentHash keyBehind(const ContentHash &before, StageKind kind, const StageChoice &choice)
{
    std::string text =
        toHex(before) + "|" + choice.id + "|version=" + std::to_string(stageById(kind, choice.id).version);
    for (const auto &[key, value] : choice.params)
        text += "|" + key + "=" + toText(value);
    return contentHash(text);
}

/// The part with that key; null where there is none.
template <class Part> std::shared_ptr<const Part> find(std::span<const Built<Part>> parts, const ContentHash &key)
{
    const auto found = std::ranges::find(parts, key, &Built<Part>::key);
    return found == parts.end() ? nullptr : found->part;
}

} // namespace

class Engine::Builder {
public:
    Builder(Engine &engine, std::shared_ptr<const Engine> previous, TaskContext &task)
        : m_engine(engine),
          m_recipe(engine.m_recipe),
          m_extractor(engine.m_extractor),
          m_previous(std::move(previous)),
          m_fit{task, engine.m_extractor.cache().get()},
          m_wanted(m_extractor.slotCount(), false),
          m_uses(m_extractor.slotCount(), 0),
          m_fromBranches(engine.m_recipe.branches.size())
    {
    }

    void build()
    {
        setKeys();
        if (m_previous)
            take();
        choose();
        m_previous = nullptr; // what is not used any more makes room
        extract();
        const Stopwatch watch;
        for (std::size_t b = 0; b < m_recipe.branches.size(); ++b) {
            m_fit.task.checkCancelled();
            buildBranch(b);
        }
        for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
            if (!m_engine.m_rankers[r].part)
                buildRanker(r);
        m_engine.m_buildSeconds = watch.seconds();
        report();
    }

private:
    bool hasOwnFeatures(std::size_t ranker) const { return m_recipe.rankers[ranker].extractor.has_value(); }
    const RankerInput &inputOf(std::size_t ranker) const { return m_engine.m_inputs[ranker]; }
    FeatureType typeBehind(std::size_t branch, std::size_t transforms) const
    {
        return transforms == 0 ? m_extractor.typeOf(m_extractor.slotOf(branch))
                               : m_engine.m_branches[branch].transforms[transforms - 1].part->outputType();
    }
    /// Of what ranker r looks at.
    const ContentHash &columnKey(std::size_t ranker) const
    {
        return hasOwnFeatures(ranker) ? m_slotKeys[m_extractor.slotOfRanker(ranker)]
                                      : m_columnKeys[inputOf(ranker).branch][inputOf(ranker).transforms];
    }

    void setKeys()
    {
        setBranchKeys();
        setRankerKeys();
    }

    void setBranchKeys()
    {
        const std::string gallery = toHex(keyOf(m_engine.m_gallery));
        for (std::size_t slot = 0; slot < m_extractor.slotCount(); ++slot)
            m_slotKeys.push_back(contentHash(gallery + "|" + toHex(m_extractor.keyOf(slot))));
        for (std::size_t b = 0; b < m_recipe.branches.size(); ++b) {
            auto &keys = m_columnKeys.emplace_back(std::vector{m_slotKeys[m_extractor.slotOf(b)]});
            BuiltBranch &branch = m_engine.m_branches.emplace_back();
            for (const StageChoice &choice : m_recipe.branches[b].transforms) {
                keys.push_back(keyBehind(keys.back(), StageKind::Transform, choice));
                branch.transforms.push_back({keys.back()});
            }
            branch.index.key = keyBehind(keys.back(), StageKind::Index, m_recipe.branches[b].index);
        }
        std::string all;
        for (const ContentHash &key : m_slotKeys) // of the rankers, too
            all += toHex(key);
        for (std::size_t b = 0; b < m_recipe.branches.size(); ++b)
            all += toHex(m_engine.m_branches[b].index.key) + toText(m_recipe.branches[b].weight);
        m_engine.m_branchesKey =
            m_recipe.fusion ? keyBehind(contentHash(all), StageKind::Fusion, *m_recipe.fusion) : contentHash(all);
    }

    void setRankerKeys()
    {
        for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r) {
            const StageChoice &choice = m_recipe.rankers[r].ranker;
            m_engine.m_inputs.push_back(hasOwnFeatures(r) ? RankerInput() : m_recipe.inputOf(r));
            m_plain.push_back(rankerById(choice.id).create(choice.params));
            const ContentHash before = m_plain[r]->needsScoresOnly() ? ContentHash() : columnKey(r);
            ContentHash key = keyBehind(before, StageKind::Ranker, choice);
            if (const std::string folder = m_plain[r]->background(); !folder.empty()) {
                m_backgrounds.emplace(r, ImageSet::scan(folder, m_fit.task));
                key = contentHash(toHex(key) + "|background=" + toHex(keyOf(m_backgrounds.at(r))));
            }
            m_engine.m_rankers.push_back({key});
        }
    }

    /// Whatever has the same key, or stands before what is built anew.
    void take()
    {
        for (BuiltBranch &branch : m_engine.m_branches)
            for (const BuiltBranch &old : m_previous->m_branches) {
                for (Built<Transform> &transform : branch.transforms)
                    if (!transform.part)
                        transform.part = find<Transform>(old.transforms, transform.key);
                if (!branch.index.part)
                    branch.index.part = find<Index>(std::span(&old.index, 1), branch.index.key);
            }
        std::set<ContentHash> wanted;
        for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r) {
            m_engine.m_rankers[r].part = find<Ranker>(m_previous->m_rankers, m_engine.m_rankers[r].key);
            wanted.insert(columnKey(r));
        }
        for (const auto &[key, column] : m_previous->m_columns)
            if (wanted.contains(key))
                m_engine.m_columns.emplace(key, column);
        for (const auto &[key, problem] : m_previous->m_problems)
            if (std::ranges::find(m_slotKeys, key) != m_slotKeys.end())
                m_engine.m_problems.emplace_back(key, problem);
    }

    /// Which extractors have to run, and from where the transforms of each branch.
    void choose()
    {
        for (std::size_t b = 0; b < m_recipe.branches.size(); ++b) {
            const std::size_t end = m_recipe.branches[b].transforms.size();
            if (!m_engine.m_branches[b].index.part)
                m_fromBranches[b].insert(end);
            for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
                if (!hasOwnFeatures(r) && inputOf(r).branch == b && needsColumn(r))
                    m_fromBranches[b].insert(inputOf(r).transforms);
            if (!m_fromBranches[b].empty() && !startOf(b))
                want(m_extractor.slotOf(b));
        }
        std::set<ContentHash> own; // one column for all rankers that look at it
        for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
            if (hasOwnFeatures(r) && needsColumn(r) && own.insert(columnKey(r)).second)
                want(m_extractor.slotOfRanker(r));
    }

    void want(std::size_t slot)
    {
        m_wanted[slot] = true;
        ++m_uses[slot];
    }

    bool needsColumn(std::size_t ranker) const
    {
        return !m_engine.m_rankers[ranker].part && !m_plain[ranker]->needsScoresOnly() &&
               !m_engine.m_columns.contains(columnKey(ranker));
    }

    /// How many transforms lie before the last column that is known and early enough; nothing where the features of
    /// the extractor are needed.
    std::optional<std::size_t> startOf(std::size_t branch) const
    {
        for (std::size_t t = *m_fromBranches[branch].begin() + 1; t-- > 0;)
            if (m_engine.m_columns.contains(m_columnKeys[branch][t]))
                return t;
        return std::nullopt;
    }

    void extract()
    {
        std::erase_if(m_engine.m_problems, [&](const auto &problem) {
            const auto slot = std::ranges::find(m_slotKeys, problem.first) - m_slotKeys.begin();
            return m_wanted[static_cast<std::size_t>(slot)];
        });
        std::set<std::string> said;
        if (std::ranges::find(m_wanted, true) != m_wanted.end()) {
            m_fit.task.stage(QT_TRANSLATE_NOOP("core", "Extracting gallery features"), 1, 2);
            const Stopwatch watch;
            m_extraction = m_extractor.extractBy(m_wanted, m_engine.m_gallery, Role::Gallery, m_fit.task);
            if (!m_engine.m_gallery.empty())
                m_engine.m_extractMsPerImage = watch.ms() / m_engine.m_gallery.size();
            for (const Extraction::SlotProblem &problem : m_extraction.problems) {
                m_engine.m_problems.emplace_back(m_slotKeys[problem.slot], problem.problem);
                said.insert(problem.problem.file);
            }
        }
        for (const auto &[key, problem] : m_engine.m_problems) // also of the stages that were taken
            if (said.insert(problem.file).second)
                m_fit.task.problem(problem);
    }

    /// The last one who wants a slot gets the features themselves: what it does not keep makes room.
    Column columnOf(std::size_t slot)
    {
        const bool last = --m_uses[slot] == 0;
        Column column;
        for (BranchFeatures &image : m_extraction.images)
            column.push_back(last ? std::move(image[slot]) : image[slot]);
        return column;
    }

    void buildBranch(std::size_t branch)
    {
        const std::set<std::size_t> &wanted = m_fromBranches[branch];
        if (wanted.empty())
            return;
        BuiltBranch &built = m_engine.m_branches[branch];
        const std::optional<std::size_t> known = startOf(branch);
        std::size_t done = known.value_or(0);
        Column column =
            known ? *m_engine.m_columns.at(m_columnKeys[branch][done]) : columnOf(m_extractor.slotOf(branch));
        for (;; ++done) {
            keepForRankers(branch, done, column);
            if (done == *wanted.rbegin())
                break;
            Built<Transform> &stage = built.transforms[done];
            const bool fresh = !stage.part;
            const Stopwatch watch;
            if (fresh) {
                const StageChoice &choice = m_recipe.branches[branch].transforms[done];
                const std::shared_ptr<Transform> made = transformById(choice.id).create(choice.params);
                made->fit(column, m_fit);
                stage.part = made;
            }
            parallelFor(column.size(), m_fit.task,
                        [&](std::size_t i) { column[i] = stage.part->apply(column[i], Role::Gallery); });
            if (fresh)
                m_seconds[stage.key] = watch.seconds();
        }
        if (built.index.part)
            return;
        const Stopwatch watch;
        const StageChoice &choice = m_recipe.branches[branch].index;
        const std::shared_ptr<Index> made = indexById(choice.id).create(choice.params);
        made->build(column, m_fit);
        built.index.part = made;
        m_seconds[built.index.key] = watch.seconds();
    }

    void keepForRankers(std::size_t branch, std::size_t transforms, const Column &column)
    {
        for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r)
            if (!hasOwnFeatures(r) && inputOf(r).branch == branch && inputOf(r).transforms == transforms &&
                needsColumn(r))
                m_engine.m_columns.emplace(columnKey(r), std::make_shared<const Column>(column));
    }

    void buildRanker(std::size_t ranker)
    {
        const Stopwatch watch;
        const std::size_t slot = m_extractor.slotOfRanker(ranker);
        if (hasOwnFeatures(ranker) && needsColumn(ranker))
            m_engine.m_columns.emplace(columnKey(ranker), std::make_shared<const Column>(columnOf(slot)));
        const std::shared_ptr<Ranker> made = std::move(m_plain[ranker]);
        if (m_backgrounds.contains(ranker))
            made->setBackground(backgroundOf(ranker));
        if (!made->needsScoresOnly())
            made->build(*m_engine.m_columns.at(columnKey(ranker)),
                        hasOwnFeatures(ranker) ? m_extractor.typeOf(slot)
                                               : typeBehind(inputOf(ranker).branch, inputOf(ranker).transforms),
                        m_fit);
        m_engine.m_rankers[ranker].part = made;
        m_seconds[m_engine.m_rankers[ranker].key] = watch.seconds();
    }

    /// Of the images in the ranker's folder, at the stage that it looks at.
    Column backgroundOf(std::size_t ranker)
    {
        const ImageSet &images = m_backgrounds.at(ranker);
        if (images.empty())
            throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "%1 holds no images"),
                        {toText(m_recipe.rankers[ranker].ranker.params.at("background"))});
        m_fit.task.stage(QT_TRANSLATE_NOOP("core", "Extracting background features"), 1, 2);
        const std::size_t slot = m_extractor.slotOfRanker(ranker);
        Column column;
        for (BranchFeatures &image : m_extractor.extractAll(images, Role::Gallery, m_fit.task))
            column.push_back(std::move(image[slot]));
        for (std::size_t t = 0; !hasOwnFeatures(ranker) && t < inputOf(ranker).transforms; ++t)
            for (Features &features : column)
                features = m_engine.m_branches[inputOf(ranker).branch].transforms[t].part->apply(
                    features, Role::Query); // from outside
        return column;
    }

    void report()
    {
        std::vector<StageReport> &stages = m_engine.m_stages;
        const auto extractor = [&](std::size_t slot) {
            stages.push_back({{}, m_wanted[slot], m_wanted[slot] ? m_extraction.seconds[slot] : 0});
        };
        const auto built = [&](const ContentHash &key) {
            const auto made = m_seconds.find(key);
            stages.push_back({{}, made != m_seconds.end(), made == m_seconds.end() ? 0 : made->second});
        };
        for (std::size_t b = 0; b < m_recipe.branches.size(); ++b) {
            extractor(m_extractor.slotOf(b));
            for (const Built<Transform> &transform : m_engine.m_branches[b].transforms)
                built(transform.key);
            built(m_engine.m_branches[b].index.key);
        }
        for (std::size_t r = 0; r < m_recipe.rankers.size(); ++r) {
            if (hasOwnFeatures(r))
                extractor(m_extractor.slotOfRanker(r));
            built(m_engine.m_rankers[r].key);
        }
        Recipe named = m_recipe;
        std::size_t next = 0;
        for (const StageAddress &address : stagesOf(named))
            if (!named.fusion || address.choice != &*named.fusion)
                stages[next++].stage = address.name;
    }

    Engine &m_engine;
    const Recipe &m_recipe;
    const RecipeExtractor &m_extractor;
    std::shared_ptr<const Engine> m_previous;
    FitContext m_fit;
    std::vector<ContentHash> m_slotKeys;
    std::vector<std::vector<ContentHash>> m_columnKeys; // of each branch, behind 0, 1, ... transforms
    std::vector<std::unique_ptr<Ranker>> m_plain;       // not built yet
    std::map<std::size_t, ImageSet> m_backgrounds;      // of rankers
    std::vector<bool> m_wanted;                         // slots that have to be extracted
    std::vector<int> m_uses;                            // of each slot, that are still to come
    std::vector<std::set<std::size_t>> m_fromBranches;  // behind how many transforms a column is needed
    Extraction m_extraction;
    std::map<ContentHash, double> m_seconds; // of what was made anew
};

std::shared_ptr<const Engine> Engine::build(const Recipe &recipe, const ImageSet &gallery,
                                            std::shared_ptr<FeatureCache> cache, TaskContext &context,
                                            std::shared_ptr<const Engine> previous)
{
    const std::shared_ptr<Engine> engine(new Engine(recipe, gallery, std::move(cache)));
    Builder(*engine, std::move(previous), context).build();
    return engine;
}

} // namespace likeness
