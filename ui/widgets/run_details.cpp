#include "ui/widgets/run_details.h"

#include "ui/util/convert.h"

#include <QCoreApplication>
#include <cmath>

namespace likeness::ui {

namespace {

class RunDetails {
    Q_DECLARE_TR_FUNCTIONS(RunDetails)
};

} // namespace

QString runHtml(const TrainingRun &run)
{
    const auto line = [](const QString &name, const QString &value) {
        return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>")
            .arg(name.toHtmlEscaped(), value.toHtmlEscaped());
    };
    QString html = QStringLiteral("<table>");
    html += line(RunDetails::tr("Folder"), toQString(run.folder));
    QStringList sources;
    for (const std::string &source : run.sources)
        sources << toQString(source);
    html += line(RunDetails::tr("Images"), run.rendered > 0
                                               ? RunDetails::tr("%1 rendered scenes an epoch").arg(run.rendered)
                                               : sources.join(QStringLiteral(", ")));
    html += line(RunDetails::tr("Trained on, held out"),
                 RunDetails::tr("%1, %2").arg(run.facts.trained).arg(run.facts.heldOut));
    html += line(RunDetails::tr("Weights"),
                 RunDetails::tr("%1 million").arg(double(run.facts.parameters) / 1e6, 0, 'f', 2));
    html += line(RunDetails::tr("Device"),
                 RunDetails::tr("%1, %2").arg(toQString(run.facts.device), toQString(run.facts.precision)));
    html += line(RunDetails::tr("Time"), durationText(run.last.seconds));
    if (!run.failure.empty())
        html += line(RunDetails::tr("Why it ended"), toQString(run.failure.localised()));
    for (const auto &[name, point] :
         {std::pair(RunDetails::tr("Last step"), run.last), {RunDetails::tr("Best"), run.best}}) {
        QStringList figures;
        for (const HistoryColumn &column : historyColumns())
            if (!std::isnan(point.*column.value))
                figures << QStringLiteral("%1 %2").arg(coreText(column.label)).arg(point.*column.value, 0, 'g', 4);
        html += line(name, RunDetails::tr("%1: %2").arg(point.step).arg(figures.join(QStringLiteral(", "))));
    }
    QStringList options;
    for (const std::string &assignment : run.recipe.assignments())
        options << toQString(assignment);
    if (options.empty())
        options << RunDetails::tr("none");
    html += line(RunDetails::tr("Options other than usual"), options.join(QStringLiteral(", ")));
    return html + QStringLiteral("</table>");
}

} // namespace likeness::ui
