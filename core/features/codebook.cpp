#include "core/features/codebook.h"

#include "core/base/parallel.h"
#include "core/features/keypoint_features.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <faiss/Clustering.h>
#include <faiss/IndexFlat.h>
#include <numeric>
#include <omp.h>

namespace likeness {

namespace {

constexpr int iterations = 12, samplesPerWord = 100;

/// One Lloyd step at a time, so that it can be cancelled between two.
cv::Mat trained(const cv::Mat &samples, int words, int seed, TaskContext &task)
{
    omp_set_num_threads(std::max(1, threadCount()));
    cv::Mat codebook;
    std::vector<float> centroids;
    task.stage(QT_TRANSLATE_NOOP("core", "Learning visual words"), 1, 2);
    for (int i = 0; i < iterations; ++i) {
        task.checkCancelled();
        task.progress(i, iterations);
        faiss::ClusteringParameters parameters;
        parameters.niter = 1;
        parameters.seed = seed;
        parameters.min_points_per_centroid = 1;
        parameters.max_points_per_centroid = samples.rows;
        faiss::Clustering clustering(samples.cols, words, parameters);
        clustering.centroids = centroids;
        faiss::IndexFlatL2 index(samples.cols);
        clustering.train(samples.rows, samples.ptr<float>(), index);
        centroids = clustering.centroids;
    }
    omp_set_num_threads(1);
    return cv::Mat(words, samples.cols, CV_32F, centroids.data()).clone();
}

} // namespace

cv::Mat sampledDescriptors(const Column &gallery, int most)
{
    const std::int64_t total = gallery.rowCount();
    const std::int64_t wanted = std::min<std::int64_t>(total, most);
    std::vector<cv::Mat> parts;
    std::int64_t seen = 0, taken = 0;
    for (std::size_t image = 0; image < gallery.size(); ++image) {
        std::vector<int> rows;
        for (int y = 0; y < gallery.rowsOf(image); ++y, ++seen)
            if ((seen + 1) * wanted / total > taken) { // evenly spaced over all
                rows.push_back(y);
                ++taken;
            }
        if (rows.empty())
            continue;
        const Features features = gallery[image];
        cv::Mat part(static_cast<int>(rows.size()), features.rows.cols, features.rows.type());
        for (std::size_t i = 0; i < rows.size(); ++i)
            features.rows.row(rows[i]).copyTo(part.row(static_cast<int>(i)));
        parts.push_back(unitDescriptors(part));
    }
    cv::Mat all;
    if (!parts.empty())
        cv::vconcat(parts, all);
    return all;
}

ContentHash fitKey(const Column &gallery, const std::string &what)
{
    std::string text = "format=1|faiss=" + std::to_string(FAISS_VERSION_MAJOR) + "." +
                       std::to_string(FAISS_VERSION_MINOR) + "|" + what;
    for (const Features features : gallery)
        if (!features.rows.empty())
            text += toHex(contentHash(std::span(features.rows.data, features.rows.total() * features.rows.elemSize())));
    return contentHash(text);
}

cv::Mat trainCodebook(const Column &gallery, int words, int seed, FitContext &context)
{
    const ContentHash key = fitKey(gallery, "k-means|words=" + std::to_string(words) + "|seed=" + std::to_string(seed));
    if (context.store)
        if (const auto blob = context.store->fitted(key); blob && blob->size() > 4) {
            std::int32_t columns;
            std::memcpy(&columns, blob->data(), 4);
            const std::size_t values = (blob->size() - 4) / sizeof(float);
            if (columns > 0 && values % static_cast<std::size_t>(columns) == 0) {
                cv::Mat codebook(static_cast<int>(values / static_cast<std::size_t>(columns)), columns, CV_32F);
                std::memcpy(codebook.data, blob->data() + 4, values * sizeof(float));
                return codebook;
            }
        }
    const cv::Mat samples = sampledDescriptors(gallery, words * samplesPerWord);
    if (samples.empty())
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "no image of the gallery has keypoints: there is nothing to learn from"));
    const cv::Mat codebook = trained(samples, std::min(words, samples.rows), seed, context.task);
    if (context.store) {
        std::vector<std::uint8_t> blob(4 + codebook.total() * sizeof(float));
        const std::int32_t columns = codebook.cols;
        std::memcpy(blob.data(), &columns, 4);
        std::memcpy(blob.data() + 4, codebook.data, blob.size() - 4);
        context.store->keepFitted(key, std::move(blob));
    }
    return codebook;
}

cv::Mat nearestWords(const cv::Mat &descriptors, const WordPanels &words, int count)
{
    count = std::min(count, words.panels.rows);
    cv::Mat nearest(descriptors.rows, count, CV_32S);
    const DescriptorRows points(descriptors);
    constexpr int block = 64; // products stay in the cache
    const int stride = words.panels.panels() * DescriptorPanels::panelRows;
    std::vector<std::int32_t> products(static_cast<std::size_t>(block * stride));
    std::vector<int> rows;
    std::vector<std::pair<std::int32_t, int>> best;
    for (int start = 0; start < descriptors.rows; start += block) {
        rows.resize(static_cast<std::size_t>(std::min(block, descriptors.rows - start)));
        std::iota(rows.begin(), rows.end(), start);
        descriptorProducts(points, rows, words.panels, products.data());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::int32_t *row = products.data() + static_cast<std::ptrdiff_t>(i) * stride;
            best.assign(static_cast<std::size_t>(count), {std::numeric_limits<std::int32_t>::min(), 0});
            for (int w = 0; w < words.panels.rows; ++w) {
                const std::int32_t nearness = row[w] - words.halfSquares[static_cast<std::size_t>(w)];
                if (nearness <= best.back().first)
                    continue;
                auto place = best.end() - 1;
                for (; place != best.begin() && (place - 1)->first < nearness; --place)
                    *place = *(place - 1);
                *place = {nearness, w};
            }
            for (int c = 0; c < count; ++c)
                nearest.at<int>(rows[i], c) = best[static_cast<std::size_t>(c)].second;
        }
    }
    return nearest;
}

WordPanels::WordPanels(const cv::Mat &codebook) : panels(codebook)
{
    for (int w = 0; w < codebook.rows; ++w)
        halfSquares.push_back(
            static_cast<std::int32_t>(std::lround(codebook.row(w).dot(codebook.row(w)) / 2 * double{productOne})));
}

} // namespace likeness
