#pragma once

#include <QWidget>

class QVBoxLayout;

namespace likeness::ui {

/// What a newcomer sees first: the sample, recent folders, "drop a folder here".
class StartPage final : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);
    void refresh(); ///< reads the recent folders again

Q_SIGNALS:
    void sampleWanted();
    void folderWanted(const QString &folder); ///< empty: ask for one

private:
    QVBoxLayout *m_recent;
};

} // namespace likeness::ui
