// Operators that sum up along axes.
#include "core/onnx/torch/operators.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace likeness {

namespace {

using at::Tensor;
using Integers = std::vector<std::int64_t>;
using Values = std::vector<Tensor>;

using Reduction = Tensor (*)(const Tensor &x, at::IntArrayRef axes, bool keep);

template <Reduction reduction> Values reduced(const OperatorCall &call)
{
    const Tensor &x = call[0];
    Integers axes = call.integersOf("axes", 1);
    if (axes.empty() && call.integer("noop_with_empty_axes") != 0)
        return {x};
    for (std::int64_t &axis : axes)
        axis = axisOf(axis, x.dim());
    if (axes.empty()) {
        axes.resize(static_cast<std::size_t>(x.dim()));
        std::iota(axes.begin(), axes.end(), 0);
    }
    if (axes.empty())
        return {reduction(x.reshape({1}), 0, false)};
    return {reduction(x, axes, call.integer("keepdims", 1) != 0)};
}

Tensor sum(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return at::sum(x, axes, keep, x.scalar_type());
}
Tensor mean(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return x.is_floating_point() ? at::mean(x, axes, keep)
                                 : at::mean(x.to(at::kDouble), axes, keep).to(x.scalar_type());
}
/// Of no values: what any value is more (or less) than.
Tensor ofNone(const Tensor &x, at::IntArrayRef axes, bool keep, double value)
{
    return at::sum(x, axes, keep, x.scalar_type()).fill_(value);
}
Tensor largest(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return x.numel() > 0 ? at::amax(x, axes, keep) : ofNone(x, axes, keep, -std::numeric_limits<double>::infinity());
}
Tensor smallest(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return x.numel() > 0 ? at::amin(x, axes, keep) : ofNone(x, axes, keep, std::numeric_limits<double>::infinity());
}
Tensor product(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    Integers descending(axes.begin(), axes.end());
    std::ranges::sort(descending, std::greater());
    Tensor result = x;
    for (const std::int64_t axis : descending)
        result = at::prod(result, axis, keep, x.scalar_type());
    return result;
}
Tensor absoluteSum(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return sum(at::abs(x), axes, keep);
}
Tensor squareSum(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return sum(x * x, axes, keep);
}
Tensor length(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return at::sqrt(squareSum(x, axes, keep)).to(x.scalar_type());
}
Tensor logarithmOfSum(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return at::log(sum(x, axes, keep)).to(x.scalar_type());
}
Tensor logarithmOfExponents(const Tensor &x, at::IntArrayRef axes, bool keep)
{
    return at::logsumexp(x, axes, keep);
}

constexpr Operator operators[] = {{"ReduceL1", reduced<absoluteSum>},
                                  {"ReduceL2", reduced<length>},
                                  {"ReduceLogSum", reduced<logarithmOfSum>},
                                  {"ReduceLogSumExp", reduced<logarithmOfExponents>},
                                  {"ReduceMax", reduced<largest>},
                                  {"ReduceMean", reduced<mean>},
                                  {"ReduceMin", reduced<smallest>},
                                  {"ReduceProd", reduced<product>},
                                  {"ReduceSum", reduced<sum>},
                                  {"ReduceSumSquare", reduced<squareSum>}};

} // namespace

std::span<const Operator> reductionOperators()
{
    return operators;
}

} // namespace likeness
