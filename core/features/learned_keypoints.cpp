#include "core/features/learned_keypoints.h"

#include "core/base/error.h"
#include "core/features/network_program.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr int cell = 8, nmsRadius = 4, multiple = 16;
constexpr float leastScore = 0.005f;

[[noreturn]] void refuse(const std::string &file, const Message &reason)
{
    throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 cannot be used: %2"), {file, reason});
}

struct KeypointNetwork {
    std::unique_ptr<NetworkProgram> program;
    std::atomic<int> channels = 0; ///< of the input: found at the first run
};

/// Files that were opened; they stay.
class KeypointNetworks {
public:
    KeypointNetwork &of(const std::string &file)
    {
        const std::lock_guard lock(m_mutex);
        auto &network = m_networks[file];
        if (!network.program)
            network.program = makeOnnxProgram(file);
        return network;
    }

private:
    std::mutex m_mutex;
    std::map<std::string, KeypointNetwork> m_networks;
};

/// 1 x channels x height x width, 0 to 1.
cv::Mat inputOf(const cv::Mat &grey, int channels)
{
    const int sizes[] = {1, channels, grey.rows, grey.cols};
    cv::Mat input(4, sizes, CV_32F);
    for (int c = 0; c < channels; ++c) {
        cv::Mat plane(grey.rows, grey.cols, CV_32F, input.ptr<float>(0, c));
        grey.convertTo(plane, CV_32F, 1.0 / 255);
    }
    return input;
}

std::vector<cv::Mat> outputsOf(KeypointNetwork &network, const cv::Mat &grey)
{
    if (const int channels = network.channels; channels > 0)
        return network.program->run(inputOf(grey, channels));
    try {
        auto outputs = network.program->run(inputOf(grey, 1));
        network.channels = 1;
        return outputs;
    } catch (const Error &) {
        auto outputs = network.program->run(inputOf(grey, 3));
        network.channels = 3;
        return outputs;
    }
}

cv::Mat plane(const cv::Mat &output, int channel)
{
    return cv::Mat(output.size[2], output.size[3], CV_32F, const_cast<float *>(output.ptr<float>(0, channel)));
}

struct Dense {
    cv::Mat scores;               ///< full size
    const cv::Mat *map = nullptr; ///< of descriptors
    int channels = 0, step = 1;   ///< of the map, and its pixels in those of the image
};

/// Softmax over 65 channels; the last says that the cell has no keypoint.
cv::Mat scoresOfCells(const cv::Mat &logits)
{
    const int rows = logits.size[2], columns = logits.size[3];
    cv::Mat scores(rows * cell, columns * cell, CV_32F);
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
            float values[cell * cell + 1], sum = 0, most = -1e30f;
            for (int c = 0; c <= cell * cell; ++c)
                most = std::max(most, values[c] = logits.ptr<float>(0, c, y)[x]);
            for (float &value : values)
                sum += value = std::exp(value - most);
            for (int c = 0; c < cell * cell; ++c)
                scores.at<float>(y * cell + c / cell, x * cell + c % cell) = values[c] / sum;
        }
    return scores;
}

Dense parseOutputs(const std::vector<cv::Mat> &outputs, const std::string &file, cv::Size size)
{
    Dense dense;
    const cv::Mat *logits = nullptr, *reliability = nullptr;
    for (const cv::Mat &output : outputs) {
        if (output.dims != 4 || output.size[0] != 1 || output.type() != CV_32F)
            continue;
        const bool coarse = output.size[2] * cell == size.height && output.size[3] * cell == size.width;
        const bool full = output.size[2] == size.height && output.size[3] == size.width;
        if (coarse && output.size[1] == cell * cell + 1)
            logits = &output;
        else if (coarse && output.size[1] == 1)
            reliability = &output;
        else if (coarse)
            dense = {{}, &output, output.size[1], cell};
        else if (full && output.size[1] > 16)
            dense = {{}, &output, output.size[1] - 1, 1};
    }
    if (!dense.map || (dense.step == cell && !logits))
        refuse(file, {QT_TRANSLATE_NOOP("core", "its outputs are not those of SuperPoint, XFeat or DISK"), {}});
    dense.scores = logits ? scoresOfCells(*logits) : plane(*dense.map, dense.channels).clone();
    if (reliability) {
        cv::Mat fine;
        cv::resize(plane(*reliability, 0), fine, size, 0, 0, cv::INTER_LINEAR);
        dense.scores = dense.scores.mul(fine);
    }
    return dense;
}

/// Bilinear between the centres of the map's cells.
void sampleDescriptor(const Dense &dense, cv::Point at, float *row)
{
    const int width = dense.map->size[3], height = dense.map->size[2];
    const auto along = [&](int pixel, int length) {
        return std::clamp((static_cast<float>(pixel) + 0.5f) / static_cast<float>(dense.step) - 0.5f, 0.f,
                          static_cast<float>(length - 1));
    };
    const float x = along(at.x, width), y = along(at.y, height);
    const int left = std::min(static_cast<int>(x), std::max(0, width - 2)),
              top = std::min(static_cast<int>(y), std::max(0, height - 2));
    const float fx = x - static_cast<float>(left), fy = y - static_cast<float>(top);
    const int right = std::min(left + 1, width - 1), bottom = std::min(top + 1, height - 1);
    for (int c = 0; c < dense.channels; ++c) {
        const float *upper = dense.map->ptr<float>(0, c, top), *lower = dense.map->ptr<float>(0, c, bottom);
        row[c] =
            (upper[left] * (1 - fx) + upper[right] * fx) * (1 - fy) + (lower[left] * (1 - fx) + lower[right] * fx) * fy;
    }
}

LocalFeatures selected(const Dense &dense, int count)
{
    cv::Mat largest;
    cv::dilate(dense.scores, largest, cv::Mat::ones(2 * nmsRadius + 1, 2 * nmsRadius + 1, CV_8U));
    std::vector<cv::KeyPoint> found;
    for (int y = 0; y < dense.scores.rows; ++y)
        for (int x = 0; x < dense.scores.cols; ++x)
            if (const float score = dense.scores.at<float>(y, x);
                score > leastScore && score == largest.at<float>(y, x))
                found.emplace_back(static_cast<float>(x), static_cast<float>(y), 2.f * cell, 0.f, score);
    std::ranges::stable_sort(found, std::greater{}, &cv::KeyPoint::response);
    found.resize(std::min(found.size(), static_cast<std::size_t>(count)));
    LocalFeatures features{std::move(found), {}, {}};
    features.descriptors.create(static_cast<int>(features.keypoints.size()), dense.channels, CV_32F);
    for (int i = 0; i < features.descriptors.rows; ++i)
        sampleDescriptor(dense, features.keypoints[static_cast<std::size_t>(i)].pt, features.descriptors.ptr<float>(i));
    return features;
}

} // namespace

LocalFeatures learnedKeypoints(const cv::Mat &grey, const std::string &file, int count)
{
    static KeypointNetworks &networks =
        *new KeypointNetworks; // outlives the module, whose own statics go first at the end
    const cv::Size size(grey.cols / multiple * multiple, grey.rows / multiple * multiple);
    if (size.empty())
        return {};
    const auto outputs = outputsOf(networks.of(file), grey(cv::Rect({}, size)));
    return selected(parseOutputs(outputs, file, size), count);
}

} // namespace likeness
