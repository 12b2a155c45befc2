// What a window must not do to the one who uses it: delete by Enter, change by the wheel, hide what it says.
#include "core/data/image.h"
#include "core/nets/run/network.h"
#include "core/search/recipe_store.h"
#include "tests/support/pictures.h"
#include "tests/support/window_test.h"
#include "ui/page_bar.h"
#include "ui/page_table.h"
#include "ui/pages/compare_page.h"
#include "ui/pages/export_dialog.h"
#include "ui/pages/match_page.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/search_page.h"
#include "ui/pages/settings_dialog.h"
#include "ui/params/param_form.h"
#include "ui/util/calibration_text.h"
#include "ui/util/charts.h"
#include "ui/util/convert.h"
#include "ui/util/margin_text.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/comparison_view.h"
#include "ui/widgets/curve_chart.h"
#include "ui/widgets/index_dialog.h"
#include "ui/widgets/thumbnail_grid.h"

#include <QBarSeries>
#include <QBarSet>
#include <QBuffer>
#include <QChart>
#include <QChartView>
#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QGraphicsScene>
#include <QGraphicsTextItem>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMap>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QSvgGenerator>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QValueAxis>
#include <QWheelEvent>
#include <opencv2/core.hpp>
#include <qtestspontaneevent.h>

using namespace likeness;
using namespace likeness::ui;

namespace {

void turnWheel(QWidget &over, int steps)
{
    const QPointF at = over.rect().center();
    for (int i = 0; i < std::abs(steps); ++i) {
        QWheelEvent event(at, over.mapToGlobal(at.toPoint()), {}, {0, steps < 0 ? -120 : 120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&event); // what a program sends itself does not go on to the parents
        qApp->notify(&over, &event);
    }
}

/// As WCAG 2.1 has it, 1 to 21.
double contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &c) {
        const auto part = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * part(double(c.redF())) + 0.7152 * part(double(c.greenF())) + 0.0722 * part(double(c.blueF()));
    };
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QLabel *labelOf(QWidget &form, const QWidget *field)
{
    for (QLabel *label : form.findChildren<QLabel *>())
        if (label->buddy() == field)
            return label;
    return nullptr;
}

/// The texts that a cell of the grid paints, a line each.
QStringList paintedTexts(const ThumbnailGrid &grid, int row)
{
    QBuffer file;
    QSvgGenerator svg;
    svg.setOutputDevice(&file);
    QStyleOptionViewItem option;
    option.rect = QRect(QPoint(), grid.gridSize());
    option.font = grid.font();
    option.fontMetrics = grid.fontMetrics();
    QPainter painter(&svg);
    painter.setFont(option.font);
    grid.itemDelegate()->paint(&painter, option, grid.model()->index(row, 0));
    painter.end();
    QStringList texts;
    static const QRegularExpression text(QStringLiteral("<text[^>]*>([^<]*)</text>"));
    for (auto found = text.globalMatch(QString::fromUtf8(file.data())); found.hasNext();)
        texts << found.next().captured(1).trimmed();
    return texts;
}

/// What the charts of `over` show cut: titles, ticks and legends.
QStringList cutTexts(QWidget &over)
{
    QStringList cut;
    for (QGraphicsView *view : over.findChildren<QGraphicsView *>())
        for (QGraphicsItem *item : view->scene()->items())
            if (const auto *text = qgraphicsitem_cast<QGraphicsTextItem *>(item))
                if (text->isVisible() && text->toPlainText().contains("..."))
                    cut << QString("%1 (%2 x %3)").arg(text->toPlainText()).arg(view->width()).arg(view->height());
    return cut;
}

/// What the next modal box says; it is answered by `answer`.
QString answered(const std::function<void()> &ask, const std::function<void(QMessageBox &)> &answer)
{
    QString text;
    QTimer::singleShot(0, [&] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (!box)
            return;
        text = box->text();
        answer(*box);
    });
    ask();
    return text;
}

} // namespace

class TestWindowTraps : public test::WindowTest {
    Q_OBJECT

    static void everyPage_data()
    {
        QTest::addColumn<int>("page");
        for (const PageRow &page : pageTable())
            QTest::newRow(page.name) << int(&page - pageTable().data());
    }
    void showPageOf(const char *row)
    {
        openWorkspace();
        m_window->showPage(*std::ranges::find(pageTable(), std::string_view(row), &PageRow::name)->type);
    }
    /// Of all that is visible; what stands in the bar is its own.
    QMap<const QWidget *, QRect> placesBeside(const QWidget &bar) const
    {
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents();
        QMap<const QWidget *, QRect> places;
        for (const QWidget *widget : m_window->findChildren<QWidget *>())
            if (widget->isVisible() && widget != &bar && !bar.isAncestorOf(widget))
                places.insert(widget, QRect(widget->mapTo(m_window.get(), QPoint()), widget->size()));
        return places;
    }

    /// When nothing is written to it any more: thumbnails are, behind the window, for a while. -1 if that never ends.
    std::int64_t stillCacheBytes()
    {
        std::int64_t bytes = -1;
        const auto isStill = [&] {
            QTest::qWait(1500);
            const auto earlier = std::exchange(bytes, session().cache()->bytes());
            return earlier == bytes;
        };
        return QTest::qWaitFor(isStill, 240'000) ? bytes : -1;
    }

private Q_SLOTS:
    void initTestCase() { makeSample(); }
    void init() { openWindow(); }
    void cleanup() { m_window.reset(); }

    void enterInSettingsDeletesNothing()
    {
        search("phash");
        const std::int64_t before = stillCacheBytes();
        QVERIFY(before > 0);
        SettingsDialog dialog(session(), m_window.get());
        dialog.show();
        QTest::keyClick(&dialog, Qt::Key_Return);
        QVERIFY(waitIdle());
        for (const QPushButton *button : dialog.findChildren<QPushButton *>())
            QVERIFY2(!button->isDefault() && !button->autoDefault(), qPrintable(button->text()));
        QCOMPARE(session().cache()->bytes(), before);
    }

    void clearingTheCacheAsksAndSaysHowMuch()
    {
        search("phash");
        const std::int64_t before = stillCacheBytes();
        QVERIFY(before > 0);
        SettingsDialog dialog(session(), m_window.get());
        dialog.show();
        auto *clear = dialog.findChild<QPushButton *>("clearCache");
        QTRY_VERIFY(clear->isEnabled());
        const QString asked =
            answered([&] { clear->click(); }, [](QMessageBox &box) { QTest::keyClick(&box, Qt::Key_Return); });
        QVERIFY2(asked.contains(byteText(before)), qPrintable(asked));
        QCOMPARE(session().cache()->bytes(), before); // Enter kept it
        answered([&] { clear->click(); }, [](QMessageBox &box) { box.buttons().constLast()->click(); });
        answered([&] { clear->click(); },
                 [](QMessageBox &box) {
                     for (QAbstractButton *button : box.buttons())
                         if (box.buttonRole(button) == QMessageBox::DestructiveRole)
                             button->click();
                 });
        QTRY_VERIFY(session().cache()->bytes() < before);
    }

    void aCardIsOfferedOnlyWhereItCanBeUsed()
    {
        SettingsDialog dialog(session(), m_window.get());
        dialog.show();
        const auto *device = dialog.findChild<QComboBox *>("device");
        const bool usable = torchHasCuda() && !graphicsCards().empty();
        QCOMPARE(device->findData("cuda") >= 0, usable);
        const auto *hint = dialog.findChild<QLabel *>("deviceHint");
        QCOMPARE(hint->isVisible(), !usable); // why not, and what to do
        QVERIFY(!hint->text().isEmpty());
    }

    void theWheelOverAFieldScrollsTheForm()
    {
        openWorkspace();
        chooseRecipe("best");
        const Recipe before = session().recipe();
        auto *form = m_window->findChild<ParamForm *>();
        QScrollArea *area = nullptr;
        for (QWidget *at = form; at && !area; at = at->parentWidget())
            area = qobject_cast<QScrollArea *>(at);
        QVERIFY(area);
        QTRY_VERIFY(area->verticalScrollBar()->maximum() > 0);
        for (QWidget *field : {static_cast<QWidget *>(form->findChild<QSpinBox *>()),
                               static_cast<QWidget *>(form->findChild<QComboBox *>())}) {
            QVERIFY(field);
            area->verticalScrollBar()->setValue(0);
            turnWheel(*field, -3);
            QVERIFY(area->verticalScrollBar()->value() > 0);
            QVERIFY(!field->hasFocus());
        }
        QVERIFY(session().recipe() == before);
    }

    void aClickedFieldTakesTheWheel()
    {
        openWorkspace();
        chooseRecipe("best");
        auto *box = m_window->findChild<ParamForm *>()->findChild<QSpinBox *>();
        const int before = box->value();
        m_window->activateWindow();
        QTest::mouseClick(box->findChild<QLineEdit *>(), Qt::LeftButton);
        turnWheel(*box, before < box->maximum() ? 1 : -1);
        QVERIFY(box->value() != before);
    }

    void theResetGoesToTheRecipesValue()
    {
        // A recipe with a value other than the default of its stage, which is where a reset used to go.
        for (const Recipe &recipe : shippedRecipes()) {
            Recipe copy = recipe;
            for (const StageAddress &stage : stagesOf(copy))
                for (const ParamSpec &spec : stage.info->params) {
                    const auto *own = std::get_if<std::int64_t>(&stage.choice->params.at(spec.key));
                    if (!own || *own == std::get<std::int64_t>(spec.def) || *own + 1 > std::int64_t(spec.hint.max))
                        continue;
                    ParamForm form;
                    form.setRecipe(recipe);
                    const QString name = toQString(stage.name + "." + spec.key);
                    auto *field = form.findChild<QSpinBox *>(name);
                    auto *reset = form.findChild<QToolButton *>("reset." + name);
                    QVERIFY2(field && reset && !reset->isEnabled(), qPrintable(name));
                    field->setValue(int(*own) + 1);
                    QVERIFY(reset->isEnabled());
                    reset->click();
                    QCOMPARE(field->value(), int(*own));
                    return;
                }
        }
        QFAIL("no recipe has a value of its own");
    }

    void changedParametersStandOutAndGoBackAtOnce()
    {
        openWorkspace();
        chooseRecipe("best");
        const Recipe chosen = session().recipe();
        auto *form = m_window->findChild<ParamForm *>();
        auto *back = form->findChild<QToolButton *>("backToRecipe");
        QVERIFY(!back->isEnabled());
        auto *field = form->findChild<QSpinBox *>();
        QLabel *label = labelOf(*form, field);
        QVERIFY(label && !label->font().bold());
        field->setValue(field->value() > field->minimum() ? field->value() - 1 : field->value() + 1);
        QVERIFY(label->font().bold());
        QVERIFY(!(session().recipe() == chosen));
        QVERIFY(back->isEnabled());
        back->click();
        QVERIFY(session().recipe() == chosen);
        QVERIFY(!back->isEnabled());
        for (const QLabel *shown : form->findChildren<QLabel *>())
            QVERIFY(!shown->buddy() || !shown->font().bold());
    }

    void tabLeavesTheQueryTable()
    {
        openWorkspace();
        auto *table = find<QTableView>("queries");
        m_window->activateWindow();
        table->setFocus();
        QTRY_VERIFY(table->hasFocus());
        const QModelIndex before = table->currentIndex();
        QTest::keyClick(table, Qt::Key_Tab);
        QVERIFY(!table->hasFocus());
        QCOMPARE(table->currentIndex(), before);
    }

    void everyTableLetsTabGo()
    {
        openWorkspace();
        for (const PageRow &page : pageTable())
            m_window->showPage(*page.type);
        for (const QAbstractItemView *view : m_window->findChildren<QTableView *>())
            if (view->isVisibleTo(m_window.get()) || view->testAttribute(Qt::WA_WState_Polished))
                QVERIFY2(!view->tabKeyNavigation(), qPrintable(view->objectName()));
    }

    void theWindowFitsASmallScreen_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << "en";
        QTest::newRow("Chinese") << "zh_CN";
    }

    void theWindowFitsASmallScreen()
    {
        QFETCH(QString, language);
        m_window.reset();
        openWindow(language);
        search("phash");
        for (const PageRow &page : pageTable()) {
            m_window->showPage(*page.type);
            if (page.type == &ComparePage::staticMetaObject)
                m_window->page<ComparePage>().view().setMode(ComparisonView::Mode::Difference);
            QCoreApplication::processEvents();
            const QSize least = m_window->minimumSizeHint();
            QVERIFY2(least.width() <= 1024 && least.height() <= 640,
                     qPrintable(QString("page %1: %2 x %3").arg(page.name).arg(least.width()).arg(least.height())));
        }
        m_window->resize(1024, 640);
        QCoreApplication::processEvents();
        QCOMPARE(m_window->size(), QSize(1024, 640));
        const auto *bar = m_window->findChild<PageBar *>();
        for (const QToolButton *button : bar->findChildren<QToolButton *>()) { // every page has its whole name there
            QVERIFY2(bar->rect().contains(button->geometry()), qPrintable(button->text()));
            QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
        }
        m_window->page<ComparePage>().view().setMode(ComparisonView::Mode::SideBySide);
        applyLanguage("en");
    }

    void aPictureOfTheGalleryIsNotItsOwnAnswer()
    {
        openWorkspace(m_workspace + "/dataset");
        chooseRecipe("phash");
        const ImageRef &image = session().workspace()->gallery[3];
        session().setQueryFile(image.path);
        session().runQuery();
        QVERIFY(waitIdle());
        QVERIFY(session().selectedHit() >= 0 && session().selectedHit() != 3);
        ImageListModel &images = find<ThumbnailGrid>("results")->images();
        const QString caption = images.index(images.rowOf(3)).data(CaptionRole).toString();
        QVERIFY2(caption.contains("itself"), qPrintable(caption));
        const QString said = find<QLabel>("sentence")->text();
        QVERIFY2(said.contains("near"), qPrintable(said)); // a verdict without a truth
    }

    void whatIsSaidOfAGalleryPictureIsNotOfItself()
    {
        search("phash");
        session().runAll();
        QVERIFY(waitIdle());
        const auto &calibration = session().results().calibration();
        QVERIFY(calibration);
        const auto &gallery = session().workspace()->gallery;
        int told = 0;
        for (ImageId image = 0; image < gallery.size(); ++image) {
            session().setQueryFile(gallery[image].path);
            session().runQuery();
            QVERIFY(waitIdle());
            NamedRanking others = named(*session().currentResult(), gallery, candidatesPerQuery + 1);
            const QString ofItself = sureText(*calibration, named(*session().currentResult(), gallery));
            std::erase_if(others.candidates, [&](const auto &hit) { return hit.source == gallery[image].name; });
            const QString expected = sureText(*calibration, others).toHtmlEscaped();
            const QString title = find<QLabel>("resultTitle")->text();
            QVERIFY2(title.contains(expected), qPrintable(title));
            told += !expected.isEmpty() && expected != ofItself;
        }
        QVERIFY(told > 0);
    }

    void aRefusalAndASuccessLookDifferent()
    {
        MessageBar bar;
        bar.showRefusal("no");
        const QImage refused = bar.grab().toImage();
        bar.showMessage(MessageKind::Success, "no");
        QVERIFY(bar.grab().toImage() != refused);
    }

    void aMessageGoesWithItsPage()
    {
        openWorkspace();
        m_window->showPage<SearchPage>();
        QApplication::clipboard()->clear();
        for (QAction *action : m_window->menuBar()->findChildren<QAction *>())
            if (action->shortcut() == QKeySequence(QKeySequence::Paste))
                action->trigger();
        QVERIFY(m_window->messages().isVisible());
        QCOMPARE(m_window->messages().kind(), MessageKind::Refusal);
        m_window->showPage<RecipePage>();
        QVERIFY(!m_window->messages().isVisible());
    }

    void aMessageMovesNothing_data() { everyPage_data(); }

    void aMessageMovesNothing()
    {
        const QString text = QStringLiteral("This could not be done, for a reason that takes many words. ").repeated(9);
        showPageOf(QTest::currentDataTag());
        for (MessageBar *bar : m_window->findChildren<MessageBar *>()) {
            if (!bar->parentWidget()->isVisible())
                continue;
            bar->hide();
            const auto before = placesBeside(*bar);
            bar->showRefusal(text, text);
            QVERIFY(bar->isVisible());
            QCOMPARE(placesBeside(*bar), before);
            QCOMPARE(bar->text(), text); // however much of it has room
            bar->hide();
        }
    }

    void theFirstCommandMovesNothing_data() { everyPage_data(); }

    void theFirstCommandMovesNothing()
    {
        showPageOf(QTest::currentDataTag());
        for (CommandBar *bar : m_window->findChildren<CommandBar *>()) {
            if (!bar->parentWidget()->isVisible())
                continue;
            QVERIFY(bar->isVisible() == !bar->command().isEmpty()); // no empty frame
            bar->setCommand({});
            const auto before = placesBeside(*bar);
            bar->setCommand(QStringLiteral("likeness-cli"));
            QVERIFY(bar->isVisible());
            QCOMPARE(placesBeside(*bar), before);
        }
    }

    void theIndexIsNamedAfterItsFolder()
    {
        openWorkspace();
        IndexDialog dialog(session());
        auto *images = dialog.findChild<QLineEdit *>("indexedImages");
        images->selectAll();
        QTest::keyClicks(images, m_dir.filePath("my_photos"));
        QVERIFY2(dialog.folder().endsWith("indexes/my_photos"), qPrintable(dialog.folder()));
        auto *folder = dialog.findChild<QLineEdit *>("indexFolder");
        folder->selectAll();
        QTest::keyClicks(folder, m_dir.filePath("mine"));
        images->selectAll();
        QTest::keyClicks(images, m_workspace);
        QCOMPARE(dialog.folder(), m_dir.filePath("mine")); // what the user chose stays
    }

    void anUntickedBoxIsVisible()
    {
        for (const Theme theme : {Theme::Light, Theme::Dark}) {
            applyTheme(theme);
            QCheckBox box;
            box.resize(box.sizeHint());
            QListWidget list; // whose item has nothing but its box
            (new QListWidgetItem(&list))->setCheckState(Qt::Unchecked);
            list.show();
            QVERIFY(QTest::qWaitForWindowExposed(&list));
            const std::pair<QImage, QColor> looks[] = {
                {box.grab().toImage(), box.palette().color(QPalette::Window)},
                {list.viewport()->grab().toImage(), list.palette().color(QPalette::Base)}};
            for (const auto &[image, ground] : looks) {
                double most = 1;
                for (int y = 0; y < image.height(); ++y)
                    for (int x = 0; x < image.width(); ++x)
                        most = std::max(most, contrast(image.pixelColor(x, y), ground));
                QVERIFY2(most >= 3, qPrintable(QString::number(most))); // what WCAG asks of controls
            }
        }
        applyTheme(Theme::Light);
    }

    void swipeNamesItsEnds()
    {
        ComparisonView view;
        QImage query(40, 30, QImage::Format_RGB32), result(40, 30, QImage::Format_RGB32);
        query.fill(Qt::red);
        result.fill(Qt::blue);
        view.setPictures({query, result, result, {}, {}});
        view.setMode(ComparisonView::Mode::Swipe);
        view.resize(400, 300);
        const QImage shown = view.shown();
        QCOMPARE(shown.pixelColor(2, 15), QColor(Qt::red));
        QCOMPARE(shown.pixelColor(37, 15), QColor(Qt::blue));
        view.show();
        auto *left = view.findChild<QLabel *>("swipeLeft"), *right = view.findChild<QLabel *>("swipeRight");
        QCOMPARE(left->text(), QString("Query"));
        QCOMPARE(right->text(), QString("Result"));
        QTRY_VERIFY(left->x() < right->x());
        view.setMode(ComparisonView::Mode::SideBySide);
    }

    void blinkSaysWhichOneIsShown()
    {
        ComparisonView view;
        QImage query(40, 30, QImage::Format_RGB32), result(40, 30, QImage::Format_RGB32);
        query.fill(Qt::red);
        result.fill(Qt::blue);
        view.setPictures({query, result, result, {}, {}});
        view.setMode(ComparisonView::Mode::Blink);
        view.show();
        const auto *which = view.findChild<QLabel *>("blinkShows");
        for (const bool b : {false, true}) {
            QTRY_COMPARE(view.shown().pixelColor(5, 5), QColor(b ? Qt::blue : Qt::red));
            QVERIFY(which->isVisible() && which->text().contains(b ? "Result" : "Query"));
        }
        view.setMode(ComparisonView::Mode::SideBySide);
    }

    void exportOfTheComparisonWritesWhatIsShown()
    {
        search("phash");
        m_window->showPage<ComparePage>();
        ComparePage &page = m_window->page<ComparePage>();
        QTRY_VERIFY(!page.view().shown().isNull());
        const QString file = m_dir.filePath("shown.png");
        for (const auto mode : {ComparisonView::Mode::Difference, ComparisonView::Mode::SideBySide}) {
            page.view().setMode(mode);
            QCOMPARE(page.saveShown(file), QString());
            QCOMPARE(QImage(file).convertToFormat(QImage::Format_RGB32),
                     page.view().shown().convertToFormat(QImage::Format_RGB32));
        }
    }

    void theNetworksViewIsOffWhereItShowsNothing()
    {
        ComparisonView &view = m_window->page<ComparePage>().view();
        auto *heat = find<QToolButton>("heat");
        view.setMode(ComparisonView::Mode::Difference);
        QVERIFY(!heat->isEnabled() && !heat->toolTip().isEmpty());
        view.setMode(ComparisonView::Mode::SideBySide);
        QVERIFY(heat->isEnabled());
    }

    void emptySourcesStartAtTheUsualPrecision()
    {
        openWorkspace();
        chooseRecipe("classical-best");
        session().runAll();
        QVERIFY(waitIdle());
        const auto &calibration = session().results().calibration(); // none of a few queries
        double cut = std::numeric_limits<double>::infinity();        // where none is promised no answer is left out
        for (const auto &result : session().results().queryResults())
            if (!result.ranking.empty())
                cut = std::min(cut, double(result.ranking.front().score));
        cut = calibration ? calibration->cutFor(0.95).value_or(cut) : cut;
        ExportDialog dialog(session());
        const double begun = dialog.findChild<QDoubleSpinBox *>("threshold")->value();
        QVERIFY2(std::abs(begun - cut) < 1e-5, qPrintable(QStringLiteral("%1, %2").arg(begun).arg(cut)));
    }

    void thumbnailsFillTheirRow()
    {
        openWorkspace(m_workspace + "/dataset");
        ThumbnailProvider thumbnails(session().cache());
        ThumbnailGrid grid(thumbnails);
        grid.images().setImages(session().workspace()->gallery);
        for (const int width : {330, 500, 777}) {
            grid.resize(width, 500);
            grid.show();
            QCoreApplication::processEvents();
            const int columns = grid.viewport()->width() / grid.gridSize().width();
            QVERIFY(columns >= 1);
            QVERIFY(grid.viewport()->width() - columns * grid.gridSize().width() < columns + 24);
        }
    }

    void rankAndScoreAreNeverCut()
    {
        openWorkspace(m_workspace + "/dataset");
        ThumbnailProvider thumbnails(session().cache());
        ThumbnailGrid grid(thumbnails);
        grid.setThumbnailSide(160);
        Ranking ranking;
        for (ImageId image = 0; image < 30; ++image)
            ranking.push_back({.image = image, .score = 0.9647F - 0.001F * float(image), .margin = 12.3F});
        ranking[2].inliers = 1234;
        grid.images().setRanking(session().workspace()->gallery, ranking, nullptr);
        for (const int side : {64, 160})
            for (const int width : {330, 560, 777}) {
                grid.setThumbnailSide(side);
                grid.resize(width, 500);
                grid.show();
                QCoreApplication::processEvents();
                for (const int row : {0, 2, 13}) {
                    const QStringList texts = paintedTexts(grid, row);
                    QVERIFY2(texts.size() >= 2 && texts.first().startsWith("s"), qPrintable(texts.join('|')));
                    const QString caption = grid.model()->index(row, 0).data(CaptionRole).toString();
                    const QString painted = texts.mid(1).join(QLatin1Char(' '));
                    QCOMPARE(painted.simplified(), caption.simplified());
                    QVERIFY(grid.fontMetrics().height() * texts.size() + grid.gridSize().width() <=
                            grid.gridSize().height() + 2 * gap);
                }
            }
        grid.setThumbnailSide(160);
    }

    void noTickIsCut()
    {
        Curve falling, single{{1, 0.7}};
        for (int step = 0; step < 855; step += 5)
            falling.emplace_back(step, 1.2345e-3 / (1 + step));
        for (const Curve &curve : {falling, single, Curve{}}) {
            CurveChart chart("Loss");
            chart.setXTitle("Minutes");
            chart.setLines({{.name = "loss", .points = curve, .colour = Qt::blue}});
            for (const QSize &size : {QSize(220, 150), QSize(300, 180), QSize(640, 300)}) {
                chart.resize(size);
                chart.show();
                QVERIFY(QTest::qWaitForWindowExposed(&chart));
                QTRY_VERIFY2(cutTexts(chart).isEmpty(), qPrintable(cutTexts(chart).join('|')));
            }
        }
    }

    void noTickOfTheMatchPageIsCut_data() { theWindowFitsASmallScreen_data(); }

    void noTickOfTheMatchPageIsCut()
    {
        QFETCH(QString, language);
        m_window.reset();
        openWindow(language);
        search("phash");
        m_window->showPage<MatchPage>();
        MatchPage &page = m_window->page<MatchPage>();
        QTRY_VERIFY(page.match() && !page.match()->matches.empty());
        auto *tabs = page.findChild<QTabWidget *>();
        for (const QSize &size : {QSize(1024, 640), QSize(1320, 840)}) {
            m_window->resize(size);
            tabs->setCurrentIndex(1);
            QCoreApplication::processEvents();
            QTRY_VERIFY2(cutTexts(*tabs->widget(1)).isEmpty(), qPrintable(cutTexts(*tabs->widget(1)).join('|')));
            for (QChartView *view : tabs->widget(1)->findChildren<QChartView *>())
                QVERIFY(view->chart()->plotArea().height() > 20 && view->chart()->plotArea().width() > 80);
        }
        applyLanguage("en");
    }

    void everyBarOfTheResidualsIsInItsChart()
    {
        m_window->showPage<MatchPage>();
        MatchPage &page = m_window->page<MatchPage>();
        page.setFiles(m_workspace + "/dataset/scene0001.jpg", m_workspace + "/dataset/scene0001.jpg");
        QTRY_VERIFY(page.match() && page.match()->supported());
        page.findChild<QTabWidget *>()->setCurrentIndex(1);
        QCoreApplication::processEvents();
        for (QChartView *view : page.findChildren<QChartView *>())
            for (QAbstractSeries *series : view->chart()->series())
                if (const auto *bars = qobject_cast<QBarSeries *>(series)) {
                    const int last = bars->barSets().first()->count() - 1;
                    const QRectF plot = view->chart()->plotArea();
                    const double half = plot.width() / (last + 1) / 2;
                    const auto centreOf = [&](int bar) {
                        return view->chart()->mapToPosition({double(bar), 0}, series).x();
                    };
                    QTRY_VERIFY(std::abs(centreOf(0) - plot.left() - half) < 2);
                    QVERIFY(std::abs(plot.right() - half - centreOf(last)) < 2);
                    return;
                }
        QFAIL("there are no residuals");
    }

    void ticksStandAtRoundNumbers()
    {
        QChartView view(new QChart);
        makePlain(view);
        view.resize(400, 300);
        auto *counts = new QValueAxis, *shares = new QValueAxis;
        counts->setLabelFormat("%d");
        addAxis(view.chart(), counts, Qt::AlignLeft, {}, Qt::black);
        addAxis(view.chart(), shares, Qt::AlignBottom, {}, Qt::black);
        view.show();
        setAxisRange(*counts, 0, 2);
        setAxisRange(*counts, 0, 1);
        QCOMPARE(counts->tickInterval(), 1.0); // not 0 0 0 0 1
        for (const double most : {526.0, 855.0, 0.83, 3e-9, 7e8}) {
            setAxisRange(*shares, 0, most);
            setAxisRange(*counts, 0, std::max(1.0, most));
            for (const double step : {shares->tickInterval(), counts->tickInterval()}) {
                const double digit = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
                QVERIFY2(qFuzzyCompare(digit, 1) || qFuzzyCompare(digit, 2) || qFuzzyCompare(digit, 5),
                         qPrintable(QString::number(step)));
            }
            QVERIFY(most / shares->tickInterval() >= 1);
        }
    }

    void theWindowDecodesAsTheShownCommandDoes()
    {
        const std::string a = m_workspace.toStdString() + "/dataset/scene0001.jpg",
                          b = m_workspace.toStdString() + "/dataset/scene0002.jpg";
        MatchPage &page = m_window->page<MatchPage>();
        page.setFiles(toQString(a), toQString(b));
        QTRY_VERIFY(page.match());
        const ImageMatch expected = matchImages(loadImage(a, {Colour::Grey}).pixels,
                                                loadImage(b, {Colour::Grey}).pixels, matchPreset("default"));
        QCOMPARE(page.match()->a.keypoints.size(), expected.a.keypoints.size());
        QCOMPARE(cv::norm(page.match()->a.descriptors, expected.a.descriptors, cv::NORM_INF), 0.0);
        QCOMPARE(page.match()->matches, expected.matches);
    }

    void theMatchCommandQuotesAPath()
    {
        MatchPage &page = m_window->page<MatchPage>();
        page.setFiles(m_workspace + "/dataset/scene0001.jpg", m_workspace + "/dataset/scene0002.jpg");
        page.setOption("network", std::string("/my nets/super point.onnx"));
        QVERIFY2(page.findChild<CommandBar *>()->command().contains("network=/my nets/super point.onnx'"),
                 qPrintable(page.findChild<CommandBar *>()->command()));
        page.setOption("network", std::string());
    }

    void fieldsWithoutEffectAreOff()
    {
        MatchPage &page = m_window->page<MatchPage>();
        const auto on = [&page](const char *key) {
            return page.findChild<QWidget *>(QString("match.") + key)->isEnabled();
        };
        QVERIFY(on("contrast") && on("upright") && !on("network"));
        page.setOption("detector", std::string("orb"));
        QVERIFY(!on("contrast") && !on("upright") && on("ratio"));
        page.setOption("detector", std::string("learned"));
        QVERIFY(on("network"));
        page.setOption("detector", std::string("rootsift"));
    }

    void fieldsWithoutEffectAreOffInEveryForm()
    {
        ParamForm form;
        form.setRecipe(recipeNamed("local-best"));
        const auto named = [&form](const char *key) {
            QWidget *found = nullptr;
            for (QWidget *field : form.findChildren<QWidget *>())
                if (field->objectName().endsWith(QLatin1Char('.') + QLatin1String(key)) &&
                    !field->objectName().startsWith(QLatin1String("reset.")))
                    found = field;
            return found;
        };
        QVERIFY(named("detector") && named("network") && named("contrast"));
        QVERIFY(!named("network")->isEnabled() && named("contrast")->isEnabled() && named("ratio")->isEnabled());
        QVERIFY(named("network")->toolTip() != named("contrast")->toolTip());
        auto *detector = qobject_cast<QComboBox *>(named("detector"));
        detector->setCurrentIndex(detector->findData("orb"));
        QVERIFY(!named("network")->isEnabled() && !named("contrast")->isEnabled() && named("count")->isEnabled());
        detector->setCurrentIndex(detector->findData("learned"));
        QVERIFY(named("network")->isEnabled() && !named("contrast")->isEnabled());
        // A model of a network is another thing than the one that matches are verified by.
        form.setRecipe(recipeNamed("network"));
        for (const QWidget *field : form.findChildren<QWidget *>())
            QVERIFY2(field->isEnabled() || field->objectName().startsWith(QLatin1String("reset.")) ||
                         field->objectName() == QLatin1String("backToRecipe"),
                     qPrintable(field->objectName()));
    }

    void theRatioIsSaidBesideGuidedMatching()
    {
        const QString whole = m_workspace + "/dataset/scene0001.jpg", part = m_dir.filePath("part.jpg");
        const cv::Mat picture = loadImage(whole.toStdString()).pixels;
        test::writeJpeg(part.toStdString(), picture(cv::Rect(20, 10, picture.cols * 2 / 3, picture.rows * 2 / 3)));
        m_window->showPage<MatchPage>();
        MatchPage &page = m_window->page<MatchPage>();
        page.setFiles(part, whole);
        std::vector<int> byRatio;
        for (const double ratio : {0.85, 0.5}) {
            page.setOption("ratio", ratio);
            QTRY_VERIFY(page.match());
            QTRY_VERIFY2(page.findChild<QLabel *>("verdict")->text().contains("by the ratio"),
                         qPrintable(page.findChild<QLabel *>("verdict")->text()));
            QTRY_VERIFY(byRatio.empty() || page.match()->tentative != byRatio[0]);
            byRatio.push_back(page.match()->tentative);
            QVERIFY(page.findChild<QLabel *>("verdict")->text().contains(
                QString("%1 matches by the ratio").arg(byRatio.back())));
        }
        QVERIFY(byRatio[1] < byRatio[0]);
    }

    void noMinusStandsBeforeAZero()
    {
        QCOMPARE(marginText(-0.01f), QString::fromUtf8("0.0σ"));
        QCOMPARE(marginText(-0.3f), QString::fromUtf8("-0.3σ"));
    }

    void aFolderThatIsGoneIsGreyAndCanBeForgotten()
    {
        const QString gone = m_dir.filePath("gone");
        Settings::addRecentFolder(gone);
        Settings::addRecentFolder(m_workspace);
        m_window->rebuild();
        const auto enabled = [this](const QString &folder) {
            for (const auto *button : m_window->findChildren<QAbstractButton *>("recentFolder"))
                if (button->toolTip().contains(folder))
                    return button->isEnabled();
            return true;
        };
        QVERIFY(!enabled(gone));
        QVERIFY(enabled(m_workspace));
        for (QMenu *menu : m_window->menuBar()->findChildren<QMenu *>())
            if (menu->title().contains("Recent")) {
                Q_EMIT menu->aboutToShow();
                menu->actions().constLast()->trigger();
            }
        QVERIFY(!Settings::recentFolders().contains(gone));
        QVERIFY(Settings::recentFolders().contains(m_workspace));
    }

    void aboutNamesVersionLicenceAndHelp()
    {
        QCoreApplication::setApplicationVersion("7.8.9");
        const QString text = answered(
            [this] {
                for (QAction *action : m_window->menuBar()->findChildren<QAction *>())
                    if (action->text().contains("About"))
                        action->trigger();
            },
            [](QMessageBox &box) { box.accept(); });
        for (const char *part : {"7.8.9", "MIT", "--help"})
            QVERIFY2(text.contains(part), part);
    }
};

int main(int argc, char **argv)
{
    return test::runWindowTest<TestWindowTraps>(argc, argv);
}
#include "tst_window_traps.moc"
