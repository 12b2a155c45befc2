#include "core/features/perceptual_hash.h"

#include "core/features/oriented.h"
#include "core/features/pdq.h"

#include <opencv2/img_hash.hpp>
#include <opencv2/imgproc.hpp>

namespace likeness {

namespace {

cv::Mat differenceHash(const cv::Mat &pixels, int side)
{
    cv::Mat small, grey;
    cv::resize(pixels, small, {side + 1, side}, 0, 0, cv::INTER_AREA);
    cv::cvtColor(small, grey, cv::COLOR_BGR2GRAY);
    cv::Mat bits = cv::Mat::zeros(1, side * side / 8, CV_8U);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            if (grey.at<std::uint8_t>(y, x + 1) > grey.at<std::uint8_t>(y, x))
                bits.at<std::uint8_t>((y * side + x) / 8) |= static_cast<std::uint8_t>(1 << (x % 8));
    return bits;
}

class PerceptualHash final : public Extractor {
public:
    explicit PerceptualHash(const PerceptualHashOptions &options) : m_options(options)
    {
        if (options.bits != 64 && options.bits != 256)
            throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "%1 = %2 is not allowed: it must be %3"),
                        {"bits", std::to_string(options.bits), "64 | 256"});
    }

    FeatureType type() const override { return FeatureType::Binary; }
    DecodeSpec decodeSpec() const override { return {Colour::Bgr, m_options.shortSide}; }

    Features extract(const Image &image, Role role) const override
    {
        Features features;
        const int views = m_options.orientations && role == Role::Query ? 8 : 1;
        for (int o = 0; o < views; ++o)
            features.rows.push_back(hash(oriented(image.pixels, o)));
        return features;
    }

private:
    cv::Mat hash(const cv::Mat &pixels) const
    {
        cv::Mat bits;
        switch (m_options.algorithm) {
        case HashAlgorithm::Average:
            cv::img_hash::averageHash(pixels, bits);
            break;
        case HashAlgorithm::Difference:
            return differenceHash(pixels, m_options.bits == 64 ? 8 : 16);
        case HashAlgorithm::PHash:
            cv::img_hash::pHash(pixels, bits);
            break;
        case HashAlgorithm::BlockMean:
            cv::img_hash::blockMeanHash(pixels, bits);
            break;
        case HashAlgorithm::MarrHildreth:
            cv::img_hash::marrHildrethHash(pixels, bits);
            break;
        }
        return bits;
    }

    PerceptualHashOptions m_options;
};

class RadialVariance final : public Extractor {
public:
    explicit RadialVariance(const RadialVarianceOptions &options) : m_options(options) {}

    FeatureType type() const override { return FeatureType::Vector; }
    DecodeSpec decodeSpec() const override { return {Colour::Bgr, m_options.shortSide}; }

    Features extract(const Image &image, Role role) const override
    {
        cv::Mat hash, row;
        cv::img_hash::radialVarianceHash(image.pixels, hash);
        hash.convertTo(row, CV_32F);
        row -= cv::mean(row)[0];
        const double norm = cv::norm(row);
        if (norm == 0)
            return {};
        row /= norm;
        cv::Mat twice;
        cv::hconcat(row, row, twice);
        Features features;
        const int shifts = role == Role::Query ? row.cols : 1;
        for (int s = 0; s < shifts; ++s)
            features.rows.push_back(twice.colRange(s, s + row.cols));
        return features;
    }

private:
    RadialVarianceOptions m_options;
};

class Pdq final : public Extractor {
public:
    explicit Pdq(const PdqOptions &options) : m_options(options) {}

    FeatureType type() const override { return FeatureType::Binary; }
    DecodeSpec decodeSpec() const override { return {Colour::Bgr, m_options.shortSide}; }

    Features extract(const Image &image, Role role) const override
    {
        // As the published tool: large images are brought down to 512 x 512 first.
        cv::Mat pixels = image.pixels;
        if (pixels.cols > 512 || pixels.rows > 512)
            cv::resize(pixels, pixels, {512, 512}, 0, 0, cv::INTER_AREA);
        Features features;
        const int views = m_options.orientations && role == Role::Query ? 8 : 1;
        for (int o = 0; o < views; ++o) {
            const PdqHash hash = pdqHash(oriented(pixels, o));
            if (hash.quality < m_options.minQuality)
                return {};
            features.rows.push_back(cv::Mat(1, 32, CV_8U, const_cast<std::uint8_t *>(hash.bits.data())).clone());
        }
        return features;
    }

private:
    PdqOptions m_options;
};

} // namespace

std::unique_ptr<Extractor> makePerceptualHash(const PerceptualHashOptions &options)
{
    return std::make_unique<PerceptualHash>(options);
}

std::unique_ptr<Extractor> makeRadialVariance(const RadialVarianceOptions &options)
{
    return std::make_unique<RadialVariance>(options);
}

std::unique_ptr<Extractor> makePdq(const PdqOptions &options)
{
    return std::make_unique<Pdq>(options);
}

} // namespace likeness
