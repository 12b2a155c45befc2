#pragma once

#include "core/search/engine.h"
#include "ui/models/thumbnail_provider.h"
#include "ui/util/judgement.h"

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
    NoiseRole,                        ///< bool: stands out no more than unrelated pictures do
    PathRole,                         ///< QString
    ImageIdRole,                      ///< ImageId
};

/// The images of a set, or its ranking for a query, as rows of thumbnails.
class ImageListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit ImageListModel(ThumbnailProvider &thumbnails, QObject *parent = nullptr);

    void setImages(const ImageSet &images);
    /// Only the images of `ranking`, in its order, with rank and how sure they are; scores are in the tool tip where
    /// there are words for them. `itself` is what was looked for.
    void setRanking(const ImageSet &images, const Ranking &ranking, const std::set<std::string> *sources,
                    ImageId itself = -1, const Judgement &judgement = {});
    /// The row that is the first of those that stand out no more than unrelated pictures; -1 for none.
    int noiseRow() const;
    /// Shows only names that contain `text`.
    void setFilter(const QString &text);
    /// Shows only what lies in a folder or below it, such as "2024/summer"; empty for all.
    void setFolder(const QString &folder);
    /// All images in another order; empty for that of the set.
    void setOrder(std::vector<ImageId> order);
    void setThumbnailSide(int devicePx);
    ImageId imageAt(int row) const;
    const std::filesystem::path &pathAt(int row) const { return m_images[m_rows[std::size_t(row)]].path; }
    bool hasCaptions() const { return m_ranking.has_value(); }
    int rowOf(ImageId image) const; ///< -1 where it is not shown

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    QStringList mimeTypes() const override;

private:
    void choose(); ///< which rows are shown
    QVariant caption(int row) const;
    QString tip(int row) const;

    ThumbnailProvider &m_thumbnails;
    ImageSet m_images;
    std::vector<ImageId> m_rows;    // which images are shown
    std::string m_wanted, m_folder; // of their names
    std::vector<ImageId> m_order;
    std::optional<Ranking> m_ranking;
    std::optional<std::set<std::string>> m_sources;
    ImageId m_itself = -1;
    Judgement m_judgement;
    int m_side = 160;
};

} // namespace likeness::ui
