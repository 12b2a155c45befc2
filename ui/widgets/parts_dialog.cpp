#include "ui/widgets/parts_dialog.h"

#include "ui/util/theme.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace likeness::ui {

PartsDialog::PartsDialog(const std::vector<std::pair<QString, Query>> &queries, QWidget *parent)
    : QDialog(parent), m_queries(queries)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Look for several together"));
    auto *form = new QFormLayout;
    for (std::size_t i = 0; i < m_queries.size(); ++i) {
        auto *weight = new QDoubleSpinBox;
        weight->setRange(-3, 3);
        weight->setSingleStep(0.1);
        weight->setValue(1);
        weight->setEnabled(i > 0);
        weight->setAccessibleName(m_queries[i].first);
        weight->setToolTip(tr("How much it counts; below 0 what looks like it is avoided"));
        form->addRow(fontMetrics().elidedText(m_queries[i].first, Qt::ElideMiddle, 40 * gap), weight);
        if (i > 0)
            m_weights.push_back(weight);
    }
    auto *note = new QLabel(tr("Needs a recipe of one vector an image, such as a network: the vectors are added up."));
    note->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Search"));
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(note);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        std::vector<Query::Part> more = m_queries.front().second.more;
        for (std::size_t i = 1; i < m_queries.size(); ++i) {
            const auto &[name, query] = m_queries[i];
            const double weight = m_weights[i - 1]->value();
            if (query.hasPicture())
                more.push_back({name, query.path, query.bytes, {}, weight});
            if (!query.text.isEmpty())
                more.push_back({query.text, {}, {}, query.text, weight * (query.hasPicture() ? query.textWeight : 1)});
            for (Query::Part part : query.more) {
                part.weight *= weight;
                more.push_back(part);
            }
        }
        Q_EMIT chosen(m_queries.front().second, more);
        accept();
    });
}

} // namespace likeness::ui
