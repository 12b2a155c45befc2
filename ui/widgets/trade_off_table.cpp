#include "ui/widgets/trade_off_table.h"

#include "ui/recipe_library.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QHeaderView>

namespace likeness::ui {

namespace {

/// Sorts by its number, shows its text.
class NumberItem final : public QTableWidgetItem {
public:
    NumberItem(const QString &text, double number) : QTableWidgetItem(text), m_number(number)
    {
        setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    bool operator<(const QTableWidgetItem &other) const override
    {
        const auto *number = dynamic_cast<const NumberItem *>(&other);
        return number ? m_number < number->m_number : QTableWidgetItem::operator<(other);
    }

private:
    double m_number;
};

} // namespace

TradeOffTable::TradeOffTable(QWidget *parent) : QTableWidget(0, 9, parent)
{
    setObjectName(QStringLiteral("tradeOffTable"));
    setHorizontalHeaderLabels({tr("Recipe"), tr("acc1"), tr("µAP"), tr("recall@5"), tr("Of exact"),
                               tr("Bytes an image"), tr("Build (s)"), tr("Query (ms)"), tr("Rankers add")});
    horizontalHeaderItem(4)->setToolTip(tr("Share of the ten nearest by exact search that the index finds"));
    horizontalHeaderItem(7)->setToolTip(tr("From the file to the answer, nothing cached"));
    horizontalHeaderItem(8)->setToolTip(tr("What the stages behind the search add to acc1 and µAP, or cost them"));
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setStretchLastSection(true);
    verticalHeader()->hide();
    setWordWrap(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSortingEnabled(true);
    setToolTip(tr("Double-click a recipe to open it"));
}

void TradeOffTable::add(const TradeOff &measured, int index)
{
    setSortingEnabled(false); // the row stays where it is while it is filled

    const Metrics &metrics = measured.evaluation.metrics;
    const bool judged = metrics.queriesWithSource > 0;
    const int row = rowCount();
    insertRow(row);
    auto *name = new QTableWidgetItem(recipeTitle(measured.recipe));
    name->setData(Qt::UserRole, index);
    name->setToolTip(toQString(measured.recipe.id));
    setItem(row, 0, name);
    int column = 1;
    const auto put = [&](double value, int decimals, bool known = true) {
        const QString text = known ? QString::number(value, 'f', decimals) : QStringLiteral("–");
        setItem(row, column++, new NumberItem(text, known ? value : -1));
    };
    put(metrics.acc1, 3, judged);
    put(metrics.uap, 3, judged);
    put(metrics.recall5, 3, judged);
    if (measured.exactRecall10)
        put(*measured.exactRecall10, 3);
    else
        setItem(row, column++, new NumberItem(tr("is exact"), 1));
    put(measured.evaluation.indexBytes, 0);
    put(measured.evaluation.buildSeconds, 2);
    put(measured.queryMs, 1);
    const auto &plain = measured.withoutRankers;
    const double byAcc1 = plain ? metrics.acc1 - plain->acc1 : 0, byUap = plain ? metrics.uap - plain->uap : 0;
    const auto change = [](double by) {
        const QString digits = QString::number(std::abs(by), 'f', 3);
        return (by < -0.0005 ? QStringLiteral("−") : QStringLiteral("+")) + digits;
    };
    auto *rankers =
        new NumberItem(plain ? change(byAcc1) + QStringLiteral(", ") + change(byUap) : QStringLiteral("–"), byUap);
    if (byAcc1 < -0.0005 || byUap < -0.0005) {
        rankers->setForeground(wrongColour());
        rankers->setToolTip(tr("The stages behind the search hurt here: copies have one true source each, and what "
                               "rankers borrow from neighbours belongs to other images."));
    }
    setItem(row, column, rankers);
    setSortingEnabled(true);
}

int TradeOffTable::selected() const
{
    const auto rows = selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : item(rows.first().row(), 0)->data(Qt::UserRole).toInt();
}

QByteArray csvOf(std::span<const TradeOff> all)
{
    QByteArray text = "recipe,acc1,uap,recall5,recall10_of_exact,bytes_per_image,build_seconds,query_ms,search_ms\n";
    for (const TradeOff &measured : all) {
        const RecipeEvaluation &found = measured.evaluation;
        text += QByteArray::fromStdString(measured.recipe.id);
        for (const double value :
             {found.metrics.acc1, found.metrics.uap, found.metrics.recall5, measured.exactRecall10.value_or(1),
              found.indexBytes, found.buildSeconds, measured.queryMs, found.searchMs})
            text += ',' + QByteArray::number(value, 'g', 9);
        text += '\n';
    }
    return text;
}

} // namespace likeness::ui
