// Micro-benchmarks of what runs most often (Google Benchmark): bench_kernels [--benchmark_filter=...]
#include "core/base/random.h"
#include "core/data/scene.h"
#include "core/features/gradient_views.h"
#include "core/features/pdq.h"
#include "core/features/perceptual_hash.h"
#include "core/features/sift.h"
#include "core/index/cosine_index.h"
#include "core/index/hamming_index.h"
#include "core/index/ssim.h"
#include "core/match/matcher.h"

#include <benchmark/benchmark.h>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>

using namespace likeness;

namespace {

void decodeFull(benchmark::State &state)
{
    const auto jpeg = encodeJpeg(renderScene(1, 3), 90);
    for (auto _ : state)
        benchmark::DoNotOptimize(decodeImage(jpeg, "bench", {Colour::Grey, int(state.range(0))}).pixels.data);
}
BENCHMARK(decodeFull)->Arg(0)->Arg(96)->Unit(benchmark::kMicrosecond);

void ssimPair(benchmark::State &state)
{
    cv::Mat a, b;
    cv::resize(renderScene(1, 3), a, {64, 64}, 0, 0, cv::INTER_AREA);
    cv::resize(renderScene(1, 4), b, {64, 64}, 0, 0, cv::INTER_AREA);
    cv::cvtColor(a, a, cv::COLOR_BGR2GRAY);
    cv::cvtColor(b, b, cv::COLOR_BGR2GRAY);
    const SsimImage preparedA = prepareSsim(a), preparedB = prepareSsim(b);
    for (auto _ : state)
        benchmark::DoNotOptimize(ssim(preparedA, preparedB).ssim);
}
BENCHMARK(ssimPair)->Unit(benchmark::kMicrosecond);

void pdq(benchmark::State &state)
{
    const cv::Mat scene = renderScene(1, 3);
    for (auto _ : state)
        benchmark::DoNotOptimize(pdqHash(scene).quality);
}
BENCHMARK(pdq)->Unit(benchmark::kMicrosecond);

void gradientViews(benchmark::State &state)
{
    const auto extractor = makeGradientViews({});
    const Image image = decodeImage(encodeJpeg(renderScene(1, 3), 90), "bench", extractor->decodeSpec());
    for (auto _ : state)
        benchmark::DoNotOptimize(extractor->extract(image, state.range(0) ? Role::Query : Role::Gallery).rows.data);
}
BENCHMARK(gradientViews)->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

template <class Make> void scoreAll(benchmark::State &state, Make make, int columns, int type)
{
    Random random(1);
    std::vector<Features> gallery(std::size_t(state.range(0)));
    const auto fill = [&](cv::Mat &row) {
        row.create(1, columns, type);
        for (int i = 0; i < columns; ++i)
            type == CV_8U ? void(row.data[i] = std::uint8_t(random.next()))
                          : void(row.ptr<float>()[i] = float(random.unit()));
    };
    for (Features &features : gallery)
        fill(features.rows);
    Features query;
    fill(query.rows);
    const auto index = make();
    FitContext fit = FitContext::none();
    index->build(gallery, fit);
    std::vector<float> scores(gallery.size());
    for (auto _ : state) {
        index->scores(query, scores);
        benchmark::DoNotOptimize(scores.data());
    }
}
void hamming256(benchmark::State &state)
{
    scoreAll(
        state, [] { return makeHammingIndex({}); }, 32, CV_8U);
}
void cosine256(benchmark::State &state)
{
    scoreAll(
        state, [] { return makeCosineIndex({}); }, 256, CV_32F);
}
BENCHMARK(hamming256)->Arg(500)->Arg(100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(cosine256)->Arg(500)->Arg(100'000)->Unit(benchmark::kMicrosecond);

/// The same photograph-like picture for OpenCV's SIFT and for ours, one thread each.
cv::Mat greyScene()
{
    cv::Mat grey;
    cv::cvtColor(renderScene(1, 3), grey, cv::COLOR_BGR2GRAY);
    return grey;
}
void siftOwn(benchmark::State &state)
{
    const cv::Mat grey = greyScene();
    for (auto _ : state)
        benchmark::DoNotOptimize(detectSift(grey, {.count = 600, .contrast = 0.02}).descriptors.data);
}
void siftOpenCv(benchmark::State &state)
{
    cv::setNumThreads(1);
    const cv::Mat grey = greyScene();
    const auto sift = cv::SIFT::create(600, 3, 0.02);
    std::vector<cv::KeyPoint> keypoints;
    cv::Mat descriptors;
    for (auto _ : state)
        sift->detectAndCompute(grey, {}, keypoints, descriptors);
}
BENCHMARK(siftOwn)->Unit(benchmark::kMillisecond);
BENCHMARK(siftOpenCv)->Unit(benchmark::kMillisecond);

LocalFeatures randomSift(std::uint64_t seed)
{
    Random random(seed);
    LocalFeatures features;
    features.keypoints.resize(2000);
    features.descriptors.create(2000, 128, CV_32F);
    for (int y = 0; y < 2000; ++y) {
        for (int x = 0; x < 128; ++x)
            features.descriptors.at<float>(y, x) = float(random.unit());
        features.descriptors.row(y) /= cv::norm(features.descriptors.row(y));
    }
    return features;
}
/// 2000 x 2000 descriptors of SIFT: ours (both directions, ratio, mutual) and cv::BFMatcher's knnMatch.
void matchOwn(benchmark::State &state)
{
    const LocalFeatures a = randomSift(1), b = randomSift(2);
    for (auto _ : state)
        benchmark::DoNotOptimize(matchFeatures(a, b, {}).size());
}
void matchOpenCv(benchmark::State &state)
{
    cv::setNumThreads(int(state.range(0)));
    const LocalFeatures a = randomSift(1), b = randomSift(2);
    const cv::BFMatcher matcher(cv::NORM_L2);
    std::vector<std::vector<cv::DMatch>> matches;
    for (auto _ : state)
        matcher.knnMatch(a.descriptors, b.descriptors, matches, 2);
    cv::setNumThreads(1);
}
BENCHMARK(matchOwn)->Unit(benchmark::kMillisecond);
BENCHMARK(matchOpenCv)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
