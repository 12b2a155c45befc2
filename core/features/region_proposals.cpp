#include "core/features/region_proposals.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr int colourTolerance = 22;        // grey levels in the worst channel
constexpr double leastRimShare = 0.08;     // of the rim, for a colour to be a background
constexpr int edgeSidePx = 96;             // working size of the search for straight edges
constexpr std::size_t candidateLines = 20; // a direction

std::vector<cv::Vec3b> rimPixels(const cv::Mat &bgr)
{
    std::vector<cv::Vec3b> rim;
    const int top = std::min(1, bgr.rows - 1), bottom = std::max(0, bgr.rows - 2);
    const int left = std::min(1, bgr.cols - 1), right = std::max(0, bgr.cols - 2);
    for (int x = 0; x < bgr.cols; ++x) {
        rim.push_back(bgr.at<cv::Vec3b>(top, x));
        rim.push_back(bgr.at<cv::Vec3b>(bottom, x));
    }
    for (int y = 0; y < bgr.rows; ++y) {
        rim.push_back(bgr.at<cv::Vec3b>(y, left));
        rim.push_back(bgr.at<cv::Vec3b>(y, right));
    }
    return rim;
}

int distance(const cv::Vec3b &a, const cv::Vec3b &b)
{
    return std::max({std::abs(a[0] - b[0]), std::abs(a[1] - b[1]), std::abs(a[2] - b[2])});
}

cv::Vec3b channelMedian(const std::vector<cv::Vec3b> &pixels)
{
    cv::Vec3b median;
    std::vector<std::uint8_t> values(pixels.size());
    for (int c = 0; c < 3; ++c) {
        std::ranges::transform(pixels, values.begin(), [c](const cv::Vec3b &pixel) { return pixel[c]; });
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        median[c] = *middle;
    }
    return median;
}

/// Up to three colours of the rim, the most frequent first.
std::vector<cv::Vec3b> backgroundColours(const cv::Mat &bgr)
{
    const std::vector<cv::Vec3b> rim = rimPixels(bgr);
    const auto binOf = [](const cv::Vec3b &p) { return ((p[0] >> 4) << 8) | ((p[1] >> 4) << 4) | (p[2] >> 4); };
    std::vector<int> counts(4096, 0), order(4096);
    for (const cv::Vec3b &pixel : rim)
        ++counts[static_cast<std::size_t>(binOf(pixel))];
    std::iota(order.begin(), order.end(), 0);
    std::ranges::partial_sort(order, order.begin() + 3, [&](int a, int b) {
        const int countA = counts[static_cast<std::size_t>(a)], countB = counts[static_cast<std::size_t>(b)];
        return countA != countB ? countA > countB : a < b;
    });
    std::vector<cv::Vec3b> colours;
    for (int i = 0; i < 3; ++i) {
        const int bin = order[static_cast<std::size_t>(i)];
        if (counts[static_cast<std::size_t>(bin)] < leastRimShare * static_cast<double>(rim.size()))
            continue;
        std::vector<cv::Vec3b> members;
        std::ranges::copy_if(rim, std::back_inserter(members),
                             [&](const cv::Vec3b &pixel) { return binOf(pixel) == bin; });
        const cv::Vec3b colour = channelMedian(members);
        if (std::ranges::none_of(colours, [&](const cv::Vec3b &c) { return distance(c, colour) <= colourTolerance; }))
            colours.push_back(colour);
    }
    return colours;
}

/// The largest region that is not background of `colour`; empty where there is none of a sensible size.
cv::Mat foreground(const cv::Mat &bgr, const cv::Vec3b &colour)
{
    cv::Mat like(bgr.size(), CV_8U);
    for (int y = 0; y < bgr.rows; ++y)
        for (int x = 0; x < bgr.cols; ++x)
            like.at<std::uint8_t>(y, x) = distance(bgr.at<cv::Vec3b>(y, x), colour) <= colourTolerance ? 255 : 0;
    if (cv::countNonZero(like) < 0.04 * static_cast<double>(like.total()))
        return {};
    // A rim of ones joins all background that touches the border; patches of the colour inside the picture stay
    // foreground.
    cv::Mat padded, labels;
    cv::copyMakeBorder(like, padded, 1, 1, 1, 1, cv::BORDER_CONSTANT, 255);
    cv::connectedComponents(padded, labels, 4);
    cv::Mat inside = labels != labels.at<int>(0, 0);
    inside = inside(cv::Rect(1, 1, bgr.cols, bgr.rows)).clone();
    cv::morphologyEx(inside, inside, cv::MORPH_OPEN,
                     cv::Mat::ones(7, 7, CV_8U)); // removes lines of text around a screenshot
    cv::Mat stats, centroids;
    const int count = cv::connectedComponentsWithStats(inside, labels, stats, centroids, 4);
    int largest = 0, largestArea = 0;
    for (int i = 1; i < count; ++i)
        if (stats.at<int>(i, cv::CC_STAT_AREA) > largestArea) {
            largest = i;
            largestArea = stats.at<int>(i, cv::CC_STAT_AREA);
        }
    const double share = largestArea / static_cast<double>(inside.total());
    if (share < 0.03 || share > 0.985)
        return {};
    return labels == largest;
}

Quad ordered(const std::vector<cv::Point2f> &corners)
{
    cv::Point2f mean;
    for (const cv::Point2f &corner : corners)
        mean += corner * 0.25f;
    Quad quad;
    std::ranges::copy(corners, quad.begin());
    std::ranges::sort(quad, {}, [&](const cv::Point2f &p) { return std::atan2(p.y - mean.y, p.x - mean.x); });
    const auto first = std::ranges::min_element(quad, {}, [](const cv::Point2f &p) { return p.x + p.y; });
    std::ranges::rotate(quad, first);
    return quad;
}

Quad quadOf(const cv::Rect2f &box)
{
    return {cv::Point2f(box.x, box.y), cv::Point2f(box.x + box.width, box.y),
            cv::Point2f(box.x + box.width, box.y + box.height), cv::Point2f(box.x, box.y + box.height)};
}

void addQuads(const cv::Mat &region, std::vector<Quad> &quads)
{
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(region, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
    if (contours.empty())
        return;
    const auto biggest =
        std::ranges::max_element(contours, {}, [](const auto &contour) { return cv::contourArea(contour); });
    const cv::Rect box = cv::boundingRect(*biggest);
    quads.push_back(quadOf(box));
    std::vector<cv::Point> hull;
    cv::convexHull(*biggest, hull);
    const cv::RotatedRect least = cv::minAreaRect(hull);
    const double leastArea = least.size.area(), boxArea = box.area();
    if (leastArea < 0.93 * boxArea) {
        std::vector<cv::Point2f> corners(4);
        least.points(corners.data());
        quads.push_back(ordered(corners));
    }
    std::vector<cv::Point> polygon;
    for (const double tolerance : {0.02, 0.03, 0.045, 0.06, 0.08}) {
        cv::approxPolyDP(hull, polygon, tolerance * cv::arcLength(hull, true), true);
        if (polygon.size() <= 4)
            break;
    }
    if (polygon.size() == 4 && cv::contourArea(polygon) < 0.93 * std::min(boxArea, leastArea))
        quads.push_back(ordered({polygon.begin(), polygon.end()}));
}

/// Strength in [0, 1] of a step at each place along `dimension` 1 (x) or 0 (y): the greatest channel difference to the
/// next pixel, less what its neighbours at two pixels have (a step, not a texture).
cv::Mat steps(const cv::Mat &bgr)
{
    cv::Mat raw(bgr.rows, bgr.cols - 1, CV_32F);
    for (int y = 0; y < raw.rows; ++y)
        for (int x = 0; x < raw.cols; ++x)
            raw.at<float>(y, x) = static_cast<float>(distance(bgr.at<cv::Vec3b>(y, x), bgr.at<cv::Vec3b>(y, x + 1)));
    cv::Mat lone(raw.size(), CV_32F);
    for (int y = 0; y < raw.rows; ++y)
        for (int x = 0; x < raw.cols; ++x) {
            const float before = raw.at<float>(y, std::max(0, x - 2)),
                        after = raw.at<float>(y, std::min(raw.cols - 1, x + 2));
            lone.at<float>(y, x) = std::clamp(raw.at<float>(y, x) - std::max(before, after), 0.0f, 30.0f) / 30.0f;
        }
    return lone;
}

/// Sums along y: sums(y, x) = values(0 .. y - 1, x).
cv::Mat cumulated(const cv::Mat &values)
{
    cv::Mat sums = cv::Mat::zeros(values.rows + 1, values.cols, CV_32F);
    for (int y = 0; y < values.rows; ++y)
        sums.row(y + 1) = sums.row(y) + values.row(y);
    return sums;
}

/// Places (x + 1 of the step) of the strongest vertical lines, with both borders.
std::vector<int> lines(const cv::Mat &sums, int length)
{
    const int height = sums.rows - 1, window = std::min(height, std::max(8, height / 4));
    std::vector<float> strength(static_cast<std::size_t>(sums.cols), 0.0f);
    for (int x = 0; x < sums.cols; ++x)
        for (int y = 0; y + window <= height; ++y)
            strength[static_cast<std::size_t>(x)] =
                std::max(strength[static_cast<std::size_t>(x)], sums.at<float>(y + window, x) - sums.at<float>(y, x));
    std::vector<int> order(strength.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater{}, [&](int x) { return strength[static_cast<std::size_t>(x)]; });
    order.resize(std::min(order.size(), candidateLines));
    std::vector<int> places{0, length};
    for (const int x : order)
        places.push_back(x + 1);
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

struct Candidate {
    float score;
    cv::Rect box;
};

std::vector<Candidate> rectangles(const cv::Mat &small)
{
    const int width = small.cols, height = small.rows;
    const cv::Mat vertical = cumulated(steps(small));
    cv::Mat transposed;
    cv::transpose(small, transposed);
    const cv::Mat horizontal = cumulated(steps(transposed)); // sums along x, a column for each y
    constexpr float borderValue = 0.25f;
    const auto side = [](const cv::Mat &sums, int place, int length, int from, int to) {
        if (place == 0 || place == length)
            return borderValue;
        return (sums.at<float>(to, place - 1) - sums.at<float>(from, place - 1)) / static_cast<float>(to - from);
    };
    const std::vector<int> xs = lines(vertical, width), ys = lines(horizontal, height);
    std::vector<Candidate> found;
    for (const int x1 : xs)
        for (const int x2 : xs) {
            if (x2 - x1 < 0.15 * width || x2 <= x1)
                continue;
            for (const int y1 : ys)
                for (const int y2 : ys) {
                    if (y2 - y1 < 0.15 * height || y2 <= y1 ||
                        (x1 == 0) + (x2 == width) + (y1 == 0) + (y2 == height) >= 3)
                        continue;
                    const float l = side(vertical, x1, width, y1, y2), r = side(vertical, x2, width, y1, y2);
                    const float t = side(horizontal, y1, height, x1, x2), b = side(horizontal, y2, height, x1, x2);
                    const float score = std::min({l, r, t, b}) + 0.25f * (l + r + t + b);
                    if (score >= 0.2f)
                        found.push_back({score, {x1, y1, x2 - x1, y2 - y1}});
                }
        }
    std::ranges::stable_sort(found, std::greater{}, &Candidate::score);
    return found;
}

} // namespace

cv::Mat shrunk(const cv::Mat &image, int longSide)
{
    const int side = std::max(image.cols, image.rows);
    if (side <= longSide)
        return image;
    const double scale = static_cast<double>(longSide) / side;
    cv::Mat out;
    cv::resize(image, out, {std::max(1, cvRound(image.cols * scale)), std::max(1, cvRound(image.rows * scale))}, 0, 0,
               cv::INTER_AREA);
    return out;
}

std::vector<Quad> framedRegions(const cv::Mat &bgr)
{
    std::vector<Quad> quads;
    if (bgr.rows < 8 || bgr.cols < 8)
        return quads;
    for (const cv::Vec3b &colour : backgroundColours(bgr))
        if (const cv::Mat region = foreground(bgr, colour); !region.empty())
            addQuads(region, quads);
    return quads;
}

std::vector<Quad> straightEdgeRectangles(const cv::Mat &bgr, int count)
{
    const double scale = static_cast<double>(edgeSidePx) / std::max(bgr.cols, bgr.rows);
    const cv::Size size(std::max(8, cvRound(bgr.cols * scale)), std::max(8, cvRound(bgr.rows * scale)));
    cv::Mat small;
    cv::resize(bgr, small, size, 0, 0, cv::INTER_AREA);
    const auto fx = static_cast<float>(bgr.cols) / static_cast<float>(size.width);
    const auto fy = static_cast<float>(bgr.rows) / static_cast<float>(size.height);
    std::vector<cv::Rect> kept;
    std::vector<Quad> quads;
    for (const Candidate &candidate : rectangles(small)) {
        const auto overlaps = [&](const cv::Rect &other) {
            const double common = (candidate.box & other).area();
            return common / (candidate.box.area() + other.area() - common) > 0.75;
        };
        if (std::ranges::any_of(kept, overlaps))
            continue;
        kept.push_back(candidate.box);
        const cv::Rect2f box = candidate.box;
        quads.push_back(quadOf({box.x * fx, box.y * fy, box.width * fx, box.height * fy}));
        if (static_cast<int>(quads.size()) == count)
            break;
    }
    return quads;
}

cv::Mat rectified(const cv::Mat &bgr, const Quad &quad, int side)
{
    cv::Point2f mean;
    for (const cv::Point2f &corner : quad)
        mean += corner * 0.25f;
    Quad inner;
    for (std::size_t i = 0; i < quad.size(); ++i)
        inner[i] = mean + (quad[i] - mean) * 0.98f;
    const auto s = static_cast<float>(side);
    const Quad target{cv::Point2f(0, 0), cv::Point2f(s, 0), cv::Point2f(s, s), cv::Point2f(0, s)};
    cv::Mat out;
    cv::warpPerspective(bgr, out, cv::getPerspectiveTransform(inner.data(), target.data()), {side, side},
                        cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return out;
}

} // namespace likeness
