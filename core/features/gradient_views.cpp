#include "core/features/gradient_views.h"

#include "core/features/region_proposals.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr int viewSide = 32;
constexpr int gallerySidePx = 256, querySidePx = 192; // long sides of the working images

cv::Mat greyView(const cv::Mat &bgr)
{
    cv::Mat small, grey;
    cv::resize(bgr, small, {viewSide, viewSide}, 0, 0, cv::INTER_AREA);
    small.convertTo(small, CV_32F);
    cv::cvtColor(small, grey, cv::COLOR_BGR2GRAY);
    return grey;
}

/// In shares of the sides.
cv::Mat crop(const cv::Mat &image, double x, double y, double width, double height)
{
    const int x0 = std::min(cvRound(x * image.cols), image.cols - 1),
              y0 = std::min(cvRound(y * image.rows), image.rows - 1);
    const int x1 = std::clamp(cvRound((x + width) * image.cols), x0 + 1, image.cols);
    const int y1 = std::clamp(cvRound((y + height) * image.rows), y0 + 1, image.rows);
    return image(cv::Rect(x0, y0, x1 - x0, y1 - y0));
}

void addGrid(const cv::Mat &image, double side, std::vector<cv::Mat> &views)
{
    for (int iy = 0; iy < 3; ++iy)
        for (int ix = 0; ix < 3; ++ix)
            views.push_back(greyView(crop(image, ix * (1 - side) / 2, iy * (1 - side) / 2, side, side)));
}

void addRegions(const cv::Mat &image, std::vector<cv::Mat> &views)
{
    constexpr int outer = 128, inner = 96, most = 3;
    for (const Quad &quad : framedRegions(image)) {
        const cv::Mat region = rectified(image, quad, outer);
        views.push_back(greyView(region));
        for (const Quad &nested : framedRegions(region))
            views.push_back(greyView(rectified(region, nested, inner)));
        for (const Quad &nested : straightEdgeRectangles(region, most))
            views.push_back(greyView(rectified(region, nested, inner)));
    }
    for (const Quad &quad : straightEdgeRectangles(image, most)) {
        const cv::Mat region = rectified(image, quad, inner);
        views.push_back(greyView(region));
        for (const Quad &nested : framedRegions(region))
            views.push_back(greyView(rectified(region, nested, inner)));
    }
}

void addRotations(const cv::Mat &image, std::vector<cv::Mat> &views)
{
    const double w = image.cols, h = image.rows;
    for (const int degrees : {15, -15, 30, -30, 45, -45}) {
        const cv::Mat turn =
            cv::getRotationMatrix2D({static_cast<float>(w / 2), static_cast<float>(h / 2)}, degrees, 1);
        cv::Mat turned;
        cv::warpAffine(image, turned, turn, image.size(), cv::INTER_LINEAR);
        const double c = std::cos(std::abs(degrees) * std::numbers::pi / 180),
                     s = std::sin(std::abs(degrees) * std::numbers::pi / 180);
        // The largest crop of the same shape that holds no corner of the rotation.
        const double side = std::min(w / (w * c + h * s), h / (w * s + h * c));
        views.push_back(greyView(crop(turned, (1 - side) / 2, (1 - side) / 2, side, side)));
    }
}

class GradientViews final : public Extractor {
public:
    explicit GradientViews(const GradientViewsOptions &options) : m_options(options) {}

    FeatureType type() const override { return FeatureType::Vector; }
    DecodeSpec decodeSpec() const override { return {Colour::Bgr, querySidePx}; }

    Features extract(const Image &image, Role role) const override
    {
        const bool query = role == Role::Query;
        const std::vector<cv::Mat> views = query ? queryViews(image.pixels) : galleryViews(image.pixels);
        std::vector<GradientHistogram> rows;
        for (const cv::Mat &view : views) {
            const GradientHistogram histogram = gradientHistogram(view);
            if (histogram == GradientHistogram{})
                continue; // a plain view is like no other
            for (int o = 0; o < (query && m_options.orientations ? 8 : 1); ++o)
                rows.push_back(permuted(histogram, o & 1, o & 2, o & 4));
        }
        Features features;
        if (!rows.empty())
            features.rows =
                cv::Mat(static_cast<int>(rows.size()), static_cast<int>(rows[0].size()), CV_32F, rows.data()).clone();
        return features;
    }

private:
    std::vector<cv::Mat> galleryViews(const cv::Mat &pixels) const
    {
        const cv::Mat image = shrunk(pixels, gallerySidePx);
        std::vector<cv::Mat> views{greyView(image)};
        if (m_options.crops)
            for (const double side : {0.85, 0.7, 0.5})
                addGrid(image, side, views);
        return views;
    }

    std::vector<cv::Mat> queryViews(const cv::Mat &pixels) const
    {
        const cv::Mat image = shrunk(pixels, gallerySidePx), smaller = shrunk(image, querySidePx);
        std::vector<cv::Mat> views{greyView(image)};
        if (m_options.crops)
            addGrid(image, 0.7, views);
        if (m_options.regions)
            addRegions(smaller, views);
        if (m_options.rotations)
            addRotations(smaller, views);
        return views;
    }

    GradientViewsOptions m_options;
};

struct Pooling {
    float weight[gradientCells][viewSide];
    Pooling()
    {
        const float cell = static_cast<float>(viewSide) / gradientCells;
        for (int c = 0; c < gradientCells; ++c)
            for (int x = 0; x < viewSide; ++x)
                weight[c][x] = std::max(
                    0.0f, 1 - std::abs(static_cast<float>(x) + 0.5f - (static_cast<float>(c) + 0.5f) * cell) / cell);
    }
};

/// [1 2 1] / 4 along rows or columns; the border stays.
void smooth(float (&image)[viewSide][viewSide])
{
    float copy[viewSide][viewSide];
    std::copy(&image[0][0], &image[0][0] + viewSide * viewSide, &copy[0][0]);
    for (int y = 1; y < viewSide - 1; ++y)
        for (int x = 0; x < viewSide; ++x)
            copy[y][x] = 0.25f * image[y - 1][x] + 0.5f * image[y][x] + 0.25f * image[y + 1][x];
    for (int y = 0; y < viewSide; ++y)
        for (int x = 0; x < viewSide; ++x)
            image[y][x] = x == 0 || x == viewSide - 1
                              ? copy[y][x]
                              : 0.25f * copy[y][x - 1] + 0.5f * copy[y][x] + 0.25f * copy[y][x + 1];
}

/// Pools gradient magnitudes into cells, split linearly between the two nearest directions and cells.
void pool(const float (&image)[viewSide][viewSide], GradientHistogram &histogram)
{
    static const Pooling pooling;
    float rows[viewSide][gradientCells][gradientDirections] = {};
    for (int y = 0; y < viewSide; ++y)
        for (int x = 0; x < viewSide; ++x) {
            const float gx = x == 0 || x == viewSide - 1 ? 0 : image[y][x + 1] - image[y][x - 1];
            const float gy = y == 0 || y == viewSide - 1 ? 0 : image[y + 1][x] - image[y - 1][x];
            const float magnitude = std::sqrt(gx * gx + gy * gy);
            if (magnitude == 0)
                continue;
            float direction = std::atan2(gy, gx) * static_cast<float>(gradientDirections / (2 * std::numbers::pi));
            if (direction < 0)
                direction += gradientDirections;
            const int low = static_cast<int>(direction);
            const float share = direction - static_cast<float>(low);
            for (int c = 0; c < gradientCells; ++c) {
                const float weighted = pooling.weight[c][x] * magnitude;
                rows[y][c][low % gradientDirections] += weighted * (1 - share);
                rows[y][c][(low + 1) % gradientDirections] += weighted * share;
            }
        }
    for (int r = 0; r < gradientCells; ++r)
        for (int y = 0; y < viewSide; ++y) {
            if (pooling.weight[r][y] == 0)
                continue;
            for (int c = 0; c < gradientCells; ++c)
                for (int k = 0; k < gradientDirections; ++k)
                    histogram[static_cast<std::size_t>((r * gradientCells + c) * gradientDirections + k)] +=
                        pooling.weight[r][y] * rows[y][c][k];
        }
}

} // namespace

GradientHistogram gradientHistogram(const cv::Mat &grey)
{
    float image[viewSide][viewSide];
    for (int y = 0; y < viewSide; ++y)
        std::copy_n(grey.ptr<float>(y), viewSide, image[y]);
    smooth(image);
    GradientHistogram histogram{};
    pool(image, histogram);
    for (float &value : histogram)
        value = std::sqrt(value);
    constexpr int cells = gradientCells * gradientCells;
    for (int k = 0; k < gradientDirections; ++k) {
        float mean = 0;
        for (int cell = 0; cell < cells; ++cell)
            mean += histogram[static_cast<std::size_t>(cell * gradientDirections + k)] / cells;
        for (int cell = 0; cell < cells; ++cell)
            histogram[static_cast<std::size_t>(cell * gradientDirections + k)] -= mean;
    }
    float norm = 0;
    for (const float value : histogram)
        norm += value * value;
    norm = std::sqrt(norm);
    if (norm < 1e-4f)
        return {};
    for (float &value : histogram)
        value /= norm;
    return histogram;
}

GradientHistogram permuted(const GradientHistogram &histogram, bool flipX, bool flipY, bool transpose)
{
    GradientHistogram out;
    for (int r = 0; r < gradientCells; ++r)
        for (int c = 0; c < gradientCells; ++c)
            for (int k = 0; k < gradientDirections; ++k) {
                int row = r, column = c, direction = k;
                if (flipX) {
                    column = gradientCells - 1 - column;
                    direction = (4 - direction) & 7;
                }
                if (flipY) {
                    row = gradientCells - 1 - row;
                    direction = (8 - direction) & 7;
                }
                if (transpose) {
                    std::swap(row, column);
                    direction = (2 - direction) & 7;
                }
                out[static_cast<std::size_t>((row * gradientCells + column) * gradientDirections + direction)] =
                    histogram[static_cast<std::size_t>((r * gradientCells + c) * gradientDirections + k)];
            }
    return out;
}

std::unique_ptr<Extractor> makeGradientViews(const GradientViewsOptions &options)
{
    return std::make_unique<GradientViews>(options);
}

} // namespace likeness
