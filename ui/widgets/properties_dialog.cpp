#include "ui/widgets/properties_dialog.h"

#include "core/data/exif.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/picture_loader.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QImageReader>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace likeness::ui {

std::vector<PictureFact> factsOf(const Query &picture)
{
    std::vector<PictureFact> facts{{PropertiesDialog::tr("Name"), QFileInfo(picture.name).fileName()}};
    const auto add = [&facts](const QString &label, const QString &value) { facts.push_back({label, value}); };
    try {
        const cv::Mat pixels = pixelsOf(picture);
        add(PropertiesDialog::tr("Size"), PropertiesDialog::tr("%1 × %2 px").arg(pixels.cols).arg(pixels.rows));
        add(PropertiesDialog::tr("Pixels"),
            PropertiesDialog::tr("%1 million").arg(double(pixels.total()) / 1e6, 0, 'f', 2));
    } catch (const Error &error) {
        add(PropertiesDialog::tr("Cannot be read"), toQString(error.message()));
    }
    if (picture.path.empty())
        return facts;
    const QFileInfo file(toQString(picture.path));
    add(PropertiesDialog::tr("Bytes"), byteText(file.size()));
    add(PropertiesDialog::tr("Format"), QString::fromLatin1(QImageReader::imageFormat(file.filePath())).toUpper());
    add(PropertiesDialog::tr("Written"), QLocale().toString(file.lastModified(), QLocale::ShortFormat));
    add(PropertiesDialog::tr("Folder"), QDir::toNativeSeparators(file.absolutePath()));
    for (const ExifField &field : exifOf(picture.path))
        add(coreText(field.label), toQString(field.value));
    return facts;
}

PropertiesDialog::PropertiesDialog(const std::vector<Query> &pictures, QWidget *parent)
    : QDialog(parent), m_table(new QTableWidget)
{
    setObjectName(QStringLiteral("properties"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(pictures.size() > 1 ? tr("Properties of two pictures") : tr("Properties"));
    m_table->setColumnCount(int(pictures.size()));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->horizontalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this, &PropertiesDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_table);
    column->addWidget(buttons);
    resize(int(pictures.size()) * 40 * gap + 20 * gap, 56 * gap);
    m_reading.start([this, pictures](const TaskContext &) -> std::function<void()> {
        std::vector<std::vector<PictureFact>> facts;
        for (const Query &picture : pictures)
            facts.push_back(factsOf(picture));
        return [this, facts] { fill(facts); };
    });
}

void PropertiesDialog::fill(const std::vector<std::vector<PictureFact>> &facts)
{
    QStringList labels;
    for (const auto &of : facts)
        for (const PictureFact &fact : of)
            if (!labels.contains(fact.label))
                labels << fact.label;
    m_table->setRowCount(int(labels.size()));
    m_table->setVerticalHeaderLabels(labels);
    for (int row = 0; row < labels.size(); ++row) {
        QStringList values;
        for (const auto &of : facts) {
            const auto found = std::ranges::find(of, labels[row], &PictureFact::label);
            values << (found == of.end() ? QString() : found->value);
        }
        const bool differs = values.size() > 1 && values[0] != values[1];
        for (int column = 0; column < values.size(); ++column) {
            auto *item = new QTableWidgetItem(values[column]);
            item->setToolTip(values[column]);
            if (differs) {
                QFont bold = item->font();
                bold.setBold(true); // not by the colour alone
                item->setFont(bold);
                item->setForeground(wrongColour());
            }
            m_table->setItem(row, column, item);
        }
    }
}

void PropertiesDialog::copy() const
{
    QStringList lines;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        QStringList cells{m_table->verticalHeaderItem(row)->text()};
        for (int column = 0; column < m_table->columnCount(); ++column)
            cells << m_table->item(row, column)->text();
        lines << cells.join(QLatin1Char('\t'));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace likeness::ui
