#pragma once

#include "core/eval/picture_comparison.h"

#include <QImage>
#include <QWidget>

class QLabel;
class QSlider;
class QStackedWidget;

namespace likeness::ui {

class ImageView;

/// The pictures of all modes. Made behind the window: megapixels take a while.
struct ComparisonPictures {
    QImage a, b, bAtA, difference, ssim;
};
ComparisonPictures comparisonPictures(const cv::Mat &a, const cv::Mat &b, const PictureComparison &comparison);

/// Two pictures in one mode: side by side with linked zoom, swipe, blink, difference, SSIM map. Keys 1 to 5 choose the
/// mode everywhere, B held (or the blink mode's timer) shows the other picture. The mode is remembered.
class ComparisonView final : public QWidget {
    Q_OBJECT

public:
    enum class Mode { SideBySide, Swipe, Blink, Difference, SsimMap };
    Q_ENUM(Mode)

    explicit ComparisonView(QWidget *parent = nullptr);
    void setPictures(const ComparisonPictures &pictures);
    /// The same pair with another picture of its difference (outlines); the zoom stays.
    void setDifference(const QImage &difference);
    void clear(const QString &emptyText);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    void setSwipe(double share); ///< 0 shows only B, 1 only A
    QImage shown() const;        ///< what the mode shows, in the pixels of A; side by side: both

Q_SIGNALS:
    void modeChanged(likeness::ui::ComparisonView::Mode mode);
    void regionMarked(const QImage &region);

public Q_SLOTS:
    void setRegionMarking(bool on);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void refresh();

    ComparisonPictures m_pictures;
    Mode m_mode = Mode::SideBySide;
    ImageView *m_left, *m_right;
    QWidget *m_swipeRow;
    QLabel *m_which; ///< which picture blinks up
    QSlider *m_swipe;
    bool m_showB = false;
    int m_blinkTimer = 0;
};

/// Swipe: A left of the edge, B right of it, with a line between; both of one size.
QImage swipeImage(const QImage &a, const QImage &b, double share, const QColor &line);
/// Blue (equal) over grey to orange (different); a legend belongs beside it.
QImage ssimImage(const cv::Mat &map);

} // namespace likeness::ui
