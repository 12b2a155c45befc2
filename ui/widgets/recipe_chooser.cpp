#include "ui/widgets/recipe_chooser.h"

#include "core/nets/models/model_store.h"
#include "core/search/text_queries.h"
#include "ui/session.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/card.h"
#include "ui/widgets/heading.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace likeness::ui {

namespace {

/// By what it looks at, which is how a reader would look for it.
QString kindOf(const Recipe &recipe, bool own)
{
    const Branch &branch = recipe.branches.front();
    const auto starts = [&](const char *prefix) { return recipe.id.starts_with(prefix); };
    if (own)
        return RecipeChooser::tr("Your own");
    if (starts("task6-") || starts("seed-"))
        return RecipeChooser::tr("Of the course");
    if (recipe.branches.size() > 1)
        return RecipeChooser::tr("Several together");
    if (branch.index.id == "hamming" || branch.extractor.id == "radial-variance")
        return RecipeChooser::tr("Hashes");
    if (branch.extractor.id == "network")
        return RecipeChooser::tr("Networks");
    if (branch.extractor.id == "keypoints")
        return RecipeChooser::tr("Keypoints");
    if (branch.extractor.id == "histogram")
        return RecipeChooser::tr("Histograms");
    return RecipeChooser::tr("Pixels and gradients");
}

/// The deep network with an installed model that understands words; nothing where there is none.
std::optional<Recipe> recipeByWords(const RecipeLibrary &recipes)
{
    Recipe recipe = *recipes.find("network");
    for (const ModelCard &card : ModelStore::user().list())
        if (card.text) {
            applyOverride(recipe, "network.model=" + card.id);
            return recipe;
        }
    return std::nullopt;
}

} // namespace

QString measuredText(const Session &session, const Recipe &recipe)
{
    const auto measured = Settings::measured(session.folder(), recipe);
    return measured
               ? RecipeChooser::tr("%1 right, %2 a query")
                     .arg(measured->acc1, 0, 'f', 3)
                     .arg(measured->seconds < 1 ? RecipeChooser::tr("%1 ms").arg(measured->seconds * 1000, 0, 'f', 0)
                                                : RecipeChooser::tr("%1 s").arg(measured->seconds, 0, 'f', 1))
               : QString();
}

RecipeChooser::RecipeChooser(Session &session, QWidget *parent)
    : QDialog(parent, Qt::Popup), m_session(session), m_list(new QTreeWidget)
{
    setObjectName(QStringLiteral("recipeChooser"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *search = new QLineEdit;
    search->setObjectName(QStringLiteral("recipeFilter"));
    search->setPlaceholderText(tr("More: look for a recipe by name or by what it does"));
    search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("recipeList"));
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *ground = new Card; // a popup has no frame of its own
    auto *around = new QVBoxLayout(this);
    around->setContentsMargins(0, 0, 0, 0);
    around->addWidget(ground);
    auto *column = new QVBoxLayout(ground);
    column->setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap);
    column->setSpacing(2 * gap);
    column->addWidget(makeCards());
    column->addWidget(search);
    column->addWidget(m_list, 1);
    fillList();
    connect(search, &QLineEdit::textChanged, this, &RecipeChooser::filter);
    connect(search, &QLineEdit::returnPressed, m_list, qOverload<>(&QWidget::setFocus));
    const auto takeItem = [this](const QTreeWidgetItem *item) {
        if (const QString id = item->data(0, Qt::UserRole).toString(); !id.isEmpty())
            take(id.toStdString());
    };
    connect(m_list, &QTreeWidget::itemActivated, this, takeItem);
    connect(m_list, &QTreeWidget::itemClicked, this, takeItem);
}

QWidget *RecipeChooser::makeCards()
{
    const RecipeLibrary &recipes = m_session.recipes();
    const std::optional<Recipe> words = recipeByWords(recipes);
    const Recipe *own = nullptr;
    for (const Recipe &recipe : recipes.all())
        if (recipes.isOwn(recipe.id))
            own = &recipe;
    auto *cards = new QWidget;
    cards->setFixedHeight(22 * gap);
    auto *row = new QHBoxLayout(cards);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(gap);
    row->addWidget(makeCard(tr("Fast"), recipes.find("likeness-lite"), {}));
    row->addWidget(makeCard(tr("Balanced"), recipes.find("likeness-lite-crops"), {}));
    row->addWidget(makeCard(tr("Best"), recipes.find("best"), {}));
    row->addWidget(makeCard(tr("By words"), words ? &*words : nullptr,
                            tr("Needs a model that understands words, such as CLIP: see Models.")));
    row->addWidget(makeCard(tr("Yours"), own, tr("Adjust a recipe and save it, and it is here.")));
    return cards;
}

QWidget *RecipeChooser::makeCard(const QString &role, const Recipe *recipe, const QString &without)
{
    auto *card = new CardButton(role);
    card->setObjectName(QStringLiteral("recipeCard"));
    card->setEnabled(recipe != nullptr);
    card->setCheckable(true);
    card->setChecked(recipe && recipe->id == m_session.baseRecipe().id);
    card->setFixedSize(18 * gap, 22 * gap);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(gap, gap, gap, gap);
    column->setSpacing(gap / 2);
    column->addWidget(heading(role));
    const QString summary = recipe ? toQString(recipe->summary.in(languageKey())) : without;
    QLabel *name = heading(recipe ? recipeTitle(*recipe) : QString(), Type::Text);
    name->setWordWrap(true);
    QLabel *words = heading({}, Type::Caption);
    words->setWordWrap(true);
    const QString sentence = summary.section(QRegularExpression(QStringLiteral("[.。]")), 0, 0);
    words->setText(words->fontMetrics().elidedText(sentence, Qt::ElideRight, 5 * 15 * gap)); // five lines
    column->addWidget(name);
    column->addWidget(words);
    column->addStretch();
    column->addWidget(heading(recipe ? measuredText(m_session, *recipe) : QString(), Type::Caption));
    card->setAccessibleDescription(summary);
    card->setToolTip(QStringLiteral("<p>%1</p>").arg(summary.toHtmlEscaped()));
    if (recipe)
        connect(card, &CardButton::clicked, this, [this, taken = *recipe] {
            hide();
            Q_EMIT chosen(taken);
            close();
        });
    return card;
}

void RecipeChooser::fillList()
{
    for (const Recipe &recipe : m_session.recipes().all()) {
        const QString kind = kindOf(recipe, m_session.recipes().isOwn(recipe.id));
        const auto known = m_list->findItems(kind, Qt::MatchExactly);
        QTreeWidgetItem *group = known.isEmpty() ? new QTreeWidgetItem(m_list, {kind}) : known.constFirst();
        group->setFirstColumnSpanned(true);
        group->setFlags(Qt::ItemIsEnabled);
        group->setExpanded(true);
        auto *item = new QTreeWidgetItem(group, {recipeTitle(recipe), measuredText(m_session, recipe)});
        item->setData(0, Qt::UserRole, toQString(recipe.id));
        const QString summary = toQString(recipe.summary.in(languageKey()));
        item->setToolTip(0, QStringLiteral("<p>%1</p>").arg(summary.toHtmlEscaped()));
        if (recipe.id == m_session.baseRecipe().id)
            m_list->setCurrentItem(item);
    }
}

void RecipeChooser::filter(const QString &text)
{
    for (int g = 0; g < m_list->topLevelItemCount(); ++g) {
        QTreeWidgetItem *group = m_list->topLevelItem(g);
        bool any = false;
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem *item = group->child(i);
            const QString words = item->text(0) + item->toolTip(0) + item->data(0, Qt::UserRole).toString();
            item->setHidden(!words.contains(text.trimmed(), Qt::CaseInsensitive));
            any = any || !item->isHidden();
        }
        group->setHidden(!any);
    }
}

void RecipeChooser::take(const std::string &id)
{
    if (const Recipe *recipe = m_session.recipes().find(id)) {
        hide();
        Q_EMIT chosen(*recipe);
        close();
    }
}

void RecipeChooser::popUpAt(const QWidget &place)
{
    const QRect screen = place.screen()->availableGeometry();
    resize(QSize(102 * gap, 72 * gap).boundedTo(screen.size()));
    QPoint at = place.mapToGlobal(QPoint(0, place.height()));
    at.setX(qBound(screen.left(), at.x(), screen.right() - width()));
    at.setY(qBound(screen.top(), at.y(), screen.bottom() - height()));
    move(at);
    show();
}

} // namespace likeness::ui
