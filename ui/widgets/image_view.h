#pragma once

#include "ui/picture_source.h"

#include <QImage>
#include <QPointF>
#include <QWidget>

namespace likeness::ui {

/// What part of a picture is seen, in shares of its size, so that views of pictures of other sizes can follow.
struct ViewWindow {
    QPointF centre{0.5, 0.5};
    double zoom = 1; ///< 1 shows all of the picture
    bool operator==(const ViewWindow &) const = default;
};

/// One picture: wheel zooms to the cursor, drag moves, double click fits, keys + and - zoom, 0 fits, Z shows 100 %.
/// With region marking on, a drag marks a rectangle instead.
/// What is enlarged beyond its pixels says so.
class ImageView final : public QWidget, public PictureSource {
    Q_OBJECT

public:
    explicit ImageView(QWidget *parent = nullptr);
    void setImage(const QImage &image);
    const QImage &image() const { return m_image; }
    void setSource(const Query &picture) { m_source = picture; } ///< what the image was read from
    std::vector<Query> picturesAt(QPoint) const override { return chosenPictures(); }
    std::vector<Query> chosenPictures() const override;
    void setEmptyText(const QString &text);
    void setView(const ViewWindow &view);
    const ViewWindow &view() const { return m_view; }
    void setRegionMarking(bool on);
    QSize sizeHint() const override { return {320, 240}; }

Q_SIGNALS:
    void viewChanged(const likeness::ui::ViewWindow &view); ///< by the user
    void regionMarked(const QRect &region);                 ///< in pixels of the picture
    void regionCleared();                                   ///< the marked rectangle is gone

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    double scale() const; ///< widget pixels a picture pixel
    QRectF pictureRect() const;
    QPointF toPicture(QPointF position) const;
    void moveTo(ViewWindow view);
    void clearRegion();
    void paintEnlargement(QPainter &painter) const;

    QImage m_image;
    Query m_source;
    QString m_emptyText;
    ViewWindow m_view;
    bool m_marking = false;
    QPointF m_pressed;
    ViewWindow m_pressedView;
    QRect m_region;
};

} // namespace likeness::ui
