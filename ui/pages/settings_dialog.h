#pragma once

#include "ui/session.h"

#include <QDialog>

class QFormLayout;

namespace likeness::ui {

/// Language, look, threads, cache. Changes take effect at once.
class SettingsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit SettingsDialog(Session &session, QWidget *parent = nullptr);

Q_SIGNALS:
    void lookChanged(); ///< language or theme: the window must be built anew

private:
    void build();
    void addLookRows(QFormLayout *form);
    void addDeviceRows(QFormLayout *form, const std::vector<std::string> &cards);
    void addDownloadRows(QFormLayout *form);
    void addCacheRows(QFormLayout *form, const std::shared_ptr<FeatureCache> &cache);

    Session &m_session;
    QWidget *m_content = nullptr;
};

} // namespace likeness::ui
