#include "core/search/duplicates.h"

#include "core/base/file.h"
#include "core/base/median.h"
#include "core/base/parallel.h"
#include "core/index/index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace likeness {

namespace {

constexpr double sameShare = 0.995; // of both images' scores with themselves: as good as the same

/// Sets of images that are linked (Tarjan 1975).
class LinkedSets {
public:
    explicit LinkedSets(std::size_t size) : m_parent(size)
    {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t{0});
    }
    std::size_t root(std::size_t image)
    {
        while (m_parent[image] != image)
            image = m_parent[image] = m_parent[m_parent[image]];
        return image;
    }
    void link(std::size_t a, std::size_t b) { m_parent[std::max(root(a), root(b))] = std::min(root(a), root(b)); }

private:
    std::vector<std::size_t> m_parent;
};

bool sameBytes(const std::vector<std::filesystem::path> &files)
{
    std::vector<ContentHash> hashes;
    for (const auto &file : files) {
        std::error_code none;
        if (std::filesystem::file_size(file, none) != std::filesystem::file_size(files[0], none))
            return false;
        try {
            hashes.push_back(contentHash(readFile(file)));
        } catch (const Error &) {
            return false; // it went since
        }
        if (hashes.back() != hashes.front())
            return false;
    }
    return true;
}

/// Mean spacing of the farther neighbours' scores, r (x_r - x_(r + 1)) for the r-th, which is the scale of an
/// exponential tail. The nearest few may be copies and do not count.
double tailScale(std::span<const Hit> nearest)
{
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t r = std::min<std::size_t>(4, nearest.size() / 4) + 1; r < nearest.size(); ++r, ++count)
        sum += static_cast<double>(r) *
               (static_cast<double>(nearest[r - 1].score) - static_cast<double>(nearest[r].score));
    return count > 0 ? sum / static_cast<double>(count) : 0;
}

/// From which score on each image and another one are a pair.
std::vector<double> pairThresholds(std::span<const Engine::Neighbours> neighbours, const Recipe &recipe,
                                   const DuplicateOptions &options)
{
    if (options.threshold)
        return std::vector<double>(neighbours.size(), *options.threshold);
    // Behind a ranker whose scores say themselves how probable they are, most unrelated images agree in nothing, and
    // their scores tell nothing of how far a chance may reach.
    std::optional<double> stated;
    if (!recipe.rankers.empty()) {
        const StageChoice &last = recipe.rankers.back().ranker;
        stated = rankerById(last.id).create(last.params)->scoreOfChance(options.chancePairs, neighbours.size());
    }
    return stated ? std::vector<double>(neighbours.size(), *stated) : chanceThresholds(neighbours, options.chancePairs);
}

Duplicates grouped(std::span<const Engine::Neighbours> neighbours, const std::vector<ImageRef> &images,
                   const Recipe &recipe, const DuplicateOptions &options)
{
    Duplicates result;
    result.images = static_cast<std::int64_t>(images.size());
    const std::vector<double> thresholds = pairThresholds(neighbours, recipe, options);
    LinkedSets sets(images.size());
    std::vector<float> nearest(images.size(), noScore);
    for (std::size_t i = 0; i < images.size(); ++i)
        for (const Hit &hit : neighbours[i].nearest) {
            const auto other = static_cast<std::size_t>(hit.image);
            const float score = hit.score;
            // By dot products any longer vector of the same direction is nearer than the image itself.
            const float self = std::max(neighbours[i].self, neighbours[other].self);
            const bool same = !options.threshold && self > noScore &&
                              static_cast<double>(score) >= sameShare * static_cast<double>(self);
            if (!same && static_cast<double>(score) < thresholds[i])
                continue;
            sets.link(i, other);
            nearest[i] = std::max(nearest[i], score);
            nearest[other] = std::max(nearest[other], score);
        }
    std::map<std::size_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < images.size(); ++i)
        if (nearest[i] > noScore)
            members[sets.root(i)].push_back(i);
    for (const auto &[root, of] : members) {
        DuplicateGroup group;
        std::vector<std::filesystem::path> files;
        for (const std::size_t i : of) {
            group.members.push_back({images[i].name, nearest[i]});
            files.push_back(images[i].path);
        }
        group.identical = sameBytes(files);
        result.groups.push_back(std::move(group));
    }
    std::ranges::sort(result.groups, {}, [](const DuplicateGroup &group) { return group.members[0].name; });
    return result;
}

} // namespace

std::vector<double> chanceThresholds(std::span<const Engine::Neighbours> images, double chancePairs)
{
    std::vector<double> scales;
    for (const Engine::Neighbours &image : images)
        if (image.nearest.size() > 1)
            scales.push_back(tailScale(image.nearest));
    std::vector<double> thresholds(images.size(), std::numeric_limits<double>::infinity());
    if (scales.empty())
        return thresholds;
    const double scale = medianOf(std::move(scales));
    for (std::size_t i = 0; i < images.size(); ++i)
        if (const auto &nearest = images[i].nearest; !nearest.empty()) // m exp(-(t - x_m) / scale) = chance / n
            thresholds[i] = static_cast<double>(nearest.back().score) +
                            scale * std::log(static_cast<double>(nearest.size() * images.size()) / chancePairs);
    return thresholds;
}

Duplicates findDuplicates(const Recipe &recipe, std::span<const std::filesystem::path> folders,
                          std::shared_ptr<FeatureCache> cache, const DuplicateOptions &options, TaskContext &task)
{
    std::vector<ImageRef> images;
    for (const std::filesystem::path &folder : folders) {
        const ImageSet set = ImageSet::scan(folder, task);
        for (const ImageRef &image : set.images())
            images.push_back({toUtf8(image.path), image.path});
    }
    const ImageSet all = ImageSet::of(images);
    const auto engine = Engine::build(recipe, all, std::move(cache), task);
    std::vector<Engine::Neighbours> neighbours(images.size());
    engine->searchAll(
        all, options.neighbours + 1, task,
        [&](ImageId id, const QueryResult &result) {
            Engine::Neighbours &own = neighbours[static_cast<std::size_t>(id)];
            if (!result.ranking.empty()) // where the image is not among the nearest, it is not nearer to itself
                own.self = result.ranking.front().score;
            for (const Hit &hit : result.ranking)
                if (hit.image == id)
                    own.self = hit.score;
                else
                    own.nearest.push_back(hit);
        },
        Asked::All);
    return grouped(neighbours, images, recipe, options);
}

Duplicates findDuplicates(const Engine &engine, const DuplicateOptions &options, TaskContext &task)
{
    const auto images = engine.gallery().images();
    return grouped(engine.neighbours(options.neighbours, task), {images.begin(), images.end()}, engine.recipe(),
                   options);
}

} // namespace likeness
