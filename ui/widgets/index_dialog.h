#pragma once

#include "ui/session.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace likeness::ui {

class LatestJob;

/// Asks what to index, with which recipe and where to.
class IndexDialog final : public QDialog {
    Q_OBJECT

public:
    explicit IndexDialog(Session &session, QWidget *parent = nullptr);
    void setImages(const QString &folder);
    QString images() const;
    QString folder() const;
    Recipe recipe() const;

private:
    void chooseImages();
    void chooseFolder();
    void check();
    void nameIndex();

    Session &m_session;
    QLineEdit *m_images, *m_folder;
    QComboBox *m_recipe;
    QLabel *m_note;
    QPushButton *m_start;
    LatestJob *m_checking;
    bool m_ownName = false; ///< the user chose where the index goes
};

} // namespace likeness::ui
