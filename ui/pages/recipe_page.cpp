#include "ui/pages/recipe_page.h"

#include "core/base/file.h"
#include "core/commands/search_commands.h"
#include "core/search/recipe_store.h"
#include "ui/recipe_library.h"
#include "ui/util/convert.h"
#include "ui/util/shortcuts.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/chain_list.h"
#include "ui/widgets/stage_panel.h"
#include "ui/widgets/tool_button.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>

namespace likeness::ui {

RecipePage::RecipePage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_recipes(new QComboBox),
      m_name(new QLineEdit),
      m_panel(new StagePanel),
      m_state(new QLabel),
      m_message(new MessageBar),
      m_command(new CommandBar),
      m_now(session.kept<RecipeEdit>().now),
      m_before(session.kept<RecipeEdit>().before),
      m_seen(session.kept<RecipeEdit>().seen),
      m_dirty(session.kept<RecipeEdit>().dirty)
{
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_panel);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // its fields are the stops
    auto *splitter = new QSplitter;
    splitter->addWidget(makeList());
    splitter->addWidget(scroll);
    splitter->setSizes({360, 720});
    splitter->setChildrenCollapsible(false);
    m_state->setWordWrap(true);
    m_state->setObjectName(QStringLiteral("recipeState"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addLayout(makeTop());
    layout->addWidget(m_message);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_state);
    layout->addWidget(m_command);
    connect(&session.recipes(), &RecipeLibrary::changed, this, &RecipePage::fillRecipes);
    connect(&session, &Session::workspaceChanged, this, &RecipePage::check);
    connect(m_panel, &StagePanel::edited, this, [this](const ChainStage &stage) {
        Chain chain = m_now.chain;
        chain[std::size_t(m_now.current)] = stage;
        apply(std::move(chain), m_now.current);
    });
    fillRecipes();
    if (m_now.chain.empty())
        begin(session.recipe());
    else // the window was built anew
        showChain();
}

QLayout *RecipePage::makeTop()
{
    m_recipes->setObjectName(QStringLiteral("editedRecipe"));
    m_recipes->setAccessibleName(tr("Recipe to begin with"));
    m_recipes->setPlaceholderText(tr("Begin with…"));
    m_name->setObjectName(QStringLiteral("recipeName"));
    m_name->setAccessibleName(tr("Name of the recipe"));
    m_name->setPlaceholderText(tr("Name of the recipe"));
    m_undo = toolButton("edit-undo", tr("Undo"), tr("Take the last change back"));
    m_undo->setObjectName(QStringLiteral("undoRecipe"));
    m_undo->setShortcut(QKeySequence::Undo);
    Shortcuts::add(*m_undo, "undo-recipe", QCoreApplication::translate("PageTable", "Recipe"));
    m_delete = toolButton("edit-delete", tr("Delete"), {});
    m_delete->setObjectName(QStringLiteral("deleteRecipe"));
    m_save = new QPushButton(themeIcon("document-save"), tr("Save and search with it"));
    m_save->setObjectName(QStringLiteral("saveRecipe"));
    auto *row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Begin with")));
    row->addWidget(m_recipes, 2);
    row->addWidget(m_undo);
    row->addSpacing(2 * gap);
    row->addWidget(new QLabel(tr("Name")));
    row->addWidget(m_name, 1);
    row->addWidget(m_save);
    row->addWidget(m_delete);
    connect(m_recipes, &QComboBox::activated, this,
            [this](int at) { edit(m_session.recipes().all()[std::size_t(at)]); });
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString &name) {
        m_now.naming.id = name.trimmed().toStdString();
        check();
    });
    connect(m_undo, &QToolButton::clicked, this, &RecipePage::undo);
    connect(m_save, &QPushButton::clicked, this, &RecipePage::save);
    connect(m_delete, &QToolButton::clicked, this, &RecipePage::removeRecipe);
    return row;
}

QWidget *RecipePage::makeList()
{
    m_list = new ChainList;
    m_list->setObjectName(QStringLiteral("stages"));
    m_add = toolButton("list-add", tr("Add"), tr("Another stage"));
    m_add->setObjectName(QStringLiteral("addStage"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_remove = toolButton("list-remove", tr("Remove"), tr("The selected stage; with an extractor goes its branch"));
    m_remove->setObjectName(QStringLiteral("removeStage"));
    m_up = toolButton("go-up", {}, tr("Earlier (Alt+Up)"));
    m_down = toolButton("go-down", {}, tr("Later (Alt+Down)"));
    m_up->setObjectName(QStringLiteral("stageUp"));
    m_down->setObjectName(QStringLiteral("stageDown"));
    for (QToolButton *button : {m_up, m_down})
        button->setAccessibleName(button->toolTip());
    fillAddMenu();
    auto *buttons = new QHBoxLayout;
    for (QToolButton *button : {m_add, m_remove, m_up, m_down})
        buttons->addWidget(button);
    buttons->addStretch();
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(m_list, &ChainList::moveWanted, this, &RecipePage::move);
    connect(m_list, &ChainList::currentRowChanged, this, [this](int row) {
        m_now.current = row;
        showStage();
    });
    connect(m_remove, &QToolButton::clicked, this, [this] {
        Chain chain = m_now.chain;
        removeStage(chain, std::size_t(m_now.current));
        apply(std::move(chain), m_now.current);
    });
    connect(m_up, &QToolButton::clicked, this, [this] { move(m_now.current, m_now.current - 1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(m_now.current, m_now.current + 1); });
    return panel;
}

void RecipePage::fillAddMenu()
{
    auto *menu = new QMenu(m_add);
    addStages(menu->addMenu(tr("Transform of the vectors")), StageKind::Transform);
    addStages(menu->addMenu(tr("Ranker, behind the search")), StageKind::Ranker);
    addStages(menu->addMenu(tr("Branch: another way to score")), StageKind::Extractor);
    m_add->setMenu(menu);
}

void RecipePage::addStages(QMenu *menu, StageKind kind)
{
    menu->setToolTipsVisible(true);
    for (const StageInfo *info : stagesOfKind(kind)) {
        QAction *action = menu->addAction(coreText(info->title), this, [this, kind, id = info->id] {
            Chain chain = m_now.chain;
            int current = m_now.current;
            if (kind == StageKind::Transform) {
                current = int(addTransform(chain, id, std::size_t(qMax(0, current))));
            } else if (kind == StageKind::Ranker) {
                addRanker(chain, id);
                current = int(chain.size()) - 1;
            } else {
                addBranch(chain, id);
                const auto last =
                    std::ranges::find(chain.rbegin(), chain.rend(), StageKind::Extractor, &ChainStage::kind);
                current = int(chain.rend() - last) - 1;
            }
            apply(std::move(chain), current);
        });
        action->setToolTip(QStringLiteral("<p>%1</p>").arg(coreText(info->summary).toHtmlEscaped()));
        action->setObjectName(QStringLiteral("add-") + toQString(info->id));
    }
}

void RecipePage::fillRecipes()
{
    m_recipes->clear();
    for (const Recipe &recipe : m_session.recipes().all())
        m_recipes->addItem(recipeTitle(recipe), toQString(recipe.id));
    m_recipes->setCurrentIndex(-1);
    check();
}

void RecipePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_dirty && !(m_session.recipe() == m_seen))
        edit(m_session.recipe()); // it was chosen on another page
}

void RecipePage::edit(const Recipe &recipe)
{
    m_recipes->setCurrentIndex(-1);
    if (m_dirty)
        askAboutChanges([this, recipe] { begin(recipe); });
    else
        begin(recipe);
}

void RecipePage::begin(const Recipe &recipe)
{
    m_before.clear();
    m_now = {recipe, chainOf(recipe), 0};
    if (!m_session.recipes().isOwn(recipe.id)) { // one that comes with the program stays as it is
        int number = 2;
        const std::string base = recipe.id + "-";
        while (m_session.recipes().find(base + std::to_string(number)))
            ++number;
        m_now.naming.id = base + std::to_string(number);
        m_now.naming.title = {};
        m_now.naming.summary = {};
    }
    m_dirty = false;
    m_seen = m_session.recipe();
    m_message->hide();
    showChain();
}

void RecipePage::apply(Chain chain, int current)
{
    // Steps of one field in turn are one change to take back.
    const auto id = [](const ChainStage &stage) { return stage.choice.id; };
    const bool sameStages = std::ranges::equal(chain, m_now.chain, {}, id, id);
    if (!sameStages || !m_dirty || m_before.empty() || m_before.back().current != m_now.current)
        m_before.push_back(m_now);
    m_now.chain = std::move(chain);
    m_now.current = qBound(0, current, int(m_now.chain.size()) - 1);
    m_dirty = true;
    m_message->hide();
    showChain();
}

void RecipePage::move(int from, int to)
{
    Chain chain = m_now.chain;
    moveStage(chain, std::size_t(from), std::size_t(to));
    try {
        recipeOf(chain, m_now.naming);
        apply(std::move(chain), to);
    } catch (const Error &error) {
        m_message->showRefusal(toQString(error.message()));
        showChain(); // the list is as it was
    }
}

void RecipePage::undo()
{
    if (m_before.empty())
        return;
    m_now = std::move(m_before.back());
    m_before.pop_back();
    m_dirty = !m_before.empty();
    m_message->hide();
    showChain();
}

void RecipePage::showChain()
{
    m_list->setChain(m_now.chain, m_now.current);
    const QString name = toQString(m_now.naming.id);
    if (m_name->text().trimmed() != name)
        m_name->setText(name);
    showStage();
    check();
}

void RecipePage::showStage()
{
    const bool any = m_now.current >= 0 && m_now.current < int(m_now.chain.size());
    if (any)
        m_panel->setStage(m_now.chain[std::size_t(m_now.current)],
                          int(std::ranges::count(m_now.chain, StageKind::Extractor, &ChainStage::kind)));
    else
        m_panel->clear();
    m_remove->setEnabled(any);
    m_up->setEnabled(any && m_now.current > 0);
    m_down->setEnabled(any && m_now.current + 1 < int(m_now.chain.size()));
}

/// Says what is wrong with the recipe or its name, and what can be done with it.
void RecipePage::check()
{
    QString wrong;
    try {
        recipeOf(m_now.chain, m_now.naming);
        if (const auto refusal = refusalOfRecipeId(m_now.naming.id))
            wrong = toQString(*refusal);
    } catch (const Error &error) {
        wrong = toQString(error.message());
    }
    const bool own = m_session.recipes().isOwn(m_now.naming.id);
    m_state->setText(!wrong.isEmpty() ? wrong
                     : own && m_dirty ? tr("Every stage can use what comes before it. Saving replaces the recipe %1.")
                                            .arg(toQString(m_now.naming.id))
                                      : tr("Every stage can use what comes before it."));
    if (m_dirty && wrong.isEmpty())
        m_state->setText(tr("Unsaved changes.") + QLatin1Char(' ') + m_state->text());
    QPalette colours = palette();
    if (!wrong.isEmpty())
        colours.setColor(QPalette::WindowText, wrongColour());
    m_state->setPalette(colours);
    m_save->setEnabled(wrong.isEmpty());
    m_save->setToolTip(wrong);
    m_undo->setEnabled(!m_before.empty());
    m_delete->setEnabled(own);
    m_delete->setToolTip(own ? tr("Delete the saved recipe %1").arg(toQString(m_now.naming.id))
                             : tr("Only recipes of your own can be deleted"));
    m_command->setCommand(own ? command() : QString());
}

QString RecipePage::command() const
{
    const auto workspace = m_session.workspace();
    const std::string root = workspace ? toUtf8(workspace->root) : "WORKSPACE";
    if (workspace && !workspace->truth) {
        SearchCommand command;
        command.workspace = root;
        command.recipe = m_now.naming.id;
        return toQString(printed(command));
    }
    EvaluateCommand command;
    command.workspace = root;
    command.recipes = {m_now.naming.id};
    return toQString(printed(command));
}

bool RecipePage::store()
{
    const Recipe recipe = recipeOf(m_now.chain, m_now.naming);
    const QString failure = m_session.recipes().save(recipe);
    if (!failure.isEmpty()) {
        m_message->showRefusal(failure);
        return false;
    }
    m_dirty = false;
    m_before.clear();
    check();
    m_session.chooseRecipe(recipe);
    m_seen = recipe;
    return true;
}

void RecipePage::save()
{
    if (store())
        Q_EMIT searchWanted();
}

void RecipePage::askAboutChanges(std::function<void()> goOn)
{
    if (m_question && m_question->isVisible())
        return;
    QMessageBox *question = m_question =
        new QMessageBox(QMessageBox::Question, tr("Unsaved recipe"),
                        tr("The recipe %1 was changed and is not saved.").arg(toQString(m_now.naming.id)),
                        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->button(QMessageBox::Save)->setEnabled(m_save->isEnabled());
    question->setDefaultButton(QMessageBox::Cancel);
    connect(question, &QMessageBox::buttonClicked, this, [this, question, goOn](QAbstractButton *button) {
        const auto answer = question->standardButton(button);
        if (answer == QMessageBox::Discard)
            begin(m_session.recipe());
        if (answer == QMessageBox::Discard || (answer == QMessageBox::Save && store()))
            goOn();
    });
    question->open();
}

void RecipePage::removeRecipe()
{
    const std::string id = m_now.naming.id;
    const QString failure = m_session.recipes().remove(id);
    if (!failure.isEmpty())
        return m_message->showRefusal(failure);
    m_message->showMessage(MessageKind::Success,
                           tr("%1 was deleted. It is still shown here: saving brings it back.").arg(toQString(id)));
    if (m_session.baseRecipe().id == id)
        m_session.chooseRecipe(m_session.recipes().all().front());
    m_seen = m_session.recipe(); // what was deleted stays on the page: saving brings it back
    check();
}

} // namespace likeness::ui
