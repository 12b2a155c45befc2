#pragma once

#include <QHash>
#include <QImage>
#include <QWidget>
#include <filesystem>
#include <vector>

namespace likeness::ui {

class ThumbnailProvider;

/// A few pictures without names, cut to fill their places: as many in a row as there is room for, or four in a square.
class PictureStrip final : public QWidget {
    Q_OBJECT

public:
    enum class Form { Row, Square };
    PictureStrip(ThumbnailProvider &thumbnails, Form form, int heightPx, QWidget *parent = nullptr);
    void setPictures(std::vector<std::filesystem::path> pictures);
    /// Shown in a place that has no file (yet).
    void setImage(int place, const QImage &image);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect placeOf(int place) const; ///< null where there is no room for it
    QPixmap pictureAt(int place) const;

    ThumbnailProvider &m_thumbnails;
    Form m_form;
    std::vector<std::filesystem::path> m_pictures;
    QHash<int, QImage> m_images;
};

} // namespace likeness::ui
