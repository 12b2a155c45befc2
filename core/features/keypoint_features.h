#pragma once

#include "core/base/error.h"
#include "core/features/extractor.h"
#include "core/features/local_features.h"

#include <memory>

namespace likeness {

/// Keypoints and descriptors of an image as features that can be kept: descriptors of SIFT in one byte each (512 times
/// the unit vector's entries). A query also shows its mirrored self, as keypoints cannot see through a mirror.
struct KeypointOptions : LocalFeatureOptions {
    bool mirror = true;

    KeypointOptions()
    {
        count = 600;
        sidePx = 480;
        contrast = 0.02;
        scalePower = 0.6; // copies lose the small ones first
    }
    void describe(auto &&param)
    {
        LocalFeatureOptions::describe(param);
        param("mirror", mirror, QT_TRANSLATE_NOOP("core", "Mirrored copies"),
              QT_TRANSLATE_NOOP("core", "Also looks for the query mirrored: descriptors do not survive a mirror."));
    }
};
std::unique_ptr<Extractor> makeKeypointExtractor(const KeypointOptions &options);

/// Rows of floats of unit length, whatever they are stored as (not for bits).
cv::Mat unitDescriptors(const cv::Mat &rows);

/// The keypoints of one view: 0 the image, 1 its mirrored self, in pixels of that view. Descriptors as
/// unitDescriptors() gives them, or bits.
LocalFeatures viewOf(const Features &features, FeatureType type, int view);
int viewCount(const Features &features);
/// The rows of one view: [begin, end).
struct ViewRows {
    int begin, end;
};
ViewRows rowsOfView(const Features &features, int view);

} // namespace likeness
