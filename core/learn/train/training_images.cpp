#include "core/learn/train/training_images.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/data/procedural_scene.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <map>
#include <mutex>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr std::int64_t mostPixelBytes = std::int64_t{1} << 30;

/// 64 comparisons of neighbours in a 9 x 8 thumbnail.
std::uint64_t differenceHash(const cv::Mat &picture)
{
    cv::Mat grey, small;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    cv::resize(grey, small, {9, 8}, 0, 0, cv::INTER_AREA);
    std::uint64_t hash = 0;
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x)
            hash = hash << 1 | (small.at<std::uint8_t>(y, x) > small.at<std::uint8_t>(y, x + 1) ? 1 : 0);
    return hash;
}

/// Groups of what is connected by near equality.
std::vector<int> groupsOf(const std::vector<std::uint64_t> &hashes, const std::vector<std::uint64_t> &mirrored,
                          const TaskContext &task)
{
    constexpr int most = 3;
    std::vector<int> parent(hashes.size());
    std::iota(parent.begin(), parent.end(), 0);
    const auto root = [&](int i) {
        while (parent[static_cast<std::size_t>(i)] != i)
            i = parent[static_cast<std::size_t>(i)] =
                parent[static_cast<std::size_t>(parent[static_cast<std::size_t>(i)])];
        return i;
    };
    // All pairs, on all cores; what is connected is joined afterwards.
    std::vector<std::vector<int>> near(hashes.size());
    parallelFor(hashes.size(), task, [&](std::size_t i) {
        for (std::size_t j = 0; j < i; ++j)
            if (std::popcount(hashes[i] ^ hashes[j]) <= most || std::popcount(hashes[i] ^ mirrored[j]) <= most)
                near[i].push_back(static_cast<int>(j));
    });
    for (std::size_t i = 0; i < near.size(); ++i)
        for (const int j : near[i])
            parent[static_cast<std::size_t>(root(static_cast<int>(i)))] = root(j);
    for (std::size_t i = 0; i < parent.size(); ++i)
        parent[i] = root(static_cast<int>(i));
    return parent;
}

cv::Mat tinyOf(const cv::Mat &picture)
{
    cv::Mat small, row;
    cv::resize(picture, small, {6, 6}, 0, 0, cv::INTER_AREA);
    small.reshape(1, 1).convertTo(row, CV_32F);
    return row;
}

class FileImages final : public TrainingImages {
public:
    FileImages(const LoadedImages &images, std::vector<int> chosen) : m_images(images), m_chosen(std::move(chosen)) {}
    int size() const override { return static_cast<int>(m_chosen.size()); }
    cv::Mat picture(int index, int) const override { return m_images.picture(at(index)); }
    int id(int index, int) const override { return m_images.groups[static_cast<std::size_t>(at(index))]; }
    int classOf(int index) const override { return m_images.classes[static_cast<std::size_t>(at(index))]; }
    int similarTo(int index, int epoch) const override
    {
        std::call_once(m_compared, [&] { compare(epoch); });
        return m_similar[static_cast<std::size_t>(index)];
    }

private:
    int at(int index) const { return m_chosen[static_cast<std::size_t>(index)]; }
    void compare(int epoch) const
    {
        std::vector<cv::Mat> tiny(m_chosen.size());
        parallelFor(tiny.size(), TaskContext::none(),
                    [&](std::size_t i) { tiny[i] = tinyOf(picture(static_cast<int>(i), epoch)); });
        // Of a large set one in so many: a hard negative has to be alike, not the most alike of all.
        const int stride = std::max(1, size() / 1000);
        m_similar.resize(tiny.size());
        parallelFor(tiny.size(), TaskContext::none(), [&](std::size_t i) {
            const int own = static_cast<int>(i);
            int nearest = (own + 1) % size();
            double least = 1e30;
            for (int j = own % stride; j < size(); j += stride)
                if (const double d = cv::norm(tiny[i], tiny[static_cast<std::size_t>(j)], cv::NORM_L2SQR);
                    d < least && id(j, 0) != id(own, 0)) {
                    least = d;
                    nearest = j;
                }
            m_similar[i] = nearest;
        });
    }

    const LoadedImages &m_images;
    std::vector<int> m_chosen;
    mutable std::once_flag m_compared;
    mutable std::vector<int> m_similar;
};

class RenderedImages final : public TrainingImages {
public:
    RenderedImages(std::uint64_t seed, int count, int side, int epochs)
        : m_seed(seed),
          m_side(side),
          m_epochs(epochs),
          m_packed(3.0 * count * side * side > mostPixelBytes),
          m_slots(static_cast<std::size_t>(count))
    {
    }
    int size() const override { return static_cast<int>(m_slots.size()); }
    cv::Mat picture(int index, int epoch) const override
    {
        Slot &slot = m_slots[static_cast<std::size_t>(index)];
        const int wanted = id(index, epoch);
        const std::lock_guard lock(slot.mutex);
        if (slot.id != wanted) {
            slot.picture = renderProceduralScene(m_seed, wanted, m_side);
            if (m_packed)
                slot.picture = cv::Mat(encodeJpeg(slot.picture, 95), true);
            slot.id = wanted;
        }
        return m_packed ? decodeImage({slot.picture.ptr(), slot.picture.total()}, "scene").pixels : slot.picture;
    }
    /// Places change in turns, so that each epoch has as many new ones.
    int id(int index, int epoch) const override { return index + size() * ((epoch + index % m_epochs) / m_epochs); }
    int classOf(int index) const override { return index; }
    int similarTo(int index, int) const override { return (index + 1) % size(); }

private:
    struct Slot {
        std::mutex mutex;
        int id = -1;
        cv::Mat picture;
    };
    std::uint64_t m_seed;
    int m_side, m_epochs;
    bool m_packed; ///< as JPEG, beyond a gigabyte
    mutable std::vector<Slot> m_slots;
};

} // namespace

cv::Mat LoadedImages::picture(int index) const
{
    const cv::Mat &kept = pictures[static_cast<std::size_t>(index)];
    if (kept.type() == CV_8UC3)
        return kept;
    return decodeImage({kept.ptr(), kept.total()}, names[static_cast<std::size_t>(index)]).pixels;
}

LoadedImages loadTrainingImages(std::span<const ImageRef> files, int sidePx, TaskContext &task)
{
    task.stage(QT_TRANSLATE_NOOP("core", "Reading the images"), 1, 2);
    const int shortSide = sidePx * 3 / 2; // what a crop enlarges has some more detail
    std::vector<cv::Mat> pictures(files.size());
    std::vector<std::uint64_t> hashes(files.size()), mirrored(files.size());
    std::atomic<std::int64_t> done = 0;
    // Decided before, so that it is the same for every session of a run; pictures are some 4 : 3.
    const bool packed = static_cast<double>(files.size()) * 4 * shortSide * shortSide > mostPixelBytes;
    parallelFor(files.size(), task, [&](std::size_t i) {
        try {
            const cv::Mat whole = loadImage(files[i].path, {Colour::Bgr, 2 * shortSide}).pixels;
            const double scale = std::min(1.0, static_cast<double>(shortSide) / std::min(whole.cols, whole.rows));
            // Extreme shapes would be large all the same.
            const cv::Size size(std::clamp(cvRound(whole.cols * scale), 1, 4 * shortSide),
                                std::clamp(cvRound(whole.rows * scale), 1, 4 * shortSide));
            cv::Mat small, flipped;
            cv::resize(whole, small, size, 0, 0, cv::INTER_AREA);
            hashes[i] = differenceHash(small);
            cv::flip(small, flipped, 1);
            mirrored[i] = differenceHash(flipped);
            if (packed)
                small = cv::Mat(encodeJpeg(small, 95), true);
            pictures[i] = small;
        } catch (const Error &error) {
            task.problem({files[i].name, error.message()});
        }
        task.progress(++done, static_cast<std::int64_t>(files.size()));
    });
    LoadedImages loaded;
    std::vector<std::uint64_t> keptHashes, keptMirrored;
    std::map<std::string, int> classes;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (pictures[i].empty())
            continue;
        loaded.pictures.push_back(pictures[i]);
        loaded.names.push_back(files[i].name);
        keptHashes.push_back(hashes[i]);
        keptMirrored.push_back(mirrored[i]);
        const auto slash = files[i].name.rfind('/');
        const std::string folder = slash == std::string::npos ? "" : files[i].name.substr(0, slash);
        const auto [known, isNew] = classes.emplace(folder, static_cast<int>(classes.size()));
        if (isNew)
            loaded.classNames.push_back(folder);
        loaded.classes.push_back(known->second);
    }
    loaded.groups = groupsOf(keptHashes, keptMirrored, task);
    return loaded;
}

Split splitByGroup(std::span<const int> groups, double heldOutShare, std::uint64_t seed)
{
    std::vector<int> order(groups.begin(), groups.end());
    std::ranges::sort(order);
    order.erase(std::unique(order.begin(), order.end()), order.end());
    Random random = randomFor(seed, 0x5911);
    shuffle(order, random);
    const auto wanted = static_cast<std::size_t>(heldOutShare * static_cast<double>(order.size()));
    std::ranges::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(wanted));
    Split split;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const bool out =
            std::binary_search(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(wanted), groups[i]);
        (out ? split.heldOut : split.trained).push_back(static_cast<int>(i));
    }
    return split;
}

std::unique_ptr<TrainingImages> trainingImages(const LoadedImages &images, std::vector<int> chosen)
{
    return std::make_unique<FileImages>(images, std::move(chosen));
}

std::unique_ptr<TrainingImages> renderedImages(std::uint64_t seed, int count, int side, int epochs)
{
    return std::make_unique<RenderedImages>(seed, count, side, epochs);
}

} // namespace likeness
