#include "core/data/scene_paint.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace likeness::paint {

double Noise::lattice(int x, int y) const
{
    Random mixer(m_seed ^ (static_cast<std::uint64_t>(static_cast<std::uint32_t>(x)) * 0x9e3779b97f4a7c15ULL) ^
                 (static_cast<std::uint64_t>(static_cast<std::uint32_t>(y)) * 0xc2b2ae3d27d4eb4fULL));
    return mixer.unit();
}

double Noise::smooth(double x, double y) const
{
    const int x0 = static_cast<int>(std::floor(x)), y0 = static_cast<int>(std::floor(y));
    const auto ease = [](double t) { return t * t * (3 - 2 * t); };
    const double u = ease(x - x0), v = ease(y - y0);
    const double top = lattice(x0, y0) * (1 - u) + lattice(x0 + 1, y0) * u;
    const double bottom = lattice(x0, y0 + 1) * (1 - u) + lattice(x0 + 1, y0 + 1) * u;
    return top * (1 - v) + bottom * v;
}

double Noise::at(double x, double y, int octaves) const
{
    double sum = 0, weight = 1, all = 0;
    for (int octave = 0; octave < octaves; ++octave) {
        sum += weight * smooth(x + 17.3 * octave, y - 9.1 * octave);
        all += weight;
        weight *= 0.5;
        x *= 2;
        y *= 2;
    }
    return sum / all;
}

Colour hsv(double hue, double saturation, double value)
{
    hue = std::fmod(std::fmod(hue, 360) + 360, 360) / 60;
    const auto channel = [&](double n) {
        const double k = std::fmod(n + hue, 6);
        return 255 * (value - value * saturation * std::max(0.0, std::min({k, 4 - k, 1.0})));
    };
    return {channel(1), channel(3), channel(5)};
}

Colour mix(const Colour &a, const Colour &b, double t)
{
    return a * (1 - t) + b * t;
}

cv::Scalar scalar(const Colour &colour)
{
    return {colour[0], colour[1], colour[2]};
}

void verticalGradient(cv::Mat &canvas, int top, int bottom, const Colour &from, const Colour &to)
{
    for (int y = std::max(0, top); y < std::min(bottom, canvas.rows); ++y) {
        const Colour colour = mix(from, to, static_cast<double>(y - top) / std::max(1, bottom - top - 1));
        canvas.row(y).setTo(scalar(colour));
    }
}

void texture(cv::Mat &canvas, const cv::Mat &mask, const Noise &noise, double scaleX, double scaleY, double strength)
{
    for (int y = 0; y < canvas.rows; ++y)
        for (int x = 0; x < canvas.cols; ++x) {
            if (!mask.empty() && !mask.at<std::uint8_t>(y, x))
                continue;
            const double gain = 1 + strength * (2 * noise.at(x / scaleX, y / scaleY, 4) - 1);
            auto &pixel = canvas.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = cv::saturate_cast<std::uint8_t>(pixel[c] * gain);
        }
}

void silhouette(cv::Mat &canvas, const std::vector<int> &heights, const Colour &top, const Colour &bottom,
                const Noise &noise, double grain)
{
    for (int x = 0; x < canvas.cols; ++x) {
        const int from = std::clamp(heights[static_cast<std::size_t>(x)], 0, canvas.rows);
        for (int y = from; y < canvas.rows; ++y) {
            const double t = std::min(1.0, (y - from) / (0.4 * canvas.rows));
            const double gain = 1 + grain * (2 * noise.at(x / 9.0, y / 9.0, 3) - 1);
            const Colour colour = mix(top, bottom, t) * gain;
            canvas.at<cv::Vec3b>(y, x) = {cv::saturate_cast<std::uint8_t>(colour[0]),
                                          cv::saturate_cast<std::uint8_t>(colour[1]),
                                          cv::saturate_cast<std::uint8_t>(colour[2])};
        }
    }
}

std::vector<int> ridge(int width, double base, double reach, double scale, const Noise &noise, double shift)
{
    std::vector<int> heights(static_cast<std::size_t>(width));
    for (int x = 0; x < width; ++x)
        heights[static_cast<std::size_t>(x)] =
            static_cast<int>(base - reach * (noise.at(x / scale + shift, shift, 5) - 0.35));
    return heights;
}

void glow(cv::Mat &canvas, cv::Point2d centre, double radius, const Colour &colour, double strength)
{
    for (int y = 0; y < canvas.rows; ++y)
        for (int x = 0; x < canvas.cols; ++x) {
            const double distance = std::hypot(x - centre.x, y - centre.y) / radius;
            const double light = strength * (distance < 1 ? 1 : std::exp(-(distance - 1) * 1.6));
            if (light < 0.004)
                continue;
            auto &pixel = canvas.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = cv::saturate_cast<std::uint8_t>(pixel[c] + (colour[c] - pixel[c]) * std::min(1.0, light));
        }
}

void sprinkleGrain(cv::Mat &canvas, Random &random, double sigma)
{
    for (int y = 0; y < canvas.rows; ++y)
        for (int x = 0; x < canvas.cols; ++x) {
            const double grain = sigma * (random.unit() + random.unit() - 1) * 2.4;
            auto &pixel = canvas.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = cv::saturate_cast<std::uint8_t>(pixel[c] + grain);
        }
}

} // namespace likeness::paint
