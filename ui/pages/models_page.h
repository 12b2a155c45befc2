#pragma once

#include "core/learn/model_store.h"
#include "ui/session.h"

class QLabel;
class QPushButton;
class QStandardItemModel;
class QTableView;
class QTextBrowser;

namespace likeness::ui {

class CommandBar;

/// The installed networks: import by button or by dropping a file, what was recognised in it, use, verify, remove.
class ModelsPage final : public QWidget {
    Q_OBJECT

public:
    explicit ModelsPage(Session &session, QWidget *parent = nullptr);
    /// A file of weights or a folder with one.
    void import(const QString &path);
    /// True for names that files of weights have.
    static bool isWeightFile(const QString &path);

Q_SIGNALS:
    void searchWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void importWith(const QString &path, const ImportChoices &choices);
    void chooseFile();
    void chooseFolder();
    void ask(const QString &path, const QString &question);
    void refresh(const std::string &select = {});
    void showCard();
    const ModelCard *current() const;
    void useInSearch();
    void verify();
    void remove();
    QLayout *makeButtons();

    Session &m_session;
    std::vector<ModelCard> m_cards;
    QLabel *m_intro, *m_questionText;
    QWidget *m_question, *m_content;
    QPushButton *m_use = nullptr, *m_verify = nullptr, *m_remove = nullptr;
    QTableView *m_table;
    QStandardItemModel *m_model;
    QTextBrowser *m_details;
    CommandBar *m_command;
    QString m_asked; ///< the file that the question is about
};

} // namespace likeness::ui
