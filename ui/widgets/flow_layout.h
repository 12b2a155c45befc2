#pragma once

#include <QLayout>
#include <memory>
#include <vector>

namespace likeness::ui {

/// A row of widgets that goes on in a second line where the window is narrow: as wide as its widest widget at least.
class FlowLayout final : public QLayout {
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize minimumSize() const override;
    QSize sizeHint() const override;
    void setGeometry(const QRect &place) override;

private:
    int arrange(const QRect &place, bool apply) const; ///< the height that is needed

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace likeness::ui
