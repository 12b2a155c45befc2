#pragma once

#include "core/base/task.h"
#include "core/data/image_set.h"

#include <functional>
#include <memory>
#include <opencv2/core/mat.hpp>
#include <span>
#include <string>
#include <vector>

namespace likeness {

/// What a run learns from. An epoch has size() pictures; thread-safe.
class TrainingImages {
public:
    virtual ~TrainingImages() = default;
    virtual int size() const = 0;
    /// CV_8UC3, not larger than needed. A picture may be another one in another epoch.
    virtual cv::Mat picture(int index, int epoch) const = 0;
    /// Equal for pictures that show the same: they are no negatives of each other.
    virtual int id(int index, int epoch) const = 0;
    virtual int classOf(int index) const = 0;
    /// Another picture that looks like it, of another id where there is one: for objectives with hard negatives.
    virtual int similarTo(int index, int epoch) const = 0;
};

/// The files of a run, decoded once at reduced size and kept: in memory as they are up to a gigabyte, beyond as JPEG.
struct LoadedImages {
    std::vector<cv::Mat> pictures;  ///< or rows of JPEG bytes
    std::vector<std::string> names; ///< of those that could be read
    std::vector<int> groups;  ///< equal for exact and near copies, also mirrored and turned by quarters (near_copies.h)
    std::vector<int> classes; ///< by sub-folder
    std::vector<std::string> classNames;

    cv::Mat picture(int index) const;
};
/// Decodes with all threads. Files that cannot be read become problems of the task; throws Cancelled.
LoadedImages loadTrainingImages(std::span<const ImageRef> files, int sidePx, TaskContext &task);

/// Which images are trained on, and which held out.
struct Split {
    std::vector<int> trained, heldOut;
};
/// Whole groups are held out, in a seeded order, up to the share of the images: never more of them, and fewer where
/// the groups that are left are larger than what is missing.
Split splitByGroup(std::span<const int> groups, double heldOutShare, std::uint64_t seed);

/// Some of the loaded images. `images` must outlive the result.
std::unique_ptr<TrainingImages> trainingImages(const LoadedImages &images, std::vector<int> chosen);

/// `count` rendered scenes (renderProceduralScene) of side x side pixels an epoch. Each is seen in `epochs` epochs,
/// then another takes its place: in every epoch a part of them is new. They are kept in memory.
std::unique_ptr<TrainingImages> renderedImages(std::uint64_t seed, int count, int side, int epochs);

} // namespace likeness
