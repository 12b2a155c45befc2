#include "core/features/keypoint_features.h"

#include "core/base/file_hash.h"

#include <opencv2/core.hpp>

namespace likeness {

namespace {

constexpr double byteScale = 512; // entries of unit descriptors of SIFT stay below a half

void append(Features &features, const LocalFeatures &view, int number, bool asBytes)
{
    if (view.keypoints.empty())
        return;
    cv::Mat rows;
    if (asBytes)
        view.descriptors.convertTo(rows, CV_8U, byteScale);
    else
        rows = view.descriptors;
    features.rows.push_back(rows);
    cv::Mat keypoints(static_cast<int>(view.keypoints.size()), keypointEntries, CV_32F);
    for (int i = 0; i < keypoints.rows; ++i) {
        const cv::KeyPoint &keypoint = view.keypoints[static_cast<std::size_t>(i)];
        float *row = keypoints.ptr<float>(i);
        row[KeypointX] = keypoint.pt.x;
        row[KeypointY] = keypoint.pt.y;
        row[KeypointSize] = keypoint.size;
        row[KeypointAngle] = keypoint.angle;
        row[KeypointView] = static_cast<float>(number);
    }
    features.keypoints.push_back(keypoints);
}

class KeypointExtractor final : public Extractor {
public:
    explicit KeypointExtractor(const KeypointOptions &options) : m_options(options) {}

    FeatureType type() const override
    {
        const bool bits = m_options.detector == Detector::Orb || m_options.detector == Detector::Akaze ||
                          m_options.detector == Detector::Brisk;
        return bits ? FeatureType::BinaryKeypoints : FeatureType::Keypoints;
    }
    std::string contentKey() const override
    {
        return m_options.detector == Detector::Learned ? toHex(rememberedFileHash(m_options.network)) : std::string();
    }
    DecodeSpec decodeSpec() const override
    {
        // Three quarters of the long side suit most pictures; smaller ones are decoded whole.
        return {Colour::Grey, m_options.sidePx > 0 ? m_options.sidePx * 3 / 4 : 0};
    }
    Features extract(const Image &image, Role role) const override
    {
        const LocalFeatures own = detectLocalFeatures(image.pixels, m_options);
        Features features;
        features.imageSize = image.pixels.size();
        append(features, own, 0, isSift(m_options));
        if (role == Role::Query && m_options.mirror && !own.keypoints.empty())
            append(features, mirroredFeatures(own, image.pixels, m_options), 1, isSift(m_options));
        return features;
    }

private:
    KeypointOptions m_options;
};

} // namespace

std::unique_ptr<Extractor> makeKeypointExtractor(const KeypointOptions &options)
{
    return std::make_unique<KeypointExtractor>(options);
}

cv::Mat unitDescriptors(const cv::Mat &rows)
{
    if (rows.type() == CV_32F)
        return rows;
    cv::Mat floats;
    rows.convertTo(floats, CV_32F, 1 / byteScale);
    return floats;
}

int viewCount(const Features &features)
{
    const int n = features.keypoints.rows;
    return n == 0 ? 0 : static_cast<int>(features.keypoints.at<float>(n - 1, KeypointView)) + 1;
}

ViewRows rowsOfView(const Features &features, int view)
{
    int begin = 0, end = features.keypoints.rows;
    while (begin < end && static_cast<int>(features.keypoints.at<float>(begin, KeypointView)) != view)
        ++begin;
    while (end > begin && static_cast<int>(features.keypoints.at<float>(end - 1, KeypointView)) != view)
        --end;
    return {begin, end};
}

LocalFeatures viewOf(const Features &features, FeatureType type, int view)
{
    const auto [begin, end] = rowsOfView(features, view);
    LocalFeatures local;
    local.imageSize = features.imageSize;
    if (begin == end)
        return local;
    for (int i = begin; i < end; ++i) {
        const float *row = features.keypoints.ptr<float>(i);
        local.keypoints.emplace_back(row[KeypointX], row[KeypointY], row[KeypointSize], row[KeypointAngle]);
    }
    const cv::Mat rows = features.rows.rowRange(begin, end);
    local.descriptors = type == FeatureType::BinaryKeypoints ? rows : unitDescriptors(rows);
    return local;
}

} // namespace likeness
