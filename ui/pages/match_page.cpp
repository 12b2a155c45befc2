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
#include "ui/widgets/match_view.h"
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

MatchPage::MatchPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_kept(session.kept<MatchState>()),
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
    upright->setObjectName(QStringLiteral("matchDetails"));
    upright->addWidget(m_view);
    upright->addWidget(makeDetails());
    upright->setStretchFactor(0, 3);
    upright->setStretchFactor(1, 1);
    upright->setSizes({430, 270});
    upright->setChildrenCollapsible(false);
    column->addWidget(upright, 1);
    auto *splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("matchSplitter"));
    splitter->addWidget(makeParameterPanel());
    splitter->addWidget(centre);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({330, 950});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);
    connect(&session, &Session::selectedHitChanged, this, [this] {
        m_kept.ownFiles = false;
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
    if (m_kept.options.empty())
        choosePreset(m_kept.preset);
    else
        showKept();
}

/// The window was built anew.
void MatchPage::showKept()
{
    rebuildFields();
    if (!m_kept.current || !m_kept.match || !m_kept.pictures) {
        m_kept.pictures = nullptr; // the job of the page before may still use them
        return rematch();
    }
    m_command->setCommand(m_kept.command());
    showNames();
    m_view->setPictures(toQImage(m_kept.pictures->a), toQImage(m_kept.pictures->b));
    const int selected = m_kept.selected;
    show(m_kept.match, m_kept.ms);
    selectRow(selected);
}

QWidget *MatchPage::makeParameterPanel()
{
    m_presets = new QComboBox;
    m_presets->setAccessibleName(tr("Preset"));
    m_presets->addItem(tr("Fast (ORB)"), QStringLiteral("fast"));
    m_presets->addItem(tr("Default (RootSIFT)"), QStringLiteral("default"));
    m_presets->addItem(tr("Accurate (slanted views, pixels)"), QStringLiteral("accurate"));
    m_presets->setCurrentIndex(m_presets->findData(toQString(m_kept.preset)));
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
    scroll->setFocusPolicy(Qt::NoFocus); // its fields are the stops
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *panel = new QWidget;
    panel->setMinimumWidth(38 * gap);
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
    auto *looks = new MatchLookBar(m_kept.look);
    m_view->setLook(m_kept.look);
    connect(looks, &MatchLookBar::lookChanged, this, [this](const MatchLook &look) {
        m_kept.look = look;
        m_view->setLook(look);
    });
    row->addWidget(looks);
    QToolButton *compare =
        toolButton("view-split-left-right", tr("Compare"), tr("The pair aligned: blink, swipe, difference"));
    QToolButton *matrix = toolButton("edit-copy", tr("Matrix"), tr("Copy the matrix from A to B"));
    QToolButton *save = toolButton("document-save", tr("Export…"), tr("The picture, or the places of the matches"));
    connect(compare, &QToolButton::clicked, this, &MatchPage::compareWanted);
    exportMenu(*save, true, {QStringLiteral("csv"), QStringLiteral("json")},
               [this](const ExportKind &kind) { askAndSave(kind); });
    connect(matrix, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_model->matrixText()); });
    connect(this, &MatchPage::matched, matrix, [this, matrix, compare] {
        matrix->setEnabled(m_kept.match && m_kept.match->supported());
        compare->setEnabled(!m_kept.ownFiles);
        compare->setToolTip(m_kept.ownFiles ? tr("Only for the query and a result")
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
    m_table->setAccessibleName(tr("Matches"));
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
        m_kept.selected = match;
        m_view->select(match);
        if (m_table->hasFocus())
            m_view->zoomTo(match);
        m_values->setText(m_model->describe(match));
    });
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(m_table, tr("Matches"));
    tabs->addTab(m_charts, tr("Charts"));
    tabs->setCurrentIndex(m_kept.tab);
    connect(tabs, &QTabWidget::currentChanged, this, [this](int tab) { m_kept.tab = tab; });
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
    m_kept.preset = name;
    m_kept.options = checkedValues(specsOf(matchPreset(name)), {}, "match");
    rebuildFields();
    rematch();
}

void MatchPage::rebuildFields()
{
    dismiss(m_fields);
    m_fields = new ParamFields(QStringLiteral("match"), specsOf(matchPreset(m_kept.preset)), m_kept.options,
                               ParamFields::Sliders::BesideNumbers);
    m_fieldsPlace->insertWidget(0, m_fields);
    connect(m_fields, &ParamFields::changed, this, [this](const std::string &key, const ParamValue &value) {
        m_kept.options[key] = value;
        rematch();
    });
}

void MatchPage::setOption(const std::string &key, const ParamValue &value)
{
    m_kept.options[key] = value;
    rebuildFields();
    rematch();
}

void MatchPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_kept.ownFiles)
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
    m_kept.ownFiles = true;
    const Query chosen{file, std::nullopt, toPath(file)};
    b ? setPictures(m_kept.a, chosen) : setPictures(chosen, m_kept.b);
}

void MatchPage::setFiles(const QString &a, const QString &b)
{
    setPair({a, std::nullopt, toPath(a)}, {b, std::nullopt, toPath(b)});
}

void MatchPage::setPair(const Query &a, const Query &b)
{
    m_kept.ownFiles = true;
    setPictures(a, b);
}

void MatchPage::setPictures(const Query &a, const Query &b)
{
    if (m_kept.pictures && a.name == m_kept.a.name && a.path == m_kept.a.path && a.bytes == m_kept.a.bytes &&
        b.path == m_kept.b.path)
        return;
    m_kept.a = a;
    m_kept.b = b;
    m_kept.pictures = nullptr;
    rematch();
}

void MatchPage::rematch()
{
    m_kept.current = false;
    m_command->setCommand(m_kept.command());
    if (m_kept.a.isNull() || m_kept.b.isNull()) {
        m_view->clear(tr("Nothing to match yet: select a result of a search, or open two pictures."));
        m_title->clear();
        m_job.drop();
        show(nullptr, 0);
        return;
    }
    showNames();
    const MatchOptions options = optionsFrom(m_kept.options, matchPreset(m_kept.preset));
    m_job.start([this, a = m_kept.a, b = m_kept.b, known = m_kept.pictures,
                 options](const TaskContext &context) -> std::function<void()> {
        try {
            std::shared_ptr<MatchedPictures> pictures = known;
            if (!pictures) {
                // The grey of the decoder, as the command line and every recipe have it.
                pictures = std::make_shared<MatchedPictures>(MatchedPictures{
                    pixelsOf(a), pixelsOf(b), PairMatcher(pixelsOf(a, Colour::Grey), pixelsOf(b, Colour::Grey))});
            }
            QElapsedTimer time;
            time.start();
            auto match = std::make_shared<const ImageMatch>(pictures->matcher.match(options, context));
            const double ms = double(time.nsecsElapsed()) / 1e6;
            return [this, pictures, match, ms, fresh = !known] {
                m_kept.pictures = pictures;
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

void MatchPage::showNames()
{
    m_title->setText(QStringLiteral("<b>A</b> %1  ↔  <b>B</b> %2")
                         .arg(m_kept.a.name.toHtmlEscaped(), m_kept.b.name.toHtmlEscaped()));
}

void MatchPage::show(std::shared_ptr<const ImageMatch> match, double ms)
{
    m_kept.match = std::move(match);
    m_kept.ms = ms;
    m_kept.current = true;
    m_kept.selected = -1;
    m_model->setMatch(m_kept.match);
    m_charts->setMatch(m_kept.match);
    m_view->setMatch(m_kept.match);
    m_values->clear();
    showVerdict(ms);
    Q_EMIT matched();
}

void MatchPage::showVerdict(double ms)
{
    if (!m_kept.match)
        return m_verdict->clear();
    QString said = verdictOf(*m_kept.match, m_view->pictureSize());
    if (const auto changes = changesOf(*m_kept.match, m_view->pictureSize(), m_view->pictureSizeB());
        changes && !changes->isEmpty())
        said += QLatin1Char(' ') + tr("As a copy of B, A is %1.").arg(changes->join(QStringLiteral(", ")));
    m_verdict->setText(QStringLiteral("<b>%1</b>  %2").arg(said.toHtmlEscaped(), countsOf(*m_kept.match, ms)));
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

QString MatchPage::save(const QString &file, double scale)
{
    return savePicture(
        file, *m_view, [this](QPainter &painter) { m_view->render(painter); },
        file.endsWith(QStringLiteral(".json")) ? m_model->json() : m_model->csv(), scale);
}

void MatchPage::askAndSave(const ExportKind &kind)
{
    const QString file = askWhereToSave(this, tr("Export the match"), QStringLiteral("match.") + kind.extension,
                                        QStringLiteral("*.") + kind.extension);
    if (file.isEmpty())
        return;
    const QString failure = save(file, kind.scale);
    m_values->setText(failure.isEmpty() ? tr("Written: %1").arg(file) : failure);
}

} // namespace likeness::ui
