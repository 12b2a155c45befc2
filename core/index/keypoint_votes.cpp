#include "core/index/keypoint_votes.h"

#include "core/base/array_file.h"
#include "core/base/parallel.h"
#include "core/features/codebook.h"
#include "core/features/keypoint_features.h"
#include "core/vectors/learned_matrices.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace likeness {

namespace {

/// The nearest images of one descriptor, each by its nearest descriptor; one more than get a vote.
class NearestImages {
public:
    explicit NearestImages(int count)
        : m_product(static_cast<std::size_t>(count), nothing), m_image(m_product.size(), -1)
    {
    }
    std::int32_t limit() const { return m_product.back(); }
    void offer(int image, std::int32_t product)
    {
        std::size_t place = 0;
        while (place + 1 < m_image.size() && m_image[place] != image && m_image[place] >= 0)
            ++place;
        // `place` is where this image stands already, the first free one, or the last.
        if (m_product[place] >= product)
            return;
        for (; place > 0 && m_product[place - 1] < product; --place) {
            m_product[place] = m_product[place - 1];
            m_image[place] = m_image[place - 1];
        }
        m_product[place] = product;
        m_image[place] = image;
    }
    /// Weight of each voted image by how much nearer it is than the background. Squared, so that many small chances do
    /// not add up to an image.
    void vote(std::span<float> votes) const
    {
        const std::int32_t background = m_product.back() == nothing ? 0 : m_product.back();
        for (std::size_t i = 0; i + 1 < m_image.size(); ++i)
            if (m_image[i] >= 0) {
                const float nearer = 2 / productOne * static_cast<float>(std::max(0, m_product[i] - background));
                votes[static_cast<std::size_t>(m_image[i])] += nearer * nearer;
            }
    }

private:
    static constexpr std::int32_t nothing = std::numeric_limits<std::int32_t>::min();
    std::vector<std::int32_t> m_product;
    std::vector<int> m_image;
};

class KeypointVotes final : public Index {
public:
    explicit KeypointVotes(const KeypointVotesOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Keypoints; }

    void learn(const Column &gallery, FitContext &context) override
    {
        const auto lists = std::clamp<std::int64_t>(gallery.rowCount() / 16, 1, m_options.lists);
        setWords(trainCodebook(gallery, static_cast<int>(lists), m_options.seed, context));
    }

    void fill(const Column &gallery, FitContext &context) override
    {
        // Twice over the gallery: once the lengths of the lists are known, each is made as it stays.
        std::vector<cv::Mat> words(gallery.size());
        parallelFor(gallery.size(), context.task, [&](std::size_t image) {
            const cv::Mat descriptors = unitDescriptors(gallery[image].rows);
            if (!descriptors.empty())
                checkWidth(m_codebook.cols, descriptors.cols);
            words[image] = nearestWords(descriptors, m_words, 1);
        });
        m_lists.assign(static_cast<std::size_t>(m_codebook.rows), {});
        for (std::size_t image = 0; image < gallery.size(); ++image)
            for (int row = 0; row < words[image].rows; ++row)
                listOf(words[image], row).image.push_back(static_cast<int>(image));
        const bool inBytes = gallery.type() == CV_8U;
        for (List &list : m_lists)
            list.descriptors = DescriptorPanels(static_cast<int>(list.image.size()), m_codebook.cols, inBytes);
        std::vector<int> filled(m_lists.size(), 0);
        for (std::size_t image = 0; image < gallery.size(); ++image) {
            context.task.checkCancelled();
            const cv::Mat descriptors = gallery[image].rows;
            for (int row = 0; row < descriptors.rows; ++row)
                listOf(words[image], row)
                    .descriptors.set(filled[static_cast<std::size_t>(words[image].at<int>(row, 0))]++,
                                     descriptors.row(row));
        }
    }

    bool hasState() const override { return true; }
    void save(const std::filesystem::path &file) const override
    {
        ArrayFileWriter writer(file);
        writer.put(stateOf(std::vector{asRows(m_codebook)}));
        for (const List &list : m_lists) {
            writer.put(list.image);
            writer.put(list.descriptors.entries);
            writer.put(list.descriptors.bytes);
        }
        writer.finish();
    }
    void restore(const Column &gallery, const std::filesystem::path &file, FitContext &) override
    {
        ArrayFileReader reader(file);
        const std::vector<FloatRows> learned = matricesOf(reader.take<std::uint8_t>());
        if (learned.size() != 1 || learned[0].size() == 0)
            reader.refuse();
        setWords(asMatrix(learned[0]));
        m_lists.assign(static_cast<std::size_t>(m_codebook.rows), {});
        for (List &list : m_lists) {
            list.image = reader.take<int>();
            auto entries = reader.take<std::int16_t>();
            auto bytes = reader.take<std::uint8_t>();
            list.descriptors = DescriptorPanels(static_cast<int>(list.image.size()), m_codebook.cols, !bytes.empty());
            if (entries.size() != list.descriptors.entries.size() || bytes.size() != list.descriptors.bytes.size() ||
                std::ranges::any_of(list.image, [&](int image) { return image < 0 || image >= std::ssize(gallery); }))
                reader.refuse();
            list.descriptors.entries = std::move(entries);
            list.descriptors.bytes = std::move(bytes);
        }
    }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        const int views = viewCount(query);
        if (views == 0)
            return;
        const cv::Mat descriptors = unitDescriptors(query.rows);
        const std::vector<NearestImages> nearest = nearestImages(descriptors);
        std::vector<float> votes(scores.size());
        for (int view = 0; view < views; ++view) {
            std::ranges::fill(votes, 0.f);
            const auto [begin, end] = rowsOfView(query, view);
            for (int row = begin; row < end; ++row)
                nearest[static_cast<std::size_t>(row)].vote(votes);
            for (std::size_t i = 0; i < scores.size(); ++i)
                scores[i] = std::max(scores[i], votes[i]);
        }
    }

    std::size_t bytes() const override
    {
        std::size_t sum = m_words.panels.entries.size() * sizeof(std::int16_t);
        for (const List &list : m_lists)
            sum += list.descriptors.entries.size() * sizeof(std::int16_t) + list.descriptors.bytes.size() +
                   list.image.size() * sizeof(int);
        return sum;
    }

private:
    struct List {
        DescriptorPanels descriptors;
        std::vector<int> image; // of each row
    };

    void setWords(const cv::Mat &codebook)
    {
        m_codebook = codebook;
        m_words = WordPanels(codebook);
    }
    List &listOf(const cv::Mat &words, int row) { return m_lists[static_cast<std::size_t>(words.at<int>(row, 0))]; }

    /// List by list, so that each is one product with the descriptors that probe it.
    std::vector<NearestImages> nearestImages(const cv::Mat &descriptors) const
    {
        const cv::Mat words = nearestWords(descriptors, m_words, m_options.probes);
        std::vector<std::vector<int>> probing(m_lists.size());
        for (int i = 0; i < words.rows; ++i)
            for (int p = 0; p < words.cols; ++p)
                probing[static_cast<std::size_t>(words.at<int>(i, p))].push_back(i);
        std::vector<NearestImages> nearest(static_cast<std::size_t>(descriptors.rows),
                                           NearestImages(m_options.neighbours + 1));
        const DescriptorRows asked(descriptors);
        std::vector<std::int32_t> products;
        for (std::size_t number = 0; number < probing.size(); ++number) {
            const List &list = m_lists[number];
            const std::vector<int> &rows = probing[number];
            if (rows.empty() || list.image.empty())
                continue;
            const int stride = list.descriptors.panels() * DescriptorPanels::panelRows;
            products.resize(rows.size() * static_cast<std::size_t>(stride));
            descriptorProducts(asked, rows, list.descriptors, products.data());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                NearestImages &seen = nearest[static_cast<std::size_t>(rows[i])];
                const std::int32_t *row = products.data() + static_cast<std::ptrdiff_t>(i) * stride;
                for (std::size_t j = 0; j < list.image.size(); ++j)
                    if (row[j] > seen.limit())
                        seen.offer(list.image[j], row[j]);
            }
        }
        return nearest;
    }

    KeypointVotesOptions m_options;
    cv::Mat m_codebook;
    WordPanels m_words; // the same
    std::vector<List> m_lists;
};

} // namespace

std::unique_ptr<Index> makeKeypointVotes(const KeypointVotesOptions &options)
{
    return std::make_unique<KeypointVotes>(options);
}

} // namespace likeness
