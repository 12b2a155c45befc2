// The rules of the code base that a compiler does not check: who may include whom, how long things may be, that the
// help page and the translations are complete, that the code is formatted.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

const QString g_root = QStringLiteral(SOURCE_DIR);

QString contents(const QString &file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file));
    return QString::fromUtf8(in.readAll());
}

QStringList sources(const QString &folder)
{
    QStringList files;
    QDirIterator it(g_root + QLatin1Char('/') + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        files << QDir(g_root).relativeFilePath(it.next());
    files.sort();
    return files;
}

struct Include {
    QString file, target;
    int line;
};

QList<Include> includes(const QString &folder)
{
    static const QRegularExpression form(QStringLiteral("^\\s*#include\\s*[<\"]([^>\"]+)[>\"]"));
    QList<Include> found;
    for (const QString &file : sources(folder)) {
        const QStringList lines = contents(g_root + QLatin1Char('/') + file).split(QLatin1Char('\n'));
        for (int i = 0; i < lines.size(); ++i)
            if (const auto match = form.match(lines[i]); match.hasMatch())
                found << Include{file, match.captured(1), i + 1};
    }
    return found;
}

QString where(const Include &include)
{
    return QStringLiteral("%1:%2 includes %3").arg(include.file).arg(include.line).arg(include.target);
}

/// Whether the translation that begins here has text, and in each of its plural forms.
bool translated(QXmlStreamReader &xml)
{
    bool all = true;
    QString text;
    while (xml.readNext() != QXmlStreamReader::Invalid && xml.name() != QLatin1String("translation")) {
        if (xml.isCharacters())
            text += xml.text();
        else if (xml.isStartElement()) {
            const QString form = xml.readElementText();
            all = all && !form.trimmed().isEmpty();
            text += form;
        }
    }
    return all && !text.trimmed().isEmpty();
}

} // namespace

class TestProject : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coreFoldersIncludeOnlyWhatStandsBelowThem()
    {
        // Each room and those that it may use: base (<- weights) <- data <- vectors <- features <- nets (<- onnx),
        // match, index <- rank <- registry <- search <- train, eval, submit, commands
        const QStringList features{"base", "data", "vectors", "features"},
            rank = features + QStringList{"match", "index", "rank"},
            search = rank + QStringList{"weights", "nets", "registry.h", "search"};
        const QMap<QString, QStringList> allowed{
            {"base", {}},
            {"weights", {"base"}},
            {"data", {"base"}},
            {"vectors", {"base", "data"}},
            {"features", features},
            {"match", features},
            {"index", features},
            {"nets", features + QStringList{"weights"}},
            {"onnx", features + QStringList{"weights", "nets"}},
            {"rank", rank},
            {"search", search},
            {"train", search},
            {"eval", search},
            {"submit", search + QStringList{"eval"}},
            {"commands", search + QStringList{"eval"}},
        };
        QStringList wrong;
        for (const Include &include : includes("core")) {
            const QString from = include.file.section('/', 1, 1);
            if (!include.target.startsWith("core/") || from.startsWith("registry"))
                continue;
            const QString to = include.target.section('/', 1, 1);
            if (!allowed.contains(from))
                wrong << where(include) + " from a folder without a rule";
            else if (to != from && !allowed[from].contains(to))
                wrong << where(include);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }

    void everyRoomOfTheCoreSaysWhatLivesThere()
    {
        const QDir core(g_root + "/core");
        for (const QString &room : core.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QVERIFY2(QFile::exists(core.filePath(room + "/README.md")), qPrintable(room));
            const QStringList lines = contents(core.filePath(room + "/README.md")).split('\n', Qt::SkipEmptyParts);
            QVERIFY2(lines.size() == 3 && lines.first() == "# " + room, qPrintable(room));
        }
    }

    void coreHeadersShowNeitherQtNorTorch()
    {
        QStringList wrong;
        for (const Include &include : includes("core")) {
            const bool header = include.file.endsWith(".h");
            const bool qt = include.target.startsWith('Q') || include.target.startsWith("Qt");
            const bool widget = include.target.contains("Widget") || include.target.contains("QApplication") ||
                                include.target.contains("QPixmap");
            const bool torch = include.target.startsWith("torch/") || include.target.startsWith("ATen/") ||
                               include.target.startsWith("c10/");
            // Texts are translated and sorted into letters, rare formats decoded, files fetched by Qt in four sources
            // only.
            const bool mayUseQt = include.file == "core/base/error.cpp" ||
                                  include.file == "core/nets/models/download.cpp" ||
                                  include.file == "core/nets/text/unicode.cpp" || include.file == "core/data/image.cpp";
            if ((qt && (header || !mayUseQt)) || widget || (torch && include.file.section('/', 2, 2) != "torch") ||
                include.target.startsWith("ui/") || include.target.startsWith("app/"))
                wrong << where(include);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }

    void windowAndCommandLineStandApart()
    {
        QStringList wrong;
        for (const Include &include : includes("ui")) {
            const bool page = include.file.startsWith("ui/pages/") && include.target.startsWith("ui/pages/");
            const QString own = include.file.section('/', -1).section('.', 0, 0);
            if (include.target.startsWith("app/") ||
                (page && include.target.section('/', -1).section('.', 0, 0) != own))
                wrong << where(include);
        }
        for (const Include &include : includes("app/cli"))
            if (include.target.startsWith("ui/") || include.target.startsWith("QWidget") ||
                include.target == "QApplication")
                wrong << where(include);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }

    void heavyUmbrellaHeadersAreNotUsed()
    {
        QStringList wrong;
        for (const char *folder : {"core", "ui", "app"})
            for (const Include &include : includes(folder))
                if (QStringList{"opencv2/opencv.hpp", "QtWidgets", "QtCore", "QtGui", "torch/torch.h"}.contains(
                        include.target))
                    wrong << where(include);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }

    void filesAndFunctionsStayShort()
    {
        QStringList wrong;
        for (const char *folder : {"core", "ui", "app"})
            for (const QString &file : sources(folder)) {
                const QStringList lines = contents(g_root + '/' + file).split('\n');
                const int most = file == "ui/main_window.cpp" ? 300 : 400;
                if (lines.size() > most)
                    wrong << QStringLiteral("%1: %2 lines, at most %3").arg(file).arg(lines.size()).arg(most);
                // clang-format puts the closing brace of a function at namespace level into the first column.
                int begin = -1;
                for (int i = 0; i < lines.size(); ++i) {
                    if (lines[i] == "{")
                        begin = i;
                    if (lines[i] == "}" && begin >= 0) {
                        if (i - begin > 60)
                            wrong << QStringLiteral("%1:%2: a function of %3 lines, at most 60")
                                         .arg(file)
                                         .arg(begin)
                                         .arg(i - begin);
                        begin = -1;
                    }
                }
            }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }

    void codeIsFormatted()
    {
        QProcess version;
        version.start(QStringLiteral("clang-format"), {"--version"});
        QVERIFY(version.waitForFinished(30'000));
        if (!version.readAllStandardOutput().contains("version 14."))
            QSKIP("other releases of clang-format format otherwise; Debian 12's decides");
        QStringList files;
        for (const char *folder : {"core", "ui", "app", "tests"})
            for (const QString &file : sources(folder))
                files << g_root + '/' + file;
        QProcess format;
        format.setWorkingDirectory(g_root);
        format.start(QStringLiteral("clang-format"), QStringList{"--dry-run", "-Werror", "--ferror-limit=1"} + files);
        QVERIFY(format.waitForFinished(120'000));
        QVERIFY2(format.exitCode() == 0, format.readAllStandardError().left(2000).constData());
    }

    void helpPageIsCurrent()
    {
        QProcess cli;
        cli.start(QStringLiteral(CLI_PATH), {"methods", "--markdown"});
        QVERIFY(cli.waitForFinished(30'000));
        QCOMPARE(QString::fromUtf8(cli.readAllStandardOutput()), contents(g_root + "/resources/help/methods.md"));
    }

    void translationsAreComplete()
    {
        // What a machine has translated and nobody has read yet passes here; a release wants all of it read.
        const bool release = qEnvironmentVariableIsSet("LIKENESS_RELEASE");
        const QTemporaryDir dir;
        for (const char *name : {"likeness_zh_CN.ts", "likeness_en.ts"}) {
            const QString copy = dir.filePath(name);
            QVERIFY(QFile::copy(g_root + "/translations/" + name, copy));
            QProcess update;
            update.setWorkingDirectory(g_root);
            QStringList arguments{"core", "ui", "app", "-I", ".", "-locations", "none", "-no-obsolete"};
            for (const char *guess : {"sametext", "similartext", "number"}) // a guess is no translation
                arguments << "-disable-heuristic" << guess;
            if (QByteArray(name).contains("_en"))
                arguments << "-pluralonly";
            update.start(QStringLiteral(LUPDATE_PATH), arguments << "-ts" << copy);
            QVERIFY(update.waitForFinished(60'000));
            QStringList missing;
            int entries = 0;
            QString context, source;
            const QString text = contents(copy);
            QXmlStreamReader xml(text);
            while (!xml.atEnd()) {
                if (xml.readNext() != QXmlStreamReader::StartElement)
                    continue;
                if (xml.name() == QLatin1String("name"))
                    context = xml.readElementText();
                else if (xml.name() == QLatin1String("source"))
                    source = xml.readElementText();
                else if (xml.name() == QLatin1String("translation")) {
                    ++entries;
                    const bool unfinished = release && xml.attributes().hasAttribute("type");
                    if (unfinished || !translated(xml))
                        missing << context + ": " + source;
                }
            }
            QVERIFY(!xml.hasError() && entries > 3);
            QVERIFY2(missing.isEmpty(), qPrintable(QString(name) + '\n' + missing.join('\n')));
        }
    }

    void packagesAreAskedForOnceAndByEveryName()
    {
        // A machine of its own: what is on the PATH is all there is.
        const QTemporaryDir machine;
        const auto write = [&](const QString &file, const QByteArray &text) {
            QFile out(machine.filePath(file));
            QVERIFY(out.open(QIODevice::WriteOnly) && out.write(text) == text.size());
            out.setPermissions(out.permissions() | QFile::ExeOwner | QFile::ExeUser);
        };
        for (const char *folder : {"app", "bin"})
            QVERIFY(QDir(machine.path()).mkdir(folder));
        for (const char *tool : {"awk", "cat", "env", "grep", "mkdir"})
            QVERIFY(QFile::link(QStandardPaths::findExecutable(tool), machine.filePath(QString("bin/") + tool)));
        write("bin/id", "#!/bin/sh\necho 1000\n");
        write("bin/dpkg-query",
              "#!/bin/sh\necho 'ii  cmake, '\necho 'ii  qt6-base-dev, libqt6opengl6-dev (= 6.8.2)'\n");
        for (const char *apt : {"apt-get", "apt-cache"})
            write(QString("bin/") + apt, "#!/bin/sh\necho \"$0 $*\" >>calls\nexit 1\n");
        const auto ensure = [&] {
            QProcess shell;
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert("PATH", machine.filePath("bin"));
            shell.setProcessEnvironment(environment);
            shell.setWorkingDirectory(machine.path());
            shell.start("/bin/bash",
                        {"-euo", "pipefail", "-c", ". " + g_root + "/app/setup.sh; ensure_packages build"});
            shell.waitForFinished(30'000);
            return std::pair(shell.exitCode(), QString::fromUtf8(shell.readAllStandardError()));
        };
        // A name that another package provides is installed.
        write("app/packages.txt", "[build]\ncmake\nlibqt6opengl6-dev\nqt6-svg-plugins?\n[run]\nother\n");
        QCOMPARE(ensure(), (std::pair(0, QString())));
        QVERIFY(QFile::remove(machine.filePath("calls"))); // whether the release has the optional one
        QCOMPARE(ensure(), (std::pair(0, QString())));
        QVERIFY(!QFile::exists(machine.filePath("calls")));
        // Without root: one line, which installs the optional one where the release has it.
        write("app/packages.txt", "[build]\ncmake\nninja-build\nqt6-svg-plugins?\n");
        const auto [code, said] = ensure();
        QCOMPARE(code, 1);
        QVERIFY2(said.contains(" ninja-build $(apt-cache pkgnames qt6-svg-plugins)\n"), qPrintable(said));
        // Where no package is known, CMake decides.
        QVERIFY(QFile::remove(machine.filePath("bin/dpkg-query")));
        QCOMPARE(ensure().first, 0);
    }

    void translationsKeepTheirPlaces()
    {
        static const QRegularExpression place("%(\\d+|n)");
        QStringList wrong;
        QString source;
        const QString text = contents(g_root + "/translations/likeness_zh_CN.ts");
        QXmlStreamReader xml(text);
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == QLatin1String("source"))
                source = xml.readElementText();
            else if (xml.name() == QLatin1String("translation")) {
                const QString translated = xml.readElementText(QXmlStreamReader::IncludeChildElements);
                const auto places = [](const QString &t) {
                    QStringList list;
                    for (auto it = place.globalMatch(t); it.hasNext();)
                        list << it.next().captured();
                    list.sort();
                    list.removeDuplicates();
                    return list;
                };
                if (places(source) != places(translated))
                    wrong << source + " / " + translated;
            }
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }
};

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
