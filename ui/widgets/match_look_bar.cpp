#include "ui/widgets/match_look_bar.h"

#include "ui/util/shortcuts.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/tool_button.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QSlider>
#include <algorithm>
#include <array>

namespace likeness::ui {

namespace {

constexpr std::array lineCounts{50, 500, 5000};

} // namespace

MatchLookBar::MatchLookBar(const MatchLook &chosen, QWidget *parent)
    : QWidget(parent), m_look(chosen), m_row(new FlowLayout(this))
{
    QComboBox *layout =
        addChoice(tr("Arrangement"), {tr("Side by side"), tr("Stacked"), tr("A over B")}, int(chosen.layout),
                  [](MatchLook &look, int i) { look.layout = MatchLook::Layout(i); });
    layout->setObjectName(QStringLiteral("arrangement"));
    QComboBox *lines = addChoice(tr("Matches"), {tr("All matches"), tr("Inliers"), tr("Outliers"), tr("No lines")},
                                 int(chosen.lines), [](MatchLook &look, int i) { look.lines = MatchLook::Lines(i); });
    lines->setObjectName(QStringLiteral("lines"));
    QComboBox *colour =
        addChoice(tr("Colour"), {tr("By verdict"), tr("By residual"), tr("By distance (0 to 1)")}, int(chosen.colour),
                  [](MatchLook &look, int i) { look.colour = MatchLook::Colour(i); });
    colour->setObjectName(QStringLiteral("colour"));
    QSlider *residual = addResidual(chosen.residualPx);
    const auto showResidual = [residual, colour] {
        residual->setVisible(colour->currentIndex() == int(MatchLook::Colour::Residual) && !colour->isHidden());
    };
    connect(colour, &QComboBox::currentIndexChanged, this, showResidual);
    QComboBox *most = addChoice(tr("At most"), {tr("50 lines"), tr("500 lines"), tr("5000 lines")},
                                int(std::ranges::find(lineCounts, chosen.strongest) - lineCounts.begin()),
                                [](MatchLook &look, int i) { look.strongest = lineCounts[std::size_t(i)]; });
    QToolButton *keypoints = addToggles(chosen);
    QComboBox *overlay =
        addChoice(tr("How A lies over B"), {tr("Blended"), tr("Blinking"), tr("Difference")}, int(chosen.overlay),
                  [](MatchLook &look, int i) { look.overlay = MatchLook::Overlay(i); });
    auto *opacity = new QSlider(Qt::Horizontal);
    opacity->setRange(0, 100);
    opacity->setValue(qRound(100 * chosen.opacity));
    opacity->setFixedWidth(16 * gap);
    opacity->setAccessibleName(tr("Opacity of A"));
    opacity->setToolTip(tr("Opacity of A"));
    m_row->addWidget(opacity);
    connect(opacity, &QSlider::valueChanged, this, [this](int value) {
        m_look.opacity = value / 100.0;
        Q_EMIT lookChanged(m_look);
    });
    const auto showFitting = [=](int index) {
        const bool overlaid = index == int(MatchLook::Layout::Overlaid);
        for (QWidget *widget : std::initializer_list<QWidget *>{lines, colour, most, keypoints})
            widget->setVisible(!overlaid);
        for (QWidget *widget : std::initializer_list<QWidget *>{overlay, opacity})
            widget->setVisible(overlaid);
        showResidual();
    };
    connect(layout, &QComboBox::currentIndexChanged, this, showFitting);
    showFitting(int(chosen.layout));
}

QSlider *MatchLookBar::addResidual(double px)
{
    auto *residual = new QSlider(Qt::Horizontal);
    residual->setObjectName(QStringLiteral("residualRange"));
    residual->setRange(5, 200);
    residual->setValue(qRound(10 * px));
    residual->setFixedWidth(12 * gap);
    residual->setAccessibleName(tr("Residual of the last colour"));
    residual->setToolTip(tr("How many pixels off have the last colour"));
    m_row->addWidget(residual);
    connect(residual, &QSlider::valueChanged, this, [this](int value) {
        m_look.residualPx = value / 10.0;
        Q_EMIT lookChanged(m_look);
    });
    return residual;
}

/// Keypoints, which are given back, and the outline.
QToolButton *MatchLookBar::addToggles(const MatchLook &chosen)
{
    QToolButton *keypoints =
        toolButton("draw-circle", tr("Keypoints"), tr("Every keypoint with its size and direction"), true);
    keypoints->setObjectName(QStringLiteral("keypoints"));
    m_row->addWidget(keypoints);
    QToolButton *outline = toolButton("select-rectangular", tr("Outline"), tr("Where the frame of A lies in B"), true);
    outline->setObjectName(QStringLiteral("outline"));
    outline->setChecked(chosen.outline);
    keypoints->setChecked(chosen.keypoints);
    m_row->addWidget(outline);
    const QString here = QCoreApplication::translate("PageTable", "Match");
    keypoints->setShortcut(Qt::Key_K);
    outline->setShortcut(Qt::Key_O);
    Shortcuts::add(*keypoints, "match-keypoints", here);
    Shortcuts::add(*outline, "match-outline", here);
    for (QToolButton *byKey : {keypoints, outline})
        byKey->setFocusPolicy(Qt::ClickFocus);
    connect(keypoints, &QToolButton::toggled, this, [this](bool on) {
        m_look.keypoints = on;
        Q_EMIT lookChanged(m_look);
    });
    connect(outline, &QToolButton::toggled, this, [this](bool on) {
        m_look.outline = on;
        Q_EMIT lookChanged(m_look);
    });
    return keypoints;
}

QComboBox *MatchLookBar::addChoice(const QString &name, const QStringList &items, int current,
                                   const std::function<void(MatchLook &, int)> &apply)
{
    auto *box = new QComboBox;
    box->addItems(items);
    box->setCurrentIndex(current);
    box->setAccessibleName(name);
    box->setToolTip(name);
    m_row->addWidget(box);
    connect(box, &QComboBox::currentIndexChanged, this, [this, apply](int index) {
        apply(m_look, index);
        Q_EMIT lookChanged(m_look);
    });
    return box;
}

} // namespace likeness::ui
