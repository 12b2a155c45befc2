#include "core/features/sift.h"

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

    std::size_t size = 0;

    /// Room for `most` samples; what was there is gone.
    void start(int most)
    {
        size = 0;
        if (dx.size() < static_cast<std::size_t>(most))
            for (auto *values : {&dx, &dy, &weight, &magnitude, &angle, &row, &column})
                values->resize(static_cast<std::size_t>(most));
    }
    void add(const float *above, const float *line, const float *below, int x, float exponent)
    {
        dx[size] = line[x + 1] - line[x - 1];
        dy[size] = above[x] - below[x];
        weight[size++] = exponent;
    }
    void finish()
    {
        const auto n = static_cast<int>(size);
        cv::hal::exp32f(weight.data(), weight.data(), n);
        cv::hal::fastAtan32f(dy.data(), dx.data(), angle.data(), n, true);
        cv::hal::magnitude32f(dx.data(), dy.data(), magnitude.data(), n);
    }
};

/// Lowe 2004, section 5: directions (degrees) of the peaks of the smoothed histogram of gradients.
void orientationsOf(const cv::Mat &image, const Candidate &at, Samples &samples, std::vector<float> &angles)
{
    const int cx = cvRound(at.x), cy = cvRound(at.y), radius = cvRound(4.5f * at.sigma);
    const float scale = -1 / (2 * (1.5f * at.sigma) * (1.5f * at.sigma));
    samples.start((2 * radius + 1) * (2 * radius + 1));
    for (int y = std::max(1, cy - radius); y <= std::min(image.rows - 2, cy + radius); ++y) {
        const float *above = image.ptr<float>(y - 1), *line = image.ptr<float>(y), *below = image.ptr<float>(y + 1);
        for (int x = std::max(1, cx - radius); x <= std::min(image.cols - 2, cx + radius); ++x)
            samples.add(above, line, below, x, static_cast<float>((y - cy) * (y - cy) + (x - cx) * (x - cx)) * scale);
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

using Histogram = std::array<float, (grid + 2) * (grid + 2) * (directions + 2)>;

/// Trilinear votes into the cells; a frame of cells and two more directions catch what lies outside.
void vote(const Samples &samples, float direction, Histogram &cells)
{
    constexpr int cellStride = directions + 2, rowStride = (grid + 2) * cellStride;
    cells.fill(0);
    for (std::size_t i = 0; i < samples.size; ++i) {
        const float row = samples.row[i], column = samples.column[i];
        const float turned = (samples.angle[i] - direction) * (directions / 360.f);
        // From 0 up, so that a cast is a floor: row and column exceed -1, the direction -8. What lies just below 4
        // may round up to the frame's far side.
        const int r = std::min(static_cast<int>(row + 1), grid), c = std::min(static_cast<int>(column + 1), grid),
                  o = static_cast<int>(turned + directions);
        const float fr = row + 1 - static_cast<float>(r), fc = column + 1 - static_cast<float>(c),
                    fo = turned + directions - static_cast<float>(o);
        float *cell = cells.data() + r * rowStride + c * cellStride + o % directions;
        const float value = samples.weight[i] * samples.magnitude[i];
        const float lower = value * fr, upper = value - lower;
        const float lowerRight = lower * fc, lowerLeft = lower - lowerRight;
        const float upperRight = upper * fc, upperLeft = upper - upperRight;
        const auto add = [fo](float *to, float amount) {
            to[1] += amount * fo;
            to[0] += amount - amount * fo;
        };
        add(cell, upperLeft);
        add(cell + cellStride, upperRight);
        add(cell + rowStride, lowerLeft);
        add(cell + rowStride + cellStride, lowerRight);
    }
}

/// Unit length, large gradients cut at 0.2 (light that is not linear), whole numbers.
void writeDescriptor(const Histogram &cells, float *descriptor)
{
    constexpr int cellStride = directions + 2, rowStride = (grid + 2) * cellStride;
    float squares = 0;
    for (int r = 0; r < grid; ++r)
        for (int c = 0; c < grid; ++c) {
            const float *cell = cells.data() + (r + 1) * rowStride + (c + 1) * cellStride;
            for (int o = 0; o < directions; ++o) {
                const float value = o == 0 ? cell[0] + cell[directions] : cell[o];
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

/// Lowe 2004, section 6. `angle` as in cv::KeyPoint.
void describe(const cv::Mat &image, const Candidate &at, float angle, Samples &samples, float *descriptor)
{
    const float direction = angle == 0 ? 0 : 360 - angle;
    const float cellWidth = 3 * at.sigma;
    const float radians = direction * static_cast<float>(CV_PI / 180);
    const float cosine = std::cos(radians) / cellWidth, sine = std::sin(radians) / cellWidth;
    const int radius = std::min(cvRound(cellWidth * 1.4142135623730951f * (grid + 1) * 0.5f),
                                static_cast<int>(std::hypot(image.cols, image.rows)));
    constexpr float middle = grid / 2 - 0.5f; // of the cells, whose centres are 0..3
    const int cx = cvRound(at.x), cy = cvRound(at.y);
    samples.start((2 * radius + 1) * (2 * radius + 1));
    for (int y = std::max(1, cy - radius); y <= std::min(image.rows - 2, cy + radius); ++y) {
        const float *above = image.ptr<float>(y - 1), *line = image.ptr<float>(y), *below = image.ptr<float>(y + 1);
        const auto dy = static_cast<float>(y - cy);
        int begin = std::max(1 - cx, -radius), end = std::min(image.cols - 2 - cx, radius);
        narrow(begin, end, cosine, middle - dy * sine, -1, grid);
        narrow(begin, end, sine, middle + dy * cosine, -1, grid);
        for (int x = begin; x <= end; ++x) {
            const auto dx = static_cast<float>(x);
            const float column = dx * cosine - dy * sine, row = dx * sine + dy * cosine;
            const float c = column + middle, r = row + middle;
            if (!(r > -1 && r < grid && c > -1 && c < grid))
                continue;
            samples.row[samples.size] = r;
            samples.column[samples.size] = c;
            samples.add(above, line, below, x + cx, (column * column + row * row) * (-2.f / (grid * grid)));
        }
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
