#pragma once

#include "core/base/random.h"

#include <opencv2/core/mat.hpp>
#include <vector>

namespace likeness::paint {

/// Smooth value noise in [0, 1] with `octaves` octaves, each of half the size and strength of the one before.
class Noise {
public:
    explicit Noise(std::uint64_t seed) : m_seed(seed) {}
    double at(double x, double y, int octaves) const;

private:
    double lattice(int x, int y) const;
    double smooth(double x, double y) const;
    std::uint64_t m_seed;
};

using Colour = cv::Vec3d; ///< BGR, 0..255

Colour hsv(double hueDegrees, double saturation, double value); ///< saturation and value in [0, 1]
Colour mix(const Colour &a, const Colour &b, double t);
cv::Scalar scalar(const Colour &colour);

/// Rows from `top` to `bottom` blend from one colour to the other.
void verticalGradient(cv::Mat &canvas, int top, int bottom, const Colour &from, const Colour &to);
/// Multiplies every pixel by 1 +- strength along noise of `scale` pixels.
void texture(cv::Mat &canvas, const cv::Mat &mask, const Noise &noise, double scaleX, double scaleY, double strength);
/// Fills everything below the curve y(x).
void silhouette(cv::Mat &canvas, const std::vector<int> &heights, const Colour &top, const Colour &bottom,
                const Noise &noise, double grain);
/// Heights of a noisy ridge around `base`, `reach` high, with features of `scale` pixels.
std::vector<int> ridge(int width, double base, double reach, double scale, const Noise &noise, double shift);
/// A soft disc added as light.
void glow(cv::Mat &canvas, cv::Point2d centre, double radius, const Colour &colour, double strength);
void sprinkleGrain(cv::Mat &canvas, Random &random, double sigma);

} // namespace likeness::paint
