// Files of weights: views and types, and everything that a stranger's file may do to us.
#include "core/base/random.h"
#include "core/nets/recognise/network_model.h"
#include "core/weights/pickle.h"
#include "core/weights/weight_file.h"
#include "core/weights/weight_package.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <fstream>

using namespace likeness;

namespace {

const std::filesystem::path g_models = SOURCE_DIR "/tests/support/models", g_packages = g_models / "packages";

QString refusal(const std::filesystem::path &path)
{
    try {
        readWeightFile(path);
    } catch (const Error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

std::vector<std::uint8_t> safetensors(const std::string &header, std::size_t dataBytes)
{
    std::vector<std::uint8_t> bytes(8 + header.size() + dataBytes, 0);
    const std::uint64_t length = header.size();
    std::memcpy(bytes.data(), &length, sizeof length);
    std::memcpy(bytes.data() + 8, header.data(), header.size());
    return bytes;
}

} // namespace

class TestWeights : public QObject {
    Q_OBJECT
    QTemporaryDir m_dir;

    std::filesystem::path written(const std::vector<std::uint8_t> &bytes) const
    {
        const std::filesystem::path path = m_dir.filePath("file").toStdString();
        test::writeBytes(path, bytes);
        return path;
    }

private Q_SLOTS:
    void viewsAndTypesReadAsInPython_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("zip") << "views.pth";
        QTest::newRow("legacy") << "views.legacy.pth";
    }

    void viewsAndTypesReadAsInPython()
    {
        QFETCH(QString, file);
        const WeightFile weights = readWeightFile(g_models / file.toStdString());
        const auto named = [&](const char *name) {
            const auto found = std::ranges::find(weights.tensors, name, &WeightTensor::name);
            return found == weights.tensors.end() ? std::vector<float>() : floatsOf(*found);
        };
        QCOMPARE(weights.tensors.size(), std::size_t(6));
        const auto whole = named("whole"), turned = named("turned");
        for (std::size_t y = 0; y < 4; ++y)
            for (std::size_t x = 0; x < 6; ++x) {
                QCOMPARE(whole[y * 6 + x], float(y * 6 + x));
                QCOMPARE(turned[x * 4 + y], float(y * 6 + x));
            }
        QCOMPARE(named("part"), (std::vector<float>{6, 7, 8, 9, 10, 11}));
        QCOMPARE(named("bf16"), (std::vector<float>{0, 1, 2, 3}));
        QCOMPARE(named("half"), (std::vector<float>{0, 1, 2, 3}));
        QCOMPARE(named("long"), std::vector<float>{7});
    }

    void whatWantsToRunIsRefusedByName_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("call");
        for (const char *form : {"", ".legacy"}) {
            QTest::addRow("system%s", form) << QStringLiteral("system%1.pth").arg(form) << "posix.system";
            QTest::addRow("eval%s", form) << QStringLiteral("eval%1.pth").arg(form) << "builtin";
            QTest::addRow("getattr%s", form) << QStringLiteral("getattr%1.pth").arg(form) << "getattr";
        }
    }

    void whatWantsToRunIsRefusedByName()
    {
        QFETCH(QString, file);
        QFETCH(QString, call);
        const QString message = refusal(g_models / "hostile" / file.toStdString());
        QVERIFY2(message.contains(call) && message.contains(QStringLiteral("refused")) && message.contains(file),
                 qPrintable(message));
    }

    void damagedFilesAreErrorsNeverCrashes_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"resnet.pth", "resnet.legacy.pth", "resnet.safetensors", "resnet.torchscript.pt",
                                 "views.pth", "views.legacy.pth"})
            QTest::newRow(file) << file;
    }

    void damagedFilesAreErrorsNeverCrashes()
    {
        QFETCH(QString, file);
        const auto whole = readFile(g_models / file.toStdString());
        int refused = 0;
        Random random(5);
        for (int i = 0; i < 40; ++i) { // cut short, mostly near its begin and end
            const double share = random.uniform(0, 1);
            const auto size =
                std::size_t(double(whole.size() - 1) * (i % 2 == 0 ? share * share : 1 - share * share * share * 0.05));
            refused += !refusal(written({whole.begin(), whole.begin() + std::ptrdiff_t(size)})).isEmpty();
        }
        QCOMPARE(refused, 40);
        for (int i = 0; i < 300; ++i) { // any answer is right but a crash; headers are where it hurts
            auto flipped = whole;
            for (int j = 0; j < 3; ++j) {
                const std::size_t near = random.next() % 4096;
                const std::size_t at = i % 3 == 0   ? near
                                       : i % 3 == 1 ? flipped.size() - 1 - near % flipped.size()
                                                    : random.next();
                flipped[at % flipped.size()] ^= std::uint8_t(1u << (random.next() % 8));
            }
            refusal(written(flipped));
        }
    }

    void aPickleOfEndlessValuesIsRefused()
    {
        const auto listOf = [](std::size_t nothings) {
            std::vector<std::byte> bytes(nothings + 5, std::byte{'N'});
            std::memcpy(bytes.data(), "\x80\2(", 3);
            std::memcpy(bytes.data() + bytes.size() - 2, "l.", 2);
            return bytes;
        };
        QCOMPARE(readPickle(listOf(1000), "list").values.size(), std::size_t(1001));
        QVERIFY_THROWS_EXCEPTION(Error, readPickle(listOf(2'000'000), "list"));
    }

    void forgedSafetensorsAreRefused_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<int>("dataBytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("overlap")
            << R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})"
            << 12 << "overlaps";
        QTest::newRow("hole") << R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})" << 8 << "hole";
        QTest::newRow("beyond") << R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})" << 8
                                << "beyond its end";
        QTest::newRow("wrong size") << R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})" << 8 << "shape 3";
        QTest::newRow("huge") << R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}})" << 8
                              << "impossible size";
        QTest::newRow("huge behind nothing")
            << R"({"a":{"dtype":"F32","shape":[0,140737488355328,140737488355328],"data_offsets":[0,0]}})" << 0
            << "impossible size";
        QTest::newRow("negative") << R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}})" << 8 << "shape";
        QTest::newRow("type") << R"({"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}})" << 4 << "unknown type";
        QTest::newRow("twice")
            << R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})"
            << 8 << "twice";
        QTest::newRow("no JSON") << R"({"a":)" << 8 << "no JSON";
        QTest::newRow("empty") << "{}" << 0 << "no tensor";
    }

    void forgedSafetensorsAreRefused()
    {
        QFETCH(QString, header);
        QFETCH(int, dataBytes);
        QFETCH(QString, says);
        const QString message = refusal(written(safetensors(header.toStdString(), std::size_t(dataBytes))));
        QVERIFY2(message.contains(says), qPrintable(message));
    }

    void whatIsNoFileOfWeightsSaysSo()
    {
        auto text = [&](const char *content) { return written({content, content + std::strlen(content)}); };
        QVERIFY(refusal(written({})).contains(QStringLiteral("empty")));
        QVERIFY(refusal(text("<!DOCTYPE html><html>not found</html>")).contains(QStringLiteral("web page")));
        QVERIFY(refusal(text("version https://git-lfs.github.com/spec/v1\noid sha256:1\n"))
                    .contains(QStringLiteral("Git LFS")));
        QVERIFY(refusal(text("hello there, this is a text")).contains(QStringLiteral("no file of weights")));
        QVERIFY(refusal(m_dir.filePath("absent").toStdString()).contains(QStringLiteral("absent")));
        std::vector<std::uint8_t> huge(16, 0xff);
        huge[8] = '{';
        QVERIFY(refusal(written(huge)).contains(QStringLiteral("too much")));
    }

    void trailingBytesAreAWarning()
    {
        const auto file =
            readWeightFile(written(safetensors(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 8)));
        QCOMPARE(file.warnings.size(), std::size_t(1));
        QCOMPARE(file.tensors.size(), std::size_t(1));
    }

    void shardsAreOneFile()
    {
        const std::filesystem::path folder = m_dir.filePath("shards").toStdString();
        test::writeBytes(folder / "one", safetensors(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4));
        test::writeBytes(folder / "two", safetensors(R"({"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 4));
        const auto index = folder / "model.safetensors.index.json";
        std::ofstream(index) << R"({"weight_map":{"a":"one","b":"two"}})";
        QCOMPARE(readWeightFile(index).tensors.size(), std::size_t(2));
        std::ofstream(index) << R"({"weight_map":{"a":"one","b":"../two"}})";
        QVERIFY(refusal(index).contains(QStringLiteral("../two")));
        std::ofstream(index) << R"({"weight_map":{"a":"one","c":"two"}})";
        QVERIFY(refusal(index).contains(QStringLiteral("tensor c")));
    }

    void wrongTensorsAreNamed()
    {
        auto bytes = readFile(g_models / "resnet.safetensors");
        std::uint64_t header = 0;
        std::memcpy(&header, bytes.data(), 8);
        const float none = std::numeric_limits<float>::quiet_NaN();
        std::memcpy(bytes.data() + 8 + header + 400, &none, sizeof none);
        const auto message = [&](const std::filesystem::path &path) {
            try {
                recogniseNetwork(path);
            } catch (const Error &error) {
                return QString::fromUtf8(error.what());
            }
            return QString();
        };
        QVERIFY(message(written(bytes)).contains(QStringLiteral("no numbers")));
        QVERIFY(message(g_models / "views.pth").contains(QStringLiteral("no known architecture")));
        auto renamed = readFile(g_models / "resnet.safetensors"); // the mark that tells a ResNet is another
        for (const std::string mark : {"layer1.0.conv1.weight", "\"conv1.weight"})
            if (const auto found = std::search(renamed.begin(), renamed.end(), mark.begin(), mark.end());
                found != renamed.end())
                *(found + 1) = 'x';
        const QString unknown = message(written(renamed));
        QVERIFY2(unknown.contains(QRegularExpression(QStringLiteral("\\d+ of its \\d+ names are those of residual"))),
                 qPrintable(unknown));
        auto text = readFile(g_models / "resnet.safetensors");
        const std::string name = "layer1.0.conv2.weight";
        const auto at = std::search(text.begin(), text.end(), name.begin(), name.end());
        *at = 'x';
        QVERIFY(message(written(text)).contains(QStringLiteral("layer1.0.conv2")));
    }

    void forgedShapesAreRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("tensor");
        QTest::addColumn<QString>("shape");
        QTest::newRow("long kernel") << "resnet.safetensors"
                                     << "layer1.0.conv2.weight"
                                     << "[4,4,9,1]";
        QTest::newRow("no groups") << "resnet.safetensors"
                                   << "layer1.0.conv2.weight"
                                   << "[4,36,1,1]";
        QTest::newRow("keys of another shape") << "hf_vit/model.safetensors"
                                               << "encoder.layer.0.attention.attention.key.weight"
                                               << "[16384,1]";
        QTest::newRow("patches of no axis") << "vit_timm.safetensors"
                                            << "patch_embed.proj.weight"
                                            << "[24576]";
    }

    /// As many bytes as before, other extents.
    void forgedShapesAreRefused()
    {
        QFETCH(QString, file);
        QFETCH(QString, tensor);
        QFETCH(QString, shape);
        const auto bytes = readFile(g_models / file.toStdString());
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), 8);
        auto header = nlohmann::json::parse(std::string(bytes.begin() + 8, bytes.begin() + 8 + std::ptrdiff_t(length)));
        header[tensor.toStdString()]["shape"] = nlohmann::json::parse(shape.toStdString());
        auto forged = safetensors(header.dump(), 0);
        forged.insert(forged.end(), bytes.begin() + 8 + std::ptrdiff_t(length), bytes.end());
        const auto path = written(forged);
        QVERIFY(!readWeightFile(path).tensors.empty()); // the file itself is whole
        QVERIFY_THROWS_EXCEPTION(Error, recogniseNetwork(path));
    }

    void anArchiveNamesItsWeights()
    {
        const auto wheel = WeightPackage::open(g_packages / "two_models-1.0-py3-none-any.whl");
        QVERIFY(wheel.has_value());
        QCOMPARE(wheel->weights(), (std::vector<std::string>{"two_models/first.onnx", "two_models/second.onnx"}));
        QCOMPARE(wheel->licence(), std::string("Apache-2.0"));
        QCOMPARE(wheel->homepage(), std::string("https://example.org/two"));
        QCOMPARE(WeightPackage::open(g_packages / "unsaid-1.0-py3-none-any.whl")->licence(),
                 std::string("Apache Software License"));
        QVERIFY(WeightPackage::open(g_packages / "none.zip")->weights().empty());
        QVERIFY(!WeightPackage::open(g_models / "views.pth").has_value()); // PyTorch's own zip
        QVERIFY(!WeightPackage::open(g_models / "views.legacy.pth").has_value());
    }

    void whatIsUnpackedIsWhatPythonPacked_data()
    {
        QTest::addColumn<QString>("archive");
        QTest::addColumn<QString>("entry");
        QTest::addColumn<int>("files");
        QTest::newRow("deflated, without the other weights") << "two_models-1.0-py3-none-any.whl"
                                                             << "two_models/second.onnx" << 2;
        QTest::newRow("stored") << "one.zip"
                                << "model-main/weights/unknown.onnx" << 1;
    }

    void whatIsUnpackedIsWhatPythonPacked()
    {
        QFETCH(QString, archive);
        QFETCH(QString, entry);
        const QTemporaryDir to;
        const auto package = WeightPackage::open(g_packages / archive.toStdString());
        const auto file = package->unpack(entry.toStdString(), to.path().toStdString(), TaskContext::none());
        QCOMPARE(readFile(file), readFile(g_models / "unknown.onnx"));
        QTEST(int(QDir(to.path()).entryList(QDir::Files).size()), "files");
    }

    void damagedArchivesAreErrors_data()
    {
        QTest::addColumn<QString>("archive");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a bit") << "damaged.zip"
                               << "damaged";
        QTest::newRow("another compression") << "bzip.zip"
                                             << "not read here";
    }

    void damagedArchivesAreErrors()
    {
        QFETCH(QString, archive);
        QFETCH(QString, reason);
        const QTemporaryDir to;
        const auto package = WeightPackage::open(g_packages / archive.toStdString());
        try {
            package->unpack("unknown.onnx", to.path().toStdString(), TaskContext::none());
            QFAIL("unpacked");
        } catch (const Error &error) {
            QVERIFY2(QString::fromUtf8(error.what()).contains(reason), error.what());
        }
    }

    /// 10 of 9 bytes, 8 of 9: the directory lies about the size, which must neither be believed nor exceeded.
    void sizesThatAnArchiveForgesAreNotBelieved_data()
    {
        QTest::addColumn<int>("more");
        QTest::newRow("more") << 1;
        QTest::newRow("less") << -1;
        QTest::newRow("a bomb") << 1'000'000'000;
    }

    void sizesThatAnArchiveForgesAreNotBelieved()
    {
        QFETCH(int, more);
        auto bytes = readFile(g_packages / "two_models-1.0-py3-none-any.whl");
        const std::string_view mark("PK\x01\x02", 4), name = "two_models/first.onnx";
        for (auto at = bytes.begin(); (at = std::search(at, bytes.end(), mark.begin(), mark.end())) != bytes.end();
             ++at)
            if (std::equal(name.begin(), name.end(), at + 46)) {
                std::uint32_t size = 0;
                std::memcpy(&size, &*at + 24, sizeof size);
                size += std::uint32_t(more);
                std::memcpy(&*at + 24, &size, sizeof size);
            }
        const QTemporaryDir to;
        const auto package = WeightPackage::open(written(bytes));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 package->unpack(std::string(name), to.path().toStdString(), TaskContext::none()));
        QVERIFY(QFileInfo(to.filePath("first.onnx")).size() < 20'000);
    }

    void theGeluThatNobodyNamedIsAskedFor()
    {
        const std::filesystem::path lonely = m_dir.filePath("clip.bin").toStdString();
        std::filesystem::copy_file(g_models / "open_clip/open_clip_pytorch_model.bin", lonely);
        QVERIFY_THROWS_EXCEPTION(Error, recogniseNetwork(lonely));
        QVERIFY(recogniseNetwork(lonely, {.quickGelu = true}).image.facts.activation == Activation::QuickGelu);
    }
};

QTEST_GUILESS_MAIN(TestWeights)
#include "tst_weights.moc"
