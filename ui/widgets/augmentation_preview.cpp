#include "ui/widgets/augmentation_preview.h"

#include "core/train/batch_loader.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QPainter>
#include <algorithm>

namespace likeness::ui {

namespace {

constexpr int shown = 8, captionWidth = 12 * gap;

QImage viewOf(const TrainingBatch &batch, int view)
{
    const auto bytes = std::size_t(3 * batch.side * batch.side);
    return QImage(batch.pixels.data() + std::size_t(view) * bytes, batch.side, batch.side, 3 * batch.side,
                  QImage::Format_RGB888)
        .copy();
}

/// Eight of the run's files, spread over all of them.
std::shared_ptr<const LoadedImages> loadSome(const TrainingRun &run, int side)
{
    const auto files = imagesToTrainOn(run.sources, TaskContext::none());
    std::vector<ImageRef> some;
    for (int i = 0; i < shown && !files.empty(); ++i)
        some.push_back(files[std::size_t(i) * files.size() / shown]);
    return std::make_shared<LoadedImages>(loadTrainingImages(some, side, TaskContext::none()));
}

} // namespace

AugmentationPreview::AugmentationPreview(QWidget *parent) : QWidget(parent)
{
    setMinimumSize(400, 260);
    setAccessibleName(tr("Views of eight images"));
}

void AugmentationPreview::setRun(const TrainingRun &run)
{
    m_run = run;
    make();
}

void AugmentationPreview::again()
{
    ++m_step;
    make();
}

void AugmentationPreview::make()
{
    m_job.start([this, run = m_run, step = m_step, known = m_run.sources == m_loadedSources ? m_loaded : nullptr](
                    const TaskContext &) -> std::function<void()> {
        try {
            TrainingSettings settings = run.recipe.settings();
            settings.augmentation.grow = 0;
            settings.network.sidePx = std::clamp(settings.network.sidePx, 64, 160);
            std::shared_ptr<const LoadedImages> loaded = known;
            std::unique_ptr<TrainingImages> images;
            if (run.rendered > 0) {
                images = renderedImages(std::uint64_t(settings.plan.seed), shown, settings.network.sidePx * 3 / 2, 1);
            } else if (!run.sources.empty()) {
                if (!loaded)
                    loaded = loadSome(run, 160);
                std::vector<int> all;
                for (int i = 0; i < int(loaded->pictures.size()); ++i)
                    all.push_back(i);
                images = trainingImages(*loaded, all);
            }
            std::vector<Column> columns;
            if (images && images->size() >= 2) {
                settings.plan.batch = images->size();
                const TrainingBatch batch = batchOf(*images, settings, step);
                for (int i = 0; i < batch.images; ++i) {
                    const int index = batch.order[std::size_t(i)];
                    Column column{toQImage(squeezed(images->picture(index, int(step)), batch.side))};
                    for (int view = 0; view < batch.views; ++view)
                        column.push_back(viewOf(batch, view * batch.images + i));
                    columns.push_back(std::move(column));
                }
            }
            return [this, columns, loaded, sources = run.sources] {
                m_columns = columns;
                m_loaded = loaded;
                m_loadedSources = sources;
                m_failure.clear();
                update();
            };
        } catch (const Error &error) {
            return [this, message = toQString(error.message())] {
                m_columns.clear();
                m_failure = message;
                update();
            };
        }
    });
}

void AugmentationPreview::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette().color(QPalette::Text));
    if (m_columns.empty()) {
        painter.drawText(rect(), int(Qt::AlignCenter) | int(Qt::TextWordWrap),
                         m_failure.isEmpty() ? tr("Choose images to see what the augmentations do to them.")
                                             : m_failure);
        return;
    }
    const int rows = int(m_columns.front().size());
    const int cell =
        std::max(24, std::min((width() - captionWidth) / int(m_columns.size()), (height() - 10 * gap) / rows));
    const QString captions[] = {tr("image"), tr("view a"), tr("view b"), tr("similar one")};
    const auto topOf = [&](int row) { return row * (cell + (row == 2 ? 2 * gap : 0)) + (row > 2 ? 2 * gap : 0); };
    for (int row = 0; row < rows; ++row) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRect(0, topOf(row), captionWidth - gap, cell), int(Qt::AlignVCenter | Qt::AlignRight),
                         captions[row]);
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            painter.drawImage(QRect(captionWidth + int(i) * cell + 2, topOf(row) + 2, cell - 4, cell - 4),
                              m_columns[i][std::size_t(row)]);
    }
    drawPairs(painter, captionWidth, cell, topOf(2));
    painter.setPen(palette().color(QPalette::Text));
    const Objective objective = m_run.recipe.settings().objective;
    const QString text =
        objective.dropoutOnly()
            ? tr("Both views are the same picture; the network sees it twice with other neurons left out.")
        : objective.usesClasses() ? tr("Blue: views of one image belong together, and so do all images of its "
                                       "sub-folder. Everything else is different.")
        : objective.usesHardNegatives()
            ? tr("Blue: the same. The view below is of the most similar other image, and is the hardest to tell apart.")
        : objective.isSiamese() || std::holds_alternative<ContrastiveOptions>(objective.options)
            ? tr("Blue: pairs of one image. Orange: pairs of two images, as many of them.")
            : tr("Blue: the same. Each view is told apart from all views of the other images; orange shows some.");
    painter.drawText(QRect(captionWidth, topOf(rows - 1) + cell + gap, width() - captionWidth, 5 * gap),
                     int(Qt::TextWordWrap), text);
}

/// Between the rows of both views: straight lines for the same, slanted ones for different images.
void AugmentationPreview::drawPairs(QPainter &painter, int left, int cell, int top) const
{
    const int from = top - 2 * gap + 1, to = top + 1;
    const auto middle = [&](std::size_t i) { return left + int(i) * cell + cell / 2; };
    painter.setPen(QPen(wrongColour(), 1.5, Qt::DashLine));
    if (!m_run.recipe.settings().objective.dropoutOnly())
        for (std::size_t i = 0; i + 1 < m_columns.size(); ++i)
            painter.drawLine(middle(i), from, middle(i + 1), to);
    painter.setPen(QPen(rightColour(), 3));
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        painter.drawLine(middle(i), from, middle(i), to);
}

} // namespace likeness::ui
