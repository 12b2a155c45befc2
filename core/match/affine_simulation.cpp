#include "core/match/affine_simulation.h"

#include "core/base/parallel.h"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <set>

namespace likeness {

namespace {

struct View {
    double tilt, turn; ///< turn in degrees
};

/// Tilts by steps of the square root of 2, turns the closer the stronger the tilt.
std::vector<View> views()
{
    std::vector<View> all;
    for (const double tilt : {std::numbers::sqrt2, 2.0, 2 * std::numbers::sqrt2})
        for (double turn = 0; turn < 180; turn += 72 / tilt)
            all.push_back({tilt, turn});
    return all;
}

/// The image turned, then squeezed along x after a blur that keeps it from aliasing; keypoints come back to `grey`.
LocalFeatures featuresOf(const cv::Mat &grey, const View &view, const LocalFeatureOptions &options)
{
    const double radians = view.turn * CV_PI / 180;
    const cv::Matx22d turned(std::cos(radians), -std::sin(radians), std::sin(radians), std::cos(radians));
    double left = 0, top = 0, right = 0, bottom = 0;
    for (const cv::Point2d corner :
         {cv::Point2d(0, 0), {grey.cols - 1.0, 0}, {0, grey.rows - 1.0}, {grey.cols - 1.0, grey.rows - 1.0}}) {
        const cv::Point2d at = turned * corner;
        left = std::min(left, at.x);
        right = std::max(right, at.x);
        top = std::min(top, at.y);
        bottom = std::max(bottom, at.y);
    }
    cv::Mat seen, inside;
    const cv::Size size(cvCeil(right - left) + 1, cvCeil(bottom - top) + 1);
    const cv::Matx23d move(turned(0, 0), turned(0, 1), -left, turned(1, 0), turned(1, 1), -top);
    cv::warpAffine(grey, seen, move, size, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::GaussianBlur(seen, seen, {}, 0.8 * std::sqrt(view.tilt * view.tilt - 1), 0.01);
    const cv::Size squeezed(std::max(1, cvRound(size.width / view.tilt)), size.height);
    cv::resize(seen, seen, squeezed, 0, 0, cv::INTER_NEAREST);
    const double factor = static_cast<double>(size.width) / squeezed.width;
    const LocalFeatures found = detectLocalFeatures(seen, options);
    LocalFeatures kept;
    kept.imageSize = grey.size();
    for (std::size_t i = 0; i < found.keypoints.size(); ++i) {
        cv::KeyPoint keypoint = found.keypoints[i];
        const cv::Point2d unsqueezed((keypoint.pt.x + 0.5) * factor - 0.5 + left, keypoint.pt.y + top);
        keypoint.pt = turned.t() * unsqueezed;
        const float edge = keypoint.size; // the warped image ends in edges that are not the picture's
        if (keypoint.pt.x < edge || keypoint.pt.y < edge || keypoint.pt.x > static_cast<float>(grey.cols) - edge ||
            keypoint.pt.y > static_cast<float>(grey.rows) - edge)
            continue;
        kept.keypoints.push_back(keypoint);
        kept.descriptors.push_back(found.descriptors.row(static_cast<int>(i)));
    }
    return kept;
}

void append(LocalFeatures &to, const LocalFeatures &from)
{
    to.keypoints.insert(to.keypoints.end(), from.keypoints.begin(), from.keypoints.end());
    if (!from.descriptors.empty())
        to.descriptors.push_back(from.descriptors);
}

} // namespace

ImageMatch tentativeAffineMatch(const cv::Mat &a, const cv::Mat &b, const MatchOptions &options,
                                const TaskContext &context)
{
    const std::vector<View> all = views();
    std::vector<LocalFeatures> viewsOf[2] = {std::vector<LocalFeatures>(all.size() + 1),
                                             std::vector<LocalFeatures>(all.size() + 1)};
    const std::size_t each = all.size() + 1; // the first is the image itself
    parallelFor(2 * each, context, [&](std::size_t i) {
        const cv::Mat &grey = i < each ? a : b;
        const std::size_t view = i % each;
        viewsOf[i / each][view] =
            view == 0 ? detectLocalFeatures(grey, options.features) : featuresOf(grey, all[view - 1], options.features);
    });
    std::vector<std::vector<Correspondence>> found(2 * each - 1);
    parallelFor(found.size(), context, [&](std::size_t i) {
        found[i] =
            matchFeatures(viewsOf[0][i < each ? i : 0], viewsOf[1][i < each ? 0 : i - each + 1], options.matcher);
    });
    ImageMatch match;
    std::vector<int> beginA{0}, beginB{0};
    for (std::size_t view = 0; view < each; ++view) {
        append(match.a, viewsOf[0][view]);
        append(match.b, viewsOf[1][view]);
        beginA.push_back(static_cast<int>(match.a.keypoints.size()));
        beginB.push_back(static_cast<int>(match.b.keypoints.size()));
    }
    std::set<std::array<int, 4>> seen; // one piece of evidence is found from several views
    for (std::size_t i = 0; i < found.size(); ++i)
        for (Correspondence pair : found[i]) {
            pair.a += beginA[i < each ? i : 0];
            pair.b += beginB[i < each ? 0 : i - each + 1];
            const cv::Point2f pa = match.a.keypoints[static_cast<std::size_t>(pair.a)].pt,
                              pb = match.b.keypoints[static_cast<std::size_t>(pair.b)].pt;
            if (seen.insert({cvRound(pa.x / 2), cvRound(pa.y / 2), cvRound(pb.x / 2), cvRound(pb.y / 2)}).second)
                match.matches.push_back(pair);
        }
    std::ranges::stable_sort(match.matches, {}, &Correspondence::ratio);
    return match;
}

} // namespace likeness
