#include "ui/widgets/run_figures.h"

#include <QTimer>

namespace likeness::ui {

RunFigures::RunFigures(Session &session, QWidget *parent) : QLabel(parent), m_session(session)
{
    setObjectName(QStringLiteral("figures"));
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setWordWrap(true);
    auto *soon = new QTimer(this);
    soon->setSingleShot(true);
    soon->setInterval(100);
    connect(soon, &QTimer::timeout, this, &RunFigures::refresh);
    connect(&session, &Session::resultChanged, this, [soon] {
        if (!soon->isActive())
            soon->start();
    });
    connect(&session, &Session::resultsReset, this, &RunFigures::refresh);
    connect(&session, &Session::workspaceChanged, this, &RunFigures::refresh);
    refresh();
}

/// Of all queries; of a few they would be no figures of the method.
void RunFigures::refresh()
{
    const Results &now = m_session.results();
    const Results *before = m_session.resultsBefore();
    const int queries = int(now.answers().size());
    if (!m_session.hasWorkspace() || !m_session.workspace()->truth) {
        setText(m_session.hasWorkspace() ? tr("No ground truth: answers are not judged.") : QString());
        return;
    }
    const auto figures = [](const Metrics &metrics) {
        return tr("acc@1 %1   µAP %2   recall at 90 % precision %3")
            .arg(metrics.acc1, 0, 'f', 3)
            .arg(metrics.uap, 0, 'f', 3)
            .arg(metrics.recallAtPrecision90, 0, 'f', 3);
    };
    QStringList lines;
    const auto metrics = now.complete() || now.isRunning() ? now.metrics() : std::nullopt;
    if (metrics)
        lines << figures(*metrics) + QStringLiteral("   (%1 / %2)").arg(now.count()).arg(queries);
    else if (now.count() > 0)
        lines << tr("%1 of %2 queries answered: run all of them to judge the recipe.").arg(now.count()).arg(queries);
    if (before) {
        const QString grey = palette().color(QPalette::PlaceholderText).name();
        if (const auto metricsBefore = before->metrics())
            lines << QStringLiteral("<span style=\"color:%1\">%2</span>")
                         .arg(grey, tr("Before the change: %1").arg(figures(*metricsBefore)).toHtmlEscaped());
    }
    setText(lines.join(QStringLiteral("<br>")));
}

} // namespace likeness::ui
