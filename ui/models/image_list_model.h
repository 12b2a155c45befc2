#pragma once

#include "core/search/engine.h"
#include "ui/models/thumbnail_provider.h"

#include <QAbstractListModel>
#include <optional>
#include <set>

namespace likeness::ui {

/// Whether a result is known to be right.
enum class Verdict { Unknown, Right, Wrong };

/// What the grid's delegate asks for beside the display role.
enum GridRole {
    ThumbnailRole = Qt::UserRole + 1, ///< QPixmap, null while it is pending
    StateRole,                        ///< ThumbnailProvider::State as int
    CaptionRole,                      ///< second line under the name
    VerdictRole,                      ///< Verdict as int
    PathRole,                         ///< QString
    ImageIdRole,                      ///< ImageId
};

/// The images of a set, or its ranking for a query, as rows of thumbnails.
class ImageListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit ImageListModel(ThumbnailProvider &thumbnails, QObject *parent = nullptr);

    void setImages(const ImageSet &images);
    /// Only the images of `ranking`, in its order, with rank, score and margin; `itself` is what was looked for.
    void setRanking(const ImageSet &images, const Ranking &ranking, const std::set<std::string> *sources,
                    ImageId itself = -1);
    /// Shows only names that contain `text`.
    void setFilter(const QString &text);
    void setThumbnailSide(int devicePx);
    ImageId imageAt(int row) const;
    bool hasCaptions() const { return m_ranking.has_value(); }
    int rowOf(ImageId image) const; ///< -1 where it is not shown

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    QStringList mimeTypes() const override;

private:
    QVariant caption(int row) const;

    ThumbnailProvider &m_thumbnails;
    ImageSet m_images;
    std::vector<ImageId> m_rows; // which images are shown
    std::optional<Ranking> m_ranking;
    std::optional<std::set<std::string>> m_sources;
    ImageId m_itself = -1;
    int m_side = 160;
};

} // namespace likeness::ui
