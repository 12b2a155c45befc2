#pragma once

#include "core/eval/embedding_map.h"

#include <QGraphicsView>

namespace likeness::ui {

/// Thumbnails where their vectors lie; wheel zooms, dragging moves. Thumbnails keep their size, so that zooming takes a
/// crowd apart; the name and a frame show what is pointed at.
class EmbeddingView final : public QGraphicsView {
    Q_OBJECT

public:
    explicit EmbeddingView(QWidget *parent = nullptr);
    void setMap(const EmbeddingMap &map);
    int count() const { return m_count; }

protected:
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    void fit();

    int m_count = 0;
    QRectF m_places; ///< around all of them
    bool m_zoomed = false;
};

} // namespace likeness::ui
