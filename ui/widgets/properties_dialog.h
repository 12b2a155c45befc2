#pragma once

#include "ui/session.h"
#include "ui/util/latest_job.h"

#include <QDialog>

class QTableWidget;

namespace likeness::ui {

/// A fact about a picture file, as a person reads it.
struct PictureFact {
    QString label, value;
};
/// Of the file, its pixels and what its camera wrote. Any thread; a file that cannot be read says why.
std::vector<PictureFact> factsOf(const Query &picture);

/// The facts of a picture, or of two beside each other with what differs marked.
class PropertiesDialog final : public QDialog {
    Q_OBJECT

public:
    PropertiesDialog(const std::vector<Query> &pictures, QWidget *parent);

private:
    void fill(const std::vector<std::vector<PictureFact>> &facts);
    void copy() const;

    QTableWidget *m_table;
    LatestJob m_reading;
};

} // namespace likeness::ui
