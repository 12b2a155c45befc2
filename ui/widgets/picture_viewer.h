#pragma once

#include "ui/session.h"

#include <QDialog>
#include <QPointer>

class QLabel;

namespace likeness::ui {

class ImageView;
class PictureLoader;

/// One picture on the whole screen. Left and Right walk through what its source shows, R marks a part to look for,
/// Space and Escape lead back; zoom as everywhere.
class PictureViewer final : public QDialog {
    Q_OBJECT

public:
    /// `source`: a PictureSource to walk through; null for none.
    PictureViewer(const Query &picture, QWidget *source, QWidget *parent);
    void setRegionMarking(bool on);

Q_SIGNALS:
    void regionChosen(const QImage &part, const QString &name);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showPicture(const Query &picture);
    void walk(int step);

    QPointer<QWidget> m_source;
    Query m_picture;
    ImageView *m_view;
    PictureLoader *m_loader;
    QLabel *m_caption;
    bool m_marking = false;
};

} // namespace likeness::ui
