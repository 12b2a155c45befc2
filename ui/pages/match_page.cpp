#include "ui/pages/match_page.h"

#include "core/data/image.h"
#include "ui/models/match_table_model.h"
#include "ui/params/param_fields.h"
#include "ui/util/convert.h"
#include "ui/util/dismiss.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/save_picture.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/match_charts.h"
#include "ui/widgets/match_look_bar.h"
#include "ui/widgets/match_verdict.h"
#include "ui/widgets/picture_loader.h"
#include "ui/widgets/tool_button.h"

#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>

namespace likeness::ui {

struct MatchPage::Pictures {
    cv::Mat a, b;
    PairMatcher matcher;
};

MatchPage::MatchPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_view(new MatchView),
      m_charts(new MatchCharts),
      m_model(new MatchTableModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_table(new QTableView),
      m_title(new QLabel),
      m_verdict(new QLabel),
      m_values(new QLabel),
      m_command(new CommandBar)
{
    m_view->setObjectName(QStringLiteral("matchView"));
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->setWordWrap(true);
    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(m_title);
    column->addWidget(m_verdict);
    column->addLayout(makeToolRow());
    auto *upright = new QSplitter(Qt::Vertical);
    upright->addWidget(m_view);
    upright->addWidget(makeDetails());
    upright->setStretchFactor(0, 3);
    upright->setStretchFactor(1, 1);
    upright->setSizes({430, 270});
    upright->setChildrenCollapsible(false);
    column->addWidget(upright, 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(makeParameterPanel());
    splitter->addWidget(centre);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({280, 1000});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);
    connect(&session, &Session::selectedHitChanged, this, [this] {
        m_ownFiles = false;
        if (isVisible())
            followSelection();
    });
    connect(m_view, &MatchView::hovered, this,
            [this](int match) { m_values->setText(m_model->describe(match >= 0 ? match : m_view->selected())); });
    connect(m_view, &MatchView::selectedByUser, this, &MatchPage::selectRow);
    connect(m_charts, &MatchCharts::matchClicked, this, [this](int match) {
        selectRow(match);
        m_view->select(match);
        m_view->zoomTo(match);
    });
    choosePreset(m_preset);
}

QWidget *MatchPage::makeParameterPanel()
{
    m_presets = new QComboBox;
    m_presets->setAccessibleName(tr("Preset"));
    m_presets->addItem(tr("Fast (ORB)"), QStringLiteral("fast"));
    m_presets->addItem(tr("Default (RootSIFT)"), QStringLiteral("default"));
    m_presets->addItem(tr("Accurate (slanted views, pixels)"), QStringLiteral("accurate"));
    m_presets->setCurrentIndex(1);
    connect(m_presets, &QComboBox::activated, this,
            [this] { choosePreset(m_presets->currentData().toString().toStdString()); });
    QToolButton *openA = toolButton("document-open", tr("Open A…"), tr("Choose the left picture"));
    QToolButton *openB = toolButton("document-open", tr("Open B…"), tr("Choose the right picture"));
    connect(openA, &QToolButton::clicked, this, [this] { chooseFile(false); });
    connect(openB, &QToolButton::clicked, this, [this] { chooseFile(true); });
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(openA);
    buttons->addWidget(openB);
    buttons->addStretch();
    auto *content = new QWidget;
    m_fieldsPlace = new QVBoxLayout(content);
    m_fieldsPlace->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *panel = new QWidget;
    panel->setMinimumWidth(32 * gap);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addLayout(buttons);
    column->addWidget(m_presets);
    column->addWidget(scroll, 1);
    return panel;
}

QLayout *MatchPage::makeToolRow()
{
    auto *row = new FlowLayout;
    auto *looks = new MatchLookBar;
    connect(looks, &MatchLookBar::lookChanged, m_view, &MatchView::setLook);
    row->addWidget(looks);
    QToolButton *compare =
        toolButton("view-split-left-right", tr("Compare"), tr("The pair aligned: blink, swipe, difference"));
    QToolButton *matrix = toolButton("edit-copy", tr("Matrix"), tr("Copy the matrix from A to B"));
    QToolButton *save = toolButton("document-save", tr("Export…"), tr("The picture as PNG or SVG, the matches as CSV"));
    connect(compare, &QToolButton::clicked, this, &MatchPage::compareWanted);
    connect(save, &QToolButton::clicked, this, &MatchPage::askAndSave);
    connect(matrix, &QToolButton::clicked, this, [this] {
        const auto &model = m_match->model();
        QString text;
        for (int i = 0; model && i < 9; ++i)
            text += QString::number(model->val[i], 'g', 17) + QLatin1Char(i % 3 == 2 ? '\n' : ' ');
        QGuiApplication::clipboard()->setText(text);
    });
    connect(this, &MatchPage::matched, matrix, [this, matrix, compare] {
        matrix->setEnabled(m_match && m_match->supported());
        compare->setEnabled(!m_ownFiles);
        compare->setToolTip(m_ownFiles ? tr("Only for the query and a result")
                                       : tr("The pair aligned: blink, swipe, difference"));
    });
    for (QToolButton *button : {compare, matrix, save})
        row->addWidget(button);
    return row;
}

QWidget *MatchPage::makeDetails()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_table->setObjectName(QStringLiteral("matches"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(MatchTableModel::Ratio, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &row) {
        const int match = m_sorted->mapToSource(row).row();
        m_view->select(match);
        if (m_table->hasFocus())
            m_view->zoomTo(match);
        m_values->setText(m_model->describe(match));
    });
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(m_table, tr("Matches"));
    tabs->addTab(m_charts, tr("Charts"));
    auto *details = new QWidget;
    auto *column = new QVBoxLayout(details);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_values);
    column->addWidget(tabs, 1);
    m_values->setMinimumHeight(m_values->fontMetrics().height());
    return details;
}

void MatchPage::choosePreset(const std::string &name)
{
    m_preset = name;
    m_options = checkedValues(specsOf(matchPreset(name)), {}, "match");
    rebuildFields();
    rematch();
}

void MatchPage::rebuildFields()
{
    dismiss(m_fields);
    m_fields = new ParamFields(QStringLiteral("match"), specsOf(matchPreset(m_preset)), m_options);
    m_fieldsPlace->insertWidget(0, m_fields);
    connect(m_fields, &ParamFields::changed, this, [this](const std::string &key, const ParamValue &value) {
        m_options[key] = value;
        rematch();
    });
}

void MatchPage::setOption(const std::string &key, const ParamValue &value)
{
    m_options[key] = value;
    rebuildFields();
    rematch();
}

void MatchPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_ownFiles)
        followSelection();
    m_view->setFocus();
}

void MatchPage::followSelection()
{
    const ImageId hit = m_session.selectedHit();
    if (!m_session.query().hasPicture() || hit < 0 || !m_session.hasWorkspace()) {
        setPictures({}, {});
        return;
    }
    const ImageRef &image = m_session.workspace()->gallery[hit];
    setPictures(m_session.query(), {toQString(image.name), std::nullopt, image.path});
}

void MatchPage::chooseFile(bool b)
{
    const QString file = askForFile(this, b ? tr("Open B") : tr("Open A"));
    if (file.isEmpty())
        return;
    m_ownFiles = true;
    const Query chosen{file, std::nullopt, toPath(file)};
    b ? setPictures(m_a, chosen) : setPictures(chosen, m_b);
}

void MatchPage::setFiles(const QString &a, const QString &b)
{
    m_ownFiles = true;
    setPictures({a, std::nullopt, toPath(a)}, {b, std::nullopt, toPath(b)});
}

void MatchPage::setPictures(const Query &a, const Query &b)
{
    if (m_pictures && a.name == m_a.name && a.path == m_a.path && a.bytes == m_a.bytes && b.path == m_b.path)
        return;
    m_a = a;
    m_b = b;
    m_pictures = nullptr;
    rematch();
}

void MatchPage::rematch()
{
    m_command->setCommand(command());
    if (m_a.isNull() || m_b.isNull()) {
        m_view->clear(tr("Nothing to match yet: select a result of a search, or open two pictures."));
        m_title->clear();
        m_job.drop();
        show(nullptr, 0);
        return;
    }
    m_title->setText(
        QStringLiteral("<b>A</b> %1  ↔  <b>B</b> %2").arg(m_a.name.toHtmlEscaped(), m_b.name.toHtmlEscaped()));
    const MatchOptions options = optionsFrom(m_options, matchPreset(m_preset));
    m_job.start(
        [this, a = m_a, b = m_b, known = m_pictures, options](const TaskContext &context) -> std::function<void()> {
            try {
                std::shared_ptr<Pictures> pictures = known;
                if (!pictures) {
                    // The grey of the decoder, as the command line and every recipe have it.
                    pictures = std::make_shared<Pictures>(Pictures{
                        pixelsOf(a), pixelsOf(b), PairMatcher(pixelsOf(a, Colour::Grey), pixelsOf(b, Colour::Grey))});
                }
                QElapsedTimer time;
                time.start();
                auto match = std::make_shared<const ImageMatch>(pictures->matcher.match(options, context));
                const double ms = double(time.nsecsElapsed()) / 1e6;
                return [this, pictures, match, ms, fresh = !known] {
                    m_pictures = pictures;
                    if (fresh)
                        m_view->setPictures(toQImage(pictures->a), toQImage(pictures->b));
                    show(match, ms);
                };
            } catch (const std::exception &error) {
                return [this, text = toQString(messageOf(error))] {
                    m_view->clear(text);
                    show(nullptr, 0);
                };
            }
        });
}

void MatchPage::show(std::shared_ptr<const ImageMatch> match, double ms)
{
    m_match = std::move(match);
    m_model->setMatch(m_match);
    m_charts->setMatch(m_match);
    m_view->setMatch(m_match);
    m_values->clear();
    showVerdict(ms);
    Q_EMIT matched();
}

void MatchPage::showVerdict(double ms)
{
    m_verdict->setText(
        m_match ? QStringLiteral("<b>%1</b>  %2")
                      .arg(verdictOf(*m_match, m_view->pictureSize()).toHtmlEscaped(), countsOf(*m_match, ms))
                : QString());
}

void MatchPage::selectRow(int match)
{
    m_values->setText(m_model->describe(match));
    if (match < 0)
        return;
    const QModelIndex row = m_sorted->mapFromSource(m_model->index(match, 0));
    m_table->setCurrentIndex(row);
    m_table->scrollTo(row);
}

QString MatchPage::command() const
{
    if (m_a.path.empty() || m_b.path.empty())
        return {}; // pixels without a file: a command line has nothing to name
    QString text = QStringLiteral("likeness-cli match %1 %2 --preset %3")
                       .arg(shellQuoted(toQString(m_a.path)), shellQuoted(toQString(m_b.path)), toQString(m_preset));
    for (const ParamSpec &spec : specsOf(matchPreset(m_preset)))
        if (m_options.at(spec.key) != spec.def)
            text += QStringLiteral(" --set ") +
                    shellQuoted(toQString("match." + spec.key + "=" + toText(m_options.at(spec.key))));
    return text;
}

QString MatchPage::save(const QString &file)
{
    return savePicture(
        file, *m_view, [this](QPainter &painter) { m_view->render(painter); }, m_model->csv());
}

void MatchPage::askAndSave()
{
    const QString file = askWhereToSave(this, tr("Export the match"), QStringLiteral("match.png"),
                                        tr("Pictures and tables (*.png *.svg *.csv)"));
    if (file.isEmpty())
        return;
    const QString failure = save(file);
    m_values->setText(failure.isEmpty() ? tr("Written: %1").arg(file) : failure);
}

} // namespace likeness::ui
