#include "ui/pages/labels_page.h"

#include "core/base/file.h"
#include "core/nets/models/model_store.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/theme.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/thumbnail_grid.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <ostream>

namespace likeness::ui {

LabelsPage::LabelsPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_kept(session.kept<LabelsState>()),
      m_words(new QPlainTextEdit),
      m_pattern(new QComboBox),
      m_model(new QComboBox),
      m_run(new QPushButton(themeIcon("tag"), tr("Label the gallery"))),
      m_export(new QPushButton(themeIcon("document-save"), tr("Export as CSV…"))),
      m_models(new QPushButton(themeIcon("distribute-graph-directed"), tr("Get a model…"))),
      m_intro(new QLabel),
      m_summary(new QLabel),
      m_counts(new BarChart(tr("Images by label"))),
      m_probabilities(new BarChart({})),
      m_grid(new ThumbnailGrid(thumbnails)),
      m_results(new QStackedWidget),
      m_command(new CommandBar)
{
    m_intro->setWordWrap(true);
    m_counts->setObjectName(QStringLiteral("labelCounts"));
    m_grid->setEmptyText(tr("Click a bar to see its images"));
    auto *charts = new QSplitter(Qt::Vertical);
    charts->addWidget(m_counts);
    charts->addWidget(m_probabilities);
    charts->setChildrenCollapsible(false);
    auto *results = new QSplitter;
    results->addWidget(charts);
    results->addWidget(m_grid);
    results->setSizes({480, 520});
    results->setChildrenCollapsible(false);
    auto *hint = new QLabel(tr("How many images each word describes best is shown here."));
    hint->setAlignment(Qt::AlignCenter);
    hint->setEnabled(false);
    m_results->addWidget(hint);
    m_results->addWidget(results);
    auto *row = new QHBoxLayout;
    row->addWidget(makeQuestion());
    row->addWidget(m_results, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_intro);
    layout->addLayout(row, 1);
    layout->addWidget(m_command);
    connect(m_run, &QPushButton::clicked, this, &LabelsPage::run);
    connect(m_export, &QPushButton::clicked, this, &LabelsPage::exportLabels);
    connect(m_models, &QPushButton::clicked, this, &LabelsPage::modelsWanted);
    connect(m_words, &QPlainTextEdit::textChanged, this, [this] {
        m_kept.words = m_words->toPlainText();
        updateButtons();
    });
    connect(m_pattern, &QComboBox::editTextChanged, this, [this](const QString &text) { m_kept.pattern = text; });
    connect(m_model, &QComboBox::activated, this, [this] { m_kept.model = m_model->currentText(); });
    connect(m_counts, &BarChart::barClicked, this, &LabelsPage::showWord);
    connect(m_grid, &ThumbnailGrid::imageSelected, this, &LabelsPage::showImage);
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_kept.images = {};
        m_kept.labelling = {};
        m_kept.ran = {};
        m_kept.command.clear();
        showKept();
    });
    connect(&m_kept, &PageState::changed, this, &LabelsPage::showKept);
    showKept();
}

QWidget *LabelsPage::makeQuestion()
{
    m_words->setObjectName(QStringLiteral("labelWords"));
    m_words->setAccessibleName(tr("Words"));
    m_words->setPlaceholderText(tr("One word or phrase a line, or between commas"));
    m_words->setPlainText(m_kept.words.value_or(tr("people\nanimal\nbuilding\nlandscape\nplant\nvehicle\nfood\nart")));
    m_model->setObjectName(QStringLiteral("labelModel"));
    m_run->setObjectName(QStringLiteral("runLabels"));
    m_pattern->setEditable(true);
    m_pattern->addItems({QStringLiteral("%1"), QStringLiteral("a photo of a %1"), QStringLiteral("一张%1的照片")});
    m_pattern->setCurrentText(m_kept.pattern.value_or(QStringLiteral("%1")));
    m_pattern->setToolTip(tr("The sentence around a word, %1 being its place: models were trained with sentences")
                              .arg(QStringLiteral("%1")));
    auto *form = new QFormLayout;
    form->addRow(tr("Model"), m_model);
    form->addRow(tr("Sentence"), m_pattern);
    m_summary->setWordWrap(true);
    auto *panel = new QWidget;
    panel->setFixedWidth(34 * gap);
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(new QLabel(tr("Words")));
    column->addWidget(m_words, 1);
    column->addLayout(form);
    column->addWidget(m_models);
    column->addWidget(m_run);
    column->addWidget(m_export);
    column->addWidget(m_summary);
    column->addStretch();
    return panel;
}

void LabelsPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fillModels();
}

void LabelsPage::fillModels()
{
    const QString chosen = m_model->currentText().isEmpty() ? m_kept.model : m_model->currentText();
    m_model->clear();
    for (const ModelCard &card : ModelStore::user().list())
        if (card.text)
            m_model->addItem(toQString(card.id));
    m_model->setCurrentIndex(std::max(0, m_model->findText(chosen)));
    m_intro->setText(
        m_model->count() > 0
            ? tr("A CLIP-like model says which of your words describes each image: no training, any words.")
            : tr("Labels need a model that understands words, as CLIP (English) or Chinese-CLIP: none is "
                 "installed yet."));
    updateButtons();
}

void LabelsPage::updateButtons()
{
    const bool model = m_model->count() > 0;
    const auto words = wordsIn(m_words->toPlainText().toStdString()).size();
    m_models->setVisible(!model);
    m_run->setEnabled(model && words >= 2 && m_session.hasWorkspace());
    m_run->setToolTip(!model      ? tr("No installed model understands words")
                      : words < 2 ? tr("%n word(s) given, 2 needed", nullptr, int(words))
                                  : tr("Finds the best of %n word(s) for each image", nullptr, int(words)));
    m_export->setEnabled(!m_kept.labelling.words.empty());
}

void LabelsPage::run()
{
    const LabelOptions options{m_model->currentText().toStdString(), wordsIn(m_words->toPlainText().toStdString()),
                               m_pattern->currentText().toStdString()};
    m_kept.model = m_model->currentText();
    LabelCommand command;
    command.workspace = toUtf8(m_session.workspace()->root);
    for (const std::string &word : options.words)
        command.words += (command.words.empty() ? "" : ", ") + word;
    command.labels = options;
    setCommand(toQString(printed(command)));
    m_session.jobs().startFor(m_kept, tr("Labelling the gallery"),
                              [write = PageWriter(m_kept, m_kept.command, m_session.whileOpen()),
                               workspace = m_session.workspace(), options, command,
                               cache = m_session.cache()](UiTaskContext &context) {
                                  const Labelling labelling = labelImages(workspace->gallery, options, cache, context);
                                  write(context, [workspace, labelling, command](LabelsState &state) {
                                      const auto shares = labelling.shares();
                                      const auto most = std::ranges::max_element(shares, {}, &Labelling::Share::images);
                                      state.images = workspace->gallery;
                                      state.labelling = labelling;
                                      state.word = int(most - shares.begin());
                                      state.image = -1;
                                      state.ran = command;
                                  });
                              });
}

void LabelsPage::setCommand(const QString &command)
{
    m_kept.command = command;
    m_command->setCommand(command);
}

void LabelsPage::showKept()
{
    m_command->setCommand(m_kept.command);
    const bool any = !m_kept.labelling.words.empty();
    m_results->setCurrentIndex(any ? 1 : 0);
    m_summary->clear();
    updateButtons();
    if (!any)
        return;
    int labelled = 0;
    for (const auto &share : m_kept.labelling.shares())
        labelled += share.images;
    m_summary->setText(
        tr("%n image(s) labelled; a click on a bar shows its images, the surest first.", nullptr, labelled));
    const ImageId image = m_kept.image;
    showWord(m_kept.word);
    if (image < 0)
        return;
    m_grid->selectImage(image);
    showImage(image);
}

void LabelsPage::showWord(int word)
{
    m_kept.word = word;
    QStringList names;
    std::vector<double> counts;
    const auto shares = m_kept.labelling.shares();
    for (std::size_t i = 0; i < shares.size(); ++i) {
        names << toQString(m_kept.labelling.words[i]);
        counts.push_back(shares[i].images);
    }
    m_counts->setBars(names, counts, {}, word);
    Ranking ranking;
    for (ImageId image = 0; image < m_kept.images.size(); ++image)
        if (m_kept.labelling.best(image) == word)
            ranking.push_back({.image = image, .score = m_kept.labelling.probabilities.at<float>(image, word)});
    std::ranges::stable_sort(ranking, std::greater{}, &Hit::score);
    m_grid->images().setRanking(m_kept.images, ranking, nullptr);
    showImage(ranking.empty() ? -1 : ranking.front().image);
}

void LabelsPage::showImage(ImageId image)
{
    m_kept.image = image;
    m_probabilities->setVisible(image >= 0);
    if (image < 0)
        return;
    QStringList names;
    std::vector<double> percents;
    for (std::size_t i = 0; i < m_kept.labelling.words.size(); ++i) {
        names << toQString(m_kept.labelling.words[i]);
        percents.push_back(100 * double(m_kept.labelling.probabilities.at<float>(image, int(i))));
    }
    m_probabilities->setTitle(tr("Probabilities of %1").arg(toQString(m_kept.images[image].name)));
    m_probabilities->setBars(names, percents, QStringLiteral("%"), m_kept.labelling.best(image));
}

void LabelsPage::exportLabels()
{
    const QString file = askWhereToSave(this, tr("Export labels"), QStringLiteral("labels.csv"), tr("Tables (*.csv)"));
    if (file.isEmpty())
        return;
    LabelCommand command = m_kept.ran;
    command.out = {file.toStdString(), QFileInfo::exists(file)}; // the dialog has asked
    setCommand(toQString(printed(command)));
    m_session.deeds().startFor(
        m_kept, tr("Writing %1").arg(file),
        [labelling = m_kept.labelling, images = m_kept.images, path = toPath(file)](UiTaskContext &) {
            writeFileAside(path, [&](std::ostream &out) { writeLabels(labelling, images, out); });
        });
}

} // namespace likeness::ui
