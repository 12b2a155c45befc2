#include "core/data/scene.h"

#include "core/data/scene_painters.h"

#include <iterator>

namespace likeness {

cv::Mat renderScene(std::uint64_t seed, int index)
{
    using namespace paint;
    using Painter = void (*)(cv::Mat &, Random &, const Noise &);
    static constexpr Painter painters[] = {landscape, sea,    city,    forest, planet,
                                           stillLife, poster, flowers, mosaic, map};
    Random random = randomFor(seed, static_cast<std::uint64_t>(index));
    const Noise noise(random.next());
    const bool upright = random.chance(0.25);
    cv::Mat canvas(upright ? cv::Size(360, 480) : cv::Size(480, 360), CV_8UC3, cv::Scalar::all(128));
    painters[static_cast<std::size_t>(index) % std::size(painters)](canvas, random, noise);
    sprinkleGrain(canvas, random, random.uniform(0.5, 3));
    return canvas;
}

} // namespace likeness
