#include "ui/pages/search_page.h"

#include "ui/gallery_image.h"
#include "ui/params/param_form.h"
#include "ui/session_commands.h"
#include "ui/tasks/task_bar.h"
#include "ui/util/calibration_text.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_loader.h"
#include "ui/widgets/query_table.h"
#include "ui/widgets/run_figures.h"
#include "ui/widgets/search_verdict.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/tool_button.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace likeness::ui {

SearchPage::SearchPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent)
    : QWidget(parent), m_session(session), m_command(new CommandBar)
{
    auto *splitter = new QSplitter;
    splitter->addWidget(makeRecipePanel());
    splitter->addWidget(makeQueryPanel());
    splitter->addWidget(makeResultPanel(thumbnails));
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 2);
    splitter->setStretchFactor(2, 3);
    splitter->setSizes({260, 480, 540});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);

    connect(&session, &Session::workspaceChanged, this, &SearchPage::updateButtons);
    connect(&session, &Session::recipeChanged, this, &SearchPage::showRecipe);
    connect(&session, &Session::queryChanged, this, &SearchPage::showQuery);
    connect(&session, &Session::resultsReset, this, &SearchPage::showResult);
    for (TaskRunner *lane : {&session.tasks(), &session.jobs()}) {
        connect(lane, &TaskRunner::started, this, &SearchPage::showWaiting);
        connect(lane, &TaskRunner::progressed, this, &SearchPage::showProgress);
        connect(lane, &TaskRunner::idle, this, &SearchPage::showWaiting);
        connect(lane, &TaskRunner::queueChanged, this, &SearchPage::updateButtons);
    }
    connect(&session, &Session::resultChanged, this, [this](int query) {
        if (query == m_session.query().id.value_or(-1) || m_session.results().complete())
            showResult(); // with all answers there is more to say about this one
    });
    connect(&session, &Session::selectedHitChanged, this, [this] { m_results->selectImage(m_session.selectedHit()); });
    fillRecipes();
    showQuery();
}

QWidget *SearchPage::makeRecipePanel()
{
    m_recipes = new QComboBox;
    m_recipes->setObjectName(QStringLiteral("recipes"));
    m_recipes->setAccessibleName(tr("Recipe"));
    m_recipes->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_recipes->setMinimumContentsLength(18);
    auto *edit = new QToolButton;
    edit->setIcon(themeIcon("document-edit"));
    edit->setToolTip(tr("Edit the stages of the recipe"));
    edit->setAccessibleName(edit->toolTip());
    edit->setObjectName(QStringLiteral("editRecipe"));
    auto *recipeRow = new QHBoxLayout;
    recipeRow->addWidget(m_recipes, 1);
    recipeRow->addWidget(edit);
    m_summary = new QLabel;
    m_summary->setWordWrap(true);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_form = new ParamForm;
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_search = new QPushButton(themeIcon("edit-find"), tr("Search"));
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setDefault(true);
    m_runAll = new QPushButton(themeIcon("media-playback-start"), tr("Run all queries"));
    m_runAll->setObjectName(QStringLiteral("runAll"));

    auto *panel = new QWidget;
    panel->setMinimumWidth(30 * gap);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(new QLabel(QStringLiteral("<b>%1</b>").arg(tr("Recipe"))));
    column->addLayout(recipeRow);
    column->addWidget(m_summary);
    column->addWidget(scroll, 1);
    column->addWidget(m_search);
    column->addWidget(m_runAll);

    connect(m_recipes, &QComboBox::activated, this,
            [this](int row) { m_session.chooseRecipe(m_session.recipes().all()[std::size_t(row)]); });
    connect(edit, &QToolButton::clicked, this, &SearchPage::recipeEditWanted);
    connect(&m_session.recipes(), &RecipeLibrary::changed, this, &SearchPage::fillRecipes);
    connect(m_form, &ParamForm::edited, &m_session, &Session::changeRecipe);
    connect(m_form, &ParamForm::refused, this, &SearchPage::refused);
    connect(m_search, &QPushButton::clicked, &m_session, &Session::runQuery);
    connect(m_runAll, &QPushButton::clicked, &m_session, &Session::runAll);
    return panel;
}

QWidget *SearchPage::makeQueryPanel()
{
    m_queryName = new QLabel;
    m_queryView = new ImageView;
    m_loader = new PictureLoader(*m_queryView);
    QToolButton *open = toolButton("document-open", tr("Open…"), tr("Search for any picture file"));
    QToolButton *paste = toolButton("edit-paste", tr("Paste"), tr("Search for the picture in the clipboard"));
    QToolButton *mark =
        toolButton("select-rectangular", tr("Region"), tr("Drag on the picture to search by a part of it"), true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(open);
    buttons->addWidget(paste);
    buttons->addWidget(mark);
    buttons->addStretch();

    auto *upper = new QWidget;
    auto *upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->addWidget(m_queryName);
    upperColumn->addWidget(m_queryView, 1);
    upperColumn->addLayout(buttons);
    upperColumn->addWidget(makeWordsRow());
    auto *lower = new QWidget;
    auto *lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(0, 0, 0, 0);
    lowerColumn->addWidget(new QueryTable(m_session), 1);
    lowerColumn->addWidget(new RunFigures(m_session));
    auto *panel = new QSplitter(Qt::Vertical);
    panel->addWidget(upper);
    panel->addWidget(lower);
    panel->setChildrenCollapsible(false);

    connect(open, &QToolButton::clicked, this, &SearchPage::openQueryWanted);
    connect(paste, &QToolButton::clicked, this, &SearchPage::pasteWanted);
    connect(mark, &QToolButton::toggled, m_queryView, &ImageView::setRegionMarking);
    connect(m_queryView, &ImageView::regionMarked, this, [this, mark](const QRect &region) {
        const QImage part = m_queryView->image().copy(region);
        const QString name = tr("Region of %1").arg(m_session.query().name);
        mark->setChecked(false);
        m_session.setQueryImage(part, name);
        m_session.runQuery();
    });
    return panel;
}

QWidget *SearchPage::makeWordsRow()
{
    m_words = new QWidget;
    auto *line = new QLineEdit;
    line->setObjectName(QStringLiteral("words"));
    line->setPlaceholderText(tr("What to look for, in words…"));
    line->setClearButtonEnabled(true);
    auto *how = new QComboBox;
    how->setObjectName(QStringLiteral("wordsMode"));
    how->addItems({tr("Words alone"), tr("Picture and words"), tr("Picture without words")});
    auto *weight = new QDoubleSpinBox;
    weight->setRange(0.05, 5);
    weight->setSingleStep(0.05);
    weight->setValue(0.5);
    weight->setToolTip(tr("How much the words count against the picture"));
    weight->setAccessibleName(weight->toolTip());
    weight->hide();
    auto *row = new QHBoxLayout(m_words);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(line, 1);
    row->addWidget(how);
    row->addWidget(weight);
    connect(how, &QComboBox::currentIndexChanged, weight, [weight](int mode) { weight->setVisible(mode > 0); });
    connect(line, &QLineEdit::returnPressed, this, [this, line, how, weight] {
        const int mode = how->currentIndex();
        if (line->text().trimmed().isEmpty() || !m_session.hasWorkspace())
            return;
        m_session.setQueryText(line->text().trimmed(), mode > 0,
                               mode == 0   ? 1
                               : mode == 1 ? weight->value()
                                           : -weight->value());
        m_session.runQuery();
    });
    return m_words;
}

QWidget *SearchPage::makeResultPanel(ThumbnailProvider &thumbnails)
{
    m_resultTitle = new QLabel;
    m_resultTitle->setObjectName(QStringLiteral("resultTitle"));
    m_resultTitle->setWordWrap(true);
    m_results = new ThumbnailGrid(thumbnails);
    m_results->setObjectName(QStringLiteral("results"));
    auto *compare = new QPushButton(themeIcon("view-split-left-right"), tr("Compare with the query"));
    compare->setObjectName(QStringLiteral("compare"));
    compare->setToolTip(tr("Or double-click a result"));
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(m_resultTitle);
    column->addWidget(m_results, 1);
    auto *why = new QPushButton(themeIcon("draw-line"), tr("Why did it match?"));
    why->setObjectName(QStringLiteral("why"));
    why->setToolTip(tr("The keypoints that agree, or how many are missing"));
    m_whyNot = new QPushButton(themeIcon("help-about"), tr("Why not the expected one?"));
    m_whyNot->setObjectName(QStringLiteral("whyNot"));
    m_whyNot->setToolTip(tr("Matches the query with the right picture of the ground truth"));
    auto *buttons = new FlowLayout;
    for (QPushButton *button : {m_whyNot, why, compare})
        buttons->addWidget(button);
    column->addLayout(buttons);
    connect(why, &QPushButton::clicked, this, &SearchPage::matchWanted);
    connect(m_whyNot, &QPushButton::clicked, this, [this] {
        m_session.selectHit(m_session.currentResult()->right);
        Q_EMIT matchWanted();
    });
    connect(m_results, &ThumbnailGrid::imageSelected, &m_session, &Session::selectHit);
    connect(m_results, &ThumbnailGrid::imageActivated, this, &SearchPage::compareWanted);
    connect(compare, &QPushButton::clicked, this, &SearchPage::compareWanted);
    connect(&m_session, &Session::selectedHitChanged, compare, [this, compare, why] {
        const bool pair = m_session.selectedHit() >= 0 && m_session.query().hasPicture();
        compare->setEnabled(pair);
        why->setEnabled(pair);
    });
    compare->setEnabled(m_session.selectedHit() >= 0 && m_session.query().hasPicture());
    why->setEnabled(compare->isEnabled());
    return panel;
}

void SearchPage::fillRecipes()
{
    m_recipes->clear();
    for (const Recipe &recipe : m_session.recipes().all())
        m_recipes->addItem(recipeTitle(recipe), toQString(recipe.id));
    showRecipe();
}

void SearchPage::showRecipe()
{
    const std::string &id = m_session.baseRecipe().id;
    m_recipes->setCurrentIndex(m_recipes->findData(toQString(id)));
    m_summary->setText(toQString(m_session.baseRecipe().summary.in(languageKey())));
    m_form->setRecipe(m_session.recipe(), m_session.baseRecipe());
    m_words->setVisible(m_session.understandsText());
}

void SearchPage::showQuery()
{
    const Query &query = m_session.query();
    m_queryName->setText(query.isNull() ? QString() : QStringLiteral("<b>%1</b>").arg(query.name.toHtmlEscaped()));
    m_queryName->setToolTip(query.name);
    if (!query.text.isEmpty() && !query.hasPicture())
        m_loader->clear(query.text);
    else if (query.isNull())
        m_loader->clear(
            tr("The picture to look for: select a query below, open or paste one, or drop one on the window."));
    else
        m_loader->show(query);
    updateButtons();
    showResult();
}

void SearchPage::showResult()
{
    static const ImageSet nothing;
    const auto &result = m_session.currentResult();
    const auto *sources = result ? m_session.sourcesOf(toQString(result->query)) : nullptr;
    const ImageId itself = result ? galleryImageOf(m_session.query(), *m_session.workspace()) : -1;
    m_results->images().setRanking(m_session.hasWorkspace() ? m_session.workspace()->gallery : nothing,
                                   result ? result->ranking : Ranking{}, sources, itself);
    m_results->selectImage(m_session.selectedHit());
    m_command->setCommand(searchCommand(m_session));
    m_whyNot->setVisible(result && result->right >= 0 && result->rightRank != 1);
    if (!result) {
        m_resultTitle->setText(QStringLiteral("<b>%1</b>").arg(tr("Results")));
        showWaiting();
        return;
    }
    m_form->showStages(m_session.stages());
    QString title = QStringLiteral("<b>%1</b>").arg(tr("Results"));
    title += QStringLiteral("  ") + tr("features %1 ms, search %2 ms, shown after %3 s")
                                        .arg(result->extractMs, 0, 'f', 1)
                                        .arg(result->searchMs, 0, 'f', 1)
                                        .arg(result->waitedSeconds, 0, 'f', result->waitedSeconds < 10 ? 2 : 0);
    if (const auto &calibration = m_session.results().calibration())
        if (const QString sure = sureText(*calibration, namedOthers(*result, m_session.workspace()->gallery, itself));
            !sure.isEmpty())
            title += QStringLiteral("<br>") + sure.toHtmlEscaped();
    if (const QString found = sources ? QString() : outstandingText(*result, itself); !found.isEmpty())
        title += QStringLiteral("<br>") + found;
    if (sources && !sources->empty()) {
        const int rank = result->rightRank;
        const ImageId right = result->right;
        const QString expected =
            toQString(right < 0 ? *sources->begin() : m_session.workspace()->gallery[right].name).toHtmlEscaped();
        title +=
            QStringLiteral("<br>") +
            (rank == 1 ? tr("Right: %1 came first.").arg(expected)
             : rank > 1
                 ? tr("Wrong: expected %1, which came at rank %2 with score %3, lost to %4 with %5.")
                       .arg(expected)
                       .arg(rank)
                       .arg(scoreText(result->rightScore))
                       .arg(toQString(m_session.workspace()->gallery[result->ranking[0].image].name).toHtmlEscaped())
                       .arg(scoreText(result->ranking[0].score))
                 : tr("Wrong: expected %1, which got no score.").arg(expected));
    } else if (sources) {
        title += QStringLiteral("<br>") + tr("This query has no source in the gallery: every answer is wrong.");
    }
    m_resultTitle->setText(title);
    m_results->setEmptyText(tr("No answer: this picture has no features that the recipe can use."));
}

/// Where results will be: what is going on, or what to do.
void SearchPage::showWaiting()
{
    updateButtons();
    if (m_session.currentResult())
        return;
    const bool gallery = m_session.hasWorkspace() && !m_session.workspace()->gallery.empty();
    m_results->setEmptyText(!m_session.hasWorkspace() ? tr("Open a folder or the sample from the File menu.")
                            : !gallery                ? tr("There are no pictures in this folder.")
                            : m_session.isSearching() ? tr("Searching…")
                            : m_session.query().id && m_session.results().isRunning() ? tr("All queries are being run…")
                            : m_session.query().isNull() && m_session.workspace()->queries.empty()
                                ? tr("Open, paste or drop the picture to look for.")
                            : m_session.query().isNull()
                                ? tr("Select a query in the table, or open or paste a picture.")
                                : tr("Press Search to rank the gallery for this query."));
}

void SearchPage::showProgress(const TaskState &state)
{
    const bool mine = m_session.isSearching() ? sender() == &m_session.tasks()
                                              : m_session.results().isRunning() && sender() == &m_session.jobs();
    if (!mine || m_session.currentResult() || m_session.query().isNull())
        return;
    const QString progress = progressText(state), stage = state.stage.isEmpty() ? state.title : state.stage;
    m_results->setEmptyText(progress.isEmpty() ? stage : stage + QLatin1Char('\n') + progress);
}

void SearchPage::updateButtons()
{
    const bool images = m_session.hasWorkspace() && !m_session.workspace()->gallery.empty();
    const QString why = !m_session.hasWorkspace() ? tr("Open a folder first")
                        : !images                 ? tr("There are no pictures in this folder.")
                                                  : QString();
    m_search->setEnabled(images && !m_session.query().isNull());
    m_search->setToolTip(!why.isEmpty()               ? why
                         : m_session.query().isNull() ? tr("Choose a picture to look for first")
                                                      : QString());
    const bool queries = m_session.hasWorkspace() && !m_session.workspace()->queries.empty();
    const bool running = m_session.results().isRunning();
    m_runAll->setEnabled(images && queries && !running);
    m_runAll->setToolTip(!why.isEmpty() ? why
                         : !queries     ? tr("This folder has no query/ with pictures to look up.")
                         : running      ? tr("They are being run, or wait for another job")
                                        : QString());
    m_command->setCommand(searchCommand(m_session));
}

} // namespace likeness::ui
