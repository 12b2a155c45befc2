#include "core/learn/network_extractor.h"

#include "core/learn/model_store.h"
#include "core/learn/pooling.h"
#include "core/learn/tokenizer.h"

#include <cmath>
#include <mutex>
#include <numbers>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

constexpr double cropShare = 0.6;

class NetworkExtractor final : public Extractor {
public:
    explicit NetworkExtractor(const NetworkOptions &options) : m_options(options) {}

    FeatureType type() const override { return FeatureType::Vector; }
    std::string contentKey() const override { return card().hash; }
    DecodeSpec decodeSpec() const override
    {
        // Twice what is needed leaves the antialiasing to the resize.
        const Preprocessing how = preprocessing();
        return {Colour::Bgr, m_options.fastDecode ? 2 * std::max(how.resizePx, how.cropPx) : 0};
    }

    Features extract(const Image &image, Role role) const override
    {
        Features features;
        for (const cv::Rect &view : viewsOf(image.pixels.size(), role))
            features.rows.push_back(vectorOf(image.pixels(view)));
        return features;
    }

    bool understandsText() const override { return card().text; }
    Features extractText(const std::string &text) const override
    {
        if (!understandsText())
            return Extractor::extractText(text);
        const LoadedModel &model = loaded();
        std::call_once(m_spelled, [&] {
            m_tokenizer = readTokenizer(ModelStore::user().folder() / card().id, model.textNeeds, card().id);
        });
        const std::vector<std::vector<int>> words{m_tokenizer->encoded(text, model.contextLength)};
        Features features;
        features.rows = unit(model.text->runText(words));
        return features;
    }

private:
    const ModelCard &card() const
    {
        std::call_once(m_known, [this] { m_card = ModelStore::user().card(m_options.model); });
        return m_card;
    }
    const LoadedModel &loaded() const
    {
        std::call_once(m_ready, [this] { m_loaded = ModelStore::user().load(card().id, m_options.bf16); });
        return *m_loaded;
    }
    Preprocessing preprocessing() const
    {
        const Preprocessing &own = card().preprocessing;
        return m_options.sidePx > 0 ? own.atSize(m_options.sidePx) : own;
    }
    std::vector<cv::Rect> viewsOf(cv::Size size, Role role) const
    {
        std::vector<cv::Rect> views{{{}, size}};
        const bool crops = m_options.crops == "both" || m_options.crops == (role == Role::Query ? "query" : "gallery");
        const int w = static_cast<int>(size.width * cropShare), h = static_cast<int>(size.height * cropShare);
        if (crops && w >= 8 && h >= 8)
            for (const auto &[x, y] : {std::pair(0.0, 0.0), {1.0, 0.0}, {0.0, 1.0}, {1.0, 1.0}, {0.5, 0.5}})
                views.emplace_back(static_cast<int>((size.width - w) * x), static_cast<int>((size.height - h) * y), w,
                                   h);
        return views;
    }
    cv::Mat vectorOf(const cv::Mat &pixels) const
    {
        cv::Mat sum;
        const Preprocessing how = preprocessing();
        for (const double scale : m_options.scales
                                      ? std::vector<double>{1, std::numbers::sqrt2 / 2, std::numbers::sqrt2}
                                      : std::vector<double>{1}) {
            const Preprocessing sized =
                scale == 1 ? how : how.atSize(static_cast<int>(std::lround(how.cropPx * scale / 32) * 32));
            add(pixels, sized, sum);
            if (m_options.flip) {
                cv::Mat mirrored;
                cv::flip(pixels, mirrored, 1);
                add(mirrored, sized, sum);
            }
        }
        return rounded(unit(sum));
    }
    /// To half precision, which the cache keeps: a vector read from there is the one that was calculated.
    static cv::Mat rounded(const cv::Mat &vector)
    {
        cv::Mat half, whole;
        vector.convertTo(half, CV_16F);
        half.convertTo(whole, CV_32F);
        return whole;
    }
    void add(const cv::Mat &pixels, const Preprocessing &how, cv::Mat &sum) const
    {
        const bool own = m_options.pooling == "own";
        const NetworkOutput output = loaded().image->run(preprocessed(pixels, how), how.cropPx, !own);
        const cv::Mat vector =
            unit(own ? output.vectors : pooled(output.maps[0], output.mapSize, m_options.pooling, m_options.p));
        sum = sum.empty() ? vector : cv::Mat(sum + vector);
    }
    static cv::Mat unit(const cv::Mat &vector)
    {
        const double length = cv::norm(vector);
        return length > 0 ? cv::Mat(vector / length) : vector;
    }

    NetworkOptions m_options;
    mutable std::once_flag m_known, m_ready, m_spelled;
    mutable std::unique_ptr<Tokenizer> m_tokenizer;
    mutable ModelCard m_card;
    mutable std::shared_ptr<const LoadedModel> m_loaded;
};

} // namespace

std::unique_ptr<Extractor> makeNetworkExtractor(const NetworkOptions &options)
{
    return std::make_unique<NetworkExtractor>(options);
}

} // namespace likeness
