#include "core/features/tiny_image.h"

#include "core/features/oriented.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr int workingShortSidePx = 96; // crops of half the side still have 3 pixels for each of 16

/// The full image, then windows of 80, 64 and 50 % of both sides on grids of 2, 3 and 3 positions a side.
std::vector<cv::Rect> cropWindows(cv::Size size, bool crops)
{
    std::vector<cv::Rect> windows{{0, 0, size.width, size.height}};
    if (!crops)
        return windows;
    static constexpr struct {
        double share;
        int positions;
    } levels[] = {{0.8, 2}, {0.64, 3}, {0.5, 3}};
    for (const auto &level : levels) {
        const int width = std::max(1, cvRound(size.width * level.share)),
                  height = std::max(1, cvRound(size.height * level.share));
        for (int iy = 0; iy < level.positions; ++iy)
            for (int ix = 0; ix < level.positions; ++ix)
                windows.emplace_back((size.width - width) * ix / (level.positions - 1),
                                     (size.height - height) * iy / (level.positions - 1), width, height);
    }
    return windows;
}

class TinyImage final : public Extractor {
public:
    explicit TinyImage(const TinyImageOptions &options) : m_options(options) {}

    FeatureType type() const override { return FeatureType::Vector; }
    DecodeSpec decodeSpec() const override
    {
        return {m_options.colour == TinyImageOptions::Colours::Grey ? Colour::Grey : Colour::Bgr,
                std::max(workingShortSidePx, 2 * m_options.size)};
    }

    Features extract(const Image &image, Role role) const override
    {
        cv::Mat pixels; // other extractors share the decoded image: convert into memory of our own
        if (m_options.colour == TinyImageOptions::Colours::Lab)
            cv::cvtColor(image.pixels, pixels, cv::COLOR_BGR2Lab);
        else
            pixels = image.pixels;
        const bool query = role == Role::Query;
        Features features;
        for (const cv::Rect &window : cropWindows(pixels.size(), isCropped(m_options.crops, role))) {
            cv::Mat tiny;
            cv::resize(pixels(window), tiny, {m_options.size, m_options.size}, 0, 0, cv::INTER_AREA);
            tiny.convertTo(tiny, CV_32F);
            tiny -= cv::mean(tiny);
            const double norm = cv::norm(tiny);
            if (norm < 1e-3) // a plain patch correlates with nothing
                continue;
            tiny /= norm;
            for (int o = 0; o < (m_options.orientations && query ? 8 : 1); ++o)
                features.rows.push_back(oriented(tiny, o).clone().reshape(1, 1));
        }
        return features;
    }

private:
    TinyImageOptions m_options;
};

} // namespace

std::unique_ptr<Extractor> makeTinyImage(const TinyImageOptions &options)
{
    return std::make_unique<TinyImage>(options);
}

} // namespace likeness
