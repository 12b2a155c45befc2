#include "core/eval/heat_map.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

cv::Rect seenArea(cv::Size size, const Preprocessing &how)
{
    if (how.squash)
        return {{}, size};
    const double scale = static_cast<double>(std::min(size.width, size.height)) / how.resizePx;
    const int side = static_cast<int>(std::lround(how.cropPx * scale));
    const cv::Rect crop((size.width - side) / 2, (size.height - side) / 2, side, side);
    return crop & cv::Rect({}, size);
}

void makeUnit(cv::Mat &rows)
{
    for (int y = 0; y < rows.rows; ++y)
        if (const double length = cv::norm(rows.row(y)); length > 0)
            rows.row(y) /= length;
}

cv::Mat bestPatches(const cv::Mat &own, const cv::Mat &others)
{
    cv::Mat best;
    cv::reduce(own * others.t(), best, 1, cv::REDUCE_MAX);
    return best;
}

struct Pooled {
    cv::Mat shares; ///< of each place in each channel
    cv::Mat vector; ///< 1 x channels
};

Pooled pooledWithShares(const cv::Mat &places, double p)
{
    Pooled result;
    cv::pow(p == 1 ? places : cv::Mat(cv::max(places, 1e-6)), p, result.shares);
    cv::Mat sums;
    cv::reduce(result.shares, sums, 0, cv::REDUCE_SUM);
    cv::pow(cv::max(sums / places.rows, 0.0), 1 / p, result.vector);
    for (int y = 0; y < result.shares.rows; ++y)
        cv::divide(result.shares.row(y), sums, result.shares.row(y));
    return result;
}

} // namespace

HeatMaps heatMaps(const LoadedModel &model, const cv::Mat &a, const cv::Mat &b)
{
    const Preprocessing &how = model.card.preprocessing;
    const auto seen = [&](const cv::Mat &image) {
        return model.image->run(preprocessed(image, how), how.cropPx, true);
    };
    const NetworkOutput first = seen(a), second = seen(b);
    HeatMaps heat;
    heat.areaA = seenArea(a.size(), how);
    heat.areaB = seenArea(b.size(), how);
    heat.cosine =
        first.vectors.dot(second.vectors) / std::max(1e-30, cv::norm(first.vectors) * cv::norm(second.vectors));
    if (model.transformer) {
        cv::Mat own = first.maps[0].clone(), others = second.maps[0].clone();
        makeUnit(own);
        makeUnit(others);
        heat.a = bestPatches(own, others);
        heat.b = bestPatches(others, own);
    } else {
        const double p = model.gem > 0 ? model.gem : 1;
        const Pooled one = pooledWithShares(first.maps[0], p), two = pooledWithShares(second.maps[0], p);
        const cv::Mat weights =
            one.vector.mul(two.vector) / std::max(1e-30, cv::norm(one.vector) * cv::norm(two.vector));
        heat.a = one.shares * weights.t();
        heat.b = two.shares * weights.t();
    }
    heat.a = heat.a.reshape(1, first.mapSize.height);
    heat.b = heat.b.reshape(1, second.mapSize.height);
    return heat;
}

cv::Mat heatPicture(const cv::Mat &bgr, const cv::Mat &heat, cv::Rect area)
{
    double least = 0, most = 0;
    cv::minMaxLoc(heat, &least, &most);
    cv::Mat levels, coloured;
    heat.convertTo(levels, CV_8U, most > least ? 255 / (most - least) : 0,
                   most > least ? -255 * least / (most - least) : 0);
    cv::resize(levels, levels, area.size(), 0, 0, cv::INTER_CUBIC);
    cv::applyColorMap(levels, coloured, cv::COLORMAP_INFERNO);
    cv::Mat picture = bgr * 0.35;
    cv::addWeighted(bgr(area), 0.45, coloured, 0.55, 0, picture(area));
    return picture;
}

} // namespace likeness
