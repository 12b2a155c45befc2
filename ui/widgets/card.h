#pragma once

#include <QAbstractButton>
#include <QFrame>

namespace likeness::ui {

/// A group of things that belong together, on a ground of its own with round corners.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// A card that is pressed as a whole; what it shows lies in its layout. Its text is what a screen reader says.
class CardButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit CardButton(const QString &text, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace likeness::ui
