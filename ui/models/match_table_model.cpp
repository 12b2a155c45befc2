#include "ui/models/match_table_model.h"

#include "ui/util/theme.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace likeness::ui {

void MatchTableModel::setMatch(std::shared_ptr<const ImageMatch> match)
{
    beginResetModel();
    m_match = std::move(match);
    endResetModel();
}

int MatchTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_match ? 0 : int(m_match->matches.size());
}

int MatchTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

double MatchTableModel::value(int row, int column) const
{
    const Correspondence &pair = m_match->matches[std::size_t(row)];
    const cv::KeyPoint &a = m_match->a.keypoints[std::size_t(pair.a)], &b = m_match->b.keypoints[std::size_t(pair.b)];
    switch (column) {
    case Verdict:
        return m_match->inlier[std::size_t(row)] ? 1 : 0;
    case Ratio:
        return double(pair.ratio);
    case Distance:
        return double(pair.distance);
    case Residual:
        return residualPx(*m_match, std::size_t(row));
    case Scale:
        return double(b.size / a.size);
    case Turn: {
        // Mirrored keypoints are described in the mirrored image.
        const double angle = m_match->mirrored ? 180 - double(a.angle) : double(a.angle);
        return std::remainder(double(b.angle) - angle, 360.0);
    }
    case PlaceA:
        return double(a.pt.x);
    default:
        return double(b.pt.x);
    }
}

QVariant MatchTableModel::data(const QModelIndex &index, int role) const
{
    if (!m_match || !index.isValid())
        return {};
    const int row = index.row(), column = index.column();
    if (role == Qt::UserRole)
        return value(row, column);
    if (role == Qt::ForegroundRole && column == Verdict)
        return m_match->inlier[std::size_t(row)] ? rightColour() : wrongColour();
    if (role == Qt::TextAlignmentRole && column != Verdict)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const auto place = [](const cv::KeyPoint &k) {
        return QStringLiteral("%1, %2").arg(double(k.pt.x), 0, 'f', 1).arg(double(k.pt.y), 0, 'f', 1);
    };
    const Correspondence &pair = m_match->matches[std::size_t(row)];
    switch (column) {
    case Verdict:
        return m_match->inlier[std::size_t(row)] ? tr("inlier") : tr("outlier");
    case Residual:
        return value(row, column) < 0 ? QStringLiteral("–") : QString::number(value(row, column), 'f', 2);
    case Turn:
        return QStringLiteral("%1°").arg(std::round(value(row, column)) + 0.0, 0, 'f', 0);
    case PlaceA:
        return place(m_match->a.keypoints[std::size_t(pair.a)]);
    case PlaceB:
        return place(m_match->b.keypoints[std::size_t(pair.b)]);
    default:
        return QString::number(value(row, column), 'f', 3);
    }
}

QVariant MatchTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const struct {
        QString title, help;
    } columns[] = {{tr("Verdict"), tr("Whether the model explains the match")},
                   {tr("Ratio"), tr("Distance to the best descriptor over that to the second best")},
                   {tr("Distance"), tr("Of the descriptors")},
                   {tr("Residual (px)"), tr("How far from its place under the model it lies in B")},
                   {tr("Scale"), tr("How much larger the keypoint is in B")},
                   {tr("Turn"), tr("Between the directions of the keypoints")},
                   {tr("Place in A"), tr("Pixels from the top left corner")},
                   {tr("Place in B"), tr("Pixels from the top left corner")}};
    if (role == Qt::DisplayRole)
        return columns[section].title;
    if (role == Qt::ToolTipRole)
        return columns[section].help;
    return {};
}

QString MatchTableModel::describe(int row) const
{
    if (!m_match || row < 0)
        return {};
    const auto text = [&](int column) { return data(index(row, column), Qt::DisplayRole).toString(); };
    return tr("%1: ratio %2, distance %3, residual %4 px, scale %5, turn %6")
        .arg(text(Verdict), text(Ratio), text(Distance), text(Residual), text(Scale), text(Turn));
}

QString MatchTableModel::matrixText() const
{
    QString text;
    for (int i = 0; m_match && m_match->model() && i < 9; ++i)
        text += QString::number(m_match->model()->val[i], 'g', 17) + QLatin1Char(i % 3 == 2 ? '\n' : ' ');
    return text;
}

QByteArray MatchTableModel::json() const
{
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (int row = 0; row < rowCount(); ++row) {
        const Correspondence &pair = m_match->matches[std::size_t(row)];
        const cv::Point2f a = m_match->a.keypoints[std::size_t(pair.a)].pt,
                          b = m_match->b.keypoints[std::size_t(pair.b)].pt;
        rows.push_back({{"a", {a.x, a.y}},
                        {"b", {b.x, b.y}},
                        {"inlier", bool(m_match->inlier[std::size_t(row)])},
                        {"ratio", value(row, Ratio)},
                        {"distance", value(row, Distance)},
                        {"residual_px", value(row, Residual)},
                        {"scale", value(row, Scale)},
                        {"turn_degrees", value(row, Turn)}});
    }
    nlohmann::ordered_json all{{"matches", rows}};
    if (m_match && m_match->model()) {
        const cv::Matx33d &m = *m_match->model();
        all[m_match->bFromA ? "homography" : "fundamental"] = {
            {m(0, 0), m(0, 1), m(0, 2)}, {m(1, 0), m(1, 1), m(1, 2)}, {m(2, 0), m(2, 1), m(2, 2)}};
    }
    return QByteArray::fromStdString(all.dump(1) + "\n");
}

QByteArray MatchTableModel::csv() const
{
    QByteArray out = "a_x,a_y,b_x,b_y,inlier,ratio,distance,residual_px,scale,turn_degrees\n";
    for (int row = 0; row < rowCount(); ++row) {
        const Correspondence &pair = m_match->matches[std::size_t(row)];
        const cv::Point2f a = m_match->a.keypoints[std::size_t(pair.a)].pt,
                          b = m_match->b.keypoints[std::size_t(pair.b)].pt;
        for (const double v : {double(a.x), double(a.y), double(b.x), double(b.y), value(row, Verdict),
                               value(row, Ratio), value(row, Distance), value(row, Residual), value(row, Scale)})
            out += QByteArray::number(v, 'g', 7) + ',';
        out += QByteArray::number(value(row, Turn), 'g', 7) + '\n';
    }
    return out;
}

} // namespace likeness::ui
