#include "core/data/attacks.h"

#include "core/base/error.h"
#include "core/base/params.h"
#include "core/data/attacks_geometric.h"
#include "core/data/image.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

const cv::Matx33d same = cv::Matx33d::eye();

AttackedImage jpeg(const cv::Mat &source, double strength, Random &, const cv::Mat &)
{
    const int quality = cvRound(between(80, 8, strength));
    return {decodeImage(encodeJpeg(source, quality), "jpeg").pixels, "JPEG quality " + std::to_string(quality), same};
}

AttackedImage blur(const cv::Mat &source, double strength, Random &, const cv::Mat &)
{
    const double sigma = between(0.6, 4, strength) * shortSide(source) / 360;
    cv::Mat out;
    cv::GaussianBlur(source, out, {}, std::max(sigma, 0.3));
    return {out, "blur sigma " + number(sigma), same};
}

AttackedImage noise(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    const double sigma = between(4, 40, strength);
    cv::Mat out = source.clone();
    for (int y = 0; y < out.rows; ++y)
        for (int x = 0; x < out.cols; ++x)
            for (int c = 0; c < 3; ++c) {
                // Sum of four uniforms: close to a gaussian of deviation 1/sqrt(3), and the same on every platform.
                const double sum = random.unit() + random.unit() + random.unit() + random.unit() - 2;
                auto &value = out.at<cv::Vec3b>(y, x)[c];
                value = cv::saturate_cast<std::uint8_t>(value + sigma * 1.7320508 * sum);
            }
    return {out, "noise sigma " + number(sigma), same};
}

AttackedImage colour(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    const double reach = between(0.1, 0.6, strength);
    const double gain = 1 + random.uniform(-reach, reach), offset = random.uniform(-80, 80) * reach;
    const int hue = cvRound(random.uniform(-60, 60) * reach);
    const double saturation = 1 + random.uniform(-reach, reach);
    cv::Mat out, hsv;
    source.convertTo(out, -1, gain, offset);
    cv::cvtColor(out, hsv, cv::COLOR_BGR2HSV);
    for (int y = 0; y < hsv.rows; ++y)
        for (int x = 0; x < hsv.cols; ++x) {
            auto &pixel = hsv.at<cv::Vec3b>(y, x);
            pixel[0] = static_cast<std::uint8_t>((pixel[0] + hue + 180) % 180);
            pixel[1] = cv::saturate_cast<std::uint8_t>(pixel[1] * saturation);
        }
    cv::cvtColor(hsv, out, cv::COLOR_HSV2BGR);
    return {out,
            "colour gain " + number(gain) + ", hue " + std::to_string(2 * hue) + " deg, saturation " +
                number(saturation),
            same};
}

AttackedImage grey(const cv::Mat &source, double strength, Random &, const cv::Mat &)
{
    cv::Mat luma, out;
    cv::cvtColor(source, luma, cv::COLOR_BGR2GRAY);
    cv::cvtColor(luma, luma, cv::COLOR_GRAY2BGR);
    const double share = between(0.5, 1, strength);
    cv::addWeighted(source, 1 - share, luma, share, 0, out);
    return {out, "grey " + number(100 * share) + " %", same};
}

AttackedImage sharpen(const cv::Mat &source, double strength, Random &, const cv::Mat &)
{
    const double amount = between(0.5, 4, strength);
    cv::Mat smooth, out;
    cv::GaussianBlur(source, smooth, {}, 1.5);
    cv::addWeighted(source, 1 + amount, smooth, -amount, 0, out);
    return {out, "sharpen by " + number(amount), same};
}

AttackedImage pixelate(const cv::Mat &source, double strength, Random &, const cv::Mat &)
{
    const int block = std::max(2, cvRound(between(3, 16, strength) * shortSide(source) / 360));
    cv::Mat small, out;
    cv::resize(source, small, {std::max(1, source.cols / block), std::max(1, source.rows / block)}, 0, 0,
               cv::INTER_AREA);
    cv::resize(small, out, source.size(), 0, 0, cv::INTER_NEAREST);
    return {out, "pixelate " + std::to_string(block) + " px", same};
}

cv::Scalar randomColour(Random &random)
{
    return {random.uniform(0, 256), random.uniform(0, 256), random.uniform(0, 256)};
}

AttackedImage text(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    static constexpr const char *words[] = {"LOOK AT THIS", "Holiday 2024",   "SALE -50%",  "when you see it",
                                            "Copyright",    "breaking news",  "follow me!", "Happy Birthday",
                                            "no way",       "www.example.org"};
    cv::Mat out = source.clone();
    const int lines = 1 + cvRound(2 * strength);
    std::string description = "text";
    for (int i = 0; i < lines; ++i) {
        const std::string word = words[random.integer(0, 9)];
        const double scale = between(0.8, 2.2, strength) * random.uniform(0.7, 1.2) * shortSide(source) / 360;
        const int thickness = std::max(1, cvRound(2.5 * scale));
        const cv::Point at(cvRound(random.uniform(0, 0.4) * out.cols), cvRound(random.uniform(0.15, 0.95) * out.rows));
        const cv::Scalar ink = randomColour(random);
        const int font = random.chance(0.5) ? cv::FONT_HERSHEY_DUPLEX : cv::FONT_HERSHEY_TRIPLEX;
        cv::putText(out, word, at, font, scale, cv::Scalar::all(0), thickness + 3, cv::LINE_AA);
        cv::putText(out, word, at, font, scale, ink, thickness, cv::LINE_AA);
        description += " \"" + word + "\"";
    }
    return {out, description, same};
}

AttackedImage sticker(const cv::Mat &source, double strength, Random &random, const cv::Mat &)
{
    cv::Mat out = source.clone();
    const int count = 1 + cvRound(3 * strength);
    for (int i = 0; i < count; ++i) {
        const int radius =
            std::max(3, cvRound(shortSide(source) * between(0.07, 0.16, strength) * random.uniform(0.8, 1.2)));
        const cv::Point at(random.integer(0, out.cols - 1), random.integer(0, out.rows - 1));
        // A face: drawn, because a font with emoji is not everywhere.
        cv::circle(out, at, radius, {40, 210, 250}, cv::FILLED, cv::LINE_AA);
        cv::circle(out, at, radius, {20, 120, 180}, std::max(1, radius / 12), cv::LINE_AA);
        for (const int side : {-1, 1})
            cv::circle(out, at + cv::Point(side * radius * 2 / 5, -radius / 4), std::max(1, radius / 7), {30, 30, 30},
                       cv::FILLED, cv::LINE_AA);
        cv::ellipse(out, at + cv::Point(0, radius / 6), {radius / 2, radius * 2 / 5}, 0, 15, 165, {30, 30, 120},
                    std::max(1, radius / 10), cv::LINE_AA);
    }
    return {out, std::to_string(count) + (count == 1 ? " sticker" : " stickers"), same};
}

} // namespace

std::span<const Attack> attacks()
{
    static const std::vector<Attack> all{
        {"crop", attackCrop},
        {"resize", attackResize},
        {"jpeg", jpeg},
        {"blur", blur},
        {"noise", noise},
        {"colour", colour},
        {"grey", grey},
        {"rotate", attackRotate},
        {"quarter_turn", attackQuarterTurn},
        {"flip", attackFlip},
        {"text", text},
        {"sticker", sticker},
        {"pad", attackPad},
        {"perspective", attackPerspective},
        {"paste", attackPaste},
        {"screenshot", attackScreenshot},
        {"sharpen", sharpen},
        {"pixelate", pixelate},
    };
    return all;
}

AttackedImage applyAttack(std::string_view id, const cv::Mat &source, double strength, std::uint64_t seed,
                          const cv::Mat &other)
{
    const auto found = std::ranges::find(attacks(), id, &Attack::id);
    if (found == attacks().end()) {
        std::vector<std::string> known;
        for (const Attack &attack : attacks())
            known.push_back(attack.id);
        throw Error(ErrorKind::NotFound, QT_TRANSLATE_NOOP("core", "there is no attack \"%1\"; the nearest is \"%2\""),
                    {std::string(id), nearest(id, known)});
    }
    Random random(seed);
    return found->apply(source, std::clamp(strength, 0.0, 1.0), random, other);
}

} // namespace likeness
