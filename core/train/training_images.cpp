#include "core/train/training_images.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/data/procedural_scene.h"
#include "core/train/near_copies.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <set>

namespace likeness {

namespace {

constexpr std::int64_t mostPixelBytes = std::int64_t{1} << 30;

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
                    [&](std::size_t i) { tiny[i] = colourThumbnail(picture(static_cast<int>(i), epoch)); });
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
            slot.thumbnail = colourThumbnail(slot.picture);
            if (m_packed)
                slot.picture = cv::Mat(encodeJpeg(slot.picture, 95), true);
            slot.id = wanted;
        }
        return m_packed ? decodeImage({slot.picture.ptr(), slot.picture.total()}, "scene").pixels : slot.picture;
    }
    /// Places change in turns, so that each epoch has as many new ones.
    int id(int index, int epoch) const override { return index + size() * ((epoch + index % m_epochs) / m_epochs); }
    int classOf(int index) const override { return index; }
    /// The most similar of the few that follow: all of an epoch would have to be rendered at its start.
    int similarTo(int index, int epoch) const override
    {
        constexpr int most = 32;
        const cv::Mat own = thumbnail(index, epoch);
        int nearest = (index + 1) % size();
        double least = 1e30;
        for (int ahead = 1; ahead <= std::min(most, size() - 1); ++ahead) {
            const int other = (index + ahead) % size();
            if (const double d = cv::norm(own, thumbnail(other, epoch), cv::NORM_L2SQR); d < least) {
                least = d;
                nearest = other;
            }
        }
        return nearest;
    }

private:
    cv::Mat thumbnail(int index, int epoch) const
    {
        picture(index, epoch);
        Slot &slot = m_slots[static_cast<std::size_t>(index)];
        const std::lock_guard lock(slot.mutex);
        return slot.id == id(index, epoch) ? slot.thumbnail
                                           : colourThumbnail(renderProceduralScene(m_seed, id(index, epoch), m_side));
    }

    struct Slot {
        std::mutex mutex;
        int id = -1;
        cv::Mat picture, thumbnail;
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
    task.stage(QT_TRANSLATE_NOOP("core", "Reading the images"), 1, 3);
    const int shortSide = sidePx * 3 / 2; // what a crop enlarges has some more detail
    std::vector<cv::Mat> pictures(files.size());
    std::vector<CopyTraits> traits(files.size());
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
            cv::Mat small;
            cv::resize(whole, small, size, 0, 0, cv::INTER_AREA);
            traits[i] = copyTraits(small);
            if (packed)
                small = cv::Mat(encodeJpeg(small, 95), true);
            pictures[i] = small;
        } catch (const Error &error) {
            task.problem({files[i].name, error.message()});
        }
        task.progress(++done, static_cast<std::int64_t>(files.size()));
    });
    LoadedImages loaded;
    std::vector<CopyTraits> kept;
    std::map<std::string, int> classes;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (pictures[i].empty())
            continue;
        loaded.pictures.push_back(pictures[i]);
        loaded.names.push_back(files[i].name);
        kept.push_back(std::move(traits[i]));
        const auto slash = files[i].name.rfind('/');
        const std::string folder = slash == std::string::npos ? "" : files[i].name.substr(0, slash);
        const auto [known, isNew] = classes.emplace(folder, static_cast<int>(classes.size()));
        if (isNew)
            loaded.classNames.push_back(folder);
        loaded.classes.push_back(known->second);
    }
    task.stage(QT_TRANSLATE_NOOP("core", "Looking for near copies"), 2, 3);
    loaded.groups = groupsOfNearCopies(kept, task);
    return loaded;
}

Split splitByGroup(std::span<const int> groups, double heldOutShare, std::uint64_t seed)
{
    std::map<int, int> sizes;
    for (const int group : groups)
        ++sizes[group];
    std::vector<std::pair<int, int>> order(sizes.begin(), sizes.end());
    Random random = randomFor(seed, 0x5911);
    shuffle(order, random);
    auto missing = std::lround(heldOutShare * static_cast<double>(groups.size()));
    std::set<int> out;
    for (const auto &[group, size] : order)
        if (size <= missing) {
            missing -= size;
            out.insert(group);
        }
    Split split;
    for (std::size_t i = 0; i < groups.size(); ++i)
        (out.contains(groups[i]) ? split.heldOut : split.trained).push_back(static_cast<int>(i));
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
