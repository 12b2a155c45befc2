#include "ui/widgets/training_outlook.h"

#include "core/train/training_runs.h"
#include "ui/util/theme.h"

#include <QCoreApplication>
#include <algorithm>

namespace likeness::ui {

QString outlookText(std::int64_t images, std::int64_t batch, std::int64_t epochs)
{
    if (images <= 0)
        return {};
    const std::int64_t each = std::max<std::int64_t>(1, images / std::max<std::int64_t>(1, batch)), all = each * epochs;
    QString text =
        TrainingOutlook::tr("Learns from %1 images: %2 steps an epoch, %3 in all").arg(images).arg(each).arg(all);
    if (all < TrainingOutlook::tooFewSteps)
        text += TrainingOutlook::tr(": too few to learn much. %1 steps are recommended, which are %2 epochs.")
                    .arg(TrainingOutlook::recommendedSteps)
                    .arg((TrainingOutlook::recommendedSteps + each - 1) / each);
    return text;
}

TrainingOutlook::TrainingOutlook(QWidget *parent) : QLabel(parent)
{
    setObjectName(QStringLiteral("trainingOutlook"));
    setWordWrap(true);
}

void TrainingOutlook::setRun(const TrainingRun &run)
{
    if (run.rendered > 0)
        return show(run.rendered, run);
    m_counting.start([this, run](const TaskContext &) -> std::function<void()> {
        const auto images = std::int64_t(imagesToTrainOn(run.sources, TaskContext::none()).size());
        return [this, images, run] { show(images, run); };
    });
}

void TrainingOutlook::show(std::int64_t images, const TrainingRun &run)
{
    const ParamValues &train = run.recipe.values("train");
    const auto number = [&](const char *key) { return std::get<std::int64_t>(train.at(key)); };
    const double heldOut = run.rendered > 0 ? 0 : std::get<double>(train.at("held_out"));
    setText(outlookText(std::int64_t(double(images) * (1 - heldOut)), number("batch"), number("epochs")));
    QPalette colours;
    if (text().contains(QLatin1Char(':')))
        colours.setColor(QPalette::WindowText, wrongColour());
    setPalette(colours);
}

} // namespace likeness::ui
