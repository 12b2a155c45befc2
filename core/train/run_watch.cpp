#include "core/train/run_watch.h"

#include "core/base/plain_text.h"
#include "core/train/training_plan.h"

#include <cmath>

namespace likeness {

namespace {

constexpr std::int64_t firstSteps = 3;   ///< before the first updates can do harm
constexpr std::int64_t fewestSteps = 20; ///< before anything is said

void follow(double &mean, double value)
{
    mean = std::isnan(mean) ? value : mean + (value - mean) * 0.05;
}

} // namespace

double collapsedLoss(const TrainingSettings &settings)
{
    const int part = std::max(2, settings.plan.batch / settings.plan.parts), memory = settings.plan.memory;
    if (std::holds_alternative<NtXentOptions>(settings.objective.options) || settings.objective.usesClasses())
        return std::log(2.0 * part - 1 + memory);
    if (std::holds_alternative<SimCseOptions>(settings.objective.options))
        return std::log((settings.objective.usesHardNegatives() ? 2.0 : 1.0) * part + memory);
    return HistoryPoint::none;
}

std::optional<Message> RunWatch::failureOf(const HistoryPoint &point)
{
    if (!std::isfinite(point.loss))
        return Message{QT_TRANSLATE_NOOP("core", "the loss of step %1 is no number: the learning rate is probably too "
                                                 "high. The weights before that step are kept"),
                       {std::to_string(point.step)}};
    if (point.step <= firstSteps)
        firstLoss += point.loss / static_cast<double>(firstSteps);
    follow(meanLoss, point.loss);
    const double normal =
        std::max(std::abs(firstLoss), std::isnan(m_facts.collapsedLoss) ? 0.1 : m_facts.collapsedLoss);
    if (point.step > fewestSteps && meanLoss > 3 * normal)
        return Message{QT_TRANSLATE_NOOP("core", "the loss has grown from %1 to %2 by step %3: the training diverges, "
                                                 "the learning rate is probably too high"),
                       {roundedText(firstLoss, 4), roundedText(meanLoss, 4), std::to_string(point.step)}};
    return std::nullopt;
}

std::vector<Message> RunWatch::warningsOf(const HistoryPoint &point)
{
    follow(m_deviation, point.deviation);
    const auto weighted = [](double weight, double value) { return std::isnan(value) ? 0 : weight * value; };
    follow(m_objective,
           point.loss - weighted(m_additions.entropy, point.entropy) - weighted(m_additions.overlap, point.overlap));
    std::vector<Message> warnings;
    if (static_cast<double>(point.step) < 0.05 * static_cast<double>(m_facts.steps) || point.step < fewestSteps)
        return warnings;
    if (!m_toldLoss && std::abs(m_objective - m_facts.collapsedLoss) < 0.02 * m_facts.collapsedLoss) {
        m_toldLoss = true;
        warnings.push_back(
            {QT_TRANSLATE_NOOP("core", "after %1 steps the loss of %2 is still that of a network which "
                                       "answers the same to all images (%3): it learns nothing"),
             {std::to_string(point.step), roundedText(m_objective, 4), roundedText(m_facts.collapsedLoss, 4)}});
    }
    const double even = 1 / std::sqrt(static_cast<double>(std::max(1, m_facts.dimension)));
    if (!m_toldDeviation && m_deviation < 0.2 * even) {
        m_toldDeviation = true;
        warnings.push_back(
            {QT_TRANSLATE_NOOP("core", "the vectors of all images become alike: their entries deviate by "
                                       "%1 where evenly spread ones do by %2 (collapse)"),
             {roundedText(m_deviation, 4), roundedText(even, 4)}});
    }
    return warnings;
}

} // namespace likeness
