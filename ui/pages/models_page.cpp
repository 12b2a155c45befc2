#include "ui/pages/models_page.h"

#include "core/base/file.h"
#include "core/commands/model_commands.h"
#include "core/weights/weight_file.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/settings.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/import_question.h"
#include "ui/widgets/model_details.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QTextBrowser>
#include <algorithm>
#include <set>

namespace likeness::ui {

namespace {

/// The card that the authors of an installed model put beside it.
QString readmeOf(const ModelCard &card)
{
    const auto path = card.folder / "README.md";
    std::error_code none;
    return std::filesystem::exists(path, none) ? toQString(readText(path)) : QString();
}

} // namespace

ModelsPage::ModelsPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_catalogue(catalogue().begin(), catalogue().end()),
      m_intro(new QLabel),
      m_question(new ImportQuestion),
      m_table(new QTableView),
      m_model(new QStandardItemModel(this)),
      m_details(new QTextBrowser),
      m_command(new CommandBar)
{
    m_intro->setWordWrap(true);
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("models"));
    m_table->setAccessibleName(tr("Models"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_details->setObjectName(QStringLiteral("modelDetails"));
    m_details->setAccessibleName(tr("About the model"));
    m_details->setOpenExternalLinks(true);
    auto *splitter = new QSplitter;
    splitter->addWidget(m_table);
    splitter->addWidget(m_details);
    splitter->setSizes({900, 320});
    splitter->setStretchFactor(0, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_intro);
    layout->addLayout(makeButtons());
    layout->addWidget(m_question);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ModelsPage::showDetails);
    connect(m_question, &ImportQuestion::answered, this, &ModelsPage::importWith);
}

QLayout *ModelsPage::makeButtons()
{
    auto *row = new QHBoxLayout;
    const auto button = [&](const char *icon, const QString &text, const QString &help, void (ModelsPage::*action)()) {
        auto *made = new QPushButton(themeIcon(icon), text);
        made->setToolTip(help);
        connect(made, &QPushButton::clicked, this, action);
        row->addWidget(made);
        return made;
    };
    button("document-import", tr("Import a file…"),
           tr("safetensors, PyTorch (.pth, .pt, .bin), TorchScript or ONNX; also in a wheel or zip archive"),
           &ModelsPage::chooseFile);
    button("folder-open", tr("Import a folder…"), tr("A model as Hugging Face publishes it"),
           &ModelsPage::chooseFolder);
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("importName"));
    m_name->setPlaceholderText(tr("Name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setToolTip(tr("What the next imported model is called; empty takes the name of its file"));
    m_name->setMaximumWidth(160);
    row->addWidget(m_name);
    m_download = button("download", tr("Download"), tr("Fetches the model from its authors and installs it"),
                        &ModelsPage::download);
    m_use =
        button("edit-find", tr("Use in search"), tr("Searches with this model's features"), &ModelsPage::useInSearch);
    m_vocabulary =
        button("tools-check-spelling", tr("Add vocabulary…"),
               tr("Words need it: vocab.json and merges.txt, tokenizer.json, vocab.txt or "
                  "bpe_simple_vocab_16e6.txt.gz, which are copied from beside the weights when those are imported"),
               &ModelsPage::chooseVocabulary);
    m_verify = button("dialog-ok-apply", tr("Verify"), tr("Compares weights and answers with those at import"),
                      &ModelsPage::verify);
    m_remove = button("edit-delete", tr("Remove…"), tr("Deletes the installed copy"), &ModelsPage::remove);
    m_remove->setObjectName(QStringLiteral("removeModel"));
    m_use->setObjectName(QStringLiteral("useModel"));
    m_download->setObjectName(QStringLiteral("downloadModel"));
    m_vocabulary->setObjectName(QStringLiteral("addVocabulary"));
    row->addStretch();
    return row;
}

bool ModelsPage::isWeightFile(const QString &path)
{
    const auto isOne = [&path](const char *ending) {
        return path.endsWith(QLatin1String(ending), Qt::CaseInsensitive);
    };
    return std::ranges::any_of(weightEndings, isOne) || isOne(".ckpt") || isOne(".whl") || isOne(".zip");
}

void ModelsPage::setCatalogue(std::vector<CatalogueEntry> entries)
{
    m_rows.clear(); // they point into it
    m_catalogue = std::move(entries);
    refresh();
}

void ModelsPage::chooseFile()
{
    const QString kinds =
        tr("Weights (%1)")
            .arg(QStringLiteral("*.safetensors *.pth *.pt *.bin *.ckpt *.tar *.json *.onnx *.whl *.zip")) +
        QStringLiteral(";;") + tr("All files (*)");
    const QString file = askForFile(this, tr("Import a file of weights"), kinds);
    if (!file.isEmpty())
        import(file);
}

void ModelsPage::chooseFolder()
{
    const QString folder = askForFolder(this, tr("Import a folder with a model"));
    if (!folder.isEmpty())
        import(folder);
}

void ModelsPage::chooseVocabulary()
{
    const QStringList chosen = askForFiles(
        this, tr("Add vocabulary"),
        tr("Vocabularies (%1)").arg(QStringLiteral("vocab.json merges.txt tokenizer.json vocab.txt *.txt.gz")));
    if (chosen.isEmpty())
        return;
    std::vector<std::filesystem::path> files;
    ModelsVocabularyCommand command;
    command.id = currentId();
    for (const QString &file : chosen) {
        files.push_back(toPath(file));
        command.files.push_back(file.toStdString());
    }
    m_command->setCommand(toQString(printed(command)));
    const std::string id = currentId();
    m_session.deeds().startFor(
        *this, tr("Adding a vocabulary to %1").arg(toQString(id)),
        [id, files](UiTaskContext &) { ModelStore::user().addVocabulary(id, files); }, [this, id] { refresh(id); });
}

void ModelsPage::import(const QString &path)
{
    importWith(path, {});
}

void ModelsPage::importWith(const QString &path, const ImportChoices &choices)
{
    m_question->hide();
    const QString name = m_name->text();
    ModelsImportCommand command;
    command.file = path.toStdString();
    command.id = name.toStdString();
    if (choices.quickGelu)
        command.activation = *choices.quickGelu ? "quickgelu" : "gelu";
    if (choices.heads > 0)
        command.heads = choices.heads;
    command.runProgram = choices.runProgram;
    command.entry = choices.entry;
    m_command->setCommand(toQString(printed(command)));
    m_session.jobs().startFor(*this, tr("Importing %1").arg(path), [this, path, name, choices](UiTaskContext &context) {
        try {
            const ModelCard card = ModelStore::user().import(toPath(path), name.toStdString(), choices, context);
            context.deliver([this, name, id = card.id] {
                if (m_name->text() == name) // not yet that of the next one
                    m_name->clear();
                refresh(id);
            });
        } catch (const ChoiceNeeded &needed) {
            context.deliver([this, path, choices, needed] { m_question->ask(path, choices, needed); });
        }
    });
}

void ModelsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh(currentId()); // the command line may have imported one
}

void ModelsPage::refresh(const std::string &select)
{
    m_rows.clear();
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("Model"), tr("Network"), tr("Good for"), tr("State"), tr("Dimension"),
                                        tr("Size"), tr("ms an image"), tr("Texts")});
    std::set<std::string> installed;
    bool own = false;
    for (ModelCard &card : ModelStore::user().list()) {
        installed.insert(card.id);
        own = own || !card.shipped;
        const auto known = std::ranges::find(m_catalogue, card.id, &CatalogueEntry::id);
        addRow({std::move(card), known == m_catalogue.end() ? nullptr : &*known});
    }
    for (const CatalogueEntry &entry : m_catalogue)
        if (!installed.contains(entry.id))
            addRow({std::nullopt, &entry});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_intro->setText(
        !own ? tr("Beside the networks that come with the program no model is installed yet. Drop a file of "
                  "weights on the window, import one, or download one of "
                  "those "
                  "below: ResNet, ViT, DINOv2, CLIP, Chinese-CLIP and SSCD as torchvision, timm, Hugging Face, "
                  "open_clip, OpenAI or Meta publish them. Nothing in the file is run, and Python is not needed.")
             : tr("Networks that the recipe \"Deep network\" can use. Drop a file of weights on the window to "
                  "add another, or download one of those that are not installed yet."));
    int row = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if ((m_rows[i].card ? m_rows[i].card->id : m_rows[i].entry->id) == select)
            row = int(i);
    m_table->selectRow(row);
    showDetails();
}

void ModelsPage::addRow(Row row)
{
    const auto number = [](const QString &text) {
        auto *item = new QStandardItem(text);
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        return item;
    };
    const auto &card = row.card;
    const CatalogueEntry *entry = row.entry;
    const bool text = card ? card->text : entry->text;
    const QList<QStandardItem *> items{
        new QStandardItem(toQString(card ? card->id : entry->id)),
        new QStandardItem(toQString(card ? card->title : entry->title)),
        new QStandardItem(entry ? toQString(entry->goodFor.in(languageKey())) : QString()),
        new QStandardItem(card ? tr("installed") : tr("to download")),
        number(QString::number(card ? card->dimension : entry->dimension)),
        number(QLocale().formattedDataSize(card ? card->bytes : entry->bytes())),
        number(card ? QString::number(card->imageMs, 'f', 1) : QStringLiteral("–")),
        new QStandardItem(text ? tr("yes") : tr("no"))};
    items[2]->setToolTip(items[2]->text()); // the column is narrow
    if (!card)
        for (QStandardItem *item : items)
            item->setForeground(palette().color(QPalette::PlaceholderText));
    m_model->appendRow(items);
    m_rows.push_back(std::move(row));
}

const ModelsPage::Row *ModelsPage::current() const
{
    const int row = m_table->currentIndex().row();
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[std::size_t(row)] : nullptr;
}

std::string ModelsPage::currentId() const
{
    const Row *row = current();
    return !row ? std::string() : row->card ? row->card->id : row->entry->id;
}

void ModelsPage::showDetails()
{
    const Row *row = current();
    const bool installed = row && row->card;
    m_verify->setEnabled(installed);
    m_remove->setEnabled(installed && !row->card->shipped);
    m_remove->setToolTip(installed && row->card->shipped ? tr("It comes with the program")
                                                         : tr("Deletes the installed copy"));
    m_download->setEnabled(row && !installed);
    m_vocabulary->setEnabled(installed && row->card->text);
    m_use->setEnabled(installed && m_session.hasWorkspace());
    m_use->setToolTip(!installed                 ? tr("Download or import the model first")
                      : m_session.hasWorkspace() ? tr("Searches with this model's features")
                                                 : tr("Open a folder or the sample first"));
    m_details->setHtml(!row        ? QString()
                       : installed ? modelHtml(*row->card, readmeOf(*row->card))
                                   : modelHtml(*row->entry));
}

void ModelsPage::download()
{
    const CatalogueEntry entry = *current()->entry;
    const FetchOptions options{Settings::mirror().toStdString(), Settings::proxy().toStdString()};
    ModelsFetchCommand command;
    command.id = entry.id;
    command.mirror = options.mirror;
    command.proxy = options.proxy;
    m_command->setCommand(toQString(printed(command)));
    m_session.jobs().startFor(
        *this, tr("Downloading %1").arg(toQString(entry.title)),
        [entry, options](UiTaskContext &context) { fetchModel(ModelStore::user(), entry, options, context); },
        [this, id = entry.id] { refresh(id); });
}

void ModelsPage::useInSearch()
{
    m_session.chooseModel(currentId());
    Q_EMIT searchWanted();
}

void ModelsPage::verify()
{
    const std::string id = currentId();
    m_command->setCommand(toQString(printed(ModelsVerifyCommand{{{}, id}})));
    m_session.deeds().startFor(
        *this, tr("Verifying %1").arg(toQString(id)), [id](UiTaskContext &) { ModelStore::user().verify(id); },
        [this] {
            m_details->append(QStringLiteral("<p>%1</p>").arg(tr("Weights and answers are those of the import.")));
        });
}

void ModelsPage::remove()
{
    const std::string id = currentId();
    if (QMessageBox::question(this, tr("Remove a model"),
                              tr("Remove %1? Its installed copy is deleted; the file that it came from is not touched.")
                                  .arg(toQString(id))) != QMessageBox::Yes)
        return;
    m_command->setCommand(toQString(printed(ModelsRemoveCommand{{{}, id}})));
    m_session.deeds().startFor(
        *this, tr("Removing %1").arg(toQString(id)), [id](UiTaskContext &) { ModelStore::user().remove(id); },
        [this] { refresh(); });
}

} // namespace likeness::ui
