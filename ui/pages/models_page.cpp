#include "ui/pages/models_page.h"

#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTextBrowser>

namespace likeness::ui {

ModelsPage::ModelsPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_intro(new QLabel),
      m_questionText(new QLabel),
      m_question(new QWidget),
      m_table(new QTableView),
      m_model(new QStandardItemModel(this)),
      m_details(new QTextBrowser),
      m_command(new CommandBar)
{
    m_intro->setWordWrap(true);
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("models"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_details->setObjectName(QStringLiteral("modelDetails"));
    m_questionText->setWordWrap(true);
    m_question->setObjectName(QStringLiteral("activationQuestion"));
    auto *asking = new QHBoxLayout(m_question);
    asking->setContentsMargins(0, 0, 0, 0);
    asking->addWidget(m_questionText, 1);
    for (const bool quick : {false, true}) {
        auto *answer = new QPushButton(quick ? QStringLiteral("QuickGELU") : QStringLiteral("GELU"));
        connect(answer, &QPushButton::clicked, this, [this, quick] { importWith(m_asked, {.quickGelu = quick}); });
        asking->addWidget(answer);
    }
    m_question->hide();
    auto *splitter = new QSplitter;
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    m_content = splitter;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_intro);
    layout->addLayout(makeButtons());
    layout->addWidget(m_question);
    layout->addWidget(splitter, 1);
    layout->addStretch(); // takes the room where there is no model
    layout->addWidget(m_command);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ModelsPage::showCard);
    refresh();
}

QLayout *ModelsPage::makeButtons()
{
    const auto button = [](const char *icon, const QString &text, const QString &help) {
        auto *made = new QPushButton(themeIcon(icon), text);
        made->setToolTip(help);
        return made;
    };
    auto *file =
        button("document-import", tr("Import a file…"), tr("safetensors, PyTorch (.pth, .pt, .bin) or TorchScript"));
    auto *folder = button("folder-open", tr("Import a folder…"), tr("A model as Hugging Face publishes it"));
    m_use = button("edit-find", tr("Use in search"), tr("Searches with this model's features"));
    m_verify = button("dialog-ok-apply", tr("Verify"), tr("Compares weights and answers with those at import"));
    m_remove = button("edit-delete", tr("Remove…"), tr("Deletes the installed copy"));
    m_use->setObjectName(QStringLiteral("useModel"));
    connect(file, &QPushButton::clicked, this, &ModelsPage::chooseFile);
    connect(folder, &QPushButton::clicked, this, &ModelsPage::chooseFolder);
    connect(m_use, &QPushButton::clicked, this, &ModelsPage::useInSearch);
    connect(m_verify, &QPushButton::clicked, this, &ModelsPage::verify);
    connect(m_remove, &QPushButton::clicked, this, &ModelsPage::remove);
    auto *row = new QHBoxLayout;
    for (QPushButton *each : {file, folder, m_use, m_verify, m_remove})
        row->addWidget(each);
    row->addStretch();
    return row;
}

bool ModelsPage::isWeightFile(const QString &path)
{
    for (const char *ending : {".safetensors", ".safetensors.index.json", ".pth", ".pt", ".bin", ".ckpt", ".pth.tar"})
        if (path.endsWith(QLatin1String(ending), Qt::CaseInsensitive))
            return true;
    return false;
}

void ModelsPage::chooseFile()
{
    const QString kinds = tr("Weights (%1)").arg(QStringLiteral("*.safetensors *.pth *.pt *.bin *.ckpt *.tar *.json")) +
                          QStringLiteral(";;") + tr("All files (*)");
    const QString file = QFileDialog::getOpenFileName(this, tr("Import a file of weights"), {}, kinds);
    if (!file.isEmpty())
        import(file);
}

void ModelsPage::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Import a folder with a model"));
    if (!folder.isEmpty())
        import(folder);
}

void ModelsPage::import(const QString &path)
{
    importWith(path, {});
}

void ModelsPage::importWith(const QString &path, const ImportChoices &choices)
{
    m_question->hide();
    m_command->setCommand(QStringLiteral("likeness-cli models import ") + shellQuoted(path) +
                          (!choices.quickGelu   ? QString()
                           : *choices.quickGelu ? QStringLiteral(" --activation quickgelu")
                                                : QStringLiteral(" --activation gelu")));
    m_session.tasks().start(tr("Importing %1").arg(path), [this, path, choices](UiTaskContext &context) {
        try {
            const ModelCard card = ModelStore::user().import(toPath(path), {}, choices, context);
            context.deliver([this, id = card.id] { refresh(id); });
        } catch (const Error &error) {
            if (error.kind() != ErrorKind::Unavailable || choices.quickGelu)
                throw;
            context.deliver([this, path, text = toQString(error.message())] { ask(path, text); });
        }
    });
}

void ModelsPage::ask(const QString &path, const QString &question)
{
    m_asked = path;
    m_questionText->setText(question);
    m_question->show();
}

void ModelsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    const ModelCard *card = current();
    refresh(card ? card->id : std::string()); // the command line may have imported one
}

void ModelsPage::refresh(const std::string &select)
{
    m_cards = ModelStore::user().list();
    m_model->clear();
    m_model->setHorizontalHeaderLabels(
        {tr("Model"), tr("Network"), tr("Dimension"), tr("Size"), tr("ms an image"), tr("Texts")});
    int row = 0;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const ModelCard &card = m_cards[i];
        const auto number = [](const QString &text) {
            auto *item = new QStandardItem(text);
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            return item;
        };
        m_model->appendRow({new QStandardItem(toQString(card.id)), new QStandardItem(toQString(card.title)),
                            number(QString::number(card.dimension)), number(QLocale().formattedDataSize(card.bytes)),
                            number(QString::number(card.imageMs, 'f', 1)),
                            new QStandardItem(card.text ? tr("yes") : tr("no"))});
        if (card.id == select)
            row = int(i);
    }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_intro->setText(
        m_cards.empty()
            ? tr("No model is installed yet. Drop a file of weights on the window, or import one: ResNet, ViT, "
                 "DINOv2, CLIP and SSCD as torchvision, timm, Hugging Face, open_clip, OpenAI or Meta publish "
                 "them. Nothing in the file is run, and Python is not needed.")
            : tr("Networks that the recipe \"Deep network\" can use. Drop a file of weights on the window to "
                 "add another."));
    m_content->setVisible(!m_cards.empty());
    if (!m_cards.empty())
        m_table->selectRow(row);
    showCard();
}

const ModelCard *ModelsPage::current() const
{
    const int row = m_table->currentIndex().row();
    return row >= 0 && row < int(m_cards.size()) ? &m_cards[std::size_t(row)] : nullptr;
}

void ModelsPage::showCard()
{
    const ModelCard *card = current();
    for (QPushButton *button : {m_verify, m_remove})
        button->setEnabled(card);
    m_use->setEnabled(card && m_session.hasWorkspace());
    m_use->setToolTip(m_session.hasWorkspace() ? tr("Searches with this model's features")
                                               : tr("Open a folder or the sample first"));
    if (!card) {
        m_details->clear();
        return;
    }
    const auto row = [](const QString &name, const QString &value) {
        return QStringLiteral("<tr><td style='padding-right:12px'><b>%1</b></td><td>%2</td></tr>")
            .arg(name, value.toHtmlEscaped());
    };
    const Preprocessing &how = card->preprocessing;
    QString html = QStringLiteral("<h3>%1</h3><table>").arg(toQString(card->title).toHtmlEscaped());
    html += row(tr("File"), tr("%1 (%2)").arg(toQString(card->source), toQString(card->format)));
    html += row(tr("Names of"), toQString(card->library));
    html += row(tr("Preparation"), how.squash ? tr("squashed to %1 px").arg(how.cropPx)
                                              : tr("short side %1 px, centre %2 px").arg(how.resizePx).arg(how.cropPx));
    html += row(tr("Speed"), tr("%1 ms an image on one thread when it was imported").arg(card->imageMs, 0, 'f', 1));
    html += row(tr("Content"), toQString(card->hash));
    html += QStringLiteral("</table>");
    for (const std::string &note : card->notes)
        html += QStringLiteral("<p>%1</p>").arg(toQString(note).toHtmlEscaped());
    if (!card->unused.empty()) {
        QStringList names;
        int counters = 0; // of batch norm, useful in training only
        for (const std::string &name : card->unused)
            if (name.ends_with("num_batches_tracked"))
                ++counters;
            else
                names << toQString(name).toHtmlEscaped();
        if (counters > 0)
            names << tr("and %n counter(s) of batch norm", nullptr, counters);
        html += QStringLiteral("<p>%1</p><p><small>%2</small></p>")
                    .arg(tr("%n tensor(s) of the file are not needed:", nullptr, int(names.size())),
                         names.join(QStringLiteral("<br>")));
    }
    m_details->setHtml(html);
}

void ModelsPage::useInSearch()
{
    if (const ModelCard *card = current()) {
        Recipe recipe = recipeNamed("network");
        applyOverride(recipe, "network.model=" + card->id);
        m_session.chooseRecipe(recipeNamed("network"));
        m_session.changeRecipe(recipe);
        Q_EMIT searchWanted();
    }
}

void ModelsPage::verify()
{
    const std::string id = current()->id;
    m_command->setCommand(QStringLiteral("likeness-cli models verify ") + shellQuoted(toQString(id)));
    m_session.tasks().start(
        tr("Verifying %1").arg(toQString(id)), [id](UiTaskContext &) { ModelStore::user().verify(id); },
        [this, id] {
            m_details->append(QStringLiteral("<p>%1</p>").arg(tr("Weights and answers are those of the import.")));
        });
}

void ModelsPage::remove()
{
    const std::string id = current()->id;
    if (QMessageBox::question(this, tr("Remove a model"),
                              tr("Remove %1? Its installed copy is deleted; the file that it came from is not touched.")
                                  .arg(toQString(id))) != QMessageBox::Yes)
        return;
    m_command->setCommand(QStringLiteral("likeness-cli models remove ") + shellQuoted(toQString(id)));
    m_session.tasks().start(
        tr("Removing %1").arg(toQString(id)), [id](UiTaskContext &) { ModelStore::user().remove(id); },
        [this] { refresh(); });
}

} // namespace likeness::ui
