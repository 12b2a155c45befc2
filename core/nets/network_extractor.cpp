#include "core/nets/network_extractor.h"

#include "core/base/lazy.h"
#include "core/features/region_proposals.h"
#include "core/nets/models/model_store.h"
#include "core/nets/text/tokenizer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

constexpr double cropShare = 0.6;
constexpr int regionSearchPx = 256; // long side of the image in which regions are looked for
constexpr int mostRectangles = 3;

/// What stands in a frame or was pasted with straight edges, straightened; and the same once more inside of it: a
/// screenshot of a padded picture.
void addRegions(const cv::Mat &image, std::vector<cv::Mat> &views, bool inner = false)
{
    const cv::Mat small = shrunk(image, regionSearchPx);
    std::vector<Quad> quads = framedRegions(small);
    std::ranges::copy(straightEdgeRectangles(small, mostRectangles), std::back_inserter(quads));
    for (Quad quad : quads) {
        for (cv::Point2f &corner : quad)
            corner = {corner.x * static_cast<float>(image.cols) / static_cast<float>(small.cols),
                      corner.y * static_cast<float>(image.rows) / static_cast<float>(small.rows)};
        const cv::Mat region = rectified(image, quad, regionSearchPx);
        views.push_back(region);
        if (!inner)
            addRegions(region, views, true);
    }
}

constexpr std::size_t batch = 4; ///< images a call: ResNet-50 is a tenth faster than with one, more gain nothing

class NetworkExtractor final : public Extractor {
public:
    explicit NetworkExtractor(const NetworkOptions &options) : m_options(options) {}

    FeatureType type() const override { return FeatureType::Vector; }
    std::string contentKey() const override
    {
        const NetworkDevice device = networkDevice();
        const ModelCard known = ModelStore::user().identified(card());
        return known.hash + "|torch=" LIKENESS_TORCH_VERSION +
               (device == NetworkDevice::Cpu ? "" : "|device=" + std::to_string(static_cast<int>(device)));
    }
    DecodeSpec decodeSpec() const override
    {
        // Twice what is needed leaves the antialiasing to the resize.
        const Preprocessing how = preprocessing();
        return {Colour::Bgr, m_options.fastDecode ? 2 * std::max(how.resizePx, how.cropPx) : 0};
    }

    Features extract(const Image &image, Role role) const override
    {
        return std::move(extractMany({&image, 1}, role).front());
    }

    /// Convolutions give the same bits in any company; the products of transformers and of heads do not, and a ranking
    /// must not depend on the number of threads.
    int batchSize() const override
    {
        const std::string &family = card().family;
        return family == "residual" || family == "mobile" ? static_cast<int>(batch) : 1;
    }
    std::vector<Features> extractMany(std::span<const Image> images, Role role) const override
    {
        std::vector<cv::Mat> views;
        std::vector<std::size_t> counts;
        for (const Image &image : images) {
            std::vector<cv::Mat> seen = viewsOf(image.pixels, role);
            counts.push_back(seen.size());
            std::ranges::move(seen, std::back_inserter(views));
        }
        const cv::Mat rows = vectorsOf(views);
        std::vector<Features> all;
        int next = 0;
        for (const std::size_t count : counts) {
            const int end = next + static_cast<int>(count);
            all.emplace_back().rows = rows.rowRange(next, end).clone();
            next = end;
        }
        return all;
    }

    bool understandsText() const override { return card().text; }
    Features extractText(const std::string &text) const override
    {
        if (!understandsText())
            return Extractor::extractText(text);
        const LoadedModel &model = loaded();
        const auto &tokenizer =
            m_tokenizer.get([&] { return readTokenizer(card().folder, model.textNeeds, card().id); });
        const std::vector<std::vector<int>> words{tokenizer->encoded(text, model.contextLength)};
        Features features;
        features.rows = unit(model.text->runText(words));
        return features;
    }

private:
    const ModelCard &card() const
    {
        return m_card.get([this] { return ModelStore::user().card(m_options.model); });
    }
    const LoadedModel &loaded() const
    {
        return *m_loaded.get([this] { return ModelStore::user().load(card().id, m_options.bf16); });
    }
    Preprocessing preprocessing() const
    {
        const Preprocessing &own = card().preprocessing;
        return m_options.sidePx > 0 ? own.atSize(m_options.sidePx) : own;
    }
    std::vector<cv::Mat> viewsOf(const cv::Mat &image, Role role) const
    {
        std::vector<cv::Mat> views{image};
        const bool crops = isCropped(m_options.crops, role);
        const int w = static_cast<int>(image.cols * cropShare), h = static_cast<int>(image.rows * cropShare);
        if (crops && w >= 8 && h >= 8)
            for (const auto &[x, y] : {std::pair(0.0, 0.0), {1.0, 0.0}, {0.0, 1.0}, {1.0, 1.0}, {0.5, 0.5}})
                views.push_back(image(
                    cv::Rect(static_cast<int>((image.cols - w) * x), static_cast<int>((image.rows - h) * y), w, h)));
        if (m_options.regions && role == Role::Query)
            addRegions(image, views);
        return views;
    }
    /// A row for each view, of unit length.
    cv::Mat vectorsOf(const std::vector<cv::Mat> &views) const
    {
        const Preprocessing how = preprocessing();
        cv::Mat sums;
        for (const double scale : m_options.scales
                                      ? std::vector<double>{1, std::numbers::sqrt2 / 2, std::numbers::sqrt2}
                                      : std::vector<double>{1}) {
            const Preprocessing sized =
                scale == 1 ? how : how.atSize(static_cast<int>(std::lround(how.cropPx * scale / 32) * 32));
            for (const bool mirror : m_options.flip ? std::vector<bool>{false, true} : std::vector<bool>{false})
                addVectors(views, mirror, sized, sums);
        }
        for (int row = 0; row < sums.rows; ++row)
            unit(sums.row(row)).copyTo(sums.row(row));
        return m_options.halfStorage ? rounded(sums) : sums;
    }
    /// To half precision, as which the cache then stores it: what is read from there is what was calculated.
    static cv::Mat rounded(const cv::Mat &vectors)
    {
        cv::Mat half, whole;
        vectors.convertTo(half, CV_16F);
        half.convertTo(whole, CV_32F);
        return whole;
    }
    void addVectors(const std::vector<cv::Mat> &views, bool mirror, const Preprocessing &how, cv::Mat &sums) const
    {
        const bool own = m_options.pooling == Pooling::Own;
        for (std::size_t first = 0; first < views.size(); first += batch) {
            const std::size_t end = std::min(first + batch, views.size());
            std::vector<float> images;
            for (std::size_t i = first; i < end; ++i) {
                cv::Mat seen;
                if (mirror)
                    cv::flip(views[i], seen, 1);
                else
                    seen = views[i];
                const std::vector<float> values = preprocessed(seen, how);
                images.insert(images.end(), values.begin(), values.end());
            }
            const NetworkOutput output = loaded().image->run(images, how.cropPx, !own);
            for (std::size_t i = first; i < end; ++i) {
                const int at = static_cast<int>(i - first), row = static_cast<int>(i);
                const cv::Mat vector =
                    unit(own ? output.vectors.row(at)
                             : pooled(output.maps[i - first], output.mapSize, m_options.pooling, m_options.p));
                if (sums.empty())
                    sums = cv::Mat::zeros(static_cast<int>(views.size()), vector.cols, CV_32F);
                sums.row(row) += vector;
            }
        }
    }
    static cv::Mat unit(const cv::Mat &vector)
    {
        const double length = cv::norm(vector);
        return length > 0 ? cv::Mat(vector / length) : vector;
    }

    NetworkOptions m_options;
    mutable Lazy<ModelCard> m_card;
    mutable Lazy<std::shared_ptr<const LoadedModel>> m_loaded;
    mutable Lazy<std::unique_ptr<Tokenizer>> m_tokenizer;
};

} // namespace

std::unique_ptr<Extractor> makeNetworkExtractor(const NetworkOptions &options)
{
    return std::make_unique<NetworkExtractor>(options);
}

} // namespace likeness
