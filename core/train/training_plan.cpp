#include "core/train/training_plan.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace likeness {

double rateAt(const TrainingPlan &plan, std::int64_t step, std::int64_t total)
{
    const double at = static_cast<double>(step), all = static_cast<double>(std::max<std::int64_t>(1, total));
    const double rising = plan.warmUp * all;
    if (at < rising)
        return plan.rate * (at + 1) / (rising + 1);
    if (plan.schedule == Schedule::Cosine)
        return plan.rate * 0.5 * (1 + std::cos(std::numbers::pi * (at - rising) / std::max(1.0, all - rising)));
    if (plan.schedule == Schedule::CoolDown)
        return plan.rate * std::min(1.0, (all - at) / std::max(1.0, plan.coolDown * all));
    return plan.rate;
}

double strengthAt(const AugmentationOptions &options, std::int64_t step, std::int64_t total)
{
    const double growing = options.grow * static_cast<double>(total);
    return growing <= 0 ? 1 : std::min(1.0, (1 + 2 * static_cast<double>(step) / growing) / 3);
}

} // namespace likeness
