#include "ui/pages/labels_page.h"

#include "core/base/file.h"
#include "core/learn/model_store.h"
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
    connect(m_words, &QPlainTextEdit::textChanged, this, &LabelsPage::updateButtons);
    connect(m_counts, &BarChart::barClicked, this, &LabelsPage::showWord);
    connect(m_grid, &ThumbnailGrid::imageSelected, this, &LabelsPage::showImage);
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_results->setCurrentIndex(0);
        m_summary->clear();
        m_labelling = {};
        updateButtons();
    });
}

QWidget *LabelsPage::makeQuestion()
{
    m_words->setObjectName(QStringLiteral("labelWords"));
    m_words->setPlaceholderText(tr("One word or phrase a line, or between commas"));
    m_words->setPlainText(tr("people\nanimal\nbuilding\nlandscape\nplant\nvehicle\nfood\nart"));
    m_model->setObjectName(QStringLiteral("labelModel"));
    m_run->setObjectName(QStringLiteral("runLabels"));
    m_pattern->setEditable(true);
    m_pattern->addItems({QStringLiteral("%1"), QStringLiteral("a photo of a %1"), QStringLiteral("一张%1的照片")});
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
    const QString chosen = m_model->currentText();
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
    m_export->setEnabled(!m_labelling.words.empty());
}

void LabelsPage::run()
{
    const LabelOptions options{m_model->currentText().toStdString(), wordsIn(m_words->toPlainText().toStdString()),
                               m_pattern->currentText().toStdString()};
    const ImageSet images = m_session.workspace()->gallery;
    m_ran = command();
    m_command->setCommand(m_ran);
    m_session.jobs().startFor(*this, tr("Labelling the gallery"),
                              [this, options, images, cache = m_session.cache()](UiTaskContext &context) {
                                  const Labelling labelling = labelImages(images, options, cache, context);
                                  context.deliver([this, images, labelling] { show(images, labelling); });
                              });
}

QString LabelsPage::command() const
{
    QStringList words;
    for (const std::string &word : wordsIn(m_words->toPlainText().toStdString()))
        words << toQString(word);
    return QStringLiteral("likeness-cli label %1 --model %2 --words %3 --pattern %4")
        .arg(shellQuoted(toQString(m_session.workspace()->root)), shellQuoted(m_model->currentText()),
             shellQuoted(words.join(QStringLiteral(", "))), shellQuoted(m_pattern->currentText()));
}

void LabelsPage::show(const ImageSet &images, const Labelling &labelling)
{
    m_images = images;
    m_labelling = labelling;
    m_results->setCurrentIndex(1);
    int labelled = 0;
    const auto shares = labelling.shares();
    for (const auto &share : shares)
        labelled += share.images;
    const auto most = std::ranges::max_element(shares, {}, &Labelling::Share::images);
    m_summary->setText(
        tr("%n image(s) labelled; a click on a bar shows its images, the surest first.", nullptr, labelled));
    showWord(int(most - shares.begin()));
    updateButtons();
}

void LabelsPage::showWord(int word)
{
    QStringList names;
    std::vector<double> counts;
    const auto shares = m_labelling.shares();
    for (std::size_t i = 0; i < shares.size(); ++i) {
        names << toQString(m_labelling.words[i]);
        counts.push_back(shares[i].images);
    }
    m_counts->setBars(names, counts, {}, word);
    Ranking ranking;
    for (ImageId image = 0; image < m_images.size(); ++image)
        if (m_labelling.best(image) == word)
            ranking.push_back({.image = image, .score = m_labelling.probabilities.at<float>(image, word)});
    std::ranges::stable_sort(ranking, std::greater{}, &Hit::score);
    m_grid->images().setRanking(m_images, ranking, nullptr);
    showImage(ranking.empty() ? -1 : ranking.front().image);
}

void LabelsPage::showImage(ImageId image)
{
    m_probabilities->setVisible(image >= 0);
    if (image < 0)
        return;
    QStringList names;
    std::vector<double> percents;
    for (std::size_t i = 0; i < m_labelling.words.size(); ++i) {
        names << toQString(m_labelling.words[i]);
        percents.push_back(100 * double(m_labelling.probabilities.at<float>(image, int(i))));
    }
    m_probabilities->setTitle(tr("Probabilities of %1").arg(toQString(m_images[image].name)));
    m_probabilities->setBars(names, percents, QStringLiteral("%"), m_labelling.best(image));
}

void LabelsPage::exportLabels()
{
    const QString file = askWhereToSave(this, tr("Export labels"), QStringLiteral("labels.csv"), tr("Tables (*.csv)"));
    if (file.isEmpty())
        return;
    const QString replacing = QFileInfo::exists(file) ? QStringLiteral(" --force") : QString(); // the dialog has asked
    m_command->setCommand(m_ran + QStringLiteral(" --out ") + shellQuoted(file) + replacing);
    m_session.jobs().startFor(*this, tr("Writing %1").arg(file),
                              [labelling = m_labelling, images = m_images, path = toPath(file)](UiTaskContext &) {
                                  writeFileAside(path, [&](std::ostream &out) { writeLabels(labelling, images, out); });
                              });
}

} // namespace likeness::ui
