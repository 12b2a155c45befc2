#include "ui/widgets/picture_loader.h"

#include "ui/util/convert.h"

namespace likeness::ui {

cv::Mat pixelsOf(const Query &picture, Colour colour)
{
    const DecodeSpec spec{colour, 0};
    return (picture.bytes.empty() ? loadImage(picture.path, spec)
                                  : decodeImage(picture.bytes, picture.name.toStdString(), spec))
        .pixels;
}

void PictureLoader::show(const Query &picture)
{
    m_job.start([this, picture](const TaskContext &) -> std::function<void()> {
        try {
            return [this, picture, image = toQImage(pixelsOf(picture))] {
                m_view.setView({});
                m_view.setSource(picture);
                m_view.setImage(image);
                Q_EMIT shown();
            };
        } catch (const std::exception &error) {
            return [this, reason = toQString(messageOf(error))] {
                m_view.setImage({});
                m_view.setEmptyText(reason);
                Q_EMIT failed(reason);
            };
        }
    });
}

void PictureLoader::clear(const QString &emptyText)
{
    m_job.drop(); // what is being loaded is not wanted any more
    m_view.setImage({});
    m_view.setEmptyText(emptyText);
}

} // namespace likeness::ui
