#pragma once

#include "core/match/image_match.h"

#include <QImage>
#include <QTransform>
#include <QWidget>
#include <memory>

namespace likeness::ui {

/// What of a match is drawn, and how.
struct MatchLook {
    enum class Layout { SideBySide, Stacked, Overlaid };
    enum class Overlay { Blend, Blink, Difference };
    enum class Lines { All, Inliers, Outliers, None };
    enum class Colour { Verdict, Residual, Distance };
    Layout layout = Layout::SideBySide;
    Overlay overlay = Overlay::Blend;
    Lines lines = Lines::Inliers;
    Colour colour = Colour::Verdict;
    bool keypoints = false;
    bool outline = true;
    int strongest = 500;   ///< most lines, the most distinct ones
    double opacity = 0.5;  ///< of A over B
    double residualPx = 5; ///< that has the last colour of the ramp
};

/// Two images with their keypoints and matches. Wheel zooms to the cursor and drag moves, on both sides at once: the
/// other side follows through the homography where there is one. A match under the cursor lights up on both sides; a
/// click selects it and zooms to it; double click shows all. Keys: + - 0. A legend counts what the colours mean; of the
/// marked match both ends are shown magnified, and its epipolar lines where a fundamental matrix is the model.
class MatchView final : public QWidget {
    Q_OBJECT

public:
    explicit MatchView(QWidget *parent = nullptr);
    void setPictures(const QImage &a, const QImage &b);
    void setMatch(std::shared_ptr<const ImageMatch> match);
    void clear(const QString &emptyText);
    void setLook(const MatchLook &look);
    const MatchLook &look() const { return m_look; }
    QSize pictureSize() const { return m_a.size(); } ///< of A
    QSize pictureSizeB() const { return m_b.size(); }
    void select(int index); ///< of a match; -1 for none
    int selected() const { return m_selected; }
    void zoomTo(int index);
    /// The widget as it is, for export; `painter` is of the widget's size.
    void render(QPainter &painter) const { paint(painter); }
    QSize sizeHint() const override { return {720, 420}; }

Q_SIGNALS:
    void hovered(int index); ///< a match; -1 where there is none
    void selectedByUser(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    struct Side {
        QRect place; ///< in the widget
        QTransform widgetFromPicture;
    };
    void updateShown();
    Side sideOf(bool b) const;
    QPointF centreOf(bool b) const;
    void paint(QPainter &painter) const;
    void paintOverlaid(QPainter &painter) const;
    void paintKeypoints(QPainter &painter, const Side &side, const std::vector<cv::KeyPoint> &keypoints) const;
    void paintLines(QPainter &painter, const Side &a, const Side &b) const;
    void paintMarked(QPainter &painter, const Side &a, const Side &b, int index) const;
    void paintOutline(QPainter &painter, const Side &b) const;
    void paintEpipolar(QPainter &painter, const Side &a, const Side &b, int index) const;
    void paintPatches(QPainter &painter, const Side &a, const Side &b, int index) const;
    void paintLegend(QPainter &painter) const;
    QStringList legend() const;
    QColor colourOf(std::size_t index) const;
    QPointF pointOf(const Side &side, bool b, int index) const;
    int matchAt(QPointF position) const;
    void zoomAt(QPointF position, double factor);
    void moveBy(QPointF delta, bool b);

    QImage m_a, m_b, m_warped, m_difference;
    std::shared_ptr<const ImageMatch> m_match;
    std::vector<double> m_residuals;
    std::vector<int> m_shown; ///< matches that are drawn
    QString m_emptyText;
    MatchLook m_look;
    QPointF m_centre{0.5, 0.5}; ///< of what is seen, in shares of A
    double m_zoom = 1;
    int m_hovered = -1, m_selected = -1;
    QPointF m_pressed, m_last;
    bool m_dragging = false, m_blinkA = true;
    int m_blinkTimer = 0;
};

} // namespace likeness::ui
