#include "ui/pages/search_page.h"

#include "ui/gallery_image.h"
#include "ui/params/param_form.h"
#include "ui/session_commands.h"
#include "ui/tasks/task_bar.h"
#include "ui/util/calibration_text.h"
#include "ui/util/convert.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/pair_changes.h"
#include "ui/widgets/picture_loader.h"
#include "ui/widgets/query_panel.h"
#include "ui/widgets/recipe_card.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/tool_button.h"
#include "ui/widgets/words_row.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace likeness::ui {

SearchPage::SearchPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent)
    : QWidget(parent), m_session(session), m_command(new CommandBar)
{
    auto *splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("searchSplitter"));
    splitter->addWidget(makeQueryPanel(thumbnails));
    splitter->addWidget(makeResultPanel(thumbnails));
    splitter->addWidget(makeForm());
    splitter->setStretchFactor(0, 0); // the form takes its room from the results
    splitter->setStretchFactor(1, 1);
    splitter->setStretchFactor(2, 0);
    splitter->setSizes({400, 680, 260});
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
    showRecipe();
    showQuery();
}

QWidget *SearchPage::makeForm()
{
    m_form = new ParamForm;
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // its fields are the stops
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *edit = new QPushButton(themeIcon("document-edit"), tr("Edit the stages…"));
    edit->setObjectName(QStringLiteral("editRecipe"));
    auto *hide = new QToolButton;
    hide->setIcon(themeIcon("window-close"));
    hide->setAutoRaise(true);
    hide->setToolTip(tr("Hide the parameters"));
    hide->setAccessibleName(hide->toolTip());
    auto *top = new QHBoxLayout;
    top->addWidget(heading(tr("Parameters")), 1);
    top->addWidget(hide);
    m_formPanel = new QWidget;
    m_formPanel->setMinimumWidth(30 * gap);
    auto *column = new QVBoxLayout(m_formPanel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addLayout(top);
    column->addWidget(scroll, 1);
    column->addWidget(edit);
    m_formPanel->hide();
    connect(edit, &QPushButton::clicked, this, &SearchPage::recipeEditWanted);
    connect(hide, &QToolButton::clicked, this, [this] { showForm(false); });
    connect(m_card, &RecipeCard::formWanted, m_formPanel, &QWidget::setVisible);
    connect(m_card, &RecipeCard::formWanted, this, &SearchPage::formShown);
    connect(m_form, &ParamForm::edited, &m_session, &Session::changeRecipe);
    connect(m_form, &ParamForm::refused, this, &SearchPage::refused);
    return m_formPanel;
}

void SearchPage::showForm(bool shown)
{
    m_card->setFormShown(shown);
}

bool SearchPage::isFormShown() const
{
    return !m_formPanel->isHidden();
}

QWidget *SearchPage::makeQueryPanel(ThumbnailProvider &thumbnails)
{
    m_queryName = heading({});
    m_queryName->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_queryView = new ImageView;
    m_loader = new PictureLoader(*m_queryView);
    m_card = new RecipeCard(m_session);
    connect(m_card, &RecipeCard::refused, this, &SearchPage::refused);
    auto *upper = new QWidget;
    auto *upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->setSpacing(gap);
    upperColumn->addWidget(m_queryName);
    upperColumn->addWidget(m_queryView, 1);
    upperColumn->addWidget(makeQueryButtons());
    m_words = new WordsRow(m_session);
    upperColumn->addWidget(m_words);
    upperColumn->addWidget(m_card);
    auto *lower = new QWidget;
    auto *lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(0, 0, 0, 0);
    lowerColumn->setSpacing(gap / 2);
    m_runAll = new QPushButton(themeIcon("media-playback-start"), tr("Run all queries"));
    m_runAll->setObjectName(QStringLiteral("runAll"));
    connect(m_runAll, &QPushButton::clicked, &m_session, &Session::runAll);
    lowerColumn->addWidget(new QueryPanel(m_session, thumbnails, *m_runAll), 1);
    auto *panel = new QSplitter(Qt::Vertical);
    panel->setObjectName(QStringLiteral("querySplitter"));
    panel->addWidget(upper);
    panel->addWidget(lower);
    panel->setStretchFactor(0, 3);
    panel->setStretchFactor(1, 2);
    panel->setSizes({430, 330});
    panel->setChildrenCollapsible(false);
    return panel;
}

QWidget *SearchPage::makeQueryButtons()
{
    m_search = new QPushButton(themeIcon("edit-find"), tr("Search"));
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setDefault(true);
    QToolButton *open = toolButton("document-open", tr("Open…"), tr("Search for any picture file"));
    QToolButton *paste = toolButton("edit-paste", tr("Paste"), tr("Search for the picture in the clipboard"));
    QToolButton *mark =
        toolButton("select-rectangular", tr("Region"), tr("Drag on the picture to search by a part of it"), true);
    auto *part = new QWidget;
    auto *buttons = new FlowLayout(part);
    for (QWidget *button : {static_cast<QWidget *>(m_search), static_cast<QWidget *>(open),
                            static_cast<QWidget *>(paste), static_cast<QWidget *>(mark)})
        buttons->addWidget(button);
    connect(m_search, &QPushButton::clicked, &m_session, &Session::runQuery);
    connect(open, &QToolButton::clicked, this, &SearchPage::openQueryWanted);
    connect(paste, &QToolButton::clicked, this, &SearchPage::pasteWanted);
    connect(mark, &QToolButton::toggled, m_queryView, &ImageView::setRegionMarking);
    connect(m_queryView, &ImageView::regionMarked, this, [this, mark](const QRect &region) {
        const QImage picture = m_queryView->image().copy(region);
        const QString name = tr("Region of %1").arg(m_session.query().name);
        mark->setChecked(false);
        m_session.setQueryImage(picture, name);
        m_session.runQuery();
    });
    return part;
}

QWidget *SearchPage::makeResultPanel(ThumbnailProvider &thumbnails)
{
    m_sentence = heading({});
    m_sentence->setObjectName(QStringLiteral("sentence"));
    m_sentence->setWordWrap(true);
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
    column->addWidget(m_sentence);
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

void SearchPage::showRecipe()
{
    m_form->setRecipe(m_session.recipe(), m_session.baseRecipe());
    m_words->setVisible(m_session.understandsText());
}

void SearchPage::showQuery()
{
    const Query &query = m_session.query();
    const QString name = QFileInfo(query.name).fileName();
    m_queryName->setText(query.isNull() ? tr("Query") : name.isEmpty() ? query.name : name);
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
    m_proof.drop();
    const auto &result = m_session.shownResult();
    const auto *sources = result ? m_session.sourcesOf(toQString(result->query)) : nullptr;
    const ImageId itself = result ? galleryImageOf(m_session.query(), *m_session.workspace()) : -1;
    const auto &calibration = m_session.results().calibration();
    const bool isOfRecipe = m_session.currentResult().has_value(); // a calibration is of the scores of the recipe
    const auto others = result ? namedOthers(*result, m_session.workspace()->gallery, itself) : NamedRanking();
    const Judgement judgement =
        !result ? Judgement()
                : judgementOf(result->ranking, itself,
                              calibration && isOfRecipe ? calibration->probability(others) : std::nullopt);
    m_results->images().setRanking(m_session.hasWorkspace() ? m_session.workspace()->gallery : nothing,
                                   result ? result->ranking : Ranking{}, sources, itself, judgement);
    m_results->selectImage(m_session.selectedHit());
    m_command->setCommand(searchCommand(m_session));
    m_whyNot->setVisible(isOfRecipe && result->right >= 0 && result->rightRank != 1);
    if (!result) {
        m_sentence->setText(tr("Results"));
        m_resultTitle->clear();
        showWaiting();
        return;
    }
    m_form->showStages(m_session.stages());
    m_results->setEmptyText(tr("No answer: this picture has no features that the recipe can use."));
    showSentence(*result, judgement);
    QStringList lines;
    if (!isOfRecipe)
        lines << tr("A quick look; %1 looks closer now.").arg(recipeTitle(m_session.baseRecipe())).toHtmlEscaped();
    else if (calibration)
        if (const QString sure = sureText(*calibration, others); !sure.isEmpty())
            lines << sure.toHtmlEscaped();
    if (sources && isOfRecipe)
        lines << judgedByTruth(*result, *sources);
    m_resultTitle->setText(lines.join(QStringLiteral("<br>")));
    if (!others.candidates.empty())
        if (const auto first = m_session.workspace()->gallery.find(others.candidates.front().source))
            prove(judgement, *first);
}

void SearchPage::showSentence(const Answer &answer, const Judgement &judgement)
{
    m_sentence->setText(answer.ranking.empty() ? tr("No answer") : sentenceOf(judgement, std::nullopt));
    m_sentence->setToolTip(tr("Features %1 ms, search %2 ms, shown after %3 s")
                               .arg(answer.extractMs, 0, 'f', 1)
                               .arg(answer.searchMs, 0, 'f', 1)
                               .arg(answer.waitedSeconds, 0, 'f', answer.waitedSeconds < 10 ? 2 : 0));
}

QString SearchPage::judgedByTruth(const Answer &answer, const std::set<std::string> &sources) const
{
    if (sources.empty())
        return tr("This query has no source in the gallery: every answer is wrong.");
    const int rank = answer.rightRank;
    const ImageSet &gallery = m_session.workspace()->gallery;
    const QString expected =
        toQString(answer.right < 0 ? *sources.begin() : gallery[answer.right].name).toHtmlEscaped();
    if (rank == 1)
        return tr("Right: %1 came first.").arg(expected);
    if (rank > 1)
        return tr("Wrong: expected %1, which came at rank %2 with score %3, lost to %4 with %5.")
            .arg(expected)
            .arg(rank)
            .arg(scoreText(answer.rightScore))
            .arg(toQString(gallery[answer.ranking[0].image].name).toHtmlEscaped())
            .arg(scoreText(answer.ranking[0].score));
    return tr("Wrong: expected %1, which got no score.").arg(expected);
}

/// Keypoints that agree say how the query came from the best answer, a moment later and behind the window.
void SearchPage::prove(const Judgement &judgement, ImageId best)
{
    const Query query = m_session.query();
    if (!query.isOnePicture() || m_session.results().isRunning())
        return;
    const std::filesystem::path hit = m_session.workspace()->gallery[best].path;
    m_proof.start([this, query, hit, judgement](const TaskContext &context) -> std::function<void()> {
        const auto changes = changesBetween(query, hit, context);
        if (!changes)
            return {};
        return [this, judgement, changes] { m_sentence->setText(sentenceOf(judgement, changes)); };
    });
}

/// Where results will be: what is going on, or what to do.
void SearchPage::showWaiting()
{
    updateButtons();
    if (m_session.shownResult())
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
    if (!mine || m_session.shownResult() || m_session.query().isNull())
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
