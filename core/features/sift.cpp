#include "core/features/sift.h"

#include "core/base/clones.h"
#include "core/features/scale_space.h"
#include "core/features/spread.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/core/hal/hal.hpp>
#include <tuple>

namespace likeness {

namespace {

constexpr int border = 5, grid = 4, directions = 8, orientationBins = 36;
constexpr std::size_t mostKeptBytes = 100'000'000; // of buffers between images, a thread

/// A refined extremum; x, y and sigma in pixels of its octave.
struct Candidate {
    std::size_t octave;
    int layer;
    float x, y, sigma, response;
};

float differenceAt(const Octave &octave, int layer, int row, int column)
{
    return octave.levels[static_cast<std::size_t>(layer + 1)].at<float>(row, column) -
           octave.levels[static_cast<std::size_t>(layer)].at<float>(row, column);
}

struct Derivatives {
    cv::Vec3f first; ///< by column, row, layer
    cv::Matx33f second;
    float value;
};

Derivatives derivativesAt(const Octave &octave, const Extremum &at)
{
    const auto d = [&](int dx, int dy, int ds) {
        return differenceAt(octave, at.layer + ds, at.row + dy, at.column + dx) / 255;
    };
    Derivatives result;
    const float centre = d(0, 0, 0);
    result.value = centre;
    result.first = {(d(1, 0, 0) - d(-1, 0, 0)) / 2, (d(0, 1, 0) - d(0, -1, 0)) / 2, (d(0, 0, 1) - d(0, 0, -1)) / 2};
    const float xx = d(1, 0, 0) + d(-1, 0, 0) - 2 * centre, yy = d(0, 1, 0) + d(0, -1, 0) - 2 * centre,
                ss = d(0, 0, 1) + d(0, 0, -1) - 2 * centre;
    const float xy = (d(1, 1, 0) - d(-1, 1, 0) - d(1, -1, 0) + d(-1, -1, 0)) / 4;
    const float xs = (d(1, 0, 1) - d(-1, 0, 1) - d(1, 0, -1) + d(-1, 0, -1)) / 4;
    const float ys = (d(0, 1, 1) - d(0, -1, 1) - d(0, 1, -1) + d(0, -1, -1)) / 4;
    result.second = {xx, xy, xs, xy, yy, ys, xs, ys, ss};
    return result;
}

/// Lowe 2004, section 4: the extremum of the quadratic through the neighbours, moved to a neighbour at most five times;
/// false where it is weak or lies on an edge.
bool refine(const Octave &octave, Extremum at, const SiftOptions &options, Candidate &candidate)
{
    const int width = octave.levels[0].cols, height = octave.levels[0].rows;
    Derivatives d;
    cv::Vec3f offset;
    bool settled = false;
    for (int step = 0; step < 5 && !settled; ++step) {
        d = derivativesAt(octave, at);
        offset = d.second.solve(d.first, cv::DECOMP_LU) * -1.0f;
        if (std::ranges::any_of(offset.val, [](float o) { return !(std::abs(o) < 1e6f); }))
            return false;
        settled = std::ranges::all_of(offset.val, [](float o) { return std::abs(o) < 0.5f; });
        if (settled)
            break;
        at.column += cvRound(offset[0]);
        at.row += cvRound(offset[1]);
        at.layer += cvRound(offset[2]);
        if (at.layer < 1 || at.layer > siftLayers || at.column < border || at.column >= width - border ||
            at.row < border || at.row >= height - border)
            return false;
    }
    if (!settled)
        return false;
    const float contrast = std::abs(d.value + 0.5f * d.first.dot(offset));
    if (contrast * siftLayers < static_cast<float>(options.contrast))
        return false;
    const float trace = d.second(0, 0) + d.second(1, 1);
    const float determinant = d.second(0, 0) * d.second(1, 1) - d.second(0, 1) * d.second(0, 1);
    const auto edge = static_cast<float>(options.edge);
    if (determinant <= 0 || trace * trace * edge >= (edge + 1) * (edge + 1) * determinant)
        return false;
    candidate.layer = at.layer;
    candidate.x = static_cast<float>(at.column) + offset[0];
    candidate.y = static_cast<float>(at.row) + offset[1];
    candidate.sigma =
        static_cast<float>(siftSigma * std::exp2((static_cast<float>(at.layer) + offset[2]) / siftLayers));
    candidate.response = contrast;
    return true;
}

/// Gradients around a keypoint with their weights, as columns for the vector functions of OpenCV.
struct Samples {
    std::vector<float> dx, dy, weight, magnitude, angle, row, column;
    std::vector<float> votes; ///< four pairs a sample: what the cells above left, above right, below left, below right
                              ///< get of it in its two directions
    std::vector<int> cell;
    std::size_t size = 0;

    /// Room for `most` samples; what was there is gone.
    void start(int most)
    {
        size = 0;
        const auto room = static_cast<std::size_t>(most);
        if (dx.size() >= room)
            return;
        for (auto *values : {&dx, &dy, &weight, &magnitude, &angle, &row, &column})
            values->resize(room);
        votes.resize(room * 8);
        cell.resize(room);
    }
    void finish()
    {
        const auto n = static_cast<int>(size);
        cv::hal::exp32f(weight.data(), weight.data(), n);
        cv::hal::fastAtan32f(dy.data(), dx.data(), angle.data(), n, true);
        cv::hal::magnitude32f(dx.data(), dy.data(), magnitude.data(), n);
    }
};

/// A row of gradients from column `begin` on, with the exponents of a Gaussian around `centre`.
LIKENESS_CLONES void gradientRow(const float *above, const float *line, const float *below, int begin, int n,
                                 float squaredY, float centre, float scale, float *dx, float *dy, float *exponent)
{
    for (int i = 0; i < n; ++i) {
        const float x = static_cast<float>(begin + i) - centre;
        dx[i] = line[begin + i + 1] - line[begin + i - 1];
        dy[i] = above[begin + i] - below[begin + i];
        exponent[i] = (squaredY + x * x) * scale;
    }
}

/// Lowe 2004, section 5: directions (degrees) of the peaks of the smoothed histogram of gradients.
void orientationsOf(const cv::Mat &image, const Candidate &at, Samples &samples, std::vector<float> &angles)
{
    const int cx = cvRound(at.x), cy = cvRound(at.y), radius = cvRound(4.5f * at.sigma);
    const float scale = -1 / (2 * (1.5f * at.sigma) * (1.5f * at.sigma));
    samples.start((2 * radius + 1) * (2 * radius + 1));
    for (int y = std::max(1, cy - radius); y <= std::min(image.rows - 2, cy + radius); ++y) {
        const float *above = image.ptr<float>(y - 1), *line = image.ptr<float>(y), *below = image.ptr<float>(y + 1);
        const int begin = std::max(1, cx - radius), n = std::min(image.cols - 2, cx + radius) - begin + 1;
        if (n <= 0)
            continue;
        const auto dy = static_cast<float>(y - cy);
        const std::size_t at = samples.size;
        gradientRow(above, line, below, begin, n, dy * dy, static_cast<float>(cx), scale, &samples.dx[at],
                    &samples.dy[at], &samples.weight[at]);
        samples.size += static_cast<std::size_t>(n);
    }
    samples.finish();
    std::array<float, orientationBins> raw{}, smooth{};
    for (std::size_t i = 0; i < samples.size; ++i)
        raw[static_cast<std::size_t>(cvRound(samples.angle[i] * (orientationBins / 360.f)) % orientationBins)] +=
            samples.weight[i] * samples.magnitude[i];
    const auto bin = [](auto &histogram, int i) -> float & {
        return histogram[static_cast<std::size_t>((i + orientationBins) % orientationBins)];
    };
    for (int i = 0; i < orientationBins; ++i)
        bin(smooth, i) =
            (bin(raw, i - 2) + bin(raw, i + 2)) / 16 + (bin(raw, i - 1) + bin(raw, i + 1)) / 4 + bin(raw, i) * 6 / 16;
    const float least = *std::ranges::max_element(smooth) * 0.8f;
    angles.clear();
    for (int i = 0; i < orientationBins; ++i) {
        const float left = bin(smooth, i - 1), here = bin(smooth, i), right = bin(smooth, i + 1);
        if (here > left && here > right && here >= least) {
            const float peak = static_cast<float>(i) + 0.5f * (left - right) / (left - 2 * here + right);
            const float angle = 360 - std::fmod(peak + orientationBins, float{orientationBins}) * 10;
            angles.push_back(angle >= 360 ? angle - 360 : angle);
        }
    }
}

// Votes go to a direction and the next as one pair. A pair for each direction: overlapping ones would wait for each
// other's stores.
constexpr int cellStride = directions * 2, rowStride = (grid + 2) * cellStride;
constexpr float middle = grid / 2 - 0.5f; // of the cells, whose centres are 0..3
using Histogram = std::array<float, (grid + 2) * rowStride>;

/// What each sample gives to the eight cells around it. Row and column exceed -1, `turned` -8: a cast of what is
/// shifted above 0 is a floor.
LIKENESS_CLONES void weighVotes(const float *row, const float *column, const float *angle, const float *weight,
                                const float *magnitude, float direction, int n, int *cell, float *votes)
{
    for (int i = 0; i < n; ++i) {
        const float turned = (angle[i] - direction) * (directions / 360.f) + directions;
        // What lies just below 4 may round up to the frame's far side.
        const int r = std::min(static_cast<int>(row[i] + 1), grid), c = std::min(static_cast<int>(column[i] + 1), grid),
                  o = static_cast<int>(turned);
        const float fr = row[i] + 1 - static_cast<float>(r), fc = column[i] + 1 - static_cast<float>(c),
                    fo = turned - static_cast<float>(o);
        cell[i] = r * rowStride + c * cellStride + 2 * (o & (directions - 1));
        const float value = weight[i] * magnitude[i];
        const float lower = value * fr, upper = value - lower;
        const float lowerRight = lower * fc, lowerLeft = lower - lowerRight;
        const float upperRight = upper * fc, upperLeft = upper - upperRight;
        float *pairs = votes + 8 * static_cast<std::ptrdiff_t>(i);
        pairs[1] = upperLeft * fo;
        pairs[0] = upperLeft - pairs[1];
        pairs[3] = upperRight * fo;
        pairs[2] = upperRight - pairs[3];
        pairs[5] = lowerLeft * fo;
        pairs[4] = lowerLeft - pairs[5];
        pairs[7] = lowerRight * fo;
        pairs[6] = lowerRight - pairs[7];
    }
}

/// Trilinear votes into the cells; a frame of cells catches what lies outside.
void vote(Samples &samples, float direction, Histogram &cells)
{
    using Pair [[gnu::vector_size(8), gnu::aligned(4), gnu::may_alias]] = float;
    weighVotes(samples.row.data(), samples.column.data(), samples.angle.data(), samples.weight.data(),
               samples.magnitude.data(), direction, static_cast<int>(samples.size), samples.cell.data(),
               samples.votes.data());
    cells.fill(0);
    const auto add = [](float *to, const float *pair) {
        *reinterpret_cast<Pair *>(to) += *reinterpret_cast<const Pair *>(pair);
    };
    for (std::size_t i = 0; i < samples.size; ++i) {
        float *cell = cells.data() + samples.cell[i];
        const float *votes = samples.votes.data() + 8 * i;
        add(cell, votes);
        add(cell + cellStride, votes + 2);
        add(cell + rowStride, votes + 4);
        add(cell + rowStride + cellStride, votes + 6);
    }
}

/// Unit length, large gradients cut at 0.2 (light that is not linear), whole numbers.
void writeDescriptor(const Histogram &cells, float *descriptor)
{
    float squares = 0;
    for (int r = 0; r < grid; ++r)
        for (int c = 0; c < grid; ++c) {
            const float *cell = cells.data() + (r + 1) * rowStride + (c + 1) * cellStride;
            for (int o = 0; o < directions; ++o) {
                const float value = cell[2 * o] + cell[2 * ((o + directions - 1) % directions) + 1];
                descriptor[(r * grid + c) * directions + o] = value;
                squares += value * value;
            }
        }
    const float most = std::sqrt(squares) * 0.2f;
    float cut = 0;
    for (int i = 0; i < grid * grid * directions; ++i) {
        descriptor[i] = std::min(descriptor[i], most);
        cut += descriptor[i] * descriptor[i];
    }
    const float scale = 512 / std::max(std::sqrt(cut), 1e-7f);
    for (int i = 0; i < grid * grid * directions; ++i)
        descriptor[i] = std::min(255.f, static_cast<float>(cvRound(descriptor[i] * scale)));
}

/// Narrows [begin, end] to where low < slope * x + offset < high, up to a rounding.
void narrow(int &begin, int &end, float slope, float offset, float low, float high)
{
    if (std::abs(slope) < 1e-6f)
        return;
    const float a = (low - offset) / slope, b = (high - offset) / slope;
    begin = std::max(begin, static_cast<int>(std::max(std::min(a, b), -1e6f)) - 1);
    end = std::min(end, static_cast<int>(std::min(std::max(a, b), 1e6f)) + 1);
}

/// Where the samples of a row lie in the grid of cells: column and row of sample i are the offsets plus (begin + i)
/// times cosine and sine. What lies outside gets the exponent of nothing.
LIKENESS_CLONES void placeRow(int begin, int n, float cosine, float sine, float columnOffset, float rowOffset,
                              float *column, float *row, float *exponent)
{
    for (int i = 0; i < n; ++i) {
        const auto dx = static_cast<float>(begin + i);
        const float x = dx * cosine - columnOffset, y = dx * sine + rowOffset;
        const float c = x + middle, r = y + middle;
        const bool inside = (r > -1) & (r < grid) & (c > -1) & (c < grid);
        column[i] = inside ? c : 0;
        row[i] = inside ? r : 0;
        exponent[i] = inside ? (x * x + y * y) * (-2.f / (grid * grid)) : -1000;
    }
}

/// Lowe 2004, section 6. `angle` as in cv::KeyPoint.
void describe(const cv::Mat &image, const Candidate &at, float angle, Samples &samples, float *descriptor)
{
    const float direction = angle == 0 ? 0 : 360 - angle;
    const float cellWidth = 3 * at.sigma;
    const float radians = direction * static_cast<float>(CV_PI / 180);
    const float cosine = std::cos(radians) / cellWidth, sine = std::sin(radians) / cellWidth;
    const int radius = std::min(cvRound(cellWidth * 1.4142135623730951f * (grid + 1) * 0.5f),
                                static_cast<int>(std::hypot(image.cols, image.rows)));
    const int cx = cvRound(at.x), cy = cvRound(at.y);
    samples.start((2 * radius + 1) * (2 * radius + 1));
    for (int y = std::max(1, cy - radius); y <= std::min(image.rows - 2, cy + radius); ++y) {
        const float *above = image.ptr<float>(y - 1), *line = image.ptr<float>(y), *below = image.ptr<float>(y + 1);
        const auto dy = static_cast<float>(y - cy);
        int begin = std::max(1 - cx, -radius), end = std::min(image.cols - 2 - cx, radius);
        narrow(begin, end, cosine, middle - dy * sine, -1, grid);
        narrow(begin, end, sine, middle + dy * cosine, -1, grid);
        const int n = end - begin + 1;
        if (n <= 0)
            continue;
        const std::size_t to = samples.size;
        gradientRow(above, line, below, cx + begin, n, 0, 0, 0, &samples.dx[to], &samples.dy[to], &samples.weight[to]);
        placeRow(begin, n, cosine, sine, dy * sine, dy * cosine, &samples.column[to], &samples.row[to],
                 &samples.weight[to]);
        samples.size += static_cast<std::size_t>(n);
    }
    samples.finish();
    Histogram cells;
    vote(samples, direction, cells);
    writeDescriptor(cells, descriptor);
}

std::vector<Candidate> candidatesOf(const std::vector<Octave> &octaves, const SiftOptions &options)
{
    std::vector<Candidate> candidates;
    const auto threshold = static_cast<float>(0.5 * options.contrast / siftLayers * 255);
    for (std::size_t o = 0; o < octaves.size(); ++o)
        for (const Extremum &extremum : extrema(octaves[o], threshold)) {
            Candidate candidate{o, 0, 0, 0, 0, 0};
            if (refine(octaves[o], extremum, options, candidate))
                candidates.push_back(candidate);
        }
    // Refinement brings neighbours to one place: the duplicates are next to each other once sorted.
    // From best to worst; equal places follow each other.
    const auto key = [power = static_cast<float>(options.scalePower)](const Candidate &c) {
        const float worth = c.response * std::pow(std::exp2(static_cast<float>(c.octave)) * c.sigma, power);
        return std::tuple(-worth, c.octave, c.y, c.x);
    };
    std::ranges::sort(candidates, {}, key);
    const auto repeated = std::ranges::unique(candidates, {}, key);
    candidates.erase(repeated.begin(), repeated.end());
    if (!options.spread)
        return candidates;
    std::vector<cv::KeyPoint> places;
    for (const Candidate &c : candidates)
        places.emplace_back(c.x * std::exp2(static_cast<float>(c.octave)),
                            c.y * std::exp2(static_cast<float>(c.octave)), 1.f);
    std::vector<Candidate> ordered;
    for (const int i : spreadOrder(places, octaves[0].levels[0].size()))
        ordered.push_back(candidates[static_cast<std::size_t>(i)]);
    return ordered;
}

} // namespace

SiftFeatures detectSift(const cv::Mat &grey, const SiftOptions &options)
{
    thread_local std::vector<Octave> octaves; // page faults of new buffers would be a third of the time
    thread_local Samples samples;
    buildScaleSpace(grey, options.upsample, octaves);
    SiftFeatures features;
    std::vector<float> rows, angles{0};
    for (const Candidate &candidate : candidatesOf(octaves, options)) {
        if (static_cast<int>(features.keypoints.size()) >= options.count)
            break;
        const cv::Mat &image = octaves[candidate.octave].levels[static_cast<std::size_t>(candidate.layer)];
        if (!options.upright)
            orientationsOf(image, candidate, samples, angles);
        for (const float angle : angles) {
            if (static_cast<int>(features.keypoints.size()) >= options.count)
                break;
            const double scale = std::exp2(static_cast<double>(candidate.octave)) * (options.upsample ? 0.5 : 1);
            const double shift = options.upsample ? 0.25 : 0; // the doubled image's first pixel centre lies at -0.25
            const auto at = [&](float v) { return static_cast<float>(v * scale - shift); };
            features.keypoints.emplace_back(at(candidate.x), at(candidate.y),
                                            static_cast<float>(candidate.sigma * scale * 2), angle, candidate.response,
                                            static_cast<int>(candidate.octave));
            rows.resize(rows.size() + grid * grid * directions);
            describe(image, candidate, angle, samples, rows.data() + rows.size() - grid * grid * directions);
        }
    }
    features.descriptors =
        cv::Mat(static_cast<int>(features.keypoints.size()), grid * grid * directions, CV_32F, rows.data()).clone();
    if (octaves[0].levels[0].total() * sizeof(float) * siftLevels > mostKeptBytes)
        octaves.clear();
    return features;
}

} // namespace likeness
