#include "core/features/histogram.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

using Space = HistogramOptions::Space;

class Histogram final : public Extractor {
public:
    explicit Histogram(const HistogramOptions &options) : m_options(options)
    {
        if (joint() && options.bins > 32)
            throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "%1 = %2 is not allowed: it must be %3"),
                        {"bins", std::to_string(options.bins), "2 .. 32 (joint)"});
        constexpr int mostValues = 65536; // 256 KB an image
        const int cells = options.grid * options.grid;
        const int values = cells * (joint() ? options.bins * options.bins * options.bins : 3 * options.bins);
        if (values > mostValues)
            throw Error(ErrorKind::InvalidArgument,
                        QT_TRANSLATE_NOOP("core", "%1 numbers an image are too many: fewer bins or cells, at most %2"),
                        {std::to_string(values), std::to_string(mostValues)});
    }

    FeatureType type() const override { return joint() ? FeatureType::JointHistogram : FeatureType::Histogram; }
    DecodeSpec decodeSpec() const override
    {
        return {m_options.space == Space::Grey ? Colour::Grey : Colour::Bgr, m_options.shortSide};
    }

    Features extract(const Image &image, Role) const override
    {
        const cv::Mat pixels = converted(image.pixels);
        const int grid = m_options.grid;
        std::vector<float> values;
        for (int gy = 0; gy < grid; ++gy)
            for (int gx = 0; gx < grid; ++gx) {
                // A cell of an image smaller than the grid still has a pixel.
                const int x = pixels.cols * gx / grid, y = pixels.rows * gy / grid;
                const int width = std::max(1, pixels.cols * (gx + 1) / grid - x);
                const int height = std::max(1, pixels.rows * (gy + 1) / grid - y);
                appendCell(pixels(cv::Rect(x, y, width, height)), values);
            }
        return {cv::Mat(values, true).reshape(1, 1), m_options.bins};
    }

private:
    bool joint() const { return m_options.layout == HistogramOptions::Layout::Joint && m_options.space != Space::Grey; }

    cv::Mat converted(const cv::Mat &pixels) const
    {
        cv::Mat out; // other extractors share the decoded image: convert into memory of our own
        if (m_options.space == Space::Hsv)
            cv::cvtColor(pixels, out, cv::COLOR_BGR2HSV);
        else if (m_options.space == Space::Lab)
            cv::cvtColor(pixels, out, cv::COLOR_BGR2Lab);
        else
            out = pixels;
        return out;
    }

    void appendCell(const cv::Mat &cell, std::vector<float> &values) const
    {
        const int channels = cell.channels();
        const float hueRange[] = {0, 180}, byteRange[] = {0, 256};
        const auto rangeOf = [&](int channel) {
            return m_options.space == Space::Hsv && channel == 0 ? hueRange : byteRange;
        };
        cv::Mat histogram;
        if (joint()) {
            const int channelList[] = {0, 1, 2}, sizes[] = {m_options.bins, m_options.bins, m_options.bins};
            const float *ranges[] = {rangeOf(0), rangeOf(1), rangeOf(2)};
            cv::calcHist(&cell, 1, channelList, {}, histogram, 3, sizes, ranges);
            appendNormalised(histogram, values);
            return;
        }
        for (int c = 0; c < channels; ++c) {
            const float *ranges[] = {rangeOf(c)};
            cv::calcHist(&cell, 1, &c, {}, histogram, 1, &m_options.bins, ranges);
            appendNormalised(histogram, values);
        }
    }

    void appendNormalised(const cv::Mat &histogram, std::vector<float> &values) const
    {
        const auto *begin = histogram.ptr<float>();
        const std::span bins(begin, histogram.total());
        const bool squared = m_options.normalise == HistogramOptions::Norm::L2;
        double norm = 0;
        for (const float b : bins)
            norm += squared ? double{b} * b : double{b};
        norm = squared ? std::sqrt(norm) : norm;
        for (const float b : bins)
            values.push_back(static_cast<float>(b / norm)); // a cell has at least one pixel: norm > 0
    }

    HistogramOptions m_options;
};

} // namespace

std::unique_ptr<Extractor> makeHistogram(const HistogramOptions &options)
{
    return std::make_unique<Histogram>(options);
}

} // namespace likeness
