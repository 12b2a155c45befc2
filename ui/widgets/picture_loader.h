#pragma once

#include "core/data/image.h"
#include "ui/session.h"
#include "ui/util/latest_job.h"
#include "ui/widgets/image_view.h"

namespace likeness::ui {

/// Fills an ImageView behind the window: the picture, or why it cannot be shown. Only the newest wish counts.
class PictureLoader final : public QObject {
    Q_OBJECT

public:
    explicit PictureLoader(ImageView &view) : QObject(&view), m_view(view) {}
    void show(const Query &picture);
    void clear(const QString &emptyText);

Q_SIGNALS:
    void shown();
    void failed(const QString &reason);

private:
    ImageView &m_view;
    LatestJob m_job;
};

/// The pixels of a file or of a picture without one, decoded as everything else that wants this colour does; throws
/// Error.
cv::Mat pixelsOf(const Query &picture, Colour colour = Colour::Bgr);

} // namespace likeness::ui
