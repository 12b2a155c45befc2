#include "core/vectors/learned_matrices.h"

#include <array>
#include <cstring>

namespace likeness {

namespace {

template <class Value> void take(std::span<const std::uint8_t> &state, Value *values, std::size_t count)
{
    if (state.size() / sizeof(Value) < count)
        refuseLearned();
    if (count > 0) // nothing was learned from an empty gallery
        std::memcpy(values, state.data(), count * sizeof(Value));
    state = state.subspan(count * sizeof(Value));
}

} // namespace

void refuseLearned()
{
    throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "what a transform learned is damaged"), {});
}

std::vector<std::uint8_t> stateOf(std::span<const FloatRows> matrices)
{
    std::vector<std::uint8_t> state;
    const auto append = [&state](const auto *values, std::size_t count) {
        const auto *bytes = reinterpret_cast<const std::uint8_t *>(values);
        state.insert(state.end(), bytes, bytes + count * sizeof(*values));
    };
    for (const FloatRows &matrix : matrices) {
        const std::array<std::int64_t, 2> shape{matrix.rows(), matrix.cols()};
        append(shape.data(), 2);
        append(matrix.data(), static_cast<std::size_t>(matrix.size()));
    }
    return state;
}

std::vector<FloatRows> matricesOf(std::span<const std::uint8_t> state)
{
    std::vector<FloatRows> matrices;
    while (!state.empty()) {
        std::array<std::int64_t, 2> shape{};
        take(state, shape.data(), 2);
        constexpr std::int64_t mostSide = 1 << 24;
        if (shape[0] < 0 || shape[1] < 0 || shape[0] > mostSide || shape[1] > mostSide ||
            static_cast<std::size_t>(shape[0] * shape[1]) > state.size() / sizeof(float))
            refuseLearned();
        matrices.emplace_back(shape[0], shape[1]);
        take(state, matrices.back().data(), static_cast<std::size_t>(shape[0] * shape[1]));
    }
    return matrices;
}

FloatRows asRows(const cv::Mat &matrix)
{
    return matrix.empty() ? FloatRows() : FloatRows(floatRows(matrix));
}

cv::Mat asMatrix(const FloatRows &rows)
{
    cv::Mat matrix(static_cast<int>(rows.rows()), static_cast<int>(rows.cols()), CV_32F);
    if (rows.size() > 0)
        std::memcpy(matrix.data, rows.data(), static_cast<std::size_t>(rows.size()) * sizeof(float));
    return matrix;
}

} // namespace likeness
