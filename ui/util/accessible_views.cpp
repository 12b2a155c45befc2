#include "ui/util/accessible_views.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace likeness::ui {

namespace {

QAccessibleInterface *graphicOf(const QString &type, QObject *object)
{
    static const QStringList painted{
        QStringLiteral("likeness::ui::ImageView"),      QStringLiteral("likeness::ui::MatchView"),
        QStringLiteral("likeness::ui::ComparisonView"), QStringLiteral("likeness::ui::PictureStrip"),
        QStringLiteral("likeness::ui::EmbeddingView"),  QStringLiteral("likeness::ui::HistogramChart")};
    auto *widget = qobject_cast<QWidget *>(object);
    return widget && painted.contains(type) ? new QAccessibleWidget(widget, QAccessible::Graphic) : nullptr;
}

} // namespace

void installAccessibleViews()
{
    QAccessible::installFactory(graphicOf);
}

} // namespace likeness::ui
