#include "core/data/scene_painters.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace likeness::paint {

namespace {

constexpr double pi = std::numbers::pi;

void globe(cv::Mat &canvas, int i, Random &random, const Noise &noise)
{
    const cv::Point2d centre(random.uniform(0.15, 0.85) * canvas.cols, random.uniform(0.2, 0.8) * canvas.rows);
    const double radius = random.uniform(25, 105), hue = random.uniform(0, 360), stripes = random.uniform(2, 9),
                 lightAngle = random.uniform(0, 2 * pi);
    for (int y = std::max(0, cvRound(centre.y - radius)); y < std::min<double>(canvas.rows, centre.y + radius); ++y)
        for (int x = std::max(0, cvRound(centre.x - radius)); x < std::min<double>(canvas.cols, centre.x + radius);
             ++x) {
            const double u = (x - centre.x) / radius, v = (y - centre.y) / radius, depth = 1 - u * u - v * v;
            if (depth <= 0)
                continue;
            const double shade =
                std::max(0.08, (std::cos(lightAngle) * u + std::sin(lightAngle) * v) * 0.7 + std::sqrt(depth) * 0.6);
            const double band = std::sin(stripes * (v + 0.5 * noise.at(u * 3 + 7 * i, v * 3, 4)) * 3) * 0.5 + 0.5;
            const Colour colour = mix(hsv(hue, 0.6, 0.9), hsv(hue + 40, 0.35, 0.75), band) * shade;
            canvas.at<cv::Vec3b>(y, x) = {cv::saturate_cast<std::uint8_t>(colour[0]),
                                          cv::saturate_cast<std::uint8_t>(colour[1]),
                                          cv::saturate_cast<std::uint8_t>(colour[2])};
        }
    if (random.chance(0.4))
        cv::ellipse(canvas, at(centre.x, centre.y), at(radius * 1.7, radius * 0.45), random.uniform(0, 180), 200, 340,
                    scalar(hsv(hue, 0.2, 0.85)), 3, cv::LINE_AA);
}

void tree(cv::Mat &canvas, cv::Point2d foot, double height, double angle, int depth, const Colour &bark,
          const Colour &leaf, Random &random)
{
    const cv::Point2d tip(foot.x + height * std::cos(angle), foot.y + height * std::sin(angle));
    cv::line(canvas, at(foot.x, foot.y), at(tip.x, tip.y), scalar(bark), std::max(1, cvRound(height / 9)), cv::LINE_AA);
    if (depth == 0) {
        cv::circle(canvas, at(tip.x, tip.y), std::max(2, cvRound(height * 0.45)),
                   scalar(leaf * random.uniform(0.7, 1.25)), cv::FILLED, cv::LINE_AA);
        return;
    }
    const int branches = random.integer(2, 3);
    for (int b = 0; b < branches; ++b)
        tree(canvas, tip, height * random.uniform(0.62, 0.8), angle + random.uniform(-0.7, 0.7), depth - 1, bark, leaf,
             random);
}

void boat(cv::Mat &canvas, double x, double y, double size, Random &random)
{
    const Colour sail = random.chance(0.5) ? hsv(0, 0, 0.95) : hsv(random.uniform(0, 360), 0.7, 0.9);
    const cv::Point hull[] = {at(x - size, y), at(x + size, y), at(x + 0.6 * size, y + 0.4 * size),
                              at(x - 0.7 * size, y + 0.4 * size)};
    const cv::Point canvasSail[] = {at(x, y - 2.2 * size), at(x + 0.9 * size, y - 0.15 * size), at(x, y - 0.15 * size)};
    const cv::Point jib[] = {at(x - 0.1 * size, y - 1.8 * size), at(x - 0.8 * size, y - 0.15 * size),
                             at(x - 0.1 * size, y - 0.15 * size)};
    cv::fillConvexPoly(canvas, hull, 4, scalar(hsv(random.uniform(0, 360), 0.6, 0.35)), cv::LINE_AA);
    cv::fillConvexPoly(canvas, canvasSail, 3, scalar(sail), cv::LINE_AA);
    cv::fillConvexPoly(canvas, jib, 3, scalar(sail * 0.85), cv::LINE_AA);
}

} // namespace

double paintSky(cv::Mat &canvas, int horizon, Random &random, const Noise &noise)
{
    static constexpr double hues[] = {205, 215, 25, 340, 275, 190};
    const double hue = hues[random.integer(0, 5)] + random.uniform(-12, 12);
    const double bright = random.uniform(0.35, 1);
    verticalGradient(canvas, 0, horizon, hsv(hue, random.uniform(0.4, 0.8), 0.55 * bright + 0.3),
                     hsv(hue + random.uniform(-60, 40), random.uniform(0.1, 0.5), 0.35 * bright + 0.65));
    const double clouds = random.uniform(0, 0.9), scale = random.uniform(60, 140);
    for (int y = 0; y < horizon; ++y)
        for (int x = 0; x < canvas.cols; ++x) {
            const double cover = std::clamp((noise.at(x / scale, y / scale * 2.2, 5) - 0.52) * 5, 0.0, 1.0) * clouds;
            auto &pixel = canvas.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = cv::saturate_cast<std::uint8_t>(pixel[c] + (250 - pixel[c]) * cover);
        }
    if (random.chance(0.75))
        glow(canvas, {random.uniform(0.1, 0.9) * canvas.cols, random.uniform(0.15, 0.8) * horizon},
             random.uniform(12, 30), hsv(random.uniform(30, 60), 0.25, 1), 0.95);
    return hue;
}

void landscape(cv::Mat &canvas, Random &random, const Noise &noise)
{
    const int horizon = cvRound(canvas.rows * random.uniform(0.4, 0.65));
    const double hue = paintSky(canvas, horizon + 20, random, noise);
    const int layers = random.integer(3, 5);
    const double ground = random.uniform(60, 150);
    for (int layer = 0; layer < layers; ++layer) {
        const double near = (layer + 1.0) / layers;
        const auto heights = ridge(canvas.cols, horizon + near * near * (canvas.rows - horizon) * 0.7,
                                   (1.15 - near) * canvas.rows * 0.5, 40 + 120 * random.unit(), noise, 13.7 * layer);
        const Colour colour =
            mix(hsv(hue, 0.35, 0.75), hsv(ground + 12 * layer, 0.55, 0.2 + 0.35 * random.unit()), near);
        silhouette(canvas, heights, colour, colour * 0.55, noise, 0.25 * near + 0.05);
    }
    const int trees = random.integer(0, 7);
    for (int i = 0; i < trees; ++i)
        tree(canvas, {random.uniform(0, canvas.cols), canvas.rows * random.uniform(0.85, 1)}, random.uniform(20, 46),
             -pi / 2, 4, hsv(25, 0.6, 0.25), hsv(ground + random.uniform(-20, 20), 0.6, 0.45), random);
}

void sea(cv::Mat &canvas, Random &random, const Noise &noise)
{
    const int horizon = cvRound(canvas.rows * random.uniform(0.35, 0.6));
    const double hue = paintSky(canvas, horizon, random, noise);
    if (random.chance(0.6))
        silhouette(canvas, ridge(canvas.cols, horizon + 4, 70 * random.unit(), 90, noise, 5.5), hsv(hue, 0.3, 0.6),
                   hsv(hue, 0.4, 0.4), noise, 0.1);
    const Colour far = hsv(hue + random.uniform(-20, 20), 0.45, 0.65), close = hsv(random.uniform(180, 225), 0.7, 0.3);
    const double wave = random.uniform(0.25, 0.6);
    for (int y = horizon; y < canvas.rows; ++y) {
        const double depth = (y - horizon + 1.0) / (canvas.rows - horizon);
        for (int x = 0; x < canvas.cols; ++x) {
            const double ripple = noise.at(x / (12 + 60 * depth), (y - horizon) / (1.5 + 9 * depth), 4) - 0.5;
            const Colour colour = mix(far, close, depth) * (1 + 2 * wave * ripple);
            canvas.at<cv::Vec3b>(y, x) = {cv::saturate_cast<std::uint8_t>(colour[0]),
                                          cv::saturate_cast<std::uint8_t>(colour[1]),
                                          cv::saturate_cast<std::uint8_t>(colour[2])};
        }
    }
    for (int i = random.integer(1, 6); i > 0; --i) {
        const double depth = random.uniform(0.05, 0.75);
        boat(canvas, random.uniform(0.05, 0.95) * canvas.cols, horizon + depth * (canvas.rows - horizon),
             8 + 34 * depth, random);
    }
}

void forest(cv::Mat &canvas, Random &random, const Noise &noise)
{
    const double hue = random.chance(0.3) ? random.uniform(15, 50) : random.uniform(75, 150);
    verticalGradient(canvas, 0, canvas.rows, hsv(hue, 0.2, 0.95), hsv(hue, 0.5, 0.3));
    for (int layer = 0; layer < 4; ++layer) {
        const double near = (layer + 1) / 4.0;
        for (int i = 0; i < 16 - 3 * layer; ++i) {
            const double x = random.uniform(-10, canvas.cols + 10.0),
                         width = (4 + 22 * near * near) * random.uniform(0.6, 1.4);
            const double top = random.chance(0.5) ? 0 : random.uniform(0, 0.4) * canvas.rows;
            const Colour bark = mix(hsv(hue, 0.25, 0.7), hsv(random.uniform(15, 35), 0.5, 0.22), near);
            const cv::Point trunk[] = {at(x - width * 0.35, top), at(x + width * 0.35, top),
                                       at(x + width * 0.6, canvas.rows), at(x - width * 0.6, canvas.rows)};
            cv::fillConvexPoly(canvas, trunk, 4, scalar(bark), cv::LINE_AA);
            for (int leaf = 0; leaf < 26; ++leaf)
                cv::circle(
                    canvas, at(x + random.uniform(-60, 60) * near, random.uniform(-20, 0.55 * canvas.rows)),
                    cvRound(3 + 9 * near * random.unit()),
                    scalar(hsv(hue + random.uniform(-25, 25), 0.6, random.uniform(0.25, 0.85)) * (0.5 + 0.5 * near)),
                    cv::FILLED, cv::LINE_AA);
        }
    }
    texture(canvas, {}, noise, 7, 30, 0.35);
}

void flowers(cv::Mat &canvas, Random &random, const Noise &noise)
{
    const double ground = random.uniform(70, 140), hue = random.uniform(0, 360);
    verticalGradient(canvas, 0, canvas.rows, hsv(ground, 0.35, 0.6), hsv(ground, 0.7, 0.25));
    texture(canvas, {}, noise, 4, 26, 0.6);
    const int count = random.integer(14, 46);
    for (int i = 0; i < count; ++i) {
        const double near = (i + 1.0) / count, x = random.uniform(0, canvas.cols),
                     y = canvas.rows * (0.1 + 0.8 * near) + random.uniform(-20, 20);
        const double r = (6 + 24 * near) * random.uniform(0.7, 1.2);
        const int petals = random.integer(4, 9);
        const Colour petal = hsv(hue + random.uniform(-35, 35), random.uniform(0.35, 0.85), random.uniform(0.7, 1));
        cv::line(canvas, at(x, y), at(x + random.uniform(-12, 12), y + 70 * near), scalar(hsv(ground, 0.7, 0.3)),
                 std::max(1, cvRound(3 * near)), cv::LINE_AA);
        const double turn = random.uniform(0, pi);
        for (int p = 0; p < petals; ++p) {
            const double angle = turn + 2 * pi * p / petals;
            cv::ellipse(canvas, at(x + r * 0.6 * std::cos(angle), y + r * 0.6 * std::sin(angle)), at(r * 0.62, r * 0.3),
                        angle * 180 / pi, 0, 360, scalar(petal * (0.8 + 0.2 * (p % 2))), cv::FILLED, cv::LINE_AA);
        }
        cv::circle(canvas, at(x, y), std::max(1, cvRound(r * 0.3)), scalar(hsv(random.uniform(20, 55), 0.9, 0.85)),
                   cv::FILLED, cv::LINE_AA);
    }
}

void planet(cv::Mat &canvas, Random &random, const Noise &noise)
{
    canvas.setTo(scalar(hsv(random.uniform(200, 320), 0.6, 0.07)));
    const double nebula = random.uniform(0, 360);
    for (int y = 0; y < canvas.rows; ++y)
        for (int x = 0; x < canvas.cols; ++x) {
            const double gas = std::pow(noise.at(x / 130.0, y / 130.0, 5), 2.5);
            const Colour light = hsv(nebula + 90 * noise.at(x / 200.0 + 9, y / 200.0, 2), 0.7, gas);
            auto &pixel = canvas.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = cv::saturate_cast<std::uint8_t>(pixel[c] + light[c]);
        }
    for (int i = 0; i < 260; ++i)
        cv::circle(canvas, {random.integer(0, canvas.cols - 1), random.integer(0, canvas.rows - 1)},
                   random.chance(0.1)   ? 2
                   : random.chance(0.4) ? 1
                                        : 0,
                   cv::Scalar::all(random.uniform(120, 255)), cv::FILLED, cv::LINE_AA);
    for (int i = random.integer(1, 3); i > 0; --i)
        globe(canvas, i, random, noise);
}

} // namespace likeness::paint
