#include "core/data/attacks_geometric.h"

#include "core/base/plain_text.h"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

cv::Matx33d translation(double x, double y)
{
    return {1, 0, x, 0, 1, y, 0, 0, 1};
}

/// Scaling of the plane, seen from pixel centres: 0.5 is the middle of the first pixel.
cv::Matx33d scaling(double x, double y)
{
    return {x, 0, 0.5 * x - 0.5, 0, y, 0.5 * y - 0.5, 0, 0, 1};
}

cv::Mat resized(const cv::Mat &image, cv::Size size)
{
    const bool smaller = size.width < image.cols;
    cv::Mat out;
    cv::resize(image, out, size, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_LINEAR);
    return out;
}

cv::Size scaledSize(const cv::Mat &image, double scale)
{
    return {std::max(8, cvRound(image.cols * scale)), std::max(8, cvRound(image.rows * scale))};
}

cv::Matx33d scalingTo(const cv::Mat &image, cv::Size size)
{
    return scaling(static_cast<double>(size.width) / image.cols, static_cast<double>(size.height) / image.rows);
}

} // namespace

std::string number(double value)
{
    std::string result = fixedText(value, 2);
    while (result.back() == '0')
        result.pop_back();
    if (result.back() == '.')
        result.pop_back();
    return result;
}

AttackedImage attackCrop(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    const double area = between(0.9, 0.25, strength);
    const double aspect = random.uniform(0.85, 1.18);
    const double side = std::sqrt(area);
    const int width = std::clamp(cvRound(source.cols * side * aspect), std::min(8, source.cols), source.cols);
    const int height = std::clamp(cvRound(source.rows * side / aspect), std::min(8, source.rows), source.rows);
    const int x = random.integer(0, source.cols - width), y = random.integer(0, source.rows - height);
    const double kept = static_cast<double>(width) * height / source.cols / source.rows;
    return {source(cv::Rect(x, y, width, height)).clone(), "crop to " + number(100 * kept) + " %", translation(-x, -y)};
}

AttackedImage attackResize(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    const double scale = between(0.8, 0.25, strength);
    const double stretch = random.uniform(1, 1 + 0.3 * strength);
    const cv::Size size(std::max(8, cvRound(source.cols * scale * stretch)), std::max(8, cvRound(source.rows * scale)));
    return {resized(source, size), "resize to " + std::to_string(size.width) + " x " + std::to_string(size.height),
            scalingTo(source, size)};
}

AttackedImage attackRotate(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    const double degrees = between(3, 60, strength) * random.uniform(0.7, 1) * (random.chance(0.5) ? 1 : -1);
    const double radians = degrees * std::numbers::pi / 180, c = std::cos(radians), s = std::sin(radians);
    // The canvas grows, so that no corner is lost.
    const int width = cvRound(std::abs(source.cols * c) + std::abs(source.rows * s));
    const int height = cvRound(std::abs(source.cols * s) + std::abs(source.rows * c));
    const cv::Matx33d turn(c, -s, 0, s, c, 0, 0, 0, 1);
    const cv::Matx33d h = translation((width - 1) / 2.0, (height - 1) / 2.0) * turn *
                          translation(-(source.cols - 1) / 2.0, -(source.rows - 1) / 2.0);
    cv::Mat out;
    cv::warpPerspective(source, out, h, {width, height}, cv::INTER_LINEAR, cv::BORDER_CONSTANT,
                        random.chance(0.5) ? cv::Scalar::all(0) : cv::Scalar::all(255));
    return {out, "rotate " + number(degrees) + " deg", h};
}

AttackedImage attackQuarterTurn(const cv::Mat &source, double, Random &random, const cv::Mat &)
{
    const int turns = random.integer(1, 3);
    cv::Mat out;
    const double w = source.cols - 1, h = source.rows - 1;
    static constexpr int codes[] = {cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180, cv::ROTATE_90_COUNTERCLOCKWISE};
    cv::rotate(source, out, codes[turns - 1]);
    const cv::Matx33d maps[] = {
        {0, -1, h, 1, 0, 0, 0, 0, 1}, {-1, 0, w, 0, -1, h, 0, 0, 1}, {0, 1, 0, -1, 0, w, 0, 0, 1}};
    return {out, "turn " + std::to_string(90 * turns) + " deg", maps[turns - 1]};
}

AttackedImage attackFlip(const cv::Mat &source, double, Random &, const cv::Mat &)
{
    cv::Mat out;
    cv::flip(source, out, 1);
    return {out, "flip", cv::Matx33d(-1, 0, source.cols - 1, 0, 1, 0, 0, 0, 1)};
}

AttackedImage attackPad(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    const double share = between(0.04, 0.4, strength);
    const int left = cvRound(source.cols * share * random.unit()), right = cvRound(source.cols * share * random.unit());
    const int top = cvRound(source.rows * share * random.unit()) + 1,
              bottom = cvRound(source.rows * share * random.unit()) + 1;
    const cv::Scalar border(random.uniform(0, 256), random.uniform(0, 256), random.uniform(0, 256));
    cv::Mat out;
    cv::copyMakeBorder(source, out, top, bottom, left, right, cv::BORDER_CONSTANT, border);
    return {out,
            "pad " + std::to_string(left) + " " + std::to_string(top) + " " + std::to_string(right) + " " +
                std::to_string(bottom) + " px",
            translation(left, top)};
}

AttackedImage attackPerspective(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    const double reach = between(0.04, 0.25, strength);
    const auto w = static_cast<float>(source.cols - 1), h = static_cast<float>(source.rows - 1);
    const cv::Point2f from[] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    cv::Point2f to[4];
    for (int i = 0; i < 4; ++i) {
        const double inX = random.unit() * reach * w, inY = random.unit() * reach * h;
        to[i] = {from[i].x + static_cast<float>(from[i].x > 0 ? -inX : inX),
                 from[i].y + static_cast<float>(from[i].y > 0 ? -inY : inY)};
    }
    const cv::Mat map = cv::getPerspectiveTransform(from, to);
    cv::Mat out;
    cv::warpPerspective(source, out, map, source.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT,
                        cv::Scalar::all(random.uniform(0, 256)));
    return {out, "perspective by " + number(100 * reach) + " %", cv::Matx33d(map.ptr<double>())};
}

AttackedImage attackPaste(const cv::Mat &source, double strength, Random &random, const cv::Mat &other)
{
    cv::Mat canvas = other.empty() ? cv::Mat(source.size(), CV_8UC3, cv::Scalar(120, 140, 110)) : other.clone();
    const double area = between(0.7, 0.15, strength);
    const double scale = std::sqrt(area * canvas.cols * canvas.rows / source.cols / source.rows);
    const double fit = std::min(
        {scale, static_cast<double>(canvas.cols) / source.cols, static_cast<double>(canvas.rows) / source.rows});
    cv::Size size = scaledSize(source, fit);
    size = {std::min(size.width, canvas.cols), std::min(size.height, canvas.rows)};
    const int x = random.integer(0, canvas.cols - size.width), y = random.integer(0, canvas.rows - size.height);
    resized(source, size).copyTo(canvas(cv::Rect(x, y, size.width, size.height)));
    const double share = static_cast<double>(size.area()) / canvas.cols / canvas.rows;
    return {canvas, "pasted on " + number(100 * share) + " % of another picture",
            translation(x, y) * scalingTo(source, size)};
}

AttackedImage attackScreenshot(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    const int bar = std::max(8, cvRound(shortSide(source) * between(0.06, 0.12, strength)));
    const int side = cvRound(source.cols * between(0, 0.3, strength) * random.unit()),
              bottom = bar + cvRound(bar * random.unit());
    const bool dark = random.chance(0.5);
    const cv::Scalar chrome = cv::Scalar::all(dark ? 45 : 235), ink = cv::Scalar::all(dark ? 210 : 60);
    cv::Mat out;
    cv::copyMakeBorder(source, out, 2 * bar, bottom, side, bar / 3, cv::BORDER_CONSTANT, chrome);
    for (int i = 0; i < 3; ++i)
        cv::circle(out, {bar * (3 - i) * 2 / 3 + bar / 3, bar / 2}, bar / 5, cv::Scalar(80 + 60 * i, 200 - 50 * i, 90),
                   cv::FILLED, cv::LINE_AA);
    cv::rectangle(out, cv::Rect(bar / 2, bar + bar / 5, std::max(8, out.cols - bar), bar * 3 / 5),
                  cv::Scalar::all(dark ? 70 : 255), cv::FILLED);
    const double scale = bar / 50.0;
    cv::putText(out, "https://example.org/photo", {bar, bar + bar * 3 / 5}, cv::FONT_HERSHEY_SIMPLEX, scale, ink, 1,
                cv::LINE_AA);
    cv::putText(out, "12 likes   3 comments", {side + bar / 2, out.rows - bottom / 3}, cv::FONT_HERSHEY_SIMPLEX, scale,
                ink, 1, cv::LINE_AA);
    return {out, "screenshot frame", translation(side, 2 * bar)};
}

} // namespace likeness
