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
    m_order.clear();
    m_wanted.clear();
    m_folder.clear();
    m_rows.resize(std::size_t(images.size()));
    std::iota(m_rows.begin(), m_rows.end(), 0);
    endResetModel();
}

void ImageListModel::setRanking(const ImageSet &images, const Ranking &ranking, const std::set<std::string> *sources,
                                ImageId itself, const Judgement &judgement)
{
    beginResetModel();
    m_itself = itself;
    m_judgement = judgement;
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
    m_wanted = text.toStdString();
    choose();
}

void ImageListModel::setFolder(const QString &folder)
{
    m_folder = folder.isEmpty() ? std::string() : folder.toStdString() + '/';
    choose();
}

void ImageListModel::setOrder(std::vector<ImageId> order)
{
    m_order = std::move(order);
    choose();
}

void ImageListModel::choose()
{
    beginResetModel();
    m_rows.clear();
    for (ImageId place = 0; place < m_images.size(); ++place) {
        const ImageId id = m_order.empty() ? place : m_order[std::size_t(place)];
        if (m_images[id].name.starts_with(m_folder) && holds(m_images[id].name, m_wanted))
            m_rows.push_back(id);
    }
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
    const QString place = QStringLiteral("#%1").arg(row + 1);
    if (row == noiseRow())
        return tr("%1  noise from here").arg(place);
    if (noiseRow() >= 0 && row > noiseRow())
        return place;
    const Certainty sure = m_judgement.noiseFrom < 0 ? Certainty::Unknown : m_judgement.hits[std::size_t(row)];
    if (sure == Certainty::Unknown) // no word: the number has to do
        return hit.inliers < 0 ? QStringLiteral("%1   %2").arg(place, QString::number(double(hit.score), 'f', 3))
                               : tr("%1  %n inlier(s)", nullptr, hit.inliers).arg(place);
    const QString words = QStringLiteral("%1  %2").arg(place, certaintyText(sure));
    return hit.inliers > 0 ? words + QStringLiteral(", ") + tr("%n inlier(s)", nullptr, hit.inliers) : words;
}

int ImageListModel::noiseRow() const
{
    return m_ranking && m_judgement.noiseFrom >= 0 && m_judgement.noiseFrom < int(m_rows.size()) ? m_judgement.noiseFrom
                                                                                                 : -1;
}

QString ImageListModel::tip(int row) const
{
    const ImageRef &image = m_images[m_rows[std::size_t(row)]];
    if (const auto thumbnail = m_thumbnails.thumbnail(image.path, m_side); !thumbnail.error.isEmpty())
        return thumbnail.error;
    QString text = toQString(image.name);
    if (!m_ranking)
        return text;
    const Hit &hit = (*m_ranking)[std::size_t(row)];
    text += QLatin1Char('\n') + tr("Score %1").arg(scoreText(hit.score));
    if (hit.margin != 0)
        text += QLatin1Char('\n') + tr("%1 above this query's scores of the whole gallery").arg(marginText(hit.margin));
    return text;
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
    case Qt::ToolTipRole:
        return tip(index.row());
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
    case NoiseRole:
        return noiseRow() >= 0 && index.row() >= noiseRow();
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
