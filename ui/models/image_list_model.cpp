#include "ui/models/image_list_model.h"

#include "core/base/plain_text.h"
#include "ui/util/convert.h"
#include "ui/util/margin_text.h"

#include <QMimeData>
#include <QUrl>
#include <algorithm>
#include <numeric>

namespace likeness::ui {

namespace {

/// Case counts for letters outside ASCII only: a keystroke must not turn 100,000 names into QStrings.
bool holds(const std::string &name, const std::string &wanted)
{
    const auto same = [](char a, char b) { return lowerAscii(a) == lowerAscii(b); };
    return std::ranges::search(name, wanted, same).begin() != name.end() || wanted.empty();
}

} // namespace

ImageListModel::ImageListModel(ThumbnailProvider &thumbnails, QObject *parent)
    : QAbstractListModel(parent), m_thumbnails(thumbnails)
{
    connect(&thumbnails, &ThumbnailProvider::arrived, this, [this] {
        // The view repaints what it shows; asking it for 100,000 rows would not be cheaper.
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(0), {ThumbnailRole});
    });
}

void ImageListModel::setImages(const ImageSet &images)
{
    beginResetModel();
    m_images = images;
    m_ranking.reset();
    m_sources.reset();
    m_rows.resize(std::size_t(images.size()));
    std::iota(m_rows.begin(), m_rows.end(), 0);
    endResetModel();
}

void ImageListModel::setRanking(const ImageSet &images, const Ranking &ranking, const std::set<std::string> *sources,
                                ImageId itself)
{
    beginResetModel();
    m_itself = itself;
    m_images = images;
    m_ranking = ranking;
    m_sources = sources ? std::optional(*sources) : std::nullopt;
    m_rows.clear();
    for (const Hit &hit : ranking)
        m_rows.push_back(hit.image);
    endResetModel();
}

void ImageListModel::setFilter(const QString &text)
{
    const std::string wanted = text.toStdString();
    beginResetModel();
    m_rows.clear();
    for (ImageId id = 0; id < m_images.size(); ++id)
        if (holds(m_images[id].name, wanted))
            m_rows.push_back(id);
    endResetModel();
}

void ImageListModel::setThumbnailSide(int devicePx)
{
    m_side = devicePx;
}

ImageId ImageListModel::imageAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[std::size_t(row)] : -1;
}

int ImageListModel::rowOf(ImageId image) const
{
    const auto found = std::ranges::find(m_rows, image);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int ImageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ImageListModel::caption(int row) const
{
    if (!m_ranking)
        return {};
    const Hit &hit = (*m_ranking)[std::size_t(row)];
    if (hit.image == m_itself)
        return tr("#%1  the picture itself").arg(row + 1);
    if (hit.inliers >= 0)
        return tr("#%1  %2  %n inlier(s)", nullptr, hit.inliers).arg(row + 1).arg(double(hit.score), 0, 'f', 3);
    if (hit.margin == 0) // a list that no search made
        return tr("#%1   %2", "rank, score").arg(row + 1).arg(double(hit.score), 0, 'f', 3);
    return tr("#%1   %2   %3", "rank, score, margin in deviations")
        .arg(row + 1)
        .arg(scoreText(hit.score), marginText(hit.margin));
}

QVariant ImageListModel::data(const QModelIndex &index, int role) const
{
    const ImageId id = imageAt(index.row());
    if (id < 0)
        return {};
    const ImageRef &image = m_images[id];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return toQString(image.name);
    case Qt::ToolTipRole: {
        const auto thumbnail = m_thumbnails.thumbnail(image.path, m_side);
        QString text = toQString(image.name);
        if (m_ranking && (*m_ranking)[std::size_t(index.row())].margin != 0)
            text += QLatin1Char('\n') +
                    tr("Margin: deviations of the score above this query's scores of the whole gallery.");
        return thumbnail.error.isEmpty() ? text : thumbnail.error;
    }
    case ThumbnailRole:
        return m_thumbnails.thumbnail(image.path, m_side).pixmap;
    case StateRole:
        return int(m_thumbnails.thumbnail(image.path, m_side).state);
    case CaptionRole:
        return caption(index.row());
    case VerdictRole:
        if (!m_ranking || !m_sources)
            return int(Verdict::Unknown);
        return int(m_sources->contains(image.name) ? Verdict::Right : Verdict::Wrong);
    case PathRole:
        return toQString(image.path);
    case ImageIdRole:
        return id;
    default:
        return {};
    }
}

Qt::ItemFlags ImageListModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsDragEnabled;
}

QStringList ImageListModel::mimeTypes() const
{
    return {QStringLiteral("text/uri-list")};
}

QMimeData *ImageListModel::mimeData(const QModelIndexList &indexes) const
{
    auto *data = new QMimeData;
    QList<QUrl> urls;
    for (const QModelIndex &index : indexes)
        urls.append(QUrl::fromLocalFile(index.data(PathRole).toString()));
    data->setUrls(urls);
    return data;
}

} // namespace likeness::ui
