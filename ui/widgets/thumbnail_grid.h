#pragma once

#include "ui/models/image_list_model.h"
#include "ui/picture_source.h"

#include <QListView>

namespace likeness::ui {

/// A virtual grid of thumbnails: only what is visible is painted, decoded and kept. Ctrl+wheel changes the size.
class ThumbnailGrid final : public QListView, public PictureSource {
    Q_OBJECT

public:
    ThumbnailGrid(ThumbnailProvider &thumbnails, QWidget *parent = nullptr);

    ImageListModel &images() { return m_model; }
    void setThumbnailSide(int logicalPx);
    int thumbnailSide() const { return m_side; }
    void selectImage(ImageId image);
    /// Shown where there is nothing to show: what fills the grid.
    void setEmptyText(const QString &text);
    const QString &emptyText() const { return m_emptyText; }

    std::vector<Query> picturesAt(QPoint global) const override;
    std::vector<Query> chosenPictures() const override;
    bool chooseBeside(int step) override;

Q_SIGNALS:
    void imageSelected(likeness::ImageId image);  ///< by mouse or keyboard
    void imageActivated(likeness::ImageId image); ///< double click or Return

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    bool event(QEvent *event) override;

private:
    void updateCells();
    void paintNoiseLine();

    ThumbnailProvider &m_thumbnails;
    ImageListModel m_model;
    QString m_emptyText;
    int m_side;
    bool m_selecting = false;
};

} // namespace likeness::ui
