#include "core/rank/average_precision.h"

#include <algorithm>

namespace likeness {

void sortJudged(std::vector<JudgedAnswer> &answers)
{
    std::ranges::sort(answers, [](const JudgedAnswer &a, const JudgedAnswer &b) {
        return a.score != b.score ? a.score > b.score : a.right < b.right;
    });
}

double microAveragePrecision(const std::vector<JudgedAnswer> &answers, double positives)
{
    double right = 0, sum = 0;
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (answers[i].right)
            sum += ++right / static_cast<double>(i + 1) / positives;
    return sum;
}

} // namespace likeness
