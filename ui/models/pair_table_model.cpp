#include "ui/models/pair_table_model.h"

#include "ui/util/convert.h"
#include "ui/util/theme.h"

namespace likeness::ui {

namespace {
constexpr double wellPx = 3; // the strictest of the published thresholds
} // namespace

void PairTableModel::setOutcomes(const std::vector<KnownPair> &pairs, const MatchBenchmark &benchmark)
{
    beginResetModel();
    m_pairs = pairs;
    m_pairs.resize(benchmark.pairs.size());
    m_benchmark = benchmark;
    endResetModel();
}

int PairTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_pairs.size());
}

int PairTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QVariant PairTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const KnownPair &pair = m_pairs[std::size_t(index.row())];
    const PairOutcome &outcome = m_benchmark.pairs[std::size_t(index.row())];
    const bool overlaps = pair.bFromA.has_value();
    const bool well = overlaps ? outcome.found && outcome.cornerErrorPx <= wellPx : !outcome.found;
    if (role == Qt::ForegroundRole && index.column() == Verdict)
        return well ? rightColour() : wrongColour();
    if (role == Qt::UserRole)
        switch (index.column()) {
        case Verdict:
            return well;
        case Error: // what was not found is the worst
            return outcome.cornerErrorPx >= 0 ? outcome.cornerErrorPx : overlaps ? 1e9 : -1.0;
        case Inliers:
            return outcome.inliers;
        case Accuracy:
            return outcome.matchAccuracy;
        case Time:
            return outcome.ms;
        default:
            return toQString(pair.a.filename());
        }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Pair:
        return toQString(pair.a.filename()) + QStringLiteral("  ↔  ") + toQString(pair.b.filename());
    case Verdict:
        return !overlaps        ? (outcome.found ? tr("false positive") : tr("rightly none"))
               : !outcome.found ? tr("not found")
               : well           ? tr("found")
                                : tr("inexact");
    case Error:
        return outcome.cornerErrorPx >= 0 ? QString::number(outcome.cornerErrorPx, 'f', 2) : QStringLiteral("–");
    case Inliers:
        return outcome.inliers;
    case Accuracy:
        return overlaps ? QString::number(outcome.matchAccuracy, 'f', 3) : QStringLiteral("–");
    default:
        return QString::number(outcome.ms, 'f', 0);
    }
}

QVariant PairTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Pair"),    tr("Verdict"),       tr("Corner error (px)"),
                              tr("Inliers"), tr("Right matches"), tr("ms")};
    return titles[section];
}

} // namespace likeness::ui
