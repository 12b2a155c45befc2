#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace likeness::ui {

/// The help inside the program: a text for each page (what it is for, an example, what to look at), and all methods
/// with their parameters, in the language of the program; a field looks for words in all of them.
class HelpWindow final : public QDialog {
    Q_OBJECT

public:
    explicit HelpWindow(QWidget *parent);
    /// `page`: the class of a page, or "methods".
    void open(const QString &page);
    /// Name of the help text of a page's class: "TradeOffPage" is "trade-off".
    static QString nameOf(const QString &pageClass);

private:
    void fill();
    void showChosen();
    void look(const QString &words);
    void findNext();

    QLineEdit *m_search;
    QListWidget *m_list;
    QTextBrowser *m_text;
};

/// All stages and their parameters as HTML.
QString methodsHtml();

} // namespace likeness::ui
