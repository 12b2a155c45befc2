#pragma once

#include "core/nets/models/catalogue.h"
#include "ui/session.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStandardItemModel;
class QTableView;
class QTextBrowser;

namespace likeness::ui {

class CommandBar;
class ImportQuestion;

/// The networks: those that are installed and those of the catalogue; import by button or by dropping a file, download,
/// what was recognised, use, verify, remove.
class ModelsPage final : public QWidget {
    Q_OBJECT

public:
    explicit ModelsPage(Session &session, QWidget *parent = nullptr);
    /// A file of weights or a folder with one.
    void import(const QString &path);
    /// True for names that files of weights have.
    static bool isWeightFile(const QString &path);
    /// What is offered for download; the built-in catalogue otherwise.
    void setCatalogue(std::vector<CatalogueEntry> entries);

Q_SIGNALS:
    void searchWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// A line of the table: installed, or to be had.
    struct Row {
        std::optional<ModelCard> card;
        const CatalogueEntry *entry = nullptr;
    };

    void importWith(const QString &path, const ImportChoices &choices);
    void chooseFile();
    void chooseFolder();
    void chooseVocabulary();
    void refresh(const std::string &select = {});
    void addRow(Row row);
    void showDetails();
    const Row *current() const;
    std::string currentId() const;
    void download();
    void useInSearch();
    void verify();
    void remove();
    QLayout *makeButtons();

    Session &m_session;
    std::vector<CatalogueEntry> m_catalogue;
    std::vector<Row> m_rows;
    QLabel *m_intro;
    ImportQuestion *m_question;
    QPushButton *m_download = nullptr, *m_use = nullptr, *m_vocabulary = nullptr, *m_verify = nullptr,
                *m_remove = nullptr;
    QLineEdit *m_name = nullptr; ///< of what is imported next
    QTableView *m_table;
    QStandardItemModel *m_model;
    QTextBrowser *m_details;
    CommandBar *m_command;
};

} // namespace likeness::ui
