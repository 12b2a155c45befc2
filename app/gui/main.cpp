#include "ui/main_window.h"
#include "ui/util/accessible_views.h"
#include "ui/util/settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QSettings>
#include <clocale>
#include <cstdlib>

using namespace likeness::ui;

int main(int argc, char **argv)
{
    // Asking the session bus for a global menu costs a tenth of the start, and a window of pictures has room for its
    // own.
    QApplication::setAttribute(Qt::AA_DontUseNativeMenuBar);
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // Qt has taken the user's: a comma would stand in numbers of files
    QApplication::setApplicationName(QStringLiteral("likeness"));
    QApplication::setApplicationDisplayName(QStringLiteral("Likeness"));
    QApplication::setApplicationVersion(QStringLiteral(LIKENESS_VERSION));
    QApplication::setOrganizationName(QStringLiteral("likeness"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/likeness.svg")));
    applyTheme(Settings::theme());
    applyLanguage(Settings::language());

    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("path"),
        QApplication::translate("main", "A workspace, any folder of pictures, or a picture to look for"),
        QStringLiteral("[path]"));
    parser.process(application);

    installAccessibleViews();
    MainWindow window;
    window.show();
    if (!parser.positionalArguments().isEmpty())
        window.open(parser.positionalArguments().constFirst());
    else if (Settings::comesBack())
        window.comeBack();
    const int code = application.exec();
    if (window.isBusy()) { // closed twice: a worker does not answer, and nobody waits for it
        QSettings().sync();
        std::_Exit(code);
    }
    return code;
}
