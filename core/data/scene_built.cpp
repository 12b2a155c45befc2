#include "core/data/scene_painters.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace likeness::paint {

namespace {

constexpr double pi = std::numbers::pi;

void thing(cv::Mat &canvas, double x, double foot, double r, const Colour &colour, Random &random)
{
    switch (random.integer(0, 3)) {
    case 0: // fruit
        for (int ring = 0; ring < 12; ++ring) {
            const double inner = 1 - ring / 12.0;
            cv::circle(canvas, at(x - r * 0.3 * (1 - inner), foot - r - r * 0.3 * (1 - inner)),
                       std::max(1, cvRound(r * inner)),
                       scalar(mix(colour * 0.55, mix(colour, {255, 255, 255}, 0.35), ring / 12.0)), cv::FILLED,
                       cv::LINE_AA);
        }
        cv::line(canvas, at(x, foot - 1.9 * r), at(x + r * 0.2, foot - 2.4 * r), {30, 60, 80}, 3, cv::LINE_AA);
        break;
    case 1: { // bottle
        cv::rectangle(canvas, cv::Rect(cvRound(x - r * 0.5), cvRound(foot - 2.4 * r), cvRound(r), cvRound(2.4 * r)),
                      scalar(colour * 0.6), cv::FILLED);
        cv::ellipse(canvas, at(x, foot - 2.4 * r), at(r * 0.5, r * 0.5), 0, 180, 360, scalar(colour * 0.6), cv::FILLED,
                    cv::LINE_AA);
        cv::rectangle(canvas,
                      cv::Rect(cvRound(x - r * 0.16), cvRound(foot - 3.8 * r), cvRound(r * 0.32), cvRound(r * 1.2)),
                      scalar(colour * 0.6), cv::FILLED);
        cv::rectangle(canvas,
                      cv::Rect(cvRound(x - r * 0.45), cvRound(foot - 1.6 * r), cvRound(r * 0.9), cvRound(r * 0.9)),
                      scalar(mix(colour, {255, 255, 255}, 0.7)), cv::FILLED);
        cv::line(canvas, at(x - r * 0.32, foot - 2.3 * r), at(x - r * 0.32, foot - 0.2 * r),
                 scalar(mix(colour, {255, 255, 255}, 0.5)), 3, cv::LINE_AA);
        break;
    }
    case 2: // bowl
        cv::ellipse(canvas, at(x, foot - r), at(1.5 * r, r), 0, 0, 180, scalar(colour), cv::FILLED, cv::LINE_AA);
        cv::ellipse(canvas, at(x, foot - r), at(1.5 * r, r * 0.35), 0, 0, 360, scalar(colour * 0.6), cv::FILLED,
                    cv::LINE_AA);
        for (int stripe = -2; stripe <= 2; ++stripe)
            cv::line(canvas, at(x + stripe * r * 0.45, foot - 0.6 * r), at(x + stripe * r * 0.25, foot - 0.1 * r),
                     scalar(mix(colour, {255, 255, 255}, 0.6)), 2, cv::LINE_AA);
        break;
    default: // box with a pattern
        cv::rectangle(canvas, cv::Rect(cvRound(x - r), cvRound(foot - 1.6 * r), cvRound(2 * r), cvRound(1.6 * r)),
                      scalar(colour), cv::FILLED);
        for (int dot = 0; dot < 9; ++dot)
            cv::circle(canvas, at(x + (dot % 3 - 1) * r * 0.6, foot - r * (0.3 + 0.5 * (dot / 3))), cvRound(r * 0.14),
                       scalar(hsv(random.uniform(0, 360), 0.6, 1)), cv::FILLED, cv::LINE_AA);
    }
}

void building(cv::Mat &canvas, cv::Rect body, const Colour &wall, bool night, Random &random)
{
    cv::rectangle(canvas, body, scalar(wall), cv::FILLED);
    cv::rectangle(canvas, cv::Rect(body.x + body.width * 3 / 4, body.y, body.width - body.width * 3 / 4, body.height),
                  scalar(wall * 0.8), cv::FILLED);
    const int pitchX = random.integer(9, 18), pitchY = random.integer(11, 22);
    const Colour lit = hsv(random.uniform(35, 55), 0.5, 1), glass = night ? wall * 0.5 : hsv(205, 0.35, 0.75);
    for (int y = body.y + 7; y + pitchY / 2 < body.y + body.height; y += pitchY)
        for (int x = body.x + 5; x + pitchX / 2 < body.x + body.width - 2; x += pitchX)
            cv::rectangle(canvas, cv::Rect(x, y, pitchX / 2, pitchY / 2),
                          scalar(random.chance(night ? 0.4 : 0.08) ? lit : glass), cv::FILLED);
    if (random.chance(0.35))
        cv::line(canvas, {body.x + body.width / 2, body.y}, {body.x + body.width / 2, body.y - random.integer(10, 45)},
                 scalar(wall * 0.6), 2, cv::LINE_AA);
}

} // namespace

void city(cv::Mat &canvas, Random &random, const Noise &noise)
{
    const bool night = random.chance(0.4);
    const int street = cvRound(canvas.rows * random.uniform(0.82, 0.92));
    if (night)
        verticalGradient(canvas, 0, canvas.rows, hsv(random.uniform(220, 280), 0.7, 0.12),
                         hsv(random.uniform(200, 330), 0.5, 0.4));
    else
        paintSky(canvas, canvas.rows, random, noise);
    for (int layer = 0; layer < 3; ++layer) {
        const double near = (layer + 1) / 3.0;
        for (int x = random.integer(-30, 0); x < canvas.cols;) {
            const int width = random.integer(28, 80),
                      height = cvRound(canvas.rows * random.uniform(0.2, 0.75) * (1.1 - 0.35 * near));
            const Colour wall = hsv(random.uniform(0, 360), random.uniform(0.05, 0.4),
                                    (night ? 0.25 : 0.6) * random.uniform(0.6, 1.2)) *
                                (0.6 + 0.4 * near);
            building(canvas, {x, street - height, width, height}, wall, night, random);
            x += width + random.integer(-6, 16);
        }
    }
    verticalGradient(canvas, street, canvas.rows, hsv(30, 0.05, 0.45), hsv(30, 0.05, 0.25));
    for (int x = random.integer(0, 20); x < canvas.cols; x += 44)
        cv::line(canvas, at(x, (street + canvas.rows) / 2.0), at(x + 20, (street + canvas.rows) / 2.0), {210, 220, 220},
                 2);
    for (int i = random.integer(2, 6); i > 0; --i) {
        const int x = random.integer(0, canvas.cols), w = random.integer(26, 44),
                  y = canvas.rows - random.integer(8, 22);
        const cv::Scalar paintwork = scalar(hsv(random.uniform(0, 360), 0.75, 0.8));
        cv::rectangle(canvas, cv::Rect(x, y - 9, w, 9), paintwork, cv::FILLED);
        cv::ellipse(canvas, {x + w / 2, y - 8}, {w / 3, 9}, 0, 180, 360, paintwork, cv::FILLED, cv::LINE_AA);
        for (const int wheel : {w / 4, 3 * w / 4})
            cv::circle(canvas, {x + wheel, y}, 4, {25, 25, 25}, cv::FILLED, cv::LINE_AA);
    }
    texture(canvas, {}, noise, 22, 22, 0.12);
}

void stillLife(cv::Mat &canvas, Random &random, const Noise &noise)
{
    const int table = cvRound(canvas.rows * random.uniform(0.5, 0.7));
    const Colour wall = hsv(random.uniform(0, 360), random.uniform(0.1, 0.45), random.uniform(0.45, 0.9));
    verticalGradient(canvas, 0, table, wall, wall * 0.75);
    const Colour wood = hsv(random.uniform(15, 40), random.uniform(0.3, 0.7), random.uniform(0.35, 0.75));
    verticalGradient(canvas, table, canvas.rows, wood * 0.8, wood);
    cv::Mat top = canvas.rowRange(table, canvas.rows);
    texture(top, {}, noise, 90, 4, 0.45);
    const int things = random.integer(3, 7);
    for (int i = 0; i < things; ++i) {
        const double x = canvas.cols * (i + random.uniform(0.2, 0.8)) / things,
                     foot = table + random.uniform(0.15, 0.75) * (canvas.rows - table), r = random.uniform(22, 50);
        const Colour colour = hsv(random.uniform(0, 360), random.uniform(0.5, 0.9), random.uniform(0.5, 0.95));
        cv::ellipse(canvas, at(x + r * 0.4, foot), at(r * 1.2, r * 0.28), 0, 0, 360, scalar(wood * 0.4), cv::FILLED,
                    cv::LINE_AA);
        thing(canvas, x, foot, r, colour, random);
    }
}

void poster(cv::Mat &canvas, Random &random, const Noise &noise)
{
    static constexpr const char *titles[] = {"JAZZ NIGHT", "OPEN AIR",  "THE HARBOUR", "SUMMER 74",
                                             "NORTH LINE", "CIRCUS",    "CINEMA",      "BOOK FAIR",
                                             "MARATHON",   "TEA HOUSE", "GARDEN",      "OBSERVATORY"};
    static constexpr const char *places[] = {"old town hall", "platform nine",    "river stage", "city museum",
                                             "pier 14",       "botanical garden", "the cellar",  "market square"};
    const double hue = random.uniform(0, 360);
    const Colour paper = hsv(hue, random.uniform(0.1, 0.7), random.uniform(0.55, 0.95)),
                 ink = hsv(hue + random.uniform(140, 220), 0.75, random.uniform(0.2, 0.6));
    canvas.setTo(scalar(paper));
    const int shapes = random.integer(3, 9), kind = random.integer(0, 2);
    for (int i = 0; i < shapes; ++i) {
        const cv::Scalar fill =
            scalar(hsv(hue + random.integer(0, 3) * 90 + random.uniform(-15, 15), 0.7, random.uniform(0.4, 0.95)));
        const cv::Point centre(random.integer(0, canvas.cols), random.integer(canvas.rows / 4, canvas.rows));
        const int r = random.integer(20, 110);
        if (kind == 0)
            cv::circle(canvas, centre, r, fill, random.chance(0.4) ? 9 : cv::FILLED, cv::LINE_AA);
        else if (kind == 1)
            cv::line(canvas, centre, centre + cv::Point(random.integer(-260, 260), random.integer(-260, 260)), fill,
                     random.integer(5, 34), cv::LINE_AA);
        else {
            const cv::Point corners[] = {centre, centre + cv::Point(random.integer(-r, r), 2 * r),
                                         centre + cv::Point(2 * r, random.integer(-r, r))};
            cv::fillConvexPoly(canvas, corners, 3, fill, cv::LINE_AA);
        }
    }
    const int fonts[] = {cv::FONT_HERSHEY_DUPLEX, cv::FONT_HERSHEY_TRIPLEX, cv::FONT_HERSHEY_COMPLEX,
                         cv::FONT_HERSHEY_SCRIPT_COMPLEX};
    const int font = fonts[random.integer(0, 3)];
    const std::string title = titles[random.integer(0, 11)];
    const cv::Size one = cv::getTextSize(title, font, 1, 3, nullptr);
    const double scale = canvas.cols * random.uniform(0.7, 0.92) / one.width;
    cv::putText(canvas, title, at(canvas.cols * 0.04, 20 + one.height * scale), font, scale, scalar(ink),
                std::max(2, cvRound(2.6 * scale)), cv::LINE_AA);
    for (int line = 0; line < random.integer(2, 5); ++line)
        cv::putText(canvas,
                    std::string(places[random.integer(0, 7)]) + "  " + std::to_string(random.integer(1, 28)) + "." +
                        std::to_string(random.integer(1, 12)) + ".",
                    at(canvas.cols * 0.05, canvas.rows - 18 - 26 * line), cv::FONT_HERSHEY_DUPLEX, 0.7, scalar(ink), 1,
                    cv::LINE_AA);
    texture(canvas, {}, noise, 5, 5, 0.08);
}

void mosaic(cv::Mat &canvas, Random &random, const Noise &noise)
{
    // Dead leaves: opaque shapes of a power-law size cover each other, as objects in photographs do.
    const double hue = random.uniform(0, 360), spread = random.uniform(25, 160);
    const bool round = random.chance(0.5);
    canvas.setTo(scalar(hsv(hue, 0.3, 0.3)));
    for (int i = 0; i < 420; ++i) {
        const double r = std::min(130.0, 9 / std::sqrt(1 - random.unit() * 0.995));
        const cv::Point centre(random.integer(0, canvas.cols), random.integer(0, canvas.rows));
        const cv::Scalar fill =
            scalar(hsv(hue + random.uniform(-spread, spread), random.uniform(0.2, 0.85), random.uniform(0.2, 1)));
        if (round)
            cv::ellipse(canvas, centre, at(r, r * random.uniform(0.4, 1)), random.uniform(0, 180), 0, 360, fill,
                        cv::FILLED, cv::LINE_AA);
        else {
            const double turn = random.uniform(0, 2 * pi);
            cv::Point corners[4];
            for (int c = 0; c < 4; ++c)
                corners[c] = centre + at(r * std::cos(turn + c * pi / 2 * 0.98), r * std::sin(turn + c * pi / 2));
            cv::fillConvexPoly(canvas, corners, 4, fill, cv::LINE_AA);
        }
    }
    texture(canvas, {}, noise, 11, 11, 0.2);
}

void map(cv::Mat &canvas, Random &random, const Noise &noise)
{
    const double sea = random.uniform(0.42, 0.55), scale = random.uniform(70, 130);
    for (int y = 0; y < canvas.rows; ++y)
        for (int x = 0; x < canvas.cols; ++x) {
            const double height = noise.at(x / scale, y / scale, 6);
            const double contour = std::fmod(height * 26, 1.0);
            Colour colour = height < sea ? mix({200, 150, 90}, {235, 215, 175}, height / sea)
                                         : mix({150, 210, 170}, {110, 150, 190}, (height - sea) / (1 - sea) * 1.6);
            if (height >= sea && contour < 0.14)
                colour *= 0.8;
            canvas.at<cv::Vec3b>(y, x) = {cv::saturate_cast<std::uint8_t>(colour[0]),
                                          cv::saturate_cast<std::uint8_t>(colour[1]),
                                          cv::saturate_cast<std::uint8_t>(colour[2])};
        }
    static constexpr const char *names[] = {"Alta", "Borin",  "Cape Sol", "Dunmor", "Elling", "Farrow",
                                            "Gale", "Hollin", "Isk",      "Juna",   "Kell",   "Lorne"};
    cv::Point last;
    for (int i = 0; i < random.integer(5, 10); ++i) {
        const cv::Point town(random.integer(20, canvas.cols - 70), random.integer(20, canvas.rows - 20));
        if (i > 0)
            cv::line(canvas, last, town, {70, 90, 200}, 2, cv::LINE_AA);
        cv::circle(canvas, town, 5, {40, 40, 40}, cv::FILLED, cv::LINE_AA);
        cv::putText(canvas, names[random.integer(0, 11)], town + cv::Point(8, 5), cv::FONT_HERSHEY_DUPLEX, 0.55,
                    {30, 30, 30}, 1, cv::LINE_AA);
        last = town;
    }
}

} // namespace likeness::paint
