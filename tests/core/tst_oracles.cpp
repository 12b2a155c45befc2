// Fast paths beside slow ones that are obviously right.
#include "core/base/random.h"
#include "core/data/attacks.h"
#include "core/data/scene.h"
#include "core/features/codebook.h"
#include "core/features/keypoint_features.h"
#include "core/index/inverted_file.h"
#include "core/match/matcher.h"
#include "core/match/spatial_verification.h"
#include "core/rank/geometric_ranker.h"

#include <Eigen/Dense>
#include <QTest>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>

using namespace likeness;

namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Features featuresOf(const cv::Mat &bgr, Role role)
{
    KeypointOptions options;
    options.count = 80;
    cv::Mat grey;
    cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
    return makeKeypointExtractor(options)->extract({grey, {}}, role);
}

std::vector<Features> gallery()
{
    std::vector<Features> all;
    for (int i = 0; i < 5; ++i)
        all.push_back(featuresOf(renderScene(6, i), Role::Gallery));
    return all;
}

Features query()
{
    return featuresOf(applyAttack("rotate", renderScene(6, 2), 0.3, 5).pixels, Role::Query);
}

Rows rowsOf(const cv::Mat &matrix)
{
    Rows rows(matrix.rows, matrix.cols);
    for (int y = 0; y < matrix.rows; ++y)
        for (int x = 0; x < matrix.cols; ++x)
            rows(y, x) = double{matrix.at<float>(y, x)};
    return rows;
}

/// The nearest words of one descriptor, by all distances.
std::vector<int> nearestByDistance(const Rows &words, const Eigen::RowVectorXd &descriptor, int count)
{
    std::vector<std::pair<double, int>> all;
    for (int w = 0; w < words.rows(); ++w)
        all.emplace_back((words.row(w) - descriptor).squaredNorm(), w);
    std::ranges::sort(all);
    std::vector<int> nearest;
    for (int i = 0; i < count; ++i)
        nearest.push_back(all[std::size_t(i)].second);
    return nearest;
}

/// As the header of the inverted file has it: no lists, every descriptor of the query with every one of an image.
class BagOfWords {
public:
    BagOfWords(const std::vector<Features> &images, const InvertedFileOptions &options) : m_options(options)
    {
        FitContext fit = FitContext::none();
        m_words = rowsOf(trainCodebook(images, options.words, options.seed, fit));
        m_directions = directions(int(m_words.cols()), options.seed);
        for (const Features &features : images) {
            Image image;
            image.descriptors = rowsOf(unitDescriptors(features.rows));
            for (int i = 0; i < image.descriptors.rows(); ++i)
                image.word.push_back(nearestByDistance(m_words, image.descriptors.row(i), 1)[0]);
            m_images.push_back(std::move(image));
        }
        m_medians = Rows::Zero(m_words.rows(), m_directions.rows());
        for (int w = 0; w < m_words.rows(); ++w) {
            int having = 0;
            for (const Image &image : m_images)
                having += std::ranges::count(image.word, w) > 0;
            m_idf.push_back(having ? std::log(1 + double(m_images.size()) / having) : 0);
            for (int d = 0; d < m_directions.rows(); ++d)
                m_medians(w, d) = medianSide(w, d);
        }
    }

    double score(const Features &features, std::size_t number) const
    {
        double best = 0;
        for (int view = 0; view < viewCount(features); ++view)
            best = std::max(
                best, viewScore(rowsOf(viewOf(features, FeatureType::Keypoints, view).descriptors), m_images[number]));
        return best;
    }

private:
    struct Image {
        Rows descriptors;
        std::vector<int> word;
    };

    static Rows directions(int dims, int seed)
    {
        Random random{std::uint64_t(seed)};
        Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> gaussian(dims, dims);
        for (int y = 0; y < dims; ++y)
            for (int x = 0; x < dims; ++x) {
                const double u = 1 - random.unit(), v = random.unit();
                gaussian(y, x) = float(std::sqrt(-2 * std::log(u)) * std::cos(2 * CV_PI * v));
            }
        const Eigen::MatrixXf q = Eigen::HouseholderQR<decltype(gaussian)>(gaussian).householderQ();
        return q.topRows(std::min(64, dims)).cast<double>();
    }
    double medianSide(int word, int direction) const
    {
        std::vector<double> sides;
        for (const Image &image : m_images)
            for (int i = 0; i < image.descriptors.rows(); ++i)
                if (image.word[std::size_t(i)] == word)
                    sides.push_back(m_directions.row(direction).dot(image.descriptors.row(i)));
        std::ranges::sort(sides);
        return sides.empty() ? 0 : sides[sides.size() / 2];
    }
    int differentBits(const Eigen::RowVectorXd &a, const Eigen::RowVectorXd &b, int word) const
    {
        int bits = 0;
        for (int d = 0; d < m_directions.rows(); ++d) {
            const double middle = m_medians(word, d) + 1e-7; // the median's own descriptor lies on neither side
            bits += (m_directions.row(d).dot(a) > middle) != (m_directions.row(d).dot(b) > middle);
        }
        return bits;
    }
    double viewScore(const Rows &descriptors, const Image &image) const
    {
        double sum = 0, querySquares = 0, imageSquares = 0;
        for (int i = 0; i < descriptors.rows(); ++i) {
            const std::vector<int> words = nearestByDistance(m_words, descriptors.row(i), m_options.assign);
            double own = 0;
            for (std::size_t a = 0; a < words.size(); ++a)
                for (int g = 0; g < image.descriptors.rows(); ++g)
                    if (image.word[std::size_t(g)] == words[a])
                        own += agreement(descriptors.row(i), image.descriptors.row(g), words[a], a);
            sum += m_options.burstiness ? std::sqrt(own) : own;
            querySquares += std::pow(m_idf[std::size_t(words[0])], 2);
        }
        for (int w = 0; w < m_words.rows(); ++w)
            imageSquares += std::pow(double(std::ranges::count(image.word, w)) * m_idf[std::size_t(w)], 2);
        return sum / std::sqrt(querySquares) / std::sqrt(imageSquares);
    }
    double agreement(const Eigen::RowVectorXd &a, const Eigen::RowVectorXd &b, int word, std::size_t place) const
    {
        const double weight = std::pow(m_idf[std::size_t(word)], 2);
        if (m_options.hammingBits == 0)
            return weight / double(1 + place);
        const int bits = differentBits(a, b, word);
        return bits > m_options.hammingBits ? 0 : weight * std::exp(-std::pow(bits / 16.0, 2));
    }

    InvertedFileOptions m_options;
    Rows m_words, m_directions, m_medians;
    std::vector<Image> m_images;
    std::vector<double> m_idf;
};

/// n over k by products, no logarithm of a factorial.
long double choose(int n, int k)
{
    long double product = 1;
    for (int i = 1; i <= k; ++i)
        product *= static_cast<long double>(n - k + i) / i;
    return product;
}

} // namespace

class TestOracles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void invertedFileScoresAsEveryPairOfDescriptors_data()
    {
        QTest::addColumn<int>("hammingBits");
        QTest::addColumn<bool>("burstiness");
        QTest::newRow("tf-idf") << 0 << false;
        QTest::newRow("Hamming embedding") << 24 << false;
        QTest::newRow("Hamming embedding and burstiness") << 24 << true;
        QTest::newRow("every signature") << 64 << true;
    }
    void invertedFileScoresAsEveryPairOfDescriptors()
    {
        QFETCH(int, hammingBits);
        QFETCH(bool, burstiness);
        const InvertedFileOptions options{
            .words = 12, .assign = 2, .hammingBits = hammingBits, .burstiness = burstiness};
        const std::vector<Features> images = gallery();
        const Features asked = query();
        const auto index = makeInvertedFile(options);
        FitContext fit = FitContext::none();
        index->build(images, fit);
        std::vector<float> scores(images.size());
        index->scores(asked, scores);
        const BagOfWords slow(images, options);
        for (std::size_t i = 0; i < images.size(); ++i) {
            const double wanted = slow.score(asked, i);
            QVERIFY2(wanted > 0 && std::abs(double{scores[i]} / wanted - 1) < 2e-3,
                     qPrintable(QStringLiteral("%1: %2, %3").arg(i).arg(double{scores[i]}).arg(wanted)));
        }
    }

    /// An image goes, one comes to its place, one to the end: only these are looked at, and nothing tells.
    void aRefilledInvertedFileIsAFilledOne()
    {
        const std::vector<Features> images = gallery();
        const int last = int(images.size()) - 1;
        std::vector<Features> first(images.begin(), images.end() - 1), then;
        std::vector<int> before;
        for (int i = 0; i < last; ++i) {
            then.push_back(i == 1 ? images.back() : images[std::size_t(i)]);
            before.push_back(i == 1 ? -1 : i);
        }
        then.erase(then.begin() + 2); // what comes behind it is another image now
        before.erase(before.begin() + 2);
        then.push_back(images[1]);
        before.push_back(-1);
        FitContext fit = FitContext::none();
        const auto refilled = makeInvertedFile({.words = 12}), filled = makeInvertedFile({.words = 12});
        for (const auto &index : {refilled.get(), filled.get()})
            index->build(first, fit); // the words stay those of these
        refilled->refill(then, before, fit);
        filled->fill(then, fit);
        std::vector<float> scores(then.size()), expected(then.size());
        refilled->scores(query(), scores);
        filled->scores(query(), expected);
        QCOMPARE(scores, expected);
        QCOMPARE(refilled->bytes(), filled->bytes());
    }

    /// Evidence is the share s / (s + certain) of four fifths; s is how improbable such an agreement is by chance.
    void geometricEvidenceIsTheImprobabilityOfChance()
    {
        const GeometricOptions options{.candidates = 5, .enough = 100000};
        const std::vector<Features> images = gallery();
        const Features asked = query();
        const auto ranker = makeGeometricRanker(options);
        FitContext fit = FitContext::none();
        ranker->build(images, FeatureType::Keypoints, fit);
        std::vector<float> scores(images.size(), 1.f); // all alike: the stage before has no say
        const auto verified = ranker->rerank(asked, scores);
        QCOMPARE(verified.size(), images.size());
        for (const auto &[image, inliers] : verified) {
            double evidence = 0;
            int most = 0;
            for (int view = 0; view < viewCount(asked); ++view) {
                const LocalFeatures a = viewOf(asked, FeatureType::Keypoints, view),
                                    b = viewOf(images[std::size_t(image)], FeatureType::Keypoints, 0);
                const auto matches = matchFeatures(a, b, {.ratio = options.ratio, .mutual = true});
                const int n = verifySpatially(a, b, matches, options.thresholdPx).inliers, m = int(matches.size());
                most = std::max(most, n);
                if (n < 3)
                    continue;
                const long double area = images[std::size_t(image)].imageSize.area();
                const long double p = std::min<long double>(
                    1, std::acos(-1.0L) * std::pow(6 * static_cast<long double>(options.thresholdPx), 2) / area);
                const long double agreements = m * choose(m - 1, n - 1) * std::pow(p, n - 1);
                const double s = std::max(0.0, double(-std::log10(agreements)));
                evidence = std::max(evidence, 0.8 * s / (s + options.certain));
            }
            QCOMPARE(inliers, most);
            QVERIFY(std::abs(double{scores[std::size_t(image)]} - evidence) < 1e-4);
        }
        QVERIFY(scores[2] > 0.4f && scores[0] < 0.2f);
    }
};

QTEST_GUILESS_MAIN(TestOracles)
#include "tst_oracles.moc"
