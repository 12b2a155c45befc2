// An index on disk: equal to the engine, updated, damaged, cancelled, killed.
#include "core/base/folder_lock.h"
#include "core/base/random.h"
#include "core/data/scene.h"
#include "core/search/engine.h"
#include "core/search/index_files.h"
#include "core/search/recipe_store.h"
#include "tests/support/full_disk.h"
#include "tests/support/pictures.h"
#include "tests/support/recording_context.h"
#include "tests/support/training_support.h"

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace likeness;
using namespace likeness::test;

namespace {

Recipe recipeWith(const std::string &index, const std::vector<std::string> &overrides = {}, bool reduced = false)
{
    Recipe recipe = recipeNamed("tiny-image");
    recipe.branches[0].index = {index, checkedValues(indexById(index).params, {}, index)};
    if (reduced)
        for (const char *id : {"centre", "pca", "unit-length"})
            recipe.branches[0].transforms.push_back({id, checkedValues(transformById(id).params, {}, id)});
    for (const std::string &assignment : overrides)
        applyOverride(recipe, assignment);
    return recipe;
}

/// The calling thread obeys permissions, also where it is the superuser's.
class ObeyingPermissions {
public:
    ObeyingPermissions()
    {
        ::syscall(SYS_capget, &m_header, m_before);
        __user_cap_data_struct without[2] = {m_before[0], m_before[1]};
        without[0].effective &= ~((1u << CAP_DAC_OVERRIDE) | (1u << CAP_DAC_READ_SEARCH));
        ::syscall(SYS_capset, &m_header, without);
    }
    ~ObeyingPermissions() { ::syscall(SYS_capset, &m_header, m_before); }
    ObeyingPermissions(const ObeyingPermissions &) = delete;
    ObeyingPermissions &operator=(const ObeyingPermissions &) = delete;

private:
    __user_cap_header_struct m_header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct m_before[2] = {};
};

} // namespace

class TestEngineFolder : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;
    int m_case = 0;

    /// New folders of a case: 12 images, two of them in a sub-folder.
    std::filesystem::path images() const { return path() / "images"; }
    std::filesystem::path folder() const { return path() / "index"; }
    std::filesystem::path path() const { return m_dir.filePath(QString::number(m_case)).toStdString(); }
    std::filesystem::path query() const { return path() / "query.jpg"; }

    void build(const Recipe &recipe) const
    {
        Engine::buildAt(folder(), recipe, images(), nullptr, TaskContext::none());
    }
    GalleryChanges update() const { return Engine::update(folder(), nullptr, TaskContext::none()); }
    struct Answer {
        std::string name;
        float score;
    };
    std::vector<Answer> answersOf(const Engine &engine, int k, const std::string &under = {}) const
    {
        const QueryPart part{.image = query()};
        std::vector<Answer> answers;
        for (const Hit &hit : engine.searchUnder(under, {&part, 1}, "", k).ranking)
            answers.push_back({engine.gallery()[hit.image].name, hit.score});
        return answers;
    }
    std::string best() const { return answersOf(*Engine::open(folder(), nullptr), 1).at(0).name; }
    int filesOfIndex() const
    {
        int count = 0;
        for (const auto &entry : std::filesystem::directory_iterator(folder()))
            count += entry.path().filename().string().starts_with("generation-");
        return count;
    }

private Q_SLOTS:
    void init()
    {
        ++m_case;
        std::filesystem::create_directories(images() / "sub");
        for (int i = 0; i < 12; ++i)
            writeJpeg(images() / (i < 10 ? "" : "sub") / ("image" + std::to_string(i) + ".jpg"), renderScene(6, i));
        writeJpeg(query(), renderScene(6, 11));
    }

    void answersAreThoseOfTheEngine_data()
    {
        QTest::addColumn<QString>("index");
        QTest::addColumn<bool>("reduced");
        for (const char *index : {"cosine", "scalar-quantised", "pq", "ivf-pq", "hnsw", "binary-code"})
            for (const bool reduced : {false, true})
                QTest::addRow("%s%s", index, reduced ? " reduced" : "") << index << reduced;
    }

    void answersAreThoseOfTheEngine()
    {
        QFETCH(QString, index);
        QFETCH(bool, reduced);
        Recipe recipe = recipeWith(index.toStdString(), {}, reduced);
        recipe.rankers.push_back(
            {{"score-normalisation", checkedValues(rankerById("score-normalisation").params, {}, "")}, {}});
        build(recipe);
        const auto found = Engine::open(folder(), nullptr);
        const auto engine = Engine::build(recipe, ImageSet::scan(images()), nullptr, TaskContext::none());
        for (int i = 0; i < 4; ++i) {
            writeJpeg(query(), renderScene(6, 3 * i));
            const QueryResult expected = engine->searchFile(query(), 5);
            const auto answers = answersOf(*found, 5);
            QCOMPARE(answers.size(), expected.ranking.size());
            for (std::size_t k = 0; k < answers.size(); ++k) {
                QCOMPARE(answers[k].name, engine->gallery()[expected.ranking[k].image].name);
                QCOMPARE(answers[k].score, expected.ranking[k].score);
            }
        }
    }

    void onlyTheGivenFolderIsSearched()
    {
        for (const char *index : {"cosine", "pq"}) {
            build(recipeWith(index));
            writeJpeg(query(), renderScene(6, 3));
            const auto found = Engine::open(folder(), nullptr);
            QCOMPARE(answersOf(*found, 1).at(0).name, std::string("image3.jpg"));
            const auto answers = answersOf(*found, 12, "sub/");
            QCOMPARE(answers.size(), std::size_t(2));
            for (const auto &answer : answers)
                QVERIFY(answer.name.starts_with("sub/"));
        }
    }

    void updateTakesInWhatCameChangedAndWent()
    {
        for (const char *index : {"cosine", "hnsw"}) {
            init();
            build(recipeWith(index, {}, true));
            QCOMPARE(best(), std::string("sub/image11.jpg"));
            const auto opened = Engine::open(folder(), nullptr);
            QCOMPARE(update().kept, 12);
            std::filesystem::remove(images() / "sub" / "image11.jpg");
            writeJpeg(images() / "new.jpg", renderScene(6, 20));
            writeJpeg(images() / "image3.jpg", renderScene(6, 11));
            const GalleryChanges changes = update();
            QCOMPARE(changes.added, 1);
            QCOMPARE(changes.changed, 1);
            QCOMPARE(changes.removed, 1);
            QCOMPARE(changes.kept, 10);
            QCOMPARE(best(), std::string("image3.jpg"));
            QCOMPARE(answersOf(*opened, 1).at(0).name,
                     std::string("sub/image11.jpg")); // as it was opened
            Engine::verify(folder(), TaskContext::none());
        }
    }

    void anImageThatFailedIsTriedAgain()
    {
        const std::filesystem::path late = images() / "late.jpg";
        writeJpeg(late, renderScene(6, 30));
        const std::vector<std::uint8_t> whole = readFile(late);
        writeBytes(late, std::vector<std::uint8_t>(whole.size(), 7));
        const auto time = std::filesystem::last_write_time(late);
        RecordingContext context, again;
        Engine::buildAt(folder(), recipeWith("cosine", {}, true), images(), nullptr, context);
        QCOMPARE(context.problems.size(), std::size_t(1));
        const int generation = IndexManifest::read(folder()).generation;
        QCOMPARE(Engine::update(folder(), nullptr, again).kept, 13);
        QCOMPARE(again.problems.size(), std::size_t(1));
        QCOMPARE(IndexManifest::read(folder()).generation, generation); // nothing new to write
        writeBytes(late, whole);                                        // the reason is gone, the file looks as it did
        std::filesystem::last_write_time(late, time);
        const GalleryChanges changes = update();
        QCOMPARE(changes.changed, 1);
        QCOMPARE(changes.kept, 12);
        writeJpeg(query(), renderScene(6, 30));
        QCOMPARE(best(), std::string("late.jpg"));
    }

    void imagesOfAFolderThatCannotBeReadStay()
    {
        build(recipeWith("cosine"));
        std::filesystem::remove(images() / "image1.jpg");
        std::filesystem::permissions(images() / "sub", std::filesystem::perms::none);
        RecordingContext context;
        GalleryChanges changes;
        {
            const ObeyingPermissions obeying;
            changes = Engine::update(folder(), nullptr, context);
        }
        std::filesystem::permissions(images() / "sub", std::filesystem::perms::owner_all);
        QCOMPARE(context.problems.size(), std::size_t(1));
        QCOMPARE(changes.removed, 1);
        QCOMPARE(changes.kept, 11);
        QCOMPARE(best(), std::string("sub/image11.jpg"));
        std::filesystem::remove_all(images() / "sub"); // this one is gone
        QCOMPARE(update().removed, 2);
    }

    void namesThatAreNoUtf8AreKept()
    {
        const std::filesystem::path source = path() / "F\xf6tos \xef\xbf\xbd", index = path() / "ind\xf6x";
        std::filesystem::create_directories(source / "\xe4");
        writeJpeg(source / "\xe4" / "bild\xf6.jpg", renderScene(6, 11));
        writeJpeg(source / "other.jpg", renderScene(6, 1));
        Engine::buildAt(index, recipeWith("cosine"), source, nullptr, TaskContext::none());
        const auto found = Engine::open(index, nullptr);
        QCOMPARE(IndexManifest::read(index).source, source.string());
        QCOMPARE(answersOf(*found, 1).at(0).name, std::string("\xe4/bild\xf6.jpg"));
        QCOMPARE(Engine::update(index, nullptr, TaskContext::none()).kept, 2);
    }

    void filesOfOthersAreNeitherReplacedNorRemoved()
    {
        std::filesystem::create_directories(folder());
        const std::filesystem::path manifest = folder() / "manifest.json", notes = folder() / "generation-notes.txt",
                                    picture = folder() / "generation-001.png";
        for (const char *text : {"{\"name\": \"my web app\"}", "{", "[]", "{\"format\": \"likeness-inde\"}"}) {
            writeText(manifest, text);
            const std::string complaint = complaintOf([&] { build(recipeWith("cosine")); });
            QVERIFY2(complaint.find("manifest.json") != std::string::npos, complaint.c_str());
            QCOMPARE(readText(manifest), std::string(text));
            QVERIFY(!std::filesystem::exists(folder() / "lock"));
        }
        std::filesystem::remove(manifest);
        writeText(notes, "mine");
        QVERIFY(complaintOf([&] { build(recipeWith("cosine")); }).find("generation-notes.txt") != std::string::npos);
        std::filesystem::remove(notes);
        writeText(folder() / "generation-7.rows", "of a killed writer");
        writeText(folder() / "lock", "");
        build(recipeWith("cosine"));
        QVERIFY(!std::filesystem::exists(folder() / "generation-7.rows"));
        for (const auto &mine : {notes, picture})
            writeText(mine, "mine");
        build(recipeWith("pq"));
        std::filesystem::remove(images() / "image1.jpg");
        update();
        for (const auto &mine : {notes, picture})
            QCOMPARE(readText(mine), std::string("mine"));
    }

    void readersDuringUpdatesSeeAWholeIndex()
    {
        build(recipeWith("pq", {}, true));
        std::atomic<bool> ended = false;
        std::atomic<int> opened = 0;
        std::string failure;
        std::thread reader([&] {
            try {
                while (!ended) {
                    const auto index = Engine::open(folder(), nullptr);
                    if (answersOf(*index, 1).at(0).name != "sub/image11.jpg")
                        failure = "another answer";
                    Engine::verify(folder(), TaskContext::none());
                    ++opened;
                }
            } catch (const std::exception &error) {
                failure = error.what();
            }
        });
        std::string writing;
        try {
            for (int i = 0; i < 40; ++i) {
                std::filesystem::rename(images() / (i % 2 ? "away.jpg" : "image1.jpg"),
                                        images() / (i % 2 ? "image1.jpg" : "away.jpg"));
                update();
            }
        } catch (const std::exception &error) {
            writing = error.what();
        }
        ended = true;
        reader.join();
        QCOMPARE(writing, std::string());
        QCOMPARE(failure, std::string());
        QVERIFY(opened > 0);
    }

    void scoresAreThoseOfTheEngineForAnyNumberOfAnswers()
    {
        Random random(3);
        for (int i = 0; i < 250; ++i) {
            cv::Mat noise(16, 16, CV_8UC3);
            for (auto &pixel : cv::Mat_<cv::Vec3b>(noise))
                for (int c = 0; c < 3; ++c)
                    pixel[c] = std::uint8_t(random.integer(0, 255));
            writeJpeg(images() / (i % 2 ? "" : "sub") / ("noise" + std::to_string(i) + ".jpg"), noise);
        }
        Recipe recipe = recipeWith("cosine");
        auto params = checkedValues(rankerById("score-normalisation").params,
                                    {{"skip", std::int64_t{5}}, {"count", std::int64_t{245}}}, "");
        recipe.rankers.push_back({{"score-normalisation", params}, {}});
        build(recipe);
        const auto found = Engine::open(folder(), nullptr);
        const auto engine = Engine::build(recipe, ImageSet::scan(images()), nullptr, TaskContext::none());
        const auto expected = engine->searchFile(query(), 300).ranking;
        for (const int top : {1, 40, 300}) {
            const auto answers = answersOf(*found, top);
            QCOMPARE(answers.size(), std::min(std::size_t(top), expected.size()));
            for (std::size_t k = 0; k < answers.size(); ++k)
                QCOMPARE(answers[k].score, expected[k].score);
        }
        for (const auto &[name, score] : answersOf(*found, 300, "sub/")) {
            const auto same = std::ranges::find_if(
                expected, [&](const Hit &hit) { return engine->gallery()[hit.image].name == name; });
            QVERIFY(same != expected.end() && score == same->score);
        }
    }

    void moreAnswersThanCandidatesAreRefused()
    {
        build(recipeWith("pq", {"pq.candidates=5"}));
        const auto found = Engine::open(folder(), nullptr);
        QCOMPARE(answersOf(*found, 5).size(), std::size_t(5));
        QVERIFY(complaintOf([&] { answersOf(*found, 12); }).find("5 candidates") != std::string::npos);
        QCOMPARE(answersOf(*found, 12, "image").size(), std::size_t(10));
    }

    void candidatesAreImagesWhateverTheirRows_data()
    {
        QTest::addColumn<QString>("index");
        for (const char *index : {"scalar-quantised", "pq", "ivf-pq", "hnsw", "binary-code"})
            QTest::addRow("%s", index) << index;
    }

    void candidatesAreImagesWhateverTheirRows()
    {
        QFETCH(QString, index);
        const std::string id = index.toStdString();
        Recipe recipe = recipeWith(id, {id + ".candidates=12"});
        recipe.branches[0].extractor = {
            "gradient-views",
            checkedValues(extractorById("gradient-views").params, {{"orientations", false}, {"regions", false}}, "")};
        if (index == "ivf-pq")
            applyOverride(recipe, "ivf-pq.lists=1");
        build(recipe);
        QVERIFY(IndexManifest::read(folder()).rows > 12 * 20);
        QCOMPARE(answersOf(*Engine::open(folder(), nullptr), 12).size(), std::size_t(12));
        const auto engine = Engine::build(recipe, ImageSet::scan(images()), nullptr, TaskContext::none());
        QCOMPARE(engine->searchFile(query(), 12).ranking.size(), std::size_t(12));
    }

    void anIndexOfNothingTakesInWhatComes()
    {
        const std::filesystem::path source = path() / "later";
        std::filesystem::create_directories(source);
        Engine::buildAt(folder(), recipeWith("cosine", {}, true), source, nullptr, TaskContext::none());
        QCOMPARE(update().added, 0);
        for (const auto &entry : std::filesystem::recursive_directory_iterator(images()))
            if (entry.is_regular_file())
                std::filesystem::copy_file(entry.path(), source / entry.path().filename());
        QCOMPARE(update().added, 12);
        QCOMPARE(best(), std::string("image11.jpg"));
        const auto engine =
            Engine::build(recipeWith("cosine", {}, true), ImageSet::scan(source), nullptr, TaskContext::none());
        QVERIFY(std::abs(engine->searchFile(query(), 1).ranking.at(0).score -
                         answersOf(*Engine::open(folder(), nullptr), 1).at(0).score) < 1e-4);
    }

    void anUpdateLeavesKeypointsWhereTheyAre()
    {
        build(recipeNamed("large"));
        const auto sizes = [&] {
            std::map<std::string, std::int64_t> columns;
            for (const auto &[role, file] : IndexManifest::read(folder()).files)
                if (isColumn(role))
                    columns[file.name] = file.bytes;
            return columns;
        };
        const auto before = sizes();
        QCOMPARE(before.size(), std::size_t{1});
        std::filesystem::copy_file(images() / "image1.jpg", images() / "a copy.jpg");
        QCOMPARE(update().added, 1);
        const auto after = sizes();
        QCOMPARE(after.size(), std::size_t{2});
        QCOMPARE(after.at(before.begin()->first), before.begin()->second);
        QVERIFY(std::filesystem::exists(folder() / before.begin()->first));
        for (const auto &[name, bytes] : after)
            QVERIFY(name == before.begin()->first || bytes < before.begin()->second / 2);
        Engine::verify(folder(), TaskContext::none());
        const auto engine = Engine::build(recipeNamed("large"), ImageSet::scan(images()), nullptr, TaskContext::none());
        QCOMPARE(answersOf(*Engine::open(folder(), nullptr), 3).at(0).name, answersOf(*engine, 3).at(0).name);
        build(recipeNamed("large"));
        QCOMPARE(sizes().size(), std::size_t{1});
    }

    void everyDamagedFileIsNamed()
    {
        build(recipeWith("pq", {}, true));
        const IndexManifest manifest = IndexManifest::read(folder());
        QVERIFY(manifest.files.size() >= 5);
        for (const auto &[role, file] : manifest.files) {
            if (file.bytes == 0)
                continue;
            const std::filesystem::path path = folder() / file.name;
            const std::vector<std::uint8_t> whole = readFile(path);
            const auto write = [&](std::vector<std::uint8_t> bytes) {
                std::ofstream(path, std::ios::binary)
                    .write(reinterpret_cast<const char *>(bytes.data()), std::streamsize(bytes.size()));
            };
            std::vector<std::uint8_t> flipped = whole;
            flipped[flipped.size() / 2] ^= 4;
            write(flipped);
            const auto complains = [&](const std::function<void()> &work) {
                return QString::fromStdString(complaintOf(work)).contains(QString::fromStdString(file.name));
            };
            QVERIFY2(complains([&] { Engine::verify(folder(), TaskContext::none()); }), role.c_str());
            QVERIFY2(complains([&] { update(); }), role.c_str());
            if (!isColumn(role)) // rows are numbers whatever they are
                QVERIFY2(complains([&] { Engine::open(folder(), nullptr); }), role.c_str());
            write({whole.begin(), whole.begin() + std::ptrdiff_t(whole.size() / 2)});
            QVERIFY2(complains([&] { Engine::open(folder(), nullptr); }), role.c_str());
            write(whole);
        }
        QCOMPARE(best(), std::string("sub/image11.jpg"));
    }

    void anotherVersionAndOtherWeightsAreSaid()
    {
        build(recipeWith("cosine"));
        const std::filesystem::path file = folder() / "manifest.json";
        const QString whole = QString::fromStdString(readText(file));
        const auto complaintAbout = [&](const char *from, const char *to) {
            std::ofstream(file) << QString(whole).replace(QLatin1String(from), QLatin1String(to)).toStdString();
            return QString::fromStdString(complaintOf([&] { Engine::open(folder(), nullptr); }));
        };
        QVERIFY(complaintAbout("\"version\": 3", "\"version\": 2").contains("another version"));
        QVERIFY(complaintAbout("\"stages\": \"", "\"stages\": \"0").contains("other weights"));
        QVERIFY(complaintAbout("{", "").contains("damaged"));
        QVERIFY(complaintAbout("\"images\": {", "\"others\": {").contains("damaged (its numbers and files"));
        QVERIFY(complaintAbout("\"name\": \"generation", "\"name\": \"../generation").contains("damaged"));
        QVERIFY(complaintAbout("\"images\": 12", "\"images\": 11").contains("damaged"));
        QVERIFY(complaintAbout("\"images\": 12", "\"images\": 0").contains("damaged"));
        QVERIFY(complaintAbout("\": \"column-0\"", "\": \"column-9\"").contains("damaged"));
        QVERIFY(complaintAbout("", "").isEmpty());
    }

    void cancelledOrFailedWritingKeepsTheOldIndex()
    {
        build(recipeWith("cosine"));
        const int files = filesOfIndex();
        RecordingContext cancelled(0);
        QVERIFY_THROWS_EXCEPTION(Cancelled, Engine::buildAt(folder(), recipeWith("pq"), images(), nullptr, cancelled));
        {
            const FullDisk full(2000);
            QVERIFY_THROWS_EXCEPTION(Error, build(recipeWith("pq", {}, true)));
        }
        QCOMPARE(filesOfIndex(), files);
        QCOMPARE(best(), std::string("sub/image11.jpg"));
        Engine::verify(folder(), TaskContext::none());
    }

    void leftoversOfAKilledWriterGoAway()
    {
        build(recipeWith("cosine"));
        const int files = filesOfIndex();
        const std::filesystem::path aside = asideOf(folder() / "generation-99.rows");
        std::ofstream(folder() / "generation-99.rows") << "half";
        std::ofstream(aside) << "half";
        QCOMPARE(best(), std::string("sub/image11.jpg"));
        std::filesystem::remove(images() / "image1.jpg");
        update();
        QCOMPARE(filesOfIndex(), files);
        QVERIFY(!std::filesystem::exists(aside));
    }

    void aFirstBuildThatWasKilledIsBegunAnew()
    {
        for (const char *written : {"generation-99.rows", "generation-99.images", "manifest.json"})
            test::writeText(asideOf(folder() / written), "half");
        test::writeText(folder() / "generation-98.rows", "whole");
        test::writeText(folder() / FolderLock::fileName, "");
        build(recipeWith("cosine"));
        QCOMPARE(best(), std::string("sub/image11.jpg"));
        for (const auto &entry : std::filesystem::directory_iterator(folder()))
            QVERIFY2(!fileOfAside(toUtf8(entry.path().filename())), entry.path().c_str());
    }

    void onlyOneProcessWrites()
    {
        build(recipeWith("cosine"));
        const FolderLock held(folder());
        QVERIFY(QString::fromStdString(complaintOf([&] { update(); })).contains("another process"));
        QCOMPARE(best(), std::string("sub/image11.jpg"));
    }

    void emptyFolderAndMissingOnesAreSaid()
    {
        std::filesystem::create_directories(path() / "nothing");
        Engine::buildAt(folder(), recipeWith("pq", {}, true), path() / "nothing", nullptr, TaskContext::none());
        QVERIFY(answersOf(*Engine::open(folder(), nullptr), 3).empty());
        QVERIFY(!complaintOf([&] {
                     Engine::buildAt(folder(), recipeWith("pq"), path() / "none", nullptr, TaskContext::none());
                 }).empty());
        QVERIFY(!complaintOf([&] { Engine::open(path() / "none", nullptr); }).empty());
        build(recipeWith("cosine"));
        std::filesystem::remove_all(images());
        QVERIFY(!complaintOf([&] { update(); }).empty());
        QCOMPARE(best(), std::string("sub/image11.jpg")); // the index needs no image
    }
};

QTEST_GUILESS_MAIN(TestEngineFolder)
#include "tst_engine_folder.moc"
