#include "core/eval/embedding_map.h"

#include "core/base/parallel.h"
#include "core/nets/models/loaded_model.h"

#include <algorithm>
#include <atomic>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

constexpr int thumbnailSide = 96;

cv::Mat thumbnailOf(const cv::Mat &pixels)
{
    const double scale = static_cast<double>(thumbnailSide) / std::max(pixels.cols, pixels.rows);
    cv::Mat small;
    cv::resize(pixels, small, {std::max(1, cvRound(pixels.cols * scale)), std::max(1, cvRound(pixels.rows * scale))}, 0,
               0, cv::INTER_AREA);
    return small;
}

} // namespace

EmbeddingMap embeddingMap(const std::filesystem::path &weights, std::span<const ImageRef> images, int most,
                          TaskContext &task)
{
    const auto model = openModel(weights, {}, Trust::Untrusted, false);
    const auto count = std::min(images.size(), static_cast<std::size_t>(most));
    std::vector<EmbeddingMap::Place> places(count);
    cv::Mat vectors(static_cast<int>(count), model->card.dimension, CV_32F);
    std::vector<char> read(count, 0);
    std::atomic<std::int64_t> done = 0;
    task.stage(QT_TRANSLATE_NOOP("core", "Looking at the images"), 1, 1);
    parallelFor(count, task, [&](std::size_t i) {
        const ImageRef &image = images[i * images.size() / count];
        try {
            const cv::Mat pixels = loadImage(image.path, {Colour::Bgr, 2 * model->card.preprocessing.cropPx}).pixels;
            const cv::Mat vector =
                model->image
                    ->run(preprocessed(pixels, model->card.preprocessing), model->card.preprocessing.cropPx, false)
                    .vectors;
            cv::Mat(vector / std::max(1e-12, cv::norm(vector))).copyTo(vectors.row(static_cast<int>(i)));
            places[i] = {image.name, thumbnailOf(pixels), {}};
            read[i] = 1;
        } catch (const Error &error) {
            task.problem({image.name, error.message()});
        }
        task.progress(++done, static_cast<std::int64_t>(count));
    });
    EmbeddingMap map;
    cv::Mat rows;
    for (std::size_t i = 0; i < count; ++i)
        if (read[i]) {
            rows.push_back(vectors.row(static_cast<int>(i)));
            map.places.push_back(std::move(places[i]));
        }
    if (rows.rows < 3)
        return map;
    const cv::PCA plane(rows, cv::noArray(), cv::PCA::DATA_AS_ROW, 2);
    const cv::Mat projected = plane.project(rows);
    cv::Mat centred = rows - cv::repeat(plane.mean, rows.rows, 1);
    const double variance = centred.dot(centred) / rows.rows;
    double farthest = 1e-12;
    for (int i = 0; i < projected.rows; ++i)
        farthest = std::max(farthest, cv::norm(projected.row(i)));
    for (int i = 0; i < projected.rows; ++i)
        map.places[static_cast<std::size_t>(i)].at = {static_cast<double>(projected.at<float>(i, 0)) / farthest,
                                                      static_cast<double>(projected.at<float>(i, 1)) / farthest};
    for (int axis = 0; axis < 2; ++axis)
        map.explained[static_cast<std::size_t>(axis)] =
            variance > 0 ? static_cast<double>(plane.eigenvalues.at<float>(axis)) / variance : 0;
    return map;
}

} // namespace likeness
