#pragma once

#include <vector>

namespace likeness {

/// An answer known to be right or wrong.
struct JudgedAnswer {
    double score = 0;
    bool right = false;
};

inline constexpr std::size_t candidatesPerQuery = 10; ///< that count, as in the Image Similarity Challenge

/// Best first; ties count against the method: the wrong ones first.
void sortJudged(std::vector<JudgedAnswer> &answers);
/// Micro-AP (Image Similarity Challenge 2021): the answers of all queries as one list, sorted by sortJudged(); the mean
/// precision at each of the `positives` right answers there are, found or not.
double microAveragePrecision(const std::vector<JudgedAnswer> &answers, double positives);

} // namespace likeness
