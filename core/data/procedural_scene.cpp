#include "core/data/procedural_scene.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>
#include <vector>

namespace likeness {

namespace {

using Colour = cv::Vec3f; ///< 0..1

Colour anyColour(Random &random)
{
    return {static_cast<float>(random.unit()), static_cast<float>(random.unit()), static_cast<float>(random.unit())};
}

/// A few colours that a picture keeps to, as real ones do.
class Palette {
public:
    explicit Palette(Random &random)
    {
        const Colour base = anyColour(random);
        const auto spread = static_cast<float>(random.uniform(0.15, 1));
        for (Colour &colour : m_colours)
            colour = (base * (1 - spread) + anyColour(random) * spread) * static_cast<float>(random.uniform(0.15, 1.5));
    }
    Colour pick(Random &random) const
    {
        return random.chance(0.1) ? anyColour(random) : m_colours[static_cast<std::size_t>(random.integer(0, 5))];
    }

private:
    std::array<Colour, 6> m_colours;
};

cv::Mat gaussians(int rows, int cols, Random &random)
{
    cv::Mat values(rows, cols, CV_32F);
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < cols; ++x)
            values.at<float>(y, x) =
                static_cast<float>(random.unit() + random.unit() + random.unit() + random.unit() - 2);
    return values;
}

/// Noise with a falling spectrum, about 0 +- 1: grids of random numbers, each twice as fine and weaker by `fall`.
cv::Mat noise(cv::Size size, double fall, double stretch, Random &random)
{
    cv::Mat sum = cv::Mat::zeros(size, CV_32F), octave;
    const int longest = std::max(size.width, size.height);
    double strength = 1, total = 0;
    for (int cells = random.integer(2, 4); cells <= longest; cells *= 2, strength *= fall) {
        const int across = std::max(2, static_cast<int>(cells * stretch));
        cv::resize(gaussians(cells + 1, across + 1, random), octave, size, 0, 0, cv::INTER_CUBIC);
        const auto weight = static_cast<float>(strength); // one pass, where an expression takes three
        for (int y = 0; y < size.height; ++y) {
            const auto *from = octave.ptr<float>(y);
            auto *to = sum.ptr<float>(y);
            for (int x = 0; x < size.width; ++x)
                to[x] += from[x] * weight;
        }
        total += strength * strength;
        if (strength < 0.04)
            break;
    }
    return sum * (1.4 / std::sqrt(total));
}

/// colours[0] where the value is -1, the last where it is 1.
cv::Mat mapped(const cv::Mat &values, std::span<const Colour> colours)
{
    cv::Mat out(values.size(), CV_32FC3);
    const auto steps = static_cast<float>(colours.size() - 1);
    for (int y = 0; y < values.rows; ++y) {
        const auto *from = values.ptr<float>(y);
        auto *to = out.ptr<Colour>(y);
        for (int x = 0; x < values.cols; ++x) {
            const float t = std::clamp(from[x] * 0.5f + 0.5f, 0.0f, 0.9999f) * steps;
            const auto i = static_cast<std::size_t>(t);
            to[x] = colours[i] + (colours[i + 1] - colours[i]) * (t - static_cast<float>(i));
        }
    }
    return out;
}

/// Of a picture of `size` what lies in `area`.
cv::Mat ramp(cv::Size size, const cv::Rect &area, double radians)
{
    cv::Mat values(area.size(), CV_32F);
    const auto c = static_cast<float>(2 * std::cos(radians) / size.width),
               s = static_cast<float>(2 * std::sin(radians) / size.height);
    for (int y = 0; y < area.height; ++y) {
        auto *to = values.ptr<float>(y);
        const float down = s * (static_cast<float>(y + area.y) - static_cast<float>(size.height) / 2);
        for (int x = 0; x < area.width; ++x)
            to[x] = c * (static_cast<float>(x + area.x) - static_cast<float>(size.width) / 2) + down;
    }
    return values;
}

cv::Mat waves(cv::Size size, const cv::Rect &area, Random &random)
{
    const double turn = random.uniform(0, std::numbers::pi), frequency = random.uniform(2, 24),
                 wobble = random.chance(0.5) ? random.uniform(0, 3) : 0;
    cv::Mat values = ramp(size, area, turn) * (frequency * std::numbers::pi);
    if (wobble > 0)
        values += noise(size, 0.4, 1, random)(area) * wobble;
    const bool hard = random.chance(0.4), crossed = random.chance(0.3);
    const cv::Mat across =
        crossed ? cv::Mat(ramp(size, area, turn + std::numbers::pi / 2) * (frequency * std::numbers::pi)) : cv::Mat();
    for (int y = 0; y < area.height; ++y)
        for (int x = 0; x < area.width; ++x) {
            float &v = values.at<float>(y, x);
            v = std::sin(v) * (crossed ? std::sin(across.at<float>(y, x)) : 1);
            if (hard)
                v = v > 0 ? 1.0f : -1.0f;
        }
    return values;
}

/// CV_32FC3 of one of several kinds: of a picture of `size` what lies in `area`.
cv::Mat texture(cv::Size size, const cv::Rect &area, const Palette &palette, Random &random)
{
    const std::array colours{palette.pick(random), palette.pick(random), palette.pick(random)};
    const auto some = std::span(colours).first(random.chance(0.5) ? 2 : 3);
    const int kind = random.integer(0, 9);
    if (kind < 4)
        return mapped(noise(size, random.uniform(0.4, 0.95), std::exp(random.uniform(-1, 1)), random)(area), some);
    if (kind < 6)
        return mapped(waves(size, area, random), some);
    if (kind < 8) {
        cv::Mat values = ramp(size, area, random.uniform(0, 2 * std::numbers::pi));
        if (random.chance(0.6))
            values += noise(size, random.uniform(0.5, 0.9), 1, random)(area) * random.uniform(0.02, 0.2);
        return mapped(values, some);
    }
    return {area.size(), CV_32FC3, cv::Scalar(colours[0][0], colours[0][1], colours[0][2])};
}

cv::Point at(double x, double y)
{
    return {cvRound(x), cvRound(y)};
}

void drawBlob(cv::Mat &mask, double reach, Random &random)
{
    const int corners = random.integer(24, 48);
    const double bumps = random.uniform(0.1, 0.6), squeeze = random.uniform(0.4, 1),
                 turn = random.uniform(0, std::numbers::pi);
    const double phases[] = {random.uniform(0, 6.3), random.uniform(0, 6.3), random.uniform(0, 6.3)};
    const int petals = random.integer(3, 8);
    std::vector<cv::Point> outline;
    for (int i = 0; i < corners; ++i) {
        const double a = 2 * std::numbers::pi * i / corners;
        const double r = reach * (1 + bumps * (0.5 * std::sin(2 * a + phases[0]) + 0.3 * std::sin(3 * a + phases[1]) +
                                               0.4 * std::sin(petals * a + phases[2])));
        const double x = r * std::cos(a), y = squeeze * r * std::sin(a);
        outline.push_back(at(mask.cols / 2.0 + x * std::cos(turn) - y * std::sin(turn),
                             mask.rows / 2.0 + x * std::sin(turn) + y * std::cos(turn)));
    }
    cv::fillPoly(mask, std::vector{outline}, 255, cv::LINE_AA);
}

void drawPolygon(cv::Mat &mask, double reach, Random &random)
{
    std::vector<cv::Point> corners, hull;
    if (random.chance(0.4)) { // a turned rectangle
        const cv::RotatedRect box(
            {static_cast<float>(mask.cols) / 2, static_cast<float>(mask.rows) / 2},
            {static_cast<float>(2 * reach), static_cast<float>(2 * reach * random.uniform(0.15, 1))},
            static_cast<float>(random.chance(0.4) ? 0 : random.uniform(0, 180)));
        cv::Point2f four[4];
        box.points(four);
        hull.assign(four, four + 4);
    } else {
        for (int i = random.integer(3, 8); i > 0; --i)
            corners.push_back(
                at(mask.cols / 2.0 + reach * random.uniform(-1, 1), mask.rows / 2.0 + reach * random.uniform(-1, 1)));
        cv::convexHull(corners, hull);
    }
    cv::fillPoly(mask, std::vector{hull}, 255, cv::LINE_AA);
}

void drawStroke(cv::Mat &mask, double reach, Random &random)
{
    std::vector<cv::Point> path;
    double x = mask.cols / 2.0 - reach * random.uniform(0, 0.6), y = mask.rows / 2.0, heading = random.uniform(0, 6.3);
    const double bend = random.uniform(0.1, 1.2);
    for (int i = random.integer(3, 14); i > 0; --i) {
        path.push_back(at(x, y));
        heading += random.uniform(-bend, bend);
        x += reach * 0.35 * std::cos(heading);
        y += reach * 0.35 * std::sin(heading);
    }
    cv::polylines(mask, std::vector{path}, false, 255, std::max(1, cvRound(reach * random.uniform(0.02, 0.16))),
                  cv::LINE_AA);
}

void drawWord(cv::Mat &mask, double reach, Random &random)
{
    std::string word;
    for (int letters = random.integer(1, 7); letters > 0; --letters)
        word += static_cast<char>(random.integer('0', 'z'));
    const double scale = reach / 30 * random.uniform(0.5, 1.3);
    cv::putText(mask, word, at(mask.cols / 2.0 - reach * 0.8, mask.rows / 2.0 + reach * 0.3), random.integer(0, 7),
                scale, 255, std::max(1, cvRound(scale * random.uniform(1, 3))), cv::LINE_AA);
}

void drawRings(cv::Mat &mask, double reach, Random &random)
{
    const cv::Point centre(mask.cols / 2, mask.rows / 2);
    const double squeeze = random.uniform(0.3, 1), turn = random.uniform(0, 180);
    const int rings = random.chance(0.7) ? 1 : random.integer(2, 5);
    for (int i = 0; i < rings; ++i) {
        const double r = reach * (rings - i) / rings;
        cv::ellipse(mask, centre, {std::max(1, cvRound(r)), std::max(1, cvRound(r * squeeze))}, turn, 0, 360,
                    i % 2 == 0 ? 255 : 0, cv::FILLED, cv::LINE_AA);
    }
}

/// One shape in a mask of its own, CV_8U.
cv::Mat shape(double reach, Random &random)
{
    const int side = 2 * cvRound(reach * 1.5) + 5;
    cv::Mat mask = cv::Mat::zeros(side, side, CV_8U);
    using Draw = void (*)(cv::Mat &, double, Random &);
    static constexpr Draw draws[] = {drawBlob,  drawBlob,   drawPolygon, drawPolygon, drawRings,
                                     drawRings, drawStroke, drawStroke,  drawWord};
    draws[random.integer(0, 8)](mask, reach, random);
    return mask;
}

class Canvas {
public:
    Canvas(cv::Mat background) : m_pixels(std::move(background)) {}
    const cv::Mat &pixels() const { return m_pixels; }

    /// Lays `paint` over the canvas where the mask says so, the mask's corner at `corner`.
    void lay(const cv::Mat &mask, const cv::Mat &paint, cv::Point corner, float opacity)
    {
        const cv::Rect wanted(corner, mask.size()), there = wanted & cv::Rect({}, m_pixels.size());
        for (int y = there.y; y < there.y + there.height; ++y) {
            const auto *m = mask.ptr<std::uint8_t>(y - corner.y);
            const auto *p = paint.ptr<Colour>(y - corner.y);
            auto *to = m_pixels.ptr<Colour>(y);
            for (int x = there.x; x < there.x + there.width; ++x)
                if (const std::uint8_t covered = m[x - corner.x]; covered > 0)
                    to[x] += (p[x - corner.x] - to[x]) * (opacity * static_cast<float>(covered) / 255);
        }
    }
    void shade(const cv::Mat &mask, cv::Point corner, float strength)
    {
        const cv::Rect wanted(corner, mask.size()), there = wanted & cv::Rect({}, m_pixels.size());
        for (int y = there.y; y < there.y + there.height; ++y) {
            const auto *m = mask.ptr<std::uint8_t>(y - corner.y);
            auto *to = m_pixels.ptr<Colour>(y);
            for (int x = there.x; x < there.x + there.width; ++x)
                to[x] *= 1 - strength * static_cast<float>(m[x - corner.x]) / 255;
        }
    }

private:
    cv::Mat m_pixels; ///< CV_32FC3
};

/// Light on a body: brighter towards one side.
void model(cv::Mat &paint, cv::Size size, const cv::Rect &area, Random &random)
{
    const cv::Mat light = ramp(size, area, random.uniform(0, 2 * std::numbers::pi));
    const auto depth = static_cast<float>(random.uniform(0.1, 0.5));
    for (int y = 0; y < paint.rows; ++y)
        for (int x = 0; x < paint.cols; ++x)
            paint.at<Colour>(y, x) *= 1 + depth * light.at<float>(y, x);
}

void addShapes(Canvas &canvas, const Palette &palette, Random &random)
{
    const cv::Size size = canvas.pixels().size();
    const int count = random.integer(4, 50);
    for (int i = 0; i < count; ++i) {
        // Sizes as of things at any distance: many small ones.
        const double reach = size.width * std::clamp(0.035 / random.uniform(0.08, 1), 0.02, 0.4);
        const cv::Mat mask = shape(reach, random);
        const cv::Rect area = cv::boundingRect(mask); // painted only there
        const bool plain = random.chance(0.35);
        const Colour colour = palette.pick(random);
        cv::Mat paint = plain ? cv::Mat(area.size(), CV_32FC3, cv::Scalar(colour[0], colour[1], colour[2]))
                              : texture(mask.size(), area, palette, random);
        if (random.chance(0.5))
            model(paint, mask.size(), area, random);
        const int copies = random.chance(0.15) ? random.integer(2, 6) : 1; // rows of the same thing
        const cv::Point step(random.integer(-30, 30) * size.width / 176, random.integer(-30, 30) * size.width / 176);
        cv::Point corner(random.integer(0, size.width) - mask.cols / 2, random.integer(0, size.height) - mask.rows / 2);
        const bool shadow = random.chance(0.4);
        const cv::Point away(random.integer(1, 5), random.integer(1, 5));
        cv::Mat soft;
        cv::Rect around;
        if (shadow) {
            const double blur = random.uniform(1, 4);
            const cv::Point reached(cvCeil(4 * blur) + 1, cvCeil(4 * blur) + 1); // by the kernel
            around = cv::Rect(area.tl() - reached, area.br() + reached) & cv::Rect({}, mask.size());
            cv::GaussianBlur(mask(around), soft, {}, blur, 0, cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
        }
        const auto opacity = static_cast<float>(random.chance(0.15) ? random.uniform(0.4, 0.9) : 1);
        for (int k = 0; k < copies; ++k, corner += step) {
            if (shadow)
                canvas.shade(soft, corner + around.tl() + away, 0.5f);
            canvas.lay(mask(area), paint, corner + area.tl(), opacity);
        }
    }
}

/// What a camera adds: a haze, unsharpness, a curve, less colour.
cv::Mat photographed(const cv::Mat &canvas, Random &random)
{
    cv::Mat out;
    if (random.chance(0.4)) {
        const Colour light = anyColour(random);
        const cv::Mat haze = ramp(canvas.size(), cv::Rect({}, canvas.size()), random.uniform(0, 6.3));
        const auto strength = static_cast<float>(random.uniform(0.1, 0.4));
        for (int y = 0; y < canvas.rows; ++y)
            for (int x = 0; x < canvas.cols; ++x) {
                auto &pixel = const_cast<cv::Mat &>(canvas).at<Colour>(y, x);
                pixel += (light - pixel) * (strength * std::clamp(haze.at<float>(y, x), 0.0f, 1.0f));
            }
    }
    canvas.convertTo(out, CV_8UC3, 255);
    if (random.chance(0.4))
        cv::GaussianBlur(out, out, {}, random.uniform(0.4, 1.1));
    cv::Mat curve(1, 256, CV_8U);
    const double gamma = std::exp(random.uniform(-0.5, 0.5)), low = random.uniform(0, 0.15),
                 high = random.uniform(0.8, 1);
    for (int v = 0; v < 256; ++v)
        curve.at<std::uint8_t>(v) =
            cv::saturate_cast<std::uint8_t>(255 * (low + (high - low) * std::pow(v / 255.0, gamma)));
    cv::LUT(out, curve, out);
    const double grey = random.chance(0.08) ? 1 : random.uniform(0, 0.7);
    cv::Mat luma;
    cv::cvtColor(out, luma, cv::COLOR_BGR2GRAY);
    cv::cvtColor(luma, luma, cv::COLOR_GRAY2BGR);
    cv::addWeighted(out, 1 - grey, luma, grey, 0, out);
    return out;
}

} // namespace

cv::Mat renderProceduralScene(std::uint64_t seed, std::int64_t index, int side)
{
    Random random = randomFor(seed, static_cast<std::uint64_t>(index));
    const Palette palette(random);
    Canvas canvas(texture({side, side}, {0, 0, side, side}, palette, random));
    if (random.chance(0.4)) { // ground and sky, wall and floor
        const cv::Mat mask(std::max(2, cvRound(side * random.uniform(0.2, 0.8))), side, CV_8U, cv::Scalar::all(255));
        canvas.lay(mask, texture(mask.size(), cv::Rect({}, mask.size()), palette, random), {0, side - mask.rows}, 1);
    }
    addShapes(canvas, palette, random);
    return photographed(canvas.pixels(), random);
}

} // namespace likeness
