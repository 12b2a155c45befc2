#include "ui/widgets/recipe_card.h"

#include "core/search/recipe_store.h"
#include "ui/session.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/recipe_chooser.h"

#include <QInputDialog>
#include <QPushButton>
#include <QVBoxLayout>

namespace likeness::ui {

RecipeCard::RecipeCard(Session &session, QWidget *parent)
    : Card(parent),
      m_session(session),
      m_name(heading({})),
      m_summary(heading({}, Type::Caption)),
      m_figures(heading({}, Type::Caption)),
      m_adjust(new QPushButton(tr("Adjust…"))),
      m_back(new QPushButton(tr("Back to the recipe"))),
      m_saveAs(new QPushButton(tr("Save as…")))
{
    auto *choose = new QPushButton(tr("Change…"));
    choose->setObjectName(QStringLiteral("changeRecipe"));
    choose->setToolTip(tr("Another recipe: fast, balanced, best, by words, your own, and all others"));
    m_name->setObjectName(QStringLiteral("recipeName.shown"));
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_summary->setWordWrap(true);
    m_summary->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_summary->setFixedHeight(2 * m_summary->fontMetrics().lineSpacing());
    m_figures->setObjectName(QStringLiteral("recipeFigures"));
    m_adjust->setObjectName(QStringLiteral("adjust"));
    m_adjust->setCheckable(true);
    m_adjust->setToolTip(tr("The parameters of the recipe, at the side"));
    m_back->setToolTip(tr("Undoes all changes of parameters"));
    m_back->setObjectName(QStringLiteral("cardBackToRecipe"));
    m_saveAs->setToolTip(tr("Keeps the recipe with its changed parameters under a name of your own"));
    m_saveAs->setObjectName(QStringLiteral("saveRecipeAs"));
    auto *top = new QHBoxLayout;
    top->addWidget(m_name, 1);
    top->addWidget(choose);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(gap);
    buttons->addWidget(m_adjust);
    buttons->addWidget(m_back);
    buttons->addWidget(m_saveAs);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * gap / 2, gap, 3 * gap / 2, gap);
    column->setSpacing(gap / 2);
    column->addLayout(top);
    column->addWidget(m_summary);
    column->addWidget(m_figures);
    column->addLayout(buttons);
    connect(choose, &QPushButton::clicked, this, &RecipeCard::choose);
    connect(m_adjust, &QPushButton::toggled, this, &RecipeCard::formWanted);
    connect(m_back, &QPushButton::clicked, this, [this] { m_session.changeRecipe(m_session.baseRecipe()); });
    connect(m_saveAs, &QPushButton::clicked, this, &RecipeCard::saveAs);
    connect(&session, &Session::recipeChanged, this, &RecipeCard::showRecipe);
    connect(&session, &Session::workspaceChanged, this, &RecipeCard::showFigures);
    connect(&session, &Session::measured, this, &RecipeCard::showFigures);
    showRecipe();
}

void RecipeCard::setFormShown(bool shown)
{
    m_adjust->setChecked(shown);
}

void RecipeCard::showRecipe()
{
    m_name->setText(recipeTitle(m_session.baseRecipe()));
    m_name->setToolTip(toQString(m_session.baseRecipe().id));
    const QString summary = toQString(m_session.baseRecipe().summary.in(languageKey()));
    m_summary->setText(summary);
    m_summary->setToolTip(QStringLiteral("<p>%1</p>").arg(summary.toHtmlEscaped()));
    const bool changed = !(m_session.recipe() == m_session.baseRecipe());
    m_back->setEnabled(changed);
    m_saveAs->setEnabled(changed);
    showFigures();
}

void RecipeCard::showFigures()
{
    const auto changes = overridesBetween(m_session.baseRecipe(), m_session.recipe());
    if (!changes.empty()) {
        QStringList lines;
        for (const std::string &change : changes)
            lines << toQString(change);
        m_figures->setText(tr("%n parameter(s) changed", nullptr, int(changes.size())));
        m_figures->setToolTip(lines.join(QLatin1Char('\n')));
        return;
    }
    const QString figures = measuredText(m_session, m_session.baseRecipe());
    m_figures->setText(figures.isEmpty() ? tr("Not measured on this folder yet") : tr("Here: %1").arg(figures));
    m_figures->setToolTip(
        tr("Of all queries of this folder, when they were run last: right first answers, and the time "
           "of a query once the gallery is ready"));
}

void RecipeCard::choose()
{
    auto *chooser = new RecipeChooser(m_session, this);
    connect(chooser, &RecipeChooser::chosen, &m_session, &Session::chooseRecipe);
    chooser->popUpAt(*this);
}

void RecipeCard::saveAs()
{
    auto *question = new QInputDialog(this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Save the recipe"));
    question->setLabelText(tr("Name of the recipe:"));
    question->setTextValue(tr("My %1").arg(recipeTitle(m_session.baseRecipe())));
    connect(question, &QInputDialog::textValueSelected, this, [this](const QString &name) {
        Recipe recipe = m_session.recipe();
        recipe.id = name.trimmed().toStdString();
        recipe.title = {{{"en", recipe.id}}};
        if (const QString failure = m_session.recipes().save(recipe); !failure.isEmpty())
            Q_EMIT refused(failure);
        else
            m_session.chooseRecipe(recipe);
    });
    question->open();
}

} // namespace likeness::ui
