#include "core/train/augmentation.h"

#include "core/data/image.h"
#include "core/data/pillow_resize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

/// Smaller ones as networks see them when they search; three times as fast as OpenCV's areas.
cv::Mat resized(const cv::Mat &image, cv::Size size)
{
    if (image.cols > size.width || image.rows > size.height)
        return pillowResize(image, size, ResizeFilter::Bilinear);
    cv::Mat larger;
    cv::resize(image, larger, size);
    return larger;
}

cv::Scalar anyColour(Random &random)
{
    return {random.uniform(0, 256), random.uniform(0, 256), random.uniform(0, 256)};
}

/// Which part of the image is seen, and how it lies in the view.
struct Look {
    cv::Point2d centre;
    double width = 0, height = 0; ///< in pixels of the image
    double degrees = 0;
    int quarters = 0;
    bool mirrored = false, tilted = false;
    std::array<cv::Point2d, 4> tilt{}; ///< of the corners, in parts of the size
};

Look randomLook(cv::Size size, const AugmentationOptions &o, double share, Random &random)
{
    Look look;
    double area = std::exp(random.uniform(std::log(1 - 0.92 * o.crop * share), 0));
    const double stretch = std::exp(random.uniform(-0.29, 0.29) * std::min(1.0, o.crop * share * 1.3));
    const bool padded = random.chance(0.3 * o.pad * share);
    if (padded) // the image does not fill the view
        area = random.uniform(1, 1 + 1.2 * o.pad * share);
    look.width = size.width * std::sqrt(area) * stretch;
    look.height = size.height * std::sqrt(area) / stretch;
    if (!padded) {
        look.width = std::min<double>(look.width, size.width);
        look.height = std::min<double>(look.height, size.height);
    }
    const double x = std::abs(size.width - look.width) / 2, y = std::abs(size.height - look.height) / 2;
    look.centre = {size.width / 2.0 + random.uniform(-x, x), size.height / 2.0 + random.uniform(-y, y)};
    if (random.chance(0.5 * o.rotate * share))
        look.degrees = random.uniform(-60, 60) * share;
    if (random.chance(0.5 * o.quarterTurn * share))
        look.quarters = random.integer(1, 3);
    look.mirrored = random.chance(0.5 * o.flip);
    look.tilted = random.chance(0.5 * o.perspective * share);
    if (look.tilted)
        for (cv::Point2d &corner : look.tilt)
            corner = {random.uniform(-0.18, 0.18), random.uniform(-0.18, 0.18)};
    return look;
}

/// Of a place in a view that was mirrored, and then turned by quarters clockwise, where it was before.
cv::Matx33d beforeTurns(const Look &look)
{
    const cv::Matx33d quarter(0, 1, 0, -1, 0, 1, 0, 0, 1), mirror(-1, 0, 1, 0, 1, 0, 0, 0, 1);
    cv::Matx33d before = look.mirrored ? mirror : cv::Matx33d::eye();
    for (int i = 0; i < look.quarters; ++i)
        before = before * quarter;
    return before;
}

View seen(const cv::Mat &image, const Look &look, int side, Random &random)
{
    const bool reflected = random.chance(0.4);
    const cv::Scalar around = random.chance(0.5) ? cv::Scalar::all(random.chance(0.5) ? 0 : 255) : anyColour(random);
    View result;
    cv::Mat &view = result.pixels;
    const cv::Rect area(static_cast<int>(look.centre.x - look.width / 2),
                        static_cast<int>(look.centre.y - look.height / 2), std::max(2, static_cast<int>(look.width)),
                        std::max(2, static_cast<int>(look.height)));
    const bool inside = (area & cv::Rect({}, image.size())) == area;
    const cv::Matx33d inParts = cv::Matx33d::diag({1.0 / image.cols, 1.0 / image.rows, 1});
    cv::Matx33d toPixels(area.width, 0, area.x, 0, area.height, area.y, 0, 0, 1);
    if (inside && look.degrees == 0 && !look.tilted) { // by far the fastest, and without aliasing
        view = resized(image(area), {side, side});
    } else {
        const double radians = look.degrees * std::numbers::pi / 180, c = std::cos(radians), s = std::sin(radians);
        std::array<cv::Point2f, 4> from, to, unit;
        const std::array<cv::Point2d, 4> corners{{{-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}}};
        for (std::size_t i = 0; i < 4; ++i) {
            const cv::Point2d at((corners[i].x + look.tilt[i].x) * look.width,
                                 (corners[i].y + look.tilt[i].y) * look.height);
            from[i] = cv::Point2d(look.centre.x + c * at.x - s * at.y, look.centre.y + s * at.x + c * at.y);
            unit[i] = cv::Point2d(corners[i].x + 0.5, corners[i].y + 0.5);
            to[i] = unit[i] * side;
        }
        toPixels = cv::getPerspectiveTransform(unit.data(), from.data());
        const int border = reflected ? cv::BORDER_REFLECT_101 : cv::BORDER_CONSTANT;
        if (look.tilted)
            cv::warpPerspective(image, view, cv::getPerspectiveTransform(from.data(), to.data()), {side, side},
                                cv::INTER_LINEAR, border, around);
        else
            cv::warpAffine(image, view, cv::getAffineTransform(from.data(), to.data()), {side, side}, cv::INTER_LINEAR,
                           border, around);
    }
    if (look.mirrored)
        cv::flip(view, view, 1);
    if (look.quarters > 0)
        cv::rotate(view, view, look.quarters - 1);
    result.trace.toImage = inParts * toPixels * beforeTurns(look);
    return result;
}

/// What the view shows shrinks into a part of `around`, which becomes the view.
void place(View &view, cv::Mat around, const cv::Rect &part)
{
    resized(view.pixels, part.size()).copyTo(around(part));
    view.trace.placeAt(cv::Rect2d(cv::Rect2d(part).tl() / around.cols, cv::Rect2d(part).br() / around.cols));
    view.pixels = std::move(around);
}

void pasteOnto(View &view, const cv::Mat &other, double strength, Random &random)
{
    const int side = view.pixels.cols;
    const double share = random.uniform(1 - 0.7 * strength, 0.95);
    const double stretch = std::exp(random.uniform(-0.2, 0.2));
    const int width = std::clamp(cvRound(side * share * stretch), 8, side),
              height = std::clamp(cvRound(side * share / stretch), 8, side);
    const int x = random.integer(0, side - width), y = random.integer(0, side - height);
    place(view, resized(other, {side, side}), {x, y, width, height});
}

/// Bars above and below, as a screenshot has them.
void frameAsScreenshot(View &view, Random &random)
{
    const int side = view.pixels.cols, above = random.integer(side / 20, side / 6), below = random.integer(0, side / 6);
    const cv::Scalar bar = random.chance(0.5) ? cv::Scalar::all(random.chance(0.5) ? 250 : 24) : anyColour(random);
    place(view, cv::Mat(side, side, CV_8UC3, bar), {0, above, side, side - above - below});
    for (int i = random.integer(1, 4); i > 0; --i)
        cv::circle(view.pixels, {random.integer(2, side - 3), random.integer(1, std::max(2, above - 1))},
                   random.integer(1, std::max(1, above / 4)), anyColour(random), cv::FILLED, cv::LINE_AA);
}

void drawOver(cv::Mat &view, double strength, Random &random)
{
    const int side = view.cols;
    const auto place = [&] { return cv::Point(random.integer(0, side - 1), random.integer(0, side - 1)); };
    for (int i = random.integer(1, 1 + cvRound(3 * strength)); i > 0; --i) {
        const cv::Scalar ink = anyColour(random);
        const int reach = std::max(3, cvRound(side * random.uniform(0.04, 0.05 + 0.14 * strength)));
        switch (random.integer(0, 3)) {
        case 0:
            cv::circle(view, place(), reach, ink, cv::FILLED, cv::LINE_AA);
            break;
        case 1: {
            const cv::Point corner = place();
            cv::rectangle(view, corner, corner + cv::Point(reach * random.integer(1, 3), reach), ink, cv::FILLED);
            break;
        }
        default: {
            std::string word;
            for (int letters = random.integer(3, 12); letters > 0; --letters)
                word += static_cast<char>(random.integer('A', 'z'));
            const double scale = random.uniform(0.25, 0.3 + 0.9 * strength) * side / 112;
            const cv::Point at(random.integer(0, side / 2), random.integer(side / 8, side - 1));
            if (random.chance(0.5))
                cv::putText(view, word, at, random.integer(0, 7), scale, cv::Scalar::all(0), 3, cv::LINE_AA);
            cv::putText(view, word, at, random.integer(0, 7), scale, ink, random.integer(1, 2), cv::LINE_AA);
        }
        }
    }
}

/// Rows of blue, green, red from (blue, green, red, 1).
using ColourMatrix = cv::Matx34d;

ColourMatrix after(const ColourMatrix &second, const ColourMatrix &first)
{
    const cv::Matx33d linear = second.get_minor<3, 3>(0, 0) * first.get_minor<3, 3>(0, 0);
    const cv::Vec3d offset = second.get_minor<3, 3>(0, 0) * cv::Vec3d(first(0, 3), first(1, 3), first(2, 3)) +
                             cv::Vec3d(second(0, 3), second(1, 3), second(2, 3));
    ColourMatrix both;
    for (int r = 0; r < 3; ++r) {
        for (int c = 0; c < 3; ++c)
            both(r, c) = linear(r, c);
        both(r, 3) = offset[r];
    }
    return both;
}

constexpr double lumaWeights[3] = {0.114, 0.587, 0.299};

/// Colours on their way to (1) or from (0) their own grey.
ColourMatrix saturation(double factor)
{
    ColourMatrix m = ColourMatrix::zeros();
    for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 3; ++c)
            m(r, c) = (1 - factor) * lumaWeights[c] + (r == c ? factor : 0);
    return m;
}

ColourMatrix gainAndOffset(double gain, const cv::Vec3d &offset)
{
    return {gain, 0, 0, offset[0], 0, gain, 0, offset[1], 0, 0, gain, offset[2]};
}

/// Turns the colours about the axis of the greys (Haeberli 1993).
ColourMatrix hue(double degrees)
{
    const double radians = degrees * std::numbers::pi / 180, c = std::cos(radians), s = std::sin(radians);
    const double a = c + (1 - c) / 3, b = (1 - c) / 3 - s / std::numbers::sqrt3,
                 d = (1 - c) / 3 + s / std::numbers::sqrt3;
    return {a, b, d, 0, d, a, b, 0, b, d, a, 0};
}

/// Brightness, contrast, saturation, hue and a tint as one matrix (SimCLR's jitter without its random order).
void recolour(cv::Mat &view, const AugmentationOptions &o, double share, Random &random)
{
    const bool jittered = random.chance(o.colour > 0 ? 0.8 : 0), grey = random.chance(0.25 * o.grey);
    if (!jittered && !grey)
        return;
    ColourMatrix m = ColourMatrix::eye();
    if (jittered) {
        const double reach = 0.8 * o.colour * share;
        const auto factor = [&] { return 1 + random.uniform(-reach, reach); };
        const double brightness = factor(), contrast = factor();
        const cv::Scalar mean = cv::mean(view);
        const double middle =
            brightness * (lumaWeights[0] * mean[0] + lumaWeights[1] * mean[1] + lumaWeights[2] * mean[2]);
        m = after(gainAndOffset(contrast, cv::Vec3d::all((1 - contrast) * middle)), gainAndOffset(brightness, {}));
        m = after(saturation(factor()), m);
        m = after(hue(random.uniform(-90, 90) * reach), m);
        const double tint = 22 * o.colour * share;
        m = after(
            gainAndOffset(1, {random.uniform(-tint, tint), random.uniform(-tint, tint), random.uniform(-tint, tint)}),
            m);
    }
    if (grey)
        m = after(saturation(0), m);
    cv::transform(view, view, m);
}

void addNoise(cv::Mat &view, double sigma, Random &random)
{
    // Two uniform bytes make a triangle of deviation 104; eight bytes a draw.
    const int factor = cvRound(sigma / 104.5 * 4096);
    for (int y = 0; y < view.rows; ++y) {
        auto *p = view.ptr<std::uint8_t>(y);
        const int values = view.cols * 3;
        for (int i = 0; i < values; i += 4) {
            const std::uint64_t bits = random.next();
            for (int j = 0; j < 4 && i + j < values; ++j) {
                const int sum =
                    static_cast<int>(bits >> (16 * j) & 255) + static_cast<int>(bits >> (16 * j + 8) & 255) - 255;
                p[i + j] = cv::saturate_cast<std::uint8_t>(p[i + j] + ((sum * factor) >> 12));
            }
        }
    }
}

void degrade(cv::Mat &view, const AugmentationOptions &o, double share, Random &random)
{
    const int side = view.cols;
    if (random.chance(0.5 * o.blur))
        cv::GaussianBlur(view, view, {}, std::max(0.3, random.uniform(0.1, 2 * o.blur * share) * side / 160));
    if (random.chance(0.25 * o.sharpen)) {
        cv::Mat smooth;
        cv::GaussianBlur(view, smooth, {}, 1);
        const double amount = random.uniform(0.3, 0.3 + 3 * o.sharpen * share);
        cv::addWeighted(view, 1 + amount, smooth, -amount, 0, view);
    }
    if (random.chance(o.noise / 3))
        addNoise(view, random.uniform(2, 2 + 28 * o.noise * share), random);
    if (random.chance(0.25 * o.pixelate)) {
        const int cells = std::max(8, cvRound(side / random.uniform(1.5, 1.5 + 6 * o.pixelate * share)));
        cv::resize(resized(view, {cells, cells}), view, {side, side}, 0, 0, cv::INTER_NEAREST);
    }
    if (random.chance(0.5 * o.jpeg)) {
        const int quality = random.integer(cvRound(75 - 67 * o.jpeg * share), 80);
        view = decodeImage(encodeJpeg(view, quality), "jpeg").pixels;
    }
}

} // namespace

std::span<const AugmentationPreset> augmentationPresets()
{
    static const AugmentationPreset all[] = {
        {"copy", QT_TRANSLATE_NOOP("core", "Copy detection"), {}},
        {"simclr",
         "SimCLR",
         {.crop = 1,
          .rotate = 0,
          .quarterTurn = 0,
          .flip = 1,
          .perspective = 0,
          .pad = 0,
          .paste = 0,
          .overlay = 0,
          .colour = 1,
          .grey = 0.8,
          .blur = 1,
          .noise = 0,
          .jpeg = 0,
          .pixelate = 0,
          .sharpen = 0,
          .grow = 0}},
        {"mild",
         QT_TRANSLATE_NOOP("core", "Mild"),
         {.crop = 0.4,
          .rotate = 0.1,
          .quarterTurn = 0,
          .flip = 1,
          .perspective = 0,
          .pad = 0.1,
          .paste = 0,
          .overlay = 0.2,
          .colour = 0.3,
          .grey = 0.2,
          .blur = 0.3,
          .noise = 0.2,
          .jpeg = 0.4,
          .pixelate = 0,
          .sharpen = 0.2,
          .grow = 0}},
        {"none",
         QT_TRANSLATE_NOOP("core", "None"),
         {.crop = 0,
          .rotate = 0,
          .quarterTurn = 0,
          .flip = 0,
          .perspective = 0,
          .pad = 0,
          .paste = 0,
          .overlay = 0,
          .colour = 0,
          .grey = 0,
          .blur = 0,
          .noise = 0,
          .jpeg = 0,
          .pixelate = 0,
          .sharpen = 0,
          .grow = 0}},
    };
    return all;
}

View augmented(const cv::Mat &image, const std::function<cv::Mat()> &other, const AugmentationOptions &options,
               double share, int side, Random &random)
{
    View view = seen(image, randomLook(image.size(), options, share, random), side, random);
    if (random.chance(0.3 * options.paste))
        pasteOnto(view, other(), options.paste * share, random);
    if (random.chance(0.12 * options.pad))
        frameAsScreenshot(view, random);
    if (random.chance(0.5 * options.overlay))
        drawOver(view.pixels, options.overlay * share, random);
    recolour(view.pixels, options, share, random);
    degrade(view.pixels, options, share, random);
    return view;
}

} // namespace likeness
