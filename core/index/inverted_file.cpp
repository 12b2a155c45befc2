#include "core/index/inverted_file.h"

#include "core/base/array_file.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/features/codebook.h"
#include "core/features/keypoint_features.h"
#include "core/vectors/learned_matrices.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

namespace likeness {

namespace {

constexpr int signatureBits = 64;
constexpr double signatureScale = 16; // bits
constexpr std::int64_t mostForMedians = 512;

/// 64 random orthogonal directions.
FloatRows randomProjection(int dims, int seed)
{
    Random random(static_cast<std::uint64_t>(seed));
    FloatRows gaussian(dims, dims);
    for (Eigen::Index i = 0; i < gaussian.size(); ++i) { // Box and Muller
        const double u = 1 - random.unit(), v = random.unit();
        gaussian.data()[i] = static_cast<float>(std::sqrt(-2 * std::log(u)) * std::cos(2 * CV_PI * v));
    }
    const FloatRows q = Eigen::HouseholderQR<FloatRows>(gaussian).householderQ();
    return q.topRows(std::min(signatureBits, dims));
}

/// 12 bytes: halves, as a whole signature would be padded.
struct Posting {
    std::int32_t image;
    std::array<std::uint32_t, 2> halves;

    Posting(std::int32_t of, std::uint64_t signature)
        : image(of), halves{static_cast<std::uint32_t>(signature), static_cast<std::uint32_t>(signature >> 32)}
    {
    }
    std::uint64_t signature() const { return std::uint64_t{halves[1]} << 32 | halves[0]; }
};

class InvertedFile final : public Index {
public:
    explicit InvertedFile(const InvertedFileOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Keypoints; }

    void learn(const Column &gallery, FitContext &context) override
    {
        setWords(trainCodebook(gallery, m_options.words, m_options.seed, context));
        m_medians = {};
    }

    void fill(const Column &gallery, FitContext &context) override
    {
        std::vector<int> all(gallery.size());
        std::iota(all.begin(), all.end(), 0);
        m_postings.assign(static_cast<std::size_t>(m_words.rows), {});
        add(gallery, all, context.task);
        weigh(gallery.size());
    }
    void refill(const Column &gallery, std::span<const int> before, FitContext &context) override
    {
        std::vector<int> now(m_norm.size(), -1), fresh;
        for (int image = 0; image < std::ssize(before); ++image)
            if (const int was = before[static_cast<std::size_t>(image)]; was < 0)
                fresh.push_back(image);
            else
                now[static_cast<std::size_t>(was)] = image;
        for (std::vector<Posting> &list : m_postings) {
            for (Posting &posting : list)
                posting.image = now[static_cast<std::size_t>(posting.image)];
            std::erase_if(list, [](const Posting &posting) { return posting.image < 0; });
        }
        add(gallery, fresh, context.task);
        for (std::vector<Posting> &list : m_postings)
            std::ranges::stable_sort(list, {}, &Posting::image);
        weigh(gallery.size());
    }

    bool hasState() const override { return true; }
    void save(const std::filesystem::path &file) const override
    {
        ArrayFileWriter writer(file);
        writer.put(stateOf(std::vector{asRows(m_words), m_medians}));
        std::vector<std::int32_t> images;
        std::vector<std::uint64_t> signatures;
        std::vector<std::int64_t> counts;
        for (const auto &list : m_postings) {
            counts.push_back(std::ssize(list));
            for (const Posting &posting : list) {
                images.push_back(posting.image);
                signatures.push_back(posting.signature());
            }
        }
        writer.put(counts);
        writer.put(images);
        writer.put(signatures);
        writer.finish();
    }
    void restore(const Column &gallery, const std::filesystem::path &file, FitContext &) override
    {
        ArrayFileReader reader(file);
        const std::vector<FloatRows> learned = matricesOf(reader.take<std::uint8_t>());
        const auto counts = reader.take<std::int64_t>();
        const auto images = reader.take<std::int32_t>();
        const auto signatures = reader.take<std::uint64_t>();
        if (learned.size() != 2 || learned[0].size() == 0 || learned[1].rows() != learned[0].rows() ||
            learned[1].cols() != std::min<Eigen::Index>(signatureBits, learned[0].cols()) ||
            std::ssize(counts) != learned[0].rows() || images.size() != signatures.size() ||
            std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) != std::ssize(images) ||
            std::ranges::any_of(counts, [](std::int64_t count) { return count < 0; }) ||
            std::ranges::any_of(images, [&](int image) { return image < 0 || image >= std::ssize(gallery); }))
            reader.refuse();
        setWords(asMatrix(learned[0]));
        m_medians = learned[1];
        m_postings.assign(counts.size(), {});
        std::size_t at = 0;
        for (std::size_t w = 0; w < counts.size(); ++w)
            for (std::int64_t i = 0; i < counts[w]; ++i, ++at)
                m_postings[w].push_back({images[at], signatures[at]});
        weigh(gallery.size());
    }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        std::vector<float> votes(scores.size());
        for (int view = 0; view < viewCount(query); ++view) {
            const cv::Mat descriptors = viewOf(query, FeatureType::Keypoints, view).descriptors;
            if (descriptors.empty())
                continue;
            std::ranges::fill(votes, 0.f);
            vote(descriptors, votes);
            for (std::size_t i = 0; i < scores.size(); ++i)
                scores[i] = std::max(scores[i], m_norm[i] > 0 ? votes[i] / m_norm[i] : 0.f);
        }
    }

    std::size_t bytes() const override
    {
        std::size_t sum = m_words.total() * sizeof(float);
        for (const auto &list : m_postings)
            sum += list.size() * sizeof(Posting);
        return sum;
    }

private:
    void setWords(const cv::Mat &words)
    {
        m_words = words;
        m_panels = WordPanels(m_words);
        m_projection = randomProjection(m_words.cols, m_options.seed);
    }

    Eigen::VectorXf projectedRow(const float *descriptor) const
    {
        return m_projection * Eigen::Map<const Eigen::VectorXf>(descriptor, m_projection.cols());
    }

    std::uint64_t signatureOf(const Eigen::VectorXf &values, std::size_t word) const
    {
        std::uint64_t bits = 0;
        for (Eigen::Index b = 0; b < values.size(); ++b)
            bits |= std::uint64_t{values[b] > m_medians(static_cast<Eigen::Index>(word), b)} << b;
        return bits;
    }

    static std::size_t wordOf(const cv::Mat &words, int row) { return static_cast<std::size_t>(words.at<int>(row, 0)); }
    cv::Mat descriptorsOf(const Column &gallery, std::size_t image) const
    {
        const cv::Mat descriptors = unitDescriptors(gallery[image].rows);
        if (!descriptors.empty())
            checkWidth(m_words.cols, descriptors.cols);
        return descriptors;
    }

    /// The descriptors of some images behind those that are there.
    void add(const Column &gallery, std::span<const int> images, TaskContext &task)
    {
        std::vector<cv::Mat> words(images.size());
        const auto descriptors = [&](std::size_t i) {
            return descriptorsOf(gallery, static_cast<std::size_t>(images[i]));
        };
        parallelFor(images.size(), task, [&](std::size_t i) { words[i] = nearestWords(descriptors(i), m_panels, 1); });
        if (m_medians.size() == 0)
            learnMedians(gallery, words, task);
        std::vector<std::vector<std::uint64_t>> signatures(images.size());
        parallelFor(images.size(), task, [&](std::size_t i) {
            const cv::Mat rows = descriptors(i);
            for (int row = 0; row < rows.rows; ++row)
                signatures[i].push_back(signatureOf(projectedRow(rows.ptr<float>(row)), wordOf(words[i], row)));
        });
        for (std::size_t i = 0; i < images.size(); ++i)
            for (int row = 0; row < words[i].rows; ++row)
                m_postings[wordOf(words[i], row)].push_back({images[i], signatures[i][static_cast<std::size_t>(row)]});
    }

    /// The bit of a direction says on which side of the word's median a descriptor lies. Of a word with many
    /// descriptors an even choice is looked at. `words` are those of all images.
    void learnMedians(const Column &gallery, const std::vector<cv::Mat> &words, TaskContext &task)
    {
        std::vector<std::int64_t> count(static_cast<std::size_t>(m_words.rows), 0), seen(count), taken(count);
        for (const cv::Mat &ofImage : words)
            for (int i = 0; i < ofImage.rows; ++i)
                ++count[wordOf(ofImage, i)];
        std::vector<std::vector<float>> values(count.size()); // of each word, projection by projection
        for (std::size_t image = 0; image < gallery.size(); ++image) {
            task.checkCancelled();
            const cv::Mat descriptors = descriptorsOf(gallery, image);
            for (int i = 0; i < descriptors.rows; ++i) {
                const std::size_t w = wordOf(words[image], i);
                if (++seen[w] * std::min(mostForMedians, count[w]) / count[w] == taken[w])
                    continue;
                ++taken[w];
                const Eigen::VectorXf projected = projectedRow(descriptors.ptr<float>(i));
                values[w].insert(values[w].end(), projected.begin(), projected.end());
            }
        }
        m_medians = FloatRows::Zero(m_words.rows, m_projection.rows());
        const auto bits = static_cast<std::size_t>(m_projection.rows());
        std::vector<float> ofBit;
        for (std::size_t w = 0; w < values.size(); ++w)
            for (std::size_t b = 0; b < bits && !values[w].empty(); ++b) {
                ofBit.clear();
                for (std::size_t at = b; at < values[w].size(); at += bits)
                    ofBit.push_back(values[w][at]);
                const auto middle = ofBit.begin() + static_cast<std::ptrdiff_t>(ofBit.size() / 2);
                std::ranges::nth_element(ofBit, middle);
                m_medians(static_cast<Eigen::Index>(w), static_cast<Eigen::Index>(b)) = *middle;
            }
    }

    /// idf of each word, and the length of each image's tf-idf vector.
    void weigh(std::size_t images)
    {
        m_idf.assign(m_postings.size(), 0.f);
        std::vector<double> squares(images, 0.0);
        std::vector<std::pair<int, int>> counts; // of each image that has the word
        for (std::size_t w = 0; w < m_postings.size(); ++w) {
            counts.clear();
            for (const Posting &posting : m_postings[w]) // in the order of the gallery
                if (counts.empty() || counts.back().first != posting.image)
                    counts.emplace_back(posting.image, 1);
                else
                    ++counts.back().second;
            if (counts.empty())
                continue;
            m_idf[w] = static_cast<float>(std::log1p(static_cast<double>(images) / static_cast<double>(counts.size())));
            for (const auto &[image, count] : counts)
                squares[static_cast<std::size_t>(image)] += std::pow(count * double{m_idf[w]}, 2);
        }
        m_norm.clear();
        for (const double square : squares)
            m_norm.push_back(static_cast<float>(std::sqrt(square)));
    }

    void vote(const cv::Mat &descriptors, std::span<float> votes) const
    {
        const cv::Mat words = nearestWords(descriptors, m_panels, m_options.assign);
        std::vector<float> own(votes.size(), 0.f);
        std::vector<std::size_t> touched;
        double squares = 0;
        for (int i = 0; i < words.rows; ++i) {
            touched.clear();
            const Eigen::VectorXf values =
                m_options.hammingBits > 0 ? projectedRow(descriptors.ptr<float>(i)) : Eigen::VectorXf();
            for (int a = 0; a < words.cols; ++a) {
                const auto w = static_cast<std::size_t>(words.at<int>(i, a));
                const float weight = m_idf[w] * m_idf[w] * (m_options.hammingBits > 0 ? 1.f : 1.f / float(1 + a));
                const std::uint64_t signature = m_options.hammingBits > 0 ? signatureOf(values, w) : 0;
                for (const Posting &posting : m_postings[w]) {
                    const int bits = m_options.hammingBits > 0 ? std::popcount(posting.signature() ^ signature) : 0;
                    if (bits > m_options.hammingBits)
                        continue;
                    const auto image = static_cast<std::size_t>(posting.image);
                    if (own[image] == 0)
                        touched.push_back(image);
                    own[image] += weight * m_similarity[static_cast<std::size_t>(bits)];
                }
            }
            squares += double{m_idf[static_cast<std::size_t>(words.at<int>(i, 0))]} *
                       double{m_idf[static_cast<std::size_t>(words.at<int>(i, 0))]};
            for (const std::size_t image : touched) {
                votes[image] += m_options.burstiness ? std::sqrt(own[image]) : own[image];
                own[image] = 0;
            }
        }
        const auto length = static_cast<float>(std::sqrt(squares));
        for (float &v : votes)
            v = length > 0 ? v / length : 0;
    }

    static std::array<float, signatureBits + 1> similarities()
    {
        std::array<float, signatureBits + 1> table{};
        for (std::size_t bits = 0; bits < table.size(); ++bits)
            table[bits] = static_cast<float>(std::exp(-std::pow(static_cast<double>(bits) / signatureScale, 2)));
        return table;
    }

    InvertedFileOptions m_options;
    cv::Mat m_words;
    WordPanels m_panels;
    FloatRows m_projection, m_medians;
    std::vector<std::vector<Posting>> m_postings; // by word
    std::vector<float> m_idf, m_norm;
    std::array<float, signatureBits + 1> m_similarity = similarities();
};

} // namespace

std::unique_ptr<Index> makeInvertedFile(const InvertedFileOptions &options)
{
    return std::make_unique<InvertedFile>(options);
}

} // namespace likeness
