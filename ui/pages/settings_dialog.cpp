#include "ui/pages/settings_dialog.h"

#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/nets/run/network.h"
#include "ui/util/convert.h"
#include "ui/util/latest_job.h"
#include "ui/util/settings.h"
#include "ui/util/theme.h"
#include "ui/widgets/question.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace likeness::ui {

SettingsDialog::SettingsDialog(Session &session, QWidget *parent) : QDialog(parent), m_session(session)
{
    new QVBoxLayout(this);
    layout()->setContentsMargins(0, 0, 0, 0);
    build();
    connect(this, &SettingsDialog::lookChanged, this, &SettingsDialog::build, Qt::QueuedConnection);
}

/// Again in another language, or with the icons of another look.
void SettingsDialog::build()
{
    const QString focus = focusWidget() ? focusWidget()->objectName() : QString();
    delete m_content;
    m_content = new QWidget;
    layout()->addWidget(m_content);
    setWindowTitle(tr("Settings"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *form = new QFormLayout(m_content);
    addLookRows(form);
    addDeviceRows(form, graphicsCards());
    addCacheRows(form, m_session.cache());
    addDownloadRows(form);
    form->addRow(buttons);
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false); // Enter in a field ends its editing and presses nothing
    if (auto *widget = focus.isEmpty() ? nullptr : m_content->findChild<QWidget *>(focus))
        widget->setFocus();
}

void SettingsDialog::addLookRows(QFormLayout *form)
{
    auto *language = new QComboBox;
    language->setObjectName(QStringLiteral("language"));
    language->addItem(tr("As the system"), QString());
    language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    language->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    language->setCurrentIndex(qMax(0, language->findData(Settings::language())));
    auto *theme = new QComboBox;
    theme->setObjectName(QStringLiteral("look"));
    theme->addItem(tr("As the system"), int(Theme::System));
    theme->addItem(tr("Light"), int(Theme::Light));
    theme->addItem(tr("Dark"), int(Theme::Dark));
    theme->setCurrentIndex(theme->findData(int(Settings::theme())));
    auto *threads = new QSpinBox;
    threads->setRange(0, 256);
    threads->setSpecialValueText(tr("One for each core"));
    threads->setValue(Settings::threads());
    form->addRow(tr("Language"), language);
    form->addRow(tr("Look"), theme);
    auto *back = new QCheckBox(tr("Come back where I was: folder, page, query and results"));
    back->setObjectName(QStringLiteral("comesBack"));
    back->setChecked(Settings::comesBack());
    form->addRow(tr("Threads"), threads);
    form->addRow(tr("At the start"), back);
    connect(back, &QCheckBox::toggled, this, [](bool on) { Settings::setComesBack(on); });
    connect(language, &QComboBox::activated, this, [this, language] {
        Settings::setLanguage(language->currentData().toString());
        applyLanguage(Settings::language());
        Q_EMIT lookChanged();
    });
    connect(theme, &QComboBox::activated, this, [this, theme] {
        Settings::setTheme(Theme(theme->currentData().toInt()));
        applyTheme(Settings::theme());
        Q_EMIT lookChanged();
    });
    connect(threads, &QSpinBox::valueChanged, this, [](int value) {
        Settings::setThreads(value);
        setThreadCount(value);
    });
}

void SettingsDialog::addDeviceRows(QFormLayout *form, const std::vector<std::string> &cards)
{
    auto *device = new QComboBox;
    device->setObjectName(QStringLiteral("device"));
    device->addItem(tr("The processor"), QStringLiteral("cpu"));
    if (torchHasCuda() && !cards.empty())
        device->addItem(tr("The graphics card: %1").arg(toQString(cards.front())), QStringLiteral("cuda"));
    device->setCurrentIndex(qMax(0, device->findData(Settings::device())));
    form->addRow(tr("Networks run on"), device);
    connect(device, &QComboBox::activated, this, [device] {
        Settings::setDevice(device->currentData().toString());
        setNetworkDevice(networkDeviceNamed(Settings::device().toStdString()));
    });
    auto *hint = new QLabel(
        torchHasCuda() ? tr("No graphics card of NVIDIA was found.")
        : cards.empty()
            ? tr("A graphics card of NVIDIA can be used by a program that is built for it: see docs/cuda.md.")
            : tr("%1 is there, but the LibTorch of this program cannot use it: docs/cuda.md says how it can.")
                  .arg(toQString(cards.front())));
    hint->setObjectName(QStringLiteral("deviceHint"));
    hint->setWordWrap(true);
    hint->setVisible(device->count() == 1);
    form->addRow(QString(), hint);
}

void SettingsDialog::addDownloadRows(QFormLayout *form)
{
    auto *proxy = new QLineEdit(Settings::proxy());
    proxy->setMinimumWidth(44 * gap); // the hint in it
    proxy->setPlaceholderText(tr("The system's; http://host:port, socks5://host:port or none"));
    auto *mirror = new QLineEdit(Settings::mirror());
    mirror->setObjectName(QStringLiteral("mirror"));
    mirror->setPlaceholderText(tr("None; https://mirror.example"));
    mirror->setToolTip(tr("Takes the place of the server in the address of a model's files. The authors' own server is "
                          "asked where the mirror fails. What comes is compared with the checksum that the authors "
                          "published; where they published none, or only its first digits, the mirror has to be an "
                          "https address."));
    form->addRow(tr("Proxy for downloads"), proxy);
    form->addRow(tr("Mirror for downloads"), mirror);
    connect(proxy, &QLineEdit::editingFinished, this, [proxy] { Settings::setProxy(proxy->text().trimmed()); });
    connect(mirror, &QLineEdit::editingFinished, this, [mirror] { Settings::setMirror(mirror->text().trimmed()); });
}

void SettingsDialog::addCacheRows(QFormLayout *form, const std::shared_ptr<FeatureCache> &cache)
{
    auto *limit = new QDoubleSpinBox;
    limit->setRange(0.1, 1000);
    limit->setDecimals(1);
    limit->setSuffix(tr(" GB"));
    limit->setValue(Settings::cacheLimitGb());
    auto *size = new QLabel;
    size->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *clear = new QPushButton(tr("Clear"));
    clear->setObjectName(QStringLiteral("clearCache"));
    clear->setToolTip(tr("Features and thumbnails are computed again when needed. Nothing else is lost."));
    auto *measuring = new LatestJob(size); // the database may be busy
    clear->setEnabled(false);              // until it can be said how much goes
    const auto showSize = [measuring, size, clear, cache] {
        measuring->start([size, clear, cache](const TaskContext &) {
            return [size, clear, bytes = cache->bytes()] {
                size->setText(byteText(bytes));
                clear->setEnabled(true);
            };
        });
    };
    showSize();
    auto *row = new QHBoxLayout;
    row->addWidget(size, 1);
    row->addWidget(clear);
    auto *where = new QLabel(toQString(userCacheFolder()));
    where->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(tr("Cache at most"), limit);
    form->addRow(tr("Cache now"), row);
    form->addRow(tr("Cache folder"), where);
    connect(limit, &QDoubleSpinBox::valueChanged, this, [cache](double value) {
        Settings::setCacheLimitGb(value);
        cache->setLimit(std::int64_t(value * 1e9));
    });
    connect(clear, &QPushButton::clicked, this, [this, cache, showSize, guard = QPointer<QLabel>(size)] {
        if (!askBefore(
                *this, tr("Clear the cache"),
                tr("Delete %1 of features and thumbnails? They are computed again when needed.").arg(guard->text()),
                tr("Clear")))
            return;
        m_session.deeds().startFor(
            *this, tr("Clearing the cache"), [cache](UiTaskContext &) { cache->clear(); },
            [showSize, guard] {
                if (guard)
                    showSize();
            });
    });
}

} // namespace likeness::ui
