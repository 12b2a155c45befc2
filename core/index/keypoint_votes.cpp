#include "core/index/keypoint_votes.h"

#include "core/features/codebook.h"
#include "core/features/keypoint_features.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace likeness {

namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
constexpr float nothing = std::numeric_limits<float>::max();

/// The nearest images of one descriptor, each by its nearest descriptor; one more than get a vote.
class NearestImages {
public:
    explicit NearestImages(int count)
        : m_distance(static_cast<std::size_t>(count), nothing), m_image(m_distance.size(), -1)
    {
    }
    float limit() const { return m_distance.back(); }
    void see(int image, float distance)
    {
        std::size_t place = 0;
        while (place + 1 < m_image.size() && m_image[place] != image && m_image[place] >= 0)
            ++place;
        // `place` is where this image stands already, the first free one, or the last.
        if (m_distance[place] <= distance)
            return;
        for (; place > 0 && m_distance[place - 1] > distance; --place) {
            m_distance[place] = m_distance[place - 1];
            m_image[place] = m_image[place - 1];
        }
        m_distance[place] = distance;
        m_image[place] = image;
    }
    /// Weight of each voted image by how much nearer it is than the background.
    void vote(std::span<float> votes) const
    {
        const float background = m_distance.back();
        for (std::size_t i = 0; i + 1 < m_image.size(); ++i)
            if (m_image[i] >= 0 && background < nothing)
                votes[static_cast<std::size_t>(m_image[i])] += background - m_distance[i];
            else if (m_image[i] >= 0)
                votes[static_cast<std::size_t>(m_image[i])] += std::max(0.f, 1 - m_distance[i]);
    }

private:
    std::vector<float> m_distance;
    std::vector<int> m_image;
};

class KeypointVotes final : public Index {
public:
    explicit KeypointVotes(const KeypointVotesOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Keypoints; }

    void build(std::span<const Features> gallery, FitContext &context) override
    {
        int total = 0, width = 0;
        for (const Features &features : gallery) {
            total += features.rows.rows;
            width = std::max(width, features.rows.cols);
        }
        m_words = trainCodebook(gallery, std::clamp(total / 16, 1, m_options.lists), m_options.seed, context);
        std::vector<std::vector<std::pair<int, int>>> lists(static_cast<std::size_t>(m_words.rows)); // image, row
        for (std::size_t image = 0; image < gallery.size(); ++image) {
            context.task.checkCancelled();
            const cv::Mat word = nearestWords(unitDescriptors(gallery[image].rows), m_words, 1);
            for (int row = 0; row < word.rows; ++row)
                lists[static_cast<std::size_t>(word.at<int>(row, 0))].emplace_back(static_cast<int>(image), row);
        }
        for (const auto &list : lists) {
            m_begin.push_back(static_cast<int>(m_image.size()));
            for (const auto &[image, row] : list) {
                m_image.push_back(image);
                m_rows.push_back(gallery[static_cast<std::size_t>(image)].rows.row(row));
            }
        }
        m_begin.push_back(static_cast<int>(m_image.size()));
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
                scores[i] = std::max(scores[i], votes[i]);
        }
    }

    std::size_t bytes() const override
    {
        return m_rows.total() * m_rows.elemSize() + m_image.size() * sizeof(int) + m_words.total() * sizeof(float);
    }

private:
    /// List by list, so that each is one product with the descriptors that probe it.
    void vote(const cv::Mat &descriptors, std::span<float> votes) const
    {
        const cv::Mat words = nearestWords(descriptors, m_words, m_options.probes);
        std::vector<std::vector<int>> probing(static_cast<std::size_t>(m_words.rows));
        for (int i = 0; i < words.rows; ++i)
            for (int p = 0; p < words.cols; ++p)
                probing[static_cast<std::size_t>(words.at<int>(i, p))].push_back(i);
        std::vector<NearestImages> nearest(static_cast<std::size_t>(descriptors.rows),
                                           NearestImages(m_options.neighbours + 1));
        RowMajor asked, products;
        for (std::size_t list = 0; list < probing.size(); ++list) {
            const int begin = m_begin[list], end = m_begin[list + 1];
            const std::vector<int> &rows = probing[list];
            if (rows.empty() || begin == end)
                continue;
            asked.resize(static_cast<Eigen::Index>(rows.size()), descriptors.cols);
            for (std::size_t i = 0; i < rows.size(); ++i)
                std::copy_n(descriptors.ptr<float>(rows[i]), descriptors.cols,
                            asked.row(static_cast<Eigen::Index>(i)).data());
            const cv::Mat stored = unitDescriptors(m_rows.rowRange(begin, end));
            const Eigen::Map<const RowMajor> filed(stored.ptr<float>(), stored.rows, stored.cols);
            products.noalias() = asked * filed.transpose();
            for (std::size_t i = 0; i < rows.size(); ++i) {
                NearestImages &seen = nearest[static_cast<std::size_t>(rows[i])];
                const float *row = products.data() + static_cast<std::ptrdiff_t>(i) * stored.rows;
                for (int j = 0; j < stored.rows; ++j)
                    if (const float distance = 2 - 2 * row[j]; distance < seen.limit())
                        seen.see(m_image[static_cast<std::size_t>(begin + j)], distance);
            }
        }
        for (const NearestImages &seen : nearest)
            seen.vote(votes);
    }

    KeypointVotesOptions m_options;
    cv::Mat m_words, m_rows; // m_rows: list after list
    std::vector<int> m_begin, m_image;
};

} // namespace

std::unique_ptr<Index> makeKeypointVotes(const KeypointVotesOptions &options)
{
    return std::make_unique<KeypointVotes>(options);
}

} // namespace likeness
