#include "ui/pages/compare_page.h"

#include "core/base/file.h"
#include "core/eval/heat_map.h"
#include "core/match/image_match.h"
#include "ui/session_commands.h"
#include "ui/util/convert.h"
#include "ui/util/margin_text.h"
#include "ui/util/save_picture.h"
#include "ui/util/settings.h"
#include "ui/util/shortcuts.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/comparison_view.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/histogram_chart.h"
#include "ui/widgets/match_verdict.h"
#include "ui/widgets/picture_loader.h"
#include "ui/widgets/tool_button.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QSlider>
#include <QVBoxLayout>
#include <opencv2/imgproc.hpp>
#include <ostream>

namespace likeness::ui {

namespace {

QString row(const QString &name, const QString &value)
{
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align=right><b>%2</b></td></tr>").arg(name, value);
}

} // namespace

ComparePage::ComparePage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_view(new ComparisonView),
      m_histograms(new HistogramChart),
      m_title(new QLabel),
      m_numbers(new QLabel),
      m_previous(toolButton("go-previous", tr("Previous"), tr("Previous result (Left)"))),
      m_next(toolButton("go-next", tr("Next"), tr("Next result (Right)"))),
      m_command(new CommandBar)
{
    m_view->setAccessibleName(tr("Query and result"));
    auto *content = new QHBoxLayout;
    content->setSpacing(gap);
    content->addWidget(m_view, 1);
    content->addWidget(makeSidePanel());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_title);
    layout->addLayout(makeToolRow());
    layout->addLayout(content, 1);
    layout->addWidget(m_command);
    connect(m_previous, &QToolButton::clicked, this, [this] { walk(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { walk(1); });
    auto *previous = new QShortcut(Qt::Key_Left, this), *next = new QShortcut(Qt::Key_Right, this);
    connect(previous, &QShortcut::activated, this, [this] { walk(-1); });
    connect(next, &QShortcut::activated, this, [this] { walk(1); });
    const QString here = QCoreApplication::translate("PageTable", "Compare");
    Shortcuts::add(*previous, "previous-result", here, m_previous->text());
    Shortcuts::add(*next, "next-result", here, m_next->text());
    Shortcuts::add(*m_aligned, "compare-aligned", here);
    Shortcuts::add(*m_heat, "compare-network", here);
    connect(&session, &Session::selectedHitChanged, this, &ComparePage::load);
    load();
}

QLayout *ComparePage::makeToolRow()
{
    auto *row = new FlowLayout;
    auto *group = new QButtonGroup(this);
    auto addMode = [&, id = 0](const char *icon, const QString &text, const QString &tip) mutable {
        QToolButton *button = toolButton(icon, text, tip, true);
        group->addButton(button, id++);
        row->addWidget(button);
    };
    addMode("view-split-left-right", tr("Side by side"), tr("Both pictures, zoom linked (key 1)"));
    addMode("transform-move-horizontal", tr("Swipe"), tr("One over the other with a movable edge (key 2)"));
    addMode("media-playback-start", tr("Blink"),
            tr("Alternate twice a second (key 3); hold B in any mode to see the other picture"));
    addMode("contrast", tr("Difference"), tr("Absolute difference of the pixels (key 4)"));
    addMode("view-statistics", tr("SSIM map"),
            tr("Where the structure is equal (blue) and where it differs (orange) (key 5)"));
    group->button(int(m_view->mode()))->setChecked(true);
    addAlignment(row);
    QToolButton *mark =
        toolButton("select-rectangular", tr("Region"), tr("Drag on a picture to search by a part of it"), true);
    row->addWidget(mark);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    connect(group, &QButtonGroup::idClicked, this, [this](int mode) { m_view->setMode(ComparisonView::Mode(mode)); });
    connect(m_view, &ComparisonView::modeChanged, this,
            [group](ComparisonView::Mode mode) { group->button(int(mode))->setChecked(true); });
    connect(mark, &QToolButton::toggled, m_view, &ComparisonView::setRegionMarking);
    connect(m_view, &ComparisonView::regionMarked, this, [this, mark](const QImage &region) {
        mark->setChecked(false);
        m_session.setQueryImage(region, tr("Region of %1").arg(m_session.query().name));
        m_session.runQuery();
        Q_EMIT searchWanted();
    });
    return row;
}

/// The switch between stretched and aligned, and what goes with the difference.
void ComparePage::addAlignment(QLayout *row)
{
    m_aligned =
        toolButton("transform-crop-and-resize", tr("Aligned"),
                   tr("Lays the result over the query by the keypoints that match: turns, mirrors and crops are "
                      "undone, and an edit shows as a difference (key A)"),
                   true);
    m_aligned->setObjectName(QStringLiteral("aligned"));
    m_aligned->setShortcut(Qt::Key_A);
    m_aligned->setChecked(Settings::compareAligned());
    m_heat =
        toolButton("color-picker", tr("The network's view"),
                   tr("Where the two pictures look alike to the network: the brighter, the more (key N). What it did "
                      "not see is dimmed."),
                   true);
    m_heat->setObjectName(QStringLiteral("heat"));
    m_heat->setShortcut(Qt::Key_N);
    connect(m_heat, &QToolButton::toggled, this, &ComparePage::load);
    m_export = toolButton("document-save", tr("Export…"), tr("Saves what is shown as a picture"));
    exportMenu(*m_export, false, {}, [this](const ExportKind &kind) { askAndSaveShown(kind.scale); });
    m_threshold = new QSlider(Qt::Horizontal);
    m_threshold->setRange(4, 120);
    m_threshold->setValue(30);
    m_threshold->setFixedWidth(14 * gap);
    m_threshold->setAccessibleName(tr("Threshold of the differences"));
    m_threshold->setToolTip(tr("How many grey levels count as different"));
    m_regions = new QLabel;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_aligned, m_heat, m_export, m_threshold, m_regions})
        row->addWidget(widget);
    const auto showThreshold = [this, heatTip = m_heat->toolTip()](ComparisonView::Mode mode) {
        m_threshold->setVisible(mode == ComparisonView::Mode::Difference);
        m_regions->setVisible(mode == ComparisonView::Mode::Difference);
        // Both show numbers of the pixels, under which the heat would not be seen.
        const bool pixels = mode == ComparisonView::Mode::Difference || mode == ComparisonView::Mode::SsimMap;
        m_heat->setEnabled(!pixels);
        m_heat->setToolTip(pixels ? tr("Not in this view: choose side by side, swipe or blink") : heatTip);
    };
    showThreshold(m_view->mode());
    connect(m_view, &ComparisonView::modeChanged, this, showThreshold);
    connect(m_threshold, &QSlider::valueChanged, this, &ComparePage::outlineDifferences);
    connect(m_aligned, &QToolButton::toggled, this, [this](bool on) {
        Settings::setCompareAligned(on);
        load();
    });
}

QWidget *ComparePage::makeSidePanel()
{
    m_numbers->setTextFormat(Qt::RichText);
    m_numbers->setWordWrap(true);
    m_numbers->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_numbers->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *why = new QPushButton(themeIcon("draw-line"), tr("Why did it match?"));
    connect(why, &QPushButton::clicked, this, &ComparePage::matchWanted);
    auto *back = new QPushButton(themeIcon("go-previous"), tr("Back to the results"));
    connect(back, &QPushButton::clicked, this, &ComparePage::searchWanted);
    auto *panel = new QWidget;
    panel->setFixedWidth(36 * gap);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(m_numbers);
    column->addWidget(m_histograms);
    column->addStretch(1);
    column->addWidget(why);
    column->addWidget(back);
    return panel;
}

void ComparePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_view->setFocus(); // its keys work at once
}

int ComparePage::rank() const
{
    const auto &result = m_session.shownResult();
    if (!result)
        return -1;
    const auto found = std::ranges::find(result->ranking, m_session.selectedHit(), &Hit::image);
    return found == result->ranking.end() ? -1 : int(found - result->ranking.begin());
}

void ComparePage::walk(int step)
{
    const auto &result = m_session.shownResult();
    const int next = rank() + step;
    if (result && next >= 0 && next < int(result->ranking.size()))
        m_session.selectHit(result->ranking[std::size_t(next)].image);
}

QString ComparePage::rankText(int shown) const
{
    if (shown < 0) {
        const auto &result = m_session.shownResult();
        const bool known = result && result->rightRank > 0 && result->right == m_session.selectedHit();
        return known ? tr("rank %1, score %2").arg(result->rightRank).arg(scoreText(result->rightScore))
                     : tr("not among the answers");
    }
    const Hit &hit = m_session.shownResult()->ranking[std::size_t(shown)];
    return tr("rank %1, score %2, margin %3").arg(shown + 1).arg(scoreText(hit.score), marginText(hit.margin));
}

/// Rectangles around what differs, over the difference.
void ComparePage::outlineDifferences()
{
    if (m_difference.empty())
        return;
    const auto regions = differingRegions(m_difference, m_threshold->value());
    QImage outlined = m_plainDifference;
    QPainter painter(&outlined);
    painter.setPen(QPen(wrongColour(), qMax(2, m_difference.cols / 300)));
    for (const cv::Rect &region : regions)
        painter.drawRect(region.x, region.y, region.width, region.height);
    painter.end();
    m_regions->setText(tr("%n region(s) differ", nullptr, int(regions.size())));
    m_view->setDifference(outlined);
}

/// Empty where the recipe has no network, or none that was chosen.
std::string ComparePage::networkModel() const
{
    for (const Branch &branch : m_session.recipe().branches)
        if (branch.extractor.id == "network")
            return std::get<std::string>(branch.extractor.params.at("model"));
    return {};
}

void ComparePage::load()
{
    const std::string network = networkModel();
    m_heat->setVisible(!network.empty());
    const int shown = rank();
    const auto &result = m_session.shownResult();
    m_previous->setEnabled(shown > 0);
    m_next->setEnabled(result && shown >= 0 && shown + 1 < int(result->ranking.size()));
    const Query &query = m_session.query();
    m_command->setCommand(shown < 0 || !query.bytes.empty()
                              ? QString() // pixels without a file: a command line has nothing to name
                              : searchCommand(m_session, query.id ? toPath(query.name) : query.path));
    const ImageId selected = m_session.hasWorkspace() ? m_session.selectedHit() : -1;
    if (selected < 0 || !query.hasPicture()) {
        m_title->clear();
        m_numbers->clear();
        m_histograms->setHistograms({}, {});
        m_export->setEnabled(false);
        m_view->clear(tr("Nothing to compare yet: search first, then double-click a result."));
        m_loading.drop();
        return;
    }
    const ImageRef &image = m_session.workspace()->gallery[selected];
    const auto *sources = m_session.sourcesOf(m_session.query().name);
    QString verdict;
    if (sources)
        verdict = QStringLiteral("  —  ") + (sources->contains(image.name) ? tr("right") : tr("wrong"));
    m_title->setText(QStringLiteral("<b>%1</b>  ↔  <b>%2</b>")
                         .arg(m_session.query().name.toHtmlEscaped(), toQString(image.name).toHtmlEscaped()) +
                     QStringLiteral("   ") + rankText(shown) + verdict);
    m_loading.start([this, query, path = image.path, aligned = m_aligned->isChecked(),
                     model = m_heat->isChecked() ? network : std::string()](const TaskContext &context) {
        return compared(query, path, aligned, model, context);
    });
}

QString ComparePage::saveShown(const QString &file, double scale)
{
    try {
        const QImage shown = m_view->shown();
        const auto png = toPng(
            scale == 1 ? shown : shown.scaled(shown.size() * scale, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        writeFileAside(toPath(file), [&png](std::ostream &out) {
            out.write(reinterpret_cast<const char *>(png.data()), std::streamsize(png.size()));
        });
    } catch (const Error &error) {
        return toQString(error.message());
    }
    return {};
}

void ComparePage::askAndSaveShown(double scale)
{
    askAndSave(*this, tr("Save the comparison"), QStringLiteral("comparison.png"), tr("Pictures (*.png)"),
               [this, scale](const QString &file) { return saveShown(file, scale); });
}

/// On the thread of the job; what it returns shows the comparison.
std::function<void()> ComparePage::compared(const Query &query, const std::filesystem::path &path, bool aligned,
                                            const std::string &model, const TaskContext &context)
{
    try {
        const cv::Mat a = pixelsOf(query);
        const cv::Mat b = loadImage(path).pixels;
        context.checkCancelled();
        std::optional<ImageMatch> match;
        if (aligned) {
            const cv::Mat greyA = pixelsOf(query, Colour::Grey), greyB = loadImage(path, {Colour::Grey, 0}).pixels;
            match = matchImages(greyA, greyB, matchPreset("default"), context);
        }
        const PictureComparison comparison = comparePictures(a, b, match ? match->bFromA : std::nullopt);
        cv::Mat shownA = a, shownB = b;
        QString network;
        if (!model.empty()) {
            const auto loaded = ModelStore::user().load(model);
            const HeatMaps heat = heatMaps(*loaded, a, b);
            shownA = heatPicture(a, heat.a, heat.areaA);
            shownB = heatPicture(b, heat.b, heat.areaB);
            network = row(tr("Cosine, model alone"), QString::number(heat.cosine, 'f', 3));
        }
        QString how = !match ? tr("The result is stretched to the size of the query before it is measured.")
                             : verdictOf(*match, QSize(a.cols, a.rows));
        if (!network.isEmpty())
            how += QLatin1Char(' ') + tr("The cosine is of the model with the input it was made for; the score of the "
                                         "ranking comes from the recipe's own size, crops and stages.");
        return [this, comparison, how, network, pictures = comparisonPictures(shownA, shownB, comparison)] {
            m_view->setPictures(pictures);
            m_export->setEnabled(true);
            m_plainDifference = pictures.difference;
            m_difference = comparison.difference;
            outlineDifferences();
            m_histograms->setHistograms(comparison.histogramA, comparison.histogramB);
            const QString psnr =
                std::isfinite(comparison.psnr) ? QStringLiteral("%1 dB").arg(comparison.psnr, 0, 'f', 1) : tr("equal");
            m_numbers->setText(QStringLiteral("<table>") +
                               row(tr("Query"), tr("%1 × %2 px").arg(pictures.a.width()).arg(pictures.a.height())) +
                               row(tr("Result"), tr("%1 × %2 px").arg(pictures.b.width()).arg(pictures.b.height())) +
                               row(tr("MSE"), QString::number(comparison.mse, 'f', 1)) + row(tr("PSNR"), psnr) +
                               row(tr("SSIM"), QString::number(comparison.ssim, 'f', 3)) + network +
                               QStringLiteral("</table><p>") + how.toHtmlEscaped() + QStringLiteral("</p>"));
        };
    } catch (const std::exception &error) {
        return [this, text = toQString(messageOf(error))] {
            m_view->clear(text);
            m_numbers->clear();
            m_histograms->setHistograms({}, {});
        };
    }
}

} // namespace likeness::ui
