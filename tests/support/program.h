#pragma once

#include "tests/support/patience.h"

#include <QProcess>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>

namespace likeness::test {

/// likeness-cli with folders of its own. The test defines CLI_PATH and LOCALE_FOLDER.
class Program {
public:
    struct Outcome {
        int code; ///< negative where it crashed
        QByteArray out, err;
    };

    QString filePath(const QString &name) const { return m_dir.filePath(name); }
    Outcome run(const QStringList &arguments, const QString &language = qEnvironmentVariable("LC_ALL", "C.UTF-8")) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *variable : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
            environment.insert(QLatin1String(variable), m_dir.filePath(QStringLiteral("home")));
        environment.insert(QStringLiteral("LIKENESS_CACHE_DIR"), m_dir.filePath(QStringLiteral("cache")));
        environment.insert(QStringLiteral("LIKENESS_MODEL_DIR"), m_dir.filePath(QStringLiteral("models")));
        environment.insert(QStringLiteral("LC_ALL"), language);
        environment.insert(QStringLiteral("LANGUAGE"), QString());
        environment.insert(QStringLiteral("LOCPATH"), QStringLiteral(LOCALE_FOLDER));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(CLI_PATH), arguments);
        if (!process.waitForFinished(patience * 300'000))
            qFatal("likeness-cli did not end");
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    static nlohmann::json parsed(const QByteArray &out) { return nlohmann::json::parse(out.begin(), out.end()); }

private:
    QTemporaryDir m_dir;
};

} // namespace likeness::test
