#pragma once

#include "core/nets/recognise/network_model.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace likeness::ui {

/// Asks what a file of weights does not say, in a line with a button for each answer; hidden otherwise.
class ImportQuestion final : public QWidget {
    Q_OBJECT

public:
    explicit ImportQuestion(QWidget *parent = nullptr);
    void ask(const QString &path, const ImportChoices &choices, const ChoiceNeeded &needed);

Q_SIGNALS:
    void answered(const QString &path, const ImportChoices &choices);

private:
    void askForEntry(const QString &path, const ImportChoices &choices, const std::vector<std::string> &entries);
    void offer(const QString &text, std::function<void()> answer);

    QLabel *m_text;
    QHBoxLayout *m_answers;
};

} // namespace likeness::ui
