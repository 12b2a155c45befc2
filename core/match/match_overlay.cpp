#include "core/match/match_overlay.h"

#include "core/base/file.h"
#include "core/data/image.h"

#include <opencv2/imgproc.hpp>
#include <ostream>
#include <sstream>

namespace likeness {

namespace {

struct Line {
    cv::Point2d from, to;
    bool inlier;
};

constexpr int gapPx = 8;
const cv::Scalar blue(178, 114, 0), orange(0, 94, 213); // Okabe and Ito, BGR

std::vector<Line> linesOf(const ImageMatch &match, double shift)
{
    std::vector<Line> lines;
    for (const bool inlier : {false, true}) // inliers on top
        for (std::size_t i = 0; i < match.matches.size(); ++i)
            if (match.inlier[i] == inlier)
                lines.push_back({match.a.keypoints[static_cast<std::size_t>(match.matches[i].a)].pt,
                                 cv::Point2d(match.b.keypoints[static_cast<std::size_t>(match.matches[i].b)].pt) +
                                     cv::Point2d(shift, 0),
                                 inlier});
    return lines;
}

std::vector<cv::Point2d> outlineOf(const ImageMatch &match, cv::Size size, double shift)
{
    std::vector<cv::Point2d> outline;
    const double w = size.width - 1, h = size.height - 1;
    if (match.bFromA)
        for (const cv::Point2d corner : {cv::Point2d(0, 0), {w, 0}, {w, h}, {0, h}})
            outline.push_back(transferred(*match.bFromA, corner) + cv::Point2d(shift, 0));
    return outline;
}

cv::Mat canvasOf(const cv::Mat &a, const cv::Mat &b)
{
    cv::Mat canvas(std::max(a.rows, b.rows), a.cols + gapPx + b.cols, CV_8UC3, cv::Scalar(255, 255, 255));
    cv::cvtColor(a, canvas(cv::Rect(0, 0, a.cols, a.rows)), cv::COLOR_GRAY2BGR);
    cv::cvtColor(b, canvas(cv::Rect(a.cols + gapPx, 0, b.cols, b.rows)), cv::COLOR_GRAY2BGR);
    return canvas;
}

std::string svgOf(const cv::Mat &canvas, const std::vector<Line> &lines, const std::vector<cv::Point2d> &outline)
{
    std::ostringstream svg;
    svg << "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\""
        << canvas.cols << "\" height=\"" << canvas.rows << "\">\n<image width=\"" << canvas.cols << "\" height=\""
        << canvas.rows << "\" xlink:href=\"" << jpegDataUrl(canvas, 90) << "\"/>\n";
    for (const Line &line : lines)
        svg << "<line x1=\"" << line.from.x << "\" y1=\"" << line.from.y << "\" x2=\"" << line.to.x << "\" y2=\""
            << line.to.y << "\" stroke=\"" << (line.inlier ? "#0072b2" : "#d55e00") << "\"/>\n";
    if (!outline.empty()) {
        svg << "<polygon fill=\"none\" stroke-width=\"3\" stroke=\"#0072b2\" points=\"";
        for (const cv::Point2d &point : outline)
            svg << point.x << ',' << point.y << ' ';
        svg << "\"/>\n";
    }
    svg << "</svg>\n";
    return svg.str();
}

std::string pngOf(cv::Mat canvas, const std::vector<Line> &lines, const std::vector<cv::Point2d> &outline)
{
    for (const Line &line : lines)
        cv::line(canvas, line.from, line.to, line.inlier ? blue : orange, 1, cv::LINE_AA);
    for (std::size_t i = 0; i < outline.size(); ++i)
        cv::line(canvas, outline[i], outline[(i + 1) % outline.size()], blue, 3, cv::LINE_AA);
    const auto png = encodePng(canvas);
    return {png.begin(), png.end()};
}

} // namespace

void writeMatchOverlay(const std::filesystem::path &file, const cv::Mat &a, const cv::Mat &b, const ImageMatch &match)
{
    const std::string extension = file.extension().string();
    if (extension != ".png" && extension != ".svg")
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "%1 must end in .png or .svg"),
                    {toUtf8(file)});
    const cv::Mat canvas = canvasOf(a, b);
    const auto lines = linesOf(match, a.cols + gapPx);
    const auto outline = outlineOf(match, a.size(), a.cols + gapPx);
    const std::string bytes = extension == ".svg" ? svgOf(canvas, lines, outline) : pngOf(canvas, lines, outline);
    writeFileAside(file, [&bytes](std::ostream &out) { out << bytes; });
}

} // namespace likeness
