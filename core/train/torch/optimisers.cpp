#include "core/train/torch/optimisers.h"

#include "core/nets/torch/errors.h"
#include "core/nets/torch/plain_tensors.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <cmath>

namespace likeness {

namespace {

using at::Tensor;

constexpr double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;

/// One pass over the memory instead of eight; the same numbers but for rounding.
void stepAdamWAtOnce(Trained &own, const Tensor &gradient, double kept, double rate, double correction)
{
    auto *w = own.weight.data_ptr<float>(), *first = own.first.data_ptr<float>(),
         *second = own.second.data_ptr<float>();
    const auto *g = gradient.data_ptr<float>();
    const auto decay = static_cast<float>(kept), step = static_cast<float>(rate), root = static_cast<float>(correction);
    constexpr auto b2 = static_cast<float>(beta2), tiny = static_cast<float>(epsilon);
    constexpr auto new1 = static_cast<float>(1 - beta1), new2 = static_cast<float>(1 - beta2);
    at::parallel_for(0, own.weight.numel(), 1 << 15, [&](std::int64_t from, std::int64_t to) {
        for (std::int64_t i = from; i < to; ++i) {
            first[i] += (g[i] - first[i]) * new1;
            second[i] = second[i] * b2 + g[i] * g[i] * new2;
            w[i] = w[i] * decay - step * first[i] / (std::sqrt(second[i]) / root + tiny);
        }
    });
}

void stepAdamW(const OptimiserOptions &options, Trained &own, const Tensor &gradient, std::int64_t step, double rate)
{
    const auto t = static_cast<double>(step);
    const double kept = own.decays ? 1 - rate * options.decay : 1, correction = std::sqrt(1 - std::pow(beta2, t));
    const bool plain = own.weight.is_cpu() && own.weight.is_non_overlapping_and_dense();
    if (plain && gradient.strides() == own.weight.strides() && own.first.strides() == own.weight.strides() &&
        own.second.strides() == own.weight.strides())
        return stepAdamWAtOnce(own, gradient, kept, rate / (1 - std::pow(beta1, t)), correction);
    own.weight.mul_(kept);
    own.first.lerp_(gradient, 1 - beta1);
    own.second.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    const Tensor root = own.second.sqrt().div_(correction).add_(epsilon);
    own.weight.addcdiv_(own.first, root, -rate / (1 - std::pow(beta1, t)));
}

void stepSgd(const OptimiserOptions &options, Trained &own, const Tensor &gradient, double rate)
{
    const Tensor wanted = own.decays ? gradient.add(own.weight, options.decay) : gradient;
    own.first.mul_(options.momentum).add_(wanted);
    own.weight.add_(own.first, -rate);
}

void stepLars(const OptimiserOptions &options, Trained &own, const Tensor &gradient, double rate)
{
    double trust = 1;
    Tensor wanted = gradient;
    if (own.decays) {
        wanted = gradient.add(own.weight, options.decay);
        const double length = own.weight.norm().item<double>(), slope = wanted.norm().item<double>();
        trust = length > 0 && slope > 0 ? 0.001 * length / slope : 1;
    }
    own.first.mul_(options.momentum).add_(wanted, rate * trust);
    own.weight.sub_(own.first);
}

TensorMap stepped(const OptimiserOptions &options, const TensorMap &weights, std::span<const TensorMap> gradients,
                  std::span<const double> rates)
{
    std::vector<Trained> all;
    for (const auto &[name, plain] : weights) {
        const Tensor weight = tensorOf(plain).requires_grad_();
        all.push_back({name, weight, at::zeros_like(weight), at::zeros_like(weight), decays(name, weight)});
    }
    for (std::size_t step = 0; step < gradients.size(); ++step) {
        for (Trained &own : all)
            own.weight.mutable_grad() = tensorOf(gradients[step].at(own.name));
        optimise(options, all, static_cast<std::int64_t>(step) + 1, rates[step]);
    }
    TensorMap result;
    for (const Trained &own : all)
        result[own.name] = plainOf(own.weight);
    return result;
}

} // namespace

bool decays(const std::string &name, const Tensor &weight)
{
    for (const char *special : tokenParameters)
        if (name == special)
            return false;
    return weight.dim() > 1;
}

void optimise(const OptimiserOptions &options, std::vector<Trained> &weights, std::int64_t step, double rate)
{
    const at::NoGradGuard none;
    for (Trained &own : weights) {
        const Tensor gradient = own.weight.grad();
        if (!gradient.defined())
            continue;
        if (options.kind == Optimiser::AdamW)
            stepAdamW(options, own, gradient, step, rate);
        else if (options.kind == Optimiser::Sgd)
            stepSgd(options, own, gradient, rate);
        else
            stepLars(options, own, gradient, rate);
    }
}

} // namespace likeness

extern "C" __attribute__((visibility("default"))) void likenessOptimised(const likeness::OptimiserOptions &options,
                                                                         const likeness::TensorMap &weights,
                                                                         std::span<const likeness::TensorMap> gradients,
                                                                         std::span<const double> rates,
                                                                         likeness::TensorMap &result)
{
    result = likeness::asOwnErrors([&] { return likeness::stepped(options, weights, gradients, rates); });
}
