#include "core/features/thumbnail.h"

#include "core/features/oriented.h"

#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

class Thumbnail final : public Extractor {
public:
    explicit Thumbnail(const ThumbnailOptions &options) : m_options(options) {}

    FeatureType type() const override { return FeatureType::Pixels; }
    DecodeSpec decodeSpec() const override { return {Colour::Grey, 2 * m_options.size}; }

    Features extract(const Image &image, Role role) const override
    {
        cv::Mat square;
        cv::resize(image.pixels, square, {m_options.size, m_options.size}, 0, 0, cv::INTER_AREA);
        Features features;
        const int views = m_options.orientations && role == Role::Query ? 8 : 1;
        for (int o = 0; o < views; ++o)
            features.rows.push_back(oriented(square, o).clone().reshape(1, 1));
        return features;
    }

private:
    ThumbnailOptions m_options;
};

} // namespace

std::unique_ptr<Extractor> makeThumbnail(const ThumbnailOptions &options)
{
    return std::make_unique<Thumbnail>(options);
}

} // namespace likeness
