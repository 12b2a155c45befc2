#include "ui/pages/export_dialog.h"

#include "core/submit/submission_file.h"
#include "ui/session_commands.h"
#include "ui/util/calibration_text.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>
#include <limits>

namespace likeness::ui {

namespace {
constexpr int previewRows = 10;
constexpr double usualPrecision = 95; // %
} // namespace

ExportDialog::ExportDialog(Session &session, QWidget *parent)
    : QDialog(parent),
      m_session(session),
      m_useThreshold(new QCheckBox(tr("Leave the source empty below the score"))),
      m_threshold(new QDoubleSpinBox),
      m_precision(new QDoubleSpinBox),
      m_counts(new QLabel),
      m_failure(new QLabel),
      m_rows(new QTableWidget),
      m_report(new QPlainTextEdit),
      m_command(new CommandBar)
{
    setWindowTitle(tr("Export submission"));
    m_threshold->setDecimals(6);
    m_threshold->setRange(-1e6, 1e6);
    m_threshold->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_threshold->setEnabled(false);
    m_threshold->setObjectName(QStringLiteral("threshold"));
    m_useThreshold->setObjectName(QStringLiteral("useThreshold"));
    setThreshold(firstCut());
    m_rows->setColumnCount(2);
    m_rows->setHorizontalHeaderLabels({QStringLiteral("source"), QStringLiteral("query")});
    m_rows->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_rows->verticalHeader()->hide();
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_report->setReadOnly(true);
    m_report->setMaximumHeight(14 * gap);
    m_failure->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Save)->setText(tr("Save as…"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_useThreshold);
    row->addWidget(m_threshold);
    row->addStretch();
    addCut(*row);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gap);
    layout->addLayout(row);
    layout->addWidget(m_counts);
    layout->addWidget(new QLabel(tr("The first rows:")));
    layout->addWidget(m_rows, 1);
    layout->addWidget(new QLabel(tr("Checks and queries without an answer:")));
    layout->addWidget(m_report);
    layout->addWidget(m_failure);
    layout->addWidget(m_command);
    layout->addWidget(buttons);
    resize(640, 600);
    connect(m_useThreshold, &QCheckBox::toggled, m_threshold, &QWidget::setEnabled);
    connect(m_useThreshold, &QCheckBox::toggled, this, &ExportDialog::preview);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, &ExportDialog::preview);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::chooseFile);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    preview();
}

/// The button that finds the score for a precision.
void ExportDialog::addCut(QBoxLayout &row)
{
    m_precision->setRange(50, 99.9);
    m_precision->setDecimals(1);
    m_precision->setValue(usualPrecision);
    m_precision->setSuffix(QStringLiteral(" %"));
    auto *cut = new QPushButton(tr("Score for a precision of"));
    cut->setObjectName(QStringLiteral("cutForPrecision"));
    cut->setAutoDefault(false);
    const auto &calibration = m_session.results().calibration();
    const auto doubt = calibration ? calibration->doubt() : std::nullopt;
    cut->setEnabled(calibration && !doubt);
    cut->setToolTip(doubt         ? tr("No precision can be promised: %1.").arg(toQString(*doubt))
                    : calibration ? tr("The lowest score from which at least so many answers are expected to be right")
                                  : tr("Needs the answers of at least ten queries"));
    row.addWidget(cut);
    row.addWidget(m_precision);
    connect(cut, &QPushButton::clicked, this, [this] { useCutFor(m_precision->value() / 100); });
}

/// What most people want: the score for the precision in the box. Where that is not known, the lowest best score, which
/// leaves no answer out.
double ExportDialog::firstCut() const
{
    const auto &calibration = m_session.results().calibration();
    if (const auto cut = calibration ? calibration->cutFor(usualPrecision / 100) : std::nullopt)
        return *cut;
    double lowest = std::numeric_limits<double>::infinity();
    for (const auto &result : m_session.results().queryResults())
        if (!result.ranking.empty())
            lowest = std::min(lowest, double(result.ranking.front().score));
    return std::isfinite(lowest) ? lowest : 0;
}

void ExportDialog::useCutFor(double precision)
{
    const auto cut = m_session.results().calibration()->cutFor(precision);
    if (!cut)
        return m_failure->setText(
            tr("No score is expected to reach a precision of %1 %.").arg(100 * precision, 0, 'f', 1));
    m_failure->clear();
    m_useThreshold->setChecked(true);
    setThreshold(*cut);
}

void ExportDialog::setThreshold(double cut)
{
    // Down to the decimals of the box, so that the answer at the cut is one.
    const double step = std::pow(10, -m_threshold->decimals());
    m_threshold->setValue(std::floor(cut / step) * step);
}

std::optional<float> ExportDialog::threshold() const
{
    return m_useThreshold->isChecked() ? std::optional(float(m_threshold->value())) : std::nullopt;
}

void ExportDialog::preview()
{
    const Workspace &workspace = *m_session.workspace();
    const Submission submission = makeSubmission(m_session.results().queryResults(), workspace.gallery, threshold());
    const auto unanswered = int(submission.unanswered.size());
    const auto &calibration = m_session.results().calibration();
    m_counts->setText(tr("%1 queries, %2 answered, %3 without an answer")
                          .arg(submission.rows.size())
                          .arg(int(submission.rows.size()) - unanswered)
                          .arg(unanswered) +
                      (calibration ? expectedText(*calibration, threshold()) : QString()));
    const int shown = qMin(previewRows, int(submission.rows.size()));
    m_rows->setRowCount(shown);
    for (int i = 0; i < shown; ++i) {
        m_rows->setItem(i, 0, new QTableWidgetItem(toQString(submission.rows[std::size_t(i)].source)));
        m_rows->setItem(i, 1, new QTableWidgetItem(toQString(submission.rows[std::size_t(i)].query)));
    }
    QStringList lines;
    for (const Problem &problem : checkSubmission(submission.rows, workspace.gallery, workspace.queries, {}))
        lines << toQString(problem.line());
    if (lines.isEmpty())
        lines << tr("Every query has one row, every name exists.");
    for (const std::string &query : submission.unanswered)
        lines << tr("No answer: %1").arg(toQString(query));
    m_report->setPlainText(lines.join(QLatin1Char('\n')));
    m_command->setCommand(submitCommand(m_session, QStringLiteral("submission.csv"),
                                        threshold() ? std::optional(m_threshold->value()) : std::nullopt));
}

void ExportDialog::chooseFile()
{
    const QString suggested = QDir(toQString(m_session.workspace()->root)).filePath(QStringLiteral("submission.csv"));
    const QString file = askWhereToSave(this, tr("Save the submission"), suggested, tr("Submission (*.csv)"));
    if (!file.isEmpty() && write(file).isEmpty())
        accept();
}

QString ExportDialog::write(const QString &file)
{
    try {
        const Workspace &workspace = *m_session.workspace();
        const Submission submission =
            makeSubmission(m_session.results().queryResults(), workspace.gallery, threshold());
        writeSubmission(toPath(file), submission.rows, workspace.gallery, workspace.queries);
    } catch (const Error &error) {
        m_failure->setText(toQString(error.message()));
        return m_failure->text();
    }
    m_written = file;
    return {};
}

} // namespace likeness::ui
