#include "core/train/held_out.h"

#include "core/base/parallel.h"
#include "core/data/attacks.h"
#include "core/rank/average_precision.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

constexpr int mostImages = 400, embedded = 64; ///< `embedded` images at a time

cv::Mat copyOf(const cv::Mat &picture, const cv::Mat &other, std::uint64_t seed)
{
    Random random(seed);
    const auto all = attacks();
    cv::Mat copy = picture;
    for (int i = random.integer(1, 2); i > 0; --i) {
        const Attack &attack = all[static_cast<std::size_t>(random.integer(0, static_cast<int>(all.size()) - 1))];
        const double strength = random.uniform(0.2, 0.8);
        copy = attack.apply(copy, strength, random, other).pixels;
    }
    return copy;
}

cv::Mat embeddedInParts(const Trainer &trainer, const std::vector<std::uint8_t> &pixels, int count, int side)
{
    const auto bytes = static_cast<std::size_t>(3 * side * side);
    std::vector<cv::Mat> rows;
    for (int first = 0; first < count; first += embedded) {
        const int n = std::min(embedded, count - first);
        rows.push_back(trainer.embed(
            std::span(pixels).subspan(static_cast<std::size_t>(first) * bytes, static_cast<std::size_t>(n) * bytes), n,
            side));
    }
    cv::Mat all;
    cv::vconcat(rows, all);
    return all;
}

} // namespace

HeldOut::HeldOut(const TrainingImages &images, const TrainingSettings &settings, TaskContext &task)
    : m_count(std::min(images.size(), mostImages)), m_side(settings.network.sidePx)
{
    const auto bytes = static_cast<std::size_t>(3 * m_side * m_side);
    m_images.resize(static_cast<std::size_t>(m_count) * bytes);
    m_copies.resize(m_images.size());
    task.stage(QT_TRANSLATE_NOOP("core", "Making copies of the held-out images"), 3, 3);
    std::atomic<std::int64_t> done = 0;
    parallelFor(static_cast<std::size_t>(m_count), task, [&](std::size_t i) {
        const int index = static_cast<int>(i);
        const cv::Mat picture = images.picture(index, 0), other = images.picture((index + 1) % images.size(), 0);
        copyView(squeezed(picture, m_side), m_images.data() + i * bytes);
        copyView(squeezed(copyOf(picture, other, 77 + i), m_side), m_copies.data() + i * bytes);
        task.progress(++done, m_count);
    });
    if (m_count < 2)
        return;
    TrainingSettings validated = settings;
    validated.plan.batch = std::min(settings.plan.batch, m_count);
    validated.augmentation.grow = 0;
    m_batch = batchOf(images, validated, 0);
}

void HeldOut::measure(const Trainer &trainer, HistoryPoint &point, StepResult &pairs) const
{
    if (m_count < 2)
        return;
    pairs = trainer.evaluate(m_batch);
    point.validationLoss = pairs.loss;
    point.validationAccuracy = pairs.accuracy;
    const cv::Mat images = embeddedInParts(trainer, m_images, m_count, m_side),
                  copies = embeddedInParts(trainer, m_copies, m_count, m_side);
    const CopyScores scores = copyScores(images, copies);
    point.recall1 = scores.recall1;
    point.uap = scores.uap;
    point.alignment = alignmentOf(images, copies);
    point.uniformity = uniformityOf(images);
}

CopyScores copyScores(const cv::Mat &images, const cv::Mat &copies)
{
    std::vector<JudgedAnswer> answers;
    int first = 0;
    for (int i = 0; i < copies.rows; ++i) {
        cv::Mat scores = images * copies.row(i).t();
        cv::patchNaNs(scores, -2); // of a network that is broken
        std::vector<int> order(static_cast<std::size_t>(images.rows));
        for (int j = 0; j < images.rows; ++j)
            order[static_cast<std::size_t>(j)] = j;
        const auto many = std::min<std::ptrdiff_t>(candidatesPerQuery, images.rows);
        std::partial_sort(order.begin(), order.begin() + many, order.end(),
                          [&](int a, int b) { return scores.at<float>(a) > scores.at<float>(b); });
        first += order.front() == i;
        for (std::ptrdiff_t k = 0; k < many; ++k)
            answers.push_back(
                {scores.at<float>(order[static_cast<std::size_t>(k)]), order[static_cast<std::size_t>(k)] == i});
    }
    sortJudged(answers);
    return {static_cast<double>(first) / copies.rows, microAveragePrecision(answers, copies.rows)};
}

double alignmentOf(const cv::Mat &images, const cv::Mat &copies)
{
    return cv::norm(images, copies, cv::NORM_L2SQR) / images.rows;
}

double uniformityOf(const cv::Mat &images)
{
    const cv::Mat cosines = images * images.t();
    double sum = 0;
    for (int i = 0; i < cosines.rows; ++i)
        for (int j = 0; j < i; ++j)
            sum += std::exp(-2 * (2 - 2.0 * static_cast<double>(cosines.at<float>(i, j))));
    return std::log(sum / (0.5 * cosines.rows * (cosines.rows - 1)));
}

} // namespace likeness
